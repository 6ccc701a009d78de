package extract

import (
	"strings"
)

// An odtLine is a paragraph while its text is read.
type odtLine struct {
	text    strings.Builder
	space   bool // the text so far ends in white space, or has not begun: more of it collapses
	script  script
	plain   bool  // some of its text is not bold
	typed   bool  // some of it stands in a field that somebody filled in
	printed bool  // some of it stands outside such fields
	field   *node // the form's text field it is inside, which begins
	start   int   // at this byte
	refs    []Ref
	notes   []flowNote
	boxes   []flowBox
}

func (r *odtReader) readParagraph(n *node, in odtList) flowParagraph {
	style := n.attr("style-name")
	bold, _ := property(r.styles, style, boldOf)
	hidden, _ := property(r.styles, style, hiddenOf)
	line := odtLine{space: true}
	r.readText(n, &line, bold, hidden || r.hiding || n.kid("hidden-paragraph").attr("is-hidden") == "true")
	p := flowParagraph{text: line.text.String(), refs: line.refs, notes: line.notes, boxes: line.boxes, bold: !line.plain, filled: line.typed && !line.printed, listing: r.listing}
	switch {
	case n.name == "h":
		p.level = min(max(n.number("outline-level", 1), 1), 9)
	case r.isBasedOn(style, "Title"):
		p.level, p.title = 1, true
	}
	if r.apart || r.listing {
		return p
	}
	if in.depth > 0 && in.depth <= odtLevels {
		r.label(&p, in, style)
	} else if n.name == "h" && n.attr("is-list-header") != "true" {
		r.labelHeading(&p, n)
	}
	return p
}

// label gives the first paragraph of a list item its number.
func (r *odtReader) label(p *flowParagraph, in odtList, paragraphStyle string) {
	if in.item.done {
		return
	}
	in.item.done = true
	style := r.lists[in.style]
	if in.style == "" {
		style = r.lists[r.listStyle(paragraphStyle)]
	}
	in.numbers.step(style, in.depth, in.item.start)
	p.label = style.label(in.numbers, in.depth)
	if p.level == 0 {
		p.depth = in.depth
	}
}

func (r *odtReader) labelHeading(p *flowParagraph, n *node) {
	if r.outline == nil {
		return
	}
	var start *int
	if n.attr("restart-numbering") == "true" {
		v := n.number("start-value", 1)
		start = &v
	}
	r.headings.step(r.outline, p.level, start)
	p.label = r.outline.label(&r.headings, p.level)
}

// readText reads the text below a paragraph or span. White space collapses as the format says; text:s and text:tab are
// the ones that count.
func (r *odtReader) readText(n *node, line *odtLine, bold, hidden bool) {
	for k := range n.kids() {
		if hidden && !anchors(k.name) {
			if k.name == "" {
				r.hidden += Words(k.text)
			} else {
				r.readText(k, line, bold, true)
			}
			continue
		}
		r.readInline(k, line, bold, hidden)
	}
}

// anchors reports whether an element only hangs on the text around it, so that it stays when that is hidden.
func anchors(name string) bool { return name == "annotation" }

func (r *odtReader) readInline(k *node, line *odtLine, bold, hidden bool) {
	switch k.name {
	case "":
		r.collapse(line.script.set(k.text), line, bold)
	case "s":
		line.write(strings.Repeat(" ", min(max(k.number("c", 1), 0), 1000)), false)
	case "tab":
		line.write("\t", true)
	case "line-break":
		line.write("\n", true)
	case "span":
		style := k.attr("style-name")
		if v, given := property(r.styles, style, boldOf); given {
			bold = v
		}
		if v, given := property(r.styles, style, hiddenOf); given {
			hidden = v
		}
		around := line.script
		if v, given := property(r.styles, style, odtScriptOf); given {
			line.script = v
		}
		r.readText(k, line, bold, hidden)
		line.script = around
	case "note":
		r.readNote(k, line)
	case "annotation":
		r.comments.add(k.kid("creator").allText())
	case "hidden-text":
		r.hidden += Words(k.attr("string-value"))
	case "hidden-paragraph", "annotation-end", "ruby-text", "desc":
	case "content-control":
		if k.attr("showing-place-holder") == "true" {
			r.prompts++
		} else {
			r.readInput(k, line, bold, hidden)
		}
	case "placeholder":
		r.prompts++
	case "fieldmark":
		r.readFieldMark(k, line, bold)
	case "fieldmark-start":
		if strings.HasSuffix(k.attr("type"), "FORMTEXT") {
			r.inField++
			line.field, line.start = k, line.text.Len()
		}
	case "fieldmark-end":
		r.endField(line)
	case "text-input":
		r.readInput(k, line, bold, hidden)
	case "control":
		r.readControl(k.attr("control"), line)
	case "frame", "custom-shape", "text-box", "g", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "connector", "caption":
		r.readDrawing(k, line)
	default:
		r.readText(k, line, bold, hidden)
	}
}

// collapse writes text that stands in the line or in a field of a form.
func (r *odtReader) collapse(text string, line *odtLine, bold bool) {
	if strings.TrimSpace(text) != "" {
		line.typed, line.printed = line.typed || r.inField > 0, line.printed || r.inField == 0
	}
	line.collapse(text, bold)
}

// collapse writes text with every run of white space as one space, none at the start.
func (l *odtLine) collapse(text string, bold bool) {
	blank := true
	for _, c := range text {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			if !l.space {
				l.text.WriteByte(' ')
			}
			l.space = true
			continue
		}
		blank, l.space = false, false
		l.text.WriteRune(c)
	}
	if !blank && !bold {
		l.plain = true
	}
}

// write writes white space that does not collapse.
func (l *odtLine) write(s string, space bool) {
	l.text.WriteString(s)
	l.space = space
}

func (r *odtReader) readNote(k *node, line *odtLine) {
	citation := k.kid("note-citation")
	mark := citation.attr("label")
	if mark == "" {
		mark = strings.TrimSpace(citation.allText())
	}
	line.refs = append(line.refs, Ref{At: line.text.Len(), Note: mark})
	line.notes = append(line.notes, flowNote{mark: mark, text: plainText(r.outside(k.kid("note-body")))})
}

// readDrawing finds the text, the pictures and the objects of a drawing.
func (r *odtReader) readDrawing(n *node, line *odtLine) {
	switch n.name {
	case "image":
		if !r.inMargin {
			r.pictures++
		}
		return
	case "object", "object-ole":
		r.readObject(n, line)
		return
	case "control":
		r.readControl(n.attr("control"), line)
		return
	case "desc", "title", "enhanced-geometry":
		return
	}
	if n.kid("p") != nil || n.kid("h") != nil || n.kid("list") != nil || n.kid("table") != nil {
		line.boxes = append(line.boxes, r.content(n))
		return
	}
	images := 0
	if n.kid("object") != nil || n.kid("object-ole") != nil {
		images = 1 // its picture
	}
	for k := range n.kids() {
		if k.name == "image" {
			if images++; images > 1 && n.name == "frame" {
				continue // the same picture in another format
			}
		}
		r.readDrawing(k, line)
	}
}
