package extract

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// A doc97Draft makes the streams of a small document: text in one piece, properties on one page each.
type doc97Draft struct {
	text       []uint16
	characters []doc97Span
	paragraphs []doc97Span
	counts     [doc97Stories]int
	story      int
	parts      map[int][]byte
	changes    [][]byte // that the piece may refer to
	note       int      // how it does
	narrow     bool     // one byte a character
	data       []byte
}

// add writes characters with these property changes.
func (d *doc97Draft) add(text string, changes ...[]byte) *doc97Draft {
	from := len(d.text)
	d.text = append(d.text, utf16.Encode([]rune(text))...)
	d.counts[d.story] += len(d.text) - from
	d.characters = append(d.characters, doc97Span{from: from, to: len(d.text), changes: slices.Concat(changes...)})
	return d
}

// end closes a paragraph with its mark.
func (d *doc97Draft) end(mark string, style int, changes ...[]byte) *doc97Draft {
	from := 0
	if n := len(d.paragraphs); n > 0 {
		from = d.paragraphs[n-1].to
	}
	if !strings.HasSuffix(string(utf16.Decode(d.text[from:])), mark) {
		d.add(mark)
	}
	d.paragraphs = append(d.paragraphs, doc97Span{from: from, to: len(d.text), style: style, changes: slices.Concat(changes...)})
	return d
}

func (d *doc97Draft) part(number int, content ...[]byte) *doc97Draft {
	if d.parts == nil {
		d.parts = map[int][]byte{}
	}
	d.parts[number] = slices.Concat(content...)
	return d
}

// storage lays the draft out as Word does.
func (d *doc97Draft) storage() *storage {
	const textAt = 0x800
	width := 2
	if d.narrow {
		width = 1
	}
	main := make([]byte, textAt, 1<<16)
	le := binary.LittleEndian
	le.PutUint16(main, 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[0x0A:], 0x0200)
	for i, n := range d.counts {
		le.PutUint32(main[0x4C+4*i:], uint32(n))
	}
	for _, u := range d.text {
		main = append(main, byte(u), byte(u>>8))[:len(main)+width]
	}
	table := make([]byte, 16)
	put := func(number int, content []byte) {
		le.PutUint32(main[0x9A+8*number:], uint32(len(table)))
		le.PutUint32(main[0x9A+8*number+4:], uint32(len(content)))
		table = append(table, content...)
	}
	for number, content := range d.parts {
		if number == doc97Lists { // its levels follow it uncounted
			continue
		}
		put(number, content)
	}
	for number, spans := range map[int][]doc97Span{doc97CharacterPages: d.characters, doc97ParagraphPages: d.paragraphs} {
		main = append(main, make([]byte, -len(main)&511)...)
		put(number, u32s(textAt, textAt+width*len(d.text), len(main)/512))
		main = append(main, draftPage(spans, textAt, width, number == doc97ParagraphPages)...)
	}
	var clx []byte
	for _, c := range d.changes {
		clx = append(append(clx, 1, byte(len(c)), byte(len(c)>>8)), c...)
	}
	fc := textAt
	if d.narrow {
		fc = 2*textAt | 1<<30
	}
	pieces := slices.Concat(u32s(0, len(d.text)), []byte{0, 0}, u32s(fc), []byte{byte(d.note), byte(d.note >> 8)})
	put(doc97PieceTable, slices.Concat(clx, []byte{2}, u32s(len(pieces)), pieces))
	if lists := d.parts[doc97Lists]; lists != nil {
		put(doc97Lists, lists)
		le.PutUint32(main[0x9A+8*doc97Lists+4:], uint32(2+28*int(lists[0])))
	}
	return &storage{streams: map[string][]byte{"WordDocument": main, "1Table": table, "Data": d.data}}
}

func draftPage(spans []doc97Span, at, width int, paragraphs bool) []byte {
	page := make([]byte, 512)
	page[511] = byte(len(spans))
	entry := 1
	if paragraphs {
		entry = 13
	}
	end := 510
	for i, s := range spans {
		binary.LittleEndian.PutUint32(page[4*i:], uint32(at+width*s.from))
		binary.LittleEndian.PutUint32(page[4*i+4:], uint32(at+width*s.to))
		content := append([]byte{byte(len(s.changes))}, s.changes...)
		if paragraphs {
			content = append([]byte{0, byte((len(s.changes) + 3) / 2), byte(s.style), byte(s.style >> 8)}, s.changes...)
		}
		end = (end - len(content)) &^ 1
		copy(page[end:], content)
		page[4*(len(spans)+1)+entry*i] = byte(end / 2)
	}
	return page
}

func u32s(numbers ...int) []byte {
	var b []byte
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func u16s(numbers ...int) []byte {
	var b []byte
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint16(b, uint16(n))
	}
	return b
}

// change is a property change with its value.
func change(code int, value ...byte) []byte { return append(u16s(code), value...) }

// xst is a string with its length before it.
func xst(s string) []byte { return append(u16s(len(s)), utf16le(s)...) }

// draftStyles is a style sheet of built-in styles; each has changes to paragraphs.
func draftStyles(styles ...draftStyle) []byte {
	sheet := slices.Concat(u16s(18, len(styles), 10), make([]byte, 14))
	for _, s := range styles {
		upx := append(u16s(0), s.paragraph...)
		entry := slices.Concat(u16s(s.builtIn, 1|s.base<<4, 2, 0, 0), xst("x"), u16s(0), u16s(len(upx)), upx)
		entry = append(entry, make([]byte, len(entry)%2)...)
		entry = slices.Concat(entry, u16s(len(s.characters)), s.characters)
		sheet = slices.Concat(sheet, u16s(len(entry)), entry, make([]byte, len(entry)%2))
	}
	return sheet
}

type draftStyle struct {
	builtIn, base         int
	paragraph, characters []byte
}

// draftLevel is a level of a list; digits in text stand for the numbers of levels, from 0.
func draftLevel(start, format int, flags byte, text string) []byte {
	var places [listLevels]byte
	n := 0
	for i, c := range text {
		if c >= '0' && c <= '9' {
			places[n] = byte(i + 1)
			n++
		}
	}
	text = strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c - '0'
		}
		return c
	}, text)
	return slices.Concat(u32s(start), []byte{byte(format), flags}, places[:], make([]byte, 13), xst(text))
}
