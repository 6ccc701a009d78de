package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// results are a search that found strings which a spreadsheet might run, a passage without its words, and one of the plan.
func results() *themes.Results {
	r := &themes.Results{Title: "The plan & what <members> said", Query: `wait OR "20 weeks"`, Day: "24 November 2026", Tool: "collate 0.2.0", Order: "relevance",
		Members: 3, Answered: 5, Passages: 30, Referred: 1, Withheld: 1, Notes: []string{"=NOTE()"}}
	for i, words := range hostile() {
		r.Quotes = append(r.Quotes, themes.Quote{Ref: "P" + strings.Repeat("0", 9) + string(rune('A'+i)), Member: words, Document: "a.docx", Place: "para 1", Theme: "Pace (Support, checked)", Words: words, Consent: "attributable",
			Marks: []themes.Span{{Start: 0, End: min(1, len(words))}}})
	}
	r.Quotes = append(r.Quotes, themes.Quote{Ref: "PZ", Member: "Confidential member", Document: "(document withheld)", Withheld: true, Because: "confidential: counted, not quoted", Consent: "confidential"})
	r.References = []themes.Quote{{Ref: "PR", Document: "plan.pdf", Place: "page 3", Words: "The plan will shorten waits."}}
	return r
}

func TestSearchExportsAreTheSameEachTime(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *themes.Results) error{"xlsx": SearchWorkbook, "csv": SearchCSV, "docx": SearchDocument} {
		t.Run(name, func(t *testing.T) {
			var first bytes.Buffer
			if err := write(&first, results()); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				var again bytes.Buffer
				if err := write(&again, results()); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(first.Bytes(), again.Bytes()) {
					t.Fatal("the same results give other bytes")
				}
			}
		})
	}
}

func TestSearchWorkbookKeepsWords(t *testing.T) {
	var out bytes.Buffer
	r := results()
	if err := SearchWorkbook(&out, r); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 2 || got[0] != "Results" || got[1] != "About" {
		t.Errorf("sheets %q", got)
	}
	for i, q := range r.Quotes {
		cell := cellName(10, firstRow+i)
		got, err := f.GetCellValue("Results", cell)
		if err != nil {
			t.Fatal(err)
		}
		if formula, _ := f.GetCellFormula("Results", cell); formula != "" {
			t.Errorf("%s is a formula: %q", cell, formula)
		}
		want := q.Words
		if q.Withheld {
			want = "[confidential: counted, not quoted]"
		}
		if strings.ReplaceAll(got, "\r", "") != strings.ReplaceAll(want, "\r", "") {
			t.Errorf("%s has %q, want %q", cell, got, want)
		}
	}
	last := cellName(2, firstRow+len(r.Quotes))
	if got, _ := f.GetCellValue("Results", last); got != "no" {
		t.Errorf("the plan's passage is counted: %q", got)
	}
}

func TestSearchCSVIsGuarded(t *testing.T) {
	var out bytes.Buffer
	r := results()
	if err := SearchCSV(&out, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+len(r.Quotes)+len(r.References) {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@|%\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

// TestSearchDocumentIsWellFormed reads every part of the document as XML and finds the words in it.
func TestSearchDocumentIsWellFormed(t *testing.T) {
	var out bytes.Buffer
	r := results()
	r.Quotes = append(r.Quotes, themes.Quote{Ref: "PX", Member: "A\x00B", Words: "a\x01 <b> & \ufffe c\td\ne", Marks: []themes.Span{{Start: 4, End: 5}}})
	if err := SearchDocument(&out, r); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != types {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	var text strings.Builder
	for _, part := range z.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(f)
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
			if chars, ok := token.(xml.CharData); ok && part.Name == "word/document.xml" {
				text.Write(chars)
			}
		}
		f.Close()
	}
	for _, want := range []string{`wait OR "20 weeks"`, "3 members of the 5 that answered, 30 passages", "The plan will shorten waits.", "[confidential: counted, not quoted]", "plan.pdf, page 3 [PR]", "<b> &"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the document does not have %q", want)
		}
	}
}
