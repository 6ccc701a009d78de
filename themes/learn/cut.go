package learn

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A Cut is what to expect of suggesting every passage with at least a probability.
type Cut struct {
	At        float64 // the probability
	Precision float64 // expected share of suggestions that are right
	Recall    float64 // expected share of what belongs on a theme that is suggested
	Judged    int     // decisions that the expectation rests on
}

// F1 is the harmonic mean of precision and recall.
func (c Cut) F1() float64 {
	if c.Precision+c.Recall == 0 {
		return 0
	}
	return 2 * c.Precision * c.Recall / (c.Precision + c.Recall)
}

const (
	usualCut = 0.33 // serves while there are too few decisions to choose one from
	leastCut = 0.08 // so that a corpus on other subjects is not tagged for the sake of numbers
)

// Cuts are what to expect at 19 probabilities from .05 to .95, from what models that had not seen a decision said of it. Without
// decisions there are none.
func (m *Model) Cuts() []Cut {
	var out []Cut
	for i := 1; i < 20; i++ {
		if c := m.expect(float64(i) / 20); c.Judged > 0 {
			out = append(out, c)
		}
	}
	return out
}

func (m *Model) expect(at float64) Cut {
	right, wrong, missed := 0, 0, 0
	for _, h := range m.held {
		switch said := sigmoid(m.fusion.logit(h.x)) >= at; {
		case said && h.yes:
			right++
		case said:
			wrong++
		case h.yes:
			missed++
		}
	}
	return Cut{At: at, Precision: float64(right) / float64(max(1, right+wrong)), Recall: float64(right) / float64(max(1, right+missed)), Judged: len(m.held)}
}

// Cut is the probability from which on suggestions balance what they miss and what they get wrong (the best F1 over all themes among what
// was held out); a fixed one until [CalibratedFrom] passages were reviewed. [Scores.Cut] is finer.
func (m *Model) Cut() float64 {
	if !m.Calibrated() {
		return usualCut
	}
	type point struct {
		p   float64
		yes bool
	}
	var points []point
	all := 0
	for _, h := range m.held {
		points = append(points, point{sigmoid(m.fusion.logit(h.x)), h.yes})
		if h.yes {
			all++
		}
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
	best, at, right := 0.0, usualCut, 0
	for i, x := range points {
		if x.yes {
			right++
		}
		if i+1 < len(points) && points[i+1].p == x.p {
			continue
		}
		if f := 2 * float64(right) / float64(i+1+all); f > best {
			best, at = f, x.p
		}
	}
	return math.Round(at*1000) / 1000
}

// The cut of a theme is drawn from the common one towards its own by how far the probabilities can be believed, and less so the better the
// common one does: (N/(N+5)) x (600/(600+N)) of N reviewed passages.
const (
	believeHalf = 20.0
	commonHalf  = 600.0
)

// cuts are each theme's cut: between the model's, and that at which the theme's own expected F1 is best if the probabilities are right. The
// second finds rare themes, which a common cut leaves out.
func (m *Model) cuts(ctx context.Context, s *Scores) ([]float64, error) {
	n := float64(m.reviewed)
	own := n / (n + believeHalf) * commonHalf / (commonHalf + n)
	common := m.Cut()
	if !m.Calibrated() {
		common = s.expectedMany(n)
	}
	out := make([]float64, len(m.themes))
	err := each(ctx, len(out), func(t int) {
		out[t] = common
		if own > 0 {
			out[t] = math.Pow(s.expectedBest(t), own) * math.Pow(common, 1-own)
		}
	})
	return out, err
}

// usualHalf is how many reviewed passages it takes to believe the sum of the probabilities as much as what is usual.
const usualHalf = 30.0

// expectedMany is the probability at which there are at most as many suggestions as are to be expected after n reviewed passages: what the
// probabilities add up to, and while there are few what is usual. It depends on their order and their sum alone, which are to be
// believed before they themselves are.
func (s *Scores) expectedMany(n float64) float64 {
	all := 0.0
	for _, p := range s.values {
		all += float64(p)
	}
	passages := float64(len(s.values)) / float64(max(1, s.themes))
	all = (n*all + usualHalf*usualSum(s.themes)*passages) / (n + usualHalf)
	ps := slices.Sorted(slices.Values(s.values))
	for i := len(ps) - min(len(ps), int(all+0.5)); i < len(ps); i++ {
		if i == 0 || ps[i] > ps[i-1] { // equal ones are suggested all or none
			return max(leastCut, float64(ps[i]))
		}
	}
	return usualCut
}

// expectedBest is the probability at which suggesting a theme has the best expected F1, 2·Σp / (suggestions + all that is expected).
func (s *Scores) expectedBest(theme int) float64 {
	var ps []float32
	all := 0.0
	for i := theme; i < len(s.values); i += s.themes {
		ps = append(ps, s.values[i])
		all += float64(s.values[i])
	}
	slices.Sort(ps)
	sum, best, at := 0.0, 0.0, 1.0
	for i := len(ps) - 1; i >= 0; i-- {
		sum += float64(ps[i])
		if f := 2 * sum / (float64(len(ps)-i) + all); f > best {
			best, at = f, float64(ps[i])
		}
	}
	return at
}

// A Band is a probability in words.
type Band string

// The bands. Before a model is calibrated they are all that should be shown.
const (
	Likely   Band = "likely"   // from .7
	Possible Band = "possible" // from .35
	Unlikely Band = "unlikely"
)

// BandOf is the band of a probability.
func BandOf(p float64) Band {
	switch {
	case p >= 0.7:
		return Likely
	case p >= 0.35:
		return Possible
	}
	return Unlikely
}
