package themes

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/samples"
	"collate/themes/learn"
)

// exampleAnalysis is the example consultation, tagged, with what the gold says of its passages.
func exampleAnalysis(t testing.TB) (*Analysis, map[string]GoldCoding) {
	t.Helper()
	ctx := t.Context()
	opt := Options{Tool: "collate test", Options: index.Options{Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir()}}
	a, err := Create(ctx, filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetCodebook(ctx, "themes.yaml", BuiltInCodebook(), "Ann"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddFolder(ctx, samples.SendAPPlan(), 2); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tag(ctx); err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(samples.SendAPPlan(), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all, err := ReadGold(text)
	if err != nil {
		t.Fatal(err)
	}
	gold := map[string]GoldCoding{}
	for _, x := range all {
		if x.Coder == "gold" {
			gold[x.ID] = x
		}
	}
	return a, gold
}

// answerNext answers the next n passages at random as the gold does, under a name.
func answerNext(t testing.TB, a *Analysis, gold map[string]GoldCoding, n int, coder string) {
	t.Helper()
	r, err := a.Review(t.Context(), ReviewOptions{Seed: 3, Limit: n})
	if err != nil {
		t.Fatal(err)
	}
	var decisions []index.Decision
	for _, p := range r.Passages {
		x := answerOf(p, gold[p.ID], coder)
		for _, theme := range x.Shown {
			decisions = append(decisions, x.decide(theme, slices.Contains(x.Yes, theme), "")...)
		}
	}
	if err := a.Decide(t.Context(), decisions); err != nil { // as [Analysis.Answer] does, at once
		t.Fatal(err)
	}
}

func answerOf(p ReviewPassage, g GoldCoding, coder string) ReviewAnswer {
	x := ReviewAnswer{Passage: p.ID, Coder: coder}
	for _, theme := range p.Themes {
		x.Shown = append(x.Shown, theme.Theme)
		if slices.Contains(g.Themes, theme.Theme) {
			x.Yes = append(x.Yes, theme.Theme)
		}
	}
	return x
}

// TestReasonsWeigh takes the words that reasons name out of their passages and asks again: each is there, and without them the passage
// is less likely to be on the theme.
func TestReasonsWeigh(t *testing.T) {
	ctx := t.Context()
	a, gold := exampleAnalysis(t)
	answerNext(t, a, gold, 40, "Ann")
	g, err := a.suggest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	type reason struct{ passage, theme int }
	var asked []reason
	texts, found := g.texts(), slices.Clone(g.found)
	learnt := 0
	for i := 0; i < len(g.passages); i++ {
		for j := range g.themes {
			if !g.suggested(i, j) || g.isReviewed(i) {
				continue
			}
			x, p := g.proposal(i, j), g.passages[i]
			whole, body := g.s.Whole(p), p.Body-p.Start
			without := []byte(whole)
			for _, m := range x.Marks {
				if word := strings.ToLower(whole[m.Start:m.End]); !strings.Contains(x.Because, word) && !x.Learnt {
					t.Errorf("%s: %q is marked and not named in %q", p.ID, word, x.Because)
				}
				copy(without[m.Start:m.End], strings.Repeat("-", m.End-m.Start))
			}
			if x.Learnt {
				learnt++
				said, _, _ := strings.Cut(strings.TrimPrefix(x.Because, becauseMark), "; ")
				for word := range strings.SplitSeq(said, ", ") {
					if said != aroundReason && !strings.Contains(strings.ToLower(g.s.Text(p)), word) {
						t.Errorf("%s: %q names %q, which is not in %q", p.ID, x.Because, word, g.s.Text(p))
					}
				}
			}
			if len(x.Marks) == 0 || slices.ContainsFunc(x.Marks, func(m index.Span) bool { return m.Start < body }) {
				continue // the reason is what is around it, or a heading, which other passages share
			}
			asked = append(asked, reason{i, j})
			texts[i].Text = string(without[body:])
			found[i] = g.book.find(string(without), body)
			i += 2 // its neighbours stay as they are
			break
		}
	}
	if len(asked) < 50 || learnt < 10 {
		t.Fatalf("%d reasons with words, %d of them learnt: too few to tell", len(asked), learnt)
	}
	after := *g
	after.found, after.hits = found, nil
	for i, all := range found {
		for _, x := range all {
			after.hits = append(after.hits, labelAt(i, slices.IndexFunc(g.themes, func(t *Theme) bool { return t.ID == x.ThemeID })))
		}
	}
	if after.corpus, err = learn.NewCorpus(ctx, texts); err != nil {
		t.Fatal(err)
	}
	if err := after.learn(ctx, after.labels()); err != nil {
		t.Fatal(err)
	}
	for _, x := range asked {
		if before, now := g.scores.Probability(x.passage, x.theme), after.scores.Probability(x.passage, x.theme); now >= before {
			t.Errorf("%s on %s: %.3f without the words of %q, %.3f with them", g.passages[x.passage].ID, g.themes[x.theme].ID, now, g.proposal(x.passage, x.theme).Because, before)
		}
	}
}

// TestSuggestionsAreRecordedWhenTheyChange runs tagging over and over: only what changed is recorded, and what a person decided stays.
func TestSuggestionsAreRecordedWhenTheyChange(t *testing.T) {
	ctx := t.Context()
	a, gold := exampleAnalysis(t)
	again := func() Tagging {
		t.Helper()
		x, err := a.Tag(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	if x := again(); x.Changed != 0 {
		t.Errorf("tagged again, %d suggestions changed", x.Changed)
	}
	answerNext(t, a, gold, 1, "Ann")
	if x := again(); x.Changed > x.Codings/4 {
		t.Errorf("after one answer %d of %d suggestions changed", x.Changed, x.Codings)
	}
	if x := again(); x.Changed != 0 || x.Reviewed != 1 || x.Calibrated {
		t.Errorf("tagged again: %+v, want nothing changed and one reviewed", x)
	}
	answerNext(t, a, gold, 110, "Ann")
	if x := again(); !x.Calibrated || len(x.Expectations) != len(Aims()) {
		t.Errorf("after 111 answers: %+v, want it calibrated, with an expectation for each aim", x)
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.codings(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	for key, c := range state.passages {
		switch {
		case c.Confirmed && c.Tagged != slices.Contains(gold[key.passage].Themes, key.theme):
			t.Errorf("%v is not what Ann decided", key)
		case !c.Confirmed && c.Tagged && (c.Because == "" || c.Probability == 0 || !c.Calibrated):
			t.Errorf("%v is suggested without a reason or a probability: %+v", key, c)
		}
	}
	for _, q := range testReport(t, a).Quotes {
		if confirmed := q.Origin == "confirmed"; confirmed != (q.Confidence == "") || q.Because == "" {
			t.Errorf("quote %s is %s with the confidence %q, because %q", q.Ref, q.Origin, q.Confidence, q.Because)
		}
	}
}

func TestAimsOrderHowMuchIsSuggested(t *testing.T) {
	ctx := t.Context()
	a, gold := exampleAnalysis(t)
	for _, reviewed := range []int{0, 120} {
		if reviewed > 0 {
			answerNext(t, a, gold, reviewed, "Ann")
		}
		before := 1 << 30
		for _, aim := range Aims() {
			if err := a.SetAim(ctx, aim, "Ann"); err != nil {
				t.Fatal(err)
			}
			x, err := a.Tag(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if x.Aim != aim || x.Codings >= before {
				t.Errorf("with %d reviewed, %q suggests %d, and the aim before it %d", reviewed, x.Aim, x.Codings, before)
			}
			before = x.Codings
		}
	}
	if err := a.SetAim(ctx, "everything", "Ann"); err == nil {
		t.Error("an aim that is none was taken")
	}
}

func TestThemeValuesAreReadBack(t *testing.T) {
	type read struct {
		Tagged     bool
		P          float64
		Calibrated bool
	}
	for value, want := range map[string]read{
		"yes": {true, 0, false}, "yes .85": {true, .85, true}, "yes ~.05": {true, .05, false}, "no": {}, "": {},
		"yes nonsense": {true, 0, false}, "yesterday": {}, "yes 7": {true, 0, false}, "yes NaN": {true, 0, false},
	} {
		var got read
		got.Tagged, got.P, got.Calibrated = readTheme(value)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", value, d)
		}
		if got.P > 0 && themeValue(got.P, got.Calibrated) != value {
			t.Errorf("%q is written as %q", value, themeValue(got.P, got.Calibrated))
		}
	}
}

func TestReasonMarks(t *testing.T) {
	for because, want := range map[string][]string{
		"because: weeks, wait; what is around":                 {"wait", "weeks", "weeks"},
		"because: what is around":                              nil,
		"because: like PK3M9XQ7W2A, which Ann put on it":       nil,
		"because: wait; like PK3M9XQ7W2A, which Ann put on it": {"wait"},
		"because: eek": nil,
	} {
		const text = "They wait for weeks, and waiting weeks more is no help."
		var got []string
		for _, m := range reasonMarks(because, text) {
			got = append(got, text[m.Start:m.End])
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", because, d)
		}
	}
}
