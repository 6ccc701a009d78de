package invent

import (
	"math/rand/v2"
	"strings"
)

// A Kind is a kind of search. {a}, {b} and {c} stand for words that are neither among the commonest nor rare, {phrase} for two or
// three words that the texts have one after the other, {first} and {last} for two of them, {start} for the first letters of a word and {end}
// for its last.
type Kind struct {
	Name    string
	Collate string // in collate's language
	FTS5    string // in that of SQLite's full-text search; "" where it has none or every passage is asked for
	Of      Scope
}

// A Scope is the passages that are searched.
type Scope string

const (
	All      Scope = ""         // whatever its fields
	Filtered Scope = "filtered" // of a charity, from a text file
	Listed   Scope = "listed"   // no words are asked for: all of them
)

// Kinds are the searches that are measured. One that the language does not have yet is passed over by those who measure.
func Kinds() []Kind {
	return []Kind{
		{Name: "term", Collate: `{a}`, FTS5: `{a}`},
		{Name: "AND of three", Collate: `{a} {b} {c}`, FTS5: `{a} AND {b} AND {c}`},
		{Name: "OR of three", Collate: `{a} OR {b} OR {c}`, FTS5: `{a} OR {b} OR {c}`},
		{Name: "phrase", Collate: `"{phrase}"`, FTS5: `"{phrase}"`},
		{Name: "prefix", Collate: `{start}*`, FTS5: `{start}*`},
		{Name: "wildcard", Collate: `{start}*{end}`},
		{Name: "AND NOT", Collate: `({a} OR {b}) NOT {c}`, FTS5: `({a} OR {b}) NOT {c}`},
		{Name: "NEAR", Collate: `{a} NEAR/5 {b}`, FTS5: `NEAR({a} {b}, 5)`},
		{Name: "NEAR, any words", Collate: `"{first}" NEAR/5 "{last}"`, FTS5: `NEAR("{first}" "{last}", 5)`},
		{Name: "fuzzy", Collate: `{a}~`},
		{Name: "two filters", Collate: `({a} OR {b}) type:charity format:txt`, FTS5: `{a} OR {b}`, Of: Filtered},
		{Name: "every passage", Collate: `format:txt`, Of: Listed},
	}
}

// A Search is one search of a kind, in each language.
type Search struct {
	Kind          string
	Of            Scope
	Words         []string // {a}, {b} and {c}
	Phrase        string
	Start, End    string
	Collate, FTS5 string
}

// Searches are n searches of a kind, always the same ones.
func (v *Inventor) Searches(k Kind, n int) []Search {
	r := rand.New(rand.NewPCG(2, 2))
	var out []Search
	for range n {
		s := Search{Kind: k.Name, Of: k.Of, Words: []string{v.word(r), v.word(r), v.word(r)}, Phrase: v.phrases[r.IntN(len(v.phrases))]}
		s.Start, s.End = cut(v.word(r))
		phrase := strings.Fields(s.Phrase)
		fill := strings.NewReplacer("{first}", phrase[0], "{last}", phrase[len(phrase)-1], "{a}", s.Words[0], "{b}", s.Words[1], "{c}", s.Words[2], "{phrase}", s.Phrase, "{start}", s.Start, "{end}", s.End)
		s.Collate, s.FTS5 = fill.Replace(k.Collate), fill.Replace(k.FTS5)
		out = append(out, s)
	}
	return out
}

// word picks a word that somebody might search for: below the commonest.
func (v *Inventor) word(r *rand.Rand) string {
	return v.common[min(20+r.IntN(800), len(v.common)-1)]
}

func cut(word string) (start, end string) {
	return word[:4], word[len(word)-1:]
}
