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

// touch reports whether a person set anything of the survey.
func (h Hints) touch(s *survey) bool {
	return h.HeaderRow > 0 && s.header.number == h.HeaderRow || slices.ContainsFunc(s.columns, func(c surveyColumn) bool { return c.Why == setByPerson })
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

// columnIndex is the number of a column from 0: A is 0, AA is 26.
func columnIndex(name string) int {
	n := 0
	for _, r := range name {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}
