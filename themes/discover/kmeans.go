package discover

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
)

const (
	starts    = 8  // of which the best is kept
	maxRounds = 40 // of one start
)

// longestFirst are the places of values, the greatest first.
func longestFirst(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return order
}

// kMeans parts rows of length 1 into k groups by direction (spherical k-means: Dhillon and Modha 2001; first centres by k-means++:
// Arthur and Vassilvitskii 2007). It returns the group of each row and the rows' likeness to their centres, -1 to 1.
func kMeans(ctx context.Context, rows dense, k int, r *rand.Rand) (groups []int, likeness []float64, err error) {
	best := -1.0
	for range starts {
		g, l := oneStart(rows, k, r)
		sum := 0.0
		for _, x := range l {
			sum += x
		}
		if groups == nil || sum > best {
			best, groups, likeness = sum, g, l
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
	}
	return groups, likeness, nil
}

func oneStart(rows dense, k int, r *rand.Rand) (groups []int, likeness []float64) {
	centres := firstCentres(rows, k, r)
	groups, likeness = make([]int, len(rows)), make([]float64, len(rows))
	for round := range maxRounds {
		changed := false
		for i, row := range rows {
			g, l := nearest(row, centres)
			changed = changed || g != groups[i]
			groups[i], likeness[i] = g, l
		}
		if round > 0 && !changed {
			break
		}
		centres = centresOf(rows, groups, len(centres))
	}
	return groups, likeness
}

func nearest(row []float64, centres dense) (group int, likeness float64) {
	likeness = -2
	for g, c := range centres {
		if l := dot(row, c); l > likeness {
			group, likeness = g, l
		}
	}
	return group, likeness
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func centresOf(rows dense, groups []int, k int) dense {
	out := newDense(k, len(rows[0]))
	for i, row := range rows {
		for j, x := range row {
			out[groups[i]][j] += x
		}
	}
	for _, c := range out {
		unit(c)
	}
	return out
}

// firstCentres are rows that are far from one another, by chance.
func firstCentres(rows dense, k int, r *rand.Rand) dense {
	centres := dense{slices.Clone(rows[r.IntN(len(rows))])}
	distance := make([]float64, len(rows))
	for i := range distance {
		distance[i] = 2
	}
	for len(centres) < k {
		sum := 0.0
		for i, row := range rows {
			distance[i] = min(distance[i], max(0, 1-dot(row, centres[len(centres)-1])))
			sum += distance[i]
		}
		if sum == 0 {
			break // fewer different rows than groups
		}
		at := r.Float64() * sum
		chosen := 0
		for i, d := range distance {
			if at -= d; d > 0 {
				if chosen = i; at < 0 {
					break
				}
			}
		}
		centres = append(centres, slices.Clone(rows[chosen]))
	}
	return centres
}
