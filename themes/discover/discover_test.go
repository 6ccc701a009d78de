package discover

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/samples/invent"
)

// subjects are sentences on three subjects, of which nobody need be told which.
var subjects = [][]string{
	{"School transport stops at sixteen and families drive long journeys.", "The minibus for school transport comes late every morning.",
		"Councils cut school transport and taxis cost families money.", "Long journeys by taxi are no answer to lost school transport."},
	{"Speech therapists see each child twice and then close the case.", "There are too few speech therapists for deaf children who cannot speak.",
		"Waiting lists for speech therapists have doubled since the clinics closed.", "Health boards should employ speech therapists for every clinic."},
	{"Tribunal appeals are won by parents who can pay a lawyer.", "Mediation before tribunal appeals adds months of delay.",
		"Judges decide tribunal appeals against councils nearly every time.", "Parents drop tribunal appeals because mediation has worn them out."},
}

func passages() []Passage {
	var out []Passage
	for i, of := range subjects {
		for j, text := range of {
			out = append(out, Passage{ID: fmt.Sprintf("%d.%d", i, j), Member: fmt.Sprint("M", j), Text: text})
		}
	}
	return append(out, Passage{ID: "tagged", Member: "M9", Text: "Funding for councils was cut again.", Tagged: true})
}

func TestFind(t *testing.T) {
	f, err := Find(t.Context(), passages(), Options{Seed: 1, Groups: 3})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range f.Proposals {
		names = append(names, p.Name)
		for _, id := range p.Passages {
			if id[0] != p.Passages[0][0] {
				t.Errorf("%s: passages of two subjects: %v", p.Name, p.Passages)
			}
		}
		if p.Members != 4 || len(p.Telling) != maxTelling {
			t.Errorf("%s: got %d members, telling %v, want 4 and three", p.Name, p.Members, p.Telling)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(names, []string{"School transport", "Speech therapists", "Tribunal appeals"}); diff != "" {
		t.Errorf("names: got -, want +:\n%s", diff)
	}
	again, err := Find(t.Context(), passages(), Options{Seed: 1, Groups: 3})
	if diff := cmp.Diff(again, f); err != nil || diff != "" {
		t.Errorf("second run: %v, got -, want +:\n%s", err, diff)
	}
}

// TestPrivateWordsStayOut: what is private is counted and gives no word to a name, a rule or an example.
func TestPrivateWordsStayOut(t *testing.T) {
	all := passages()
	for i := range all {
		all[i].Private = all[i].ID[0] == '1' || all[i].ID == "0.1"
	}
	f, err := Find(t.Context(), all, Options{Seed: 1, Groups: 3})
	if err != nil {
		t.Fatal(err)
	}
	if f.Passages != 12 || len(f.Proposals) != 2 {
		t.Errorf("got %d passages, %d proposals, want 12 and 2", f.Passages, len(f.Proposals))
	}
	words := append([]Phrase{}, f.Phrases...)
	for _, p := range f.Proposals {
		words = append(words, p.Phrases...)
		if slices.Contains(p.Telling, "0.1") {
			t.Error("a private passage is shown")
		}
	}
	for _, p := range words {
		if slices.Contains([]string{"speech therapists", "therapists", "minibus", "clinic"}, p.Words) {
			t.Errorf("the phrase %q is from private passages", p.Words)
		}
	}
}

func TestFindLittle(t *testing.T) {
	for name, all := range map[string][]Passage{"nothing": nil, "one": passages()[:1], "no words": {{ID: "1"}, {ID: "2"}, {ID: "3"}, {ID: "4"}}, "the same": slices.Repeat(passages()[:1], 9)} {
		if _, err := Find(t.Context(), all, Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find(ctx, passages(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestNounPhrases(t *testing.T) {
	var got []string
	for _, o := range nounPhrases("The new national standards are welcome. Educational psychologists don't visit schools.") {
		got = append(got, o.form)
	}
	slices.Sort(got)
	want := []string{"educational psychologists", "national standards", "new national standards", "psychologists", "schools", "standards"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

// TestLSA: rows that differ in few dimensions keep their angles.
func TestLSA(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var rows []vector
	for range 40 { // in four dimensions
		var v vector
		for at := range int32(4) {
			v = append(v, component{at, r.NormFloat64()})
		}
		v.normalise()
		rows = append(rows, v)
	}
	got := lsa(rows, 4, r)
	for i := range rows {
		for j := range i {
			want := 0.0
			for k := range rows[i] {
				want += rows[i][k].value * rows[j][k].value
			}
			if math.Abs(dot(got[i], got[j])-want) > 1e-6 {
				t.Fatalf("rows %d and %d: got %.4f, want %.4f", i, j, dot(got[i], got[j]), want)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	ids := func(from, to int) []string {
		var out []string
		for i := from; i < to; i++ {
			out = append(out, fmt.Sprint(i))
		}
		return out
	}
	got := Check([]Theme{
		{ID: "pace", Name: "Pace", Description: "How quickly reform comes", Passages: ids(0, 10)},
		{ID: "speed", Name: "Timelines", Description: "Waits under the law", Passages: ids(0, 9)},
		{ID: "all", Name: "Everything else", Passages: ids(0, 60)},
		{ID: "pool", Name: "Hydrotherapy", Description: "Pools and swimming"},
		{ID: "swim", Name: "Pools", Description: "Swimming, hydrotherapy and pools", Passages: ids(70, 72)},
	}, 100)
	var kinds []string
	for _, w := range got {
		kinds = append(kinds, fmt.Sprint(w.Kind, " ", w.Themes))
	}
	if diff := cmp.Diff(kinds, []string{"catchall [all]", "empty [pool]", "overlap [pace speed]", "wording [pool swim]"}); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func BenchmarkFind(b *testing.B) {
	v, err := invent.FromFolder(os.DirFS("../../samples/source"))
	if err != nil {
		b.Fatal(err)
	}
	all := make([]Passage, 20_000)
	for i := range all {
		all[i] = Passage{ID: fmt.Sprint(i), Member: fmt.Sprint(i % 400), Text: v.Passage(i), Tagged: i%2 == 0}
	}
	for b.Loop() {
		if _, err := Find(b.Context(), all, Options{Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(all)), "µs/passage")
}
