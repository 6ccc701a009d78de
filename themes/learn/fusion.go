package learn

import "math"

// evidence is what speaks for a passage being on a theme, in the order of the fusion's weights.
type evidence [6]float64

const (
	ofLearnt     = iota // log-odds by the learnt words
	ofCodebook          // likeness to the codebook's words, from 0 to 1.5
	ofAssociated        // what goes with them
	ofPrior             // ln of the theme's share of passages
	ofRule              // 1 where a rule of the theme found the passage
	ofAll               // 1
)

// A fusion turns evidence into a probability: logistic regression over all themes together (Platt's scaling with the theme's prior).
type fusion evidence

// beforeLabels is the fusion that nothing was learnt for: a fixed mapping but for the constant (see level), chosen on labelled texts of
// two other collections. What it says is an order, and a rough idea of how likely.
var beforeLabels = fusion{ofLearnt: 1, ofCodebook: 1, ofAssociated: 3.5, ofPrior: 0.75, ofRule: 2.5}

// pull is how strongly the weights are drawn to these: in decisions' worth of information.
var pull = evidence{ofLearnt: 3, ofCodebook: 3, ofAssociated: 3, ofPrior: 3, ofRule: 3, ofAll: 1}

func (w fusion) logit(x evidence) float64 {
	sum := 0.0
	for i := range x {
		sum += float64(w[i] * x[i])
	}
	return sum
}

func sigmoid(z float64) float64 {
	if z < 0 {
		e := math.Exp(z)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-z))
}

// A judged is evidence with what a person said.
type judged struct {
	x   evidence
	yes bool
}

// fitFusion learns the weights by Newton's method from what was held out, drawn towards given ones as strongly as `pull` says.
func fitFusion(rows []judged, towards fusion, pull evidence) fusion {
	w := towards
	for range 25 {
		var g evidence
		h := Square(len(g))
		for i := range g {
			g[i], h[i][i] = float64(pull[i]*(w[i]-towards[i])), pull[i]
		}
		for _, r := range rows {
			p := sigmoid(w.logit(r.x))
			e, v := p, max(p*(1-p), 1e-9)
			if r.yes {
				e = p - 1
			}
			for i := range g {
				g[i] += float64(e * r.x[i])
				for j := range i + 1 {
					h[i][j] += float64(float64(v*r.x[i]) * r.x[j])
				}
			}
		}
		step := Solve(h, g[:])
		most := 0.0
		for i := range w {
			w[i] -= max(-2, min(2, step[i]))
			most = max(most, math.Abs(step[i]))
		}
		if most < 1e-9 {
			break
		}
	}
	return w
}
