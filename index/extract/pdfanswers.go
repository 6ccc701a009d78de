package extract

import (
	"math"
	"strings"
)

// A pdfAnswer is what was filled in at one place of a form.
type pdfAnswer struct {
	kind           Kind
	page           int
	text, question string
}

// An answerSpot is where answers are written: behind a paragraph, or at the end of a page where no paragraph fits.
type answerSpot struct {
	paragraph int
	page      int // 0 behind a paragraph
}

// answers finds the question of each field that was filled in and the spot where it is read. Paragraphs that are a
// field's question are marked.
func (l *pdfLayout) answers(paragraphs []pdfParagraph) map[answerSpot][]pdfAnswer {
	out := map[answerSpot][]pdfAnswer{}
	next := 0
	for _, m := range l.margins {
		for next < len(paragraphs) && paragraphs[next].lines[0].page < m.page {
			next++
		}
		if len(m.fields) == 0 {
			continue
		}
		labels := l.fieldLabels(paragraphs, next, m)
		for _, f := range m.fields {
			spot, answer := labels.answer(f)
			if !f.filled() {
				continue
			}
			answer.page = m.page
			out[spot] = append(out[spot], answer)
		}
		labels.markPrinted()
	}
	return out
}

// fieldLabels are the words of one page among which the labels of its fields are looked for.
type fieldLabels struct {
	layout     *pdfLayout
	page       int
	paragraphs []pdfParagraph
	fields     []pdfField
	words      []fieldLabel
}

// A fieldLabel is a run of words with the paragraph that it belongs to.
type fieldLabel struct {
	pdfRun
	paragraph int
	whole     bool // its line holds nothing else
	printed   bool // it is a field's name or what a box is ticked for
}

func (l *pdfLayout) fieldLabels(paragraphs []pdfParagraph, next int, m pdfMargin) *fieldLabels {
	labels := &fieldLabels{layout: l, page: m.page, paragraphs: paragraphs, fields: m.fields}
	for i := max(0, next-1); i < len(paragraphs) && paragraphs[i].lines[0].page <= m.page; i++ {
		for _, line := range paragraphs[i].lines {
			if line.page != m.page {
				continue
			}
			for _, r := range line.runs {
				labels.words = append(labels.words, fieldLabel{pdfRun: r, paragraph: i, whole: len(line.runs) == 1})
			}
		}
	}
	return labels
}

// answer reads one field.
func (l *fieldLabels) answer(f pdfField) (answerSpot, pdfAnswer) {
	if f.typed {
		return l.spotAbove(f), pdfAnswer{kind: Box, text: f.value}
	}
	first, option := f, (*fieldLabel)(nil)
	if f.box {
		if option = l.rightOf(f); option != nil {
			option.printed = true
		}
		first = l.groupHead(f)
	}
	label := l.label(first)
	spot := l.spotAbove(f)
	printed := ""
	if label != nil {
		printed = l.ask(label)
		spot = answerSpot{paragraph: label.paragraph}
	}
	tip := f.tip
	if option != nil && tip == option.text {
		tip = ""
	}
	question := fieldQuestion(printed, tip, f.name)
	if !f.box {
		return spot, pdfAnswer{kind: Answer, text: f.value, question: question}
	}
	text := "☒"
	if option != nil {
		text += " " + option.text
		spot = answerSpot{paragraph: option.paragraph}
	} else if saysMore(f.value) && f.value != question {
		text += " " + f.value
	}
	return spot, pdfAnswer{kind: Answer, text: text, question: question}
}

// fieldQuestion chooses what a field asks: a question, printed or in the form's tip, before a name ("City:"), a tip
// ("Choose one") and whatever stands beside. A field's own name is the last choice, and a programmer's without a space:
// "TextField1[0]".
func fieldQuestion(printed, tip, name string) string {
	switch {
	case isQuestion(printed):
		return printed
	case isQuestion(tip):
		return tip
	case named(printed):
		return printed
	case tip != "":
		return tip
	case printed == "" && strings.Contains(name, " "):
		return name
	}
	return printed
}

// named reports whether text is the name of a field: "Name of your organisation:".
func named(text string) bool { return len(text) <= 100 && strings.HasSuffix(text, ":") }

// saysMore reports whether what a box stands for is more than that it is ticked.
func saysMore(value string) bool {
	switch strings.ToLower(value) {
	case "", "yes", "on", "off", "true", "x", "checked", "ticked":
		return false
	}
	return strings.Trim(value, "0123456789") != ""
}

// ask gives a label's text, with all of its paragraph where it fills its line, and marks the paragraph as a question
// when it reads as one.
func (l *fieldLabels) ask(label *fieldLabel) string {
	label.printed = label.printed || named(label.text)
	if !label.whole {
		return label.text
	}
	p := &l.paragraphs[label.paragraph]
	text, _ := l.layout.text(p.lines)
	if len(text) > maxQuestion {
		return label.text
	}
	p.asks = p.asks || isQuestion(text) || named(text)
	return text
}

// markPrinted marks the paragraphs that are made of labels only: "Postcode: City:".
func (l *fieldLabels) markPrinted() {
	for from := 0; from < len(l.words); {
		all, to := true, from
		for ; to < len(l.words) && l.words[to].paragraph == l.words[from].paragraph; to++ {
			all = all && l.words[to].printed
		}
		if p := &l.paragraphs[l.words[from].paragraph]; all && p.lines[0].page == l.page {
			p.asks = true
		}
		from = to
	}
}

// groupHead is the first of the boxes that f is one of: those with its name, or beside or beneath one another.
func (l *fieldLabels) groupHead(f pdfField) pdfField {
	for i := len(l.fields) - 1; i >= 0; i-- {
		o := l.fields[i]
		if !o.box || o == f {
			continue
		}
		beside := math.Abs(o.top-f.top) < 5 && o.left < f.left
		above := math.Abs(o.left-f.left) < 3 && o.bottom >= f.top-1 && o.bottom-f.top < 30
		if beside || above {
			f = o
		}
	}
	return f
}

// label finds what is printed left of a field, or else above it, with no other field between.
func (l *fieldLabels) label(f pdfField) *fieldLabel {
	const farLeft, farAbove = 250, 48 // points
	var left, above *fieldLabel
	for i := range l.words {
		w := &l.words[i]
		if gap := f.left - w.right; gap >= -3 && gap < farLeft && onFieldRow(w, f) && (left == nil || w.right > left.right) {
			left = w
		}
		if gap := w.base - f.top; gap >= -2 && gap < farAbove && w.left < f.right && w.right > f.left && (above == nil || w.base < above.base) {
			above = w
		}
	}
	if left != nil && !l.between(left.right, f.left, f.bottom, f.top) {
		return left
	}
	if above != nil && !l.between(f.left, f.right, f.top, above.base) {
		return above
	}
	return nil
}

func onFieldRow(w *fieldLabel, f pdfField) bool { return w.base >= f.bottom-4 && w.base <= f.top+2 }

// between reports whether a field stands in the space given.
func (l *fieldLabels) between(left, right, bottom, top float64) bool {
	for _, f := range l.fields {
		if f.left >= left-3 && f.right <= right+3 && f.bottom < top-1 && f.top > bottom+1 || f.left < right && f.right > left && f.bottom >= bottom-1 && f.top <= top+1 {
			return true
		}
	}
	return false
}

// rightOf finds the words that a box is ticked for.
func (l *fieldLabels) rightOf(f pdfField) *fieldLabel {
	var right *fieldLabel
	for i := range l.words {
		w := &l.words[i]
		if gap := w.left - f.right; gap >= -3 && gap < 24 && onFieldRow(w, f) && (right == nil || w.left < right.left) {
			right = w
		}
	}
	return right
}

// spotAbove is behind the paragraph whose lines come last above a field.
func (l *fieldLabels) spotAbove(f pdfField) answerSpot {
	spot, least := answerSpot{}, math.Inf(1)
	for _, w := range l.words {
		if gap := w.base - f.bottom; gap >= 0 && gap <= least && w.left < f.right {
			spot, least = answerSpot{paragraph: w.paragraph}, gap
		}
	}
	if math.IsInf(least, 1) {
		return answerSpot{page: l.page}
	}
	return spot
}
