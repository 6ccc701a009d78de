package themes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

func TestTryThemeIsWhatSavingDoes(t *testing.T) {
	rules := func(any, none []string) func(*Theme) { return func(x *Theme) { x.Any, x.None = any, none } }
	tests := []struct {
		name   string
		theme  string
		change func(*Theme)
		want   string
	}{
		{"one rule more, one less", "timelines", rules([]string{"bands"}, nil), "adds [Four], loses [One], now 1 of 1 right and 1 missed, then 0 of 0 right and 2 missed"},
		{"what keeps off", "ap", rules([]string{"provision"}, []string{"timetable"}), "adds [], loses [One], now 0 of 1 right and 0 missed, then 0 of 1 right and 0 missed"},
		{"a new one", "", func(x *Theme) { x.Name, x.Any = "New", []string{"provision"} }, "adds [One Two Five], loses [], now 0 of 0 right and 0 missed, then 0 of 0 right and 0 missed"},
		{"nothing", "ap", func(*Theme) {}, "adds [], loses [], now 0 of 1 right and 0 missed, then 0 of 1 right and 0 missed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := coded(t, PassageDecision{Passage: "Two", Theme: "ap"}, PassageDecision{Passage: "Three", Theme: "timelines", Tagged: true}, PassageDecision{Passage: "Five", Theme: "timelines", Tagged: true})
			var x Theme
			if tt.theme != "" {
				x = *a.Codebook.Theme(tt.theme)
			}
			tt.change(&x)
			trial, err := a.TryTheme(t.Context(), x, 10)
			if err != nil {
				t.Fatal(err)
			}
			first := func(of []ChangedPassage) []string {
				out := []string{}
				for _, p := range of {
					out = append(out, firstWord(p.Words))
				}
				return out
			}
			score := func(s RulesScore) string {
				return fmt.Sprintf("%d of %d right and %d missed", s.Right, s.Reviewed, s.Missed)
			}
			if got := fmt.Sprintf("adds %v, loses %v, now %s, then %s", first(trial.Added), first(trial.Lost), score(trial.Now), score(trial.Then)); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
			was := proposedBy(t, a, trial.Theme)
			change := AddTheme(x)
			if tt.theme != "" {
				change = Rewrite(x)
			}
			if err := a.ChangeCodebook(t.Context(), "Ann", "", change); err != nil {
				t.Fatal(err)
			}
			var adds, loses []string
			is := proposedBy(t, a, trial.Theme)
			for p := range is {
				if !was[p] {
					adds = append(adds, p)
				}
			}
			for p := range was {
				if !is[p] {
					loses = append(loses, p)
				}
			}
			if len(adds) != trial.Adds || len(loses) != trial.Loses {
				t.Errorf("saving adds %v and loses %v, the trial said %d and %d", adds, loses, trial.Adds, trial.Loses)
			}
		})
	}
}

// proposedBy are the passages that the rules of a theme propose and nobody decided on.
func proposedBy(t *testing.T, a *Analysis, id string) map[string]bool {
	t.Helper()
	s, state, err := a.current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, p := range s.Passages {
		c := state.passages[codingKey{p.ID, id}]
		if theme := a.theme(id); theme != nil && (c == nil || !c.Confirmed) {
			if _, ok := a.Codebook.match(theme, index.Analyse(s.Whole(p))); ok {
				out[p.ID] = true
			}
		}
	}
	return out
}

func TestTrySplitIsWhatSplittingDoes(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "One", Theme: "ap", Tagged: true})
	x := Split{From: "ap", To: Theme{Name: "Timetables"}, Query: "timetable OR five", Coder: "Ann"}
	trial, err := a.TrySplit(t.Context(), x, 10)
	if err != nil {
		t.Fatal(err)
	}
	if trial.Moves != 1 || trial.From.Loses != 1 || trial.To.Adds != 2 || len(trial.To.Added) != 2 {
		t.Errorf("got %+v, %+v, %+v", trial, trial.From, trial.To)
	}
	moved, err := a.Split(t.Context(), x)
	if err != nil || moved != trial.Moves {
		t.Error(moved, err)
	}
	if got := proposedBy(t, a, trial.To.Theme); len(got) != 1 { // One is a person's by now
		t.Errorf("the rules of the new theme propose %v", got)
	}
}

func TestTrialWithholdsWhatIsConfidential(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\n", [][2]string{{"Alpha/a.txt", "Bands for every child at Beta, please."}, {"Beta/b.txt", "Bands are secret here."}})
	if err := a.SetConsent(t.Context(), "Beta", index.Confidential, "Ann"); err != nil {
		t.Fatal(err)
	}
	trial, err := a.TryTheme(t.Context(), Theme{Name: "Bands", Any: []string{"bands"}}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprint(trial.Added); trial.Adds != 2 || strings.Contains(shown, "secret") || strings.Contains(shown, "Beta") || strings.Contains(shown, "every child") {
		t.Errorf("adds %d: %s", trial.Adds, shown)
	}
}

func TestClippedMarksThePlace(t *testing.T) {
	long := strings.Repeat("before é ", 40) + "HIT" + strings.Repeat(" after ü", 40)
	for _, tt := range []struct{ name, text, hit string }{
		{"in the middle of much", long, "HIT"},
		{"at the beginning", "HIT after", "HIT"},
		{"at the end", "before  \n HIT", "HIT"},
		{"two words over a line's end", "a  b\nc d", "b\nc"},
		{"in a word", "before (HIT).", "HIT"},
	} {
		at := strings.Index(tt.text, tt.hit)
		got, mark := clipped(tt.text, index.Span{Start: at, End: at + len(tt.hit)})
		if d := cmp.Diff(got[mark.Start:mark.End], strings.Join(strings.Fields(tt.hit), " ")); d != "" || slices.Contains(strings.Split(strings.Trim(got, "…"), " "), "") {
			t.Errorf("%s: %q, %s", tt.name, got, d)
		}
	}
}
