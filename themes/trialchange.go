package themes

import (
	"cmp"
	"context"
	"slices"

	"collate/index"
)

// A RulesTrial is what a whole set of rules would do to a theme, before anybody saves it. It is about rules: examples teach what is suggested
// besides, and what that comes to is only seen when it is saved.
type RulesTrial struct {
	Theme string `json:"theme"`
	Name  string `json:"name"`
	// Adds and Loses are how many passages the rules would put on the theme and take off it; Added and Lost are the first of them. Those that a
	// person has decided on are not among them: no rule changes them.
	Adds    int              `json:"adds"`
	Loses   int              `json:"loses"`
	Added   []ChangedPassage `json:"added"`
	Lost    []ChangedPassage `json:"lost"`
	Members int              `json:"members"` // of the passages that change
	Now     RulesScore       `json:"now"`
	Then    RulesScore       `json:"then"`
}

// A RulesScore is how right a set of rules is on the passages that people decided on.
type RulesScore struct {
	Finds    int     `json:"finds"`    // passages, whether or not anybody decided on them
	Reviewed int     `json:"reviewed"` // of them, those that a person decided on
	Right    int     `json:"right"`    // of these, those that the person put on the theme
	Missed   int     `json:"missed"`   // that a person put on the theme and the rules do not find
	Low      float64 `json:"low"`      // what share may be right in truth, see [Wilson]
	High     float64 `json:"high"`
}

// A ChangedPassage is a passage as it may be shown.
type ChangedPassage struct {
	ID       string     `json:"passage"`
	Member   string     `json:"member"`
	Document string     `json:"document"`
	Place    string     `json:"place"`
	Words    string     `json:"words"` // around the first place that a rule finds; "" where they are withheld
	Mark     index.Span `json:"mark"`  // that place in Words; empty where it stands in a heading
	Withheld string     `json:"withheld,omitempty"`
}

// TryTheme says what the rules of a theme would do if it were saved as given: a theme of the codebook by its id, or a new one. What is wrong comes
// back as from [Analysis.ChangeCodebook]. Most is how many passages it lists of those that come and of those that go.
func (a *Analysis) TryTheme(ctx context.Context, t Theme, most int) (*RulesTrial, error) {
	change := Rewrite(t)
	if a.theme(t.ID) == nil {
		change = AddTheme(t)
	}
	c, err := a.changedCodebook(ctx, change)
	if err != nil {
		return nil, err
	}
	if t.ID == "" {
		t.ID = c.book.Themes[len(c.book.Themes)-1].ID
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	trials, err := a.tryBook(ctx, s, state, c.book, most, t.ID)
	if err != nil {
		return nil, err
	}
	return trials[0], nil
}

// A SplitTrial is what splitting a theme would do: what people decided that moves, and what the rules of both would change.
type SplitTrial struct {
	Moves    int         `json:"moves"` // passages that people decided on
	From, To *RulesTrial // the theme that is split, and the new one
}

// TrySplit says what [Analysis.Split] by a query would do.
func (a *Analysis) TrySplit(ctx context.Context, x Split, most int) (*SplitTrial, error) {
	from := a.theme(x.From)
	if from == nil {
		return nil, a.Codebook.noTheme(x.From)
	}
	passages, err := a.splitOff(ctx, &x)
	if err != nil {
		return nil, err
	}
	changes, to := a.splitChanges(&x, from)
	c, err := a.changedCodebook(ctx, changes...)
	if err != nil {
		return nil, err
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	trials, err := a.tryBook(ctx, s, state, c.book, most, x.From, to)
	if err != nil {
		return nil, err
	}
	return &SplitTrial{len(passages), trials[0], trials[1]}, nil
}

// tryBook compares the rules of themes with those that another codebook has for them.
func (a *Analysis) tryBook(ctx context.Context, s *index.Snapshot, state *codings, book *Codebook, most int, ids ...string) ([]*RulesTrial, error) {
	effects := make([][]effect, len(s.Passages))
	err := spread(ctx, len(s.Passages), func(i int) {
		if p := s.Passages[i]; p.Codable() {
			words := index.Analyse(s.Whole(p))
			for _, id := range ids {
				effects[i] = append(effects[i], a.effectOn(id, book, words, p.Body-p.Start))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	b := &builder{Analysis: a.withoutRetired(), s: s, state: state, disclosure: disclose(s)}
	var out []*RulesTrial
	for n, id := range ids {
		t := &RulesTrial{Theme: id, Name: book.Theme(id).Name}
		members := map[string]bool{}
		for i, p := range s.Passages {
			if effects[i] != nil {
				t.count(b, p, effects[i][n], most, members)
			}
		}
		t.Members = len(members)
		t.Now.Low, t.Now.High = Wilson(t.Now.Right, t.Now.Reviewed)
		t.Then.Low, t.Then.High = Wilson(t.Then.Right, t.Then.Reviewed)
		out = append(out, t)
	}
	return out, nil
}

// effectOn is what another codebook's rules of a theme change about one passage whose own words begin at own.
func (a *Analysis) effectOn(id string, book *Codebook, words *index.Words, own int) effect {
	var e effect
	var was, is []index.Span
	if t := a.theme(id); t != nil {
		was, e.before = a.Codebook.match(t, words)
	}
	is, e.after = book.match(book.Theme(id), words)
	for _, m := range slices.Concat(is, was) { // of a passage that goes only the old rules have marks
		if m.Start >= own {
			e.at = index.Span{Start: m.Start - own, End: m.End - own}
			break
		}
	}
	return e
}

func (t *RulesTrial) count(b *builder, p *index.Passage, e effect, most int, members map[string]bool) {
	c := b.state.passages[codingKey{p.ID, t.Theme}]
	decided := c != nil && c.Confirmed
	t.Now.count(e.before, decided, decided && c.Tagged)
	t.Then.count(e.after, decided, decided && c.Tagged)
	if decided || e.before == e.after {
		return
	}
	members[b.s.Submission(p).Member] = true
	n, list := &t.Adds, &t.Added
	if e.before {
		n, list = &t.Loses, &t.Lost
	}
	if *n++; len(*list) < most {
		*list = append(*list, b.changed(p, e.at))
	}
}

func (x *RulesScore) count(finds, decided, on bool) {
	if finds {
		x.Finds++
	}
	switch {
	case finds && decided && on:
		x.Right++
		fallthrough
	case finds && decided:
		x.Reviewed++
	case decided && on:
		x.Missed++
	}
}

// changed is a passage that a trial lists, as it may be shown.
func (b *builder) changed(p *index.Passage, at index.Span) ChangedPassage {
	sub := b.s.Submission(p)
	out := ChangedPassage{ID: p.ID, Member: b.label(sub.Member), Document: b.document(sub)}
	if out.Withheld = b.withheldPassage(p); out.Withheld != "" {
		if b.inConfidence(p) {
			out.Member, out.Document = confidentialPassage, "(document withheld)"
		}
		return out
	}
	out.Place = b.safe(index.PlaceText(p.Place))
	out.Words, out.Mark = clipped(b.s.Text(p), at)
	out.Words = cmp.Or(out.Words, shorten(b.s.Text(p)))
	return out
}
