package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"github.com/jhillyerd/enmime/v2"
)

// How an attachment is kept (PidTagAttachMethod).
const (
	byReference     = 2 // up to 4: somewhere on a disk
	byReferenceLast = 4
	byWebReference  = 7
	shownInPage     = 4 // flag: a picture of the body
)

// maxWrappedMails is how many packages in a mail are opened, beside and inside each other: winmail.dats and signed mails.
const maxWrappedMails = 20

// mayOpen counts a package that is opened in its place.
func (m *mailParts) mayOpen() bool {
	if m.opened++; m.opened == maxWrappedMails+1 {
		m.b.warn("", "The mail holds packages within packages; not all of them were opened.")
	}
	return m.opened <= maxWrappedMails
}

// addOutlook sorts a message's attachments as those of a mail are sorted.
func (m *mailParts) addOutlook(msg *outlookMessage) {
	if msg.cut {
		m.b.warn("", "The file breaks off; words or attachments may be missing.")
	}
	m.pages += strings.ToLower(msg.forms().page)
	for i := range msg.attached {
		m.addOutlookAttachment(&msg.attached[i])
	}
}

func (m *mailParts) addOutlookAttachment(a *outlookAttachment) {
	name := a.name()
	switch method := a.number(idMethod); {
	case a.message != nil:
		m.addMessage(a)
	case a.object != nil:
		m.addObject(a)
	case (method >= byReference && method <= byReferenceLast || method == byWebReference) && len(a.binary(idData)) == 0:
		m.b.warn(attachmentName(name), "The attachment is only a link to a file kept elsewhere; it was not read.")
	case a.isSigned():
		m.addSigned(a.binary(idData))
	default:
		m.leaf(a.part())
	}
}

// name is the attachment's label: its long name, the one of eight letters and three, or the one shown.
func (a *outlookAttachment) name() string {
	for _, id := range []uint32{idLongName, idShortName, idDisplayName} {
		if name := a.line(id); name != "" {
			return name
		}
	}
	return ""
}

func (a *outlookAttachment) kind() string {
	kind, _, _ := strings.Cut(strings.ToLower(a.line(idMIMEType)), ";")
	return strings.TrimSpace(kind)
}

// isSigned tells the whole of a mail whose signature stands beside its words: it is kept as it was sent.
func (a *outlookAttachment) isSigned() bool {
	head := strings.ToLower(string(a.binary(idData)[:min(len(a.binary(idData)), 1000)]))
	return a.kind() == "multipart/signed" || hasEnding(a.name(), ".p7m") && strings.Contains(head, "multipart/signed")
}

// part is the attachment as the part of a mail. It is never taken for the body.
func (a *outlookAttachment) part() *enmime.Part {
	p := &enmime.Part{ContentType: a.kind(), FileName: a.name(), ContentID: a.line(idContentID), Content: a.binary(idData), Disposition: "attachment"}
	if p.ContentType == "" || p.ContentType == "application/octet-stream" {
		if kind := mimetype.Detect(p.Content).String(); strings.HasPrefix(kind, "image/") {
			p.ContentType = kind
		}
	}
	if strings.HasPrefix(p.ContentType, "multipart/") || strings.HasPrefix(p.ContentType, "message/") {
		p.ContentType = "" // not of one file
	}
	if a.truth(idHidden) || a.truth(idContactPicture) || a.number(idAttachmentFlags)&shownInPage != 0 || a.line(idContentLocation) != "" {
		p.Disposition = "inline"
	}
	return p
}

// addMessage makes a mail in the usual form of one inside the message, by the name of its subject.
func (m *mailParts) addMessage(a *outlookAttachment) {
	if item := a.message.item(); item != "" && a.message.isBlank() {
		m.b.warn(a.messageName(), "The attachment is "+item+" of Outlook's in which nothing is written.")
		return
	}
	mail, whole := a.message.asMail()
	if !whole {
		m.b.warn(a.messageName(), "Mails within mails within mails were left out beyond a depth that nobody writes.")
	}
	m.attach(&enmime.Part{FileName: a.messageName(), Content: mail})
}

func (a *outlookAttachment) messageName() string {
	subject := a.message.subject()
	if subject == "" {
		subject = a.line(idDisplayName)
	}
	if subject = attachmentName(strings.ReplaceAll(subject, "/", "-")); subject == "" {
		subject = "attached mail"
	}
	return subject + ".eml"
}

// addObject takes the file out of what another program put into the message, where it can be told.
func (m *mailParts) addObject(a *outlookAttachment) {
	p := a.objectPart()
	if len(p.Content) == 0 {
		m.b.warn(attachmentName(p.FileName), "An object of another program stands in the mail; it was not read.")
		return
	}
	m.attach(p)
}

// objectPart is the document in an object, where it is kept as it would be on disk: Word's new formats, PDF, and any file
// that was dragged into the text.
func (a *outlookAttachment) objectPart() *enmime.Part {
	p := a.part()
	for _, stream := range []string{"Package", "CONTENTS"} {
		if data := a.object.streams[stream]; len(data) > 0 {
			p.Content = data
			return p
		}
	}
	// Its name begins with a control character, which openCompound leaves out.
	if name, data := packagedFile(a.object.streams["Ole10Native"]); len(data) > 0 {
		p.FileName, p.Content = name, data
	}
	return p
}

// packagedFile reads a file that Windows' packager wrapped: a size, the number 2, the file's name and path, eight bytes,
// a second path, the size of the file and the file.
func packagedFile(native []byte) (name string, data []byte) {
	const head = 6
	if len(native) < head || binary.LittleEndian.Uint16(native[4:]) != 2 {
		return "", nil
	}
	label, rest, _ := bytes.Cut(native[head:], []byte{0})
	_, rest, _ = bytes.Cut(rest, []byte{0})
	if len(rest) < 8 {
		return "", nil
	}
	path := uint64(binary.LittleEndian.Uint32(rest[4:]))
	if rest = rest[8:]; path+4 > uint64(len(rest)) {
		return "", nil
	}
	size := uint64(binary.LittleEndian.Uint32(rest[path:]))
	if rest = rest[path+4:]; size > uint64(len(rest)) {
		return "", nil
	}
	return decodePages(label, nil), rest[:size]
}

// addSigned reads the words and attachments that were signed.
func (m *mailParts) addSigned(data []byte) {
	if err := guardMail(data); err != nil {
		m.b.warn("", fmt.Sprintf("The signed part of the mail was not read: %v.", err))
		return
	}
	root, err := mailParser().ReadParts(bytes.NewReader(data))
	if err != nil {
		m.b.warn("", "The signed part of the mail is damaged; words may be missing.")
		return
	}
	m.pages += pagesOf(root)
	m.walk(root, 0)
}
