package extract

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

// A survey is a sheet with one row a respondent and one column a question.
type survey struct {
	sheet   string
	rows    []sheetRow
	columns []surveyColumn
	id      int // the column that names the respondent, or -1
}

type surveyColumn struct {
	Column
	index int // from 0
}

// writeSheets adds the answers of every sheet that is a survey; when none is, the cells of all sheets.
func writeSheets(ctx context.Context, b *builder, sheets []sheetGrid) error {
	var surveys []*survey
	var others []string
	for _, grid := range sheets {
		switch s := newSurvey(grid); {
		case s != nil && s.count(Open) > 0:
			surveys = append(surveys, s)
		default:
			others = append(others, grid.name)
		}
	}
	if len(surveys) == 0 {
		return writeCells(ctx, b, sheets)
	}
	for _, s := range surveys {
		if err := s.write(ctx, b, len(surveys) > 1); err != nil {
			return err
		}
	}
	for _, name := range others {
		b.warn("sheet "+name, "The sheet has no column of answers in words and was not read.")
	}
	return nil
}

func (s *survey) count(role ColumnRole) int {
	n := 0
	for _, c := range s.columns {
		if c.Role == role {
			n++
		}
	}
	return n
}

// newSurvey finds the header of a sheet and tells what its columns are; nil when there is no header.
func newSurvey(grid sheetGrid) *survey {
	h, ok := findHeader(grid.rows)
	if !ok {
		return nil
	}
	s := &survey{sheet: grid.name, rows: grid.rows[h.data:], id: -1}
	for i, name := range h.names {
		stats := newColumnStats(s.rows, i)
		if name == "" && stats.filled == 0 {
			continue
		}
		role, why := stats.role(name)
		if name == "" {
			name = "Column " + columnLetters(i)
		}
		s.columns = append(s.columns, surveyColumn{Column: Column{Name: name, Role: role, Why: why}, index: i})
		if s.id < 0 && role == Identity && isRespondentID(name) && stats.distinct == len(s.rows) && !stats.addresses {
			s.id = i
		}
	}
	if q := s.questionColumn(); q >= 0 {
		return nil // a form: the rows are questions, not respondents
	}
	return s
}

// write adds one block an answer. Closed questions and identities stay out of the text; the warning counts them.
func (s *survey) write(ctx context.Context, b *builder, several bool) error {
	for _, c := range s.columns {
		if several {
			c.Why += " Sheet " + s.sheet + "."
		}
		b.doc.Facts.Columns = append(b.doc.Facts.Columns, c.Column)
	}
	for _, row := range s.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, c := range s.columns {
			if c.Role != Open {
				continue
			}
			if len(b.doc.Blocks) >= MaxBlocks {
				return fmt.Errorf("%w: more than %d answers", ErrLimit, MaxBlocks)
			}
			b.add(Answer, row.cell(c.index), Place{
				Sheet: s.sheet, Row: row.number, Column: c.index + 1, Question: c.Name, Respondent: s.respondent(row), Member: s.member(row),
			})
		}
	}
	if n := s.count(Closed); n > 0 {
		where := ""
		if s.sheet != "" {
			where = "sheet " + s.sheet
		}
		b.warn(where, counted(n, "closed question was not read as a passage.", "closed questions were not read as passages."))
	}
	return nil
}

// member is the organisation that a row names; "" when it names none or the survey does not ask.
func (s *survey) member(row sheetRow) string {
	for _, c := range s.columns {
		if c.Role == Member {
			if name := headerLine(row.cell(c.index)); name != "" {
				return name
			}
		}
	}
	return ""
}

func (s *survey) respondent(row sheetRow) string {
	if s.id >= 0 {
		if id := headerLine(row.cell(s.id)); id != "" {
			return id
		}
	}
	return fmt.Sprintf("row %d", row.number)
}

var (
	questionHeading = regexp.MustCompile(`(?i)^(the )?(consultation )?questions?( text)?$`)
	answerHeading   = regexp.MustCompile(`(?i)^(your |our |the )?(answers?|responses?|comments?|views?|reply)\b`)
)

// questionColumn finds the column of questions of a form filled in on a sheet, or -1.
func (s *survey) questionColumn() int {
	for i, c := range s.columns {
		if !questionHeading.MatchString(c.Name) {
			continue
		}
		for _, a := range s.columns[i+1:] {
			if answerHeading.MatchString(a.Name) {
				return c.index
			}
		}
	}
	return -1
}

// writeCells adds every cell with words in it, for a sheet that is no survey. In a form, where one column has the
// questions and another the answers, each answer goes with its question.
func writeCells(ctx context.Context, b *builder, sheets []sheetGrid) error {
	for _, grid := range sheets {
		questions := formQuestions(grid)
		for _, row := range grid.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			for i, cell := range row.cells {
				if !isTextual(cell) {
					continue
				}
				if len(b.doc.Blocks) >= MaxBlocks {
					return fmt.Errorf("%w: more than %d cells", ErrLimit, MaxBlocks)
				}
				place := Place{Sheet: grid.name, Row: row.number, Column: i + 1, Table: 1}
				kind := Cell
				if q := questions[i]; q.known && row.number > q.header {
					kind, place.Question = Answer, headerLine(row.cell(q.column))
				}
				b.add(kind, cell, place)
			}
		}
	}
	return nil
}

// A formColumn says where the questions stand that a column answers.
type formColumn struct {
	known  bool
	column int
	header int
}

func formQuestions(grid sheetGrid) map[int]formColumn {
	for _, row := range grid.rows[:min(len(grid.rows), maxHeaderRow)] {
		found := map[int]formColumn{}
		question := -1
		for i, cell := range row.cells {
			cell = strings.TrimSpace(cell)
			switch {
			case questionHeading.MatchString(cell):
				question = i
			case question >= 0 && answerHeading.MatchString(cell):
				found[i] = formColumn{known: true, column: question, header: row.number}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// columnLetters names a column as a spreadsheet does: 0 is A, 26 is AA.
func columnLetters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
