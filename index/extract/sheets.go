package extract

import (
	"bytes"
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// A Sheet is one sheet of a workbook, cell by cell.
type Sheet struct {
	Name string
	Rows []SheetRow // those with something in them
}

// A SheetRow is one row of a sheet. Number counts from 1, as the program shows it; Cells are as it shows them, blank ones at the end left out.
type SheetRow struct {
	Number int
	Cells  []string
}

// Cell gives the text in column c, counted from 0; "" where there is none.
func (r SheetRow) Cell(c int) string {
	if c < 0 || c >= len(r.Cells) {
		return ""
	}
	return r.Cells[c]
}

// Sheets reads an Excel workbook (.xlsx) that was filled in and came back, within the limits of a submission. The errors wrap this
// package's sentinels; a panic in the reader is returned as [ErrCrashed].
func Sheets(ctx context.Context, data []byte) (sheets []Sheet, err error) {
	defer func() {
		if r := recover(); r != nil {
			sheets, err = nil, fmt.Errorf("%w: %v", ErrCrashed, r)
		}
	}()
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB", ErrLimit, len(data)>>20)
	}
	if err := checkWorkbook(ctx, data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: MaxExpanded, UnzipXMLSizeLimit: MaxExpanded})
	if err != nil {
		return nil, openingWorkbook(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		grid, err := readSheet(ctx, &builder{}, f, name)
		if err != nil {
			return nil, err
		}
		sheet := Sheet{Name: name}
		for _, row := range grid.rows {
			sheet.Rows = append(sheet.Rows, SheetRow{row.number, row.cells})
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}
