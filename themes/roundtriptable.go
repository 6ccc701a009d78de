package themes

import (
	"slices"
	"strings"

	"collate/themes/workbook"
)

// A tableKind is what a sheet holds, by its headings: people rename sheets.
type tableKind string

const (
	themesTable    tableKind = "themes"
	quotesTable    tableKind = "quotes"
	stancesTable   tableKind = "stances"
	matrixTable    tableKind = "matrix"
	membersTable   tableKind = "members"   // not read back; what was changed in it is said
	positionsTable tableKind = "positions" // likewise
	codingTable    tableKind = "coding"    // somebody else's: a reference and a column a theme
)

// maxHeadRow is in how many of a sheet's rows the headings are looked for.
const maxHeadRow = 30

// A table is a sheet that is read back.
type table struct {
	kind    tableKind
	sheet   string
	columns map[string]int // by heading, folded
	heads   []string       // as they are written
	rows    []workbook.Row // under the headings
	read    func(workbook.Row)
	orders  map[string]*order // of columns that could have been sorted alone
}

// A place is where in a workbook something stands.
type place struct{ sheet, cell string }

// cell gives the cell under a heading, and whether there is such a column.
func (t *table) cell(row workbook.Row, head string) (workbook.Cell, bool) {
	at, ok := t.columns[head]
	if !ok {
		return workbook.Cell{}, false
	}
	return row.Cell(at), true
}

// text is what a cell under a heading says, without the blanks around it.
func (t *table) text(row workbook.Row, head string) string {
	c, _ := t.cell(row, head)
	return strings.TrimSpace(c.Text)
}

// at is the place of a cell under a heading.
func (t *table) at(row workbook.Row, head string) place {
	return place{t.sheet, workbook.Place(max(t.columns[head], 0), row.Number)}
}

// table finds out what a sheet holds; nil when it is nothing that is read back.
func (r *returning) table(s *workbook.Sheet) *table {
	for i, row := range s.Rows[:min(len(s.Rows), maxHeadRow)] {
		t := &table{sheet: s.Name, columns: map[string]int{}, rows: s.Rows[i+1:]}
		var twice []string
		for c, cell := range row.Cells {
			head := folded(cell.Text)
			t.heads = append(t.heads, cell.Text)
			if _, there := t.columns[head]; there {
				twice = append(twice, shorten(cell.Text))
			} else if head != "" {
				t.columns[head] = c
			}
		}
		if t.kind = r.kind(t); t.kind == "" {
			continue
		}
		for _, head := range twice {
			r.note("Sheet %s has two columns %q: the first counts.", shorten(s.Name), head)
		}
		switch t.kind {
		case themesTable:
			t.read = (&themesReader{r, t}).row
			r.startThemes(t)
		case quotesTable:
			t.read = func(row workbook.Row) { r.quoteRow(t, row) }
		case stancesTable:
			t.read = func(row workbook.Row) { r.stanceRow(t, row) }
		case matrixTable:
			t.read = func(row workbook.Row) { r.matrixRow(t, row) }
		case codingTable:
			t.read = r.startCoding(t)
		case membersTable:
			t.read = func(row workbook.Row) { r.memberRow(t, row) }
		case positionsTable:
			t.read = func(row workbook.Row) { r.jointRow(t, row) }
		}
		return t
	}
	return nil
}

// kind is what a row of headings heads.
func (r *returning) kind(t *table) tableKind {
	has := func(heads ...string) bool {
		return !slices.ContainsFunc(heads, func(h string) bool { _, ok := t.columns[h]; return !ok })
	}
	switch {
	case has("who is asked", "what is asked"), has("figure", "what it measures"), has("question", "themes it feeds"), has("shared text", "own words"):
		return "" // the registers are as exported, whatever themes are called
	case has("theme", "joint position", "support: who"):
		return positionsTable
	case has("member", "consent", "submissions"):
		return membersTable
	case has("what", "why") || has("outcome"): // Excluded and Summary are as exported
		return ""
	case has("ref") && (has("theme") || has("stance")):
		return quotesTable
	case has("theme", "what it covers"):
		return themesTable
	case has("member", "theme", "stance") || has("key", "stance"):
		return stancesTable
	case r.referenceHead(t) != "" && r.themeHeads(t) > 0:
		return codingTable
	case has("member") && r.themeHeads(t) > 0:
		return matrixTable
	}
	return ""
}

// themeHeads counts the headings that name a theme.
func (r *returning) themeHeads(t *table) int {
	n := 0
	for _, head := range t.heads {
		if _, ok := r.headTheme(head); ok {
			n++
		}
	}
	return n
}

// stanceIn reads a stance from a cell, with or without its sign: "✓ Support".
func stanceIn(text string) (Stance, bool) {
	text = cellWords(text)
	for _, s := range Stances {
		if strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(text, s.Sign())), s.Label()) || strings.EqualFold(text, string(s)) {
			return s, true
		}
	}
	return "", false
}

// stanceWords are the stances that a person may write.
const stanceWords = "Oppose, Mixed or unsure, With conditions, Support or Not stated"

// plainStance reads the stance of a cell that may hold a formula, and says what is wrong with it: a formula counts only if it shows a stance
// and nothing else.
func (r *returning) plainStance(c workbook.Cell, at place) (Stance, bool) {
	stance, ok := stanceIn(c.Text)
	switch {
	case ok:
		return stance, true
	case c.Error:
		r.refuse(at, c.Text, "the cell shows an error and no stance")
	case c.Formula:
		r.refuse(at, c.Text, "a formula stands here that shows no stance; write %s", stanceWords)
	default:
		r.refuse(at, c.Text, "this is no stance; write %s", stanceWords)
	}
	return "", false
}

// isBlind reports a sheet of [Analysis.BlindSheet].
func isBlind(s *workbook.Sheet) bool {
	for _, row := range s.Rows[:min(len(s.Rows), maxHeadRow)] {
		if row.Cell(0).Text == BlindPassage && row.Cell(1).Text == BlindWords && row.Cell(2).Text == BlindFinished {
			return true
		}
	}
	return false
}

// isPartial reports a sheet of a workbook that does not hold everything.
func isPartial(s *workbook.Sheet) bool {
	for _, row := range s.Rows[:min(len(s.Rows), maxHeadRow)] {
		for _, cell := range row.Cells {
			if cell.Text == PartialHead || strings.Contains(cell.Text, PartialMark) {
				return true
			}
		}
	}
	return false
}
