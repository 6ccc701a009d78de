package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"
)

func printSearchBench(w io.Writer, b searchBench) {
	fmt.Fprintf(w, "%d passages, %.1f MB of text; peak memory %.0f MB after indexing, %.0f MB after answering, %.0f MB with the other engines\n\n",
		b.Passages, float64(b.Bytes)/1e6, float64(b.Peak)/1e6, float64(b.Answered)/1e6, float64(b.PeakAll)/1e6)
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
	fmt.Fprintf(t, "searching, ms\tengine\tsearches\tsame\thits\tCPU p50\tp95\twall p50\tp95\t\n")
	for i, x := range b.Answers {
		kind := x.Kind
		if i > 0 && b.Answers[i-1].Kind == kind {
			kind = ""
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%s\t%s\t%s\t%s\t\n", kind, x.Engine, x.Searches, x.Same, x.Hits, milliseconds(x.Median.CPU), milliseconds(x.P95.CPU), milliseconds(x.Median.Wall), milliseconds(x.P95.Wall))
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

// printGrowth says what becomes of collate's figures from each size to the next, as if that were ten times the size: 10 is linear.
func printGrowth(w io.Writer, benches []searchBench) {
	for i := 1; i < len(benches); i++ {
		from, to := benches[i-1], benches[i]
		if from.Passages == to.Passages {
			continue
		}
		decade := func(before, after float64) string {
			if before <= 0 || after <= 0 {
				return ""
			}
			return fmt.Sprintf("%.1f", math.Pow(after/before, 1/math.Log10(float64(to.Passages)/float64(from.Passages))))
		}
		fmt.Fprintf(w, "per tenfold, from %d to %d passages (10 is linear)\n\n", from.Passages, to.Passages)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(t, "collate\tCPU\twall p50\tp95\tbytes\t\n")
		for j, x := range from.Builds[:min(len(from.Builds), len(to.Builds))] {
			if y := to.Builds[j]; x.Name == y.Name {
				fmt.Fprintf(t, "%s\t%s\t%s\t\t%s\t\n", x.Name, decade(x.Cost.CPU.Seconds(), y.Cost.CPU.Seconds()), decade(x.Cost.Wall.Seconds(), y.Cost.Wall.Seconds()), decade(float64(x.Bytes), float64(y.Bytes)))
			}
		}
		fmt.Fprintf(t, "peak memory, answering\t\t\t\t%s\t\n", decade(float64(from.Answered), float64(to.Answered)))
		for _, x := range from.Answers {
			for _, y := range to.Answers {
				if x.Engine == "collate" && x.Engine == y.Engine && x.Kind == y.Kind {
					fmt.Fprintf(t, "%s\t%s\t%s\t%s\t\t\n", x.Kind, decade(x.Median.CPU.Seconds(), y.Median.CPU.Seconds()),
						decade(x.Median.Wall.Seconds(), y.Median.Wall.Seconds()), decade(x.P95.Wall.Seconds(), y.P95.Wall.Seconds()))
				}
			}
		}
		t.Flush()
		fmt.Fprintln(w)
	}
}
