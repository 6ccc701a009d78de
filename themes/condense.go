package themes

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"collate/index"
	"collate/index/extract"
	"collate/themes/lean"
)

// maxLine is how many characters of a sentence a matrix cell shows.
const maxLine = 180

// A candidate is a sentence that could stand for a member's position.
type candidate struct {
	passage *index.Passage
	words   string
	score   float64
	order   int
}

// condense chooses up to n of a member's own sentences on a theme, the most telling first. It scores what a colleague would
// look for: the theme's words, a stance on the side the member is on, an ask, "we"; and marks down what does
// not stand alone. The words are the member's, to the byte.
func condense(b *Codebook, theme *Theme, readings map[string]*passageReading, passages []*index.Passage, stance Stance, n int) []candidate {
	var all []candidate
	for _, p := range passages {
		r := readings[p.ID]
		marks, _ := b.match(theme, r.Words)
		for i, at := range r.Sentences {
			words := r.Text[at.Start:at.End]
			score := telling(words, &r.Leanings[i], marksWithin(marks, at), stance)
			if i == 0 {
				score += 0.3
			}
			all = append(all, candidate{passage: p, words: words, score: score, order: len(all)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order))
	})
	var out []candidate
	for _, c := range all {
		if len(out) < n && (len(out) == 0 || c.score > 1) && !repeats(c, out) {
			out = append(out, c)
		}
	}
	return out
}

// dangling is a beginning that points back at something the reader does not see.
var dangling = regexp.MustCompile(`^(?i:this|these|those|that|it|they|he|she|such|however|but|and|or|nor|yet|so|therefore|also|moreover|furthermore|nevertheless|instead|otherwise|the latter|the former|as such|similarly|likewise|in addition|for example|for instance|here|there|again|then|thus|both|neither|either|another)\b`)

func telling(words string, l *lean.Leaning, marks int, stance Stance) float64 {
	score := 1.2 * float64(min(marks, 3))
	switch own := Stance(l.Stance()); {
	case own == NotStated:
	case own == stance:
		score += 2
	case (own == Support || own == Conditions) && (stance == Support || stance == Conditions):
		score += 1
	}
	if l.Ask {
		score += 0.8
	}
	if l.Own {
		score += 0.4
	}
	n := extract.Words(words)
	switch {
	case n < 6:
		score -= 3
	case n < 9:
		score -= 0.5
	case n > 45:
		score -= 1
	}
	if dangling.MatchString(words) {
		score -= 1
	}
	if strings.HasSuffix(words, "?") || strings.HasSuffix(words, ":") {
		score -= 1.5
	}
	if first, _ := utf8.DecodeRuneInString(words); !strings.ContainsRune(`"“‘'`, first) && first >= 'a' && first <= 'z' {
		score -= 1
	}
	return score
}

// repeats reports whether a sentence says in half its words what a chosen one says.
func repeats(c candidate, chosen []candidate) bool {
	own := wordSet(c.words)
	for _, x := range chosen {
		other, both := wordSet(x.words), 0
		for w := range own {
			if other[w] {
				both++
			}
		}
		if 2*both > min(len(own), len(other)) {
			return true
		}
	}
	return false
}

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if w = strings.Trim(w, ".,;:!?()\"'“”‘’"); len(w) > 3 {
			out[w] = true
		}
	}
	return out
}

// line shows a sentence in one line: white space runs become a space, and what is too long is cut at a word with "…".
func line(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) <= maxLine {
		return words
	}
	r := []rune(words)[:maxLine-1]
	cut := string(r)
	if i := strings.LastIndexByte(cut, ' '); i > maxLine/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
