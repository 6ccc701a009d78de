package themes

import (
	"strings"
	"testing"
)

func TestHanging(t *testing.T) {
	tests := []struct {
		name, words string
		alone       bool
	}{
		{"a plain sentence", "We support the proposed national standards.", true},
		{"a therefore inside", "We therefore oppose the tariffs as proposed.", true},
		{"a number at the beginning", "5,000 places are not enough for every nursery.", true},
		{"it stands for nothing before it", "It is our considered view that the limit is not achievable.", true},
		{"it is too early to", "It is too early for us to say that we are for or against.", true},
		{"this", "This would be a step backwards for pupils.", false},
		{"however", "However, it does not go far enough.", false},
		{"they", "They need to describe practice in plain words.", false},
		{"a joined this", "But this must be paid for by the Treasury.", false},
		{"if either", "If either is missing we shall oppose them.", false},
		{"given that", "Given that, we support the standards wholeheartedly.", false},
		{"as described", "As described, though, it would narrow a choice.", false},
		{"a heading", "National standards", false},
		{"a question", "What happens if you don't like the list?", false},
		{"an item of a list", "training places be raised to at least 400 a year;", false},
		{"what others say", "The government argues that the bands will make funding consistent.", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hanging(tt.words); got < 1 != tt.alone {
				t.Errorf("it hangs by %v, want it alone: %v", got, tt.alone)
			}
		})
	}
}

func TestCondenseChoosesWhatTells(t *testing.T) {
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", strings.Join([]string{
		"National standards have been talked of for years, and there were four papers on national standards before the plan. However, it is late.",
		"They need to be short. We support national standards, provided that they are set out in law and paid for. What would they cost?",
		"We support national standards that are set out in law and that are paid for, as said above.",
		"On national standards we recommend that:\nthe Department publish a costed draft of the national standards by July;",
	}, "\n")}})
	var got []string
	for _, p := range testReport(t, a).Members[0].Positions {
		if p.ThemeID == "standards" {
			for _, s := range p.Sentences {
				got = append(got, s.Words)
			}
		}
	}
	if len(got) == 0 || got[0] != "We support national standards, provided that they are set out in law and paid for." {
		t.Fatalf("got %q, want the sentence that takes the member's side first", got)
	}
	for _, s := range got {
		if strings.HasPrefix(s, "They") || strings.HasPrefix(s, "However") || strings.HasSuffix(s, "?") {
			t.Errorf("%q does not stand alone", s)
		}
	}
}
