package counted

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a number or a mark, in lower case and with a straight apostrophe.
type token struct {
	start, end int
	lower      string
	word       bool // letters or digits
	glued      bool // a hyphen stands before it: the "16" of "post-16"
	upper      bool // it begins with a capital
}

// tokens are those of text[from:to]. A hyphen parts words, so that "thirty-two" is read as "thirty two"; "n't" is a word of its own.
func tokens(text string, from, to int) []token {
	var out []token
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(text[i:to])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end := wordEnd(text[:to], i)
			out = appendWord(out, text, i, end)
			i = end
			continue
		case unicode.IsSpace(r), r == '-' || r == '‐' || r == '‑':
		default:
			out = append(out, token{start: i, end: i + size, lower: string(r)})
		}
		i += size
	}
	for i := range out {
		before := text[:out[i].start]
		out[i].glued = strings.HasSuffix(before, "-") || strings.HasSuffix(before, "‐") || strings.HasSuffix(before, "‑")
	}
	return out
}

// wordEnd is where the word that begins at i ends: an apostrophe, or a comma or point between digits, is inside it.
func wordEnd(text string, i int) int {
	digits := text[i] >= '0' && text[i] <= '9'
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		inside := (r == '\'' || r == '’') && unicode.IsLetter(next) || digits && (r == ',' || r == '.') && unicode.IsDigit(next)
		if !inside {
			return i
		}
		i += size
	}
	return i
}

func appendWord(out []token, text string, start, end int) []token {
	lower := strings.ReplaceAll(strings.ToLower(text[start:end]), "’", "'")
	first, _ := utf8.DecodeRuneInString(text[start:])
	t := token{start: start, end: end, lower: lower, word: true, upper: unicode.IsUpper(first)}
	if bare, ok := strings.CutSuffix(lower, "n't"); ok && bare != "" {
		cut := strings.LastIndexAny(strings.ToLower(text[start:end]), "nN")
		if cut > 0 {
			t.end, t.lower = start+cut, bare
			return append(out, t, token{start: start + cut, end: end, lower: "not", word: true})
		}
	}
	return append(out, t)
}
