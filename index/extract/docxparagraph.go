package extract

import (
	"strings"
)

// docxContent collects the elements of the body, a cell, a note or a box.
type docxContent struct {
	elements []flowElement
	open     *flowParagraph // its mark is deleted: it runs on into the next paragraph
}

// take returns the elements collected so far; a paragraph that runs on stays.
func (c *docxContent) take() []flowElement {
	out := c.elements
	c.elements = nil
	return out
}

// close ends the content.
func (c *docxContent) close() []flowElement {
	if c.open != nil {
		c.elements = append(c.elements, flowElement{flowParagraph: *c.open})
		c.open = nil
	}
	return c.take()
}

// content reads all below n.
func (r *docxReader) content(n *node) []flowElement {
	var c docxContent
	for k := range n.kids() {
		r.read(k, &c)
	}
	return c.close()
}

// read reads one child of a body, cell, note or box.
func (r *docxReader) read(k *node, c *docxContent) {
	switch k.name {
	case "p":
		r.readParagraph(k, c)
	case "tbl":
		c.elements = append(c.close(), flowElement{table: r.readTable(k)})
	case "sdt":
		r.control(k, func(content *node) { r.readAll(content, c) })
	case "ins", "moveTo", "customXml", "smartTag", "txbxContent":
		r.readAll(k, c)
	case "AlternateContent":
		r.readAll(chosen(k), c)
	case "altChunk":
		r.addChunk(r.targets[k.attr("id")])
	case "subDoc":
		r.embedded.add("a part of the document kept in a file of its own")
	}
}

func (r *docxReader) readAll(n *node, c *docxContent) {
	for k := range n.kids() {
		r.read(k, c)
	}
}

// chosen is the branch of mc:AlternateContent to read: newer drawings repeat their text in the fallback.
func chosen(k *node) *node {
	for c := range k.kids() {
		if c.name == "Choice" && c.first != nil {
			return c
		}
	}
	return k.kid("Fallback")
}

// A docxLine is a paragraph while its runs are read.
type docxLine struct {
	style   *docxStyle
	text    strings.Builder
	plain   bool // some of its text is not bold
	typed   bool // some of it stands in a field that somebody filled in
	printed bool // some of it stands outside such fields
	refs    []Ref
	notes   []flowNote
	boxes   []flowBox
	inside  []*node // paragraphs and tables that stand inside the paragraph, which only broken writers do
}

func (r *docxReader) readParagraph(n *node, c *docxContent) {
	properties := n.kid("pPr")
	id, named := properties.kid("pStyle").lookup("val")
	if !named {
		id = r.styles.standard
	}
	line := docxLine{style: r.styles.named(id)}
	r.readRuns(n, &line)
	p := flowParagraph{
		text: line.text.String(), refs: line.refs, notes: line.notes, boxes: line.boxes,
		level: line.style.level, title: line.style.title, bold: !line.plain, filled: line.typed && !line.printed,
		listed: line.style.listed, inField: inLongField(r.fields),
	}
	if o := properties.kid("outlineLvl"); o != nil {
		p.level = outlineLevel(o)
	}
	runsOn := r.markDeleted(properties.kid("rPr"))
	if !runsOn {
		r.number(&p, properties, line.style)
	}
	if c.open != nil {
		p.after(c.open)
		c.open = nil
	}
	if runsOn {
		c.open = &p
	} else {
		c.elements = append(c.elements, flowElement{flowParagraph: p})
	}
	for _, k := range line.inside {
		r.read(k, c)
	}
}

// markDeleted reports whether the paragraph's mark is deleted, so that it runs on into the next. A mark is part of the
// tracked change that ends with it.
func (r *docxReader) markDeleted(mark *node) bool {
	marked := false
	for k := range mark.kids() {
		switch k.name {
		case "moveFrom":
			return true
		case "del":
			r.change(k)
			return true
		case "ins", "moveTo":
			r.change(k)
			marked = true
		}
	}
	if !marked {
		r.lastChange = ""
	}
	return false
}

// change counts a tracked change. Word writes one for each piece of text with a format of its own: neighbours by the same
// author at the same time are one, as Word counts them.
func (r *docxReader) change(k *node) {
	key := k.name + "\x00" + k.attr("author") + "\x00" + k.attr("date")
	if key != r.lastChange {
		r.revisions.add(k.attr("author"))
	}
	r.lastChange = key
}

// after puts the paragraph that runs on into p before it. The joined paragraph has p's properties, as Word gives it.
func (p *flowParagraph) after(q *flowParagraph) {
	if strings.TrimSpace(p.text) == "" {
		p.level, p.title, p.bold, p.listed, p.filled = q.level, q.title, q.bold, q.listed, q.filled
	}
	for i := range p.refs {
		p.refs[i].At += len(q.text)
	}
	p.text = q.text + p.text
	p.refs = append(q.refs, p.refs...)
	p.notes = append(q.notes, p.notes...)
	p.boxes = append(q.boxes, p.boxes...)
}

// number steps the paragraph's list. Word numbers empty paragraphs too, so it is called for every paragraph.
func (r *docxReader) number(p *flowParagraph, properties *node, style *docxStyle) {
	numID, level := style.numID, style.ilvl
	if list := properties.kid("numPr"); list != nil {
		v, ok := list.kid("numId").lookup("val")
		if ok {
			numID, level = v, 0
		}
		level = list.kid("ilvl").number("val", level)
	}
	if numID == "" || numID == "0" || r.inNote || r.inMargin {
		return
	}
	if hidden := properties.kid("rPr").kid("vanish"); hidden.isOn() && strings.TrimSpace(p.text) == "" {
		return // not shown at all, so not counted
	}
	p.label = r.numbering.next(numID, level)
	if p.label != "" && p.level == 0 {
		p.depth = level + 1
	}
}

// readRuns reads the runs of a paragraph in the accepted view of its tracked changes.
func (r *docxReader) readRuns(n *node, line *docxLine) {
	for k := range n.kids() {
		switch k.name {
		case "del":
			r.change(k)
		case "moveFrom": // counted where it went
		case "ins", "moveTo":
			r.change(k)
			r.inChange++
			r.readRuns(k, line)
			r.inChange--
		case "r":
			r.readRun(k, line)
		case "hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo", "rubyBase":
			r.readRuns(k, line)
		case "sdt":
			r.control(k, func(content *node) { r.readRuns(content, line) })
		case "AlternateContent":
			r.readRuns(chosen(k), line)
		case "oMath", "oMathPara":
			r.write(mathText(k), line, false)
		case "p", "tbl":
			line.inside = append(line.inside, k)
		case "subDoc":
			r.embedded.add("a part of the document kept in a file of its own")
		}
	}
}

// mathText is the text of a formula in reading order, without its layout.
func mathText(n *node) string {
	var s strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		if n.name == "t" {
			n.writeText(&s)
			return
		}
		for k := range n.kids() {
			walk(k)
		}
	}
	walk(n)
	return s.String()
}

// write appends text to the line, unless it is a field's instruction.
func (r *docxReader) write(text string, line *docxLine, bold bool) {
	if text == "" {
		return
	}
	for i := range r.fields {
		if r.fields[i].instruction {
			return
		}
		r.fields[i].shown = true
	}
	if strings.TrimSpace(text) != "" {
		line.plain = line.plain || !bold
		field := r.inForm()
		line.typed, line.printed = line.typed || field, line.printed || !field
	}
	line.text.WriteString(text)
}
