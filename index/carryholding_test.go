package index

import (
	"strings"
	"testing"
)

// TestConfidenceHoldsInAPassageCutAnew: the words that a person said are confidential stand with others in one passage of the next version.
func TestConfidenceHoldsInAPassageCutAnew(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	add := func(text string) *Snapshot {
		t.Helper()
		if _, err := c.Add(ctx, "Alpha/a.txt", []byte("paragraph: "+text)); err != nil {
			t.Fatal(err)
		}
		s, err := c.Snapshot(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	said := "What we say here is not for others to read at all."
	long := strings.Repeat(" And so it goes on for long with many a word.", 30)
	s := add(said)
	if err := c.SetConsent(ctx, s.Passages[0].ID, Confidential, "Ann"); err != nil {
		t.Fatal(err)
	}
	s = add("Now there is more. " + said + " That is all." + long + "\nparagraph: This is another passage of the same member." + long)
	if len(s.Passages) < 2 {
		t.Fatalf("%d passages, want two or more", len(s.Passages))
	}
	for _, p := range s.Passages {
		want := Attributable
		if strings.Contains(s.Text(p), said) {
			want = Confidential
		}
		if got := s.Consent(p); got != want {
			t.Errorf("%q is %s, want %s", s.Text(p), got, want)
		}
	}
	if len(s.LooseConsents()) > 0 {
		t.Errorf("%v have no place", s.LooseConsents())
	}
}
