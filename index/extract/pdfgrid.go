package extract

import (
	"math"
	"slices"
)

// Bounds of a table. A grid with more lines is a chart's, or squared paper.
const (
	maxGridRules   = 1_500
	maxGridRows    = 300
	maxGridColumns = 30
)

// touching is how far apart two rules may end, in points, and still meet.
const touching = 3

// A pdfGrid is a ruled table: cells of rows and columns, some of which may span several. Rows are numbered from the top.
type pdfGrid struct {
	xs, ys []float64 // the lines between columns, left to right, and between rows, top to bottom
	cells  []gridCell
}

// A gridCell spans the rows and columns from its first up to, and without, its last.
type gridCell struct {
	row, lastRow, column, lastColumn int
	open                             bool // a side is not drawn: what lies there is not the table's
}

// gridsOf finds the tables that rules draw.
func gridsOf(rules []pdfRule, fields []pdfField) []*pdfGrid {
	if len(rules) < 6 || len(rules) > maxGridRules {
		return nil
	}
	var grids []*pdfGrid
	for _, group := range touchingRules(rules) {
		g := newGrid(withoutFrames(group, fields))
		if g == nil {
			g = newGrid(group)
		}
		if g != nil {
			grids = append(grids, g)
		}
	}
	return grids
}

// withoutFrames leaves out the sides of fields' own frames, unless they are on a line with rules that are not: then they
// are a table's.
func withoutFrames(rules []pdfRule, fields []pdfField) []pdfRule {
	var kept, frames []pdfRule
	for _, r := range rules {
		if slices.ContainsFunc(fields, r.frames) {
			frames = append(frames, r)
		} else {
			kept = append(kept, r)
		}
	}
	firm := kept
	for _, f := range frames {
		if slices.ContainsFunc(firm, func(r pdfRule) bool { return r.upright == f.upright && math.Abs(r.at-f.at) < 1 }) {
			kept = append(kept, f)
		}
	}
	return kept
}

// frames reports whether the rule is a side of a field's frame, or close to it.
func (r pdfRule) frames(f pdfField) bool {
	const off = 4 // points
	if r.upright {
		beside := math.Abs(r.at-f.left) < off || math.Abs(r.at-f.right) < off
		return beside && r.from > f.bottom-off && r.to < f.top+off
	}
	beside := math.Abs(r.at-f.bottom) < off || math.Abs(r.at-f.top) < off
	return beside && r.from > f.left-off && r.to < f.right+off
}

// touchingRules groups rules that meet.
func touchingRules(rules []pdfRule) [][]pdfRule {
	sets := newDisjoint(len(rules))
	for i := range rules {
		for j := range i {
			if rules[i].meets(rules[j]) {
				sets.join(i, j)
			}
		}
	}
	var groups [][]pdfRule
	index := map[int]int{}
	for i, r := range rules {
		root := sets.find(i)
		n, ok := index[root]
		if !ok {
			n = len(groups)
			index[root] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], r)
	}
	return groups
}

func (r pdfRule) meets(o pdfRule) bool {
	if r.upright == o.upright {
		return math.Abs(r.at-o.at) < touching && r.from < o.to+touching && o.from < r.to+touching
	}
	return r.at > o.from-touching && r.at < o.to+touching && o.at > r.from-touching && o.at < r.to+touching
}

// newGrid makes a grid of rules that meet; nil when they do not draw one of at least two rows and two columns.
func newGrid(rules []pdfRule) *pdfGrid {
	var upright, level []pdfRule
	for _, r := range rules {
		if r.upright {
			upright = append(upright, r)
		} else {
			level = append(level, r)
		}
	}
	g := &pdfGrid{xs: ruleSteps(upright), ys: ruleSteps(level)}
	slices.Reverse(g.ys)
	rows, columns := len(g.ys)-1, len(g.xs)-1
	if rows < 2 || columns < 2 || rows > maxGridRows || columns > maxGridColumns {
		return nil
	}
	if !g.divide(upright, level) {
		return nil
	}
	return g
}

// ruleSteps gives the places of rules in ascending order, those closer than they are thick as one.
func ruleSteps(rules []pdfRule) []float64 {
	var all []float64
	for _, r := range rules {
		all = append(all, r.at)
	}
	slices.Sort(all)
	var steps []float64
	for _, at := range all {
		if n := len(steps); n == 0 || at-steps[n-1] > maxRuleWidth {
			steps = append(steps, at)
		}
	}
	return steps
}

// divide makes the cells: squares of the grid without a wall between them are one. It reports whether all are rectangles.
func (g *pdfGrid) divide(upright, level []pdfRule) bool {
	rows, columns := len(g.ys)-1, len(g.xs)-1
	sets := newDisjoint(rows * columns)
	open := make([]bool, rows*columns)
	for row := range rows {
		for column := range columns + 1 {
			square := row*columns + column
			switch wall := covered(upright, g.xs[column], g.ys[row+1], g.ys[row]); {
			case wall:
			case column == 0:
				open[square] = true
			case column == columns:
				open[square-1] = true
			default:
				sets.join(square-1, square)
			}
		}
	}
	for column := range columns {
		for row := range rows + 1 {
			square := row*columns + column
			switch wall := covered(level, g.ys[row], g.xs[column], g.xs[column+1]); {
			case wall:
			case row == 0:
				open[square] = true
			case row == rows:
				open[square-columns] = true
			default:
				sets.join(square-columns, square)
			}
		}
	}
	return g.collect(sets, open, columns)
}

// covered reports whether rules at a place leave hardly a gap from one end to the other.
func covered(rules []pdfRule, at, from, to float64) bool {
	var parts []pdfRule
	for _, r := range rules {
		if math.Abs(r.at-at) <= maxRuleWidth {
			parts = append(parts, r)
		}
	}
	slices.SortFunc(parts, func(a, b pdfRule) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	missing, reached := 0.0, from
	for _, r := range parts {
		if r.from > reached {
			missing += max(0, min(r.from, to)-reached)
		}
		reached = max(reached, min(r.to, to))
	}
	missing += max(0, to-reached)
	return missing <= max(0.1*(to-from), min(touching, 0.3*(to-from)))
}

func (g *pdfGrid) collect(sets disjoint, open []bool, columns int) bool {
	index, sizes := map[int]int{}, []int{}
	for square := range open {
		row, column := square/columns, square%columns
		root := sets.find(square)
		n, ok := index[root]
		if !ok {
			n = len(g.cells)
			index[root] = n
			g.cells = append(g.cells, gridCell{row: row, lastRow: row + 1, column: column, lastColumn: column + 1})
			sizes = append(sizes, 0)
		}
		c := &g.cells[n]
		c.row, c.lastRow = min(c.row, row), max(c.lastRow, row+1)
		c.column, c.lastColumn = min(c.column, column), max(c.lastColumn, column+1)
		c.open = c.open || open[square]
		sizes[n]++
	}
	for n, c := range g.cells {
		if sizes[n] != (c.lastRow-c.row)*(c.lastColumn-c.column) {
			return false
		}
	}
	return true
}

// box returns the edges of a cell.
func (g *pdfGrid) box(c gridCell) (left, bottom, right, top float64) {
	return g.xs[c.column], g.ys[c.lastRow], g.xs[c.lastColumn], g.ys[c.row]
}

// around returns the edges of the grid.
func (g *pdfGrid) around() (left, bottom, right, top float64) {
	return g.xs[0], g.ys[len(g.ys)-1], g.xs[len(g.xs)-1], g.ys[0]
}

// cellAt returns the number of the cell at a point, or -1.
func (g *pdfGrid) cellAt(x, y float64) int {
	for i, c := range g.cells {
		if left, bottom, right, top := g.box(c); x >= left && x <= right && y >= bottom && y <= top {
			return i
		}
	}
	return -1
}

// parts reports whether a line between columns stands in the gap between two letters of one row.
func (g *pdfGrid) parts(a, b glyph) bool {
	if b.left-a.right < 0.15*max(a.size, b.size) {
		return false
	}
	y := (b.bottom + b.top) / 2
	if left, bottom, right, top := g.around(); y < bottom || y > top || b.right < left || a.left > right {
		return false
	}
	from, to := (a.left+a.right)/2, (b.left+b.right)/2
	for _, x := range g.xs {
		if x > from && x < to {
			return true
		}
	}
	return false
}

// A disjoint keeps which of n things belong together.
type disjoint []int

func newDisjoint(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = i
	}
	return d
}

func (d disjoint) find(i int) int {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

func (d disjoint) join(i, j int) { d[d.find(i)] = d.find(j) }
