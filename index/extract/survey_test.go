package extract

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbookOf makes a workbook: one sheet a name, its rows as cells; an empty row is left out.
func workbookOf(t testing.TB, sheets ...sheetGrid) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			f.SetSheetName("Sheet1", s.name)
		} else if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for _, row := range s.rows {
			for c, text := range row.cells {
				cell, err := excelize.CoordinatesToCellName(c+1, row.number)
				if err != nil {
					t.Fatal(err)
				}
				if text != "" {
					if err := f.SetCellStr(s.name, cell, text); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// gridOf numbers rows from 1; "|" parts the cells.
func gridOf(name string, rows ...string) sheetGrid {
	g := sheetGrid{name: name}
	for i, row := range rows {
		if row != "" {
			g.rows = append(g.rows, sheetRow{number: i + 1, cells: strings.Split(row, "|")})
		}
	}
	return g
}

// answers gives every block as "respondent, sheet, row, column, question: words".
func answers(doc *Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		p := b.Place
		out = append(out, fmt.Sprintf("%s %s, %s %d %d, %s: %s", b.Kind, p.Respondent, p.Sheet, p.Row, p.Column, p.Question, doc.Text[b.Start:b.End]))
	}
	return out
}

func TestSurveyWorkbook(t *testing.T) {
	data := workbookOf(t, gridOf("Responses",
		"Views on the plan|||", "",
		"Response ID|Full name|Region|What do you think of the pace of the plan?",
		"R1|Jo Day|East|Far too slow for  us and ours.",
		"R2|Al Ray|East|",
		"R3|Bo Lin|West|2025 is late, but let it be right."),
		gridOf("Codes", "East|1", "West|2"))
	doc := mustRead(t, "a.xlsx", string(data))
	want := []string{
		"answer R1, Responses 4 4, What do you think of the pace of the plan?: Far too slow for  us and ours.",
		"answer R3, Responses 6 4, What do you think of the pace of the plan?: 2025 is late, but let it be right.",
	}
	if diff := cmp.Diff(answers(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	var roles []ColumnRole
	for _, c := range doc.Facts.Columns {
		roles = append(roles, c.Role)
	}
	if diff := cmp.Diff(roles, []ColumnRole{Identity, Identity, Closed, Open}); diff != "" {
		t.Errorf("roles: got -, want +:\n%s", diff)
	}
	if strings.Contains(doc.Text, "Jo Day") || len(doc.Warnings) != 2 {
		t.Errorf("got %q, %v; want no names, and warnings of the closed question and the other sheet", doc.Text, doc.Warnings)
	}
}

func TestSecondHeader(t *testing.T) {
	for _, tc := range []struct {
		name string
		grid sheetGrid
		want []string
	}{
		{"surveymonkey", gridOf("S", "Respondent ID|What works well now in your area?|What should change?|", "|Open-Ended Response|Support|Other (please specify)",
			"11|The staff are kind and try hard.|Yes|", "12|Not much that we can see here.|No|Everything about it, frankly."), []string{
			"answer 11, S 3 2, What works well now in your area?: The staff are kind and try hard.",
			"answer 12, S 4 2, What works well now in your area?: Not much that we can see here.",
			"answer 12, S 4 4, What should change?: Everything about it, frankly."}},
		{"qualtrics", gridOf("S", "ResponseId|Q1|Q2", "Response ID|What works?|What should change?", `{"ImportId":"_id"}|{"ImportId":"QID1"}|{"ImportId":"QID2"}`,
			"R_1x|The staff are kind and try.|More of them would be good."), []string{
			"answer R_1x, S 4 2, What works?: The staff are kind and try.", "answer R_1x, S 4 3, What should change?: More of them would be good."}},
		{"smartsurvey, questions above the known row", gridOf("S", "|||What works?|Which matter to you?||", "UserID|UserNo|Ended|Comment|Waits|Staff|Other (please specify)",
			"71|1|2023-05-01|They answer the phone in our area.|Waits||", "72|2|2023-05-02|Nothing that we can see in ours.||Staff|Buses that come on time."), []string{
			"answer 71, S 3 4, What works?: They answer the phone in our area.",
			"answer 72, S 4 4, What works?: Nothing that we can see in ours.",
			"answer 72, S 4 7, Which matter to you?: Buses that come on time."}},
		{"qualtrics, choices spread", gridOf("S", "StartDate|ResponseId|Q1_1|Q1_2|Q1_2_TEXT", "Start Date|Response ID|Who helped? - School|Who helped? - Other|Who helped? - Other - Text",
			`{"ImportId":"startDate"}|{"ImportId":"_recordId"}|{"ImportId":"QID1_1"}|{"ImportId":"QID1_2"}|{"ImportId":"QID1_2_TEXT"}`,
			"2023-05-01 10:00:00|R_1|School||", "2023-05-01 11:00:00|R_2||Other|My mother did, all by herself."), []string{
			"answer R_2, S 5 5, Who helped? - Other - Text: My mother did, all by herself."}},
		{"bands over the headings", gridOf("S", "About you||About the plan", "ID|Region|Views", "7|East|It is far too slow for us.", "8|West|They mean well and have no money."), []string{
			"answer 7, S 3 3, About the plan – Views: It is far too slow for us.",
			"answer 8, S 4 3, About the plan – Views: They mean well and have no money."}},
		{"no bands", gridOf("S", "ID||Views", "7|East|It is far too slow for us.", "8|West|They mean well and have no money.", "9|West|They mean well."), []string{
			"answer 7, S 2 3, Views: It is far too slow for us.",
			"answer 8, S 3 3, Views: They mean well and have no money.",
			"answer 9, S 4 3, Views: They mean well."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "", string(workbookOf(t, tc.grid)))
			if diff := cmp.Diff(answers(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s\n%v", diff, doc.Facts.Columns)
			}
		})
	}
}

func TestNoSurvey(t *testing.T) {
	for _, tc := range []struct {
		name string
		grid sheetGrid
		want []string
	}{
		{"a budget", gridOf("B", "Item|Cost", "Staff|200", "Rooms|100"), []string{
			"cell , B 1 1, : Item", "cell , B 1 2, : Cost", "cell , B 2 1, : Staff", "cell , B 3 1, : Rooms"}},
		{"a form", gridOf("F", "Consultation form|", "No.|Question|Your answer", "1|Is the pace right?|No, it is much too slow.", "2|What else?|Fund it."), []string{
			"cell , F 1 1, : Consultation form", "cell , F 2 1, : No.", "cell , F 2 2, : Question", "cell , F 2 3, : Your answer",
			"cell , F 3 2, : Is the pace right?", "answer , F 3 3, Is the pace right?: No, it is much too slow.",
			"cell , F 4 2, : What else?", "answer , F 4 3, What else?: Fund it."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "", string(workbookOf(t, tc.grid)))
			if diff := cmp.Diff(answers(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestColumnRoles(t *testing.T) {
	repeat := func(n int, values ...string) []string {
		var out []string
		for i := range n {
			out = append(out, values[i%len(values)])
		}
		return out
	}
	numbered := func(n int, format string) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf(format, i))
		}
		return out
	}
	long := numbered(20, "We think that reform number %d is slow and costly.")
	for _, tc := range []struct {
		name, heading string
		values        []string
		want          ColumnRole
	}{
		{"e-mail by value", "Where to reply", numbered(20, "p%d@x.example"), Identity},
		{"name", "What is your name?", numbered(20, "Jo Day %d"), Identity},
		{"timestamp", "Timestamp", numbered(20, "2023-04-%02d 10:00"), Identity},
		{"date by value", "Started it on", numbered(20, "2023-04-%02d"), Identity},
		{"postcode", "Postcode", numbered(20, "WQ%d 9ZZ"), Identity},
		{"organisation", "Name of organisation", numbered(20, "Forum of Town %d"), Member},
		{"on behalf of whom", "If on behalf of an organisation, which?", append(numbered(5, "Charity %d"), repeat(15, "")...), Member},
		{"on behalf of any", "Are you answering on behalf of an organisation?", repeat(20, "Yes", "No"), Closed},
		{"organisations by value", "Group", numbered(20, "Town %d Parent Forum"), Member},
		{"an answer that begins as a closed one", "Do you agree?", repeat(20, "Yes", "No", "Yes, fully", "Not sure"), Closed},
		{"closed and in words", "Do you agree?", append(repeat(15, "Yes", "No", "Not sure"), numbered(5, "Yes, but only if fund %d is paid")...), Hybrid},
		{"mostly in words", "Do you agree?", append(repeat(2, "Yes", "No"), numbered(18, "Yes, but only if fund %d is paid")...), Open},
		{"several choices with commas", "Who helped?", repeat(20, "School, NHS", "Council, School, Parents", "Health, social care, Parents"), Multiple},
		{"prose with commas", "Who helped?", numbered(20, "School, in the end, and number %d of the NHS"), Open},
		{"choices as Microsoft Forms writes them", "Who helped?", []string{"School;", "NHS;School;", "NHS;"}, Multiple},
		{"rating in words", "How sure are you?", repeat(20, "1 - not at all", "2", "5 - very"), Scale},
		{"figures", "How many pupils have you?", numbered(20, "%d"), Closed},
		{"the same answer to a question", "Do you support it?", repeat(20, "Yes"), Closed},
		{"organisation's view", "What does your organisation think?", long, Open},
		{"agreement", "How far do you agree?", repeat(20, "Strongly agree", "Neither agree nor disagree", "Strongly disagree"), Scale},
		{"rating", "Score", repeat(20, "1", "2", "5"), Scale},
		{"several choices", "Who helped?", repeat(20, "School;NHS", "Council;School;Parents", "NHS;Parents"), Multiple},
		{"few long answers", "Views", long[:3], Open},
		{"a campaign's text", "Your views", repeat(20, "We call on the government to fund the plan at once and to keep it."), Open},
		{"short answers to a question", "What one word sums it up?", numbered(20, "slow%c or so"), Open},
		{"empty", "Notes", repeat(20, ""), Ignored},
		{"the same", "Collection", repeat(20, "Web link"), Ignored},
		{"id of a long view", "Do you have any ideas?", long, Open},
		{"first choice", "First choice", repeat(20, "Mainstream", "Special"), Closed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var rows []sheetRow
			for i, v := range tc.values {
				rows = append(rows, sheetRow{number: i + 2, cells: []string{v}})
			}
			got, why := newColumnsStats(rows, 1, nil)[0].role(tc.heading)
			if got != tc.want {
				t.Errorf("got %q (%s), want %q", got, why, tc.want)
			}
			if !strings.HasSuffix(why, ".") {
				t.Errorf("got %q, want a sentence", why)
			}
		})
	}
}

func TestReadCSV(t *testing.T) {
	want := []string{
		"answer row 2,  2 2, What do you think?: Slow, very slow\nand late indeed.",
		"answer row 4,  4 2, What do you think?: It costs £5 too much.",
	}
	body := "Region,What do you think?\nEast,\"Slow, very slow\nand late indeed.\"\n\nWest,It costs £5 too much.\n"
	for _, tc := range []struct{ name, text string }{
		{"commas", body},
		{"mark and windows lines", "\ufeff" + strings.ReplaceAll(body, "\n", "\r\n")},
		{"semicolons", strings.NewReplacer("Region,", "Region;", "East,", "East;", "West,", "West;").Replace(body)},
		{"semicolons said", "sep=;\n" + strings.NewReplacer("Region,", "Region;", "East,", "East;", "West,", "West;").Replace(body)},
		{"tabs", strings.NewReplacer("Region,", "Region\t", "East,", "East\t", "West,", "West\t").Replace(body)},
		{"windows-1252", strings.ReplaceAll(body, "£", "\xa3")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.csv", tc.text)
			if diff := cmp.Diff(answers(doc), want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestHiddenSheet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	f.NewSheet("Old")
	f.SetCellStr("Sheet1", "A1", "Seen")
	f.SetCellStr("Old", "B2", "Hidden")
	f.SetSheetVisible("Old", false)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	doc := mustRead(t, "", out.String())
	if diff := cmp.Diff(doc.Warnings, []Warning{{Where: "sheet Old", What: "The sheet is hidden in the workbook; it was read all the same."}}); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	if doc.Text != "Seen\n\nHidden" {
		t.Errorf("got %q", doc.Text)
	}
}

func TestDamagedWorkbook(t *testing.T) {
	good := workbookOf(t, gridOf("S", "Name|View", "a|b"))
	bad := bytes.Clone(good)
	bad[bytes.Index(bad, []byte("PK\x01\x02"))+16] ^= 1 // the checksum of the first entry
	var bomb bytes.Buffer
	w := zip.NewWriter(&bomb)
	for i := range 5 {
		part, _ := w.Create(fmt.Sprintf("xl/workbook.xml%d", i))
		part.Write(make([]byte, 60<<20))
	}
	part, _ := w.Create("xl/workbook.xml")
	part.Write([]byte("<workbook/>"))
	w.Close()
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"good", good, nil}, {"wrong checksum", bad, ErrDamaged}, {"cut", good[:len(good)/2], ErrDamaged}, {"bomb", bomb.Bytes(), ErrLimit},
		{"twice", zipOf(t, "xl/workbook.xml", "a", "XL/Workbook.xml", "b"), ErrDamaged},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := File(t.Context(), "", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

// BenchmarkSurvey reads 5,000 respondents' answers to a survey of 40 columns, half of them in words.
func BenchmarkSurvey(b *testing.B) {
	grid := sheetGrid{name: "S"}
	for i := range 5001 {
		row := sheetRow{number: i + 1}
		for c := range 40 {
			row.cells = append(row.cells, benchmarkCell(i, c))
		}
		grid.rows = append(grid.rows, row)
	}
	var table strings.Builder
	w := csv.NewWriter(&table)
	for _, row := range grid.rows {
		w.Write(row.cells)
	}
	w.Flush()
	for _, file := range []struct {
		name string
		data []byte
	}{{"a.csv", []byte(table.String())}, {"a.xlsx", workbookOf(b, grid)}} {
		b.Run(file.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := File(b.Context(), file.name, file.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkCell(row, column int) string {
	switch {
	case row == 0 && column == 0:
		return "Response ID"
	case row == 0 && column%2 == 1:
		return fmt.Sprintf("Q%d Do you agree with part %d of the plan?", column, column)
	case row == 0:
		return fmt.Sprintf("Q%d Please explain", column-1)
	case column == 0:
		return fmt.Sprintf("R%d", row)
	case column%2 == 1:
		return []string{"Strongly agree", "Agree", "Disagree"}[(row+column)%3]
	case (row+column)%3 == 0:
		return ""
	}
	return fmt.Sprintf("We have waited %d weeks and more, which is far too long for anyone, and part %d of the plan says nothing of it.", row, column)
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("ID,View\n1,\"a\"\"b\n\nc\"\n\n2,d"))
	f.Add([]byte("sep=;\nQuestion;Your answer\nx;y z"))
	f.Add([]byte("ResponseId,Q1\nResponse ID,Why?\n{\"ImportId\":\"a\"},{\"ImportId\":\"b\"}\n1,we think it is slow"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readCSV(t.Context(), "", data)
		checkFuzzed(t, doc, err)
	})
}

// FuzzXLSX damages the sheet inside a whole workbook, since random bytes hardly ever are a zip archive.
func FuzzXLSX(f *testing.F) {
	book := workbookOf(f, gridOf("S", "ID|View", "1|we think it is slow"))
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(entryText(f, z, "xl/worksheets/sheet1.xml")), []byte(entryText(f, z, "xl/sharedStrings.xml")))
	f.Add([]byte(`<worksheet><sheetData><row r="3"><c r="XFD3" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`), []byte(`<sst/>`))
	f.Fuzz(func(t *testing.T, sheet, texts []byte) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, e := range z.File {
			part, _ := w.Create(e.Name)
			switch e.Name {
			case "xl/worksheets/sheet1.xml":
				part.Write(sheet)
			case "xl/sharedStrings.xml":
				part.Write(texts)
			default:
				part.Write([]byte(entryText(t, z, e.Name)))
			}
		}
		w.Close()
		doc, err := readXLSX(t.Context(), "", out.Bytes())
		checkFuzzed(t, doc, err)
	})
}

func entryText(t testing.TB, z *zip.Reader, name string) string {
	t.Helper()
	file, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(file); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
