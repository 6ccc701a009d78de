package index

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"collate/index/extract"
	"collate/samples"
	"collate/samples/invent"
)

// go test ./index -run - -bench . -passages 1000000 takes some minutes.
var benchPassages = flag.Int("passages", 10_000, "how many invented passages the benchmarks of the search index have")

// benchInventor learns from the Word files of the example.
func benchInventor(b *testing.B) *invent.Inventor {
	b.Helper()
	files, err := fs.Glob(samples.SendAPPlan(), "submissions/*response*.docx")
	if err != nil || len(files) == 0 {
		b.Fatal("no example to learn from", err)
	}
	var texts []string
	for _, name := range files {
		data, err := fs.ReadFile(samples.SendAPPlan(), name)
		if err != nil {
			b.Fatal(err)
		}
		doc, err := extract.File(b.Context(), filepath.Base(name), data)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, doc.Text)
	}
	return invent.New(texts)
}

// inventedDocs are passages as the cache takes them, and the bytes of their text.
func inventedDocs(v *invent.Inventor, n int) (docs iter.Seq2[string, string], bytes int) {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = v.Passage(i)
		bytes += len(texts[i])
	}
	return func(yield func(string, string) bool) {
		for i, text := range texts {
			if !yield(fmt.Sprintf("P%010X", uint32(i)*2654435761), text) { // scattered, as real ids are
				return
			}
		}
	}, bytes
}

func BenchmarkBuildCache(b *testing.B) {
	docs, bytes := inventedDocs(benchInventor(b), *benchPassages)
	dir := filepath.Join(b.TempDir(), "cache")
	for b.Loop() {
		c, err := BuildCache(b.Context(), dir, testStamp(), docs, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N**benchPassages)/b.Elapsed().Seconds(), "passages/s")
	b.ReportMetric(float64(treeBytes(b, dir))/float64(bytes), "bytes/text-byte")
}

func BenchmarkUpdateCache(b *testing.B) {
	v := benchInventor(b)
	docs, _ := inventedDocs(v, *benchPassages)
	for _, n := range []int{1, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c, err := BuildCache(b.Context(), filepath.Join(b.TempDir(), "cache"), testStamp(), docs, nil)
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close()
			next := *benchPassages
			for b.Loop() {
				err := c.Update(b.Context(), testStamp(), func(yield func(string, string) bool) {
					for range n {
						if next++; !yield(fmt.Sprint("new ", next), v.Passage(next)) {
							return
						}
					}
				}, nil)
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAdd records passages, and makes the index of them: the whole path but for the reading of files.
func BenchmarkAdd(b *testing.B) {
	const members = 20
	v := benchInventor(b)
	var texts [members]string
	for m := range texts {
		var lines strings.Builder
		for i := m * *benchPassages / members; i < (m+1)**benchPassages/members; i++ {
			lines.WriteString(v.Passage(i) + "\n")
		}
		texts[m] = lines.String()
	}
	for b.Loop() {
		dir := b.TempDir()
		c, err := Create(b.Context(), filepath.Join(dir, "bench.collate"), Options{Now: time.Now, Read: readPassages, CacheDir: filepath.Join(dir, "index")})
		if err != nil {
			b.Fatal(err)
		}
		for m, text := range texts {
			if o, err := c.Add(b.Context(), fmt.Sprintf("Member %d/response.txt", m), []byte(text)); err != nil || o.Err != nil {
				b.Fatal(err, o.Err)
			}
		}
		if err := c.Refresh(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N**benchPassages)/b.Elapsed().Seconds(), "passages/s")
}

// readPassages reads a text whose every line is a paragraph.
func readPassages(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	doc := &extract.Document{Format: "txt", Text: string(data)}
	at := 0
	for line := range strings.Lines(doc.Text) {
		doc.Blocks = append(doc.Blocks, extract.Block{Kind: extract.Paragraph, Start: at, End: at + len(line) - 1, Place: extract.Place{Paragraph: len(doc.Blocks) + 1}})
		at += len(line)
	}
	return doc, nil
}

func BenchmarkSearch(b *testing.B) {
	v := benchInventor(b)
	docs, _ := inventedDocs(v, *benchPassages)
	c, err := BuildCache(b.Context(), filepath.Join(b.TempDir(), "cache"), testStamp(), docs, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for _, k := range invent.Kinds() {
		var queries []*Query
		for _, s := range v.Searches(k, 20) {
			if q, err := ParseQuery(s.Collate); err == nil && len(q.Fields()) == 0 { // the cache alone knows no fields
				queries = append(queries, q)
			}
		}
		if len(queries) == 0 {
			continue
		}
		b.Run(strings.ReplaceAll(k.Name, " ", "-"), func(b *testing.B) {
			n := 0
			for b.Loop() {
				if _, err := c.Search(b.Context(), queries[n%len(queries)], nil, 20); err != nil {
					b.Fatal(err)
				}
				n++
			}
		})
	}
}

func treeBytes(b *testing.B, dir string) (n int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		n += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
