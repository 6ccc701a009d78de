package extract

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxSheetRow is above the last row of any spreadsheet program.
const maxSheetRow = 1 << 24

// An xml2003Reader reads a workbook in Excel 2003's XML.
type xml2003Reader struct {
	b       *builder
	sheet   *gridBuilder // the one being read
	row     int          // the last one read
	sheets  []*gridBuilder
	styles  map[string]xml2003Style
	numbers numberFormatter
	budget  gridBudget
	seen    bool

	comments marginal
}

type xml2003Style struct {
	parent string
	format string // "" when the style says nothing
}

// readXML2003 reads a workbook in Excel 2003's XML ("XML Spreadsheet").
func readXML2003(ctx context.Context, f *flow, data []byte) ([]sheetGrid, error) {
	if len(data) > MaxPart {
		return nil, fmt.Errorf("%w: an XML workbook of %d MB", ErrLimit, len(data)>>20)
	}
	data, repaired := repairXML(data)
	r := &xml2003Reader{b: &f.builder, styles: map[string]xml2003Style{}}
	defer r.numbers.close()
	nodes := 0
	cut := streamElements(ctx, data, &nodes, r.open, r.visit)
	if cut != nil && !errors.Is(cut, errCut) {
		return nil, cut
	}
	if !r.seen {
		return nil, fmt.Errorf("%w: no sheet in the XML", ErrDamaged)
	}
	var sheets []sheetGrid
	for _, grid := range r.sheets {
		sheets = grid.appendFilled(r.b, sheets)
	}
	f.report(leftOut{cut: cut != nil, repaired: repaired, comments: r.comments})
	return sheets, nil
}

// open goes through the workbook, its sheets and their tables, so that one row is in memory at a time.
func (r *xml2003Reader) open(path []string, n *node) bool {
	switch len(path) {
	case 1:
		return path[0] == "Workbook"
	case 2:
		if path[1] != "Worksheet" {
			return false
		}
		r.seen, r.row = true, 0
		r.sheet = newGridBuilder(headerLine(n.attr("Name")), false, &r.budget)
		r.sheets = append(r.sheets, r.sheet)
		return true
	}
	return len(path) == 3 && path[2] == "Table"
}

func (r *xml2003Reader) visit(path []string, k *node) error {
	switch {
	case len(path) == 0:
		return fmt.Errorf("%w: not a workbook in XML", ErrDamaged)
	case len(path) == 1:
		r.readPart(k)
	case len(path) == 2 && k.name == "WorksheetOptions":
		r.sheet.hidden = strings.HasPrefix(k.kid("Visible").allText(), "Sheet") // SheetHidden, SheetVeryHidden
	case len(path) == 3 && k.name == "Row":
		return r.readRow(k)
	}
	return nil
}

func (r *xml2003Reader) readPart(k *node) {
	switch k.name {
	case "DocumentProperties":
		f := &r.b.doc.Facts
		f.Title, f.Subject, f.Author = factText(k.kid("Title")), factText(k.kid("Subject")), factText(k.kid("Author"))
		f.Company, f.Date = factText(k.kid("Company")), factDate(k.kid("LastSaved"), k.kid("Created"))
	case "Styles":
		for s := range k.kids() {
			r.styles[s.attr("ID")] = xml2003Style{parent: s.attr("Parent"), format: s.kid("NumberFormat").attr("Format")}
		}
	}
}

// readRow reads a row. Index says where it stands when rows above are left out; Span, how many empty ones follow.
func (r *xml2003Reader) readRow(k *node) error {
	r.row = min(max(k.number("Index", r.row+1), r.row+1), maxSheetRow)
	if hidden, err := strconv.ParseBool(k.attr("Hidden")); err == nil && hidden {
		r.sheet.hiddenRows[r.row] = true
	}
	column := 0
	for cell := range k.kids() {
		if cell.name != "Cell" {
			continue
		}
		column = min(max(cell.number("Index", column+1), column+1), maxSheetRow)
		style := cell.attr("StyleID")
		if style == "" {
			style = k.attr("StyleID")
		}
		if err := r.sheet.set(r.row, column-1, r.cellText(cell, style)); err != nil {
			return err
		}
		column += min(max(cell.number("MergeAcross", 0), 0), maxSheetRow)
	}
	r.row += min(max(k.number("Span", 0), 0), maxSheetRow)
	return nil
}

func (r *xml2003Reader) cellText(cell *node, style string) string {
	if c := cell.kid("Comment"); c != nil {
		r.comments.add(headerLine(c.attr("Author")))
	}
	data := cell.kid("Data")
	text := data.allText()
	value := strings.TrimSpace(text)
	switch data.attr("Type") {
	case "Number":
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			return r.numbers.show(v, namedFormat(r.format(style)))
		}
	case "DateTime":
		if t, err := time.Parse("2006-01-02T15:04:05.999", value); err == nil {
			return r.date(t, r.format(style))
		}
	case "Boolean":
		if v, err := strconv.ParseBool(value); err == nil {
			return strings.ToUpper(strconv.FormatBool(v))
		}
	}
	return text
}

// format is the number format of a style or of those it is based on.
func (r *xml2003Reader) format(style string) string {
	for range 50 { // styles based on each other in a circle
		s, ok := r.styles[style]
		if !ok || s.format != "" {
			return s.format
		}
		style = s.parent
	}
	return ""
}

func (r *xml2003Reader) date(t time.Time, format string) string {
	if format != "" && !strings.HasPrefix(format, "General N") && format != "General" {
		first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		return r.numbers.show(float64(t.Unix()-first.Unix())/(24*60*60), namedFormat(format))
	}
	switch {
	case t.Year() < 1900:
		return t.Format(time.TimeOnly)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// namedFormat is the number format that Excel 2003's XML gives by a name, or else by its code.
func namedFormat(format string) numberFormat {
	switch format {
	case "", "General", "General Number":
		return numberFormat{}
	case "General Date":
		return numberFormat{builtIn: 22}
	case "Long Date", "Medium Date":
		return numberFormat{builtIn: 15}
	case "Short Date":
		return numberFormat{builtIn: 14}
	case "Long Time":
		return numberFormat{builtIn: 19}
	case "Medium Time":
		return numberFormat{builtIn: 18}
	case "Short Time":
		return numberFormat{builtIn: 20}
	case "Fixed":
		return numberFormat{builtIn: 2}
	case "Standard", "Currency", "Euro Currency":
		return numberFormat{builtIn: 4}
	case "Percent":
		return numberFormat{builtIn: 10}
	case "Scientific":
		return numberFormat{builtIn: 11}
	case "Yes/No", "True/False", "On/Off":
		yes, no, _ := strings.Cut(format, "/")
		return numberFormat{code: fmt.Sprintf("%q;%q;%q", yes, yes, no)}
	}
	return numberFormat{code: format}
}
