package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"collate/index"
	"collate/samples/invent"
	"collate/themes"
)

// BenchmarkPages measures how long pages of invented consultations take to answer, and how long the first one after a decision does:
//
//	go test ./cmd/collate/web -run '^$' -bench Pages -benchtime 1x
//
// It prints the time under which 95 of 100 answers come. The larger size is run where COLLATE_BENCH_LARGE is set: it takes minutes.
func BenchmarkPages(b *testing.B) {
	sizes := [][2]int{{40, 5000}}
	if os.Getenv("COLLATE_BENCH_LARGE") != "" {
		sizes = append(sizes, [2]int{1000, 100_000})
	}
	for _, size := range sizes {
		b.Run(fmt.Sprintf("members=%d/passages=%d", size[0], size[1]), func(b *testing.B) {
			get, decide := inventedPages(b, size[0], size[1])
			for _, path := range []string{"", "matrix", "matrix?view=colours", "joint", "search?q=national+standards", "search?q=funding&f=type%3Acharity", "review", "members"} {
				b.Run("page="+path, func(b *testing.B) { report(b, 40, func() { get(path) }) })
			}
			for _, path := range []string{"review", "matrix"} {
				b.Run("after-a-decision="+path, func(b *testing.B) {
					report(b, 5, func() { decide(); get(path) })
				})
			}
		})
	}
}

// report runs f some times and tells the time under which most of them end.
func report(b *testing.B, times int, f func()) {
	for range b.N {
		var all []float64
		for range times {
			at := time.Now()
			f()
			all = append(all, float64(time.Since(at).Microseconds())/1000)
		}
		slices.Sort(all)
		b.ReportMetric(all[(len(all)-1)*95/100], "p95-ms")
		b.ReportMetric(all[len(all)/2], "p50-ms")
	}
}

// inventedPages serves an invented consultation; decide records a decision on one of its passages.
func inventedPages(b *testing.B, members, passages int) (get func(path string), decide func()) {
	b.Helper()
	v, err := invent.FromFolder(os.DirFS("../../../samples/source"))
	if err != nil {
		b.Skip(err)
	}
	dir := b.TempDir()
	opt := themes.Options{Tool: "collate bench", Options: index.Options{Now: time.Now, CacheDir: filepath.Join(dir, "cache")}}
	path := filepath.Join(dir, "invented.collate")
	an, err := themes.Create(b.Context(), path, opt)
	if err != nil {
		b.Fatal(err)
	}
	folder := fstest.MapFS{}
	for m := range members {
		var text strings.Builder
		for i := m * passages / members; i < (m+1)*passages/members; i++ {
			text.WriteString(v.Passage(i) + "\n\n")
		}
		folder[fmt.Sprintf("Invented Organisation %04d/response.txt", m)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	if _, err = an.AddFolder(b.Context(), folder, 2); err == nil {
		_, err = an.Tag(b.Context())
	}
	if err == nil {
		err = an.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(Config{Options: opt, Person: "Ann Officer"})
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if _, err := s.Open(b.Context(), path); err != nil {
		b.Fatal(err)
	}
	served := httptest.NewServer(s.Handler())
	b.Cleanup(func() { served.Close(); s.Close() })
	jar, _ := cookiejar.New(nil)
	client := http.Client{Jar: jar}
	fetch := func(url string) {
		r, err := client.Get(url)
		if err != nil {
			b.Fatal(err)
		}
		defer r.Body.Close()
		if _, err := io.Copy(io.Discard, r.Body); err != nil || r.StatusCode != http.StatusOK {
			b.Fatal(url, r.Status, err)
		}
	}
	fetch(s.Address(served.URL, "/c/invented/"))
	b.Logf("%d members, %d passages: first page %v after opening", members, passages, time.Since(began).Round(time.Millisecond))
	in := s.consultation("invented")
	x, err := in.Searcher(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	decide = func() {
		n++
		d := index.Decision{Kind: index.ByPerson, Coder: "Ann Officer", Act: index.ActTheme, Subject: x.Passages[n].ID, Theme: "funding", Value: "yes"}
		if err := in.Decide(b.Context(), []index.Decision{d}); err != nil {
			b.Fatal(err)
		}
	}
	return func(path string) { fetch(served.URL + "/c/invented/" + path) }, decide
}
