package extract

import (
	"encoding/binary"
	"strings"
	"time"
)

// The numbers of the properties that are read ([MS-OXPROPS]).
const (
	idMessageClass     = 0x001A
	idSubject          = 0x0037
	idSubmitted        = 0x0039
	idSubjectPrefix    = 0x003D
	idFromName         = 0x0042 // on whose behalf the mail was sent
	idFromAddress      = 0x0065
	idReceivedBy       = 0x0076
	idReceivedFor      = 0x0078
	idHeaders          = 0x007D
	idSenderName       = 0x0C1A // who pressed the button
	idSenderAddress    = 0x0C1F
	idDelivered        = 0x0E06
	idNormalSubject    = 0x0E1D
	idBody             = 0x1000
	idRTF              = 0x1009
	idHTML             = 0x1013
	idDisplayName      = 0x3001
	idAddress          = 0x3003
	idCreated          = 0x3007
	idModified         = 0x3008
	idData             = 0x3701
	idShortName        = 0x3704
	idMethod           = 0x3705
	idLongName         = 0x3707
	idMIMEType         = 0x370E
	idContentID        = 0x3712
	idContentLocation  = 0x3713
	idAttachmentFlags  = 0x3714
	idSMTPAddress      = 0x39FE
	idInternetCodePage = 0x3FDE
	idLocale           = 0x3FF1
	idCodePage         = 0x3FFD
	idSenderSMTP       = 0x5D01
	idFromSMTP         = 0x5D02
	idReceivedBySMTP   = 0x5D07
	idReceivedForSMTP  = 0x5D08
	idHidden           = 0x7FFE
	idContactPicture   = 0x7FFF

	// Named properties have no number of their own: each file gives them one. They are kept by the number of their name,
	// beyond the others.
	byName         = 0x10000
	idAccount      = byName | 0x8580 // the address that the mail was sent or fetched with
	idAccountStamp = byName | 0x8581 // that account, as Exchange knows it
)

// The types of the properties that are read.
const (
	kindNumber  = 0x0003
	kindTruth   = 0x000B
	kindObject  = 0x000D
	kindText8   = 0x001E
	kindText16  = 0x001F
	kindTime    = 0x0040
	kindBinary  = 0x0102
	kindMany    = 0x1000 // a list of the type
	kindUnnamed = 0x8000 // numbers from here on belong to named properties
)

type propertyKey struct {
	id   uint32
	kind uint16
}

// outlookProperties are the properties of a message, a recipient or an attachment. An attachment's and a recipient's
// text is in the message's code pages.
type outlookProperties struct {
	values map[propertyKey][]byte
	pages  []int // code pages of 8-bit text, the likeliest first
}

func newProperties() outlookProperties {
	return outlookProperties{values: map[propertyKey][]byte{}}
}

func (p *outlookProperties) put(id uint32, kind uint16, value []byte) {
	switch kind {
	case kindNumber, kindTruth, kindObject, kindText8, kindText16, kindTime, kindBinary:
		if isRead(id) {
			p.values[propertyKey{id, kind}] = value
		}
	}
}

// isRead tells the properties that are read. No others are kept, since a hostile file may hold millions.
func isRead(id uint32) bool {
	switch id {
	case idMessageClass, idSubject, idSubmitted, idSubjectPrefix, idFromName, idFromAddress, idReceivedBy, idReceivedFor,
		idHeaders, idSenderName, idSenderAddress, idDelivered, idNormalSubject, idBody, idRTF, idHTML, idDisplayName,
		idAddress, idCreated, idModified, idData, idShortName, idMethod, idLongName, idMIMEType, idContentID,
		idContentLocation, idAttachmentFlags, idSMTPAddress, idInternetCodePage, idLocale, idCodePage, idSenderSMTP,
		idFromSMTP, idReceivedBySMTP, idReceivedForSMTP, idHidden, idContactPicture, idAccount, idAccountStamp:
		return true
	}
	return false
}

// putFirst keeps the value that is there.
func (p *outlookProperties) putFirst(id uint32, kind uint16, value []byte) {
	if _, ok := p.values[propertyKey{id, kind}]; !ok {
		p.put(id, kind, value)
	}
}

// text is a property in characters, without the NUL that ends it in some files.
func (p *outlookProperties) text(id uint32) string {
	s := ""
	if wide := p.values[propertyKey{id, kindText16}]; len(wide) > 0 {
		s = decodeUTF16(wide, false)
	} else {
		s = decodePages(p.values[propertyKey{id, kindText8}], p.pages)
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// line is a property as a label.
func (p *outlookProperties) line(id uint32) string { return headerLine(p.text(id)) }

func (p *outlookProperties) binary(id uint32) []byte { return p.values[propertyKey{id, kindBinary}] }

func (p *outlookProperties) number(id uint32) int {
	v := p.values[propertyKey{id, kindNumber}]
	if len(v) < 4 {
		return 0
	}
	return int(binary.LittleEndian.Uint32(v))
}

func (p *outlookProperties) truth(id uint32) bool {
	v := p.values[propertyKey{id, kindTruth}]
	return len(v) > 0 && v[0] != 0
}

// fileTimeEpoch is 1970 in Windows' count of tenths of microseconds since 1601.
const fileTimeEpoch = 116_444_736_000_000_000

// time is a moment to the second, zero when there is none.
func (p *outlookProperties) time(id uint32) time.Time {
	v := p.values[propertyKey{id, kindTime}]
	if len(v) < 8 {
		return time.Time{}
	}
	ticks := binary.LittleEndian.Uint64(v)
	if ticks <= fileTimeEpoch || ticks > fileTimeEpoch+4_000_000_000*10_000_000 {
		return time.Time{}
	}
	return time.Unix(int64(ticks-fileTimeEpoch)/10_000_000, 0).UTC()
}
