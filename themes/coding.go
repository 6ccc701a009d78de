package themes

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"collate/index"
)

// A Coding is what stands of a passage under one theme: the newest decision of a person, or else the newest proposal.
type Coding struct {
	Tagged    bool   // the passage belongs to the theme
	Because   string // the reason of whoever said so
	Coder     string
	Confirmed bool // a person said so
	At        time.Time

	Stance          Stance
	StanceWhy       string
	StanceCoder     string
	StanceConfirmed bool
	StanceAt        time.Time

	seq int64 // of the newest decision in it
}

// codingKey is a passage under a theme.
type codingKey struct{ passage, theme string }

// positionKey is a member on a theme.
type positionKey struct{ member, theme string }

// A PositionDecision is what a person set for a member on a theme.
type PositionDecision struct {
	Stance  Stance    `json:"stance"`
	Text    string    `json:"text,omitempty"` // the person's own line; "" leaves the member's words
	Because string    `json:"-"`              // the person's reason, or ""
	Coder   string    `json:"-"`
	At      time.Time `json:"-"`
}

// codings is the state of all decisions on passages and positions.
type codings struct {
	passages  map[codingKey]*Coding
	machine   map[codingKey]*Coding // the newest machine proposals alone, to know what a new run would change
	positions map[positionKey]PositionDecision
	coders    map[string]bool // people
	loose     []codingKey     // people's decisions that have no place any more; of a position, the member stands for the passage
	last      time.Time       // of the newest decision
}

func (a *Analysis) codings(ctx context.Context, s *index.Snapshot) (*codings, error) {
	c := &codings{passages: map[codingKey]*Coding{}, machine: map[codingKey]*Coding{}, positions: map[positionKey]PositionDecision{}, coders: map[string]bool{}}
	if err := a.Decisions(ctx, c.apply); err != nil {
		return nil, err
	}
	a.anchor(c, s)
	return c, nil
}

// anchor carries what people decided on passages that no longer count (a later version or a newer file took their place)
// over to passages of the same member with the same words. What finds none is kept and listed: nothing that a person decided is
// dropped in silence.
func (a *Analysis) anchor(c *codings, s *index.Snapshot) {
	type place struct{ member, words string }
	now := map[place]*index.Passage{}
	for _, p := range s.Passages {
		now[place{s.Submission(p).Member, s.Text(p)}] = p
	}
	order := slices.SortedFunc(maps.Keys(c.passages), func(x, y codingKey) int { return cmp.Compare(c.passages[x].seq, c.passages[y].seq) })
	carried := map[codingKey]bool{}
	for _, key := range order { // the newest decision comes last and stands
		coding := c.passages[key]
		if !coding.Confirmed && !coding.StanceConfirmed {
			continue
		}
		if a.theme(key.theme) == nil {
			c.loose = append(c.loose, key)
			continue
		}
		if s.Passage(key.passage) != nil {
			continue
		}
		old := s.Left(key.passage)
		if old == nil {
			c.loose = append(c.loose, key)
			continue
		}
		p := now[place{s.Submission(old).Member, s.Text(old)}]
		if p == nil {
			c.loose = append(c.loose, key)
			continue
		}
		to := codingKey{p.ID, key.theme}
		if own := c.passages[to]; own == nil || !own.Confirmed && !own.StanceConfirmed || carried[to] {
			c.passages[to], carried[to] = coding, true
		}
	}
	for key := range c.positions {
		if s.Member(key.member) == nil || a.theme(key.theme) == nil {
			c.loose = append(c.loose, codingKey{key.member, key.theme})
		}
	}
	slices.SortFunc(c.loose, func(x, y codingKey) int {
		return cmp.Or(cmp.Compare(x.passage, y.passage), cmp.Compare(x.theme, y.theme))
	})
}

func (s *codings) apply(d *index.Decision) error {
	if d.At.After(s.last) {
		s.last = d.At
	}
	person := d.Kind == index.ByPerson
	if person && (d.Act == index.ActTheme || d.Act == index.ActStance || d.Act == index.ActPosition) {
		s.coders[d.Coder] = true
	}
	key := codingKey{d.Subject, d.Theme}
	switch d.Act {
	case index.ActTheme:
		if !person {
			m := entry(s.machine, key)
			m.Tagged, m.Because = d.Value == "yes", d.Because
		}
		if c := entry(s.passages, key); person || !c.Confirmed {
			c.seq = max(c.seq, d.Seq)
			c.Tagged, c.Because, c.Coder, c.Confirmed, c.At = d.Value == "yes", d.Because, d.Coder, person, d.At
		}
	case index.ActStance:
		if !person {
			m := entry(s.machine, key)
			m.Stance, m.StanceWhy = Stance(d.Value), d.Because
		}
		if c := entry(s.passages, key); person || !c.StanceConfirmed {
			c.seq = max(c.seq, d.Seq)
			c.Stance, c.StanceWhy, c.StanceCoder, c.StanceConfirmed, c.StanceAt = Stance(d.Value), d.Because, d.Coder, person, d.At
		}
	case index.ActPosition:
		var p PositionDecision
		if err := json.Unmarshal([]byte(d.Value), &p); err != nil {
			return err
		}
		p.Coder, p.At, p.Because = d.Coder, d.At, d.Because
		s.positions[positionKey{d.Subject, d.Theme}] = p
	}
	return nil
}

func entry(m map[codingKey]*Coding, key codingKey) *Coding {
	c := m[key]
	if c == nil {
		c = &Coding{Stance: NotStated}
		m[key] = c
	}
	return c
}
