package extract

import (
	"slices"
	"strings"
	"unicode"
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
	asked     askedQuestion
	itemLefts []float64 // the indents of the list that is being written, outermost first
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
	kind, level, why := Paragraph, 0, ""
	switch {
	case p.level > 0:
		kind, level = Heading, p.level
		w.headings = slices.DeleteFunc(w.headings, func(h pdfHeading) bool { return h.level >= level })
		w.asked.close(level)
	case listing(text):
		kind, why = Furniture, "table of contents"
	case p.asks:
		kind, why = Furniture, "question of the form"
	case p.start.bullet != "":
		kind, level = Item, w.itemLevel(first.left)
	}
	if kind != Item {
		w.itemLefts = nil
	}
	question, asks := w.asked.next(&flowParagraph{text: text, level: level, bold: kind == Paragraph && p.bold()}, false)
	if asks {
		w.asked.text = ""
	}
	place := w.place(first.page)
	place.Paragraph++
	place.Label = p.start.label
	if asks {
		w.asked.text = question
	}
	b := w.add(kind, text, place)
	if b == nil {
		return
	}
	w.count++
	b.Level, b.Refs, b.Why = level, refs, why
	if kind == Heading {
		w.headings = append(w.headings, pdfHeading{level, oneLine(text, maxHeading)})
	}
}

// place is where the next block stands, which counts as no paragraph of its own.
func (w *pdfWriter) place(page int) Place {
	place := Place{Page: page, Paragraph: w.count, Question: w.asked.text}
	for _, h := range w.headings {
		place.Headings = append(place.Headings, h.text)
	}
	return place
}

// answer writes what was filled in at a spot.
func (w *pdfWriter) answer(spot answerSpot) {
	for _, a := range w.answers[spot] {
		place := w.place(a.page)
		if a.question != "" {
			place.Question = a.question
		}
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
	if l.ownHyphen(bareWord(head), bareWord(tail)) || startsUpper(tail) || capitalsOnly(head) {
		return "-" // "non-EU", "SARS-related"
	}
	return ""
}

// ownHyphen reports whether a word that is broken in two has the hyphen anyway: it is written so elsewhere, or the two
// are words of their own elsewhere while both in one are not.
func (l *pdfLayout) ownHyphen(head, tail string) bool {
	const shortest = 4 // letters: "in", "on" and "out" end too many words
	switch {
	case l.compounds[head+"-"+tail]:
		return true
	case l.words[head+tail] || len(head) < shortest || len(tail) < shortest:
		return false
	case l.compounds[head+"-"]:
		return true
	}
	switch head {
	case "some", "every", "there", "where", "here", "over", "under", "with", "when", "what", "after", "fore", "back":
		return false // "something", "everyone", "underline"
	}
	return l.words[head] && l.words[tail]
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// capitalsOnly reports whether s is an abbreviation in capitals.
func capitalsOnly(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return !wordRune(r) })
	return utf8.RuneCountInString(s) > 1 && s == strings.ToUpper(s)
}
