package themes

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bookAndCodings is the codebook's text and what is coded on some themes.
func bookAndCodings(t *testing.T, a *Analysis, ids ...string) map[string]any {
	t.Helper()
	text, err := a.CodebookText(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{"text": text, "source": a.Source}
	for _, id := range ids {
		out[id] = codedOn(t, a, id)
	}
	return out
}

func TestCodebookEditsAreTakenBackAndDoneAgain(t *testing.T) {
	tests := []struct {
		name string
		do   func(context.Context, *Analysis) error
	}{
		{"a theme rewritten", func(ctx context.Context, a *Analysis) error {
			x := *a.Codebook.Theme("timelines")
			x.Name, x.Any, x.Examples = "Time", []string{"delay", " ", "delay"}, []string{"It takes too long."}
			return a.ChangeCodebook(ctx, "Ann", "", Rewrite(x))
		}},
		{"one more", func(ctx context.Context, a *Analysis) error {
			return a.ChangeCodebook(ctx, "Ann", "", AddTheme(Theme{Name: "Bands", Any: []string{"bands"}}))
		}},
		{"a merge", func(ctx context.Context, a *Analysis) error { return a.Merge(ctx, "ap", "timelines", "Ann", "") }},
		{"a split", func(ctx context.Context, a *Analysis) error {
			_, err := a.Split(ctx, Split{From: "ap", To: Theme{ID: "late", Name: "Late"}, Query: "timetable", Coder: "Ann"})
			return err
		}},
		{"a theme retired", func(ctx context.Context, a *Analysis) error {
			return a.ChangeCodebook(ctx, "Ann", "", Retire("ap"))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := coded(t, PassageDecision{Passage: "One", Theme: "ap", Tagged: true, Stance: Support}, PassageDecision{Passage: "Two", Theme: "ap"}, PassageDecision{Passage: "Three", Theme: "timelines", Tagged: true})
			ids := []string{"ap", "timelines", "late", "bands"}
			before := bookAndCodings(t, a, ids...)
			e, err := a.EditCodebook(t.Context(), func(ctx context.Context) error { return tt.do(ctx, a) })
			if err != nil || e == nil {
				t.Fatal(e, err)
			}
			after := bookAndCodings(t, a, ids...)
			if cmp.Equal(before, after) {
				t.Fatal("it changed nothing")
			}
			for range 2 {
				if e, err = a.TakeBackCodebook(t.Context(), e, "Ann"); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(before, bookAndCodings(t, a, ids...)); d != "" {
					t.Fatalf("taken back: %s", d)
				}
				if e, err = a.TakeBackCodebook(t.Context(), e, "Ann"); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(after, bookAndCodings(t, a, ids...)); d != "" {
					t.Fatalf("done again: %s", d)
				}
			}
		})
	}
}

func TestRestoredThemeIsMergedAgain(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "One", Theme: "ap", Tagged: true})
	if err := a.Merge(t.Context(), "ap", "timelines", "Ann", ""); err != nil {
		t.Fatal(err)
	}
	merged := bookAndCodings(t, a, "ap", "timelines")
	e, err := a.EditCodebook(t.Context(), func(ctx context.Context) error { return a.Restore(ctx, "ap", "Ann", "") })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.TakeBackCodebook(t.Context(), e, "Ann"); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(merged, bookAndCodings(t, a, "ap", "timelines")); d != "" {
		t.Error(d)
	}
}

func TestTakingBackWaitsForPeople(t *testing.T) {
	a := coded(t)
	add := func(ctx context.Context) error {
		return a.ChangeCodebook(ctx, "Ann", "", AddTheme(Theme{Name: "Bands", Any: []string{"bands"}}))
	}
	e, err := a.EditCodebook(t.Context(), add)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := a.EditCodebook(t.Context(), func(context.Context) error { return nil }); e != nil || err != nil {
		t.Errorf("nothing done gave %v, %v", e, err)
	}
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.DecidePassage(t.Context(), PassageDecision{Passage: s.Passages[3].ID, Theme: "bands", Tagged: true, Coder: "Bob"}); err != nil {
		t.Fatal(err)
	}
	refused := func(words string) {
		t.Helper()
		var edit *EditError
		if _, err := a.TakeBackCodebook(t.Context(), e, "Ann"); !errors.As(err, &edit) || !strings.Contains(edit.Message, words) {
			t.Errorf("got %v, want a refusal with %q", err, words)
		}
	}
	refused("1 decision on bands")
	if err := a.ChangeCodebook(t.Context(), "Bob", "", Describe("bands", "of funding")); err != nil {
		t.Fatal(err)
	}
	refused("changed since")
}
