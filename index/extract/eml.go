package extract

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
	"golang.org/x/net/html/charset"
)

// readEML reads a mail: its body as blocks, its attachments as parts. Who sent it is in the facts; of a forwarded mail
// that is the sender of the forwarded words, not the forwarder.
func readEML(ctx context.Context, name string, data []byte) (*Document, error) {
	data = endMailHeaders(trimMailStart(data))
	if err := guardMail(data); err != nil {
		return nil, err
	}
	root, err := mailParser().ReadParts(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	b := &builder{}
	b.doc.Facts = mailFacts(root.Header)
	parts := &mailParts{b: b, pages: pagesOf(root)}
	parts.walk(root, 0)
	return parts.document(ctx)
}

// pagesOf gives all HTML of a mail, to look for the pictures that it shows.
func pagesOf(root *enmime.Part) string {
	var pages strings.Builder
	for _, p := range root.DepthMatchAll(func(p *enmime.Part) bool { return p.ContentType == "text/html" }) {
		pages.Write(bytes.ToLower(p.Content))
	}
	return pages.String()
}

// document puts the parts together: the body as blocks, the attachments as parts.
func (m *mailParts) document(ctx context.Context) (*Document, error) {
	m.b.doc.Parts = m.attached
	out := &outline{b: m.b}
	if len(m.attached) > 0 {
		out.part = "body"
	}
	body, err := m.pieces(ctx)
	if err != nil {
		return nil, err
	}
	if m.stub && len(m.attached) == 0 {
		return nil, ErrEncrypted
	}
	writeMailBody(out, body)
	if len(m.b.doc.Blocks) == 0 && len(m.attached) == 0 {
		return nil, m.nothing()
	}
	return m.b.document(), nil
}

// IsMail reports whether the document is a mail, whose author and address are those of its sender.
func (d *Document) IsMail() bool { return d.Format == "eml" || d.Format == "msg" || d.Format == "tnef" }

// trimMailStart drops what stands before the first header: a byte order mark, blank lines, the "From " line of a mailbox.
func trimMailStart(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.TrimLeft(data, " \t\r\n")
	if bytes.HasPrefix(data, []byte("From ")) || bytes.HasPrefix(data, []byte(">From ")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	return data
}

// endMailHeaders puts the blank line after the headers that some programs forget, when a boundary comes before any.
func endMailHeaders(data []byte) []byte {
	at, end := 0, 0
	for line := range bytes.Lines(data) {
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			return data
		case bytes.HasPrefix(line, []byte("--")) && boundaryDeclared.Match(data[:end]):
			return slices.Concat(data[:end], []byte("\n"), data[end:])
		}
		at += len(line)
		if line[0] == ' ' || line[0] == '\t' || headerStart.Match(line) {
			end = at
		}
	}
	return data
}

var headerStart = regexp.MustCompile(`^[!-9;-~]+:`)

// mailParser lets parts through undamaged: it hides the declared character set from enmime, which would otherwise
// overrule it by a guess; mailText decodes the bytes.
func mailParser() *enmime.Parser {
	return enmime.NewParser(
		enmime.SkipMalformedParts(true),
		enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.DisableCharacterDetection(true),
		enmime.MaxStoredPartErrors(50),
		enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }),
		enmime.SetCustomParseMediaType(mediaTypeAsBytes),
	)
}

func mediaTypeAsBytes(declared string) (string, map[string]string, []string, error) {
	kind, params, invalid, err := mediatype.Parse(declared)
	if err != nil || kind == "" && declared != "" {
		kind, params, err = "text/plain", map[string]string{}, nil
	}
	if params == nil {
		params = map[string]string{}
	}
	if strings.HasPrefix(kind, "text/") {
		params["charset"] = "utf-8"
	}
	return kind, params, invalid, err
}

// mailText decodes the bytes of a part. Valid UTF-8 is UTF-8 whatever was declared, unless the declared set hides its
// characters in ASCII.
func mailText(content []byte, declared string) string {
	if utf8.Valid(content) && !isStateful(declared) && !bytes.Contains(content, []byte{0}) {
		return unixLines(string(content))
	}
	if enc, _ := charset.Lookup(declared); enc != nil {
		if text, err := enc.NewDecoder().Bytes(content); err == nil {
			return unixLines(string(text))
		}
	}
	return decodeText(content)
}

// fewStrange is how many letters beyond ASCII in a row may be chance, or a line of signs drawn across a mail.
const fewStrange = 8

// isGuessedAmiss reports whether the text of a part that does not say its letters, or calls them ASCII or Western, reads
// as no language does: beyond ASCII, most of its letters stand beside each other, as where the two bytes of each Chinese
// character, or Cyrillic letters, are read as Western ones.
func isGuessedAmiss(content []byte, declared, text string) bool {
	if enc, name := charset.Lookup(declared); enc != nil && name != "windows-1252" || utf8.Valid(content) {
		return false
	}
	strange, together, before := 0, 0, false
	for _, r := range text {
		now := r > 0xA0 && r <= 0xFF && !strings.ContainsRune("«»°", r) || r == utf8.RuneError
		if now {
			strange++
			if before {
				together++
			}
		}
		before = now
	}
	return together >= fewStrange && 3*together > strange
}

// isStateful names the character sets whose text looks like ASCII.
func isStateful(declared string) bool {
	lower := strings.ToLower(declared)
	return strings.HasPrefix(lower, "iso-2022") || strings.HasPrefix(lower, "hz-gb") || strings.HasPrefix(lower, "utf-16")
}

func mailFacts(header textproto.MIMEHeader) Facts {
	facts := Facts{Subject: mailHeader(header, "Subject")}
	for _, key := range []string{"From", "Sender", "Reply-To"} {
		if facts.Author, facts.Address = mailSender(mailHeader(header, key)); facts.Author != "" || facts.Address != "" {
			break
		}
	}
	for _, key := range []string{"Date", "Sent"} {
		if facts.Date = mailDate(mailHeader(header, key)); facts.Date != "" {
			break
		}
	}
	return facts
}

// mailHeader gives a header's words, decoded and on one line.
func mailHeader(header textproto.MIMEHeader, key string) string {
	value := ""
	for k, v := range header {
		if strings.EqualFold(k, key) && len(v) > 0 {
			value = v[0]
		}
	}
	if !utf8.ValidString(value) {
		value = decodeWindows1252([]byte(value))
	}
	words := &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if decoded, err := words.DecodeHeader(value); err == nil {
		value = decoded
	}
	return headerLine(value)
}

// headerLine makes a label of a stranger's words: no line breaks, no control characters, and not endless.
func headerLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || isBidiControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 1000 {
		s = strings.ToValidUTF8(s[:1000], "")
	}
	return s
}

func isBidiControl(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}

var mailAddress = regexp.MustCompile(`[^\s<>"'(),;:\[\]]+@[^\s<>"'(),;:\[\]]+`)

// mailSender splits "Dee Marsh (PCF) <dee@pcf.example>" into name and address, forgiving what the grammar does not.
func mailSender(from string) (name, address string) {
	if list, err := mail.ParseAddressList(from); err == nil && len(list) > 0 {
		if i := strings.Index(from, "<"); i > 0 && len(list) == 1 { // the parser drops what stands in brackets
			list[0].Name = strings.Trim(strings.TrimSpace(from[:i]), `"'*`)
		}
		return list[0].Name, list[0].Address
	}
	address = strings.Trim(mailAddress.FindString(from), ".*")
	name = from
	if i := strings.IndexAny(from, "<["); i > 0 && (from[i] == '<' || strings.ContainsAny(from[i:], "@:")) {
		name = from[:i]
	} else if address != "" {
		name = strings.Replace(from, address, "", 1)
	}
	name = strings.Trim(name, " \t\"'<>[]*,;")
	return strings.TrimPrefix(name, "mailto:"), address
}

// mailDates are the ways mail programs write a date in the head of a forwarded mail. Those without a time zone give a day.
var mailDates = []string{
	"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "2 January 2006 at 15:04:05 MST",
	"Mon, 2 Jan 2006 at 15:04", "Mon, 2 Jan 2006 15:04", "Mon, 2 Jan 2006", "Mon 2 Jan 2006 15:04", "Mon 2 Jan 2006",
	"Mon, Jan 2, 2006 at 3:04 PM", "Mon, Jan 2, 2006 at 15:04", "Jan 2, 2006 3:04 PM", "Jan 2, 2006",
	"2 January 2006 15:04:05", "2 January 2006 15:04", "2 January 2006 at 15:04:05", "2 January 2006 at 15:04", "2 January 2006",
	"2 Jan 2006 15:04", "2 Jan 2006 at 15:04", "2 Jan 2006", "Monday, 2 January 2006 15:04:05", "Monday, 2 January 2006 15:04",
	"Monday, 2 January 2006 at 15:04", "Monday, 2 January 2006, 15:04", "Monday, 2 January 2006", "Monday, January 2, 2006 3:04 PM", "Monday, January 2, 2006 3:04:05 PM",
	"Monday 2 January 2006 15:04", "Monday 2 January 2006", "Monday, January 2, 2006", "January 2, 2006 at 3:04:05 PM MST",
	"02/01/2006 15:04:05", "02/01/2006 15:04", "02/01/2006, 15:04", "02/01/2006", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
}

// mailDate gives an RFC 3339 time, or a day where the zone is not known, or "" when the words are no date. A date in
// figures is read day first, as here.
func mailDate(s string) string {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u202f", " ")), " ")
	if t, err := mail.ParseDate(s); err == nil && t.Year() > 1970 {
		return t.Format(time.RFC3339)
	}
	for _, layout := range mailDates {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() < 1970 {
			continue
		}
		if strings.HasSuffix(layout, "-0700") {
			return t.Format(time.RFC3339)
		}
		return t.Format(time.DateOnly)
	}
	return ""
}
