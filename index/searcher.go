package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// A Result is what a search found.
type Result struct {
	Hits  []Hit // best first; equal scores in the order of their ids
	Total int   // of all hits, also those beyond the limit
}

// A Hit is a passage that answers a query.
type Hit struct {
	ID    string
	Score float64 // BM25; comparable within one Result only
}

// A fieldFilter makes the test of one field on a passage of a state: the number of its part and its number in that.
type fieldFilter func(Field) (func(part int, doc uint32) (bool, error), error)

// search runs a query on one state of the index. A negative limit means all hits; 0 counts only.
func (q *Query) search(ctx context.Context, s *state, keep fieldFilter, limit int) (Result, error) {
	best := ranking{limit: limit}
	total := 0
	err := q.visit(ctx, s, keep, func(i int, doc uint32, score float64) error {
		total++
		if !best.wants(score) {
			return nil
		}
		id, err := s.volumes[i].file.DocID(uint64(doc))
		best.add(Hit{ID: string(id), Score: score})
		return err
	})
	if err != nil {
		return Result{}, err
	}
	return Result{Hits: best.done(), Total: total}, nil
}

// visit calls each for every passage that answers the query, with its score, in no order.
func (q *Query) visit(ctx context.Context, s *state, keep fieldFilter, each func(part int, doc uint32, score float64) error) error {
	f := &finder{ctx: ctx, state: s, keep: keep}
	found, err := f.find(q.root)
	if err != nil {
		return err
	}
	if err := f.tally(found.count()); err != nil {
		return err
	}
	for i := range found {
		docs := found[i].ToArray()
		scores, err := f.score(i, docs)
		if err != nil {
			return err
		}
		for n, doc := range docs {
			if err := each(i, doc, scores[n]); err != nil {
				return err
			}
		}
	}
	return nil
}

// A ranking keeps the best hits, or all of them when the limit is negative.
type ranking struct {
	limit int
	hits  []Hit
	full  bool    // since when only scores from floor on can still get in
	floor float64 // the worst score kept at the last cut
}

func (r *ranking) wants(score float64) bool {
	return r.limit != 0 && (!r.full || score >= r.floor)
}

// add lets the hits grow to twice the limit before it sorts and cuts them.
func (r *ranking) add(h Hit) {
	r.hits = append(r.hits, h)
	if r.limit > 0 && len(r.hits) >= 2*r.limit {
		r.cut()
		r.full, r.floor = true, r.hits[len(r.hits)-1].Score
	}
}

func (r *ranking) cut() {
	slices.SortFunc(r.hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	if r.limit > 0 && len(r.hits) > r.limit {
		r.hits = r.hits[:r.limit]
	}
}

func (r *ranking) done() []Hit {
	r.cut()
	return r.hits
}

// Answers are sets of passages, one for each part of a state. They must not be changed: some are the index's own.
type answers []*roaring.Bitmap

func (f answers) count() (n int) {
	for _, set := range f {
		n += int(set.GetCardinality())
	}
	return n
}

// A finder finds the passages that answer a query: by the stems that bleve's files have of each, and where that does not tell, as with a
// phrase, by a look at the passages' scripts.
type finder struct {
	ctx    context.Context
	state  *state
	keep   fieldFilter
	silent int    // how many NOTs the finder is in
	leaves []leaf // what the score comes from
}

// A leaf is a part of a query that gives passages a score.
type leaf struct {
	stem      string    // "" where there is a tally
	words     []uint32  // of the lexicon, of which any counts
	tally     []tallied // by part; nil where the scripts have to be looked at
	frequent  answers   // the passages that have it
	frequency int       // how many they are
	idf       float64
	only      []answers // the passages where it counts: those that answer the alternatives that it is a part of
}

// Tallied are the passages that have something, and how often.
type tallied struct {
	docs  []uint32
	times []uint16
}

// each asks for the sets of the parts one by one.
func (f *finder) each(set func(i int, p *volume) (*roaring.Bitmap, error)) (answers, error) {
	out := make(answers, len(f.state.volumes))
	for i := range f.state.volumes {
		var err error
		if out[i], err = set(i, &f.state.volumes[i]); err != nil {
			return nil, err
		}
	}
	return out, f.ctx.Err()
}

func (f *finder) find(n node) (answers, error) {
	switch n := n.(type) {
	case all:
		return f.all(n.of)
	case not, Field:
		return f.all([]node{n})
	case either:
		return f.either(n)
	case text:
		switch u, ok := n.words.single(); {
		case ok && u.wild():
			return f.spelt(u.pattern)
		case ok:
			return f.stem(u.stem)
		}
		return f.phrase(n)
	case near:
		return f.near(n)
	case wildcard:
		return f.spelt(n)
	case fuzzy:
		return f.spelt(n)
	}
	return nil, fmt.Errorf("a query with %T in it", n)
}

// all intersects what is asked for, takes away what stands under a NOT, and looks at the fields of what remains only.
func (f *finder) all(of []node) (answers, error) {
	var wanted, unwanted, fields []node
	for _, n := range of {
		inner, negated := n.(not)
		_, isField := n.(Field)
		_, isNoField := inner.of.(Field)
		switch {
		case isField, isNoField:
			fields = append(fields, n)
		case negated:
			unwanted = append(unwanted, inner.of)
		default:
			wanted = append(wanted, n)
		}
	}
	out, err := f.every(wanted)
	if err != nil {
		return nil, err
	}
	if len(unwanted) > 0 {
		f.silent++
		none, err := combine(f, unwanted, roaring.FastOr, f.find)
		f.silent--
		if err != nil {
			return nil, err
		}
		for i := range out {
			out[i] = roaring.AndNot(out[i], none[i])
		}
	}
	for _, n := range fields {
		if out, err = f.field(out, n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// every intersects; of nothing it is all passages.
func (f *finder) every(of []node) (answers, error) {
	if len(of) == 0 {
		return f.each(func(_ int, p *volume) (*roaring.Bitmap, error) { return p.live, nil })
	}
	return combine(f, of, roaring.FastAnd, f.find)
}

// field keeps the passages of which a field or a field under a NOT holds.
func (f *finder) field(of answers, n node) (answers, error) {
	inner, negated := n.(not)
	if negated {
		n = inner.of
	}
	holds := func(int, uint32) (bool, error) { return false, nil }
	if f.keep != nil {
		var err error
		if holds, err = f.keep(n.(Field)); err != nil {
			return nil, err
		}
	}
	return f.each(func(i int, _ *volume) (*roaring.Bitmap, error) {
		var kept []uint32
		for docs := of[i].Iterator(); docs.HasNext(); {
			doc := docs.Next()
			ok, err := holds(i, doc)
			if err != nil {
				return nil, err
			}
			if ok != negated {
				kept = append(kept, doc)
			}
		}
		return roaring.BitmapOf(kept...), nil
	})
}

// either unites. What only a part of an alternative has gives no score.
func (f *finder) either(n either) (answers, error) {
	var each []answers
	for _, c := range n.of {
		before := len(f.leaves)
		found, err := f.find(c)
		if err != nil {
			return nil, err
		}
		switch c.(type) {
		case all, near:
			for i := range f.leaves[before:] {
				f.leaves[before+i].only = append(f.leaves[before+i].only, found)
			}
		}
		each = append(each, found)
	}
	return f.each(func(i int, _ *volume) (*roaring.Bitmap, error) {
		var sets []*roaring.Bitmap
		for _, one := range each {
			sets = append(sets, one[i])
		}
		return roaring.FastOr(sets...), nil
	})
}

// leaf notes what gives a score.
func (f *finder) leaf(l leaf) {
	if f.silent == 0 {
		l.frequency = l.frequent.count()
		l.idf = idf(l.frequency, f.state.passages)
		f.leaves = append(f.leaves, l)
	}
}

// stem finds the passages with a word.
func (f *finder) stem(stem string) (answers, error) {
	out, err := f.each(func(_ int, p *volume) (*roaring.Bitmap, error) { return p.having(stem) })
	if err == nil {
		f.leaf(leaf{stem: stem, words: f.state.lexicon.found(stem), frequent: out})
	}
	return out, err
}

// A spelt stands for words by how they are spelt.
type spelt interface{ matches(fold string) bool }

// spelt finds the passages with any of the words that a pattern or a misspelt word stands for. Where other words have the same stem, the
// scripts tell.
func (f *finder) spelt(like spelt) (answers, error) {
	words, whole, mixed := f.state.lexicon.like(like.matches)
	sure, err := f.anyOf(whole)
	if err != nil {
		return nil, err
	}
	maybe, err := f.anyOf(mixed)
	if err != nil {
		return nil, err
	}
	m := f.state.newMarks()
	m.add(words, 0)
	have := make([]tallied, len(sure))
	out, err := f.each(func(i int, p *volume) (*roaring.Bitmap, error) {
		times := make([]uint16, p.file.Count())
		if err := f.sum(p, whole, times); err != nil {
			return nil, err
		}
		docs, looked, err := f.look(p, maybe[i], m.counter)
		for n, doc := range docs {
			times[doc] = looked[n]
		}
		set := roaring.BitmapOf(docs...)
		set.Or(sure[i])
		have[i] = tallied{docs: set.ToArray()}
		for _, doc := range have[i].docs {
			have[i].times = append(have[i].times, times[doc])
		}
		return set, err
	})
	if err == nil {
		f.leaf(leaf{tally: have, frequent: out})
	}
	return out, err
}

// sum adds up how often each passage of a part has any of the stems, if anything comes of it.
func (f *finder) sum(p *volume, stems []string, times []uint16) error {
	if f.silent > 0 {
		return nil
	}
	for _, stem := range stems {
		t, err := p.times(stem)
		if err != nil {
			return err
		}
		for n, doc := range t.docs {
			times[doc] = uint16(min(int(times[doc])+int(t.times[n]), math.MaxUint16))
		}
	}
	return f.ctx.Err()
}

// anyOf finds the passages with any of the stems.
func (f *finder) anyOf(stems []string) (answers, error) {
	return f.each(func(_ int, p *volume) (*roaring.Bitmap, error) {
		var sets []*roaring.Bitmap
		for _, stem := range stems {
			set, err := p.having(stem)
			if err != nil {
				return nil, err
			}
			sets = append(sets, set)
		}
		return roaring.FastOr(sets...), nil
	})
}

// phrase finds the passages that have all the words of a phrase, and then looks at where they stand.
func (f *finder) phrase(n text) (answers, error) {
	maybe, err := f.steps(n.words)
	if err != nil {
		return nil, err
	}
	p := f.state.newPhrase(n.words)
	have := make([]tallied, len(maybe))
	out, err := f.each(func(i int, part *volume) (set *roaring.Bitmap, err error) {
		have[i].docs, have[i].times, err = f.look(part, maybe[i], p.counter)
		return roaring.BitmapOf(have[i].docs...), err
	})
	if err == nil {
		f.leaf(leaf{tally: have, frequent: out})
	}
	return out, err
}

// steps finds the passages that have a word of each unit.
func (f *finder) steps(words sequence) (answers, error) {
	return combine(f, words, roaring.FastAnd, func(s step) (answers, error) {
		return combine(f, s, roaring.FastOr, func(units []unit) (answers, error) {
			return combine(f, units, roaring.FastAnd, func(u unit) (answers, error) {
				if u.wild() {
					_, whole, part := f.state.lexicon.like(u.pattern.matches)
					return f.anyOf(append(whole, part...))
				}
				return f.each(func(_ int, p *volume) (*roaring.Bitmap, error) { return p.having(u.stem) })
			})
		})
	})
}

func combine[T any](f *finder, of []T, join func(...*roaring.Bitmap) *roaring.Bitmap, each func(T) (answers, error)) (answers, error) {
	var sets []answers
	for _, x := range of {
		set, err := each(x)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return f.each(func(i int, _ *volume) (*roaring.Bitmap, error) {
		var these []*roaring.Bitmap
		for _, set := range sets {
			these = append(these, set[i])
		}
		return join(these...), nil
	})
}

// near finds the passages that have all the operands, and then looks at where they stand.
func (f *finder) near(n near) (answers, error) {
	maybe, err := combine(f, n.of, roaring.FastAnd, f.find)
	if err != nil {
		return nil, err
	}
	plan := f.state.newPlan(n)
	two := newPair(n, plan)
	return f.each(func(i int, p *volume) (*roaring.Bitmap, error) {
		docs, _, err := f.look(p, maybe[i], func() func(script) int {
			h := &hit{plan: plan}
			return func(s script) int {
				holds, sure := false, false
				if two != nil {
					holds, sure = two.holds(s)
				}
				if !sure {
					h.read(s)
					holds = n.holds(h)
				}
				if holds {
					return 1
				}
				return 0
			}
		})
		return roaring.BitmapOf(docs...), err
	})
}
