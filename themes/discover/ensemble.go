package discover

import (
	"context"
	"math/rand/v2"
	"slices"
)

// How many partings are laid over one another: of many passages fewer, since each takes longer and hangs less on its first centres.
const (
	mostRuns  = 24
	leastRuns = 5
	runRows   = 50_000 // rows of all runs together
)

// parts parts rows into k groups by what many partings have in common: k-means into fewer and more groups, each time from other centres, and
// then once more on which groups each row was in (evidence accumulation: Fred and Jain 2005; by k-means on the indicators: Topchy, Jain
// and Punch 2005). One parting hangs on its first centres; what most of them keep together belongs together.
func parts(ctx context.Context, rows dense, k int, r *rand.Rand) ([]int, error) {
	runs := max(leastRuns, min(mostRuns, runRows/len(rows)))
	seeds := make([]uint64, runs+starts) // drawn here, so that it makes no difference which part is done first
	for i := range seeds {
		seeds[i] = r.Uint64()
	}
	found, sizes := make([][]int, runs), make([]int, runs)
	err := parallel(ctx, runs, func(i int) {
		sizes[i] = max(2, min(len(rows), k/2+k*i/(runs-1)*3/2))
		found[i], _ = oneStart(rows, sizes[i], rand.New(rand.NewPCG(seeds[i], 0)))
	})
	if err != nil {
		return nil, err
	}
	of := make([][]int32, len(rows))
	width := 0
	for i, groups := range found {
		for j, g := range groups {
			of[j] = append(of[j], int32(width+g))
		}
		width += sizes[i]
	}
	groups, sums := make([][]int, starts), make([]float64, starts)
	err = parallel(ctx, starts, func(i int) {
		groups[i], sums[i] = consensus(of, width, k, rand.New(rand.NewPCG(seeds[runs+i], 0)))
	})
	return groups[longestFirst(sums)[0]], err
}

// consensus is spherical k-means on rows that are 1 in the columns they name and 0 elsewhere.
func consensus(of [][]int32, width, k int, r *rand.Rand) (groups []int, sum float64) {
	centres := newDense(k, width)
	for i, at := range r.Perm(len(of))[:k] {
		for _, c := range of[at] {
			centres[i][c] = 1
		}
		unit(centres[i])
	}
	groups = make([]int, len(of))
	for round := range maxRounds {
		before := slices.Clone(groups)
		sum = 0
		for i, columns := range of {
			best := -1.0
			for g, centre := range centres {
				likeness := 0.0
				for _, c := range columns {
					likeness += centre[c]
				}
				if likeness > best {
					best, groups[i] = likeness, g
				}
			}
			sum += best
		}
		if round > 0 && slices.Equal(before, groups) {
			break
		}
		centres = newDense(k, width)
		for i, columns := range of {
			for _, c := range columns {
				centres[groups[i]][c]++
			}
		}
		for _, c := range centres {
			unit(c)
		}
	}
	return groups, sum
}
