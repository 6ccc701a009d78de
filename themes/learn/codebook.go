package learn

import (
	"math"
	"slices"
)

// A query is the words of a theme's description with their weights: what BM25 looks for in a passage.
type query struct {
	words []int32 // features, sorted
	value []float64
}

const (
	nameValue        = 3.0
	descriptionValue = 1.0
	exampleValue     = 0.5 // for each example that has the word
	maxExampleValue  = 3.0

	saturation = 1.2 // BM25's k1
	lengthPart = 0.3 // BM25's b
)

// queries reads the themes' names, descriptions and examples. A word that many themes have says little of any: its value is scaled by
// ln(1+T/n)/ln(1+T), n of T themes having it.
func (c *Corpus) queries(themes []Theme) []query {
	values := make([]map[int32]float64, len(themes))
	inThemes := map[int32]int{}
	for i, t := range themes {
		values[i] = map[int32]float64{}
		c.addWords(values[i], t.Name, nameValue)
		c.addWords(values[i], t.Description, descriptionValue)
		examples := map[int32]float64{}
		for _, e := range t.Examples {
			c.addWords(examples, e, exampleValue)
		}
		for f, v := range examples {
			values[i][f] += min(v, maxExampleValue)
		}
		for f := range values[i] {
			inThemes[f]++
		}
	}
	all := float64(len(themes))
	out := make([]query, len(themes))
	for i := range themes {
		for f := range values[i] {
			out[i].words = append(out[i].words, f)
		}
		slices.Sort(out[i].words)
		for _, f := range out[i].words {
			rarity := math.Log(1+all/float64(inThemes[f])) / math.Log(1+all)
			out[i].value = append(out[i].value, values[i][f]*rarity*c.telling(f))
		}
	}
	return out
}

// addWords gives each word of a text a value, once.
func (c *Corpus) addWords(to map[int32]float64, text string, value float64) {
	seen := map[int32]bool{}
	for _, w := range readWords(text) {
		if id, ok := c.words.words[w.stem]; ok && !seen[id] {
			seen[id] = true
			to[c.words.feature[id]] += value
		}
	}
}

// telling is BM25's inverse document frequency, ln(1 + (n-df+.5)/(df+.5)).
func (c *Corpus) telling(f int32) float64 {
	n := float64(len(c.rows))
	df := (n+1)/math.Exp(c.idf[f]-1) - 1
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// likeness is BM25 of a passage for each theme, not yet scaled. in holds, for each feature, the themes whose query has it.
func (c *Corpus) likeness(r *row, in [][]worth, out []float64) {
	clear(out)
	length := saturation * (1 - lengthPart + lengthPart*float64(r.words)/max(1, c.length))
	for i, f := range r.own.ids {
		if int(f) >= len(in) {
			continue
		}
		for _, s := range in[f] {
			tf := float64(r.tf[i])
			out[s.theme] += float64(s.value * (tf * (saturation + 1) / (tf + length)))
		}
	}
}

// A worth is what a feature is worth to a theme.
type worth struct {
	theme int
	value float64
}

// byFeature turns queries round.
func byFeature(queries []query, features int) [][]worth {
	out := make([][]worth, features)
	for t, q := range queries {
		for i, f := range q.words {
			out[f] = append(out[f], worth{t, q.value[i]})
		}
	}
	return out
}

// A phrase is a text of the codebook: an example of a theme, or one of what it is not.
type phrase struct {
	theme int
	x     vector
	not   bool // known only not to be of the theme
}

// phrases are the names, descriptions, examples and non-examples of the themes as rows to learn from.
func (c *Corpus) phrases(themes []Theme) []phrase {
	var out []phrase
	for i, t := range themes {
		for _, text := range append([]string{t.Name, t.Description}, t.Examples...) {
			if x := c.vector(readWords(text)); len(x.ids) > 0 {
				out = append(out, phrase{theme: i, x: x})
			}
		}
		for _, text := range t.NonExamples {
			if x := c.vector(readWords(text)); len(x.ids) > 0 {
				out = append(out, phrase{theme: i, x: x, not: true})
			}
		}
	}
	return out
}
