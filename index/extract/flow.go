package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeading bounds a heading's text where it is repeated in the place of every block beneath it.
const maxHeading = 300

// A flow lays the paragraphs and tables of a word processor's document into blocks and knows the place of each. The
// readers of .docx and .odt hand it elements in reading order.
type flow struct {
	builder
	headings   []openHeading // open, outermost first
	path       []string      // their texts; never changed once blocks share it
	paragraph  int
	tables     int
	at         cellPosition
	asked      askedQuestion
	bolds      boldHeadings
	inContents contentsList
	err        error // a limit was met; nothing is added after it
}

type openHeading struct {
	level int
	text  string
}

// A cellPosition is the table cell that elements are laid into; zero outside tables.
type cellPosition struct{ table, row, column int }

// A flowElement is a paragraph or, when table is set, a table.
type flowElement struct {
	flowParagraph
	table *flowTable
}

type flowParagraph struct {
	text    string
	level   int    // of a heading, from 1
	title   bool   // the heading is the document's title
	label   string // the printed number or bullet
	depth   int    // of a list item, from 1
	bold    bool   // every word of it
	filled  bool   // every word of it was written into a form's field
	listing bool   // a line of a table of contents, for certain
	listed  int    // the level of the lines of contents whose style it has; some authors use them for headings
	inField bool   // it ends inside a field, as lines of contents do
	refs    []Ref
	notes   []flowNote // the notes it refers to
	boxes   []flowBox  // the text boxes anchored in it
}

type flowNote struct{ mark, text string }

// A flowBox is what a text box or diagram holds.
type flowBox []flowElement

// newBox is a box of one paragraph.
func newBox(text string) flowBox { return flowBox{{flowParagraph: flowParagraph{text: text}}} }

type flowTable struct{ rows []flowRow }

type flowRow struct {
	number int // from 1
	cells  []flowCell
}

type flowCell struct {
	column  int // of the table's grid, from 1
	content []flowElement
}

func (f *flow) add(elements []flowElement) {
	for i := range elements {
		if elements[i].table != nil {
			f.addTable(elements[i].table)
		} else {
			f.addParagraph(&elements[i].flowParagraph)
		}
	}
}

// place is where the next block stands.
func (f *flow) place() Place {
	return Place{
		Paragraph: f.paragraph, Headings: f.path, Question: f.asked.text,
		Table: f.at.table, Row: f.at.row, Column: f.at.column,
	}
}

// put adds a block of p's text, without the white space around it.
func (f *flow) put(kind Kind, p *flowParagraph, place Place) *Block {
	text := strings.TrimRightFunc(p.text, unicode.IsSpace)
	cut := len(text)
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	cut -= len(text)
	if text == "" || f.err != nil {
		return nil
	}
	if len(f.doc.Blocks) >= MaxBlocks {
		f.err = fmt.Errorf("%w: more than %d paragraphs and cells", ErrLimit, MaxBlocks)
		return nil
	}
	b := f.builder.add(kind, text, place)
	for _, r := range p.refs {
		b.Refs = append(b.Refs, Ref{At: min(max(r.At-cut, 0), len(text)), Note: r.Note})
	}
	return b
}

func (f *flow) addParagraph(p *flowParagraph) {
	switch {
	case strings.TrimSpace(p.text) == "":
	case f.inContents.next(p):
		if b := f.put(Furniture, p, f.place()); b != nil {
			b.Why = "table of contents"
		}
	case p.level == 0 && p.listed > 0 && p.isHeadingOfContents():
		p.level = p.listed
		f.addHeading(p)
	case p.level > 0:
		f.addHeading(p)
	default:
		f.addBody(p)
	}
	f.addAttached(p, f.place())
}

func (f *flow) addHeading(p *flowParagraph) {
	f.bolds.interrupt()
	f.bolds.styled = f.bolds.styled || !p.title
	f.closeHeadings(p.level)
	f.asked.close(p.level)
	f.paragraph++
	place := f.place()
	place.Label = p.number()
	if question, ok := f.asked.next(p, true); ok {
		f.asked.text = question
		place.Question = ""
	}
	if b := f.put(Heading, p, place); b != nil {
		b.Level = p.level
	}
	f.openHeading(p.level, p.text)
}

// closeHeadings ends those that a heading of this level ends.
func (f *flow) closeHeadings(level int) {
	open := len(f.headings)
	for open > 0 && f.headings[open-1].level >= level {
		open--
	}
	f.headings = f.headings[:open]
	f.path = f.headingPath()
}

func (f *flow) openHeading(level int, text string) {
	f.headings = append(f.headings, openHeading{level, oneLine(text, maxHeading)})
	f.path = f.headingPath()
}

func (f *flow) headingPath() []string {
	var path []string
	for _, h := range f.headings {
		path = append(path, h.text)
	}
	return path
}

func (f *flow) addBody(p *flowParagraph) {
	f.paragraph++
	kind := Paragraph
	if p.depth > 0 {
		kind = Item
	}
	guided := f.asked.guides(p)
	question, isQuestion, why := "", false, ""
	if f.asked.fill(p) {
		kind = Answer
	} else if question, isQuestion = f.asked.next(p, true); isQuestion {
		f.asked.text = ""
		if f.asked.form {
			why = formQuestion
		}
	} else if guided {
		why = formGuidance
	}
	place := f.place()
	place.Label = p.number()
	if b := f.put(kind, p, place); b != nil {
		b.Level = p.depth
		if why != "" {
			b.Kind, b.Level, b.Why = Furniture, 0, why
		}
	}
	if isQuestion || f.at.table > 0 {
		f.bolds.interrupt()
	} else {
		f.bolds.next(p, len(f.doc.Blocks)-1)
	}
	if isQuestion {
		f.asked.text = question
	}
}

// addAttached adds what a paragraph carries: its notes right after it, then its text boxes.
func (f *flow) addAttached(p *flowParagraph, place Place) {
	place.Label = ""
	for _, n := range p.notes {
		place.Note = n.mark
		f.put(Note, &flowParagraph{text: n.text}, place)
	}
	place.Note = ""
	for _, box := range p.boxes {
		f.addBox(box, place)
	}
}

// addBox adds a text box as one block, or more where tables stand in it or its paragraphs are numbered.
func (f *flow) addBox(box flowBox, place Place) {
	f.gather(box, func(text *flowParagraph) {
		place.Label = text.label
		f.put(Box, text, place)
		f.addAttached(text, place)
	})
}

func (f *flow) addFurniture(why, text string) {
	if b := f.put(Furniture, &flowParagraph{text: text}, Place{}); b != nil {
		b.Why = why
	}
}

// addTable adds a table cell by cell. A table of a single cell is a frame drawn around text: what is in it is read as
// the paragraphs it holds, with the cell in their place.
func (f *flow) addTable(t *flowTable) {
	f.bolds.interrupt()
	f.inContents = false
	f.tables++
	outer := f.at
	f.at = cellPosition{table: f.tables}
	form := tableForm{columns: t.isForm()}
	for _, r := range t.rows {
		f.at.row = r.number
		questions := form.row(r)
		for i, c := range r.cells {
			f.at.column = c.column
			if len(t.rows) == 1 && len(r.cells) == 1 {
				f.add(c.content)
				continue
			}
			f.addCell(c, questions[i])
		}
	}
	f.at = outer
}

// addCell adds one block for the paragraphs of a cell; more where tables stand between them, and one for each paragraph
// where they are numbered, since a block has one label.
func (f *flow) addCell(c flowCell, q cellQuestion) {
	f.gather(c.content, func(text *flowParagraph) {
		place := f.place()
		place.Label = text.label
		kind := Cell
		switch {
		case q.asks:
			place.Question = ""
		case q.text != "":
			place.Question = q.text
		}
		if q.answers {
			kind = Answer
		}
		if b := f.put(kind, text, place); b != nil && q.asks {
			b.Kind, b.Why = Furniture, formQuestion
		}
		f.addAttached(text, place)
	})
}

// gather gives the paragraphs of a cell or box to put together, as far as they make one block. Tables between them are added.
func (f *flow) gather(content []flowElement, put func(*flowParagraph)) {
	var text flowParagraph
	flush := func() {
		put(&text)
		text = flowParagraph{}
	}
	for i := range content {
		e := &content[i]
		if e.table != nil {
			flush()
			f.addTable(e.table)
			continue
		}
		if e.label != "" && text.text != "" || text.label != "" {
			flush()
		}
		text.join(&e.flowParagraph)
	}
	flush()
}

// join appends another paragraph of the same cell on a line of its own. The label is the first line's.
func (p *flowParagraph) join(q *flowParagraph) {
	blank := strings.TrimSpace(q.text) == ""
	switch {
	case blank:
	case p.text == "":
		p.text, p.label = q.text, q.label
		p.refs = slices.Clone(q.refs)
	default:
		p.text += "\n"
		for _, r := range q.refs {
			p.refs = append(p.refs, Ref{At: len(p.text) + r.At, Note: r.Note})
		}
		p.text += q.text
	}
	p.notes = append(p.notes, q.notes...)
	p.boxes = append(p.boxes, q.boxes...)
}

// plainText is the text of elements with a line for each paragraph and each row: for notes, boxes, headers and footers.
func plainText(elements []flowElement) string {
	var s strings.Builder
	writePlain(&s, elements)
	return strings.TrimSpace(s.String())
}

func writePlain(s *strings.Builder, elements []flowElement) {
	for _, e := range elements {
		if e.table == nil {
			if strings.TrimSpace(e.text) != "" {
				s.WriteString(e.text + "\n")
			}
			for _, box := range e.boxes {
				writePlain(s, box)
			}
			continue
		}
		for _, r := range e.table.rows {
			for i, c := range r.cells {
				if i > 0 {
					s.WriteByte('\t')
				}
				s.WriteString(strings.ReplaceAll(plainText(c.content), "\n", " "))
			}
			s.WriteByte('\n')
		}
	}
}

// oneLine is s without line breaks and no longer than limit bytes, for use as a name.
func oneLine(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= limit {
		return s
	}
	cut := limit - len("…")
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
