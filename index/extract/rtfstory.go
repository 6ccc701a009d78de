package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// An rtfStory is a text of its own: the body, a note, a box, a header.
type rtfStory struct {
	line     rtfLine
	elements []flowElement
	tables   []*rtfOpenTable      // the open ones, outermost first
	rows     map[int]*rtfRowEdges // the row's shape that is in force, by how deep its table is nested
	change   rtfChange            // of the text written last
}

// An rtfLine is a paragraph while its text is read.
type rtfLine struct {
	text   bytes.Buffer
	label  string
	plain  bool // some of its text is not bold
	marked bool // a note's mark came, and its note has not
	refs   []Ref
	notes  []flowNote
	boxes  []flowBox
}

// An rtfOpenTable is a table to which cells are still added.
type rtfOpenTable struct {
	table *flowTable
	rows  []*rtfRowEdges // of the table's rows
	cells []flowCell     // of the open row
	cell  []flowElement  // of the open cell
}

// An rtfRowEdges is the shape of a row: where its cells begin and end, in twentieths of a point.
type rtfRowEdges struct {
	left   int
	right  []int
	merged []bool // the cell is joined to the one before it
	joins  bool   // the next one is
}

// paragraphWord takes the formats of paragraphs that matter, and the marks that end one.
func (r *rtfReader) paragraphWord(t *rtfToken) bool {
	p := &r.now.para
	switch t.word {
	case "pard":
		*p = plainRTFParagraph()
	case "s":
		p.style = t.number
	case "outlinelevel":
		p.outline = t.number
	case "ls":
		p.list = t.number
	case "ilvl":
		p.level = t.number
	case "intbl":
		p.inTable = true
	case "itap":
		p.nesting = t.number
	case "par", "sect":
		r.endParagraph()
	default:
		return false
	}
	return true
}

// endParagraph ends the paragraph at its mark. A mark that is deleted lets it run on into the next.
func (r *rtfReader) endParagraph() {
	if !r.now.writes() {
		r.write(" ")
		return
	}
	r.track()
	story := r.now.story
	if r.now.hidden {
		r.hidden.WriteByte(' ')
	}
	if r.now.change.deleted {
		story.line.label = ""
		return
	}
	r.endLine(story, &r.now, r.tableLevel(story))
}

// tableLevel is how deep in tables the paragraph stands. One that forgets to say so between the cells of a row is in it.
func (r *rtfReader) tableLevel(s *rtfStory) int {
	p := &r.now.para
	switch {
	case p.nesting > 0:
		return min(p.nesting, maxRTFTables)
	case p.inTable, len(s.tables) > 0 && len(s.tables[0].cells) > 0:
		return 1
	}
	return 0
}

// endLine makes a paragraph of the line and puts it into the story.
func (r *rtfReader) endLine(s *rtfStory, state *rtfState, level int) {
	s.line.marked = false
	p := flowParagraph{
		text: s.line.text.String(), refs: s.line.refs, notes: s.line.notes, boxes: s.line.boxes, bold: !s.line.plain,
	}
	style := r.styles.named(state.para.style)
	p.level, p.listed, p.inField = style.level, style.listed, state.field != nil
	if o := state.para.outline; o >= 0 {
		p.level = 0
		if o < listLevels {
			p.level = o + 1
		}
	}
	r.number(&p, s.line.label, state)
	s.line = rtfLine{}
	r.settle(s, level)
	if strings.TrimSpace(p.text) == "" && len(p.notes) == 0 && len(p.boxes) == 0 {
		return
	}
	r.count()
	s.put(flowElement{flowParagraph: p})
	r.layOut(s)
}

// put adds an element to the innermost open cell, or to the story itself.
func (s *rtfStory) put(e flowElement) {
	if n := len(s.tables); n > 0 {
		s.tables[n-1].cell = append(s.tables[n-1].cell, e)
		return
	}
	s.elements = append(s.elements, e)
}

// settle closes and opens tables until the next element stands in this many.
func (r *rtfReader) settle(s *rtfStory, level int) {
	for len(s.tables) > level {
		last := len(s.tables) - 1
		t := s.tables[last]
		s.tables = s.tables[:last]
		if len(t.cell) > 0 {
			t.endCell()
		}
		t.endRow(s.rows[last+1])
		t.setColumns()
		if len(t.table.rows) > 0 {
			s.put(flowElement{table: t.table})
		}
	}
	for len(s.tables) < level {
		r.count()
		s.tables = append(s.tables, &rtfOpenTable{table: &flowTable{}})
	}
}

// layOut hands what is finished of the body on, so that it is not held.
func (r *rtfReader) layOut(s *rtfStory) {
	if s == r.body && len(s.tables) == 0 {
		r.flow.add(s.elements)
		clear(s.elements)
		s.elements = s.elements[:0]
	}
}

func (r *rtfReader) endStory(s *rtfStory, state *rtfState) {
	if len(s.tables) > 0 || s.line.isOpen() {
		r.endLine(s, state, 0)
	}
	r.layOut(s)
}

func (l *rtfLine) isOpen() bool {
	return l.text.Len() > 0 || len(l.notes) > 0 || len(l.boxes) > 0
}

// count bounds what is held: paragraphs, cells, tables and notes.
func (r *rtfReader) count() {
	if r.elements++; r.elements > maxRTFElements {
		r.err = fmt.Errorf("%w: more than %d paragraphs, cells and notes", ErrLimit, maxRTFElements)
	}
}

// tableWord takes the words of tables.
func (r *rtfReader) tableWord(t *rtfToken) bool {
	switch t.word {
	case "cell":
		r.endCell(1)
	case "nestcell":
		r.endCell(r.nestedLevel())
	case "row":
		r.endRow(1)
	case "nestrow":
		r.endRow(r.nestedLevel())
	case "trowd", "trleft", "cellx", "clmrg", "clmgf":
		r.rowWord(t)
	default:
		return false
	}
	return true
}

func (r *rtfReader) nestedLevel() int { return min(max(r.now.para.nesting, 2), maxRTFTables) }

func (r *rtfReader) endCell(level int) {
	if !r.now.writes() {
		r.write(" ")
		return
	}
	story := r.now.story
	r.endLine(story, &r.now, level)
	story.tables[level-1].endCell()
	r.count()
}

func (r *rtfReader) endRow(level int) {
	story := r.now.story
	if !r.now.writes() || len(story.tables) < level {
		return
	}
	if story.line.isOpen() {
		r.endCell(level)
	}
	r.settle(story, level)
	t := story.tables[level-1]
	if len(t.cell) > 0 {
		t.endCell()
	}
	t.endRow(story.rows[level])
}

func (t *rtfOpenTable) endCell() {
	t.cells = append(t.cells, flowCell{content: t.cell})
	t.cell = nil
}

func (t *rtfOpenTable) endRow(edges *rtfRowEdges) {
	if len(t.cells) == 0 {
		return
	}
	t.table.rows = append(t.table.rows, flowRow{number: len(t.table.rows) + 1, cells: t.cells})
	t.rows = append(t.rows, edges)
	t.cells = nil
}

// rowWord takes the words for the shape of a row. They come before its cells, after them, or both; those of a nested
// table come in a group of their own after each row.
func (r *rtfReader) rowWord(t *rtfToken) {
	story := r.now.story
	if !r.now.writes() {
		return
	}
	level := max(1, min(r.now.para.nesting, maxRTFTables))
	if !r.now.nested {
		level = 1
	}
	edges := story.rows[level]
	if edges == nil || t.word == "trowd" {
		edges = &rtfRowEdges{}
		if story.rows == nil {
			story.rows = map[int]*rtfRowEdges{}
		}
		story.rows[level] = edges
	}
	switch t.word {
	case "trleft":
		edges.left = t.number
	case "clmrg":
		edges.joins = true
	case "cellx":
		if len(edges.right) < maxRTFColumns {
			edges.right = append(edges.right, t.number)
			edges.merged = append(edges.merged, edges.joins)
		}
		edges.joins = false
	}
}

const (
	maxRTFColumns = 1000 // Word has 63
	sameEdge      = 120  // twentieths of a point: edges nearer than this are one, as programs round them
)

// setColumns numbers the cells by the grid that the edges of all rows make, as Word does when it saves a .docx, and takes
// out empty cells that are joined to the one before them.
func (t *rtfOpenTable) setColumns() {
	grid := t.grid()
	for i := range t.table.rows {
		row := &t.table.rows[i]
		edges := t.rows[i]
		kept := row.cells[:0]
		column := 0
		for j, c := range row.cells {
			column = max(column+1, edges.column(j, grid))
			c.column = column
			if edges == nil || j == 0 || j >= len(edges.merged) || !edges.merged[j] || len(c.content) > 0 {
				kept = append(kept, c)
			}
		}
		row.cells = kept
	}
}

// grid is the distinct left edges of the cells of all rows, in order.
func (t *rtfOpenTable) grid() []int {
	var all []int
	var last *rtfRowEdges
	for _, e := range t.rows {
		if e == nil || e == last || len(all) > MaxEntries {
			continue
		}
		last = e
		all = append(all, e.left)
		all = append(all, e.right...)
	}
	slices.Sort(all)
	var grid []int
	for _, x := range all {
		if len(grid) == 0 || x > grid[len(grid)-1]+sameEdge {
			grid = append(grid, x)
		}
	}
	return grid
}

// column is the column of a row's cell from 1, or 0 when its edges are not known.
func (e *rtfRowEdges) column(cell int, grid []int) int {
	if e == nil || cell >= len(e.right) {
		return 0
	}
	left := e.left
	if cell > 0 {
		left = e.right[cell-1]
	}
	at, found := slices.BinarySearch(grid, left)
	if found {
		return at + 1
	}
	return at
}
