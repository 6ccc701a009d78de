package themes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"collate/index"
)

// A PassageDecision is what a person decides about one passage under one theme.
type PassageDecision struct {
	Passage string // its id
	Theme   string // its id
	Tagged  bool
	Stance  Stance // "" leaves the stance as it is
	Coder   string // the person's name
	Because string // a note of the person's, or ""
}

// DecidePassage records a person's decision. No rule overrides it.
func (a *Analysis) DecidePassage(ctx context.Context, d PassageDecision) error {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	switch {
	case s.Passage(d.Passage) == nil:
		return fmt.Errorf("there is no passage %q", d.Passage)
	case a.theme(d.Theme) == nil:
		return fmt.Errorf("there is no theme %q; the themes are %s", d.Theme, a.themeIDs())
	case d.Stance != "" && (d.Stance == Silent || !slices.Contains(Stances, d.Stance)):
		return fmt.Errorf("%q is no stance; write oppose, mixed, conditions, support or \"not stated\"", d.Stance)
	}
	x := index.Decision{Kind: index.ByPerson, Coder: d.Coder, Act: index.ActTheme, Subject: d.Passage, Theme: d.Theme, Value: "no", Because: d.Because}
	if d.Tagged {
		x.Value = "yes"
	}
	decisions := []index.Decision{x}
	if d.Stance != "" {
		x.Act, x.Value = index.ActStance, string(d.Stance)
		decisions = append(decisions, x)
	}
	return a.Decide(ctx, decisions)
}

// A MemberPosition is what a person decides for one member on one theme.
type MemberPosition struct {
	Member, Theme string // the member's name and the theme's id
	PositionDecision
}

// DecidePosition records where a person says that a member stands on a theme, and the line that says it. It keeps what it rests on: all
// passages of the member on the theme, unless Rests says which.
func (a *Analysis) DecidePosition(ctx context.Context, member, theme string, p PositionDecision) error {
	return a.DecidePositions(ctx, []MemberPosition{{member, theme, p}})
}

// DecidePositions is [Analysis.DecidePosition] for several: all are recorded or none.
func (a *Analysis) DecidePositions(ctx context.Context, all []MemberPosition) error {
	b, err := a.standingOf(ctx)
	if err != nil {
		return err
	}
	var decisions []index.Decision
	for _, x := range all {
		if err := a.checkPosition(b, &x); err != nil {
			return err
		}
		if x.Rests == nil {
			r := b.reliance(x.Member, a.theme(x.Theme))
			x.Rests = &r
		}
		value, err := json.Marshal(x.PositionDecision)
		if err != nil {
			return err
		}
		decisions = append(decisions, index.Decision{Kind: index.ByPerson, Coder: x.Coder, Act: index.ActPosition, Subject: x.Member, Theme: x.Theme, Value: string(value), Because: x.Because})
	}
	return a.Decide(ctx, decisions)
}

func (a *Analysis) checkPosition(b *builder, x *MemberPosition) error {
	switch {
	case b.s.Member(x.Member) == nil:
		return fmt.Errorf("there is no member %q", x.Member)
	case a.theme(x.Theme) == nil:
		return fmt.Errorf("there is no theme %q; the themes are %s", x.Theme, a.themeIDs())
	case x.Stance == Silent || !slices.Contains(Stances, x.Stance):
		return fmt.Errorf("%q is no stance; write oppose, mixed, conditions, support or \"not stated\"", x.Stance)
	case x.Condition != "" && x.Stance != Conditions:
		return fmt.Errorf("a condition belongs to the stance %q, not to %q", Conditions, x.Stance)
	}
	return errors.Join(checkText("the text", x.Text), checkText("the condition", x.Condition))
}

// CheckPosition confirms a member's position on a theme as it stands: the stance, and the line, whoever wrote it. A member that does not
// address the theme has none.
func (a *Analysis) CheckPosition(ctx context.Context, member, theme string, by Who) error {
	b, err := a.standingOf(ctx)
	if err != nil {
		return err
	}
	if b.s.Member(member) == nil || a.theme(theme) == nil {
		return a.checkPosition(b, &MemberPosition{Member: member, Theme: theme})
	}
	st := b.stand(member)
	i := slices.IndexFunc(b.Codebook.Themes, func(t Theme) bool { return t.ID == theme })
	if i < 0 || st[i].stance == Silent {
		return fmt.Errorf("%s says nothing on %q: there is no position to confirm", member, theme)
	}
	x := PositionDecision{Stance: st[i].stance, Text: st[i].text, Author: st[i].author, Condition: st[i].named, Checked: true, Coder: by.Coder, Because: by.Because}
	return a.DecidePosition(ctx, member, theme, x)
}

// standingOf is a builder that knows what is coded, for decisions on it.
func (a *Analysis) standingOf(ctx context.Context) (*builder, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	b := &builder{Analysis: a.withoutRetired(), whole: a.Codebook, s: s, state: state.rolledUp(a.Codebook), byMember: map[string][]*index.Passage{}}
	for _, p := range s.Passages {
		member := s.Submission(p).Member
		b.byMember[member] = append(b.byMember[member], p)
	}
	return b, nil
}

func (a *Analysis) theme(id string) *Theme { return a.Codebook.Theme(id) }

func (a *Analysis) themeIDs() string { return strings.Join(a.Codebook.ids(), ", ") }
