package evidence

import (
	"fmt"
	"strings"

	"collate/themes"
)

// Text writes a proposal as an outline file, which [ParseOutline] reads back to the same outline. Its notes say why each thing was chosen.
func (p *Proposal) Text() []byte {
	w := &outlineWriter{}
	o := &p.Outline
	for _, note := range p.Notes {
		w.note("", note)
	}
	w.scalar("", "kind", string(o.Kind))
	w.scalar("", "inquiry", o.Inquiry)
	w.scalar("", "committee", o.Committee)
	w.scalar("", "submitter", o.Submitter)
	w.scalar("", "short", o.Short)
	w.scalar("", "date", o.Date)
	if o.Words > 0 {
		fmt.Fprintf(w, "words: %d\n", o.Words)
	}
	w.scalar("", "introduction", o.Introduction)
	w.WriteString("terms:\n")
	for i := range o.Terms {
		w.term(p, &o.Terms[i])
	}
	return []byte(w.String())
}

type outlineWriter struct{ strings.Builder }

func (w *outlineWriter) note(in, text string) {
	if text != "" {
		fmt.Fprintf(w, "%s# %s\n", in, oneLine(text))
	}
}

func (w *outlineWriter) scalar(in, key, value string) {
	if value != "" {
		fmt.Fprintf(w, "%s%s: %s\n", in, key, themes.Quoted(value))
	}
}

func (w *outlineWriter) term(p *Proposal, t *Term) {
	const in = "    "
	w.WriteString("\n")
	w.note("  ", p.Because[t.ID])
	fmt.Fprintf(w, "  - id: %s\n", themes.Quoted(t.ID))
	w.scalar(in, "text", t.Text)
	w.scalar(in, "heading", t.Heading)
	if len(t.Themes) > 0 {
		fmt.Fprintf(w, "%sthemes: [%s]\n", in, strings.Join(t.Themes, ", "))
	}
	if t.Words > 0 {
		fmt.Fprintf(w, "%swords: %d\n", in, t.Words)
	}
	w.scalar(in, "summary", t.Summary)
	if len(t.Paragraphs) > 0 {
		fmt.Fprintf(w, "%sparagraphs:\n", in)
	}
	for i := range t.Paragraphs {
		w.paragraph(p, &t.Paragraphs[i])
	}
}

func (w *outlineWriter) paragraph(p *Proposal, x *Paragraph) {
	const in = "        "
	w.note("      ", p.Because[x.ID])
	fmt.Fprintf(w, "      - id: %s\n", themes.Quoted(x.ID))
	w.scalar(in, "line", x.Line)
	w.scalar(in, "quote", x.Quote)
	w.scalar(in, "figure", x.Figure)
	if len(x.Ask) > 0 {
		fmt.Fprintf(w, "%sask: [%s]\n", in, strings.Join(x.Ask, ", "))
	}
	w.scalar(in, "text", x.Text)
	w.scalar(in, "words", x.Words)
	w.scalar(in, "actor", x.Actor)
	w.scalar(in, "action", x.Action)
	w.scalar(in, "by", x.By)
}
