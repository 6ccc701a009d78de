package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// maxHeaderRow is how far down a header is looked for: titles and notes stand above it.
const maxHeaderRow = 20

// A surveyHeader is the names of a sheet's columns and where its data begin.
type surveyHeader struct {
	names []string
	data  int // index of the first row of data
}

// findHeader takes the first row with two or more cells, mostly words, as wide as the data under it. Titles above have
// one cell. A second header row is joined to the first, as survey programs write them.
func findHeader(rows []sheetRow) (surveyHeader, bool) {
	for i := 0; i < min(len(rows), maxHeaderRow) && i+1 < len(rows); i++ {
		if !isHeaderRow(rows[i].cells) || 2*filledCells(rows[i].cells) < commonWidth(rows[i+1:]) {
			continue
		}
		h := joinHeaders(rows, i)
		return h, h.data < len(rows)
	}
	return surveyHeader{}, false
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

func joinHeaders(rows []sheetRow, at int) surveyHeader {
	h := surveyHeader{data: at + 1}
	width := 0
	for _, r := range rows[at:] {
		width = max(width, len(r.cells))
	}
	h.names = make([]string, width)
	for i := range h.names {
		h.names[i] = headerLine(rows[at].cell(i))
	}
	if h.data >= len(rows) {
		return h
	}
	second := rows[h.data]
	switch {
	case isQuestionRow(rows[at], second, rows[h.data+1:]):
		for i := range h.names {
			if name := headerLine(second.cell(i)); name != "" {
				h.names[i] = name
			}
		}
		h.data++
		if h.data < len(rows) && isImportRow(rows[h.data].cells) {
			h.data++
		}
	case isSubRow(rows[at], second):
		above := ""
		for i := range h.names {
			if h.names[i] != "" {
				above = h.names[i]
			}
			h.names[i] = above
			if sub := headerLine(second.cell(i)); sub != "" && !subHeading.MatchString(sub) {
				h.names[i] = strings.TrimPrefix(above+" – "+sub, " – ")
			}
		}
		h.data++
	}
	return h
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

var notWords = regexp.MustCompile(`^[\s\d.,:;/%£$€+()TZ-]*$`)

// isTextual tells words from numbers and dates.
func isTextual(s string) bool {
	return !notWords.MatchString(s) && strings.ContainsFunc(s, unicode.IsLetter)
}
