package themes

import (
	"context"
	"fmt"
)

const (
	// wantedExamples is how many examples a theme should have: ten of them are worth more to the suggestions than a hundred coded
	// passages, as measured.
	wantedExamples = 10
	// catchAll is the share of all passages from which on a theme tells nothing apart.
	catchAll = 0.6
)

// A ThemeCount is a theme in the tree with what is coded on it.
type ThemeCount struct {
	Theme    string     `json:"theme"`
	Name     string     `json:"name"`
	Parent   string     `json:"parent,omitempty"`
	Depth    int        `json:"depth"`
	Colour   string     `json:"colour"`
	State    ThemeState `json:"state"`
	Merged   string     `json:"merged_into,omitempty"` // the theme that it was merged into
	Members  int        `json:"members"`               // with a passage on it or on a theme under it
	Passages int        `json:"passages"`              // on it or on a theme under it
	Checked  int        `json:"checked"`               // of the passages, those that a person decided on
	Refused  int        `json:"refused"`               // passages that a person took off it
	Rules    int        `json:"rules"`
	Examples int        `json:"examples"`
	Warnings []string   `json:"warnings,omitempty"` // sentences
}

// ThemeCounts lists every theme, in the order of the tree, with its counts and with what is to be mended on it.
func (a *Analysis) ThemeCounts(ctx context.Context) ([]ThemeCount, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	merged := state.carried.merged
	state = state.rolledUp(a.Codebook)
	colours := a.Codebook.Colours()
	var out []ThemeCount
	for _, t := range a.Codebook.Tree() {
		x := ThemeCount{Theme: t.ID, Name: t.Name, Parent: t.Parent, Depth: t.Depth, Colour: colours[t.ID], State: t.State, Merged: merged[t.ID].into, Rules: len(t.Any) + len(t.None), Examples: len(t.Examples)}
		members := map[string]bool{}
		for _, p := range s.Passages {
			c := state.passages[codingKey{p.ID, t.ID}]
			switch {
			case c == nil:
			case c.Tagged:
				x.Passages++
				members[s.Submission(p).Member] = true
				if c.Confirmed || c.StanceConfirmed {
					x.Checked++
				}
			case c.Confirmed:
				x.Refused++
			}
		}
		x.Members = len(members)
		x.Warnings = a.Codebook.warnings(t.Theme, x.Passages, len(s.Passages))
		out = append(out, x)
	}
	return out, nil
}

// warnings are what is to be mended on a theme that n of all passages are on.
func (b *Codebook) warnings(t *Theme, n, all int) []string {
	if t.State == ThemeRetired {
		return nil
	}
	out := b.Lacks(t.ID)
	switch {
	case b.groups(t.ID) || all == 0:
	case n == 0:
		out = append(out, "No passage is on it. Try a rule with: collate themes try "+t.ID)
	case float64(n) > catchAll*float64(all):
		out = append(out, fmt.Sprintf("%d of all %d passages are on it: it tells little apart. Split it with: collate themes split %s", n, all, t.ID))
	}
	return out
}

// groups reports whether a theme has active ones under it: what it lacks itself, they may have.
func (b *Codebook) groups(id string) bool {
	for _, below := range b.Below(id) {
		if b.Theme(below).State != ThemeRetired {
			return true
		}
	}
	return false
}

// Lacks are sentences on what a theme lacks, whatever is coded on it.
func (b *Codebook) Lacks(id string) []string {
	t := b.Theme(id)
	if t == nil || t.State == ThemeRetired || b.groups(id) {
		return nil
	}
	if len(t.Any) == 0 && len(t.Examples) == 0 {
		return []string{"It has neither rules nor examples, so nothing can be proposed on it."}
	}
	return nil
}

// FewExamples are the active themes with fewer than ten examples, as "timelines 3". Those that only group others are not among them.
func (b *Codebook) FewExamples() []string {
	var out []string
	for _, t := range b.Tree() {
		if n := len(t.Examples); n < wantedExamples && t.State != ThemeRetired && !b.groups(t.ID) {
			out = append(out, fmt.Sprintf("%s %d", t.ID, n))
		}
	}
	return out
}
