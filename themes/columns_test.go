package themes

import (
	"path/filepath"
	"testing"
	"time"

	"collate/index"
	"collate/index/extract"
)

// TestDecisionsFollowWordsThroughOtherColumns reads a survey again in which a person has decided: what stands in it still keeps its
// decisions, and what does not is listed.
func TestDecisionsFollowWordsThroughOtherColumns(t *testing.T) {
	const oneSender = "Response ID,Region,What of the timetable?,What else?\n1,East,We oppose the delay and the timetable.,We support national standards.\n2,West,We wait.,We support the timetable.\n"
	const organisations = "Response ID,Name of organisation,What of the timetable?,What else?\n1,Elm Forum,We oppose the delay and the timetable.,We support national standards.\n2,Oak Forum,We wait.,We support the timetable.\n"
	for _, tc := range []struct{ name, survey string }{{"one sender's", oneSender}, {"of organisations, whose passages get new ids", organisations}} {
		t.Run(tc.name, func(t *testing.T) {
			ctx := t.Context()
			opt := Options{Options: index.Options{Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir()}}
			a, err := Create(ctx, filepath.Join(t.TempDir(), "test.collate"), opt)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if err := a.SetCodebook(ctx, "themes.yaml", []byte(testCodebook), "Ann"); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Add(ctx, "survey.csv", []byte(tc.survey)); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Tag(ctx); err != nil {
				t.Fatal(err)
			}
			for _, q := range testReport(t, a).Quotes {
				if err := a.DecidePassage(ctx, PassageDecision{Passage: q.Passage, Theme: q.ThemeID, Tagged: true, Stance: Mixed, Coder: "Ann"}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := a.SetColumns(ctx, "survey.csv", extract.Hints{Columns: map[string]extract.ColumnRole{"What else?": extract.Ignored}}); err != nil {
				t.Fatal(err)
			}
			r := testReport(t, a)
			kept, listed := 0, 0
			for _, q := range r.Quotes {
				if q.Words == "We oppose the delay and the timetable." && q.Stance == Mixed {
					kept++
				}
				if q.Words == "We support national standards." {
					t.Errorf("the words of a column that is ignored are quoted: %+v", q)
				}
			}
			for _, x := range r.Excluded {
				if x.What == "decision" {
					listed++
				}
			}
			if kept == 0 || listed != 2 {
				t.Errorf("%d decisions kept and %d listed, want some and 2: %+v", kept, listed, r.Excluded)
			}
		})
	}
}
