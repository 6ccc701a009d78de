package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Line is a mark with the words around it, for a concordance: every place of a word under one another. White space is single spaces.
type Line struct {
	Left  string `json:"left"` // "… " in front where the passage goes on
	Mark  string `json:"mark"`
	Right string `json:"right"`
	At    Span   `json:"at"` // of Words
}

// Concordance are the marks of a passage, each with up to words words on either side.
func (f *Found) Concordance(words int) []Line {
	var out []Line
	for _, m := range f.Marks {
		if m.Start < 0 || m.End > len(f.Words) || m.Start > m.End {
			continue
		}
		out = append(out, Line{Left: before(f.Words[:m.Start], words), Mark: oneLine(f.Words[m.Start:m.End]), Right: after(f.Words[m.End:], words), At: m})
	}
	return out
}

// before are the last words of a text. A space at its end stays, so that what follows is set off as it was.
func before(text string, words int) string {
	at := len(strings.TrimRightFunc(text, unicode.IsSpace))
	for n := 0; n < words && at > 0; n++ {
		at = strings.LastIndexFunc(text[:at], unicode.IsSpace) + 1
		if n+1 < words {
			at = len(strings.TrimRightFunc(text[:at], unicode.IsSpace))
		}
	}
	cut := strings.TrimLeftFunc(oneLine(text[at:]), unicode.IsSpace)
	if strings.TrimSpace(text[:at]) != "" {
		return "… " + cut
	}
	return cut
}

// after are the first words of a text.
func after(text string, words int) string {
	at := 0
	for n := 0; n < words && at < len(text); n++ {
		at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		if end := strings.IndexFunc(text[at:], unicode.IsSpace); end >= 0 {
			at += end
		} else {
			at = len(text)
		}
	}
	cut := strings.TrimRightFunc(oneLine(text[:at]), unicode.IsSpace)
	if strings.TrimSpace(text[at:]) != "" {
		return cut + " …"
	}
	return cut
}

// oneLine makes each run of white space one space.
func oneLine(s string) string {
	var b strings.Builder
	space := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
		}
		space = false
		_, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+n])
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}
