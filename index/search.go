package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync"
)

// An Answer is what a search found: passages that count, best first.
type Answer struct {
	Query      string  `json:"query"`                // as it was understood
	Members    int     `json:"members"`              // with at least one passage found
	Passages   int     `json:"passages"`             // found in all
	Found      []Found `json:"found"`                // as many as were asked for
	References []Found `json:"references,omitempty"` // in the documents that the members answer; they count nowhere
}

// Found is one passage that a search found.
type Found struct {
	Passage *Passage `json:"passage"`
	Member  string   `json:"member"`
	Consent Consent  `json:"consent"` // how the words may be used: a search shows everything, what is made of it must not
	Name    string   `json:"submission"`
	Place   string   `json:"place"`
	Words   string   `json:"words"` // exact, without the headings above
	Marks   []Span   `json:"marks"` // byte ranges of Words that answer the query
	Score   float64  `json:"score"`
}

// Search finds the passages of s that answer q, at most limit of them (all when negative). Fields that the snapshot does not
// know (theme, stance) are left to more; nil when there are none.
func (c *Consultation) Search(ctx context.Context, s *Snapshot, q *Query, more func(Field) (func(id string) bool, error), limit int) (*Answer, error) {
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	keep := func(f Field) (func(id string) bool, error) {
		if more != nil {
			if test, err := more(f); test != nil || err != nil {
				return test, err
			}
		}
		return s.Field(f)
	}
	found, err := c.cache.Search(ctx, q, keep, -1)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	a := &Answer{Query: q.String()}
	members := map[string]bool{}
	for _, h := range found.Hits {
		p := s.Passage(h.ID)
		if ref := s.Referred(h.ID); ref != nil && (limit < 0 || len(a.References) < limit) {
			a.References = append(a.References, s.found(q, ref, h.Score))
		}
		if p == nil {
			continue // of a submission that is not counted
		}
		a.Passages++
		sub := s.Submission(p)
		members[sub.Member] = true
		if limit < 0 || len(a.Found) < limit {
			a.Found = append(a.Found, s.found(q, p, h.Score))
		}
	}
	a.Members = len(members)
	return a, nil
}

// found is a passage with the words of it that answer the query; those in the headings above are not marked.
func (s *Snapshot) found(q *Query, p *Passage, score float64) Found {
	sub := s.Submission(p)
	f := Found{Passage: p, Member: sub.Member, Consent: s.Consent(p), Name: sub.Name, Place: PlaceText(p.Place), Words: s.Text(p), Score: score}
	spans, _ := q.MatchFields(Analyse(s.Whole(p)), func(Field) bool { return true })
	for _, m := range spans {
		if at := m.Start - (p.Body - p.Start); at >= 0 {
			f.Marks = append(f.Marks, Span{at, m.End - (p.Body - p.Start)})
		}
	}
	return f
}

// Field makes the test of a field that the record itself can answer: member, type, question, format, page, place, words, date, consent.
func (s *Snapshot) Field(f Field) (func(id string) bool, error) {
	value := foldName(f.Value)
	test := func(holds func(p *Passage, sub *Submission) bool) (func(id string) bool, error) {
		return func(id string) bool {
			p := cmp.Or(s.Passage(id), s.Referred(id))
			return p != nil && holds(p, s.Submission(p))
		}, nil
	}
	switch f.Name {
	case "member":
		return test(func(_ *Passage, sub *Submission) bool {
			m := s.Member(sub.Member)
			return strings.Contains(" "+foldName(sub.Member)+" ", " "+value+" ") || m != nil && foldName(m.Short) == value
		})
	case "type":
		return test(func(_ *Passage, sub *Submission) bool {
			m := s.Member(sub.Member)
			return m != nil && strings.Contains(" "+foldName(m.Type)+" ", " "+value+" ")
		})
	case "question":
		return test(func(p *Passage, _ *Submission) bool { return strings.EqualFold(p.Question, f.Value) })
	case "format":
		return test(func(_ *Passage, sub *Submission) bool { return strings.EqualFold(sub.Document.Format, f.Value) })
	case "page", "words":
		in, ok := f.numbers()
		if !ok {
			return nil, f.error(f.fault())
		}
		if f.Name == "words" {
			return test(func(p *Passage, _ *Submission) bool { return in(p.Words) })
		}
		return test(func(p *Passage, _ *Submission) bool { return p.Place.Page > 0 && in(p.Place.Page) })
	case "date":
		in, ok := f.days()
		if !ok {
			return nil, f.error(f.fault())
		}
		return test(func(_ *Passage, sub *Submission) bool { return in(sub.Document.Facts.Date) })
	case "consent":
		consent, ok := f.consent()
		if !ok {
			return nil, f.error(f.fault())
		}
		return test(func(p *Passage, _ *Submission) bool { return s.Consent(p) == consent })
	case "place":
		return test(func(p *Passage, _ *Submission) bool {
			return strings.Contains(" "+foldName(PlaceText(p.Place))+" ", " "+value+" ")
		})
	}
	return nil, f.error(f.Name + ": cannot be searched for here.")
}

// Refresh brings the search index up to the record: it adds what is new, and builds it anew when it is missing, damaged or
// of another state.
func (c *Consultation) Refresh(ctx context.Context) error {
	want, err := c.stamp(ctx)
	if err != nil {
		return err
	}
	if c.cache == nil {
		c.cache, err = OpenCache(c.cacheDir(want), Stamp{Consultation: want.Consultation, Generation: want.Generation, Seq: -1, Mapping: want.Mapping})
		switch {
		case errors.Is(err, ErrCacheMissing), errors.Is(err, ErrCacheStale), errors.Is(err, ErrCacheDamaged):
			return c.build(ctx, want)
		case err != nil:
			return fmt.Errorf("opening the search index: %w", err)
		}
	}
	switch have := c.cache.Stamp(); {
	case have == want:
		return nil
	case have.Seq > want.Seq, have.Generation != want.Generation:
		return c.build(ctx, want)
	default:
		docs, failed := c.documents(ctx, have.Seq)
		if err := cmp.Or(c.cache.Update(ctx, want, docs, nil), failed()); err != nil {
			return fmt.Errorf("updating the search index: %w", err)
		}
		return nil
	}
}

// Rebuild makes the search index anew and says how many passages it holds.
func (c *Consultation) Rebuild(ctx context.Context) (passages int, err error) {
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

func (c *Consultation) build(ctx context.Context, want Stamp) error {
	if c.cache != nil {
		if err := c.cache.Close(); err != nil {
			return err
		}
		c.cache = nil
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
		return fmt.Errorf("making the search index: %w", err)
	}
	c.cache = cache
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
