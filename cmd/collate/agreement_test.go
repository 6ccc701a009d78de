package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"collate/index"
	"collate/themes"
	"collate/themes/export"
)

// fillCommand is the scripts' person with a spreadsheet: fill FILE ROW COLUMN VALUE writes into a blind sheet, the row counted among
// the passages from 1 (or * for all), the column named by the beginning of its heading.
func fillCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: fill FILE ROW COLUMN VALUE")
	}
	path := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(path)
	ts.Check(err)
	rows, err := f.GetRows(themes.BlindCoding)
	ts.Check(err)
	col := slices.IndexFunc(rows[2], func(head string) bool { return strings.HasPrefix(head, args[2]) })
	if col < 0 {
		ts.Fatalf("no column %q in %q", args[2], rows[2])
	}
	for i := range rows[3:] {
		if args[1] != "*" && args[1] != string(rune('1'+i)) {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(col+1, i+4)
		ts.Check(err)
		ts.Check(f.SetCellStr(themes.BlindCoding, cell, args[3]))
	}
	ts.Check(f.SaveAs(path))
	ts.Check(f.Close())
}

// blindSheet writes a coder's sheet, has it filled in, and gives its bytes. fill says what stands in a theme's column and in its stance's.
func blindSheet(t *testing.T, an *themes.Analysis, coder string, fill func(row int, theme string) (answer, stance string)) []byte {
	t.Helper()
	sheet, err := an.BlindSheet(t.Context(), coder)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := export.BlindWorkbook(&out, sheet); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range sheet.Rows {
		for j := range sheet.Themes {
			answer, stance := fill(i, sheet.Themes[j].ID)
			for k, v := range []string{answer, stance} {
				cell, err := excelize.CoordinatesToCellName(4+2*j+k, i+4)
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellStr(themes.BlindCoding, cell, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var filled bytes.Buffer
	if err := f.Write(&filled); err != nil {
		t.Fatal(err)
	}
	return filled.Bytes()
}

func importBlind(t *testing.T, an *themes.Analysis, data []byte) *themes.BlindImport {
	t.Helper()
	r, err := an.ImportBlind(t.Context(), data, "Lead")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestDoubleCoding goes the whole way on the example: draw, two sheets, read back, compare.
func TestDoubleCoding(t *testing.T) {
	_, an := runSamples(t)
	drawn, err := an.DrawSample(t.Context(), 30, 0, "Lead")
	if err != nil {
		t.Fatal(err)
	}
	if drawn.Passages != 30 || drawn.Added != 30 || drawn.LeftOut == 0 {
		t.Errorf("drawn %+v", drawn)
	}
	before := reportOf(t, an)
	theme := an.Codebook.Themes[0].ID
	ann := blindSheet(t, an, "Ann", func(row int, id string) (string, string) {
		if id == theme && row < 12 {
			return "yes", "Support"
		}
		return "no", ""
	})
	bob := blindSheet(t, an, "Bob", func(row int, id string) (string, string) {
		if id == theme && row >= 3 && row < 12 {
			return "Yes", []string{"oppose", "Support"}[row%2]
		}
		return "no", ""
	})
	all := 30 * len(an.Codebook.Themes)
	if r := importBlind(t, an, ann); r.Coder != "Ann" || r.Taken != all || len(r.Refused) > 0 {
		t.Errorf("of Ann's: %+v", r)
	}
	if r := importBlind(t, an, bob); r.Taken != all {
		t.Errorf("of Bob's: %+v", r)
	}
	if r := importBlind(t, an, ann); r.Taken != 0 || r.Same != all {
		t.Errorf("of Ann's again: %+v", r)
	}
	if d := cmp.Diff(before, reportOf(t, an)); d != "" {
		t.Errorf("blind codings change what outputs show: %s", d)
	}
	found, err := an.Agreement(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(found.Rows, func(r themes.AgreementRow) bool { return r.Who == themes.TwoPeople && r.ThemeID == theme })
	r := found.Rows[at]
	// 12 and 9 of 30, 9 of them shared: 27 of 30 the same; chance (12*9+18*21)/900 = .54; kappa (.9-.54)/.46.
	if got := r.Kappa.Value; got < 0.782 || got > 0.783 || r.Percent.Value != 0.9 || r.Word != "substantial" {
		t.Errorf("kappa %+v of %d items, %s, per cent %+v", r.Kappa, r.Items, r.Word, r.Percent)
	}
	if r.StanceItems != 9 || r.StanceSame.Value < 0.55 || r.StanceSame.Value > 0.56 { // the five with an odd number
		t.Errorf("stance %+v of %d", r.StanceSame, r.StanceItems)
	}
	if other := found.Rows[at+1]; other.Kappa.Why != "nobody used it" || other.Percent.Value != 1 {
		t.Errorf("a theme on which nobody puts anything: %+v", other)
	}
	again, err := an.Agreement(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(found, again); d != "" {
		t.Errorf("the same seed, another table: %s", d)
	}
}

func reportOf(t *testing.T, an *themes.Analysis) *themes.Report {
	t.Helper()
	r, err := an.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestBlindSheetShowsNothingOfOthers looks for the other coder, for suggestions and for confidential words in every part of a sheet.
func TestBlindSheetShowsNothingOfOthers(t *testing.T) {
	_, an := runSamples(t)
	if _, err := an.DrawSample(t.Context(), 1000, 7, "Lead"); err != nil { // all there are
		t.Fatal(err)
	}
	importBlind(t, an, blindSheet(t, an, "Zebedee Coder", func(int, string) (string, string) { return "yes", "Oppose" }))
	sheet, err := an.BlindSheet(t.Context(), "Ann")
	if err != nil {
		t.Fatal(err)
	}
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sheet.Rows {
		p := s.Passage(row.Passage)
		if s.Consent(p) == index.Confidential {
			t.Errorf("the confidential passage %s is in the sheet", row.Passage)
		}
		if row.Words != s.Text(p) {
			t.Errorf("%s: %q are not its words", row.Passage, row.Words)
		}
		for _, c := range row.Codes {
			if c.Answer != "" || c.Stance != "" {
				t.Errorf("%s comes with %+v", row.Passage, c)
			}
		}
	}
	var out bytes.Buffer
	if err := export.BlindWorkbook(&out, sheet); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.Contains(cell, "Zebedee") || strings.HasPrefix(cell, "because: ") {
					t.Errorf("%s shows %q", name, cell)
				}
			}
		}
	}
}

func TestSampleGrowsAndKeepsItsPassages(t *testing.T) {
	_, an := runSamples(t)
	ids := func(n int) []string {
		if _, err := an.DrawSample(t.Context(), n, 0, "Lead"); err != nil {
			t.Fatal(err)
		}
		sheet, err := an.BlindSheet(t.Context(), "Ann")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range sheet.Rows {
			out = append(out, r.Passage)
		}
		return out
	}
	ten, twenty := ids(10), ids(20)
	if d := cmp.Diff(ten, twenty[:10]); d != "" {
		t.Errorf("the sample grew and is another: %s", d)
	}
	if _, err := an.DrawSample(t.Context(), 15, 0, "Lead"); err == nil {
		t.Error("the sample shrank")
	}
	if _, err := an.DrawSample(t.Context(), 30, 2, "Lead"); err == nil {
		t.Error("the sample took another seed")
	}
}

// TestAgreementWorkbookIsWhole opens the table and looks for what must not be in it.
func TestAgreementWorkbookIsWhole(t *testing.T) {
	_, an := runSamples(t)
	if _, err := an.DrawSample(t.Context(), 20, 0, "Lead"); err != nil {
		t.Fatal(err)
	}
	for _, coder := range []string{"=Ann", "Bob", "Cy"} {
		importBlind(t, an, blindSheet(t, an, coder, func(row int, id string) (string, string) {
			if (row+len(id)+len(coder))%4 == 0 {
				return "yes", "Support"
			}
			return "no", ""
		}))
	}
	found, err := an.Agreement(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := (3 + 1 + 3) * (1 + len(an.Codebook.Themes)); len(found.Rows) != want {
		t.Errorf("%d rows, want %d: three pairs, all three, each and the tool", len(found.Rows), want)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := writeFile(path, func(w io.Writer) error { return export.AgreementWorkbook(w, found) }); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows := table(t, f, "Agreement", "Between")
	if len(rows) != len(found.Rows) || rows[0]["Between"] != "=Ann and Bob" {
		t.Errorf("%d rows, the first %v", len(rows), rows[0])
	}
	if formula, err := f.GetCellFormula("Agreement", "A4"); err != nil || formula != "" {
		t.Errorf("a name is the formula %q (%v)", formula, err)
	}
	for _, row := range rows {
		for head, v := range row {
			if strings.Contains(v, "NaN") || strings.Contains(v, "Inf") {
				t.Errorf("%s is %q", head, v)
			}
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := export.AgreementWorkbook(&again, found); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again.Bytes()) {
		t.Error("the same table gives other bytes")
	}
}
