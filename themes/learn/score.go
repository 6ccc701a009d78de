package learn

import "context"

// Scores are the probabilities of all passages and themes.
type Scores struct {
	themes int
	values []float32
}

// Probability is how likely a passage is to be on a theme, from 0 to 1.
func (s *Scores) Probability(passage, theme int) float64 {
	return float64(s.values[passage*s.themes+theme])
}

// Score rates all passages of the corpus against all themes. It returns ctx's error when that ends first.
func (m *Model) Score(ctx context.Context) (*Scores, error) {
	c, themes := m.corpus, len(m.themes)
	n := len(c.rows)
	s := &Scores{themes: themes, values: make([]float32, n*themes)}
	weights := m.byFeature()
	own := make([]float32, n*themes)
	blocks := (n + blockPassages - 1) / blockPassages
	err := each(ctx, blocks, func(b int) {
		for p := b * blockPassages; p < min(n, (b+1)*blockPassages); p++ {
			m.dots(c.rows[p].own, weights, own[p*themes:(p+1)*themes])
		}
	})
	if err != nil {
		return nil, err
	}
	headings := make([]float32, len(c.contexts)*themes)
	for i, v := range c.contexts {
		m.dots(v, weights, headings[i*themes:(i+1)*themes])
	}
	return s, each(ctx, blocks, func(b int) {
		like, goes := make([]float64, themes), make([]float64, themes)
		for p := b * blockPassages; p < min(n, (b+1)*blockPassages); p++ {
			c.likeness(&c.rows[p], m.seed.words, like)
			clear(goes)
			m.seed.associated.add(c.rows[p].own, 1, goes)
			for t := range themes {
				x := m.evidence(p, t, m.linears[t].bias+m.surrounded(&c.rows[p], t, own, headings, p), like[t], goes[t])
				s.values[p*themes+t] = float32(sigmoid(m.fusion.logit(x)))
			}
		}
	})
}

// byFeature lays the weights of all themes of a feature side by side.
func (m *Model) byFeature() []float32 {
	themes := len(m.themes)
	size := 0
	for _, f := range m.features {
		size = max(size, int(f))
	}
	out := make([]float32, size*themes)
	for t, l := range m.linears {
		for f, w := range l.weights {
			out[f*themes+t] = float32(w)
		}
	}
	return out
}

func (m *Model) dots(v vector, weights []float32, out []float32) {
	themes := len(m.themes)
	for i, f := range v.ids {
		k := int(m.features[f])
		if k == 0 {
			continue
		}
		x := v.values[i]
		for t, w := range weights[(k-1)*themes : k*themes] {
			out[t] += float32(x * w)
		}
	}
}

// surrounded is what the learnt words say of a passage with its context.
func (m *Model) surrounded(r *row, t int, own, headings []float32, p int) float64 {
	themes := len(m.themes)
	sum := float64(own[p*themes+t])
	if r.before >= 0 {
		sum += neighbourWeight * float64(own[int(r.before)*themes+t])
	}
	if r.after >= 0 {
		sum += neighbourWeight * float64(own[int(r.after)*themes+t])
	}
	if r.heading >= 0 {
		sum += headingWeight * float64(headings[int(r.heading)*themes+t])
	}
	if r.norm > 0 {
		sum /= r.norm
	}
	return sum
}
