package themes

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// TestSearcherIsOfNow changes the record through another opening of it, as another process does, and asks for a searcher after each.
func TestSearcherIsOfNow(t *testing.T) {
	a := testAnalysis(t, "Member A\nMember B\n", [][2]string{{"Member A/a.txt", "We wait for AP."}, {"Member B/b.txt", "We wait as well."}})
	other, err := Open(t.Context(), a.Path(), a.opt)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	first, err := a.Searcher(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := func(query string) (int, *Searcher) {
		t.Helper()
		x, err := a.Searcher(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		answer, err := x.Search(t.Context(), query, index.SearchOptions{Limit: -1})
		if err != nil {
			t.Fatal(err)
		}
		return answer.Passages, x
	}
	steps := []struct {
		name         string
		do           func() error
		query        string
		want         int
		same, loaded bool // the same searcher; another snapshot
	}{
		{"nothing", func() error { return nil }, "wait", 2, true, false},
		{"a file", func() error { _, err := other.Add(t.Context(), "Member B/c.txt", []byte("And wait.")); return err }, "wait", 3, false, true},
		{"the same file", func() error { _, err := other.Add(t.Context(), "Member B/c.txt", []byte("And wait.")); return err }, "wait", 3, true, false},
		{"a coding", func() error {
			return other.DecidePassage(t.Context(), PassageDecision{Passage: first.Passages[0].ID, Theme: "ap", Tagged: true, Stance: Oppose, Coder: "Ann"})
		}, "stance:oppose checked:yes", 1, false, false},
		{"a synonym", func() error { return other.WriteSynonyms(t.Context(), "tarry = wait", "", "Ann") }, "tarry", 3, false, false},
		{"a saved search", func() error { return other.SaveSearch(t.Context(), "W", "wait", nil, "Ann") }, "tarry", 3, false, false},
		{"a submission left out", func() error { return other.SetUse(t.Context(), "Member B/c.txt", index.UseLeaveOut, "", "Ann") }, "wait", 2, false, true},
		{"another codebook", func() error {
			return other.SetCodebook(t.Context(), "ours.yaml", []byte("themes:\n  - id: pace\n    name: Pace\n    any: [wait]\n"), "Ann")
		}, "NOT theme:pace", 2, false, true},
	}
	before := first
	for _, s := range steps {
		if err := s.do(); err != nil {
			t.Fatal(s.name, err)
		}
		n, x := found(s.query)
		if n != s.want {
			t.Errorf("after %s %s finds %d passages, want %d", s.name, s.query, n, s.want)
		}
		if got := []bool{x == before, x.Snapshot != before.Snapshot}; !cmp.Equal(got, []bool{s.same, s.loaded}) {
			t.Errorf("after %s: the same searcher, and another snapshot: %v", s.name, got)
		}
		before = x
	}
	old, err := first.Search(t.Context(), "wait", index.SearchOptions{Limit: -1})
	if err != nil || old.Passages != 2 {
		t.Errorf("the first searcher finds %+v, %v; it is to stay as it was", old, err)
	}
	if a.theme("ap") == nil {
		t.Error("the analysis itself has another codebook: whoever uses it meanwhile would read both")
	}
}
