package lean

import (
	"math"
	"slices"

	"collate/index"
)

// A Decided is a case with the stance that a person decided.
type Decided struct {
	Case
	Stance Stance
}

const (
	// penalty is C of the logistic regressions.
	penalty = 10.0
	// sharedWeight and ownWeight are what a feature counts for what themes have in common, and for its theme.
	sharedWeight = 0.35
	ownWeight    = 1.2
	// unseenWeight is what a word that no decided case has counts for the length of a passage.
	unseenWeight = 0.5
	// shareWeight is how many decisions the overall shares of the stances count for in a theme's.
	shareWeight = 10.0
	folds       = 4
)

// A Model says how sure it is of each stance. The zero Model has learnt nothing and goes by the rules alone. It never changes and may be
// shared.
type Model struct {
	words       map[string]int32
	idf         []float64
	own         map[ownKey]int32
	weights     weights
	shares      map[string][classes]float64 // theme → share of each stance
	all         [classes]float64
	calibration calibration
	cut         float64
	learnt      int
}

// An ownKey is a feature as one theme weighs it.
type ownKey struct {
	theme string
	id    int32
}

// An Answer is what a model makes of a case.
type Answer struct {
	Stance        Stance           // NotStated also when it is not sure enough
	Likeliest     Stance           // sure or not
	Probability   float64          // that Likeliest is what a person would say
	Probabilities [classes]float64 // of all stances, in the order of [Stances]
	Because       []string         // cues and words of the passage, the weightiest first; nil for NotStated
	Condition     index.Span       // words that name a condition, where Stance is Conditions and some do
}

// Train learns from what people decided; a decision that is none of [Stances] is passed over. The same decisions in the same order give
// the same model.
func Train(decided []Decided) *Model {
	decided = slices.DeleteFunc(slices.Clone(decided), func(d Decided) bool { return !slices.Contains(Stances[:], d.Stance) })
	if len(decided) == 0 {
		return &Model{}
	}
	cases := make([]learnable, len(decided))
	for i, d := range decided {
		cases[i] = learnableOf(&d.Case)
		cases[i].stance = slices.Index(Stances[:], d.Stance)
	}
	held := holdOut(cases, foldsOf(decided))
	m := learnFrom(cases)
	m.calibration = calibrate(held)
	m.cut = chooseCut(held, m.calibration)
	return m
}

// holdOut is what models that learnt from the other folds say of each fold.
func holdOut(cases []learnable, fold []int) []heldOut {
	var held []heldOut
	for f := range folds {
		var rest, out []learnable
		for i := range cases {
			if fold[i] == f {
				out = append(out, cases[i])
			} else {
				rest = append(rest, cases[i])
			}
		}
		if len(rest) == 0 || len(out) == 0 {
			continue
		}
		m := learnFrom(rest)
		for i := range out {
			held = append(held, heldOut{m.evidence(&out[i]), out[i].stance})
		}
	}
	return held
}

// foldsOf shares decisions out, those of one member together. The members take turns in the order in which they are met.
func foldsOf(decided []Decided) []int {
	out := make([]int, len(decided))
	of := map[string]int{}
	next := 0
	for i, d := range decided {
		f, ok := of[d.Member]
		if !ok || d.Member == "" {
			f = next % folds
			of[d.Member] = f
			next++
		}
		out[i] = f
	}
	return out
}

// A learnable is a case reduced to what is learnt from.
type learnable struct {
	features []feature
	theme    string
	rules    int  // the stance that the rules propose
	firm     bool // and by what the writer itself says
	stance   int
}

func learnableOf(c *Case) learnable {
	l := c.Leaning()
	return learnable{features: c.features(), theme: c.Theme, rules: slices.Index(Stances[:], l.Stance()), firm: l.Firm}
}

func learnFrom(cases []learnable) *Model {
	m := &Model{words: map[string]int32{}, own: map[ownKey]int32{}, shares: map[string][classes]float64{}, learnt: len(cases)}
	features := m.number(cases)
	rows := make([]row, len(cases))
	for i := range cases {
		rows[i] = m.row(&cases[i])
	}
	m.weights = fit(rows, features, penalty)
	m.count(cases)
	return m
}

// bias is the feature that every case has.
const bias = -1

// number gives the features numbers in the order in which they are met, once for all themes and once for each theme that has them, and
// notes how telling they are.
func (m *Model) number(cases []learnable) (features int) {
	var df []int
	for i := range cases {
		for _, f := range cases[i].features {
			id, ok := m.words[f.name]
			if !ok {
				id = int32(len(df))
				m.words[f.name] = id
				df = append(df, 0)
			}
			df[id]++
		}
	}
	m.idf = make([]float64, len(df))
	for i, n := range df {
		m.idf[i] = math.Log(float64(len(cases)+1)/float64(n+1)) + 1
	}
	size := int32(len(df))
	add := func(key ownKey) {
		if _, ok := m.own[key]; !ok {
			m.own[key] = size
			size++
		}
	}
	for i := range cases {
		for _, f := range cases[i].features {
			add(ownKey{cases[i].theme, m.words[f.name]})
		}
		add(ownKey{cases[i].theme, bias})
	}
	return int(size)
}

// count notes how the stances are shared out, over all and in each theme.
func (m *Model) count(cases []learnable) {
	n := map[string][classes]float64{}
	for i := range cases {
		of := n[cases[i].theme]
		of[cases[i].stance]++
		n[cases[i].theme] = of
		m.all[cases[i].stance]++
	}
	for k := range m.all {
		m.all[k] = (m.all[k] + 1) / float64(len(cases)+classes)
	}
	for theme, of := range n {
		sum := 0.0
		for k := range of {
			sum += of[k]
		}
		for k := range of {
			of[k] = (of[k] + float64(shareWeight*m.all[k])) / (sum + shareWeight)
		}
		m.shares[theme] = of
	}
}

// row numbers a case's features. All words and pairs of the passage make a vector of length 1, those that no decided case has at half their
// weight: a passage of which only an "in" is known is not all about "in".
func (m *Model) row(c *learnable) row {
	r := row{stance: c.stance}
	words, all := 0.0, 0.0
	for _, f := range c.features {
		if isWord(f.name) {
			words += float64(m.telling(f) * m.telling(f))
		}
	}
	scale := 1.0
	if words > 0 {
		scale = 1 / math.Sqrt(words)
	}
	add := func(id int32, v float64) {
		r.ids, r.values = append(r.ids, id), append(r.values, float32(v))
		all += float64(v * v)
	}
	for _, f := range c.features {
		id, ok := m.words[f.name]
		if !ok {
			continue
		}
		v := f.value
		if isWord(f.name) {
			v = m.telling(f) * scale
		}
		add(id, sharedWeight*v)
		if own, ok := m.own[ownKey{c.theme, id}]; ok {
			add(own, ownWeight*v)
		}
	}
	if id, ok := m.own[ownKey{c.theme, bias}]; ok {
		add(id, 1)
	}
	r.square = all
	return r
}

func isWord(name string) bool { return name[0] == 'w' || name[0] == 'b' }

// telling is a word's weight in a case, before the case is scaled to length 1.
func (m *Model) telling(f feature) float64 {
	if id, ok := m.words[f.name]; ok {
		return f.value * m.idf[id]
	}
	return unseenWeight * f.value * (math.Log(float64(m.learnt+1)) + 1)
}

// evidence is what speaks for each stance of a case.
func (m *Model) evidence(c *learnable) [classes]evidence {
	var x [classes]evidence
	if m.learnt > 0 {
		r := m.row(c)
		z := m.weights.scores(&r)
		share, ok := m.shares[c.theme]
		if !ok {
			share = m.all
		}
		for k := range x {
			x[k][ofScore], x[k][ofShare] = z[k], math.Log(share[k])
		}
	}
	x[classes-1][ofSilent] = 1
	x[c.rules][c.rules] = 1
	if c.firm && Stances[c.rules] != NotStated {
		x[c.rules][ofFirm] = 1
	}
	return x
}

// best is the likeliest stance.
func best(p [classes]float64) int {
	k := 0
	for i := range p {
		if p[i] > p[k] {
			k = i
		}
	}
	return k
}

// Stance is what the model makes of a case.
func (m *Model) Stance(c Case) Answer {
	x := learnableOf(&c)
	w := m.calibration
	cut := m.cut
	if m.learnt == 0 {
		w, cut = unlearnt, usualCut
	}
	of := m.evidence(&x)
	a := Answer{Stance: NotStated, Probabilities: w.probabilities(&of)}
	k := best(a.Probabilities)
	a.Likeliest, a.Probability = Stances[k], a.Probabilities[k]
	if a.Likeliest == NotStated || a.Probability < cut {
		return a
	}
	if a.Because = m.because(&c, &x, k); len(a.Because) == 0 {
		return a // nothing in the passage says so
	}
	a.Stance = a.Likeliest
	if l := c.Leaning(); a.Stance == Conditions && len(l.Conditions) > 0 {
		a.Condition = l.Conditions[0]
	}
	return a
}
