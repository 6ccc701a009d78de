package learn

import (
	"context"
	"math"
)

// associations are words that go with a theme in this consultation without being in the codebook: they stand in passages that its words
// point to. Nobody's decision is needed for them.
type associations struct {
	at    []int32   // feature → 1 + its place in rows; 0 for none
	rows  []float32 // place × themes: ln of how much more often than usual the feature goes with the theme
	share []float64 // theme → its estimated share of passages
	base  []float64 // what the codebook said of the passages looked at, a number a theme
	step  int       // every how manieth passage was
}

const (
	// rounds of spreading what the codebook's words say to other words and back.
	associationRounds = 2
	// spreadWeight is how much associated words count beside the codebook's while they spread.
	spreadWeight = 2.0
	// usualMass, times the root of the number of passages, is how much of a feature it takes to believe half of what it goes with; the
	// values of the features of a passage have length 1.
	usualMass = 0.7
	// maxAssociated passages are looked at, evenly chosen: more change little and would take time.
	maxAssociated = 20_000
	leastPassages = 3 // that a feature must stand in
)

// associate spreads score, what the codebook says of passage p and each theme in log-odds, over the words of the corpus.
func (c *Corpus) associate(ctx context.Context, themes int, score func(p int, out []float64)) (*associations, error) {
	stride := len(c.rows)/maxAssociated + 1
	a := &associations{at: make([]int32, c.words.size()), share: make([]float64, themes), step: stride}
	n := (len(c.rows) + stride - 1) / stride
	seen := make([]uint8, len(a.at))
	size := 0
	for p := 0; p < len(c.rows); p += stride {
		for _, f := range c.rows[p].own.ids {
			if seen[f]++; seen[f] == leastPassages {
				size++
				a.at[f] = int32(size)
			}
			seen[f] = min(seen[f], leastPassages)
		}
	}
	base := make([]float64, n*themes)
	if err := each(ctx, n, func(i int) { score(i*stride, base[i*themes:(i+1)*themes]) }); err != nil {
		return nil, err
	}
	a.base = base
	a.rows = make([]float32, size*themes)
	for range associationRounds {
		if err := a.spread(ctx, c, stride, base, themes); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *associations) spread(ctx context.Context, c *Corpus, stride int, base []float64, themes int) error {
	n := len(base) / max(1, themes)
	share := make([]float64, len(base))
	if err := each(ctx, n, func(i int) {
		out := share[i*themes : (i+1)*themes]
		copy(out, base[i*themes:(i+1)*themes])
		a.add(c.rows[i*stride].own, spreadWeight, out)
		softmax(out)
	}); err != nil {
		return err
	}
	clear(a.share)
	mass, sums := make([]float64, len(a.rows)/max(1, themes)), make([]float64, len(a.rows))
	for i := range n {
		from := share[i*themes : (i+1)*themes]
		for t, s := range from {
			a.share[t] += s / float64(n)
		}
		own := c.rows[i*stride].own
		for j, f := range own.ids {
			k := int(a.at[f]) - 1
			if k < 0 {
				continue
			}
			x := float64(own.values[j])
			mass[k] += x
			for t, s := range from {
				sums[k*themes+t] += float64(x * s)
			}
		}
	}
	usual := usualMass * math.Sqrt(float64(n))
	for k, m := range mass {
		for t, s := range a.share {
			a.rows[k*themes+t] = float32(math.Log((sums[k*themes+t] + float64(usual*s) + 1e-9) / (float64((m+usual)*s) + 1e-9)))
		}
	}
	return ctx.Err()
}

// add adds what a vector's words go with to out, a number a theme.
func (a *associations) add(v vector, by float64, out []float64) {
	for i, f := range v.ids {
		k := int(a.at[f]) - 1
		if k < 0 {
			continue
		}
		x := by * float64(v.values[i])
		for t, w := range a.rows[k*len(out) : (k+1)*len(out)] {
			out[t] += float64(x * float64(w))
		}
	}
}

// softmax turns log-odds into shares that add up to 1.
func softmax(x []float64) {
	if len(x) == 0 {
		return
	}
	most, sum := x[0], 0.0
	for _, v := range x {
		most = max(most, v)
	}
	for i, v := range x {
		x[i] = math.Exp(v - most)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}
