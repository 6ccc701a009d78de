package extract

import (
	"cmp"
	"slices"
	"unicode/utf16"
)

// A doc97Run is what the properties of a character say; it holds up to the character at end.
type doc97Run struct {
	end     int
	deleted bool
	hidden  bool
	bold    bool
	script  script
	special bool // a character of control has its meaning
	data    bool // a picture's place stands for a form field's data
	at      int  // of the picture or the data, in the data stream; -1 for none
	font    doc97FontName
	symbol  int
	changes doc97Change
}

// A doc97Change is a tracked change: adjacent runs of one change are counted once.
type doc97Change struct {
	kind, author, date int
}

// runAt reads the properties of the character.
func (r *doc97Reader) runAt(at int, line *doc97Line) doc97Run {
	run := doc97Run{end: at + 1, at: -1, bold: line.style.bold, hidden: line.style.hidden, script: line.style.script}
	piece := r.text.piece(at)
	if piece == nil {
		return run
	}
	place := piece.byteOf(at)
	s := doc97SpanAt(r.characters, place)
	run.end = min(piece.to, at+(s.to-place+piece.width-1)/piece.width)
	r.applyRun(&run, s.changes, line.style)
	r.applyRun(&run, piece.changes, line.style)
	return run
}

func (r *doc97Reader) applyRun(run *doc97Run, list doc97Bytes, style *docxStyle) {
	inserted, by, deletedBy, date := false, 0, 0, 0
	doc97Changes(list, r.file.old, func(change int, value doc97Bytes) {
		on := value.byteAt(0) != 0
		switch change {
		case doc97Deleted:
			run.deleted = on
		case doc97Inserted:
			inserted = on
		case doc97InsertedBy:
			by = value.u16(0)
		case doc97DeletedBy:
			deletedBy = value.u16(0)
		case doc97InsertedOn, doc97DeletedOn:
			date = value.u32(0)
		case doc97Bold:
			run.bold = doc97Toggle(value, style.bold)
		case doc97Hidden:
			run.hidden = doc97Toggle(value, style.hidden)
		case doc97CharStyle:
			named := r.styles.numbered(value.u16(0))
			run.bold, run.hidden = style.bold || named.bold, style.hidden || named.hidden
			run.script = cmp.Or(named.script, style.script)
		case doc97Plain:
			run.bold, run.hidden, run.script = style.bold, style.hidden, style.script
		case doc97Script:
			run.script = doc97ScriptOf(value)
		case doc97IsSpecial:
			run.special = on
		case doc97IsData:
			run.data = on
		case doc97PictureAt:
			run.at, run.special = value.u32(0), true
		case doc97Font:
			run.font = r.font(value.u16(0))
		case doc97Symbol:
			run.font, run.symbol, run.special = r.font(value.u16(0)), value.u16(2), true
		}
	})
	switch {
	case run.deleted:
		run.changes = doc97Change{kind: doc97Deleted, author: max(by, deletedBy), date: date}
	case inserted:
		run.changes = doc97Change{kind: doc97Inserted, author: by, date: date}
	}
}

func (r *doc97Reader) font(i int) doc97FontName {
	if i >= len(r.fonts) {
		return doc97FontName{}
	}
	return r.fonts[i]
}

// readRuns reads the characters of a paragraph in the accepted view of its tracked changes.
func (r *doc97Reader) readRuns(at, end int, line *doc97Line) {
	for at < end {
		run := r.runAt(at, line)
		r.noteChange(run.changes, line)
		stop := max(at+1, min(run.end, end))
		r.keepScript(at, stop, &run)
		for ; at < stop; at++ {
			r.readCharacter(at, &run, line)
		}
	}
}

// keepScript takes a run with letters out of its script: only figures and signs have characters of their own for it.
func (r *doc97Reader) keepScript(at, stop int, run *doc97Run) {
	if run.script == onLine {
		return
	}
	for _, c := range r.text.units[at:stop] {
		if c >= ' ' && isOtherThanScript(rune(c)) {
			run.script = onLine
			return
		}
	}
}

// noteChange counts a tracked change once, however many runs it has.
func (r *doc97Reader) noteChange(c doc97Change, line *doc97Line) {
	if c.kind != 0 && c != line.changes {
		author := ""
		if c.author > 0 && c.author < len(r.authors) { // the first is "Unknown"
			author = r.authors[c.author]
		}
		r.left.revisions.add(author)
	}
	line.changes = c
}

func (r *doc97Reader) readCharacter(at int, run *doc97Run, line *doc97Line) {
	c := r.text.units[at]
	switch {
	case r.fieldMarks[at]:
		r.readFieldMark(c, run, line)
	case run.deleted:
	case run.hidden:
		if !r.inInstruction() && c >= ' ' {
			line.hidden.WriteString(string(utf16.Decode([]uint16{c})))
		} else {
			line.hidden.WriteByte(' ')
		}
	case r.notes[at] != nil:
		r.readReference(at, run, line)
	case c == doc97Drawn:
		r.readAnchor(at, line)
	case c == doc97Picture:
		r.readPicture(run)
	default:
		text := r.character(c, run)
		if run.script != onLine && len(text) == 1 {
			text = utf16.Encode([]rune(run.script.set(string(rune(text[0])))))
		}
		r.write(text, line, run.bold)
	}
}

// readPicture counts a picture in the line, or finds the state of a form's box or list.
func (r *doc97Reader) readPicture(run *doc97Run) {
	last := len(r.fields) - 1
	switch {
	case run.at < 0:
	case run.data:
		if last >= 0 {
			r.fields[last].state = doc97FormState(r.file.data.cut(run.at, len(r.file.data)))
		}
	case !r.inMargin && !r.inInstruction():
		r.left.pictures++
	}
}

// character is what a character prints.
func (r *doc97Reader) character(c uint16, run *doc97Run) []uint16 {
	switch {
	case run.special && run.symbol != 0 && c == '(':
		return utf16.Encode([]rune(doc97SymbolText(run.font.name, rune(run.symbol))))
	case run.special && (c == '<' || c == '>'): // marks of XML
		return nil
	case c == '\n', c == doc97LineEnd, c == doc97PageEnd, c == doc97ColumnEnd:
		return []uint16{'\n'}
	case c == doc97FirmHyphen:
		return []uint16{0x2011}
	case c == doc97SoftHyphen:
		return []uint16{0xAD}
	case c == doc97Tab:
		return []uint16{c}
	case c < ' ', c == 0x7F, c >= 0xFFFE:
		return nil
	case c >= 0xF000 && c < 0xF100 && run.font.isSymbols():
		return utf16.Encode([]rune(doc97SymbolText(run.font.name, rune(c))))
	case r.file.old && c >= 0x80:
		return []uint16{r.file.oldCharacter(byte(c), run.font)}
	}
	return []uint16{c}
}

// write appends characters to the line, unless they are a field's instruction.
func (r *doc97Reader) write(units []uint16, line *doc97Line, bold bool) {
	if len(units) == 0 || r.inInstruction() {
		return
	}
	for i := range r.fields {
		r.fields[i].shown = true
	}
	for _, u := range units {
		if !bold && u > ' ' && u != 0xA0 {
			line.plain = true
		}
		line.writeUnit(u)
	}
}

// writeUnit joins the two halves of a character beyond 16 bits.
func (l *doc97Line) writeUnit(u uint16) {
	c := rune(u)
	if l.high != 0 {
		c = utf16.DecodeRune(rune(l.high), c)
		l.high = 0
	} else if utf16.IsSurrogate(c) && c < 0xDC00 {
		l.high = u
		return
	}
	l.text.WriteRune(c)
}

func (r *doc97Reader) inInstruction() bool {
	return slices.ContainsFunc(r.fields, func(f docxField) bool { return f.instruction })
}

// matchFields finds the marks of fields that have both a start and an end: one without the other would hide the text.
func (r *doc97Reader) matchFields(s doc97Range) map[int]bool {
	type openField struct{ start, result int }
	marks := map[int]bool{}
	var open []openField
	none := doc97Line{style: &docxStyle{}}
	for at := s.from; at < s.to; at++ {
		c := r.text.units[at]
		if c < doc97FieldStart || c > doc97FieldEnd || !r.runAt(at, &none).special {
			continue
		}
		last := len(open) - 1
		switch {
		case c == doc97FieldStart && len(open) < MaxDepth:
			open = append(open, openField{at, -1})
		case last < 0:
		case c == doc97FieldResult && open[last].result < 0:
			open[last].result = at
		case c == doc97FieldEnd:
			marks[open[last].start], marks[at] = true, true
			if open[last].result >= 0 {
				marks[open[last].result] = true
			}
			open = open[:last]
		}
	}
	return marks
}

func (r *doc97Reader) readFieldMark(c uint16, run *doc97Run, line *doc97Line) {
	last := len(r.fields) - 1
	switch {
	case c == doc97FieldStart:
		r.fields = append(r.fields, docxField{instruction: true})
	case last < 0:
	case c == doc97FieldResult:
		r.fields[last].instruction = false
	default:
		f := r.fields[last]
		r.fields = r.fields[:last]
		if !f.shown && f.state != "" && !run.deleted && !run.hidden {
			r.write(utf16.Encode([]rune(f.state)), line, run.bold)
		}
	}
}

// doc97FormState is what a form's tick box or list shows: its data follow a head whose length they tell
// ([MS-DOC] 2.9.157 and 2.9.79).
func doc97FormState(b doc97Bytes) string {
	const tickBox, list, unset = 1, 2, 25
	b = b.cut(b.u16(4), b.u32(0)-b.u16(4))
	if b.u16(0) != 0xFFFF || b.u16(2) != 0xFFFF { // the data of a link
		return ""
	}
	flags := b.u16(4)
	state := flags >> 2 & 0x1F
	at := 10
	skip := func() { at += 2 + 2*b.u16(at) + 2 }
	skip() // its name
	if flags&3 != tickBox && flags&3 != list {
		return ""
	}
	if state == unset {
		state = b.u16(at)
	}
	at += 2
	switch {
	case flags&3 == list:
		for range 5 { // format, help, status and macros
			skip()
		}
		if entries := readDoc97Names(b.cut(at, len(b))); state < len(entries) {
			return entries[state]
		}
		return ""
	case state == 1:
		return "☒"
	}
	return "☐"
}
