package extract

import "strings"

// A docxField is a field whose end has not come yet. Its instruction is not text; its result is.
type docxField struct {
	instruction bool
	shown       bool      // its result has text
	form        bool      // of a form, to be filled in
	state       string    // what a form's box or list shows, when there is no result
	unset       bool      // the state is the form's own: nobody chose
	preset      string    // what a form's text field holds until somebody types over it
	line        *docxLine // where its result begins,
	start       int       // and at which byte
}

// control reads a content control's content, unless it shows only its prompt, "Click or tap here to enter text", which
// nobody wrote: prompts are kept apart from the text.
func (r *docxReader) control(sdt *node, read func(content *node)) {
	properties, content := sdt.kid("sdtPr"), sdt.kid("sdtContent")
	if p := properties.kid("showingPlcHdr"); p != nil && p.isOn() || isPrompt(shortText(content)) {
		r.prompts++
		if text := promptText(content); text != "" && !r.inMargin && len(r.prompted) < MaxEntries {
			r.prompted = append(r.prompted, text)
		}
		return
	}
	if isForForms(properties) {
		r.controls++
		defer func() { r.controls-- }()
	}
	read(content)
}

// promptText is the words of a prompt, a line for each of its paragraphs.
func promptText(n *node) string {
	var s strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		for k := range n.kids() {
			switch k.name {
			case "":
				s.WriteString(k.text)
			case "instrText", "delText", "sdtPr", "pPr", "rPr":
			case "br", "cr", "p":
				walk(k)
				s.WriteByte('\n')
			default:
				walk(k)
			}
			if s.Len() > maxQuestion {
				return
			}
		}
	}
	walk(n)
	return strings.TrimSpace(s.String())
}

// isForForms tells the content controls that somebody fills in from those that Word keeps a table of contents, a cover
// page or references in.
func isForForms(properties *node) bool {
	for k := range properties.kids() {
		switch k.name {
		case "docPartObj", "docPartList", "citation", "bibliography", "picture", "equation", "group", "repeatingSection":
			return false
		case "tag":
			if strings.HasPrefix(k.attr("val"), "goog_rdk") { // Google Docs wraps whatever has a comment or a change
				return false
			}
		}
	}
	return true
}

// shortText is the text of an element as far as it could be a prompt.
func shortText(n *node) string {
	var s strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		for k := range n.kids() {
			switch {
			case s.Len() > maxPrompt:
				return
			case k.name == "":
				s.WriteString(k.text)
			case k.name != "instrText" && k.name != "delText":
				walk(k)
			}
		}
	}
	walk(n)
	return s.String()
}

// inForm reports whether the text now read is what somebody filled in.
func (r *docxReader) inForm() bool {
	if r.controls > 0 {
		return true
	}
	for i := range r.fields {
		if r.fields[i].form {
			return true
		}
	}
	return false
}

func (r *docxReader) inInstruction() bool {
	for i := range r.fields {
		if r.fields[i].instruction {
			return true
		}
	}
	return false
}

func (r *docxReader) readFieldMark(k *node, line *docxLine, bold bool) {
	last := len(r.fields) - 1
	switch k.attr("fldCharType") {
	case "begin":
		if last < MaxDepth { // fields that never end
			r.fields = append(r.fields, formField(k.kid("ffData")))
		}
	case "separate":
		if last >= 0 {
			f := &r.fields[last]
			f.instruction, f.line, f.start = false, line, line.text.Len()
		}
	case "end":
		if last >= 0 {
			r.endField(line, bold)
		}
	}
}

// endField ends the innermost field. A form's box or list has no result in the text but its state.
func (r *docxReader) endField(line *docxLine, bold bool) {
	f := &r.fields[len(r.fields)-1]
	f.instruction = false
	switch {
	case !f.shown && f.state != "" && f.unset && asksForChoice(f.state):
		r.prompts++
	case !f.shown && f.state != "":
		r.write(f.state, line, bold)
	case f.preset != "" && f.line == line && asksForChoice(f.preset) && strings.TrimSpace(line.text.String()[f.start:]) == f.preset:
		r.prompts++
		line.cut(f.start)
	}
	r.fields = r.fields[:len(r.fields)-1]
}

// cut takes the end of the text off again.
func (l *docxLine) cut(start int) {
	text := l.text.String()[:start]
	l.text.Reset()
	l.text.WriteString(text)
}

// formField is a field as it begins, with what an old form's data say of it: a tick box, a list or a text.
func formField(data *node) docxField {
	f := docxField{instruction: true, form: data != nil}
	if box := data.kid("checkBox"); box != nil {
		state := box.kid("checked")
		if state == nil {
			state = box.kid("default")
		}
		f.state = "☐"
		if state.isOn() {
			f.state = "☒"
		}
		return f
	}
	f.preset = strings.TrimSpace(data.kid("textInput").kid("default").attr("val"))
	list := data.kid("ddList")
	f.unset = list.kid("result") == nil
	chosen := list.kid("result").number("val", list.kid("default").number("val", 0))
	for k := range list.kids() {
		if k.name != "listEntry" {
			continue
		}
		if chosen == 0 {
			f.state = k.attr("val")
			break
		}
		chosen--
	}
	return f
}
