package extract

import (
	"context"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func testSheet(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSpreadsheetFormats reads one survey that LibreOffice saved in every format: all say the same in the same places.
func TestSpreadsheetFormats(t *testing.T) {
	want := []string{
		"answer H-101, survey 2 6, What do you think of the pace of the plan?: The pace is right for us, but the smaller groups will need help to keep up.",
		"answer H-101, survey 2 7, What should change?: Give each group a named contact.\nAnd answer letters within ten days.",
		"answer H-102, survey 3 6, What do you think of the pace of the plan?: Far too slow: £3,500 a year is “not nothing” to a family.",
		"answer H-103, survey 4 7, What should change?: Plain words, please — and a version in Easy Read.",
		"answer H-104, survey 6 6, What do you think of the pace of the plan?: We would like to see the evidence before 2027 and not after it.",
		"answer H-104, survey 6 7, What should change?: The forms should be shorter.\n\nThey should also be on paper.",
		"answer H-105, survey 7 6, What do you think of the pace of the plan?: It goes too far and too fast for those who work the land.",
		"answer H-105, survey 7 7, What should change?: Wait for the report.",
	}
	for _, tc := range []struct{ name, format string }{
		{"xls-survey.xlsx", "xlsx"},
		{"xls-survey.xls", "xls"},
		{"xls-survey.xml", "xls"},
		{"ods-survey.ods", "ods"},
		{"ods-survey.fods", "ods"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, tc.name, string(testSheet(t, tc.name)))
			if diff := cmp.Diff(answers(doc), want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			var roles []ColumnRole
			for _, c := range doc.Facts.Columns {
				roles = append(roles, c.Role)
			}
			if diff := cmp.Diff(roles, []ColumnRole{Identity, Member, Identity, Closed, Scale, Open, Open}); diff != "" {
				t.Errorf("roles: got -, want +:\n%s", diff)
			}
			if got := doc.Blocks[3].Place.Member; got != "Östra Språkkaféet" || doc.Format != tc.format {
				t.Errorf("got member %q in %q, want the third row's in %q", got, doc.Format, tc.format)
			}
		})
	}
}

// TestXLSCells looks at the cells themselves, since numbers and dates are no answers.
func TestXLSCells(t *testing.T) {
	var f flow
	sheets, err := readOldWorkbook(t.Context(), &f, testSheet(t, "xls-survey.xls"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"H-101", "Harbour Carers' Circle", "2026-03-02", "12.50%", "Agree"}
	if diff := cmp.Diff(sheets[0].rows[1].cells[:len(want)], want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestXLSNotes(t *testing.T) {
	doc := mustRead(t, "", string(testSheet(t, "xls-notes.xls")))
	facts := Facts{Title: "Notes on the plan", Author: "Tenants of Quarry Lane", Date: "2026-03-11T10:00:00Z", Comments: 1}
	if diff := cmp.Diff(doc.Facts, facts); diff != "" {
		t.Errorf("facts: got -, want +:\n%s", diff)
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
}

// biffOf forms records: numbers of 16 bits, strings as they are, others by their size.
func biffOf(id uint16, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(p))
		case byte:
			body = append(body, p)
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, p)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(p))
		case string:
			body = append(body, p...)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, id)
	return append(binary.LittleEndian.AppendUint16(out, uint16(len(body))), body...)
}

// biffBookOf forms a workbook stream with one sheet, "Views".
func biffBookOf(version int, globals []byte, cells ...[]byte) []byte {
	name := []any{byte(5), "Views"}
	if version == 0x0600 {
		name = []any{byte(5), byte(0), "Views"}
	}
	head := append(biffOf(biffBOF, version, 0x0005, 0, 0), globals...)
	entry := biffOf(biffSheet, append([]any{uint32(0), 0}, name...)...)
	binary.LittleEndian.PutUint32(entry[4:], uint32(len(head)+len(entry)+4))
	out := append(append(head, entry...), biffOf(biffEOF)...)
	out = append(out, biffOf(biffBOF, version, biffSheetStream, 0, 0)...)
	for _, c := range cells {
		out = append(out, c...)
	}
	return append(out, biffOf(biffEOF)...)
}

func together(records ...[]byte) []byte {
	var out []byte
	for _, r := range records {
		out = append(out, r...)
	}
	return out
}

const (
	biff5 = 0x0500
	biff8 = 0x0600
)

func TestBIFF(t *testing.T) {
	shared := func(row int, i uint32) []byte { return biffOf(biffLabelSST, row, 0, 0, i) }
	for _, tc := range []struct {
		name   string
		stream []byte
		want   []string
	}{
		{"string that goes on wide", biffBookOf(biff8, together(
			biffOf(biffSST, uint32(1), uint32(1), 9, byte(0), "slow"), biffOf(biffContinue, byte(1), "\xe9\x00t\x00\xe9\x00!\x00!\x00")), shared(0, 0)),
			[]string{"1: slowété!!"}},
		{"string that goes on narrow", biffBookOf(biff8, together(
			biffOf(biffSST, uint32(2), uint32(2), 5, byte(1), "\x1c\x20a\x00"), biffOf(biffContinue, byte(0), "bcd"), biffOf(biffContinue, 2, byte(0), "ok")), shared(0, 0), shared(2, 1)),
			[]string{"1: “abcd", "3: ok"}},
		{"string of which nothing stands before it goes on", biffBookOf(biff8, together(
			biffOf(biffSST, uint32(1), uint32(1), 2, byte(1)), biffOf(biffContinue, byte(0), "ok")), shared(0, 0)),
			[]string{"1: ok"}},
		{"fonts and phonetics", biffBookOf(biff8, together(
			biffOf(biffSST, uint32(2), uint32(2), 2, byte(biffRich|biffPhonetic), 1, uint32(6), "ab", "RUN!", "pho"), biffOf(biffContinue, "net", 1, byte(0), "c")), shared(0, 0), shared(1, 1)),
			[]string{"1: ab", "2: c"}},
		{"words of its own", biffBookOf(biff8, nil, biffOf(biffLabel, 0, 1, 0, 3, byte(0), "own"), biffOf(biffRString, 1, 0, 0, 4, byte(0), "bold", 1, 0, 0)),
			[]string{"1: |own", "2: bold"}},
		{"windows-1251", biffBookOf(biff5, biffOf(biffCodePage, 1251), biffOf(biffLabel, 0, 0, 0, 3, "\xe4\xe0!"), biffOf(biffRString, 1, 0, 0, 1, "a", byte(0))),
			[]string{"1: да!", "2: a"}},
		{"old Macintosh", biffBookOf(biff5, biffOf(biffCodePage, 0x8000), biffOf(biffLabel, 0, 0, 0, 4, "caf\x8e")),
			[]string{"1: café"}},
		{"numbers", biffBookOf(biff8, nil, biffOf(biffNumber, 0, 0, 0, 12.5), biffOf(biffMulRK, 1, 0, 0, uint32(7<<2|2), 0, uint32(1234<<2|3), 1),
			biffOf(biffRK, 2, 0, 0, uint32(0x3FF80000)), biffOf(biffRK, 3, 0, 0, ^uint32(1)), biffOf(biffNumber, 4, 0, 0, 0.1+0.2), biffOf(biffNumber, 5, 0, 0, math.Inf(1))),
			[]string{"1: 12.5", "2: 7|12.34", "3: 1.5", "4: -1", "5: 0.3", "6: #NUM!"}},
		{"formats", biffBookOf(biff8, together(biffOf(biffXF, 0, 0), biffOf(biffXF, 0, 10), biffOf(biffXF, 0, 164), biffOf(biffXF, 0, 165), biffOf(biffXF, 0, 3),
			biffOf(biffFormat, 164, 10, byte(0), "yyyy-mm-dd"), biffOf(biffFormat, 165, 13, byte(0), "dd/mm/yy hh:m"+"m")),
			biffOf(biffNumber, 0, 0, 1, .125), biffOf(biffNumber, 1, 0, 2, 45000.), biffOf(biffNumber, 2, 0, 4, 12345.), biffOf(biffNumber, 3, 0, 99, 5.)),
			[]string{"1: 12.50%", "2: 2023-03-15", "3: 12,345", "4: 5"}},
		{"days from 1904", biffBookOf(biff8, together(biffOf(biffDateMode, 1), biffOf(biffXF, 0, 164), biffOf(biffFormat, 164, 10, byte(0), "yyyy-mm-dd")), biffOf(biffNumber, 0, 0, 0, 43538.)),
			[]string{"1: 2023-03-15"}},
		{"formulas", biffBookOf(biff8, nil,
			biffOf(biffFormula, 0, 0, 0, 4.5, "\x00"), biffOf(biffFormula, 1, 0, 0, "\x00\x00\x00\x00\x00\x00\xff\xff"), biffOf(0x04BC, 0), biffOf(biffString, 2, byte(0), "hi"),
			biffOf(biffFormula, 2, 0, 0, "\x01\x00\x01\x00\x00\x00\xff\xff"), biffOf(biffFormula, 3, 0, 0, "\x02\x00\x2a\x00\x00\x00\xff\xff"),
			biffOf(biffFormula, 4, 0, 0, "\x03\x00\x00\x00\x00\x00\xff\xff"), biffOf(biffString, 4, byte(0), "lost"), biffOf(biffBoolErr, 5, 0, 0, byte(7), byte(1))),
			[]string{"1: 4.5", "2: hi", "3: TRUE", "4: #N/A", "6: #DIV/0!"}},
		{"a chart on the sheet", biffBookOf(biff8, nil, biffOf(biffBOF, biff8, 0x0020, 0, 0), biffOf(biffLabel, 0, 0, 0, 1, byte(0), "c"), biffOf(biffEOF), biffOf(biffLabel, 1, 0, 0, 1, byte(0), "s")),
			[]string{"2: s"}},
		{"rows out of order", biffBookOf(biff8, nil, biffOf(biffLabel, 9, 0, 0, 1, byte(0), "z"), biffOf(biffLabel, 1, 0, 0, 1, byte(0), "a")),
			[]string{"2: a", "10: z"}},
		{"Excel 4", together(biffOf(biffBOF4, 0, 0x0010, 0), biffOf(biffFormat, 0, byte(7), "General"), biffOf(biffFormat, 0, byte(4), "0.00"), biffOf(biffXF4, byte(0), byte(1)),
			biffOf(biffLabel, 0, 0, 0, 3, "old"), biffOf(biffNumber, 1, 0, 0, 2.), biffOf(biffFormula4, 2, 0, 0, 3., 0), biffOf(biffEOF)),
			[]string{"1: old", "2: 2.00", "3: 3.00"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var f flow
			sheets, err := readOldWorkbook(t.Context(), &f, tc.stream)
			if err != nil || len(sheets) != 1 {
				t.Fatalf("got %d sheets, %v; want one", len(sheets), err)
			}
			var got []string
			for _, row := range sheets[0].rows {
				got = append(got, rowText(row))
			}
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func rowText(row sheetRow) string {
	return fmt.Sprintf("%d: %s", row.number, strings.Join(row.cells, "|"))
}

// lockedBook encrypts a workbook as Excel does when only its structure is protected; its second cell is "here".
func lockedBook(long string) []byte {
	salt, secret := strings.Repeat("s", 16), strings.Repeat("v", 16)
	key, _ := newBiffKey(biffOf(biffFilePass, 1, 1, 1, salt, strings.Repeat("x", 32))[4:], structurePassword)
	hash := md5.Sum([]byte(secret))
	sealed := append([]byte(secret), hash[:]...)
	key.cipher(0).XORKeyStream(sealed, sealed)
	book := biffBookOf(biff8, biffOf(biffFilePass, 1, 1, 1, salt, string(sealed)),
		biffOf(biffLabel, 0, 0, 0, len(long), byte(0), long), biffOf(biffLabel, 1, 0, 0, 4, byte(0), "here"))
	return key.decrypt(book) // which is encrypting too
}

func TestBIFFStructurePassword(t *testing.T) {
	long := strings.Repeat("word ", 300) // over more than one block
	book := lockedBook(long)
	doc := mustRead(t, "", string(book))
	if want := long + BlockSeparator + "here"; doc.Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	book[len(biffOf(biffBOF, 0, 0, 0, 0))+10]++
	if _, err := File(t.Context(), "", book); !errors.Is(err, ErrEncrypted) {
		t.Errorf("got %v, want %v for another password", err, ErrEncrypted)
	}
}

func TestBIFFDamaged(t *testing.T) {
	label := biffOf(biffLabel, 0, 0, 0, 4, byte(0), "here")
	whole := biffBookOf(biff8, nil, label)
	overlap := biffOf(biffBOF, biff8, 0x0005, 0, 0)
	for range 200 {
		overlap = append(overlap, biffOf(biffSheet, uint32(0), 0, byte(1), byte(0), "a")...)
	}
	for range 200 {
		overlap = append(overlap, biffOf(biffRow, 0)...)
	}
	for _, tc := range []struct {
		name   string
		stream []byte
		err    error
		words  string // of a warning
	}{
		{"password", biffBookOf(biff8, biffOf(biffFilePass, 1, 1), label), ErrEncrypted, ""},
		{"broken off", whole[:len(whole)-4], nil, "breaks off"},
		{"no such shared string", biffBookOf(biff8, nil, label, biffOf(biffLabelSST, 1, 0, 0, uint32(7))), nil, "1 cell was not read"},
		{"strings cut short", biffBookOf(biff8, biffOf(biffSST, uint32(9), uint32(9), 4, byte(0), "here"), biffOf(biffLabelSST, 0, 0, 0, uint32(0))), nil, "breaks off"},
		{"far column", biffBookOf(biff8, nil, label, biffOf(biffLabel, 0, 2000, 0, 1, byte(0), "x"), biffOf(biffNumber, 0, 2000, 0, 1.)), nil, "more than 1000 columns"},
		{"macro sheet", together(biffOf(biffBOF, biff8, 5, 0, 0), biffOf(biffSheet, uint32(0), byte(0), byte(1), byte(1), byte(0), "M"), biffOf(biffEOF)), ErrNoText, ""},
		{"sheets that overlap", overlap, ErrDamaged, ""},
		{"no sheet where it should be", together(biffOf(biffBOF, biff8, 5, 0, 0), biffOf(biffSheet, uint32(9999), 0, byte(1), byte(0), "M"), biffOf(biffEOF)), ErrNoText, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := readXLS(t.Context(), "", tc.stream)
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if err != nil {
				return
			}
			var said strings.Builder
			for _, w := range doc.Warnings {
				said.WriteString(w.What)
			}
			if !strings.Contains(doc.Text, "here") || !strings.Contains(said.String(), tc.words) {
				t.Errorf("got %q with %q, want the words with a warning of %q", doc.Text, said.String(), tc.words)
			}
		})
	}
}

// TestNumberFormats are codes that a stranger may write: the number is shown one way or the other.
func TestNumberFormats(t *testing.T) {
	var n numberFormatter
	defer n.close()
	for _, tc := range []struct {
		name   string
		value  float64
		format numberFormat
		want   string
	}{
		{"general", 1234.5, numberFormat{code: "GENERAL"}, "1234.5"},
		{"pounds", 1234.5, numberFormat{code: `"£"#,##0.00`}, "£1,234.50"},
		{"day and month", 45000, numberFormat{code: `d\ mmmm\ yyyy`}, "15 March 2023"},
		{"time", 45000.5, numberFormat{code: "yyyy-mm-dd hh:mm"}, "2023-03-15 12:00"},
		{"unknown number", 3, numberFormat{builtIn: 140}, "3"},
		{"code too long", 3, numberFormat{code: strings.Repeat("0", 300)}, "3"},
	} {
		if got := n.show(tc.value, tc.format); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestXML2003(t *testing.T) {
	data := `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Title>Plan</Title><Author>A. Quill</Author><LastSaved>2026-03-11T10:00:00Z</LastSaved></DocumentProperties>
<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy\-mm\-dd"/></Style><Style ss:ID="p" ss:Parent="q"/><Style ss:ID="q"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="A"><Table><Column ss:Width="5"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">One &amp; two</Data></Cell><Cell><Data ss:Type="String">Three&#10;lines</Data><Comment ss:Author="Ada"><ss:Data>No.</ss:Data></Comment></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Bold</B> words</ss:Data></Cell></Row>
<Row><Cell ss:StyleID="p"><Data ss:Type="Number">0.125</Data></Cell><Cell ss:StyleID="d"><Data ss:Type="DateTime">2026-03-02T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-02T09:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
	var f flow
	sheets, err := readOldWorkbook(t.Context(), &f, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range sheets[0].rows {
		got = append(got, rowText(row))
	}
	want := []string{"1: One & two||Three\nlines", "4: |Bold words", "5: 12.50%|2026-03-02|2026-03-02 09:30:00|TRUE"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	if want := (Facts{Title: "Plan", Author: "A. Quill", Date: "2026-03-11T10:00:00Z", Comments: 1}); !cmp.Equal(f.doc.Facts, want) || len(f.doc.Warnings) != 3 {
		t.Errorf("got %+v, %v; want %+v and three warnings", f.doc.Facts, f.doc.Warnings, want)
	}
}

// TestTableCalledXLS: many web systems export a page with a table, or text, under this name.
func TestTableCalledXLS(t *testing.T) {
	page := `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body><table border="1">
<tr><th>Name</th><th>What do you think?</th></tr><tr><td>Harbour Circle</td><td>Too slow.</td></tr></table></body></html>`
	doc := mustRead(t, "answers.xls", page)
	want := []string{"cell ,  1 1, : Name", "cell ,  1 2, : What do you think?", "cell ,  2 1, : Harbour Circle", "cell ,  2 2, : Too slow."}
	if diff := cmp.Diff(answers(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	doc = mustRead(t, "answers.xls", "Name\tWhat do you think?\nHarbour Circle\tIt is far too slow.\nMillbrook\tIt is just right so.\n")
	if len(doc.Blocks) != 2 || doc.Format != "csv" {
		t.Errorf("got %d blocks of %q, want two of csv", len(doc.Blocks), doc.Format)
	}
}

// TestXLSFixtures reads real files, when they are there; a few are damaged or have a password.
func TestXLSFixtures(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/fixtures/xls/*.xls")
	if len(files) == 0 {
		t.Skip("no fixtures")
	}
	read, words := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		doc, err := File(ctx, filepath.Base(file), data)
		cancel()
		switch {
		case errors.Is(err, ErrCrashed) || errors.Is(err, ErrUnknownFormat):
			t.Errorf("%s: %v", file, err)
		case err != nil:
			t.Logf("refused %s: %v", filepath.Base(file), err)
		default:
			read++
			words += Words(doc.Text)
			checkDocument(t, doc)
		}
	}
	t.Logf("%d of %d read, %d words", read, len(files), words)
	if read < 24 || words < 8000 {
		t.Errorf("got %d files and %d words, want at least 24 and 8000", read, words)
	}
}

// FuzzXLS takes whole files, workbook streams without a container, and XML.
func FuzzXLS(f *testing.F) {
	for _, name := range []string{"xls-survey.xls", "xls-notes.xls", "xls-survey.xml"} {
		data := testSheet(f, name)
		f.Add(data)
		if isOLE(data) {
			root, err := openCompound(data)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(root.stream("Workbook"))
		}
	}
	f.Add(biffBookOf(biff5, biffOf(biffCodePage, 932), biffOf(biffLabel, 0, 0, 0, 3, "\x83\x41!")))
	f.Add(biffBookOf(biff8, together(biffOf(biffXF, 0, 164), biffOf(biffFormat, 164, 10, byte(0), "yyyy-mm-dd")), biffOf(biffNumber, 0, 0, 0, 43538.), biffOf(biffRK, 1, 0, 0, uint32(7))))
	f.Add(lockedBook("a word"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readXLS(t.Context(), "", data)
		checkFuzzed(t, doc, err)
	})
}
