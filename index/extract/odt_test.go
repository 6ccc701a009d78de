package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	odtHead = `<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:draw="d" xmlns:fo="f">`
	odtTail = `</office:document>`
)

// flatODT makes a flat OpenDocument text.
func flatODT(styles, body string) []byte {
	return []byte(odtHead + styles + "<office:body><office:text>" + body + "</office:text></office:body>" + odtTail)
}

func TestODTText(t *testing.T) {
	const numbers = `<office:styles><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-list-format="%1%.%2%"/></text:list-style></office:styles>`
	const bold = `<office:automatic-styles><style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>`
	item := func(s string) string { return "<text:list-item><text:p>" + s + "</text:p></text:list-item>" }
	for _, test := range []struct {
		name, styles, body string
		want               string
	}{
		{"white space collapses", "", "<text:p>  one \n two<text:s text:c=\"2\"/> <text:span> three</text:span></text:p>", "paragraph ¶1 | one two   three\n"},
		{"raised and lowered figures", `<office:automatic-styles><style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="L"><style:text-properties style:text-position="-8% 80%"/></style:style><style:style style:name="O" style:parent-style-name="S"><style:text-properties style:text-position="0% 100%"/></style:style></office:automatic-styles>`,
			`<text:p>10<text:span text:style-name="S">6</text:span> 19<text:span text:style-name="S">th</text:span> CO<text:span text:style-name="L">2</text:span> a<text:span text:style-name="S">1<text:span text:style-name="O">2</text:span>3</text:span></text:p>`, "paragraph ¶1 | 10⁶ 19th CO₂ a¹2³\n"},
		{"list goes on", numbers, `<text:list text:style-name="N">` + item("a") + `</text:list><text:p>between</text:p><text:list text:style-name="N" text:continue-numbering="true">` + item("b") + `</text:list><text:list text:style-name="N">` + item("c") + `</text:list>`,
			"item 1 ¶1 label=1. | a\nparagraph ¶2 | between\nitem 1 ¶3 label=2. | b\nitem 1 ¶4 label=1. | c\n"},
		{"list format of newer files", numbers, `<text:list text:style-name="N"><text:list-item><text:p>a</text:p><text:list>` + item("b") + item("c") + `</text:list></text:list-item></text:list>`,
			"item 1 ¶1 label=1. | a\nitem 2 ¶2 label=1.1 | b\nitem 2 ¶3 label=1.2 | c\n"},
		{"second paragraph of an item", numbers, `<text:list text:style-name="N"><text:list-item><text:p>a</text:p><text:p>more</text:p></text:list-item></text:list>`,
			"item 1 ¶1 label=1. | a\nparagraph ¶2 | more\n"},
		{"table of contents", "", `<text:table-of-content><text:index-body><text:p>Time<text:tab/>2</text:p></text:index-body></text:table-of-content><text:h text:outline-level="1">Time</text:h>`,
			"furniture ¶0 why=table of contents | Time\\t2\nheading 1 ¶1 | Time\n"},
		{"merged cells", "", `<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`,
			"cell ¶0 table 1 row 1 column 1 | a\ncell ¶0 table 1 row 1 column 4 | b\n"},
		{"bold question by style", bold, `<text:p text:style-name="B">Why?</text:p><text:p>Cost.</text:p>`, "paragraph ¶1 | Why?\nparagraph ¶2 question=Why? | Cost.\n"},
		{"hidden section", "", `<text:section text:display="none"><text:p>gone</text:p></text:section><text:p>here</text:p>`, "paragraph ¶1 | here\n"},
		{"numbered box", numbers, `<text:p>a<draw:frame><draw:text-box><text:list text:style-name="N">` + item("x") + item("y") + `</text:list></draw:text-box></draw:frame></text:p>`,
			"paragraph ¶1 | a\nbox ¶1 label=1. | x\nbox ¶1 label=2. | y\n"},
		{"box with a table", "", `<text:p>a<draw:frame><draw:text-box><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table></draw:text-box></draw:frame></text:p>`,
			"paragraph ¶1 | a\ncell ¶1 table 1 row 1 column 1 | x\ncell ¶1 table 1 row 1 column 2 | y\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readODT(t.Context(), "", flatODT(test.styles, test.body))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if diff := cmp.Diff(outlineOf(doc), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestODTErrors(t *testing.T) {
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrDamaged},
		{"not XML", []byte("hello"), ErrDamaged},
		{"other XML", []byte("<html><body/></html>"), ErrDamaged},
		{"no content", zipped(t, "styles.xml", "<x/>"), ErrDamaged},
		{"password", zipped(t, "META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>", "content.xml", "\x01\x02"), ErrEncrypted},
		{"too deep", flatODT("", strings.Repeat("<text:section>", MaxDepth)), ErrLimit},
		{"too many paragraphs", flatODT("", strings.Repeat("<text:p>x</text:p>", MaxBlocks+1)), ErrLimit},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readODT(t.Context(), "", test.data); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestODTCut(t *testing.T) {
	doc, err := readODT(t.Context(), "", []byte(odtHead+"<office:body><office:text><text:p>First.</text:p><text:p>Second"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "First.\n\nSecond"; doc.Text != want || len(doc.Warnings) != 1 {
		t.Errorf("got %q with %v, want %q with one warning", doc.Text, doc.Warnings, want)
	}
}

func FuzzODT(f *testing.F) {
	for _, name := range []string{"response.odt", "form.odt", "form.fodt"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "")
	}
	f.Add([]byte(nil), `<text:list text:style-name="N"><text:list-item><text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p></text:list-item></text:list>`)
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		if body != "" {
			data = flatODT("<office:styles>"+body+"</office:styles>", body)
		}
		doc, err := readODT(t.Context(), "", data)
		if err == nil {
			checkWordBlocks(t, doc)
		}
	})
}
