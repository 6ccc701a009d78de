// Package claim reads what a passage asks for, counts, dates and names: asks with who is to act and by when, evidence figures
// with what they measure and who says so, dates with what is promised for them, and the organisations and laws mentioned.
//
// Everything found is a range of the passage's own bytes: nothing is reworded. It is a reading by rules, so every finding is a
// suggestion. Start at [Read].
package claim

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index"
	"collate/themes/speech"
)

// A Reading is what one passage claims, each list in the order of the text.
type Reading struct {
	Asks     []Ask     `json:"asks"`
	Figures  []Figure  `json:"figures"`
	Dates    []Date    `json:"dates"`
	Mentions []Mention `json:"mentions"`
}

// A Context is what a passage is read in.
type Context struct {
	Advice bool     // the passage stands under a heading such as "Recommendations": a sentence that only says what to do is an ask
	Year   int      // in which it was written; "this autumn" is of that year. 0 leaves such dates unfixed
	Month  int      // likewise, 1 to 12, or 0
	Known  *Known   // organisations that are known beforehand; nil for none
	Own    string   // the name of the member who wrote it: "the Association" is it
	Laws   []string // the laws that the whole submission names, full names: "section 42" is of the one that it names alone
	Law    string   // the law that most submissions of the consultation name
	Cells  []Cell   // the cells of the tables that the passage holds, row by row
	Plans  []string // normalised dates for which the plan that is answered promised something: its dates are commitments where they are only named
}

// maxText bounds what is read of one passage, in bytes: a passage has about 150 words, and an answer of a survey may be longer.
const maxText = 64 << 10

// Read finds the claims of a passage. What lies beyond 64 KB of it is not read. The same text gives the same reading.
func Read(text string, in Context) Reading {
	if len(text) > maxText {
		text = text[:maxText]
		for !utf8.ValidString(text[len(text)-1:]) && len(text) > maxText-utf8.UTFMax {
			text = text[:len(text)-1]
		}
	}
	r := reader{text: text, in: in}
	for _, s := range index.Sentences(text) {
		for _, cell := range apart(text, s) {
			for _, part := range afterYears(text, cell) {
				r.sentences = append(r.sentences, newSentence(text, part))
			}
		}
	}
	r.out.Mentions = mentions(text, in, r.sentences)
	dates := calendar(text, in, r.out.Mentions)
	for i := range r.sentences {
		r.asks(&r.sentences[i], dates)
	}
	r.out.Figures = r.figures(dates)
	r.out.Dates = r.judge(dates)
	return r.out
}

// apart parts a sentence at the paragraphs and cells that it runs over where they have no full stop.
func apart(text string, at index.Span) []index.Span {
	var out []index.Span
	from := at.Start
	for part := range strings.SplitSeq(text[at.Start:at.End], "\n\n") {
		if s := trimSpan(text, index.Span{Start: from, End: from + len(part)}); !empty(s) {
			out = append(out, index.Span{Start: from, End: from + len(part)})
		}
		from += len(part) + len("\n\n")
	}
	return out
}

// yearEnd is a full stop behind a year, which Punkt takes for part of a number.
var yearEnd = regexp.MustCompile(`\b(?:19|20)\d\d\.\s+(?:\p{Lu}|\d)`)

// afterYears parts a sentence where a year ends one.
func afterYears(text string, at index.Span) []index.Span {
	var out []index.Span
	for _, m := range yearEnd.FindAllStringIndex(text[at.Start:at.End], -1) {
		end := strings.IndexByte(text[at.Start+m[0]:], '.') + at.Start + m[0] + 1
		if end <= at.Start || end > at.End || len(out) > 0 && end <= out[len(out)-1].End {
			continue
		}
		from := at.Start
		if n := len(out); n > 0 {
			from = out[n-1].End
		}
		out = append(out, index.Span{Start: from, End: end})
	}
	if n := len(out); n > 0 {
		at.Start = out[n-1].End
	}
	return append(out, at)
}

// A reader reads one passage.
type reader struct {
	text      string
	in        Context
	sentences []sentence
	actor     index.Span // the last body named that can act, for "it" and "they"
	listing   bool       // the last sentence opened a list of what is asked
	out       Reading
}

// A sentence is one sentence of a passage with its tagged words, whose offsets are the passage's.
type sentence struct {
	index.Span
	words []speech.Token
	lower []string // the words in lower case, apostrophes straight
}

func newSentence(text string, at index.Span) sentence {
	s := sentence{Span: at, words: speech.Tokens(text[at.Start:at.End])}
	speech.Tag(s.words)
	s.lower = make([]string, len(s.words))
	for i := range s.words {
		s.words[i].Start += at.Start
		s.words[i].End += at.Start
		s.lower[i] = strings.ToLower(strings.ReplaceAll(s.words[i].Word, "’", "'"))
	}
	return s
}

// between is the text from one place to another; "" where they are the other way round, as with a date that runs over a sentence's end.
func (r *reader) between(from, to int) string {
	return r.text[from:max(from, to)]
}

// is reports whether the words from i on are these.
func (s *sentence) is(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(s.lower) {
		return false
	}
	for j, w := range words {
		if s.lower[i+j] != w {
			return false
		}
	}
	return true
}

// at is the word in lower case, "" outside the sentence.
func (s *sentence) at(i int) string {
	if i < 0 || i >= len(s.lower) {
		return ""
	}
	return s.lower[i]
}

// tagged reports whether the word's part of speech begins so.
func (s *sentence) tagged(i int, prefix string) bool {
	return i >= 0 && i < len(s.words) && strings.HasPrefix(s.words[i].Tag, prefix)
}

// span is the range from word i to before word j.
func (s *sentence) span(i, j int) index.Span {
	if i >= j || i < 0 || j > len(s.words) {
		return index.Span{}
	}
	return index.Span{Start: s.words[i].Start, End: s.words[j-1].End}
}

// mark reports whether the word is a mark that parts clauses.
func (s *sentence) mark(i int) bool {
	switch s.at(i) {
	case ",", ";", ":", "—", "–", "(", ")", "-":
		return true
	}
	return false
}

// question reports whether the sentence asks something.
func (s *sentence) question() bool {
	for i := len(s.lower) - 1; i >= 0; i-- {
		if s.lower[i] == "?" {
			return true
		}
		if len(s.words[i].Word) > 0 && strings.IndexFunc(s.words[i].Word, unicode.IsLetter) >= 0 {
			return false
		}
	}
	return false
}

func empty(s index.Span) bool { return s.End <= s.Start }

func within(a, b index.Span) bool { return a.Start >= b.Start && a.End <= b.End }

func overlap(a, b index.Span) bool { return a.Start < b.End && b.Start < a.End }

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
