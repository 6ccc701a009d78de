package export

import (
	"fmt"
	"io"
	"strings"

	"collate/themes"
	"collate/themes/evidence"
)

// Companion writes the sheet that stays with the submitter's staff: each paragraph of a draft with what it rests on, so that a witness can be asked
// anything. It shows what the workbook shows and no more: who is not to be named is described, and confidential words are not in it.
func Companion(w io.Writer, d *evidence.Draft) error {
	r := &themes.Report{Title: d.Title(), Asof: d.Asof, Tool: d.Tool}
	return writeBook(w, r, "What each paragraph of the draft rests on", []string{"Paragraphs", "Sources", "Words", "Look at"}, func(b *book) error {
		for _, write := range []func(*book, *evidence.Draft) error{writeParagraphs, writeSources, writeWords, writeProblems} {
			if err := write(b, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// sides are the stances of those that take a position, in the order of the columns.
func sides() []themes.Stance {
	return []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose}
}

func writeParagraphs(b *book, d *evidence.Draft) error {
	t := b.styles
	columns := []column{{"Paragraph", 11, t.number}, {"Id", 14, t.text}, {"Section", 34, t.text}, {"Kind", 12, t.text}, {"Text", 76, t.text}, {"Theme", 24, t.text}, {"Outcome", 20, t.text}}
	for _, s := range sides() {
		columns = append(columns, column{s.Sign() + " " + s.Label(), 12, t.number})
	}
	columns = append(columns, column{"Rests on", 40, t.text}, column{"Dissent that a witness may be asked about", 48, t.text}, column{"To know", 40, t.text})
	help := "For the submitter, not for the committee. Counts are of members with a confirmed position. The passages are on the sheet Sources."
	if d.Suggested {
		help = "For the submitter, not for the committee. A working draft: counts are of suggested positions too. The passages are on the sheet Sources."
	}
	p := b.open(layout{sheet: "Paragraphs", table: "ParagraphsTable", frozen: 1, paper: a3, tab: navy, columns: columns, title: "Companion: what each paragraph rests on", help: help})
	for i := range d.Sections {
		s := &d.Sections[i]
		for j := range s.Paragraphs {
			x := &s.Paragraphs[j]
			row := []any{x.Number, x.ID, s.Heading, x.Basis.Kind, x.Text(), x.Basis.Theme, string(x.Basis.Outcome)}
			for _, stance := range sides() {
				if x.Basis.Stances == nil {
					row = append(row, nil)
					continue
				}
				row = append(row, x.Basis.Stances[stance])
			}
			p.add(append(row, restsOn(&x.Basis), x.Basis.Dissent, noteOf(&x.Basis))...)
		}
	}
	return p.close()
}

// restsOn names the members that a paragraph rests on; of a line, how many members there are on the sheet of sources.
func restsOn(b *evidence.Basis) string {
	if b.Kind == "line" {
		return fmt.Sprintf("%s that address it: see Sources.", count(len(b.Sources), "member"))
	}
	var out []string
	for _, s := range b.Sources {
		out = append(out, fmt.Sprintf("%s (%s)", s.Member, s.Ref))
	}
	return strings.Join(out, "; ")
}

func noteOf(b *evidence.Basis) string {
	return strings.TrimSpace(b.Note + " " + b.Why)
}

func writeSources(b *book, d *evidence.Draft) error {
	t := b.styles
	p := b.open(layout{sheet: "Sources", table: "SourcesTable", frozen: 2, paper: a3, title: "Sources: the passages behind each paragraph", help: "One row a paragraph and passage; under a joint line one row a member, with its strongest passage. Words that may not be shown are not here.",
		columns: []column{{"Paragraph", 11, t.number}, {"Ref", 18, t.text}, {"Member", 34, t.strong}, {"Stance", 18, t.text}, {"Stance or tag", 14, t.text}, {"Consent", 14, t.text}, {"Document", 36, t.text}, {"Place", 22, t.text}, {"Date", 13, t.text}, {"Exact words", 80, t.text}}})
	for i := range d.Sections {
		for j := range d.Sections[i].Paragraphs {
			x := &d.Sections[i].Paragraphs[j]
			for _, s := range x.Basis.Sources {
				state := "suggested"
				if s.Confirmed {
					state = "confirmed"
				}
				p.add(x.Number, s.Ref, s.Member, strings.TrimSpace(s.Stance.Sign()+" "+s.Stance.Label()), state, s.Consent, s.Document, s.Place, s.Date, s.Words)
			}
		}
	}
	return p.close()
}

func writeWords(b *book, d *evidence.Draft) error {
	t := b.styles
	p := b.open(layout{sheet: "Words", table: "WordsTable", frozen: 1, paper: a4, title: fmt.Sprintf("Words: %d of %d", d.Count.Total, d.Count.Limit), help: "All that a reader sees is counted: headings, footnotes and the annex too.",
		columns: []column{{"Part", 70, t.strong}, {"Words", 12, t.number}, {"Budget", 12, t.number}}})
	if d.Kind == evidence.Response {
		p.layout.title = "Words of each answer"
	}
	for _, x := range d.Count.Parts {
		row := []any{x.Heading, x.Words, nil}
		if x.Budget > 0 {
			row[2] = x.Budget
		}
		p.add(row...)
	}
	return p.close()
}

func writeProblems(b *book, d *evidence.Draft) error {
	t := b.styles
	help := "What a person should look at or mend before the document goes out."
	if len(d.Problems) == 0 {
		help = "Nothing was found that a person should look at."
	}
	p := b.open(layout{sheet: "Look at", table: "LookAtTable", frozen: 1, paper: a4, title: "What to look at", help: help,
		columns: []column{{"Level", 14, t.strong}, {"Paragraph", 16, t.text}, {"What", 100, t.text}}})
	for _, x := range d.Problems {
		p.add(string(x.Level), x.Paragraph, x.What)
	}
	return p.close()
}
