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
	queries  []query
	scale    float64 // BM25 that counts as 1
	linears  []linear
	features []int32 // feature → compact feature + 1; 0 where nothing was learnt of it
	hits     map[Hit]bool
	labels   []Label
	reviewed int
	priors   []float64
	fusion   fusion
	lambda   float64
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
	likenessValue  = 2.0 // lambda without labels: what the codebook's words count beside the learnt ones
	likenessHalf   = 600 // reviewed passages by which it is half
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
	if err := m.read(labels); err != nil {
		return nil, err
	}
	if err := m.scaleLikeness(ctx); err != nil {
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
	usual := min(0.2, 1.5/float64(len(m.themes)+1))
	for t := range m.themes {
		m.priors = append(m.priors, (float64(yes[t])+usual*priorPassages)/float64(given[t]+priorPassages))
	}
	m.lambda = likenessValue / (1 + float64(m.reviewed)/likenessHalf)
	return nil
}

// scaleLikeness finds the BM25 that only one passage in two hundred has more of, for any theme.
func (m *Model) scaleLikeness(ctx context.Context) error {
	m.queries = m.corpus.queries(m.themes)
	in := byFeature(m.queries, m.corpus.words.size())
	n := len(m.corpus.rows)
	all := make([]float64, n*len(m.themes))
	err := each(ctx, (n+blockPassages-1)/blockPassages, func(b int) {
		for p := b * blockPassages; p < min(n, (b+1)*blockPassages); p++ {
			m.corpus.likeness(&m.corpus.rows[p], in, all[p*len(m.themes):(p+1)*len(m.themes)])
		}
	})
	slices.Sort(all)
	if m.scale = 1; len(all) > 0 && all[len(all)*995/1000] > 0 {
		m.scale = all[len(all)*995/1000]
	}
	return err
}

// learn fits a linear model per theme, and the fusion on what each fold's model says of the labels it was not given.
func (m *Model) learn(ctx context.Context) error {
	c := m.corpus
	m.features = make([]int32, c.words.size())
	size := 0
	compact := func(v vector) vector {
		out := vector{ids: make([]int32, len(v.ids)), values: v.values}
		for i, f := range v.ids {
			if m.features[f] == 0 {
				size++
				m.features[f] = int32(size)
			}
			out.ids[i] = m.features[f] - 1
		}
		return out
	}
	texts := c.phrases(m.themes)
	for i := range texts {
		texts[i].x = compact(texts[i].x)
	}
	rows := map[int]vector{}
	for _, l := range m.labels {
		if _, ok := rows[l.Passage]; !ok {
			rows[l.Passage] = compact(c.full(l.Passage).unit())
		}
	}
	byTheme := make([][]Label, len(m.themes))
	for _, l := range m.labels {
		byTheme[l.Theme] = append(byTheme[l.Theme], l)
	}
	m.linears = make([]linear, len(m.themes))
	helds := make([][]held, len(m.themes)*folds)
	in := byFeature(m.queries, c.words.size())
	err := each(ctx, len(m.themes)*(folds+1), func(job int) {
		t, fold := job/(folds+1), job%(folds+1)
		if fold == folds {
			m.linears[t] = fit(m.examples(t, texts, rows, byTheme[t], -1), size)
			return
		}
		if len(byTheme[t]) == 0 {
			return
		}
		lin := fit(m.examples(t, texts, rows, byTheme[t], fold), size)
		like := make([]float64, len(m.themes))
		for _, l := range byTheme[t] {
			if m.foldOf(l.Passage) != fold {
				continue
			}
			c.likeness(&c.rows[l.Passage], in, like)
			x := m.evidence(l.Passage, t, lin.logit(rows[l.Passage]), like[t])
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
	m.fusion = fitFusion(rowsHeld, beforeLabels, evidence{10, 10, 10, 10})
	return nil
}

// foldOf is the part of the labels that a passage belongs to.
func (m *Model) foldOf(p int) int {
	h := fnv.New32a()
	h.Write([]byte(m.corpus.passages[p].ID))
	return int(h.Sum32() % folds)
}

// examples are the rows to learn a theme from without those of a fold, each class weighing the same.
func (m *Model) examples(t int, texts []phrase, rows map[int]vector, labels []Label, without int) []example {
	var out []example
	for _, p := range texts {
		if !p.not || p.theme == t {
			out = append(out, example{x: p.x, yes: p.theme == t && !p.not, weight: phraseWeight})
		}
	}
	for _, l := range labels {
		if without < 0 || m.foldOf(l.Passage) != without {
			out = append(out, example{x: rows[l.Passage], yes: l.Yes, weight: 1})
		}
	}
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
func (m *Model) evidence(p, t int, logit, likeness float64) evidence {
	x := evidence{ofScore: logit + float64(m.lambda*min(1.5, likeness/m.scale)), ofPrior: math.Log(m.priors[t]), ofAll: 1}
	if m.hits[Hit{p, t}] {
		x[ofRule] = 1
	}
	return x
}

// Calibrated reports whether enough passages were reviewed ([CalibratedFrom]) for a probability to mean what it says.
func (m *Model) Calibrated() bool { return m.reviewed >= CalibratedFrom }

// Reviewed is how many passages have a label.
func (m *Model) Reviewed() int { return m.reviewed }
