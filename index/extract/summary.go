package extract

import (
	"encoding/binary"
	"time"
)

// The properties of a document that are read ([MS-OLEPS] 2.25, [MS-OSHARED] 2.3.3.2).
const (
	propertyCodePage = 1
	propertyTitle    = 2
	propertySubject  = 3
	propertyAuthor   = 4
	propertyCreated  = 12
	propertySaved    = 13
	propertyPages    = 14
	propertyCompany  = 15 // in the second stream
)

// summaryFacts are what the properties of an old Office file say of it.
func summaryFacts(root *storage) Facts {
	// In the file their names begin with the byte 5, which openCompound leaves out.
	own := readProperties(root.stream("SummaryInformation"))
	more := readProperties(root.stream("DocumentSummaryInformation"))
	facts := Facts{
		Title: own.text(propertyTitle), Subject: own.text(propertySubject), Author: own.text(propertyAuthor),
		Company: more.text(propertyCompany), Date: own.date(propertySaved), Pages: own.number(propertyPages),
	}
	if facts.Date == "" {
		facts.Date = own.date(propertyCreated)
	}
	return facts
}

// summaryProperties are the first set of a property stream: each with its type and value.
type summaryProperties struct {
	values   map[uint32][]byte
	codePage int
}

// maxProperties is far more than Office writes.
const maxProperties = 1000

func readProperties(stream []byte) summaryProperties {
	p := summaryProperties{values: map[uint32][]byte{}, codePage: 1252}
	at := int(word32(stream, 44))
	if at < 48 || at > len(stream) {
		return p
	}
	set := stream[at:]
	for i := range min(int(word32(set, 4)), maxProperties) {
		if value := int(word32(set, 12+8*i)); value >= 8 && value < len(set) {
			p.values[word32(set, 8+8*i)] = set[value:]
		}
	}
	if page := p.values[propertyCodePage]; len(page) >= 6 {
		p.codePage = int(binary.LittleEndian.Uint16(page[4:]))
	}
	return p
}

// word32 is the number at a byte, 0 beyond the end.
func word32(data []byte, at int) uint32 {
	if at < 0 || at+4 > len(data) {
		return 0
	}
	return binary.LittleEndian.Uint32(data[at:])
}

// The types of property that are read.
const (
	typeNumber     = 0x03
	typeString     = 0x1E // bytes of the code page
	typeWideString = 0x1F
	typeFileTime   = 0x40
)

func (p summaryProperties) text(id uint32) string {
	value := p.values[id]
	n, page := int64(word32(value, 4)), p.codePage
	switch word32(value, 0) & 0xFFFF {
	case typeString:
	case typeWideString:
		n, page = 2*n, 1200
	default:
		return ""
	}
	if len(value) < 8 {
		return ""
	}
	value = value[8:]
	return headerLine(decodePage(page, value[:min(n, int64(len(value)), 2000)]))
}

// number is a whole number; 0 when there is none, or one below.
func (p summaryProperties) number(id uint32) int {
	if value := p.values[id]; word32(value, 0)&0xFFFF == typeNumber {
		return max(0, int(int32(word32(value, 4))))
	}
	return 0
}

// date is a property's time; "" when there is none. A file time counts tenths of a microsecond from 1601.
func (p summaryProperties) date(id uint32) string {
	value := p.values[id]
	ticks := int64(word32(value, 4)) | int64(word32(value, 8))<<32
	const from1601to1970 = 11_644_473_600
	seconds := ticks/10_000_000 - from1601to1970
	if word32(value, 0)&0xFFFF != typeFileTime || seconds <= 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}
