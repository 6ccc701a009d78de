package extract

import (
	"fmt"
	"strings"
)

// The characters that have a meaning of their own ([MS-DOC] 2.4.1).
const (
	doc97Picture      = 0x01
	doc97NoteMark     = 0x02
	doc97CellEnd      = 0x07
	doc97Drawn        = 0x08
	doc97Tab          = 0x09
	doc97LineEnd      = 0x0B
	doc97PageEnd      = 0x0C // of a section too
	doc97ParagraphEnd = 0x0D
	doc97ColumnEnd    = 0x0E
	doc97FieldStart   = 0x13
	doc97FieldResult  = 0x14
	doc97FieldEnd     = 0x15
	doc97FirmHyphen   = 0x1E
	doc97SoftHyphen   = 0x1F
)

// A doc97Paragraph is what a paragraph's properties say.
type doc97Paragraph struct {
	style    *docxStyle
	level    int
	numID    string
	ilvl     int
	depth    int // in tables, 0 outside
	cellEnds bool
	rowEnds  bool
	edges    []int // of the row's cells
}

// readStory reads one part of the text paragraph by paragraph and gives its elements to add.
func (r *doc97Reader) readStory(s doc97Range, add func([]flowElement)) {
	s = r.text.within(s)
	r.fields, r.fieldMarks = nil, r.matchFields(s)
	var t doc97Tables
	for at := s.from; at < s.to && r.flow.err == nil; {
		end := r.paragraphEnd(at, s.to)
		r.readParagraph(at, end, &t)
		if len(t.open) == 0 {
			add(t.body.take())
			t.held = 0
		}
		if t.held++; t.held > MaxBlocks {
			r.flow.err = fmt.Errorf("%w: more than %d paragraphs in a table", ErrLimit, MaxBlocks)
		}
		at = end + 1
		if err := r.ctx.Err(); err != nil {
			r.flow.err = err
		}
	}
	t.closeTo(0)
	add(t.body.close())
}

// paragraphEnd is the mark that ends the paragraph which begins here.
func (r *doc97Reader) paragraphEnd(at, limit int) int {
	for ; at < limit; at++ {
		switch r.text.units[at] {
		case doc97ParagraphEnd, doc97CellEnd:
			return at
		case doc97PageEnd:
			if r.sections[at] {
				return at
			}
		}
	}
	return limit
}

// readParagraph reads the characters from at, and the mark at end.
func (r *doc97Reader) readParagraph(at, end int, t *doc97Tables) {
	mark := min(end, len(r.text.units)-1)
	properties := r.paragraphAt(mark)
	line := doc97Line{style: properties.style}
	r.readRuns(at, end, &line)
	final := r.runAt(mark, &line)
	r.noteChange(final.changes, &line)
	line.finish(&r.left)
	t.closeTo(properties.depth)
	t.openTo(properties.depth)
	if properties.rowEnds {
		t.endRow(properties.edges, final.deleted)
		return
	}
	p := flowParagraph{
		text: line.text.String(), refs: line.refs, notes: line.notes, boxes: line.boxes,
		level: properties.level, bold: !line.plain, listed: properties.style.listed, inField: inLongField(r.fields),
	}
	runsOn := final.deleted && !properties.cellEnds && end < len(r.text.units) && r.text.units[end] == doc97ParagraphEnd
	if !runsOn {
		r.number(&p, &properties)
	}
	t.content().addRunning(p, runsOn)
	if properties.cellEnds {
		t.endCell()
	}
}

// addRunning adds a paragraph, or holds it until the one that it runs on into.
func (c *docxContent) addRunning(p flowParagraph, runsOn bool) {
	if c.open != nil {
		p.after(c.open)
		c.open = nil
	}
	if runsOn {
		c.open = &p
		return
	}
	c.elements = append(c.elements, flowElement{flowParagraph: p})
}

// number steps the paragraph's list: the empty paragraphs of a list have a number too.
func (r *doc97Reader) number(p *flowParagraph, properties *doc97Paragraph) {
	if properties.numID == "" || r.inNote || r.inMargin {
		return
	}
	p.label = r.numbering.next(properties.numID, properties.ilvl)
	if p.label != "" && p.level == 0 {
		p.depth = properties.ilvl + 1
	}
}

// paragraphAt reads the properties of the paragraph whose mark stands here.
func (r *doc97Reader) paragraphAt(mark int) doc97Paragraph {
	piece := r.text.piece(mark)
	if piece == nil {
		return doc97Paragraph{style: &docxStyle{}}
	}
	own := doc97SpanAt(r.paragraphs, piece.byteOf(mark))
	x := doc97ParagraphChanges{data: r.file.data, old: r.file.old}
	for _, list := range []doc97Bytes{own.changes, piece.changes} {
		x.apply(list, true)
	}
	style := own.style
	if x.style != nil {
		style = *x.style
	}
	p := doc97Paragraph{style: r.styles.numbered(style), edges: x.edges}
	p.level, p.numID, p.ilvl = p.style.level, p.style.numID, p.style.ilvl
	if x.outline != nil {
		p.level = doc97OutlineLevel(*x.outline)
	}
	if x.list != nil {
		p.numID = doc97ListID(*x.list)
	}
	if x.listLevel != nil {
		p.ilvl = *x.listLevel
	}
	x.place(&p, r.text.units[mark])
	return p
}

// doc97ParagraphChanges are the changes of one paragraph; nil where it says nothing.
type doc97ParagraphChanges struct {
	data                            doc97Bytes
	old                             bool
	style, outline, list, listLevel *int
	inTable, rowEnd                 bool
	innerCellEnd, innerRowEnd       bool
	depth                           int
	edges                           []int
}

func (x *doc97ParagraphChanges) apply(list doc97Bytes, further bool) {
	doc97Changes(list, x.old, func(change int, value doc97Bytes) {
		b, w := value.byteAt(0), value.i16(0)
		switch change {
		case doc97ParaStyle:
			x.style = &w
		case doc97Outline:
			x.outline = &b
		case doc97ListUse:
			x.list = &w
		case doc97ListLevel:
			x.listLevel = &b
		case doc97InTable:
			x.inTable = b != 0
		case doc97RowEnd:
			x.rowEnd = b != 0
		case doc97InnerCellEnd:
			x.innerCellEnd = b != 0
		case doc97InnerRowEnd:
			x.innerRowEnd = b != 0
		case doc97TableDepth:
			x.depth = value.u32(0)
		case doc97TableDepthBy:
			x.depth += int(int32(value.u32(0)))
		case doc97RowCells:
			x.edges = doc97RowEdges(value)
		case doc97HugeChanges, doc97HugeChanges97: // they stand elsewhere
			if at := value.u32(0); further {
				x.apply(x.data.cut(at+2, x.data.u16(at)), false)
			}
		}
	})
}

// place works out where the paragraph stands in tables. The cells of an inner table end with a paragraph mark.
func (x *doc97ParagraphChanges) place(p *doc97Paragraph, mark uint16) {
	p.depth = x.depth
	if x.inTable {
		p.depth = max(p.depth, 1)
	}
	p.depth = min(max(p.depth, 0), maxDoc97Tables)
	switch {
	case p.depth == 0:
	case p.depth == 1:
		p.rowEnds = x.rowEnd && mark == doc97CellEnd
		p.cellEnds = !p.rowEnds && mark == doc97CellEnd
	default:
		p.rowEnds = x.innerRowEnd
		p.cellEnds = !p.rowEnds && x.innerCellEnd
	}
}

// A doc97Line is a paragraph while its runs are read.
type doc97Line struct {
	style   *docxStyle
	text    strings.Builder
	high    uint16 // the first half of a character beyond 16 bits
	plain   bool   // some of its text is not bold
	refs    []Ref
	notes   []flowNote
	boxes   []flowBox
	hidden  strings.Builder
	changes doc97Change // the tracked change of the run before
}

func (l *doc97Line) finish(left *leftOut) {
	if l.hidden.Len() > 0 {
		left.hidden += Words(l.hidden.String())
	}
}
