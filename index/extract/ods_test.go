package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flatODS forms a flat spreadsheet with these tables.
func flatODS(tables string) []byte {
	return []byte(`<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d" xmlns:dc="c" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document>`)
}

func TestODSNotes(t *testing.T) {
	doc := mustRead(t, "", string(testSheet(t, "ods-notes.fods")))
	want := []string{
		"cell , Views 1 1, : Our notes, in two columns",
		"cell , Views 1 5, : Far right",
		"cell , Views 5 1, : First line.\n\nThird,   spaced\nand broken.",
		"cell , Views 5 4, : as said",
		"cell , Views 5 5, : TRUE",
		"cell , Views 6 1, : Again", "cell , Views 6 2, : Again", "cell , Views 7 1, : Again", "cell , Views 7 2, : Again",
		"cell , Views 8 2, : In a hidden row",
		"cell , Old 3 3, : On a hidden sheet",
	}
	if diff := cmp.Diff(answers(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	warnings := []Warning{
		{Where: "sheet Views", What: "1 row is hidden in the sheet and was read all the same."},
		{Where: "sheet Old", What: "The sheet is hidden in the workbook; it was read all the same."},
		{What: "1 margin comment by Ada Quill was left out."},
		{What: "1 text box on a sheet was not read."},
	}
	if diff := cmp.Diff(doc.Warnings, warnings); diff != "" {
		t.Errorf("warnings: got -, want +:\n%s", diff)
	}
	if want := (Facts{Title: "Notes on the plan", Author: "Tenants of Quarry Lane", Date: "2026-03-11", Comments: 1}); !cmp.Equal(doc.Facts, want) {
		t.Errorf("got %+v, want %+v", doc.Facts, want)
	}
}

func TestODS(t *testing.T) {
	cell := `<table:table-cell><text:p>here</text:p></table:table-cell>`
	for _, tc := range []struct {
		name, rows string
		want       []string
		warning    string
	}{
		{"grouped rows", `<table:table-header-rows><table:table-row>` + cell + `</table:table-row></table:table-header-rows><table:table-row-group><table:table-row-group><table:table-row>` + cell + `</table:table-row></table:table-row-group></table:table-row-group>`,
			[]string{"cell , S 1 1, : here", "cell , S 2 1, : here"}, ""},
		{"a million empty rows above", `<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>` + cell + `</table:table-row>`,
			[]string{"cell , S 1048575 1, : here"}, ""},
		{"repeated too often to be true", `<table:table-row table:number-rows-repeated="99999999999999999999"><table:table-cell table:number-columns-repeated="-3"/>` + cell + `</table:table-row>`,
			[]string{"cell , S 1 2, : here"}, ""},
		{"far column", `<table:table-row>` + cell + `<table:table-cell table:number-columns-repeated="1000"/>` + cell + `</table:table-row>`,
			[]string{"cell , S 1 1, : here"}, "more than 1000 columns"},
		{"under a merged cell", `<table:table-row>` + cell + `<table:covered-table-cell><text:p>old</text:p></table:covered-table-cell>` + cell + `</table:table-row>`,
			[]string{"cell , S 1 1, : here", "cell , S 1 3, : here"}, "1 cell was not read: a merged cell covers"},
		{"values only", `<table:table-row><table:table-cell office:value-type="string" office:string-value="said"/><table:table-cell office:value-type="boolean" office:boolean-value="false"/><table:table-cell office:value-type="float" office:value="3"/></table:table-row>`,
			[]string{"cell , S 1 1, : said", "cell , S 1 2, : FALSE"}, ""},
		{"lines of the file", "<table:table-row><table:table-cell><text:p>\n   one\n   <text:span>two</text:span></text:p></table:table-cell></table:table-row>",
			[]string{"cell , S 1 1, : one two"}, ""},
		{"picture and chart in a cell", `<table:table-row><table:table-cell><draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame><text:p>here</text:p></table:table-cell></table:table-row>`,
			[]string{"cell , S 1 1, : here"}, "1 chart was not read"},
		{"broken off", `<table:table-row>` + cell + `</table:table-row><table:table-row>` + cell + "<oops a='",
			[]string{"cell , S 1 1, : here", "cell , S 2 1, : here"}, "breaks off"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := readODS(t.Context(), "", flatODS(`<table:table table:name="S">`+tc.rows+`</table:table><table:table table:name="'file:///a.ods'#$B"><table:table-row>`+cell+`</table:table-row></table:table>`))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(answers(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			if said := fmt.Sprint(doc.Warnings); !strings.Contains(said, tc.warning) {
				t.Errorf("got %s, want %q", said, tc.warning)
			}
		})
	}
}

func TestODSRefused(t *testing.T) {
	mimetype := "application/vnd.oasis.opendocument.spreadsheet"
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"password", zipOf(t, "mimetype", mimetype, "content.xml", "x", "META-INF/manifest.xml", `<manifest><file-entry><encryption-data/></file-entry></manifest>`), ErrEncrypted},
		{"no content", zipOf(t, "mimetype", mimetype), ErrDamaged},
		{"no sheet", zipOf(t, "mimetype", mimetype, "content.xml", `<document-content><body/></document-content>`), ErrDamaged},
		{"words in too many cells", flatODS(`<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`), ErrLimit},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := readODS(t.Context(), "", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

// FuzzODS takes whole files and the tables of a flat one.
func FuzzODS(f *testing.F) {
	f.Add(testSheet(f, "ods-survey.ods"), "")
	f.Add(testSheet(f, "ods-notes.fods"), "")
	f.Add([]byte(nil), `<table:table table:name="S"><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"><text:p>a<text:s text:c="2"/>b</text:p></table:table-cell></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, data []byte, tables string) {
		if tables != "" {
			data = flatODS(tables)
		}
		doc, err := readODS(t.Context(), "", data)
		checkFuzzed(t, doc, err)
	})
}
