package lean

import (
	"cmp"
	"slices"
	"strings"
)

// maxBecause is how many cues and how many words a reason names.
const maxBecause = 4

// because names the cues, and the words that weigh most for a stance against the others.
func (m *Model) because(c *Case, x *learnable, k int) []string {
	l := c.Leaning()
	var out []string
	for _, q := range l.Because() {
		if !slices.Contains(out, q) && len(out) < maxBecause {
			out = append(out, q)
		}
	}
	if m.learnt == 0 {
		return out
	}
	type said struct {
		words  string
		weight float64
	}
	var words []said
	for _, f := range x.features {
		id, ok := m.words[f.name]
		if !ok || !isWord(f.name) {
			continue
		}
		v := m.telling(f)
		weight := float64(sharedWeight * v * m.against(id, k))
		if own, ok := m.own[ownKey{c.Theme, id}]; ok {
			weight += float64(ownWeight * v * m.against(own, k))
		}
		if weight > 0 {
			words = append(words, said{strings.ToLower(c.passage.Text[f.at.Start:f.at.End]), weight})
		}
	}
	slices.SortStableFunc(words, func(a, b said) int { return cmp.Compare(b.weight, a.weight) })
	for i, n := 0, 0; i < len(words) && n < maxBecause; i++ {
		if !slices.ContainsFunc(out, func(s string) bool { return strings.Contains(s, words[i].words) || strings.Contains(words[i].words, s) }) {
			out = append(out, words[i].words)
			n++
		}
	}
	return out
}

// against is how much more a feature speaks for a stance than for the others on average.
func (m *Model) against(id int32, k int) float64 {
	sum := 0.0
	for i, w := range m.weights[id] {
		if i != k {
			sum += w
		}
	}
	return m.weights[id][k] - sum/float64(classes-1)
}
