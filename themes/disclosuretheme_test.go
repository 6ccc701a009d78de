package themes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// guarded has a confidential member, an anonymous one, and a named one that said one passage in confidence.
func guarded(t *testing.T) *Analysis {
	return testAnalysis(t, "Alpha,,,,\nSunrise Trust,,,,confidential\nUrsa Union,,,,anonymous\nZeta,,,,\n", [][2]string{
		{"Alpha/a.txt", "We oppose the funding of alternative provision.\nWe wait long."},
		{"Sunrise Trust/s.txt", "Hidden words say that delays will fail each child."},
		{"Ursa Union/u.txt", "The union waits long."},
		{"Zeta/z.txt", "We at Zeta wait long."},
	})
}

// TestResultsHideNamesInOrder: neither what was asked for nor a place among others tells who is not named.
func TestResultsHideNamesInOrder(t *testing.T) {
	a := guarded(t)
	x, err := a.Searcher(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range []index.Order{index.ByDocument, index.ByMember, index.ByQuestion} {
		found, err := x.Search(t.Context(), "wait OR member:sunrise OR member:zeta", index.SearchOptions{Limit: -1, Order: order})
		if err != nil {
			t.Fatal(err)
		}
		r := x.Results(found, order)
		var got []string
		for _, q := range r.Quotes {
			got = append(got, q.Member)
		}
		if d := cmp.Diff([]string{"Alpha", "Zeta", "Anonymous member", "Confidential member"}, got); d != "" {
			t.Errorf("%s: %s", order, d)
		}
		if want := "wait OR member:(withheld) OR member:zeta"; r.Query != want {
			t.Errorf("the query is told as %q, want %q", r.Query, want)
		}
	}
}

// TestReasonsNameNobody: a person may write anything into a reason.
func TestReasonsNameNobody(t *testing.T) {
	a := guarded(t)
	ctx := t.Context()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if s.Submission(p).Member == "Alpha" {
			if err := a.Decide(ctx, []index.Decision{{Kind: index.ByPerson, Coder: "Ann", Act: index.ActTheme, Subject: p.ID, Theme: "timelines", Value: "yes", Because: "Sunrise Trust says so too"}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := a.DecidePosition(ctx, "Zeta", "timelines", PositionDecision{Stance: Oppose, Because: "as Ursa Union", Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	told := fmt.Sprintf("%+v", *testReport(t, a))
	for _, name := range []string{"Sunrise", "Ursa"} {
		if strings.Contains(told, name) {
			t.Errorf("the report names %s: %s", name, told)
		}
	}
}

// TestPassageInConfidenceIsNotLinked: what a named member said in confidence is found in the list of quotes and not by way of its name.
func TestPassageInConfidenceIsNotLinked(t *testing.T) {
	a := guarded(t)
	tagged(t, a)
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if s.Submission(p).Member == "Zeta" {
			if err := a.SetConsent(t.Context(), p.ID, index.Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
		}
	}
	quotes := 0
	r := testReport(t, a)
	for _, q := range r.Quotes {
		if q.Member == confidentialPassage {
			quotes++
		}
	}
	for _, m := range r.Members {
		if m.Label != "Zeta" {
			continue
		}
		for _, p := range m.Positions {
			if len(p.Refs)+len(p.Suggested) > 0 {
				t.Errorf("%s leads to %v", p.Theme, p.Refs)
			}
		}
	}
	if quotes == 0 {
		t.Error("the passage is not counted")
	}
}

// TestExamplesAreWithheld: an example was free to use when it was taken, and is not any more.
func TestExamplesAreWithheld(t *testing.T) {
	a := guarded(t)
	ctx := t.Context()
	taken, own := "hidden words say that delays  will fail", "Words that Ann made up by herself"
	if err := a.ChangeCodebook(ctx, "Ann", "", AddTo("timelines", Examples, taken), AddTo("timelines", Examples, own), AddTo("timelines", NonExamples, "As the Sunrise Trust says.")); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, theme := range testReport(t, a).Themes {
		if theme.ID == "timelines" {
			got = append(theme.Examples[len(theme.Examples)-2:], theme.NonExamples...)
		}
	}
	if d := cmp.Diff([]string{withheldEntry, own, withheldEntry}, got); d != "" {
		t.Error(d)
	}
	private, err := a.PrivateEntries(ctx)
	if err != nil || len(private) != 2 {
		t.Errorf("%q, %v: want an example and a non-example", private, err)
	}
	b, err := a.showing(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if told := fmt.Sprint(b.assistThemes()); strings.Contains(told, "will fail") {
		t.Errorf("a model is told %s", told)
	}
}

// TestReasonLeavesOutWithheldPassages: a suggestion for one passage tells nothing of another that may not be shown.
func TestReasonLeavesOutWithheldPassages(t *testing.T) {
	a := guarded(t)
	b, err := a.showing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	open, closed := "", ""
	for _, p := range b.s.Passages {
		switch b.s.Submission(p).Member {
		case "Alpha":
			open = p.ID
		case "Sunrise Trust":
			closed = p.ID
		}
	}
	for _, row := range []struct{ said, want string }{
		{"because: wait; like " + open + ", which Ann put on it", "because: wait; like " + open + ", which Ann put on it"},
		{"because: wait; what is around; like " + closed + ", which Ann put on it", "because: wait; what is around"},
		{"because: like " + closed + ", which Ann put on it", "because: like a passage that is withheld"},
		{"I like Sunrise Trust, which says so", "I like (name withheld) which says so"},
	} {
		got := b.reason(row.said)
		if d := cmp.Diff(row.want, strings.Join(strings.Fields(got), " ")); d != "" {
			t.Errorf("%q: %s", row.said, d)
		}
	}
}
