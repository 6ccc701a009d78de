package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// made is a workbook of several sheets' rows, written by hand.
func made(t testing.TB, strings string, sheets ...string) []byte {
	t.Helper()
	parts := [][2]string{{"xl/sharedStrings.xml", strings}}
	list, rels := "", `<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>`
	for i, rows := range sheets {
		list += fmt.Sprintf(`<sheet name="Sheet &amp; %d" sheetId="%[1]d" state="hidden" r:id="r%[1]d"/>`, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="http://x/worksheet" Target="/xl/worksheets/sheet%[1]d.xml"/>`, i+1)
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), rows})
	}
	parts = append(parts, [2]string{"xl/workbook.xml", `<?xml version="1.0"?><workbook><sheets>` + list + `</sheets></workbook>`}, [2]string{"xl/_rels/workbook.xml.rels", `<Relationships>` + rels + `</Relationships>`})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	data := made(t, `<sst><si><t>one &lt;&#233;&gt;</t></si><si><r><rPr/><t>bold</t></r><r><t xml:space="preserve"> and plain</t></r><rPh sb="0"><t>reading</t></rPh></si><si><t>_x0041_ and _x005F_x0041_</t></si></sst>`,
		`<x:worksheet xmlns:x="y"><!-- a > b --><x:sheetData>
			<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c r="E2" t="s"><x:v>2</x:v></x:c></x:row>
			<x:row><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>shown</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c/><x:c t="inlineStr"><x:is><x:t>in<![CDATA[ <line> ]]></x:t></x:is></x:c></x:row>
		</x:sheetData><x:mergeCells><x:mergeCell ref="A5:B6"/></x:mergeCells></x:worksheet>`)
	got, err := Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	want := &Book{Sheets: []Sheet{{Name: "Sheet & 1", Hidden: true, Merged: []string{"A5:B6"}, Rows: []Row{
		{2, []Cell{{}, {Text: "one <é>"}, {Text: "bold and plain"}, {}, {Text: "A and _x0041_"}}},
		{3, []Cell{{Text: "shown", Formula: true}, {Text: "2", Formula: true}, {Text: "#REF!", Error: true}, {Text: "TRUE"}, {}, {Text: "in <line> "}}},
	}}}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// TestReadAsExcelize reads what excelize writes, in its two ways, as excelize does.
func TestReadAsExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	words := []string{"plain", "a\nb\r\nc", " blanks ", "_x0041_", "é 𝔊 \u202e", `<b>&amp;"`, "=1+1", "\ttab"}
	for i, s := range words {
		if err := f.SetCellStr("Sheet1", Place(i, 1), s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Streamed"); err != nil {
		t.Fatal(err)
	}
	w, err := f.NewStreamWriter("Streamed")
	if err != nil {
		t.Fatal(err)
	}
	var row []any
	for _, s := range words {
		row = append(row, s)
	}
	var out bytes.Buffer
	if err := errors.Join(w.SetRow("A1", row), w.Flush(), f.Write(&out)); err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	got, err := Read(t.Context(), out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range got.Sheets {
		want, err := again.GetRows(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range s.Rows[0].Cells {
			cells = append(cells, c.Text)
		}
		if diff := cmp.Diff(cells, want[0]); diff != "" {
			t.Errorf("%s (-got +want):\n%s", s.Name, diff)
		}
	}
}

func TestReadCSV(t *testing.T) {
	for _, tc := range []struct{ name, data string }{
		{"commas", "\uFEFFRef,Theme\r\nP1,\"a, \"\"b\"\"\r\nc\"\r\n\r\nP2,d\r\n"},
		{"semicolons", "Ref;Theme\nP1;\"a, \"\"b\"\"\nc\"\n\nP2;d\n"},
		{"tabs", "Ref\tTheme\nP1\t\"a, \"\"b\"\"\nc\"\n\nP2\td"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Read(t.Context(), []byte(tc.data))
			if err != nil {
				t.Fatal(err)
			}
			want := []Row{{1, []Cell{{Text: "Ref"}, {Text: "Theme"}}}, {2, []Cell{{Text: "P1"}, {Text: "a, \"b\"\nc"}}}, {5, []Cell{{Text: "P2"}, {Text: "d"}}}}
			if diff := cmp.Diff(got.Sheets[0].Rows, want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

// FuzzWorkbookBack reads a sheet's XML and shared strings that anybody could have written: it never fails otherwise than by its errors.
func FuzzWorkbookBack(f *testing.F) {
	f.Add(`<sst><si><t>a</t></si></sst>`, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>b &amp; c</t></is></c></row></sheetData></worksheet>`)
	f.Add(``, `<row r="9999999"><c r="XFD1"><f>1</f><v>1</v></c>`)
	f.Add(`<!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>`, `<c r="AAAAAAAAAAAAA1"/><![CDATA[`)
	f.Fuzz(func(t *testing.T, strings, sheet string) {
		book, err := Read(t.Context(), made(t, strings, sheet))
		if err != nil && !errors.Is(err, ErrNotTable) && !errors.Is(err, ErrTooLarge) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		for _, row := range book.Sheets[0].Rows {
			if len(row.Cells) == 0 || len(row.Cells) > MaxColumns || row.Number < 1 || row.Number > maxRows {
				t.Errorf("a row %d of %d cells", row.Number, len(row.Cells))
			}
		}
	})
}

// BenchmarkRead reads 20,000 rows of 17 cells.
func BenchmarkRead(b *testing.B) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	const rows = 20_000
	for i := range rows {
		row := make([]any, 17)
		for c := range row {
			row[c] = fmt.Sprintf("cell %d of row %d, which has some words", c, i)
		}
		if err := w.SetRow(Place(0, i+1), row); err != nil {
			b.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := errors.Join(w.Flush(), f.Write(&out)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Read(b.Context(), out.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
