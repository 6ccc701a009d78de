package extract

import (
	"bytes"
	"context"
	"fmt"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
)

// envelopeLine begins each mail of a mailbox: "From ", the sender, and when it came. Somebody's sentence may begin with
// "From " too, so a time of day and a year are asked for.
var envelopeLine = regexp.MustCompile(`^From \S.*\b\d{1,2}:\d{2}(:\d{2})?\b.*\b(19|20)\d\d\b`)

// maxEnvelope bounds such a line.
const maxEnvelope = 500

// maxMails is more mails than a consultation gets in one mailbox.
const maxMails = 2000

// readMbox reads a mailbox: every mail in it is a part, to be read on its own.
func readMbox(ctx context.Context, name string, data []byte) (*Document, error) {
	b := &builder{}
	deleted := 0
	for rest := trimStart(data); len(rest) > 0; {
		if err := stopped(ctx); err != nil {
			return nil, err
		}
		end := mailEnd(rest)
		_, mail, _ := bytes.Cut(rest[:end], []byte("\n"))
		rest = rest[end:]
		header := headersOf(mail)
		switch {
		case len(bytes.TrimSpace(mail)) == 0:
			continue
		case isDeleted(header):
			deleted++
			continue
		case len(b.doc.Parts) >= maxMails:
			return nil, fmt.Errorf("%w: more than %d mails", ErrLimit, maxMails)
		}
		b.doc.Parts = append(b.doc.Parts, Part{Name: mailName(len(b.doc.Parts)+1, header), Bytes: unescapeFrom(mail)})
	}
	if deleted > 0 {
		b.warn("", plural(deleted, "deleted mail was", "deleted mails were")+" still in the mailbox and left out.")
	}
	return b.document(), nil
}

// isMailbox tells a mailbox of several mails from a single one that was saved with its "From " line.
func isMailbox(data []byte) bool {
	data = trimStart(data)
	return bytes.HasPrefix(data, []byte("From ")) && mailEnd(data) < len(data)
}

func trimStart(data []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
}

// mailEnd is where the next mail of the mailbox begins, or the end of data.
func mailEnd(data []byte) int {
	for at := 0; ; {
		next := bytes.Index(data[at:], []byte("\nFrom "))
		if next < 0 {
			return len(data)
		}
		at += next + 1
		if isEnvelope(data, at) {
			return at
		}
	}
}

// isEnvelope reports whether a mail begins at this line: it follows a blank one, has the shape, and headers follow.
func isEnvelope(data []byte, at int) bool {
	if !bytes.HasSuffix(data[:at], []byte("\n\n")) && !bytes.HasSuffix(data[:at], []byte("\n\r\n")) {
		return false
	}
	line, after, found := bytes.Cut(data[at:], []byte("\n"))
	return found && len(line) <= maxEnvelope && envelopeLine.Match(line) && mailStart.Match(after[:min(len(after), 100)])
}

// headersOf parses the headers of a mail, as far as they can be read.
func headersOf(mail []byte) textproto.MIMEHeader {
	const most = 256 << 10
	root, err := mailParser().ReadParts(strings.NewReader(headerOf(mail[:min(len(mail), most)])))
	if err != nil {
		return nil
	}
	return root.Header
}

// isDeleted reports whether Thunderbird deleted the mail: it stays in the file until the folder is compacted.
func isDeleted(header textproto.MIMEHeader) bool {
	const expunged = 8
	status, err := strconv.ParseUint(mailHeader(header, "X-Mozilla-Status"), 16, 32)
	return err == nil && status&expunged != 0
}

// mailName is the label of the mailbox's nth mail.
func mailName(n int, header textproto.MIMEHeader) string {
	subject := mailHeader(header, "Subject")
	subject = attachmentName(strings.NewReplacer("/", "-", `\`, "-").Replace(subject))
	return strings.TrimSpace(fmt.Sprintf("%04d %s", n, subject)) + ".eml"
}

var escapedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

// unescapeFrom takes back the mark that a mailbox puts before a mail's own lines that begin with "From ". Mailboxes that
// mark less than they should (mboxo) lose a mark of a quotation by it, which is no word.
func unescapeFrom(mail []byte) []byte { return escapedFrom.ReplaceAll(mail, []byte("$1")) }
