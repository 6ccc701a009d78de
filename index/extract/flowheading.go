package extract

import (
	"strings"
	"unicode/utf8"
)

// Many people make headings by hand: a short line in bold. They are headings only in a document that has no others, and
// only where it is certain enough: the line is short and does not end as a sentence does, and ordinary text follows it.
const (
	maxBoldHeading = 12 // words
	minUnderBold   = 8  // words of a paragraph under it that is no sentence: fewer may be an address or a signature
)

// A boldLine is a paragraph that reads as a heading. It counts once the next paragraph is ordinary text.
type boldLine struct {
	block int // the number of its block; -1 for none
	level int
}

// boldHeadings collects the headings made by hand until the whole document is known.
type boldHeadings struct {
	styled bool // the document has headings of its own, besides a title
	last   boldLine
	found  []boldLine
}

// next looks at the paragraph that comes now, whose block is this one.
func (h *boldHeadings) next(p *flowParagraph, block int) {
	if n := len(h.found); h.last.level > 0 && !p.bold && (n == 0 || h.found[n-1] != h.last) && isText(p) {
		h.found = append(h.found, h.last)
	}
	h.last = boldLine{}
	if level := p.boldLevel(); level > 0 {
		h.last = boldLine{block, level}
	}
}

// interrupt says that something stands between the last paragraph and the next.
func (h *boldHeadings) interrupt() { h.last = boldLine{} }

// isText reports whether a paragraph is what a heading stands over.
func isText(p *flowParagraph) bool {
	text := strings.TrimSpace(p.text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return p.depth > 0 || strings.ContainsRune(".?!:;”’\"", last) && Words(text) > 2 || Words(text) >= minUnderBold
}

// boldLevel is the level of a heading that the paragraph may be, or 0. One with a number of several parts is deeper.
func (p *flowParagraph) boldLevel() int {
	text := strings.TrimSpace(p.text)
	words := Words(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if !p.bold || p.filled || p.label == bulletLabel || words == 0 || words > maxBoldHeading || len(text) > maxHeading ||
		strings.ContainsRune(".,;:!?", last) || strings.ContainsAny(text, "\n\t@") {
		return 0
	}
	return min(9, max(p.depth, 1+strings.Count(strings.Trim(p.number(), "."), ".")))
}

// promote makes headings of the bold lines and puts them into the place of what stands beneath. A title stays above them.
func (f *flow) promote() {
	found := f.bolds.found
	if f.bolds.styled || len(found) == 0 {
		return
	}
	text, titled := f.text.String(), 0
	f.headings, f.path = nil, nil
	for i := range f.doc.Blocks {
		b := &f.doc.Blocks[i]
		switch {
		case len(found) > 0 && found[0].block == i:
			b.Kind, b.Level = Heading, min(9, found[0].level+titled)
			found = found[1:]
		case b.Kind == Heading:
			titled = 1
		default:
			b.Place.Headings = f.path
			continue
		}
		f.closeHeadings(b.Level)
		b.Place.Headings = f.path
		f.openHeading(b.Level, text[b.Start:b.End])
	}
}
