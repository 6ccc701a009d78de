package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// A jointPage is where the consortium stands on one theme: the line with its number, who stands where, who signed, who dissents.
type jointPage struct {
	page
	All     []overviewTheme
	Theme   *overviewTheme
	Sides   []jointSide
	Scale   themes.Scale
	Rule    string
	Members []string // who may sign, as outputs call them
	States  []themes.SignOffState
	Line    string // in the form
	Changed string // what somebody decided since the form was shown
	History []string
}

// A jointSide is the members of one stance with their lines.
type jointSide struct {
	Stance  themes.Stance
	Members []themes.Position
	Silent  []string // of the side that does not address it
}

// jointPath is where a theme's joint position is shown.
func jointPath(theme string) string { return "joint?" + url.Values{"theme": {theme}}.Encode() }

func (s *Server) joint(r *request) error {
	p, err := s.jointOf(r)
	if err != nil {
		return err
	}
	return s.show(r, "joint", "layout", p)
}

func (s *Server) jointOf(r *request) (*jointPage, error) {
	base, report, err := s.page(r, "Joint position", "Joint position")
	if err != nil {
		return nil, err
	}
	p := &jointPage{page: base, All: overviewsOf(report), Scale: report.Scale, Rule: report.Rule.String(), States: themes.SignOffStates}
	if len(p.All) == 0 {
		return p, nil
	}
	id := r.FormValue("theme")
	if id == "" {
		id = p.All[0].ID
	}
	at := slices.IndexFunc(p.All, func(t overviewTheme) bool { return t.ID == id })
	if at < 0 {
		return nil, errNoPage
	}
	p.Theme = &p.All[at]
	p.Title = p.Theme.Name
	p.Line = p.Theme.Joint.Line
	if p.Theme.Joint.State == themes.Suggested {
		p.Line = p.Theme.Joint.Statement
	}
	p.sides(report)
	return p, p.history(r.ctx(), r.in, report)
}

func (p *jointPage) sides(report *themes.Report) {
	for _, st := range themes.Stances {
		side := jointSide{Stance: st}
		for _, m := range report.Members {
			p.addTo(&side, m)
		}
		if len(side.Members)+len(side.Silent) > 0 {
			p.Sides = append(p.Sides, side)
		}
	}
	for _, x := range p.Theme.Joint.SignOffs {
		p.Members = append(p.Members, x.Member)
	}
}

func (p *jointPage) addTo(side *jointSide, m themes.MemberReport) {
	for _, x := range m.Positions {
		if x.ThemeID != p.Theme.ID || x.Stance != side.Stance || m.Passages == 0 {
			continue
		}
		if x.Stance == themes.Silent {
			side.Silent = append(side.Silent, m.Label)
		} else {
			side.Members = append(side.Members, x)
		}
	}
}

// history lists what people decided about the line.
func (p *jointPage) history(ctx context.Context, c *consultation, report *themes.Report) error {
	words := map[string]string{index.ActJoint: "the line", index.ActSignOff: "a sign-off", index.ActRedLine: "a red line"}
	return c.Decisions(ctx, func(d *index.Decision) error {
		if what := words[d.Act]; what != "" && d.Theme == p.Theme.ID {
			line := fmt.Sprintf("%s, %s: %s", d.At.Local().Format("2 January 2006, 15:04"), d.Coder, what)
			if d.Because != "" {
				line += " (" + d.Because + ")"
			}
			p.History = append(p.History, line)
		}
		return nil
	})
}

// decideJoint records a person's line for all members, a check of it as it reads, or brings the drafted one back.
func (s *Server) decideJoint(r *request) error {
	theme, line := r.FormValue("theme"), strings.TrimSpace(r.FormValue("line"))
	newer, err := r.stale(func(d *index.Decision) bool { return d.Act == index.ActJoint && d.Theme == theme })
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		p, err := s.jointOf(r)
		if err != nil {
			return err
		}
		last := newer[len(newer)-1]
		p.Line, p.Changed = line, fmt.Sprintf("%s decided on the line at %s, after you opened it. Nothing of yours was recorded yet: look at both, and save again to put yours in its place.", last.Coder, last.At.Local().Format("15:04"))
		return s.showAs(r, http.StatusConflict, "joint", "layout", p)
	}
	what, do := "the joint line on "+theme, func(ctx context.Context) error { return r.in.EditJoint(ctx, theme, line, s.who(r)) }
	switch r.FormValue("do") {
	case "check":
		what, do = "a check of "+what, func(ctx context.Context) error { return r.in.CheckJoint(ctx, theme, s.who(r)) }
	case "reset":
		what, do = "the drafted line again for "+theme, func(ctx context.Context) error { return r.in.ResetJoint(ctx, theme, s.who(r)) }
	}
	if err := s.deciding(r, what, jointPath(theme), do); err != nil {
		return err
	}
	return r.see(jointPath(theme), "Recorded under the name "+s.person(r)+".")
}

// signOff records what a member says of the joint line, or its red line.
func (s *Server) signOff(r *request) error {
	theme, label := r.FormValue("theme"), r.FormValue("member")
	name, err := r.in.Labelled(r.ctx(), label)
	if err != nil {
		return err
	}
	words := strings.TrimSpace(r.FormValue("note"))
	what, do := "what "+label+" says of the line on "+theme, func(ctx context.Context) error {
		return r.in.SignOff(ctx, name, theme, themes.SignOffState(r.FormValue("state")), words, s.who(r))
	}
	if r.FormValue("state") == "red line" {
		what, do = "the red line of "+label+" on "+theme, func(ctx context.Context) error {
			return r.in.SetRedLine(ctx, name, theme, words, s.who(r))
		}
	}
	if err := s.deciding(r, what, jointPath(theme), do); err != nil {
		return err
	}
	return r.see(jointPath(theme), "Recorded under the name "+s.person(r)+".")
}
