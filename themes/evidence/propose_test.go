package evidence

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"collate/themes"
)

// TestSampleDraft is the whole way on the example, with every suggested position confirmed: an outline is proposed from the call, read back from its file,
// and made a draft that is ready.
func TestSampleDraft(t *testing.T) {
	a := sample(t)
	t.Run("a working draft of a response", func(t *testing.T) { answersFit(t, gather(t, a)) })
	confirm(t, a)
	m := gather(t, a)
	p, err := Propose(m, ProposeOptions{Call: sampleCall(t)})
	if err != nil {
		t.Fatal(err)
	}
	o, err := ParseOutline(p.Text())
	if err != nil {
		t.Fatalf("the proposal cannot be read back: %v\n%s", err, p.Text())
	}
	if d := cmp.Diff(*o, p.Outline, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("read back (-got +proposed):\n%s", d)
	}
	d, err := Make(m, o, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Ready() || d.Count.Total >= 2700 {
		t.Errorf("ready %v with %d words: %v", d.Ready(), d.Count.Total, d.Problems)
	}
	t.Run("every quote verbatim", func(t *testing.T) { everyQuoteVerbatim(t, a, d) })
	t.Run("every theme has its line and a quote", func(t *testing.T) {
		lines, quotes := map[string]bool{}, map[string]bool{}
		for _, s := range d.Sections {
			for _, x := range s.Paragraphs {
				if x.Basis.Kind == "line" {
					lines[x.Basis.Theme] = true
				} else if len(x.Basis.Sources) > 0 {
					quotes[x.Basis.Theme] = true
				}
			}
		}
		for _, th := range m.Report.Themes {
			if !lines[th.Name] {
				t.Errorf("%s has no line", th.Name)
			}
		}
		if len(quotes) < 8 {
			t.Errorf("only %d themes have a member's words", len(quotes))
		}
	})
	t.Run("nobody that is not named", func(t *testing.T) {
		for _, text := range texts(d) {
			if strings.Contains(text, "Harbour") || strings.Contains(text, "Confidential member") || strings.Contains(text, "(document withheld)") {
				t.Errorf("it is in the draft: %q", text)
			}
		}
	})
	t.Run("the same again", func(t *testing.T) {
		q, err := Propose(gather(t, a), ProposeOptions{Call: sampleCall(t)})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(q.Text()), string(p.Text())); diff != "" {
			t.Errorf("the second proposal (-got +first):\n%s", diff)
		}
	})
}

// everyQuoteVerbatim holds each quotation of a draft against the submissions' texts themselves, white space aside.
func everyQuoteVerbatim(t *testing.T, a *themes.Analysis, d *Draft) {
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, sec := range d.Sections {
		for _, x := range sec.Paragraphs {
			for _, r := range x.Runs {
				if !r.Quote {
					continue
				}
				n++
				p := s.Passage(passage(x.Basis.Sources[0].Ref))
				if p == nil || !strings.Contains(oneLine(s.Text(p)), r.Text) {
					t.Errorf("paragraph %d: %q is not in its passage", x.Number, r.Text)
					continue
				}
				if member := s.Submission(p).Member; !strings.Contains(x.Text(), curly(member)) {
					t.Errorf("paragraph %d does not name %s: %s", x.Number, member, x.Text())
				}
			}
		}
	}
	if n < 12 {
		t.Errorf("only %d quotations", n)
	}
}

func texts(d *Draft) []string {
	out := []string{d.Title()}
	for _, b := range d.Summary {
		out = append(out, b.Text)
	}
	for _, s := range d.Sections {
		out = append(out, s.Heading)
		for i := range s.Paragraphs {
			out = append(out, s.Paragraphs[i].Text())
			for _, r := range s.Paragraphs[i].Runs {
				out = append(out, r.Note)
			}
		}
	}
	return append(out, d.Annex.texts()...)
}

func TestProposeWithNothingConfirmed(t *testing.T) {
	m := gather(t, small(t))
	p, err := Propose(m, ProposeOptions{Submitter: "the Example Consortium", Date: "2023-06-09"})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Make(m, &p.Outline, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Ready() {
		t.Error("a draft without a confirmed position is ready")
	}
	for _, text := range texts(d) {
		if strings.Contains(text, "support it") || strings.Contains(text, "oppose it") {
			t.Errorf("it counts what nobody confirmed: %q", text)
		}
	}
}

func answersFit(t *testing.T, m *Material) {
	p, err := Propose(m, ProposeOptions{Kind: Response, Suggested: true})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Make(m, &p.Outline, Options{Suggested: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Sections) != 5 {
		t.Fatalf("%d answers, want 5", len(d.Sections))
	}
	for _, s := range d.Sections {
		if s.Words == 0 || s.Words > DefaultAnswer || Words(s.Plain()) != s.Words {
			t.Errorf("%s has %d words, its text %d", s.ID, s.Words, Words(s.Plain()))
		}
	}
}

func TestFindGaps(t *testing.T) {
	m := gather(t, small(t))
	o := outlineOf(Paragraph{Quote: refOf(t, m, "far too slow"), Words: "they are far too slow"})
	o.Terms = append(o.Terms, Term{ID: "T2", Text: "Money."})
	got := FindGaps(m, o)
	want := &Gaps{
		Cited: 1, Of: 2, Members: []string{"Alpha Trust"}, Themes: []string{"Funding"},
		Terms:   []TermGap{{"T1", "Whether children wait too long.", "It has members' words and no joint line."}, {"T2", "Money.", "Nothing answers it."}},
		Rich:    []RichPassage{{Ref: refOf(t, m, "46%"), Member: "Alpha Trust", Document: "Alpha Trust/alpha.txt", Place: "para 1", Themes: []string{"Timelines"}, Figures: 1, Asks: 1, Begins: "We support the timelines of the plan. Children do not wait long …"}},
		OneType: []OneTypeTheme{{"Timelines", "Union", []string{"Charity"}}},
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
}
