package themes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"collate/index"
	"collate/index/extract"
)

// propose records what a machine says.
func propose(t *testing.T, a *Analysis, kind, coder, act, passage, theme, value string) {
	t.Helper()
	d := index.Decision{Kind: kind, Coder: coder, Act: act, Subject: passage, Theme: theme, Value: value, Because: "because: " + coder}
	if err := a.Decide(t.Context(), []index.Decision{d}); err != nil {
		t.Fatal(err)
	}
}

// codingOf is what stands of the passage of a member that holds some words.
func codingOf(t *testing.T, a *Analysis, words, theme string) (id string, c Coding) {
	t.Helper()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.codings(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if strings.Contains(s.Text(p), words) {
			if c := state.passages[codingKey{p.ID, theme}]; c != nil {
				return p.ID, *c
			}
			return p.ID, Coding{}
		}
	}
	t.Fatalf("nobody wrote %q", words)
	return "", Coding{}
}

// TestMachinesDoNotFight has a model find what the rules do not, and take back what only it found; runs of the rules between change nothing.
func TestMachinesDoNotFight(t *testing.T) {
	const model = "suggested (small)"
	a := testAnalysis(t, "Alpha\nBeta\n", threeMembers)
	runRules := func() {
		t.Helper()
		tagging, err := a.Tag(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if tagging.Changed != 0 {
			t.Errorf("the rules changed %d suggestions after the model had spoken", tagging.Changed)
		}
	}
	ruled, _ := codingOf(t, a, "provided that it is kept", "timelines")
	other, _ := codingOf(t, a, "Nothing else", "ap")

	propose(t, a, index.ByModel, model, index.ActTheme, other, "ap", "yes")
	propose(t, a, index.ByModel, model, index.ActStance, other, "ap", "oppose")
	runRules()
	if _, c := codingOf(t, a, "Nothing else", "ap"); !c.Tagged || c.Coder != model || c.Stance != Oppose || c.Confirmed {
		t.Errorf("what the model found and no rule did: %+v", c)
	}
	propose(t, a, index.ByModel, model, index.ActTheme, ruled, "timelines", "yes")
	propose(t, a, index.ByModel, model, index.ActStance, ruled, "timelines", "not stated")
	if _, c := codingOf(t, a, "provided that it is kept", "timelines"); c.Stance != Conditions || c.StanceCoder != rules {
		t.Errorf("the model states no stance and the rules do: %+v", c)
	}
	propose(t, a, index.ByModel, model, index.ActTheme, ruled, "timelines", "no")
	propose(t, a, index.ByModel, model, index.ActTheme, other, "ap", "no")
	runRules()
	if _, c := codingOf(t, a, "provided that it is kept", "timelines"); !c.Tagged || c.Coder != rules {
		t.Errorf("the model took back its own and the rules' stands: %+v", c)
	}
	if _, c := codingOf(t, a, "Nothing else", "ap"); c.Tagged {
		t.Errorf("the model took back what only it had found: %+v", c)
	}

	if err := a.DecidePassage(t.Context(), PassageDecision{Passage: other, Theme: "ap", Tagged: false, Stance: NotStated, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	propose(t, a, index.ByModel, model, index.ActTheme, other, "ap", "yes")
	propose(t, a, index.ByModel, model, index.ActStance, other, "ap", "support")
	if _, c := codingOf(t, a, "Nothing else", "ap"); c.Tagged || !c.Confirmed || c.Coder != "Ann" || c.Stance != NotStated {
		t.Errorf("a model over a person: %+v", c)
	}
}

// TestBlindCodingsFollowTheirWords has a later version of a submission take the place of the coded one.
func TestBlindCodingsFollowTheirWords(t *testing.T) {
	const words = "We oppose the timetable and reject the delay, since it does too little and comes too late for those who wait."
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", words}})
	if _, err := a.DrawSample(t.Context(), 5, 9, "Lead"); err != nil {
		t.Fatal(err)
	}
	id, _ := codingOf(t, a, "reject the delay", "timelines")
	d := index.Decision{Kind: index.ByPerson, Coder: "Ann", Act: index.ActBlind, Subject: id, Theme: "timelines", Value: "yes: oppose"}
	if err := a.Decide(t.Context(), []index.Decision{d}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Add(t.Context(), "Alpha/a.txt", []byte("A new first line.\n"+words)); err != nil {
		t.Fatal(err)
	}
	sheet, err := a.BlindSheet(t.Context(), "Ann")
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Rows) != 1 || sheet.Rows[0].Passage == id || sheet.Rows[0].Words != words || sheet.Rows[0].Codes[0] != (BlindCode{"yes", Oppose}) {
		t.Errorf("%+v, first drawn as %s", sheet.Rows, id)
	}
	if _, c := codingOf(t, a, "reject the delay", "timelines"); c.Confirmed || c.Coder == "Ann" {
		t.Errorf("a blind coding became a decision: %+v", c)
	}
}

// FuzzBlindSheet reads sheets of anything, a line a row and a tab between cells: what is taken is of the sample and of the codebook, and
// nothing is taken of a passage whose words are not there.
func FuzzBlindSheet(f *testing.F) {
	const head = "Passage\tWords\tFinished\tTimelines [timelines]\t[timelines] stance\n"
	f.Add("Ann", head+"PID\tWORDS\tyes\tyes\tSupport")
	f.Add("Ann", head+"PID\tWORDS\t\t\t\nPID\tWORDS\tyes")
	f.Add("", head)
	f.Add("Ann", "Passage\t[x] stance\t]\t[\t[]\nPID")
	p := &index.Passage{ID: "PID", Sha: "s", End: 5}
	b := &builder{Analysis: &Analysis{Codebook: &Codebook{Themes: []Theme{{ID: "timelines", Name: "Timelines"}, {ID: "ap", Name: "AP"}}}}}
	f.Fuzz(func(t *testing.T, coder, cells string) {
		coding := extract.Sheet{Name: BlindCoding}
		for i, line := range strings.Split(cells, "\n") {
			coding.Rows = append(coding.Rows, extract.SheetRow{Number: i + 1, Cells: strings.Split(line, "\t")})
		}
		r := blindReader{b: b, d: &doubleCoding{sample: []*index.Passage{p}, codes: map[blindKey]blindCode{}}, text: func(*index.Passage) string { return "WORDS" }, out: &BlindImport{}, seen: map[string]bool{}}
		if err := r.read([]extract.Sheet{coding, {Name: BlindAbout, Rows: []extract.SheetRow{{Cells: []string{BlindCoder, coder}}}}}); err != nil {
			return
		}
		if len(r.decisions) > 2 || len(r.decisions) != r.out.Taken || len(r.out.Refused) > maxRefused {
			t.Fatalf("%d decisions of one passage and two themes: %+v", len(r.decisions), r.out)
		}
		for _, d := range r.decisions {
			if d.Subject != "PID" || d.Act != index.ActBlind || d.Coder == "" || !strings.Contains(cells, "WORDS") {
				t.Fatalf("taken: %+v", d)
			}
			value, stance, _ := strings.Cut(d.Value, ": ")
			if value != "yes" && (value != "no" || stance != "") || stance != "" && !slices.Contains(Stances, Stance(stance)) {
				t.Fatalf("taken: %q", d.Value)
			}
		}
	})
}

func TestDrawOrderIsStable(t *testing.T) {
	var passages []*index.Passage
	for i := range 50 {
		passages = append(passages, &index.Passage{ID: fmt.Sprint("P", i)})
	}
	all := inDrawOrder(passages, 4)
	fewer := inDrawOrder(slices.Concat(passages[:20], passages[25:]), 4)
	want := slices.DeleteFunc(slices.Clone(all), func(p *index.Passage) bool { return slices.Contains(passages[20:25], p) })
	if !slices.Equal(want, fewer) {
		t.Error("passages that left change the order of the others")
	}
	if slices.Equal(all, inDrawOrder(passages, 5)) || slices.Equal(all, passages) {
		t.Error("the order is not the seed's")
	}
}
