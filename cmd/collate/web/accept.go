package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"collate/index"
	"collate/themes"
)

// An acceptPage lists the suggestions on a theme from a probability on, so that they can be confirmed at once after a look.
type acceptPage struct {
	page
	All        []themes.Theme
	Theme      string
	Least      int // in a hundred
	Calibrated bool
	Passages   []themes.ReviewPassage
}

// mostAccepted is how many suggestions are confirmed at once: as many as somebody may have looked at.
const mostAccepted = 100

func (s *Server) accept(r *request) error {
	base, x, err := s.plain(r, "Accept in bulk", "Review")
	if err != nil {
		return err
	}
	p := acceptPage{page: base, All: x.Themes(), Theme: r.FormValue("theme"), Least: 90}
	if n, err := strconv.Atoi(r.FormValue("least")); err == nil && n >= 0 && n <= 100 {
		p.Least = n
	}
	if p.Theme != "" {
		got, err := r.in.Review(r.ctx(), themes.ReviewOptions{Theme: p.Theme})
		if err != nil {
			return err
		}
		p.Calibrated = got.Progress.Calibrated
		for _, x := range got.Passages {
			if on := onTheme(&x, p.Theme); on != nil && on.Probability*100 >= float64(p.Least)-.5 && len(p.Passages) < mostAccepted {
				p.Passages = append(p.Passages, x)
			}
		}
	}
	return s.show(r, "accept", "layout", p)
}

func onTheme(p *themes.ReviewPassage, theme string) *themes.ReviewTheme {
	for i := range p.Themes {
		if p.Themes[i].Theme == theme {
			return &p.Themes[i]
		}
	}
	return nil
}

// acceptAll confirms the suggestions that were ticked. What somebody decided since the list was shown is left as it is.
func (s *Server) acceptAll(r *request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	theme, who := r.FormValue("theme"), s.person(r)
	seen, _ := strconv.ParseInt(r.FormValue("seen"), 10, 64)
	newer, err := r.in.newer(r.ctx(), seen, func(d *index.Decision) bool { return d.Act == index.ActTheme && d.Theme == theme })
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, d := range newer {
		taken[d.Subject] = true
	}
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	var yes, undo []index.Decision
	for _, id := range r.PostForm["passage"] {
		if taken[id] || x.Passage(id) == nil {
			continue
		}
		d := index.Decision{Kind: index.ByPerson, Coder: who, Act: index.ActTheme, Subject: id, Theme: theme, Value: "yes", Because: "accepted in bulk"}
		yes = append(yes, d)
		d.Value, d.Because = "", "undone"
		undo = append(undo, d)
	}
	if r.in.Codebook.Theme(theme) == nil {
		return errNoPage
	}
	page := "accept?theme=" + url.QueryEscape(theme)
	if len(yes) == 0 {
		return r.see(page, "Nothing was ticked.")
	}
	if err := r.in.Decide(r.ctx(), yes); err != nil {
		return err
	}
	r.in.history.add(deed{
		what: fmt.Sprintf("%s accepted in bulk", plural(len(yes), "suggestion", "suggestions")),
		page: page,
		undo: func(ctx context.Context) error { return r.in.Decide(ctx, undo) },
		redo: func(ctx context.Context) error { return r.in.Decide(ctx, yes) },
	})
	said := fmt.Sprintf("%s confirmed under the name %s.", plural(len(yes), "suggestion", "suggestions"), who)
	if n := len(taken); n > 0 {
		said += fmt.Sprintf(" %s decided by somebody else since were left as they are.", plural(n, "passage", "passages"))
	}
	return r.see(page, said)
}
