package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"net/http"
	"path"
	"strings"
	"time"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
)

//go:embed *.html static
var files embed.FS

// A page is what every page has.
type page struct {
	Title  string // of the page, in a few words
	Nav    string // which of the main pages it belongs to
	Base   string // where the consultation's pages stand; "" outside a consultation
	Name   string // the consultation's
	Person string // who decides
	Query  string // what was searched for last on this page
	Seen   int64  // the newest decision when the page was made; forms send it back
	Said   string // what was just done, or ""
	Alert  bool   // Said is something that went wrong

	Undo, Redo string // what can be taken back and done again, or ""
}

// navigation are the main pages of a consultation: path and words.
var navigation = [][2]string{{"", "Overview"}, {"matrix", "Matrix"}, {"joint", "Joint position"}, {"search", "Search"}, {"review", "Review"}, {"members", "Members"}, {"add", "Add"}}

// aside are the pages that are not about what members said.
var aside = [][2]string{{"settings", "Settings"}, {"audit", "History"}, {"help", "Help"}}

// views are the parsed pages, by the name of their file.
type views struct{ by map[string]*template.Template }

// parseViews reads every page with the layout around it. A page without a file, or a file with a fault, is found at the start.
func parseViews() (*views, error) {
	layout, err := template.New("layout").Funcs(words()).ParseFS(files, "layout.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	v := &views{by: map[string]*template.Template{}}
	for _, name := range names {
		if name == "layout.html" {
			continue
		}
		t, err := layout.Clone()
		if err != nil {
			return nil, err
		}
		if v.by[strings.TrimSuffix(name, ".html")], err = t.ParseFS(files, name); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// words are the functions of the templates.
func words() template.FuncMap {
	return template.FuncMap{
		"nav":   func() [][2]string { return navigation },
		"aside": func() [][2]string { return aside },
		"with3": func(page, item, more any) map[string]any {
			return map[string]any{"Page": page, "Item": item, "More": more}
		},
		"stance": stanceClass,
		"stances": func() []themes.Stance {
			return themes.Stances
		},
		"plural":     plural,
		"answerable": func() []themes.Stance { return answerable },
		"orders":     index.Orders,
		"day":        func(t time.Time) string { return t.Format("2 January 2006") },
		"with2":      func(page, item any) map[string]any { return map[string]any{"Page": page, "Item": item} },
		"markedFound": func(f index.Found) []stretch {
			marks := make([]themes.Span, len(f.Marks))
			for i, m := range f.Marks {
				marks[i] = themes.Span{Start: m.Start, End: m.End}
			}
			return marked(f.Words, marks)
		},
		"key":       func(s themes.Stance) string { return string(s)[:1] },
		"hundred":   func(p float64) int { return int(math.Round(p * 100)) },
		"marked":    marked,
		"reference": reference,
	}
}

// stanceClass is the stance's name in the style sheet.
func stanceClass(s themes.Stance) string {
	if s == themes.NotStated {
		return "unstated"
	}
	return string(s)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// A stretch is a part of a text that is marked or not.
type stretch struct {
	Words  string
	Marked bool
}

// marked cuts a text at the ends of its marks, so that a template can show them; the words stay as they are.
func marked(text string, marks []themes.Span) []stretch {
	var out []stretch
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.End <= m.Start {
			continue
		}
		if m.Start > at {
			out = append(out, stretch{text[at:m.Start], false})
		}
		out = append(out, stretch{text[m.Start:m.End], true})
		at = m.End
	}
	if at < len(text) {
		out = append(out, stretch{text[at:], false})
	}
	return out
}

// show writes a page, or the part of it that a script asked for. It is made whole before anything is sent, so that a fault shows as one.
func (s *Server) show(r *request, name, part string, data any) error {
	return s.showAs(r, http.StatusOK, name, part, data)
}

func (s *Server) showAs(r *request, status int, name, part string, data any) error {
	t := s.views.by[name]
	if t == nil {
		return fmt.Errorf("there is no page %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, part, data); err != nil {
		return fmt.Errorf("making the page %s: %w", name, err)
	}
	r.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	r.w.WriteHeader(status)
	_, err := b.WriteTo(r.w)
	return err
}

// plain begins a page of a consultation that shows nothing of where members stand: it does not wait for that to be worked out after a decision.
func (s *Server) plain(r *request, title, nav string) (page, *themes.Searcher, error) {
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return page{}, nil, err
	}
	at, err := r.in.Revision(r.ctx())
	if err != nil {
		return page{}, nil, err
	}
	undo, redo := r.in.history.last()
	return page{Undo: undo, Redo: redo, Title: title, Nav: nav, Base: r.in.base(), Name: x.Title(), Person: s.person(r), Seen: at.Decisions, Said: r.in.telling.told(r.FormValue("told"))}, x, nil
}

// page begins the page of a consultation that shows where members stand.
func (s *Server) page(r *request, title, nav string) (page, *themes.Report, error) {
	report, err := r.in.now(r.ctx())
	if err != nil {
		return page{}, nil, err
	}
	undo, redo := r.in.history.last()
	return page{Undo: undo, Redo: redo, Title: title, Nav: nav, Base: r.in.base(), Name: report.Title, Person: s.person(r), Seen: report.Origin.Seq, Said: r.in.telling.told(r.FormValue("told"))}, report, nil
}

// The faults that a page itself finds.
var (
	errNoPage         = errors.New("there is no such page")
	errNoConsultation = errors.New("there is no such consultation here")
	errReading        = errors.New("files are being read")
)

// fail says on a page what went wrong and what to do.
func (s *Server) fail(r *request, err error) {
	status, said := http.StatusInternalServerError, explain.Error(err)
	switch {
	case errors.Is(err, errNoPage):
		status, said = http.StatusNotFound, "There is no such page. Go back, or choose one above."
	case errors.Is(err, errReading):
		status, said = http.StatusConflict, "Files are being read just now. Nothing was changed: wait until that is done, and send it again."
	case errors.Is(err, errNoConsultation):
		status, said = http.StatusNotFound, "There is no such consultation open. Choose one on the first page."
	}
	p := page{Title: "Something went wrong", Person: s.person(r), Said: said, Alert: true}
	if r.in != nil {
		p.Base, p.Name = r.in.base(), r.in.key
	}
	part := "layout"
	if r.part() {
		part = "said"
	}
	if err := s.showAs(r, status, "failed", part, p); err != nil {
		http.Error(r.w, said, status)
	}
}

// faultOf says what is wrong with a search, with the place; "" where the error is another.
func faultOf(err error) string {
	var query *index.QueryError
	if !errors.As(err, &query) {
		return ""
	}
	return explain.Error(err)
}

// refused answers a browser that was not let in.
func (s *Server) refused(w http.ResponseWriter, q *http.Request) {
	r := &request{w: w, Request: q}
	if strings.HasPrefix(q.URL.Path, "/static/") {
		staticFiles().ServeHTTP(w, q)
		return
	}
	p := page{Title: "Open it from collate's own window", Said: "This address works once, in one browser. In the window in which collate runs press Enter: it prints a new address. Open that one.", Alert: true}
	if err := s.showAs(r, http.StatusForbidden, "failed", "layout", p); err != nil {
		http.Error(w, p.Said, http.StatusForbidden)
	}
}

// staticFiles are the style sheet and the scripts. They hold nothing of anybody's.
func staticFiles() http.Handler {
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind := kinds[path.Ext(r.URL.Path)]
		data, err := fs.ReadFile(files, strings.TrimPrefix(path.Clean(r.URL.Path), "/"))
		if kind == "" || err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind) // Windows' registry may know another
		w.Header().Set("Cache-Control", "max-age=0, must-revalidate")
		w.Write(data)
	})
}
