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

// TestDecisionsFollowWordsToOrganisations reads one sender's survey again as organisations', and back, which changes the ids and the
// members of all passages, and leaves a column out whose passage had the id that its twin has then.
func TestDecisionsFollowWordsToOrganisations(t *testing.T) {
	const survey = "Respondent,Group,What of the timetable?,What else?\n" +
		"1,Elm,We oppose the delay and the timetable.,We oppose the delay and the timetable.\n2,Oak,We wait.,We oppose the delay and the timetable.\n"
	for _, decided := range []string{"row 2, column C", "row 2, column D", "row 3, column D"} {
		t.Run(decided, func(t *testing.T) {
			ctx := t.Context()
			a := newSurveyAnalysis(t, survey)
			set := func(columns map[string]extract.ColumnRole) {
				t.Helper()
				if _, err := a.SetColumns(ctx, "survey.csv", extract.Hints{Columns: columns}); err != nil {
					t.Fatal(err)
				}
				if _, err := a.Tag(ctx); err != nil {
					t.Fatal(err)
				}
			}
			set(map[string]extract.ColumnRole{"B": extract.Ignored})
			for _, q := range testReport(t, a).Quotes {
				if q.Place == decided {
					if err := a.DecidePassage(ctx, PassageDecision{Passage: q.Passage, Theme: q.ThemeID, Tagged: true, Stance: Mixed, Coder: "Ann"}); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, step := range []struct {
				name    string
				columns map[string]extract.ColumnRole
				gone    bool
			}{
				{"organisations", map[string]extract.ColumnRole{"B": extract.Member}, false},
				{"without column C", map[string]extract.ColumnRole{"B": extract.Ignored, "C": extract.Ignored}, decided == "row 2, column C"},
				{"one sender", map[string]extract.ColumnRole{"B": extract.Ignored}, false},
			} {
				set(step.columns)
				r := testReport(t, a)
				places, listed := map[string]bool{}, 0
				for _, q := range r.Quotes {
					if q.Stance == Mixed {
						places[q.Place] = true
					}
				}
				for _, x := range r.Excluded {
					if x.What == "decision" {
						listed++
					}
				}
				if step.gone != (len(places) == 0) || !step.gone && !places[decided] || len(places) > 1 || step.gone != (listed > 0) {
					t.Errorf("%s: the decision stands at %v, and %d are listed", step.name, places, listed)
				}
			}
		})
	}
}

func newSurveyAnalysis(t *testing.T, survey string) *Analysis {
	t.Helper()
	opt := Options{Options: index.Options{Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir()}}
	a, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(testCodebook), "Ann"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Add(t.Context(), "survey.csv", []byte(survey)); err != nil {
		t.Fatal(err)
	}
	return a
}
