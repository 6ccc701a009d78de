package export

import (
	"fmt"
	"io"
	"time"

	"collate/themes"
	"collate/themes/export/word"
)

// SearchDocument writes what a search found as a Word document (.docx): a heading with the search, then each passage as a quotation
// with its reference under it. The same results give the same bytes.
func SearchDocument(w io.Writer, r *themes.Results) error {
	d := word.New(word.Properties{Title: r.Title, Creator: r.Tool, Created: dayOf(r.Day)})
	d.Title(r.Title)
	d.Paragraph(word.Bold("Searched for: "), word.Text(r.Query))
	line := foundLine(r) + " " + r.Day + "."
	if r.Withheld > 0 {
		line += fmt.Sprintf(" %s counted and not quoted.", were(r.Withheld))
	}
	d.Paragraph(word.Text(line))
	for _, n := range r.Notes {
		d.Paragraph(word.Text(n))
	}
	d.Heading(1, word.Text("What members said"))
	quoted(d, r.Quotes)
	if len(r.References) > 0 {
		d.Heading(1, word.Text("In the documents that the members answer"))
		quoted(d, r.References)
	}
	if err := d.Write(w); err != nil {
		return fmt.Errorf("writing the quotes: %w", err)
	}
	return nil
}

// dayOf is a day as reports give it, "24 November 2026", as a time; zero where it is none.
func dayOf(day string) time.Time {
	t, err := time.Parse("2 January 2006", day)
	if err != nil {
		return time.Time{}
	}
	return t
}

func were(n int) string {
	if n == 1 {
		return "1 passage is"
	}
	return fmt.Sprintf("%d passages are", n)
}

func quoted(d *word.Document, quotes []themes.Quote) {
	if len(quotes) == 0 {
		d.Paragraph(word.Text("Nothing."))
	}
	for i := range quotes {
		q := &quotes[i]
		if q.Withheld {
			d.Styled(word.Quote, word.Text(withheldWords(q)))
		} else {
			d.Styled(word.Quote, markedWords(q)...)
		}
		d.Styled(word.Reference, word.Text(reference(q)+" ["+q.Ref+"]"))
	}
}

// markedWords are a quote's words in quotation marks, those that answer the search in bold.
func markedWords(q *themes.Quote) []word.Inline {
	out := []word.Inline{word.Text("“")}
	at := 0
	for _, m := range usable(q.Words, q.Marks) {
		out = append(out, word.Text(q.Words[at:m.Start]), word.Bold(q.Words[m.Start:m.End]))
		at = m.End
	}
	return append(out, word.Text(q.Words[at:]), word.Text("”"))
}
