package extract

import (
	"strconv"
	"strings"
)

// doc97Styles are the styles of a document, worked out when asked for.
type doc97Styles struct {
	entries   []doc97Style
	done      map[int]*docxStyle
	numbering *numbering
	old       bool
}

// A doc97Style is one entry of the style sheet ([MS-DOC] 2.9.271).
type doc97Style struct {
	builtIn    int // the number of a built-in style, whatever the language calls it
	name       string
	base       int
	paragraph  doc97Bytes // changes to paragraphs
	characters doc97Bytes
}

const doc97NoStyle = 0xFFF

func readDoc97Styles(f *doc97File, n *numbering) *doc97Styles {
	s := &doc97Styles{done: map[int]*docxStyle{}, numbering: n, old: f.old}
	sheet := f.part(doc97StyleSheet)
	head := sheet.u16(0)
	count, size := sheet.u16(2), sheet.u16(4)
	sheet = sheet.cut(2+head, len(sheet))
	for range count {
		n := sheet.u16(0)
		s.entries = append(s.entries, readDoc97Style(sheet.cut(2, n), size, f.old))
		sheet = sheet.cut(2+n+n%2, len(sheet))
	}
	return s
}

func readDoc97Style(b doc97Bytes, size int, old bool) doc97Style {
	s := doc97Style{builtIn: doc97NoStyle, base: doc97NoStyle}
	if len(b) < size || size < 8 {
		return s
	}
	s.builtIn, s.base = b.u16(0)&0xFFF, b.u16(2)>>4
	kind, parts := b.u16(2)&0xF, b.u16(4)&0xF
	at := size
	if old {
		s.name = decodeWindows1252(b.cut(at+1, b.byteAt(at)))
		at += 1 + b.byteAt(at) + 1
	} else {
		s.name = b.utf16(at+2, b.u16(at))
		at += 2 + 2*b.u16(at) + 2
	}
	var lists []doc97Bytes
	for range parts {
		at += at % 2
		n := b.u16(at)
		lists = append(lists, b.cut(at+2, n))
		at += 2 + n
	}
	switch {
	case kind == 1 && len(lists) > 1:
		s.paragraph, s.characters = lists[0].cut(2, len(lists[0])), lists[1]
	case kind == 2 && len(lists) > 0 && !old:
		s.characters = lists[0]
	}
	return s
}

// numbered is a style by its number in the sheet; an unknown one has no properties.
func (s *doc97Styles) numbered(i int) *docxStyle { return s.resolve(i, 0) }

func (s *doc97Styles) resolve(i, depth int) *docxStyle {
	if done := s.done[i]; done != nil {
		return done
	}
	if i < 0 || i >= len(s.entries) || depth > 50 { // styles based on each other in a circle
		return &docxStyle{}
	}
	style := *s.resolve(s.entries[i].base, depth+1)
	s.overlay(&style, i)
	s.done[i] = &style
	return &style
}

// Numbers of built-in styles: headings 1 to 9 have those numbers.
const (
	doc97FirstContents = 19 // "toc 1" to "toc 9"
	doc97LastContents  = 27
	doc97Figures       = 35
	doc97Title         = 62
)

// overlay applies what a style says itself.
func (s *doc97Styles) overlay(style *docxStyle, i int) {
	e := &s.entries[i]
	name := strings.ToLower(e.name)
	switch b := e.builtIn; {
	case b >= 1 && b <= 9:
		style.level = b
	case b == doc97Title, name == "title":
		style.level = 1
	case b >= doc97FirstContents && b <= doc97LastContents:
		style.listed = b - doc97FirstContents + 1
	case b == doc97Figures:
		style.listed = 1
	}
	doc97Changes(e.paragraph, s.old, func(change int, value doc97Bytes) {
		switch change {
		case doc97Outline:
			style.level = doc97OutlineLevel(value.byteAt(0))
		case doc97ListUse:
			style.numID = doc97ListID(value.i16(0))
			if level, ok := s.numbering.boundLevel(style.numID, strconv.Itoa(i)); ok {
				style.ilvl = level
			}
		case doc97ListLevel:
			style.ilvl = value.byteAt(0)
		}
	})
	doc97Changes(e.characters, s.old, func(change int, value doc97Bytes) {
		switch change {
		case doc97Bold:
			style.bold = doc97Toggle(value, style.bold)
		case doc97Hidden:
			style.hidden = doc97Toggle(value, style.hidden)
		case doc97Script:
			style.script = doc97ScriptOf(value)
		}
	})
}

// doc97Toggle is a property that is off, on, as the style has it, or not as the style has it.
func doc97Toggle(value doc97Bytes, style bool) bool {
	switch value.byteAt(0) {
	case 0:
		return false
	case 0x80:
		return style
	case 0x81:
		return !style
	}
	return true
}

// doc97ScriptOf is how characters stand to the line.
func doc97ScriptOf(value doc97Bytes) script {
	switch value.byteAt(0) {
	case 1:
		return superscript
	case 2:
		return subscript
	}
	return onLine
}

// doc97OutlineLevel is a heading level from 1, or 0 for body text.
func doc97OutlineLevel(v int) int {
	if v < 9 {
		return v + 1
	}
	return 0
}

// A doc97FontName is a font. Symbol fonts give characters another meaning; in Word 6 and 95 every font has a code page.
type doc97FontName struct {
	name    string
	charset int // of Windows
}

func readDoc97Fonts(f *doc97File) []doc97FontName {
	table := f.part(doc97Fonts)
	at := 4
	if f.old {
		at = 2
	}
	var fonts []doc97FontName
	for at < len(table) && table.byteAt(at) > 0 {
		n := table.byteAt(at)
		entry := table.cut(at+1, n)
		font := doc97FontName{charset: entry.byteAt(3)}
		if f.old {
			font.name = untilNUL(decodeWindows1252(entry.cut(5, n)))
		} else {
			font.name = untilNUL(entry.utf16(39, n/2))
		}
		fonts = append(fonts, font)
		at += 1 + n
	}
	return fonts
}

func untilNUL(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return s
}

// readDoc97Names reads a table of strings ([MS-DOC] 2.2.4) in UTF-16.
func readDoc97Names(table doc97Bytes) []string {
	if table.u16(0) != 0xFFFF {
		return nil
	}
	at, extra := 6, table.u16(4)
	var names []string
	for range table.u16(2) {
		if at >= len(table) {
			break
		}
		n := table.u16(at)
		names = append(names, table.utf16(at+2, n))
		at += 2 + 2*n + extra
	}
	return names
}
