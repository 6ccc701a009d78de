package main

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/samples"
	"collate/themes"
)

// stanceGold is the example's gold as passages with the gold's themes, and its stances.
type stanceGold struct {
	book     *themes.Codebook
	passages []themes.StancePassage
	learn    []themes.StanceDecision // of the members that the lexicon was made with
	report   []themes.StanceDecision // of the others
	members  map[string]string       // passage → member
}

// developedWith shares members out by their names: what was tried was tried on one half, what is reported comes from the other.
func developedWith(member string) bool {
	h := fnv.New32a()
	h.Write([]byte(member))
	return h.Sum32()&1 == 1
}

func readStanceGold(t *testing.T) *stanceGold {
	t.Helper()
	_, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(samples.SendAPPlan(), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := themes.ReadGold(data)
	if err != nil {
		t.Fatal(err)
	}
	g := &stanceGold{book: an.Codebook, members: map[string]string{}}
	for _, l := range lines {
		if l.Coder != "gold" || len(l.Themes) == 0 {
			continue
		}
		p := s.Passage(l.ID)
		x := themes.StancePassage{ID: p.ID, Member: s.Submission(p).Member, Whole: s.Whole(p), Body: p.Body - p.Start, Themes: l.Themes}
		g.passages = append(g.passages, x)
		g.members[x.ID] = x.Member
		for _, theme := range l.Themes {
			d := themes.StanceDecision{Passage: p.ID, Theme: theme, Stance: themes.NotStated}
			if is := l.Stance[theme]; is != "" {
				d.Stance = is
			}
			if developedWith(x.Member) {
				g.learn = append(g.learn, d)
			} else {
				g.report = append(g.report, d)
			}
		}
	}
	return g
}

// draw is up to n decisions of each theme, at random.
func drawDecisions(from []themes.StanceDecision, n int, seed uint64) []themes.StanceDecision {
	var out []themes.StanceDecision
	taken := map[string]int{}
	for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(from)) {
		if d := from[i]; taken[d.Theme] < n {
			taken[d.Theme]++
			out = append(out, d)
		}
	}
	return out
}

// apart shares decisions out in four parts, those on passages of one member together.
func (g *stanceGold) apart(of []themes.StanceDecision) [4][]themes.StanceDecision {
	var parts [4][]themes.StanceDecision
	part := map[string]int{}
	for _, d := range of {
		member := g.members[d.Passage]
		if _, ok := part[member]; !ok {
			part[member] = len(part) % len(parts)
		}
		parts[part[member]] = append(parts[part[member]], d)
	}
	return parts
}

// A stanceTrial is a model with what it is to be judged on.
type stanceTrial struct {
	model *themes.StanceModel
	want  []themes.StanceDecision
}

// within are the four models that learn from three parts of some decisions and are judged on the fourth.
func (g *stanceGold) within(base *themes.StanceModel, of []themes.StanceDecision, n int, seed uint64) []stanceTrial {
	parts := g.apart(of)
	var out []stanceTrial
	for i := range parts {
		var rest []themes.StanceDecision
		for j := range parts {
			if j != i {
				rest = append(rest, parts[j]...)
			}
		}
		out = append(out, stanceTrial{base.Learn(drawDecisions(rest, n, seed)), parts[i]})
	}
	return out
}

var likelinesses = [...]float64{.5, .6, .7, .8, .9}

// A stanceTally counts answers of several trials.
type stanceTally struct {
	said, is, right   map[themes.Stance]int
	all, stated, good int
	least, leastGood  [len(likelinesses)]int
}

func (c *stanceTally) add(x stanceTrial) {
	for _, d := range x.want {
		a := x.model.Stance(d.Passage, d.Theme)
		c.all++
		c.said[a.Likeliest]++
		c.is[d.Stance]++
		hit := 0
		if a.Likeliest == d.Stance {
			c.right[d.Stance]++
			hit = 1
		}
		if a.Stance != themes.NotStated {
			c.stated++
			c.good += hit
		}
		for i, p := range likelinesses {
			if a.Likeliest != themes.NotStated && a.Probability >= p {
				c.least[i]++
				c.leastGood[i] += hit
			}
		}
	}
}

// figures are accuracy, macro-F1, share stated, share of that right, and the last two for each likeliness.
func (c *stanceTally) figures() []float64 {
	right, macro := 0, 0.0
	for _, s := range themes.Stances[:5] {
		right += c.right[s]
		macro += 2 * float64(c.right[s]) / float64(max(1, c.said[s]+c.is[s])) / 5
	}
	share := func(a, b int) float64 { return float64(a) / float64(max(1, b)) }
	out := []float64{share(right, c.all), macro, share(c.stated, c.all), share(c.good, c.stated)}
	for i := range likelinesses {
		out = append(out, share(c.least[i], c.all), share(c.leastGood[i], c.least[i]))
	}
	return out
}

// medians are those of each figure over five draws.
func medians(trials func(seed uint64) []stanceTrial) []float64 {
	var draws [][]float64
	for seed := range uint64(5) {
		c := stanceTally{said: map[themes.Stance]int{}, is: map[themes.Stance]int{}, right: map[themes.Stance]int{}}
		for _, x := range trials(seed + 1) {
			c.add(x)
		}
		draws = append(draws, c.figures())
	}
	out := make([]float64, len(draws[0]))
	for i := range out {
		var v []float64
		for _, d := range draws {
			v = append(v, d[i])
		}
		slices.Sort(v)
		out[i] = v[len(v)/2]
	}
	return out
}

// TestStanceGolden measures stances on the members that nothing was tried on. The gold is language models', and small.
func TestStanceGolden(t *testing.T) {
	g := readStanceGold(t)
	base := themes.NewStanceModel(g.book, g.passages, nil)
	var b strings.Builder
	table := func(title string, trials func(n int, seed uint64) []stanceTrial) {
		fmt.Fprintf(&b, "%s\n  n  accuracy  macro-F1  states  right   stating what is at least so likely: share, right\n", title)
		for _, n := range []int{0, 20, 50} {
			f := medians(func(seed uint64) []stanceTrial { return trials(n, seed) })
			fmt.Fprintf(&b, "%3d  %.2f      %.2f      %.2f    %.2f ", n, f[0], f[1], f[2], f[3])
			for i, p := range likelinesses {
				fmt.Fprintf(&b, "   %.1f: %.2f, %.2f", p, f[4+2*i], f[5+2*i])
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "stances of %d passages and themes; medians of 5 draws of up to n decisions a theme\n\n", len(g.report))
	table("learnt from other members of the same half, that nothing was tried on", func(n int, seed uint64) []stanceTrial { return g.within(base, g.report, n, seed) })
	table("learnt from members that the lexicon was made with", func(n int, seed uint64) []stanceTrial {
		return []stanceTrial{{base.Learn(drawDecisions(g.learn, n, seed)), g.report}}
	})
	const golden = "testdata/stance.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("%s changed (go test ./cmd/collate -run Golden -update writes it anew):\n%s", golden, d)
	}
}
