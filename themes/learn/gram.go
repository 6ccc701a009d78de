package learn

import (
	"math"
	"slices"
)

// grams are the runs of four letters of each word. Words that share some are taken to be alike, so that what is learnt of one says
// something of its misspellings and of words with the same root: "ambulence", "unprofessional".
type grams struct {
	of    [][]int32 // word → its grams, sorted
	value []float64 // gram → how telling it is: by how many words have it
	scale []float64 // word → what makes its grams a vector of length gramWeight
	size  int
}

const (
	gramLetters = 4
	// gramWeight is what a word's grams count beside the word itself.
	gramWeight = 0.6
)

func newGrams(v *vocabulary) *grams {
	g := &grams{of: make([][]int32, len(v.stems))}
	ids := map[string]int32{}
	var words []int
	for w, stem := range v.stems {
		padded := "^" + stem + "$"
		for i := 0; i+gramLetters <= len(padded); i++ {
			id, ok := ids[padded[i:i+gramLetters]]
			if !ok {
				id = int32(len(ids))
				ids[padded[i:i+gramLetters]] = id
				words = append(words, 0)
			}
			if !slices.Contains(g.of[w], id) {
				g.of[w] = append(g.of[w], id)
				words[id]++
			}
		}
		slices.Sort(g.of[w])
	}
	g.size = len(ids)
	g.value = make([]float64, g.size)
	for i, n := range words {
		g.value[i] = math.Log(1 + float64(len(v.stems))/float64(n))
	}
	g.scale = make([]float64, len(g.of))
	for w := range g.of {
		sum := 0.0
		for _, i := range g.of[w] {
			sum += float64(g.value[i] * g.value[i])
		}
		if sum > 0 {
			g.scale[w] = gramWeight / math.Sqrt(sum)
		}
	}
	return g
}

// dot is what a word's grams weigh.
func (g *grams) dot(word int32, weights []float64) float64 {
	by, sum := g.scale[word], 0.0
	for _, i := range g.of[word] {
		sum += float64(float64(by*g.value[i]) * weights[i])
	}
	return sum
}

// spell adds to a vector the grams of its words, numbered after all other features. It is linear: the grams of a sum are the sum of
// the grams.
func (c *Corpus) spell(v vector) vector {
	sums := map[int32]float64{}
	for i, f := range v.ids {
		parts := c.words.parts[f]
		if parts[1] >= 0 {
			continue
		}
		by := c.grams.scale[parts[0]] * float64(v.values[i])
		for _, g := range c.grams.of[parts[0]] {
			sums[g] += float64(by * c.grams.value[g])
		}
	}
	order := make([]int32, 0, len(sums))
	for g := range sums {
		order = append(order, g)
	}
	slices.Sort(order)
	out := vector{ids: slices.Clone(v.ids), values: slices.Clone(v.values)}
	for _, g := range order {
		out.ids, out.values = append(out.ids, int32(c.words.size())+g), append(out.values, float32(sums[g]))
	}
	return out
}
