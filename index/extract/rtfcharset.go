package extract

import (
	"strings"
	"unicode/utf8"
)

// charsetPage is the code page of a font's \fcharset; 0 when the document's own holds.
func charsetPage(charset int) int {
	switch charset {
	case 0:
		return pageWestern
	case 77:
		return pageMac
	case 78:
		return 10001
	case 79:
		return 10003
	case 80:
		return 10008
	case 81:
		return 10002
	case 89:
		return 10007
	case 128:
		return 932
	case 129, 130:
		return 949
	case 134:
		return 936
	case 136:
		return 950
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177, 181:
		return 1255
	case 178, 179, 180:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	case 254:
		return 437
	case 255:
		return 850
	}
	return 0
}

func isMultiByte(page int) bool {
	switch page {
	case 932, 936, 949, 950, 1361, 10001, 10002, 10003, 10008, 54936, pageUTF8:
		return true
	}
	return false
}

// greekOfSymbol are the letters that the font Symbol shows for A to Z and a to z.
const (
	greekOfSymbolUpper = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
	greekOfSymbolLower = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
)

// symbolOf is what a font of symbols shows for a character of 8 bits, or of the private use area that Word maps them to.
func symbolOf(page int, c rune) string {
	if c >= 0xF000 && c < 0xF100 {
		c -= 0xF000
	}
	switch {
	case c == ' ' || c == 0xA0:
		return string(c)
	case c >= 0x100:
		return string(c)
	case page == pageWingdings:
		return symbolText("Wingdings", c)
	case c >= 'A' && c <= 'Z':
		return string([]rune(greekOfSymbolUpper)[c-'A'])
	case c >= 'a' && c <= 'z':
		return string([]rune(greekOfSymbolLower)[c-'a'])
	case c < 0x80:
		return string(c)
	}
	return symbolText("Symbol", c)
}

// An rtfFont is an entry of the font table.
type rtfFont struct {
	page int // 0: the document's
	name string
}

// rtfFonts are the fonts of a document, which decide how its bytes are read.
type rtfFonts struct {
	ansi     int // the document's code page
	standard int // the font of plain text
	fonts    map[int]*rtfFont
	last     *rtfFont // the entry being read
}

func newRTFFonts() *rtfFonts { return &rtfFonts{ansi: pageWestern, fonts: map[int]*rtfFont{}} }

// header takes the words that set the document's code page, and reports whether t is one.
func (f *rtfFonts) header(t *rtfToken) bool {
	switch t.word {
	case "ansicpg":
		if t.number > 0 {
			f.ansi = t.number
		}
	case "mac":
		f.ansi = pageMac
	case "pc":
		f.ansi = 437
	case "pca":
		f.ansi = 850
	default:
		return false
	}
	return true
}

// entry takes a word of the font table.
func (f *rtfFonts) entry(t *rtfToken) {
	switch {
	case t.word == "f":
		if f.last = f.fonts[t.number]; f.last == nil {
			f.last = &rtfFont{}
			if len(f.fonts) < MaxEntries {
				f.fonts[t.number] = f.last
			}
		}
	case f.last == nil:
	case t.word == "fcharset" && t.number != 2:
		f.last.page = charsetPage(t.number)
	case t.word == "cpg" && t.number > 0:
		f.last.page = t.number
	}
}

// name takes text of the font table.
func (f *rtfFonts) name(text string) {
	if f.last != nil && len(f.last.name) < 100 {
		f.last.name += text
	}
}

// page is the code page of text in a font. A multi-byte document's Western fonts are those of writers that name one
// font for every script, so its own code page holds for them.
func (f *rtfFonts) page(font int) int {
	known := f.fonts[font]
	if known == nil {
		return f.ansi
	}
	name := strings.ToLower(known.name)
	switch {
	case known.page == 0 && strings.HasPrefix(name, "symbol"):
		return pageSymbol
	case known.page == 0 && (strings.HasPrefix(name, "wingdings") || strings.HasPrefix(name, "webdings") || strings.HasPrefix(name, "zapfdingbats")):
		return pageWingdings
	case known.page == 0, known.page == pageWestern && isMultiByte(f.ansi):
		return f.ansi
	}
	return known.page
}

// An rtfDecoder turns the bytes and the \u characters of a text into characters. Bytes are held back until something
// else comes, since a character may be spread over several escapes.
type rtfDecoder struct {
	pending []byte
	page    int
	high    rune // the first half of a surrogate pair
	skip    int  // what stands in for the last \u in older programs, still to be passed over
}

// add takes bytes in a code page and returns the characters that are complete.
func (d *rtfDecoder) add(page int, data []byte) (text string) {
	if d.skip > 0 {
		n := min(d.skip, len(data))
		d.skip -= n
		data = data[n:]
	}
	if len(data) == 0 {
		return ""
	}
	if len(d.pending) > 0 && page != d.page || d.high != 0 {
		text = d.flush()
	}
	d.page = page
	if len(d.pending) == 0 && isASCII(data) && page != pageSymbol && page != pageWingdings {
		return text + string(data)
	}
	d.pending = append(d.pending, data...)
	return text
}

// flush returns the characters held back.
func (d *rtfDecoder) flush() (text string) {
	if d.high != 0 {
		text, d.high = "\uFFFD", 0
	}
	if len(d.pending) > 0 {
		text += decodePage(d.page, d.pending)
		d.pending = d.pending[:0]
	}
	return text
}

// unicode takes the number of a \u and how many characters after it stand in for it.
func (d *rtfDecoder) unicode(page, n, standIns int) (text string) {
	if n < 0 {
		n += 0x10000
	}
	c := rune(min(n, utf8.MaxRune+1))
	high := d.high
	d.high = 0
	text = d.flush()
	d.skip = standIns
	switch {
	case c >= 0xDC00 && c < 0xE000 && high != 0:
		return text + string((high-0xD800)<<10+(c-0xDC00)+0x10000)
	case high != 0:
		text += "\uFFFD"
	}
	switch {
	case c >= 0xD800 && c < 0xDC00:
		d.high = c
	case page == pageSymbol, page == pageWingdings:
		text += symbolOf(page, c)
	case c == '\r', c == '\n', c == '\v':
		text += "\n"
	case c == '\uFEFF': // forbids a line break, which is no text
	case c > 0 && xmlRune(c):
		text += string(c)
	default:
		text += "\uFFFD"
	}
	return text
}
