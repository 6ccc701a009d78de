package index

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A wildcard stands for every word that its pattern fits.
type wildcard struct {
	pattern string // folded
	prefix  string // of pattern, before the first * or ?
}

// hasWildcard reports whether a piece of a query is a pattern. A ? at its end asks something.
func hasWildcard(raw string) bool {
	return findUnescaped(barePattern(raw), func(r rune) bool { return r == '*' || r == '?' }) >= 0
}

// barePattern is a piece without what a pattern cannot hold: hyphens, since the index has "co-production" joined; commas
// and accents; marks around it, a closing ? among them.
func barePattern(raw string) string {
	raw = strings.Map(func(r rune) rune {
		if hyphen(string(r)) || r == ',' || unicode.In(r, unicode.M, unicode.Cf) {
			return -1
		}
		return r
	}, raw)
	return strings.TrimRight(strings.TrimLeft(raw, ".;:!'’‘"), "?.;:!'’‘")
}

// newWildcard folds a pattern, or says what is wrong with it.
func newWildcard(pattern string) (wildcard, string) {
	if len(pattern) > maxPattern {
		return wildcard{}, fmt.Sprintf("A word with * or ? may have at most %d characters. Write a shorter one.", maxPattern)
	}
	var folded []byte
	for _, r := range pattern {
		before := len(folded)
		switch {
		case r == '*' && strings.HasSuffix(string(folded), "*"):
			continue
		case r == '*' || r == '?':
			folded = append(folded, byte(r))
		case r == '.' && (before == 0 || !digit(rune(folded[before-1]))):
			continue
		case r == '.':
			folded = append(folded, '.')
		default:
			folded = appendFold(folded, string(r))
		}
		if len(folded) == before {
			return wildcard{}, fmt.Sprintf("A word with * or ? cannot hold %q. Put a space there, or search for the words without the * or ?.", string(r))
		}
	}
	w := wildcard{pattern: string(folded)}
	w.prefix = w.pattern[:max(0, strings.IndexAny(w.pattern, "*?"))]
	return w, w.tooWide()
}

// tooWide says that a pattern would find nearly everything, or nothing when it would not.
func (w wildcard) tooWide() string {
	known := 0
	for _, r := range w.pattern {
		if wordRune(r) {
			known++
		}
	}
	switch {
	case strings.ContainsAny(w.pattern, signs):
		return "" // £* and *% are few
	case w.prefix == "" && known < 3:
		return "A word that starts with * or ? needs at least three letters after it, as in *school."
	case known < 2:
		return "A word with * or ? needs at least two letters, as in fu*."
	}
	return ""
}

// matches reports whether the pattern stands for a folded word.
func (w wildcard) matches(fold string) bool {
	if !strings.HasPrefix(fold, w.prefix) {
		return false
	}
	return glob(w.pattern[len(w.prefix):], fold[len(w.prefix):])
}

// glob matches * with any letters and ? with one. It remembers only the last *: an earlier one never has to take more.
func glob(pattern, s string) bool {
	star, retry := -1, 0 // the pattern behind the last *, and where in s to try it next
	p, i := 0, 0
	for i < len(s) {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case p < len(pattern) && pattern[p] == '*':
			p++
			if p == len(pattern) {
				return true
			}
			star, retry = p, i
		case p < len(pattern) && pattern[p] == '?':
			p++
			i += n
		case p < len(pattern) && strings.HasPrefix(pattern[p:], s[i:i+n]):
			p += n
			i += n
		case star >= 0:
			_, n := utf8.DecodeRuneInString(s[retry:])
			retry += n
			p, i = star, retry
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
