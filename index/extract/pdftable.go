package extract

import (
	"cmp"
	"slices"
	"strings"
)

// A pdfTable is a ruled table with what stands in it.
type pdfTable struct {
	*pdfGrid
	words  [][]pdfRun // a cell
	fields [][]pdfField
}

// takeTables takes the tables out of a page's runs and fields, and puts a run in place of each that stands for it in
// the reading order.
func (p *pdfPage) takeTables(body float64) {
	for _, g := range p.grids {
		t := &pdfTable{g, make([][]pdfRun, len(g.cells)), make([][]pdfField, len(g.cells))}
		left, bottom, right, top := g.around()
		rest, order, ok := t.fill(p.runs)
		if !ok || !t.sure() {
			continue
		}
		p.fields = slices.DeleteFunc(slices.Clone(p.fields), t.take)
		p.runs = append(rest, pdfRun{
			left: left, right: right, base: (bottom + top) / 2, size: max(body, 1), order: order, table: t,
		})
	}
}

// fill puts runs into cells and returns the others, and the place in the file of the first. It reports false when words
// run over a line, or stand where a side is not drawn.
func (t *pdfTable) fill(runs []pdfRun) (rest []pdfRun, order int, ok bool) {
	const over = 3 // points that letters may stand over a line
	left, bottom, right, top := t.around()
	order = -1
	for _, r := range runs {
		y := r.base + 0.3*r.size
		inside := y > bottom && y < top && r.right > left+over && r.left < right-over
		if !inside || r.table != nil {
			rest = append(rest, r)
			continue
		}
		n := t.cellAt((r.left+r.right)/2, y)
		if n < 0 || t.cells[n].open {
			return nil, 0, false
		}
		if l, _, rt, _ := t.box(t.cells[n]); r.left < l-over || r.right > rt+over {
			return nil, 0, false
		}
		t.words[n] = append(t.words[n], r)
		if order < 0 {
			order = r.order
		}
	}
	return rest, order, true
}

// sure reports whether the grid holds a table and is not the lines of a chart or of stacked boxes: two columns have
// cells in at least two rows, two rows and two columns have words, and a third of all cells. A form's second column may
// be empty, waiting to be filled in.
func (t *pdfTable) sure() bool {
	rows, columns, deep := map[int]bool{}, map[int]bool{}, map[int]int{}
	filled, columnsDeep := 0, 0
	for i, c := range t.cells {
		if deep[c.column]++; deep[c.column] == 2 {
			columnsDeep++
		}
		if len(t.words[i]) > 0 {
			rows[c.row], columns[c.column] = true, true
			filled++
		}
	}
	if len(rows) < 2 || columnsDeep < 2 {
		return false
	}
	if len(t.xs) == 3 { // two columns: a form's second may wait for its answers
		return 2*len(rows) >= len(t.ys)-1
	}
	return len(columns) >= 2 && 3*filled >= len(t.cells)
}

// take puts a field into its cell and reports whether it has one.
func (t *pdfTable) take(f pdfField) bool {
	n := t.cellAt((f.left+f.right)/2, (f.bottom+f.top)/2)
	if n >= 0 {
		t.fields[n] = append(t.fields[n], f)
	}
	return n >= 0
}

// A tableWriter remembers the table that was written last, since one may go on on the next page.
type tableWriter struct {
	count int
	last  *pdfTable
	rows  int // written of it, with its parts on earlier pages
	page  int // that its last part is on
	block int // how many blocks there were behind it, furniture and notes apart
}

// table writes a table cell by cell.
func (w *pdfWriter) table(t *pdfTable, page int) {
	rows := w.tableRows(t, page)
	above := 0
	if w.tables.goesOn(t, page, w.written()) {
		above = w.tables.rows
	} else {
		w.tables.count++
	}
	form := tableForm{columns: (&flowTable{rows: flowRows(rows)}).isForm()}
	for _, row := range rows {
		questions := form.row(row.flowRow)
		for i, c := range row.parts {
			place := w.place(page)
			place.Table, place.Row, place.Column = w.tables.count, above+row.number, row.cells[i].column
			w.cell(c, row.before(i), questions[i], place)
		}
	}
	w.tables.last, w.tables.rows, w.tables.page, w.tables.block = t, above+len(t.ys)-1, page, w.written()
}

// goesOn reports whether t is the rest of the table before: at the head of the next page, with the same columns.
func (w *tableWriter) goesOn(t *pdfTable, page, written int) bool {
	if w.last == nil || page != w.page+1 || written != w.block || len(t.xs) != len(w.last.xs) {
		return false
	}
	for i, x := range t.xs {
		if d := x - w.last.xs[i]; d > touching || d < -touching {
			return false
		}
	}
	return true
}

// written counts the blocks that are neither furniture nor notes.
func (w *pdfWriter) written() int {
	n := 0
	for _, b := range w.doc.Blocks[min(w.counted.blocks, len(w.doc.Blocks)):] {
		if b.Kind != Furniture && b.Kind != Note {
			n++
		}
	}
	w.counted = writtenCount{len(w.doc.Blocks), w.counted.written + n}
	return w.counted.written
}

type writtenCount struct{ blocks, written int }

// A pdfTableRow is a row as the form reader knows it, with the parts of each cell.
type pdfTableRow struct {
	flowRow
	parts []pdfCell
}

// A pdfCell is a cell's paragraphs, and the fields in it.
type pdfCell struct {
	paragraphs []flowParagraph
	words      []pdfRun
	fields     []pdfField
}

func flowRows(rows []pdfTableRow) []flowRow {
	var out []flowRow
	for _, r := range rows {
		out = append(out, r.flowRow)
	}
	return out
}

// before is the text of the nearest cell left of cell i that has any.
func (r pdfTableRow) before(i int) string {
	for i--; i >= 0; i-- {
		if text := r.cells[i].printed(); text != "" {
			return oneLine(text, maxQuestion)
		}
	}
	return ""
}

// tableRows makes the rows of a table, without those that have no cell of their own.
func (w *pdfWriter) tableRows(t *pdfTable, page int) []pdfTableRow {
	var rows []pdfTableRow
	for i := range t.cellsInOrder() {
		c := t.cells[i]
		if n := len(rows); n == 0 || rows[n-1].number != c.row+1 {
			rows = append(rows, pdfTableRow{flowRow: flowRow{number: c.row + 1}})
		}
		cell := pdfCell{paragraphs: w.layout.cellParagraphs(t.words[i], page), words: t.words[i], fields: t.fields[i]}
		flow := flowCell{column: c.column + 1}
		for _, p := range cell.paragraphs {
			p.label = "" // a PDF's number is part of its text
			flow.content = append(flow.content, flowElement{flowParagraph: p})
		}
		row := &rows[len(rows)-1]
		row.parts = append(row.parts, cell)
		row.cells = append(row.cells, flow)
	}
	return rows
}

// cellsInOrder yields the numbers of the cells row by row.
func (t *pdfTable) cellsInOrder() func(yield func(int) bool) {
	order := make([]int, len(t.cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(t.cells[a].row, t.cells[b].row), cmp.Compare(t.cells[a].column, t.cells[b].column))
	})
	return slices.Values(order)
}

// cellParagraphs makes the paragraphs of a cell.
func (l *pdfLayout) cellParagraphs(words []pdfRun, page int) []flowParagraph {
	var out []flowParagraph
	for _, p := range l.joinLines(columnLines(words, page, 0)) {
		first := p.lines[0]
		if p.start.bullet != "" {
			p.lines[0] = first.shortened(len(p.start.bullet))
		}
		text, refs := l.text(p.lines)
		out = append(out, flowParagraph{text: text, label: p.start.label, refs: refs})
	}
	return out
}

// cell writes one cell: its words, then what was filled in there.
func (w *pdfWriter) cell(c pdfCell, before string, q cellQuestion, place Place) {
	if !q.asks {
		place.Question = q.text
	}
	var text flowParagraph
	flush := func() {
		place := place
		place.Label = text.label
		b := w.add(Cell, text.text, place)
		if b != nil {
			b.Refs = text.refs
			switch {
			case q.answers:
				b.Kind = Answer
			case q.asks:
				b.Kind, b.Why = Furniture, "question of the form"
			}
		}
		text = flowParagraph{}
	}
	for i := range c.paragraphs {
		p := &c.paragraphs[i]
		if p.label != "" && text.text != "" || text.label != "" {
			flush()
		}
		text.join(p)
	}
	flush()
	for _, f := range c.fields {
		if f.filled() {
			w.cellField(c, f, before, place)
		}
	}
}

// cellField writes what was filled in in a cell.
func (w *pdfWriter) cellField(c pdfCell, f pdfField, before string, place Place) {
	labels := &fieldLabels{page: place.Page}
	for _, r := range c.words {
		labels.words = append(labels.words, fieldLabel{pdfRun: r})
	}
	text := f.value
	if f.box {
		text = "☒"
		if option := labels.rightOf(f); option != nil {
			text += " " + option.text
		} else if saysMore(f.value) {
			text += " " + f.value
		}
	}
	if place.Question == "" {
		place.Question = fieldQuestion(before, strings.TrimSpace(f.tip), f.name)
	}
	kind := Answer
	if f.typed {
		kind = Box
	}
	w.add(kind, text, place)
}
