package extract

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// layOut adds the text of the pages to b: furniture is taken off, each page is read column by column, and the lines of
// the whole document are made into paragraphs.
func layOut(b *builder, pages []pdfPage) error {
	layout := newPDFLayout(pages)
	paragraphs := layout.paragraphs()
	layout.rankHeadings(paragraphs)
	writer := &pdfWriter{builder: b, layout: layout, answers: layout.answers(paragraphs)}
	for i, p := range paragraphs {
		writer.furnish(p.lines[0].page)
		writer.write(p)
		writer.answer(answerSpot{paragraph: i})
		if len(b.doc.Blocks) > MaxBlocks {
			return fmt.Errorf("%w: more than %d paragraphs", ErrLimit, MaxBlocks)
		}
	}
	writer.furnish(math.MaxInt)
	return nil
}

// A pdfLayout is a document between lines and paragraphs.
type pdfLayout struct {
	body      float64 // the font size of most of the text
	pitch     float64 // the usual distance between two lines of it
	lines     []pdfLine
	margins   []pdfMargin // one a page
	notes     map[pdfMarkOn]bool
	compounds map[string]bool // words that are written with a hyphen within a line, and their beginnings, "self-"
	words     map[string]bool // all words, where some are broken at a line's end
}

// A pdfMarkOn is a note's mark on its page. The same figure raised on another page is an exponent and stays in the text.
type pdfMarkOn struct {
	page int
	mark string
}

// A pdfMargin is what a page holds beside its text.
type pdfMargin struct {
	page      int
	furniture []pdfFurniture
	notes     []pdfNote
	turned    string
	fields    []pdfField
}

func newPDFLayout(pages []pdfPage) *pdfLayout {
	l := &pdfLayout{body: bodySize(pages), notes: map[pdfMarkOn]bool{}, compounds: map[string]bool{}, words: map[string]bool{}}
	furniture := takeFurniture(pages, l.body)
	column := 0
	for i, page := range pages {
		margin := pdfMargin{page: page.number, furniture: furniture[i], turned: page.turned}
		page.takeTables(l.body)
		margin.fields = page.fields
		columns := [][]pdfLine{}
		for _, runs := range readingOrder(page.runs, 0) {
			column++
			columns = append(columns, columnLines(runs, page.number, column))
		}
		marks := raisedMarks(columns)
		for _, lines := range columns {
			text, notes := splitNotes(lines, marks, l.body, (page.bottom+page.top)/2)
			l.lines = append(l.lines, text...)
			margin.notes = append(margin.notes, notes...)
		}
		for _, n := range margin.notes {
			l.notes[pdfMarkOn{page.number, n.mark}] = true
		}
		l.margins = append(l.margins, margin)
	}
	l.pitch = linePitch(l.lines, l.body)
	broken := slices.ContainsFunc(l.lines, func(line pdfLine) bool { return line.hyphen })
	for _, line := range l.lines {
		l.learnCompounds(line.text)
		if broken {
			l.learnWords(line)
		}
	}
	return l
}

// columnLines makes the lines of one column.
func columnLines(runs []pdfRun, page, column int) []pdfLine {
	var lines []pdfLine
	left, right := math.Inf(1), math.Inf(-1)
	for _, row := range linesOf(runs) {
		line := joinRow(row)
		line.page, line.column = page, column
		left, right = min(left, line.left), max(right, line.right)
		lines = append(lines, line)
	}
	for i := range lines {
		lines[i].edges = [2]float64{left, right}
	}
	return lines
}

// linesOf is rows with each table in a row of its own.
func linesOf(runs []pdfRun) [][]pdfRun {
	var out [][]pdfRun
	for _, row := range rows(runs) {
		from := 0
		for i, r := range row {
			if r.table == nil {
				continue
			}
			if from < i {
				out = append(out, row[from:i])
			}
			out = append(out, row[i:i+1])
			from = i + 1
		}
		if from < len(row) {
			out = append(out, row[from:])
		}
	}
	return out
}

// bodySize returns the font size, in half points, in which most of the text is set.
func bodySize(pages []pdfPage) float64 {
	letters := map[float64]int{}
	body := 0.0
	for _, page := range pages {
		for _, r := range page.runs {
			size := halfPoints(r.size)
			letters[size] += len(r.text)
			if n := letters[size]; n > letters[body] || n == letters[body] && size < body {
				body = size
			}
		}
	}
	return body
}

func halfPoints(size float64) float64 { return math.Round(size*2) / 2 }

// linePitch returns the most frequent distance between lines of the body, in half points; 1.2 times its size when there are too few.
func linePitch(lines []pdfLine, body float64) float64 {
	count := map[float64]int{}
	pitch := 0.0
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		step := halfPoints(a.base - b.base)
		if a.column != b.column || a.table != nil || b.table != nil || halfPoints(b.size) != body || step < 0.8*body || step > 3*body {
			continue
		}
		count[step]++
		if n := count[step]; n > count[pitch] || n == count[pitch] && step < pitch {
			pitch = step
		}
	}
	if count[pitch] < 3 {
		return 1.2 * body
	}
	return pitch
}

// learnCompounds notes the words of a line that carry a hyphen of their own, "long-term".
func (l *pdfLayout) learnCompounds(text string) {
	if !strings.Contains(text, "-") {
		return
	}
	for _, word := range strings.Fields(text) {
		word = bareWord(word)
		if head, _, found := strings.Cut(word, "-"); found {
			l.compounds[word], l.compounds[head+"-"] = true, true
		}
	}
}

// learnWords notes the words of a line but for the first, which may be the rest of one, and a broken one at its end.
func (l *pdfLayout) learnWords(line pdfLine) {
	words := strings.Fields(line.text)
	for i, word := range words {
		if i > 0 && (i+1 < len(words) || !line.hyphen) {
			l.words[bareWord(word)] = true
		}
	}
}

// bareWord is a word in small letters without the punctuation around it.
func bareWord(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !wordRune(r) }))
}
