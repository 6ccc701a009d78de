package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"collate/index"
	"collate/themes"
)

// A settingsPage is what holds for the whole consultation, and who decides in this browser.
type settingsPage struct {
	page
	Now      themes.Settings
	Members  int
	Bounds   string
	Synonyms string
	Consents []index.Consent
}

func (s *Server) settings(r *request) error {
	base, report, err := s.page(r, "Settings", "Settings")
	if err != nil {
		return err
	}
	p := settingsPage{page: base, Members: report.Counts.Members, Consents: []index.Consent{index.Attributable, index.Anonymous, index.Confidential}}
	if p.Now, err = r.in.Settings(r.ctx()); err != nil {
		return err
	}
	if p.Members > 0 {
		p.Bounds = p.Now.Scale.Describe(p.Members)
	}
	synonyms, err := r.in.ReadSynonyms(r.ctx())
	if err != nil {
		return err
	}
	p.Synonyms = synonyms.String()
	return s.show(r, "settings", "layout", p)
}

// set changes one setting: the form's field "what" says which.
func (s *Server) set(r *request) error {
	what := r.FormValue("what")
	acts := map[string]string{"scale": index.ActScale, "consensus": index.ActConsensus, "consent": index.ActConsent, "synonyms": index.ActSynonyms}
	if what == "person" {
		return s.setPerson(r)
	}
	act, ok := acts[what]
	if !ok {
		return errNoPage
	}
	newer, err := r.stale(func(d *index.Decision) bool { return d.Act == act && (act != index.ActConsent || d.Subject == "") })
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		return r.see("settings", newer[len(newer)-1].Coder+" changed this after you opened the page. Nothing of yours was recorded: look again.")
	}
	if err := s.deciding(r, "the setting “"+what+"”", "settings", func(ctx context.Context) error { return s.change(ctx, r, what) }); err != nil {
		if said := settingFault(err); said != "" {
			return r.see("settings", said)
		}
		return err
	}
	return r.see("settings", "Recorded under the name "+s.person(r)+".")
}

func (s *Server) change(ctx context.Context, r *request, what string) error {
	number := func(field string, otherwise int) int {
		if n, err := strconv.Atoi(r.FormValue(field)); err == nil {
			return n
		}
		return otherwise
	}
	switch what {
	case "scale":
		return r.in.SetScale(ctx, strings.TrimSpace(r.FormValue("scale")), s.who(r))
	case "consent":
		return r.in.SetDefaultConsent(ctx, index.Consent(r.FormValue("consent")), s.who(r))
	case "synonyms":
		return r.in.WriteSynonyms(ctx, strings.ReplaceAll(r.FormValue("synonyms"), "\r\n", "\n"), r.FormValue("because"), s.person(r))
	}
	d := themes.DefaultConsensus()
	rule := themes.ConsensusRule{Share: number("share", d.Share), Least: number("least", d.Least), Stated: number("stated", d.Stated), Conditions: number("conditions", d.Conditions), RedLines: r.FormValue("red") != ""}
	return r.in.SetConsensus(ctx, &rule, s.who(r))
}

// settingFault is what is wrong with a value that was typed.
func settingFault(err error) string {
	if err == nil {
		return ""
	}
	said := err.Error()
	return strings.ToUpper(said[:1]) + said[1:] + ". Nothing was changed."
}

// setPerson says who decides in this browser.
func (s *Server) setPerson(r *request) error {
	name := strings.TrimSpace(r.FormValue("person"))
	if name == "" || len(name) > 100 {
		return r.see("settings", "Write the name under which your decisions are to be kept.")
	}
	http.SetCookie(r.w, &http.Cookie{Name: personCookie, Value: url.QueryEscape(name), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return r.see("settings", "What you decide here is kept under the name "+name+".")
}
