package extract

import "strings"

// destination takes the words that begin a group of another kind of content, and reports whether t is one.
func (r *rtfReader) destination(t *rtfToken) bool {
	switch t.word {
	case "footnote":
		r.openNote()
	case "ftnalt":
		if r.now.endnote != nil {
			r.now.endnote()
		}
	case "chftn":
		if r.now.writes() && !r.now.note {
			r.now.story.line.marked = true
		}
	case "annotation":
		r.comments.add(r.commentator)
		r.commentator = ""
		r.now.dead = true
	case "atnauthor":
		r.capture(func(name string) { r.commentator = name })
	case "header", "headerl", "headerr", "headerf":
		r.openMargin("page header")
	case "footer", "footerl", "footerr", "footerf":
		r.openMargin("page footer")
	case "listtext", "pntext":
		r.openLabel()
	case "pn":
		r.now.mute = true
	case "pnlvl", "pnlvlblt", "pnlvlbody", "pnlvlcont":
		r.listFormatWord(t)
	case "field":
		r.openField()
	case "fldinst", "fldrslt", "formfield", "fftype", "ffres", "ffdefres", "ffl":
		return r.fieldWord(t)
	case "upr":
		r.now.twins = true
	case "ud", "result":
	case "nesttableprops":
		r.now.nested = true
	default:
		return r.shapeWord(t) || r.tableOfHead(t) || r.passedOver(t) || r.notes.word(t)
	}
	return true
}

// openMargin reads a header or footer.
func (r *rtfReader) openMargin(why string) {
	if r.now.margin || r.now.note || r.now.in != inText {
		r.now.dead = true
		return
	}
	r.now.margin = true
	r.openStory(func(elements []flowElement) { r.addMargin(why, elements) })
}

// shapeWord takes drawings, their text, pictures and formulas. A shape is followed by what older programs show in its
// place, which repeats its text.
func (r *rtfReader) shapeWord(t *rtfToken) bool {
	switch t.word {
	case "shp", "shpgrp", "shpinst", "sp", "do":
		r.now.mute = true
	case "shptxt", "dptxbxtext":
		r.openBox()
	case "sn":
		r.capture(func(name string) { r.shape = name })
	case "sv":
		r.openShapeValue()
	case "shppict", "shpgrpinst":
	case "pict":
		if !r.now.margin {
			r.pictures++
		}
		r.now.dead = true
	case "objemb":
		r.embedded = append(r.embedded, "an object of another program")
	case "moMath", "moMathPara", "mmath":
		r.now.math = true
	default:
		if !r.now.math || !strings.HasPrefix(t.word, "m") {
			return false
		}
		// Formulas are groups of many kinds; those that hold no text end alike.
		r.now.dead = strings.HasSuffix(t.word, "Pr") || t.word == "mmathPict"
	}
	return true
}

func (r *rtfReader) openBox() {
	story := r.now.story
	if story == nil || r.now.in != inText || r.now.change.deleted {
		r.now.dead = true
		return
	}
	r.openStory(func(elements []flowElement) {
		if plainText(elements) != "" {
			story.line.boxes = append(story.line.boxes, elements)
		}
	})
}

// openShapeValue reads the value of a shape's property: that of WordArt is its text, and one is its picture. Others may
// hold pictures too, but of its filling.
func (r *rtfReader) openShapeValue() {
	story, name := r.now.story, r.shape
	r.shape = ""
	if name != "gtextUNICODE" || story == nil {
		r.now.dead = name != "pib"
		return
	}
	r.capture(func(text string) {
		if text != "" {
			story.line.boxes = append(story.line.boxes, newBox(text))
		}
	})
}

// tableOfHead takes the tables that stand before the text.
func (r *rtfReader) tableOfHead(t *rtfToken) bool {
	switch t.word {
	case "fonttbl":
		r.now.in = inFonts
	case "stylesheet":
		r.now.in = inStyles
	case "listtable", "listoverridetable":
		r.now.in, r.now.mute = inLists, true
	case "revtbl":
		r.now.in = inAuthors
	case "info":
		r.now.in, r.now.mute = inInfo, true
	default:
		return false
	}
	return true
}

// passedOver takes the destinations that hold no text of the document; others are known by their \*.
func (r *rtfReader) passedOver(t *rtfToken) bool {
	switch t.word {
	case "colortbl", "filetbl", "nonshppict", "shprslt", "objdata", "objclass", "objname", "nonesttables", "background",
		"xe", "tc", "tcn", "rxe", "txe", "datafield", "private", "template",
		"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
		"bkmkstart", "bkmkend", "atnid", "atnref", "atntime", "atndate", "atnicn", "pnseclvl", "pntxta", "pntxtb":
		r.now.dead = true
		return true
	}
	return false
}
