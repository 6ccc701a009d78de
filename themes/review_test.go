package themes

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// ids are the passages of a review.
func ids(r *Review) []string {
	var out []string
	for _, p := range r.Passages {
		out = append(out, p.ID)
	}
	return out
}

func reviewOf(t testing.TB, a *Analysis, opt ReviewOptions) *Review {
	t.Helper()
	r, err := a.Review(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReviewShowsWhatNobodyDecided(t *testing.T) {
	ctx := t.Context()
	a := testAnalysis(t, "", threeMembers)
	all := reviewOf(t, a, ReviewOptions{})
	if again := ids(reviewOf(t, a, ReviewOptions{})); !slices.Equal(again, ids(all)) {
		t.Errorf("asked again the order is %v, and was %v", again, ids(all))
	}
	on := reviewOf(t, a, ReviewOptions{Theme: "timelines"})
	if on.Left == 0 || on.Left == all.Left {
		t.Fatalf("%d passages suggested on timelines, of %d", on.Left, all.Left)
	}
	for _, p := range on.Passages {
		i := slices.IndexFunc(p.Themes, func(x ReviewTheme) bool { return x.Theme == "timelines" })
		if !p.Themes[i].Tagged || !strings.HasPrefix(p.Themes[i].Because, "because: ") {
			t.Errorf("%s is shown as suggested on timelines with %+v", p.ID, p.Themes[i])
		}
	}
	first := on.Passages[0]
	undo, err := a.Answer(ctx, ReviewAnswer{Passage: first.ID, Shown: []string{"timelines", "standards", "ap"}, Yes: []string{"standards"}, Stance: map[string]Stance{"standards": Oppose}, Coder: "Ann"})
	if err != nil {
		t.Fatal(err)
	}
	stands := func() map[string]string {
		g, err := a.suggest(ctx)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, theme := range []string{"timelines", "standards", "ap"} {
			if c := g.state.passages[codingKey{first.ID, theme}]; c != nil && (c.Confirmed || c.Tagged) {
				out[theme] = themeWord(c)
			}
		}
		return out
	}
	if d := cmp.Diff(map[string]string{"timelines": "no, Ann", "standards": "yes, Ann, oppose", "ap": "no, Ann"}, stands()); d != "" {
		t.Error(d)
	}
	if r := reviewOf(t, a, ReviewOptions{}); slices.Contains(ids(r), first.ID) || r.Progress.Reviewed != 1 || r.Left != all.Left-1 {
		t.Errorf("after one answer %d are left and %d reviewed: %v", r.Left, r.Progress.Reviewed, ids(r))
	}
	if err := a.Decide(ctx, undo); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]string{"timelines": "yes, rules"}, stands()); d != "" {
		t.Errorf("taken back: %s", d)
	}
	if r := reviewOf(t, a, ReviewOptions{}); !slices.Equal(ids(r), ids(all)) || r.Progress.Reviewed != 0 {
		t.Errorf("taken back, %v are left and %d reviewed", ids(r), r.Progress.Reviewed)
	}
	if n := testReport(t, a).Counts.Checked; n != 0 {
		t.Errorf("taken back, the report counts %d checked", n)
	}
}

func themeWord(c *Coding) string {
	out := map[bool]string{true: "yes, ", false: "no, "}[c.Tagged] + c.Coder
	if c.StanceConfirmed {
		out += ", " + string(c.Stance)
	}
	return out
}

// TestTakingBackASecondThought brings back the decision before it, and not the suggestion.
func TestTakingBackASecondThought(t *testing.T) {
	ctx := t.Context()
	a := testAnalysis(t, "", threeMembers)
	p := reviewOf(t, a, ReviewOptions{}).Passages[0].ID
	x := ReviewAnswer{Passage: p, Shown: []string{"ap"}, Yes: []string{"ap"}, Stance: map[string]Stance{"ap": Mixed}, Coder: "Ann"}
	if _, err := a.Answer(ctx, x); err != nil {
		t.Fatal(err)
	}
	x.Stance, x.Coder = map[string]Stance{"ap": Support}, "Bob"
	undo, err := a.Answer(ctx, x)
	if err == nil {
		err = a.Decide(ctx, undo)
	}
	if err != nil {
		t.Fatal(err)
	}
	g, err := a.suggest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if c := g.state.passages[codingKey{p, "ap"}]; !c.Confirmed || !c.Tagged || c.Stance != Mixed {
		t.Errorf("brought back: %+v, want a yes that is mixed", c)
	}
}

func TestAnswersAreChecked(t *testing.T) {
	a := testAnalysis(t, "", threeMembers)
	p := reviewOf(t, a, ReviewOptions{}).Passages[0].ID
	for name, x := range map[string]ReviewAnswer{
		"no such passage": {Passage: "PNONE", Shown: []string{"ap"}},
		"no such theme":   {Passage: p, Shown: []string{"nothing"}},
		"no such stance":  {Passage: p, Shown: []string{"ap"}, Yes: []string{"ap"}, Stance: map[string]Stance{"ap": "perhaps"}},
		"silent":          {Passage: p, Shown: []string{"ap"}, Yes: []string{"ap"}, Stance: map[string]Stance{"ap": Silent}},
	} {
		before, err := a.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Answer(t.Context(), x); err == nil {
			t.Errorf("%s: taken", name)
		}
		if after, err := a.Revision(t.Context()); err != nil || after != before {
			t.Errorf("%s: something was recorded", name)
		}
	}
	if _, err := a.Review(t.Context(), ReviewOptions{Member: "nobody"}); !errors.Is(err, ErrNoMember) {
		t.Errorf("reviewing nobody: %v", err)
	}
	var edit *EditError
	if _, err := a.Review(t.Context(), ReviewOptions{Theme: "nothing"}); !errors.As(err, &edit) {
		t.Errorf("reviewing no theme: %v", err)
	}
}

// TestSweepEndsAfterTwentyRefusals refuses the likeliest passages until the sweep is done, which a new submission undoes.
func TestSweepEndsAfterTwentyRefusals(t *testing.T) {
	ctx := t.Context()
	a, _ := exampleAnalysis(t)
	refuse := func(n int) {
		t.Helper()
		r := reviewOf(t, a, ReviewOptions{Theme: "early-years", Sweep: true, Limit: n})
		last := 1.0
		var decisions []index.Decision
		for _, p := range r.Passages {
			i := slices.IndexFunc(p.Themes, func(x ReviewTheme) bool { return x.Theme == "early-years" })
			if now := p.Themes[i].Probability; now > last {
				t.Errorf("%s with %.2f is shown after one with %.2f", p.ID, now, last)
			} else {
				last = now
			}
			x := ReviewAnswer{Passage: p.ID, Coder: "Ann", Sweep: true}
			decisions = append(decisions, x.decide("early-years", false, "")...)
		}
		if err := a.Decide(ctx, decisions); err != nil {
			t.Fatal(err)
		}
	}
	warned := func() bool {
		return slices.ContainsFunc(testReport(t, a).Notes, func(n string) bool {
			return strings.Contains(n, "recall sweep") && strings.Contains(n, "Early years")
		})
	}
	refuse(SweepRun - 1)
	if s := reviewOf(t, a, ReviewOptions{Theme: "early-years", Sweep: true, Limit: 1}).Sweep; s.Done || s.Refused != SweepRun-1 || !warned() {
		t.Errorf("after %d refusals: %+v", SweepRun-1, s)
	}
	refuse(1)
	s := reviewOf(t, a, ReviewOptions{Theme: "early-years", Sweep: true, Limit: 1}).Sweep
	if !s.Done || s.Asked != SweepRun || warned() {
		t.Errorf("after %d refusals: %+v, and the report warns: %t", SweepRun, s, warned())
	}
	g, err := a.suggest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n := g.state.refusedInRow("early-years", time.Date(2023, 5, 20, 0, 0, 0, 0, time.UTC)); n != 0 {
		t.Errorf("%d refusals count although a submission came after them", n)
	}
}

func TestSweepCountsWhatIsTakenBack(t *testing.T) {
	ctx := t.Context()
	a := testAnalysis(t, "", threeMembers)
	r := reviewOf(t, a, ReviewOptions{Theme: "ap", Sweep: true})
	run := func() int { return reviewOf(t, a, ReviewOptions{Theme: "ap", Sweep: true}).Sweep.Refused }
	answer := func(i int, yes ...string) []index.Decision {
		t.Helper()
		undo, err := a.Answer(ctx, ReviewAnswer{Passage: r.Passages[i].ID, Shown: []string{"ap"}, Yes: yes, Coder: "Ann", Sweep: true})
		if err != nil {
			t.Fatal(err)
		}
		return undo
	}
	answer(0)
	undo := answer(1)
	if got := run(); got != 2 {
		t.Errorf("%d refused in a row, want 2", got)
	}
	if err := a.Decide(ctx, undo); err != nil {
		t.Fatal(err)
	}
	if got := run(); got != 1 {
		t.Errorf("one taken back: %d refused in a row, want 1", got)
	}
	answer(1, "ap")
	answer(2)
	if got := run(); got != 1 {
		t.Errorf("after a yes: %d refused in a row, want 1", got)
	}
}

func TestMostAmong(t *testing.T) {
	// The rule of three: after n refusals no more than about 3/n is left possible.
	for n, want := range map[int]float64{0: 1, 1: 0.95, 20: 0.139, 100: 0.0295} {
		if got := mostAmong(n); got < want-0.001 || got > want+0.001 {
			t.Errorf("%d refusals: %.4f, want %.4f", n, got, want)
		}
	}
}

func TestProgressSaysHowManyMore(t *testing.T) {
	a, gold := exampleAnalysis(t)
	before := reviewOf(t, a, ReviewOptions{Limit: 1}).Progress
	if before.More < 100 || !strings.Contains(before.Advice, "Go on") {
		t.Errorf("with nothing reviewed: %+v", before)
	}
	answerNext(t, a, gold, 150, "Ann")
	p := reviewOf(t, a, ReviewOptions{Limit: 1}).Progress
	if !p.Calibrated || !(p.Low < p.F1 && p.F1 < p.High) || p.More == 0 {
		t.Errorf("with 150 reviewed: F1 %.2f from %.2f to %.2f, %d more: %s", p.F1, p.Low, p.High, p.More, p.Advice)
	}
	if wide := reviewOf(t, a, ReviewOptions{Limit: 1, Width: p.High - p.Low + 0.01}).Progress; wide.More != 0 || !strings.HasPrefix(wide.Advice, "You can stop") {
		t.Errorf("with an interval as wide as it is, %d more: %s", wide.More, wide.Advice)
	}
}
