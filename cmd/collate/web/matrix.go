package web

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// A matrixPage is the framework matrix: members down, themes across, each cell a stance and the member's line.
type matrixPage struct {
	page
	Themes  []overviewTheme
	Members []matrixMember
	Types   []string // of members, sorted
	Type    string   // that is shown alone
	Theme   string   // the theme by whose stance the rows are sorted, or ""
	Colours bool     // stances alone, without the lines
	All     int      // members that answered
	From    int      // the first row that is shown, from 0
	Next    int      // where the next rows begin; 0 when there are none
	Cell    *cellPage
}

// A matrixMember is a row.
type matrixMember struct {
	themes.MemberReport
	Cells []themes.Position
}

// matrixRows is how many members a page of the matrix has: browsers get slow with more cells than some ten thousand.
const matrixRows = 200

func (s *Server) matrix(r *request) error {
	base, report, err := s.page(r, "Who says what", "Matrix")
	if err != nil {
		return err
	}
	p := matrixPage{page: base, Themes: overviewsOf(report), Type: r.FormValue("type"), Theme: r.FormValue("theme"), Colours: r.FormValue("view") == "colours"}
	fmt.Sscan(r.FormValue("from"), &p.From)
	p.fill(report)
	if r.FormValue("member") != "" {
		if p.Cell, err = cellOf(report, r.FormValue("member"), r.FormValue("on")); err != nil {
			return err
		}
		p.Cell.page = base
	}
	return s.show(r, "matrix", "layout", p)
}

func (p *matrixPage) fill(report *themes.Report) {
	var rows []matrixMember
	for _, m := range report.Members {
		if m.Passages == 0 {
			continue
		}
		p.All++
		if m.Type != "" && !slices.Contains(p.Types, m.Type) {
			p.Types = append(p.Types, m.Type)
		}
		if p.Type == "" || m.Type == p.Type {
			rows = append(rows, matrixMember{m, m.Positions})
		}
	}
	slices.Sort(p.Types)
	if at := slices.IndexFunc(p.Themes, func(t overviewTheme) bool { return t.ID == p.Theme }); at >= 0 {
		place := func(m matrixMember) int { return slices.Index(themes.Stances, m.Cells[at].Stance) }
		slices.SortStableFunc(rows, func(a, b matrixMember) int { return place(a) - place(b) })
	}
	p.From = min(max(0, p.From), max(0, len(rows)-1))
	end := min(len(rows), p.From+matrixRows)
	if end < len(rows) {
		p.Next = end
	}
	p.Members = rows[p.From:end]
}

// A cellPage is where one member stands on one theme, with the words it rests on.
type cellPage struct {
	page
	themes.Position
	Quotes  []themes.Quote // those that Refs name, strongest first
	Form    cellForm
	Changed string // what somebody decided since the form was shown
}

// A cellForm is what a person types about a cell.
type cellForm struct {
	Stance                   themes.Stance
	Line, Condition, Because string
}

// cell shows a cell: the drawer when a script asks, else the matrix with it open.
func (s *Server) cell(r *request) error {
	base, report, err := s.page(r, "Who says what", "Matrix")
	if err != nil {
		return err
	}
	c, err := cellOf(report, r.FormValue("member"), r.FormValue("on"))
	if err != nil {
		return err
	}
	c.page = base
	return s.show(r, "matrix", "cell", c)
}

func cellOf(report *themes.Report, member, theme string) (*cellPage, error) {
	for _, m := range report.Members {
		for _, x := range m.Positions {
			if m.Label == member && x.ThemeID == theme {
				c := &cellPage{Position: x, Quotes: quotesOf(report, x.Refs)}
				if c.Form.Condition = x.Condition; x.Confirmed {
					c.Form.Stance = x.Stance
				}
				if x.Own != "" {
					c.Form.Line = x.Line
				}
				return c, nil
			}
		}
	}
	return nil, errNoPage
}

// quotesOf are the quotes of refs, in their order.
func quotesOf(report *themes.Report, refs []string) []themes.Quote {
	at := make(map[string]int, len(refs))
	for i, ref := range refs {
		at[ref] = i
	}
	out := make([]themes.Quote, len(refs))
	for _, q := range report.Quotes {
		if i, ok := at[q.Ref]; ok {
			out[i] = q
		}
	}
	return slices.DeleteFunc(out, func(q themes.Quote) bool { return q.Ref == "" })
}

// reference is a quote with where it stands, to be copied.
func reference(q themes.Quote) string {
	return fmt.Sprintf("“%s” (%s)", q.Words, strings.Join(slices.DeleteFunc([]string{q.Member, q.Document, q.Place}, func(s string) bool { return s == "" }), ", "))
}
