package themes

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mergedAsks are the merged asks of a list that several asks are in, each as its members.
func mergedAsks(l *AskList) (out []string) {
	for _, actor := range l.Actors {
		for _, m := range actor.Merged {
			var members []string
			for _, i := range m.Asks {
				members = append(members, actor.Asks[i].Member)
			}
			if slices.Sort(members); len(members) > 1 {
				out = append(out, strings.Join(members, ", "))
			}
		}
	}
	return out
}

func TestSameAsksAreMerged(t *testing.T) {
	const letter = "Families have waited four years for the plan and most of what it promises comes later still. "
	for name, c := range map[string]struct {
		a, b string
		want []string
	}{
		"the same words":                       {"The Department should publish a national workforce strategy.", "The Department should publish a national workforce strategy.", []string{"Alpha, Beta"}},
		"other small words":                    {"The Department should publish its national workforce strategy.", "We ask the Department to publish a national workforce strategy.", []string{"Alpha, Beta"}},
		"synonyms":                             {"The Department should fund training for every SENCO.", "The Department should fund the training of each SENDCO.", []string{"Alpha, Beta"}},
		"one adds what changes nothing much":   {"The Department should publish a national workforce strategy for schools.", "The Department should publish a full national workforce strategy for schools.", []string{"Alpha, Beta"}},
		"a day in one alone":                   {"The Department should publish a national workforce strategy.", "The Department should publish a national workforce strategy by July 2024.", []string{"Alpha, Beta"}},
		"another day":                          {"The Department should publish a national workforce strategy by July 2025.", "The Department should publish a national workforce strategy by July 2024.", nil},
		"another body":                         {"The Treasury should publish a national workforce strategy.", "The Department should publish a national workforce strategy.", nil},
		"another verb":                         {"The Department should increase funding for support in schools.", "The Department should reduce funding for support in schools.", nil},
		"another thing":                        {"The Department should fund a national training bursary for teachers of deaf children.", "The Department should fund a national training bursary for teachers of blind children.", nil},
		"denied":                               {"The Department should publish league tables of special schools.", "The Department should not publish league tables of special schools.", nil},
		"another number":                       {"The Department should train 400 educational psychologists each year.", "The Department should train 200 educational psychologists each year.", nil},
		"it points elsewhere":                  {"The tribunal works. We ask ministers to leave it alone for good.", "The lists are wrong. We ask ministers to leave it alone for good.", nil},
		"it points to the same words":          {letter + "We ask ministers to end it for good.", letter + "We ask ministers to end it for good.", []string{"Alpha, Beta"}},
		"too short to say what it asks":        {"Mediation is unfair. It should be withdrawn.", "The tariff is too low. It should be withdrawn.", nil},
		"nobody is named, of different things": {"The proposals for tailored lists should be withdrawn.", "The proposals for mandatory mediation should be withdrawn.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := testAnalysis(t, "Alpha\nBeta\n", [][2]string{{"Alpha/a.txt", c.a}, {"Beta/b.txt", c.b + "\nThis is Beta's."}})
			found, err := a.Asks(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(mergedAsks(found), c.want); diff != "" {
				t.Errorf("merged (-got +want):\n%s\n%+v", diff, found.Actors)
			}
		})
	}
}

// Every ask is in one merged ask, which has as many members as its asks have, whatever is merged.
func TestMergedAsksPartitionTheAsks(t *testing.T) {
	same := "The Department should publish a national workforce strategy."
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", [][2]string{{"Alpha/a.txt", same + "\n" + same + " Councils should pay."}, {"Beta/b.txt", same + "\nThis is Beta's."}, {"Gamma/c.txt", "Schools must be told. The Department should fund speech therapy in schools."}})
	found, err := a.Asks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, actor := range found.Actors {
		var in []int
		for _, m := range actor.Merged {
			members := map[string]bool{}
			for _, i := range m.Asks {
				members[actor.Asks[i].Member] = true
			}
			if m.Members != len(members) {
				t.Errorf("%q: %d members, want %d", actor.Asks[m.Asks[0]].Words, m.Members, len(members))
			}
			in = append(in, m.Asks...)
		}
		slices.Sort(in)
		for i := range actor.Asks {
			if i >= len(in) || in[i] != i {
				t.Fatalf("%q: the merged asks are of %v, want each of %d once", actor.Actor, in, len(actor.Asks))
			}
		}
	}
	if got, want := found.Actors[0].Merged[0].Members, 2; got != want {
		t.Errorf("the ask of two members has %d", got)
	}
}
