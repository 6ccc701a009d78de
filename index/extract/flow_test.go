package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wordFile reads one of testdata's word processor documents.
func wordFile(t *testing.T, name string) *Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := wordReader(name)(t.Context(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	checkWordBlocks(t, doc)
	return doc
}

func wordReader(name string) func(context.Context, string, []byte) (*Document, error) {
	switch filepath.Ext(name) {
	case ".docx":
		return readDOCX
	case ".rtf":
		return readRTF
	}
	return readODT
}

// outlineOf lists blocks a line each: kind, place, text.
func outlineOf(doc *Document) string {
	var s strings.Builder
	for _, b := range doc.Blocks {
		p := b.Place
		fmt.Fprintf(&s, "%s", b.Kind)
		if b.Level > 0 {
			fmt.Fprintf(&s, " %d", b.Level)
		}
		fmt.Fprintf(&s, " ¶%d", p.Paragraph)
		if p.Table > 0 {
			fmt.Fprintf(&s, " table %d row %d column %d", p.Table, p.Row, p.Column)
		}
		for _, field := range []struct{ name, value string }{
			{"label", p.Label}, {"note", p.Note}, {"why", b.Why}, {"under", strings.Join(p.Headings, " › ")}, {"question", p.Question},
		} {
			if field.value != "" {
				fmt.Fprintf(&s, " %s=%s", field.name, field.value)
			}
		}
		for _, r := range b.Refs {
			fmt.Fprintf(&s, " ref=%s@%d", r.Note, r.At)
		}
		fmt.Fprintf(&s, " | %s\n", strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(doc.Text[b.Start:b.End]))
	}
	return s.String()
}

const response = `heading 1 ¶1 | Our response to the plan
paragraph ¶2 under=Our response to the plan | Jo Example
heading 1 ¶3 | Timelines
paragraph ¶4 under=Timelines ref=1@20 | We welcome the plan, but children wait too long.
note ¶4 note=1 under=Timelines | Published in March 2023.
heading 2 ¶5 under=Timelines | Waits under the law
item 1 ¶6 label=1. under=Timelines › Waits under the law | The first point.
item 1 ¶7 label=2. under=Timelines › Waits under the law | The second point.
item 2 ¶8 label=a. under=Timelines › Waits under the law | A point beneath it.
item 2 ¶9 label=b. under=Timelines › Waits under the law | Another.
item 1 ¶10 label=3. under=Timelines › Waits under the law | The third point.
item 1 ¶11 label=• under=Timelines › Waits under the law | A bullet.
item 2 ¶12 label=• under=Timelines › Waits under the law | A bullet beneath it.
heading 2 ¶13 under=Timelines | Question 2: What do you think of national standards?
paragraph ¶14 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | They should be set out in law.
cell ¶14 table 1 row 1 column 1 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | Area
cell ¶14 table 1 row 1 column 2 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | Weeks
cell ¶14 table 1 row 2 column 1 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | North
cell ¶14 table 1 row 2 column 2 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | 20
cell ¶14 table 1 row 3 column 1 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | South
cell ¶14 table 1 row 3 column 2 under=Timelines › Question 2: What do you think of national standards? question=Question 2: What do you think of national standards? | 31
heading 1 ¶15 | Funding
paragraph ¶16 under=Funding | More is needed.
`

const filledForm = `heading 1 ¶1 label=1 | About us
paragraph ¶2 under=About us | We are a small trust and do agree.
heading 1 ¶3 label=2 | Our answers
heading 2 ¶4 label=2.1 under=Our answers | On time
item 1 ¶5 label=(a) under=Our answers › On time | First.
item 2 ¶6 label=i. under=Our answers › On time | Beneath.
item 1 ¶7 label=(b) under=Our answers › On time | Second.
heading 2 ¶8 label=2.2 under=Our answers | On standards
furniture ¶9 why=question of the form under=Our answers › On standards | Q4 Should standards be law?
paragraph ¶10 under=Our answers › On standards question=Q4 Should standards be law? | Yes:\tall of  them,\nin full.
heading 1 ¶11 label=3 | The form
furniture ¶11 table 1 row 1 column 1 why=question of the form under=The form | Question 5: Who pays?
answer ¶11 table 1 row 1 column 2 under=The form question=Question 5: Who pays? | The Treasury.\nNobody else.
furniture ¶11 table 1 row 2 column 1 why=question of the form under=The form | 6. What else do you want to say?
answer ¶11 table 1 row 2 column 2 under=The form question=6. What else do you want to say? ref=1@8 | Nothing.
note ¶11 table 1 row 2 column 2 note=1 under=The form question=6. What else do you want to say? | Not yet.
paragraph ¶12 under=The form | The end.
box ¶12 under=The form | In a box.
furniture ¶0 why=page header | Example Trust
furniture ¶0 why=page footer | Page 1
`

// TestWordDocuments reads the same two documents as different programs write them. They must read the same.
func TestWordDocuments(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"response.docx", response},
		{"response-libreoffice.docx", response},
		{"response.odt", response + "furniture ¶0 why=page footer | 1\n"}, // pandoc gives the page a number
		{"response-libreoffice.odt", response},
		{"rtf-response.rtf", response},
		{"form.docx", filledForm},
		{"form.odt", filledForm},
		{"form.fodt", filledForm},
		{"rtf-form.rtf", filledForm},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(outlineOf(wordFile(t, test.name)), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestWordFactsAndWarnings(t *testing.T) {
	for _, name := range []string{"form.docx", "form.odt", "form.fodt", "rtf-form.rtf"} {
		t.Run(name, func(t *testing.T) {
			doc := wordFile(t, name)
			want := Facts{Title: "Response form", Author: "Sam Example", Company: "Example Trust", Date: "2023-04-28", Revisions: 2, Comments: 1}
			got := doc.Facts
			got.Pages = 0            // as the program that wrote the file counted them, or not
			got.Date = got.Date[:10] // OpenDocument gives no time zone, so only the day is known
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("facts -got +want:\n%s", diff)
			}
			warnings := []Warning{
				{What: "2 tracked changes by Ann, Bob were read as accepted; 1 margin comment by Ann was left out."},
				{What: "Hidden text was left out (2 words)."},
			}
			if diff := cmp.Diff(doc.Warnings, warnings); diff != "" {
				t.Errorf("warnings -got +want:\n%s", diff)
			}
		})
	}
}

func TestTableForms(t *testing.T) {
	text := func(s string) []flowElement { return []flowElement{{flowParagraph: flowParagraph{text: s}}} }
	makeTable := func(rows ...string) *flowTable {
		table := &flowTable{}
		for i, r := range rows {
			line := flowRow{number: i + 1}
			for j, c := range strings.Split(r, "|") {
				line.cells = append(line.cells, flowCell{column: j + 1, content: text(c)})
			}
			table.rows = append(table.rows, line)
		}
		return table
	}
	for _, test := range []struct {
		name  string
		table *flowTable
		want  []string // "question → answer"
	}{
		{"numbered question", makeTable("Question 3: Standards|Yes."), []string{"Question 3: Standards → Yes."}},
		{"question mark", makeTable("Do you agree?|No.", "Why?|Cost."), []string{"Do you agree? → No.", "Why? → Cost."}},
		{"number in its own column", makeTable("3.|Do you agree?|Yes."), []string{"3. Do you agree? → Yes."}},
		{"numbered with a choice and a comment", makeTable("Q1 Do you agree?|Yes|In part."), []string{"Q1 Do you agree? → Yes", "Q1 Do you agree? → In part."}},
		{"named columns", makeTable("Question|Your response", "Standards|Yes.", "Funding|More."), []string{"Standards → Yes.", "Funding → More."}},
		{"answer beneath", makeTable("1. Do you agree?", "Yes, we do."), []string{"1. Do you agree? → Yes, we do."}},
		{"no form", makeTable("Area|Weeks", "North|20"), nil},
		{"quarters of a year", makeTable("Q1 2023|20", "Q2 2023|31"), nil},
		{"a view that ends with a question", makeTable(strings.Repeat("We have said this before. ", 70) + "Why?|Comment"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f flow
			f.add([]flowElement{{table: test.table}})
			doc := f.document()
			var got []string
			for _, b := range doc.Blocks {
				if b.Kind == Answer {
					got = append(got, b.Place.Question+" → "+doc.Text[b.Start:b.End])
				}
			}
			if diff := cmp.Diff(got, test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestQuestionsOfAForm(t *testing.T) {
	const asked = "Question 3: How far do you agree?"
	for _, test := range []struct {
		name string
		p    flowParagraph
		want string // why it is furniture
	}{
		{"plain", flowParagraph{text: asked}, formQuestion},
		{"with a request", flowParagraph{text: asked + " Please give your reasons."}, formQuestion},
		{"only the mark", flowParagraph{text: "Question 3"}, formQuestion},
		{"bold with a number", flowParagraph{text: "What matters?", label: "3.", bold: true}, formQuestion},
		{"plain with a number", flowParagraph{text: "3. What matters?"}, ""},
		{"bold without a mark", flowParagraph{text: "Why does this matter?", bold: true}, ""},
		{"answered at once", flowParagraph{text: asked + " Not at all.", bold: true}, ""},
		{"an answer", flowParagraph{text: "Question 3: we agree.", bold: true}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f flow
			f.addParagraph(&test.p)
			f.addParagraph(&flowParagraph{text: "Please say what works now. (250 words)"})
			f.addParagraph(&flowParagraph{text: "Please listen (250 words)"})
			var got []string
			for _, b := range f.document().Blocks {
				got = append(got, b.Why)
			}
			want := []string{test.want, "", ""}
			if test.want != "" {
				want[1] = formGuidance
			}
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestQuestionsAboveParagraphs(t *testing.T) {
	p := func(text string) flowParagraph { return flowParagraph{text: text} }
	h := func(level int, text string) flowParagraph { return flowParagraph{text: text, level: level} }
	b := func(text string) flowParagraph { return flowParagraph{text: text, bold: true} }
	for _, test := range []struct {
		name       string
		paragraphs []flowParagraph
		want       string // the last one's question
	}{
		{"heading", []flowParagraph{h(1, "Question 2 Time"), p("Soon.")}, "Question 2 Time"},
		{"bold", []flowParagraph{b("Do you agree?"), p("Yes."), p("Very much.")}, "Do you agree?"},
		{"plain text does not ask", []flowParagraph{p("Why is this?"), p("Cost.")}, ""},
		{"a form's plain question", []flowParagraph{p("Question 1: Do you agree?"), p("Yes.")}, "Question 1: Do you agree?"},
		{"next heading ends it", []flowParagraph{h(1, "Do you agree?"), p("Yes."), h(1, "Other"), p("More.")}, ""},
		{"heading ends a bold one", []flowParagraph{b("Do you agree?"), h(3, "Other"), p("More.")}, ""},
		{"subheading stays beneath", []flowParagraph{h(1, "Q2"), h(2, "Our view"), p("More.")}, "Q2"},
		{"number, then the question", []flowParagraph{h(1, "Question 3"), p("Do you agree?"), p("Yes.")}, "Question 3 Do you agree?"},
		{"printed number", []flowParagraph{{text: "Do you agree?", bold: true, label: "4."}, p("Yes.")}, "4. Do you agree?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f flow
			for i := range test.paragraphs {
				f.addParagraph(&test.paragraphs[i])
			}
			blocks := f.document().Blocks
			if got := blocks[len(blocks)-1].Place.Question; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
