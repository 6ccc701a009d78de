package extract

import (
	"context"
	"fmt"
)

// A biffBook is a workbook stream while it is read.
type biffBook struct {
	stream   []byte
	version  int // 3, 4, 5 or 8
	codePage int
	strings  []string // shared by the cells
	formats  map[int]string
	xfs      []int // the number format of every cell format
	sheets   []biffSheetEntry
	numbers  numberFormatter

	records  int // that may still be read: the sheets do not overlap in a file that is whole
	budget   gridBudget
	comments marginal
	pictures int
	charts   int
	boxes    int
	unknown  int // cells whose shared string is missing
	cut      bool
}

// A biffSheetEntry is a sheet in the list of sheets.
type biffSheetEntry struct {
	name   string
	at     int
	hidden bool
	kind   byte
}

// The kinds of sheet.
const (
	biffWorksheet  = 0
	biffMacroSheet = 1
	biffChartSheet = 2
)

// biffSheetStream is what the BOF record of a worksheet says it begins.
const biffSheetStream = 0x0010

var errOverlap = fmt.Errorf("%w: the sheets of the workbook overlap", ErrDamaged)

// readBIFF reads a workbook stream.
func readBIFF(ctx context.Context, f *flow, stream []byte) ([]sheetGrid, error) {
	stream, err := unlockBIFF(stream)
	if err != nil {
		return nil, err
	}
	book := &biffBook{stream: stream, codePage: 1252, formats: map[int]string{}, records: len(stream)/2 + 100}
	defer book.numbers.close()
	if err := book.readGlobals(ctx); err != nil {
		return nil, err
	}
	if len(book.sheets) == 0 {
		book.findSheets()
	}
	var sheets []sheetGrid
	for _, entry := range book.sheets {
		grid, err := book.readSheet(ctx, &f.builder, entry)
		if err != nil {
			return nil, err
		}
		sheets = grid.appendFilled(&f.builder, sheets)
	}
	f.report(leftOut{cut: book.cut, comments: book.comments, pictures: book.pictures})
	warnDrawings(&f.builder, book.charts, book.boxes)
	if book.unknown > 0 {
		f.warn("", counted(book.unknown, "cell was", "cells were")+" not read: the file is damaged and has lost the words.")
	}
	return sheets, nil
}

// warnDrawings says what of the drawings on sheets was not read.
func warnDrawings(b *builder, charts, boxes int) {
	if charts > 0 {
		b.warn("", counted(charts, "chart was", "charts were")+" not read.")
	}
	if boxes > 0 {
		b.warn("", counted(boxes, "text box on a sheet was", "text boxes on sheets were")+" not read.")
	}
}

// each gives the records from a byte on, with the depth of the sheets and charts around them: 1 is the sheet itself.
// It ends with the sheet, or when visit returns false; whole is false when the stream ends before.
func (w *biffBook) each(ctx context.Context, from int, visit func(r biffRecord, depth int) bool) (whole bool, err error) {
	s := biffStream{data: w.stream, at: from}
	defer func() { w.records -= s.read }()
	depth := 0
	for i := 0; ; i++ {
		if i%4096 == 0 {
			if err := stopped(ctx); err != nil {
				return false, err
			}
		}
		r, ok := s.next()
		if !ok {
			return false, nil
		}
		if s.read > w.records {
			return false, errOverlap
		}
		switch {
		case r.isBOF():
			depth++
		case r.id == biffEOF:
			if depth--; depth <= 0 {
				return true, nil
			}
		}
		if !visit(r, depth) {
			return true, nil
		}
	}
}

// readGlobals reads what belongs to the whole workbook. In Excel 3 and 4 it stands in the sheet, which is the workbook.
func (w *biffBook) readGlobals(ctx context.Context) error {
	var failed error
	whole, err := w.each(ctx, 0, func(r biffRecord, depth int) bool {
		if w.version == 0 {
			failed = w.begin(r)
		} else if depth == 1 {
			w.takeGlobal(r)
		}
		return failed == nil
	})
	w.cut = w.cut || !whole
	if err != nil {
		return err
	}
	return failed
}

func (w *biffBook) begin(r biffRecord) error {
	switch {
	case r.id == biffBOF3:
		w.version = 3
	case r.id == biffBOF4:
		w.version = 4
	case r.id == biffBOF && r.u16(0) == 0x0600:
		w.version = 8
	case r.id == biffBOF:
		w.version = 5
	default:
		return fmt.Errorf("%w: the workbook does not begin as one", ErrDamaged)
	}
	return nil
}

func (w *biffBook) takeGlobal(r biffRecord) {
	switch r.id {
	case biffCodePage:
		w.codePage = r.u16(0)
	case biffDateMode:
		w.numbers.from1904 = r.u16(0) == 1
	case biffSheet:
		w.takeSheet(r)
	case biffXF:
		w.xfs = append(w.xfs, r.u16(2))
	case biffXF3, biffXF4:
		w.xfs = append(w.xfs, int(r.u8(1)))
	case biffFormat, biffFormat3:
		w.takeFormat(r)
	case biffSST:
		w.takeStrings(r)
	}
}

func (w *biffBook) takeSheet(r biffRecord) {
	entry := biffSheetEntry{at: int(r.u32(0)), hidden: r.u8(4)&3 != 0, kind: r.u8(5)}
	text := r.reader(6)
	entry.name = headerLine(w.text(text, int(text.u8())))
	if len(w.sheets) < MaxEntries {
		w.sheets = append(w.sheets, entry)
	}
}

// text reads a string of n characters: with flags since BIFF8, bytes of the code page before.
func (w *biffBook) text(r *biffReader, n int) string {
	if w.version < 8 {
		return decodePage(w.codePage, r.bytes(n))
	}
	return r.text(n)
}

// takeFormat reads a number format. Before BIFF5 its number is its place in the file.
func (w *biffBook) takeFormat(r biffRecord) {
	number, text := len(w.formats), r.reader(0)
	switch {
	case w.version >= 5:
		number = text.u16()
	case w.version == 4:
		text.skip(2)
	}
	n := int(text.u8())
	if w.version == 8 {
		n |= int(text.u8()) << 8
	}
	w.formats[number] = w.text(text, n)
}

// takeStrings reads the shared strings. Their number is not believed.
func (w *biffBook) takeStrings(r biffRecord) {
	text := r.reader(4)
	for n := text.u32(); n > 0 && !text.short; n-- {
		w.strings = append(w.strings, text.text(text.u16()))
	}
	if text.short && len(w.strings) > 0 {
		w.cut = true
	}
}

// format is the number format of a cell format.
func (w *biffBook) format(xf int) numberFormat {
	if xf >= len(w.xfs) {
		return numberFormat{}
	}
	number := w.xfs[xf]
	if code := w.formats[number]; code != "" {
		return numberFormat{code: code}
	}
	return numberFormat{builtIn: number}
}

// findSheets looks for sheets in a stream that has no list of them.
func (w *biffBook) findSheets() {
	s := biffStream{data: w.stream}
	for depth := 0; ; {
		r, ok := s.next()
		switch {
		case !ok || len(w.sheets) >= MaxEntries:
			return
		case r.isBOF():
			if depth == 0 && r.u16(2) == biffSheetStream {
				w.sheets = append(w.sheets, biffSheetEntry{name: fmt.Sprintf("Sheet%d", len(w.sheets)+1), at: r.at})
			}
			depth++
		case r.id == biffEOF:
			depth = max(depth-1, 0)
		}
	}
}
