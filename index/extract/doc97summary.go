package extract

import (
	"fmt"
	"time"

	"golang.org/x/text/encoding/htmlindex"
)

// Properties of a document ([MS-OLEPS], [MS-OSHARED] 2.3.3).
const (
	doc97CodePage = 1
	doc97TitleIs  = 2
	doc97Subject  = 3
	doc97Author   = 4
	doc97Created  = 12
	doc97Saved    = 13
	doc97Pages    = 14
	doc97Company  = 15 // of the second set
)

// doc97Facts reads the two sets of properties of an old Office file, whose names in the storage lack their first character,
// U+0005.
func doc97Facts(root *storage) Facts {
	summary := readDoc97Set(root.streams["SummaryInformation"])
	more := readDoc97Set(root.streams["DocumentSummaryInformation"])
	f := Facts{
		Title:   summary.text(doc97TitleIs),
		Subject: summary.text(doc97Subject),
		Author:  summary.text(doc97Author),
		Company: more.text(doc97Company),
		Date:    summary.date(doc97Saved),
		Pages:   max(0, int(int32(summary.number(doc97Pages)))),
	}
	if f.Date == "" {
		f.Date = summary.date(doc97Created)
	}
	return f
}

// A doc97Set is the first section of a property set: each property's type and value by its number.
type doc97Set map[int]doc97Bytes

func readDoc97Set(b doc97Bytes) doc97Set {
	set := doc97Set{}
	section := b.cut(b.u32(44), len(b))
	for i := range min(section.u32(4), len(section)/8) {
		if id := section.u32(8 + 8*i); id <= doc97Company {
			set[id] = section.cut(section.u32(12+8*i), len(section))
		}
	}
	return set
}

func (s doc97Set) number(id int) int {
	if v := s[id]; v.u16(0) == 3 {
		return v.u32(4)
	}
	return 0
}

// date is a time in UTC; zero, and what is far from any document, is none.
func (s doc97Set) date(id int) string {
	v := s[id]
	if v.u16(0) != 0x40 || len(v) < 12 {
		return ""
	}
	const ticks, toUnix = 10_000_000, 11_644_473_600 // seconds from 1601 to 1970
	seconds := (int64(v.u32(8))<<32|int64(v.u32(4)))/ticks - toUnix
	t := time.Unix(seconds, 0).UTC()
	if t.Year() < 1980 || t.Year() > 2200 {
		return ""
	}
	return t.Format(time.RFC3339)
}

// text is a string in the set's code page or in UTF-16.
func (s doc97Set) text(id int) string {
	v := s[id]
	n := v.u32(4)
	switch v.u16(0) {
	case 0x1F:
		return oneLine(untilNUL(v.utf16(8, min(n, len(v)))), 500)
	case 0x1E:
	default:
		return ""
	}
	raw := v.cut(8, n)
	switch page := s[doc97CodePage].u16(4); page {
	case 1200:
		return oneLine(untilNUL(raw.utf16(0, len(raw)/2)), 500)
	default:
		return oneLine(untilNUL(doc97Decode(raw, page)), 500)
	}
}

// doc97Decode gives the characters of a Windows code page; those of one that is not known are read as Windows-1252.
func doc97Decode(raw []byte, page int) string {
	name := fmt.Sprintf("windows-%d", page)
	switch page {
	case 65001:
		name = "utf-8"
	case 932:
		name = "shift_jis"
	case 936:
		name = "gbk"
	case 949:
		name = "euc-kr"
	case 950:
		name = "big5"
	case 10000:
		name = "macintosh"
	}
	if e, err := htmlindex.Get(name); err == nil {
		if s, err := e.NewDecoder().Bytes(raw); err == nil {
			return string(s)
		}
	}
	return decodeWindows1252(raw)
}
