// Package export writes a themes.Report to files for people: Workbook makes the theme workbook, QuotesCSV its table of
// quotes alone. It makes no decisions and knows no record: what the report does not hold, no file can let out. The same
// report always gives the same bytes. Start at Workbook.
package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// Workbook writes the report as an Excel workbook (.xlsx) to w, with the sheets that its view has: Read me, Summary, Matrix, Stances, Quotes, Positions,
// Asks, Evidence figures, Questions, Members, Themes, Shared text, Excluded. Every text is a string, never a formula, whatever it begins with; the counts and the
// matrix are formulas over the Stances sheet, stored with their values, so that they follow a stance changed there.
func Workbook(w io.Writer, r *themes.Report) error {
	f := excelize.NewFile()
	defer f.Close()
	b, err := newBook(f, r)
	if err != nil {
		return fmt.Errorf("setting up the workbook: %w", err)
	}
	for _, s := range sheetsOf(r) {
		if err := s.write(b); err != nil {
			return fmt.Errorf("writing the sheet %q: %w", s.name, err)
		}
	}
	f.SetActiveSheet(0)
	f.SetZipWriter(newZip)
	if err := f.Write(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// A sheet is a sheet of the workbook and who writes it.
type sheet struct {
	name  string
	write func(*book) error
}

// sheets are the sheets of the whole workbook, in order.
func sheets() []sheet {
	return []sheet{
		{"Read me", writeReadme},
		{"Summary", writeSummary},
		{"Matrix", writeMatrix},
		{"Stances", writeStances},
		{"Quotes", writeQuotes},
		{"Positions", writePositions},
		{"Asks", writeAsks},
		{"Evidence figures", writeFigures},
		{"Questions", writeQuestions},
		{"Members", writeMembers},
		{"Themes", writeCodebook},
		{"Shared text", writeShared},
		{"Excluded", writeExcluded},
		{"Lists", writeLists},
		{"Origin", writeOrigin},
	}
}

// A book is a workbook being written.
type book struct {
	f      *excelize.File
	r      *themes.Report
	styles styles
	keys   map[[2]int]string // of the Stances rows, by member and theme number
	quoted map[string]bool   // the refs on the Quotes sheet
}

func newBook(f *excelize.File, r *themes.Report) (*book, error) {
	b := &book{f: f, r: r, keys: stanceKeys(r), quoted: map[string]bool{}}
	for _, q := range r.Quotes {
		b.quoted[q.Ref] = true
	}
	if err := f.SetDefaultFont(fontName); err != nil {
		return nil, err
	}
	var err error
	if b.styles, err = newStyles(f); err != nil {
		return nil, err
	}
	for i, s := range sheetsOf(r) {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return nil, err
		}
	}
	return b, b.properties()
}

// properties are what a file manager shows of the workbook. Its dates are the record's, not the clock's.
func (b *book) properties() error {
	p := &excelize.DocProperties{Title: b.r.Title, Creator: b.r.Tool, LastModifiedBy: b.r.Tool, Language: "en-GB", Subject: "What members said, by theme",
		Description: "A consultation is not a vote: every number here comes with the words it rests on."}
	if day, err := time.Parse("2 January 2006", b.r.Asof); err == nil {
		p.Created = day.Format(time.RFC3339)
		p.Modified = p.Created
	}
	if err := b.f.SetDocProps(p); err != nil {
		return err
	}
	tool, _, _ := strings.Cut(b.r.Tool, " ")
	return b.f.SetAppProps(&excelize.AppProperties{Application: tool})
}

// writeLists fills the hidden sheet that formulas, drop-downs and the chart look into: each stance, how a cell shows it, how
// many members answered, and each theme's count of Oppose as the chart draws it, to the left of nought.
func writeLists(b *book) error {
	s := b.styles
	p := b.open(layout{sheet: "Lists", columns: []column{{"Stance", 20, s.text}, {"Shown as", 22, s.text}, {"Members that answered", 22, s.number}, {"Oppose, as drawn", 22, s.number}}, bare: true})
	for i := range max(len(themes.Stances), len(b.r.Themes)) {
		row := []any{nil, nil, nil, nil}
		if i < len(themes.Stances) {
			row[0], row[1] = themes.Stances[i].Label(), shown(themes.Stances[i])
		}
		if i == 0 {
			row[2] = b.r.Counts.Members
		}
		if i < len(b.r.Themes) {
			row[3] = excelize.Cell{Value: -len(b.r.Themes[i].Joint.Names[themes.Oppose]), Formula: fmt.Sprintf("0-Summary!$B$%d", firstRow+i)}
		}
		p.add(row...)
	}
	if err := p.close(); err != nil {
		return err
	}
	return b.f.SetSheetVisible("Lists", false)
}

// shown is a stance as a cell shows it: its sign, so that it reads in black and white, and its word.
func shown(s themes.Stance) string { return s.Sign() + " " + s.Label() }
