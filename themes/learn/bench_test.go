package learn

import (
	"flag"
	"fmt"
	"testing"

	"collate/samples/invent"
)

// go test ./themes/learn -run - -bench . -passages 100000 measures at full size.
var benchPassages = flag.Int("passages", 10_000, "how many invented passages the benchmarks have")

func invented(b *testing.B) ([]Passage, []Theme) {
	b.Helper()
	var texts []string
	for _, p := range examplePassages(b) {
		texts = append(texts, p.Text)
	}
	inventor := invent.New(texts)
	var out []Passage
	for n := range *benchPassages {
		out = append(out, Passage{ID: fmt.Sprint(n), Text: inventor.Passage(n), Member: fmt.Sprint(n % 97), Submission: fmt.Sprint(n / 10)})
	}
	var themes []Theme
	for i := range 20 {
		t := exampleThemes[i%len(exampleThemes)]
		t.ID = fmt.Sprint(i)
		t.Examples = append([]string{out[i].Text, out[i+20].Text}, t.Examples...)
		themes = append(themes, t)
	}
	return out, themes
}

func inventedLabels(passages []Passage, reviewed int) []Label {
	var out []Label
	for p := range min(reviewed, len(passages)) {
		for t := range 20 {
			out = append(out, Label{p * len(passages) / reviewed, t, (p*7+t*3)%20 < 2})
		}
	}
	return out
}

// BenchmarkCorpus reads passages.
func BenchmarkCorpus(b *testing.B) {
	passages, _ := invented(b)
	for b.Loop() {
		corpus(b, passages)
	}
}

// BenchmarkSeed is what the first training takes, without a decision.
func BenchmarkSeed(b *testing.B) {
	passages, themes := invented(b)
	c := corpus(b, passages)
	for b.Loop() {
		train(b, c, themes, nil, nil, nil)
	}
}

// BenchmarkScore rates all passages against 20 themes.
func BenchmarkScore(b *testing.B) {
	passages, themes := invented(b)
	m := train(b, corpus(b, passages), themes, inventedLabels(passages, 100), nil, nil)
	for b.Loop() {
		score(b, m)
	}
}

// BenchmarkDecision learns again after one decision beside 2,000 others, and BenchmarkReview after a passage reviewed for all themes beside
// as many as make 2,000 decisions.
func BenchmarkDecision(b *testing.B) { benchmarkTraining(b, 100, 1) }
func BenchmarkReview(b *testing.B)   { benchmarkTraining(b, 100, 20) }

// BenchmarkReviewed2000 is the same beside 2,000 passages reviewed for all of 20 themes: 40,000 decisions.
func BenchmarkReviewed2000(b *testing.B) { benchmarkTraining(b, 2000, 20) }

func benchmarkTraining(b *testing.B, reviewed, more int) {
	passages, themes := invented(b)
	labels := inventedLabels(passages, reviewed)
	before := train(b, corpus(b, passages), themes, labels, nil, nil)
	for t := range more {
		labels = append(labels, Label{1, t, t%3 == 0})
	}
	for b.Loop() {
		train(b, before.corpus, themes, labels, nil, before)
	}
}

func BenchmarkBecause(b *testing.B) {
	passages, themes := invented(b)
	m := train(b, corpus(b, passages), themes, inventedLabels(passages, 100), nil, nil)
	for b.Loop() {
		m.Because(5, 3)
	}
}
