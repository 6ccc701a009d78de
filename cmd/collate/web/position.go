package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"collate/index"
	"collate/themes"
)

// cellPath is where a cell of the matrix is shown with the matrix around it.
func cellPath(label, theme string) string {
	return "matrix?" + url.Values{"member": {label}, "on": {theme}}.Encode()
}

// position records where a person says that a member stands on a theme, the line that says it, or that it is right as it stands. Where
// somebody decided on it since the form was shown, nothing is recorded, and the form comes back with what was typed.
func (s *Server) position(r *request) error {
	label, theme := r.FormValue("member"), r.FormValue("on")
	name, err := r.in.Labelled(r.ctx(), label)
	if err != nil {
		return err
	}
	newer, err := r.stale(func(d *index.Decision) bool {
		return d.Act == index.ActPosition && d.Subject == name && d.Theme == theme
	})
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		return s.positionOvertaken(r, label, theme, newer[len(newer)-1])
	}
	x := themes.PositionDecision{Stance: themes.Stance(r.FormValue("stance")), Text: strings.TrimSpace(r.FormValue("line")), Condition: strings.TrimSpace(r.FormValue("condition")), Because: r.FormValue("because"), Coder: s.person(r)}
	if x.Stance != themes.Conditions {
		x.Condition = ""
	}
	what, do := fmt.Sprintf("the position of %s on %s", label, theme), func(ctx context.Context) error {
		return r.in.DecidePosition(ctx, name, theme, x)
	}
	if r.FormValue("check") != "" {
		what, do = "a check of "+what, func(ctx context.Context) error {
			return r.in.CheckPosition(ctx, name, theme, s.who(r))
		}
	}
	if err := s.deciding(r, what, cellPath(label, theme), do); err != nil {
		return err
	}
	return r.see(cellPath(label, theme), "Recorded under the name "+s.person(r)+".")
}

// positionOvertaken shows the cell as it stands now, with what was typed in the form.
func (s *Server) positionOvertaken(r *request, label, theme string, last index.Decision) error {
	base, report, err := s.page(r, "Who says what", "Matrix")
	if err != nil {
		return err
	}
	c, err := cellOf(report, label, theme)
	if err != nil {
		return err
	}
	c.page = base
	c.Changed = fmt.Sprintf("%s decided on this position at %s, after you opened it. Nothing of yours was recorded yet: look at both, and save again to put yours in its place.", last.Coder, last.At.Local().Format("15:04"))
	c.Form = cellForm{themes.Stance(r.FormValue("stance")), r.FormValue("line"), r.FormValue("condition"), r.FormValue("because")}
	p := matrixPage{page: base, Themes: overviewsOf(report), Cell: c}
	p.fill(report)
	return s.showAs(r, http.StatusConflict, "matrix", "layout", p)
}
