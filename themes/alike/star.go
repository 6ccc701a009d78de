package alike

import (
	"cmp"
	"context"
	"slices"
)

// A star is a representative with the texts that are alike it.
type star struct {
	representative int32
	texts          []int32 // the representative's too, sorted
	core           []bool  // the representative's words that its nearest copy has
}

// maxTried is how many stars a text is compared with that was left over.
const maxTried = 8

// gather joins texts around representatives: first those that are most alike most others. What is left over and alike some text of a
// star joins it when it is alike the representative too, and else makes a star with what it is alike.
func (f *finder) gather(ctx context.Context) ([]star, error) {
	g := gatherer{finder: f, of: make([]int32, len(f.texts))}
	for i := range g.of {
		g.of[i] = -1
	}
	order := f.byWeight()
	for _, at := range order {
		if g.of[at] < 0 && (len(f.edges[at]) > 0 || len(f.texts[at].passages) > 1) {
			g.add(at)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, at := range order {
		if g.of[at] < 0 {
			g.join(at)
		}
	}
	for _, at := range order {
		if g.of[at] < 0 || slices.ContainsFunc(f.edges[at], func(e edge) bool { return g.of[e.to] < 0 }) {
			g.addLeft(at)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return g.stars, nil
}

// byWeight are the texts, the one first that is most alike most others. Similarities are squared: what many copies have in full
// comes before a passage that holds a little of everything.
func (f *finder) byWeight() []int32 {
	weights := make([]float64, len(f.texts))
	order := make([]int32, len(f.texts))
	for i := range f.texts {
		order[i] = int32(i)
		slices.SortFunc(f.edges[i], func(a, b edge) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.to, b.to)) })
		weights[i] = float64(max(0, len(f.texts[i].passages)-1))
		for _, e := range f.edges[i] {
			weights[i] += float64(e.weight) * float64(e.weight) * float64(len(f.texts[e.to].passages))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(weights[b], weights[a]) })
	return order
}

// A gatherer makes stars.
type gatherer struct {
	*finder
	stars []star
	of    []int32 // text → its first star, or -1
}

// around is a star with its representative alone. Where several passages have its words, all of it is shared already.
func (g *gatherer) around(at int32) star {
	s := star{representative: at, texts: []int32{at}}
	if t := g.texts[at]; len(t.passages) > 1 {
		s.core = slices.Repeat([]bool{true}, len(t.words))
	}
	return s
}

// add makes a star around a text of what is in none yet.
func (g *gatherer) add(at int32) {
	s := g.around(at)
	for _, e := range g.edges[at] {
		if g.of[e.to] < 0 && g.fits(&s, e.to) {
			s.texts = append(s.texts, e.to)
		}
	}
	if len(s.texts) > 1 || len(g.texts[at].passages) > 1 {
		g.keep(s)
	}
}

// addLeft makes a star of texts that are in none, around one that may be in another.
func (g *gatherer) addLeft(at int32) {
	s := g.around(at)
	left := g.of[at] < 0
	for _, e := range g.edges[at] {
		if (left || g.of[e.to] < 0) && g.fits(&s, e.to) {
			s.texts = append(s.texts, e.to)
		}
	}
	if len(s.texts) > 1 {
		g.keep(s)
	}
}

func (g *gatherer) keep(s star) {
	for _, at := range s.texts {
		if g.of[at] < 0 {
			g.of[at] = int32(len(g.stars))
		}
	}
	slices.Sort(s.texts)
	g.stars = append(g.stars, s)
}

// join puts a text into the star of one that it is alike, when it is alike its representative as well.
func (g *gatherer) join(at int32) {
	var tried []int32
	for _, e := range g.edges[at] {
		of := g.of[e.to]
		if of < 0 || slices.Contains(tried, of) {
			continue
		}
		s := &g.stars[of]
		if alike(&g.texts[s.representative], &g.texts[at]) > 0 && g.fits(s, at) {
			g.of[at] = of
			i, _ := slices.BinarySearch(s.texts, at)
			s.texts = slices.Insert(s.texts, i, at)
			return
		}
		if tried = append(tried, of); len(tried) == maxTried {
			return
		}
	}
}

// fits reports whether a text has half of what the representative shares with its nearest copy, or shares nothing else with it: two
// texts that a third has put together are not alike because of it. The first text to be tried is the nearest copy.
func (g *gatherer) fits(s *star, at int32) bool {
	words := g.texts[s.representative].words
	has := make([]bool, len(words))
	for _, j := range align(words, g.texts[at].words) {
		if j >= 0 {
			has[j] = true
		}
	}
	if s.core == nil {
		s.core = has
		return true
	}
	mine, core, both := 0, 0, 0
	for i := range has {
		if has[i] {
			mine++
		}
		if s.core[i] {
			core++
		}
		if has[i] && s.core[i] {
			both++
		}
	}
	return 2*both >= min(mine, core)
}
