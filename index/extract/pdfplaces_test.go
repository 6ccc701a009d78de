package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// placedPDF reads a PDF of testdata, or of the strangers' files, which are not everywhere.
func placedPDF(t *testing.T, name string) *Document {
	t.Helper()
	if own := filepath.Join("testdata", name); fileExists(own) {
		return readTestPDF(t, name)
	}
	data, err := os.ReadFile(filepath.Join("../../../shared/fixtures/pdf", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the file is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := readPDF(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// TestPDFPlacesByEye holds what a person read off the printed pages: the page, number and headings of a block.
func TestPDFPlacesByEye(t *testing.T) {
	const speech, form = "tika__testPDF_protected.pdf", "pdf.js__bug1883609.pdf"
	const plan, bulletin = "Response to the Early Help Plan", "Early help bulletin"
	tests := []struct {
		file, begins string
		kind         Kind
		page         int
		label        string
		headings     []string
	}{
		{speech, "I would like to thank Ian Bond", Note, 1, "", nil},
		{speech, "Which was at the same time", Item, 4, "", []string{"RETHINKING THE FINANCIAL NETWORK"}},
		{speech, "Networks and finance are not complete strangers", Paragraph, 5, "", []string{"RETHINKING THE FINANCIAL NETWORK"}},
		{speech, "“In recent years the pace of change", Paragraph, 5, "", []string{"Part 1: Topology of the Financial Network"}},
		{speech, "Corrigan (1987)", Note, 5, "", nil},
		{speech, "Over the past 30 years", Paragraph, 8, "", []string{"Complexity and Stability", "(a) Connectivity and Stability"}},
		{speech, "(a) Connectivity and Stability", Heading, 8, "(a)", []string{"Complexity and Stability"}},
		{speech, "Average path length", Cell, 37, "", []string{"Table 1: Summary Statistics on the Global Financial Network"}},
		{form, "Given Name:", Furniture, 1, "", []string{"PDF Form Example"}},
		{form, "150", Answer, 1, "", []string{"PDF Form Example"}},
		{"pdf.js__basicapi.pdf", "page 3 / 3", Furniture, 3, "", nil},
		{"pdf.js__issue13447.pdf", "Mauris ac auctor dolor", Paragraph, 1, "", []string{"Lorem Ipsum"}},

		{"pdf-two-pages.pdf", "HARBOUR FORUM", Heading, 1, "", nil},
		{"pdf-two-pages.pdf", "Harbour Forum: early help", Furniture, 1, "", nil},
		{"pdf-two-pages.pdf", "1.1 We support the aim of the plan", Paragraph, 1, "1.1", []string{plan, "1. What we support"}},
		{"pdf-two-pages.pdf", "in every playgroup,", Item, 1, "", []string{plan, "1. What we support"}},
		{"pdf-two-pages.pdf", "A worker for two days", Cell, 1, "", []string{plan, "2. What it costs"}},
		{"pdf-two-pages.pdf", "Early Help Plan, page 9.", Note, 1, "", nil},
		{"pdf-two-pages.pdf", "3. What should change", Heading, 2, "3", []string{plan}},
		{"pdf-two-pages.pdf", "3.1 The plan speaks of partners", Paragraph, 2, "3.1", []string{plan, "3. What should change"}},
		{"pdf-two-pages.pdf", "Morwenna Pascoe", Paragraph, 2, "", []string{plan, "3. What should change"}},
		{"pdf-two-column.pdf", "Paragraph 3 of the bulletin", Paragraph, 1, "", []string{bulletin, "What we found"}},
		{"pdf-two-column.pdf", "Change 2 is needed now", Paragraph, 2, "", []string{bulletin, "What should change"}},
		{"pdf-form.pdf", "The health visitor", Answer, 1, "", []string{"Early Help Plan: response form"}},
	}
	docs := map[string]*Document{}
	for _, tt := range tests {
		t.Run(tt.file+"/"+tt.begins, func(t *testing.T) {
			if docs[tt.file] == nil {
				docs[tt.file] = placedPDF(t, tt.file)
			}
			doc := docs[tt.file]
			i := slices.IndexFunc(doc.Blocks, func(b Block) bool { return strings.HasPrefix(doc.Text[b.Start:b.End], tt.begins) })
			if i < 0 {
				t.Fatal("no block begins so")
			}
			b := doc.Blocks[i]
			if b.Kind != tt.kind || b.Place.Page != tt.page || b.Place.Label != tt.label {
				t.Errorf("got a %s on page %d with number %q, want a %s on page %d with %q", b.Kind, b.Place.Page, b.Place.Label, tt.kind, tt.page, tt.label)
			}
			if diff := cmp.Diff(b.Place.Headings, tt.headings); diff != "" {
				t.Errorf("headings, -got +want\n%s", diff)
			}
		})
	}
}

// TestPDFReadingOrder holds words that come one after the other where a person reads the page, with columns side by side.
func TestPDFReadingOrder(t *testing.T) {
	tests := []struct {
		name, file string
		order      []string
	}{
		{"two columns with a line above both", "pdf-two-column.pdf", []string{
			"Early help bulletin", "What we found", "Left column opens here", "published framework leaves this as it was.",
			"Paragraph 1 of the bulletin", "Paragraph 3 of the bulletin", "strategy; they want the support", "Paragraph 4 of the bulletin",
			"What should change", "Change 1 is needed now", "Change 2 is needed now", "Change 4 is needed now",
		}},
		{"table between paragraphs", "pdf-two-pages.pdf", []string{
			"2.1 The table shows", "Town", "Cost a child", "Northsands", "£1,240", "Eastcliff", "£980", "£310", "All towns", "2.2 Money that comes late", "3.1 The plan",
		}},
		{"fields of a form", "pdf-form.pdf", []string{
			"Name of your organisation", "Saltmarsh Carers", "Question 1", "Yes. Families waited", "Question 2", "Question 3", "☒ In part", "4. Who should lead?", "The health visitor", "5. When", "In April", "You may quote",
		}},
		{"two charts side by side", "tika__testPDF_protected.pdf", []string{
			"Table 1: Summary Statistics", "Skewness", "7.4", "Kurtosis", "71.3", "Table 2: Climbing", "Table 3: Range", "Chart 3: Global Financial Network", "Chart 4: CDS Premia", "Chart 5: CDS Premia",
		}},
		{"labels and fields in two columns", "pdf.js__bug1883609.pdf", []string{
			"Given Name:", "Address 1:", "House nr:", "Address 2:", "Postcode:", "City:", "Gender:", "Man", "Height", "150", "Deutsch", "Esperanto", "Favourite colour:", "Red", "Important:",
		}},
		{"words painted in another order", "pdf.js__issue14627.pdf", []string{"Please refresh", "your browser", "again.", "If this message persists", "to contact", "Azure Support"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rest := placedPDF(t, tt.file).Text
			for _, words := range tt.order {
				_, after, found := strings.Cut(rest, words)
				if !found {
					t.Fatalf("%q does not come there", words)
				}
				rest = after
			}
		})
	}
}
