package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writtenPDF makes a PDF of its objects, which are numbered from 1; the first is the catalogue.
func writtenPDF(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// writtenPage makes a PDF of one page with this content, in Helvetica as /F, and these annotations. The page's
// dictionary gets more.
func writtenPage(content, more string, annotations ...string) []byte {
	objects := []string{
		"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [%s] /DA (/F 10 Tf)>>>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>> /Annots [%s] " + more + ">>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
	}
	var fields, all []string
	for _, a := range annotations {
		ref := fmt.Sprintf("%d 0 R", len(objects)+1)
		all = append(all, ref)
		if strings.Contains(a, "/Widget") {
			fields = append(fields, ref)
		}
		objects = append(objects, "<</Type /Annot "+a+">>")
	}
	objects[0] = fmt.Sprintf(objects[0], strings.Join(fields, " "))
	objects[2] = fmt.Sprintf(objects[2], strings.Join(all, " "))
	return writtenPDF(objects...)
}

func readWritten(t *testing.T, data []byte) *Document {
	t.Helper()
	doc, err := readPDF(context.Background(), "", data)
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, doc)
	return doc
}

// A saidBlock is a block without its offsets.
type saidBlock struct {
	Kind           Kind
	Text, Question string
}

func saidBlocks(doc *Document, kinds ...Kind) []saidBlock {
	var out []saidBlock
	for _, b := range doc.Blocks {
		for _, k := range kinds {
			if b.Kind == k {
				out = append(out, saidBlock{b.Kind, doc.Text[b.Start:b.End], b.Place.Question})
			}
		}
	}
	return out
}

func TestPDFFormFields(t *testing.T) {
	const question = "BT /F 10 Tf 50 700 Td (Do you agree?) Tj ET BT /F 10 Tf 50 600 Td (Reply:) Tj ET BT /F 10 Tf 72 500 Td (Yes) Tj ET BT /F 10 Tf 172 500 Td (No) Tj ET"
	const below, beside = "/Rect [50 640 500 690]", "/Rect [100 595 400 612]"
	tests := []struct {
		name, annotation string
		want             []saidBlock
	}{
		{"question above", "/Subtype /Widget /FT /Tx /T (a) /V (We do.\rAll of us.) " + below, []saidBlock{{Answer, "We do.\nAll of us.", "Do you agree?"}}},
		{"name beside", "/Subtype /Widget /FT /Tx /T (a) /V (No) " + beside, []saidBlock{{Answer, "No", "Reply:"}}},
		{"question in the tip", "/Subtype /Widget /FT /Tx /T (a) /TU (What is your reply?) /V (No) " + beside, []saidBlock{{Answer, "No", "What is your reply?"}}},
		{"tip before far words", "/Subtype /Widget /FT /Tx /T (a) /TU (Anything else) /V (No) /Rect [50 100 500 120]", []saidBlock{{Answer, "No", "Anything else"}}},
		{"name for want of better", "/Subtype /Widget /FT /Tx /T (Anything else) /V (No) /Rect [50 100 500 120]", []saidBlock{{Answer, "No", "Anything else"}}},
		{"programmer's name", "/Subtype /Widget /FT /Tx /T (Text1[0]) /V (No) /Rect [50 100 500 120]", []saidBlock{{Answer, "No", ""}}},
		{"UTF-16", "/Subtype /Widget /FT /Tx /T (a) /V <FEFF00A300350030> " + beside, []saidBlock{{Answer, "£50", "Reply:"}}},
		{"empty", "/Subtype /Widget /FT /Tx /T (a) /V () " + beside, nil},
		{"hidden", "/Subtype /Widget /FT /Tx /T (a) /V (No) /F 2 " + beside, nil},
		{"password", "/Subtype /Widget /FT /Tx /T (a) /V (No) /Ff 8192 " + beside, nil},
		{"choice", "/Subtype /Widget /FT /Ch /Ff 131072 /T (a) /Opt [[(1) (All)] [(2) (Some)]] /V (2) " + beside, []saidBlock{{Answer, "Some", "Reply:"}}},
		{"second of two ticked", "/Subtype /Widget /FT /Btn /T (a) /AS /Off /V /Off /Rect [60 498 70 508]\n/Subtype /Widget /FT /Btn /T (b) /AS /On /V /On /Rect [160 498 170 508]",
			[]saidBlock{{Answer, "☒ No", ""}}},
		{"not ticked", "/Subtype /Widget /FT /Btn /T (a) /AS /Off /V /Off /Rect [160 498 170 508]", nil},
		{"typed onto the page", "/Subtype /FreeText /Contents (We agree) /DA (/F 10 Tf) " + below, []saidBlock{{Box, "We agree", ""}}},
		{"comment", "/Subtype /Text /Contents (Check this) " + below, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readWritten(t, writtenPage(question, "", strings.Split(tt.annotation, "\n")...))
			if diff := cmp.Diff(saidBlocks(doc, Answer, Box), tt.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

func TestPDFComments(t *testing.T) {
	doc := readWritten(t, writtenPage("BT /F 10 Tf 50 700 Td (Our reply) Tj ET", "",
		"/Subtype /Text /Contents (Check this) /Rect [0 0 10 10]", "/Subtype /Highlight /Contents (And this) /Rect [0 0 10 10]",
		"/Subtype /Highlight /Rect [0 0 10 10]", "/Subtype /Link /Contents (a link) /Rect [0 0 10 10]"))
	if got, want := doc.Facts.Comments, 2; got != want {
		t.Errorf("got %d comments, want %d", got, want)
	}
	if strings.Contains(doc.Text, "this") {
		t.Errorf("a comment is in the text %q", doc.Text)
	}
}

// TestPDFForm reads a form that LibreOffice made, in reading order: questions are furniture, what was filled in is an
// answer, also in a table.
func TestPDFForm(t *testing.T) {
	doc := readTestPDF(t, "pdf-form.pdf")
	const one = "Question 1. Do you agree that help should come earlier, before a family has to ask for it, and what would have to be in place in your area for that?"
	want := []saidBlock{
		{Furniture, "Name of your organisation:", ""},
		{Answer, "Saltmarsh Carers", "Name of your organisation:"},
		{Furniture, one, ""},
		{Answer, "Yes. Families waited eleven months last year.\nNo plan that leaves the waiting list alone will help them.", one},
		{Furniture, "Question 2. What would it cost?", ""},
		{Furniture, "Question 3. How far do you support the single form?", ""},
		{Furniture, "Fully In part Not at all", ""},
		{Answer, "☒ In part", "Question 3. How far do you support the single form?"},
		{Furniture, "4. Who should lead?", ""},
		{Answer, "The health visitor", "4. Who should lead?"},
		{Furniture, "5. When should it begin?", ""},
		{Answer, "In April, with the school meals year", "5. When should it begin?"},
		{Furniture, "You may quote us by name.", ""},
		{Answer, "☒ You may quote us by name.", ""},
	}
	if diff := cmp.Diff(saidBlocks(doc, Furniture, Answer), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

// TestPDFRotatedPage reads a page that is shown turned: it was painted sideways so that it reads upright then.
func TestPDFRotatedPage(t *testing.T) {
	const content = "0 1 -1 0 600 0 cm BT /F 10 Tf 50 500 Td (First line) Tj ET BT /F 10 Tf 50 470 Td (Second line) Tj ET"
	doc := readWritten(t, writtenPage(content, "/Rotate 90", "/Subtype /Widget /FT /Tx /T (a) /V (Here) /Rect [150 50 160 200]"))
	want := []string{"First line", "Second line", "Here"}
	if diff := cmp.Diff(blockTexts(doc), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}
