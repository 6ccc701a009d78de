package learn

// weights are what learners learnt of features, those of all themes side by side, and in those of a word what was learnt of its grams.
type weights struct {
	themes int
	at     []int32   // feature → 1 + its place in rows; 0 for none
	rows   []float32 // place × themes
}

func (c *Corpus) layOut(learners []learner) *weights {
	w := &weights{themes: len(learners), at: make([]int32, c.words.size())}
	places := 0
	place := func(f int32) {
		if w.at[f] == 0 {
			places++
			w.at[f] = int32(places)
		}
	}
	for _, f := range c.words.feature { // a word may have a weight by its grams alone
		place(f)
	}
	for _, l := range learners {
		for _, f := range l.weights.ids {
			if int(f) < len(w.at) {
				place(f)
			}
		}
	}
	w.rows = make([]float32, places*w.themes)
	grams := make([]float64, c.grams.size)
	for t, l := range learners {
		clear(grams)
		for i, f := range l.weights.ids {
			if int(f) >= len(w.at) {
				grams[int(f)-len(w.at)] = float64(l.weights.values[i])
			} else {
				w.rows[int(w.at[f]-1)*w.themes+t] = l.weights.values[i]
			}
		}
		for word, f := range c.words.feature {
			w.rows[int(w.at[f]-1)*w.themes+t] += float32(c.grams.dot(int32(word), grams))
		}
	}
	return w
}

// add adds what the weights say of a vector to out, a number a theme.
func (w *weights) add(v vector, out []float32) {
	for i, f := range v.ids {
		k := int(w.at[f])
		if k == 0 {
			continue
		}
		x := v.values[i]
		for t, y := range w.rows[(k-1)*w.themes : k*w.themes] {
			out[t] += float32(x * y)
		}
	}
}

// of is the weight of a feature for a theme.
func (w *weights) of(f int32, theme int) float64 {
	if k := int(w.at[f]); k > 0 {
		return float64(w.rows[(k-1)*w.themes+theme])
	}
	return 0
}
