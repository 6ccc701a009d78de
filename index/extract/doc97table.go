package extract

import (
	"slices"
)

// maxDoc97Tables bounds tables within tables.
const maxDoc97Tables = 32

// doc97Tables collects the elements of a story. Nothing in it begins a table: a paragraph says how many it stands in.
type doc97Tables struct {
	body docxContent
	open []*doc97Table // outermost first
	held int           // paragraphs and tables that wait for the end of the outermost
}

// A doc97Table is a table whose end has not come yet.
type doc97Table struct {
	rows  []flowRow
	edges [][]int // of each row's cells
	cells []flowCell
	cell  docxContent
}

// content is where the next paragraph goes.
func (t *doc97Tables) content() *docxContent {
	if n := len(t.open); n > 0 {
		return &t.open[n-1].cell
	}
	return &t.body
}

func (t *doc97Tables) openTo(depth int) {
	for len(t.open) < depth {
		t.open = append(t.open, &doc97Table{})
		t.held++
	}
}

// closeTo ends the tables deeper than depth.
func (t *doc97Tables) closeTo(depth int) {
	for len(t.open) > depth {
		last := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		last.endRow(nil)
		if len(last.rows) == 0 {
			continue
		}
		last.setColumns()
		c := t.content()
		c.elements = append(c.close(), flowElement{table: &flowTable{rows: last.rows}})
	}
}

func (t *doc97Tables) endCell() {
	if n := len(t.open); n > 0 {
		t.open[n-1].endCell()
	}
}

func (t *doc97Tables) endRow(edges []int, deleted bool) {
	n := len(t.open)
	if n == 0 {
		return
	}
	if deleted {
		t.open[n-1].cells, t.open[n-1].cell = nil, docxContent{}
		return
	}
	t.open[n-1].endRow(edges)
}

func (t *doc97Table) endCell() {
	t.cells = append(t.cells, flowCell{column: len(t.cells) + 1, content: t.cell.close()})
}

// endRow ends a row; what stands in it after its last cell's mark is a cell more.
func (t *doc97Table) endRow(edges []int) {
	if rest := t.cell.close(); len(rest) > 0 {
		t.cells = append(t.cells, flowCell{column: len(t.cells) + 1, content: rest})
	}
	if len(t.cells) == 0 {
		return
	}
	t.rows = append(t.rows, flowRow{number: len(t.rows) + 1, cells: t.cells})
	t.edges = append(t.edges, edges)
	t.cells = nil
}

// setColumns numbers the cells by the table's grid: the edges of all rows together, as .docx counts them. Edges that are
// nearly one are the drawing hand's.
func (t *doc97Table) setColumns() {
	const near = 30 // twentieths of a point: half a millimetre
	var all []int
	for _, edges := range t.edges {
		all = append(all, edges...)
	}
	slices.Sort(all)
	var grid []int
	for _, e := range all {
		if n := len(grid); n == 0 || e-grid[n-1] > near {
			grid = append(grid, e)
		}
	}
	for i := range t.rows {
		cells := t.rows[i].cells
		if len(t.edges[i]) != len(cells)+1 {
			continue
		}
		for j := range cells {
			column, found := slices.BinarySearch(grid, t.edges[i][j])
			if found {
				column++
			}
			cells[j].column = max(column, j+1)
		}
	}
}

// doc97RowEdges are the edges of a row's cells ([MS-DOC] 2.9.315), left to right.
func doc97RowEdges(value doc97Bytes) []int {
	n := min(value.byteAt(2), 63)
	edges := make([]int, n+1)
	for i := range edges {
		edges[i] = value.i16(3 + 2*i)
		if i > 0 {
			edges[i] = max(edges[i], edges[i-1])
		}
	}
	return edges
}
