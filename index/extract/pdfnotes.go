package extract

import (
	"regexp"
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

// splitNotes parts the lines of a column into its text and the notes at its foot: the last lines, if they are smaller
// than the body and begin with a mark. A column of nothing else is a table or an appendix in small type, unless it
// begins in the lower half of the page.
func splitNotes(lines []pdfLine, body, middle float64) (text []pdfLine, notes []pdfNote) {
	first := len(lines)
	for first > 0 && lines[first-1].size <= 0.93*body {
		first--
	}
	for first < len(lines) && (noteMark(lines[first]) == "" || lines[first].base > middle) {
		first++
	}
	for _, line := range lines[first:] {
		if mark := noteMark(line); mark != "" && (len(notes) == 0 || follows(mark, notes[len(notes)-1].mark)) {
			notes = append(notes, pdfNote{mark: mark})
			line = withoutMark(line)
		}
		n := &notes[len(notes)-1]
		n.lines = append(n.lines, line)
	}
	return lines[:first], notes
}

// noteMark returns the mark that a line begins with, or "".
func noteMark(line pdfLine) string {
	if len(line.marks) > 0 && line.marks[0].at == 0 {
		return line.marks[0].text
	}
	m := noteStart.FindStringSubmatch(line.text)
	if m == nil || len(m[0]) == len(line.text) {
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
