package themes

import (
	"slices"
	"strings"

	"collate/index"
)

const (
	// headShare is how much of what the codebook says with a word has to be said of one theme for the word to name that theme by itself.
	headShare = 0.6
	// nameWeight is what a word in a theme's name counts beside one in its description, its rules or its examples.
	nameWeight = 3
)

// findHeads finds the words that name a theme by themselves: "standards" names "National standards", but "years" not "Early years". They are
// the last words of the parts of its name, alone there or in several of its rules, without those that the name of what is answered has too.
func (b *Codebook) findHeads() {
	answered := stemCounts(b.Consultation + " " + strings.Join(b.Called, " "))
	of, all := make([]map[string]float64, len(b.Themes)), map[string]float64{}
	for i := range b.Themes {
		of[i] = b.Themes[i].vocabulary()
		for w, n := range of[i] {
			all[w] += n
		}
	}
	for i := range b.Themes {
		t := &b.Themes[i]
		t.heads = map[string]bool{}
		for _, w := range t.headWords() {
			if answered[w] == 0 && !empty[w] && of[i][w] >= headShare*all[w] {
				t.heads[w] = true
			}
		}
	}
}

// vocabulary counts the stems of what the codebook says of a theme.
func (t *Theme) vocabulary() map[string]float64 {
	out := stemCounts(t.Description + " " + strings.Join(t.Any, " ; ") + " " + strings.Join(t.Examples, " "))
	for w := range stemCounts(t.Name) {
		out[w] += nameWeight
	}
	return out
}

// stemCounts counts the stems of a text, in whole numbers: their sum is the same in any order.
func stemCounts(text string) map[string]float64 {
	out := map[string]float64{}
	for _, w := range index.Analyse(text).List {
		out[w.Stem]++
	}
	return out
}

// headWords are the stems of the last word of each part of a theme's name that may stand alone: of "EHC plans and tailored lists" those of
// "plans" and "lists", where several rules have these behind different words.
func (t *Theme) headWords() []string {
	var out []string
	words, first := index.Analyse(t.Name).List, true
	for i, w := range words {
		last := i+1 == len(words) || strings.ContainsAny(t.Name[w.End:words[i+1].Start], ",;:/&") || words[i+1].Fold == "and" || words[i+1].Fold == "or"
		if joins := w.Fold == "and" || w.Fold == "or" || w.Fold == "the"; !joins {
			if last && len(w.Fold) > 3 && (first || t.varied(w.Stem)) {
				out = append(out, w.Stem)
			}
			first = last
		}
	}
	return out
}

// varied reports whether rules end in a word behind two different words, or are that word.
func (t *Theme) varied(stem string) bool {
	before := map[string]bool{}
	for _, rule := range t.Any {
		words := index.Analyse(rule).List
		switch n := len(words); {
		case n == 0 || words[n-1].Stem != stem:
		case n == 1:
			return true
		default:
			before[words[n-2].Stem] = true
		}
	}
	return len(before) > 1
}

// marks are where each theme of the codebook is named in a passage, retired ones in no place. Where the words of two themes overlap the
// longer ones count: "the standard template" names no standards.
func (b *Codebook) marks(words *index.Words) [][]index.Span {
	out := make([][]index.Span, len(b.Themes))
	for i := range b.Themes {
		t := &b.Themes[i]
		if t.State == ThemeRetired {
			continue
		}
		out[i], _ = b.match(t, words)
		for _, w := range words.List {
			if t.heads[w.Stem] {
				out[i] = append(out[i], index.Span{Start: w.Start, End: w.End})
			}
		}
		out[i] = index.MergeSpans(out[i])
	}
	return withoutShorter(out)
}

// place is a theme's place in the codebook, or -1.
func (b *Codebook) place(id string) int {
	return slices.IndexFunc(b.Themes, func(t Theme) bool { return t.ID == id })
}

// withoutShorter leaves out marks that a longer one of another theme overlaps.
func withoutShorter(marks [][]index.Span) [][]index.Span {
	out := make([][]index.Span, len(marks))
	for i := range marks {
		for _, m := range marks[i] {
			if !overlapped(marks, i, m) {
				out[i] = append(out[i], m)
			}
		}
	}
	return out
}

func overlapped(marks [][]index.Span, of int, m index.Span) bool {
	for j := range marks {
		if j == of {
			continue
		}
		for _, n := range marks[j] {
			if n.Start < m.End && m.Start < n.End && n.End-n.Start > m.End-m.Start {
				return true
			}
		}
	}
	return false
}
