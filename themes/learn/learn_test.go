package learn

import (
	"strings"
	"testing"
)

func small() ([]Theme, []Passage) {
	return []Theme{
			{ID: "waits", Name: "Waiting times", Description: "How long children wait for assessment", Examples: []string{"Families wait a year for a plan."}},
			{ID: "money", Name: "Funding", Description: "Money for schools and councils", Examples: []string{"The high needs budget is in deficit."}},
			{ID: "empty"},
		}, []Passage{
			{ID: "1", Text: "Our members tell us that families wait more than a year for an assessment, and that the waiting is the worst of it."},
			{ID: "2", Text: "Councils need money. Without funding for schools nothing will change."},
			{ID: "3", Text: "We are a charity founded in 1975."},
			{ID: "4", Text: ""},
		}
}

func TestTheCodebookAloneTellsThemesApart(t *testing.T) {
	themes, passages := small()
	c, err := NewCorpus(t.Context(), passages)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Train(t.Context(), c, themes, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Score(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for p := range passages {
		t.Logf("%.3f %.3f %.3f", s.Probability(p, 0), s.Probability(p, 1), s.Probability(p, 2))
	}
	if s.Probability(0, 0) <= s.Probability(0, 1) || s.Probability(1, 1) <= s.Probability(1, 0) {
		t.Error("a passage is likelier on the other passage's theme")
	}
	b := m.Because(0, 0)
	if got := b.String(passages[0].Text); !strings.Contains(got, "wait") {
		t.Errorf("the reason is %q, want the waiting in it", got)
	}
	t.Log(b.String(passages[0].Text), b)
}
