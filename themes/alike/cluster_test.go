package alike

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	tariffs = "The plan asks schools to pay for specialist places out of a national tariff that nobody has costed, and councils will carry whatever the tariff does not cover."
	waits   = "Half of the families who answered our survey have waited longer than a year for an assessment, and most of them paid for a private report in the end."
)

// ids are the passages of each cluster.
func ids(clusters []Cluster) [][]string {
	var out [][]string
	for _, c := range clusters {
		var of []string
		for _, x := range c.Copies {
			of = append(of, x.Passage)
		}
		out = append(out, of)
	}
	return out
}

func TestFind(t *testing.T) {
	thanks := "Thank you for the opportunity to respond."
	tests := []struct {
		name     string
		passages []Passage
		want     [][]string
	}{
		{"nothing", nil, nil},
		{"the same but for case and marks", []Passage{{"1", "A", tariffs}, {"2", "B", strings.ToUpper(tariffs) + "!"}, {"3", "C", waits}}, [][]string{{"1", "2"}}},
		{"one member's own words twice", []Passage{{"1", "A", tariffs}, {"2", "A", tariffs}}, nil},
		{"a short sentence is no copy", []Passage{{"1", "A", thanks}, {"2", "B", thanks}, {"3", "C", thanks}}, nil},
		{"a third that holds both does not make two texts alike",
			[]Passage{{"1", "A", tariffs}, {"2", "B", tariffs + " " + waits}, {"3", "C", waits}}, [][]string{{"1", "2"}, {"2", "3"}}},
		{"the halves of a text that many sent whole are copies of it",
			[]Passage{{"1", "A", tariffs + " " + waits}, {"2", "B", tariffs + " " + waits}, {"3", "C", waits}, {"4", "D", tariffs}}, [][]string{{"1", "2", "3", "4"}}},
		{"sentences that changed places", []Passage{{"1", "A", tariffs + " " + waits}, {"2", "B", waits + " " + tariffs}}, [][]string{{"1", "2"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Find(t.Context(), tt.passages, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(ids(got), tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

// TestStockPhrases: a sentence that many write does not join what they write around it.
func TestStockPhrases(t *testing.T) {
	sentence := "We welcome the opportunity to respond to this consultation on the special educational needs and alternative provision plan. "
	var passages []Passage
	for i, own := range []string{
		"Our nurseries close at noon because no agency has a cook to send, and parents leave work to fetch them home again.",
		"Deaf pupils in the north see a teacher who signs once in a fortnight, for an hour, in a corridor beside the gym.",
		"Appeals are won nineteen times out of twenty, which says more about first decisions than about tribunals or judges.",
		"A hydrotherapy pool was shut in March, then sold, and the children who swam there have been driven to Leeds since.",
		"College bursaries stop at nineteen although courses for learners with a plan run on until they are twenty-five.",
		"Taxi contracts cost the county more than every educational psychologist that it employs, by a factor of three.",
	} {
		passages = append(passages, Passage{ID: string(rune('1' + i)), Member: string(rune('A' + i)), Text: sentence + own})
	}
	got, err := Find(t.Context(), passages, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 0 {
		t.Errorf("got %v, want no cluster", ids(got))
	}
}

func TestOwnWords(t *testing.T) {
	passages := []Passage{
		{"1", "A", tariffs},
		{"2", "B", "As a school for deaf children we agree. " + tariffs},
		{"3", "C", strings.Replace(tariffs, "specialist places", "hospital schools", 1)},
	}
	got, err := Find(t.Context(), passages, nil)
	if err != nil || len(got) != 1 {
		t.Fatalf("got %v, %v, want one cluster", ids(got), err)
	}
	own := map[string][]string{}
	for i, c := range got[0].Copies {
		for _, s := range c.Own {
			own[c.Passage] = append(own[c.Passage], passages[i].Text[s.Start:s.End])
		}
	}
	want := map[string][]string{"2": {"As a school for deaf children we agree"}, "3": {"hospital schools"}}
	if diff := cmp.Diff(own, want); diff != "" {
		t.Errorf("own words: got -, want +:\n%s", diff)
	}
	if got, want := got[0].Longest, strings.TrimSuffix(tariffs, "."); got != want {
		t.Errorf("longest common text: got %q, want %q", got, want)
	}
	if got := got[0].Copies[0].Exact; !got {
		t.Error("the copy that is the text itself: got not exact")
	}
}

func TestTemplates(t *testing.T) {
	letter := "Dear Minister. " + tariffs + " " + waits + " Please think again before the summer."
	passages := []Passage{
		{"1", "A", "We are a small charity in Hull with four staff and two hundred volunteers. " + waits},
		{"2", "B", tariffs},
		{"3", "C", "Our own view is that inspectors should ask children first and read the paperwork of their schools afterwards."},
	}
	got, err := Find(t.Context(), passages, []Template{{"letter of May", letter}, {"letter that nobody used", "What is in this letter was sent to nobody and is used by nobody, ever, anywhere at all."}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids(got), [][]string{{"1", "2"}}); diff != "" {
		t.Fatalf("got -, want +:\n%s", diff)
	}
	if got, want := got[0].Template, "letter of May"; got != want {
		t.Errorf("template: got %q, want %q", got, want)
	}
	if o := got[0].Copies[0].Own; len(o) != 1 || passages[0].Text[o[0].Start:o[0].End] != "We are a small charity in Hull with four staff and two hundred volunteers" {
		t.Errorf("own words of a letter made from the template: got %v", o)
	}
}

// TestSameAnswer: two runs give the same clusters, and the order of the passages does not change what is together.
func TestSameAnswer(t *testing.T) {
	e := newEdited(t, 1500, 3)
	first, err := Find(t.Context(), e.passages, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Find(t.Context(), e.passages, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(again, first); diff != "" {
		t.Errorf("second run: got -, want +:\n%s", diff)
	}
}

func TestFindStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find(ctx, newEdited(t, 200, 3).passages, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// FuzzFind: whatever members write, every span lies in its text and starts where a letter does.
func FuzzFind(f *testing.F) {
	f.Add(tariffs, waits+" "+tariffs, "")
	f.Add("ﬁ \xff a b c d e f g h i j k l m n", "a b c d e f g h i j k l m n\x00", "a b c d e f g h i j k l m n o p")
	f.Fuzz(func(t *testing.T, a, b, template string) {
		passages := []Passage{{"1", "A", a}, {"2", "B", b}, {"3", "C", a + " " + b}}
		clusters, err := Find(t.Context(), passages, []Template{{"t", template}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range clusters {
			for _, s := range c.Common {
				_ = c.Text[s.Start:s.End]
			}
			for _, x := range c.Copies {
				i := slices.IndexFunc(passages, func(p Passage) bool { return p.ID == x.Passage })
				last := 0
				for _, s := range x.Own {
					if s.Start < last || s.End <= s.Start || s.End > len(passages[i].Text) {
						t.Errorf("own words of %s: got %v", x.Passage, x.Own)
					}
					last = s.End
				}
			}
		}
	})
}
