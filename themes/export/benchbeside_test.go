//go:build unix

package export

import (
	"io"
	"runtime"
	"runtime/metrics"
	"syscall"
	"testing"
	"time"
)

// BenchmarkWorkbookBesideBareStream100k writes the whole workbook of 100,000 quotes and the bare cells of its Quotes sheet in turn, and reports
// the ratio of the processor time that both take, whatever else the machine does, and the most memory that the workbook took.
func BenchmarkWorkbookBesideBareStream100k(b *testing.B) {
	r := many(100_000)
	var whole, cells, plainly time.Duration // of processors
	var peak uint64
	took := func(f func()) time.Duration {
		runtime.GC()
		from := processor(b)
		f()
		return processor(b) - from
	}
	for b.Loop() {
		whole += took(func() {
			peak = max(peak, peakOf(func() {
				if err := Workbook(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}))
		})
		cells += took(func() { bareStream(b, r, false) })
		plainly += took(func() { bareStream(b, r, true) })
	}
	b.ReportMetric(whole.Seconds()/float64(b.N), "workbook-cpu-s")
	b.ReportMetric(float64(whole)/float64(cells), "x-cells")
	b.ReportMetric(float64(whole)/float64(plainly), "x-plain-cells")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// peakOf is the most memory that the program holds while f runs, as it is seen every few milliseconds.
func peakOf(f func()) uint64 {
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		var most uint64
		for {
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(5 * time.Millisecond):
				metrics.Read(sample)
				most = max(most, sample[0].Value.Uint64()-sample[1].Value.Uint64())
			}
		}
	}()
	f()
	close(stop)
	return <-done
}

// processor is the processor time that the program has taken.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
