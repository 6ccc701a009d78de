package evidence

import "strings"

// Plain is a section as text to copy into a form: its paragraphs with a blank line between them, without footnotes.
func (s *Section) Plain() string {
	var out []string
	for i := range s.Paragraphs {
		out = append(out, s.Paragraphs[i].Text())
	}
	return strings.Join(out, "\n\n") + "\n"
}
