// Package agreement measures how far people, or a person and a program, code the same things alike: percent agreement, Cohen's
// and Fleiss' kappa and Krippendorff's alpha, each with an interval.
//
// It knows codes of items and nothing of consultations. A figure that cannot be worked out says why and is never a number that
// looks like one. Start at [Of] with [Cohen], [Fleiss], [Nominal] or [Ordinal], and at [Coefficient] for the interval.
package agreement

// Missing stands where a coder gave an item no code.
const Missing = -1

// An Item is what several coders coded: one passage under one theme.
type Item struct {
	Theme   string // items of one theme are measured together, and then the themes are pooled
	Cluster string // items of one cluster (a member) are drawn together for an interval
	Codes   []int  // one a coder, from 0; [Missing] where there is none
}

// A Measure is the agreement that was observed and the one that chance alone would give. Every coefficient here is made of the two.
type Measure struct {
	Observed, Chance float64
	Items            int    // that count: coded by enough coders
	Why              string // why there is no coefficient; "" when there is one
}

// Why a coefficient is not defined.
const (
	NoOverlap = "nothing was coded by both"
	Nobody    = "nobody used it"
	Everybody = "everybody always gave the same code"
)

// Value is the coefficient, agreement beyond chance as a share of what is possible beyond chance: 1 is full agreement, 0 what
// chance gives, less than 0 worse than chance. It is false where [Measure.Why] says why not.
func (m Measure) Value() (float64, bool) {
	if m.Why != "" {
		return 0, false
	}
	return (m.Observed - m.Chance) / (1 - m.Chance), true
}

// Percent is the share of pairs of codes that are the same, from 0 to 1; false where nothing was coded twice.
func (m Measure) Percent() (float64, bool) { return m.Observed, m.Items > 0 }

// measured gives a Measure its reason for having no coefficient. Where chance explains everything only one code was used; none says that
// it is the code 0, "no".
func measured(observed, chance float64, items int, none bool) Measure {
	m := Measure{Observed: observed, Chance: chance, Items: items}
	const whole = 1 - 1e-12 // sums of floats come this near to 1
	switch {
	case items == 0:
		m.Observed, m.Chance, m.Why = 0, 0, NoOverlap
	case chance > whole && none:
		m.Why = Nobody
	case chance > whole:
		m.Why = Everybody
	}
	return m
}

// A Measuring works out a measure of one theme.
type Measuring func(*Tally) Measure

// Of is a measure of items. Of several themes it is pooled: the mean of their observed agreement and the mean of what chance gives.
// Measuring all items at once instead would take the difference between a common and a rare theme for agreement.
//
// Source: De Vries, Elliott, Kanouse and Teleki (2008), Using pooled kappa to summarize interrater agreement across many items, Field
// Methods 20, 272-282. Themes on which nothing can disagree by chance count as they are there.
func Of(items []Item, measure Measuring) Measure { return pooled(Tallies(items), measure) }

func pooled(themes []*Tally, measure Measuring) Measure {
	var sum Measure
	n, none := 0, true
	for _, t := range themes {
		m := measure(t)
		if m.Items == 0 {
			continue
		}
		n++
		sum.Items += m.Items
		sum.Observed += m.Observed
		sum.Chance += m.Chance
		none = none && m.Why == Nobody
	}
	return measured(ratio(sum.Observed, n), ratio(sum.Chance, n), sum.Items, none)
}

// Cohen compares the first two coders over the items that both coded.
//
// Source: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46:
// chance is the sum over codes of the product of the two coders' own rates.
func Cohen(t *Tally) Measure {
	same, chance, none := 0.0, 0.0, true
	for c := range t.codes {
		one, other := 0.0, 0.0
		for d := range t.codes {
			one += t.pairs[c*t.codes+d]
			other += t.pairs[d*t.codes+c]
		}
		same += t.pairs[c*t.codes+c]
		chance += one * other
		none = none && (c == 0 || one+other == 0)
	}
	return measured(ratio(same, t.both), ratio(ratio(chance, t.both), t.both), t.both, none)
}

// Fleiss compares all coders over the items that every one of them coded. With two coders it is Scott's pi.
//
// Source: Fleiss, J. L. (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76, 378-382: chance is
// the sum over codes of the square of its share of all codes.
func Fleiss(t *Tally) Measure {
	chance := 0.0
	for _, n := range t.given {
		share := ratio(n, t.complete*t.coders)
		chance += share * share
	}
	return measured(ratio(t.agreeing, t.complete), chance, t.complete, usedOnly(t.given))
}

// Nominal is Krippendorff's alpha where one code differs from another and no more. It compares any number of coders over the items that
// at least two of them coded, whoever is missing. Observed and Chance are one less the disagreement.
//
// Source: Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability, sections A to C.
func Nominal(t *Tally) Measure {
	return alpha(t, func([]float64, int, int) float64 { return 1 })
}

// Ordinal is Krippendorff's alpha where codes are in order and further apart is worse: two codes are as far apart as there are codes
// given between them, each of the two counted by half, squared. Observed and Chance mean nothing alone.
//
// Source: Krippendorff (2011), section D.
func Ordinal(t *Tally) Measure {
	return alpha(t, func(counts []float64, a, b int) float64 {
		d := -(counts[a] + counts[b]) / 2
		for c := min(a, b); c <= max(a, b); c++ {
			d += counts[c]
		}
		return d * d
	})
}

// alpha is Krippendorff's; distance is that of two different codes, given how often each code was given.
func alpha(t *Tally, distance func(counts []float64, a, b int) float64) Measure {
	counts := make([]float64, t.codes)
	values := 0.0
	for a := range t.codes {
		for b := range t.codes {
			counts[a] += t.coincidences[a*t.codes+b]
		}
		values += counts[a]
	}
	observed, expected := 0.0, 0.0
	for a := range t.codes {
		for b := range t.codes {
			if a == b {
				continue
			}
			if both := t.coincidences[a*t.codes+b]; both > 0 {
				observed += both * distance(counts, a, b)
			}
			if counts[a] > 0 && counts[b] > 0 {
				expected += counts[a] * counts[b] * distance(counts, a, b)
			}
		}
	}
	if t.units > 0 {
		observed, expected = observed/values, expected/(values*(values-1))
	}
	return measured(1-observed, 1-expected, t.units, usedOnly(counts))
}

// Both is how far two coders agree on what they say yes (1) to: twice what both say yes to over the sum of their yeses. It is the F1
// of either against the other, over all themes at once, and false where neither says yes.
//
// Source: Hripcsak and Rothschild (2005), Agreement, the F-measure, and reliability in information retrieval, JAMIA 12, 296-298.
func Both(themes []*Tally) (float64, bool) {
	both, yes := 0.0, 0.0
	for _, t := range themes {
		if t.codes < 2 {
			continue
		}
		both += t.pairs[t.codes+1]
		for c := range t.codes {
			yes += t.pairs[t.codes+c] + t.pairs[c*t.codes+1]
		}
	}
	if yes == 0 {
		return 0, false
	}
	return 2 * both / yes, true
}

// Prevalence is the share of the codes given that are yes (1); false where there is none.
func Prevalence(themes []*Tally) (float64, bool) {
	yes, all := 0.0, 0.0
	for _, t := range themes {
		for c, n := range t.all {
			if all += n; c == 1 {
				yes += n
			}
		}
	}
	if all == 0 {
		return 0, false
	}
	return yes / all, true
}

// Kappa is Cohen's kappa between two coders who each said yes or no to the same items. Where one answer explains all, it is 1 by
// convention, and 0 where there is nothing to compare: [Cohen] tells these apart.
func Kappa(a, b []bool) float64 {
	if len(a) != len(b) || len(a) == 0 {
		return 0
	}
	items := make([]Item, len(a))
	for i := range a {
		items[i].Codes = []int{Code(a[i]), Code(b[i])}
	}
	if k, ok := Of(items, Cohen).Value(); ok {
		return k
	}
	return 1
}

// Code is 1 for yes and 0 for no.
func Code(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// ratio is 0 of nothing.
func ratio(a float64, of int) float64 {
	if of == 0 {
		return 0
	}
	return a / float64(of)
}
