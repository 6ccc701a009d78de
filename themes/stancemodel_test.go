package themes

import (
	"fmt"
	"strings"
	"testing"

	"collate/index"
)

// TestStancesAreLearntFromPeopleAlone: until somebody decides, a suggestion has the stance that the rules read and no more; then it has that
// of the words that people took for a side. What people decided stays, and a machine's proposals have taught nothing.
func TestStancesAreLearntFromPeopleAlone(t *testing.T) {
	var files [][2]string
	for i := range 44 {
		text := fmt.Sprintf("The timetable lets schools plan ahead, says branch %d.", i)
		if i%2 == 1 {
			text = fmt.Sprintf("The timetable robs pupils of years, says branch %d.", i)
		}
		files = append(files, [2]string{fmt.Sprintf("Member %02d/a.txt", i), text})
	}
	a := testAnalysis(t, "", files)
	ctx := t.Context()
	stance := func(passage string) *Coding {
		t.Helper()
		if _, err := a.Tag(ctx); err != nil {
			t.Fatal(err)
		}
		_, state, err := a.current(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return state.passages[codingKey{passage, "timelines"}]
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	asked, other := s.Passages[1].ID, s.Passages[2].ID
	if c := stance(asked); c.Stance != NotStated {
		t.Errorf("before anybody decided: %+v", c)
	}
	var decisions []index.Decision
	for i, p := range s.Passages[2:] {
		value := Oppose
		if i%2 == 0 {
			value = Support
		}
		decisions = append(decisions, index.Decision{Kind: index.ByPerson, Coder: "Ann", Act: index.ActStance, Subject: p.ID, Theme: "timelines", Value: string(value)})
	}
	if err := a.Decide(ctx, decisions[:leastStances-1]); err != nil {
		t.Fatal(err)
	}
	if c := stance(asked); c.Stance != NotStated {
		t.Errorf("after too few decisions: %+v", c)
	}
	if err := a.Decide(ctx, decisions[leastStances-1:]); err != nil {
		t.Fatal(err)
	}
	if c := stance(asked); c.Stance != Oppose || c.StanceConfirmed || !strings.HasPrefix(c.StanceWhy, "because: ") {
		t.Errorf("after people decided: %+v, want oppose suggested with a reason", c)
	}
	if c := stance(other); c.Stance != Support || !c.StanceConfirmed || c.StanceCoder != "Ann" {
		t.Errorf("what Ann decided is %+v", c)
	}
}

func TestProposalCarriesItsCondition(t *testing.T) {
	book, err := ParseCodebook([]byte(testCodebook))
	if err != nil {
		t.Fatal(err)
	}
	const whole = "Standards\nWe support national standards, but only if they are statutory."
	got := book.Propose(whole, len("Standards\n"))
	if len(got) != 1 || got[0].Stance != Conditions || whole[got[0].Condition.Start:got[0].Condition.End] != "only if they are statutory" {
		t.Errorf("%+v, want support on the condition \"only if they are statutory\"", got)
	}
}

// TestOneWeakPassageIsNoPosition: of many passages one that only leans says little of where the member stands; one in plain words says it.
func TestOneWeakPassageIsNoPosition(t *testing.T) {
	rest := "\nThe timetable is on page 3.\nThe timetable has stages.\nThe timetable was printed."
	tests := []struct {
		name, text string
		want       Stance
		why        string
	}{
		{"it only leans", "The timetable sounds excellent." + rest, NotStated, `because: excellent; one of 4 passages leans to "support", which is too little for a position`},
		{"in plain words", "We support the timetable." + rest, Support, "because: support"},
		{"there are few", "The timetable sounds excellent.\nThe timetable has stages.", Support, "because: excellent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := testAnalysis(t, "", [][2]string{{"Member/a.txt", tt.text}})
			if _, err := a.Tag(t.Context()); err != nil {
				t.Fatal(err)
			}
			r, err := a.Report(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range r.Members[0].Positions {
				if p.ThemeID == "timelines" && (p.Stance != tt.want || p.Because != tt.why) {
					t.Errorf("%s, %q; want %s, %q", p.Stance, p.Because, tt.want, tt.why)
				}
			}
		})
	}
}
