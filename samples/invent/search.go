package invent

import (
	"math/rand/v2"
	"strings"
)

// A Kind is a kind of search. {a}, {b} and {c} stand for words that are neither among the commonest nor rare, {phrase} for two or
// three words that the texts have one after the other, {start} for the first letters of a word and {end} for its last.
type Kind struct {
	Name    string
	Collate string // in collate's language
	FTS5    string // in that of SQLite's full-text search; "" where it has none
}

// Kinds are the searches that are measured. One that the language does not have yet is passed over by those who measure.
func Kinds() []Kind {
	return []Kind{
		{"term", `{a}`, `{a}`},
		{"AND of three", `{a} {b} {c}`, `{a} AND {b} AND {c}`},
		{"OR of three", `{a} OR {b} OR {c}`, `{a} OR {b} OR {c}`},
		{"phrase", `"{phrase}"`, `"{phrase}"`},
		{"prefix", `{start}*`, `{start}*`},
		{"wildcard", `{start}*{end}`, ``},
		{"AND NOT", `({a} OR {b}) NOT {c}`, `({a} OR {b}) NOT {c}`},
		{"NEAR", `{a} NEAR/5 {b}`, `NEAR({a} {b}, 5)`},
		{"fuzzy", `{a}~`, ``},
		{"two fields", `({a} OR {b}) type:charity format:txt`, ``},
	}
}

// A Search is one search of a kind, in each language.
type Search struct {
	Kind          string
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
		s := Search{Kind: k.Name, Words: []string{v.word(r), v.word(r), v.word(r)}, Phrase: v.phrases[r.IntN(len(v.phrases))]}
		s.Start, s.End = cut(v.word(r))
		fill := strings.NewReplacer("{a}", s.Words[0], "{b}", s.Words[1], "{c}", s.Words[2], "{phrase}", s.Phrase, "{start}", s.Start, "{end}", s.End)
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
