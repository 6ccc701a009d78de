package themes

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

func TestTryBeforeSaving(t *testing.T) {
	a := coded(t,
		PassageDecision{Passage: "Two", Theme: "timelines"},                 // not on it, says Ann
		PassageDecision{Passage: "Three", Theme: "timelines", Tagged: true}, // on it
	)
	tests := []struct {
		name, query string
		none        bool
		want        string
	}{
		{"a rule that proposes", `provision OR delay OR bands`, false, "adds [Four Five], loses [], finds 5, reviewed 2, right 1, wrong 1, members 1, new 0"},
		{"a rule that keeps off", `provision`, true, "adds [], loses [One], finds 3, reviewed 0, right 0, wrong 0, members 1, new 0"},
		{"what a person put on it stays", `delay`, true, "adds [], loses [], finds 1, reviewed 1, right 0, wrong 1, members 0, new 0"},
		{"nothing", `zebra`, false, "adds [], loses [], finds 0, reviewed 0, right 0, wrong 0, members 0, new 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x, err := a.Try(t.Context(), "timelines", tt.query, tt.none)
			if err != nil {
				t.Fatal(err)
			}
			begins := func(of []TrialPassage) []string {
				out := []string{}
				for _, p := range of {
					out = append(out, firstWord(p.Begins))
				}
				return out
			}
			got := fmt.Sprintf("adds %v, loses %v, finds %d, reviewed %d, right %d, wrong %d, members %d, new %d", begins(x.Adds), begins(x.Loses), x.Finds, x.Reviewed, x.Right, x.Wrong, x.Members, x.NewMembers)
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
	var query *index.QueryError
	if _, err := a.Try(t.Context(), "timelines", "(a", false); !errors.As(err, &query) {
		t.Errorf("a broken rule gave %v", err)
	}
	if _, err := a.Try(t.Context(), "x", "a", false); err == nil || !strings.Contains(err.Error(), "no theme") {
		t.Errorf("an unknown theme gave %v", err)
	}
}

// TestTrialIsWhatSavingDoes holds a trial to what happens when the rule is saved.
func TestTrialIsWhatSavingDoes(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "Four", Theme: "ap"})
	before := codedOn(t, a, "ap")
	x, err := a.Try(t.Context(), "ap", "delay OR bands", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ChangeCodebook(t.Context(), "Ann", "", AddTo("ap", AnyRules, "delay OR bands")); err != nil {
		t.Fatal(err)
	}
	tagged(t, a)
	after := codedOn(t, a, "ap")
	for _, p := range x.Adds {
		before[firstWord(p.Begins)] = "yes rules"
	}
	if d := cmp.Diff(before, after); d != "" || len(x.Adds) != 1 {
		t.Errorf("%d added, %s", len(x.Adds), d)
	}
}

func TestAround(t *testing.T) {
	long := strings.Repeat("before é ", 40) + "HIT" + strings.Repeat(" after ü", 40)
	at := strings.Index(long, "HIT")
	got := around(long, index.Span{Start: at, End: at + 3})
	if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || !strings.Contains(got, "é HIT after") || len(got) > maxExcluded+30 || !utf8.ValidString(got) {
		t.Errorf("%q", got)
	}
	if got := around("a HIT b", index.Span{Start: 2, End: 5}); got != "a HIT b" {
		t.Errorf("%q", got)
	}
}

func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		n, of     int
		low, high float64
	}{{0, 0, 0, 1}, {0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {8, 10, 0.4902, 0.9433}, {81, 263, 0.2553, 0.3662}} {
		low, high := Wilson(tt.n, tt.of)
		if math.Abs(low-tt.low) > 5e-5 || math.Abs(high-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.n, tt.of, low, high, tt.low, tt.high)
		}
	}
}
