package themes

import (
	"fmt"
	"regexp"
	"strings"
)

// Text writes a codebook as a themes file, which [ParseCodebook] reads back to the same codebook. Notes, the lines that begin with #,
// are taken over from an earlier text where they stand at its head or above a theme; nil takes none.
func (b *Codebook) Text(earlier []byte) []byte {
	w := &codebookWriter{}
	head, above := notesOf(earlier)
	w.WriteString(head)
	w.scalar("", "consultation", b.Consultation)
	w.list("", "called", b.Called)
	if len(b.Questions) > 0 {
		w.WriteString("questions:\n")
	}
	for _, q := range b.Questions {
		fmt.Fprintf(w, "  - id: %s\n    text: %s\n", quoted(q.ID), quoted(q.Text))
	}
	w.WriteString("themes:\n")
	for i := range b.Themes {
		w.WriteString(above[b.Themes[i].ID])
		w.theme(&b.Themes[i])
	}
	return []byte(w.String())
}

type codebookWriter struct{ strings.Builder }

func (w *codebookWriter) theme(t *Theme) {
	const in = "    "
	fmt.Fprintf(w, "  - id: %s\n", quoted(t.ID))
	w.scalar(in, "name", t.Name)
	w.scalar(in, "parent", t.Parent)
	w.scalar(in, "description", t.Description)
	w.list(in, "any", t.Any)
	w.list(in, "none", t.None)
	w.list(in, "examples", t.Examples)
	w.list(in, "non_examples", t.NonExamples)
	w.scalar(in, "colour", t.Colour)
	if t.State != ThemeActive {
		w.scalar(in, "state", string(t.State))
	}
}

func (w *codebookWriter) scalar(in, key, value string) {
	if value != "" {
		fmt.Fprintf(w, "%s%s: %s\n", in, key, quoted(value))
	}
}

func (w *codebookWriter) list(in, key string, values []string) {
	if len(values) > 0 {
		fmt.Fprintf(w, "%s%s:\n", in, key)
	}
	for _, v := range values {
		fmt.Fprintf(w, "%s  - %s\n", in, quoted(v))
	}
}

var (
	plainYAML    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 ,.;()/'’£*-]*$`) // without any sign that YAML reads as its own at that place
	yamlKeyword  = regexp.MustCompile(`^(?i:true|false|null|yes|no|on|off|y|n|nan|inf)$`)
	noteLine     = regexp.MustCompile(`^\s*#`)
	themeLine    = regexp.MustCompile(`^\s*-\s*\{?\s*id:\s*["']?([a-z0-9][a-z0-9-]*)`)
	anythingElse = regexp.MustCompile(`\S`)
)

// quoted is a text as YAML reads it back: plain where nothing can be mistaken, and otherwise in double quotation marks.
func quoted(s string) string {
	if plainYAML.MatchString(s) && !yamlKeyword.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r >= 0x7f && r <= 0xa0 || r >= 0x2028 && r <= 0x202e || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// notesOf are the notes at the head of a themes file and those above each theme.
func notesOf(text []byte) (head string, above map[string]string) {
	above = map[string]string{}
	var notes strings.Builder
	first := true
	for line := range strings.Lines(string(text)) {
		if !strings.HasSuffix(line, "\n") {
			line += "\n"
		}
		m := themeLine.FindStringSubmatch(line)
		switch {
		case noteLine.MatchString(line):
			notes.WriteString(line)
			continue
		case first && anythingElse.MatchString(line):
			head, first = notes.String(), false
		case m != nil:
			above[m[1]] = notes.String()
		}
		notes.Reset()
	}
	return head, above
}
