package extract

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// doc97Bytes are little-endian numbers in a file that may lie: what lies outside reads as zero or nothing.
type doc97Bytes []byte

func (b doc97Bytes) byteAt(at int) int {
	if at < 0 || at >= len(b) {
		return 0
	}
	return int(b[at])
}

func (b doc97Bytes) u16(at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func (b doc97Bytes) i16(at int) int { return int(int16(b.u16(at))) }

func (b doc97Bytes) u32(at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// cut is n bytes from here, or as many as there are.
func (b doc97Bytes) cut(at, n int) doc97Bytes {
	if at < 0 || n <= 0 || at >= len(b) {
		return nil
	}
	return b[at : at+min(n, len(b)-at)]
}

// utf16 is n characters from here.
func (b doc97Bytes) utf16(at, n int) string {
	raw := b.cut(at, 2*n)
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw.u16(2 * i))
	}
	return string(utf16.Decode(units))
}

// A doc97PLC is an array of n+1 positions followed by n items of one size: the shape of most tables of a .doc.
type doc97PLC struct {
	doc97Bytes
	n, size int
}

func newDoc97PLC(b doc97Bytes, size int) doc97PLC {
	return doc97PLC{b, max(0, (len(b)-4)/(4+size)), size}
}

func (p doc97PLC) position(i int) int { return p.u32(4 * i) }

func (p doc97PLC) item(i int) doc97Bytes { return p.cut(4*(p.n+1)+p.size*i, p.size) }

// ranges are the stretches of a story between positions; one that does not follow those before it, or leaves the story,
// is empty, so that no text is read twice or inside itself.
func (p doc97PLC) ranges(story doc97Range) []doc97Range {
	out := make([]doc97Range, p.n)
	end := 0
	for i := range out {
		if from, to := p.position(i), p.position(i+1); from >= end && to > from && to <= story.to-story.from {
			out[i] = doc97Range{story.from + from, story.from + to}
			end = to
		}
	}
	return out
}

// A doc97Range is a stretch of characters of the whole text.
type doc97Range struct{ from, to int }

// A doc97File is the streams of a Word document and its head, the file information block ([MS-DOC] 2.5).
type doc97File struct {
	main, table, data doc97Bytes
	old               bool             // of Word 6 or 95
	codePage          *charmap.Charmap // of those
}

// The parts of the text in the order in which they follow each other.
const (
	doc97Body = iota
	doc97Footnotes
	doc97Headers
	doc97Macros
	doc97Comments
	doc97Endnotes
	doc97Boxes
	doc97HeaderBoxes
	doc97Stories
)

// Tables that the head points at, by their number in it.
const (
	doc97StyleSheet     = 1
	doc97FootnoteRefs   = 2
	doc97FootnoteTexts  = 3
	doc97CommentRefs    = 4
	doc97Sections       = 6
	doc97HeaderTexts    = 11
	doc97CharacterPages = 12
	doc97ParagraphPages = 13
	doc97Fonts          = 15
	doc97Properties     = 31
	doc97PieceTable     = 33
	doc97CommentAuthors = 36
	doc97Shapes         = 40
	doc97HeaderShapes   = 41
	doc97EndnoteRefs    = 46
	doc97EndnoteTexts   = 47
	doc97Drawings       = 50
	doc97ChangeAuthors  = 51
	doc97BoxTexts       = 56
	doc97HeaderBoxTexts = 58
	doc97Lists          = 73
	doc97ListUses       = 74
)

// openDoc97 finds the streams of a document that can be read.
func openDoc97(root *storage) (*doc97File, error) {
	f := &doc97File{main: root.streams["WordDocument"], data: root.streams["Data"]}
	if root.streams["EncryptedPackage"] != nil {
		return nil, ErrEncrypted
	}
	if len(f.main) < 0x60 {
		return nil, fmt.Errorf("%w: the document's head is missing", ErrDamaged)
	}
	const encrypted, secondTable, firstOf97 = 0x0100, 0x0200, 0x6A
	flags := f.main.u16(0x0A)
	if flags&encrypted != 0 { // XOR obfuscation sets it too
		return nil, ErrEncrypted
	}
	switch magic, version := f.main.u16(0), f.main.u16(2); {
	case magic == 0xA5DC || magic == 0xA5EC && version < firstOf97:
		f.old = true
		f.table = f.main
	case magic != 0xA5EC:
		return nil, fmt.Errorf("%w: not the head of a Word document", ErrDamaged)
	case flags&secondTable != 0:
		f.table = root.streams["1Table"]
	default:
		f.table = root.streams["0Table"]
	}
	if f.table == nil {
		return nil, fmt.Errorf("%w: the document's tables are missing", ErrDamaged)
	}
	if f.old {
		var err error
		f.codePage, err = f.oldCodePage()
		return f, err
	}
	return f, nil
}

// part is a table that the head points at.
func (f *doc97File) part(number int) doc97Bytes {
	at := f.pointer(number)
	return f.table.cut(f.main.u32(at), f.main.u32(at+4))
}

// after is the table stream from the end of a table on: the levels of lists follow the table of lists uncounted.
func (f *doc97File) after(number int) doc97Bytes {
	at := f.pointer(number)
	return f.table.cut(f.main.u32(at)+f.main.u32(at+4), len(f.table))
}

// pointer is where in the head a table's place and length stand; -1 when the head has no such pointer.
func (f *doc97File) pointer(number int) int {
	switch {
	case !f.old:
		return 0x9A + 8*number
	case number <= doc97PieceTable:
		return 0x58 + 8*number
	case number == doc97EndnoteRefs:
		return 0x1D2
	case number == doc97EndnoteTexts:
		return 0x1DA
	}
	return -1
}

// story is the stretch of the text that holds one part of the document.
func (f *doc97File) story(which int) doc97Range {
	at := 0x4C
	if f.old {
		at = 0x34
	}
	var s doc97Range
	for i := 0; i <= which; i++ {
		s.from = s.to
		s.to += f.main.u32(at + 4*i)
	}
	return s
}
