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
	asks      bool // questions are told, and the text beneath answers them
	asked     askedQuestion
}

// add appends a block. Headings, paragraphs and items are counted; cells have a place of their own.
func (o *outline) add(kind Kind, text string, level int, place Place) *Block {
	if o.isFull() || strings.TrimSpace(text) == "" {
		return nil
	}
	if kind == Heading {
		o.close(level)
	}
	question, isQuestion := o.question(kind, text, level, place.Label)
	if !isQuestion {
		place.Question = o.asked.text
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
	if isQuestion {
		o.asked.text = question
	}
	return block
}

// question looks for the question that a block asks: a heading that is one, or a paragraph marked as a form's question.
func (o *outline) question(kind Kind, text string, level int, label string) (question string, ok bool) {
	if !o.asks || kind == Cell || kind == Note {
		return "", false
	}
	if strings.HasPrefix(text, label) || strings.HasPrefix(text, "("+label) {
		label = "" // it is part of the text
	}
	p := flowParagraph{text: text, label: label}
	if kind == Heading {
		o.asked.close(level)
		p.level = level
	}
	p.bold = marksQuestion(p.labelled())
	return o.asked.next(&p, false)
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
