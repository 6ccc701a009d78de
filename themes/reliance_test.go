package themes

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"collate/index"
)

// flagsOf are the flags of a member's position on timelines.
func flagsOf(t *testing.T, a *Analysis, member string) []Flag {
	t.Helper()
	for _, m := range testReport(t, a).Members {
		for _, p := range m.Positions {
			if m.Label == member && p.ThemeID == "timelines" {
				return p.Flags
			}
		}
	}
	t.Fatalf("there is no member %q", member)
	return nil
}

func TestAPositionIsMarkedWhenItsGroundChanges(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(t *testing.T, a *Analysis) error
		kind   FlagKind // "" for none
		text   string
	}{
		{"nothing", func(*testing.T, *Analysis) error { return nil }, "", ""},
		{"tagging again", func(t *testing.T, a *Analysis) error { tagged(t, a); return nil }, "", ""},
		{"another member's passage", func(t *testing.T, a *Analysis) error {
			return a.DecidePassage(t.Context(), PassageDecision{Passage: passageWith(t, a, "provided that"), Theme: "timelines", Tagged: true, Stance: Oppose, Coder: "Ben"})
		}, "", ""},
		{"a confirmation of what stood", func(t *testing.T, a *Analysis) error {
			return a.DecidePassage(t.Context(), PassageDecision{Passage: passageWith(t, a, "reject the delay"), Theme: "timelines", Tagged: true, Stance: Oppose, Coder: "Ben"})
		}, "", ""},
		{"another stance", func(t *testing.T, a *Analysis) error {
			return a.DecidePassage(t.Context(), PassageDecision{Passage: passageWith(t, a, "reject the delay"), Theme: "timelines", Tagged: true, Stance: Mixed, Coder: "Ben"})
		}, FlagStance, `whose stance was "oppose" and is "mixed" now (para no. 1; decided by Ben)`},
		{"off the theme", func(t *testing.T, a *Analysis) error {
			return a.DecidePassage(t.Context(), PassageDecision{Passage: passageWith(t, a, "reject the delay"), Theme: "timelines", Coder: "Ben"})
		}, FlagRecoded, "not on the theme any more (para no. 1; decided by Ben)"},
		{"another passage on the theme", func(t *testing.T, a *Analysis) error {
			return a.DecidePassage(t.Context(), PassageDecision{Passage: passageWith(t, a, "national standards"), Theme: "timelines", Tagged: true, Coder: "Ben"})
		}, FlagMore, "Ben put another passage on the theme since"},
		{"a later submission on it", func(t *testing.T, a *Analysis) error {
			_, err := a.Add(t.Context(), "Alpha/b.txt", []byte("Also, children wait."))
			tagged(t, a)
			return err
		}, FlagMore, "the member says more on it in a submission that came later: Alpha/b.txt"},
		{"a later submission on something else", func(t *testing.T, a *Analysis) error {
			_, err := a.Add(t.Context(), "Alpha/b.txt", []byte("Good luck."))
			tagged(t, a)
			return err
		}, "", ""},
		{"left out", func(t *testing.T, a *Analysis) error {
			return a.SetUse(t.Context(), "Alpha/a.txt", index.UseLeaveOut, "withdrawn by them", "Ben")
		}, FlagWithdrawn, "rests on a submission that was left out: Alpha/a.txt: Left out by Ben: withdrawn by them"},
		{"another member's", func(t *testing.T, a *Analysis) error {
			return a.SetMember(t.Context(), "Alpha/a.txt", "Beta", "Ben")
		}, FlagWithdrawn, "rests on words that are another member's now: Alpha/a.txt"},
		{"a newer file of its name", func(t *testing.T, a *Analysis) error {
			_, err := a.Add(t.Context(), "Alpha/a.txt", []byte("We oppose the timetable, the delay, and everything.\nWe support national standards."))
			tagged(t, a)
			return err
		}, FlagSuperseded, "rests on a superseded version: Alpha/a.txt: A newer file of the same name replaces it"},
		{"a newer file with the same words in it", func(t *testing.T, a *Analysis) error {
			_, err := a.Add(t.Context(), "Alpha/a.txt", []byte("Dear all.\nWe oppose the timetable and reject the delay.\nWe support national standards."))
			tagged(t, a)
			return err
		}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := testAnalysis(t, "Alpha\nBeta\nGamma\nDelta\n", threeMembers)
			if err := a.DecidePosition(t.Context(), "Alpha", "timelines", PositionDecision{Stance: Oppose, Text: "Alpha says no.", Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
			if err := tt.change(t, a); err != nil {
				t.Fatal(err)
			}
			if got := testReport(t, a).Members[0].Positions[0]; got.Line != "Alpha says no." || got.Own != "Ann" || got.State != Edited {
				t.Errorf("the position is %+v, want Ann's, as she wrote it", got)
			}
			got := flagsOf(t, a, "Alpha")
			marked := slices.ContainsFunc(got, func(f Flag) bool { return f.Kind == tt.kind && strings.Contains(f.Text, tt.text) })
			if (tt.kind == "") != (len(got) == 0) || tt.kind != "" && !marked {
				t.Errorf("flags %+v, want %q: %s", got, tt.kind, tt.text)
			}
			if tt.kind == "" {
				return
			}
			if !slices.ContainsFunc(testReport(t, a).Notes, func(n string) bool { return strings.HasPrefix(n, "1 position rests") }) {
				t.Errorf("no note says that a position rests on what changed: %q", testReport(t, a).Notes)
			}
			if err := a.DecidePosition(t.Context(), "Alpha", "timelines", PositionDecision{Stance: Oppose, Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
			if got := flagsOf(t, a, "Alpha"); len(got) > 0 {
				t.Errorf("decided again, it is marked still: %+v", got)
			}
		})
	}
}

func passageWith(t *testing.T, a *Analysis, words string) string {
	t.Helper()
	id, _ := codingOf(t, a, words, "timelines")
	return id
}

func TestFlagsTellNoSecrets(t *testing.T) {
	a := testAnalysis(t, "Alpha\nQuiet Place,,,,confidential\n", [][2]string{{"Quiet Place/a.txt", "We oppose the timetable of the Quiet Place."}})
	if err := a.DecidePosition(t.Context(), "Quiet Place", "timelines", PositionDecision{Stance: Oppose, Text: "Quiet Place says no.", Condition: "", Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.EditJoint(t.Context(), "timelines", "All but the Quiet Place agree.", Who{Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SignOff(t.Context(), "Quiet Place", "timelines", Dissents, "Quiet Place never agrees", Who{Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SetRedLine(t.Context(), "Quiet Place", "timelines", "the words of it", Who{Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SetUse(t.Context(), "Quiet Place/a.txt", index.UseLeaveOut, "Quiet Place asked", "Ann"); err != nil {
		t.Fatal(err)
	}
	r := testReport(t, a)
	flags := 0
	for _, m := range r.Members {
		for _, p := range m.Positions {
			for _, f := range p.Flags {
				flags++
				if strings.Contains(f.Text, "Quiet") {
					t.Errorf("a flag tells %q", f.Text)
				}
			}
		}
	}
	j := r.theme("timelines").Joint
	for _, text := range []string{j.Line, j.Dissent, j.Outside.Line, j.RedLines[0].Words, j.SignOffs[1].Note, j.RedLines[0].Member} {
		if strings.Contains(text, "Quiet") || strings.Contains(text, "the words of it") {
			t.Errorf("the joint position tells %q", text)
		}
	}
	if flags == 0 || j.Outside.Problem == "" {
		t.Errorf("%d flags and the problem %q: both are to be there", flags, j.Outside.Problem)
	}
}

// timedAnalysis is testAnalysis with a clock that the test moves.
func timedAnalysis(t *testing.T, now *time.Time) *Analysis {
	t.Helper()
	opt := Options{Tool: "collate test", Options: index.Options{Now: func() time.Time { return *now }, Read: readPlain, CacheDir: t.TempDir()}}
	a, err := Create(t.Context(), filepath.Join(t.TempDir(), "timed.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(testCodebook), "Ann"); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestRedLinesGoAlongWithAMerge(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	by := Who{Coder: "Ann"}
	for member, theme := range map[string]string{"Alpha": "timelines", "Beta": "ap"} {
		if err := a.SetRedLine(t.Context(), member, theme, "not on "+theme, by); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.SetRedLine(t.Context(), "Alpha", "ap", "never", by); err != nil {
		t.Fatal(err)
	}
	if err := a.Decide(t.Context(), []index.Decision{{Kind: index.ByPerson, Coder: "Ann", Act: index.ActCarry, Subject: "ap", Theme: "timelines", Value: "{}"}}); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, l := range testReport(t, a).theme("timelines").Joint.RedLines {
		got += l.Member + " " + l.Words + "; "
	}
	if want := "Alpha not on timelines; Beta not on ap; "; got != want {
		t.Errorf("red lines %q, want %q", got, want)
	}
}

// TestASignOffIsOfTheWordsThatWereSigned signs, changes the line and changes it back.
func TestASignOffIsOfTheWordsThatWereSigned(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\nDelta\n", threeMembers)
	by := Who{Coder: "Ann"}
	if err := a.SignOff(t.Context(), "Delta", "timelines", Agreed, "", by); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		change func() error
		stale  int
	}{
		{"as signed", func() error { return nil }, 0},
		{"more is confirmed, the statement is the same", func() error { return a.CheckPosition(t.Context(), "Beta", "timelines", by) }, 0},
		{"a person's line", func() error { return a.EditJoint(t.Context(), "timelines", "We are split.", by) }, 1},
		{"the drafted one again", func() error { return a.ResetJoint(t.Context(), "timelines", by) }, 0},
		{"another count", func() error {
			return a.DecidePosition(t.Context(), "Gamma", "timelines", PositionDecision{Stance: Oppose, Coder: "Ann"})
		}, 1},
		{"taken back", func() error { return a.SignOff(t.Context(), "Delta", "timelines", NotYet, "", by) }, 0},
	} {
		if err := tt.change(); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got := testReport(t, a).theme("timelines").Joint.Signed; got.Stale != tt.stale {
			t.Errorf("%s: %+v, want %d of an earlier wording", tt.name, got, tt.stale)
		}
	}
}

// TestACheckHoldsForItsWords checks a drafted line; once another is drafted it is a suggestion again, and says so.
func TestACheckHoldsForItsWords(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	by := Who{Coder: "Ann"}
	if err := a.CheckJoint(t.Context(), "timelines", by); err != nil {
		t.Fatal(err)
	}
	if j := testReport(t, a).theme("timelines").Joint; j.State != Checked || j.By != "Ann" || j.On != "2023-05-19" || len(j.Flags) > 0 {
		t.Errorf("checked, the line is %q by %q on %q with %+v", j.State, j.By, j.On, j.Flags)
	}
	if err := a.DecidePosition(t.Context(), "Beta", "timelines", PositionDecision{Stance: Oppose, Coder: "Ben"}); err != nil {
		t.Fatal(err)
	}
	j := testReport(t, a).theme("timelines").Joint
	if j.State != Suggested || len(j.Flags) != 2 || j.Flags[0].Kind != FlagWording || j.Flags[1].Text != `Beta was "With conditions" when it was written and is "Oppose" now` {
		t.Errorf("with other counts, the line is %q with %+v", j.State, j.Flags)
	}
	if err := a.EditJoint(t.Context(), "timelines", "We are split.", by); err != nil {
		t.Fatal(err)
	}
	if err := a.CheckJoint(t.Context(), "timelines", Who{Coder: "Ben"}); err != nil {
		t.Fatal(err)
	}
	if j := testReport(t, a).theme("timelines").Joint; j.State != Checked || j.By != "Ben" || j.Line != "We are split." || j.Outside.Line != "We are split." {
		t.Errorf("a person's line that another checked is %q, %q by %q, and outside %q", j.Line, j.State, j.By, j.Outside.Line)
	}
}

// TestFlagsDoNotLeadToWhatWasSaidInConfidence gives one passage of a named member in confidence and changes its stance.
func TestFlagsDoNotLeadToWhatWasSaidInConfidence(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	id := passageWith(t, a, "reject the delay")
	if err := a.DecidePosition(t.Context(), "Alpha", "timelines", PositionDecision{Stance: Oppose, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SetConsent(t.Context(), id, index.Confidential, "Ann"); err != nil {
		t.Fatal(err)
	}
	if err := a.DecidePassage(t.Context(), PassageDecision{Passage: id, Theme: "timelines", Tagged: true, Stance: Mixed, Coder: "Ben"}); err != nil {
		t.Fatal(err)
	}
	flags := flagsOf(t, a, "Alpha")
	if len(flags) != 1 || flags[0].Passage+flags[0].Ref != "" || strings.Contains(flags[0].Text, "no. 1") || strings.Contains(flags[0].Text, "mixed") || strings.Contains(flags[0].Text, id) {
		t.Errorf("flags %+v, want one that does not lead to the passage", flags)
	}
}
