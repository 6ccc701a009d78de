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
		if !r.isPrompt(k) {
			r.readAll(k.kid("sdtContent"), c)
		}
	case "ins", "moveTo", "customXml", "smartTag", "txbxContent":
		r.readAll(k, c)
	case "AlternateContent":
		r.readAll(chosen(k), c)
	case "altChunk":
		if rel, ok := r.targets[k.attr("id")]; ok {
			r.addChunk(rel)
		}
	case "subDoc":
		r.embedded++
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

// isPrompt reports whether a content control shows only its prompt, "Click or tap here to enter text": nobody wrote it.
func (r *docxReader) isPrompt(sdt *node) bool {
	p := sdt.kid("sdtPr").kid("showingPlcHdr")
	if p == nil || !p.isOn() {
		return false
	}
	r.prompts++
	return true
}

// A docxLine is a paragraph while its runs are read.
type docxLine struct {
	style   *docxStyle
	text    strings.Builder
	plain   bool // some of its text is not bold
	refs    []Ref
	notes   []flowNote
	boxes   []string
	inside  []*node // paragraphs and tables that stand inside the paragraph, which only broken writers do
	changed bool    // it holds tracked changes
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
		level: line.style.level, bold: !line.plain, listing: line.style.listing,
	}
	if o := properties.kid("outlineLvl"); o != nil {
		p.level = outlineLevel(o)
	}
	runsOn := r.markDeleted(properties.kid("rPr"), &line)
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

// markDeleted reports whether the paragraph's mark is deleted, so that it runs on into the next, and counts a change
// of the mark alone.
func (r *docxReader) markDeleted(mark *node, line *docxLine) bool {
	for k := range mark.kids() {
		switch k.name {
		case "del", "moveFrom", "ins", "moveTo":
			if !line.changed && k.name != "moveFrom" {
				r.revisions.add(k.attr("author"))
			}
			if k.name == "del" || k.name == "moveFrom" {
				return true
			}
		}
	}
	return false
}

// after puts the paragraph that runs on into p before it. The joined paragraph has p's properties, as Word gives it.
func (p *flowParagraph) after(q *flowParagraph) {
	if strings.TrimSpace(p.text) == "" {
		p.level, p.bold, p.listing = q.level, q.bold, q.listing
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
			r.changed(k, line)
		case "moveFrom": // counted where it went
			line.changed = true
		case "ins", "moveTo":
			r.changed(k, line)
			r.readRuns(k, line)
		case "r":
			r.readRun(k, line)
		case "hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo", "rubyBase":
			r.readRuns(k, line)
		case "sdt":
			if !r.isPrompt(k) {
				r.readRuns(k.kid("sdtContent"), line)
			}
		case "AlternateContent":
			r.readRuns(chosen(k), line)
		case "oMath", "oMathPara":
			r.write(mathText(k), line, false)
		case "p", "tbl":
			line.inside = append(line.inside, k)
		case "subDoc":
			r.embedded++
		}
	}
}

func (r *docxReader) changed(k *node, line *docxLine) {
	line.changed = true
	r.revisions.add(k.attr("author"))
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
	for i := range r.fields {
		if r.fields[i].instruction {
			return
		}
		r.fields[i].shown = true
	}
	if !bold && !line.plain && strings.TrimSpace(text) != "" {
		line.plain = true
	}
	line.text.WriteString(text)
}
