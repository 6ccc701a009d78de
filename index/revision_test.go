package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRevision holds two openings of one record to the same count of what either changes, and to none of what changes nothing.
func TestRevision(t *testing.T) {
	here := newTestConsultation(t)
	there, err := Open(t.Context(), here.Path(), testOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	decide := func(act string) func() error {
		return func() error {
			return there.Decide(t.Context(), []Decision{{Kind: ByPerson, Coder: "Ann", Act: act, Subject: "a.txt", Value: "anonymous"}})
		}
	}
	add := func() error { _, err := there.Add(t.Context(), "a.txt", []byte("paragraph: We wait.")); return err }
	list := func() error { return here.SetMembers(t.Context(), []Member{{Name: "Ashdown Autism Trust"}}) }
	for _, tt := range []struct {
		name               string
		do                 func() error
		changes, decisions int64
	}{
		{"nothing", func() error { return nil }, 0, 0},
		{"a file", add, 1, 0},
		{"the same file again", add, 0, 0},
		{"the members", list, 1, 0},
		{"a setting", func() error { return here.Set(t.Context(), "title", "The plan") }, 1, 0},
		{"a consent", decide(ActConsent), 1, 1},
		{"a coding", decide(ActTheme), 0, 1},
		{"a search", decide(ActSearch), 0, 1},
	} {
		before, err := here.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := tt.do(); err != nil {
			t.Fatal(tt.name, err)
		}
		for where, c := range map[string]*Consultation{"here": here, "there": there} {
			after, err := c.Revision(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(Revision{before.Changes + tt.changes, before.Decisions + tt.decisions}, after); d != "" {
				t.Errorf("%s, seen from %s: %s", tt.name, where, d)
			}
		}
	}
	acts, err := here.ActsSince(t.Context(), Revision{Decisions: 1})
	if d := cmp.Diff([]string{ActSearch, ActTheme}, acts); err != nil || d != "" {
		t.Error(err, d)
	}
}
