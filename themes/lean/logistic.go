package lean

import (
	"math"
	"math/rand/v2"
)

// A row is one case as numbers: the features that it has, twice where the theme has a weight of its own for them.
type row struct {
	ids    []int32
	values []float32
	square float64 // of the values
	stance int     // position in [Stances]
}

const (
	classes   = len(Stances)
	maxEpochs = 40
	tolerance = 0.02 // of a dual variable, as a share of the penalty
)

// weights are one for each feature and stance.
type weights [][classes]float64

func (w weights) scores(r *row) [classes]float64 {
	var z [classes]float64
	for i, f := range r.ids {
		v, of := float64(r.values[i]), &w[f]
		for k := range z {
			z[k] += float64(v * of[k])
		}
	}
	return z
}

// fit learns one logistic regression for each stance against the others, all at once, with an L2 penalty (1/2|w|² + c·loss), by dual
// coordinate descent. The order of visits depends on the number of rows alone. Source: Yu, Huang and Lin (2011), Dual coordinate descent
// methods for logistic regression and maximum entropy models; here a row's own problem is solved in the log-odds s of its dual
// variable c/(1+exp(-s)), in which it is smooth and monotone.
func fit(rows []row, features int, c float64) weights {
	w := make(weights, features)
	dual := make([][classes]float64, len(rows))
	odds := make([][classes]float64, len(rows))
	order := make([]int, len(rows))
	for i := range rows {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, uint64(len(rows))))
	for range maxEpochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		most := 0.0
		for _, i := range order {
			r := &rows[i]
			z := w.scores(r)
			var by [classes]float64
			for k := range z {
				y := -1.0
				if k == r.stance {
					y = 1
				}
				old := dual[i][k]
				dual[i][k], odds[i][k] = solveRow(odds[i][k], old, y*z[k], r.square, c)
				by[k] = y * (dual[i][k] - old)
				most = max(most, math.Abs(by[k]))
			}
			for j, f := range r.ids {
				v, of := float64(r.values[j]), &w[f]
				for k := range by {
					of[k] += float64(by[k] * v)
				}
			}
		}
		if most < tolerance*c {
			break
		}
	}
	return w
}

// solveRow finds the log-odds s at which s + square·(c·σ(s) − old) + margin is 0, by Newton's method from where it was.
func solveRow(s, old, margin, square, c float64) (dual, odds float64) {
	for range 8 {
		p := sigmoid(s)
		g := s + float64(square*(float64(c*p)-old)) + margin
		if math.Abs(g) < 1e-3 {
			break
		}
		s -= g / (1 + float64(square*c*p*(1-p)))
		s = max(-20, min(20, s))
	}
	return c * sigmoid(s), s
}

func sigmoid(z float64) float64 {
	if z < 0 {
		e := math.Exp(z)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-z))
}
