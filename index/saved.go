package index

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A SavedSearch is a search that is kept in the record under a name, with what it found when it was last run. It is a decision like
// others: who, when, and nothing is overwritten.
type SavedSearch struct {
	Name     string    `json:"name"`
	Query    string    `json:"query"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Passages []string  `json:"passages"` // ids, sorted
}

// savedValue is what a decision holds of a saved search.
type savedValue struct {
	Query    string   `json:"query"`
	Passages []string `json:"passages"`
}

// SaveSearch keeps a search with the passages that it found, under a person's name. An earlier one of the name is taken over; the same
// again records nothing.
func (c *Consultation) SaveSearch(ctx context.Context, name, query string, passages []string, coder string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return fmt.Errorf("saving a search: it needs a name")
	}
	ids := slices.Sorted(slices.Values(passages))
	old, err := c.SavedSearch(ctx, name)
	if err != nil {
		return err
	}
	if old != nil && old.Query == query && slices.Equal(old.Passages, ids) {
		return nil
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActSearch, Subject: name, Value: asJSON(savedValue{query, ids})}})
}

// ForgetSearch takes a saved search off the list, under a person's name.
func (c *Consultation) ForgetSearch(ctx context.Context, name, coder string) error {
	old, err := c.SavedSearch(ctx, name)
	if err != nil {
		return err
	}
	if old == nil {
		return fmt.Errorf("forgetting the search %q: %w", name, ErrNoSubmission)
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActSearch, Subject: name}})
}

// SavedSearch is the saved search of a name, nil when there is none.
func (c *Consultation) SavedSearch(ctx context.Context, name string) (*SavedSearch, error) {
	list, err := c.SavedSearches(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if strings.EqualFold(list[i].Name, strings.TrimSpace(name)) {
			return &list[i], nil
		}
	}
	return nil, nil
}

// SavedSearches are the saved searches as they were last run, by name.
func (c *Consultation) SavedSearches(ctx context.Context) ([]SavedSearch, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT subject, value, coder, at FROM decision WHERE act = ? ORDER BY seq`, ActSearch)
	if err != nil {
		return nil, fmt.Errorf("reading the saved searches: %w", err)
	}
	defer rows.Close()
	byName := map[string]SavedSearch{}
	for rows.Next() {
		var s SavedSearch
		var value, at string
		if err := rows.Scan(&s.Name, &value, &s.By, &at); err != nil {
			return nil, err
		}
		if value == "" {
			delete(byName, strings.ToLower(s.Name))
			continue
		}
		var v savedValue
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			return nil, fmt.Errorf("reading the saved search %q: %w", s.Name, err)
		}
		if s.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, err
		}
		s.Query, s.Passages = v.Query, v.Passages
		byName[strings.ToLower(s.Name)] = s
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b SavedSearch) int { return cmp.Compare(a.Name, b.Name) }), rows.Err()
}

// A Since is what is different from when a search was last run.
type Since struct {
	Name string    `json:"name"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	New  []string  `json:"new"` // ids of passages found now and not then, in the order of the answer
	Gone []Gone    `json:"gone"`
}

// Gone is a passage that a search found last time and does not find any more.
type Gone struct {
	ID        string `json:"id"`
	Reference string `json:"reference,omitempty"` // "" when the record does not have it any more
	Why       string `json:"why"`                 // a sentence
}

// Since compares what a saved search found with what is found now (ids, in order). Words that a member sent again in a new version are
// the same passage here.
func (s *Snapshot) Since(saved *SavedSearch, now []string) *Since {
	out := &Since{Name: saved.Name, By: saved.By, At: saved.At}
	old, is := map[string]bool{}, map[string]bool{}
	words := map[memberWords]bool{}
	for _, id := range saved.Passages {
		old[id] = true
		if p := s.any(id); p != nil {
			words[s.said(p)] = true
		}
	}
	again := map[memberWords]bool{}
	for _, id := range now {
		is[id] = true
		p := s.any(id)
		if p != nil {
			again[s.said(p)] = true
		}
		if !old[id] && (p == nil || !words[s.said(p)]) {
			out.New = append(out.New, id)
		}
	}
	for _, id := range saved.Passages {
		p := s.any(id)
		if is[id] || p != nil && again[s.said(p)] {
			continue
		}
		g := Gone{ID: id, Why: "The record does not have it any more."}
		if p != nil {
			g.Reference, g.Why = s.Reference(p), "The search does not find it any more."
			if why := s.Submission(p).Excluded; why != "" {
				g.Why = "Its document does not count any more. " + why
			}
		}
		out.Gone = append(out.Gone, g)
	}
	return out
}

func (s *Snapshot) said(p *Passage) memberWords {
	return memberWords{s.Submission(p).Member, s.Text(p)}
}
