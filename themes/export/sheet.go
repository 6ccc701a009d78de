package export

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

const (
	headRow  = 3 // the row of the column headings; row 1 is the title, row 2 says how to use the sheet
	firstRow = headRow + 1
	a3, a4   = 8, 9 // Excel's paper numbers
	// cellLimit is how many UTF-16 units Excel keeps in a cell.
	cellLimit = 32767
	cutMark   = " [cut here: a cell holds no more]"
)

// A layout is how a sheet of data looks.
type layout struct {
	sheet, title, help string
	columns            []column
	table              string // the Excel table's name; "" for none
	frozen             int    // columns that stay in sight
	frozenRows         int    // rows under the headings that stay in sight too
	paper              int
	bare               bool   // no title: the headings are in row 1
	untabled           bool   // no headings: rows follow the help
	high               int    // pages the print is at most high; 0 for as many as it takes
	wide               int    // pages the print is at most wide; 0 is 1
	hidden             int    // the column that only formulas read; 0 for none
	tab                string // the colour of the sheet's tab; "" for none
}

// A column is one column of a sheet.
type column struct {
	head  string
	width float64
	style int
}

// A page is a sheet being written, row by row. The first error stops it; close returns it.
type page struct {
	b      *book
	layout layout
	sw     *excelize.StreamWriter
	row    int // the next
	err    error
}

// open starts a sheet: title, help and headings. Everything that excelize keeps in the head of a sheet's XML must be set
// before its first row is.
func (b *book) open(l layout) *page {
	p := &page{b: b, layout: l, row: 1}
	p.do(func() error { return b.view(l) })
	p.do(func() (err error) { p.sw, err = b.f.NewStreamWriter(l.sheet); return err })
	for i, c := range l.columns {
		p.do(func() error { return p.sw.SetColWidth(i+1, i+1, c.width) })
	}
	if l.hidden > 0 {
		p.do(func() error { return p.sw.SetColVisible(l.hidden, l.hidden, false) })
	}
	if l.bare {
		p.heads()
		return p
	}
	if !l.untabled {
		p.freeze()
	}
	p.set(34, styled(b.styles.title, l.title))
	p.set(24, styled(b.styles.help, b.help(l.help)))
	if !l.untabled {
		p.heads()
	}
	return p
}

// help is what stands under the title of a sheet; a workbook that does not hold everything says so on each.
func (b *book) help(text string) string {
	if b.r.View.Whole() {
		return text
	}
	return text + " " + themes.PartialMark
}

// view is how the sheet looks on the screen: without Excel's grid, as every cell of a table has its own lines.
func (b *book) view(l layout) error {
	yes, no := true, false
	props := &excelize.SheetPropsOptions{FitToPage: &yes}
	if l.tab != "" {
		props.TabColorRGB = &l.tab
	}
	if err := b.f.SetSheetProps(l.sheet, props); err != nil {
		return err
	}
	return b.f.SetSheetView(l.sheet, 0, &excelize.ViewOptions{ShowGridLines: &no})
}

// freeze keeps the headings and the first columns in sight.
func (p *page) freeze() {
	corner := cellName(p.layout.frozen+1, firstRow+p.layout.frozenRows)
	pane := "bottomRight"
	if p.layout.frozen == 0 {
		pane = "bottomLeft"
	}
	p.do(func() error {
		return p.sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: p.layout.frozen, YSplit: headRow + p.layout.frozenRows, TopLeftCell: corner, ActivePane: pane,
			Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}}})
	})
}

func (p *page) heads() {
	var row []any
	n := 1
	for _, c := range p.layout.columns {
		row = append(row, styled(p.b.styles.head, c.head))
		n = max(n, lines(c.head, (c.width-indent-2.5)/boldly)) // the filter's arrow takes the 2.5
	}
	p.set(rowHeight(n)+6, row...)
}

// do runs a step unless one has failed.
func (p *page) do(step func() error) {
	if p.err == nil {
		p.err = step()
	}
}

// set writes the next row at a height, its cells as they are.
func (p *page) set(height float64, cells ...any) {
	p.do(func() error { return p.sw.SetRow(cellName(1, p.row), cells, excelize.RowOpts{Height: height}) })
	p.row++
}

// add writes the next row, each value in its column's style unless it brings its own, as high as its longest text needs.
// A value is a string, an int, rich text, nil for an empty cell, or an excelize.Cell of these.
func (p *page) add(values ...any) {
	n := 1
	for i, v := range values {
		c, ok := v.(excelize.Cell)
		if !ok {
			c = excelize.Cell{Value: v}
		}
		if c.StyleID == 0 {
			c.StyleID = p.layout.columns[i].style
		}
		if s, ok := c.Value.(string); ok {
			c.Value, _ = fit(s)
		}
		if i+1 != p.layout.hidden && c.StyleID != p.b.styles.key { // neither is wrapped in sight
			n = max(n, lines(plain(c.Value), p.room(i, c.StyleID)))
		}
		values[i] = c
	}
	p.set(rowHeight(n), values...)
}

// room is the column width that text has in a style.
func (p *page) room(col, style int) float64 {
	s := p.b.styles
	width := p.layout.columns[col].width - indent
	if style == s.strong || style == s.confirmed || style == s.bodyStrong {
		width /= boldly
	}
	return width
}

// close adds the table and the page set-up, and ends the sheet.
func (p *page) close() error {
	l := p.layout
	if l.table != "" {
		none := false
		p.do(func() error {
			return p.sw.AddTable(&excelize.Table{Range: p.area(1, len(l.columns)), Name: l.table, ShowRowStripes: &none})
		})
	}
	if !l.bare {
		p.do(p.setUp)
	}
	p.do(func() error { return p.sw.Flush() })
	return p.err
}

// area is the range from the heading of one column to the last row of another. A table has at least one row under its
// headings, an empty one if need be.
func (p *page) area(from, to int) string {
	return cellName(from, headRow) + ":" + cellName(to, max(p.row-1, firstRow))
}

// body is a column's range without its heading.
func (p *page) body(col int) string {
	return cellName(col, firstRow) + ":" + cellName(col, max(p.row-1, firstRow))
}

// setUp is how the sheet prints: landscape, headings on every page.
func (p *page) setUp() error {
	l := p.layout
	if l.untabled {
		return p.b.print(l, "portrait")
	}
	titles := fmt.Sprintf("'%s'!$1:$%d", l.sheet, headRow+l.frozenRows)
	if l.frozen > 0 {
		titles = fmt.Sprintf("'%s'!$A:$%s,%s", l.sheet, columnName(l.frozen), titles)
	}
	if err := p.b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: l.sheet}); err != nil {
		return err
	}
	return p.b.print(l, "landscape")
}

// print sets the paper, how many pages the sheet may take, and the footer. All six margins are given because excelize sets
// those left out to nought.
func (b *book) print(l layout, orientation string) error {
	wide := max(l.wide, 1)
	if err := b.f.SetPageLayout(l.sheet, &excelize.PageLayoutOptions{Size: &l.paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &l.high}); err != nil {
		return err
	}
	side, top, bottom, edge := 0.4, 0.45, 0.6, 0.3
	if err := b.f.SetPageMargins(l.sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	return b.f.SetHeaderFooter(l.sheet, &excelize.HeaderFooterOptions{OddFooter: footer(b.r.Title)})
}

// footer holds the title, the sheet and the page. The space after the size keeps a title that begins with a figure from
// being read as part of it; a footer may have 255 characters.
func footer(title string) string {
	if r := []rune(title); len(r) > 90 {
		title = string(r[:89]) + "…"
	}
	return "&L&8 " + strings.ReplaceAll(title, "&", "&&") + "&C&8&A&R&8Page &P of &N"
}

// fit is text that a cell can hold, and how many characters of it were left out.
func fit(s string) (string, int) {
	if len(s) <= cellLimit {
		return s, 0
	}
	units, cut := 0, -1
	for i, r := range s {
		if units+utf16.RuneLen(r) > cellLimit-len(cutMark) && cut < 0 {
			cut = i
		}
		units += utf16.RuneLen(r)
	}
	if units <= cellLimit {
		return s, 0
	}
	return s[:cut] + cutMark, len([]rune(s[cut:]))
}

// plain is a cell's text, for estimating how high it is.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []excelize.RichTextRun:
		var b strings.Builder
		for _, run := range v {
			b.WriteString(run.Text)
		}
		return b.String()
	}
	return ""
}

func styled(style int, v any) excelize.Cell { return excelize.Cell{StyleID: style, Value: v} }

// cellName is "B4" for column 2, row 4.
func cellName(col, row int) string { return fmt.Sprintf("%s%d", columnName(col), row) }

// columnName is "A" for 1, "AA" for 27.
func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
