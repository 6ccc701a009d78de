package lean

import (
	"math"

	"collate/themes/learn"
)

// evidence is what speaks for one stance of a case: what the rules propose, the model's score, the theme's share of the stance.
type evidence [classes + 4]float64

const (
	// At the stance's own place in [Stances] stands 1 where the rules propose it: they are not as often right about one as about another.
	ofFirm   = classes + iota // 1 where they propose it by what the writer itself says in plain terms
	ofScore                   // from the learnt weights
	ofShare                   // ln of the stance's share among the decisions of the theme
	ofSilent                  // 1 for NotStated
)

// A calibration turns evidence into probabilities that add up to 1: a logit for each stance with weights that all stances and themes
// share.
type calibration evidence

// unlearnt serves until there are decisions, and draws what is learnt towards it. Support is less sure than the rest: it often turns out to
// hang on something.
var unlearnt = calibration{1.9, 1.9, 1.9, 1.4, 1, ofFirm: 1, ofScore: 1, ofShare: 0.3}

func (w calibration) probabilities(x *[classes]evidence) [classes]float64 {
	var p [classes]float64
	most := math.Inf(-1)
	for k := range x {
		for i := range w {
			p[k] += float64(w[i] * x[k][i])
		}
		most = max(most, p[k])
	}
	sum := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// A heldOut is the evidence of a case that a model did not learn from, with what a person said.
type heldOut struct {
	x      [classes]evidence
	stance int
}

// pull is how strongly the weights are drawn towards the unlearnt ones, as so many cases of evidence would.
const pull = 10.0

// calibrate learns the weights by Newton's method.
func calibrate(rows []heldOut) calibration {
	w := unlearnt
	for range 20 {
		var g evidence
		h := learn.Square(len(g))
		for i := range g {
			g[i], h[i][i] = float64(pull*(w[i]-unlearnt[i])), pull
		}
		for r := range rows {
			p := w.probabilities(&rows[r].x)
			var mean evidence
			for k := range p {
				for i := range mean {
					mean[i] += float64(p[k] * rows[r].x[k][i])
				}
			}
			for i := range g {
				g[i] += mean[i] - rows[r].x[rows[r].stance][i]
			}
			for k := range p {
				for i := range g {
					for j := range i + 1 {
						h[i][j] += float64(p[k]*(rows[r].x[k][i]-mean[i])) * (rows[r].x[k][j] - mean[j])
					}
				}
			}
		}
		step, most := learn.Solve(h, g[:]), 0.0
		for i := range w {
			w[i] -= max(-1, min(1, step[i]))
			most = max(most, math.Abs(step[i]))
		}
		if most < 1e-8 {
			break
		}
	}
	w[ofScore] = max(0, w[ofScore])
	return w
}
