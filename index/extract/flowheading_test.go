package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBoldHeadings(t *testing.T) {
	const long = "We welcome the plan, but children wait too long."
	p := func(text string) flowParagraph { return flowParagraph{text: text} }
	b := func(text string) flowParagraph { return flowParagraph{text: text, bold: true} }
	for _, test := range []struct {
		name       string
		paragraphs []flowParagraph
		want       string
	}{
		{"in a document without others", []flowParagraph{b("Timelines"), p(long), b("Funding"), p(long)},
			"heading 1 ¶1 | Timelines\nparagraph ¶2 under=Timelines | " + long + "\nheading 1 ¶3 | Funding\nparagraph ¶4 under=Funding | " + long + "\n"},
		{"under a title", []flowParagraph{{text: "Our view", level: 1, title: true}, b("Timelines"), p(long)},
			"heading 1 ¶1 | Our view\nheading 2 ¶2 under=Our view | Timelines\nparagraph ¶3 under=Our view › Timelines | " + long + "\n"},
		{"beside a real heading", []flowParagraph{{text: "Our view", level: 1}, b("Timelines"), p(long)},
			"heading 1 ¶1 | Our view\nparagraph ¶2 under=Our view | Timelines\nparagraph ¶3 under=Our view | " + long + "\n"},
		{"with numbers", []flowParagraph{{text: "Timelines", bold: true, label: "1.", depth: 1}, p(long), {text: "Waits", bold: true, label: "1.1", depth: 2}, p(long)},
			"heading 1 ¶1 label=1. | Timelines\nparagraph ¶2 under=Timelines | " + long + "\nheading 2 ¶3 label=1.1 under=Timelines | Waits\nparagraph ¶4 under=Timelines › Waits | " + long + "\n"},
		{"over a list", []flowParagraph{b("We ask for"), {text: "money", label: "•", depth: 1}}, "heading 1 ¶1 | We ask for\nitem 1 ¶2 label=• under=We ask for | money\n"},
		{"a sentence", []flowParagraph{b("We agree."), p(long)}, "paragraph ¶1 | We agree.\nparagraph ¶2 | " + long + "\n"},
		{"a signature", []flowParagraph{p(long), b("Jo Example"), p("Chief Executive"), b("Example Trust"), p("1 High Street")},
			"paragraph ¶1 | " + long + "\nparagraph ¶2 | Jo Example\nparagraph ¶3 | Chief Executive\nparagraph ¶4 | Example Trust\nparagraph ¶5 | 1 High Street\n"},
		{"all of it bold", []flowParagraph{b("Timelines"), b(long)}, "paragraph ¶1 | Timelines\nparagraph ¶2 | " + long + "\n"},
		{"a question stays one", []flowParagraph{b("Do you agree?"), p(long)}, "paragraph ¶1 | Do you agree?\nparagraph ¶2 question=Do you agree? | " + long + "\n"},
		{"a bullet", []flowParagraph{{text: "Time", bold: true, label: "•", depth: 1}, p(long)}, "item 1 ¶1 label=• | Time\nparagraph ¶2 | " + long + "\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f flow
			for i := range test.paragraphs {
				f.addParagraph(&test.paragraphs[i])
			}
			f.promote()
			if diff := cmp.Diff(outlineOf(f.document()), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

// TestBoldHeadingsInFiles reads the same through both readers.
func TestBoldHeadingsInFiles(t *testing.T) {
	const want = "heading 1 ¶1 | Timelines\nparagraph ¶2 under=Timelines | Too slow for us.\nfurniture ¶0 why=page header | Us\n"
	docx, err := readDOCX(t.Context(), "", wordDocument(t, `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Timelines</w:t></w:r></w:p>`+paragraph(run("Too slow for us.")), "word/header1.xml", `<w:hdr>`+paragraph(run("Us"))+`</w:hdr>`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outlineOf(docx), want); diff != "" {
		t.Errorf("docx -got +want:\n%s", diff)
	}
	odt, err := readODT(t.Context(), "", flatODT(`<office:styles><style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style></office:styles><office:master-styles><style:master-page><style:header><text:p>Us</text:p></style:header></style:master-page></office:master-styles>`,
		`<text:p text:style-name="B">Timelines</text:p><text:p>Too slow for us.</text:p>`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outlineOf(odt), want); diff != "" {
		t.Errorf("odt -got +want:\n%s", diff)
	}
}
