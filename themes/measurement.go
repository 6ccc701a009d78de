package themes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/agreement"
	"collate/themes/learn"
)

// What a measurement needs, and the bar that the government's own team set for its tool: i.AI accepts a theme mapping when the mean F1 over
// at least 30 checked answers is .75 or more.
const (
	LeastMeasured = 50   // passages coded blind
	LeastDouble   = 30   // of them, by two people
	BarF1         = 0.75 // mean F1 of a checked answer
	BarAnswers    = 30
)

// ErrNotCoded is returned where nobody has coded the sample yet.
var ErrNotCoded = errors.New("nobody has coded the sample yet")

// A Measurement is how well the suggestions meet what a person said of passages drawn at random, without having seen them. What people
// decided of these passages is left out of what the suggestions are learnt from.
type Measurement struct {
	Title    string `json:"title"`
	Tool     string `json:"tool"`
	Sample   Sample `json:"sample"`
	Seed     uint64 `json:"seed"`     // of the intervals
	Coder    string `json:"coder"`    // whose codes are the measure
	Passages int    `json:"passages"` // that this person coded
	Members  int    `json:"members"`
	Reviewed int    `json:"reviewed"` // passages that the suggestions are learnt from
	Aim      Aim    `json:"aim"`

	Micro     MeasuredScore    `json:"micro"`
	Themes    []MeasuredTheme  `json:"themes"`
	PassageF1 agreement.Figure `json:"passage_f1"` // the mean over passages
	MemberF1  agreement.Figure `json:"member_f1"`  // the mean over members, each of all its passages and themes
	Split     []MeasuredMember `json:"by_member"`
	Reliable  []Reliability    `json:"reliability"` // by probability

	Human *HumanCeiling `json:"human,omitempty"` // nil while no second person has coded [LeastDouble] of the passages
	Bar   bool          `json:"bar"`             // whether i.AI's own bar is reached
	Notes []string      `json:"notes"`
}

// A MeasuredScore is a precision, a recall and their F1.
type MeasuredScore struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// A MeasuredTheme is one theme's part.
type MeasuredTheme struct {
	Theme string           `json:"theme"`
	Name  string           `json:"name"`
	Yes   int              `json:"yes"` // passages that the person put on it
	Score MeasuredScore    `json:"score"`
	Kappa agreement.Figure `json:"kappa"`
}

// A MeasuredMember is one member's part.
type MeasuredMember struct {
	Member   string        `json:"member"`
	Passages int           `json:"passages"`
	Score    MeasuredScore `json:"score"`
}

// A Reliability is what came true of the suggestions with a probability.
type Reliability struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Pairs int     `json:"pairs"` // passages times themes
	Said  float64 `json:"said"`  // mean probability
	Right float64 `json:"right"` // share that the person put on the theme
	Low   float64 `json:"low"`   // of the share
	High  float64 `json:"high"`
}

// A HumanCeiling is how far two people code alike: no tool can be expected to meet one of them better than the other does.
type HumanCeiling struct {
	Between   []string         `json:"between"`
	Passages  int              `json:"passages"`
	Kappa     agreement.Figure `json:"kappa"`
	PassageF1 float64          `json:"passage_f1"`
}

func measured(s Score) MeasuredScore { return MeasuredScore{s.Precision(), s.Recall(), s.F1()} }

// Measure compares what is suggested now with what a person coded blind; coder "" is whoever coded most. It returns [ErrNoSample] before a
// sample is drawn and [ErrNotCoded] before it is coded.
func (a *Analysis) Measure(ctx context.Context, coder string, seed uint64) (*Measurement, error) {
	now, err := a.suggest(ctx)
	if err != nil {
		return nil, err
	}
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.doubleCoding(ctx, b)
	switch {
	case err != nil:
		return nil, err
	case d.seed == 0:
		return nil, ErrNoSample
	}
	m := measuring{b: b, d: d, out: &Measurement{Title: b.r.Title, Tool: b.r.Tool, Seed: seed, Coder: coder, Aim: now.aim}}
	m.out.Sample = Sample{Seed: d.seed, Passages: len(d.sample), LeftOut: d.leftOut, Lost: d.lost}
	if m.out.Coder == "" {
		m.out.Coder = m.busiest(now)
	}
	if m.passages = m.codedBy(now, m.out.Coder); len(m.passages) == 0 {
		return nil, ErrNotCoded
	}
	if m.g, err = now.without(ctx, d.sample); err != nil {
		return nil, err
	}
	m.all(seed)
	return m.out, nil
}

// without is the suggestions as they would be had nobody decided anything on these passages.
func (g *suggestions) without(ctx context.Context, passages []*index.Passage) (*suggestions, error) {
	out := *g
	left := map[int]bool{}
	for _, p := range passages {
		if i, ok := g.at[p.ID]; ok {
			left[i] = true
		}
	}
	labels := slices.DeleteFunc(out.labels(), func(l learn.Label) bool {
		if left[l.Passage] {
			out.decided[l.Theme]--
		}
		return left[l.Passage]
	})
	return &out, out.learn(ctx, labels)
}

// measuring makes a Measurement.
type measuring struct {
	b        *builder
	d        *doubleCoding
	g        *suggestions
	passages []int // in g
	out      *Measurement
}

// codedBy are the passages of which a person coded every theme that is in use now.
func (m *measuring) codedBy(g *suggestions, coder string) []int {
	var out []int
	for _, p := range m.d.sample {
		i, ok := g.at[p.ID]
		if ok && !slices.ContainsFunc(g.themes, func(t *Theme) bool { _, said := m.d.codes[blindKey{coder, p.ID, t.ID}]; return !said }) {
			out = append(out, i)
		}
	}
	return out
}

// busiest is who coded the most passages; of equals the first by name.
func (m *measuring) busiest(g *suggestions) string {
	best, most := "", 0
	for _, coder := range m.d.coders {
		if n := len(m.codedBy(g, coder)); n > most {
			best, most = coder, n
		}
	}
	return best
}

// says is what a person coded of a passage.
func (m *measuring) says(coder string, passage, theme int) bool {
	return m.d.codes[blindKey{coder, m.g.passages[passage].ID, m.g.themes[theme].ID}].tagged
}

func (m *measuring) all(seed uint64) {
	o := m.out
	o.Passages, o.Reviewed = len(m.passages), m.g.reviewed
	var micro Score
	var items []agreement.Item
	for j, t := range m.g.themes {
		x := MeasuredTheme{Theme: t.ID, Name: t.Name}
		var s Score
		var own []agreement.Item
		for _, i := range m.passages {
			suggested, right := m.g.suggested(i, j), m.says(o.Coder, i, j)
			s.count(suggested, right)
			micro.count(suggested, right)
			if right {
				x.Yes++
			}
			own = append(own, agreement.Item{Theme: t.ID, Cluster: m.member(i), Codes: []int{agreement.Code(right), agreement.Code(suggested)}})
		}
		x.Score, x.Kappa = measured(s), agreement.Coefficient(own, seed, agreement.Cohen)
		o.Themes, items = append(o.Themes, x), append(items, own...)
	}
	o.Micro = measured(micro)
	m.byMember(seed)
	m.reliability()
	m.human(seed)
	o.Bar = o.Passages >= BarAnswers && o.PassageF1.Value >= BarF1
	m.notes()
}

// member is who said a passage, as it may be shown.
func (m *measuring) member(passage int) string {
	p := m.g.passages[passage]
	if member := m.b.s.Submission(p).Member; member != "" {
		return m.b.label(member)
	}
	return m.b.document(m.b.s.Submission(p))
}

// score counts one passage over all themes.
func (m *measuring) score(passage int) Score {
	var s Score
	for j := range m.g.themes {
		s.count(m.g.suggested(passage, j), m.says(m.out.Coder, passage, j))
	}
	return s
}

// f1OrNone is F1, 1 where nothing is suggested and nothing belongs: then both say the same.
func f1OrNone(s Score) float64 {
	if s == (Score{}) {
		return 1
	}
	return s.F1()
}

// byMember splits the figures by member, and makes the two means with their intervals: members are drawn, with all their passages.
func (m *measuring) byMember(seed uint64) {
	type one struct {
		total    Score
		f1       float64 // sum over its passages
		passages int
	}
	of := map[string]*one{}
	var order []string
	for _, i := range m.passages {
		name := m.member(i)
		if of[name] == nil {
			of[name] = &one{}
			order = append(order, name)
		}
		x, s := of[name], m.score(i)
		x.total.Right, x.total.Wrong, x.total.Missed = x.total.Right+s.Right, x.total.Wrong+s.Wrong, x.total.Missed+s.Missed
		x.f1 += f1OrNone(s)
		x.passages++
	}
	slices.Sort(order)
	var members []*one
	for _, name := range order {
		x := of[name]
		members = append(members, x)
		m.out.Split = append(m.out.Split, MeasuredMember{name, x.passages, measured(x.total)})
	}
	m.out.Members = len(members)
	m.out.MemberF1 = meanFigure(members, seed, func(x *one) (sum, weight float64) { return f1OrNone(x.total), 1 })
	m.out.PassageF1 = meanFigure(members, seed, func(x *one) (sum, weight float64) { return x.f1, float64(x.passages) })
}

// meanFigure is a mean over members with its interval by the bootstrap, as [agreement.Interval] makes it.
func meanFigure[M any](members []M, seed uint64, of func(M) (sum, weight float64)) agreement.Figure {
	mean := func(pick func(i int) M) float64 {
		sum, weight := 0.0, 0.0
		for i := range members {
			s, w := of(pick(i))
			sum, weight = sum+s, weight+w
		}
		return sum / weight
	}
	f := agreement.Figure{Value: mean(func(i int) M { return members[i] })}
	if len(members) < 5 {
		f.WhyInterval = "fewer than 5 members"
		return f
	}
	r := rand.New(rand.NewPCG(seed, uint64(len(members))))
	values := make([]float64, agreement.Draws)
	for i := range values {
		values[i] = mean(func(int) M { return members[r.IntN(len(members))] })
	}
	slices.Sort(values)
	f.Low, f.High = values[len(values)/40], values[len(values)-1-len(values)/40]
	return f
}

// reliability compares what probabilities say with what came true, by steps of a tenth.
func (m *measuring) reliability() {
	type bin struct {
		sum       float64
		yes, size int
	}
	var bins [10]bin
	for _, i := range m.passages {
		for j := range m.g.themes {
			p := m.g.scores.Probability(i, j)
			b := &bins[min(9, int(p*10))]
			b.sum += p
			b.size++
			if m.says(m.out.Coder, i, j) {
				b.yes++
			}
		}
	}
	for k, b := range bins {
		if b.size == 0 {
			continue
		}
		r := Reliability{From: float64(k) / 10, To: float64(k+1) / 10, Pairs: b.size, Said: b.sum / float64(b.size), Right: share(b.yes, b.size)}
		r.Low, r.High = Wilson(b.yes, b.size)
		m.out.Reliable = append(m.out.Reliable, r)
	}
}

// human compares the person with the other who coded the most of the same passages.
func (m *measuring) human(seed uint64) {
	var best []int
	other := ""
	for _, coder := range m.d.coders {
		if coder == m.out.Coder {
			continue
		}
		theirs := m.codedBy(m.g, coder)
		both := slices.DeleteFunc(slices.Clone(m.passages), func(i int) bool { return !slices.Contains(theirs, i) })
		if len(both) > len(best) {
			best, other = both, coder
		}
	}
	if len(best) < LeastDouble {
		return
	}
	h := &HumanCeiling{Between: []string{m.out.Coder, other}, Passages: len(best)}
	var items []agreement.Item
	for _, i := range best {
		var s Score
		for j, t := range m.g.themes {
			x, y := m.says(m.out.Coder, i, j), m.says(other, i, j)
			s.count(y, x)
			items = append(items, agreement.Item{Theme: t.ID, Cluster: m.member(i), Codes: []int{agreement.Code(x), agreement.Code(y)}})
		}
		h.PassageF1 += f1OrNone(s) / float64(len(best))
	}
	h.Kappa = agreement.Coefficient(items, seed, agreement.Cohen)
	m.out.Human = h
}

func (m *measuring) notes() {
	o := m.out
	note := func(format string, args ...any) { o.Notes = append(o.Notes, fmt.Sprintf(format, args...)) }
	if o.Passages < LeastMeasured {
		note("%d of at least %d passages are coded: the intervals are wide.", o.Passages, LeastMeasured)
	}
	if o.Human == nil {
		note("How far two people agree is not known: it takes a second person who codes %d of the same passages.", LeastDouble)
	}
	if !m.g.model.Calibrated() {
		note("Fewer than %d passages were reviewed: probabilities are an order and no more.", learn.CalibratedFrom)
	}
	if n := o.Sample.LeftOut + o.Sample.Lost; n > 0 {
		note("%s of the sample may not be shown or not there any more.", plural(n, "passage is", "passages are"))
	}
	note("The F1 of a passage on which nothing is suggested and nothing belongs is 1. Intervals are 95 %%, by drawing members %d times with seed %d.", agreement.Draws, o.Seed)
	note("i.AI, the government's own team, accepts a mapping when the mean F1 is at least %.2f on at least %d checked answers.", BarF1, BarAnswers)
	var rare []string
	for _, t := range o.Themes {
		if t.Yes < 5 {
			rare = append(rare, t.Name)
		}
	}
	if len(rare) > 0 {
		note("With fewer than 5 passages on it nothing can be said of: %s.", strings.Join(rare, ", "))
	}
}

// CalibrationError is how far the probabilities are off in the mean: the expected calibration error, over bins of a tenth.
func (o *Measurement) CalibrationError() float64 {
	off, pairs := 0.0, 0
	for _, r := range o.Reliable {
		off += float64(r.Pairs) * math.Abs(r.Said-r.Right)
		pairs += r.Pairs
	}
	return off / float64(max(1, pairs))
}

// DrawMeasured draws the n passages that a measurement takes (0 for [LeastMeasured]), unless as many were drawn before, and records the
// choice. Seed 0 is the one that the sample was begun with. It returns [ErrSampleSeed].
func (a *Analysis) DrawMeasured(ctx context.Context, n int, seed uint64, coder string) (Sample, error) {
	s, err := a.DrawSample(ctx, cmp.Or(n, LeastMeasured), seed, coder)
	if !errors.Is(err, ErrSampleSmaller) {
		return s, err
	}
	b, err := a.showing(ctx)
	if err != nil {
		return Sample{}, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return Sample{}, err
	}
	return Sample{Seed: d.seed, Passages: len(d.sample), LeftOut: d.leftOut, Lost: d.lost}, nil
}
