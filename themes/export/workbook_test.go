package export

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// write makes the workbook of a report.
func write(t testing.TB, r *themes.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Workbook(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read opens a workbook again.
func read(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkbookSameBytesTwice(t *testing.T) {
	first := write(t, report())
	keep(t, first)
	for range 4 {
		if !bytes.Equal(write(t, report()), first) {
			t.Fatal("the same report gave different bytes")
		}
	}
}

// keep writes a workbook where the environment says, to be looked at.
func keep(t *testing.T, data []byte) {
	name := os.Getenv("WORKBOOK")
	if name == "" {
		return
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbookSheets(t *testing.T) {
	f := read(t, write(t, report()))
	var want []string
	for _, s := range sheets() {
		want = append(want, s.name)
	}
	if diff := cmp.Diff(f.GetSheetList(), want); diff != "" {
		t.Errorf("sheets (-got +want):\n%s", diff)
	}
	if visible, err := f.GetSheetVisible("Lists"); err != nil || visible {
		t.Errorf("Lists is visible: %v, %v", visible, err)
	}
	for _, name := range want {
		if merged, err := f.GetMergeCells(name); err != nil || len(merged) > 0 {
			t.Errorf("%s: merged cells %v, %v", name, merged, err)
		}
		tables, err := f.GetTables(name)
		if err != nil {
			t.Fatal(err)
		}
		tabled := name != "Read me" && name != "Matrix" && name != "Lists" && name != "Origin"
		if got := len(tables) == 1; got != tabled {
			t.Errorf("%s: a table is %v, want %v", name, got, tabled)
		}
	}
}

func TestWorkbookPrintsAndFreezes(t *testing.T) {
	f := read(t, write(t, report()))
	titles := map[string]bool{}
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" {
			titles[d.Scope] = true
		}
	}
	for _, s := range sheets()[1:13] {
		panes, err := f.GetPanes(s.name)
		if err != nil || !panes.Freeze || panes.YSplit < headRow {
			t.Errorf("%s: headings do not stay in sight: %+v, %v", s.name, panes, err)
		}
		page, err := f.GetPageLayout(s.name)
		if err != nil || *page.Orientation != "landscape" || *page.FitToWidth > map[bool]int{true: 2, false: 1}[s.name == "Positions"] {
			t.Errorf("%s: page %+v, %v", s.name, page, err)
		}
		if !titles[s.name] {
			t.Errorf("%s: headings are not repeated in print", s.name)
		}
	}
	validations, err := f.GetDataValidations("Stances")
	if err != nil || len(validations) != 1 {
		t.Fatalf("drop-downs in Stances: %d, %v", len(validations), err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-11-24T00:00:00Z" || props.Title != report().Title {
		t.Errorf("properties %+v, %v", props, err)
	}
}

func TestWorkbookOfNothing(t *testing.T) {
	f := read(t, write(t, &themes.Report{}))
	if got := rows(t, f, "Excluded"); got[headRow][0] != "nothing" {
		t.Errorf("Excluded says %q", got[headRow])
	}
}

// rows are a sheet's cells as text.
func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	got, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// at is a row's cell, "" beyond its last.
func at(row []string, col int) string {
	if col >= len(row) {
		return ""
	}
	return row[col]
}
