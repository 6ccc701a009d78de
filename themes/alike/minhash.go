package alike

import (
	"cmp"
	"context"
	"slices"
)

// The bands. Two rows a band and 256 bands find a pair whose shingles have a Jaccard similarity of .1 92 times of 100, one of .15 997
// times of 1,000, and one of .01, two passages on one subject, once in 40. Copies with 30 % of their words changed are at .12 to .3.
const (
	bands     = 256
	bandRows  = 2
	bandRound = 16 // bands whose pairs are held at a time

	// hubs is how many texts of a bucket all the others are paired with. It keeps a letter with 10,000 senders from
	// making 50 million pairs.
	hubs = 16
	// enough pairs on both sides make another one superfluous: the representative is compared anyway.
	enough = 48
)

// link fills the edges.
func (f *finder) link(ctx context.Context) error {
	f.edges = make([][]edge, len(f.texts))
	signatures := make([]uint32, len(f.texts)*bands*bandRows)
	err := parallel(ctx, len(f.texts), func(i int) {
		sign(signatures[i*bands*bandRows:(i+1)*bands*bandRows], f.texts[i].shingles)
	})
	if err != nil {
		return err
	}
	var seen []uint64
	for first := 0; first < bands; first += bandRound {
		found := make([][]uint64, bandRound)
		if err := parallel(ctx, bandRound, func(i int) { found[i] = f.pairs(signatures, first+i) }); err != nil {
			return err
		}
		fresh := slices.Concat(found...)
		slices.Sort(fresh)
		fresh = without(slices.Compact(fresh), seen)
		if err := f.verify(ctx, fresh); err != nil {
			return err
		}
		seen = append(seen, fresh...)
		slices.Sort(seen)
	}
	return nil
}

// sign fills in a MinHash signature: of each of many orders of all shingles, the first that the text has.
func sign(out []uint32, shingles []uint64) {
	for i := range out {
		by, least := mix(uint64(i))|1, ^uint64(0)
		for _, s := range shingles {
			least = min(least, s*by)
		}
		out[i] = uint32(least >> 32)
	}
}

// pairs are the texts that stand in one bucket of a band, the lower number first.
func (f *finder) pairs(signatures []uint32, band int) []uint64 {
	type entry struct {
		key uint64
		at  int32
	}
	var entries []entry
	for i := range f.texts {
		if f.texts[i].passages != nil && len(f.texts[i].shingles) >= fewShared {
			row := signatures[i*bands*bandRows+band*bandRows:]
			entries = append(entries, entry{uint64(row[0])<<32 | uint64(row[1]), int32(i)})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	var out []uint64
	for from, i := 0, 0; i < len(entries); i++ {
		if entries[i].key != entries[from].key {
			from = i
		}
		for _, hub := range entries[from:min(i, from+hubs)] {
			if len(f.edges[hub.at]) < enough || len(f.edges[entries[i].at]) < enough {
				out = append(out, uint64(hub.at)<<32|uint64(entries[i].at))
			}
		}
	}
	return out
}

// without is the sorted pairs that are not among the sorted ones seen.
func without(pairs, seen []uint64) []uint64 {
	out, j := pairs[:0], 0
	for _, p := range pairs {
		for j < len(seen) && seen[j] < p {
			j++
		}
		if j == len(seen) || seen[j] != p {
			out = append(out, p)
		}
	}
	return out
}

// verify compares pairs exactly and keeps those that are alike.
func (f *finder) verify(ctx context.Context, pairs []uint64) error {
	weights := make([]float32, len(pairs))
	err := parallel(ctx, len(pairs), func(i int) {
		weights[i] = alike(&f.texts[pairs[i]>>32], &f.texts[uint32(pairs[i])])
	})
	if err != nil {
		return err
	}
	for i, p := range pairs {
		if a, b := int32(p>>32), int32(uint32(p)); weights[i] > 0 {
			f.edges[a] = append(f.edges[a], edge{b, weights[i]})
			f.edges[b] = append(f.edges[b], edge{a, weights[i]})
		}
	}
	return nil
}
