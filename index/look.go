package index

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Marks say of every word of a lexicon which of a few things it is one of.
type marks struct {
	kinds []uint32 // by word: 0 for none of them, or the place in sets
	sets  [][]int  // of things
}

func (s *state) newMarks() *marks {
	return &marks{kinds: make([]uint32, s.lexicon.size()), sets: [][]int{nil}}
}

// add makes words be thing, which is one more than or the same as that of the last call. Words with the same things share their set.
func (m *marks) add(words []uint32, thing int) {
	grown := map[uint32]uint32{}
	for _, id := range words {
		kind := m.kinds[id]
		set := m.sets[kind]
		if len(set) > 0 && set[len(set)-1] == thing {
			continue
		}
		next, ok := grown[kind]
		if !ok {
			next = uint32(len(m.sets))
			m.sets = append(m.sets, append(slices.Clone(set), thing))
			grown[kind] = next
		}
		m.kinds[id] = next
	}
}

// counter makes what counts the words with a mark in a script.
func (m *marks) counter() func(script) int {
	times := make([]int, 1)
	return func(s script) int {
		times[0] = 0
		m.count(s, times)
		return times[0]
	}
}

// lookAlone is how many passages one goroutine looks at before it is worth to start others.
const lookAlone = 2_000

// inParallel cuts n pieces of work into runs and does them on all processors, guarded.
func inParallel(n int, do func(from, to int) error) error {
	runs := min(runtime.GOMAXPROCS(0), n/lookAlone+1)
	errs := make([]error, runs)
	var wait sync.WaitGroup
	for i := range runs {
		run := func() { errs[i] = guarded(func() error { return do(i*n/runs, (i+1)*n/runs) }) }
		if i == runs-1 {
			run()
			break
		}
		wait.Go(run)
	}
	wait.Wait()
	return cmp.Or(errs...)
}

// look keeps the passages of a part whose scripts have something, and tells how often each has it. counter makes what counts it, for one
// goroutine.
func (f *finder) look(p *volume, maybe *roaring.Bitmap, counter func() func(script) int) (docs []uint32, times []uint16, err error) {
	docs = maybe.ToArray()
	times = make([]uint16, len(docs))
	err = inParallel(len(docs), func(from, to int) error {
		count := counter()
		for i := from; i < to; i++ {
			if i%1024 == 0 && f.ctx.Err() != nil {
				return f.ctx.Err()
			}
			times[i] = uint16(min(count(p.script(docs[i])), math.MaxUint16))
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	n := 0
	for i, t := range times {
		if t > 0 {
			docs[n], times[n] = docs[i], t
			n++
		}
	}
	return docs[:n], times[:n], nil
}

// lookCost is how much longer it takes to look at a script than to read from bleve's files how often a passage has a stem.
const lookCost = 6

// tally reads how often the passages have each stem, where that is quicker than to look at the scripts of so many that are found.
func (f *finder) tally(found int) error {
	reads := 0
	for i := range f.leaves {
		if l := &f.leaves[i]; l.tally == nil {
			reads += l.frequency
		}
	}
	if reads > lookCost*found {
		return nil
	}
	for i := range f.leaves {
		l := &f.leaves[i]
		if l.tally != nil {
			continue
		}
		l.tally = make([]tallied, len(f.state.volumes))
		for v := range f.state.volumes {
			var err error
			if l.tally[v], err = f.state.volumes[v].times(l.stem); err != nil {
				return err
			}
		}
	}
	return f.ctx.Err()
}

// score ranks passages of a part by BM25, each leaf of the query as if it were one word.
func (f *finder) score(i int, docs []uint32) ([]float64, error) {
	scores := make([]float64, len(docs))
	if len(f.leaves) == 0 {
		for n := range scores {
			scores[n] = 1
		}
		return scores, nil
	}
	m, scripts := f.state.newMarks(), false
	for l := range f.leaves {
		if f.leaves[l].tally == nil {
			m.add(f.leaves[l].words, l)
			scripts = true
		}
	}
	p, mean := &f.state.volumes[i], f.state.length()
	err := inParallel(len(docs), func(from, to int) error {
		times, at := make([]int, len(f.leaves)), make([]int, len(f.leaves))
		for n := from; n < to; n++ {
			if n%1024 == 0 && f.ctx.Err() != nil {
				return f.ctx.Err()
			}
			clear(times)
			if scripts {
				m.count(p.script(docs[n]), times)
			}
			for l := range f.leaves {
				leaf := &f.leaves[l]
				if leaf.tally != nil {
					times[l] = leaf.tally[i].next(docs[n], &at[l])
				}
				if times[l] > 0 && leaf.counts(i, docs[n]) {
					scores[n] += bm25(times[l], leaf.idf, int(p.words[docs[n]]), mean)
				}
			}
		}
		return nil
	})
	return scores, err
}

// count adds up how often each thing stands in a script.
func (m *marks) count(s script, times []int) {
	for i := 0; i < len(s); {
		id, size := uint32(s[i]), 1
		if id == 0 {
			i += 2
			continue
		} else if id >= twoBytes {
			id, size = s[i:].next()
		}
		i += size
		if kind := m.kinds[id]; kind != 0 {
			for _, thing := range m.sets[kind] {
				times[thing]++
			}
		}
	}
}

// next is how often a passage has it. at, which starts at 0, is where the passage before it was found.
func (c tallied) next(doc uint32, at *int) int {
	if *at == 0 {
		*at, _ = slices.BinarySearch(c.docs, doc)
	}
	for *at < len(c.docs) && c.docs[*at] < doc {
		*at++
	}
	if *at < len(c.docs) && c.docs[*at] == doc {
		return int(c.times[*at])
	}
	return 0
}

// counts reports whether the leaf counts for a passage.
func (l *leaf) counts(part int, doc uint32) bool {
	return !slices.ContainsFunc(l.only, func(set answers) bool { return !set[part].Contains(doc) })
}

// bm25 is one word's part in a passage's score: tf of the word in a passage of length words, where passages have mean words in the mean.
func bm25(tf int, idf float64, length int, mean float64) float64 {
	const k1, b = 1.2, 0.75
	return idf * float64(tf) * k1 / (float64(tf) + k1*(1-b+b*float64(length)/mean))
}

// idf says how rare a word is that so many of all passages have.
func idf(frequency, passages int) float64 {
	return math.Log(1 + (float64(passages)-float64(frequency)+0.5)/(float64(frequency)+0.5))
}

// A plan says which words of a query have to be looked for in a script to tell where the query's parts stand.
type plan struct {
	marks    *marks
	stems    map[string]int
	spelt    map[spelt]int
	lexicon  *lexicon
	compound bool // some of the words may be joined from others
}

func (s *state) newPlan(n node) *plan {
	p := &plan{marks: s.newMarks(), stems: map[string]int{}, spelt: map[spelt]int{}, lexicon: s.lexicon}
	p.addNode(n)
	return p
}

func (p *plan) addNode(n node) {
	switch n := n.(type) {
	case text:
		p.addSequence(n.words)
	case wildcard:
		p.addSpelling(n)
	case fuzzy:
		p.addSpelling(n)
	case either:
		for _, c := range n.of {
			p.addNode(c)
		}
	case near:
		for _, c := range n.of {
			p.addNode(c)
		}
	}
}

func (p *plan) addSequence(words sequence) {
	for _, s := range words {
		for _, units := range s {
			for _, u := range units {
				if u.wild() {
					p.addSpelling(u.pattern)
				} else {
					p.addStem(u.stem)
				}
			}
		}
	}
}

func (p *plan) things() int { return len(p.stems) + len(p.spelt) }

func (p *plan) addStem(stem string) {
	if _, ok := p.stems[stem]; !ok {
		n := p.things()
		p.stems[stem] = n
		p.marks.add(p.lexicon.found(stem), n)
	}
}

func (p *plan) addSpelling(like spelt) {
	if _, ok := p.spelt[like]; !ok {
		n := p.things()
		p.spelt[like] = n
		words, _, _ := p.lexicon.like(like.matches)
		p.marks.add(words, n)
	}
}

// A hit tells where the words of a plan stand in a script. It serves one goroutine.
type hit struct {
	plan    *plan
	places  []place // sorted
	reached []reach // what was told since the last script, one after the other: room for it is made once
}

// A place is where a word of the plan stands, and what it is.
type place struct {
	reach
	things []int
}

// read finds the places.
func (h *hit) read(s script) {
	h.places, h.reached = h.places[:0], h.reached[:0]
	m, joined := h.plan.marks, false
	for at := 0; len(s) > 0; {
		id, size := s.next()
		s = s[size:]
		parts := 1
		if id == 0 {
			parts = int(s[0])
			id, size = s[1:].next()
			s = s[1+size:]
		}
		if kind := m.kinds[id]; kind != 0 {
			h.places = append(h.places, place{reach{at, at + parts - 1}, m.sets[kind]})
			joined = joined || parts > 1
		}
		if parts == 1 {
			at++
		}
	}
	if joined {
		slices.SortFunc(h.places, func(a, b place) int { return a.compare(b.reach) })
	}
}

func (h *hit) reaches(stem string) []reach { return h.of(h.plan.stems[stem]) }

func (h *hit) like(like spelt) []reach { return h.of(h.plan.spelt[like]) }

func (h *hit) of(thing int) []reach {
	start := len(h.reached)
	for i := range h.places {
		if slices.Contains(h.places[i].things, thing) {
			h.reached = append(h.reached, h.places[i].reach)
		}
	}
	return h.reached[start:len(h.reached):len(h.reached)]
}
