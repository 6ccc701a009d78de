package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"collate/themes"
)

func TestLinksFindTheirQuotes(t *testing.T) {
	r := report()
	f := read(t, write(t, r))
	quoted := map[string]bool{}
	for _, row := range rows(t, f, "Quotes")[headRow:] {
		quoted[row[0]] = true
	}
	target := regexp.MustCompile(`^HYPERLINK\("#Quotes!K"&MATCH\("([^"]+)",Quotes!\$A:\$A,0\)`)
	for _, sheet := range []string{"Matrix", "Stances"} {
		links := 0
		for i, row := range rows(t, f, sheet) {
			for j := range row {
				formula, err := f.GetCellFormula(sheet, cellName(j+1, i+1))
				if err != nil {
					t.Fatal(err)
				}
				if !strings.HasPrefix(formula, "HYPERLINK") {
					continue
				}
				m := target.FindStringSubmatch(formula)
				if m == nil || !quoted[m[1]] {
					t.Errorf("%s %s: no such quote: %s", sheet, cellName(j+1, i+1), formula)
				}
				links++
			}
		}
		want := 0
		for _, theme := range r.Themes {
			want += theme.Joint.Addressed
		}
		if links != want {
			t.Errorf("%s: %d links, want %d", sheet, links, want)
		}
	}
}

// awkward is the report with names that COUNTIFS and MATCH read as wildcards or operators, and two members of one name.
func awkward() *themes.Report {
	r := spiked()
	names := []string{"=Timelines", "<Standards>", "Who pays?", "Every*thing", "til~de", `the "plan"`, "Who pays!", "Every single thing"}
	rename := func(j int, theme *string) {
		if j < len(names) {
			*theme = names[j]
		}
	}
	for j := range r.Themes {
		rename(j, &r.Themes[j].Name)
		for i := range r.Members {
			rename(j, &r.Members[i].Positions[j].Theme)
		}
	}
	for j := range r.Themes {
		r.Members[1].Positions[j].Member = strings.ToUpper(r.Members[0].Label)
		r.Members[2].Positions[j].Member = strings.Repeat(`"who?" ~ `, 20)
		r.Members[3].Positions[j].Line = strings.Repeat("A person may write a line of any length. ", j+3)
		r.Members[4].Positions[j].Line = strings.Repeat("x", 160+j*10)
	}
	return r
}

// The values stored beside the formulas are what LibreOffice works out when they are taken away.
func TestRecalculationGivesTheStoredValues(t *testing.T) {
	for name, r := range map[string]*themes.Report{"plain": report(), "awkward": awkward()} {
		data := write(t, r)
		stored, worked := read(t, data), read(t, recalculated(t, withoutValues(t, data)))
		n := 0
		for _, s := range sheets() {
			want, got := rows(t, stored, s.name), rows(t, worked, s.name)
			for i, row := range want {
				for j := range row {
					formula, err := stored.GetCellFormula(s.name, cellName(j+1, i+1))
					if err != nil {
						t.Fatal(err)
					}
					if formula == "" {
						continue
					}
					n++
					if text := []rune(row[j]); len(text) > 255 {
						t.Errorf("%s: %s %s: a link of %d characters is an error in Excel", name, s.name, cellName(j+1, i+1), len(text))
					}
					if i >= len(got) || spaced(at(got[i], j)) != spaced(row[j]) {
						t.Errorf("%s: %s %s: LibreOffice gives %q, stored is %q: %s", name, s.name, cellName(j+1, i+1), at(got[i], j), row[j], formula)
					}
				}
			}
		}
		if n < 200 {
			t.Errorf("%s: only %d formulas", name, n)
		}
	}
}

// A stance changed in Stances changes the Summary's counts and the Matrix's cell.
func TestChangedStanceIsFollowed(t *testing.T) {
	r := report()
	f := read(t, write(t, r))
	position := r.Members[0].Positions[0]
	if position.Stance != themes.Support {
		t.Fatalf("the first stance is %s", position.Stance)
	}
	if err := f.SetCellStr("Stances", cellName(5, firstRow), themes.Oppose.Label()); err != nil {
		t.Fatal(err)
	}
	var edited bytes.Buffer
	if err := f.Write(&edited); err != nil {
		t.Fatal(err)
	}
	got := read(t, recalculated(t, withoutValues(t, edited.Bytes())))
	was, now := rows(t, f, "Summary")[headRow], rows(t, got, "Summary")[headRow]
	if now[1] != fmt.Sprint(len(r.Themes[0].Joint.Names[themes.Oppose])+1) || now[4] != fmt.Sprint(len(r.Themes[0].Joint.Names[themes.Support])-1) || now[6] != was[6] {
		t.Errorf("Summary was %v, is %v", was[:9], now[:9])
	}
	if cell := rows(t, got, "Matrix")[firstRow][1]; cell != "✕ Oppose. "+position.Line {
		t.Errorf("the Matrix cell says %q", cell)
	}
}

// What LibreOffice reads in the cells of words is the words, to the character; it makes a lone CR a line break.
func TestLibreOfficeReadsTheWords(t *testing.T) {
	r := spiked()
	const quotesAsText = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,5"
	got, err := csv.NewReader(bytes.NewReader(converted(t, write(t, r), quotesAsText, "in-Quotes.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got = got[headRow:]
	if len(got) != len(r.Quotes) {
		t.Fatalf("%d rows, want %d", len(got), len(r.Quotes))
	}
	for i, q := range r.Quotes {
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(q.Words)
		if q.Withheld {
			want = themes.Withheld
		}
		if got[i][wordsColumn-1] != want {
			t.Errorf("%s: got %q, want %q", q.Ref, got[i][wordsColumn-1], want)
		}
	}
}

// spaced undoes how the two writers differ within a stored formula value: in white space, and in how an underscore is
// escaped that excelize does not read back there.
func spaced(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "x005F_", "")), " ")
}

// withoutValues takes the stored values of the formulas out of a workbook, so that they must be worked out.
func withoutValues(t *testing.T, data []byte) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	value := regexp.MustCompile(`(?s)</f><v>.*?</v>`)
	for _, part := range zr.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		w, err := zw.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(value.ReplaceAll(content, []byte("</f>"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// recalculated is a workbook as LibreOffice saves it again.
func recalculated(t *testing.T, data []byte) []byte {
	t.Helper()
	return converted(t, data, "xlsx", "in.xlsx")
}

// converted is a workbook as LibreOffice saves it in another form, under the name that it gives the file.
func converted(t *testing.T, data []byte, form, file string) []byte {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("soffice is not installed: LibreOffice does not check the workbook")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soffice", "--headless", fmt.Sprintf("-env:UserInstallation=file://%s/lo", filepath.ToSlash(dir)), "--convert-to", form, "--outdir", filepath.Join(dir, "out"), name)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("soffice did not run: %v: %s", err, text)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", file))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Excel refuses a formula with a text of more than 255 UTF-16 units.
func TestFormulaTextsAreShort(t *testing.T) {
	r := awkward()
	for i := range r.Members {
		for j := range r.Members[i].Positions {
			r.Members[i].Positions[j].Member = strings.Repeat([]string{"?", `"`, "~", "🌊", "plain "}[i%5], 60+i*10)
		}
	}
	f := read(t, write(t, r))
	quoted := regexp.MustCompile(`"(?:[^"]|"")*"`)
	for _, sheet := range []string{"Summary", "Matrix", "Stances"} {
		for i, row := range rows(t, f, sheet) {
			for j := range row {
				formula, err := f.GetCellFormula(sheet, cellName(j+1, i+1))
				if err != nil {
					t.Fatal(err)
				}
				for _, text := range quoted.FindAllString(formula, -1) {
					if n := len(utf16.Encode([]rune(text))) - 2; n > 255 {
						t.Errorf("%s %s: a text of %d units", sheet, cellName(j+1, i+1), n)
					}
				}
			}
		}
	}
}

func TestShortLine(t *testing.T) {
	words := strings.Repeat("nine char", 30)
	for name, c := range map[string]struct{ in, want string }{
		"short":        {"We agree.", "We agree."},
		"as long":      {words[:200], words[:200]},
		"at a space":   {words[:201], words[:175] + "…"},
		"one word":     {strings.Repeat("x", 300), strings.Repeat("x", 200) + "…"},
		"outside BMP":  {strings.Repeat("🌊", 150), strings.Repeat("🌊", 100) + "…"},
		"space at end": {strings.Repeat("x", 200) + " y", strings.Repeat("x", 200) + "…"},
	} {
		if got := themes.ShortLine(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
