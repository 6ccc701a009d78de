package extract

// Records of drawings ([MS-ODRAW] 2.2).
const (
	doc97DrawingGroup = 0xF000
	doc97ShapeGroup   = 0xF003
	doc97Shape        = 0xF004
	doc97ShapeID      = 0xF00A
	doc97ShapeOptions = 0xF00B
	doc97PictureIs    = 0x0104
)

// Where the boxes stand whose anchor is not known.
const (
	doc97LostInBody    = -1
	doc97LostInMargins = -2
)

// readDrawings finds the text boxes and pictures by the characters that anchor them.
func (r *doc97Reader) readDrawings() {
	r.boxes, r.pictures = map[int][]doc97Range{}, map[int]bool{}
	if r.file.old { // whose drawings are not told apart
		if s := r.file.story(doc97Boxes); s.to > s.from {
			r.boxes[doc97LostInBody] = []doc97Range{s}
		}
		return
	}
	d := doc97Drawing{outer: map[int]int{}, pictures: map[int]bool{}}
	d.readAll(r.file.part(doc97Drawings))
	for _, k := range []struct{ shapes, texts, anchors, story, lost int }{
		{doc97Shapes, doc97BoxTexts, doc97Body, doc97Boxes, doc97LostInBody},
		{doc97HeaderShapes, doc97HeaderBoxTexts, doc97Headers, doc97HeaderBoxes, doc97LostInMargins},
	} {
		anchors := map[int]int{} // by shape
		shapes := newDoc97PLC(r.file.part(k.shapes), 26)
		story := r.file.story(k.anchors)
		for i := range shapes.n {
			shape, at := shapes.item(i).u32(0), story.from+shapes.position(i)
			if at < story.to { // so that no box stands inside a box
				anchors[shape] = at
				r.pictures[at] = d.pictures[shape]
			}
		}
		texts := newDoc97PLC(r.file.part(k.texts), 22)
		ranges := texts.ranges(r.file.story(k.story))
		for i := range max(0, texts.n-1) { // the last is no box
			shape, reusable := texts.item(i).u32(14), texts.item(i).u16(8) != 0
			if reusable || ranges[i].from == ranges[i].to {
				continue
			}
			at, ok := anchors[shape]
			if !ok {
				at, ok = anchors[d.outer[shape]]
			}
			if !ok {
				at = k.lost
			}
			r.boxes[at] = append(r.boxes[at], ranges[i])
		}
	}
}

// readAnchor reads what hangs on a drawing's anchor.
func (r *doc97Reader) readAnchor(at int, line *doc97Line) {
	if r.inInstruction() {
		return
	}
	line.boxes = append(line.boxes, r.boxTexts(at)...)
	if r.pictures[at] && !r.inMargin {
		r.left.pictures++
	}
}

// boxTexts are the texts of the boxes at an anchor, once.
func (r *doc97Reader) boxTexts(at int) []flowBox {
	ranges := r.boxes[at]
	delete(r.boxes, at)
	var texts []flowBox
	for _, s := range ranges {
		if text := r.plainStory(s); text != "" {
			texts = append(texts, newBox(text))
		}
	}
	return texts
}

// A doc97Drawing is the shapes of a document: the outermost group that each belongs to, and those that show a picture.
type doc97Drawing struct {
	outer    map[int]int
	pictures map[int]bool
}

// readAll reads the description of all drawings. After the part that they share, a byte before each says whether it
// belongs to the body or to the headers.
func (d *doc97Drawing) readAll(b doc97Bytes) {
	first := true
	for len(b) > 8 {
		if !first {
			b = b[1:]
		}
		first = false
		kind, inside, size := doc97Record(b)
		if kind != doc97DrawingGroup {
			d.read(inside, 0, 0)
		}
		b = b.cut(size, len(b))
	}
}

func doc97Record(b doc97Bytes) (kind int, inside doc97Bytes, size int) {
	return b.u16(2), b.cut(8, b.u32(4)), 8 + b.u32(4)
}

// read reads records inside a group; outer is the shape of the outermost group, 0 at the top.
func (d *doc97Drawing) read(b doc97Bytes, outer, depth int) {
	const topGroup = 1 // the group of all shapes of a drawing
	first := true
	for len(b) >= 8 && depth < 20 {
		kind, inside, size := doc97Record(b)
		switch kind {
		case doc97ShapeGroup:
			d.read(inside, outer, depth+1)
		case doc97Shape:
			id := d.readShape(inside, outer)
			if first && depth > topGroup && outer == 0 {
				outer = id
			}
			first = false
		}
		b = b.cut(size, len(b))
	}
}

// readShape reads one shape and returns its number.
func (d *doc97Drawing) readShape(b doc97Bytes, outer int) int {
	id, picture := 0, false
	for len(b) >= 8 {
		kind, inside, size := doc97Record(b)
		switch kind {
		case doc97ShapeID:
			id = inside.u32(0)
		case doc97ShapeOptions:
			for i := range min(b.u16(0)>>4, len(inside)/6) {
				if inside.u16(6*i)&0x3FFF == doc97PictureIs && inside.u32(6*i+2) != 0 {
					picture = true
				}
			}
		}
		b = b.cut(size, len(b))
	}
	top := id
	if outer != 0 {
		d.outer[id] = outer
		top = outer
	}
	d.pictures[top] = d.pictures[top] || picture
	return id
}
