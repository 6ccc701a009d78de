package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	indexapi "github.com/blevesearch/bleve_index_api"
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

// typicalLength is the length of a passage in words that BM25 measures others against. bleve's own estimate depends on
// how its files happen to be merged, which would rank the same record differently on two machines.
const typicalLength = 100

// A fieldFilter makes the test of one field on the id of a passage.
type fieldFilter func(Field) (func(id string) bool, error)

// search runs a query on one state of the index. A negative limit means all hits; 0 counts only.
func (q *Query) search(ctx context.Context, reader indexapi.IndexReader, keep fieldFilter, limit int) (Result, error) {
	docs, err := reader.DocCount()
	if err != nil {
		return Result{}, err
	}
	if docs == 0 {
		return Result{}, nil
	}
	c := &compiler{ctx: scored(ctx, int(docs)), reader: reader, keep: keep}
	top, err := c.compile(q.root)
	if err != nil {
		c.close()
		return Result{}, err
	}
	defer top.Close()
	result, err := collect(ctx, top, reader, limit)
	return result, cmp.Or(c.failed, err)
}

// scored tells bleve's searchers how to score, which bleve.Index.Search otherwise does.
func scored(ctx context.Context, docs int) context.Context {
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return indexapi.BM25Scoring }))
	return context.WithValue(ctx, search.BM25StatsKey, &search.BM25Stats{
		DocCount:         float64(docs),
		FieldCardinality: map[string]int{stemField: docs * typicalLength, exactField: docs * typicalLength},
	})
}

// collect walks through all hits and keeps the best. bleve's collector breaks ties by the order of its files.
func collect(ctx context.Context, top search.Searcher, reader indexapi.IndexReader, limit int) (Result, error) {
	sctx := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(top.DocumentMatchPoolSize()+1, 0),
		IndexReader:       reader,
	}
	best := ranking{limit: limit}
	var total int
	for {
		if total%1024 == 0 && ctx.Err() != nil {
			return Result{}, ctx.Err()
		}
		d, err := top.Next(sctx)
		if err != nil {
			return Result{}, err
		}
		if d == nil {
			return Result{Hits: best.done(), Total: total}, nil
		}
		total++
		score := float64(float32(d.Score)) // the order in which scores are added up depends on how files are merged
		if best.wants(score) {
			id, err := reader.ExternalID(d.IndexInternalID)
			if err != nil {
				return Result{}, err
			}
			best.add(Hit{ID: id, Score: score})
		}
		sctx.DocumentMatchPool.Put(d)
	}
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

// A compiler turns a query into bleve's searchers, without bleve's own query language, which has no brackets.
type compiler struct {
	ctx    context.Context
	reader indexapi.IndexReader
	keep   fieldFilter
	leaves []search.Searcher // to be closed when compiling fails; later the whole tree closes them
	failed error             // from inside a filter, which cannot return one
}

func (c *compiler) close() {
	for _, s := range c.leaves {
		_ = s.Close() // there is an error to report already
	}
}

func (c *compiler) leaf(s search.Searcher, err error) (search.Searcher, error) {
	if err == nil {
		c.leaves = append(c.leaves, s)
	}
	return s, err
}

func (c *compiler) compile(n node) (search.Searcher, error) {
	switch n := n.(type) {
	case all:
		return c.all(n.of)
	case not, Field:
		return c.all([]node{n})
	case either:
		found, err := c.list(n.of)
		if err != nil {
			return nil, err
		}
		return c.any(found)
	case text:
		return c.text(n)
	case near:
		return c.placed(n, n.holds)
	case wildcard:
		return c.spellings(c.expand(n))
	case fuzzy:
		return c.spellings(c.misspellings(n))
	}
	return nil, fmt.Errorf("a query with %T in it", n)
}

func (c *compiler) list(of []node) ([]search.Searcher, error) {
	var out []search.Searcher
	for _, n := range of {
		s, err := c.compile(n)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// all intersects what is asked for, takes away what stands under a NOT, and looks at the fields of what remains only,
// since that needs each passage's id.
func (c *compiler) all(of []node) (search.Searcher, error) {
	var wanted, unwanted []node
	var filters []func(id string) bool
	for _, n := range of {
		filter, err := c.filter(n)
		if err != nil {
			return nil, err
		}
		inner, negated := n.(not)
		switch {
		case filter != nil:
			filters = append(filters, filter)
		case negated:
			unwanted = append(unwanted, inner.of)
		default:
			wanted = append(wanted, n)
		}
	}
	found, err := c.list(wanted)
	if err != nil {
		return nil, err
	}
	s, err := c.every(found)
	if err != nil {
		return nil, err
	}
	if len(unwanted) > 0 {
		if s, err = c.without(s, unwanted); err != nil {
			return nil, err
		}
	}
	if len(filters) > 0 {
		s = c.filtered(s, filters)
	}
	return s, nil
}

// every intersects; of nothing it is all passages.
func (c *compiler) every(found []search.Searcher) (search.Searcher, error) {
	switch len(found) {
	case 0:
		return c.leaf(searcher.NewMatchAllSearcher(c.ctx, c.reader, 1, search.SearcherOptions{}))
	case 1:
		return found[0], nil
	}
	return searcher.NewConjunctionSearcher(c.ctx, c.reader, found, search.SearcherOptions{})
}

// any unites; of nothing it is no passage.
func (c *compiler) any(found []search.Searcher) (search.Searcher, error) {
	switch len(found) {
	case 0:
		return c.leaf(searcher.NewMatchNoneSearcher(c.reader))
	case 1:
		return found[0], nil
	}
	return searcher.NewDisjunctionSearcher(c.ctx, c.reader, found, 1, search.SearcherOptions{})
}

func (c *compiler) without(s search.Searcher, unwanted []node) (search.Searcher, error) {
	found, err := c.list(unwanted)
	if err != nil {
		return nil, err
	}
	out, err := c.any(found)
	if err != nil {
		return nil, err
	}
	return searcher.NewBooleanSearcher(c.ctx, c.reader, s, nil, out, search.SearcherOptions{})
}

// filter is the test for a field or a field under a NOT, nil for any other node.
func (c *compiler) filter(n node) (func(id string) bool, error) {
	negated := false
	if inner, ok := n.(not); ok {
		n, negated = inner.of, true
	}
	f, ok := n.(Field)
	if !ok {
		return nil, nil
	}
	holds := func(string) bool { return false }
	if c.keep != nil {
		var err error
		if holds, err = c.keep(f); err != nil {
			return nil, err
		}
	}
	return func(id string) bool { return holds(id) != negated }, nil
}

func (c *compiler) filtered(s search.Searcher, filters []func(id string) bool) search.Searcher {
	return searcher.NewFilteringSearcher(c.ctx, s, func(sctx *search.SearchContext, d *search.DocumentMatch) bool {
		id, err := sctx.IndexReader.ExternalID(d.IndexInternalID)
		if err != nil {
			c.failed = cmp.Or(c.failed, err)
			return false
		}
		return !slices.ContainsFunc(filters, func(f func(string) bool) bool { return !f(id) })
	})
}

// text finds words that stand one after the other.
func (c *compiler) text(n text) (search.Searcher, error) {
	switch u, ok := n.words.single(); {
	case ok && u.wild():
		return c.spellings(c.expand(u.pattern))
	case ok:
		return c.term(u.stem, search.SearcherOptions{})
	}
	return c.placed(n, func(in places) bool { return len(n.words.reaches(in)) > 0 })
}

// spellings finds passages with any of these words of the index.
func (c *compiler) spellings(folds []string, err error) (search.Searcher, error) {
	if err != nil {
		return nil, err
	}
	if len(folds) == 0 {
		return c.any(nil)
	}
	return c.leaf(searcher.NewMultiTermSearcher(c.ctx, c.reader, folds, exactField, 1, search.SearcherOptions{}, false))
}

// placed finds passages that have all the words of n, and then looks at where they stand. bleve's own phrase search does not
// know how far a joined compound reaches.
func (c *compiler) placed(n node, holds func(places) bool) (search.Searcher, error) {
	s, err := c.placeable(n)
	if err != nil {
		return nil, err
	}
	return searcher.NewFilteringSearcher(c.ctx, s, func(_ *search.SearchContext, d *search.DocumentMatch) bool {
		return holds(hit{d.FieldTermLocations})
	}), nil
}

// placeable finds passages that may have a place of n, with the places of all their stems that may make it up.
func (c *compiler) placeable(n node) (search.Searcher, error) {
	switch n := n.(type) {
	case text:
		return combine(n.words, c.every, c.step)
	case wildcard:
		return c.stems(c.expand(n))
	case fuzzy:
		return c.stems(c.misspellings(n))
	case either:
		return combine(n.of, c.any, c.placeable)
	case near:
		return combine(n.of, c.every, c.placeable)
	}
	return nil, fmt.Errorf("a query with the place of a %T in it", n)
}

// step finds the passages that have all the words of one way to write a step.
func (c *compiler) step(s step) (search.Searcher, error) {
	return combine(s, c.any, func(units []unit) (search.Searcher, error) {
		return combine(units, c.every, func(u unit) (search.Searcher, error) {
			if u.wild() {
				return c.stems(c.expand(u.pattern))
			}
			return c.term(u.stem, search.SearcherOptions{IncludeTermVectors: true})
		})
	})
}

func combine[T any](of []T, join func([]search.Searcher) (search.Searcher, error), each func(T) (search.Searcher, error)) (search.Searcher, error) {
	var found []search.Searcher
	for _, x := range of {
		s, err := each(x)
		if err != nil {
			return nil, err
		}
		found = append(found, s)
	}
	return join(found)
}

func (c *compiler) term(stem string, options search.SearcherOptions) (search.Searcher, error) {
	return c.leaf(searcher.NewTermSearcher(c.ctx, c.reader, stem, stemField, 1, options))
}

// stems finds the places of the stems of words of the index. Other words have these stems too: a [hit] tells them apart.
func (c *compiler) stems(folds []string, err error) (search.Searcher, error) {
	if err != nil {
		return nil, err
	}
	var terms []string
	for _, fold := range folds {
		terms = append(terms, stem(fold))
	}
	slices.Sort(terms)
	if terms = slices.Compact(terms); len(terms) == 0 {
		return c.any(nil)
	}
	return c.leaf(searcher.NewMultiTermSearcher(c.ctx, c.reader, terms, stemField, 1, search.SearcherOptions{IncludeTermVectors: true}, false))
}

// A hit tells where the words of a query stand in a passage of the index.
type hit struct{ at []search.FieldTermLocation }

func (h hit) reaches(stem string) []reach {
	var out []reach
	for i := range h.at {
		if l := &h.at[i]; l.Term == stem && l.Field == stemField {
			out = append(out, reachOf(l))
		}
	}
	return sorted(out)
}

func (h hit) like(wanted func(fold string) bool) []reach {
	var out []reach
	for i := range h.at {
		if l := &h.at[i]; l.Field == stemField && wanted(ending(l.Location.End).of(l.Term)) {
			out = append(out, reachOf(l))
		}
	}
	return sorted(out)
}

func reachOf(l *search.FieldTermLocation) reach {
	first := int(l.Location.Pos) - 1
	return reach{first, first + int(l.Location.Start)}
}

// expand lists the index's words that the pattern stands for.
func (c *compiler) expand(w wildcard) ([]string, error) {
	dict, err := c.reader.FieldDictPrefix(exactField, []byte(w.prefix))
	return wanted(dict, err, w.matches)
}

// misspellings lists the index's words that are like a misspelt one.
func (c *compiler) misspellings(f fuzzy) ([]string, error) {
	reader, ok := c.reader.(indexapi.IndexReaderFuzzy)
	if !ok {
		dict, err := c.reader.FieldDict(exactField)
		return wanted(dict, err, f.matches)
	}
	dict, err := reader.FieldDictFuzzy(exactField, f.word, f.edits, "")
	return wanted(dict, err, f.matches)
}

// wanted are the words of a dictionary that are, once it could be opened.
func wanted(dict indexapi.FieldDict, err error, matches func(fold string) bool) (folds []string, _ error) {
	if err != nil {
		return nil, err
	}
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return folds, cmp.Or(err, dict.Close())
		}
		if matches(entry.Term) {
			folds = append(folds, entry.Term)
		}
	}
}
