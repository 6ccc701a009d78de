package extract

import "strings"

// An outline adds blocks in reading order and knows what is above them: it numbers the paragraphs and keeps the path of
// headings. The readers of text, HTML and mail share it.
type outline struct {
	b         *builder
	levels    []int
	path      []string // never changed in place, since blocks share it
	paragraph int
	part      string
	full      bool
}

// add appends a block. Headings, paragraphs and items are counted; cells have a place of their own.
func (o *outline) add(kind Kind, text string, level int, place Place) *Block {
	if o.isFull() || strings.TrimSpace(text) == "" {
		return nil
	}
	if kind == Heading {
		o.close(level)
	}
	place.Headings = o.path
	place.Part = o.part
	if kind == Heading || kind == Paragraph || kind == Item {
		o.paragraph++
		place.Paragraph = o.paragraph
	}
	block := o.b.add(kind, text, place)
	block.Level = level
	if kind == Heading {
		o.open(level, text)
	}
	return block
}

// furniture appends a block that is kept and never coded.
func (o *outline) furniture(text, why string) {
	if o.isFull() {
		return
	}
	if block := o.b.add(Furniture, text, Place{Part: o.part}); block != nil {
		block.Why = why
	}
}

// isFull says once that the rest of an endless document is left out.
func (o *outline) isFull() bool {
	if !o.full && len(o.b.doc.Blocks) >= MaxBlocks {
		o.full = true
		o.b.warn("", "The document has more pieces of text than one file may have; the rest was not read.")
	}
	return o.full
}

// close leaves the headings that end where one of this level begins.
func (o *outline) close(level int) {
	n := len(o.levels)
	for n > 0 && o.levels[n-1] >= level {
		n--
	}
	o.levels, o.path = o.levels[:n:n], o.path[:n:n]
	if n == 0 {
		o.levels, o.path = nil, nil
	}
}

func (o *outline) open(level int, text string) {
	o.levels = append(o.levels, level)
	o.path = append(o.path, strings.Join(strings.Fields(text), " "))
}
