package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A pdfNote is a note at the foot of a page.
type pdfNote struct {
	mark  string
	lines []pdfLine
}

// noteStart is the mark in front of a note, where it is not raised.
var noteStart = regexp.MustCompile(`^([0-9]{1,3}|[*†‡§]{1,3})[.)]? *`)

// plainSign is a sign behind a word that refers to a note without being raised.
var plainSign = regexp.MustCompile(`\pL([*†‡§]{1,3})(?:[\s,.;:)]|$)`)

// splitNotes parts the lines of a column into its text and the notes at its foot: the last lines, if they are smaller
// than the body and begin with a mark. A column of nothing else is a table or an appendix in small type, unless it
// begins in the lower half of the page. A mark that is not raised counts when marks, those of the page's text, have it.
func splitNotes(lines []pdfLine, marks map[string]bool, body, middle float64) (text []pdfLine, notes []pdfNote) {
	first := len(lines)
	for first > 0 && lines[first-1].size <= 0.93*body {
		first--
	}
	for first < len(lines) && (noteMark(lines[first], marks) == "" || lines[first].base > middle) {
		first++
	}
	for _, line := range lines[first:] {
		if mark := noteMark(line, marks); mark != "" && (len(notes) == 0 || follows(mark, notes[len(notes)-1].mark)) {
			notes = append(notes, pdfNote{mark: mark})
			line = withoutMark(line)
		}
		n := &notes[len(notes)-1]
		n.lines = append(n.lines, line)
	}
	return lines[:first], notes
}

// raisedMarks are the marks that refer to notes in a page's text.
func raisedMarks(columns [][]pdfLine) map[string]bool {
	const signs = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	marks := map[string]bool{}
	for _, line := range slices.Concat(columns...) {
		for _, m := range line.marks {
			if m.at > 0 {
				marks[m.text] = true
			}
		}
		for _, m := range plainSign.FindAllStringSubmatch(line.text, -1) {
			marks[m[1]] = true
		}
		if !strings.ContainsAny(line.text, signs) {
			continue
		}
		for _, sign := range strings.FieldsFunc(line.text, func(r rune) bool { return !strings.ContainsRune(signs, r) }) {
			var mark strings.Builder
			for _, r := range sign {
				mark.WriteByte(byte('0' + slices.Index([]rune(signs), r)))
			}
			marks[mark.String()] = true
		}
	}
	return marks
}

// noteMark returns the mark that a line begins with, or "".
func noteMark(line pdfLine, marks map[string]bool) string {
	if len(line.marks) > 0 && line.marks[0].at == 0 {
		return line.marks[0].text
	}
	m := noteStart.FindStringSubmatch(line.text)
	if m == nil || len(m[0]) == len(line.text) || !marks[m[1]] {
		return ""
	}
	return m[1]
}

// follows reports whether a mark can be the next after another: a sign, or the next number. A line of a note that happens to begin with a figure is not a note.
func follows(mark, before string) bool {
	if mark[0] > '9' || before[0] > '9' || mark[0] == '*' || before[0] == '*' {
		return mark != before
	}
	n, _ := strconv.Atoi(mark)
	b, _ := strconv.Atoi(before)
	return n == b+1
}

// withoutMark takes the mark off the front of a note's first line.
func withoutMark(line pdfLine) pdfLine {
	if len(line.marks) > 0 && line.marks[0].at == 0 {
		line.marks = line.marks[1:]
		trimmed := strings.TrimLeft(line.text, " ")
		return line.shortened(len(line.text) - len(trimmed))
	}
	return line.shortened(len(noteStart.FindString(line.text)))
}

// shortened cuts n bytes off the front of a line.
func (l pdfLine) shortened(n int) pdfLine {
	marks := l.marks
	l.marks = nil
	for _, m := range marks {
		l.marks = append(l.marks, pdfMark{max(0, m.at-n), m.text})
	}
	l.text = l.text[n:]
	return l
}
