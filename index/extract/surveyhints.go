package extract

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Hints are a person's corrections of how a survey is read. The zero value leaves everything to the reader. They go to [File] in
// the context, by [WithHints], since one format in many has use for them.
type Hints struct {
	HeaderRow int                   `json:"header_row,omitempty"` // the row that names the columns, as the program numbers rows; 0 leaves it to the reader
	Columns   map[string]ColumnRole `json:"columns,omitempty"`    // by the column's letter, "C", or its heading; "Sheet2!C" is one sheet's
	By        string                `json:"by,omitempty"`         // who corrected it last
}

// IsZero reports whether nothing is corrected.
func (h Hints) IsZero() bool { return h.HeaderRow == 0 && len(h.Columns) == 0 }

type hintsKey struct{}

// WithHints returns a context in which [File] and [Isolated.File] read a survey as the hints say.
func WithHints(ctx context.Context, h Hints) context.Context {
	return context.WithValue(ctx, hintsKey{}, h)
}

func hintsIn(ctx context.Context) Hints {
	h, _ := ctx.Value(hintsKey{}).(Hints)
	return h
}

// setByPerson is the reason of a role that was corrected.
const setByPerson = "A person set it."

var columnLetter = regexp.MustCompile(`^[A-Z]{1,3}$`)

// role is what a person set for a column. Letters that the sheet has are a column's letter, and otherwise a heading.
func (h Hints) role(sheet, letter, heading string, width int) (ColumnRole, bool) {
	for _, key := range slices.Sorted(maps.Keys(h.Columns)) {
		if h.names(key, sheet, letter, heading, width) {
			return h.Columns[key], true
		}
	}
	return "", false
}

func (h Hints) names(key, sheet, letter, heading string, width int) bool {
	if rest, ok := strings.CutPrefix(key, sheet+"!"); ok && sheet != "" {
		key = rest
	}
	if columnLetter.MatchString(key) && columnIndex(key) < width {
		return key == letter
	}
	return strings.EqualFold(headerLine(key), heading)
}

// corrected reports whether a person set one of the columns.
func (s *survey) corrected() bool {
	return slices.ContainsFunc(s.columns, func(c surveyColumn) bool { return c.set })
}

// warn says which corrections found nothing to correct: a newer export may have lost a column.
func (h Hints) warn(b *builder, surveys []*survey) {
	if h.HeaderRow > 0 && !slices.ContainsFunc(surveys, func(s *survey) bool { return s.header.number == h.HeaderRow }) {
		b.warn("", fmt.Sprintf("There is no row %d to take for the header, as was set.", h.HeaderRow))
	}
	for _, key := range slices.Sorted(maps.Keys(h.Columns)) {
		if !slices.ContainsFunc(surveys, func(s *survey) bool {
			return slices.ContainsFunc(s.columns, func(c surveyColumn) bool { return h.names(key, s.sheet, c.Letter, c.Name, len(s.header.heads)) })
		}) {
			b.warn("", fmt.Sprintf("There is no column %q, for which a role was set.", headerLine(key)))
		}
	}
}

// Set returns the hints with the role of one of the columns set, which key names by its letter or heading; "" leaves the column to
// the reader again. A heading that no other column has is kept rather than the letter, since it stays when a newer export
// has more columns. ok is false when there is no such column.
func (h Hints) Set(columns []Column, key string, role ColumnRole) (set Hints, ok bool) {
	width := 0
	for _, c := range columns {
		width = max(width, columnIndex(c.Letter)+1)
	}
	at := slices.IndexFunc(columns, func(c Column) bool { return h.names(key, c.Sheet, c.Letter, c.Name, width) })
	if at < 0 {
		return h, false
	}
	c := columns[at]
	set = h
	set.Columns = maps.Clone(h.Columns)
	maps.DeleteFunc(set.Columns, func(key string, _ ColumnRole) bool { return h.names(key, c.Sheet, c.Letter, c.Name, width) })
	if role == "" {
		return set, true
	}
	if set.Columns == nil {
		set.Columns = map[string]ColumnRole{}
	}
	set.Columns[c.key(columns)] = role
	return set, true
}

// key names a column for good: by its heading where no other column of any sheet has it, or else by sheet and letter.
func (c Column) key(columns []Column) string {
	same, sheets := 0, false
	for _, other := range columns {
		if strings.EqualFold(other.Name, c.Name) {
			same++
		}
		sheets = sheets || other.Sheet != c.Sheet
	}
	switch {
	case same == 1 && c.Name != "Column "+c.Letter && !columnLetter.MatchString(c.Name):
		return c.Name
	case sheets:
		return c.Sheet + "!" + c.Letter
	}
	return c.Letter
}

// columnIndex is the number of a column from 0: A is 0, AA is 26.
func columnIndex(name string) int {
	n := 0
	for _, r := range name {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}
