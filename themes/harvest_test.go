package themes

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHarvestTakesWhatMayTravel(t *testing.T) {
	a := testAnalysis(t, "Alpha Trust,,Charity\nBeta,,Charity,,confidential\nGamma,,Charity,,anonymous\n", [][2]string{
		{"Alpha Trust/a.txt", strings.Join([]string{
			"The delay leaves children without support for a year. It must end now for all of them.",
			"The delay leaves children without support for one year.", // says the same
			"Alpha Trust says that the delay leaves children without support.",
			"Mrs Jones says that the delay leaves children without support.",
			"Write to us on the delay and support at help@alpha.example today.",
			"Delay hurts.",
			"This delay leaves children without support and without hope.",
			"A long delay costs families their trust in any timetable.",
			"We had lunch with the delayed bus driver of the week.",
		}, "\n")},
		{"Beta/b.txt", "A delay leaves pupils without the support that they need."},
		{"Gamma/c.txt", "Such is the delay that pupils lose support. Every delay takes support from a pupil."},
	})
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		lunch := strings.Contains(s.Text(p), "lunch")
		if err := a.DecidePassage(t.Context(), PassageDecision{Passage: p.ID, Theme: "timelines", Tagged: !lunch, Coder: "Ann"}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := a.Harvest(t.Context(), "timelines", 10)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, h := range got {
		words = append(words, h.Words)
		if !strings.Contains(s.Text(s.Passage(h.Passage)), h.Words) || h.Typical <= 0 || h.Typical > 1 {
			t.Errorf("%+v is not what the passage says", h)
		}
	}
	want := []string{"The delay leaves children without support for a year.", "A long delay costs families their trust in any timetable."}
	if d := cmp.Diff(want, words); d != "" {
		t.Error(d)
	}
	if err := a.ChangeCodebook(t.Context(), "Ann", "", AddTo("timelines", Examples, got[0].Words)); err != nil {
		t.Fatal(err)
	}
	if got, err = a.Harvest(t.Context(), "timelines", 10); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v: what is an example already is proposed again", got, err)
	}
	if got, err := a.Harvest(t.Context(), "ap", 10); err != nil || got != nil {
		t.Errorf("a theme without a confirmed passage gives %v, %v", got, err)
	}
}

func TestThemeCountsWarn(t *testing.T) {
	a := coded(t,
		PassageDecision{Passage: "Two", Theme: "ap", Tagged: true},
		PassageDecision{Passage: "Five", Theme: "ap"},
		PassageDecision{Passage: "Four", Theme: "ap", Tagged: true},
		PassageDecision{Passage: "Three", Theme: "ap", Tagged: true},
	)
	if err := a.ChangeCodebook(t.Context(), "Ann", "", Move("timelines", "standards"), AddTheme(Theme{Name: "Bare", Parent: "ap"}), Retire("bare")); err != nil {
		t.Fatal(err)
	}
	counts, err := a.ThemeCounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range counts {
		got[c.Theme] = strings.Join(c.Warnings, " ")
	}
	for id, want := range map[string]string{"ap": "4 of all 5 passages are on it"} {
		if !strings.Contains(got[id], want) {
			t.Errorf("%s: %q, want %q in it", id, got[id], want)
		}
	}
	if d := cmp.Diff([]string{"timelines 0", "ap 0"}, a.Codebook.FewExamples()); d != "" {
		t.Error(d)
	}
	if got["timelines"] != "" || got["standards"] != "" || got["bare"] != "" { // the one groups others, the other is retired
		t.Errorf("warnings %q", got)
	}
	if c := counts[2]; c.Theme != "ap" || c.Passages != 4 || c.Members != 1 || c.Checked != 3 || c.Refused != 1 {
		t.Errorf("%+v", c)
	}
	if c := counts[0]; c.Theme != "standards" || c.Passages != 2 || counts[1].Depth != 1 {
		t.Errorf("%+v: the theme below is not counted for the one above", c)
	}
}

func TestCodebookHistory(t *testing.T) {
	a := testAnalysis(t, "", nil)
	ctx := t.Context()
	change := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	change(a.ChangeCodebook(ctx, "Bob", "it is clearer", Rename("ap", "AP"), Move("ap", "standards"), AddTo("ap", NoneRules, "map")))
	change(a.Merge(ctx, "ap", "timelines", "Cy", ""))
	change(a.Restore(ctx, "ap", "Cy", ""))
	history, err := a.CodebookHistory(ctx)
	change(err)
	var got []string
	for _, v := range history {
		got = append(got, strings.TrimSuffix(v.By+": "+strings.Join(v.Changes, "; ")+" | "+v.Because, " | "))
	}
	want := []string{
		"Ann: began with 3 themes",
		`Bob: ap: renamed from "Alternative provision" to "AP"; ap: moved under standards; ap: added the rule that keeps off map | it is clearer`,
		`Cy: merged ap into timelines; timelines: added the rule ("alternative provision") NOT (map); ap: retired`,
		`Cy: took back that ap was merged into timelines; timelines: removed the rule ("alternative provision") NOT (map); ap: restored`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
