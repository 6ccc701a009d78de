package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is what texts are compared by: letters and digits with the apostrophes, hyphens and points inside, and a sign of currency or per
// cent that touches them.
type word struct {
	start, end int    // bytes of the text
	fold       string // small letters, hyphens left out
	broken     bool   // it is parted by a hyphen at a line's end
}

// words are the words of a text.
func words(text string) []word { return appendWords(nil, text) }

func appendWords(out []word, text string) []word {
	for at := 0; at < len(text); {
		if c := text[at]; c < utf8.RuneSelf && !alphanumeric[c] && c != '$' {
			at++
			continue
		}
		w := word{start: at}
		if w.end = plainEnd(text, at); w.end > at {
			w.fold = fold(text[at:w.end])
			out = append(out, w)
			at = w.end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !inWord(r) && !isCurrency(r) {
			at += size
			continue
		}
		w.end, w.broken = wordEnd(text, at)
		if w.fold = fold(text[at:w.end]); w.fold != "" {
			out = append(out, w)
		}
		at = w.end
	}
	return out
}

// alphanumeric are the letters and digits of ASCII.
var alphanumeric = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = inWord(rune(c))
	}
	return is
}()

// plainEnd is where a word of plain letters and digits ends, where what follows cannot be part of it; at where that takes a closer look.
func plainEnd(text string, at int) int {
	end := at
	for end < len(text) && text[end] < utf8.RuneSelf && alphanumeric[text[end]] {
		end++
	}
	if end < len(text) && (text[end] >= utf8.RuneSelf || text[end] == 2 || text[end] == '\'' || text[end] == '-' || text[end] == '.' || text[end] == ',' || text[end] == '%') {
		if c := text[end]; (c == '.' || c == ',') && end+1 < len(text) && text[end+1] == ' ' {
			return end
		}
		return at
	}
	return end
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}

func isCurrency(r rune) bool { return r == '£' || r == '$' || r == '€' }

// unseen are signs that are not seen: soft hyphens, zero-width spaces, marks of direction.
func unseen(r rune) bool { return r == '\u00ad' || r >= 0x200b && unicode.Is(unicode.Cf, r) || r == 2 }

// wordEnd is where the word that begins at a byte ends.
func wordEnd(text string, at int) (end int, broken bool) {
	var last rune
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case inWord(r), isCurrency(r) && last == 0:
			last = r
			at += size
			continue
		case r == '%' && unicode.IsDigit(last):
			return at + size, broken
		case unseen(r):
			at += size
			continue
		}
		skip, parted := joint(text[at:], last)
		if skip == 0 {
			return trimUnseen(text, at), broken
		}
		broken = broken || parted
		at += skip
	}
	return trimUnseen(text, at), broken
}

func trimUnseen(text string, at int) int {
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if !unseen(r) {
			break
		}
		at -= size
	}
	return at
}

// joint is how many bytes at the beginning of rest hold two halves of a word together: an apostrophe or a hyphen between letters, a point or
// a comma between digits, a hyphen at a line's end. It is 0 where the word is over.
func joint(rest string, last rune) (skip int, parted bool) {
	r, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	switch {
	case isApostrophe(r) && unicode.IsLetter(last) && inWord(next):
		return size, false
	case (r == '.' || r == ',') && unicode.IsDigit(last) && unicode.IsDigit(next):
		return size, false
	case isHyphen(r) && unicode.IsLetter(last):
		if unicode.IsLetter(next) {
			return size, false
		}
		body := strings.TrimLeft(rest[size:], " \t\r\u00a0")
		if !strings.HasPrefix(body, "\n") {
			return 0, false
		}
		body = strings.TrimLeft(body[1:], " \t\r\u00a0")
		if next, _ = utf8.DecodeRuneInString(body); unicode.IsLower(next) {
			return len(rest) - len(body), true
		}
	}
	return 0, false
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

// isHyphen reports the signs that part a compound; a dash without spaces stands between two words.
func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// fold is a word as words are compared: composed small letters, no hyphens, straight apostrophes.
func fold(w string) string {
	plain, ascii := true, true
	for i := 0; i < len(w); i++ {
		c := w[i]
		plain = plain && ('a' <= c && c <= 'z' || '0' <= c && c <= '9')
		ascii = ascii && c > ' ' && c < utf8.RuneSelf && c != '-'
	}
	switch {
	case plain:
		return w
	case ascii:
		return strings.ToLower(w)
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case isHyphen(r), unicode.IsSpace(r), unseen(r):
			return -1
		case isApostrophe(r):
			return '\''
		}
		return unicode.ToLower(r)
	}, ligatures.Replace(w)))
}

// ligatures are single signs for several letters, as PDF files have them.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl")

// face is a word as it is seen, but for the style of its marks: with its capitals and hyphens.
func face(w string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unseen(r):
			return -1
		case isHyphen(r):
			return '-'
		case isApostrophe(r):
			return '\''
		}
		return r
	}, ligatures.Replace(w)))
}

// marks is what stands between two words, but for style: no white space, no bullets, one sign for each kind of quotation mark, dash and
// ellipsis.
func marks(between string) string {
	var b strings.Builder
	for _, r := range between {
		switch {
		case unicode.IsSpace(r), unseen(r), strings.ContainsRune("•▪◦·●‣*", r):
			continue
		case isQuote(r):
			r = '"'
		case isHyphen(r), isDash(r):
			r = '-'
		case r == '…':
			b.WriteString("...")
			continue
		}
		b.WriteRune(r)
	}
	s := b.String()
	for _, double := range [][2]string{{`""`, `"`}, {"--", "-"}} {
		for strings.Contains(s, double[0]) {
			s = strings.ReplaceAll(s, double[0], double[1])
		}
	}
	return s
}

func isDash(r rune) bool { return r >= '\u2012' && r <= '\u2015' || r == '\u2212' || r == '\u2e3a' }

func isQuote(r rune) bool {
	return strings.ContainsRune("\"'`´“”„‟‘’‚‛«»‹›″′ʼ", r)
}

// endsSentence reports whether what stands between two words ends a sentence.
func endsSentence(between string) bool {
	return strings.ContainsAny(between, ".?!") && !strings.Contains(marks(between), "...") || strings.Contains(between, "\n\n")
}
