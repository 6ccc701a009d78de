package extract

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const (
	lzfu      = 0x75465A4C // "LZFu": compressed
	mela      = 0x414C454D // "MELA": stored as it is
	lzfuHead  = 16         // bytes of the header
	lzfuCycle = 4096       // bytes of the dictionary, which is written round and round
)

// lzfuStart fills the dictionary before the first byte (MS-OXRTFCP 2.1.2.1).
const lzfuStart = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// decompressRTF expands the body that Outlook keeps of a message in PR_RTF_COMPRESSED (MS-OXRTFCP). Data that breaks off or
// whose checksum is wrong gives what was expanded together with [ErrDamaged]. Every two bytes read give at most
// seventeen, so the result is bounded by the data; it never exceeds [MaxPart].
func decompressRTF(data []byte) ([]byte, error) {
	if len(data) < lzfuHead {
		return nil, fmt.Errorf("%w: compressed rich text without a header", ErrDamaged)
	}
	size := binary.LittleEndian.Uint32(data[4:])
	kind := binary.LittleEndian.Uint32(data[8:])
	sum := binary.LittleEndian.Uint32(data[12:])
	if size > MaxPart {
		return nil, fmt.Errorf("%w: rich text of %d MB", ErrLimit, size>>20)
	}
	body := data[lzfuHead:]
	// The first field counts the bytes after itself; what follows them is no part of the text.
	if whole := binary.LittleEndian.Uint32(data); whole >= lzfuHead-4 && uint64(whole)+4 < uint64(len(data)) {
		body = data[lzfuHead : whole+4]
	}
	switch kind {
	case mela:
		return body[:min(len(body), int(size))], cutRTF(len(body) < int(size))
	case lzfu:
		out, ended := expandLZFu(body, int(size))
		return out, cutRTF(!ended || lzfuSum(body) != sum)
	}
	return nil, fmt.Errorf("%w: rich text compressed in an unknown way", ErrDamaged)
}

func cutRTF(damaged bool) error {
	if damaged {
		return fmt.Errorf("%w: compressed rich text", ErrDamaged)
	}
	return nil
}

// lzfuSum is the checksum of MS-OXRTFCP 2.1.3.1.2: CRC-32 that starts at nought and is not inverted at the end.
func lzfuSum(data []byte) uint32 { return ^crc32.Update(^uint32(0), crc32.IEEETable, data) }

// expandLZFu reads groups of a control byte and eight literals or references. ended says that the mark of the end, or all
// the bytes that the header promised, were reached.
func expandLZFu(data []byte, size int) (out []byte, ended bool) {
	var cycle [lzfuCycle]byte
	at := copy(cycle[:], lzfuStart)
	put := func(c byte) {
		out = append(out, c)
		cycle[at] = c
		at = (at + 1) % lzfuCycle
	}
	for i := 0; i < len(data); {
		control := data[i]
		i++
		for bit := range 8 {
			if control>>bit&1 == 0 {
				if i >= len(data) || len(out) >= MaxPart {
					return out, len(out) >= size
				}
				put(data[i])
				i++
				continue
			}
			if i+2 > len(data) {
				return out, len(out) >= size
			}
			offset, length := int(data[i])<<4|int(data[i+1])>>4, int(data[i+1]&15)+2
			i += 2
			if offset == at {
				return out, true
			}
			if len(out)+length > MaxPart {
				return out, false
			}
			for range length {
				put(cycle[offset])
				offset = (offset + 1) % lzfuCycle
			}
		}
	}
	return out, len(out) >= size
}
