package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// readODS reads an OpenDocument spreadsheet, as a package (.ods, .ots) or as one flat XML file (.fods).
func readODS(ctx context.Context, name string, data []byte) (*Document, error) {
	r := &odsReader{hiddenStyles: map[string]bool{}}
	var cut, err error
	if bytes.HasPrefix(data, []byte("PK")) || isOLE(data) {
		cut, err = r.readPackage(ctx, data)
	} else {
		cut, err = r.readFlat(ctx, data)
	}
	if err != nil {
		return nil, err
	}
	if cut != nil && len(r.grids) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, cut)
	}
	b := &r.words.flow.builder
	var sheets []sheetGrid
	for _, grid := range r.grids {
		sheets = grid.appendFilled(b, sheets)
	}
	r.words.flow.report(leftOut{cut: cut != nil, repaired: r.words.repaired, comments: r.words.comments, pictures: r.words.pictures, hidden: r.words.hidden})
	warnDrawings(b, r.charts, r.boxes)
	if r.covered > 0 {
		b.warn("", counted(r.covered, "cell was", "cells were")+" not read: a merged cell covers what stands there.")
	}
	if err := writeSheets(ctx, b, sheets); err != nil {
		return nil, err
	}
	return finishSheets(b)
}

// An odsReader reads one OpenDocument spreadsheet.
type odsReader struct {
	words        odtReader // reads the paragraphs in the cells, and the properties of the file
	hiddenStyles map[string]bool
	grids        []*gridBuilder
	grid         *gridBuilder // the sheet being read
	row          int          // its last row so far
	budget       gridBudget

	covered int // cells with words under a merged one
	charts  int
	boxes   int
}

func (r *odsReader) readPackage(ctx context.Context, data []byte) (cut, err error) {
	a, err := openArchive(ctx, data)
	if err != nil {
		return nil, err
	}
	manifest, err := a.optional("META-INF/manifest.xml")
	if err != nil {
		return nil, err
	}
	if manifest.find("encryption-data") != nil {
		return nil, ErrEncrypted
	}
	if !a.has("content.xml") {
		return nil, fmt.Errorf("%w: no content.xml", ErrDamaged)
	}
	meta, err := a.optional("meta.xml")
	if err != nil {
		return nil, err
	}
	r.words.readMeta(meta.kid("meta"))
	content, cut := a.read("content.xml")
	if cut != nil && len(content) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, cut)
	}
	rest, err := r.readContent(ctx, content, &a.nodes)
	if rest != nil {
		cut = rest
	}
	return cut, err
}

func (r *odsReader) readFlat(ctx context.Context, data []byte) (cut, err error) {
	if len(data) > MaxPart {
		return nil, fmt.Errorf("%w: a flat file of %d MB", ErrLimit, len(data)>>20)
	}
	nodes := 0
	return r.readContent(ctx, data, &nodes)
}

func (r *odsReader) readContent(ctx context.Context, data []byte, nodes *int) (cut, err error) {
	data, r.words.repaired = repairXML(data)
	return r.words.body(streamElements(ctx, data, nodes, r.open, r.visit))
}

// open goes through the document down to the rows of its sheets, so that one row is in memory at a time.
func (r *odsReader) open(path []string, n *node) bool {
	switch name := path[len(path)-1]; len(path) {
	case 1:
		return name == "document-content" || name == "document"
	case 2:
		return name == "body"
	case 3:
		r.words.seen = r.words.seen || name == "spreadsheet"
		return name == "spreadsheet"
	case 4:
		if name == "table" {
			r.begin(n)
		}
		return name == "table"
	default:
		return name == "table-row-group" || name == "table-header-rows" || name == "table-rows"
	}
}

// begin begins a sheet. One named after another file is what that said when a formula last looked at it, and is not kept.
func (r *odsReader) begin(n *node) {
	name := headerLine(n.attr("name"))
	r.row = 0
	r.grid = newGridBuilder(name, r.hiddenStyles[n.attr("style-name")], &r.budget)
	if !strings.HasPrefix(name, "'file:") || !strings.Contains(name, "'#$") {
		r.grids = append(r.grids, r.grid)
	}
}

func (r *odsReader) visit(path []string, k *node) error {
	switch {
	case len(path) == 0:
		return fmt.Errorf("%w: not an OpenDocument", ErrDamaged)
	case len(path) == 1 && k.name == "meta":
		r.words.readMeta(k)
	case len(path) == 1 && k.name == "automatic-styles":
		r.readStyles(k)
	case len(path) < 4:
	case k.name == "table-row":
		return r.readRow(k)
	case k.name == "shapes":
		r.countDrawings(k)
	}
	return nil
}

// readStyles finds the styles of hidden sheets.
func (r *odsReader) readStyles(k *node) {
	for s := range k.kids() {
		if s.attr("family") == "table" && s.kid("table-properties").attr("display") == "false" {
			r.hiddenStyles[s.attr("name")] = true
		}
	}
}

// An odsCell is a cell with words, in a column counted from 0.
type odsCell struct {
	column int
	text   string
}

// readRow reads a row and its repetitions: a sheet ends with one that stands for the million empty rows below.
func (r *odsReader) readRow(k *node) error {
	from, times := r.row+1, repeated(k, "number-rows-repeated")
	r.row = min(r.row+times, maxSheetRow)
	cells := r.readCells(k)
	if len(cells) == 0 {
		return nil
	}
	hidden := k.attr("visibility") == "collapse" || k.attr("visibility") == "filter"
	for row := from; row <= r.row; row++ {
		for _, c := range cells {
			if err := r.grid.set(row, c.column, c.text); err != nil {
				return err
			}
		}
		if hidden {
			r.grid.hiddenRows[row] = true
		}
	}
	return nil
}

// readCells are the cells of a row that have words and are not too far right.
func (r *odsReader) readCells(row *node) []odsCell {
	var cells []odsCell
	column := 0
	for k := range row.kids() {
		if k.name != "table-cell" && k.name != "covered-table-cell" {
			continue
		}
		from := column
		column = min(column+repeated(k, "number-columns-repeated"), maxSheetRow)
		text := r.cellText(k)
		switch {
		case strings.TrimSpace(text) == "":
			continue
		case k.name == "covered-table-cell":
			r.covered++
			continue
		case column > maxSheetColumns:
			r.grid.wide = true
		}
		for c := from; c < min(column, maxSheetColumns); c++ {
			cells = append(cells, odsCell{column: c, text: text})
		}
	}
	return cells
}

func repeated(k *node, attr string) int { return min(max(k.number(attr, 1), 1), maxSheetRow) }
