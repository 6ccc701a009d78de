package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A control is a content control, and legacyField a field of a form as Word made them before.
func control(properties, content string) string {
	return `<w:sdt><w:sdtPr>` + properties + `</w:sdtPr><w:sdtContent>` + content + `</w:sdtContent></w:sdt>`
}

func legacyField(data, result string) string {
	mark := func(kind, inside string) string {
		return `<w:r><w:fldChar w:fldCharType="` + kind + `">` + inside + `</w:fldChar></w:r>`
	}
	return mark("begin", `<w:ffData>`+data+`</w:ffData>`) + `<w:r><w:instrText>FORMTEXT</w:instrText></w:r>` + mark("separate", "") + run(result) + mark("end", "")
}

func paragraph(inside string) string { return `<w:p>` + inside + `</w:p>` }

func TestDOCXForms(t *testing.T) {
	cell := func(inside string) string { return `<w:tc>` + paragraph(inside) + `</w:tc>` }
	list := func(result string) string {
		return `<w:ddList>` + result + `<w:listEntry w:val="Please select"/><w:listEntry w:val="Yes"/></w:ddList>`
	}
	const unfilled = "1 field was not filled in; its prompt was not read as the member's words."
	for _, test := range []struct {
		name, body string
		want       string
		warning    string
	}{
		{"answer in a content control under a plain question", paragraph(run("Do you agree?")) + control("", paragraph(run("Yes, we do."))+paragraph(run("Very much."))) + paragraph(run("Thank you.")),
			"paragraph ¶1 | Do you agree?\nanswer ¶2 question=Do you agree? | Yes, we do.\nanswer ¶3 question=Do you agree? | Very much.\nparagraph ¶4 | Thank you.\n", ""},
		{"answer in an old field", paragraph(run("1. Why?")) + paragraph(legacyField(`<w:textInput/>`, "Cost.")),
			"paragraph ¶1 label=1 | 1. Why?\nanswer ¶2 question=1. Why? | Cost.\n", ""},
		{"an old field beside its name", paragraph(run("Name: ") + legacyField(`<w:textInput/>`, "Sam")), "paragraph ¶1 | Name: Sam\n", ""},
		{"an old field that holds what it was made with", paragraph(run("Name: ") + legacyField(`<w:textInput><w:default w:val="Click here and type"/></w:textInput>`, "Click here and type")),
			"paragraph ¶1 | Name:\n", unfilled},
		{"an answer that the form suggested", paragraph(run("Country: ") + legacyField(`<w:textInput><w:default w:val="England"/></w:textInput>`, "England")),
			"paragraph ¶1 | Country: England\n", ""},
		{"a list in which nobody chose", paragraph(run("Agree: ") + legacyField(list(""), "")), "paragraph ¶1 | Agree:\n", unfilled},
		{"a list in which somebody chose", paragraph(run("Agree: ") + legacyField(list(`<w:result w:val="1"/>`), "")), "paragraph ¶1 | Agree: Yes\n", ""},
		{"tick boxes", paragraph(control(`<w:checkbox><w:checked w:val="1"/></w:checkbox>`, run("☒")) + run(" Yes ") + control(`<w:checkbox/>`, `<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>`) + run(" No")),
			"paragraph ¶1 | ☒ Yes ☐ No\n", ""},
		{"a prompt whose mark another program lost", paragraph(run("Name: ") + control("", run("Click or tap here to ")+run("enter text."))), "paragraph ¶1 | Name:\nfurniture ¶0 why=prompt not filled in | Click or tap here to enter text.\n", unfilled},
		{"a chosen entry", paragraph(run("Area: ") + control(`<w:dropDownList><w:listItem w:value="North"/></w:dropDownList>`, run("North"))), "paragraph ¶1 | Area: North\n", ""},
		{"a prompt that is a cell", `<w:tbl><w:tr>` + cell(run("Why?")) + control(`<w:showingPlcHdr/>`, cell(run("Type here"))) + `</w:tr><w:tr>` + cell(run("How?")) + control("", cell(run("Slowly."))) + `</w:tr></w:tbl>`,
			"furniture ¶0 table 1 row 1 column 1 why=question of the form | Why?\nfurniture ¶0 table 1 row 2 column 1 why=question of the form | How?\nanswer ¶0 table 1 row 2 column 2 question=How? | Slowly.\nfurniture ¶0 why=prompt not filled in | Type here\n", unfilled},
		{"bold questions in a document that is one control", control("", paragraph(`<w:r><w:rPr><w:b/></w:rPr><w:t>Q1 Why?</w:t></w:r>`)+paragraph(run("Cost."))+paragraph(`<w:r><w:rPr><w:b/></w:rPr><w:t>Q2 How?</w:t></w:r>`)+paragraph(run("Slowly."))),
			"furniture ¶1 why=question of the form | Q1 Why?\nanswer ¶2 question=Q1 Why? | Cost.\nfurniture ¶3 why=question of the form | Q2 How?\nanswer ¶4 question=Q2 How? | Slowly.\n", ""},
		{"text that Google keeps in a control of its own", paragraph(run("Why?")) + control(`<w:tag w:val="goog_rdk_0"/>`, paragraph(run("Cost."))), "paragraph ¶1 | Why?\nparagraph ¶2 | Cost.\n", ""},
		{"text that Word keeps in a control of its own", paragraph(run("What is in it?")) + control(`<w:docPartObj/>`, paragraph(run("Chapters."))), "paragraph ¶1 | What is in it?\nparagraph ¶2 | Chapters.\n", ""},
		{"a control of another program", paragraph(run("Name: ") + `<w:r><w:object><w:control w:name="TextBox1"/></w:object></w:r>`), "paragraph ¶1 | Name:\n",
			"1 form control (ActiveX) was not read; what is filled in there is not in the text."},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readDOCX(t.Context(), "", wordDocument(t, test.body))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if diff := cmp.Diff(outlineOf(doc), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
			checkWarning(t, doc, test.warning)
		})
	}
}

// checkWarning checks that the document has this warning and no other.
func checkWarning(t *testing.T, doc *Document, want string) {
	t.Helper()
	var wants []Warning
	if want != "" {
		wants = []Warning{{What: want}}
	}
	if diff := cmp.Diff(doc.Warnings, wants); diff != "" {
		t.Errorf("warnings -got +want:\n%s", diff)
	}
}

func TestDOCXLeftOut(t *testing.T) {
	drawing := func(inside string) string { return `<w:r><w:drawing>` + inside + `</w:drawing></w:r>` }
	object := func(program, id string) string {
		return `<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="` + program + `" r:id="` + id + `"/></w:object></w:r>`
	}
	change := func(kind, author, text string) string {
		return `<w:` + kind + ` w:author="` + author + `" w:date="2023-04-28T10:00:00Z">` + text + `</w:` + kind + `>`
	}
	for _, test := range []struct {
		name, body string
		want       string
	}{
		{"pictures and charts", paragraph(drawing(`<a:blip/>`) + drawing(`<c:chart/>`) + run("x")), "1 picture was not read; words in pictures are not in the text. 1 chart was not read; words and figures in charts are not in the text."},
		{"an attached file", paragraph(run("x") + object("Package", "package")), "1 file inside the document was not read: a file without a name."},
		{"an attached workbook", paragraph(run("x") + object("Excel.Sheet.12", "none")), "1 file inside the document was not read: an Excel workbook."},
		{"a formula of the older kind", paragraph(run("x") + object("Equation.3", "none")), "1 picture was not read; words in pictures are not in the text."},
		{"one change in two formats", paragraph(change("ins", "Ann", run("a")) + change("ins", "Ann", run("b")) + run("c") + change("ins", "Ann", run("d")) + change("del", "Bob", "")), "3 tracked changes by Ann, Bob were read as accepted."},
		{"a change over two paragraphs", `<w:p><w:pPr><w:rPr>` + change("ins", "Ann", "") + `</w:rPr></w:pPr>` + change("ins", "Ann", run("a")) + `</w:p><w:p>` + change("ins", "Ann", run("b")) + `</w:p>`, "1 tracked change by Ann was read as accepted."},
		{"an inserted document that is not there", paragraph(run("x")) + `<w:altChunk r:id="none"/>`, "A document inserted into this one could not be found."},
	} {
		t.Run(test.name, func(t *testing.T) {
			var parts []string
			if strings.Contains(test.body, "Package") {
				parts = []string{"word/package", "no compound file"}
			}
			doc, err := readDOCX(t.Context(), "", wordDocument(t, test.body, parts...))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range doc.Warnings {
				got = append(got, w.What)
			}
			if diff := cmp.Diff(strings.Join(got, " "), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestPackagedName(t *testing.T) {
	for _, test := range []struct{ name, stream, want string }{
		{"name", "\x00\x00\x00\x00\x02\x00plan costs.csv\x00C:\\plan costs.csv\x00", "“plan costs.csv”"},
		{"path", "\x00\x00\x00\x00\x02\x00C:\\secret\\caf\xe9.pdf\x00", "“café.pdf”"},
		{"no end", "\x00\x00\x00\x00\x02\x00plan", ""},
		{"no name", "\x00\x00\x00\x00\x02\x00\x00", ""},
		{"too short", "\x00\x00", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := packagedName([]byte(test.stream)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
