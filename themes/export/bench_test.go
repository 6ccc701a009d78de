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

// BenchmarkBareStream20k is what excelize's stream alone takes for the cells of the Quotes sheet: no styles, heights or other sheets, and
// its own zip.
func BenchmarkBareStream20k(b *testing.B) {
	r := many(20_000)
	for b.Loop() {
		bareStream(b, r, false)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/quote")
}

// bareStream writes the cells of the Quotes sheet with excelize's stream alone; where plainly, the words without what is in bold.
func bareStream(b *testing.B, r *themes.Report, plainly bool) {
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range r.Quotes {
		row := quoteRow(&r.Quotes[i])
		if plainly {
			row[wordsColumn-1] = r.Quotes[i].Words
		}
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
}

func BenchmarkQuotesCSV20k(b *testing.B) {
	r := many(20_000)
	for b.Loop() {
		if err := QuotesCSV(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
