package learn

import (
	"context"
	"math"
	"slices"
)

// A seed is what the codebook and the passages say without anyone's decision. It is the same until one of them changes.
type seed struct {
	queries    []query
	words      [][]worth // feature → the themes whose query has it
	scale      float64   // BM25 that counts as 1
	phrases    []phrase
	learners   []learner // what the phrases alone teach
	associated *associations
	features   []int32 // feature → compact feature + 1, of the phrases
	size       int     // compact features
}

func newSeed(ctx context.Context, c *Corpus, themes []Theme) (*seed, error) {
	s := &seed{queries: c.queries(themes), phrases: c.phrases(themes), features: make([]int32, c.words.size()+c.grams.size)}
	s.words = byFeature(s.queries, c.words.size())
	if err := s.scaleLikeness(ctx, c, len(themes)); err != nil {
		return nil, err
	}
	for i := range s.phrases {
		s.phrases[i].x = compact(c.spell(s.phrases[i].x), s.features, &s.size)
	}
	s.learners = make([]learner, len(themes))
	if err := each(ctx, len(themes), func(t int) {
		s.learners[t].take(learnFrom(balanced(s.rows(t, phraseWeightAlone)), s.size), s.features)
	}); err != nil {
		return nil, err
	}
	w := c.layOut(s.learners)
	var err error
	s.associated, err = c.associate(ctx, len(themes), func(p int, out []float64) {
		c.likeness(&c.rows[p], s.words, out)
		learnt := make([]float32, len(out))
		w.add(c.full(p), learnt)
		for t := range out {
			out[t] = min(maxLikeness, out[t]/s.scale) + s.learners[t].bias + float64(learnt[t])/max(c.rows[p].norm, 1e-9)
		}
	})
	return s, err
}

const (
	// usualThemes are as many themes as a passage is expected to have before decisions say so; of few themes fewer, one in usualShare.
	usualThemes = 1.2
	usualShare  = 5.0
	maxLevelled = 5_000 // passages that the level is found on
)

// level is the fusion before decisions, with the constant chosen so that the probabilities of all themes of a passage add up to what is
// usual, the rules' hits included.
func (s *seed) level(c *Corpus, themes int, hits map[Hit]bool) fusion {
	before, a := beforeLabels, s.associated
	stride := (len(a.base)/max(1, themes))/maxLevelled + 1
	var z []float64
	goes := make([]float64, themes)
	for i := 0; i*themes < len(a.base); i += stride {
		p := i * a.step
		clear(goes)
		a.add(c.rows[p].own, 1, goes)
		for t, base := range a.base[i*themes : (i+1)*themes] {
			x := base + float64(before[ofAssociated]*goes[t]) + float64(before[ofPrior]*math.Log(usual(a.share[t])))
			if hits[Hit{p, t}] {
				x += before[ofRule]
			}
			z = append(z, x)
		}
	}
	want := usualSum(themes) * float64(len(z)) / float64(max(1, themes))
	low, high := -6.0, 6.0
	for range 24 {
		middle, sum := (low+high)/2, 0.0
		for _, x := range z {
			sum += sigmoid(x + middle)
		}
		if sum > want {
			high = middle
		} else {
			low = middle
		}
	}
	before[ofAll] = (low + high) / 2
	return before
}

// usualSum is how many of so many themes a passage is expected to have.
func usualSum(themes int) float64 { return min(usualThemes, float64(themes)/usualShare) }

// usual is the share of passages that a theme is expected in before decisions say so.
func usual(share float64) float64 { return max(0.001, min(0.2, share)) }

// maxLikeness keeps one passage full of a theme's words from outweighing all else.
const maxLikeness = 1.5

// scaleLikeness finds the BM25 that only one passage and theme in two hundred has more of.
func (s *seed) scaleLikeness(ctx context.Context, c *Corpus, themes int) error {
	n := len(c.rows)
	all := make([]float64, n*themes)
	err := each(ctx, n, func(p int) { c.likeness(&c.rows[p], s.words, all[p*themes:(p+1)*themes]) })
	slices.Sort(all)
	if s.scale = 1; len(all) > 0 && all[len(all)*995/1000] > 0 {
		s.scale = all[len(all)*995/1000]
	}
	return err
}

const (
	// regularisation is C, how much an example counts against small weights.
	regularisation = 4.0
	// phraseWeight is how much a text of the codebook counts beside a coded passage, phraseWeightAlone where there is none.
	phraseWeight      = 0.3
	phraseWeightAlone = 0.15
)

// rows are the phrases as examples for and against a theme.
func (s *seed) rows(t int, weight float64) []example {
	var out []example
	for _, p := range s.phrases {
		if !p.not || p.theme == t {
			out = append(out, example{x: p.x, square: p.x.dot(p.x), yes: p.theme == t && !p.not, weight: weight})
		}
	}
	return out
}

// compact renumbers a vector's features, new ones in the order in which they come.
func compact(v vector, features []int32, size *int) vector {
	out := vector{ids: make([]int32, len(v.ids)), values: v.values}
	for i, f := range v.ids {
		if features[f] == 0 {
			*size++
			features[f] = int32(*size)
		}
		out.ids[i] = features[f] - 1
	}
	return out
}

// balanced are examples with their weights scaled so that both classes weigh the same. Where there is but one, nothing can be learnt: it is
// nil.
func balanced(in []example) []example {
	out := slices.Clone(in)
	var sum, yes float64
	for i := range out {
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
