package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"collate/themes/evidence"
	"collate/themes/export/word"
)

// Evidence writes a draft as the Word document that goes to the committee: heading, summary in bullets that refer to paragraphs, numbered
// paragraphs under a heading for each term of reference, recommendations, and the members. Nothing in it says where the record is or who worked on
// it; a working draft says on every page that it is one. The same draft gives the same bytes.
func Evidence(w io.Writer, d *evidence.Draft) error {
	doc := evidenceDocument(d)
	doc.Title(d.Title())
	doc.Subtitle(d.Inquiry)
	if d.Committee != "" {
		doc.Styled(word.Subtitle, word.Text(committee(d.Committee)))
	}
	doc.Styled(word.Subtitle, word.Text(d.Date))
	notice(doc, d)
	doc.Heading(1, word.Text(evidence.SummaryHeading))
	for _, b := range d.Summary {
		doc.Bullet(0, bullet(d, &b)...)
	}
	for i := range d.Sections {
		s := &d.Sections[i]
		doc.Heading(1, word.Text(s.Heading))
		for j := range s.Paragraphs {
			p := &s.Paragraphs[j]
			doc.Numbered(0, inlines(p.Runs, true)...).Named(p.ID)
		}
	}
	annex(doc, d.Annex)
	if err := doc.Write(w); err != nil {
		return fmt.Errorf("writing the evidence: %w", err)
	}
	return nil
}

// Response writes the answers to a consultation's questions as a Word document, a heading for each question.
func Response(w io.Writer, d *evidence.Draft) error {
	doc := evidenceDocument(d)
	doc.Title(d.Title())
	doc.Subtitle(d.Inquiry)
	doc.Styled(word.Subtitle, word.Text(d.Date))
	notice(doc, d)
	for i := range d.Sections {
		s := &d.Sections[i]
		doc.Heading(1, word.Text(s.Heading))
		for j := range s.Paragraphs {
			doc.Paragraph(inlines(s.Paragraphs[j].Runs, true)...)
		}
		doc.Styled(word.Reference, word.Text(fmt.Sprintf("%s of %d.", count(s.Words, "word"), s.Budget)))
	}
	if err := doc.Write(w); err != nil {
		return fmt.Errorf("writing the response: %w", err)
	}
	return nil
}

// evidenceDocument is an empty document with what it says of itself: the submitter and the day that the outline gives, and no more.
func evidenceDocument(d *evidence.Draft) *word.Document {
	p := word.Properties{Title: d.Title(), Subject: d.Inquiry, Creator: d.Submitter}
	if day, err := time.Parse(time.DateOnly, d.Day); err == nil {
		p.Created = day
	}
	doc := word.New(p)
	doc.Numbering = word.Running
	if d.Suggested {
		doc.Header = draftMark
	}
	return doc
}

// draftMark stands on every page of a working draft.
const draftMark = "DRAFT: counts suggested positions, not for submission"

func notice(doc *word.Document, d *evidence.Draft) {
	if d.Suggested {
		doc.Styled(word.Notice, word.Bold("DRAFT. "), word.Text("The counts in this draft are of suggested positions, which nobody has confirmed yet. It is not ready to be submitted."))
	}
}

func committee(name string) string { return "Submitted to the " + name }

// bullet is a point of the summary with references to its paragraphs, which follow when paragraphs are moved.
func bullet(d *evidence.Draft, b *evidence.Bullet) []word.Inline {
	first, last := named(d, b.First), named(d, b.Last)
	if b.First == b.Last {
		return []word.Inline{word.Text(b.Text + " (paragraph "), word.Ref(first), word.Text(").")}
	}
	return []word.Inline{word.Text(b.Text + " (paragraphs "), word.Ref(first), word.Text(" to "), word.Ref(last), word.Text(").")}
}

// named is the id of the paragraph of a number.
func named(d *evidence.Draft, number int) string {
	for _, s := range d.Sections {
		for _, p := range s.Paragraphs {
			if p.Number == number {
				return p.ID
			}
		}
	}
	return ""
}

func inlines(runs []evidence.Run, notes bool) []word.Inline {
	var out []word.Inline
	for _, r := range runs {
		text := word.Text(r.Text)
		if r.Italic {
			text = text.Italic()
		}
		out = append(out, text)
		if r.Note != "" && notes {
			out = append(out, word.Note(word.Text(r.Note)))
		}
	}
	return out
}

func annex(doc *word.Document, a *evidence.Annex) {
	if a == nil {
		return
	}
	doc.Heading(1, word.Text(evidence.AnnexHeading))
	for _, g := range a.Groups {
		text := []word.Inline{word.Text(strings.Join(g.Members, "; ") + ".")}
		if g.Type != "" {
			text = append([]word.Inline{word.Bold(g.Type + ": ")}, text...)
		}
		doc.Bullet(0, text...)
	}
	if end := a.Ending(); end != "" {
		doc.Paragraph(word.Text(end))
	}
}
