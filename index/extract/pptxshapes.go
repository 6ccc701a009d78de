package extract

import "slices"

// slideContent is what the shapes of a slide say.
type slideContent struct {
	layout      *pptxLayout
	title, body []flowElement
	margins     []slideMargin
}

// A slideMargin is a text that repeats from slide to slide.
type slideMargin struct{ why, text string }

// readShapes reads the shapes below n in the order of the file, which is the order in which a screen reader has them.
func (r *pptxReader) readShapes(n *node, c *slideContent) {
	for k := range n.kids() {
		switch k.name {
		case "sp":
			r.readShape(k, c)
		case "grpSp":
			r.readShapes(k, c)
		case "AlternateContent":
			r.readShapes(chosen(k), c)
		case "graphicFrame":
			r.readFrame(k.kid("graphic").kid("graphicData"), c)
		case "pic":
			r.countPicture(k)
		}
	}
}

func (r *pptxReader) countPicture(n *node) {
	properties := n.kid("nvPicPr").kid("nvPr")
	for _, kind := range []string{"videoFile", "audioFile", "quickTimeFile", "wavAudioFile", "audioCd"} {
		if properties.kid(kind) != nil {
			r.media++
			return
		}
	}
	r.pictures++
}

// readShape reads a shape with text. Placeholders say what their text is; text boxes are part of the slide's body.
func (r *pptxReader) readShape(n *node, c *slideContent) {
	body := n.kid("txBody")
	holder := placeholderOf(n)
	styles := append([]*node{body.kid("lstStyle")}, c.layout.styles(holder)...)
	if holder == nil {
		styles = append(styles, r.styles)
	}
	content := slideText(body, styles)
	switch holder.kind() {
	case "title", "ctrTitle":
		if text := plainText(content); text != "" {
			c.title = append(c.title, flowElement{flowParagraph: flowParagraph{text: text, level: 1}})
		}
	case "ftr":
		c.margins = append(c.margins, slideMargin{"page footer", plainText(content)})
	case "hdr":
		c.margins = append(c.margins, slideMargin{"page header", plainText(content)})
	case "sldNum":
		c.margins = append(c.margins, slideMargin{"page number", plainText(content)})
	case "dt":
		c.margins = append(c.margins, slideMargin{"date of the slides", plainText(content)})
	case "sldImg": // of a page of notes: the slide's picture
	default:
		c.body = append(c.body, content...)
	}
}

// readFrame reads what stands in a frame: a table, a diagram, or something that is only counted.
func (r *pptxReader) readFrame(n *node, c *slideContent) {
	for k := range n.kids() {
		switch k.name {
		case "tbl":
			c.body = append(c.body, flowElement{table: slideTable(k)})
		case "relIds":
			if text := r.diagramText(k.attr("dm")); text != "" {
				c.body = append(c.body, flowElement{flowParagraph: flowParagraph{boxes: []flowBox{newBox(text)}}})
			}
		case "chart":
			r.charts++
		case "oleObj":
			rel, ok := r.relationOf(k)
			r.embedded.targets[rel.target] = ok
			r.embedded.add(programName(k.attr("progId"), rel.target))
		case "AlternateContent":
			r.readFrame(chosen(k), c)
		}
	}
}

// slideTable reads a table. Every column of the grid has a cell in every row; those under a merged one are marked.
func slideTable(n *node) *flowTable {
	t := &flowTable{}
	for row := range n.kids() {
		if row.name != "tr" {
			continue
		}
		line := flowRow{number: len(t.rows) + 1}
		column := 0
		for cell := range row.kids() {
			if cell.name != "tc" {
				continue
			}
			column++
			if isSet(cell, "hMerge") || isSet(cell, "vMerge") {
				continue
			}
			body := cell.kid("txBody")
			line.cells = append(line.cells, flowCell{column: column, content: slideText(body, []*node{body.kid("lstStyle")})})
		}
		t.rows = append(t.rows, line)
	}
	return t
}

func isSet(n *node, name string) bool { return n.attr(name) == "1" || n.attr(name) == "true" }

// A pptxPlaceholder is the place in a layout that a shape takes.
type pptxPlaceholder struct {
	typ, index string
	list       *node // the styles of its paragraphs by level
}

// placeholderOf is the place that a shape says it takes, or nil.
func placeholderOf(sp *node) *pptxPlaceholder {
	ph := sp.kid("nvSpPr").kid("nvPr").kid("ph")
	if ph == nil {
		return nil
	}
	return &pptxPlaceholder{typ: ph.attr("type"), index: ph.attr("idx"), list: sp.kid("txBody").kid("lstStyle")}
}

func (p *pptxPlaceholder) kind() string {
	if p == nil {
		return ""
	}
	return p.typ
}

// family is the kind of text in the terms of a slide master.
func (p *pptxPlaceholder) family() string {
	switch p.typ {
	case "title", "ctrTitle":
		return "title"
	case "dt", "ftr", "sldNum", "hdr":
		return p.typ
	}
	return "body"
}

// A pptxLayout is what slides of one layout inherit, from it and from its master.
type pptxLayout struct {
	placeholders []*pptxPlaceholder
	master       []*pptxPlaceholder
	text         *node // the master's styles: titleStyle, bodyStyle, otherStyle
}

// layoutOf reads the layout of a slide, each once. What stands on it besides its placeholders shows on every slide.
func (r *pptxReader) layoutOf(relations []relation) (*pptxLayout, error) {
	part := relationTo(relations, "slideLayout")
	if known, ok := r.layouts[part]; ok {
		return known, nil
	}
	l := &pptxLayout{}
	r.layouts[part] = l
	root, err := r.archive.optional(part)
	if err != nil {
		return nil, err
	}
	l.placeholders = r.readPlaceholders(root)
	above, err := r.archive.relations(part)
	if err != nil {
		return nil, err
	}
	master, err := r.archive.optional(relationTo(above, "slideMaster"))
	if err != nil {
		return nil, err
	}
	l.master = r.readPlaceholders(master)
	l.text = master.kid("txStyles")
	return l, nil
}

func relationTo(relations []relation, kind string) string {
	for _, rel := range relations {
		if rel.kind == kind && !rel.external {
			return rel.target
		}
	}
	return ""
}

// readPlaceholders reads the places of a layout or master, and keeps its own words.
func (r *pptxReader) readPlaceholders(root *node) []*pptxPlaceholder {
	var places []*pptxPlaceholder
	var walk func(n *node)
	walk = func(n *node) {
		for k := range n.kids() {
			switch k.name {
			case "sp":
				if place := placeholderOf(k); place != nil {
					places = append(places, place)
					continue
				}
				text := plainText(slideText(k.kid("txBody"), nil))
				if key := "background\x00" + text; text != "" && !r.said[key] {
					r.said[key] = true
					r.backgrounds = append(r.backgrounds, text)
				}
			case "grpSp":
				walk(k)
			case "AlternateContent":
				walk(chosen(k))
			}
		}
	}
	walk(root.kid("cSld").kid("spTree"))
	return places
}

// styles are those that a placeholder's paragraphs inherit, the nearest first.
func (l *pptxLayout) styles(p *pptxPlaceholder) []*node {
	if l == nil || p == nil {
		return nil
	}
	var out []*node
	at := slices.IndexFunc(l.placeholders, func(q *pptxPlaceholder) bool { return p.index != "" && q.index == p.index })
	if at < 0 {
		at = slices.IndexFunc(l.placeholders, func(q *pptxPlaceholder) bool { return q.typ == p.typ })
	}
	if at >= 0 {
		out = append(out, l.placeholders[at].list)
	}
	family := p.family()
	for _, q := range l.master {
		if q.family() == family {
			out = append(out, q.list)
			break
		}
	}
	if family != "title" && family != "body" {
		family = "other"
	}
	return append(out, l.text.kid(family+"Style"))
}
