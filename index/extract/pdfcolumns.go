package extract

import (
	"math"
	"slices"
)

// Bounds of the search for columns. Deeper nesting, or more pieces on a page, is not text that someone laid out in
// columns, and is read from top to bottom.
const (
	maxColumnDepth = 6
	maxColumnRuns  = 4_000
)

// readingOrder cuts a page into columns and returns them as they are read. Full-width lines between columns are columns of their own.
func readingOrder(runs []pdfRun, depth int) [][]pdfRun {
	whole := [][]pdfRun{runs}
	if len(runs) < 4 || len(runs) > maxColumnRuns || depth >= maxColumnDepth {
		return whole
	}
	lines := rows(runs)
	bands := bestGutter(lines)
	if bands == nil {
		return whole
	}
	var out [][]pdfRun
	next := 0
	for _, band := range bands {
		if next < band.from {
			out = append(out, slices.Concat(lines[next:band.from]...))
		}
		for _, cell := range band.cells {
			out = append(out, readingOrder(cell, depth+1)...)
		}
		next = band.to
	}
	if next < len(lines) {
		out = append(out, readingOrder(slices.Concat(lines[next:]...), depth+1)...)
	}
	return out
}

// A columnBand is a stretch of rows with a gutter through all of them.
type columnBand struct {
	from, to int
	cells    [][]pdfRun // as they are read
}

// bestGutter tries places for a gutter and returns the bands of the one that divides most rows; nil when none does.
func bestGutter(lines [][]pdfRun) []columnBand {
	left, right := math.Inf(1), math.Inf(-1)
	for _, row := range lines {
		for _, r := range row {
			left, right = min(left, r.left), max(right, r.right)
		}
	}
	width := right - left
	if !(width > 0) || math.IsInf(width, 0) {
		return nil
	}
	var best []columnBand
	most, run := 0, 0
	for step := range 70 { // a hundredth of the width each: finer than any gutter
		x := left + width*float64(step+15)/100
		bands := bandsAt(lines, x, width)
		divided := 0
		for _, b := range bands {
			divided += b.to - b.from
		}
		switch {
		case divided > most:
			best, most, run = bands, divided, 0
		case divided == most && most > 0 && run < 3: // towards the middle of a wide gutter
			best, run = bands, run+1
		}
	}
	return best
}

// bandsAt returns the stretches of rows that x divides into columns.
func bandsAt(lines [][]pdfRun, x, width float64) []columnBand {
	var bands []columnBand
	for from := 0; from < len(lines); from++ {
		to := from
		for to < len(lines) && !crosses(lines[to], x) {
			to++
		}
		if cells := columnCells(lines[from:to], x, width); cells != nil {
			bands = append(bands, columnBand{from, to, cells})
		}
		from = to
	}
	return bands
}

// crosses reports whether the row leaves less than a gutter, 8 points, at x.
func crosses(row []pdfRun, x float64) bool {
	for _, r := range row {
		if r.left < x+4 && r.right > x-4 {
			return true
		}
	}
	return false
}

// columnCells divides the rows at x, or returns nil when the two sides do not look like columns. Columns of prose fill
// their width. A table's cells do not; they are columns when the file itself writes one cell after the other and one
// of them has several lines.
func columnCells(lines [][]pdfRun, x, width float64) [][]pdfRun {
	var sides [2][]pdfRun
	for _, row := range lines {
		for _, r := range row {
			if r.left < x {
				sides[0] = append(sides[0], r)
			} else {
				sides[1] = append(sides[1], r)
			}
		}
	}
	var counts [2]int
	var prose [2]bool
	for i, side := range sides {
		own, mean, count := sideWidth(side)
		if own < 0.15*width {
			return nil // numbers or bullets in front of paragraphs
		}
		counts[i], prose[i] = count, mean >= 0.5*own
	}
	if min(counts[0], counts[1]) >= 3 && prose[0] && prose[1] && max(counts[0], counts[1]) >= 5 {
		return sides[:]
	}
	return tableCells(slices.Concat(lines...), x)
}

// sideWidth returns the width of a column, the mean width of its rows, and their number.
func sideWidth(side []pdfRun) (own, mean float64, count int) {
	if len(side) == 0 {
		return 0, 0, 0
	}
	left, right := side[0].left, side[0].right
	lines := rows(side)
	for _, row := range lines {
		l, r := row[0].left, row[0].right
		for _, run := range row {
			l, r = min(l, run.left), max(r, run.right)
		}
		mean += r - l
		left, right = min(left, l), max(right, r)
	}
	return right - left, mean / float64(len(lines)), len(lines)
}

// tableCells follows the file's own order: each time it steps back from right of x to left of it, a new row of cells
// begins. It returns nil when the rows so found overlap or their cells stand apart, or when none has a cell of several lines (then the lines read
// across are the better text).
func tableCells(runs []pdfRun, x float64) [][]pdfRun {
	slices.SortStableFunc(runs, func(a, b pdfRun) int { return a.order - b.order })
	var cells [][]pdfRun
	side, deep := -1, false
	for _, r := range runs {
		now := 0
		if r.left >= x {
			now = 1
		}
		if now != side {
			cells = append(cells, nil)
			side = now
		}
		cells[len(cells)-1] = append(cells[len(cells)-1], r)
	}
	for i, cell := range cells {
		deep = deep || len(rows(cell)) > 1 && i > 0
		if i > 0 && cell[0].left >= x && !level(cells[i-1], cell) {
			return nil
		}
		if i >= 2 && topOf(cell) > bottomOf(cells[i-2]) {
			return nil
		}
	}
	if len(cells) < 2 || !deep {
		return nil
	}
	return cells
}

// level reports whether two cells begin at about one height, or stand around one: those of a row do.
func level(a, b []pdfRun) bool {
	size := max(a[0].size, b[0].size)
	return math.Abs(topOf(a)-topOf(b)) < 1.8*size || math.Abs(topOf(a)+bottomOf(a)-topOf(b)-bottomOf(b)) < 2*size
}

func topOf(runs []pdfRun) float64 {
	top := math.Inf(-1)
	for _, r := range runs {
		top = max(top, r.base)
	}
	return top
}

func bottomOf(runs []pdfRun) float64 {
	bottom := math.Inf(1)
	for _, r := range runs {
		bottom = min(bottom, r.base)
	}
	return bottom
}
