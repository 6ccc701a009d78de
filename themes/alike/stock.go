package alike

import (
	"cmp"
	"context"
	"slices"
)

// What is a stock phrase: a stretch that stands alone. Sentences such as "We welcome the opportunity to respond to this consultation on
// ..." are in many passages that have nothing else in common; a copy, however much it was edited, has words of the other all through,
// or a long stretch.
const (
	stockTexts   = 5  // different texts that have it, at least
	stockSample  = 8  // of them are compared with one another
	stockPhrase  = 6  // words: a shorter stretch, "as well as", is chance and joins nothing
	stockStretch = 25 // words: what two texts share in one piece of this length is no phrase any more
	stockElse    = 4  // shingles that two texts share elsewhere: fewer are nothing

	stockParts = 16 // the shingles are looked at in so many parts, to hold few at a time
)

// leaveOutStock takes stock phrases out of the texts, so that they neither join passages nor count as words that were not copied.
func (f *finder) leaveOutStock(ctx context.Context) error {
	found := make([][]uint64, stockParts)
	if err := parallel(ctx, stockParts, func(i int) { found[i] = f.stock(uint64(i)) }); err != nil {
		return err
	}
	stock := slices.Concat(found...) // sorted: the parts are in order
	return parallel(ctx, len(f.texts), func(i int) {
		t := &f.texts[i]
		if left := withoutShingles(t.words, stock); len(left) < len(t.words) {
			t.words = left
			t.shingles = shingles(left)
		}
	})
}

// stock are the shingles of one part that belong to stock phrases, sorted.
func (f *finder) stock(part uint64) []uint64 {
	type entry struct {
		shingle uint64
		text    int32
	}
	var entries []entry
	const width = 1 << 60 // of a part: 64 bits in 16
	for i := range f.texts {
		s := f.texts[i].shingles
		at, _ := slices.BinarySearch(s, part*width)
		for ; at < len(s) && s[at]/width == part; at++ {
			entries = append(entries, entry{s[at], int32(i)})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.shingle, b.shingle), cmp.Compare(a.text, b.text)) })
	var out []uint64
	for from := 0; from < len(entries); {
		to := from
		for to < len(entries) && entries[to].shingle == entries[from].shingle {
			to++
		}
		if n := to - from; n >= stockTexts {
			sample := make([]*text, 0, stockSample)
			for k := range stockSample {
				sample = append(sample, &f.texts[entries[from+k*(n-1)/(stockSample-1)].text])
			}
			if alone(entries[from].shingle, slices.Compact(sample)) {
				out = append(out, entries[from].shingle)
			}
		}
		from = to
	}
	return out
}

// alone reports whether most pairs of texts that have a shingle share a short stretch around it and nothing else. A stretch that is half
// of a short text says nothing either way: it can be a phrase with little behind it, or a short text that was copied.
func alone(s uint64, sample []*text) bool {
	places := make([]int, len(sample))
	for i, t := range sample {
		places[i] = place(t.words, s)
	}
	telling, lone := 0, 0
	for i, a := range sample {
		for j, b := range sample[:i] {
			n := stretch(a.words, b.words, places[i], places[j])
			if n < stockPhrase {
				telling++
				continue
			}
			otherwise := common(a.shingles, b.shingles) - (n - shingleWords + 1)
			if otherwise < stockElse && 2*n >= min(len(a.words), len(b.words)) {
				continue
			}
			telling++
			if n < stockStretch && otherwise < stockElse {
				lone++
			}
		}
	}
	return 2*lone > telling
}

// place is where a shingle first stands.
func place(words []uint32, s uint64) int {
	for i := range len(words) - shingleWords + 1 {
		if shingle(words[i:]) == s {
			return i
		}
	}
	return 0 // not reached: the shingle is the text's
}

// stretch is how many words two texts have in one piece around the places i and j.
func stretch(a, b []uint32, i, j int) int {
	n := 0
	for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
		n++
	}
	for i > 0 && j > 0 && a[i-1] == b[j-1] {
		i, j, n = i-1, j-1, n+1
	}
	return n
}

// withoutShingles is words without those in any of the sorted shingles.
func withoutShingles(words []uint32, stock []uint64) []uint32 {
	var out []uint32
	last := -1 // the last word that is in one
	for i, w := range words {
		if i+shingleWords <= len(words) {
			if _, ok := slices.BinarySearch(stock, shingle(words[i:])); ok {
				last = i + shingleWords - 1
			}
		}
		if i > last {
			out = append(out, w)
		}
	}
	return out
}
