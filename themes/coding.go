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

	decided int64 // the newest decision of a person in it; 0 when there is none
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

// anchor carries what people decided on passages that no longer count, or that are read in another way now, over to where their words
// stand. What finds no place, or several, is kept and listed: nothing that a person decided is dropped in silence.
func (a *Analysis) anchor(c *codings, s *index.Snapshot) {
	type move struct {
		from, to codingKey
		coding   *Coding
	}
	var moves []move
	order := slices.SortedFunc(maps.Keys(c.passages), func(x, y codingKey) int { return cmp.Compare(c.passages[x].decided, c.passages[y].decided) })
	for _, key := range order {
		coding := c.passages[key]
		if !coding.Confirmed && !coding.StanceConfirmed {
			continue
		}
		if a.theme(key.theme) == nil {
			c.loose = append(c.loose, key)
			continue
		}
		p := s.Found(key.passage, coding.decided)
		switch {
		case p == nil:
			c.loose = append(c.loose, key)
			moves = append(moves, move{from: key})
		case p.ID != key.passage:
			moves = append(moves, move{key, codingKey{p.ID, key.theme}, coding})
		}
	}
	for _, m := range moves { // other words may have its id now, of which only the tool has spoken
		c.passages[m.from] = cmp.Or(c.machine[m.from], &Coding{Stance: NotStated})
	}
	for _, m := range moves { // the newest decision comes last and stands
		if m.coding == nil {
			continue
		}
		if own := c.passages[m.to]; own == nil || own.decided <= m.coding.decided {
			c.passages[m.to] = m.coding
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
	if d.At.After(s.last) && d.Act != index.ActSearch { // a search changes nothing that outputs show
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
			c.decide(d)
			c.Tagged, c.Because, c.Coder, c.Confirmed, c.At = d.Value == "yes", d.Because, d.Coder, person, d.At
		}
	case index.ActStance:
		if !person {
			m := entry(s.machine, key)
			m.Stance, m.StanceWhy = Stance(d.Value), d.Because
		}
		if c := entry(s.passages, key); person || !c.StanceConfirmed {
			c.decide(d)
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

// decide notes how new what people decided in it is.
func (c *Coding) decide(d *index.Decision) {
	if d.Kind == index.ByPerson {
		c.decided = max(c.decided, d.Seq)
	}
}

func entry(m map[codingKey]*Coding, key codingKey) *Coding {
	c := m[key]
	if c == nil {
		c = &Coding{Stance: NotStated}
		m[key] = c
	}
	return c
}
