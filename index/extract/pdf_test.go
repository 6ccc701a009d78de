package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// The PDFs in testdata are made by LibreOffice from the .fodt beside them, with
// soffice --headless --convert-to pdf; those of pictures hold pages of the first one. The form keeps its fields with
// 'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"true"}}'.

func readTestPDF(t *testing.T, name string) *Document {
	t.Helper()
	doc, err := readPDF(context.Background(), name, testPDF(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func testPDF(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// blockWith returns the one block whose text has this prefix.
func blockWith(t *testing.T, doc *Document, prefix string) (Block, string) {
	t.Helper()
	var found []Block
	for _, b := range doc.Blocks {
		if strings.HasPrefix(doc.Text[b.Start:b.End], prefix) {
			found = append(found, b)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d blocks begin with %q, want 1", len(found), prefix)
	}
	return found[0], doc.Text[found[0].Start:found[0].End]
}

func TestPDFPlaces(t *testing.T) {
	doc := readTestPDF(t, "pdf-one-column.pdf")
	const title, one, two = "Response to the improvement plan", "1. Timelines", "2. National standards"
	tests := []struct {
		name, prefix string
		kind         Kind
		level        int
		why          string
		place        Place
	}{
		{"running header", "Fernbank Alliance: response", Furniture, 0, "page header", Place{Page: 1}},
		{"title", title, Heading, 1, "", Place{Page: 1, Paragraph: 1}},
		{"numbered heading", one, Heading, 2, "", Place{Page: 1, Paragraph: 3, Label: "1", Headings: []string{title}}},
		{"numbered paragraph", "1.1 We welcome", Paragraph, 0, "", Place{Page: 1, Paragraph: 4, Label: "1.1", Headings: []string{title, one}}},
		{"wrapped bullet", "the wait for a plan", Item, 1, "", Place{Page: 1, Paragraph: 8, Headings: []string{title, one}}},
		{"heading by boldness", "What families told us", Heading, 3, "", Place{Page: 1, Paragraph: 10, Headings: []string{title, one}}},
		{"footnote", "Improvement plan, chapter 2, page 14.", Note, 0, "", Place{Page: 1, Note: "1"}},
		{"second footnote", "Fernbank Alliance, survey of 212", Note, 0, "", Place{Page: 2, Note: "2"}},
		{"lettered paragraph", "(b) Standards", Paragraph, 0, "", Place{Page: 2, Paragraph: 23, Label: "(b)", Headings: []string{title, two}}},
		{"footer", "Fernbank Alliance, February 2026 Page 3 of 3", Furniture, 0, "page footer", Place{Page: 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, b := range doc.Blocks {
				if !strings.HasPrefix(doc.Text[b.Start:b.End], tt.prefix) {
					continue
				}
				b.Start, b.End, b.Refs = 0, 0, nil
				want := Block{Kind: tt.kind, Level: tt.level, Why: tt.why, Place: tt.place}
				if diff := cmp.Diff(b, want); diff != "" {
					t.Errorf("-got +want\n%s", diff)
				}
				return
			}
			t.Errorf("no block begins with %q", tt.prefix)
		})
	}
}

func TestPDFParagraphOverPages(t *testing.T) {
	doc := readTestPDF(t, "pdf-one-column.pdf")
	b, text := blockWith(t, doc, "We recognise the effort that has gone into the plan. We are nevertheless concerned that its timetable leaves a generation of pupils with the arrangements that the plan itself calls inadequate. Local authorities")
	if b.Place.Page != 1 {
		t.Errorf("got page %d, want 1", b.Place.Page)
	}
	if want := "no one is accountable for the whole of it, and the published framework"; !strings.Contains(text, want) {
		t.Errorf("got %q, want it to hold %q", text, want)
	}
}

func TestPDFNoteMarks(t *testing.T) {
	doc := readTestPDF(t, "pdf-one-column.pdf")
	b, text := blockWith(t, doc, "1.1 We welcome")
	if len(b.Refs) != 1 || b.Refs[0].Note != "1" {
		t.Fatalf("got refs %v, want one to note 1", b.Refs)
	}
	if got, want := text[:b.Refs[0].At], "1.1 We welcome the plan and support its aim"; got != want {
		t.Errorf("got the mark behind %q, want %q", got, want)
	}
}

func TestPDFColumns(t *testing.T) {
	doc := readTestPDF(t, "pdf-two-column.pdf")
	var got []string
	for _, b := range doc.Blocks {
		if b.Kind != Furniture {
			words := strings.Fields(doc.Text[b.Start:b.End])
			got = append(got, strings.Join(words[:min(2, len(words))], " "))
		}
	}
	want := []string{
		"Early help", "What we", "Left column", "Paragraph 1", "Paragraph 2", "Paragraph 3", "Paragraph 4", "Paragraph 5",
		"What should", "Change 1", "Change 2", "Change 3", "Change 4",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("reading order, -got +want\n%s", diff)
	}
}

func TestPDFLineEndHyphens(t *testing.T) {
	doc := readTestPDF(t, "pdf-two-column.pdf")
	for _, word := range []string{"nevertheless", "arrangements", "authorities"} {
		if !strings.Contains(doc.Text, word) {
			t.Errorf("%q is not in the text", word)
		}
	}
	for _, b := range doc.Blocks {
		if text := doc.Text[b.Start:b.End]; strings.ContainsAny(text, "-\u00ad\x02\ufffe") {
			t.Errorf("a break hyphen is left in %q", text)
		}
	}
}

func TestPDFFacts(t *testing.T) {
	got := readTestPDF(t, "pdf-one-column.pdf").Facts
	if _, err := time.Parse(time.RFC3339, got.Date); err != nil {
		t.Error(err)
	}
	got.Date = ""
	want := Facts{Title: "Response to the improvement plan", Author: "Rowan Ellis", Pages: 3}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestPDFDate(t *testing.T) {
	tests := []struct{ name, date, want string }{
		{"summer time", "D:20260703102030+01'00'", "2026-07-03T10:20:30+01:00"},
		{"UTC", "D:20260203102030Z", "2026-02-03T10:20:30Z"},
		{"UTC written long", "D:20260203102030Z00'00'", "2026-02-03T10:20:30Z"},
		{"no zone", "D:20260203102030", "2026-02-03T10:20:30Z"},
		{"day", "D:20260203", "2026-02-03T00:00:00Z"},
		{"no prefix", "20260203102030-05'30", "2026-02-03T10:20:30-05:30"},
		{"not a date", "Tuesday", ""},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := pdfDate(tt.date); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPDFScans(t *testing.T) {
	doc := readTestPDF(t, "pdf-part-pictures.pdf")
	want := []Warning{{"page 2", "This page is a picture without text; its words were not read."}}
	if diff := cmp.Diff(doc.Warnings, want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	_, err := readPDF(context.Background(), "", testPDF(t, "pdf-pictures.pdf"))
	if !errors.Is(err, ErrScanned) || !strings.HasSuffix(err.Error(), "pages 1-2") {
		t.Errorf("got %v, want ErrScanned with pages 1-2", err)
	}
}

func TestPageRange(t *testing.T) {
	tests := []struct {
		name    string
		numbers []int
		want    string
	}{
		{"one", []int{4}, "page 4"},
		{"run", []int{1, 2, 3}, "pages 1-3"},
		{"gaps", []int{1, 2, 4, 6, 7}, "pages 1-2, 4, 6-7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := pageRange(tt.numbers); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPDFErrors(t *testing.T) {
	whole := testPDF(t, "pdf-one-column.pdf")
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"password", testPDF(t, "pdf-locked.pdf"), ErrEncrypted},
		{"empty", nil, ErrDamaged},
		{"head only", whole[:200], ErrDamaged},
		{"not a PDF", []byte("%PDF-1.7\nnothing of the kind"), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := readPDF(context.Background(), tt.name, tt.data); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestPDFStopsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := readPDF(ctx, "", testPDF(t, "pdf-one-column.pdf")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// TestPDFFixtures measures the reader on strangers' files where they are at hand: the words it finds against those that pdftotext found.
func TestPDFFixtures(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/fixtures/pdf/*.pdf")
	if len(files) == 0 {
		t.Skip("no fixtures here")
	}
	var scores []float64
	failures, pages := map[string]int{}, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := readPDF(context.Background(), filepath.Base(file), data)
		if err != nil {
			if !errors.Is(err, ErrNoText) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEncrypted) && !errors.Is(err, ErrLimit) {
				t.Errorf("%s: %v is none of the package's errors", filepath.Base(file), err)
			}
			failures[strings.SplitN(err.Error(), ":", 2)[0]]++
			t.Logf("%s: %v", filepath.Base(file), err)
			continue
		}
		checkBlocks(t, doc)
		pages += doc.Facts.Pages
		ref, err := os.ReadFile(file + ".ref.txt")
		if want := pdfWords(string(ref)); err == nil && len(want) >= 20 {
			f1 := pdfF1(pdfWords(doc.Text), want)
			scores = append(scores, f1)
			if f1 < 0.95 {
				t.Logf("%s: F1 %.3f, %d words of %d", filepath.Base(file), f1, len(pdfWords(doc.Text)), len(want))
			}
		}
	}
	slices.Sort(scores)
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	if len(scores) > 0 {
		t.Logf("%d files, %d pages; %d compared: F1 median %.3f, mean %.3f; errors %v",
			len(files), pages, len(scores), scores[len(scores)/2], sum/float64(len(scores)), failures)
	}
}

// checkBlocks holds every document to the contract of its offsets.
func checkBlocks(t *testing.T, doc *Document) {
	t.Helper()
	end := -len(BlockSeparator)
	for _, b := range doc.Blocks {
		if b.Start != end+len(BlockSeparator) || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d-%d follows one that ends at %d in %d bytes", b.Start, b.End, end, len(doc.Text))
		}
		for _, r := range b.Refs {
			if r.At < 0 || r.At > b.End-b.Start {
				t.Fatalf("ref at %d in a block of %d bytes", r.At, b.End-b.Start)
			}
		}
		end = b.End
	}
}

func pdfWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func pdfF1(got, want []string) float64 {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	same := 0
	for _, w := range got {
		if left[w] > 0 {
			left[w]--
			same++
		}
	}
	return 2 * float64(same) / float64(max(1, len(got)+len(want)))
}

func BenchmarkPDF(b *testing.B) {
	data, err := os.ReadFile("testdata/pdf-one-column.pdf")
	if err != nil {
		b.Fatal(err)
	}
	pages := 0
	for b.Loop() {
		doc, err := readPDF(context.Background(), "", data)
		if err != nil {
			b.Fatal(err)
		}
		pages += doc.Facts.Pages
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
