package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

const columnsSurvey = "Response ID,Name of group,What do you think of the timetable?,What else?\n" +
	"1,Riverside Forum,It is far too slow for the children who are waiting.,Nothing more than that.\n" +
	"2,Sundial Forum,It is about right and should be kept as it is.,\n" +
	"3,Riverside Forum,The waiting has to stop this year.,It is far too slow for the children who are waiting.\n"

func newSurveyConsultation(t *testing.T) *Consultation {
	t.Helper()
	c := newTestConsultation(t)
	c.opt.Read = extract.File
	if _, err := c.Add(t.Context(), "survey.csv", []byte(columnsSurvey)); err != nil {
		t.Fatal(err)
	}
	return c
}

// said gives every passage that counts as "member: id question: words".
func said(t *testing.T, c *Consultation) []string {
	t.Helper()
	s, err := c.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range s.Passages {
		out = append(out, fmt.Sprintf("%s: %s %s: %s", s.Submission(p).Member, p.ID, p.Place.Question, s.Text(p)))
	}
	slices.Sort(out)
	return out
}

func setColumns(t *testing.T, c *Consultation, h extract.Hints) {
	t.Helper()
	if _, err := c.SetColumns(t.Context(), "survey.csv", h); err != nil {
		t.Fatal(err)
	}
}

func TestSetColumnsReplacesTheReading(t *testing.T) {
	c := newSurveyConsultation(t)
	setColumns(t, c, extract.Hints{Columns: map[string]extract.ColumnRole{"B": extract.Ignored}})
	before := said(t, c)
	if len(before) != 5 {
		t.Fatalf("got %q, want 5 passages", before)
	}
	if got := found(t, c, "nothing"); got != 1 {
		t.Errorf("a search finds %d passages, want 1", got)
	}
	setColumns(t, c, extract.Hints{Columns: map[string]extract.ColumnRole{"B": extract.Ignored, "What else?": extract.Ignored}})
	after := said(t, c)
	if len(after) != 3 {
		t.Errorf("got %q, want the 3 passages of one column", after)
	}
	for _, p := range after {
		if !slices.Contains(before, p) {
			t.Errorf("%q has not the id it had in %q", p, before)
		}
	}
	if got := found(t, c, "nothing"); got != 0 {
		t.Errorf("a search finds %d passages that are not read any more", got)
	}
	setColumns(t, c, extract.Hints{Columns: map[string]extract.ColumnRole{"B": extract.Ignored}})
	if diff := cmp.Diff(said(t, c), before); diff != "" {
		t.Errorf("without the correction: -got +want\n%s", diff)
	}
}

func found(t *testing.T, c *Consultation, query string) int {
	t.Helper()
	q, err := ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	a, err := c.Search(t.Context(), mustSnapshot(t, c), q, SearchOptions{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return a.Passages
}

func mustSnapshot(t *testing.T, c *Consultation) *Snapshot {
	t.Helper()
	s, err := c.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSetColumnsSplitsAndJoinsOrganisations(t *testing.T) {
	c := newSurveyConsultation(t)
	members := func() []string {
		var out []string
		for _, m := range mustSnapshot(t, c).Members {
			out = append(out, m.Name)
		}
		return out
	}
	split := []string{"Riverside Forum", "Sundial Forum"}
	steps := []struct {
		name string
		role extract.ColumnRole
		want []string
	}{{"guessed", "", split}, {"one sender's", extract.Ignored, []string{"survey"}}, {"split again", extract.Member, split}}
	var first []string
	for _, step := range steps {
		h := extract.Hints{}
		if step.role != "" {
			h.Columns = map[string]extract.ColumnRole{"B": step.role}
		}
		setColumns(t, c, h)
		if diff := cmp.Diff(members(), step.want); diff != "" {
			t.Errorf("%s: members: -got +want\n%s", step.name, diff)
		}
		if got := said(t, c); len(got) != 5 {
			t.Errorf("%s: got %q, want 5 passages", step.name, got)
		} else if first == nil {
			first = got
		} else if step.role == extract.Member {
			if diff := cmp.Diff(got, first); diff != "" {
				t.Errorf("%s: -got +want\n%s", step.name, diff)
			}
		}
	}
}

func TestSetColumnsHoldsForANewerFile(t *testing.T) {
	c := newSurveyConsultation(t)
	setColumns(t, c, extract.Hints{Columns: map[string]extract.ColumnRole{"Name of group": extract.Ignored, "What else?": extract.Ignored}})
	if _, err := c.Add(t.Context(), "survey.csv", []byte(columnsSurvey+"4,Moor Forum,We have no view of it and will not have one.,No.\n")); err != nil {
		t.Fatal(err)
	}
	if got := said(t, c); len(got) != 4 {
		t.Errorf("got %q, want one column's 4 answers", got)
	}
	if _, err := c.Add(t.Context(), "survey.csv", []byte("Response ID,What else?\n5,We ask for more schools in the north.\n6,We ask for more of everything.\n")); err != nil {
		t.Fatal(err)
	}
	if got := said(t, c); len(got) != 2 {
		t.Errorf("got %q, want the answers of a file that the correction would leave empty", got)
	}
}

func TestSetColumnsThatLeavesNothingChangesNothing(t *testing.T) {
	c := newSurveyConsultation(t)
	before := said(t, c)
	h := extract.Hints{Columns: map[string]extract.ColumnRole{"C": extract.Closed, "D": extract.Closed}}
	if _, err := c.SetColumns(t.Context(), "survey.csv", h); !errors.Is(err, extract.ErrNoText) {
		t.Errorf("got %v, want ErrNoText", err)
	}
	if _, err := c.SetColumns(t.Context(), "nothing.csv", h); !errors.Is(err, ErrNoSubmission) {
		t.Errorf("got %v, want ErrNoSubmission", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.SetColumns(cancelled, "survey.csv", extract.Hints{HeaderRow: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if diff := cmp.Diff(said(t, c), before); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	if h, err := c.Columns(t.Context(), "survey.csv"); err != nil || !h.IsZero() {
		t.Errorf("got %+v, %v, want no columns set", h, err)
	}
}

// TestRecordOfTheFirstSchemaOpens takes a record back to the schema that had no withdrawn parts of surveys.
func TestRecordOfTheFirstSchemaOpens(t *testing.T) {
	c := newSurveyConsultation(t)
	want := said(t, c)
	if _, err := c.record.write.ExecContext(t.Context(), `ALTER TABLE submission DROP COLUMN withdrawn; DROP TABLE part; DROP TABLE replaced; PRAGMA user_version = 1`); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	opt := testOptions(t)
	opt.Read = extract.File
	again, err := Open(t.Context(), c.Path(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if diff := cmp.Diff(said(t, again), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	setColumns(t, again, extract.Hints{Columns: map[string]extract.ColumnRole{"B": extract.Ignored}})
	if got := said(t, again); len(got) != 5 || got[0][:7] != "survey:" {
		t.Errorf("got %q, want 5 passages of the survey", got)
	}
}

// TestColumnsOfSecondCopy corrects the columns of the second of two surveys of the same bytes.
func TestColumnsOfSecondCopy(t *testing.T) {
	for _, corrected := range []string{"a/survey.csv", "b/survey.csv"} {
		c := newTestConsultation(t)
		c.opt.Read = extract.File
		for _, name := range []string{"a/survey.csv", "b/survey.csv"} {
			addSurvey(t, c, name, columnsSurvey)
		}
		for _, step := range []struct {
			hints extract.Hints
			want  int
		}{{role("D", extract.Ignored), 3}, {role("B", extract.Ignored), 5}, {role("D", extract.Ignored), 3}} {
			if _, err := c.SetColumns(t.Context(), corrected, step.hints); err != nil {
				t.Fatal(err)
			}
			if got := said(t, c); len(got) != step.want {
				t.Errorf("%s, %v: got %q, want %d passages", corrected, step.hints.Columns, got, step.want)
			}
			for _, name := range []string{"a/survey.csv", "b/survey.csv"} {
				if h, err := c.Columns(t.Context(), name); err != nil || !cmp.Equal(h, step.hints) {
					t.Errorf("%s is read as %+v, %v, want %+v", name, h, err, step.hints)
				}
			}
		}
	}
}
