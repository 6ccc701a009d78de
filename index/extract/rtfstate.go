package extract

import "strings"

// rtfTable is the table of the document's head, if any, that is being read.
type rtfTable int

const (
	inText rtfTable = iota
	inFonts
	inStyles
	inLists
	inInfo
	inAuthors
)

// An rtfState is what a group inherits and gives up at its end.
type rtfState struct {
	story   *rtfStory        // the text that is written to
	capture *strings.Builder // takes the text instead: a name, a label, a property
	in      rtfTable
	dead    bool // a destination that is passed over
	mute    bool // its words count, its text does not
	margin  bool // a header or footer
	note    bool
	math    bool
	nested  bool // the shape of a nested row
	twins   bool // the next group repeats the one after it for older programs

	font       int
	afont      int  // of text from right to left; -1 when none is named
	rtl        bool // the text runs from right to left
	associated bool // the next \af is for such text
	standIns   int  // after each \u

	bold   bool
	hidden bool
	script script
	change rtfChange
	para   rtfParagraph
	field  *rtfField

	endnote func() // makes the note that is open an endnote
}

// An rtfChange is a tracked change of text; the zero one is none.
type rtfChange struct {
	inserted, deleted, moved  bool
	insertedBy, deletedBy     int // in the table of authors
	insertedWhen, deletedWhen int
}

func (c rtfChange) isNone() bool { return !c.inserted && !c.deleted && !c.moved }

// An rtfParagraph is the format of a paragraph; \pard sets it back.
type rtfParagraph struct {
	style   int
	outline int // from 0; -1 when the style decides
	list    int // \ls; 0 for none
	level   int // of the list, from 0
	inTable bool
	nesting int // \itap
	pnLevel int // of Word 6's lists, from 1
	bullet  bool
}

func plainRTFParagraph() rtfParagraph { return rtfParagraph{outline: -1} }

// writes reports whether text goes into the document.
func (s *rtfState) writes() bool {
	return !s.dead && !s.mute && s.capture == nil && s.in == inText && s.story != nil
}

// page is the code page of the text that comes now.
func (r *rtfReader) page() int {
	switch {
	case r.now.in == inFonts:
		return r.fonts.ansi
	case r.now.rtl && r.now.afont >= 0:
		return r.fonts.page(r.now.afont)
	}
	return r.fonts.page(r.now.font)
}

// write puts text where the state says.
func (r *rtfReader) write(text string) {
	switch {
	case text == "", r.now.dead:
	case r.now.in == inFonts:
		r.fonts.name(text)
	case r.now.capture != nil:
		if r.now.capture.Len()+len(text) <= maxRTFCapture {
			r.now.capture.WriteString(text)
		}
	case r.now.writes():
		r.writeStory(text)
	}
}

// writeStory writes text of the document in the accepted view of its tracked changes.
func (r *rtfReader) writeStory(text string) {
	r.track()
	switch {
	case r.now.change.deleted:
		return
	case r.now.hidden:
		r.hidden.WriteString(text)
		return
	}
	line := &r.now.story.line
	if !r.now.bold && !line.plain && strings.TrimSpace(text) != "" {
		line.plain = true
	}
	line.text.WriteString(r.now.script.set(text))
	r.now.field.show()
}

// track counts a tracked change at its first piece of text: a change of format cuts one into several.
func (r *rtfReader) track() {
	story := r.now.story
	if r.now.change == story.change {
		return
	}
	story.change = r.now.change
	switch c := story.change; {
	case c.isNone(), c.moved && c.deleted: // a move is counted where it went
	case c.deleted:
		r.revisions.add(r.author(c.deletedBy))
	default:
		r.revisions.add(r.author(c.insertedBy))
	}
}

// author is a name of the table of authors. Word's first entry stands for nobody.
func (r *rtfReader) author(n int) string {
	if n < 0 || n >= len(r.authors) || n == 0 && r.authors[0] == "Unknown" {
		return ""
	}
	return r.authors[n]
}

// symbol takes a backslash with a character that is no letter.
func (r *rtfReader) symbol(t *rtfToken) {
	switch t.word {
	case "*":
		return
	case `\`, "{", "}":
		r.add([]byte(t.word))
		return
	}
	if r.stoodIn() {
		return
	}
	switch t.word {
	case "~":
		r.write("\u00A0")
	case "_":
		r.write("\u2011")
	case "-":
		r.write("\u00AD")
	case "\t":
		r.write("\t")
	case "\r", "\n":
		r.endParagraph()
	}
}

// stoodIn writes the characters held back, and reports whether the word or symbol stands in for the last \u.
func (r *rtfReader) stoodIn() bool {
	r.write(r.decoder.flush())
	if r.decoder.skip > 0 {
		r.decoder.skip--
		return true
	}
	return false
}

// word takes a control word. Its families are asked in turn; what none of them knows is format.
func (r *rtfReader) word(t *rtfToken, starred bool) {
	if t.word == "u" {
		r.write(r.decoder.unicode(r.page(), t.number, r.now.standIns))
		return
	}
	if r.stoodIn() {
		return
	}
	switch {
	case r.now.dead:
		r.revive(t)
	case r.now.in == inFonts:
		if starred {
			r.now.dead = true
			return
		}
		r.fonts.entry(t)
	case r.now.in == inStyles && r.styles.word(t, &r.now),
		r.now.in == inLists && r.listWord(t),
		r.now.in == inInfo && r.infoWord(t),
		r.characterWord(t),
		r.textWord(t),
		r.paragraphWord(t),
		r.tableWord(t),
		r.destination(t),
		r.fonts.header(t):
	case starred:
		r.now.dead = true
	}
}

// revive lets the Unicode twin of a text be read in place of the one for older programs.
func (r *rtfReader) revive(t *rtfToken) {
	if t.word != "ud" || len(r.groups) == 0 {
		return
	}
	if outer := r.groups[len(r.groups)-1].outer; outer.twins {
		r.now = outer
		r.now.twins = false
	}
}

// characterWord takes the formats of characters that matter.
func (r *rtfReader) characterWord(t *rtfToken) bool {
	s := &r.now
	switch t.word {
	case "deff":
		r.fonts.standard, s.font = t.number, t.number
	case "plain":
		s.font, s.afont, s.rtl = r.fonts.standard, -1, false
		s.bold, s.hidden, s.script, s.change = false, false, onLine, rtfChange{}
	case "f":
		s.font, s.afont = t.number, -1 // after the direction, it is the text's own
	case "af":
		if s.associated {
			s.afont = t.number
		}
	case "rtlch":
		s.rtl, s.associated, s.afont = true, true, -1
	case "ltrch":
		s.rtl, s.associated = false, false
	case "loch", "hich", "dbch":
		s.associated = false
	case "uc":
		s.standIns = min(max(t.number, 0), maxStandIns)
	case "b":
		s.bold = t.isOn()
	case "v":
		s.hidden = t.isOn()
	case "super":
		s.script = onLine
		if t.isOn() {
			s.script = superscript
		}
	case "sub":
		s.script = onLine
		if t.isOn() {
			s.script = subscript
		}
	case "nosupersub":
		s.script = onLine
	default:
		return r.changeWord(t)
	}
	return true
}

func (r *rtfReader) changeWord(t *rtfToken) bool {
	c := &r.now.change
	switch t.word {
	case "revised":
		c.inserted = t.isOn()
	case "deleted":
		c.deleted = t.isOn()
	case "mvf":
		c.deleted, c.moved = t.isOn(), t.isOn()
	case "mvt":
		c.inserted, c.moved = t.isOn(), t.isOn()
	case "revauth", "mvauth":
		c.insertedBy = t.number
	case "revauthdel":
		c.deletedBy = t.number
	case "revdttm", "mvdate":
		c.insertedWhen = t.number
	case "revdttmdel":
		c.deletedWhen = t.number
	default:
		return false
	}
	return true
}

// textWord takes the words that stand for characters.
func (r *rtfReader) textWord(t *rtfToken) bool {
	text, ok := "", true
	switch t.word {
	case "tab":
		text = "\t"
	case "line", "lbr", "page", "column":
		text = "\n"
	case "emdash":
		text = "—"
	case "endash":
		text = "–"
	case "lquote":
		text = "‘"
	case "rquote":
		text = "’"
	case "ldblquote":
		text = "“"
	case "rdblquote":
		text = "”"
	case "bullet":
		text = "•"
	case "emspace":
		text = "\u2003"
	case "enspace":
		text = "\u2002"
	case "qmspace":
		text = "\u2005"
	case "zwj":
		text = "\u200D"
	case "zwnj":
		text = "\u200C"
	case "ltrmark":
		text = "\u200E"
	case "rtlmark":
		text = "\u200F"
	default:
		ok = false
	}
	r.write(text)
	return ok
}
