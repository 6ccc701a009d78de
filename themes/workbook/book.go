// Package workbook reads a table that people edited and sent back: an Excel workbook (.xlsx) or a CSV file. It holds what stands in each
// cell, whether a formula made it, and which cells are merged; it knows nothing of themes. Start at [Read].
//
// It reads with bounds, since what comes back may be anybody's file: formulas are never run, links never followed, and a cell's
// text is data to whoever asks for it.
package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"unicode/utf8"
)

// What a file may hold. A workbook with 100,000 quotes has 1.7 million cells.
const (
	MaxBytes    = 128 << 20 // of the file
	maxInflated = 512 << 20 // of all that is inflated from it
	maxStrings  = 256 << 20 // of the strings that its cells share
	maxText     = 256 << 20 // of all that stands in its cells
	maxEntries  = 10_000
	maxCells    = 8_000_000
	maxRows     = 1 << 20    // of a sheet, as in Excel
	maxTags     = 60_000_000 // and runs of text, of all parts together: about half a minute
	MaxColumns  = 256        // those beyond are left out, and said
	maxCell     = 1 << 20
	maxMerged   = 100
)

// What can be wrong with a file.
var (
	ErrNotTable = errors.New("not a workbook (.xlsx) or a CSV file that can be read")
	ErrTooLarge = errors.New("larger than a workbook can be that is read back")
)

// A Book is what a file holds.
type Book struct{ Sheets []Sheet }

// A Sheet is one sheet in the file's order.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row    // those with something in them
	Merged []string // the first ranges of merged cells, "A5:A9": only the first cell of each holds anything
	Cut    bool     // there were more than [MaxColumns] columns
}

// A Row is one row. Number counts from 1, as the program shows it.
type Row struct {
	Number int
	Cells  []Cell
}

// A Cell is what stands in one cell: of a formula, the value that was stored with it.
type Cell struct {
	Text    string
	Formula bool
	Error   bool // the text is an error, "#REF!"
}

// Cell gives the cell in a column, counted from 0; an empty one where there is none.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Place is a cell's name as the program shows it: "E14". Columns count from 0.
func Place(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, row)
}

// Read reads a workbook or a CSV file by its content. The errors wrap [ErrNotTable] and [ErrTooLarge].
func Read(ctx context.Context, data []byte) (*Book, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, fmt.Errorf("%w: it has %d MB", ErrTooLarge, len(data)>>20)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(ctx, data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return nil, fmt.Errorf("%w: it is protected by a password or in the old .xls format; save it as .xlsx without a password", ErrNotTable)
	case bytes.IndexByte(data, 0) < 0 && utf8.Valid(data):
		return readCSV(ctx, data)
	}
	return nil, ErrNotTable
}

// bounds are what may still be taken in.
type bounds struct{ cells, text int }

func newBounds() *bounds { return &bounds{maxCells, maxText} }

// take counts a cell.
func (b *bounds) take(text string) error {
	b.cells--
	b.text -= len(text)
	switch {
	case len(text) > maxCell:
		return fmt.Errorf("%w: a cell holds more than %d kB", ErrTooLarge, maxCell>>10)
	case b.cells < 0:
		return fmt.Errorf("%w: it has more than %d cells", ErrTooLarge, maxCells)
	case b.text < 0:
		return fmt.Errorf("%w: its cells hold more than %d MB", ErrTooLarge, maxText>>20)
	}
	return nil
}

// withoutEnd leaves out what is empty at a row's end.
func withoutEnd(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1] == (Cell{}) {
		cells = cells[:len(cells)-1]
	}
	return cells
}
