package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// How passages like another are found.
const (
	maxTelling = 12 // words of a passage that are looked for
	maxBecause = 4  // words that are given as the reason
)

// A tellingWord is a word that tells a passage from others.
type tellingWord struct {
	stem, fold string
	passages   int // that have it
	weight     float64
}

// Similar finds the passages most like one, best first: by BM25 over the words that tell it best from the others, by tf-idf. What is
// found gives the words that weighed most as its reason. Passages of the same document are left out unless own is set. The error wraps
// [ErrNoSubmission] when there is no such passage.
func (c *Consultation) Similar(ctx context.Context, s *Snapshot, id string, own bool, opt SearchOptions) (*Answer, error) {
	p := s.any(id)
	if p == nil {
		return nil, fmt.Errorf("looking for the passage %q: %w", id, ErrNoSubmission)
	}
	err := c.refreshWithin(ctx, opt.Patience)
	instead := insteadOfIndex(err)
	if err != nil && instead == "" {
		return nil, err
	}
	telling, err := c.telling(ctx, s, p)
	if err != nil {
		return nil, fmt.Errorf("weighing the words of %s: %w", id, err)
	}
	l, err := s.look(anyOf(telling), opt)
	if err != nil {
		return nil, err
	}
	if instead != "" {
		l.instead, l.notes = true, append(l.notes, instead)
	}
	l.except = func(at int) bool { q := s.at(at); return q.ID == id || !own && q.Sha == p.Sha }
	if err := c.find(ctx, l); err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	a := l.answer()
	for i := range a.Found {
		a.Found[i].Because = s.because(a.Found[i].Passage, telling)
	}
	for i := range a.References {
		a.References[i].Because = s.because(a.References[i].Passage, telling)
	}
	return a, nil
}

// telling are the words of a passage that tell it best from the others, the best first. A word that no other passage has finds none.
func (c *Consultation) telling(ctx context.Context, s *Snapshot, p *Passage) ([]tellingWord, error) {
	count, fold := map[string]int{}, map[string]string{}
	for _, w := range Analyse(s.Text(p)).List {
		if count[w.Stem]++; fold[w.Stem] == "" {
			fold[w.Stem] = w.Fold
		}
	}
	frequency, passages, err := c.frequencies(ctx, s, slices.Sorted(maps.Keys(count)))
	if err != nil {
		return nil, err
	}
	var out []tellingWord
	for stem, n := range count {
		if df := frequency[stem]; df > 1 && utf8.RuneCountInString(fold[stem]) > 1 {
			weight := (1 + math.Log(float64(n))) * math.Log(float64(passages+1)/float64(df))
			out = append(out, tellingWord{stem, fold[stem], df, weight})
		}
	}
	slices.SortFunc(out, func(a, b tellingWord) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.stem, b.stem))
	})
	return out[:min(len(out), maxTelling)], nil
}

// frequencies are how many passages have each stem, and how many there are: as the index has them, or else counted.
func (c *Consultation) frequencies(ctx context.Context, s *Snapshot, stems []string) (map[string]int, int, error) {
	if cache := c.open(); cache != nil {
		frequency, passages, err := cache.frequencies(ctx, stems)
		if !errors.Is(err, ErrCacheClosed) {
			return frequency, passages, err
		}
	}
	frequency := map[string]int{}
	for _, p := range s.Passages {
		w := Analyse(s.Whole(p))
		for _, stem := range stems {
			if w.first[stem] != 0 {
				frequency[stem]++
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
	}
	return frequency, len(s.Passages), nil
}

func (c *Cache) frequencies(ctx context.Context, stems []string) (frequency map[string]int, passages int, err error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return nil, 0, ErrCacheClosed
	}
	frequency = make(map[string]int, len(stems))
	err = guarded(func() (err error) {
		state, err := c.shelving.state(c.bleve, c.lexicon)
		if err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, state.Close()) }()
		passages = state.passages
		f := &finder{ctx: ctx, state: state}
		for _, stem := range stems {
			found, err := f.stem(stem)
			if err != nil {
				return err
			}
			frequency[stem] = found.count()
		}
		return nil
	})
	return frequency, passages, err
}

// anyOf finds the passages with any of the words.
func anyOf(telling []tellingWord) *Query {
	var of []node
	for _, w := range telling {
		of = append(of, text{raw: w.fold, words: sequence{step{{unit{stem: w.stem}}}}})
	}
	if len(of) == 1 {
		return &Query{root: of[0]}
	}
	return &Query{root: either{of}}
}

// because are the words that made a passage be found, as it writes them, those that weighed most first.
func (s *Snapshot) because(p *Passage, telling []tellingWord) []string {
	words := Analyse(s.Whole(p))
	mean := float64(len(words.List)) // one passage's words are compared with one another, whatever its length
	type part struct {
		fold  string
		score float64
	}
	var parts []part
	for _, w := range telling {
		n, fold := 0, ""
		for _, x := range words.List {
			if x.Stem == w.stem {
				n++
				fold = cmp.Or(fold, x.Fold)
			}
		}
		if n > 0 {
			parts = append(parts, part{fold, bm25(n, idf(w.passages, len(s.Passages)), len(words.List), mean)})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	var out []string
	for _, x := range parts[:min(len(parts), maxBecause)] {
		out = append(out, x.fold)
	}
	return out
}
