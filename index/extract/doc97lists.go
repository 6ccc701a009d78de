package extract

import (
	"strconv"
	"strings"
)

// readDoc97Numbering reads the tables of lists ([MS-DOC] 2.9.150, 2.9.131) into the numbering that .docx has too.
func readDoc97Numbering(f *doc97File) *numbering {
	n := &numbering{abstracts: map[string]*abstractList{}, lists: map[string]*wordList{}}
	if f.old {
		return n
	}
	readDoc97Lists(f, n)
	readDoc97ListUses(f, n)
	return n
}

// readDoc97Lists reads the definitions. Their levels follow the table of them.
func readDoc97Lists(f *doc97File, n *numbering) {
	const size, simple = 28, 1
	table := f.part(doc97Lists)
	levels := f.after(doc97Lists)
	for i := range min(table.u16(0), len(table)/size) {
		entry := table.cut(2+size*i, size)
		a := &abstractList{}
		count := listLevels
		if entry.byteAt(26)&simple != 0 {
			count = 1
		}
		for l := range count {
			if len(levels) == 0 {
				return
			}
			var read int
			a.levels[l], read = readDoc97Level(levels)
			if style := entry.u16(8 + 2*l); style != doc97NoStyle {
				a.levels[l].style = strconv.Itoa(style)
			}
			levels = levels.cut(read, len(levels))
		}
		n.abstracts[strconv.Itoa(entry.u32(0))] = a
	}
}

// readDoc97Level reads a level and tells how many bytes it takes.
func readDoc97Level(b doc97Bytes) (*wordLevel, int) {
	const head, legal, noRestart = 28, 0x04, 0x08
	l := &wordLevel{start: b.u32(0), format: nfcFormat(b.byteAt(4)), restart: -1}
	l.legal = b.byteAt(5)&legal != 0
	if b.byteAt(5)&noRestart != 0 {
		l.restart = b.byteAt(26)
	}
	at := head + b.byteAt(25) + b.byteAt(24)
	count := b.u16(at)
	l.text = doc97NumberText(b.cut(at+2, 2*count), b.cut(6, listLevels))
	return l, at + 2 + 2*count
}

// doc97NumberText writes a level's template the way .docx does: "%1.%2". The places of the numbers are counted from 1.
func doc97NumberText(template, places doc97Bytes) string {
	var s strings.Builder
	from := 0
	for _, place := range places {
		at := 2 * (int(place) - 1)
		if at < from || at >= len(template) {
			break
		}
		s.WriteString(template.utf16(from, (at-from)/2))
		if level := template.u16(at); level < listLevels {
			s.WriteString("%" + strconv.Itoa(level+1))
		}
		from = at + 2
	}
	s.WriteString(template.utf16(from, len(template)/2))
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' {
			return -1
		}
		return c
	}, s.String())
}

// readDoc97ListUses reads the uses of the definitions, with changes of their own, which follow the table of uses.
func readDoc97ListUses(f *doc97File, n *numbering) {
	const size = 16
	table := f.part(doc97ListUses)
	count := min(table.u32(0), len(table)/size)
	changes := table.cut(4+size*count, len(table))
	for i := range count {
		entry := table.cut(4+size*i, size)
		a := n.abstracts[strconv.Itoa(entry.u32(0))]
		l := &wordList{abstract: a}
		changes = changes.cut(4, len(changes))
		for range entry.byteAt(12) {
			changes = changes.cut(l.readDoc97Change(changes), len(changes))
		}
		if a != nil {
			n.lists[strconv.Itoa(i+1)] = l
		}
	}
}

// readDoc97Change reads what a use changes in one level and tells how many bytes that takes.
func (l *wordList) readDoc97Change(b doc97Bytes) int {
	const head, startsAnew, formats = 8, 0x10, 0x20
	flags, read := b.byteAt(4), head
	level := flags & 0xF
	var changed *wordLevel
	if flags&formats != 0 {
		var n int
		changed, n = readDoc97Level(b.cut(head, len(b)))
		read += n
	}
	if level >= listLevels {
		return read
	}
	start := b.u32(0)
	if changed != nil {
		l.levels[level] = changed
		start = changed.start
	}
	if flags&startsAnew != 0 {
		l.starts[level] = &start
	}
	return read
}

// doc97ListID is the use that a paragraph's number for it names; "" for none. A negative number means the same use with
// the paragraph's own indents; 2047 stands for the numbering of Word 6.
func doc97ListID(use int) string {
	if use < 0 {
		use = -use
	}
	if use == 0 || use >= 2047 {
		return ""
	}
	return strconv.Itoa(use)
}
