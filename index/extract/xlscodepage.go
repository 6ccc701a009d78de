package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decodeCodePage gives the characters of bytes in a Windows code page; one that is not known is read as Windows-1252.
func decodeCodePage(page int, data []byte) string {
	e := codePageEncoding(page)
	if e == nil {
		return decodeWindows1252(data)
	}
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(out) {
		return decodeWindows1252(data)
	}
	return string(out)
}

func codePageEncoding(page int) encoding.Encoding {
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
	case 866:
		return charmap.CodePage866
	case 1200:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case 10000, 32768:
		return charmap.Macintosh
	case 65001:
		return unicode.UTF8
	}
	label, known := map[int]string{932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 874: "windows-874"}[page]
	if !known {
		label = fmt.Sprintf("windows-%d", page)
	}
	e, name := charset.Lookup(label)
	if !strings.Contains(name, "1252") && e != nil {
		return e
	}
	return nil
}
