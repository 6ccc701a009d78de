package themes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// codedOn says how each passage of a member stands on a theme: "yes Ann (why)", "no Ann", "yes rules".
func codedOn(t *testing.T, a *Analysis, theme string) map[string]string {
	t.Helper()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.codings(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, p := range s.Passages {
		c := state.passages[codingKey{p.ID, theme}]
		if c == nil || !c.Tagged && !c.Confirmed {
			continue
		}
		how := map[bool]string{true: "yes ", false: "no "}[c.Tagged] + c.Coder
		if c.StanceConfirmed {
			how += " " + string(c.Stance) + " " + c.StanceCoder
		}
		if c.Confirmed {
			how += " (" + c.Because + ")"
		}
		out[firstWord(s.Text(p))] = how
	}
	return out
}

func firstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }

// coded is an analysis on which Ann has decided: one passage a line, each named by its first word.
func coded(t *testing.T, decisions ...PassageDecision) *Analysis {
	t.Helper()
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", strings.Join([]string{
		"One alternative provision has a timetable.", "Two alternative provision.", "Three delay.", "Four bands.", "Five alternative provision.",
	}, "\n")}})
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range decisions {
		for _, p := range s.Passages {
			if firstWord(s.Text(p)) == d.Passage {
				d := d
				d.Passage, d.Coder = p.ID, "Ann"
				if err := a.DecidePassage(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return a
}

func tagged(t *testing.T, a *Analysis) {
	t.Helper()
	if _, err := a.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestMergeCarriesWhatPeopleDecided(t *testing.T) {
	a := coded(t,
		PassageDecision{Passage: "Two", Theme: "ap", Tagged: true, Stance: Oppose, Because: "it says so"},
		PassageDecision{Passage: "Four", Theme: "ap", Tagged: true},
		PassageDecision{Passage: "Four", Theme: "timelines"}, // no on the one, yes on the other: yes on both together
		PassageDecision{Passage: "Three", Theme: "ap"},       // no to what the rules put on the other
		PassageDecision{Passage: "Five", Theme: "ap"},        // no, which the rules that come over must not outvote
	)
	ctx := t.Context()
	before, other := codedOn(t, a, "timelines"), codedOn(t, a, "ap")
	if err := a.DecidePosition(ctx, "Alpha", "ap", PositionDecision{Stance: Mixed, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Merge(ctx, "ap", "timelines", "Bob", "they are one"); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	want := map[string]string{
		"One":   "yes rules",
		"Two":   "yes Ann oppose Ann (merged from ap: it says so)",
		"Three": "yes rules",
		"Four":  "yes Ann (merged from ap)",
		"Five":  "no Ann (merged from ap)",
	}
	if d := cmp.Diff(want, codedOn(t, a, "timelines")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(other, codedOn(t, a, "ap")); d != "" {
		t.Errorf("what is on the merged theme cannot be seen any more: %s", d)
	}
	r := testReport(t, a)
	if got := standingsOn(r, "timelines")["Alpha"]; got != Mixed || len(r.Themes) != 2 {
		t.Errorf("Alpha's position is %s on %d themes, want mixed on 2", got, len(r.Themes))
	}
	listed := slices.ContainsFunc(r.Excluded, func(x Exclusion) bool {
		return x.What == "theme" && x.Name == "Alternative provision" && strings.Contains(x.Reason, "3 passages of 1 member, 2 of them checked by a person, and 1 position that")
	})
	if !listed {
		t.Errorf("the merged theme is not listed: %+v", r.Excluded)
	}
	if d := cmp.Diff([]string{"timetable*", "delay*", "wait", `"alternative provision"`}, a.Codebook.Theme("timelines").Any); d != "" {
		t.Error(d)
	}

	// Taken back, all is as it was; what was decided since on the theme that took it over stays.
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if firstWord(s.Text(p)) == "Five" {
			if err := a.DecidePassage(ctx, PassageDecision{Passage: p.ID, Theme: "timelines", Tagged: true, Coder: "Cy", Because: "late"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := a.Restore(ctx, "ap", "Bob", ""); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	before["Five"] = "yes Cy (late)"
	if d := cmp.Diff(before, codedOn(t, a, "timelines")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(other, codedOn(t, a, "ap")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(parsed(t, testCodebook).Theme("timelines"), a.Codebook.Theme("timelines"), sameThemes()); d != "" {
		t.Error(d)
	}
	if err := a.Merge(ctx, "ap", "timelines", "Bob", "after all"); err != nil {
		t.Fatal(err)
	}
	if got := codedOn(t, a, "timelines")["Two"]; got != want["Two"] {
		t.Errorf("merged again, it is %q, want %q", got, want["Two"])
	}
}

func TestMergesInARow(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "Two", Theme: "ap", Tagged: true})
	ctx := t.Context()
	for _, pair := range [][2]string{{"ap", "standards"}, {"standards", "timelines"}} {
		if err := a.Merge(ctx, pair[0], pair[1], "Bob", ""); err != nil {
			t.Fatal(err)
		}
	}
	if got := codedOn(t, a, "timelines")["Two"]; got != "yes Ann (merged from standards: merged from ap)" {
		t.Errorf("Two is %q", got)
	}
	if err := a.Restore(ctx, "ap", "Bob", ""); err != nil {
		t.Fatal(err)
	}
	if got, ok := codedOn(t, a, "timelines")["Two"]; ok {
		t.Errorf("with the first merge undone, Two is %q in the second", got)
	}
}

func TestSplitMovesWhatItIsTold(t *testing.T) {
	decided := []PassageDecision{
		{Passage: "One", Theme: "ap", Tagged: true, Stance: Support},
		{Passage: "Two", Theme: "ap", Tagged: true},
		{Passage: "Five", Theme: "ap"},
	}
	tests := []struct {
		name     string
		split    Split
		moved    int
		old, new map[string]string
	}{
		{"by a search", Split{Query: "timetable OR five"}, 2,
			map[string]string{"One": "no Bob (split off to pace)", "Two": "yes Ann (%s)", "Five": "no Ann (%s)"},
			map[string]string{"One": "yes Ann support Ann (split from ap)", "Five": "no Ann (split from ap)"}},
		{"by passages", Split{Passages: []string{"Two", "Three"}}, 2,
			map[string]string{"One": "yes Ann support Ann (%s)", "Two": "no Bob (split off to pace)", "Three": "no Bob (split off to pace)", "Five": "no Ann (%s)"},
			map[string]string{"Two": "yes Ann (split from ap)", "Three": "yes Bob (split from ap)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := coded(t, decided...)
			s, err := a.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for i, word := range tt.split.Passages {
				for _, p := range s.Passages {
					if firstWord(s.Text(p)) == word {
						tt.split.Passages[i] = p.ID
					}
				}
			}
			before := codedOn(t, a, "ap")
			tt.split.From, tt.split.To, tt.split.Coder = "ap", Theme{Name: "Pace"}, "Bob"
			n, err := a.Split(t.Context(), tt.split)
			if err != nil || n != tt.moved {
				t.Fatalf("%d codings moved, %v, want %d", n, err, tt.moved)
			}
			tagged(t, a)
			for word, how := range tt.old {
				tt.old[word] = strings.ReplaceAll(how, "%s", "")
			}
			if d := cmp.Diff(tt.old, codedOn(t, a, "ap")); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.new, codedOn(t, a, "pace")); d != "" {
				t.Error(d)
			}
			if got, want := len(codedOn(t, a, "pace")), len(tt.new); got != want { // no wider than what it was split from
				t.Errorf("%d passages on the new theme, want %d", got, want)
			}
			split := a.Codebook.Themes
			// Merged back, every passage is where it was.
			if err := a.Merge(t.Context(), "pace", "ap", "Bob", ""); err != nil {
				t.Fatal(err)
			}
			tagged(t, a)
			again := codedOn(t, a, "ap")
			for word, how := range before {
				if firstWord(again[word]) != firstWord(how) {
					t.Errorf("merged back, %s is %q, was %q", word, again[word], how)
				}
			}
			if d := cmp.Diff(parsed(t, testCodebook).Theme("ap"), a.Codebook.Theme("ap"), sameThemes()); d != "" {
				t.Error(d)
			}
			// Split again, it is as it was split.
			if err := a.Restore(t.Context(), "pace", "Bob", ""); err != nil {
				t.Fatal(err)
			}
			tagged(t, a)
			if d := cmp.Diff([]any{tt.old, tt.new, split}, []any{codedOn(t, a, "ap"), codedOn(t, a, "pace"), a.Codebook.Themes}, sameThemes()); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestSplitPutsNothingWhereAPersonSaidNo splits off to a theme that is there and proposed for a passage which a person kept off the first.
func TestSplitPutsNothingWhereAPersonSaidNo(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "One", Theme: "ap"}, PassageDecision{Passage: "Two", Theme: "ap", Tagged: true})
	if n, err := a.Split(t.Context(), Split{From: "ap", To: Theme{ID: "timelines"}, Query: "provision", Coder: "Bob"}); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	got := codedOn(t, a, "timelines")
	if got["One"] != "yes rules" || got["Two"] != "yes Ann (split from ap)" {
		t.Errorf("%q", got)
	}
}

func TestWhatCannotBeMergedOrSplit(t *testing.T) {
	a := coded(t)
	ctx := t.Context()
	if err := a.ChangeCodebook(ctx, "Ann", "", Retire("standards")); err != nil {
		t.Fatal(err)
	}
	split := func(x Split) error { _, err := a.Split(ctx, x); return err }
	for says, err := range map[string]error{
		`There is no theme "x"`:           a.Merge(ctx, "x", "ap", "Ann", ""),
		"into itself":                     a.Merge(ctx, "ap", "ap", "Ann", ""),
		"collate themes restore":          a.Merge(ctx, "ap", "standards", "Ann", ""),
		"needs a search":                  split(Split{From: "ap", To: Theme{Name: "New"}}),
		`There is no passage "P0"`:        split(Split{From: "ap", To: Theme{Name: "New"}, Passages: []string{"P0"}}),
		"never closed":                    split(Split{From: "ap", To: Theme{Name: "New"}, Query: "(a"}),
		"ap is not retired":               a.Restore(ctx, "ap", "Ann", ""),
		"two themes are called":           split(Split{From: "ap", To: Theme{ID: "new", Name: "timelines"}, Query: "a"}),
		`There is no theme "y". The them`: a.Restore(ctx, "y", "Ann", ""),
	} {
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(says)) {
			t.Errorf("error %v, want one with %q", err, says)
		}
	}
}

func TestRetiredThemesAreKept(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "Four", Theme: "ap", Tagged: true})
	ctx := t.Context()
	before := codedOn(t, a, "ap")
	if err := a.ChangeCodebook(ctx, "Ann", "", Retire("ap")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Add(ctx, "Alpha/b.txt", []byte("Six alternative provision.")); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	if d := cmp.Diff(before, codedOn(t, a, "ap")); d != "" {
		t.Error(d)
	}
	if r := testReport(t, a); len(r.Themes) != 2 || r.Counts.Tagged != 2 {
		t.Errorf("%d themes and %d tagged passages are counted, want 2 and 2", len(r.Themes), r.Counts.Tagged)
	}
	b, err := a.showing(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, asked := range b.assistThemes() {
		if asked.ID == "ap" {
			t.Error("a model is asked for a retired theme")
		}
	}
	if d, err := a.Discover(ctx); err != nil || d.Of-d.Passages > 2 {
		t.Errorf("%+v, %v: what is only on a retired theme counts as covered", d, err)
	}
	if found, err := a.Search(ctx, "theme:ap", -1); err != nil || found.Passages != len(before) {
		t.Errorf("a search finds %+v, %v on it, want %d", found, err, len(before))
	}
	if err := a.Restore(ctx, "ap", "Ann", ""); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	before["Six"] = "yes rules"
	if d := cmp.Diff(before, codedOn(t, a, "ap")); d != "" {
		t.Error(d)
	}
}

func TestReportsRollUp(t *testing.T) {
	a := coded(t,
		PassageDecision{Passage: "Two", Theme: "ap", Tagged: true, Stance: Oppose},
		PassageDecision{Passage: "Two", Theme: "standards"},   // off the parent, but on the child
		PassageDecision{Passage: "Three", Theme: "standards"}, // off the parent, and only proposed on the child
	)
	ctx := t.Context()
	if err := a.ChangeCodebook(ctx, "Ann", "", Move("ap", "standards"), Move("timelines", "ap")); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	if d := cmp.Diff(map[string]string{"Two": "no Ann ()", "Three": "no Ann ()"}, codedOn(t, a, "standards")); d != "" {
		t.Errorf("a coding has left the child: %s", d)
	}
	r := testReport(t, a)
	var got []string
	for _, x := range r.Themes {
		got = append(got, fmt.Sprintf("%s<%s %d", x.ID, x.Parent, x.Passages))
	}
	if d := cmp.Diff([]string{"standards< 3", "ap<standards 4", "timelines<ap 2"}, got); d != "" {
		t.Error(d)
	}
	why := map[string]string{}
	for _, q := range r.Quotes {
		if q.ThemeID == "standards" {
			why[firstWord(q.Words)] = fmt.Sprint(q.Origin, " ", q.Because)
		}
	}
	if d := cmp.Diff([]string{"Five", "One", "Two"}, slices.Sorted(maps.Keys(why))); d != "" {
		t.Error(d)
	}
	if why["Five"] != "suggested on Alternative provision, because: alternative provision" || !strings.HasPrefix(why["Two"], "confirmed on Alternative provision") {
		t.Errorf("the reasons are %q", why)
	}
	if found, err := a.Search(ctx, "theme:standards", -1); err != nil || found.Passages != 3 {
		t.Errorf("a search finds %+v, %v on the parent, want 3", found, err)
	}
}
