package themes

import (
	"context"
	"encoding/json"
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

// DecidePosition records where a person says that a member stands on a theme, and the line that says it.
func (a *Analysis) DecidePosition(ctx context.Context, member, theme string, p PositionDecision) error {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	switch {
	case s.Member(member) == nil:
		return fmt.Errorf("there is no member %q", member)
	case a.theme(theme) == nil:
		return fmt.Errorf("there is no theme %q; the themes are %s", theme, a.themeIDs())
	case p.Stance == Silent || !slices.Contains(Stances, p.Stance):
		return fmt.Errorf("%q is no stance; write oppose, mixed, conditions, support or \"not stated\"", p.Stance)
	}
	value, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return a.Decide(ctx, []index.Decision{{Kind: index.ByPerson, Coder: p.Coder, Act: index.ActPosition, Subject: member, Theme: theme, Value: string(value), Because: p.Because}})
}

func (a *Analysis) theme(id string) *Theme { return a.Codebook.Theme(id) }

func (a *Analysis) themeIDs() string { return strings.Join(a.Codebook.ids(), ", ") }
