package index

import (
	"path/filepath"
	"testing"
)

// BenchmarkCommon searches for what nearly every passage has: a phrase of common words, and two wide patterns near one another.
func BenchmarkCommon(b *testing.B) {
	docs, _ := inventedDocs(benchInventor(b), *benchPassages)
	c, err := BuildCache(b.Context(), filepath.Join(b.TempDir(), "cache"), testStamp(), docs, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for _, query := range []string{`"of the"`, `"in the"`, "co* NEAR/5 th*", "the NEAR/3 of NEAR/3 and", "the OR of OR and", "*ing"} {
		q, err := ParseQuery(query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(query, func(b *testing.B) {
			hits := 0
			for b.Loop() {
				r, err := c.Search(b.Context(), q, nil, 20)
				if err != nil {
					b.Fatal(err)
				}
				hits = r.Total
			}
			b.ReportMetric(float64(hits), "passages")
		})
	}
}
