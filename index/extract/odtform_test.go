package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestODTForms(t *testing.T) {
	const head = `<office:forms><form:form><form:text xml:id="c1" form:current-value="Sam"/><form:checkbox xml:id="c2" form:label="We agree" form:current-state="checked"/><form:radio xml:id="c3" form:label="No"/>` +
		`<form:listbox xml:id="c4"><form:option form:label="North" form:selected="true"/><form:option form:label="South" form:current-selected="true"/></form:listbox><form:textarea xml:id="c5"><text:p>One.</text:p><text:p>Two.</text:p></form:textarea></form:form></office:forms>`
	place := func(id string) string { return `<draw:control draw:control="` + id + `"/>` }
	field := func(preset, result string) string {
		return `<field:fieldmark-start field:type="vnd.oasis.opendocument.field.FORMTEXT"><field:param field:name="Content" field:value="` + preset + `"/></field:fieldmark-start>` + result + `<field:fieldmark-end/>`
	}
	list := func(rest string) string {
		return `<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN"><field:param field:name="Dropdown_ListEntry" field:value="Please select"/><field:param field:name="Dropdown_ListEntry" field:value="Yes"/>` + rest + `</field:fieldmark>`
	}
	const unfilled = "1 field was not filled in; its prompt was not read as the member's words."
	for _, test := range []struct {
		name, body string
		want       string
		warning    string
	}{
		{"controls", head + `<text:p>Name: ` + place("c1") + ` ` + place("c2") + ` ` + place("c3") + ` in ` + place("c4") + place("none") + `</text:p><text:p>` + place("c5") + `</text:p>`,
			"paragraph ¶1 | Name: Sam ☒ We agree ☐ No in South\nparagraph ¶2 | One.\\nTwo.\n", ""},
		{"answer under a plain question", head + `<text:p>Do you agree?</text:p><text:p>` + place("c5") + `</text:p><text:p>Thank you.</text:p>`,
			"paragraph ¶1 | Do you agree?\nanswer ¶2 question=Do you agree? | One.\\nTwo.\nparagraph ¶3 | Thank you.\n", ""},
		{"text field", `<text:p>Why?</text:p><text:p>` + field("Click here to enter text", "Cost.") + `</text:p>`, "paragraph ¶1 | Why?\nanswer ¶2 question=Why? | Cost.\n", ""},
		{"text field with what it was made with", `<text:p>Name: ` + field("Click here to enter text", "Click here to enter text") + `</text:p>`, "paragraph ¶1 | Name:\n", unfilled},
		{"list in which nobody chose", `<text:p>Agree: ` + list("") + `</text:p>`, "paragraph ¶1 | Agree:\n", unfilled},
		{"list in which somebody chose", `<text:p>Agree: ` + list(`<field:param field:name="Dropdown_Selected" field:value="1"/>`) + `</text:p>`, "paragraph ¶1 | Agree: Yes\n", ""},
		{"content controls", `<text:p>Agree: <loext:content-control><loext:list-item loext:value="Yes"/>Yes</loext:content-control> <loext:content-control loext:showing-place-holder="true">Choose</loext:content-control></text:p>`,
			"paragraph ¶1 | Agree: Yes\n", unfilled},
		{"input field with a prompt", `<text:p>Name: <text:text-input>Click or tap here to enter text.</text:text-input></text:p>`, "paragraph ¶1 | Name:\n", unfilled},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readODT(t.Context(), "", flatODT("", test.body))
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

func TestODTObjects(t *testing.T) {
	const manifest = `<manifest><file-entry media-type="application/vnd.oasis.opendocument.text" full-path="/"/><file-entry media-type="application/vnd.oasis.opendocument.chart" full-path="Object 1/"/>` +
		`<file-entry media-type="application/vnd.oasis.opendocument.formula" full-path="Object 2/"/><file-entry media-type="application/vnd.oasis.opendocument.spreadsheet" full-path="Object 3/"/></manifest>`
	const formula = `<math><semantics><mrow><mi>the</mi><mi>area</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup></mrow><annotation>the area = b^2</annotation></semantics></math>`
	object := func(name string) string {
		return `<draw:frame><draw:object xlink:href="./` + name + `"/><draw:image xlink:href="./ObjectReplacements/` + name + `"/></draw:frame>`
	}
	body := `<text:p>a` + object("Object 1") + ` b ` + object("Object 2") + ` c` + object("Object 3") + `<draw:frame><draw:image/></draw:frame></text:p>`
	doc, err := readODT(t.Context(), "", zipped(t, "META-INF/manifest.xml", manifest, "Object 2/content.xml", formula, "content.xml", string(flatODT("", body))))
	if err != nil {
		t.Fatal(err)
	}
	if want := "paragraph ¶1 | a b the area = b² c\n"; outlineOf(doc) != want {
		t.Errorf("got %q, want %q", outlineOf(doc), want)
	}
	want := []Warning{
		{What: "1 picture was not read; words in pictures are not in the text."},
		{What: "1 chart was not read; words and figures in charts are not in the text."},
		{What: "1 file inside the document was not read: a spreadsheet."},
	}
	if diff := cmp.Diff(doc.Warnings, want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}
