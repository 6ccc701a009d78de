package agreement

import (
	"math"
	"math/rand/v2"
	"slices"
)

// How an interval is made.
const (
	Draws        = 1000 // of the clusters
	leastCluster = 5    // with fewer clusters an interval is far too narrow, and none is given
	mostUndrawn  = 0.1  // of the draws may have no value: beyond that the rest would be a choice of the defined ones
)

// A Figure is a value with its 95 % interval, fit to be shown: where there is no value, or no interval, it says why.
type Figure struct {
	Value       float64 `json:"value"`
	Why         string  `json:"not_defined,omitempty"` // why there is no value
	Low         float64 `json:"low"`
	High        float64 `json:"high"`
	WhyInterval string  `json:"no_interval,omitempty"` // why there is no interval
}

// Defined reports whether there is a value.
func (f Figure) Defined() bool { return f.Why == "" }

// Interval works out a figure of items, with its interval by the bootstrap: clusters are drawn with replacement, as many as there are,
// and the bounds are the 2.5th and 97.5th hundredth of the values. A passage is no draw of its own, since passages of one member are alike.
// The same items and seed give the same figure. Value is given a tally a theme; why, asked where there is no value, says why not.
//
// Source: Davison and Hinkley (1997), Bootstrap methods and their application, sections 3.8 (clusters) and 5.2 (percentiles).
func Interval(items []Item, seed uint64, value func([]*Tally) (float64, bool), why func([]*Tally) string) Figure {
	whole := Tallies(items)
	v, ok := value(whole)
	if !ok {
		return Figure{Why: why(whole), WhyInterval: "there is no value"}
	}
	f := Figure{Value: v}
	clusters := byCluster(items)
	if len(clusters) < leastCluster {
		f.WhyInterval = "fewer than 5 members"
		return f
	}
	r := rand.New(rand.NewPCG(seed, uint64(len(items))))
	var values []float64
	for range Draws {
		for _, t := range whole {
			t.clear()
		}
		for range clusters {
			for i, t := range clusters[r.IntN(len(clusters))] {
				if t != nil {
					whole[i].add(t)
				}
			}
		}
		if v, ok := value(whole); ok {
			values = append(values, v)
		}
	}
	if float64(len(values)) < (1-mostUndrawn)*Draws {
		f.WhyInterval = "too rare"
		return f
	}
	slices.Sort(values)
	f.Low, f.High = hundredth(values, 2.5), hundredth(values, 97.5)
	return f
}

// Coefficient is the figure of a measure's coefficient, pooled over themes as [Of] does.
func Coefficient(items []Item, seed uint64, measure Measuring) Figure {
	return Interval(items, seed, func(t []*Tally) (float64, bool) { return pooled(t, measure).Value() }, func(t []*Tally) string { return pooled(t, measure).Why })
}

// Percent is the figure of a measure's observed agreement.
func Percent(items []Item, seed uint64, measure Measuring) Figure {
	return Interval(items, seed, func(t []*Tally) (float64, bool) { return pooled(t, measure).Percent() }, func([]*Tally) string { return NoOverlap })
}

// byCluster gives each cluster's tally a theme, nil where it has no item; clusters in the order in which they come first.
func byCluster(items []Item) [][]*Tally {
	themes, codes := themesOf(items), codesOf(items)
	at := map[string]int{}
	var out [][]*Tally
	for _, x := range items {
		i, ok := at[x.Cluster]
		if !ok {
			i = len(out)
			at[x.Cluster], out = i, append(out, make([]*Tally, len(themes)))
		}
		j := themes[x.Theme]
		if out[i][j] == nil {
			out[i][j] = newTally(codes)
		}
		out[i][j].count(x)
	}
	return out
}

// hundredth is a quantile of sorted values, between two of them by how near it is to each.
func hundredth(sorted []float64, percent float64) float64 {
	at := percent / 100 * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// A Band is what a coefficient of at least From is called.
type Band struct {
	From float64
	Word string
}

// Bands are the customary words for a kappa, best first. They are a convention and no test: what is good enough depends on what
// the codes are used for, and a kappa is low where a theme is rare even when people agree on nearly every passage.
//
// Source: Landis, J. R. and Koch, G. G. (1977), The measurement of observer agreement for categorical data, Biometrics 33, 165: their table's
// bounds are .00-.20, .21-.40 and so on; a value between them is in the band that it has reached.
func Bands() []Band {
	return []Band{{0.81, "almost perfect"}, {0.61, "substantial"}, {0.41, "moderate"}, {0.21, "fair"}, {0, "slight"}, {math.Inf(-1), "poor"}}
}

// Word is the band's word for a coefficient, to the two decimals with which it is shown.
func Word(coefficient float64) string {
	shown := math.Round(coefficient*100) / 100
	for _, b := range Bands() {
		if shown >= b.From {
			return b.Word
		}
	}
	return "poor" // not reached: the last band has no lower bound
}
