package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheQuestionersWordsAreNobodysElse adds the document that the members answer after a form that repeats it.
func TestTheQuestionersWordsAreNobodysElse(t *testing.T) {
	c := realReader(t)
	plan := "What we propose\n\nWe will set national standards for every school and college in the country by the end of the year.\n\nQuestion 1: Do you agree that standards should be national?\n\nGuidance: think of the children that you know best (250 words)"
	form := "Alder Trust\n\nQuestion 1: Do you agree that standards should be national?\n\nGuidance: think of the children that you know best (250 words)\n\nWe agree, and we have waited for it for many years, since a child who moves house should not lose the help that a school in the next town gives to every child who needs it."
	quoting := "Birch Forum\n\nWe will set national standards for every school and college in the country by the end of the year."
	for name, text := range map[string]string{"alder.txt": form, "birch.txt": quoting, "reference/plan.txt": plan} {
		if _, err := c.Add(t.Context(), name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	s := mustSnapshot(t, c)
	var got []string
	for _, p := range s.Passages {
		got = append(got, s.Submission(p).Name+"|"+p.Question+"|"+s.Text(p))
	}
	want := []string{
		"alder.txt|Q1|We agree, and we have waited for it for many years, since a child who moves house should not lose the help that a school in the next town gives to every child who needs it.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
	if len(s.References) != 1 || s.References[0].Member != "" {
		t.Errorf("references: %v", s.References)
	}
}
