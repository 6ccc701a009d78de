package web

import (
	"cmp"
	"fmt"
	"slices"

	"collate/themes"
)

// An overviewPage says where the members stand, and what can be said together.
type overviewPage struct {
	page
	Counts themes.Counts
	Themes []overviewTheme // in the codebook's order
	Groups []overviewGroup // by outcome
	Chart  *chart
	Scale  themes.Scale
	Rule   string
	Notes  []string
}

// An overviewTheme is a theme with its counts of members.
type overviewTheme struct {
	themes.ThemeReport
	Cells []overviewCell // one a stance, in the order of themes.Stances
}

// An overviewCell is a count of members and how many of them people confirmed.
type overviewCell struct {
	Stance           themes.Stance
	Count, Confirmed int
}

// An overviewGroup is the themes of one outcome.
type overviewGroup struct {
	Outcome themes.Outcome
	What    string // it means for a draft
	Themes  []overviewTheme
}

// meaning says what an outcome means for whoever drafts.
var meaning = []struct {
	outcome themes.Outcome
	what    string
}{
	{themes.CommonGround, "Can be said for all, with its number"},
	{themes.CommonGroundConditions, "Can be said with the conditions named"},
	{themes.Divided, "Needs a conversation before drafting"},
	{themes.ThinEvidence, "Too few positions to speak for all"},
}

func (s *Server) overview(r *request) error {
	base, report, err := s.page(r, "Where members stand", "Overview")
	if err != nil {
		return err
	}
	p := overviewPage{page: base, Themes: overviewsOf(report), Counts: report.Counts, Scale: report.Scale, Rule: report.Rule.String(), Notes: report.Notes}
	for _, m := range meaning {
		g := overviewGroup{Outcome: m.outcome, What: m.what}
		for _, t := range p.Themes {
			if t.Joint.Outcome == m.outcome {
				g.Themes = append(g.Themes, t)
			}
		}
		if len(g.Themes) > 0 {
			slices.SortStableFunc(g.Themes, func(a, b overviewTheme) int { return cmp.Compare(b.Joint.Took, a.Joint.Took) })
			p.Groups = append(p.Groups, g)
		}
	}
	p.Chart = newChart(p.Themes)
	return s.show(r, "overview", "layout", p)
}

func overviewsOf(report *themes.Report) []overviewTheme {
	var out []overviewTheme
	for _, t := range report.Themes {
		x := overviewTheme{ThemeReport: t}
		for _, st := range themes.Stances {
			x.Cells = append(x.Cells, overviewCell{st, len(t.Joint.Names[st]), t.Joint.Confirmed[st]})
		}
		out = append(out, x)
	}
	return out
}

// Common reports whether the theme is common ground, so that a side can be shown for all.
func (t *overviewTheme) Common() bool {
	return t.Joint.Outcome == themes.CommonGround || t.Joint.Outcome == themes.CommonGroundConditions
}

// Count is how many members have a stance.
func (t *overviewTheme) Count(s themes.Stance) int { return len(t.Joint.Names[s]) }

// Short is the counts in a few words.
func (t *overviewTheme) Short() string {
	out := fmt.Sprintf("%d in favour", t.Count(themes.Support)+t.Count(themes.Conditions))
	if n := t.Count(themes.Conditions); n > 0 {
		out += fmt.Sprintf(" (%d with conditions)", n)
	}
	out += fmt.Sprintf(", %d against", t.Count(themes.Oppose))
	if n := t.Count(themes.Mixed); n > 0 {
		out += fmt.Sprintf(", %d mixed", n)
	}
	return out + fmt.Sprintf("; %d of the %d that address it without a plain position.", t.Count(themes.NotStated), t.Joint.Addressed)
}
