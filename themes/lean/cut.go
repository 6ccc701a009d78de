package lean

import (
	"cmp"
	"math"
	"slices"
)

const (
	// wanted is the share of stated stances that shall be right.
	wanted = 0.8
	// usualCut serves while there are too few decisions to choose one from.
	usualCut = 0.75
	// leastCut is how likely anything that is stated has to be, however good the rest is.
	leastCut = 0.7
	// leastHeld is how many decisions a cut is chosen from at least.
	leastHeld = 40
)

// chooseCut is the lowest confidence from which on what is stated was right as often as wanted among decisions that were held out, and by
// one standard error more: the best of many cuts looks better than it is.
func chooseCut(held []heldOut, w calibration) float64 {
	type point struct {
		p     float64
		right bool
	}
	var points []point
	for i := range held {
		p := w.probabilities(&held[i].x)
		if k := best(p); Stances[k] != NotStated {
			points = append(points, point{p[k], k == held[i].stance})
		}
	}
	if len(held) < leastHeld {
		return usualCut
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
	cut, right := 0.95, 0
	for i, x := range points {
		if x.right {
			right++
		}
		if i+1 < len(points) && points[i+1].p == x.p {
			continue
		}
		if n := float64(i + 1); float64(right) >= wanted*n+math.Sqrt(wanted*(1-wanted)*n) {
			next := 0.0
			if i+1 < len(points) {
				next = points[i+1].p
			}
			cut = max(leastCut, (x.p+next)/2)
		}
	}
	return cut
}
