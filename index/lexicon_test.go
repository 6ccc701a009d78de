package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestNumbersOfAnySize(t *testing.T) {
	want := []uint32{0, 1, twoBytes - 1, firstOfTwo, firstOfTwo + 255, firstOfTwo + 256, firstOfThree - 1, firstOfThree, firstOfThree + 1<<16, firstOfFive - 1, firstOfFive, 1 << 30}
	var s script
	for _, id := range want {
		s = appendNumber(s, id)
	}
	var got []uint32
	for len(s) > 0 {
		id, size := s.next()
		got, s = append(got, id), s[size:]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLexiconLoads saves a lexicon in two pieces, as two updates do.
func TestLexiconLoads(t *testing.T) {
	l, loaded := newLexicon(), newLexicon()
	for _, text := range []string{"The £70m co-production of plans cost 70m", "46% of £70m, 46 plans, and U.K. plan's"} {
		w := newPassageWords(text)
		w.read()
		w.script(l)
		first, words := l.unsaved()
		if err := loaded.load(first, words); err != nil {
			t.Fatal(err)
		}
		l.saved = l.size()
	}
	if diff := cmp.Diff(l, loaded, cmp.AllowUnexported(lexicon{}), cmpopts.IgnoreFields(lexicon{}, "mu")); diff != "" {
		t.Error(diff)
	}
	if err := loaded.load(l.size()+1, []byte("gap")); err == nil {
		t.Error("a piece is missing: no error")
	}
}

// TestScanRanksAsTheIndexDoes asks both the same: where everything counts, they give the same scores.
func TestScanRanksAsTheIndexDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	files := map[string]string{}
	for f := range 12 {
		var lines []string
		for range 5 {
			lines = append(lines, strings.Join(strings.Fields(randomText(r)+" plan and a tail "+fmt.Sprint(len(lines), f)), " "))
		}
		files[fmt.Sprintf("Member %02d/a.txt", f)] = strings.Join(lines, "\n")
	}
	c, s := talking(t, "name\n", files)
	if len(s.Passages) != 60 {
		t.Fatalf("%d passages count, want 60", len(s.Passages))
	}
	scores := func(q *Query, instead bool) []candidate {
		l, err := s.look(q, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		l.instead = instead
		if err := c.find(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(l.hits, func(a, b candidate) int { return int(a.at - b.at) })
		return l.hits
	}
	hits := 0
	for range 2000 {
		q, err := ParseQuery(randomQuery(r, r.IntN(4)))
		if err != nil {
			continue
		}
		index, scan := scores(q, false), scores(q, true)
		if diff := cmp.Diff(index, scan, cmp.AllowUnexported(candidate{}), cmpopts.EquateApprox(1e-9, 0)); diff != "" {
			t.Fatalf("%s (-index +scan):\n%s", q, diff)
		}
		hits += len(index)
	}
	if hits < 2000 {
		t.Errorf("%d hits: too few to mean anything", hits)
	}
}
