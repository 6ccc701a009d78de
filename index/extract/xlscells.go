package extract

import (
	"context"
	"math"
)

// A biffSheetReader reads the cells of one sheet.
type biffSheetReader struct {
	*biffBook
	grid    *gridBuilder
	object  int  // the kind of the last drawing
	pending bool // a formula whose words stand in the STRING record to come
	row     int
	column  int
	err     error
}

// The kinds of drawing ([MS-XLS] 2.5.143 FtCmo).
const (
	biffPicture = 0x08
	biffComment = 0x19
)

func (w *biffBook) readSheet(ctx context.Context, b *builder, entry biffSheetEntry) (*gridBuilder, error) {
	s := &biffSheetReader{biffBook: w, grid: newGridBuilder(entry.name, entry.hidden, &w.budget)}
	switch entry.kind {
	case biffWorksheet:
	case biffChartSheet:
		b.warn("sheet "+entry.name, "The sheet has no cells that can be read; it may be a chart.")
		return s.grid, nil
	case biffMacroSheet:
		b.warn("sheet "+entry.name, "The sheet holds macros and was not read.")
		return s.grid, nil
	default: // Visual Basic
		return s.grid, nil
	}
	begun := false
	whole, err := w.each(ctx, entry.at, func(r biffRecord, depth int) bool {
		if !begun {
			begun = r.isBOF()
			return begun
		}
		if depth == 1 {
			s.take(r)
		} else if r.isBOF() && depth == 2 {
			w.charts++
		}
		return s.err == nil
	})
	if err != nil {
		return nil, err
	}
	if !begun {
		b.warn("sheet "+entry.name, "The sheet was not read: the file is damaged and does not say where it is.")
	} else if !whole {
		w.cut = true
	}
	return s.grid, s.err
}

// take reads one record of a sheet.
func (s *biffSheetReader) take(r biffRecord) {
	switch r.id {
	case biffFormula, biffFormula3, biffFormula4:
		s.takeFormula(r)
	case biffString:
		s.takeFormulaText(r)
	case biffNumber:
		s.number(r.u16(0), r.u16(2), r.u16(4), math.Float64frombits(r.u64(6)))
	case biffRK:
		s.number(r.u16(0), r.u16(2), r.u16(4), rkNumber(r.u32(6)))
	case biffMulRK:
		for i, at := 0, 4; at+6 <= len(r.data())-2; i, at = i+1, at+6 {
			s.number(r.u16(0), r.u16(2)+i, r.u16(at), rkNumber(r.u32(at+2)))
		}
	case biffBoolErr:
		s.set(r.u16(0), r.u16(2), boolOrError(r.u8(6), r.u8(7) != 0))
	case biffLabel, biffRString:
		text := r.reader(6)
		s.set(r.u16(0), r.u16(2), s.text(text, text.u16()))
	case biffLabelSST:
		s.takeShared(r)
	case biffRow:
		if s.version >= 5 && r.u16(12)&0x20 != 0 {
			s.grid.hiddenRows[r.u16(0)+1] = true
		}
	case biffNote, biffObject, biffTextObject:
		s.takeDrawing(r)
	}
}

// set puts words into a cell; row and column count from 0 here.
func (s *biffSheetReader) set(row, column int, text string) {
	s.pending = false
	if s.err == nil {
		s.err = s.grid.set(row+1, column, text)
	}
}

func (s *biffSheetReader) number(row, column, xf int, value float64) {
	if column < maxSheetColumns { // the rest would be formatted for nothing
		s.set(row, column, s.numbers.show(value, s.format(xf)))
	} else {
		s.grid.wide = true
	}
}

func (s *biffSheetReader) takeShared(r biffRecord) {
	i := r.u32(6)
	if uint64(i) >= uint64(len(s.strings)) {
		s.unknown++
		return
	}
	s.set(r.u16(0), r.u16(2), s.strings[i])
}

// takeFormula reads the value that the program last worked out ([MS-XLS] 2.5.133 FormulaValue).
func (s *biffSheetReader) takeFormula(r biffRecord) {
	row, column := r.u16(0), r.u16(2)
	if r.u16(12) != 0xFFFF {
		s.number(row, column, r.u16(4), math.Float64frombits(r.u64(6)))
		return
	}
	switch r.u8(6) {
	case 0:
		s.pending, s.row, s.column = true, row, column
	case 1:
		s.set(row, column, boolOrError(r.u8(8), false))
	case 2:
		s.set(row, column, boolOrError(r.u8(8), true))
	}
}

func (s *biffSheetReader) takeFormulaText(r biffRecord) {
	if !s.pending {
		return
	}
	text := r.reader(0)
	s.set(s.row, s.column, s.text(text, text.u16()))
}

// takeDrawing counts comments, pictures and text boxes. A comment is a NOTE with a drawing that has its words.
func (s *biffSheetReader) takeDrawing(r biffRecord) {
	switch {
	case r.id == biffNote && r.u16(0) == 0xFFFF: // a long comment of Excel 5 goes on
	case r.id == biffNote && s.version == 8:
		author := r.reader(8)
		s.comments.add(headerLine(author.text(author.u16())))
	case r.id == biffNote:
		s.comments.add("")
	case r.id == biffObject:
		if s.object = r.u16(4); s.object == biffPicture {
			s.pictures++
		}
	case s.object != biffComment && r.u16(10) > 0:
		s.boxes++
	}
}

// rkNumber unpacks a number of 30 bits ([MS-XLS] 2.5.217 RkNumber): a whole number, or the upper part of a float64;
// either may stand for a hundredth of it.
func rkNumber(rk uint32) float64 {
	value := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		value = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		value /= 100
	}
	return value
}

// boolOrError is the word for a truth value or an error ([MS-XLS] 2.5.10 Bes).
func boolOrError(value byte, isError bool) string {
	switch {
	case !isError && value != 0:
		return "TRUE"
	case !isError:
		return "FALSE"
	}
	switch value {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
