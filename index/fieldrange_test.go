package index

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"collate/index/extract"
)

func TestFieldRanges(t *testing.T) {
	tests := []struct {
		field, yes, no string // values between spaces
	}{
		{"page:3", "3", "0 2 4"},
		{"page:3..7", "3 5 7", "0 2 8"},
		{"page:3..", "3 99", "0 2"},
		{"page:..3", "1 3", "0 4"}, // 0 is no page
		{"page:>3", "4", "0 3"},
		{"page:>=3", "3 4", "2"},
		{"page:<3", "1 2", "0 3"},
		{"page:<=3", "1 3", "0 4"},
		{"words:>100", "101", "0 100"},
		{"words:..9", "0 9", "10"},
		{"date:2023", "2023-01-01 2023-12-31 2023-05-01T10:00:00Z", "2022-12-31 2024-01-01"},
		{"date:2023-04", "2023-04-01 2023-04-30T23:59:59+01:00", "2023-05-01 2023-03-31"},
		{"date:2023-04-28", "2023-04-28 2023-04-28T10:00:00Z", "2023-04-27"},
		{"date:2023-04..2023-05", "2023-04-01 2023-05-31", "2023-03-31 2023-06-01"},
		{"date:2023-04-28..2023", "2023-04-28 2023-12-31", "2023-04-27 2024-01-01"},
		{"date:<2023-05-01", "2023-04-30", "2023-05-01"},
		{"date:<=2023-05", "2023-05-31", "2023-06-01"},
		{"date:>2023-05", "2023-06-01", "2023-05-31"},
		{"date:>=2023-05", "2023-05-01", "2023-04-30"},
		{"date:2023..", "2024-01-01", "2022-12-31"},
		{"consent:Anonymous", "anonymous", "attributable confidential"},
		{"consent:attributable", "attributable", "anonymous confidential"},
		{`place:"page 3"`, "3", "0 30 31"},
		{`place:PAGE`, "3 30", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.field, func(t *testing.T) {
			for value, want := range expected(tt.yes, tt.no) {
				if got := fieldHolds(t, tt.field, value); got != want {
					t.Errorf("%s of %s: %v, want %v", tt.field, value, got, want)
				}
			}
		})
	}
	if fieldHolds(t, "date:..2030", "") {
		t.Error("a document without a date is from before 2031")
	}
}

func expected(yes, no string) map[string]bool {
	out := map[string]bool{}
	for _, v := range strings.Fields(yes) {
		out[v] = true
	}
	for _, v := range strings.Fields(no) {
		out[v] = false
	}
	return out
}

// fieldHolds asks the field of a passage that has the value in whatever the field is about.
func fieldHolds(t *testing.T, field, value string) bool {
	t.Helper()
	p := &Passage{ID: "p", Sha: "s"}
	p.Words, _ = number(value)
	p.Place.Page, _ = number(value)
	sub := &Submission{Consent: Attributable, Document: &extract.Document{Facts: extract.Facts{Date: value}}}
	if c, ok := (Field{"consent", value}).consent(); ok {
		sub.Consent = c
	}
	s := &Snapshot{bySha: map[string]*Submission{"s": sub}, Passages: []*Passage{p}}
	holds, err := s.field(mustParse(t, field).Fields()[0])
	if err != nil {
		t.Fatal(err)
	}
	return holds(0)
}

// TestFieldFaults checks that a value that cannot be is refused with the query and again with the field, and that every
// message's example can be written.
func TestFieldFaults(t *testing.T) {
	s := &Snapshot{}
	for _, field := range []Field{{"page", "x"}, {"page", "1..x"}, {"page", ">"}, {"page", "12345"}, {"words", "-1"}, {"words", "2..1"}, {"date", "28 April 2023"},
		{"date", "2023-02-30"}, {"date", "2023-05..2023-04"}, {"date", ".."}, {"date", "<"}, {"consent", "no"}} {
		for _, err := range []error{second(s.field(field)), second(ParseQuery(field.Name + `:"` + field.Value + `"`))} {
			var e *QueryError
			if !errors.As(err, &e) || !strings.HasPrefix(e.Message, field.Name+": ") {
				t.Errorf("%s:%s: error %v, want a QueryError", field.Name, field.Value, err)
			}
		}
	}
	for _, name := range FieldNames() {
		mustParse(t, name+":"+example(name))
	}
}

func second[T any](_ T, err error) error { return err }

func TestFieldsOfOthers(t *testing.T) {
	known := map[string]bool{}
	for _, name := range FieldNames() {
		f := mustParse(t, name+":"+example(name)).Fields()[0]
		_, err := (&Snapshot{}).field(f)
		known[name] = err == nil
	}
	var left []string
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if !known[name] {
			left = append(left, name)
		}
	}
	if got, want := strings.Join(left, " "), "checked stance theme"; got != want {
		t.Errorf("the record cannot answer %s, want %s", got, want)
	}
}
