package export

import (
	"fmt"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// many is a report with n quotes.
func many(n int) *themes.Report {
	r := report()
	some := r.Quotes
	r.Quotes = nil
	for i := range n {
		q := some[i%len(some)]
		if i >= len(some) {
			q.Ref = fmt.Sprintf("Q%07d.1", i)
		}
		r.Quotes = append(r.Quotes, q)
	}
	return r
}

// BenchmarkWorkbook20k is the whole workbook with 20,000 quotes.
func BenchmarkWorkbook20k(b *testing.B) {
	r := many(20_000)
	for b.Loop() {
		if err := Workbook(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/quote")
}

// BenchmarkBareStream20k is what excelize's stream alone takes for the cells of the Quotes sheet: no styles, heights, bold
// words or other sheets, and its own zip.
func BenchmarkBareStream20k(b *testing.B) {
	r := many(20_000)
	for b.Loop() {
		f := excelize.NewFile()
		sw, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for i := range r.Quotes {
			q := &r.Quotes[i]
			row := quoteRow(q)
			row[wordsColumn-1] = q.Words
			if err := sw.SetRow(cellName(1, i+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := sw.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := f.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/quote")
}

func BenchmarkQuotesCSV20k(b *testing.B) {
	r := many(20_000)
	for b.Loop() {
		if err := QuotesCSV(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
