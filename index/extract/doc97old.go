package extract

import (
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// doc97ShortChanges are the changes that have a code of one byte as well: those of Word 6 and 95, which fast saving still
// uses. Only those that matter here and have a value of one byte.
var doc97ShortChanges = map[int]int{
	24: doc97InTable, 25: doc97RowEnd, 65: doc97Deleted, 66: doc97Inserted, 71: doc97IsData, 75: doc97IsObject,
	85: doc97Bold, 92: doc97Hidden, 104: doc97Script, 117: doc97IsSpecial,
}

// doc97OldSizes are the bytes after a change's code in Word 6 and 95; -1 stands for a size in the next byte, -2 for one
// in the next two.
var doc97OldSizes = map[int]int{
	2: 2, 3: -1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: -1, 13: 1, 14: 1, 15: -1, 16: 2, 17: 2, 18: 2, 19: 2,
	20: 4, 21: 2, 22: 2, 23: -1, 24: 1, 25: 1, 26: 2, 27: 2, 28: 2, 29: 1, 30: 2, 31: 2, 32: 2, 33: 2, 34: 2, 35: 2, 36: 2,
	37: 1, 38: 2, 39: 2, 40: 2, 41: 2, 42: 2, 43: 2, 44: 1, 45: 2, 46: 2, 47: 2, 48: 2, 49: 2, 50: 1, 51: 1, 52: -1,
	65: 1, 66: 1, 67: 1, 68: -1, 69: 2, 70: 4, 71: 1, 72: 2, 73: 3, 74: -1, 75: 1,
	80: 2, 81: -1, 82: -1, 83: 0, 85: 1, 86: 1, 87: 1, 88: 1, 89: 1, 90: 1, 91: 1, 92: 1, 93: 2, 94: 1, 95: 3, 96: 2, 97: 2,
	98: 1, 99: 2, 100: 1, 101: 1, 102: 1, 103: -1, 104: 1, 105: -1, 106: -1, 107: 2, 108: -1, 109: 2, 110: 2, 111: -1,
	117: 1, 118: 1, 119: 1, 120: -1, 121: 2, 122: 2, 123: 2, 124: 2,
	131: 1, 132: 1, 133: -1, 136: 3, 137: 3, 138: 1, 139: 1, 140: 2, 141: 2, 142: 1, 143: 1, 144: 2, 145: 2, 146: 1, 147: 1,
	148: 2, 149: 2, 150: 1, 151: 1, 152: 1, 153: 1, 154: 2, 155: 2, 156: 2, 157: 2, 158: 1, 159: 1, 160: 2, 161: 2, 162: 1,
	164: 2, 165: 2, 166: 2, 167: 2, 168: 2, 169: 2, 170: 2, 171: 2,
	182: 2, 183: 2, 184: 2, 185: 1, 186: 1, 187: 12, 188: -2, 189: 2, 190: -2, 191: -1, 192: 4, 193: 5, 194: 4, 195: 2,
	196: 4, 197: 2, 198: 2, 199: 5, 200: 4,
}

// doc97OldCodes are the longer ones of Word 6 and 95 that matter here.
var doc97OldCodes = map[int]int{
	2: doc97ParaStyle, 68: doc97PictureAt, 69: doc97InsertedBy, 70: doc97InsertedOn, 80: doc97CharStyle, 83: doc97Plain,
	93: doc97Font, 153: doc97OldMargins, 190: doc97RowCells,
}

// doc97OldMargins is a code of our own for the headers and footers that a section has.
const doc97OldMargins = 0x10000

// doc97OldChange reads the code of one byte at the head of list. A head of 0 says that the code is not known, and with it
// where the next one stands.
func doc97OldChange(list doc97Bytes) (change, head, size int) {
	code := list.byteAt(0)
	size, ok := doc97OldSizes[code]
	if !ok {
		return 0, 0, 0
	}
	change, ok = doc97ShortChanges[code]
	if !ok {
		change = doc97OldCodes[code]
	}
	switch {
	case size == -1 && code == 68:
		return change, 2, list.byteAt(1)
	case size == -1:
		return change, 1, 1 + list.byteAt(1)
	case size == -2:
		return change, 1, 1 + list.u16(1)
	}
	return change, 1, size
}

// oldCharacter is the character of a byte in Word 6 and 95: by the code page of its font, or of the document.
func (f *doc97File) oldCharacter(b byte, font doc97FontName) uint16 {
	page := f.codePage
	if number := charsetPage(font.charset); font.charset != 0 && number != 0 { // 0 is the document's own
		if own, ok := codePage(number).(*charmap.Charmap); ok {
			page = own
		}
	}
	if font.isSymbols() {
		return uint16([]rune(doc97SymbolText(font.name, rune(b)))[0])
	}
	return uint16(page.DecodeByte(b))
}

// oldCodePage is the code page of a document of Word 6 or 95: the Macintosh's, or that of Windows for its language. The
// languages that need two bytes a character are not read.
func (f *doc97File) oldCodePage() (*charmap.Charmap, error) {
	const macintosh = 0x100
	if f.main.u16(0x14) == macintosh {
		return charmap.Macintosh, nil
	}
	switch f.main.u16(6) & 0x3FF { // the language, without its country
	case 0x04, 0x11, 0x12: // Chinese, Japanese, Korean
		return nil, fmt.Errorf("%w: a document of Word 6 or 95; save it as .docx", ErrUnknownFormat)
	case 0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24: // Czech, Hungarian, Polish, Romanian, Croatian, Slovak, Albanian, Slovene
		return charmap.Windows1250, nil
	case 0x02, 0x19, 0x22, 0x23, 0x2F: // Bulgarian, Russian, Ukrainian, Belarusian, Macedonian
		return charmap.Windows1251, nil
	case 0x08:
		return charmap.Windows1253, nil
	case 0x1F: // Turkish
		return charmap.Windows1254, nil
	case 0x0D:
		return charmap.Windows1255, nil
	case 0x01, 0x20, 0x29: // Arabic, Urdu, Farsi
		return charmap.Windows1256, nil
	case 0x25, 0x26, 0x27: // Estonian, Latvian, Lithuanian
		return charmap.Windows1257, nil
	case 0x1E:
		return charmap.Windows874, nil
	}
	return charmap.Windows1252, nil
}
