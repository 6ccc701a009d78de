package index

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkAnswer is a whole answer on 20,000 passages: the search, every facet, a page of twenty with exact marks.
func BenchmarkAnswer(b *testing.B) {
	opt := Options{Now: time.Now, CacheDir: b.TempDir(), Read: readTalk}
	c, err := Create(b.Context(), filepath.Join(b.TempDir(), "bench.collate"), opt)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	random := rand.New(rand.NewPCG(5, 6))
	word := func() string {
		return fmt.Sprintf("w%c%c", 'a'+int(random.ExpFloat64()*3)%26, 'a'+int(random.ExpFloat64()*6)%26)
	}
	for m := range 40 {
		lines := []string{fmt.Sprintf("date 2023-%02d-01", 1+m%12)}
		for range 500 {
			var words []string
			for range 100 {
				words = append(words, word())
			}
			lines = append(lines, strings.Join(words, " "))
		}
		if _, err := c.Add(b.Context(), fmt.Sprintf("Member %02d/a.txt", m), []byte(strings.Join(lines, "\n"))); err != nil {
			b.Fatal(err)
		}
	}
	if err := c.Refresh(b.Context()); err != nil { // making the index is measured elsewhere
		b.Fatal(err)
	}
	s, err := c.Snapshot(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, query := range []string{"wzq", "waa", "waa OR wbb OR wcc", `"waa wbb"`, "waa member:07 date:2023-08", "format:text"} {
		q, err := ParseQuery(query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(query, func(b *testing.B) {
			n := 0
			for b.Loop() {
				a, err := c.Search(b.Context(), s, q, SearchOptions{Limit: 20, Facets: true})
				if err != nil {
					b.Fatal(err)
				}
				n = a.Passages
			}
			b.ReportMetric(float64(n), "passages")
		})
	}
}
