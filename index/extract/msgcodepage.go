package extract

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const pageASCII = 20127

// internetPage is the encoding of a code page: Windows' own, or one of the sets that are used on the internet only.
func internetPage(page int) encoding.Encoding {
	switch page {
	case 28593:
		return charmap.ISO8859_3
	case 28594:
		return charmap.ISO8859_4
	case 28596:
		return charmap.ISO8859_6
	case 28597:
		return charmap.ISO8859_7
	case 28598, 38598:
		return charmap.ISO8859_8
	case 28599:
		return charmap.Windows1254
	case 28603:
		return charmap.ISO8859_13
	case 50220, 50221, 50222:
		return japanese.ISO2022JP
	case 51932:
		return japanese.EUCJP
	case 51936:
		return simplifiedchinese.GBK
	case 51949:
		return korean.EUCKR
	case 52936:
		return simplifiedchinese.HZGB2312
	}
	return codePage(page)
}

// languagePages are the code pages of languages (the low ten bits of Windows' number of a locale) that are not 1252.
var languagePages = map[int]int{
	0x01: 1256, 0x02: 1251, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932, 0x12: 949, 0x15: 1250, 0x18: 1250,
	0x19: 1251, 0x1A: 1250, 0x1B: 1250, 0x1C: 1250, 0x1E: 874, 0x1F: 1254, 0x20: 1256, 0x22: 1251, 0x23: 1251, 0x24: 1250,
	0x25: 1257, 0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2A: 1258, 0x2F: 1251,
}

// codePages lists what the message says of its 8-bit text: its own code page, that of its way through the internet, and
// the one of its language. Files are often wrong in the first two, which is why [decodePages] tries them in turn.
func (p *outlookProperties) codePages() []int {
	pages := []int{p.number(idCodePage), p.number(idInternetCodePage)}
	switch locale := p.number(idLocale); {
	case locale == 0x0804, locale == 0x1004:
		pages = append(pages, 936)
	case locale&0x3FF == 0x04:
		pages = append(pages, 950)
	case languagePages[locale&0x3FF] != 0:
		pages = append(pages, languagePages[locale&0x3FF])
	case locale != 0:
		pages = append(pages, pageWestern)
	}
	return pages
}

// decodePages decodes 8-bit text. Valid UTF-8 is UTF-8, unless the text is in a set that hides its characters in ASCII;
// otherwise the first code page decides in which every character is one.
func decodePages(text []byte, pages []int) string {
	valid := utf8.Valid(text)
	for _, page := range pages {
		switch {
		case page == 0, page == pageASCII, page == pageUTF8, valid && !(isStatefulPage(page) && bytes.ContainsAny(text, "\x1b~")):
			continue
		}
		if out, err := internetPage(page).NewDecoder().Bytes(text); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return string(out)
		}
	}
	if valid {
		return string(text)
	}
	return decodeWindows1252(text)
}

func isStatefulPage(page int) bool {
	return page >= 50220 && page <= 50222 || page == 52936
}

// charset is the name of the character set of the message's HTML, "" when the page itself knows better.
func (p *outlookProperties) charset() string {
	page := p.number(idInternetCodePage)
	if page == 0 || page == pageASCII || page == pageUTF8 {
		return ""
	}
	name, err := htmlindex.Name(internetPage(page))
	if err != nil {
		return ""
	}
	return name
}

// setPages tells the message and all in it the code pages of its 8-bit text.
func (m *outlookMessage) setPages() {
	m.pages = m.codePages()
	for i := range m.recipients {
		m.recipients[i].pages = m.pages
	}
	for i := range m.attached {
		m.attached[i].pages = m.pages
	}
}
