package extract

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// readODP reads OpenDocument slides, as a package (.odp, .otp) or as one flat XML file (.fodp), into the same blocks as
// [readPPTX] does.
func readODP(ctx context.Context, name string, data []byte) (*Document, error) {
	r := odpReader{odtReader: newODTReader(), margins: map[string]string{}, said: map[string]bool{}}
	r.child = r.addSlide
	cut, err := r.readAny(ctx, data)
	if err != nil {
		return nil, err
	}
	r.addBackgrounds()
	f := &r.flow
	f.report(leftOut{cut: cut != nil, repaired: r.repaired, comments: r.comments, pictures: r.pictures, charts: r.charts, hidden: r.hidden, embedded: r.embedded})
	if len(r.hiddenSlides) > 0 {
		f.warn("", "Hidden in the show, but read: "+slidesNamed(r.hiddenSlides)+".")
	}
	if r.media > 0 {
		f.warn("", plural(r.media, "film or sound was", "films or sounds were")+" not read.")
	}
	f.doc.Facts.Pages = r.slides
	switch {
	case f.err != nil:
		return nil, f.err
	case len(f.doc.Blocks) > 0:
		return f.document(), nil
	case cut != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, cut)
	case r.pictures > 0:
		return nil, ErrScanned
	}
	return nil, ErrNoText
}

// An odpReader reads one set of OpenDocument slides. Styles and the text of paragraphs are those of a text document.
type odpReader struct {
	*odtReader
	slides       int
	hiddenSlides []string          // numbers of slides left out of the show
	margins      map[string]string // the texts of footers, headers and dates that slides name
	masters      []string          // the masters that slides use
	said         map[string]bool   // texts of margins that have been added
	media        int
}

// addSlide adds one slide and its notes. Before the slides stand the texts of the footers that they share.
func (r *odpReader) addSlide(k *node) error {
	switch k.name {
	case "footer-decl", "header-decl", "date-time-decl":
		r.margins[k.name+" "+k.attr("name")] = strings.TrimSpace(k.allText())
	}
	if k.name != "page" {
		return nil
	}
	if r.slides++; r.slides > MaxPages {
		return fmt.Errorf("%w: more than %d slides", ErrLimit, MaxPages)
	}
	if hidden, _ := property(r.styles, k.attr("style-name"), hiddenOf); hidden {
		r.hiddenSlides = append(r.hiddenSlides, strconv.Itoa(r.slides))
	}
	if master := k.attr("master-page-name"); !slices.Contains(r.masters, master) && len(r.masters) < 1000 {
		r.masters = append(r.masters, master)
	}
	var c slideContent
	r.readShapes(k, &c)
	for _, m := range []struct{ kind, why string }{{"header", "page header"}, {"footer", "page footer"}, {"date-time", "date of the slides"}} {
		c.margins = append(c.margins, slideMargin{m.why, r.margins[m.kind+"-decl "+k.attr("use-"+m.kind+"-name")]})
	}
	r.flow.addSlide(r.slides, &c, r.said)
	var notes slideContent
	r.readShapes(k.kid("notes"), &notes)
	first := len(r.flow.doc.Blocks)
	r.flow.add(notes.body)
	r.flow.onPage(r.slides, "notes", first)
	return r.flow.err
}

// readShapes reads the shapes below n in the order of the file.
func (r *odpReader) readShapes(n *node, c *slideContent) {
	for k := range n.kids() {
		switch k.name {
		case "g", "a":
			r.readShapes(k, c)
		case "annotation":
			r.comments.add(k.kid("creator").allText())
		case "frame", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "connector", "caption", "regular-polygon", "measure":
			r.readShape(k, c)
		}
	}
}

func (r *odpReader) readShape(n *node, c *slideContent) {
	if n.attr("placeholder") == "true" { // nobody filled it in
		return
	}
	content := r.shapeContent(n)
	switch n.attr("class") {
	case "title":
		if text := plainText(content); text != "" {
			c.title = append(c.title, flowElement{flowParagraph: flowParagraph{text: text, level: 1}})
		}
	case "header":
		c.margins = append(c.margins, slideMargin{"page header", plainText(content)})
	case "footer":
		c.margins = append(c.margins, slideMargin{"page footer", plainText(content)})
	case "page-number":
		c.margins = append(c.margins, slideMargin{"page number", plainText(content)})
	case "date-time":
		c.margins = append(c.margins, slideMargin{"date of the slides", plainText(content)})
	default:
		c.body = append(c.body, content...)
	}
}

// shapeContent reads what is in a shape: text of its own, or a frame's table, text box, picture or object. After an
// object or a table stands its picture.
func (r *odpReader) shapeContent(n *node) []flowElement {
	switch {
	case n.name != "frame":
		return r.shapeText(n)
	case n.kid("text-box") != nil:
		return r.shapeText(n.kid("text-box"))
	case n.kid("table") != nil:
		return []flowElement{{table: r.readTable(n.kid("table"))}}
	case n.kid("object") != nil:
		return r.objectText(n.kid("object"))
	case n.kid("object-ole") != nil:
		return r.objectText(n.kid("object-ole"))
	case n.kid("plugin") != nil:
		r.media++
	case n.kid("image") != nil:
		r.pictures++
	}
	return nil
}

// objectText is the text of an object that is a formula; others are counted.
func (r *odpReader) objectText(n *node) []flowElement {
	line := odtLine{space: true}
	r.readObject(n, &line)
	return []flowElement{{flowParagraph: flowParagraph{text: line.text.String()}}}
}

func (r *odpReader) shapeText(n *node) []flowElement {
	var out []flowElement
	r.readBody(n, odpList{numbers: &odpNumbers{}}, &out)
	return out
}

// An odpList is the list in which paragraphs of a shape stand. Unlike a text document's, its numbers go on from list to
// list, since a slide program numbers paragraphs and makes lists of them only when it saves.
type odpList struct {
	style   *odtListStyle
	depth   int
	numbers *odpNumbers
	item    *odtItem
}

func (r *odpReader) readBody(n *node, in odpList, out *[]flowElement) {
	for k := range n.kids() {
		switch k.name {
		case "p", "h":
			*out = append(*out, flowElement{flowParagraph: r.readLine(k, in)})
		case "list":
			inner := in
			inner.depth++
			if name := k.attr("style-name"); name != "" {
				inner.style = r.lists[name]
			}
			r.readBody(k, inner, out)
		case "list-item", "list-header":
			in.item = &odtItem{done: k.name == "list-header"}
			if v, err := strconv.Atoi(k.attr("start-value")); err == nil {
				in.item.start = &v
			}
			r.readBody(k, in, out)
		}
	}
}

// readLine reads a paragraph; one without words takes no number.
func (r *odpReader) readLine(n *node, in odpList) flowParagraph {
	bold, _ := property(r.styles, n.attr("style-name"), boldOf)
	line := odtLine{space: true}
	r.readText(n, &line, bold, false)
	p := flowParagraph{text: line.text.String(), bold: !line.plain, refs: line.refs, notes: line.notes, boxes: line.boxes}
	switch {
	case strings.TrimSpace(p.text) == "":
	case in.depth == 0:
		*in.numbers = odpNumbers{}
	case in.depth <= odtLevels && !in.item.isDone():
		in.item.done = true
		if p.label = in.numbers.label(in.style, in.depth, in.item.start); p.label != "" {
			p.depth = in.depth
		}
	}
	return p
}

// isDone reports whether the item has its label; what stands in a list outside its items has none.
func (i *odtItem) isDone() bool { return i == nil || i.done }

// odpNumbers count the paragraphs of one shape. A paragraph that is marked otherwise ends the numbers of its level.
type odpNumbers struct {
	odtNumbers
	kinds [odtLevels + 1]odtLevel
}

func (n *odpNumbers) label(style *odtListStyle, level int, start *int) string {
	if style != nil && n.kinds[level] != style.levels[level] {
		n.kinds[level] = style.levels[level]
		n.counting[level] = false
	}
	n.step(style, level, start)
	return style.label(&n.odtNumbers, level)
}

// addBackgrounds adds the words that the masters in use put on every slide, each text once.
func (r *odpReader) addBackgrounds() {
	var c slideContent
	pictures, charts, embedded := r.pictures, r.charts, r.embedded
	for _, masters := range r.odtReader.masters {
		for page := range masters.kids() {
			if page.name == "master-page" && slices.Contains(r.masters, page.attr("name")) {
				r.readBackground(page, &c)
			}
		}
	}
	r.pictures, r.charts, r.embedded = pictures, charts, embedded // logos
	for _, m := range c.margins {
		r.flow.addMargin(m, r.said)
	}
}

// readBackground reads the shapes of a master that are no placeholders.
func (r *odpReader) readBackground(n *node, c *slideContent) {
	for k := range n.kids() {
		switch {
		case k.name == "g" || k.name == "a":
			r.readBackground(k, c)
		case k.name == "notes", k.attr("class") != "":
		default:
			c.margins = append(c.margins, slideMargin{"page header", plainText(r.shapeContent(k))})
		}
	}
}
