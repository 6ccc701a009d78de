package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"collate/index"
	"collate/themes"
)

// A reviewPage asks a person about one passage, with its neighbours in the document around it.
type reviewPage struct {
	page
	Order   reviewOrder
	Words   string // the order in words
	Left    int
	Passage *themes.ReviewPassage // nil when nothing is left
	Themes  []reviewTheme
	Marks   []themes.Span // of the words for which something is suggested
	Before  []index.Found
	After   []index.Found

	Progress themes.Progress
	Sweep    *themes.Sweep
	All      []themes.ReviewTheme // of the codebook, to choose an order by
	Members  []string
	Changed  []string // what others decided since the form was shown
}

// A reviewOrder is which passages come, and how many of them were left for later.
type reviewOrder struct {
	Theme, Member, Blind string
	Sweep                bool
	At                   int
}

// A reviewTheme is a theme to decide, with the key that ticks it.
type reviewTheme struct {
	themes.ReviewTheme
	Key   string
	Yes   bool
	Given themes.Stance // by a person: here, or before
}

// reviewKeys are the keys of the themes; the letters o m c s n are stances, j k z u others.
const reviewKeys = "1234567890abdefghilpqrtvwxy"

// answerable are the stances that a passage can have.
var answerable = []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated}

func orderOf(r *request) reviewOrder {
	at, _ := strconv.Atoi(r.FormValue("at"))
	o := reviewOrder{Theme: r.FormValue("theme"), Member: r.FormValue("member"), Sweep: r.FormValue("sweep") != "", At: max(0, at)}
	if r.FormValue("blind") != "" {
		o.Blind = "yes"
	}
	return o
}

// query is the order in an address, with a passage where one is asked for.
func (o reviewOrder) query(passage string) string {
	v := url.Values{}
	for k, x := range map[string]string{"theme": o.Theme, "member": o.Member, "blind": o.Blind, "passage": passage} {
		if x != "" {
			v.Set(k, x)
		}
	}
	if o.Sweep {
		v.Set("sweep", "yes")
	}
	if o.At > 0 {
		v.Set("at", strconv.Itoa(o.At))
	}
	return "review?" + v.Encode()
}

// Next is where the passage behind this one in the order stands: this one is left for later.
func (o reviewOrder) Next() string { o.At++; return o.query("") }

// Back is where the passage before this one in the order stands.
func (o reviewOrder) Back() string { o.At = max(0, o.At-1); return o.query("") }

// Action is where an answer goes.
func (o reviewOrder) Action() string { return o.query("") }

func (o reviewOrder) options(person string) themes.ReviewOptions {
	opt := themes.ReviewOptions{Theme: o.Theme, Member: o.Member, Sweep: o.Sweep && o.Theme != ""}
	if o.Blind != "" {
		opt = themes.ReviewOptions{Blind: person}
	}
	return opt
}

// review shows the next passage of an order, under an address that has its id: so going back shows the same one again.
func (s *Server) review(r *request) error {
	o := orderOf(r)
	if id := r.FormValue("passage"); id != "" {
		p, err := s.reviewing(r, o, id)
		if err != nil {
			return err
		}
		return s.show(r, "review", "layout", p)
	}
	opt := o.options(s.person(r))
	opt.Limit = o.At + 1
	next, err := r.in.Review(r.ctx(), opt)
	if err != nil {
		return s.noReview(r, err)
	}
	if len(next.Passages) > o.At && !(next.Sweep != nil && next.Sweep.Done) {
		return r.see(o.query(next.Passages[o.At].ID), r.in.telling.told(r.FormValue("told")))
	}
	if len(next.Passages) > 0 && o.At > 0 && next.Sweep == nil { // the rest was left for later: begin again with it
		o.At = 0
		return r.see(o.query(next.Passages[0].ID), "These were left for later.")
	}
	p, err := s.reviewing(r, o, "")
	if err != nil {
		return err
	}
	p.Sweep = next.Sweep
	return s.show(r, "review", "layout", p)
}

// noReview says why an order has no passages.
func (s *Server) noReview(r *request, err error) error {
	if errors.Is(err, themes.ErrNoSample) {
		return r.see("review", "No passages were drawn for coding blind yet.")
	}
	return err
}

// reviewing is the page about a passage, or with id "" about an order in which nothing is left.
func (s *Server) reviewing(r *request, o reviewOrder, id string) (*reviewPage, error) {
	base, x, err := s.plain(r, "Review", "Review")
	if err != nil {
		return nil, err
	}
	opt := o.options(s.person(r))
	opt.Only = id
	opt.Limit = 1
	got, err := r.in.Review(r.ctx(), opt)
	if err != nil {
		return nil, err
	}
	p := &reviewPage{page: base, Order: o, Progress: got.Progress}
	for _, t := range x.Themes() {
		p.All = append(p.All, themes.ReviewTheme{Theme: t.ID, Name: t.Name})
	}
	for _, m := range x.Members {
		p.Members = append(p.Members, m.Name)
	}
	if id == "" {
		return p, nil
	}
	p.Passage = &got.Passages[0]
	for i, t := range p.Passage.Themes {
		row := reviewTheme{ReviewTheme: t, Yes: t.Tagged}
		if i < len(reviewKeys) {
			row.Key = reviewKeys[i : i+1]
		}
		if t.StanceBy != "" {
			row.Given = t.Stance
		}
		p.Themes = append(p.Themes, row)
	}
	if o.Blind == "" {
		p.Marks = x.Marks(id)
	}
	return p, p.surround(x, id)
}

// neighbours is how many passages are shown before and behind the one that is asked about.
const neighbours = 3

func (p *reviewPage) surround(x *themes.Searcher, id string) error {
	around, err := x.Around(id, neighbours)
	if err != nil {
		return err
	}
	p.Before, p.After = around.Passages[:around.At], around.Passages[around.At+1:]
	return nil
}

// answer records what a person said of a passage, and shows the next. Where somebody decided on it since the form was shown, nothing is
// recorded: the person sees what, with the own ticks kept.
func (s *Server) answer(r *request) error {
	o, who := orderOf(r), s.person(r)
	if err := r.ParseForm(); err != nil {
		return err
	}
	x := themes.ReviewAnswer{Passage: r.FormValue("passage"), Shown: r.PostForm["shown"], Yes: r.PostForm["yes"], Stance: map[string]themes.Stance{}, Coder: who, Sweep: o.Sweep, Blind: o.Blind != ""}
	for _, t := range x.Yes {
		if st := r.PostForm.Get("stance." + t); st != "" {
			x.Stance[t] = themes.Stance(st)
		}
	}
	if changed, err := s.overtaken(r, x); err != nil || changed {
		return err
	}
	undo, err := r.in.Answer(r.ctx(), x)
	if err != nil {
		return err
	}
	r.in.history.add(deed{
		what: "an answer on a passage",
		page: o.query(x.Passage),
		undo: func(ctx context.Context) error { return r.in.Decide(ctx, undo) },
		redo: func(ctx context.Context) error { _, err := r.in.Answer(ctx, x); return err },
	})
	return r.see(o.query(""), "")
}

// overtaken shows the form again, with what was typed, where somebody decided on the passage since it was shown.
func (s *Server) overtaken(r *request, x themes.ReviewAnswer) (bool, error) {
	seen, _ := strconv.ParseInt(r.FormValue("seen"), 10, 64)
	newer, err := r.in.newer(r.ctx(), seen, func(d *index.Decision) bool {
		return d.Subject == x.Passage && (d.Act == index.ActTheme || d.Act == index.ActStance)
	})
	if err != nil || len(newer) == 0 {
		return false, err
	}
	p, err := s.reviewing(r, orderOf(r), x.Passage)
	if err != nil {
		return true, err
	}
	for _, d := range newer {
		if d.Act == index.ActTheme && (d.Value == "yes") == slices.Contains(x.Yes, d.Theme) || d.Act == index.ActStance && d.Value == string(x.Stance[d.Theme]) {
			continue // both say the same
		}
		p.Changed = append(p.Changed, s.decided(p.All, d))
	}
	if len(p.Changed) == 0 {
		return false, nil
	}
	for i := range p.Themes {
		t := &p.Themes[i]
		t.Yes, t.Given = slices.Contains(x.Yes, t.Theme), x.Stance[t.Theme]
	}
	return true, s.showAs(r, 409, "review", "layout", p)
}

// decided says what somebody decided, in a line.
func (s *Server) decided(all []themes.ReviewTheme, d index.Decision) string {
	name := d.Theme
	if at := slices.IndexFunc(all, func(t themes.ReviewTheme) bool { return t.Theme == d.Theme }); at >= 0 {
		name = all[at].Name
	}
	value := d.Value
	if value == "" {
		value = "taken back"
	}
	return fmt.Sprintf("%s, %s: %s, %s", d.Coder, d.At.Local().Format("15:04"), name, strings.ToLower(value))
}
