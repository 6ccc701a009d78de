package index

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// find walks through everything that has the words: in the index, or passage by passage where the index cannot be had. A query without
// words needs neither.
func (c *Consultation) find(ctx context.Context, l *lookup) error {
	if a, ok := l.rest.root.(all); ok && len(a.of) == 0 {
		for at := range l.s.size() {
			l.add(int32(at), 1)
		}
		return nil
	}
	if l.instead {
		return c.scan(ctx, l)
	}
	err := c.refreshWithin(ctx, l.opt.Patience)
	if err == nil {
		if err = c.walk(ctx, l); errors.Is(err, ErrCacheDamaged) { // noticed only now
			if _, err = c.Rebuild(ctx); err == nil {
				err = c.walk(ctx, l)
			}
		}
	}
	if why := insteadOfIndex(err); why != "" {
		l.hits, l.notes, l.instead = nil, append(l.notes, why), true
		return c.scan(ctx, l)
	}
	return err
}

// insteadOfIndex says why a search reads the record itself; "" where the error is another's business.
func insteadOfIndex(err error) string {
	switch {
	case errors.Is(err, ErrCacheBusy):
		return "Another collate has the search index open, so the record itself was read, passage by passage; the order by relevance may differ a little."
	case errors.Is(err, ErrCacheReadOnly):
		return "The folder of the search index cannot be written, so the record itself was read, passage by passage; the order by relevance may differ a little."
	case errors.Is(err, errImpatient), errors.Is(err, ErrCacheClosed):
		return "The search index is being brought up to date; until it is, the record itself is read, passage by passage, and the order by relevance may differ a little."
	}
	return ""
}

// walk takes the hits from the index.
func (c *Consultation) walk(ctx context.Context, l *lookup) error {
	cache := c.open()
	if cache == nil {
		return ErrCacheClosed
	}
	l.hits = nil
	return cache.walk(ctx, l.s, l.rest, func(f Field) func(at int) bool { return l.tests[f] }, l.add)
}

// walk calls each for every passage of s that answers q, in no order.
func (c *Cache) walk(ctx context.Context, s *Snapshot, q *Query, keep func(Field) func(at int) bool, each func(at int32, score float64)) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return ErrCacheClosed
	}
	return guarded(func() (err error) {
		state, err := c.shelving.state(c.bleve, c.lexicon)
		if err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, state.Close()) }()
		places := c.whereaboutsOf(state, s)
		filter := func(f Field) (func(part int, doc uint32) (bool, error), error) {
			holds := keep(f)
			return func(part int, doc uint32) (bool, error) {
				at, err := places[part].of(&state.volumes[part], s, doc)
				return at >= 0 && holds(int(at)), err
			}, nil
		}
		return q.visit(ctx, state, filter, func(part int, doc uint32, score float64) error {
			at, err := places[part].of(&state.volumes[part], s, doc)
			if err == nil && at >= 0 { // the others do not count
				each(at, score)
			}
			return err
		})
	})
}

// whereabouts say where in a snapshot the passages of one of bleve's files stand, by the file's own numbers: asking it for an id and
// looking that up takes most of the time of a search that finds much. They are filled in as they are asked for: the place + 2, 1 for none, 0
// for not known yet; read and written atomically.
type whereabouts []int32

// A directory is the whereabouts of all files of a state in one snapshot.
type directory struct {
	s  *Snapshot
	by map[uint64]whereabouts // by the file's number
}

// whereaboutsOf are kept for as long as file and snapshot stay what they are. Two searches that both make them make the same.
func (c *Cache) whereaboutsOf(state *state, s *Snapshot) []whereabouts {
	old := c.directory.Load()
	next := &directory{s, make(map[uint64]whereabouts, len(state.volumes))}
	out := make([]whereabouts, len(state.volumes))
	for i, p := range state.volumes {
		if old != nil && old.s == s {
			out[i] = old.by[p.id]
		}
		if out[i] == nil {
			out[i] = make(whereabouts, len(p.words))
		}
		next.by[p.id] = out[i]
	}
	c.directory.Store(next)
	return out
}

// of is the place of a passage of a part, -1 when the snapshot does not count it.
func (w whereabouts) of(p *volume, s *Snapshot, doc uint32) (int32, error) {
	if k := atomic.LoadInt32(&w[doc]); k > 0 {
		return k - 2, nil
	}
	id, err := p.file.DocID(uint64(doc))
	if err != nil {
		return -1, err
	}
	at, ok := s.derive().place[string(id)]
	if !ok {
		at = -1
	}
	atomic.StoreInt32(&w[doc], at+2)
	return at, nil
}

// scan takes the hits from the record: it reads every passage and matches the query on it, as a rule of the codebook does.
func (c *Consultation) scan(ctx context.Context, l *lookup) error {
	n := l.s.size()
	leaves := leavesOf(l.rest.root)
	read := make([]scanned, n)
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for at := w; at < n && ctx.Err() == nil; at += workers {
				read[at] = l.read(at, leaves)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	l.score(read, leaves)
	return nil
}

// Scanned is what a scan has of one passage.
type scanned struct {
	words int
	found bool
	times []int  // how often it has each leaf; nil when it has none
	out   []bool // the leaves that count for nothing, since the alternative that they are part of has not all that it asks for; nil for none
}

// read looks at one passage.
func (l *lookup) read(at int, leaves []node) scanned {
	words := Analyse(l.s.Whole(l.s.at(at)))
	m := match{words: words, holds: func(f Field) bool { return l.tests[f](at) }}
	r := scanned{words: len(words.List), found: m.matches(l.rest.root)}
	for i, leaf := range leaves {
		if n := timesOf(leaf, placesOf(leaf, words)); n > 0 {
			if r.times == nil {
				r.times = make([]int, len(leaves))
			}
			r.times[i] = n
		}
	}
	if r.found && r.times != nil {
		leaf := 0
		r.out = m.halves(l.rest.root, &leaf, true, nil)
	}
	return r
}

// timesOf is how often a leaf stands in a text with these places of it: a phrase with as many words as it ends with.
func timesOf(leaf node, places []reach) int {
	if t, ok := leaf.(text); ok {
		if _, single := t.words.single(); !single {
			return ends(places)
		}
	}
	return len(places)
}

// score ranks what a scan found by BM25, as the index does.
func (l *lookup) score(read []scanned, leaves []node) {
	frequency, words := make([]int, len(leaves)), 0
	for _, r := range read {
		words += r.words
		for i, n := range r.times {
			if n > 0 {
				frequency[i]++
			}
		}
	}
	mean := float64(words) / float64(max(1, len(read)))
	for at, r := range read {
		if !r.found {
			continue
		}
		score := 0.0
		if len(leaves) == 0 {
			score = 1
		}
		for i, n := range r.times {
			if n > 0 && (i >= len(r.out) || !r.out[i]) {
				score += bm25(n, idf(frequency[i], len(read)), r.words, mean)
			}
		}
		l.add(int32(at), score)
	}
}

// leavesOf are the parts of a query that give passages a score, from left to right: each as if it were one word.
func leavesOf(n node) (out []node) {
	var of []node
	switch n := n.(type) {
	case all:
		of = n.of
	case either:
		of = n.of
	case near:
		of = n.of
	case text, wildcard, fuzzy:
		return []node{n}
	}
	for _, c := range of {
		out = append(out, leavesOf(c)...)
	}
	return out
}

// halves notes the leaves under alternatives that do not hold; leaf is the number of the next one.
func (m *match) halves(n node, leaf *int, counts bool, out []bool) []bool {
	var of []node
	switch n := n.(type) {
	case all:
		of = n.of
	case near:
		of = n.of
	case either:
		for _, c := range n.of {
			_, isAll := c.(all)
			_, isNear := c.(near)
			out = m.halves(c, leaf, counts && (!isAll && !isNear || m.matches(c)), out)
		}
	case text, wildcard, fuzzy:
		if *leaf++; !counts {
			for len(out) < *leaf {
				out = append(out, false)
			}
			out[*leaf-1] = true
		}
	}
	for _, c := range of {
		out = m.halves(c, leaf, counts, out)
	}
	return out
}

// errImpatient is returned by refreshWithin when the index was not ready in time.
var errImpatient = errors.New("the search index is not up to date yet")

// refreshWithin brings the index up to the record, or returns errImpatient after the patience and goes on in the background. Without
// patience it takes as long as it takes.
func (c *Consultation) refreshWithin(ctx context.Context, patience time.Duration) error {
	if patience <= 0 {
		return c.Refresh(ctx)
	}
	done := make(chan error, 1)
	c.background.wait.Go(func() { done <- c.Refresh(c.background.ctx) })
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return errImpatient
	}
}
