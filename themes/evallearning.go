package themes

import (
	"context"
	"math/rand/v2"
	"slices"

	"collate/themes/agreement"
	"collate/themes/learn"
)

// learningSeeds is how many drawings of reviewed passages a [Learning] is the median of.
const learningSeeds = 5

// A Learning is how well the suggestions do when people have reviewed some passages at random: medians of drawings, by seeds from 1 on. Members are
// kept apart: what is reviewed comes from one half of them, and the figures are of the passages of the other half.
type Learning struct {
	Reviewed  int       // passages
	Tested    int       // passages, in the median drawing
	Micro     float64   // F1 over all passages and themes
	Theme     float64   // mean F1 of a theme
	Member    float64   // mean F1 of a member, of the themes that it speaks of
	Passage   float64   // mean F1 of a passage; 1 where nothing is suggested and nothing belongs
	Kappa     []float64 // with each of the readers, over all themes
	ReadersIn float64   // the readers' own kappa on the same passages
}

// learningAt measures what n reviewed passages bring.
func (m *measure) learningAt(ctx context.Context, g *suggestions, n int) (Learning, error) {
	var all []Learning
	for seed := range uint64(learningSeeds) {
		pool, test := m.halves(g, seed+1)
		pool = pool[:min(n, len(pool))]
		var labels []learn.Label
		slices.Sort(pool)
		for _, i := range pool {
			for j, t := range g.themes {
				labels = append(labels, learn.Label{Passage: i, Theme: j, Yes: slices.Contains(m.gold[g.passages[i].ID].Themes, t.ID)})
			}
		}
		out := *g
		out.decided = make([]int, len(g.themes))
		for j := range out.decided {
			out.decided[j] = len(pool)
		}
		if err := out.learn(ctx, labels); err != nil {
			return Learning{}, err
		}
		x := m.learned(&out, test)
		x.Reviewed = len(pool)
		all = append(all, x)
	}
	return medians(all), nil
}

// halves draws members, all of whose passages are one half, and shuffles that half; the passages of the other members are the other half.
func (m *measure) halves(g *suggestions, seed uint64) (pool, test []int) {
	of := map[string][]int{}
	var members []string
	total := 0
	for i, p := range g.passages {
		if _, ok := m.gold[p.ID]; !ok {
			continue
		}
		member := m.s.Submission(p).Member
		if of[member] == nil {
			members = append(members, member)
		}
		of[member] = append(of[member], i)
		total++
	}
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	for _, member := range members {
		if 2*len(pool) < total {
			pool = append(pool, of[member]...)
		} else {
			test = append(test, of[member]...)
		}
	}
	r.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	return pool, test
}

// learned scores the passages of a test.
func (m *measure) learned(g *suggestions, test []int) Learning {
	out := Learning{Tested: len(test)}
	var micro Score
	byMember, said := map[string]map[int]*[2]bool{}, map[int]*Score{}
	readers, own := make([][]agreement.Item, len(m.readers)), []agreement.Item{}
	for j, t := range g.themes {
		var s Score
		for _, i := range test {
			p := g.passages[i]
			suggested, right := g.suggested(i, j), slices.Contains(m.gold[p.ID].Themes, t.ID)
			s.count(suggested, right)
			micro.count(suggested, right)
			if said[i] == nil {
				said[i] = &Score{}
			}
			said[i].count(suggested, right)
			member := m.s.Submission(p).Member
			if byMember[member] == nil {
				byMember[member] = map[int]*[2]bool{}
			}
			if byMember[member][j] == nil {
				byMember[member][j] = &[2]bool{}
			}
			both := byMember[member][j]
			both[0], both[1] = both[0] || suggested, both[1] || right
			codes := []int{}
			for k := range m.readers {
				code := agreement.Code(slices.Contains(m.readers[k][p.ID].Themes, t.ID))
				codes = append(codes, code)
				readers[k] = append(readers[k], agreement.Item{Theme: t.ID, Codes: []int{code, agreement.Code(suggested)}})
			}
			own = append(own, agreement.Item{Theme: t.ID, Codes: codes})
		}
		out.Theme += s.F1() / float64(len(g.themes))
	}
	out.Micro = micro.F1()
	for _, i := range test {
		out.Passage += f1OrNone(*said[i]) / float64(len(test))
	}
	for _, member := range slices.Sorted(keys(byMember)) {
		var s Score
		for _, both := range byMember[member] {
			s.count(both[0], both[1])
		}
		out.Member += f1OrNone(s) / float64(len(byMember))
	}
	for _, items := range readers {
		kappa, _ := agreement.Of(items, agreement.Cohen).Value()
		out.Kappa = append(out.Kappa, kappa)
	}
	if len(m.readers) > 1 {
		out.ReadersIn, _ = agreement.Of(own, agreement.Cohen).Value()
	}
	return out
}

// medians takes each figure's median.
func medians(all []Learning) Learning {
	of := func(figure func(Learning) float64) float64 {
		var values []float64
		for _, x := range all {
			values = append(values, figure(x))
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	out := Learning{
		Reviewed: int(of(func(x Learning) float64 { return float64(x.Reviewed) })), Tested: int(of(func(x Learning) float64 { return float64(x.Tested) })),
		Micro: of(func(x Learning) float64 { return x.Micro }), Theme: of(func(x Learning) float64 { return x.Theme }), Member: of(func(x Learning) float64 { return x.Member }),
		Passage: of(func(x Learning) float64 { return x.Passage }), ReadersIn: of(func(x Learning) float64 { return x.ReadersIn }),
	}
	for k := range all[0].Kappa {
		out.Kappa = append(out.Kappa, of(func(x Learning) float64 { return x.Kappa[k] }))
	}
	return out
}

// learning measures the suggestions without a decision and with 100 reviewed passages.
func (m *measure) learning(ctx context.Context) error {
	g, err := m.a.suggest(ctx)
	if err != nil {
		return err
	}
	if g.few() {
		return nil
	}
	for _, n := range []int{0, learn.CalibratedFrom} {
		x, err := m.learningAt(ctx, g, n)
		if err != nil {
			return err
		}
		m.e.Learning = append(m.e.Learning, x)
	}
	return nil
}
