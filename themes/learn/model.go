package learn

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
)

// A Model is what was learnt of themes. It never changes and may be shared.
type Model struct {
	corpus   *Corpus
	themes   []Theme
	hits     map[Hit]bool
	labels   []Label // by passage and theme, each once
	reviewed int
	seed     *seed
	learners []learner // theme → what was learnt of it
	weights  *weights  // of the learners
	priors   []float64
	before   fusion // what it was before decisions
	fusion   fusion
	held     []judged
}

// A learner is what was learnt of one theme. It depends on the theme's labels and the seed alone.
type learner struct {
	labels  []Label
	bias    float64
	weights vector    // of features and, after them, grams
	rule    float64   // of a hit of one of its rules, beside what hits weigh for all themes
	hits    []bool    // label → whether a rule found the passage
	held    []float64 // label → log-odds by a model that had not seen the label's fold
}

// CalibratedFrom is how many reviewed passages it takes for a probability to mean what it says: of those with .9, nine of ten are right.
const CalibratedFrom = 100

const (
	// priorPassages is how many passages what the codebook lets expect of a theme counts as.
	priorPassages = 50
	// silence is the log-odds of a theme of which nothing is known, neither text nor label.
	silence = -3
)

// Train learns from labels, the codebook and its rules' hits. Of labels given twice the last counts. It returns an error for a label or a
// hit outside the passages and themes, and ctx's when that ends first. before may be an earlier model of the same corpus, whose work is
// used again where nothing changed: after one decision, one theme is learnt anew. It makes no difference to the result and may be nil.
func Train(ctx context.Context, c *Corpus, themes []Theme, labels []Label, hits []Hit, before *Model) (*Model, error) {
	m := &Model{corpus: c, themes: slices.Clone(themes), hits: make(map[Hit]bool, len(hits))}
	for _, h := range hits {
		if !m.holds(h.Passage, h.Theme) {
			return nil, fmt.Errorf("hit of theme %d in passage %d: there are %d themes and %d passages", h.Theme, h.Passage, len(themes), len(c.rows))
		}
		m.hits[h] = true
	}
	if before != nil && before.corpus == c && reflect.DeepEqual(before.themes, m.themes) {
		m.seed = before.seed
	} else {
		var err error
		if m.seed, err = newSeed(ctx, c, m.themes); err != nil {
			return nil, err
		}
		before = nil
	}
	if before != nil && maps.Equal(before.hits, m.hits) {
		m.before = before.before
	} else {
		m.before = m.seed.level(c, len(themes), m.hits)
	}
	if err := m.read(labels); err != nil {
		return nil, err
	}
	if err := m.learn(ctx, before); err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Model) holds(passage, theme int) bool {
	return passage >= 0 && passage < len(m.corpus.rows) && theme >= 0 && theme < len(m.themes)
}

// read sorts the labels, the last of each passage and theme, and counts them.
func (m *Model) read(labels []Label) error {
	last := map[Hit]bool{}
	for _, l := range labels {
		if !m.holds(l.Passage, l.Theme) {
			return fmt.Errorf("label of theme %d for passage %d: there are %d themes and %d passages", l.Theme, l.Passage, len(m.themes), len(m.corpus.rows))
		}
		last[Hit{l.Passage, l.Theme}] = l.Yes
	}
	for at, yes := range last {
		m.labels = append(m.labels, Label{at.Passage, at.Theme, yes})
	}
	slices.SortFunc(m.labels, func(a, b Label) int { return cmp.Or(a.Passage-b.Passage, a.Theme-b.Theme) })
	given, yes := make([]float64, len(m.themes)), make([]float64, len(m.themes))
	for i, l := range m.labels {
		if i == 0 || m.labels[i-1].Passage != l.Passage {
			m.reviewed++
		}
		given[l.Theme]++
		if l.Yes {
			yes[l.Theme]++
		}
	}
	for t := range m.themes {
		m.priors = append(m.priors, (yes[t]+usual(m.seed.associated.share[t])*priorPassages)/(given[t]+priorPassages))
	}
	return nil
}

// learn fits a linear model per theme, and the fusion on what each fold's model says of the labels it was not given.
func (m *Model) learn(ctx context.Context, before *Model) error {
	byTheme := make([][]Label, len(m.themes))
	for _, l := range m.labels {
		byTheme[l.Theme] = append(byTheme[l.Theme], l)
	}
	m.learners = make([]learner, len(m.themes))
	var changed []int
	for t := range m.themes {
		l := learner{labels: byTheme[t], hits: make([]bool, len(byTheme[t])), held: make([]float64, len(byTheme[t]))}
		for i, x := range l.labels {
			l.hits[i] = m.hits[Hit{x.Passage, t}]
		}
		if before != nil && slices.Equal(before.learners[t].labels, l.labels) && slices.Equal(before.learners[t].hits, l.hits) {
			m.learners[t] = before.learners[t]
			continue
		}
		m.learners[t] = l
		changed = append(changed, t)
	}
	r := m.newRows(changed)
	if err := each(ctx, len(changed), func(i int) { m.teach(ctx, &m.learners[changed[i]], changed[i], r) }); err != nil {
		return err
	}
	m.weights = m.corpus.layOut(m.learners)
	m.fuse()
	return nil
}

// rows are the labelled passages to learn from, with features renumbered so that those that matter stand together.
type rows struct {
	of       map[int]vector // passage → with context and grams
	features []int32        // feature → compact feature + 1
	size     int            // compact features; the next one is that a rule found the passage
}

func (m *Model) newRows(themes []int) *rows {
	r := &rows{of: map[int]vector{}, features: slices.Clone(m.seed.features)}
	size := m.seed.size
	for _, t := range themes {
		for _, l := range m.learners[t].labels {
			if _, ok := r.of[l.Passage]; !ok {
				r.of[l.Passage] = compact(m.corpus.spell(m.corpus.full(l.Passage).unit()), r.features, &size)
			}
		}
	}
	r.size = size
	return r
}

// ruleValue is the value of the feature that a rule found a passage, beside words of length 1.
const ruleValue = 0.5

// row is the passage of a label, with what the rules found.
func (r *rows) row(l *learner, i int) vector {
	v := r.of[l.labels[i].Passage]
	if l.hits[i] {
		v = vector{ids: append(slices.Clone(v.ids), int32(r.size)), values: append(slices.Clone(v.values), ruleValue)}
	}
	return v
}

// teach learns a theme from all its labels, and rates those of each fold by what the others teach. Without labels it takes what the codebook
// alone gave.
func (m *Model) teach(ctx context.Context, l *learner, theme int, r *rows) {
	if len(l.labels) == 0 {
		l.bias, l.weights = m.seed.learners[theme].bias, m.seed.learners[theme].weights
		return
	}
	all := m.seed.rows(theme, phraseWeight)
	phrases := len(all)
	for i, x := range l.labels {
		v := r.row(l, i)
		all = append(all, example{x: v, square: v.dot(v), yes: x.Yes, weight: 1})
	}
	whole := learnFrom(balanced(all), r.size+1)
	l.rule = whole.weights[r.size] * ruleValue
	l.take(whole, r.features)
	for fold := range folds {
		inside := func(i int) bool { return i >= phrases && int(m.corpus.fold[l.labels[i-phrases].Passage]) == fold }
		var others []example
		held := 0
		for i, e := range all {
			if inside(i) {
				held++
				continue
			}
			if len(whole.ends) > 0 {
				e.start = whole.ends[i] // most end near where they did with the fold
			}
			others = append(others, e)
		}
		if held == 0 || ctx.Err() != nil {
			continue
		}
		lin := learnFrom(balanced(others), r.size+1)
		for i := range all {
			if inside(i) {
				l.held[i-phrases] = lin.logit(all[i].x)
			}
		}
	}
}

// take keeps what was learnt of features that were renumbered.
func (l *learner) take(lin linear, features []int32) {
	l.bias = lin.bias
	for f, k := range features {
		if k > 0 && lin.weights[k-1] != 0 {
			l.weights.ids, l.weights.values = append(l.weights.ids, int32(f)), append(l.weights.values, float32(lin.weights[k-1]))
		}
	}
}

// learnFrom learns from examples, if there are any of both classes.
func learnFrom(examples []example, features int) linear {
	if len(examples) == 0 {
		return linear{weights: make([]float64, features), bias: silence}
	}
	return fit(examples, features)
}

// fuse learns how far to believe which signal, from the labels as models saw them that had not been given them.
func (m *Model) fuse() {
	c := m.corpus
	like, goes := make([]float64, len(m.themes)), make([]float64, len(m.themes))
	next := make([]int, len(m.themes)) // theme → the label of its learner that comes next
	for i, l := range m.labels {
		if i == 0 || m.labels[i-1].Passage != l.Passage {
			c.likeness(&c.rows[l.Passage], m.seed.words, like)
			clear(goes)
			m.seed.associated.add(c.rows[l.Passage].own, 1, goes)
		}
		x := m.evidence(l.Passage, l.Theme, m.learners[l.Theme].held[next[l.Theme]], like[l.Theme], goes[l.Theme])
		next[l.Theme]++
		m.held = append(m.held, judged{x, l.Yes})
	}
	m.fusion = fitFusion(m.held, m.before, pull)
}

// evidence gathers what speaks for a passage and theme.
func (m *Model) evidence(p, t int, logit, likeness, associated float64) evidence {
	x := evidence{ofLearnt: logit, ofCodebook: min(maxLikeness, likeness/m.seed.scale), ofAssociated: associated, ofPrior: math.Log(m.priors[t]), ofAll: 1}
	if m.hits[Hit{p, t}] {
		x[ofRule] = 1
	}
	return x
}

// Calibrated reports whether enough passages were reviewed ([CalibratedFrom]) for a probability to mean what it says.
func (m *Model) Calibrated() bool { return m.reviewed >= CalibratedFrom }

// Reviewed is how many passages have a label.
func (m *Model) Reviewed() int { return m.reviewed }
