package extract

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A survey is a sheet with one row a respondent and one column a question.
type survey struct {
	sheet   string
	header  surveyHeader
	rows    []sheetRow
	columns []surveyColumn
	id      int // the column that names the respondent, or -1
}

type surveyColumn struct {
	Column
	index    int // from 0
	head     columnHead
	question string // what an answer in words answers
	chosen   []int  // the closed columns, by their place in survey.columns, that this one follows up
	list     choiceList
	set      bool // a person set the role
}

// writeSheets adds the answers of every sheet that is a survey; when none is, the cells of all sheets. A sheet of which
// a person set something is a survey.
func writeSheets(ctx context.Context, b *builder, sheets []sheetGrid) error {
	hints := hintsIn(ctx)
	var surveys []*survey
	var others []string
	for _, grid := range sheets {
		switch s := newSurvey(grid, hints); {
		case s != nil && (s.asksForWords() || s.corrected() || len(sheets) == 1 && s.header.number == hints.HeaderRow):
			surveys = append(surveys, s)
		default:
			others = append(others, grid.name)
		}
	}
	hints.warn(b, surveys)
	if len(surveys) == 0 {
		return writeCells(ctx, b, sheets)
	}
	for _, s := range surveys {
		if err := s.write(ctx, b); err != nil {
			return err
		}
	}
	for _, name := range others {
		b.warn("sheet "+name, "The sheet has no column of answers in words and was not read.")
	}
	return nil
}

// asksForWords reports whether a column of answers in words has a heading. Where none has, it is no survey but a form or a list,
// in which every word counts.
func (s *survey) asksForWords() bool {
	return slices.ContainsFunc(s.columns, func(c surveyColumn) bool { return c.Role.InWords() && c.head.name != "" })
}

// newSurvey finds the header of a sheet and tells what its columns are; nil when there is no header.
func newSurvey(grid sheetGrid, hints Hints) *survey {
	h, ok := findHeader(grid.rows, hints.HeaderRow)
	if !ok {
		return nil
	}
	s := &survey{sheet: grid.name, header: h, rows: grid.rows[h.data:], id: -1}
	stats := newColumnsStats(s.rows, len(h.heads), h.layout)
	spread := h.spread(stats)
	for i, head := range h.heads {
		if head.name == "" && stats[i].filled == 0 {
			continue
		}
		s.columns = append(s.columns, s.newColumn(i, head, &stats[i], spread[i], hints))
	}
	if q := s.questionColumn(); q >= 0 && !s.corrected() {
		return nil // a form: the rows are questions, not respondents
	}
	s.followUps()
	return s
}

func (s *survey) newColumn(i int, head columnHead, stats *columnStats, spread bool, hints Hints) surveyColumn {
	c := surveyColumn{index: i, head: head, list: stats.list}
	c.Sheet, c.Letter, c.Name, c.Filled, c.First = s.sheet, columnLetters(i), head.name, stats.filled, stats.first()
	switch own := s.header.layout.ownRole(head.key); {
	case spread:
		c.Role, c.Why = Multiple, "It is one of several columns of choices."
	case own != "":
		c.Role, c.Why = own, "The heading is one that "+s.header.layout.name+" writes itself."
	default:
		if head.part != "" && !head.under {
			c.Role, c.Why = stats.plainRole(head.part)
		}
		if c.Role == "" {
			c.Role, c.Why = stats.role(head.name)
		}
	}
	if c.Name == "" {
		c.Name = "Column " + c.Letter
	}
	if role, ok := hints.role(s.sheet, c.Letter, c.Name, len(s.header.heads)); ok {
		c.Role, c.Why, c.set = role, setByPerson, true
	}
	c.question = c.Name
	if head.part != "" && !head.under {
		c.Question = head.stem
	}
	if c.Options = stats.options(c.Role); spread && c.Role == Multiple {
		c.Options = []Option{{head.part, chosenIn(stats)}}
	}
	if s.id < 0 && c.Role == Identity && (isRespondentID(c.Name) || isRespondentID(head.part)) && stats.distinct == len(s.rows) && !stats.addresses() {
		s.id = len(s.columns)
	}
	return c
}

// write adds one block an answer. Closed questions and identities stay out of the text; the warning counts them.
func (s *survey) write(ctx context.Context, b *builder) error {
	b.doc.Facts.Surveys = append(b.doc.Facts.Surveys, Survey{Sheet: s.sheet, Layout: s.header.layout.title(), Header: s.header.number, Rows: len(s.rows)})
	own := Facts{Surveys: b.doc.Facts.Surveys[len(b.doc.Facts.Surveys)-1:]}
	for _, c := range s.columns {
		own.Columns = append(own.Columns, c.Column)
	}
	b.doc.Facts.Columns = append(b.doc.Facts.Columns, own.Columns...)
	for _, row := range s.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		respondent, member := s.respondent(row), s.member(row)
		consent, asked := s.consent(row)
		for i := range s.columns {
			c := &s.columns[i]
			if c.index >= len(row.cells) {
				break
			}
			if !c.Role.InWords() || row.cells[c.index] == "" {
				continue
			}
			if len(b.doc.Blocks) >= MaxBlocks {
				return fmt.Errorf("%w: more than %d answers", ErrLimit, MaxBlocks)
			}
			b.add(Answer, row.cell(c.index), Place{
				Sheet: s.sheet, Row: row.number, Column: c.index + 1, Question: c.question, Choice: s.choice(row, c), Respondent: respondent, Member: member, Consent: consent, Asked: asked,
			})
		}
	}
	if n := own.Size().Closed; n > 0 {
		where := ""
		if s.sheet != "" {
			where = "sheet " + s.sheet
		}
		b.warn(where, counted(n, "closed question was not read as a passage.", "closed questions were not read as passages."))
	}
	return nil
}

// A Size is what the surveys of a file hold: respondents, questions answered in words, and closed questions.
type Size struct {
	Rows   int `json:"rows"`
	Open   int `json:"open"`
	Closed int `json:"closed"`
}

// Size counts the surveys of a file; nil when there are none. The columns of one closed question are one.
func (f *Facts) Size() *Size {
	if len(f.Surveys) == 0 {
		return nil
	}
	var s Size
	for _, x := range f.Surveys {
		s.Rows += x.Rows
	}
	last := ""
	for _, c := range f.Columns {
		switch {
		case c.Role.InWords():
			s.Open++
			last = ""
		case c.Role.Counted():
			if c.Question == "" || c.Sheet+c.Question != last {
				s.Closed++
			}
			last = c.Sheet + c.Question
		}
	}
	return &s
}

// member is the organisation that a row names; "" when it names none or the survey does not ask.
func (s *survey) member(row sheetRow) string {
	for i := range s.columns {
		c := &s.columns[i]
		if c.index >= len(row.cells) {
			break
		}
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
		if id := headerLine(row.cell(s.columns[s.id].index)); id != "" {
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
