package themes

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFiguresThatDisagree(t *testing.T) {
	const feel = "per cent of early career teachers feel prepared to teach pupils with SEND"
	for name, c := range map[string]struct {
		a, b string
		want []string
	}{
		"another value":                {"Only 46 " + feel + " (Adams et al., 2023).", "Just 64 " + feel + " (Adams et al., 2023).", []string{"46 per cent", "64 per cent"}},
		"without a source":             {"Only 46 " + feel + ".", "Just 64 " + feel + ".", []string{"46 per cent", "64 per cent"}},
		"the same value":               {"Only 46 " + feel + ".", "Just 46% of early career teachers feel prepared to teach pupils with SEND.", nil},
		"a sum with a name":            {"The £70 million change programme is too small.", "The £80 million change programme is welcome.", []string{"£70 million", "£80 million"}},
		"the same sum":                 {"The £70 million change programme is too small.", "The £70m change programme is welcome.", nil},
		"in other words of one source": {"Some 40 per cent of applications for a plan take longer than 20 weeks (DfE, 2022).", "But 55 per cent of applications for a plan last longer than 20 weeks (DfE, 2022).", []string{"40 per cent", "55 per cent"}},
		"a share and a percentage":     {"Four in ten applications for a plan take longer than the law allows (DfE, 2022).", "But 40 per cent of applications for a plan take longer than the law allows (DfE, 2022).", nil},
		"a bound that holds":           {"More than half of early career teachers feel prepared to teach pupils with SEND.", "Some 64 " + feel + ".", nil},
		"another year":                 {"In 2021, 46 " + feel + ".", "In 2023, 64 " + feel + ".", nil},
		"another year of the source":   {"Only 46 " + feel + " (Adams et al., 2021).", "Just 64 " + feel + " (Adams et al., 2023).", nil},
		"another thing":                {"Some 80 per cent of pupils in alternative provision have special needs.", "Some 46 per cent of pupils in special schools have speech therapy.", nil},
		"denied":                       {"Only 46 " + feel + ".", "Some 54 per cent of early career teachers do not feel prepared to teach pupils with SEND.", nil},
		"their own members":            {"In our survey 46 " + feel + ".", "In our survey 64 " + feel + ".", nil},
		"another unit":                 {"Families wait 40 weeks for a first speech therapy appointment.", "Families wait 20 months for a first speech therapy appointment.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := testAnalysis(t, "Alpha\nBeta\n", [][2]string{{"Alpha/a.txt", c.a}, {"Beta/b.txt", c.b}})
			found, err := a.Figures(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found.Figures {
				if f.Disagrees > 0 {
					got = append(got, f.Value)
				}
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("disagree (-got +want):\n%s\n%+v", diff, found.Figures)
			}
		})
	}
}

// One number stands for one thing: who agrees with one side has it too, and another thing has a number of its own.
func TestDisagreementsAreNumbered(t *testing.T) {
	feel := func(n int) string {
		return fmt.Sprintf("We know that %d per cent of early career teachers feel prepared to teach pupils.", n)
	}
	fund := func(n int) string { return fmt.Sprintf("The £%d million change programme goes on.", n) }
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", [][2]string{{"Alpha/a.txt", feel(46) + "\n" + fund(70)}, {"Beta/b.txt", fund(80) + "\n" + feel(64)}, {"Gamma/c.txt", feel(46)}})
	found, err := a.Figures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, f := range found.Figures {
		got[f.Member+" "+f.Value] = f.Disagrees
	}
	want := map[string]int{"Alpha 46 per cent": 1, "Beta 64 per cent": 1, "Gamma 46 per cent": 1, "Alpha £70 million": 2, "Beta £80 million": 2}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("numbers (-got +want):\n%s", diff)
	}
}
