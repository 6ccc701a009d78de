package extract

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// readCSV reads a table in text: as a survey, one row a respondent, or else cell by cell.
func readCSV(ctx context.Context, name string, data []byte) (*Document, error) {
	text := decodeText(data)
	if err := notText(text); err != nil {
		return nil, err
	}
	b := &builder{}
	grid, err := readGrid(ctx, b, text)
	if err != nil {
		return nil, err
	}
	if err := writeSheets(ctx, b, []sheetGrid{grid}); err != nil {
		return nil, err
	}
	return finishSheets(b)
}

// readGrid parses the whole table. Rows are numbered as a spreadsheet shows them: a record over several lines is one row,
// and an empty line is a row.
func readGrid(ctx context.Context, b *builder, text string) (sheetGrid, error) {
	comma, rest := separator(text)
	data := []byte(rest)
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var grid sheetGrid
	cells, number, swallowed := 0, 0, 0
	for {
		if err := ctx.Err(); err != nil {
			return grid, err
		}
		number += 1 + emptyLines(data[r.InputOffset():])
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return grid, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if record = withoutBlankEnd(record); len(record) == 0 {
			continue
		}
		if cells += len(record); cells > maxSheetCells || len(record) > 10*maxSheetColumns {
			return grid, fmt.Errorf("%w: more than %d cells", ErrLimit, maxSheetCells)
		}
		if swallowed == 0 && hasSwallowed(record) {
			swallowed = number
		}
		grid.rows = append(grid.rows, sheetRow{number: number, cells: record})
	}
	if swallowed > 0 {
		b.warn(fmt.Sprintf("row %d", swallowed), "One cell has more than 200 lines; a quotation mark may be missing, so that rows below were taken into it.")
	}
	return grid, nil
}

// emptyLines counts the empty lines at the start, which the csv package passes over.
func emptyLines(data []byte) int {
	n := 0
	for n < len(data) && data[n] == '\n' {
		n++
	}
	return n
}

func hasSwallowed(record []string) bool {
	for _, cell := range record {
		if strings.Count(cell, "\n") > 200 {
			return true
		}
	}
	return false
}

// separators in the order of preference where two fit equally.
const separators = ",;\t|"

// separator guesses what parts the cells: Excel's "sep=;" line says so; else the one that gives the most even rows.
func separator(text string) (comma rune, rest string) {
	if first, after, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		if sep := []rune(first[4:]); len(sep) == 1 && strings.ContainsRune(separators, sep[0]) {
			return sep[0], after
		}
	}
	best, comma := 0.0, ','
	for _, sep := range separators {
		if score := evenness(text, sep); score > best {
			best, comma = score, sep
		}
	}
	return comma, text
}

// evenness is the share of the first rows that have the commonest number of cells, if that is more than one; more
// columns win between equals.
func evenness(text string, sep rune) float64 {
	records := firstRecords(text, sep, 50)
	counts := map[int]int{}
	for _, r := range records {
		counts[len(r)]++
	}
	best := 0.0
	for width, n := range counts {
		if width > 1 {
			best = max(best, float64(n)/float64(len(records))+float64(min(width, 99))/1000)
		}
	}
	return best
}

func firstRecords(text string, sep rune, most int) [][]string {
	r := csv.NewReader(strings.NewReader(text[:min(len(text), 256<<10)]))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = sep, true, -1
	var records [][]string
	for len(records) < most {
		record, err := r.Read()
		if err != nil {
			break
		}
		records = append(records, record)
	}
	return records
}

// isTable tells a table from a text. Its name may say so; without, it must be plain: a header of short names and at
// least three rows, all of one width, and more than a comma in every line to show for it.
func isTable(name, text string) bool {
	switch {
	case hasEnding(name, ".csv"), hasEnding(name, ".tsv"), hasEnding(name, ".xls"): // some programs export text as .xls
		return true
	case hasEnding(name, ".txt"), isMarkdown(name):
		return false
	}
	comma, _ := separator(text)
	records := firstRecords(text, comma, 200)
	if len(text) >= 64<<10 && len(records) > 1 {
		records = records[:len(records)-1] // the last may be cut
	}
	if len(records) < 4 || len(records[0]) < 2 || comma == ',' && len(records[0]) < 3 && !strings.Contains(text, `"`) {
		return false
	}
	for _, r := range records {
		if len(r) != len(records[0]) {
			return false
		}
	}
	return isHeaderText(records[0])
}

func isHeaderText(cells []string) bool {
	for _, c := range cells {
		c = strings.TrimSpace(c)
		if c == "" || Words(c) > 30 || strings.HasSuffix(c, ".") || !strings.ContainsFunc(c, unicode.IsLetter) {
			return false
		}
	}
	return true
}
