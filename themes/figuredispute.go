package themes

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/claim"
)

// A figureReading is a figure as it is compared.
type figureReading struct {
	ListedFigure
	sub       *index.Submission
	said      wording // what is measured
	unit      string  // that figures must share to be compared: "%" of shares and percentages
	low, high float64 // the number can be anything between, as it is worded: "four in ten" is 35 to 45 %
	years     []string
	source    wording
	own       bool // it tells of those who wrote it, or of whom they asked: nobody else can give another figure for it
}

// figureReading reads a figure for comparing.
func (c *passageClaims) figureReading(w *wordings, f claim.Figure) figureReading {
	sentence := c.sentence(f.Span)
	source := strings.Trim(c.cut(f.Source), "() ")
	out := figureReading{ListedFigure: ListedFigure{Value: c.cut(f.Span), Number: f.Number, Unit: f.Unit, What: c.cut(f.What), Column: f.Column, When: c.cut(f.When), Source: source, ClaimPlace: c.at},
		said: w.of(c.cut(f.What)), unit: f.Unit, source: w.of(source)}
	out.own = ownFigure.MatchString(sentence) || ownSource.MatchString(source)
	out.years = figureYear.FindAllString(c.cut(f.When)+" "+source, -1)
	out.low, out.high = out.between(c.text[max(0, f.Start-30):f.Start])
	return out
}

// sentence is the sentence that holds a place.
func (c *passageClaims) sentence(at index.Span) string {
	for _, s := range index.Sentences(c.text) {
		if at.Start >= s.Start && at.Start < s.End {
			return c.text[s.Start:s.End]
		}
	}
	return ""
}

var (
	figureYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	ownFigure  = regexp.MustCompile(`(?i)\b(?:our|ours|my|we (?:surveyed|asked|represent|support|heard|run|have)|of us|replied|replies|who responded|respondents)\b`)
	ownSource  = regexp.MustCompile(`(?i)\b(?:our|own|members?|we|audit|casework|helpline|returns from)\b`)

	rounded  = regexp.MustCompile(`(?i)\b(?:about|around|some|roughly|approximately|nearly|almost|close to|c\.|circa|up to)\s*$`)
	moreThan = regexp.MustCompile(`(?i)\b(?:more than|over|above|at least|upwards of|exceeding)\s*$`)
	lessThan = regexp.MustCompile(`(?i)\b(?:less than|fewer than|under|below|at most|no more than|not even)\s*$`)
)

// between is what a figure can be as it is worded, in its unit, shares in per cent.
func (f *figureReading) between(before string) (low, high float64) {
	n, step := f.Number, 0.0
	if f.Unit == "share" {
		f.unit, n = "%", 100*f.Number
		step = 5 // "half", "four in ten": people say so of 46 and of 54
		if strings.ContainsAny(f.Value, "0123456789") && strings.Contains(f.Value, "of") {
			step = .5 // "41 of the 68" was counted
		}
	}
	if f.unit == "%" {
		step = max(step, .5)
	} else if n >= 1000 && n == 100*math.Trunc(n/100) {
		step = n / 40 // a round number of thousands or millions is rounded
	}
	switch {
	case rounded.MatchString(before):
		step = max(step, n/10)
	case moreThan.MatchString(before):
		return n - step, math.Inf(1)
	case lessThan.MatchString(before):
		return math.Inf(-1), n + step
	}
	return n - step, n + step
}

// When two figures are of one thing. Both must measure it in the same words: what one of them says besides may be what makes them
// differ. With the same source named by both, half of the words are enough.
const (
	minMeasured      = 3  // words that say what is measured; 2 for a sum of money, which has a name: "change programme"
	minMeasuredAlike = .8 // the least share in common
	minSourcedAlike  = .5 // where both name the same source
	maxTimes         = 20 // figures further apart than this are not two readings of one thing
)

// oneThing reports whether two figures of two submissions measure one thing, of one time, in one unit.
func (f *figureReading) oneThing(g *figureReading) bool {
	least := minMeasured
	if f.unit == "£" {
		least = 2
	}
	switch {
	case f.sub == g.sub, f.Passage == g.Passage, f.own, g.own, f.unit != g.unit, f.Column != g.Column:
		return false
	case f.Number <= 0, g.Number <= 0, f.said.denials != g.said.denials, f.said.pointer, g.said.pointer, !slices.Equal(f.said.numbers, g.said.numbers):
		return false
	case len(f.years) > 0 && len(g.years) > 0 && !slices.Equal(f.years, g.years):
		return false
	case f.unit != "%" && max(f.Number, g.Number) > maxTimes*min(f.Number, g.Number):
		return false
	}
	common, alike := f.said.common(&g.said), f.said.alike(&g.said)
	sourced := len(f.source.stems) > 0 && slices.Equal(f.source.stems, g.source.stems) && slices.Equal(f.source.numbers, g.source.numbers)
	return common >= least && (alike >= minMeasuredAlike || sourced && alike >= minSourcedAlike)
}

// differ reports whether no number is what both figures say.
func (f *figureReading) differ(g *figureReading) bool { return f.high < g.low || g.high < f.low }

// disagree numbers the figures that measure one thing in several submissions and do not agree, in the order in which they stand. Those
// that agree with one of them have its number too, so that a reader sees how many give which.
func disagree(found []figureReading) {
	near := map[string][]int{} // by unit and word: figures without a word in common are not compared
	var pairs [][2]int
	for i := range found {
		f := &found[i]
		seen := map[int]bool{}
		for _, stem := range f.said.stems {
			key := f.unit + " " + stem
			for _, j := range near[key] {
				if !seen[j] && found[j].oneThing(f) {
					pairs = append(pairs, [2]int{j, i})
				}
				seen[j] = true
			}
			near[key] = append(near[key], i)
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	number := 0
	group := func(i, n int) {
		if found[i].Disagrees == 0 {
			found[i].Disagrees = n
		}
	}
	for _, p := range pairs {
		a, b := &found[p[0]], &found[p[1]]
		if !a.differ(b) || a.Disagrees > 0 && b.Disagrees > 0 {
			continue
		}
		n := max(a.Disagrees, b.Disagrees)
		if n == 0 {
			number++
			n = number
		}
		group(p[0], n)
		group(p[1], n)
	}
	for _, p := range pairs {
		if n := max(found[p[0]].Disagrees, found[p[1]].Disagrees); n > 0 {
			group(p[0], n)
			group(p[1], n)
		}
	}
}

// SideBySide are the figures with those first that do not agree about one thing, together.
func (l *FigureList) SideBySide() []ListedFigure {
	number := func(f *ListedFigure) int {
		if f.Disagrees == 0 {
			return math.MaxInt
		}
		return f.Disagrees
	}
	out := slices.Clone(l.Figures)
	slices.SortStableFunc(out, func(a, b ListedFigure) int { return cmp.Compare(number(&a), number(&b)) })
	return out
}

// Said is the figure with what it counts, as a reader needs it: "fourteen secondary schools"; of a share or a sum the value alone.
func (f *ListedFigure) Said() string {
	switch f.Unit {
	case "", "%", "£", "$", "€", "share":
		return f.Value
	}
	return f.Value + " " + f.Unit
}
