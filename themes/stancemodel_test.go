package themes

import (
	"fmt"
	"testing"

	"collate/index"
)

// TestStanceModelLearnsFromPeopleAlone: until somebody decides, the model says what the rules say and no more; then it knows the words
// that people took for a side, and a machine's proposals have taught it nothing.
func TestStanceModelLearnsFromPeopleAlone(t *testing.T) {
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
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	before, err := a.StanceModel(ctx)
	if err != nil {
		t.Fatal(err)
	}
	asked := s.Passages[1].ID
	if p := before.Stance(asked, "timelines"); p.Stance != NotStated {
		t.Errorf("before anybody decided: %+v", p)
	}
	var decisions []index.Decision
	for i, p := range s.Passages[2:] {
		value := Oppose
		if i%2 == 0 {
			value = Support
		}
		decisions = append(decisions, index.Decision{Kind: index.ByPerson, Coder: "Ann", Act: index.ActStance, Subject: p.ID, Theme: "timelines", Value: string(value)})
	}
	if err := a.Decide(ctx, decisions); err != nil {
		t.Fatal(err)
	}
	after, err := a.StanceModel(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if p := after.Stance(asked, "timelines"); p.Stance != Oppose || p.Probability < 0.7 || p.Because == "" {
		t.Errorf("after people decided: %+v, want oppose with a reason", p)
	}
	if p := after.Stance(asked, "ap"); p.Stance != NotStated {
		t.Errorf("on a theme that it is not on: %+v", p)
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
