package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A pdfWriter adds paragraphs to a document as blocks and keeps count of where it is.
type pdfWriter struct {
	*builder
	layout    *pdfLayout
	tables    tableWriter
	counted   writtenCount
	answers   map[answerSpot][]pdfAnswer
	margins   int          // how many pages' heads have been written
	feet      int          // how many pages' feet have been written
	count     int          // paragraphs
	headings  []pdfHeading // the headings above
	levels    []float64    // the font sizes of headings, largest first
	itemLefts []float64    // the indents of the list that is being written, outermost first
}

// A pdfHeading is a heading in force.
type pdfHeading struct {
	level int
	text  string
}

// furnish writes the feet (notes, footers, stamps) of the pages before page and the heads of those up to it. A paragraph that
// runs over a page's end thus stays whole.
func (w *pdfWriter) furnish(page int) {
	for _, m := range w.layout.margins[w.feet:] {
		if m.page > page {
			return
		}
		if w.margins == w.feet {
			w.furniture(m, true)
			w.margins++
		}
		if m.page == page {
			return
		}
		w.answer(answerSpot{page: m.page})
		for _, n := range m.notes {
			w.note(m.page, n)
		}
		w.add(Box, m.turned, Place{Page: m.page})
		w.furniture(m, false)
		w.feet++
	}
}

func (w *pdfWriter) furniture(m pdfMargin, top bool) {
	for _, f := range m.furniture {
		if f.top != top {
			continue
		}
		if b := w.add(Furniture, f.text, Place{Page: m.page}); b != nil {
			b.Why = f.why
		}
	}
}

func (w *pdfWriter) note(page int, n pdfNote) {
	text, refs := w.layout.text(n.lines)
	if b := w.add(Note, text, Place{Page: page, Note: n.mark}); b != nil {
		b.Refs = refs
	}
}

// write adds one paragraph.
func (w *pdfWriter) write(p pdfParagraph) {
	first := p.lines[0]
	if first.table != nil {
		w.table(first.table, first.page)
		return
	}
	if p.start.bullet != "" {
		p.lines[0] = first.shortened(len(p.start.bullet))
	}
	text, refs := w.layout.text(p.lines)
	kind, level := Paragraph, 0
	switch {
	case p.start.bullet != "":
		kind, level = Item, w.itemLevel(first.left)
	case w.layout.heading(p, text):
		kind, level = Heading, w.headingLevel(first)
		w.headings = slices.DeleteFunc(w.headings, func(h pdfHeading) bool { return h.level >= level })
	}
	if kind != Item {
		w.itemLefts = nil
	}
	place := w.place(first.page)
	place.Paragraph++
	place.Label = p.start.label
	b := w.add(kind, text, place)
	if b == nil {
		return
	}
	w.count++
	if p.asks && kind != Heading {
		b.Kind, b.Why, level = Furniture, "question of the form", 0
	}
	b.Level, b.Refs = level, refs
	if kind == Heading {
		w.headings = append(w.headings, pdfHeading{level, text})
	}
}

// place is where the next block stands, which counts as no paragraph of its own.
func (w *pdfWriter) place(page int) Place {
	place := Place{Page: page, Paragraph: w.count}
	for _, h := range w.headings {
		place.Headings = append(place.Headings, h.text)
	}
	return place
}

// answer writes what was filled in at a spot.
func (w *pdfWriter) answer(spot answerSpot) {
	for _, a := range w.answers[spot] {
		place := w.place(a.page)
		place.Question = a.question
		w.add(a.kind, a.text, place)
	}
}

// itemLevel tells the depth of a list item from its indent and those before it.
func (w *pdfWriter) itemLevel(left float64) int {
	const same = 6 // points: half a step of any list
	for n := len(w.itemLefts); n > 0 && w.itemLefts[n-1] > left+same; n-- {
		w.itemLefts = w.itemLefts[:n-1]
	}
	if n := len(w.itemLefts); n == 0 || w.itemLefts[n-1] < left-same {
		w.itemLefts = append(w.itemLefts, left)
	}
	return min(len(w.itemLefts), 9)
}

// heading reports whether a paragraph is one: short, and larger than the body or bold.
func (l *pdfLayout) heading(p pdfParagraph, text string) bool {
	if len(p.lines) > 3 || utf8.RuneCountInString(text) > 200 || !strings.ContainsFunc(text, wordRune) {
		return false
	}
	if p.lines[0].size >= 1.15*l.body {
		return !strings.HasSuffix(text, ".") || len(p.lines) == 1
	}
	for _, line := range p.lines {
		if !line.bold || line.size < 0.95*l.body {
			return false
		}
	}
	return len(p.lines) <= 2 && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ";") && !strings.HasSuffix(text, ",")
}

// headingLevel ranks a heading by its size among the sizes that the document's headings have.
func (w *pdfWriter) headingLevel(line pdfLine) int {
	if w.levels == nil {
		w.levels = w.layout.headingSizes()
	}
	size := halfPoints(line.size)
	for i, s := range w.levels {
		if s <= size {
			return min(i+1, 9)
		}
	}
	return min(len(w.levels)+1, 9)
}

// headingSizes returns the sizes of headings larger than the body, largest first. Bold ones of the body's size come below them all.
func (l *pdfLayout) headingSizes() []float64 {
	var sizes []float64
	for _, line := range l.lines {
		if size := halfPoints(line.size); size >= 1.15*l.body && !slices.Contains(sizes, size) {
			sizes = append(sizes, size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	return sizes
}

// text joins lines with single spaces and puts words together that were broken at a line's end.
func (l *pdfLayout) text(lines []pdfLine) (string, []Ref) {
	var b strings.Builder
	var refs []Ref
	for i, line := range lines {
		if i > 0 {
			b.WriteString(l.joint(lines[i-1], line))
		}
		at := 0
		for _, m := range line.marks {
			b.WriteString(line.text[at:m.at])
			at = m.at
			if l.notes[pdfMarkOn{line.page, m.text}] {
				refs = append(refs, Ref{b.Len(), m.text})
			} else {
				b.WriteString(m.text)
			}
		}
		b.WriteString(line.text[at:])
	}
	return b.String(), refs
}

// joint is what stands between two lines: a space, or nothing in a broken word, or the hyphen that the word has anyway.
func (l *pdfLayout) joint(prev, next pdfLine) string {
	if !prev.hyphen {
		return " "
	}
	head := prev.text[strings.LastIndexByte(prev.text, ' ')+1:]
	tail, _, _ := strings.Cut(next.text, " ")
	switch tail {
	case "and", "or", "to": // "parent- and carer-led"
		return "- "
	}
	if l.compounds[bareWord(head)+"-"+bareWord(tail)] {
		return "-"
	}
	return ""
}
