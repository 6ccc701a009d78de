package index

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/neurosnap/sentences"
	"github.com/neurosnap/sentences/english"
)

// punkt is Kiss and Strunk's trained splitter, the one that prose wraps; making it parses its data, so it is made once
// and kept. It is read-only after that.
var punkt = sync.OnceValues(func() (*sentences.DefaultSentenceTokenizer, error) {
	return english.NewSentenceTokenizer(nil)
})

var (
	// breakLine is where a sentence ends whatever the punctuation: a blank line, or a line that begins with a bullet or a number.
	breakLine = regexp.MustCompile(`\n[ \t]*\n\s*|\n[ \t]*(?:[•▪◦*–-][ \t]|\(?[0-9a-zA-Z]{1,3}[.)][ \t])`)
	// listNumber is a piece that is only a printed number, "3.2." or "(b)".
	listNumber = regexp.MustCompile(`^\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]*$`)
)

// abbreviations end a piece that Punkt takes for a sentence in British policy text and that is not one.
var abbreviations = func() map[string]bool {
	out := map[string]bool{}
	for _, a := range strings.Fields(`para paras reg regs sch no nos approx rt hon rev etc s ss art arts ch chs cl cf ed eds e.g i.e al vol p pp
		fig figs ref refs dept est incl max min tel ext st mr mrs ms dr prof v vs`) {
		out[a+"."] = true
	}
	return out
}()

// Sentences splits text into its sentences, as byte ranges without the white space around them, in order. Lines that begin
// with a bullet or a number begin a sentence; Punkt, with a list of British abbreviations, splits the rest. Nothing but
// white space lies between two ranges.
func Sentences(text string) []Span {
	var out []Span
	from := 0
	for _, m := range breakLine.FindAllStringIndex(text, -1) {
		out = appendSentences(out, text, from, m[0])
		from = m[0]
	}
	return appendSentences(out, text, from, len(text))
}

// maxProse is the longest stretch without a break, in bytes, that Punkt is asked about: it takes a second and much memory for each
// megabyte, and nobody's paragraph is a tenth of one.
const maxProse = 1 << 20

// plainEnd is where a sentence ends in what is too long for Punkt.
var plainEnd = regexp.MustCompile(`[.?!]\s+`)

// appendPlain splits at full stops, question and exclamation marks and nothing else.
func appendPlain(out []Span, text string, start, end int) []Span {
	at := start
	for _, m := range plainEnd.FindAllStringIndex(text[start:end], -1) {
		if s := trimmed(text, at, start+m[1]); s.End > s.Start {
			out = append(out, s)
		}
		at = start + m[1]
	}
	if s := trimmed(text, at, end); s.End > s.Start {
		out = append(out, s)
	}
	return out
}

func appendSentences(out []Span, text string, start, end int) []Span {
	if end-start > maxProse {
		return appendPlain(out, text, start, end)
	}
	tokenizer, err := punkt()
	if err != nil { // the data is compiled in: it cannot fail on a user's machine
		panic(err)
	}
	first := len(out)
	at := start
	for _, s := range tokenizer.Tokenize(text[start:end]) {
		// Punkt's offsets are not to be trusted over its text: it is found again from where the last one ended.
		piece := strings.TrimSpace(s.Text)
		i := strings.Index(text[at:end], piece)
		if piece == "" || i < 0 {
			continue
		}
		span := Span{at + i, at + i + len(piece)}
		at = span.End
		if n := len(out); n > first && continues(text[out[n-1].Start:out[n-1].End], piece) {
			out[n-1].End = span.End
			continue
		}
		out = append(out, span)
	}
	if rest := trimmed(text, at, end); rest.End > rest.Start {
		if n := len(out); n > first {
			out[n-1].End = rest.End
		} else {
			out = append(out, rest)
		}
	}
	return out
}

// continues reports whether next goes on with the sentence that last only seems to end.
func continues(last, next string) bool {
	word := last[strings.LastIndexFunc(last, unicode.IsSpace)+1:]
	if abbreviations[strings.ToLower(strings.TrimLeft(word, `("'‘“[`))] || len(last) < 12 && listNumber.MatchString(last) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r)
}

// trimmed is the range without white space at its ends.
func trimmed(text string, start, end int) Span {
	s := text[start:end]
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	s = strings.TrimSpace(s)
	return Span{start + left, start + left + len(s)}
}
