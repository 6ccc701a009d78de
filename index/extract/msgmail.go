package extract

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"
)

// maxNestedMessages bounds messages within messages.
const maxNestedMessages = 20

// asMail writes a message inside another one as a mail that [File] can read: who sent it, when and about what, its body
// and its attachments. whole is false when messages in it nest too deep to be written.
func (m *outlookMessage) asMail() (data []byte, whole bool) {
	w := mailWriter{whole: true}
	w.message(m, 0)
	return w.out.Bytes(), w.whole
}

// A mailWriter writes mails that are the same every time. Text and files are in base64, so a line that begins with "--"
// is a boundary, except in a signed part, whose bytes must not change.
type mailWriter struct {
	out        bytes.Buffer
	boundaries int
	whole      bool
}

func (w *mailWriter) line(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

func (w *mailWriter) boundary() string {
	w.boundaries++
	return fmt.Sprintf("=_part_%d", w.boundaries)
}

func (w *mailWriter) message(m *outlookMessage, depth int) {
	w.headers(m.facts())
	if len(m.attached) == 0 {
		w.body(m)
		return
	}
	boundary := w.boundary()
	w.line("Content-Type: multipart/mixed; boundary=%q\n", boundary)
	w.line("--%s", boundary)
	w.body(m)
	for i := range m.attached {
		a := &m.attached[i]
		if a.message != nil && depth >= maxNestedMessages {
			w.whole = false
			continue
		}
		w.line("--%s", boundary)
		w.attachment(a, depth)
	}
	w.line("--%s--", boundary)
}

func (w *mailWriter) headers(facts Facts) {
	switch {
	case facts.Address != "":
		w.line("From: %s", (&mail.Address{Name: facts.Author, Address: facts.Address}).String())
	case facts.Author != "":
		w.line("From: %s", mime.QEncoding.Encode("utf-8", facts.Author))
	}
	if at, err := time.Parse(time.RFC3339, facts.Date); err == nil {
		w.line("Date: %s", at.Format(time.RFC1123Z))
	}
	w.line("Subject: %s", mime.QEncoding.Encode("utf-8", facts.Subject))
	w.line("MIME-Version: 1.0")
}

func (w *mailWriter) body(m *outlookMessage) {
	body := m.forms()
	if body.page == "" {
		w.text("plain", body.plain)
		return
	}
	boundary := w.boundary()
	w.line("Content-Type: multipart/alternative; boundary=%q\n", boundary)
	w.line("--%s", boundary)
	w.text("plain", body.plain)
	w.line("--%s", boundary)
	w.text("html", body.page)
	w.line("--%s--", boundary)
}

func (w *mailWriter) text(kind, text string) {
	w.line("Content-Type: text/%s; charset=utf-8", kind)
	w.base64([]byte(text))
}

func (w *mailWriter) attachment(a *outlookAttachment, depth int) {
	switch {
	case a.message != nil:
		w.line("Content-Type: message/rfc822")
		w.line("Content-Disposition: %s\n", disposition("attachment", a.messageName()))
		w.message(a.message, depth+1)
	case a.isSigned():
		w.out.Write(a.binary(idData))
		w.line("")
	default:
		w.file(a)
	}
}

func (w *mailWriter) file(a *outlookAttachment) {
	p := a.part()
	if a.object != nil {
		p = a.objectPart()
	}
	kind := p.ContentType
	if mime.FormatMediaType(kind, nil) == "" {
		kind = "application/octet-stream"
	}
	w.line("Content-Type: %s", kind)
	w.line("Content-Disposition: %s", disposition(p.Disposition, p.FileName))
	if id := strings.Trim(p.ContentID, "<> "); id != "" {
		w.line("Content-ID: <%s>", mime.QEncoding.Encode("utf-8", id))
	}
	w.base64(p.Content)
}

// disposition names a file in a header, in whatever characters.
func disposition(kind, name string) string {
	if name == "" {
		return kind
	}
	return mime.FormatMediaType(kind, map[string]string{"filename": name})
}

// base64 ends a part's headers and writes its content.
func (w *mailWriter) base64(data []byte) {
	w.line("Content-Transfer-Encoding: base64\n")
	encoder := base64.NewEncoder(base64.StdEncoding, &lineWriter{w: &w.out})
	encoder.Write(data)
	encoder.Close()
	w.line("")
}

// A lineWriter breaks lines as mails must, after 76 characters.
type lineWriter struct {
	w  io.Writer
	at int
}

func (l *lineWriter) Write(p []byte) (int, error) {
	const width = 76
	for rest := p; len(rest) > 0; {
		n := min(len(rest), width-l.at)
		l.w.Write(rest[:n])
		rest = rest[n:]
		if l.at += n; l.at == width {
			l.w.Write([]byte{'\n'})
			l.at = 0
		}
	}
	return len(p), nil
}
