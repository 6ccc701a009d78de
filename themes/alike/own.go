package alike

import (
	"cmp"
	"context"
	"slices"

	"collate/index"
)

// A group is passages that share a text.
type group struct {
	template *Template // nil where there is none
	text     string
	passages []int
}

func (f *finder) group(s star) group {
	g := group{text: f.passages[f.texts[s.representative].passages[0]].Text}
	for _, at := range s.texts {
		g.passages = append(g.passages, f.texts[at].passages...)
	}
	slices.Sort(g.passages)
	return g
}

// useTemplates takes out the passages that are made from a template: they are compared with each template exactly.
func (f *finder) useTemplates(ctx context.Context) error {
	f.made = make([][]int, len(f.templates))
	if len(f.templates) == 0 {
		return nil
	}
	templates := make([]text, len(f.templates))
	for i, t := range f.templates {
		words := f.number(fold(t.Text))
		templates[i] = text{words: words, shingles: shingles(words)}
	}
	best := make([]int, len(f.texts))
	err := parallel(ctx, len(f.texts), func(i int) {
		best[i] = -1
		most := float32(0)
		for j := range templates {
			if n := alike(&templates[j], &f.texts[i]); n > most {
				most, best[i] = n, j
			}
		}
	})
	for i, at := range best {
		if at >= 0 {
			f.made[at] = append(f.made[at], f.texts[i].passages...)
			f.texts[i].passages = nil
		}
	}
	for _, of := range f.made {
		slices.Sort(of)
	}
	return err
}

// compare makes a cluster of a group: what is common to its copies, and what each has of its own.
func (f *finder) compare(g group) Cluster {
	c := Cluster{Text: g.text, Members: f.members(g.passages)}
	base := readWords(g.text)
	copies := make([]words, len(g.passages))
	counts := make([]int, len(base.list))
	to := make([][]int32, len(copies))
	for i, at := range g.passages {
		copies[i] = readWords(f.passages[at].Text)
		numbers := numbered(base.list, copies[i].list)
		to[i] = align(numbers[0], numbers[1])
		for _, j := range to[i] {
			if j >= 0 {
				counts[j]++
			}
		}
	}
	need := (len(copies) + 1) / 2
	if g.template != nil {
		c.Template, need = g.template.Name, 0
	} else {
		need = max(need, 2) // the representative is a copy too
	}
	isCommon := func(j int32) bool { return j >= 0 && counts[j] >= need }
	c.Common = base.spans(func(j int) bool { return isCommon(int32(j)) })
	c.Longest = longest(g.text, base, to, max(need, 1))
	for i, at := range g.passages {
		p := f.passages[at]
		x := Copy{Passage: p.ID, Member: p.Member, Own: copies[i].spans(func(k int) bool { return !isCommon(to[i][k]) })}
		same := 0
		for _, j := range to[i] {
			if isCommon(j) {
				same++
			}
		}
		x.Shared = float64(same) / float64(max(1, len(to[i])))
		x.Exact = slices.EqualFunc(base.list, copies[i].list, func(a, b index.Word) bool { return a.Fold == b.Fold })
		c.Copies = append(c.Copies, x)
	}
	return c
}

// words are the words of a text with their places.
type words struct{ list []index.Word }

func readWords(s string) words {
	list := index.Analyse(s).List
	return words{list[:min(len(list), maxTextWords)]}
}

// spans are the stretches of words that are wanted.
func (w words) spans(wanted func(int) bool) []index.Span {
	var out []index.Span
	open := false
	for i, x := range w.list {
		switch {
		case !wanted(i):
			open = false
		case open:
			out[len(out)-1].End = x.End
		default:
			out, open = append(out, index.Span{Start: x.Start, End: x.End}), true
		}
	}
	return out
}

// longest is the longest stretch of a text's words in which need of the copies agree: each has them one after the other.
func longest(text string, base words, to [][]int32, need int) string {
	follows := make([]int, len(base.list)) // how many copies have word j and the next one behind it
	for _, of := range to {
		for k := 1; k < len(of); k++ {
			if of[k-1] >= 0 && of[k] == of[k-1]+1 {
				follows[of[k-1]]++
			}
		}
	}
	best, from := index.Span{}, 0
	for j := range base.list {
		if j == len(base.list)-1 || follows[j] < need {
			if j-from > best.End-best.Start {
				best = index.Span{Start: from, End: j}
			}
			from = j + 1
		}
	}
	if best.End == best.Start {
		return ""
	}
	return text[base.list[best.Start].Start:base.list[best.End].End]
}

// numbered gives the words of several texts numbers, the same word the same.
func numbered(texts ...[]index.Word) [][]uint32 {
	numbers := map[string]uint32{}
	out := make([][]uint32, len(texts))
	for i, list := range texts {
		out[i] = make([]uint32, len(list))
		for k, w := range list {
			n, ok := numbers[w.Fold]
			if !ok {
				n = uint32(len(numbers))
				numbers[w.Fold] = n
			}
			out[i][k] = n
		}
	}
	return out
}

// A run is length words that stand in both texts: from a and from b.
type run struct{ a, b, length int }

const (
	// maxPlaces is how often a shingle is looked for in one text: "of the local" can stand in a long one a hundred times.
	maxPlaces = 16
	// maxGap is the most words between two common stretches in which single words are still matched; in more, a "the" is chance.
	maxGap = 12
)

// align matches the words of b with those of a: for each word of b the place in a, or -1. Stretches of three words and more are
// matched first, the longest first, wherever they stand, so that sentences may have changed places (greedy string tiling: Wise 1993);
// then single words in short gaps between stretches that follow one another in both.
func align(a, b []uint32) []int32 {
	to := make([]int32, len(b))
	for i := range to {
		to[i] = -1
	}
	used := make([]bool, len(a))
	for _, r := range runs(a, b) {
		for i := 0; i < r.length; {
			n := 0
			for i+n < r.length && !used[r.a+i+n] && to[r.b+i+n] < 0 {
				n++
			}
			if n >= shingleWords {
				for k := i; k < i+n; k++ {
					used[r.a+k], to[r.b+k] = true, int32(r.a+k)
				}
			}
			i += n + 1
		}
	}
	fillGaps(a, b, to, used)
	return to
}

// runs are the longest stretches that both have from each pair of places, the longest first.
func runs(a, b []uint32) []run {
	places := map[uint64][]int32{}
	for i := 0; i+shingleWords <= len(a); i++ {
		if s := shingle(a[i:]); len(places[s]) < maxPlaces {
			places[s] = append(places[s], int32(i))
		}
	}
	var out []run
	for j := 0; j+shingleWords <= len(b); j++ {
		for _, at := range places[shingle(b[j:])] {
			i := int(at)
			if i > 0 && j > 0 && a[i-1] == b[j-1] {
				continue // it began earlier
			}
			n := 0
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			out = append(out, run{i, j, n})
		}
	}
	slices.SortFunc(out, func(x, y run) int {
		return cmp.Or(cmp.Compare(y.length, x.length), cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a))
	})
	return out
}

// fillGaps matches single words between stretches that follow one another in both texts.
func fillGaps(a, b []uint32, to []int32, used []bool) {
	last := -1 // the last matched word of b
	for j := range b {
		if to[j] < 0 {
			continue
		}
		if last >= 0 && j > last+1 && j-last <= maxGap+1 && to[j] > to[last] && int(to[j]-to[last]) <= maxGap+1 {
			at := int(to[last]) + 1
			for k := last + 1; k < j; k++ {
				for i := at; i < int(to[j]); i++ {
					if a[i] == b[k] && !used[i] {
						to[k], used[i], at = int32(i), true, i+1
						break
					}
				}
			}
		}
		last = j
	}
}
