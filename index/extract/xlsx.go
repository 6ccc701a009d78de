package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a sheet may hold. A cell in the last column of every row makes rows of 16,384 cells from nothing.
const (
	maxSheetColumns = 1000
	maxSheetCells   = 5_000_000
)

// readXLSX reads a workbook: as a survey, one row a respondent, or else cell by cell.
func readXLSX(ctx context.Context, name string, data []byte) (*Document, error) {
	if err := checkWorkbook(ctx, data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: MaxExpanded, UnzipXMLSizeLimit: MaxExpanded, // equal, so that nothing is written to disk
	})
	if err != nil {
		return nil, openingWorkbook(err)
	}
	defer f.Close()
	b := &builder{}
	var sheets []sheetGrid
	for _, sheet := range f.GetSheetList() {
		grid, err := readSheet(ctx, b, f, sheet)
		if err != nil {
			return nil, err
		}
		if len(grid.rows) > 0 {
			sheets = append(sheets, grid)
		}
	}
	if props, err := f.GetDocProps(); err == nil && props != nil {
		b.doc.Facts.Title, b.doc.Facts.Author = headerLine(props.Title), headerLine(props.Creator)
		b.doc.Facts.Date = statedDate(props.Modified)
	}
	if err := writeSheets(ctx, b, sheets); err != nil {
		return nil, err
	}
	return finishSheets(b)
}

func finishSheets(b *builder) (*Document, error) {
	if len(b.doc.Blocks) == 0 {
		return nil, ErrNoText
	}
	return b.document(), nil
}

func openingWorkbook(err error) error {
	switch {
	case errors.Is(err, excelize.ErrWorkbookFileFormat), errors.Is(err, excelize.ErrWorkbookPassword):
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	case strings.Contains(err.Error(), "unzip size exceeds"):
		return fmt.Errorf("%w: %v", ErrLimit, err)
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

// A sheetGrid is the cells of a sheet as its program shows them. Rows without a cell are left out.
type sheetGrid struct {
	name string
	rows []sheetRow
}

type sheetRow struct {
	number int // from 1, as the program shows it
	cells  []string
}

// cell gives the text in column c, counted from 0.
func (r sheetRow) cell(c int) string {
	if c < len(r.cells) {
		return r.cells[c]
	}
	return ""
}

// readSheet streams a sheet. Everything else that excelize offers reads whole columns for one far cell.
func readSheet(ctx context.Context, b *builder, f *excelize.File, name string) (sheetGrid, error) {
	grid := sheetGrid{name: name}
	rows, err := f.Rows(name)
	if err != nil {
		b.warn("sheet "+name, "The sheet has no cells that can be read; it may be a chart.")
		return grid, nil
	}
	defer rows.Close()
	cells, wide, hidden := 0, false, 0
	for number := 1; rows.Next(); number++ {
		if err := ctx.Err(); err != nil {
			return grid, err
		}
		row, err := rows.Columns()
		if err != nil {
			return grid, fmt.Errorf("%w: sheet %s: %v", ErrDamaged, name, err)
		}
		row = withoutBlankEnd(row)
		if len(row) == 0 {
			continue
		}
		if len(row) > maxSheetColumns {
			row, wide = withoutBlankEnd(row[:maxSheetColumns]), true
		}
		if rows.GetRowOpts().Hidden {
			hidden++
		}
		if cells += len(row); cells > maxSheetCells {
			return grid, fmt.Errorf("%w: sheet %s has more than %d cells", ErrLimit, name, maxSheetCells)
		}
		grid.rows = append(grid.rows, sheetRow{number: number, cells: row})
	}
	if err := rows.Error(); err != nil {
		return grid, fmt.Errorf("%w: sheet %s: %v", ErrDamaged, name, err)
	}
	visible, err := f.GetSheetVisible(name)
	warnSheet(b, grid, err == nil && !visible, wide, hidden)
	return grid, nil
}

// warnSheet says what is special about a sheet; hidden are its rows that are.
func warnSheet(b *builder, grid sheetGrid, invisible, wide bool, hidden int) {
	where := "sheet " + grid.name
	if invisible && len(grid.rows) > 0 {
		b.warn(where, "The sheet is hidden in the workbook; it was read all the same.")
	}
	if hidden > 0 {
		b.warn(where, counted(hidden, "row is hidden in the sheet and was", "rows are hidden in the sheet and were")+" read all the same.")
	}
	if wide {
		b.warn(where, fmt.Sprintf("The sheet has more than %d columns; those beyond were not read.", maxSheetColumns))
	}
}

// counted gives "1 row is" or "3 rows are".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func withoutBlankEnd(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}
