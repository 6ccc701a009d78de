package index

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/search"
	indexapi "github.com/blevesearch/bleve_index_api"
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
	keep := func(f Field) (func(id string) bool, error) {
		test, place := l.tests[f], l.s.derive().place
		return func(id string) bool { at, ok := place[id]; return ok && test(int(at)) }, nil
	}
	return cache.walk(ctx, l.s, l.rest, keep, l.add)
}

// walk calls each for every passage of s that answers q, in no order.
func (c *Cache) walk(ctx context.Context, s *Snapshot, q *Query, keep fieldFilter, each func(at int32, score float64)) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return ErrCacheClosed
	}
	return guarded(func() (err error) {
		reader, err := readerOf(c.bleve)
		if err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, reader.Close()) }()
		docs, err := reader.DocCount()
		if err != nil || docs == 0 {
			return err
		}
		k := &compiler{ctx: scored(ctx, int(docs)), reader: reader, keep: keep}
		top, err := k.compile(q.root)
		if err != nil {
			k.close()
			return err
		}
		defer top.Close()
		places := c.whereaboutsOf(reader, s, int(docs))
		sctx := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(top.DocumentMatchPoolSize()+1, 0), IndexReader: reader}
		for n := 0; ; n++ {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			d, err := top.Next(sctx)
			if err != nil || d == nil {
				return cmp.Or(k.failed, err)
			}
			at, err := places.of(d.IndexInternalID)
			if err != nil {
				return err
			}
			if at >= 0 { // the others do not count
				each(at, float64(float32(d.Score))) // the order in which scores are added up depends on how files are merged
			}
			sctx.DocumentMatchPool.Put(d)
		}
	})
}

// whereabouts say where in a snapshot the passages of one state of the index stand, by the index's own numbers: asking the index for an id
// and looking that up takes most of the time of a search that finds much. They are filled in as they are asked for.
type whereabouts struct {
	state indexapi.IndexReader // open only while a search runs; between them it serves to know the state by
	s     *Snapshot
	known []int32 // place + 2, 1 for none, 0 for not known yet; read and written atomically
}

// whereaboutsOf are kept for as long as index and snapshot stay what they are. Two searches that both make them make the same.
func (c *Cache) whereaboutsOf(state indexapi.IndexReader, s *Snapshot, docs int) *whereabouts {
	if p := c.whereabouts.Load(); p != nil && p.state == state && p.s == s {
		return p
	}
	p := &whereabouts{state: state, s: s, known: make([]int32, docs)}
	c.whereabouts.Store(p)
	return p
}

// of is the place of a hit, -1 when the snapshot does not count it. The state must be open.
func (p *whereabouts) of(id indexapi.IndexInternalID) (int32, error) {
	n := id.Value()
	if n < uint64(len(p.known)) {
		if k := atomic.LoadInt32(&p.known[n]); k > 0 {
			return k - 2, nil
		}
	}
	name, err := p.state.ExternalID(id)
	if err != nil {
		return -1, err
	}
	at, ok := p.s.derive().place[name]
	if !ok {
		at = -1
	}
	if n < uint64(len(p.known)) { // numbers go beyond where passages were replaced
		atomic.StoreInt32(&p.known[n], at+2)
	}
	return at, nil
}

// scan takes the hits from the record: it reads every passage and matches the query on it, as a rule of the codebook does.
func (c *Consultation) scan(ctx context.Context, l *lookup) error {
	n := l.s.size()
	found := make([]map[string]int, n) // of a hit, how often it has each of the stems that answer
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for at := w; at < n && ctx.Err() == nil; at += workers {
				found[at] = l.read(at)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	l.score(found)
	return nil
}

// read are the stems of a passage that answer the query; nil when it does not.
func (l *lookup) read(at int) map[string]int {
	words := Analyse(l.s.Whole(l.s.at(at)))
	spans, ok := l.rest.MatchFields(words, func(f Field) bool { return l.tests[f](at) })
	if !ok {
		return nil
	}
	stems := map[string]int{}
	for _, span := range spans {
		from, _ := slices.BinarySearchFunc(words.List, span.Start, func(w Word, start int) int { return cmp.Compare(w.Start, start) })
		for _, w := range words.List[from:] {
			if w.Start >= span.End {
				break
			}
			stems[w.Stem]++
		}
	}
	return stems
}

// score ranks what a scan found by BM25. How rare a word is, is counted among the passages found: a scan knows of no others.
func (l *lookup) score(found []map[string]int) {
	frequency := map[string]int{}
	for _, stems := range found {
		for stem := range stems {
			frequency[stem]++
		}
	}
	for at, stems := range found {
		if stems == nil {
			continue
		}
		length := l.s.at(at).Words
		score := 0.0
		for _, stem := range slices.Sorted(maps.Keys(stems)) { // a sum of floats depends on its order
			score += bm25(stems[stem], frequency[stem], len(found), length)
		}
		l.add(int32(at), score)
	}
}

// bm25 is one word's part in a passage's score, with bleve's constants: tf of the word in a passage of length words; frequency passages
// of all have it.
func bm25(tf, frequency, passages, length int) float64 {
	const k1, b = 1.2, 0.75
	idf := math.Log(1 + (float64(passages)-float64(frequency)+0.5)/(float64(frequency)+0.5))
	return idf * float64(tf) * k1 / (float64(tf) + k1*(1-b+b*float64(length)/typicalLength))
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
