package learn

import "context"

// Scores are the probabilities of all passages and themes.
type Scores struct {
	themes int
	values []float32
	cuts   []float64
}

// Probability is how likely a passage is to be on a theme, from 0 to 1.
func (s *Scores) Probability(passage, theme int) float64 {
	return float64(s.values[passage*s.themes+theme])
}

// Cut is the probability from which on a theme is worth suggesting.
func (s *Scores) Cut(theme int) float64 { return s.cuts[theme] }

// Suggested reports whether a theme is worth suggesting for a passage: its probability reaches the theme's cut.
func (s *Scores) Suggested(passage, theme int) bool {
	return s.Probability(passage, theme) >= s.cuts[theme]
}

// Score rates all passages of the corpus against all themes. It returns ctx's error when that ends first.
func (m *Model) Score(ctx context.Context) (*Scores, error) {
	c, themes := m.corpus, len(m.themes)
	n := len(c.rows)
	s := &Scores{themes: themes, values: make([]float32, n*themes)}
	own := make([]float32, n*themes)
	blocks := (n + blockPassages - 1) / blockPassages
	err := each(ctx, blocks, func(b int) {
		for p := b * blockPassages; p < min(n, (b+1)*blockPassages); p++ {
			m.weights.add(c.rows[p].own, own[p*themes:(p+1)*themes])
		}
	})
	if err != nil {
		return nil, err
	}
	contexts := make([]float32, len(c.contexts)*themes)
	for i, v := range c.contexts {
		m.weights.add(v, contexts[i*themes:(i+1)*themes])
	}
	if err := each(ctx, blocks, func(b int) {
		like, goes := make([]float64, themes), make([]float64, themes)
		for p := b * blockPassages; p < min(n, (b+1)*blockPassages); p++ {
			c.likeness(&c.rows[p], m.seed.words, like)
			clear(goes)
			m.seed.associated.add(c.rows[p].own, 1, goes)
			for t := range themes {
				x := m.evidence(p, t, m.learners[t].bias+m.surrounded(&c.rows[p], t, own, contexts, p), like[t], goes[t])
				x[ofLearnt] += float64(m.learners[t].rule * x[ofRule])
				s.values[p*themes+t] = float32(sigmoid(m.fusion.logit(x)))
			}
		}
	}); err != nil {
		return nil, err
	}
	s.cuts, err = m.cuts(ctx, s)
	return s, err
}

// surrounded is what the learnt words say of a passage with its context.
func (m *Model) surrounded(r *row, t int, own, contexts []float32, p int) float64 {
	themes := len(m.themes)
	sum := float64(own[p*themes+t])
	if r.before >= 0 {
		sum += neighbourWeight * float64(own[int(r.before)*themes+t])
	}
	if r.after >= 0 {
		sum += neighbourWeight * float64(own[int(r.after)*themes+t])
	}
	if r.context >= 0 {
		sum += float64(contexts[int(r.context)*themes+t])
	}
	if r.norm > 0 {
		sum /= r.norm
	}
	return sum
}
