package themes

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutwardProblem(t *testing.T) {
	a := testAnalysis(t, "Alpha,,,,\nSunrise Trust,,,,confidential\nUrsa Union,,,,anonymous\n", [][2]string{
		{"Alpha/a.txt", "We wait long, and the plan says that no child should wait for longer than twenty weeks."},
		{"Sunrise Trust/s.txt", "In confidence: delays will fail each child in our nine houses. The plan says that no child should wait for longer than twenty weeks."},
		{"Ursa Union/u.txt", "The members of our union wait longer than anybody should have to wait."},
	})
	o, err := a.Outward(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const names, words = "it names a member who is not to be named", "it has words of a passage that may not be shown"
	for _, r := range []struct{ name, text, want string }{
		{"a person's own words", "Children wait too long.", ""},
		{"the name of a confidential member", "As Sunrise Trust says, children wait.", names},
		{"its name with signs that are not seen", "As Sun\u00adrise  Trust says", names},
		{"the name of an anonymous member", "Ursa Union agrees.", names},
		{"its words", "we hear that delays will fail each child in our nine houses", words},
		{"its words in capitals and with other signs", "DELAYS will fail – each child, in our nine houses!", words},
		{"fewer of its words than tell", "delays will fail each child", ""},
		{"its words that another says as well", "The plan says that no child should wait for longer than twenty weeks.", ""},
		{"the words of an anonymous member", "The members of our union wait longer than anybody should have to wait.", ""},
	} {
		if got := o.Problem(r.text); got != r.want {
			t.Errorf("%s: got %q, want %q", r.name, got, r.want)
		}
	}
}

// TestOutsideOutcomeCountsWhoAddresses: six confirmed positions are no common ground of twenty that speak of it.
func TestOutsideOutcomeCountsWhoAddresses(t *testing.T) {
	for _, r := range []struct {
		members int
		want    Outcome
	}{{6, CommonGround}, {12, CommonGround}, {13, ThinEvidence}, {20, ThinEvidence}} {
		list, files := "", [][2]string(nil)
		for i := range r.members {
			list += fmt.Sprintf("Member %c,,,,\n", 'A'+i)
			files = append(files, [2]string{fmt.Sprintf("Member %c/m.txt", 'A'+i), fmt.Sprintf("Number %d of us waits long.", i)})
		}
		a := testAnalysis(t, list, files)
		for i := range 6 {
			if err := a.DecidePosition(t.Context(), fmt.Sprintf("Member %c", 'A'+i), "timelines", PositionDecision{Stance: Support, Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
		report, err := a.Report(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		out := report.Themes[0].Joint.Outside
		if got := []any{out.Outcome, out.Took, out.Side, out.Quantity}; !cmp.Equal(got, []any{r.want, 6, Support, Quantity{6, 6, "all"}}) {
			t.Errorf("%d members: got %v, want %s", r.members, got, r.want)
		}
	}
}
