package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"collate/index"
	"collate/themes"
	"collate/themes/export"
)

// A searchPage is what a search found, whole passages with what answers it marked, and what it can be narrowed by.
type searchPage struct {
	page
	Asked   asked
	Answer  *index.Answer // nil before anything is searched for
	Found   []searchHit
	Facets  []searchFacet
	Fault   string // why the search cannot be understood, with the place
	Saved   []index.SavedSearch
	Since   *index.Since
	Themes  []themes.Theme
	Earlier string // the page before this one of the answer, or ""
	Later   string
	From    int // of the passages shown, from 1
	To      int
}

// Asked is what was asked for, as an address holds it.
type asked struct {
	Query  string
	Fields []string // chosen values of facets, "theme:funding"
	Order  string
	View   string // "" or "lines"
	Like   string // a passage's id
	Again  string // a saved search
	Each   bool   // every member once before any twice
	Silent bool
	Offset int
}

// A searchHit is a passage that was found.
type searchHit struct {
	index.Found
	Tags []searchTag
	Copy string // with its reference; "" where the words are not free to use
}

// A searchTag is a theme that a passage is on.
type searchTag struct {
	Name      string
	Stance    themes.Stance
	Confirmed bool
}

// A searchFacet is a field that an answer can be narrowed by.
type searchFacet struct {
	Name   string
	Values []searchValue
	More   int // values that are not shown
}

// A searchValue is one of its values.
type searchValue struct {
	index.FacetValue
	Field string // as it is written in a search
	Extra bool   // behind the first ones
}

const (
	searchShown  = 20
	facetsShown  = 8
	kwicWords    = 9
	facetsListed = 200
)

// searchPatience is how long a search waits for its index before it reads the record itself.
const searchPatience = 2 * time.Second

// facetNames are the fields in words.
var facetNames = map[string]string{"theme": "Theme", "stance": "Stance of the passage", "member": "Member", "type": "Type of member", "question": "Question", "format": "Format", "date": "Date", "checked": "Checked by a person", "consent": "Consent"}

func askedOf(r *request) asked {
	r.ParseForm()
	at, _ := strconv.Atoi(r.FormValue("offset"))
	return asked{Query: strings.TrimSpace(r.FormValue("q")), Fields: slices.DeleteFunc(slices.Clone(r.Form["f"]), func(f string) bool { return f == "" }), Order: r.FormValue("order"), View: r.FormValue("view"),
		Like: r.FormValue("like"), Again: r.FormValue("again"), Each: r.FormValue("each") != "", Silent: r.FormValue("silent") != "", Offset: max(0, at)}
}

// Has reports whether a value of a facet is chosen.
func (a asked) Has(field string) bool { return slices.Contains(a.Fields, field) }

// query is the whole search in the search language: the words, and of each field any of the chosen values.
func (a asked) query() string {
	var parts []string
	if a.Query != "" {
		parts = append(parts, a.Query)
		if len(a.Fields) > 0 {
			parts[0] = "(" + a.Query + ")"
		}
	}
	var names []string
	by := map[string][]string{}
	for _, f := range a.Fields {
		name, _, ok := strings.Cut(f, ":")
		if !ok || facetNames[name] == "" {
			continue
		}
		if by[name] == nil {
			names = append(names, name)
		}
		by[name] = append(by[name], f)
	}
	for _, name := range names {
		parts = append(parts, "("+strings.Join(by[name], " OR ")+")")
	}
	return strings.Join(parts, " ")
}

// address is the search as an address, beginning with a passage of the answer.
func (a asked) address(offset int) string {
	v := url.Values{}
	for k, x := range map[string]string{"q": a.Query, "order": a.Order, "view": a.View, "like": a.Like, "again": a.Again} {
		if x != "" {
			v.Set(k, x)
		}
	}
	for _, f := range a.Fields {
		v.Add("f", f)
	}
	if a.Each {
		v.Set("each", "yes")
	}
	if a.Silent {
		v.Set("silent", "yes")
	}
	if offset > 0 {
		v.Set("offset", strconv.Itoa(offset))
	}
	return "search?" + v.Encode()
}

// File is the address of the answer as a file.
func (a asked) File(ending string) string { return "search." + ending + a.address(0)[len("search"):] }

// Without is the address of the search without a chosen value.
func (a asked) Without(field string) string {
	a.Fields = slices.DeleteFunc(slices.Clone(a.Fields), func(f string) bool { return f == field })
	return a.address(0)
}

// Label is a chosen value without its field's name.
func (a asked) Label(field string) string {
	_, value, _ := strings.Cut(field, ":")
	return strings.Trim(value, `"`)
}

// Everyone is the address that also lists who says nothing of it.
func (a asked) Everyone() string { a.Silent = true; return a.address(0) }

func (s *Server) search(r *request) error {
	base, x, err := s.plain(r, "Search", "Search")
	if err != nil {
		return err
	}
	p := &searchPage{page: base, Asked: askedOf(r), Themes: x.Themes()}
	p.Query = p.Asked.Query
	if p.Saved, err = r.in.SavedSearches(r.ctx()); err != nil {
		return err
	}
	if err := p.find(r.ctx(), r.in); err != nil {
		p.Fault = faultOf(err)
		if p.Fault == "" {
			return err
		}
	}
	return s.show(r, "search", "layout", p)
}

// find runs the search, if one was asked for.
func (p *searchPage) find(ctx context.Context, c *consultation) error {
	a := &p.Asked
	saved, err := c.SavedSearch(ctx, a.Again)
	if err != nil {
		return err
	}
	if saved != nil && a.Query == "" {
		a.Query = saved.Query
		p.Query = a.Query
	}
	query := a.query()
	if query == "" && a.Like == "" {
		return nil
	}
	x, err := c.Searcher(ctx)
	if err != nil {
		return err
	}
	opt := index.SearchOptions{Limit: searchShown, Offset: a.Offset, Order: index.Order(a.Order), Diverse: a.Each, Facets: a.Like == "", Silent: a.Silent, IDs: saved != nil, Patience: searchPatience}
	if a.View == "lines" {
		opt.Context = kwicWords
	}
	if p.Answer, err = answerTo(ctx, x, a, query, opt); err != nil {
		return err
	}
	if saved != nil {
		p.Since = x.Since(saved, p.Answer.IDs)
	}
	p.fill(x)
	return nil
}

func answerTo(ctx context.Context, x *themes.Searcher, a *asked, query string, opt index.SearchOptions) (*index.Answer, error) {
	if !slices.Contains(index.Orders(), opt.Order) {
		opt.Order = index.ByRelevance
	}
	if a.Like != "" {
		return x.Similar(ctx, a.Like, false, opt)
	}
	return x.Search(ctx, query, opt)
}

// fill makes the answer ready to be shown.
func (p *searchPage) fill(x *themes.Searcher) {
	for _, f := range p.Answer.Found {
		hit := searchHit{Found: f}
		if f.Consent.Caution() == "" {
			hit.Copy = fmt.Sprintf("“%s” (%s)", f.Words, f.Reference)
		}
		for _, t := range x.Tags(f.Passage.ID) {
			hit.Tags = append(hit.Tags, searchTag{t.Name, t.Stance, t.Confirmed})
		}
		p.Found = append(p.Found, hit)
	}
	for _, f := range p.Answer.Facets {
		facet := searchFacet{Name: facetNames[f.Field]}
		for i, v := range f.Values[:min(len(f.Values), facetsListed)] {
			facet.Values = append(facet.Values, searchValue{FacetValue: v, Field: index.Field{Name: f.Field, Value: v.Value}.String(), Extra: i >= facetsShown})
		}
		facet.More = max(0, len(facet.Values)-facetsShown)
		if facet.Name != "" && len(facet.Values) > 0 {
			p.Facets = append(p.Facets, facet)
		}
	}
	p.From, p.To = p.Asked.Offset+1, p.Asked.Offset+len(p.Found)
	if p.Asked.Offset > 0 {
		p.Earlier = p.Asked.address(max(0, p.Asked.Offset-searchShown))
	}
	if p.To < p.Answer.Passages {
		p.Later = p.Asked.address(p.To)
	}
}

// searchFile sends what is found as a file, without what must not go out.
func (s *Server) searchFile(r *request) error {
	ways := map[string]struct {
		kind  string
		write func(io.Writer, *themes.Results) error
	}{
		"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.SearchWorkbook},
		"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", export.SearchDocument},
		"csv":  {"text/csv; charset=utf-8", export.SearchCSV},
		"json": {"application/json", export.SearchJSON},
	}
	ending := strings.TrimPrefix(r.PathValue("file"), "search.")
	way, ok := ways[ending]
	if !ok || "search."+ending != r.PathValue("file") {
		return errNoPage
	}
	a := askedOf(r)
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	found, err := answerTo(r.ctx(), x, &a, a.query(), index.SearchOptions{Limit: -1, Order: index.Order(a.Order), Diverse: a.Each})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := way.write(&b, x.Results(found, index.Order(a.Order))); err != nil {
		return err
	}
	return send(r, "search."+ending, way.kind, &b)
}

// saveSearch keeps a search, or runs a kept one anew so that what it finds now is no longer new.
func (s *Server) saveSearch(r *request) error {
	a, name := askedOf(r), strings.TrimSpace(r.FormValue("name"))
	if r.FormValue("forget") != "" {
		if err := r.in.ForgetSearch(r.ctx(), r.FormValue("forget"), s.person(r)); err != nil {
			return err
		}
		return r.see("search", "The search is off the list.")
	}
	if name == "" {
		return r.see(a.address(0), "Give the search a name to keep it under.")
	}
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	found, err := x.Search(r.ctx(), a.query(), index.SearchOptions{IDs: true})
	if err != nil {
		return err
	}
	if err := r.in.SaveSearch(r.ctx(), name, a.query(), found.IDs, s.person(r)); err != nil {
		return err
	}
	return r.see(asked{Again: name}.address(0), "Kept as “"+name+"”.")
}

// tagFound puts the passages that were ticked on a theme, or takes them off it.
func (s *Server) tagFound(r *request) error {
	a, who, theme := askedOf(r), s.person(r), r.FormValue("theme")
	t := r.in.Codebook.Theme(theme)
	if t == nil {
		return errNoPage
	}
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	var do, undo []index.Decision
	for _, id := range r.PostForm["passage"] {
		if x.Passage(id) == nil {
			continue
		}
		d := index.Decision{Kind: index.ByPerson, Coder: who, Act: index.ActTheme, Subject: id, Theme: theme, Value: "yes", Because: "found by: " + a.query()}
		if r.FormValue("off") != "" {
			d.Value = "no"
		}
		do = append(do, d)
		d.Value, d.Because = x.Decided(id, theme), "undone"
		undo = append(undo, d)
	}
	back := a.address(a.Offset)
	if len(do) == 0 {
		return r.see(back, "Tick the passages first.")
	}
	if err := r.in.Decide(r.ctx(), do); err != nil {
		return err
	}
	what := fmt.Sprintf("%s put on %s", plural(len(do), "passage", "passages"), t.Name)
	if r.FormValue("off") != "" {
		what = fmt.Sprintf("%s taken off %s", plural(len(do), "passage", "passages"), t.Name)
	}
	r.in.history.add(deed{what: what, page: back,
		undo: func(ctx context.Context) error { return r.in.Decide(ctx, undo) },
		redo: func(ctx context.Context) error { return r.in.Decide(ctx, do) }})
	return r.see(back, what+", under the name "+who+".")
}
