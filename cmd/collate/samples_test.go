package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"collate/index"
	"collate/samples"
	"collate/themes"
)

// runSamples does the main job on the example and returns its products and the record, open.
func runSamples(t *testing.T) (*findings, *themes.Analysis) {
	t.Helper()
	t.Setenv("SOURCE_DATE_EPOCH", "1684497600")
	dir := t.TempDir()
	a := &app{in: os.Stdin, out: io.Discard, err: io.Discard, now: clock(), indexDir: filepath.Join(dir, "index")}
	a.readers = newReaders(asCollate(t), a.workers())
	t.Cleanup(a.close)
	found, err := a.run(t.Context(), samples.SendAPPlan(), "samples", filepath.Join(dir, "plan"))
	if err != nil {
		t.Fatal(err)
	}
	opt, err := a.options()
	if err != nil {
		t.Fatal(err)
	}
	an, err := themes.Open(t.Context(), found.Record, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { an.Close() })
	return found, an
}

// table reads a sheet's rows under its heads, by head.
func table(t *testing.T, f *excelize.File, sheet, firstHead string) []map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	var out []map[string]string
	for _, row := range rows {
		switch {
		case heads == nil && len(row) > 0 && row[0] == firstHead:
			heads = row
		case heads != nil && len(row) > 0:
			x := map[string]string{}
			for i, v := range row {
				x[heads[min(i, len(heads)-1)]] = v
			}
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		t.Fatalf("the sheet %s has no table that begins with %q", sheet, firstHead)
	}
	return out
}

// TestEveryQuoteIsTheStoredText walks every cell of words in the workbook and its CSV twin: they are the stored text at the recorded
// offsets, and every line of a position is a member's own words.
func TestEveryQuoteIsTheStoredText(t *testing.T) {
	found, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(found.Workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	quotes := table(t, f, "Quotes", "Ref")
	withheld, lines := 0, map[string]string{}
	for _, q := range quotes {
		id, _, _ := strings.Cut(q["Ref"], ".")
		p := s.Passage(id)
		if p == nil {
			t.Errorf("%s is no passage", q["Ref"])
			continue
		}
		switch words := q["Exact words"]; {
		case strings.HasPrefix(words, "[confidential"):
			withheld++
			if s.Consent(p) != index.Confidential {
				t.Errorf("%s is withheld and %s", q["Ref"], s.Consent(p))
			}
		case words != s.Text(p):
			t.Errorf("%s: the cell has %q, the record %q", q["Ref"], words, s.Text(p))
		}
		if q["Why tagged"] == "" {
			t.Errorf("%s is tagged without a reason", q["Ref"])
		}
		lines[q["Member"]] += " " + fold(s.Text(p))
	}
	if withheld == 0 || withheld == len(quotes) {
		t.Errorf("%d of %d quotes are withheld: the example has some that are and some that are not", withheld, len(quotes))
	}
	for _, p := range table(t, f, "Stances", "Key") {
		for piece := range strings.SplitSeq(p["Position in one line"], "…") {
			if !strings.Contains(lines[p["Member"]], fold(piece)) {
				t.Errorf("%s did not write %q", p["Member"], piece)
			}
		}
	}
	sameAsCSV(t, found.Quotes, quotes)
}

// fold makes white space one space, as a line does with its sentence.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func sameAsCSV(t *testing.T, path string, quotes []map[string]string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(quotes)+1 {
		t.Fatalf("the CSV has %d rows, the workbook %d quotes", len(rows)-1, len(quotes))
	}
	for i, row := range rows[1:] {
		for j, head := range rows[0] {
			if got, want := strings.TrimPrefix(row[j], "'"), fold(quotes[i][head]); fold(got) != strings.TrimPrefix(want, "'") {
				t.Errorf("row %d, %s: CSV has %q, the workbook %q", i+1, head, got, want)
			}
		}
	}
}

// TestNothingConfidentialIsTold looks for the names and words of the members that are not to be named in every product.
func TestNothingConfidentialIsTold(t *testing.T) {
	found, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, p := range s.Passages {
		if s.Consent(p) == index.Confidential {
			secrets = append(secrets, fold(s.Text(p)))
		}
	}
	if len(secrets) < 3 {
		t.Fatalf("the example has %d confidential passages, want some", len(secrets))
	}
	secrets = append(secrets, "Harbour Family", "HFS statement")
	f, err := excelize.OpenFile(found.Workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var told strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			told.WriteString(fold(strings.Join(row, " ")) + "\n")
		}
	}
	quotes, err := os.ReadFile(found.Quotes)
	if err != nil {
		t.Fatal(err)
	}
	told.WriteString(fold(string(quotes)))
	for _, secret := range secrets {
		if strings.Contains(told.String(), secret) {
			t.Errorf("the products tell %q", secret)
		}
	}
}

// TestSamplesAreReadAsTheirReadersWould holds what the example must show.
func TestSamplesAreReadAsTheirReadersWould(t *testing.T) {
	found, an := runSamples(t)
	if c := found.Counts; c.Members < 24 || c.Passages < 300 || c.Unread != 2 {
		t.Errorf("counts %+v: want at least 24 members, 300 passages, 2 unread files", c)
	}
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ name, member, excluded string }{
		{"Fwd_ Your views on the SEND and AP plan - deadline 28 April.eml", "Northmoor Parent Carer Forum", ""},
		{"consultation answers.eml", "Eastvale Families Together", ""},
		{"HHTA - SEND AP plan comments April 2023.pdf", "Home and Hospital Teaching Association", ""},
		{"Parent survey export.xlsx", "Parent Carer Voices Network", ""},
		{"Ashdown response.docx", "Ashdown Autism Trust", "A later version replaces it"},
		{"scan of letter.pdf", "", "It could not be read"},
	} {
		sub := submission(s, want.name)
		if sub == nil || sub.Member != want.member || !strings.HasPrefix(sub.Excluded, want.excluded) || want.excluded == "" && sub.Excluded != "" {
			t.Errorf("%s: %+v, want %q and %q", want.name, sub, want.member, want.excluded)
		}
	}
}

func submission(s *index.Snapshot, name string) *index.Submission {
	for _, sub := range s.Submissions {
		if sub.Name == name {
			return sub
		}
	}
	return nil
}
