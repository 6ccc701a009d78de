package learn

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"collate/index"
	"collate/index/extract"
	"collate/samples"
)

func corpus(t testing.TB, passages []Passage) *Corpus {
	t.Helper()
	c, err := NewCorpus(t.Context(), passages)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func train(t testing.TB, c *Corpus, themes []Theme, labels []Label, hits []Hit, before *Model) *Model {
	t.Helper()
	m, err := Train(t.Context(), c, themes, labels, hits, before)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func score(t testing.TB, m *Model) *Scores {
	t.Helper()
	s, err := m.Score(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var twoThemes = []Theme{
	{ID: "waits", Name: "Waiting times", Description: "How long children wait for assessment", Examples: []string{"Families wait a year for a plan."}},
	{ID: "money", Name: "Funding", Description: "Money for schools and councils", Examples: []string{"The high needs budget is in deficit."}},
	{ID: "empty"},
}

var fourPassages = []Passage{
	{ID: "1", Text: "Our members tell us that families wait more than a year for an assessment, and that the waiting is the worst of it."},
	{ID: "2", Text: "Councils need money. Without funding for schools nothing will change."},
	{ID: "3", Text: "We are a charity founded in 1975."},
	{ID: "4", Text: ""},
}

// examplePassages are what some of the example's members sent, with their places.
func examplePassages(t testing.TB) []Passage {
	t.Helper()
	files, err := fs.Glob(samples.SendAPPlan(), "submissions/*.docx")
	if err != nil {
		t.Fatal(err)
	}
	var out []Passage
	for _, name := range files {
		data, err := fs.ReadFile(samples.SendAPPlan(), name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := extract.File(t.Context(), filepath.Base(name), data)
		if err != nil {
			continue // one is damaged on purpose
		}
		for _, p := range index.Passages(name, doc) {
			out = append(out, Passage{ID: p.ID, Text: doc.Text[p.Body:p.End], Headings: []string{doc.Text[p.Start:p.Body]}, Member: name, Submission: name})
		}
	}
	if len(out) < 100 {
		t.Fatalf("%d passages of the example were read", len(out))
	}
	return out
}

var exampleThemes = []Theme{
	{ID: "waits", Name: "Waiting times", Description: "How long children wait for an assessment or a plan; the 20-week limit", Examples: []string{"The law says 20 weeks and families wait a year."}},
	{ID: "money", Name: "Funding", Description: "Bands and tariffs, the high needs block and its deficits", Examples: []string{"Bands and tariffs must follow the child's need."}},
	{ID: "people", Name: "Workforce", Description: "Teachers, SENCOs and therapists; recruitment and training", Examples: []string{"There are not enough educational psychologists."}},
	{ID: "law", Name: "Tribunal and mediation", Description: "Appeals, mandatory mediation, redress"},
}

// exampleLabels says yes where a word stands: what a person would say is not needed to see that it is learnt.
func exampleLabels(passages []Passage, n int) []Label {
	var out []Label
	for p := range min(n, len(passages)) {
		for i, word := range []string{"wait", "fund", "train", "mediation"} {
			out = append(out, Label{Passage: p, Theme: i, Yes: strings.Contains(strings.ToLower(passages[p].Text), word)})
		}
	}
	return out
}

func TestTheCodebookAloneTellsThemesApart(t *testing.T) {
	s := score(t, train(t, corpus(t, fourPassages), twoThemes, nil, nil, nil))
	for p, theme := range []int{0, 1} {
		for other := range twoThemes {
			if other != theme && s.Probability(p, theme) <= s.Probability(p, other) {
				t.Errorf("passage %d: %.3f for its theme and %.3f for theme %d", p, s.Probability(p, theme), s.Probability(p, other), other)
			}
		}
		if !s.Suggested(p, theme) {
			t.Errorf("passage %d: its theme is not suggested", p)
		}
	}
	for p := range fourPassages {
		if s.Suggested(p, 2) {
			t.Errorf("passage %d: a theme without a word is suggested", p)
		}
	}
}

func TestNothingAndLittle(t *testing.T) {
	for _, test := range []struct {
		name     string
		themes   []Theme
		passages []Passage
		labels   []Label
	}{
		{"nothing", nil, nil, nil},
		{"no themes", nil, fourPassages, nil},
		{"no passages", twoThemes, nil, nil},
		{"one passage, one theme", twoThemes[:1], fourPassages[:1], nil},
		{"one theme without a word", []Theme{{}}, fourPassages, nil},
		{"one label", twoThemes, fourPassages, []Label{{0, 0, true}}},
		{"only noes", twoThemes, fourPassages, []Label{{0, 2, false}, {1, 2, false}, {2, 0, false}}},
		{"a yes for a theme without a word", twoThemes, fourPassages, []Label{{2, 2, true}}},
		{"bytes that are no text", []Theme{{Name: "\xff\xfe"}}, []Passage{{Text: "\xff \x00 a\xc3"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := train(t, corpus(t, test.passages), test.themes, test.labels, nil, nil)
			s := score(t, m)
			for p := range test.passages {
				for i := range test.themes {
					if x := s.Probability(p, i); !(x >= 0 && x <= 1) {
						t.Errorf("passage %d, theme %d: %v is no probability", p, i, x)
					}
					m.Because(p, i)
				}
			}
			if m.Calibrated() {
				t.Error("calibrated")
			}
		})
	}
}

func TestLabelsAndHitsOutsideAreRefused(t *testing.T) {
	c := corpus(t, fourPassages)
	for _, l := range []Label{{-1, 0, true}, {4, 0, true}, {0, 3, true}, {0, -1, true}} {
		if _, err := Train(t.Context(), c, twoThemes, []Label{l}, nil, nil); err == nil {
			t.Errorf("label %v was taken", l)
		}
		if _, err := Train(t.Context(), c, twoThemes, nil, []Hit{{l.Passage, l.Theme}}, nil); err == nil {
			t.Errorf("hit %v was taken", l)
		}
	}
}

// TestWordsOfAReasonAreThereAndWeigh leaves the words that a reason names out of the passage: alone and together, they must have made the
// theme likelier.
func TestWordsOfAReasonAreThereAndWeigh(t *testing.T) {
	passages := examplePassages(t)
	for _, labelled := range []int{0, 60} {
		c := corpus(t, passages)
		m := train(t, c, exampleThemes, exampleLabels(passages, labelled), nil, nil)
		s := score(t, m)
		checked := 0
		for p := range passages {
			for theme := range exampleThemes {
				if !s.Suggested(p, theme) || p%3 != 0 {
					continue
				}
				b := m.Because(p, theme)
				if d := cmp.Diff(b.Probability, s.Probability(p, theme), cmpopts.EquateApprox(0, 1e-4)); d != "" {
					t.Errorf("%s: the reason's probability is not the passage's (-reason +passage):\n%s", passages[p].ID, d)
				}
				var all []index.Span
				for i, w := range b.Words {
					for _, at := range w.Spans {
						word := passages[p].Text[at.Start:at.End]
						if strings.TrimSpace(word) == "" {
							t.Errorf("%s: word %d is %q", passages[p].ID, i, word)
						}
					}
					all = append(all, w.Spans...)
					if i > 0 && w.Weight > b.Words[i-1].Weight {
						t.Errorf("%s: the words are not sorted by weight", passages[p].ID)
					}
					if left := rate(m, p, theme, without(passages[p].Text, w.Spans)); left >= b.Probability {
						t.Errorf("%s: without %q it is %.4f, with it %.4f", passages[p].ID, passages[p].Text[w.Spans[0].Start:w.Spans[0].End], left, b.Probability)
					}
					checked++
				}
				if len(all) > 0 {
					if left := rate(m, p, theme, without(passages[p].Text, all)); left >= b.Probability {
						t.Errorf("%s: without all words named it is %.4f, with them %.4f", passages[p].ID, left, b.Probability)
					}
				}
			}
		}
		if checked < 50 {
			t.Errorf("%d words were checked with %d labelled passages", checked, labelled)
		}
	}
}

// without puts a full stop where words were, so that what stood on both sides does not become a pair.
func without(text string, spans []index.Span) string {
	b := []byte(text)
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			b[i] = '.'
		}
	}
	return string(b)
}

// rate is what a model says of a passage of its corpus if its text were another. It reads the text anew, in another way than [Model.Because].
func rate(m *Model, p, theme int, text string) float64 {
	c := *m.corpus
	c.rows = slices.Clone(c.rows)
	r := c.rows[p]
	words := readWords(text)
	r.own = c.vector(words)
	r.words = len(words)
	r.tf = make([]uint8, len(r.own.ids))
	for i, f := range r.own.ids {
		for j, w := range words {
			of := c.words.parts[f]
			if of[1] < 0 && c.words.stems[of[0]] == w.stem || of[1] >= 0 && w.joined && c.words.stems[of[0]] == words[j-1].stem && c.words.stems[of[1]] == w.stem {
				r.tf[i]++
			}
		}
	}
	c.rows[p] = r
	c.rows[p].norm = c.full(p).norm()
	n := *m
	n.corpus = &c
	like, goes := make([]float64, len(m.themes)), make([]float64, len(m.themes))
	c.likeness(&c.rows[p], m.seed.words, like)
	m.seed.associated.add(r.own, 1, goes)
	x := n.evidence(p, theme, m.learners[theme].bias+n.dot(c.full(p).unit(), theme), like[theme], goes[theme])
	x[ofLearnt] += m.learners[theme].rule * x[ofRule]
	return sigmoid(m.fusion.logit(x))
}

func TestAReasonNamesTheSignalsAndTheMostSimilarPassage(t *testing.T) {
	passages := []Passage{
		{ID: "1", Text: "Families wait more than a year for an assessment.", Submission: "a"},
		{ID: "2", Text: "That is our first point.", Submission: "a"},
		{ID: "3", Text: "A family had to wait a year for the assessment that the law gives.", Submission: "b"},
		{ID: "4", Text: "Schools need money.", Submission: "c"},
	}
	c := corpus(t, passages)
	m := train(t, c, twoThemes, []Label{{2, 0, true}, {3, 0, false}}, []Hit{{0, 0}}, nil)
	b := m.Because(0, 0)
	if b.Similar != 2 || b.Likeness <= 0 {
		t.Errorf("the most similar passage is %d (%.2f), want 2", b.Similar, b.Likeness)
	}
	signals := func(b Because) (out []Signal) {
		for _, s := range b.Signals {
			out = append(out, s.Signal)
		}
		return out
	}
	if got := signals(b); !slices.Contains(got, Rule) || !slices.Contains(got, Learnt) {
		t.Errorf("the signals are %v, want the rule and the learnt words among them", got)
	}
	if got := signals(m.Because(1, 0)); !slices.Contains(got, Context) {
		t.Errorf("the signals of a passage behind one on the theme are %v, want the context among them", got)
	}
	if got := b.String(passages[0].Text); !strings.Contains(got, "wait") || !strings.Contains(got, "; rule") {
		t.Errorf("it reads %q", got)
	}
}

func TestARuleSpeaksAndDecisionsOverruleIt(t *testing.T) {
	var passages []Passage
	var hits []Hit
	var labels []Label
	for i := range 60 {
		passages = append(passages, Passage{ID: fmt.Sprint(i), Text: fmt.Sprintf("Passage number %d says something of no theme.", i)})
		if i%2 == 0 {
			hits = append(hits, Hit{i, 0})
		}
		if i < 40 {
			labels = append(labels, Label{i, 0, false}, Label{i, 1, i%5 == 0})
		}
	}
	c := corpus(t, passages)
	s := score(t, train(t, c, twoThemes, nil, hits, nil))
	if !s.Suggested(50, 0) || s.Suggested(51, 0) {
		t.Errorf("before decisions: with a hit %.2f, without %.2f", s.Probability(50, 0), s.Probability(51, 0))
	}
	s = score(t, train(t, c, twoThemes, labels, hits, nil))
	if s.Probability(50, 0) > 0.2 {
		t.Errorf("after twenty noes on its hits: %.2f", s.Probability(50, 0))
	}
}

// TestTheSameToTheBit trains from nothing and from an earlier model, and with the labels in another order.
func TestTheSameToTheBit(t *testing.T) {
	passages := examplePassages(t)
	labels := exampleLabels(passages, 50)
	earlier := train(t, corpus(t, passages), exampleThemes, labels[:150], nil, nil)
	want := train(t, corpus(t, passages), exampleThemes, labels, nil, nil)
	turned := slices.Clone(labels)
	slices.Reverse(turned)
	for name, m := range map[string]*Model{
		"again":               train(t, corpus(t, passages), exampleThemes, labels, nil, nil),
		"other order":         train(t, corpus(t, passages), exampleThemes, turned, nil, nil),
		"from an earlier one": train(t, earlier.corpus, exampleThemes, labels, nil, earlier),
	} {
		if d := cmp.Diff(score(t, m).values, score(t, want).values); d != "" {
			t.Errorf("%s: other probabilities:\n%.500s", name, d)
		}
		if d := cmp.Diff(m.Because(3, 1), want.Because(3, 1)); d != "" {
			t.Errorf("%s: another reason:\n%s", name, d)
		}
	}
}

func TestDecisionsTeach(t *testing.T) {
	passages := examplePassages(t)
	c := corpus(t, passages)
	f1 := func(m *Model) float64 {
		s := score(t, m)
		var answers [][]Answer
		gold := exampleLabels(passages, len(passages))
		for p := 120; p < len(passages); p++ {
			var row []Answer
			for theme := range exampleThemes {
				row = append(row, Answer{s.Probability(p, theme), s.Suggested(p, theme), gold[p*len(exampleThemes)+theme].Yes})
			}
			answers = append(answers, row)
		}
		return Measure(answers, 1).Micro.F1
	}
	before, after := train(t, c, exampleThemes, nil, nil, nil), train(t, c, exampleThemes, exampleLabels(passages, 120), nil, nil)
	if !after.Calibrated() || before.Calibrated() {
		t.Error("calibrated from the wrong number of passages")
	}
	if x, y := f1(before), f1(after); y < x+0.05 {
		t.Errorf("F1 was %.3f and is %.3f after 120 reviewed passages", x, y)
	}
	cuts := after.Cuts()
	if len(cuts) != 19 || cuts[0].Recall < cuts[18].Recall || cuts[18].Precision < cuts[0].Precision {
		t.Errorf("what to expect of cuts: %+v", cuts)
	}
}

func TestWorkEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := NewCorpus(ctx, fourPassages); !errors.Is(err, context.Canceled) {
		t.Errorf("NewCorpus: %v", err)
	}
	c := corpus(t, fourPassages)
	if _, err := Train(ctx, c, twoThemes, nil, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Train: %v", err)
	}
	if _, err := train(t, c, twoThemes, nil, nil, nil).Score(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Score: %v", err)
	}
}
