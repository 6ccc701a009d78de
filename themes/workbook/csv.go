package workbook

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// readCSV reads a table of text in UTF-8. Fields are parted by whichever of comma, semicolon and tab the first line has most of.
func readCSV(ctx context.Context, data []byte) (*Book, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = -1, true, true
	first, _, _ := bytes.Cut(data, []byte("\n"))
	for _, sign := range ";\t" {
		if bytes.Count(first, []byte(string(sign))) > bytes.Count(first, []byte(string(in.Comma))) {
			in.Comma = sign
		}
	}
	sheet, left := Sheet{Name: "CSV"}, newBounds()
	for ctx.Err() == nil {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return &Book{Sheets: []Sheet{sheet}}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrNotTable, err)
		}
		if len(record) > MaxColumns {
			record, sheet.Cut = record[:MaxColumns], true
		}
		line, _ := in.FieldPos(0)
		row := Row{Number: line}
		for _, field := range record {
			if err := left.take(field); err != nil {
				return nil, err
			}
			row.Cells = append(row.Cells, Cell{Text: field})
		}
		if row.Cells = withoutEnd(row.Cells); len(row.Cells) > 0 {
			sheet.Rows = append(sheet.Rows, row)
		}
	}
	return nil, ctx.Err()
}
