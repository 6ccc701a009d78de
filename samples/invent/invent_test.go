package invent

import (
	"os"
	"strings"
	"testing"
)

func inventor(t testing.TB) *Inventor {
	t.Helper()
	text, err := os.ReadFile("../send-ap-plan/submissions/minds-at-school.txt")
	if err != nil {
		t.Fatal(err)
	}
	return New([]string{string(text)})
}

func TestPassages(t *testing.T) {
	v := inventor(t)
	const n = 500
	bytes, distinct := 0, map[string]bool{}
	for i := range n {
		p := v.Passage(i)
		if again := inventor(t).Passage(i); i < 3 && again != p {
			t.Errorf("passage %d is %q and then %q", i, p, again)
		}
		bytes += len(p)
		distinct[p] = true
	}
	if len(distinct) != n {
		t.Errorf("%d different passages of %d", len(distinct), n)
	}
	if mean := bytes / n; mean < 600 || mean > 680 {
		t.Errorf("passages of %d bytes on average", mean)
	}
}

func TestSearches(t *testing.T) {
	v := inventor(t)
	for _, k := range Kinds() {
		searches := v.Searches(k, 3)
		if len(searches) != 3 {
			t.Errorf("%s: %d searches", k.Name, len(searches))
		}
		for _, s := range searches {
			if strings.ContainsAny(s.Collate+s.FTS5, "{}") {
				t.Errorf("%s: %q and %q have a gap", k.Name, s.Collate, s.FTS5)
			}
		}
	}
}
