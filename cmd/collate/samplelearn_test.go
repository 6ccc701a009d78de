package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/samples"
	"collate/themes"
	"collate/themes/learn"
)

// sampleSet is the example consultation as a set: its passages that the gold codes, and what the rules find in them.
func sampleSet(t *testing.T) *evalSet {
	t.Helper()
	_, an := runSamples(t)
	snapshot, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(samples.SendAPPlan(), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	gold, err := themes.ReadGold(text)
	if err != nil {
		t.Fatal(err)
	}
	coded := map[string][]string{}
	for _, g := range gold {
		if g.Coder == "gold" {
			coded[g.ID] = g.Themes
		}
	}
	questions := map[string]string{}
	for _, q := range snapshot.Questions {
		questions[q.ID] = q.Text
	}
	s := &evalSet{book: an.Codebook}
	for _, x := range an.Codebook.Themes {
		s.themes = append(s.themes, learn.Theme{ID: x.ID, Name: x.Name, Description: x.Description, Examples: x.Examples})
	}
	for _, p := range snapshot.Passages {
		whole, body := snapshot.Whole(p), p.Body-p.Start
		at := len(s.passages)
		sub := snapshot.Submission(p)
		l := learn.Passage{ID: p.ID, Text: snapshot.Text(p), Question: questions[p.Question], Member: sub.Member, Submission: sub.Sha}
		if heading := strings.TrimSpace(whole[:body]); heading != "" {
			l.Headings = []string{heading}
		}
		row := make([]bool, len(s.themes))
		if said, ok := coded[p.ID]; ok {
			s.test = append(s.test, at)
			for i, x := range s.themes {
				row[i] = slices.Contains(said, x.ID)
			}
		}
		s.passages, s.gold = append(s.passages, l), append(s.gold, row)
		if !p.Codable() {
			continue
		}
		for _, x := range an.Codebook.Propose(whole, body) {
			s.hits = append(s.hits, learn.Hit{Passage: at, Theme: slices.IndexFunc(s.themes, func(t learn.Theme) bool { return t.ID == x.ThemeID })})
		}
	}
	return s
}

// TestLearningOnTheExampleIsTheGolden holds what suggestions reach on the example: never less than the rules alone, and more with every
// reviewed passage. What was learnt from is not measured on.
func TestLearningOnTheExampleIsTheGolden(t *testing.T) {
	s := sampleSet(t)
	c, err := learn.NewCorpus(t.Context(), s.passages)
	if err != nil {
		t.Fatal(err)
	}
	rules := make([][]learn.Answer, len(s.test))
	hit := map[learn.Hit]bool{}
	for _, h := range s.hits {
		hit[h] = true
	}
	for i, p := range s.test {
		for x := range s.themes {
			rules[i] = append(rules[i], learn.Answer{Suggested: hit[learn.Hit{Passage: p, Theme: x}], Gold: s.gold[p][x]})
		}
	}
	alone := learn.Measure(rules, 1)
	var out strings.Builder
	fmt.Fprintf(&out, "%d passages; the rules alone: micro F1 %.3f, macro %.3f, mean of passages %.3f, kappa %.3f\n\n", len(s.test), alone.Micro.F1, alone.Macro.F1, alone.Sampled.F1, alone.Kappa)
	fmt.Fprintf(&out, "medians of five drawings of the reviewed passages, measured on the others\nreviewed  micro F1  macro F1  mean of passages  kappa  mAP    ECE    .9 right\n")
	for _, n := range []int{0, 20, 50, 100, 200} {
		var rows [][]float64
		for seed := uint64(1); seed <= 5; seed++ {
			train := draw(s.test, n, seed)
			var test []int
			for _, p := range s.test {
				if !slices.Contains(train, p) {
					test = append(test, p)
				}
			}
			e, _, err := s.evaluate(t.Context(), c, train, test, seed)
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 && e.Micro.F1 < alone.Micro.F1 {
				t.Errorf("micro F1 is %.3f before anyone reviewed and %.3f by the rules alone", e.Micro.F1, alone.Micro.F1)
			}
			rows = append(rows, []float64{e.Micro.F1, e.Macro.F1, e.Sampled.F1, e.Kappa, e.MAP, e.ECE, e.sure().Right})
		}
		var m []float64
		for i := range rows[0] {
			var x []float64
			for _, r := range rows {
				x = append(x, r[i])
			}
			slices.Sort(x)
			m = append(m, x[len(x)/2])
		}
		fmt.Fprintf(&out, "%-8d  %.3f     %.3f     %.3f             %.3f  %.3f  %.3f  %.3f\n", n, m[0], m[1], m[2], m[3], m[4], m[5], m[6])
	}
	path := "../../samples/send-ap-plan/learn.golden"
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(out.String(), string(want)); d != "" {
		t.Errorf("%s changed (go test ./cmd/collate -run Golden -update writes it anew):\n%s", path, d)
	}
}
