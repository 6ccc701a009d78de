package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// A noteRef is a note's mark and the number of the paragraph that refers to it.
type noteRef struct {
	mark      string
	paragraph int
}

var (
	noteText = regexp.MustCompile(`^(?:\[?(?:(?:foot|end)?note )?(?:\d{1,4}|[a-z]|[ivxl]{1,6})\]?|[*†‡§]{1,3})$`)
	backLink = regexp.MustCompile(`(?i)\b(?:footnote-back\w*|reversefootnote|backlink)\b`)
)

// noteReference tells a reference to a note: a raised link into the page, or a link that says so. target is the note's id.
func noteReference(n *html.Node) (target, mark string) {
	if n.Data != "sup" && n.Data != "a" {
		return "", ""
	}
	link, raised, seen := n, false, 0
	for d := range n.Descendants() {
		if seen++; seen > 16 { // more than a mark
			return "", ""
		}
		switch {
		case d.Type == html.ElementNode && d.Data == "a" && n.Data == "sup":
			link, raised = d, true
		case d.Type == html.ElementNode && d.Data == "sup" && n.Data == "a":
			raised = true
		}
	}
	href, isInPage := strings.CutPrefix(rawAttribute(link.Attr, "href"), "#")
	says := attribute(link.Attr, "role") == "doc-noteref" || attribute(link.Attr, "epub:type") == "noteref" || attribute(link.Attr, "rel") == "footnote"
	if !isInPage || href == "" || !raised && !says {
		return "", ""
	}
	text := strings.TrimSpace(nodeText(n))
	if !noteText.MatchString(text) {
		return "", ""
	}
	text = strings.Trim(text, "[]")
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		text = text[i+1:]
	}
	return href, text
}

func nodeText(n *html.Node) string {
	var s strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && s.Len() < 100 {
			s.WriteString(d.Data)
		}
	}
	return s.String()
}

func rawAttribute(attrs []html.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// refer records a reference to a note at the end of the line.
func (f *htmlFlow) refer(target, mark string) {
	if f.top().hidden {
		return
	}
	f.refs = append(f.refs, Ref{At: f.line.Len(), Note: mark})
	if _, again := f.notes[target]; !again && len(f.notes) < MaxEntries {
		f.notes[target] = noteRef{mark: mark}
	}
}

// placeNotes gives the notes that a block refers to the number of its paragraph.
func (f *htmlFlow) placeNotes(b *Block) {
	if len(b.Refs) == 0 {
		return
	}
	for id, n := range f.notes {
		if n.paragraph == 0 {
			n.paragraph = b.Place.Paragraph
			f.notes[id] = n
		}
	}
}

// openNote begins a note that the text refers to, and leaves out the link back from it.
func (f *htmlFlow) openNote(e *htmlElement, attrs []html.Attribute) {
	if e.tag == "a" && e.note.mark != "" && (attribute(attrs, "role") == "doc-backlink" || backLink.MatchString(attribute(attrs, "class"))) {
		e.hidden = true
		return
	}
	if n, ok := f.notes[rawAttribute(attrs, "id")]; ok && htmlBlocks[e.tag] && e.kind != Cell && e.kind != Heading {
		e.note = n
	}
}
