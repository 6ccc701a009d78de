package extract

// docxNotes are the footnotes or the endnotes of a document.
type docxNotes struct {
	bodies map[string]*node
	marks  map[string]string // of those referred to so far
	count  int
	format string
}

func newDocxNotes(root *node, name string, properties *node, format string) *docxNotes {
	n := &docxNotes{bodies: map[string]*node{}, marks: map[string]string{}, format: format}
	for k := range root.kids() {
		// Separators are notes of another type.
		if kind := k.attr("type"); k.name == name && (kind == "" || kind == "normal") {
			n.bodies[k.attr("id")] = k
		}
	}
	if f := properties.kid("numFmt").attr("val"); f != "" {
		n.format = f
	}
	if start := properties.kid("numStart"); start != nil {
		n.count = start.number("val", 1) - 1
	}
	return n
}

// readReference records a reference to a note at the end of the line, with the note's text at its first reference. It
// returns the mark when it is the author's own and stands in the text after the reference.
func (r *docxReader) readReference(k, run *node, line *docxLine) (custom string) {
	notes := r.notes[k.name[:len(k.name)-len("Reference")]]
	id := k.attr("id")
	body := notes.bodies[id]
	if r.inNote || r.inMargin || body == nil {
		return ""
	}
	mark, again := notes.marks[id]
	if !again {
		if _, follows := k.lookup("customMarkFollows"); follows {
			custom = customMark(k)
		}
		mark = custom
		if custom == "" {
			notes.count++
			mark = formatNumber(notes.count, notes.format)
		}
		notes.marks[id] = mark
	}
	line.refs = append(line.refs, Ref{At: line.text.Len(), Note: mark})
	if !again {
		r.inNote = true
		line.notes = append(line.notes, flowNote{mark: mark, text: plainText(r.apart(body))})
		r.inNote = false
	}
	return custom
}

// customMark is the mark that follows a reference in its run.
func customMark(reference *node) string {
	for k := reference.next; k != nil; k = k.next {
		if k.name == "t" || k.name == "sym" {
			return runText(k)
		}
	}
	return ""
}

// apart reads content that stands outside the line of text in which it is anchored: the fields around it do not apply.
func (r *docxReader) apart(n *node) []flowElement {
	fields := r.fields
	r.fields = nil
	defer func() { r.fields = fields }()
	return r.content(n)
}
