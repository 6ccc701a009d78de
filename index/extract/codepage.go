package extract

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Code pages with a meaning of their own here.
const (
	pageWestern   = 1252
	pageMac       = 10000
	pageUTF8      = 65001
	pageSymbol    = 42 // Windows' number for fonts of symbols: the font Symbol
	pageWingdings = 43 // not Windows': the fonts of dingbats
)

// codePage is the encoding of a Windows code page; an unknown one is read as Windows-1252.
func codePage(page int) encoding.Encoding {
	switch page {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 858:
		return charmap.CodePage858
	case 860:
		return charmap.CodePage860
	case 862:
		return charmap.CodePage862
	case 863:
		return charmap.CodePage863
	case 865:
		return charmap.CodePage865
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932, 10001:
		return japanese.ShiftJIS
	case 936, 10008:
		return simplifiedchinese.GBK
	case 949, 1361, 10003:
		return korean.EUCKR
	case 950, 10002:
		return traditionalchinese.Big5
	case 1200:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10007:
		return charmap.MacintoshCyrillic
	case pageMac, 32768: // what Excel for the Mac wrote
		return charmap.Macintosh
	case 20866:
		return charmap.KOI8R
	case 21866:
		return charmap.KOI8U
	case 28592:
		return charmap.ISO8859_2
	case 28595:
		return charmap.ISO8859_5
	case 28605:
		return charmap.ISO8859_15
	case 54936:
		return simplifiedchinese.GB18030
	}
	return charmap.Windows1252
}

// decodePage gives the characters of bytes in a code page. It never fails: bytes without a character become U+FFFD.
func decodePage(page int, data []byte) string {
	switch page {
	case pageUTF8:
		return strings.ToValidUTF8(string(data), "\uFFFD")
	case pageSymbol, pageWingdings:
		var s strings.Builder
		for _, c := range data {
			s.WriteString(symbolOf(page, rune(c)))
		}
		return s.String()
	}
	out, err := codePage(page).NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(out)
}
