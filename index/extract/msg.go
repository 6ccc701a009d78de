package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/richardlehane/mscfb"
)

// readMSG reads an Outlook message ([MS-OXMSG]) as the mail it is: its body goes the way of every mail's, its
// attachments and the mails inside it become parts.
func readMSG(ctx context.Context, name string, data []byte) (*Document, error) {
	root, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	if root.streams[msgProperties] == nil {
		return nil, fmt.Errorf("%w: an Outlook message without properties", ErrDamaged)
	}
	return outlookDocument(ctx, readStoredMessage(root, msgRootHeader, storedNames(root)))
}

// isMSG tells an Outlook message, which may hold documents of other programs, from a document that holds a message.
func isMSG(data []byte) bool {
	if !hasStream(data, msgProperties) {
		return false
	}
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return true // nothing else keeps such a stream; the reader says that it is damaged
	}
	for _, f := range r.File {
		if len(f.Path) == 0 && f.Name == msgProperties {
			return true
		}
	}
	return false
}

// An outlookMessage is a message as Outlook keeps it: properties instead of headers and parts.
type outlookMessage struct {
	outlookProperties
	recipients []outlookProperties
	attached   []outlookAttachment
	cut        bool         // the file breaks off
	body       *outlookBody // once it was read
}

// An outlookAttachment is a file, a message or an object of another program.
type outlookAttachment struct {
	outlookProperties
	message *outlookMessage
	object  *storage
}

// outlookDocument makes a document of a message that came as a file of its own.
func outlookDocument(ctx context.Context, msg *outlookMessage) (*Document, error) {
	parts := &mailParts{b: &builder{}, outlook: msg}
	parts.b.doc.Facts = msg.facts()
	item := msg.item()
	if item != "" {
		parts.b.warn("", "This is "+item+" of Outlook's, not a mail; only the text written in it was read.")
	}
	parts.addOutlook(msg)
	doc, err := parts.document(ctx)
	if errors.Is(err, ErrNoText) && item != "" {
		return nil, fmt.Errorf("%w: %s of Outlook's in which nothing is written", ErrNoText, item)
	}
	return doc, err
}

// item names what is no mail, or gives "".
func (m *outlookMessage) item() string {
	class := strings.ToLower(m.text(idMessageClass))
	for _, kind := range []struct{ class, name string }{
		{"ipm.contact", "a visiting card"},
		{"ipm.distlist", "a list of addresses"},
		{"ipm.appointment", "an appointment"},
		{"ipm.schedule.meeting", "an invitation to a meeting"},
		{"ipm.task", "a task"},
		{"ipm.stickynote", "a note"},
		{"ipm.activity", "a diary entry"},
		{"report.", "a report on the delivery of a mail"},
	} {
		if strings.HasPrefix(class, kind.class) {
			return kind.name
		}
	}
	return ""
}

// An outlookBody is the message's text in two forms, "" for one that it does not have.
type outlookBody struct{ plain, page string }

// forms reads the body once.
func (m *outlookMessage) forms() outlookBody {
	if m.body == nil {
		m.body = &outlookBody{plain: unixLines(m.text(idBody)), page: m.page()}
		if m.body.page == "" && strings.TrimSpace(m.body.plain) == "" {
			m.body.plain = richBody(m.richText())
		}
	}
	return *m.body
}

func (m *outlookMessage) page() string {
	if page := m.text(idHTML); page != "" {
		return page
	}
	if page := m.binary(idHTML); len(page) > 0 {
		return decodeHTML(page, m.charset())
	}
	page, _ := rtfToHTML(m.richText())
	return page
}

// richText is the body as rich text; of a damaged one, what it still holds.
func (m *outlookMessage) richText() []byte {
	rich, _ := decompressRTF(m.binary(idRTF))
	return rich
}

// richBody is rich text as paragraphs with their numbers and bullets, "" when it cannot be read.
func richBody(rich []byte) string {
	doc, err := readRTF(context.Background(), "", rich)
	if err != nil {
		return ""
	}
	var paragraphs []string
	for _, b := range doc.Blocks {
		paragraphs = append(paragraphs, strings.TrimSpace(b.Place.Label+" "+doc.Text[b.Start:b.End]))
	}
	return strings.Join(paragraphs, BlockSeparator)
}

// isBlank tells a message without words and attachments.
func (m *outlookMessage) isBlank() bool {
	body := m.forms()
	return len(m.attached) == 0 && Words(body.plain) == 0 && Words(withoutTags(body.page)) == 0
}

// outlookPieces gives the paragraphs of a message's body: of the plain form, unless it is a stub beside a page.
func (m *mailParts) outlookPieces(ctx context.Context) ([]mailPiece, error) {
	body := m.outlook.forms()
	if body.page != "" && isStub(body.plain, body.page) {
		return htmlMailPieces(ctx, m.b, body.page)
	}
	if err := notText(body.plain); err != nil {
		m.b.warn("", "The body calls itself text and is not; it was not read.")
		return nil, nil
	}
	return plainMailPieces(body.plain), nil
}
