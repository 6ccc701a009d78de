package export

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/themes"
)

// spiked is the report with a hostile string in every field that a stranger's file can fill.
func spiked() *themes.Report {
	r := report()
	bad := hostile()
	r.Title, r.Source = bad[0], bad[3]
	for i := range r.Quotes {
		q, s := &r.Quotes[i], bad[i%len(bad)]
		if !q.Withheld {
			q.Words, q.Marks = s+" "+q.Words+s, []themes.Span{{Start: 1, End: 3}, {Start: 2, End: 5}, {Start: len(s), End: len(s) + 4}, {Start: -1, End: 2}, {Start: 9, End: 99999}}
		}
		q.Document, q.Place, q.Heading, q.Line, q.Because = s, s, s, s, s
	}
	for i := range r.Members {
		m := &r.Members[i]
		m.Reason = bad[i%len(bad)]
		for j := range m.Positions {
			m.Positions[j].Line = bad[(i+j)%len(bad)]
		}
	}
	for i := range r.Asks.Actors[0].Asks {
		x := &r.Asks.Actors[0].Asks[i]
		x.Words, x.Action, x.Deadline, x.Document = bad[i], bad[i+1], bad[i+2], bad[i+3]
	}
	r.Asks.Actors[0].Actor = bad[4]
	for i := range r.Figures.Figures {
		x := &r.Figures.Figures[i]
		x.Value, x.What, x.Source, x.When, x.Column, x.Place = bad[i], bad[i+1], bad[i+2], bad[i+3], bad[i+4], bad[i+5]
		x.Reference = &themes.Reference{Words: bad[i+6], Place: bad[i+7]}
	}
	r.Questions[0].ID, r.Questions[0].Text, r.Questions[0].Source = bad[0], bad[1], bad[2]
	r.Questions[1].Closed[0].Asked, r.Questions[1].Closed[0].Options[0].Value = bad[3], bad[0]
	r.Shared[0].Text, r.Shared[0].Copies[0].Document, r.Shared[1].Template = bad[2], bad[3], bad[0]
	r.Shared[0].Copies[1].Own[0].Words = bad[0]
	for i := range r.Excluded {
		r.Excluded[i].Words, r.Excluded[i].Name = bad[i], bad[i+6]
	}
	return r
}

func TestQuotesAreExact(t *testing.T) {
	for name, r := range map[string]*themes.Report{"plain": report(), "hostile": spiked()} {
		got := rows(t, read(t, write(t, r)), "Quotes")[headRow:]
		if len(got) != len(r.Quotes) {
			t.Fatalf("%s: %d rows, want %d", name, len(got), len(r.Quotes))
		}
		for i, q := range r.Quotes {
			words := q.Words
			if q.Withheld {
				words = "[confidential: counted, not quoted]"
			}
			want := []string{q.Ref, q.Member, q.Type, q.Document, q.Place, q.Heading, q.Question, q.Theme, q.Stance.Label(), q.Line, words}
			if diff := cmp.Diff(got[i][:wordsColumn], want); diff != "" {
				t.Errorf("%s: %s (-got +want):\n%s", name, q.Ref, diff)
			}
		}
	}
}

// Only the formulas that this package writes may be formulas, whatever a member wrote.
func TestHostileTextIsNeverAFormula(t *testing.T) {
	f := read(t, write(t, spiked()))
	ours := regexp.MustCompile(`^(HYPERLINK\("#|COUNTIFS\(Stances!|SUM\(B|Lists!\$C|0-Summary!\$B\$\d+$|INDEX\((Lists|Stances)!)`)
	for _, sheet := range f.GetSheetList() {
		for i, row := range rows(t, f, sheet) {
			for j := range row {
				formula, err := f.GetCellFormula(sheet, cellName(j+1, i+1))
				if err != nil {
					t.Fatal(err)
				}
				if formula != "" && !ours.MatchString(formula) {
					t.Errorf("%s %s: formula %s", sheet, cellName(j+1, i+1), formula)
				}
			}
		}
	}
}

// The report should not hold withheld words at all; if it does, no cell and no field shows them.
func TestWithheldWordsAreNowhere(t *testing.T) {
	r := report()
	for i := range r.Quotes {
		if r.Quotes[i].Withheld {
			r.Quotes[i].Words, r.Quotes[i].Marks = "a secret told in confidence", []themes.Span{{Start: 2, End: 8}}
		}
	}
	f := read(t, write(t, r))
	for _, sheet := range f.GetSheetList() {
		for _, row := range rows(t, f, sheet) {
			if strings.Contains(strings.Join(row, " "), "secret") {
				t.Errorf("%s shows %q", sheet, row)
			}
		}
	}
	var b bytes.Buffer
	if err := QuotesCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "secret") {
		t.Error("the CSV shows withheld words")
	}
}

func TestLongWordsAreCutInSight(t *testing.T) {
	r := report()
	r.Quotes[0].Words = strings.Repeat("🌊 sea ", 9000)
	row := rows(t, read(t, write(t, r)), "Quotes")[headRow]
	words := row[wordsColumn-1]
	if kept, found := strings.CutSuffix(words, cutMark); !found || !strings.HasPrefix(r.Quotes[0].Words, kept) {
		t.Errorf("the cell ends with %q", words[len(words)-40:])
	}
	if !strings.Contains(at(row, 17), "do not fit in a cell") {
		t.Errorf("the note is %q", at(row, 17))
	}
}

func TestConfidenceIsSaidInWords(t *testing.T) {
	for name, tc := range map[string]struct {
		quote themes.Quote
		want  string
		about string
	}{
		"before enough was reviewed": {themes.Quote{Probability: .7, Confidence: themes.LikelySo}, "likely", "an order, and no more"},
		"calibrated":                 {themes.Quote{Probability: .7, Confidence: themes.LikelySo, Calibrated: true}, "likely: about 70 in 100", "about seventy are right"},
		"not known":                  {themes.Quote{}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := report()
			q := &r.Quotes[0]
			q.Probability, q.Confidence, q.Calibrated = tc.quote.Probability, tc.quote.Confidence, tc.quote.Calibrated
			f := read(t, write(t, r))
			if got := at(rows(t, f, "Quotes")[headRow], slices.Index(quoteHeads(themes.View{}), "Confidence")); got != tc.want {
				t.Errorf("the confidence is %q, want %q", got, tc.want)
			}
			about := ""
			for _, row := range rows(t, f, "Read me") {
				if at(row, 0) == "Confidence" {
					about = at(row, 1)
				}
			}
			if !strings.Contains(about, tc.about) || (about == "") != (tc.about == "") {
				t.Errorf("the read-me says of it %q", about)
			}
		})
	}
}

func TestMarksInBold(t *testing.T) {
	f := read(t, write(t, report()))
	runs, err := f.GetCellRichText("Quotes", cellName(wordsColumn, firstRow))
	if err != nil {
		t.Fatal(err)
	}
	var bold []string
	for _, run := range runs {
		if run.Font != nil && run.Font.Bold {
			bold = append(bold, run.Text)
		}
	}
	if diff := cmp.Diff(bold, []string{"survey", "waiting"}); diff != "" {
		t.Errorf("bold words (-got +want):\n%s", diff)
	}
}

func TestQuotesCSV(t *testing.T) {
	r := spiked()
	var b bytes.Buffer
	if err := QuotesCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	text, found := strings.CutPrefix(b.String(), "\uFEFF")
	if !found {
		t.Error("no byte order mark")
	}
	if got, want := strings.Count(text, "\r\n"), len(r.Quotes)+1; got != want || strings.Count(text, "\n") != want || strings.Count(text, "\r") != want {
		t.Errorf("%d lines, want %d, and no other line breaks", got, want)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(records[0], quoteHeads(themes.View{})); diff != "" {
		t.Errorf("headings (-got +want):\n%s", diff)
	}
	for _, record := range records {
		for _, field := range record {
			if s := strings.Trim(field, " \u200b\u202e"); s != "" && strings.ContainsAny(s[:1], "=+-@|%") || strings.HasPrefix(s, "＝") {
				t.Errorf("a spreadsheet may run %q", field)
			}
		}
	}
}

func TestGuarded(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain": {"We agree", "We agree"}, "empty": {"", ""}, "formula": {"=1+1", "'=1+1"}, "after spaces": {"  \t-1", "'   -1"}, "after a return": {"\r\n@x", "' @x"},
		"full width": {"＋1", "'＋1"}, "zero width": {"\u200b=1", "'\u200b=1"}, "pipe": {"|x", "'|x"}, "percent": {"%0A", "'%0A"}, "inside": {"1=1", "1=1"}, "lines": {"a\r\nb\nc", "a b c"},
	} {
		if got := guarded(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
