package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// SearchWorkbook writes what a search found as an Excel workbook (.xlsx): a sheet Results, a row a passage, and a sheet About with the
// search as it was understood, its day and its counts. Every text is a string, never a formula.
func SearchWorkbook(w io.Writer, r *themes.Results) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, r: &themes.Report{Title: r.Title, Asof: r.Day, Tool: r.Tool}}
	if err := b.searchBook(r); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	f.SetActiveSheet(0)
	f.SetZipWriter(newZip)
	if err := f.Write(w); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

func (b *book) searchBook(r *themes.Results) error {
	if err := b.f.SetDefaultFont(fontName); err != nil {
		return err
	}
	var err error
	if b.styles, err = newStyles(b.f); err != nil {
		return err
	}
	if err := b.f.SetSheetName("Sheet1", "Results"); err != nil {
		return err
	}
	if _, err := b.f.NewSheet("About"); err != nil {
		return err
	}
	if err := b.properties(); err != nil {
		return err
	}
	if err := b.searchResults(r); err != nil {
		return err
	}
	return b.searchAbout(r)
}

// resultHeads are the headings of a search's results, here and in the CSV.
func resultHeads() []string {
	return []string{"No.", "Counted", "Member", "Type", "Document", "Place", "Heading", "Question", "Themes", "Exact words", "Consent", "Ref"}
}

func (b *book) searchResults(r *themes.Results) error {
	widths := []float64{7, 11, 24, 15, 24, 18, 24, 11, 26, 82, 14.5, 17}
	var columns []column
	for i, head := range resultHeads() {
		columns = append(columns, column{head, widths[i], b.styles.text})
	}
	columns[0].style, columns[2].style = b.styles.number, b.styles.strong
	p := b.open(layout{sheet: "Results", table: "ResultsTable", frozen: 3, paper: a3, columns: columns,
		title: "Found: " + r.Query,
		help:  foundLine(r) + " The words are exact, to the character; those that answer the search are in bold."})
	for i := range r.Quotes {
		p.add(resultRow(i+1, &r.Quotes[i])...)
	}
	for i := range r.References {
		p.add(resultRow(0, &r.References[i])...)
	}
	return p.close()
}

// resultRow is a passage's row; number 0 is one of a document that the members answer.
func resultRow(number int, q *themes.Quote) []any {
	row := []any{nil, "no", "(the members answer it)", q.Type, q.Document, q.Place, q.Heading, q.Question, q.Theme, resultWords(q), q.Consent, q.Ref}
	if number > 0 {
		row[0], row[1], row[2] = number, "yes", q.Member
	}
	return row
}

func resultWords(q *themes.Quote) any {
	if q.Withheld {
		return withheldWords(q)
	}
	return quoteWords(q)
}

// withheldWords stand where words are not shown, with the reason.
func withheldWords(q *themes.Quote) string { return "[" + q.Because + "]" }

// foundLine says how much was found, members first.
func foundLine(r *themes.Results) string {
	s := fmt.Sprintf("%s of the %d that answered, %s", count(r.Members, "member"), r.Answered, count(r.Passages, "passage"))
	if n := len(r.Quotes); n < r.Passages {
		s += fmt.Sprintf("; %d of them here", n)
	}
	return s + "."
}

func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func (b *book) searchAbout(r *themes.Results) error {
	w := readmeWriter{b.open(layout{sheet: "About", title: r.Title, help: "A consultation is not a vote: every number here comes with the words it rests on.", paper: a4, untabled: true, high: 1,
		columns: []column{{"", 27, b.styles.bodyStrong}, {"", 96, b.styles.body}}})}
	w.set(5)
	w.line("Searched for", r.Query)
	w.line("On", r.Day)
	w.line("Made with", r.Tool)
	w.line("Order", "By "+r.Order+".")
	w.section("Counts: members first, passages second")
	number := func(n int, text string) { w.add(styled(b.styles.bodyNumber, n), text) }
	number(r.Members, fmt.Sprintf("members with at least one passage found, of %d that answered", r.Answered))
	number(r.Passages, "passages found")
	number(len(r.Quotes), "of them in Results")
	number(r.Withheld, "of these without their words: counted, not quoted")
	number(r.Referred, "passages found in the documents that the members answer; counted nowhere")
	if len(r.Notes) > 0 {
		w.section("Notes")
		for i, n := range r.Notes {
			w.line(fmt.Sprintf("Note %d", i+1), n)
		}
	}
	w.line("Silence", "Silence is not agreement: a member with no passage here said nothing that this search finds.")
	return w.close()
}

// SearchCSV writes what a search found as a table for other programs, guarded and quoted as [QuotesCSV] does.
func SearchCSV(w io.Writer, r *themes.Results) error {
	out := bufio.NewWriter(w)
	out.WriteString("\uFEFF")
	writeRecord(out, resultHeads())
	for i, q := range append(r.Quotes[:len(r.Quotes):len(r.Quotes)], r.References...) {
		words := q.Words
		if q.Withheld {
			words = withheldWords(&q)
		}
		number, counted, member := fmt.Sprint(i+1), "yes", q.Member
		if i >= len(r.Quotes) {
			number, counted, member = "", "no", "(the members answer it)"
		}
		writeRecord(out, []string{number, counted, member, q.Type, q.Document, q.Place, q.Heading, q.Question, q.Theme, words, q.Consent, q.Ref})
	}
	return out.Flush()
}

// reference is where a quote stands, as it is put under it.
func reference(q *themes.Quote) string {
	var parts []string
	for _, p := range []string{q.Member, q.Document, q.Place} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}
