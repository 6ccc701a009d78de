// Package agreement measures how far people, or a person and a program, code the same things alike: percent agreement, Cohen's
// and Fleiss' kappa and Krippendorff's alpha, each with an interval.
//
// It knows codes of items and nothing of consultations. A figure that cannot be worked out says why and is never a number that
// looks like one. Start at [Cohen], [Krippendorff] and [Interval].
package agreement

import "cmp"

// Missing stands where a coder gave an item no code.
const Missing = -1

// An Item is what several coders coded: one passage under one theme.
type Item struct {
	Theme   string // items of one theme are measured together before themes are pooled
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

// measured gives a Measure its reason for having no coefficient. Where chance explains everything only one code was used, and it is 0
// ("no") when used is false.
func measured(observed, chance float64, items int, used bool) Measure {
	m := Measure{Observed: observed, Chance: chance, Items: items}
	const whole = 1 - 1e-12 // sums of floats come this near to 1
	switch {
	case items == 0:
		m.Observed, m.Chance, m.Why = 0, 0, NoOverlap
	case chance > whole && used:
		m.Why = Everybody
	case chance > whole:
		m.Why = Nobody
	}
	return m
}

// Cohen compares the first two coders of each item over the items that both coded.
//
// Source: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46:
// chance is the sum over codes of the product of the two coders' own rates.
func Cohen(items []Item) Measure {
	var one, other []int
	same, n := 0, 0
	for _, x := range items {
		a, b := x.Codes[0], x.Codes[1]
		if a == Missing || b == Missing {
			continue
		}
		one, other = tally(one, a), tally(other, b)
		if n++; a == b {
			same++
		}
	}
	chance := 0.0
	for c := range min(len(one), len(other)) {
		chance += float64(one[c]) * float64(other[c])
	}
	return measured(ratio(float64(same), n), chance/max(1, float64(n)*float64(n)), n, len(one) > 1 || len(other) > 1)
}

// Fleiss compares all coders over the items that every one of them coded. With two coders it is Scott's pi.
//
// Source: Fleiss, J. L. (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76, 378-382: chance is
// the sum over codes of the square of its share of all codes.
func Fleiss(items []Item) Measure {
	var all []int
	var counts []int
	agree, n, coders := 0.0, 0, 0
	for _, x := range items {
		counts = counts[:0]
		for _, c := range x.Codes {
			if c == Missing {
				counts = nil
				break
			}
			counts = tally(counts, c)
		}
		if k := len(x.Codes); len(counts) > 0 && k > 1 {
			pairs := 0
			for c, m := range counts {
				pairs += m * (m - 1)
				for range m {
					all = tally(all, c)
				}
			}
			n, coders = n+1, k
			agree += float64(pairs) / float64(k*(k-1))
		}
	}
	chance := 0.0
	for _, m := range all {
		share := ratio(float64(m), n*coders)
		chance += share * share
	}
	return measured(ratio(agree, n), chance, n, len(all) > 1)
}

// A Scale says how far two different codes are apart.
type Scale int

// The scales of codes.
const (
	Nominal Scale = iota // different is different
	Ordinal              // codes are in order: further apart is worse
)

// Krippendorff compares any number of coders over the items that at least two of them coded, whoever is missing. Observed and Chance
// are one less the disagreement; on an ordinal scale they are of squared distances and mean nothing alone.
//
// Source: Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability, sections C (missing data) and D (ordinal).
func Krippendorff(items []Item, scale Scale) Measure {
	var all []int
	n := 0
	for _, x := range items {
		if coded(x.Codes) < 2 {
			continue
		}
		n++
		for _, c := range x.Codes {
			if c != Missing {
				all = tally(all, c)
			}
		}
	}
	values := 0
	for _, m := range all {
		values += m
	}
	distance := scale.distances(all)
	observed := 0.0
	for _, x := range items {
		m := coded(x.Codes)
		if m < 2 {
			continue
		}
		apart := 0.0
		for i, a := range x.Codes {
			for j, b := range x.Codes {
				if i != j && a != Missing && b != Missing {
					apart += distance(a, b)
				}
			}
		}
		observed += apart / float64(m-1)
	}
	expected := 0.0
	for a, p := range all {
		for b, q := range all {
			expected += float64(p) * float64(q) * distance(a, b)
		}
	}
	return measured(1-ratio(observed, values), 1-expected/max(1, float64(values)*float64(values-1)), n, len(all) > 1)
}

// distances are the squared distances between codes of which there are so many. On the ordinal scale they are the codes
// that lie between, each end counted by half.
func (s Scale) distances(counts []int) func(a, b int) float64 {
	if s == Nominal {
		return func(a, b int) float64 { return float64(cmp.Compare(a, b) * cmp.Compare(a, b)) }
	}
	upTo := make([]float64, len(counts)+1)
	for c, m := range counts {
		upTo[c+1] = upTo[c] + float64(m)
	}
	return func(a, b int) float64 {
		if a > b {
			a, b = b, a
		}
		if a == b {
			return 0
		}
		d := upTo[b+1] - upTo[a] - float64(counts[a]+counts[b])/2
		return d * d
	}
}

// Both is how far two coders agree on what they say yes (1) to: twice what both say yes to over the sum of their yeses. It is the F1
// of either against the other, and false where neither says yes.
//
// Source: Hripcsak and Rothschild (2005), Agreement, the F-measure, and reliability in information retrieval, JAMIA 12, 296-298.
func Both(items []Item) (float64, bool) {
	both, yes := 0, 0
	for _, x := range items {
		a, b := x.Codes[0], x.Codes[1]
		if a == Missing || b == Missing {
			continue
		}
		if a == 1 && b == 1 {
			both++
		}
		yes += max(a, 0) + max(b, 0)
	}
	return ratio(2*float64(both), yes), yes > 0
}

// Prevalence is the share of the codes given that are yes (1); false where there is none.
func Prevalence(items []Item) (float64, bool) {
	yes, n := 0, 0
	for _, x := range items {
		for _, c := range x.Codes {
			if c != Missing {
				n++
			}
			if c == 1 {
				yes++
			}
		}
	}
	return ratio(float64(yes), n), n > 0
}

// Pooled is one measure for many themes: the mean of their observed agreement and the mean of what chance gives. Measuring all
// items at once instead would take the difference between a common and a rare theme for agreement.
//
// Source: De Vries, Elliott, Kanouse and Teleki (2008), Using pooled kappa to summarize interrater agreement across many items, Field
// Methods 20, 272-282. Themes on which nothing can disagree by chance count as they are there.
func Pooled(measure func([]Item) Measure) func([]Item) Measure {
	return func(items []Item) Measure {
		var out Measure
		n, used := 0, false
		for _, group := range byTheme(items) {
			m := measure(group)
			if m.Items == 0 {
				continue
			}
			n++
			out.Items += m.Items
			out.Observed += m.Observed
			out.Chance += m.Chance
			used = used || m.Why != Nobody
		}
		return measured(ratio(out.Observed, n), ratio(out.Chance, n), out.Items, used)
	}
}

// byTheme parts items by theme, in the order in which the themes come first.
func byTheme(items []Item) [][]Item {
	at := map[string]int{}
	var out [][]Item
	for _, x := range items {
		i, ok := at[x.Theme]
		if !ok {
			i = len(out)
			at[x.Theme], out = i, append(out, nil)
		}
		out[i] = append(out[i], x)
	}
	return out
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
	if k, ok := Cohen(items).Value(); ok {
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

// tally counts a code.
func tally(counts []int, code int) []int {
	for len(counts) <= code {
		counts = append(counts, 0)
	}
	counts[code]++
	return counts
}

func coded(codes []int) int {
	n := 0
	for _, c := range codes {
		if c != Missing {
			n++
		}
	}
	return n
}

// ratio is 0 of nothing.
func ratio(a float64, of int) float64 {
	if of == 0 {
		return 0
	}
	return a / float64(of)
}
