package extract

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// tnefStart begins Outlook's own package of a mail's text and attachments, winmail.dat ([MS-OXTNEF]).
const tnefStart = "\x78\x9f\x3e\x22"

func isTNEF(data []byte) bool { return bytes.HasPrefix(data, []byte(tnefStart)) }

// readTNEF reads a winmail.dat that was saved out of its mail.
func readTNEF(ctx context.Context, name string, data []byte) (*Document, error) {
	msg, err := parseTNEF(data)
	if err != nil {
		return nil, err
	}
	return outlookDocument(ctx, msg)
}

// openTNEF takes a winmail.dat apart in its place: what is in it belongs to the mail.
func (m *mailParts) openTNEF(p *enmime.Part) {
	if !m.mayOpen() {
		return
	}
	msg, err := parseTNEF(p.Content)
	if err != nil {
		m.b.warn(attachmentName(p.FileName), "Outlook's own package of attachments (winmail.dat) is damaged; ask for them again as ordinary attachments.")
		return
	}
	if m.outlook == nil {
		m.outlook = msg
	}
	m.addOutlook(msg)
}

// What an attribute of the package holds: the low half of its number.
const (
	tnefFrom          = 0x8000
	tnefSubject       = 0x8004
	tnefSent          = 0x8005
	tnefClass         = 0x8008
	tnefBody          = 0x800C
	tnefFile          = 0x800F
	tnefFileName      = 0x8010
	tnefNewFile       = 0x9002
	tnefProperties    = 0x9003
	tnefRecipients    = 0x9004
	tnefFileProps     = 0x9005
	tnefCodePage      = 0x9007
	tnefHead          = 6 // bytes before the first attribute
	tnefAttributeHead = 9 // level, number, length
	tnefMessageLevel  = 1
	tnefFileLevel     = 2
)

// A tnefReader gathers the attributes of a package.
type tnefReader struct {
	msg  *outlookMessage
	file *outlookAttachment // the one that attributes are of
	deep int
}

func parseTNEF(data []byte) (*outlookMessage, error) { return parseNestedTNEF(data, 0) }

// parseNestedTNEF reads the package of a message. Checksums are not looked at: a wrong one is the fault of a program, and
// what is damaged shows. Values are slices of data, so the whole costs no more than data does.
func parseNestedTNEF(data []byte, deep int) (*outlookMessage, error) {
	if !isTNEF(data) || len(data) < tnefHead {
		return nil, fmt.Errorf("%w: no winmail.dat", ErrDamaged)
	}
	r := tnefReader{msg: &outlookMessage{outlookProperties: newProperties()}, deep: deep}
	for rest := data[tnefHead:]; len(rest) > 0; {
		if len(rest) < tnefAttributeHead {
			r.msg.cut = rest[0] == tnefMessageLevel || rest[0] == tnefFileLevel
			break
		}
		level, id := rest[0], uint16(binary.LittleEndian.Uint32(rest[1:]))
		length := uint64(binary.LittleEndian.Uint32(rest[5:]))
		if level != tnefMessageLevel && level != tnefFileLevel {
			break // programs add bytes at the end
		}
		rest = rest[tnefAttributeHead:]
		if length > uint64(len(rest)) {
			r.msg.cut = true
			length = uint64(len(rest))
		}
		if level == tnefMessageLevel {
			r.messageAttribute(id, rest[:length])
		} else {
			r.fileAttribute(id, rest[:length])
		}
		rest = rest[min(length+2, uint64(len(rest))):]
	}
	r.msg.setPages()
	return r.msg, nil
}

// messageAttribute keeps an attribute as the property that it stands for. A property given as such is the better one.
func (r *tnefReader) messageAttribute(id uint16, value []byte) {
	m := r.msg
	switch id {
	case tnefSubject:
		m.putFirst(idSubject, kindText8, value)
	case tnefBody:
		m.putFirst(idBody, kindText8, value)
	case tnefClass:
		m.putFirst(idMessageClass, kindText8, value)
	case tnefCodePage:
		m.putFirst(idCodePage, kindNumber, value)
	case tnefSent:
		m.putFirst(idSubmitted, kindTime, tnefTime(value))
	case tnefFrom:
		m.putTriple(value)
	case tnefProperties:
		r.cut(m.readTNEF(&tnefValues{rest: value}))
	case tnefRecipients:
		r.recipients(value)
	}
}

func (r *tnefReader) cut(ok bool) { r.msg.cut = r.msg.cut || !ok }

func (r *tnefReader) fileAttribute(id uint16, value []byte) {
	if (id == tnefNewFile || r.file == nil) && len(r.msg.attached) < MaxEntries {
		r.msg.attached = append(r.msg.attached, outlookAttachment{outlookProperties: newProperties()})
		r.file = &r.msg.attached[len(r.msg.attached)-1]
	}
	switch id {
	case tnefFile:
		r.file.putFirst(idData, kindBinary, value)
	case tnefFileName:
		r.file.putFirst(idShortName, kindText8, value)
	case tnefFileProps:
		r.cut(r.file.readTNEF(&tnefValues{rest: value}))
		r.open(r.file.values[propertyKey{idData, kindObject}])
	}
}

// The interfaces under which an object is kept: a message, and a folder of streams.
const (
	tnefMessage = "\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
	tnefStorage = "\x0b\x00\x00\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
)

// open reads the object that an attachment is.
func (r *tnefReader) open(object []byte) {
	if content, ok := bytes.CutPrefix(object, []byte(tnefMessage)); ok && r.deep < maxNestedMessages {
		msg, err := parseNestedTNEF(content, r.deep+1)
		r.cut(err == nil)
		r.file.message = msg
	}
	if content, ok := bytes.CutPrefix(object, []byte(tnefStorage)); ok {
		if format, _ := sniffOLE(content); format != "" {
			r.file.put(idData, kindBinary, content) // the document of another program, whole
			return
		}
		folder, err := openCompound(content)
		r.cut(err == nil)
		r.file.object = folder
	}
}

func (r *tnefReader) recipients(value []byte) {
	values := &tnefValues{rest: value}
	for n := values.number(); n > 0 && values.ok() && len(r.msg.recipients) < MaxEntries; n-- {
		p := newProperties()
		r.cut(p.readTNEF(values))
		r.msg.recipients = append(r.msg.recipients, p)
	}
}

// putTriple keeps the sender: four lengths, then the name and the address ("SMTP:ann@forum.example").
func (m *outlookMessage) putTriple(value []byte) {
	if len(value) < 8 {
		return
	}
	name, address := int(binary.LittleEndian.Uint16(value[4:])), int(binary.LittleEndian.Uint16(value[6:]))
	if value = value[8:]; name+address > len(value) {
		return
	}
	m.putFirst(idSenderName, kindText8, value[:name])
	_, bare, _ := strings.Cut(string(value[name:name+address]), ":")
	m.putFirst(idSenderAddress, kindText8, []byte(bare))
}

// tnefTime turns year, month, day, hour, minute and second, each in two bytes, into Windows' count.
func tnefTime(value []byte) []byte {
	if len(value) < 12 {
		return nil
	}
	var n [6]int
	for i := range n {
		n[i] = int(binary.LittleEndian.Uint16(value[2*i:]))
	}
	at := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	return binary.LittleEndian.AppendUint64(nil, uint64(at.Unix()*10_000_000+fileTimeEpoch))
}
