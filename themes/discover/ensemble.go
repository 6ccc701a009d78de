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
	of := make([][]int32, len(rows))
	width := 0
	for i := range runs {
		n := max(2, min(len(rows), k/2+k*i/(runs-1)*3/2))
		groups, _ := oneStart(rows, n, r)
		for j, g := range groups {
			of[j] = append(of[j], int32(width+g))
		}
		width += n
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	var best []int
	most := -1.0
	for range starts {
		groups, sum := consensus(of, width, k, r)
		if best == nil || sum > most {
			best, most = groups, sum
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return best, nil
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
