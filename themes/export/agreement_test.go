package export

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"collate/index/extract"
	"collate/themes"
)

// TestBlindSheetReadsBack writes passages that a spreadsheet might run, decode or break on, and reads them as an import does: the words are
// the same but for white space, and no cell is a formula.
func TestBlindSheetReadsBack(t *testing.T) {
	sheet := &themes.BlindSheet{Title: "=1+1", Tool: "collate test", Coder: "=Ann", Seed: 1, Themes: []themes.Theme{{ID: "a", Name: "=SUM(A1)", Description: strings.Repeat("long ", 100)}, {ID: "b", Name: "Stance", Description: "@x"}}}
	for _, words := range append(hostile(), strings.Repeat("word ", 9000)) {
		sheet.Rows = append(sheet.Rows, themes.BlindRow{Passage: "P" + string(rune('A'+len(sheet.Rows))), Words: words, Document: words[:1], Heading: "-1", Codes: []themes.BlindCode{{Answer: "yes", Stance: themes.Conditions}, {}}})
	}
	var out, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&out, &again} {
		if err := BlindWorkbook(w, sheet); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same sheet gives other bytes")
	}
	sheets, err := extract.Sheets(t.Context(), out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	rows := sheets[0].Rows[3:]
	if sheets[0].Name != themes.BlindCoding || len(rows) != len(sheet.Rows) {
		t.Fatalf("the sheet %q has %d rows, want %d", sheets[0].Name, len(rows), len(sheet.Rows))
	}
	for i, row := range rows {
		got, want := strings.Fields(row.Cell(1)), strings.Fields(sheet.Rows[i].Words)
		if len(sheet.Rows[i].Words) > 30_000 { // a cell holds no more
			got, want = got[:5000], want[:5000]
		}
		if !slices.Equal(got, want) || row.Cell(0) != sheet.Rows[i].Passage || row.Cell(3) != "yes" || row.Cell(4) != themes.Conditions.Label() {
			t.Errorf("row %d: %q", row.Number, row.Cells)
		}
	}
	answer, stance := themes.BlindHead(&sheet.Themes[1])
	if heads := sheets[0].Rows[2].Cells; heads[5] != answer || heads[6] != stance || answer == stance {
		t.Errorf("headings %q", heads)
	}
	noFormulas(t, out.Bytes())
}

// noFormulas looks for a formula in every sheet's own text.
func noFormulas(t *testing.T, workbook []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") && (bytes.Contains(part, []byte("<f>")) || bytes.Contains(part, []byte("<f "))) {
			t.Errorf("%s has a formula", f.Name)
		}
	}
}
