package word

import (
	"fmt"
	"strings"
	"time"
)

// A writer turns a document into its parts.
type writer struct {
	*Document
	numbers   map[string]string // the number of a named paragraph; "" where it has none
	bookmarks map[string]int    // the id of a named paragraph's bookmark
	notes     markup
	noted     int // footnotes so far
	comments  markup
	commented int
	body      links // of word/document.xml
	foot      links // of word/footnotes.xml
	problem   error
}

// A story is where text is written: the body, a footnote or a comment, which differ in what may stand in them.
type story struct {
	*markup
	links *links
	notes bool // footnotes and comments may stand in it
}

// number works out the numbers of the paragraphs, before anything refers to them.
func (w *writer) number() {
	w.numbers, w.bookmarks = map[string]string{}, map[string]int{}
	count := counters{}
	w.paragraphs(func(p *Paragraph) {
		number := ""
		if p.num > 0 {
			number = count.next(p, w.levels(w.abstractOf(p.num)))
		}
		if p.name == "" {
			return
		}
		if _, ok := w.numbers[p.name]; ok {
			w.fail("the paragraph %q is there twice", p.name)
		}
		w.numbers[p.name], w.bookmarks[p.name] = number, len(w.bookmarks)+1
		if p.num == bulletNum {
			w.numbers[p.name] = ""
		}
	})
}

// paragraphs are all paragraphs of the body in order, those in tables too.
func (w *writer) paragraphs(do func(*Paragraph)) {
	for _, b := range w.blocks {
		switch b := b.(type) {
		case *Paragraph:
			do(b)
		case *Table:
			for _, row := range b.Rows {
				for _, c := range row {
					for _, p := range c.Paragraphs {
						do(p)
					}
				}
			}
		}
	}
}

func (w *writer) fail(format string, args ...any) {
	if w.problem == nil {
		w.problem = fmt.Errorf("%w: "+format, append([]any{ErrReference}, args...)...)
	}
}

// documentPart is word/document.xml.
func (w *writer) documentPart() string {
	var m markup
	s := story{&m, &w.body, true}
	m.open("w:document", names)
	m.open("w:body")
	page := 0
	for i, b := range w.blocks {
		switch b := b.(type) {
		case section:
			page++
		case *Paragraph:
			w.paragraph(s, b, w.endsAt(i, page), i > 0 && isTable(w.blocks[i-1]))
		case *Table:
			w.table(&m, s, b, w.pages[page].text())
			if end := w.endsAt(i, page); end != nil || i == len(w.blocks)-1 || isTable(w.blocks[i+1]) {
				w.paragraph(s, Para(TableText), end, false) // a table is never the last thing, and two would run into one
			}
		}
	}
	w.sectionProperties(&m, w.pages[page])
	m.close("w:body")
	m.close("w:document")
	return m.String()
}

func isTable(b block) bool {
	_, ok := b.(*Table)
	return ok
}

// endsAt is the page whose section ends with a block, or nil.
func (w *writer) endsAt(i, page int) *Page {
	if i+1 < len(w.blocks) {
		if _, ok := w.blocks[i+1].(section); ok {
			return &w.pages[page]
		}
	}
	return nil
}

func (w *writer) sectionProperties(m *markup, p Page) {
	m.open("w:sectPr")
	if w.Header != "" {
		m.empty("w:headerReference", attr("w:type", "default"), attr("r:id", headerID))
	}
	m.empty("w:footerReference", attr("w:type", "default"), attr("r:id", footerID))
	m.empty("w:type", attr("w:val", "nextPage"))
	size := []string{attr("w:w", p.width), attr("w:h", p.height)}
	if p.landscape {
		size = append(size, attr("w:orient", "landscape"))
	}
	m.empty("w:pgSz", size...)
	m.empty("w:pgMar", attr("w:top", p.margin), attr("w:right", p.margin), attr("w:bottom", p.margin), attr("w:left", p.margin),
		attr("w:header", p.margin/2), attr("w:footer", p.margin/2), attr("w:gutter", 0))
	m.close("w:sectPr")
}

// paragraph writes a paragraph; below is one that stands right under a table, which leaves it no room of its own.
func (w *writer) paragraph(s story, p *Paragraph, end *Page, below bool) {
	s.open("w:p")
	w.paragraphProperties(s.markup, p, end, below)
	mark, named := w.bookmarks[p.name]
	if named {
		s.empty("w:bookmarkStart", attr("w:id", mark), attr("w:name", bookmark(mark)))
	}
	w.inlines(s, p.content)
	if named {
		s.empty("w:bookmarkEnd", attr("w:id", mark))
	}
	s.close("w:p")
}

// bookmark is the name of a bookmark; those that begin with _ are hidden from Word's list of them.
func bookmark(id int) string { return fmt.Sprintf("_Ref%08d", id) }

func (w *writer) paragraphProperties(m *markup, p *Paragraph, end *Page, below bool) {
	m.open("w:pPr")
	m.empty("w:pStyle", attr("w:val", string(p.style)))
	if p.keep {
		m.empty("w:keepNext")
	}
	if p.newPage {
		m.empty("w:pageBreakBefore")
	}
	if p.num > 0 {
		m.open("w:numPr")
		m.empty("w:ilvl", attr("w:val", p.level))
		m.empty("w:numId", attr("w:val", p.num))
		m.close("w:numPr")
	}
	if below && !p.style.spaced() {
		m.empty("w:spacing", attr("w:before", 160))
	}
	if p.alignment != "" {
		m.empty("w:jc", attr("w:val", p.alignment))
	}
	if end != nil {
		w.sectionProperties(m, *end)
	}
	m.close("w:pPr")
}

func (w *writer) inlines(s story, content []Inline) {
	for _, i := range content {
		switch i.kind {
		case textKind:
			s.run(i.text, i.look())
		case linkKind:
			w.link(s, i)
		case refKind:
			w.reference(s, i)
		case noteKind:
			w.note(s, i)
		case commentKind:
			w.comment(s, i)
		}
	}
}

func (w *writer) link(s story, i Inline) {
	l := i.look()
	l.style = "Hyperlink"
	s.open("w:hyperlink", attr("r:id", s.links.to(i.target)), attr("w:history", 1))
	s.run(i.text, l)
	s.close("w:hyperlink")
}

// reference is a field: \r gives the number of a paragraph of the first level, \w that of one below it in full.
func (w *writer) reference(s story, i Inline) {
	number, ok := w.numbers[i.target]
	switch {
	case !ok:
		w.fail("there is no paragraph %q", i.target)
		return
	case number == "":
		w.fail("the paragraph %q has no number", i.target)
		return
	}
	form := `\r`
	if strings.HasSuffix(number, ")") {
		form = `\w`
	}
	s.field(fmt.Sprintf(`REF %s %s \h`, bookmark(w.bookmarks[i.target]), form), number, i.look())
}

func (w *writer) note(s story, i Inline) {
	if !s.notes {
		s.run(" (", i.look())
		w.inlines(s, i.inner)
		s.run(")", i.look())
		return
	}
	w.noted++
	s.open("w:r")
	s.set(look{style: "FootnoteReference"})
	s.empty("w:footnoteReference", attr("w:id", w.noted))
	s.close("w:r")
	n := story{&w.notes, &w.foot, false}
	n.open("w:footnote", attr("w:id", w.noted))
	n.open("w:p")
	w.paragraphProperties(n.markup, Para(footnoteText), nil, false)
	n.open("w:r")
	n.set(look{style: "FootnoteReference"})
	n.empty("w:footnoteRef")
	n.close("w:r")
	n.run(" ", look{})
	w.inlines(n, i.inner)
	n.close("w:p")
	n.close("w:footnote")
}

func (w *writer) comment(s story, i Inline) {
	if !s.notes {
		w.inlines(s, i.inner)
		return
	}
	id := w.commented
	w.commented++
	s.empty("w:commentRangeStart", attr("w:id", id))
	w.inlines(s, i.inner)
	s.empty("w:commentRangeEnd", attr("w:id", id))
	s.open("w:r")
	s.set(look{style: "CommentReference"})
	s.empty("w:commentReference", attr("w:id", id))
	s.close("w:r")
	w.commentBody(id, i.comment)
}

func (w *writer) commentBody(id int, c Comment) {
	m := &w.comments
	attrs := []string{attr("w:id", id), attr("w:author", first(c.Author, 255))}
	if !c.Date.IsZero() {
		attrs = append(attrs, attr("w:date", c.Date.UTC().Format(time.RFC3339)))
	}
	m.open("w:comment", append(attrs, attr("w:initials", first(c.Initials, 9)))...)
	for i, text := range strings.Split(oneBreak.Replace(c.Text), "\n") {
		m.open("w:p")
		w.paragraphProperties(m, Para(commentText), nil, false)
		if i == 0 {
			m.open("w:r")
			m.set(look{style: "CommentReference"})
			m.empty("w:annotationRef")
			m.close("w:r")
		}
		m.run(text, look{})
		m.close("w:p")
	}
	m.close("w:comment")
}

// first is the beginning of a text: Word takes no more for the name and the initials of who comments.
func first(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

func (w *writer) table(m *markup, s story, t *Table, text int) {
	widths := t.widths(text)
	m.open("w:tbl")
	m.open("w:tblPr")
	m.empty("w:tblStyle", attr("w:val", "TableGrid"))
	m.empty("w:tblW", attr("w:w", text), attr("w:type", "dxa"))
	m.empty("w:tblLayout", attr("w:type", "fixed"))
	m.empty("w:tblLook", attr("w:val", "0020"), attr("w:firstRow", 1), attr("w:lastRow", 0), attr("w:firstColumn", 0), attr("w:lastColumn", 0), attr("w:noHBand", 1), attr("w:noVBand", 1))
	if t.Description != "" {
		m.empty("w:tblDescription", attr("w:val", t.Description))
	}
	m.close("w:tblPr")
	m.open("w:tblGrid")
	for _, n := range widths {
		m.empty("w:gridCol", attr("w:w", n))
	}
	m.close("w:tblGrid")
	if len(t.Heads) > 0 {
		var heads []Cell
		for _, h := range t.Heads {
			heads = append(heads, Cell{Paragraphs: []*Paragraph{Para(TableHead, Text(h))}, Fill: headFill})
		}
		w.row(s, heads, widths, true)
	}
	for _, row := range t.Rows {
		w.row(s, row, widths, false)
	}
	if len(t.Heads)+len(t.Rows) == 0 {
		w.row(s, nil, widths, false) // a table without a row is damaged to Word
	}
	m.close("w:tbl")
}

func (w *writer) row(s story, cells []Cell, widths []int, head bool) {
	s.open("w:tr")
	s.open("w:trPr")
	s.empty("w:cantSplit")
	if head {
		s.empty("w:tblHeader")
	}
	s.close("w:trPr")
	at := 0
	for _, c := range cells {
		n := min(max(c.Across, 1), len(widths)-at)
		w.cell(s, c, widths[at:at+n])
		at += n
	}
	for ; at < len(widths); at++ {
		w.cell(s, Cell{}, widths[at:at+1])
	}
	s.close("w:tr")
}

func (w *writer) cell(s story, c Cell, widths []int) {
	width := 0
	for _, n := range widths {
		width += n
	}
	s.open("w:tc")
	s.open("w:tcPr")
	s.empty("w:tcW", attr("w:w", width), attr("w:type", "dxa"))
	if len(widths) > 1 {
		s.empty("w:gridSpan", attr("w:val", len(widths)))
	}
	if fill := colour(c.Fill); fill != "" {
		s.empty("w:shd", attr("w:val", "clear"), attr("w:color", "auto"), attr("w:fill", fill))
	}
	s.close("w:tcPr")
	for _, p := range c.Paragraphs {
		w.paragraph(s, p, nil, false)
	}
	if len(c.Paragraphs) == 0 {
		w.paragraph(s, Para(TableText), nil, false)
	}
	s.close("w:tc")
}
