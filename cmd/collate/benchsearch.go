package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/index"
	"collate/samples/invent"
)

func benchSearchCommand(a *app) *cobra.Command {
	sizes, searches, dir := []int{10_000, 100_000}, 30, ""
	c := &cobra.Command{
		Use:   "search",
		Short: "Measure indexing and searching on invented passages, beside other engines",
		Long: `Makes up consultations of passages in the manner of the example, records and indexes them as add does, and puts the same searches to collate
(the whole answer: ranked, counted by every facet, the first 20 with what answered marked), to bare bleve (ids and scores only, and with three
facets), to SQLite's FTS5 (20 marked, and with three facets) and to a scan of every text. "Same" counts the searches that find as many passages as
collate finds; the others read some words otherwise. Everything happens in this one run: on a busy machine trust the proportions. A million
passages take half an hour, 10 GB of disk and 6 GB of memory; Ctrl+C ends it and removes what was built.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			slices.Sort(sizes) // so that the peak of memory is each size's own
			if searches < 1 || len(sizes) == 0 || sizes[0] < 1 {
				return misuse("There must be a passage and a search at least.")
			}
			opt, err := a.options()
			if err != nil {
				return err
			}
			opt.Progress = a.steps()
			v, err := newInventor(cmd.Context())
			if err != nil {
				return err
			}
			var benches []searchBench
			for _, n := range sizes {
				b, err := benchSearch(cmd.Context(), v, dir, n, searches, opt.Options)
				if errors.Is(err, context.Canceled) {
					return errStopped
				}
				if err != nil {
					return fmt.Errorf("measuring %d passages: %w", n, err)
				}
				benches = append(benches, b)
				if !a.json {
					printSearchBench(a.out, b)
					printGrowth(a.out, benches[max(0, len(benches)-2):])
				}
				debug.FreeOSMemory() // the next size starts with nothing of this one
			}
			return a.print(benches, func(io.Writer) {}) // each was printed when it was there
		},
	}
	c.Flags().IntSliceVar(&sizes, "passages", sizes, "how many passages, the smallest first")
	c.Flags().IntVar(&searches, "searches", searches, "how many searches of each kind")
	c.Flags().StringVar(&dir, "dir", "", "the folder for what is built, which is removed at the end (default: the system's)")
	return c
}

// errStopped takes the place of the error that says that what was done is kept.
var errStopped = errors.New("stopped: what was built has been removed")

// steps is the progress that a terminal shows; elsewhere every step is named once.
func (a *app) steps() func(done, of int, what string) {
	if f, ok := a.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return a.progress()
	}
	last := ""
	return func(_, _ int, what string) {
		if what != last && what != "" {
			fmt.Fprintln(a.err, upper(what))
		}
		last = what
	}
}

// A searchBench is what was measured at one size.
type searchBench struct {
	Passages int           `json:"passages"`
	Bytes    int           `json:"text_bytes"`
	Peak     int64         `json:"peak_bytes"`           // of this process, after indexing
	Answered int64         `json:"peak_bytes_answering"` // with the snapshot, after a search of each kind
	PeakAll  int64         `json:"peak_bytes_at_end"`    // with the other engines
	Builds   []buildBench  `json:"builds"`
	Answers  []answerBench `json:"answers"`
}

// A buildBench is how one way of indexing went.
type buildBench struct {
	Name  string `json:"name"`
	Cost  cost   `json:"cost"`
	Bytes int64  `json:"bytes,omitempty"` // on disk
}

// An answerBench is how one engine answered one kind of search.
type answerBench struct {
	Kind     string `json:"kind"`
	Engine   string `json:"engine"`
	Searches int    `json:"searches"`
	Hits     int    `json:"hits"` // the median
	Same     int    `json:"same"` // searches with as many hits as collate has
	Median   cost   `json:"p50"`
	P95      cost   `json:"p95"`
}

// benchSearch measures one size, in a folder of its own.
func benchSearch(ctx context.Context, v *invent.Inventor, parent string, n, searches int, opt index.Options) (b searchBench, err error) {
	dir, err := os.MkdirTemp(parent, "collate-bench-")
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c, err := inventConsultation(ctx, v, dir, n, opt)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	whole := collateEngine(c, "collate", true)
	for _, k := range invent.Kinds() {
		if _, err := whole.answer(ctx, v.Searches(k, 1)[0]); err != nil {
			return b, fmt.Errorf("%s: %w", k.Name, err)
		}
	}
	b = searchBench{Passages: len(c.snapshot.Passages), Bytes: c.bytes, Peak: c.peak, Answered: peakMemory()}
	if b.Builds, err = benchBuilds(ctx, c, dir, opt.Progress); err != nil {
		return b, err
	}
	engines := []engine{whole, collateEngine(c, "without facets", false)}
	defer func() {
		for _, e := range engines {
			err = errors.Join(err, e.close())
		}
	}()
	for _, open := range []func() ([]engine, error){
		func() ([]engine, error) { return bleveEngines(filepath.Join(dir, bleveSearched)) },
		func() ([]engine, error) { return fts5Engines(filepath.Join(dir, fts5Searched)) },
	} {
		more, err := open()
		if err != nil {
			return b, err
		}
		engines = append(engines, more...)
	}
	engines = append(engines, scanEngine(c))
	for i, k := range invent.Kinds() {
		opt.Progress(i, len(invent.Kinds()), "searching: "+k.Name)
		rows, err := benchKind(ctx, engines, v.Searches(k, searches))
		if err != nil {
			return b, fmt.Errorf("%s: %w", k.Name, err)
		}
		b.Answers = append(b.Answers, rows...)
	}
	opt.Progress(1, 1, "")
	b.PeakAll = peakMemory()
	return b, nil
}

// The names of what is built for the searches.
const (
	bleveSearched = "bleve"
	fts5Searched  = "fts5.sqlite"
)

// manyPassages is from where on only what is searched is built: the other ways have been compared on fewer.
const manyPassages = 200_000

// benchBuilds indexes the same passages in other ways, one after the other, in folders of dir.
func benchBuilds(ctx context.Context, c *inventedConsultation, dir string, progress func(done, of int, what string)) ([]buildBench, error) {
	whole := cost{c.record.CPU + c.build.CPU, c.record.Wall + c.build.Wall}
	builds := []buildBench{
		{"collate: record", c.record, folderBytes(c.Path())}, {"collate: index", c.build, folderBytes(filepath.Join(dir, "index"))},
		{"collate: both", whole, 0}, {"collate: load", c.load, 0},
	}
	type way struct {
		name, folder string
		build        func(path string) error
	}
	ways := []way{
		{"bleve: batches", "batches", func(path string) error { return bleveBatches(ctx, c, path) }},
		{"bleve: builder", "builder", func(path string) error { return bleveBuilder(ctx, c, path, true, false) }},
		{"without common words", "stop list", func(path string) error { return bleveBuilder(ctx, c, path, false, false) }},
	}
	if len(c.snapshot.Passages) >= manyPassages {
		ways = nil
	}
	ways = append(ways,
		way{"bleve: builder, 3 facets", bleveSearched, func(path string) error { return bleveBuilder(ctx, c, path, true, true) }},
		way{"SQLite FTS5, with the text", fts5Searched, func(path string) error { return fillFTS5(ctx, path, c) }},
	)
	for i, w := range ways {
		progress(i, len(ways), w.name)
		path := filepath.Join(dir, w.folder)
		spent, err := costOf(func() error { return w.build(path) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		builds = append(builds, buildBench{w.name, spent, folderBytes(path)})
		if w.folder == bleveSearched || w.folder == fts5Searched {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	return builds, nil
}

// benchKind puts the same searches to every engine; the first engine's hits are what the others' are compared with.
func benchKind(ctx context.Context, engines []engine, searches []invent.Search) (rows []answerBench, err error) {
	var want []int
	for _, e := range engines {
		row, hits, err := benchAnswers(ctx, e, searches)
		if errors.Is(err, errNoSuchSearch) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
		if want == nil {
			want = hits
		}
		for i, n := range hits[:min(len(hits), len(want))] {
			if n == want[i] {
				row.Same++
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// enoughTime ends a kind of search that takes an engine very long, after one search at least.
const enoughTime = 5 * time.Second

// benchAnswers puts searches to an engine, the first one twice so that nothing is read from the disk when it counts.
func benchAnswers(ctx context.Context, e engine, searches []invent.Search) (row answerBench, hits []int, err error) {
	row = answerBench{Kind: searches[0].Kind, Engine: e.name}
	if !e.memory {
		if _, err := e.answer(ctx, searches[0]); err != nil {
			return row, nil, err
		}
	}
	var costs []cost
	for start := time.Now(); len(costs) < len(searches) && (len(costs) == 0 || time.Since(start) < enoughTime); {
		n := 0
		spent, err := costOf(func() (err error) { n, err = e.answer(ctx, searches[len(costs)]); return err })
		if err != nil {
			return row, nil, fmt.Errorf("%+v: %w", searches[len(costs)], err)
		}
		costs, hits = append(costs, spent), append(hits, n)
	}
	sorted := slices.Sorted(slices.Values(hits))
	row.Searches, row.Hits = len(costs), sorted[len(sorted)/2]
	row.Median, row.P95 = quantile(costs, .5), quantile(costs, .95)
	return row, hits, nil
}

// quantile is the value of which the share q of all is not above it, of CPU and of wall time each by itself.
func quantile(costs []cost, q float64) cost {
	i := min(int(q*float64(len(costs))), len(costs)-1)
	cpu := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(a.CPU, b.CPU) })
	wall := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(a.Wall, b.Wall) })
	return cost{cpu[i].CPU, wall[i].Wall}
}
