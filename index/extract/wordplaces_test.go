package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A wordPlace says where a block stands, as somebody read it off a picture of the page. Zero fields do not apply; heading
// is the innermost, and a place in a table counts the columns of its grid.
type wordPlace struct {
	file, begins       string
	kind               Kind
	paragraph          int
	label, heading     string
	table, row, column int
	note, question     string
}

// TestWordPlaces checks places that a person read off the pages: first in strangers' documents, then in our own.
func TestWordPlaces(t *testing.T) {
	const (
		lists   = "docx/tika__testWORD_numbered_list.docx"
		review  = "docx/tika__014760.docx"
		fields  = "docx/poi__Bug54849.docx"
		oo      = "odt/tika__testODFwithOOo3.odt"
		gnupg   = "odt/tika__testNPEOpenDocument.odt"
		form    = "IEC response form - SENCO Practice Association (completed).docx"
		ceu     = "CEU response to SEND AP plan FINAL v3.docx"
		hlg     = "HLG_SEND_AP_response_May2023.docx"
		literal = "DyslexiaLiteracyAction_SENDAP_response.odt"
		circle  = "Downs Education Circle - our response to the SEND plan.html"
		minds   = "minds-at-school.txt"
	)
	strangers := []wordPlace{
		{file: lists, begins: "Level", kind: Item, paragraph: 4, label: "ii)"},
		{file: lists, begins: "Within cell 1", kind: Cell, label: "1.", table: 1, row: 1, column: 2},
		{file: lists, begins: "List", kind: Item, paragraph: 5, label: "iii)"},
		{file: lists, begins: "bar", kind: Item, paragraph: 7, label: "i)"},
		{file: lists, begins: "seven e", kind: Item, label: "e."},
		{file: lists, begins: "Stout", kind: Box, label: "2."},
		{file: lists, begins: "Footnote list", kind: Note, note: "1"},
		{file: lists, begins: "A ii 2", kind: Item, label: "2."},
		{file: lists, begins: "2.1", kind: Item, label: "2.1."},
		{file: "docx/poi__Numbering.docx", begins: "Level3", kind: Item, paragraph: 7, label: "i."},
		{file: "docx/poi__Numbering.docx", begins: "Three", kind: Item, paragraph: 16, label: "3."},
		{file: review, begins: "The following document", kind: Paragraph, paragraph: 4, heading: "ANNUAL IHC PREPAREDNESS REVIEW"},
		{file: review, begins: "NWCG Qualifications", kind: Cell, table: 1, row: 2, column: 6},
		{file: review, begins: "Senior Firefighters", kind: Cell, label: "d.", table: 1, row: 32, column: 3},
		{file: "docx/tika__017091.docx", begins: "(2) Ecclesiastical", kind: Paragraph, label: "(2)"},
		{file: fields, begins: "Abc", kind: Cell, table: 2, row: 2, column: 2},
		{file: fields, begins: "Footnote_sdt", kind: Note, paragraph: 2, note: "1"},
		{file: fields, begins: "Footer_rich_text", kind: Furniture},
		{file: oo, begins: "A rectangle", kind: Box, paragraph: 2, heading: "Apache Tika Test Document"},
		{file: oo, begins: "This is of course", kind: Note, paragraph: 2, note: "1"},
		{file: oo, begins: "Third item", kind: Item, label: "3."},
		{file: gnupg, begins: "Generar la clave", kind: Item, paragraph: 5, label: "2."},
		{file: gnupg, begins: "2. Generar la clave", kind: Paragraph, paragraph: 12, label: "2"},
	}
	ours := []wordPlace{
		{file: form, begins: "Please return", kind: Paragraph, paragraph: 3},
		{file: form, begins: "SENCO Practice Association (SPA)", kind: Cell, table: 1, row: 2, column: 2},
		{file: form, begins: "Yes, with our name", kind: Answer, table: 1, row: 6, column: 2, question: "May we publish your answers?"},
		{file: form, begins: "Yes to standards.", kind: Answer, table: 2, row: 3, column: 2, question: "Q2. What do you think of national standards"},
		{file: ceu, begins: "We thank the secretariat", kind: Item, paragraph: 5, label: "2.", heading: "Introduction"},
		{file: ceu, begins: "CEU SEND survey", kind: Note, paragraph: 4, note: "1", heading: "Introduction"},
		{file: ceu, begins: "Take the pupils", kind: Item, label: "5.", heading: "A. The pace of the plan"},
		{file: ceu, begins: "By the end of 2025", kind: Cell, table: 1, row: 2, column: 2, heading: "A. The pace of the plan"},
		{file: hlg, begins: "Spring 2024", kind: Cell, table: 1, row: 4, column: 4, heading: "Recommendations"},
		{file: hlg, begins: "Local authorities", kind: Cell, table: 1, row: 7, column: 3, heading: "Recommendations"},
		{file: literal, begins: "We have no great quarrel", kind: Paragraph, paragraph: 6, heading: "1. The pace of change"},
		{file: literal, begins: "a fuller assessment", kind: Item, paragraph: 11, label: "2.", heading: "2. Standards in classrooms"},
		{file: literal, begins: "An assessor in private", kind: Note, paragraph: 13, note: "1"},
		{file: "testdata/form.docx", begins: "Beneath.", kind: Item, paragraph: 6, label: "i.", heading: "On time"},
		{file: "testdata/form.docx", begins: "In a box.", kind: Box, paragraph: 12},
		{file: "testdata/form.odt", begins: "Second.", kind: Item, paragraph: 7, label: "(b)", heading: "On time"},
		{file: "testdata/form.odt", begins: "The Treasury.", kind: Answer, table: 1, row: 1, column: 2, question: "Question 5: Who pays?"},
		{file: circle, begins: "We are in favour", kind: Paragraph, paragraph: 5, heading: "An ordinary school, to begin with"},
		{file: circle, begins: "Home", kind: Furniture},
		{file: minds, begins: "We'll start here", kind: Paragraph, paragraph: 7, heading: "ALTERNATIVE PROVISION AND EXCLUSION (your Q3)"},
		{file: minds, begins: "Two of the providers", kind: Paragraph, paragraph: 18, heading: "STANDARDS AND THE REST"},
	}
	t.Run("strangers", func(t *testing.T) { checkPlaces(t, filepath.Join("..", "..", "..", "shared", "fixtures"), strangers) })
	t.Run("ours", func(t *testing.T) {
		checkPlaces(t, filepath.Join("..", "..", "samples", "send-ap-plan", "submissions"), ours)
	})
}

func checkPlaces(t *testing.T, folder string, places []wordPlace) {
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no such documents here")
	}
	docs := map[string]*Document{}
	for _, want := range places {
		t.Run(fmt.Sprintf("%s %s", filepath.Base(want.file), want.begins), func(t *testing.T) {
			doc := docs[want.file]
			if doc == nil {
				file := filepath.Join(folder, want.file)
				if strings.HasPrefix(want.file, "testdata") {
					file = want.file
				}
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if doc, err = File(t.Context(), file, data); err != nil {
					t.Fatal(err)
				}
				docs[want.file] = doc
			}
			for _, b := range doc.Blocks {
				if strings.HasPrefix(doc.Text[b.Start:b.End], want.begins) {
					if diff := cmp.Diff(foundPlace(b, want), want, cmp.AllowUnexported(wordPlace{})); diff != "" {
						t.Errorf("-got +want:\n%s", diff)
					}
					return
				}
			}
			t.Error("no such block")
		})
	}
}

// foundPlace is where a block stands, as far as want says.
func foundPlace(b Block, want wordPlace) wordPlace {
	p := b.Place
	got := wordPlace{file: want.file, begins: want.begins, kind: b.Kind, label: p.Label, table: p.Table, row: p.Row, column: p.Column, note: p.Note}
	if want.paragraph > 0 {
		got.paragraph = p.Paragraph
	}
	if want.heading != "" && len(p.Headings) > 0 {
		got.heading = p.Headings[len(p.Headings)-1]
	}
	if want.question != "" && strings.HasPrefix(p.Question, want.question) {
		got.question = want.question
	}
	return got
}
