package quotation

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"collate/samples/invent"
)

// invented are so many passages, of about 100 words each, ten to a document.
func invented(tb testing.TB, n int) []Text {
	tb.Helper()
	v, err := invent.FromFolder(os.DirFS("../../samples/source"))
	if err != nil {
		tb.Fatal(err)
	}
	out := make([]Text, n)
	for i := range out {
		out[i] = Text{i / 10, v.Passage(i)}
	}
	return out
}

// BenchmarkCorpus reads 10,000 passages. BenchmarkMatch looks for quotations of 30 words in 100,000: as they stand, with a word changed, and in
// no passage.
func BenchmarkCorpus(b *testing.B) {
	texts := invented(b, 10_000)
	b.ResetTimer()
	for b.Loop() {
		NewCorpus(texts)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/passage")
}

func BenchmarkMatch(b *testing.B) {
	texts := invented(b, 100_000)
	c := NewCorpus(texts)
	of := func(i int) []string { return strings.Fields(texts[i*997%len(texts)].Words)[10:40] }
	for _, row := range []struct {
		name  string
		quote func(i int) string
	}{
		{"verbatim", func(i int) string { return strings.Join(of(i), " ") }},
		{"altered", func(i int) string { w := of(i); w[15] = "zebra"; return strings.Join(w, " ") }},
		{"elided", func(i int) string { w := of(i); w[15] = "..."; return strings.Join(w, " ") }},
		{"nowhere", func(i int) string {
			w := of(i)
			for j := range w {
				if j%2 == 0 {
					w[j] = fmt.Sprintf("zebra%d", j)
				}
			}
			return strings.Join(w, " ")
		}},
	} {
		b.Run(row.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				c.Match(row.quote(i))
			}
		})
	}
}
