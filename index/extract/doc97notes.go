package extract

import "unicode/utf16"

// A doc97Note is a footnote or endnote.
type doc97Note struct {
	text doc97Range
	auto bool // it has a number, not a mark of the author's own
	kind *doc97NoteKind
}

// A doc97NoteKind counts the footnotes or the endnotes.
type doc97NoteKind struct {
	count  int
	format string
}

// readNotes finds the notes by the characters that refer to them.
func (r *doc97Reader) readNotes(sections doc97PLC) {
	r.notes = map[int]*doc97Note{}
	foot, end := r.noteKinds(sections)
	body := r.file.story(doc97Body)
	for _, k := range []struct {
		refs, texts, story int
		kind               *doc97NoteKind
	}{
		{doc97FootnoteRefs, doc97FootnoteTexts, doc97Footnotes, foot},
		{doc97EndnoteRefs, doc97EndnoteTexts, doc97Endnotes, end},
	} {
		refs := newDoc97PLC(r.file.part(k.refs), 2)
		texts := newDoc97PLC(r.file.part(k.texts), 0).ranges(r.file.story(k.story))
		for i := range min(refs.n, len(texts)) {
			if refs.position(i) >= body.to {
				continue
			}
			r.notes[refs.position(i)] = &doc97Note{text: texts[i], auto: refs.item(i).u16(0) != 0, kind: k.kind}
		}
	}
}

// noteKinds reads the formats of the marks from the document's properties ([MS-DOC] 2.7.2) and its first section's, which
// later versions use.
func (r *doc97Reader) noteKinds(sections doc97PLC) (foot, end *doc97NoteKind) {
	properties := r.file.part(doc97Properties)
	formats := properties.u16(54)
	foot = &doc97NoteKind{count: properties.u16(2)>>2 - 1, format: nfcFormat(formats >> 2 & 0xF)}
	end = &doc97NoteKind{count: properties.u16(52)>>2 - 1, format: nfcFormat(formats >> 6 & 0xF)}
	if len(properties) < 56 {
		foot.format, end.format = "decimal", "lowerRoman"
	}
	if sections.n > 0 && !r.file.old {
		at := sections.item(0).u32(2)
		doc97Changes(r.file.main.cut(at+2, r.file.main.u16(at)), false, func(change int, value doc97Bytes) {
			switch v := value.u16(0); change {
			case doc97NoteFormat:
				foot.format = nfcFormat(v)
			case doc97NoteStart:
				foot.count = v - 1
			case doc97EndnoteFormat:
				end.format = nfcFormat(v)
			case doc97EndnoteStart:
				end.count = v - 1
			}
		})
	}
	foot.count, end.count = max(foot.count, 0), max(end.count, 0)
	return foot, end
}

// readReference records a reference to a note at the end of the line, with the note's text.
func (r *doc97Reader) readReference(at int, run *doc97Run, line *doc97Line) {
	note := r.notes[at]
	if r.inNote || r.inMargin || r.inInstruction() {
		return
	}
	delete(r.notes, at)
	mark := string(utf16.Decode(r.character(r.text.units[at], run)))
	if note.auto || mark == "" {
		note.kind.count++
		mark = formatNumber(note.kind.count, note.kind.format)
	}
	r.inNote = true
	text := r.plainStory(note.text)
	r.inNote = false
	line.refs = append(line.refs, Ref{At: line.text.Len(), Note: mark})
	line.notes = append(line.notes, flowNote{mark: mark, text: text})
}
