package extract

import (
	"regexp"

	"golang.org/x/net/html"
)

// openField writes what a field of a form shows: its tick, or the words in it.
func (f *htmlFlow) openField(e *htmlElement, attrs []html.Attribute) {
	if e.tag != "input" {
		return
	}
	switch attribute(attrs, "type") {
	case "checkbox", "radio":
		sign := '☐'
		if hasAttribute(attrs, "checked") {
			sign = '☒'
		}
		f.space = f.space || f.line.Len() > 0
		f.word(sign)
		f.space = true
	case "", "text", "email", "tel", "url", "number", "date", "month", "week", "time", "datetime-local":
		f.space = f.space || f.line.Len() > 0
		for _, a := range attrs {
			if a.Key == "value" {
				f.text(a.Val)
			}
		}
		f.space = true
	}
}

// inShownList reports whether the innermost list of choices is shown itself.
func (f *htmlFlow) inShownList() bool {
	for i := len(f.stack) - 1; i > 0; i-- {
		if f.stack[i].tag == "select" {
			return !f.stack[i-1].hidden
		}
	}
	return false
}

var (
	cookieWord = regexp.MustCompile(`(?i)cookie`)
	bannerWord = regexp.MustCompile(`(?i)banner|consent|notice|dialog|popup|modal|overlay|message|(?:^|[-_ ])bar(?:$|[-_ ])`)
)

// isCookieBanner tells the question about cookies by its own name for itself.
func isCookieBanner(attrs []html.Attribute) bool {
	for _, a := range attrs {
		if (a.Key == "id" || a.Key == "class" || a.Key == "aria-label") && cookieWord.MatchString(a.Val) && bannerWord.MatchString(a.Val) {
			return true
		}
	}
	return false
}

// answer tells the questions and answers in a table, whose cells are the blocks from first on.
func (o *outline) answer(first, number int) {
	cells := o.b.doc.Blocks[first:]
	text := o.b.text.String()
	table := &flowTable{}
	for i := range cells {
		if cells[i].Kind != Cell || cells[i].Place.Table != number {
			return // what stands between its cells is not known
		}
		if n := len(table.rows); n == 0 || table.rows[n-1].number != cells[i].Place.Row {
			table.rows = append(table.rows, flowRow{number: cells[i].Place.Row})
		}
		row := &table.rows[len(table.rows)-1]
		content := flowElement{flowParagraph: flowParagraph{text: text[cells[i].Start:cells[i].End]}}
		row.cells = append(row.cells, flowCell{column: cells[i].Place.Column, content: []flowElement{content}})
	}
	form := tableForm{columns: table.isForm()}
	for _, row := range table.rows {
		n := len(row.cells)
		if n == 1 { // the other cells are empty, which have no blocks
			row.cells = append(row.cells, flowCell{})
		}
		for i, q := range form.row(row)[:n] {
			q.mark(&cells[i])
		}
		cells = cells[n:]
	}
}

// mark says of a cell's block what the form makes of it.
func (q *cellQuestion) mark(b *Block) {
	switch {
	case q.asks:
		b.Kind, b.Why, b.Place.Question = Furniture, formQuestion, ""
	case q.text != "":
		b.Place.Question = q.text
	}
	if q.answers {
		b.Kind = Answer
	}
}
