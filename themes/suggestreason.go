package themes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index"
	"collate/themes/learn"
)

const (
	maxReasonWords = 4
	// leastReason is the share of the weightiest word's weight that a word needs to be named.
	leastReason = 0.2
	// leastAlike is how alike a reviewed passage must be to be named: below it two passages share little but common words.
	leastAlike = 0.2
	// leastAround is what the passages and headings around must add to the log-odds to be named: it makes .5 into .56.
	leastAround = 0.25
)

// becauseMark is how a reason begins, likeMark how the part of it that names a reviewed passage does, aroundReason that part which is no word.
const (
	becauseMark  = "because: "
	likeMark     = "like "
	aroundReason = "what is around"
)

// learnt is a suggestion with the reason that the model gives.
func (g *suggestions) learnt(passage, theme int) Proposal {
	p := g.passages[passage]
	why := g.model.Because(passage, theme)
	words := weighty(why.Words)
	out := Proposal{ThemeID: g.themes[theme].ID, Learnt: true, Because: g.reason(passage, theme, words, why)}
	for _, w := range words {
		for _, at := range w.Spans {
			out.Marks = append(out.Marks, index.Span{Start: at.Start + p.Body - p.Start, End: at.End + p.Body - p.Start})
		}
	}
	out.Marks = index.MergeSpans(out.Marks)
	return out
}

// weighty are the words of a reason that are worth naming, in reading order.
func weighty(words []learn.Word) []learn.Word {
	var out []learn.Word
	for _, w := range words[:min(len(words), maxReasonWords)] {
		if w.Weight >= leastReason*words[0].Weight {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b learn.Word) int { return cmp.Compare(a.Spans[0].Start, b.Spans[0].Start) })
	return out
}

// reason says why in one line: "because: weeks, wait; what is around; like PK3M9XQ7W2A, which Ann put on it".
func (g *suggestions) reason(passage, theme int, words []learn.Word, why learn.Because) string {
	text := g.s.Text(g.passages[passage])
	var parts, said []string
	for _, w := range words {
		said = append(said, strings.ToLower(text[w.Spans[0].Start:w.Spans[0].End]))
	}
	if len(said) > 0 {
		parts = append(parts, strings.Join(said, ", "))
	}
	for _, s := range why.Signals {
		if s.Signal == learn.Context && (s.Weight >= leastAround || len(said) == 0) {
			parts = append(parts, aroundReason)
		}
	}
	if like := g.alike(theme, why); like != "" {
		parts = append(parts, like)
	}
	if len(parts) == 0 {
		return becauseMark + "the theme is frequent here"
	}
	return becauseMark + strings.Join(parts, "; ")
}

// alike names the reviewed passage that is most alike, or is "".
func (g *suggestions) alike(theme int, why learn.Because) string {
	if why.Similar < 0 || why.Likeness < leastAlike {
		return ""
	}
	return fmt.Sprintf("%s%s, which %s put on it", likeMark, g.passages[why.Similar].ID, g.coders[labelAt(why.Similar, theme)])
}

// reasonMarks finds the words that a reason of [suggestions.reason] names in the passage's own words.
func reasonMarks(because, text string) []index.Span {
	said, _ := strings.CutPrefix(because, becauseMark)
	said, _, _ = strings.Cut(said, "; ")
	if said == aroundReason || strings.HasPrefix(said, likeMark) {
		return nil
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // a letter that is longer in lower case: places would not be those of text
		return nil
	}
	var out []index.Span
	for word := range strings.SplitSeq(said, ", ") {
		for at := 0; word != ""; {
			i := strings.Index(lower[at:], word)
			if i < 0 {
				break
			}
			span := index.Span{Start: at + i, End: at + i + len(word)}
			if at = span.End; wordEnds(lower, span) {
				out = append(out, span)
			}
		}
	}
	return index.MergeSpans(out)
}

// wordEnds reports whether a span begins and ends where words do.
func wordEnds(text string, at index.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at.Start])
	after, _ := utf8.DecodeRuneInString(text[at.End:])
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !inside(before) && !inside(after)
}
