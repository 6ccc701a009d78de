package learn

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
)

// A Model is what was learnt of themes. It never changes and may be shared.
type Model struct {
	corpus   *Corpus
	themes   []Theme
	seed     *seed
	linears  []linear
	features []int32 // feature → compact feature + 1; 0 where nothing was learnt of it
	hits     map[Hit]bool
	labels   []Label
	reviewed int
	priors   []float64
	fusion   fusion
	held     []held
}

// held is the evidence of a label that the learner had not seen.
type held struct {
	Label
	judged
}

// CalibratedFrom is how many reviewed passages it takes for a probability to mean what it says: of those with .9, nine of ten are right.
const CalibratedFrom = 100

const (
	regularisation = 3.0 // C: how much the labels count against small weights
	phraseWeight   = 0.5 // of a text of the codebook beside a coded passage
	priorPassages  = 10  // how many passages the prior before any label counts as
	folds          = 5
)

// Train learns from labels, the codebook and its rules' hits. Labels given twice: the last counts. It returns an error for a label or
// a hit outside the passages and themes, and ctx's when that ends first. before may be an earlier model of the same corpus, whose work
// is used again where nothing changed; it makes no difference to the result. It may be nil.
func Train(ctx context.Context, c *Corpus, themes []Theme, labels []Label, hits []Hit, before *Model) (*Model, error) {
	m := &Model{corpus: c, themes: themes, hits: make(map[Hit]bool, len(hits))}
	for _, h := range hits {
		if h.Passage < 0 || h.Passage >= len(c.rows) || h.Theme < 0 || h.Theme >= len(themes) {
			return nil, fmt.Errorf("hit of theme %d in passage %d: there are %d themes and %d passages", h.Theme, h.Passage, len(themes), len(c.rows))
		}
		m.hits[h] = true
	}
	var err error
	if m.seed, err = newSeed(ctx, c, themes); err != nil {
		return nil, err
	}
	if err := m.read(labels); err != nil {
		return nil, err
	}
	if err := m.learn(ctx); err != nil {
		return nil, err
	}
	return m, nil
}

// read sorts the labels, the last of each passage and theme.
func (m *Model) read(labels []Label) error {
	last := map[Hit]bool{}
	for _, l := range labels {
		if l.Passage < 0 || l.Passage >= len(m.corpus.rows) || l.Theme < 0 || l.Theme >= len(m.themes) {
			return fmt.Errorf("label of theme %d for passage %d: there are %d themes and %d passages", l.Theme, l.Passage, len(m.themes), len(m.corpus.rows))
		}
		last[Hit{l.Passage, l.Theme}] = l.Yes
	}
	for at, yes := range last {
		m.labels = append(m.labels, Label{at.Passage, at.Theme, yes})
	}
	slices.SortFunc(m.labels, func(a, b Label) int {
		if a.Passage != b.Passage {
			return a.Passage - b.Passage
		}
		return a.Theme - b.Theme
	})
	given, yes := make([]int, len(m.themes)), make([]int, len(m.themes))
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
		usual := max(0.001, min(0.5, m.seed.associated.share[t]))
		m.priors = append(m.priors, (float64(yes[t])+usual*priorPassages)/float64(given[t]+priorPassages))
	}
	return nil
}

// learn fits a linear model per theme, and the fusion on what each fold's model says of the labels it was not given.
func (m *Model) learn(ctx context.Context) error {
	c := m.corpus
	m.features = slices.Clone(m.seed.features)
	size := m.seed.size
	rows := map[int]vector{}
	byTheme := make([][]Label, len(m.themes))
	for _, l := range m.labels {
		if _, ok := rows[l.Passage]; !ok {
			rows[l.Passage] = compact(c.full(l.Passage).unit(), m.features, &size)
		}
		byTheme[l.Theme] = append(byTheme[l.Theme], l)
	}
	m.linears = make([]linear, len(m.themes))
	helds := make([][]held, len(m.themes)*folds)
	err := each(ctx, len(m.themes)*(folds+1), func(job int) {
		t, fold := job/(folds+1), job%(folds+1)
		if len(byTheme[t]) == 0 {
			m.linears[t] = m.seed.linears[t]
			return
		}
		if fold == folds {
			m.linears[t] = fit(m.examples(t, rows, byTheme[t], -1), size)
			return
		}
		lin := fit(m.examples(t, rows, byTheme[t], fold), size)
		like, goes := make([]float64, len(m.themes)), make([]float64, len(m.themes))
		for _, l := range byTheme[t] {
			if m.foldOf(l.Passage) != fold {
				continue
			}
			c.likeness(&c.rows[l.Passage], m.seed.words, like)
			clear(goes)
			m.seed.associated.add(c.rows[l.Passage].own, 1, goes)
			x := m.evidence(l.Passage, t, lin.logit(rows[l.Passage]), like[t], goes[t])
			helds[t*folds+fold] = append(helds[t*folds+fold], held{l, judged{x, l.Yes}})
		}
	})
	if err != nil {
		return err
	}
	m.held = slices.Concat(helds...)
	var rowsHeld []judged
	for _, h := range m.held {
		rowsHeld = append(rowsHeld, h.judged)
	}
	m.fusion = fitFusion(rowsHeld, beforeLabels, pull)
	return nil
}

// foldOf is the part of the labels that a passage belongs to.
func (m *Model) foldOf(p int) int {
	h := fnv.New32a()
	h.Write([]byte(m.corpus.passages[p].ID))
	return int(h.Sum32() % folds)
}

// examples are the rows to learn a theme from without those of a fold.
func (m *Model) examples(t int, rows map[int]vector, labels []Label, without int) []example {
	out := m.seed.rows(t)
	for _, l := range labels {
		if without < 0 || m.foldOf(l.Passage) != without {
			out = append(out, example{x: rows[l.Passage], yes: l.Yes, weight: 1})
		}
	}
	return balanced(out)
}

// balanced scales the weights of examples so that both classes weigh the same. Where there is but one, nothing can be learnt.
func balanced(out []example) []example {
	var sum, yes float64
	for i := range out {
		out[i].square = out[i].x.dot(out[i].x)
		sum += out[i].weight
		if out[i].yes {
			yes += out[i].weight
		}
	}
	if yes == 0 || yes == sum {
		return nil
	}
	for i := range out {
		if out[i].yes {
			out[i].weight *= regularisation * sum / (2 * yes)
		} else {
			out[i].weight *= regularisation * sum / (2 * (sum - yes))
		}
	}
	return out
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
