package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// SearchOptions are what of an answer is wanted. The zero value asks for the counts alone.
type SearchOptions struct {
	Limit   int   // passages to return; all when negative
	Offset  int   // passages to pass over, in the order asked for: page 2 of twenties has 20
	Order   Order // "" is [ByRelevance]
	Diverse bool  // at most one passage of a member in each round of the order, so that no member fills the first page
	Facets  bool  // count what the answer holds by every field
	Silent  bool  // list the members with no passage found
	Context int   // words on each side of a mark in [Found.Lines]; 0 for no lines
	IDs     bool  // list the ids of all passages found, whatever the limit

	Columns []*Column // of fields that the record does not know: theme, stance, checked
	Notes   []string  // what the answer has to say of how the query was read
	Written *Query    // the query before it was widened, of which suggestions speak; nil where it was not

	Synonyms *Synonyms // with which it was widened; nil where it was not

	// Patience is how long a search waits for its index to be brought up to the record before it reads the record itself, passage
	// by passage. 0 waits until it is done; another process that has the index open is never waited for long.
	Patience time.Duration

	// Scan reads the record itself and leaves the index alone: for further pages of an answer that was [Answer.Scanned], which must be in
	// the same order.
	Scan bool
}

// An Answer is what a search found: passages that count, in the order asked for.
type Answer struct {
	Query             string       `json:"query"`    // as it was understood
	Members           int          `json:"members"`  // with at least one passage found
	Answered          int          `json:"answered"` // members with at least one passage that counts
	Passages          int          `json:"passages"` // found in all
	Offset            int          `json:"offset,omitempty"`
	IDs               []string     `json:"ids,omitempty"`        // of all that was found, in order
	Found             []Found      `json:"found"`                // as many as were asked for
	ReferencePassages int          `json:"reference_passages"`   // found in the documents that the members answer; they count nowhere
	References        []Found      `json:"references,omitempty"` // of them, as many as were asked for
	Facets            []Facet      `json:"facets,omitempty"`
	Silent            []string     `json:"silent,omitempty"`  // members that answered and have no passage found
	Missing           []string     `json:"missing,omitempty"` // members of which nothing counts: they sent nothing, or nothing that can be read
	Scanned           bool         `json:"scanned,omitempty"` // the index could not be had in time, and the record was read instead
	Since             *Since       `json:"since,omitempty"`   // of a saved search that was run again: what is different
	Notes             []string     `json:"notes,omitempty"`
	Suggestions       []Suggestion `json:"suggestions,omitempty"` // where nothing was found: why, and what to write instead
}

// Found is one passage that a search found.
type Found struct {
	Passage   *Passage `json:"passage"`
	Member    string   `json:"member"`
	Consent   Consent  `json:"consent"` // how the words may be used: a search shows everything, what is made of it must not
	Name      string   `json:"submission"`
	Place     string   `json:"place"`
	Reference string   `json:"reference"`          // to copy with the words; it warns where they are not free to use
	Headings  []string `json:"headings,omitempty"` // the path of headings that the passage stands under
	Above     string   `json:"above,omitempty"`    // the headings directly above, which are searched with it; exact
	AboveMark []Span   `json:"above_marks,omitempty"`
	Words     string   `json:"words"` // exact, without the headings above
	Marks     []Span   `json:"marks"` // byte ranges of Words that answer the query
	Lines     []Line   `json:"lines,omitempty"`
	Because   []string `json:"because,omitempty"` // of a passage like another: the words that weighed most
	Score     float64  `json:"score"`
}

// Search finds the passages of s that answer q. It brings the index up to the record first; where the index cannot be had, it reads
// the record itself and says so in the notes.
func (c *Consultation) Search(ctx context.Context, s *Snapshot, q *Query, opt SearchOptions) (*Answer, error) {
	l, err := s.look(q, opt)
	if err != nil {
		return nil, err
	}
	if err := c.find(ctx, l); err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	a := l.answer()
	if a.Passages == 0 && a.ReferencePassages == 0 {
		if a.Suggestions, err = c.suggest(ctx, l); err != nil {
			return nil, fmt.Errorf("looking for what was meant: %w", err)
		}
	}
	return a, nil
}

// A lookup is one search on one snapshot.
type lookup struct {
	s       *Snapshot
	query   *Query
	rest    *Query            // without the fields at its top
	except  func(at int) bool // passages to pass over; nil for none
	opt     SearchOptions
	filters []filter
	tests   map[Field]func(at int) bool
	notes   []string
	hits    []candidate
	instead bool // the index cannot be had: the record is read
}

// A candidate is a passage that has the words asked for.
type candidate struct {
	at    int32 // of the snapshot's passages and then its references
	fail  int16 // passes, the one group of filters that it fails, or failsMore
	score float64
}

// What a candidate fails besides a group's number.
const (
	passes    = -1
	failsMore = -2
)

// look makes ready to search. Fields at the top of the query are left out of the search in the index and tested afterwards, so that one
// walk gives the answer and the counts of every facet without its own filter.
func (s *Snapshot) look(q *Query, opt SearchOptions) (*lookup, error) {
	l := &lookup{s: s, query: q, opt: opt, notes: slices.Clone(opt.Notes), tests: map[Field]func(int) bool{}, instead: opt.Scan}
	for _, f := range q.fields {
		if l.tests[f] != nil {
			continue
		}
		make := s.field
		if c := columnOf(opt.Columns, f.Name); c != nil {
			make = c.test
		}
		test, err := make(f)
		if err != nil {
			return nil, err
		}
		l.tests[f] = test
	}
	l.rest, l.filters = q.apart()
	return l, nil
}

// column is the column of a field; nil where it has none.
func (l *lookup) column(name string) *Column { return columnOf(l.columns(), name) }

// columns are those of the caller and those of the record.
func (l *lookup) columns() []*Column { return slices.Concat(l.opt.Columns, l.s.derive().columns) }

// add takes in a passage that has the words.
func (l *lookup) add(at int32, score float64) {
	if l.except != nil && l.except(int(at)) {
		return
	}
	h := candidate{at: at, fail: passes, score: score}
	for _, f := range l.filters {
		if f.group == h.fail || l.holds(f.node, int(at)) {
			continue
		}
		if h.fail != passes {
			h.fail = failsMore
			break
		}
		h.fail = f.group
	}
	if h.fail == passes || h.fail != failsMore && l.opt.Facets {
		l.hits = append(l.hits, h)
	}
}

// answer puts the hits in order and shows as many as were asked for.
func (l *lookup) answer() *Answer {
	d := l.s.derive()
	a := &Answer{Query: l.query.String(), Answered: len(d.answered), Offset: l.opt.Offset, Notes: l.notes, Scanned: l.instead}
	spoke := make([]bool, len(d.member.Values))
	var found, referred []candidate
	for _, h := range l.hits {
		switch {
		case h.fail != passes:
		case int(h.at) >= len(l.s.Passages):
			referred = append(referred, h)
		default:
			found = append(found, h)
			if m := d.who[h.at]; m >= 0 {
				spoke[m] = true
			}
		}
	}
	for _, yes := range spoke {
		if yes {
			a.Members++
		}
	}
	a.Passages, a.ReferencePassages = len(found), len(referred)
	if l.opt.IDs {
		everything := *l
		everything.opt.Limit, everything.opt.Offset = -1, 0
		for _, h := range everything.page(found) {
			a.IDs = append(a.IDs, l.s.at(int(h.at)).ID)
		}
	}
	for _, h := range l.page(found) {
		a.Found = append(a.Found, l.show(h))
	}
	for _, h := range l.page(referred) {
		a.References = append(a.References, l.show(h))
	}
	if l.opt.Facets {
		a.Facets = l.facets()
	}
	if l.opt.Silent {
		a.Silent, a.Missing = l.s.silent(spoke)
	}
	return a
}

// show is a hit with its words and which of them answer the query.
func (l *lookup) show(h candidate) Found {
	p := l.s.at(int(h.at))
	f := l.s.found(p)
	f.Score = h.score
	spans, _ := l.query.MatchFields(Analyse(l.s.Whole(p)), func(x Field) bool { return l.tests[x](int(h.at)) })
	f.mark(spans, p.Body-p.Start)
	if l.opt.Context > 0 {
		f.Lines = f.Concordance(l.opt.Context)
	}
	return f
}

// found is a passage as answers show it, without marks.
func (s *Snapshot) found(p *Passage) Found {
	sub := s.Submission(p)
	return Found{Passage: p, Member: sub.Member, Consent: s.Consent(p), Name: sub.Name, Place: PlaceText(p.Place), Reference: s.Reference(p),
		Headings: p.Place.Headings, Above: strings.TrimSpace(s.Whole(p)[:p.Body-p.Start]), Words: s.Text(p)}
}

// mark sets the marks from spans of the whole passage, whose words begin at body.
func (f *Found) mark(spans []Span, body int) {
	for _, m := range spans {
		switch {
		case m.Start >= body:
			f.Marks = append(f.Marks, Span{m.Start - body, m.End - body})
		case m.End <= len(f.Above):
			f.AboveMark = append(f.AboveMark, m)
		}
	}
}

// silent are the members that answered and did not speak, and those of which nothing counts.
func (s *Snapshot) silent(spoke []bool) (silent, missing []string) {
	d := s.derive()
	has := map[string]bool{}
	for _, m := range d.answered {
		has[d.member.Values[m]] = true
		if !spoke[m] {
			silent = append(silent, d.member.Values[m])
		}
	}
	for _, m := range s.Members {
		if !has[m.Name] {
			missing = append(missing, m.Name)
		}
	}
	return silent, missing
}

// Refresh brings the search index up to the record: it adds what is new, and builds it anew when it is missing, damaged or
// of another state. While another process has it open it returns [ErrCacheBusy], after a short wait the first time and at once from then on.
func (c *Consultation) Refresh(ctx context.Context) error {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	if c.held.Load() {
		return fmt.Errorf("opening the search index: %w", ErrCacheBusy)
	}
	err := c.refresh(ctx)
	if errors.Is(err, ErrCacheBusy) {
		c.held.Store(true)
		c.background.wait.Go(c.watchIndex)
	}
	return err
}

// refresh is Refresh; refreshing is held.
func (c *Consultation) refresh(ctx context.Context) error {
	want, err := c.stamp(ctx)
	if err != nil {
		return err
	}
	cache := c.open()
	if cache == nil {
		cache, err = OpenCache(c.cacheDir(want), Stamp{Consultation: want.Consultation, Generation: want.Generation, Seq: -1, Mapping: want.Mapping})
		switch {
		case errors.Is(err, ErrCacheMissing), errors.Is(err, ErrCacheStale), errors.Is(err, ErrCacheDamaged):
			return c.build(ctx, want)
		case err != nil:
			return fmt.Errorf("opening the search index: %w", err)
		}
		c.use(cache)
	}
	switch have := cache.Stamp(); {
	case have == want:
		return nil
	case have.Seq > want.Seq, have.Generation != want.Generation:
		return c.build(ctx, want)
	default:
		docs, failed := c.documents(ctx, have.Seq)
		if err := cmp.Or(cache.Update(ctx, want, docs, nil), failed()); err != nil {
			return fmt.Errorf("updating the search index: %w", err)
		}
		return nil
	}
}

// watchInterval is how often somebody looks whether the search index is free again: often enough that nobody notices, and it costs nothing.
const watchInterval = time.Second

// watchIndex waits until the search index that another process has open is free again.
func (c *Consultation) watchIndex() {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-c.background.ctx.Done():
			return
		case <-tick.C:
			want, err := c.stamp(c.background.ctx)
			if err == nil && indexHeld(c.cacheDir(want)) {
				continue
			}
			c.held.Store(false) // whatever else is wrong with it, opening it says so
			return
		}
	}
}

// indexHeld reports, without waiting, whether another process has the lock of a search index.
func indexHeld(dir string) bool {
	lock, err := bolt.Open(dir+lockSuffix, 0o600, &bolt.Options{Timeout: time.Nanosecond, NoSync: true})
	if err != nil {
		return errors.Is(err, bolterrors.ErrTimeout)
	}
	return lock.Close() != nil
}

// open is the search index, nil before it has been opened.
func (c *Consultation) open() *Cache {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cache
}

func (c *Consultation) use(cache *Cache) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cache = cache
}

// Rebuild makes the search index anew and says how many passages it holds.
func (c *Consultation) Rebuild(ctx context.Context) (passages int, err error) {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	want, err := c.stamp(ctx)
	if err != nil {
		return 0, err
	}
	if err := c.build(ctx, want); err != nil {
		return 0, err
	}
	err = c.record.read.QueryRowContext(ctx, `SELECT count(*) FROM passage`).Scan(&passages)
	return passages, err
}

// build makes the index anew; refreshing is held. Searches read the record itself meanwhile.
func (c *Consultation) build(ctx context.Context, want Stamp) error {
	if cache := c.open(); cache != nil {
		if err := cache.Close(); err != nil {
			return err
		}
		c.use(nil)
	}
	var total int
	if err := c.record.read.QueryRowContext(ctx, `SELECT count(*) FROM passage`).Scan(&total); err != nil {
		return err
	}
	docs, failed := c.documents(ctx, 0)
	cache, err := BuildCache(ctx, c.cacheDir(want), want, docs, func(done int) { c.opt.Progress(done, total, "making the search index") })
	if err := cmp.Or(err, failed()); err != nil {
		if cache != nil {
			err = errors.Join(err, cache.Close())
		}
		if failed() == nil && ctx.Err() == nil { // the record is well: it is the disk or the folder
			err = fmt.Errorf("%w: %w", ErrCacheNotMade, err)
		}
		return fmt.Errorf("making the search index: %w", err)
	}
	c.use(cache)
	return nil
}

// stamp is the state that the search index should have.
func (c *Consultation) stamp(ctx context.Context) (Stamp, error) {
	s := Stamp{Mapping: cacheMapping()}
	err := c.record.read.QueryRowContext(ctx, `SELECT (SELECT value FROM setting WHERE key = 'id'), (SELECT value FROM setting WHERE key = 'generation'), (SELECT coalesce(max(seq), 0) FROM original)`).Scan(&s.Consultation, &s.Generation, &s.Seq)
	if err != nil {
		return s, fmt.Errorf("reading the record's state: %w", err)
	}
	return s, nil
}

// cacheMapping is worked out once.
var cacheMapping = sync.OnceValue(CacheMapping)

func (c *Consultation) cacheDir(s Stamp) string {
	return filepath.Join(c.opt.CacheDir, s.Consultation, "passages")
}

// documents are the id and text of the passages of originals after seq. failed tells, afterwards, why they ended early.
func (c *Consultation) documents(ctx context.Context, seq int64) (docs iter.Seq2[string, string], failed func() error) {
	var err error
	return func(yield func(id, text string) bool) {
		var originals []int64
		if originals, err = c.originals(ctx, seq); err != nil {
			return
		}
		for _, o := range originals {
			var more bool
			if more, err = c.documentsOf(ctx, o, yield); err != nil || !more {
				return
			}
		}
	}, func() error { return err }
}

func (c *Consultation) originals(ctx context.Context, seq int64) ([]int64, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT seq FROM original WHERE seq > ? ORDER BY seq`, seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

func (c *Consultation) documentsOf(ctx context.Context, original int64, yield func(id, text string) bool) (more bool, err error) {
	var sha, text string
	if err := c.record.read.QueryRowContext(ctx, `SELECT sha, text FROM original WHERE seq = ?`, original).Scan(&sha, &text); err != nil {
		return false, err
	}
	rows, err := c.record.read.QueryContext(ctx, `SELECT id, start, stop FROM passage WHERE sha = ? ORDER BY ordinal`, sha)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var start, stop int
		if err := rows.Scan(&id, &start, &stop); err != nil {
			return false, err
		}
		if start < 0 || stop > len(text) || start > stop {
			return false, fmt.Errorf("%w: passage %s lies outside its text", ErrDamaged, id)
		}
		if !yield(id, text[start:stop]) {
			return false, rows.Err()
		}
	}
	return true, rows.Err()
}
