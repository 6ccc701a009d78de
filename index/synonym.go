package index

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Synonyms are words that a sector uses for the same thing. A person's search for one finds the others, and says so; rules
// of a codebook are never widened. See [Query.WithSynonyms].
//
// They are written one thing a line:
//
//	EHCP = education, health and care plan = EHC plan
//	SEND => special educational needs and disabilities
//	# a line of explanation
//
// With = each is found by each of the others, in small letters and capitals alike. With => the first word is widened to what
// follows and nothing is widened to it, and only where the search has its capitals: "send" is also a word of its own.
// A Synonyms never changes and may be shared.
type Synonyms struct {
	text    string
	sets    []synonymSet
	at      map[string][]synonymAt // by the key of their words
	longest int                    // words
}

type synonymAt struct{ set, form int }

// A synonymSet is one line.
type synonymSet struct {
	line   int       // from 1
	forms  []synonym // two or more
	oneWay bool      // only the first is widened
}

// A synonym is one way to say it.
type synonym struct {
	words string // as written
	text  text
}

// An Expansion says which words of a search were widened, and to what else.
type Expansion struct {
	Words string   `json:"words"`
	To    []string `json:"to"`
}

// A SynonymError says what is wrong with a line of [Synonyms] and what to write instead.
type SynonymError struct {
	Line    int    // from 1; 0 for a line that stands in no file yet
	Text    string // the line
	Message string // one or more sentences
}

func (e *SynonymError) Error() string { return fmt.Sprintf("synonyms, line %d: %s", e.Line, e.Message) }

const (
	maxSynonyms = 1000 // lines, of which each search is compared with all
	maxForms    = 20   // of one line
	maxVariants = 16   // of one phrase: each synonym in it multiplies them

	maxSynonymBytes = 1 << 20 // of all lines, explanations included
)

// ParseSynonyms reads synonyms, a line each. The error is a [*SynonymError].
func ParseSynonyms(s string) (*Synonyms, error) {
	out := &Synonyms{text: s, at: map[string][]synonymAt{}}
	if len(s) > maxSynonymBytes {
		return nil, &SynonymError{Line: 1 + strings.Count(s[:maxSynonymBytes], "\n"), Message: "The list is longer than a megabyte. Is it the right file?"}
	}
	for i, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		set, message := newSynonymSet(line)
		if message == "" && len(out.sets) == maxSynonyms {
			message = fmt.Sprintf("There are more than %d lines. Delete those that nobody searches for.", maxSynonyms)
		}
		if message != "" {
			return nil, &SynonymError{Line: i + 1, Text: line, Message: message}
		}
		set.line = i + 1
		out.add(set)
	}
	return out, nil
}

func (s *Synonyms) add(set synonymSet) {
	for i, f := range set.forms {
		key := f.text.words.key()
		s.at[key] = append(s.at[key], synonymAt{len(s.sets), i})
		s.longest = max(s.longest, len(f.text.words))
	}
	s.sets = append(s.sets, set)
}

func newSynonymSet(line string) (synonymSet, string) {
	var set synonymSet
	if !utf8.ValidString(line) {
		return set, "The line has a character that cannot be read. Type it again, or save the file as plain text in UTF-8."
	}
	if first, rest, ok := strings.Cut(line, "=>"); ok {
		set.oneWay = true
		line = first + "=" + rest
	}
	for words := range strings.SplitSeq(line, "=") {
		words = strings.Join(strings.Fields(words), " ")
		t := text{raw: words, quoted: !bareWord(words), words: newSequence(words)}
		switch {
		case len(t.words) == 0:
			return set, "There must be words on both sides of each =, as in AP = alternative provision."
		case strings.ContainsAny(words, quotes+`\*?~<>`):
			return set, "Synonyms are plain words. Leave out quotation marks and other signs, as in AP = alternative provision."
		}
		set.forms = append(set.forms, synonym{words, t})
	}
	switch {
	case len(set.forms) < 2:
		return set, "A line needs two or more ways to say the same thing with = between them, as in AP = alternative provision."
	case len(set.forms) > maxForms:
		return set, fmt.Sprintf("A line has at most %d ways to say the same thing. Write those that are used.", maxForms)
	}
	return set, ""
}

var oneWord = regexp.MustCompile(`^[\pL\pN]+$`)

// bareWord reports whether words can stand in a query without quotation marks.
func bareWord(words string) bool {
	operators := []string{"AND", "OR", "Or", "or", "NOT", "NEAR", "BEFORE"}
	return oneWord.MatchString(words) && !slices.Contains(operators, words)
}

// String is the synonyms as they were written.
func (s *Synonyms) String() string { return s.text }

// WithSynonyms is the query with every word and phrase that has synonyms widened to these too, and what was widened: with
// AP = alternative provision, "AP funding" also asks for "alternative provision funding", and alternative provision without
// quotation marks for AP. Patterns, misspelt words, fields and what has a = before it stay as they are; so does the query
// itself.
func (q *Query) WithSynonyms(s *Synonyms) (*Query, []Expansion) {
	w := &widening{synonyms: s}
	return &Query{root: w.node(q.root), fields: q.fields}, w.expansions
}

// A widening is one query on its way to be widened.
type widening struct {
	synonyms   *Synonyms
	expansions []Expansion
}

func (w *widening) node(n node) node {
	switch n := n.(type) {
	case all:
		return w.all(n)
	case either:
		return w.either(n)
	case near:
		var of []node
		for _, c := range n.of {
			of = append(of, w.node(c))
		}
		n.of = of
		return n
	case not:
		return not{w.node(n.of)}
	case text:
		return w.text(n)
	}
	return n
}

// either widens each alternative to what is not one already.
func (w *widening) either(n either) node {
	var out either
	for _, c := range n.of {
		widened := []node{w.node(c)}
		if inner, ok := widened[0].(either); ok {
			widened = inner.of
		}
		for _, x := range widened {
			if !slices.ContainsFunc(out.of, func(y node) bool { return sameWords(x, y) }) {
				out.of = append(out.of, x)
			}
		}
	}
	if len(out.of) == 1 {
		return out.of[0]
	}
	return out
}

// sameWords reports whether two nodes are texts that find the same.
func sameWords(x, y node) bool {
	a, ok := x.(text)
	b, ok2 := y.(text)
	return ok && ok2 && a.words.key() == b.words.key()
}

// all widens runs of words that are together one thing, and then the words that are left.
func (w *widening) all(n all) node {
	var out all
	for i := 0; i < len(n.of); {
		run, others := w.run(n.of[i:])
		if run == 0 {
			out.of = append(out.of, w.node(n.of[i]))
			i++
			continue
		}
		out.of = append(out.of, either{append([]node{all{slices.Clone(n.of[i : i+run])}}, others...)})
		i += run
	}
	if len(out.of) == 1 {
		return out.of[0]
	}
	return out
}

// run finds how many nodes, two or more, start nodes as words without quotation marks that are together one thing.
func (w *widening) run(nodes []node) (run int, others []node) {
	var words sequence
	var raw []string
	var best []synonym
	for i, n := range nodes {
		t, ok := n.(text)
		if !ok || t.quoted || t.plain {
			break
		}
		words, raw = append(words, t.words...), append(raw, t.raw)
		if found := w.synonyms.others(words, ""); i > 0 && len(found) > 0 {
			run, best = i+1, found
		}
		if len(words) >= w.synonyms.longest {
			break
		}
	}
	if run > 0 {
		w.say(strings.Join(raw[:run], " "), best)
	}
	return run, nodesOf(best)
}

// text widens a word or phrase, or the words in a phrase.
func (w *widening) text(n text) node {
	if n.plain {
		return n
	}
	if found := w.synonyms.others(n.words, n.raw); len(found) > 0 {
		w.say(n.raw, found)
		return either{append([]node{n}, nodesOf(found)...)}
	}
	of := []node{n}
	for _, raw := range w.variants(n) {
		of = append(of, text{raw: raw, quoted: true, words: newSequence(raw)})
	}
	if len(of) == 1 {
		return n
	}
	return either{of}
}

// variants are the other ways to write a phrase of plain words with its synonyms.
func (w *widening) variants(n text) []string {
	variants := []string{n.raw}
	for _, p := range slices.Backward(w.parts(n)) { // from behind, so that the offsets before stay
		for _, v := range slices.Clone(variants) {
			for _, o := range p.others {
				if len(variants) < maxVariants {
					variants = append(variants, v[:p.at.Start]+o.words+v[p.at.End:])
				}
			}
		}
	}
	return variants[1:]
}

// A stretch of a phrase has synonyms.
type stretch struct {
	at     Span
	others []synonym
}

func (w *widening) parts(n text) []stretch {
	wild := slices.ContainsFunc(n.words, func(s step) bool { return s[0][0].wild() })
	if !n.quoted || wild || strings.Contains(n.raw, `\`) {
		return nil
	}
	var out []stretch
	words, spans := readSequence(n.raw)
	for i := 0; i < len(words); {
		length := 1
		for j := min(len(words), i+w.synonyms.longest); j > i; j-- {
			at := Span{spans[i].Start, spans[j-1].End}
			if others := w.synonyms.others(words[i:j], n.raw[at.Start:at.End]); len(others) > 0 {
				out = append(out, stretch{at, others})
				w.say(n.raw[at.Start:at.End], others)
				length = j - i
				break
			}
		}
		i += length
	}
	return out
}

// say notes what was widened, each once.
func (w *widening) say(words string, others []synonym) {
	words = strings.TrimFunc(words, func(r rune) bool { return !wordRune(r) }) // "AP?" is asked of AP
	e := Expansion{Words: words}
	for _, o := range others {
		e.To = append(e.To, o.words)
	}
	if !slices.ContainsFunc(w.expansions, func(x Expansion) bool { return x.Words == words }) {
		w.expansions = append(w.expansions, e)
	}
}

func nodesOf(synonyms []synonym) []node {
	var out []node
	for _, s := range synonyms {
		out = append(out, s.text)
	}
	return out
}

// others are the other ways to say what words say, as raw writes them.
func (s *Synonyms) others(words sequence, raw string) []synonym {
	var out []synonym
	for _, at := range s.at[words.key()] {
		set := s.sets[at.set]
		if set.oneWay && (at.form > 0 || !capitals(set.forms[0].words, raw)) {
			continue
		}
		for i, f := range set.forms {
			if i != at.form && !slices.ContainsFunc(out, func(o synonym) bool { return sameWords(o.text, f.text) }) && f.text.words.key() != words.key() {
				out = append(out, f)
			}
		}
	}
	return out
}

// capitals reports whether raw writes a word as the synonyms do; it may be a plural or a possessive. Several words are plain enough.
func capitals(word, raw string) bool {
	if strings.Contains(word, " ") {
		return true
	}
	raw = strings.TrimFunc(raw, func(r rune) bool { return !wordRune(r) })
	rest, ok := strings.CutPrefix(raw, word)
	return ok && slices.Contains([]string{"", "s", "'s", "’s"}, rest)
}

// key is the same for sequences that find the same.
func (s sequence) key() string {
	var b strings.Builder
	for _, step := range s {
		for _, units := range step {
			for _, u := range units {
				b.WriteString(u.stem + u.pattern.pattern + " ")
			}
			b.WriteByte('/')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

//go:embed synonyms.txt
var builtinSynonyms string

// BuiltinSynonyms are those of education and special educational needs in England. Left out is what stands for two things
// there, such as SLT (speech and language therapist, senior leadership team).
func BuiltinSynonyms() *Synonyms {
	s, err := ParseSynonyms(builtinSynonyms)
	if err != nil {
		panic(err) // it is built in, and a test reads it
	}
	return s
}
