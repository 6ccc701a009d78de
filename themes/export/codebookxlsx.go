package export

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// ErrLongCell is returned for a codebook that a workbook cannot hold, because a theme's rules or examples are more than a cell takes.
var ErrLongCell = fmt.Errorf("a cell of a workbook holds at most %d characters", cellLimit)

// CodebookWorkbook writes the themes as an Excel workbook (.xlsx): a sheet Themes, a row a theme, each rule and each example on a line
// of its own. [themes.ReadCodebook] reads it back, changed or not. Every text is a string, never a formula.
func CodebookWorkbook(w io.Writer, c *themes.CodebookCopy) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, r: &themes.Report{Title: c.Title, Asof: c.Day, Tool: c.Tool}}
	if err := b.codebookBook(c); err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	f.SetZipWriter(newZip)
	if err := f.Write(w); err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	return nil
}

func (b *book) codebookBook(c *themes.CodebookCopy) error {
	if err := b.f.SetDefaultFont(fontName); err != nil {
		return err
	}
	var err error
	if b.styles, err = newStyles(b.f); err != nil {
		return err
	}
	if err := b.f.SetSheetName("Sheet1", "Themes"); err != nil {
		return err
	}
	if err := b.properties(); err != nil {
		return err
	}
	widths := []float64{22, 30, 20, 48, 34, 24, 54, 36, 11, 11}
	var columns []column
	for i, head := range themes.CodebookHeads() {
		columns = append(columns, column{head, widths[i], b.styles.text})
	}
	columns[1].style = b.styles.strong
	p := b.open(layout{sheet: "Themes", table: "CodebookTable", frozen: 2, paper: a3, columns: columns, title: "Themes: " + c.Title,
		help: "A row a theme; each rule and each example on a line of its own (Alt+Enter). The ID keeps a theme's codings with it: leave it as it is. To read it back: collate themes import"})
	colours := c.Colours()
	for _, t := range c.Tree() {
		row := []any{t.ID, t.Name, t.Parent, t.Description, themes.JoinEntries(t.Any), themes.JoinEntries(t.None), themes.JoinEntries(t.Examples), themes.JoinEntries(t.NonExamples), nil, string(t.State)}
		for i, v := range row {
			if s, ok := v.(string); ok && len(utf16.Encode([]rune(s))) > cellLimit {
				return fmt.Errorf("%w, and %s of %s has more; write the codebook as .yaml", ErrLongCell, strings.ToLower(columns[i].head), t.ID)
			}
		}
		swatch, err := b.swatch(colours[t.ID])
		if err != nil {
			return err
		}
		row[8] = styled(swatch, t.Colour)
		p.add(row...)
	}
	state := excelize.NewDataValidation(true)
	state.SetSqref(p.body(len(columns)))
	if err := state.SetDropList([]string{string(themes.ThemeActive), string(themes.ThemeRetired)}); err != nil {
		return err
	}
	p.do(func() error { return b.f.AddDataValidation("Themes", state) })
	return p.close()
}

// swatch is the style of a cell that shows a colour at its edge, so that what stands in it can be read whatever the colour.
func (b *book) swatch(colour string) (int, error) {
	edges := box()
	edges[1] = excelize.Border{Type: "right", Color: strings.TrimPrefix(colour, "#"), Style: 5}
	return b.f.NewStyle(&excelize.Style{Font: font(11, ink, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true, Indent: 1}, Border: edges, NumFmt: 49})
}
