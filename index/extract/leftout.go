package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// marginal counts tracked changes or comments and who made them.
type marginal struct {
	n       int
	authors []string // in order of appearance
}

func (m *marginal) add(author string) {
	m.n++
	if author = oneLine(author, 100); author != "" && len(m.authors) < 20 && !slices.Contains(m.authors, author) {
		m.authors = append(m.authors, author)
	}
}

// by is " by A, B", or nothing when no author is named.
func (m *marginal) by() string {
	switch n := len(m.authors); {
	case n == 0:
		return ""
	case n > 5:
		return fmt.Sprintf(" by %s and others", strings.Join(m.authors[:5], ", "))
	default:
		return " by " + strings.Join(m.authors, ", ")
	}
}

// leftOut is what a word processor's document holds besides its text.
type leftOut struct {
	cut       bool // the text breaks off
	repaired  bool // it holds bytes that are no text
	revisions marginal
	comments  marginal
	pictures  int
	charts    int
	hidden    int      // words
	prompts   int      // fields that nobody filled in
	controls  int      // form controls that could not be read
	embedded  []string // what each file inside the document is
}

// report puts the counts into the facts and says in warnings what was left out.
func (f *flow) report(l leftOut) {
	facts := &f.doc.Facts
	facts.Revisions, facts.Comments, facts.Pictures = l.revisions.n, l.comments.n, l.pictures+l.charts
	if l.cut {
		f.warn("", "The file is damaged: its text breaks off, and only what stands before that was read.")
	}
	if l.repaired {
		f.warn("", "The file holds bytes that are no text; \uFFFD stands in their place.")
	}
	var margin []string
	if n := l.revisions.n; n > 0 {
		margin = append(margin, plural(n, "tracked change", "tracked changes")+l.revisions.by()+wasWere(n)+"read as accepted")
	}
	if n := l.comments.n; n > 0 {
		margin = append(margin, plural(n, "margin comment", "margin comments")+l.comments.by()+wasWere(n)+"left out")
	}
	if len(margin) > 0 {
		f.warn("", strings.Join(margin, "; ")+".")
	}
	if n := l.hidden; n > 0 {
		f.warn("", "Hidden text was left out ("+plural(n, "word", "words")+").")
	}
	if n := l.prompts; n > 0 {
		f.warn("", plural(n, "field was", "fields were")+" not filled in; "+promptsWere(n)+" not read as the member's words.")
	}
	if n := l.pictures; n > 0 {
		f.warn("", plural(n, "picture was", "pictures were")+" not read; words in pictures are not in the text.")
	}
	if n := l.charts; n > 0 {
		f.warn("", plural(n, "chart was", "charts were")+" not read; words and figures in charts are not in the text.")
	}
	if n := l.controls; n > 0 {
		f.warn("", plural(n, "form control", "form controls")+" (ActiveX)"+wasWere(n)+"not read; what is filled in there is not in the text.")
	}
	if n := len(l.embedded); n > 0 {
		f.warn("", plural(n, "file", "files")+" inside the document"+wasWere(n)+"not read: "+listed(l.embedded)+".")
	}
}

// listed joins the first names, each once.
func listed(names []string) string {
	var out []string
	for _, name := range names {
		if slices.Contains(out, name) {
			continue
		}
		if len(out) == 10 {
			return strings.Join(out, ", ") + " and others"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func promptsWere(n int) string {
	if n == 1 {
		return "its prompt was"
	}
	return "their prompts were"
}

func wasWere(n int) string {
	if n == 1 {
		return " was "
	}
	return " were "
}

// factText is a property's text on one line.
func factText(n *node) string { return oneLine(n.allText(), 500) }

// factDate is the first of some properties that holds a date: RFC 3339, or the day when no time zone is given.
func factDate(properties ...*node) string {
	for _, p := range properties {
		s := strings.TrimSpace(p.allText())
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t.Format(time.RFC3339)
		}
		if len(s) >= len(time.DateOnly) {
			if day, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err == nil {
				return day.Format(time.DateOnly)
			}
		}
	}
	return ""
}

func factPages(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
