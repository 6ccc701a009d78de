package evidence

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// Text writes a proposal as an outline file, which [ParseOutline] reads back to the same outline. Its notes say why each thing was chosen.
func (p *Proposal) Text() []byte {
	w := &outlineWriter{because: p.Because}
	for _, note := range p.Notes {
		w.note("", note)
	}
	w.outline(&p.Outline)
	return []byte(w.String())
}

// Text writes an outline as a file, which [ParseOutline] reads back to the same outline. What [ParseOutline] found is the same outline again; any other
// may have faults that it says then.
func (o *Outline) Text() []byte {
	w := &outlineWriter{}
	w.outline(o)
	return []byte(w.String())
}

type outlineWriter struct {
	strings.Builder
	because map[string]string // by the id of a term or paragraph; "" writes no note
}

func (w *outlineWriter) outline(o *Outline) {
	w.scalar("", "kind", string(o.Kind))
	w.scalar("", "inquiry", o.Inquiry)
	w.scalar("", "committee", o.Committee)
	w.scalar("", "submitter", o.Submitter)
	w.scalar("", "short", o.Short)
	w.scalar("", "date", o.Date)
	w.number("", "words", o.Words)
	w.scalar("", "introduction", o.Introduction)
	w.WriteString("terms:\n")
	for i := range o.Terms {
		w.term(&o.Terms[i])
	}
}

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

func (w *outlineWriter) number(in, key string, value int) {
	if value != 0 {
		fmt.Fprintf(w, "%s%s: %d\n", in, key, value)
	}
}

// list writes values on one line, which is where people look for themes, and below one another where one of them has a sign that would part it.
func (w *outlineWriter) list(in, key string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = themes.Quoted(v)
	}
	if !slices.ContainsFunc(values, func(v string) bool { return strings.ContainsAny(v, ",[]{}") }) {
		fmt.Fprintf(w, "%s%s: [%s]\n", in, key, strings.Join(quoted, ", "))
		return
	}
	fmt.Fprintf(w, "%s%s:\n", in, key)
	for _, v := range quoted {
		fmt.Fprintf(w, "%s  - %s\n", in, v)
	}
}

func (w *outlineWriter) term(t *Term) {
	const in = "    "
	w.WriteString("\n")
	w.note("  ", w.because[t.ID])
	fmt.Fprintf(w, "  - id: %s\n", themes.Quoted(t.ID))
	w.scalar(in, "text", t.Text)
	w.scalar(in, "heading", t.Heading)
	w.list(in, "themes", t.Themes)
	w.number(in, "words", t.Words)
	w.scalar(in, "summary", t.Summary)
	if len(t.Paragraphs) > 0 {
		fmt.Fprintf(w, "%sparagraphs:\n", in)
	}
	for i := range t.Paragraphs {
		w.paragraph(&t.Paragraphs[i])
	}
}

func (w *outlineWriter) paragraph(x *Paragraph) {
	const in = "        "
	w.note("      ", w.because[x.ID])
	fmt.Fprintf(w, "      - id: %s\n", themes.Quoted(x.ID))
	w.scalar(in, "line", x.Line)
	w.scalar(in, "quote", x.Quote)
	w.scalar(in, "figure", x.Figure)
	w.list(in, "ask", x.Ask)
	w.scalar(in, "text", x.Text)
	w.scalar(in, "words", x.Words)
	w.scalar(in, "actor", x.Actor)
	w.scalar(in, "action", x.Action)
	w.scalar(in, "by", x.By)
}
