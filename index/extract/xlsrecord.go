package extract

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// The records of a workbook stream ([MS-XLS] 2.3 and OpenOffice.org's description of the older versions) that are read.
// Where versions differ in the number only, the later ones are formed from the BIFF5 number: 0x0209 is BOF of BIFF3.
const (
	biffFormula    = 0x0006
	biffEOF        = 0x000A
	biffNote       = 0x001C
	biffDateMode   = 0x0022
	biffFilePass   = 0x002F
	biffContinue   = 0x003C
	biffCodePage   = 0x0042
	biffObject     = 0x005D
	biffSheet      = 0x0085
	biffMulRK      = 0x00BD
	biffRString    = 0x00D6
	biffXF         = 0x00E0
	biffSST        = 0x00FC
	biffLabelSST   = 0x00FD
	biffTextObject = 0x01B6
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffBoolErr    = 0x0205
	biffString     = 0x0207
	biffRow        = 0x0208
	biffFormula3   = 0x0206
	biffXF3        = 0x0243
	biffFormat3    = 0x001E
	biffRK         = 0x027E
	biffBOF3       = 0x0209
	biffFormula4   = 0x0406
	biffBOF4       = 0x0409
	biffFormat     = 0x041E
	biffXF4        = 0x0443
	biffBOF        = 0x0809
)

// maxBiffPieces is far more CONTINUE records of 8,224 bytes than fit into a file; one-byte records would cost memory.
const maxBiffPieces = 1 << 16

// A biffRecord is one record with the CONTINUE records that follow it, since a record holds 8,224 bytes at most.
type biffRecord struct {
	id     uint16
	at     int // where it begins
	pieces [][]byte
}

// data is the record without what continues it.
func (r biffRecord) data() []byte { return r.pieces[0] }

// u16 is the number at a byte of the record, 0 when the record is too short.
func (r biffRecord) u16(at int) int {
	if at+2 > len(r.data()) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.data()[at:]))
}

func (r biffRecord) u32(at int) uint32 { return uint32(r.u16(at)) | uint32(r.u16(at+2))<<16 }

func (r biffRecord) u64(at int) uint64 { return uint64(r.u32(at)) | uint64(r.u32(at+4))<<32 }

func (r biffRecord) u8(at int) byte {
	if at >= len(r.data()) {
		return 0
	}
	return r.data()[at]
}

// reader reads on from a byte of the record.
func (r biffRecord) reader(at int) *biffReader {
	b := &biffReader{pieces: slices.Clone(r.pieces)} // which reading shortens
	b.skip(at)
	return b
}

// isBOF tells the record that begins the workbook or a sheet.
func (r biffRecord) isBOF() bool { return r.id == biffBOF || r.id == biffBOF4 || r.id == biffBOF3 }

// A biffStream gives the records of a workbook stream one after the other.
type biffStream struct {
	data []byte
	at   int
	read int // records so far, CONTINUE among them
}

// next is false at the end of the stream. A record that the stream cuts short is left out.
func (s *biffStream) next() (biffRecord, bool) {
	at := s.at
	id, piece, ok := s.record()
	if !ok {
		return biffRecord{}, false
	}
	r := biffRecord{id: id, at: at, pieces: [][]byte{piece}}
	for {
		at := s.at
		id, piece, ok := s.record()
		if !ok || id != biffContinue {
			s.at = at
			return r, true
		}
		if len(piece) > 0 && len(r.pieces) < maxBiffPieces {
			r.pieces = append(r.pieces, piece)
		}
	}
}

func (s *biffStream) record() (id uint16, data []byte, ok bool) {
	if s.at < 0 || s.at+4 > len(s.data) {
		return 0, nil, false
	}
	id = binary.LittleEndian.Uint16(s.data[s.at:])
	end := s.at + 4 + int(binary.LittleEndian.Uint16(s.data[s.at+2:]))
	if end > len(s.data) {
		return 0, nil, false
	}
	data = s.data[s.at+4 : end]
	s.at = end
	s.read++
	return id, data, true
}

// A biffReader reads over the pieces of a record. Past the end everything is zero, and short is true.
type biffReader struct {
	pieces [][]byte
	short  bool
	units  []uint16
}

// fill drops pieces that are read, and reports whether bytes are left. fresh says that a new piece was begun.
func (r *biffReader) fill() (fresh, ok bool) {
	for len(r.pieces) > 0 && len(r.pieces[0]) == 0 {
		r.pieces, fresh = r.pieces[1:], true
	}
	if len(r.pieces) == 0 {
		r.short = true
		return false, false
	}
	return fresh, true
}

func (r *biffReader) u8() byte {
	if _, ok := r.fill(); !ok {
		return 0
	}
	c := r.pieces[0][0]
	r.pieces[0] = r.pieces[0][1:]
	return c
}

func (r *biffReader) u16() int { return int(r.u8()) | int(r.u8())<<8 }

func (r *biffReader) u32() int { return r.u16() | r.u16()<<16 }

func (r *biffReader) skip(n int) {
	for n > 0 {
		if _, ok := r.fill(); !ok {
			return
		}
		k := min(n, len(r.pieces[0]))
		r.pieces[0] = r.pieces[0][k:]
		n -= k
	}
}

// bytes are the next n, or as many as there are.
func (r *biffReader) bytes(n int) []byte {
	var out []byte
	for n > 0 {
		if _, ok := r.fill(); !ok {
			return out
		}
		k := min(n, len(r.pieces[0]))
		out = append(out, r.pieces[0][:k]...)
		r.pieces[0] = r.pieces[0][k:]
		n -= k
	}
	return out
}

// The flags of a string.
const (
	biffWide     = 1 << 0 // two bytes a character, else the low byte of each
	biffPhonetic = 1 << 2
	biffRich     = 1 << 3
)

// text reads a string of n characters from its flags on ([MS-XLS] 2.5.293 XLUnicodeRichExtendedString). Its runs of
// fonts and its phonetics (the reading of Japanese signs) are passed over.
func (r *biffReader) text(n int) string {
	flags := r.u8()
	runs, phonetics := 0, 0
	if flags&biffRich != 0 {
		runs = r.u16()
	}
	if flags&biffPhonetic != 0 {
		phonetics = r.u32()
	}
	s := r.characters(n, flags&biffWide != 0)
	r.skip(4 * runs)
	r.skip(phonetics)
	return s
}

// characters reads n of them. Where a CONTINUE record begins amid them, the flag byte stands again, and may differ.
func (r *biffReader) characters(n int, wide bool) string {
	r.units = r.units[:0]
	for range n {
		fresh, ok := r.fill()
		if !ok {
			break
		}
		if fresh {
			wide = r.u8()&biffWide != 0
		}
		unit := uint16(r.u8())
		if wide {
			unit |= uint16(r.u8()) << 8
		}
		r.units = append(r.units, unit)
	}
	return string(utf16.Decode(r.units))
}
