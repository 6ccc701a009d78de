package extract

import (
	"fmt"
	"sort"

	"golang.org/x/text/encoding/charmap"
)

// maxDoc97Text bounds the characters of a document: pieces of a crooked file may all point at the same bytes.
const maxDoc97Text = 64 << 20

// A doc97Piece is a run of characters that stand together in the file. A document saved fast has many.
type doc97Piece struct {
	from, to int // characters
	at       int // byte in the main stream
	width    int // bytes a character
	changes  []byte
}

// doc97Text is the whole text of a document: body, notes, headers and the rest, one UTF-16 unit a character.
type doc97Text struct {
	units  []uint16
	pieces []doc97Piece
	cut    bool // pieces lie outside the file
}

// readDoc97Text reads the piece table ([MS-DOC] 2.8.35), which tells where each stretch of the text stands.
func readDoc97Text(f *doc97File) (*doc97Text, error) {
	table, changes := f.pieceTable()
	t := &doc97Text{}
	for i := range table.n {
		p := doc97Piece{from: table.position(i), to: table.position(i + 1)}
		if p.from != len(t.units) || p.to <= p.from {
			t.cut = t.cut || p.to != p.from
			continue
		}
		if p.to > maxDoc97Text || p.to > 8*len(f.main) {
			return nil, fmt.Errorf("%w: more than %d characters", ErrLimit, min(maxDoc97Text, 8*len(f.main)))
		}
		item := table.item(i)
		p.locate(item.u32(2), f.old)
		p.changes = doc97PieceChanges(item.u16(6), changes)
		t.pieces = append(t.pieces, p)
		t.read(f, p)
	}
	if len(t.pieces) == 0 {
		return nil, fmt.Errorf("%w: no table of its text", ErrDamaged)
	}
	return t, nil
}

// locate finds a piece by its number in the table: bit 30 says that it is compressed to one byte a character.
func (p *doc97Piece) locate(fc int, old bool) {
	const compressed = 1 << 30
	switch {
	case old:
		p.at, p.width = fc, 1
	case fc&compressed != 0:
		p.at, p.width = fc&(compressed-1)/2, 1
	default:
		p.at, p.width = fc, 2
	}
}

// pieceTable is the table and the property changes that its pieces refer to. A document of Word 6 or 95 that was saved
// whole has none: its text stands in one piece.
func (f *doc97File) pieceTable() (doc97PLC, []doc97Bytes) {
	const complex = 0x0004
	if f.old && f.main.u16(0x0A)&complex == 0 {
		from, to := f.main.u32(0x18), f.main.u32(0x1C)
		n := min(max(to-from, 0), len(f.main))
		one := doc97Bytes{0, 0, 0, 0, byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24), 0, 0, byte(from), byte(from >> 8), byte(from >> 16), byte(from >> 24), 0, 0}
		return newDoc97PLC(one, 8), nil
	}
	clx := f.part(doc97PieceTable)
	var changes []doc97Bytes
	for clx.byteAt(0) == 1 {
		n := clx.u16(1)
		changes = append(changes, clx.cut(3, n))
		clx = clx.cut(3+n, len(clx))
	}
	if clx.byteAt(0) != 2 {
		return doc97PLC{}, nil
	}
	return newDoc97PLC(clx.cut(5, clx.u32(1)), 8), changes
}

// read appends a piece's characters; those outside the file are zero, which is no text.
func (t *doc97Text) read(f *doc97File, p doc97Piece) {
	n := p.to - p.from
	raw := f.main.cut(p.at, n*p.width)
	if len(raw) < n*p.width {
		t.cut = true
	}
	for i := range n {
		switch {
		case p.width == 2:
			t.units = append(t.units, uint16(raw.u16(2*i)))
		case f.old:
			t.units = append(t.units, uint16(raw.byteAt(i))) // its code page is known with its font
		default:
			t.units = append(t.units, doc97Compressed(raw.byteAt(i)))
		}
	}
}

// doc97Compressed is the character of a byte: Unicode's own but for the signs of Windows-1252.
func doc97Compressed(b int) uint16 {
	if b >= 0x80 && b < 0xA0 {
		if c := charmap.Windows1252.DecodeByte(byte(b)); c != 0xFFFD {
			return uint16(c)
		}
	}
	return uint16(b)
}

// piece is the piece that holds a character.
func (t *doc97Text) piece(at int) *doc97Piece {
	i := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].to > at })
	if i == len(t.pieces) || t.pieces[i].from > at {
		return nil
	}
	return &t.pieces[i]
}

// byteOf is where in the main stream a character of the piece stands.
func (p *doc97Piece) byteOf(at int) int { return p.at + (at-p.from)*p.width }

// within keeps a stretch inside the text.
func (t *doc97Text) within(s doc97Range) doc97Range {
	s.from = min(max(s.from, 0), len(t.units))
	s.to = min(max(s.to, s.from), len(t.units))
	return s
}
