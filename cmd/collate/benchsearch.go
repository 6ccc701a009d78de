package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/samples/invent"
)

func benchSearchCommand(a *app) *cobra.Command {
	sizes, searches, dir := []int{10_000, 100_000}, 30, ""
	c := &cobra.Command{
		Use:   "search",
		Short: "Measure indexing and searching on invented passages, beside other engines",
		Long: `Makes up consultations of passages in the manner of the example, records and indexes them as add does, and puts the same searches to collate
(the whole answer: ranked, counted by every facet, the first 20 with what answered marked), to bare bleve (ids and scores only), to SQLite's FTS5 (20 marked)
and to a scan of every text. Everything happens in this one run: on a busy machine trust the proportions. A million passages take some
minutes, 4 GB of disk and 4 GB of memory.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt, err := a.options()
			if err != nil {
				return err
			}
			v, err := newInventor(cmd.Context())
			if err != nil {
				return err
			}
			var benches []searchBench
			for _, n := range sizes {
				if n < 1 || searches < 1 {
					return misuse("There must be a passage and a search at least.")
				}
				b, err := benchSearch(cmd.Context(), v, dir, n, searches, opt.Options)
				if err != nil {
					return err
				}
				if !a.json {
					printSearchBench(a.out, b)
				}
				benches = append(benches, b)
			}
			return a.print(benches, func(io.Writer) {})
		},
	}
	c.Flags().IntSliceVar(&sizes, "passages", sizes, "how many passages, one size after the other")
	c.Flags().IntVar(&searches, "searches", searches, "how many searches of each kind")
	c.Flags().StringVar(&dir, "dir", "", "the folder for what is built, which is removed at the end (default: the system's)")
	return c
}

// A searchBench is what was measured at one size.
type searchBench struct {
	Passages int           `json:"passages"`
	Bytes    int           `json:"text_bytes"`
	Peak     int64         `json:"peak_bytes"`        // of this process, after indexing
	PeakAll  int64         `json:"peak_bytes_at_end"` // with the snapshot and the other engines
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
	Median   cost   `json:"p50"`
	P95      cost   `json:"p95"`
}

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
	b = searchBench{Passages: len(c.snapshot.Passages), Bytes: c.bytes, Peak: c.peak}
	if b.Builds, err = benchBuilds(ctx, c, dir); err != nil {
		return b, err
	}
	engines := []engine{collateEngine(c, "collate", true), collateEngine(c, "without facets", false)}
	defer func() {
		for _, e := range engines {
			err = errors.Join(err, e.close())
		}
	}()
	bare, err := bleveEngine(filepath.Join(dir, "every word"))
	if err != nil {
		return b, err
	}
	engines = append(engines, bare)
	fts5, err := fts5Engine(filepath.Join(dir, "fts5.sqlite"))
	if err != nil {
		return b, err
	}
	engines = append(engines, fts5, scanEngine(c))
	for _, k := range invent.Kinds() {
		for _, e := range engines {
			row, err := benchAnswers(ctx, e, v.Searches(k, searches))
			if errors.Is(err, errNoSuchSearch) {
				continue
			}
			if err != nil {
				return b, fmt.Errorf("%s, %s: %w", e.name, k.Name, err)
			}
			b.Answers = append(b.Answers, row)
		}
	}
	b.PeakAll = peakMemory()
	return b, nil
}

// benchBuilds indexes the same passages in other ways, one after the other, in folders of dir.
func benchBuilds(ctx context.Context, c *inventedConsultation, dir string) ([]buildBench, error) {
	whole := cost{c.record.CPU + c.build.CPU, c.record.Wall + c.build.Wall}
	builds := []buildBench{
		{"collate: record", c.record, folderBytes(c.Path())}, {"collate: index", c.build, folderBytes(filepath.Join(dir, "index"))},
		{"collate: both", whole, 0}, {"collate: load", c.load, 0},
	}
	for _, other := range []struct {
		name, folder string
		build        func(path string) error
	}{
		{"bare bleve: batches", "batches", func(path string) error { return bleveBatches(c, path) }},
		{"bare bleve: builder", "every word", func(path string) error { return bleveBuilder(c, path, true) }},
		{"the same without common words", "stop list", func(path string) error { return bleveBuilder(c, path, false) }},
		{"SQLite FTS5, with the text", "fts5.sqlite", func(path string) error { return fillFTS5(ctx, path, c) }},
	} {
		path := filepath.Join(dir, other.folder)
		spent, err := costOf(func() error { return other.build(path) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", other.name, err)
		}
		builds = append(builds, buildBench{other.name, spent, folderBytes(path)})
	}
	return builds, nil
}

// enoughTime ends a kind of search that takes an engine very long, after one search at least.
const enoughTime = 5 * time.Second

// benchAnswers puts searches to an engine, the first one twice so that nothing is read from the disk when it counts.
func benchAnswers(ctx context.Context, e engine, searches []invent.Search) (answerBench, error) {
	row := answerBench{Kind: searches[0].Kind, Engine: e.name}
	if _, err := e.answer(ctx, searches[0]); err != nil {
		return row, err
	}
	var costs []cost
	var hits []int
	for start := time.Now(); len(costs) < len(searches) && (len(costs) == 0 || time.Since(start) < enoughTime); {
		n := 0
		spent, err := costOf(func() (err error) { n, err = e.answer(ctx, searches[len(costs)]); return err })
		if err != nil {
			return row, fmt.Errorf("%+v: %w", searches[len(costs)], err)
		}
		costs, hits = append(costs, spent), append(hits, n)
	}
	slices.Sort(hits)
	row.Searches, row.Hits = len(costs), hits[len(hits)/2]
	row.Median, row.P95 = quantile(costs, .5), quantile(costs, .95)
	return row, nil
}

// quantile is the value of which the share q of all is not above it, of CPU and of wall time each by itself.
func quantile(costs []cost, q float64) cost {
	i := min(int(q*float64(len(costs))), len(costs)-1)
	cpu := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(a.CPU, b.CPU) })
	wall := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(a.Wall, b.Wall) })
	return cost{cpu[i].CPU, wall[i].Wall}
}

func printSearchBench(w io.Writer, b searchBench) {
	fmt.Fprintf(w, "%d passages, %.1f MB of text; peak memory %.0f MB after indexing, %.0f MB at the end\n\n", b.Passages, float64(b.Bytes)/1e6, float64(b.Peak)/1e6, float64(b.PeakAll)/1e6)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "building\tCPU s\tpassages per CPU s\tper s\tbytes per text byte\t\n")
	for _, x := range b.Builds {
		size := ""
		if x.Bytes > 0 {
			size = fmt.Sprintf("%.2f", float64(x.Bytes)/float64(b.Bytes))
		}
		fmt.Fprintf(t, "%s\t%.2f\t%.0f\t%.0f\t%s\t\n", x.Name, x.Cost.CPU.Seconds(), float64(b.Passages)/x.Cost.CPU.Seconds(), float64(b.Passages)/x.Cost.Wall.Seconds(), size)
	}
	fmt.Fprintf(t, "\t\t\t\t\t\n")
	t.Flush()
	fmt.Fprintf(t, "searching, ms\tengine\tsearches\thits\tCPU p50\tp95\twall p50\tp95\t\n")
	for i, x := range b.Answers {
		kind := x.Kind
		if i > 0 && b.Answers[i-1].Kind == kind {
			kind = ""
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\t\n", kind, x.Engine, x.Searches, x.Hits, milliseconds(x.Median.CPU), milliseconds(x.P95.CPU), milliseconds(x.Median.Wall), milliseconds(x.P95.Wall))
	}
	t.Flush()
	fmt.Fprintln(w)
}

// milliseconds has three figures that count.
func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms >= 100:
		return fmt.Sprintf("%.0f", ms)
	case ms >= 10:
		return fmt.Sprintf("%.1f", ms)
	}
	return fmt.Sprintf("%.2f", ms)
}
