package quotation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A spoken is a quotation as it is compared: its words, and what it says of itself between them.
type spoken struct {
	text  string // without what stands in square brackets
	words []word
	cuts  map[int]mark // number of a word → what stands before it; len(words) for the end
	loose map[int]bool // words that may begin with a capital or not, whatever the source does
}

// A mark is an elision or a bracket.
type mark struct {
	elision bool
	bracket string
}

var (
	// leftOut are the ways in which a quotation says that words are left out.
	leftOut = regexp.MustCompile(`[\[(]\s*(?:\.{2,}|…|\. ?\. ?\.)\s*[\])]|…(?:\s*\.)?|\.(?:\s?\.){2,}`)
	// letters is a bracket around the beginning of a word: "[T]he".
	letters = regexp.MustCompile(`\[(\pL{1,3})\]['’]?\pL`)
	// bracket is a bracket with the ending that belongs to it: "[the plan]'s".
	bracket = regexp.MustCompile(`\[([^\[\]]{1,400})\](?:['’]\pL{1,2}\b)?`)
)

// read takes a quotation apart. Literal takes it as it stands, since its source may have brackets and dots of its own.
func read(text string, literal bool) *spoken {
	s := &spoken{cuts: map[int]mark{}, loose: map[int]bool{0: true}}
	if literal {
		s.text, s.words = text, words(text)
		return s
	}
	text = leftOut.ReplaceAllString(text, "\x00")
	var plain strings.Builder
	var found []placed
	add := func(m mark) { found = append(found, placed{plain.Len(), m}) }
	for rest := text; rest != ""; {
		at := strings.IndexByte(rest, 0)
		m := bracket.FindStringSubmatchIndex(rest)
		switch {
		case at >= 0 && (m == nil || at < m[0]):
			plain.WriteString(rest[:at])
			add(mark{elision: true})
			plain.WriteByte(' ')
			rest = rest[at+1:]
		case m == nil:
			plain.WriteString(rest)
			rest = ""
		case startsWord(rest[m[0]:]):
			plain.WriteString(rest[:m[0]])
			add(mark{})
			plain.WriteString(rest[m[2]:m[3]])
			rest = rest[m[3]+1:]
		default:
			plain.WriteString(rest[:m[0]])
			add(mark{bracket: strings.TrimSpace(strings.ReplaceAll(rest[m[2]:m[3]], "\x00", "…"))})
			plain.WriteByte(' ')
			rest = rest[m[1]:]
		}
	}
	s.text = plain.String()
	s.words = words(s.text)
	for _, f := range found {
		s.put(f)
	}
	return s
}

// A placed is a mark at a byte of the text.
type placed struct {
	at int
	mark
}

// put notes a mark at the word that it stands before.
func (s *spoken) put(f placed) {
	next := slices.IndexFunc(s.words, func(w word) bool { return w.end > f.at })
	if next < 0 {
		next = len(s.words)
	}
	s.loose[next] = true
	if f.mark != (mark{}) {
		old := s.cuts[next]
		s.cuts[next] = mark{old.elision || f.elision, strings.TrimSpace(old.bracket + " " + f.bracket)}
	}
}

// startsWord reports a bracket around the first letters of a word.
func startsWord(text string) bool {
	m := letters.FindStringIndex(text)
	return m != nil && m[0] == 0
}

// free are the words before which something may be left out.
func (s *spoken) free() map[int]bool {
	out := map[int]bool{}
	for at := range s.cuts {
		if at > 0 && at < len(s.words) {
			out[at] = true
		}
	}
	return out
}

// sameAtStart reports two words that differ in whether they begin with a capital and in nothing else.
func sameAtStart(a, b string) bool {
	x, n := utf8.DecodeRuneInString(a)
	y, m := utf8.DecodeRuneInString(b)
	return unicode.ToLower(x) == unicode.ToLower(y) && a[n:] == b[m:]
}
