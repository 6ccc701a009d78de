package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// maxHeaderRow is how far down a header is looked for: titles and notes stand above it.
const maxHeaderRow = 20

// A surveyHeader is the headings of a sheet's columns and where its data begin.
type surveyHeader struct {
	layout *surveyLayout // nil for a plain table
	number int           // of the row that names the columns, as the program shows it
	heads  []columnHead
	data   int // index of the first row of data
}

// A columnHead is the heading of a column. A question of several parts has a column for each.
type columnHead struct {
	key   string // the cell in the header's first row, which for Qualtrics is the name of a variable
	name  string // the whole heading
	stem  string // the question that is asked over several columns, or ""
	part  string // what this column adds to it
	under bool   // the part is "Response" or the like, which says nothing: the name is the stem alone
}

// findHeader takes the row that a survey program is known by; or else the first row with two or more cells, mostly words, as
// wide as the data under it. Titles above have one cell. A row that a person names is the header whatever it looks like.
func findHeader(rows []sheetRow, named int) (surveyHeader, bool) {
	if at := slices.IndexFunc(rows, func(r sheetRow) bool { return r.number == named }); named > 0 && at >= 0 {
		return joinHeaders(rows, at, layoutAt(rows, at)), true
	}
	first := min(len(rows)-1, maxHeaderRow)
	for i := range max(first, 0) {
		if l := layoutAt(rows, i); l != nil {
			h := joinHeaders(rows, i, l)
			return h, h.data < len(rows)
		}
	}
	for i := range max(first, 0) {
		if isHeaderRow(rows[i].cells) && 2*filledCells(rows[i].cells) >= commonWidth(rows[i+1:]) {
			h := joinHeaders(rows, i, nil)
			return h, h.data < len(rows)
		}
	}
	return surveyHeader{}, false
}

// layoutAt tells the program whose header row i would be.
func layoutAt(rows []sheetRow, i int) *surveyLayout {
	if i+2 < len(rows) && isImportRow(rows[i+2].cells) {
		return layoutNamed(qualtrics)
	}
	l := layoutOf(rows[i])
	if l == nil || filledCells(rows[i].cells) < 2 || l.name == googleForms && (i+1 >= len(rows) || !dateCell.MatchString(strings.TrimSpace(rows[i+1].cell(0)))) {
		return nil
	}
	return l
}

func isHeaderRow(cells []string) bool {
	filled, words := 0, 0
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		filled++
		if isTextual(c) && Words(c) <= 120 {
			words++
		}
	}
	return filled >= 2 && words*10 >= filled*7
}

func filledCells(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// commonWidth is the largest number of filled cells in the next rows.
func commonWidth(rows []sheetRow) int {
	widest := 0
	for _, r := range rows[:min(len(rows), 30)] {
		widest = max(widest, filledCells(r.cells))
	}
	return widest
}

var (
	// What SurveyMonkey writes under a question, and Qualtrics under its variables.
	subHeading  = regexp.MustCompile(`(?i)^(response|open-ended response|other \(please specify\)|free text|comment)$`)
	importID    = regexp.MustCompile(`^\{"ImportId"`)
	variableKey = regexp.MustCompile(`^[A-Za-z]\w{0,40}$`)
)

func joinHeaders(rows []sheetRow, at int, l *surveyLayout) surveyHeader {
	h := surveyHeader{layout: l, number: rows[at].number, data: at + 1}
	width := 0
	for _, r := range rows[at:] {
		width = max(width, len(r.cells))
	}
	h.heads = make([]columnHead, width)
	for i := range h.heads {
		key := headerLine(rows[at].cell(i))
		h.heads[i] = columnHead{key: key, name: key}
	}
	switch {
	case h.data < len(rows) && isQuestionRow(rows[at], rows[h.data], rows[h.data+1:]):
		h.takeQuestions(rows[h.data])
		h.data++
		if h.data < len(rows) && isImportRow(rows[h.data].cells) {
			h.data++
		}
	case h.data < len(rows) && (isSubRow(rows[at], rows[h.data]) || isPartRow(rows[at:]) || isBandRow(rows[at:])):
		h.takeParts(rows[at], rows[h.data])
		h.data++
	case at > 0 && l != nil && l.isAbove(rows[at-1], rows[at]):
		h.takeParts(rows[at-1], rows[at])
	}
	h.split()
	return h
}

// takeQuestions puts the questions of a second row in the place of the names of their variables.
func (h *surveyHeader) takeQuestions(second sheetRow) {
	for i := range h.heads {
		if name := headerLine(second.cell(i)); name != "" {
			h.heads[i].name = strings.TrimSuffix(name, " - Selected Choice")
		}
	}
}

// takeParts joins two rows: questions, each over its columns, and under them the parts.
func (h *surveyHeader) takeParts(questions, parts sheetRow) {
	above := ""
	for i := range h.heads {
		head := &h.heads[i]
		if name := headerLine(questions.cell(i)); name != "" {
			above = name
		}
		part := headerLine(parts.cell(i))
		if own := h.layout.ownRole(part); own != "" && questions.cell(i) == "" { // the program's own column needs no question
			head.key, head.name = part, part
			continue
		}
		head.name = above
		if part == "" {
			continue
		}
		head.stem, head.part, head.under = above, part, subHeading.MatchString(part)
		if !head.under {
			head.name = strings.TrimPrefix(above+" – "+part, " – ")
		}
	}
}

// isQuestionRow tells Qualtrics' second row, the questions under the variables' names: a third row of import ids follows,
// or the first row is all short keys and the second repeats some of them as sentences.
func isQuestionRow(first, second sheetRow, after []sheetRow) bool {
	if len(after) > 0 && isImportRow(after[0].cells) {
		return true
	}
	keys, questions := 0, 0
	for i, c := range first.cells {
		if variableKey.MatchString(strings.TrimSpace(c)) {
			keys++
		}
		if strings.HasSuffix(strings.TrimSpace(second.cell(i)), "?") {
			questions++
		}
	}
	return keys == filledCells(first.cells) && questions*2 > keys && questions >= 2
}

func isImportRow(cells []string) bool {
	n := 0
	for _, c := range cells {
		if importID.MatchString(strings.TrimSpace(c)) {
			n++
		}
	}
	return n >= 2
}

// isSubRow tells a second row of sub-headings: most of its cells are such words, or it names what blanks above leave open.
func isSubRow(first, second sheetRow) bool {
	subs, under, filled := 0, 0, 0
	for i, c := range second.cells {
		c = strings.TrimSpace(c)
		if c == "" {
			continue
		}
		filled++
		if subHeading.MatchString(c) {
			subs++
		}
		if strings.TrimSpace(first.cell(i)) == "" && isTextual(c) && Words(c) <= 12 {
			under++
		}
	}
	return filled > 0 && (subs*2 >= filled || subs > 0 && under > 0 && (subs+under)*3 >= filled*2)
}

// isPartRow tells a second row that is no respondent: its first cell is blank where nearly all rows below have something, as
// they do under an ID, and it fills blanks of the row above.
func isPartRow(rows []sheetRow) bool {
	first, second := rows[0], rows[1]
	if strings.TrimSpace(first.cell(0)) == "" || strings.TrimSpace(second.cell(0)) != "" || len(rows) < 3 {
		return false
	}
	below, filled := rows[2:min(len(rows), 32)], 0
	for _, r := range below {
		if strings.TrimSpace(r.cell(0)) != "" {
			filled++
		}
	}
	fills := 0
	for i, c := range second.cells {
		switch c = strings.TrimSpace(c); {
		case c == "":
		case Words(c) > 40:
			return false
		case strings.TrimSpace(first.cell(i)) == "" || subHeading.MatchString(c):
			fills++
		}
	}
	return fills > 0 && filled*10 >= len(below)*9
}

// isBandRow tells a row of bands, "About you | | About the plan", over the row of headings: it has gaps that the next row
// fills, and in some column of the next row a word stands over figures, dates or codes.
func isBandRow(rows []sheetRow) bool {
	if len(rows) < 4 || filledCells(rows[0].cells) >= filledCells(rows[1].cells) || !isHeaderRow(rows[1].cells) {
		return false
	}
	below := rows[2:min(len(rows), 32)]
	for i, head := range rows[1].cells {
		filled, plain := 0, 0
		for _, r := range below {
			cell := strings.TrimSpace(r.cell(i))
			switch {
			case cell == "":
				continue
			case !isTextual(cell), dateCell.MatchString(cell), len(cell) <= maxTokenBytes && codeCell.MatchString(cell):
				plain++
			}
			filled++
		}
		if isTextual(head) && !codeCell.MatchString(head) && filled >= 2 && plain == filled {
			return true
		}
	}
	return false
}

// isAbove tells a row of questions over the row that the program is known by: it leaves the program's own columns open.
func (l *surveyLayout) isAbove(questions, known sheetRow) bool {
	asked := 0
	for i, c := range questions.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if l.ownRole(headerLine(known.cell(i))) != "" {
			return false
		}
		asked++
	}
	return asked > 0
}

// split parts headings that hold a question and a part of it: "1. Do you agree? - Please explain", "How important are these?
// [Waits]". A dash parts them where the neighbour begins alike or a question mark stands before it.
func (h *surveyHeader) split() {
	for i := range h.heads {
		head := &h.heads[i]
		if head.stem != "" || h.layout.ownRole(head.key) != "" {
			continue
		}
		for _, c := range splits(head.name) {
			if strings.HasSuffix(c.stem, "?") || h.begins(i-1, c.stem) || h.begins(i+1, c.stem) {
				head.stem, head.part = c.stem, strings.TrimSuffix(c.part, " - Text")
				break
			}
		}
	}
}

// begins reports whether the heading of a column is the stem or goes on from it.
func (h *surveyHeader) begins(column int, stem string) bool {
	if column < 0 || column >= len(h.heads) {
		return false
	}
	rest, ok := strings.CutPrefix(h.heads[column].name, stem)
	return ok && (rest == "" || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " – ") || strings.HasPrefix(rest, " ["))
}

type headingSplit struct{ stem, part string }

// splits gives the ways to part a heading, the longest stem first.
func splits(name string) []headingSplit {
	var out []headingSplit
	if strings.HasSuffix(name, "]") {
		if at := strings.LastIndex(name, " ["); at > 0 {
			out = append(out, headingSplit{name[:at], name[at+2 : len(name)-1]})
		}
	}
	const most = 8 // dashes of one heading that are looked at
	for end := len(name); len(out) < most; {
		at, size := strings.LastIndex(name[:end], " - "), 3
		if dash := strings.LastIndex(name[:end], " – "); dash > at {
			at, size = dash, len(" – ")
		}
		if at <= 0 {
			return out
		}
		if part := strings.TrimSpace(name[at+size:]); part != "" {
			out = append(out, headingSplit{strings.TrimSpace(name[:at]), part})
		}
		end = at
	}
	return out
}

var notWords = regexp.MustCompile(`^[\s\d.,:;/%£$€+()TZ-]*$`)

// isTextual tells words from numbers and dates.
func isTextual(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && !notWords.MatchString(s)
}
