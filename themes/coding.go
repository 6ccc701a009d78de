package themes

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
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

	Probability float64 // of a machine's suggestion, in steps of .05; 0 when it is not known
	Calibrated  bool    // enough was reviewed for the probability to mean what it says

	Stance          Stance
	StanceWhy       string
	StanceCoder     string
	StanceConfirmed bool
	StanceAt        time.Time

	decided int64 // the newest decision of a person in it; 0 when there is none
	turn    int64 // of a machine's proposal: a later one has a higher turn
}

// codingKey is a passage under a theme.
type codingKey struct{ passage, theme string }

// positionKey is a member on a theme.
type positionKey struct{ member, theme string }

// A PositionDecision is what a person set for a member on a theme.
type PositionDecision struct {
	Stance    Stance    `json:"stance"`              // "" leaves what the passages say, where only a line is written
	Text      string    `json:"text,omitempty"`      // the person's own line; "" leaves the member's words
	Condition string    `json:"condition,omitempty"` // the condition in the person's words; "" leaves the member's
	Checked   bool      `json:"checked,omitempty"`   // it was confirmed as it stood; Author wrote Text
	Author    string    `json:"author,omitempty"`
	Rests     *Reliance `json:"rests,omitempty"` // nil in decisions of collate 0.3 and before
	Because   string    `json:"-"`               // the person's reason, or ""
	Coder     string    `json:"-"`
	At        time.Time `json:"-"`

	seq int64 // the decision's number
}

// codings is the state of all decisions on passages and positions.
type codings struct {
	passages  map[codingKey]*Coding
	machine   map[string]map[codingKey]*Coding // by coder, each machine's own newest proposals: what a new run of it would change
	positions map[positionKey]PositionDecision
	notes     map[codingKey]note       // people's; of a position, the member stands for the passage
	coders    map[string]bool          // people
	loose     []codingKey              // people's decisions that have no place any more; of a position, the member stands for the passage
	last      time.Time                // of the newest decision that outputs show
	seq       int64                    // the newest decision that outputs show
	turns     int64                    // decisions applied
	aim       Aim                      // "" until somebody said how many suggestions are wanted
	sweeps    map[string][]sweepAnswer // by theme, what people decided in recall sweeps, oldest first
	carried   carried
	settings  Settings
	together  together
}

// current is the record as it stands: what was sent, and what is decided of it.
func (a *Analysis) current(ctx context.Context) (*index.Snapshot, *codings, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	state, err := a.codings(ctx, s)
	return s, state, err
}

func (a *Analysis) codings(ctx context.Context, s *index.Snapshot) (*codings, error) {
	c, err := a.fold(ctx, nil)
	if err == nil && len(c.carried.undone) > 0 { // what was undone is read as if it had never been
		c, err = a.fold(ctx, c.carried.undone)
	}
	if err != nil {
		return nil, err
	}
	a.anchor(c, s)
	return c, nil
}

// fold reads all decisions, oldest first, without the carries of the numbers in skip.
func (a *Analysis) fold(ctx context.Context, skip map[int64]bool) (*codings, error) {
	c := &codings{passages: map[codingKey]*Coding{}, machine: map[string]map[codingKey]*Coding{}, positions: map[positionKey]PositionDecision{}, notes: map[codingKey]note{}, coders: map[string]bool{},
		sweeps: map[string][]sweepAnswer{}, carried: newCarried(skip), settings: defaultSettings(), together: newTogether()}
	return c, a.Decisions(ctx, c.apply)
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
		c.passages[m.from] = c.proposed(m.from)
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
	a.anchorNotes(c, s)
	slices.SortFunc(c.loose, func(x, y codingKey) int {
		return cmp.Or(cmp.Compare(x.passage, y.passage), cmp.Compare(x.theme, y.theme))
	})
}

func (s *codings) apply(d *index.Decision) error {
	if !aside(d.Act) {
		s.seq = max(s.seq, d.Seq)
		if d.At.After(s.last) {
			s.last = d.At
		}
	}
	s.turns++
	if err := errors.Join(s.settings.apply(d), s.together.apply(d)); err != nil {
		return err
	}
	switch d.Act {
	case index.ActCarry:
		return s.carry(d)
	case index.ActAim:
		s.aim = Aim(d.Value)
	}
	if d.Act == index.ActNote && d.Kind == index.ByPerson {
		s.note(d)
		return nil
	}
	if d.Act != index.ActTheme && d.Act != index.ActStance && d.Act != index.ActPosition {
		return nil
	}
	key := codingKey{d.Subject, d.Theme}
	if d.Kind != index.ByPerson {
		s.propose(d, key)
		return nil
	}
	s.coders[d.Coder] = true
	if d.Act == index.ActPosition {
		var p PositionDecision
		if d.Value == "" {
			delete(s.positions, positionKey{d.Subject, d.Theme})
			return nil
		}
		if err := json.Unmarshal([]byte(d.Value), &p); err != nil {
			return err
		}
		p.Coder, p.At, p.Because, p.seq = d.Coder, d.At, d.Because, d.Seq
		s.positions[positionKey{d.Subject, d.Theme}] = p
		return nil
	}
	c := entry(s.passages, key)
	c.decided = max(c.decided, d.Seq)
	s.swept(d)
	if d.Value == "" {
		c.withdraw(d.Act, s.proposed(key))
		return nil
	}
	c.set(d)
	return nil
}

// withdraw takes a person's decision back: what the machines propose stands again.
func (c *Coding) withdraw(act string, p *Coding) {
	if act == index.ActStance {
		c.Stance, c.StanceWhy, c.StanceCoder, c.StanceConfirmed, c.StanceAt = p.Stance, p.StanceWhy, p.StanceCoder, false, p.StanceAt
		return
	}
	c.Tagged, c.Probability, c.Calibrated, c.Because, c.Coder, c.Confirmed, c.At = p.Tagged, p.Probability, p.Calibrated, p.Because, p.Coder, false, p.At
}

// aside reports acts that change nothing that outputs show.
func aside(act string) bool {
	return act == index.ActSearch || act == index.ActSynonyms || act == index.ActSample || act == index.ActBlind || act == index.ActAim || act == index.ActOutline
}

// set lays a decision over a coding.
func (c *Coding) set(d *index.Decision) {
	if d.Act == index.ActTheme {
		c.Tagged, c.Probability, c.Calibrated = readTheme(d.Value)
		c.Because, c.Coder, c.Confirmed, c.At = d.Because, d.Coder, d.Kind == index.ByPerson, d.At
		return
	}
	c.Stance, c.StanceWhy, c.StanceCoder, c.StanceConfirmed, c.StanceAt = Stance(d.Value), d.Because, d.Coder, d.Kind == index.ByPerson, d.At
}

// propose notes what a machine says and lays what all machines say together under what people decided.
func (s *codings) propose(d *index.Decision, key codingKey) {
	own := s.machine[d.Coder]
	if own == nil {
		own = map[codingKey]*Coding{}
		s.machine[d.Coder] = own
	}
	m := entry(own, key)
	m.turn = s.turns
	m.set(d)
	c, p := entry(s.passages, key), s.proposed(key)
	if !c.Confirmed {
		c.Tagged, c.Probability, c.Calibrated, c.Because, c.Coder, c.At = p.Tagged, p.Probability, p.Calibrated, p.Because, p.Coder, p.At
	}
	if !c.StanceConfirmed {
		c.Stance, c.StanceWhy, c.StanceCoder, c.StanceAt = p.Stance, p.StanceWhy, p.StanceCoder, p.StanceAt
	}
}

// proposed is what the machines say together. A machine that says no only takes back its own yes, so that neither the rules nor a model
// undo what the other found, run after run. Of several the newest counts, and of their stances the newest that is stated.
func (s *codings) proposed(key codingKey) *Coding {
	var newest, stated *Coding
	for _, own := range s.machine {
		m := own[key]
		if m == nil {
			continue
		}
		if newest == nil || m.Tagged && !newest.Tagged || m.Tagged == newest.Tagged && m.turn > newest.turn {
			newest = m
		}
		if m.Tagged && m.Stance != NotStated && (stated == nil || m.turn > stated.turn) {
			stated = m
		}
	}
	if newest == nil {
		return &Coding{Stance: NotStated}
	}
	out := *newest
	if stated != nil {
		out.Stance, out.StanceWhy, out.StanceCoder, out.StanceAt = stated.Stance, stated.StanceWhy, stated.StanceCoder, stated.StanceAt
	}
	return &out
}

func entry(m map[codingKey]*Coding, key codingKey) *Coding {
	c := m[key]
	if c == nil {
		c = &Coding{Stance: NotStated}
		m[key] = c
	}
	return c
}
