package extract

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

// mailParts sorts the parts of a mail into its body and its attachments.
type mailParts struct {
	b         *builder
	body      []*enmime.Part
	attached  []Part
	labels    partLabels // of those, each only once: two files of one name are two files
	pages     string     // the HTML of the mail, in lower case
	encrypted bool
	stub      bool            // the body only says that the mail is encrypted
	hollow    bool            // it says that it has parts, and none was found
	outlook   *outlookMessage // what Outlook keeps of the mail; its body counts where the parts have none
	opened    int             // packages in it, to bound them
}

// walk visits the parts in order. enmime's own summary of a mail misses text, so the tree is walked.
func (m *mailParts) walk(p *enmime.Part, depth int) {
	if p == nil || depth > MaxDepth {
		return
	}
	m.broken(p)
	if p.FirstChild == nil {
		m.leaf(p)
		return
	}
	switch p.ContentType {
	case "multipart/alternative":
		m.alternative(p, depth)
		return
	case "multipart/encrypted":
		m.seal()
		return
	}
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		m.walk(c, depth+1)
	}
}

// alternative takes one of several forms of the same words: the plain one, unless it is a stub beside a page.
func (m *mailParts) alternative(p *enmime.Part, depth int) {
	var plain, page *enmime.Part
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.ContentType == "text/plain" && plain == nil && !isAttachment(c):
			plain = c
		case bodyPage(c) != nil && page == nil:
			page = c
		}
	}
	stub := plain != nil && page != nil && isStub(string(plain.Content), string(bodyPage(page).Content))
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c == plain && stub, (plain != nil || page != nil) && isOtherForm(c):
		case c == page && plain != nil && !stub:
			m.rest(c, depth+1)
		default:
			m.walk(c, depth+1)
		}
	}
}

// isOtherForm tells the same words in rich text, or for a watch.
func isOtherForm(p *enmime.Part) bool {
	switch p.ContentType {
	case "text/enriched", "text/richtext", "text/rtf", "application/rtf", "text/x-amp-html", "text/watch-html":
		return !isAttachment(p)
	}
	return false
}

// rest visits what comes with a page that is not read: its attachments.
func (m *mailParts) rest(p *enmime.Part, depth int) {
	for c := p.FirstChild; c != nil && depth < MaxDepth; c = c.NextSibling {
		switch {
		case c.FirstChild != nil:
			m.rest(c, depth+1)
		case isAttachment(c) || !strings.HasPrefix(c.ContentType, "text/"):
			m.walk(c, depth+1)
		}
	}
}

// bodyPage is the HTML in a part: the part itself, or the first in it.
func bodyPage(p *enmime.Part) *enmime.Part {
	if p.ContentType == "text/html" && !isAttachment(p) {
		return p
	}
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if found := bodyPage(c); found != nil {
			return found
		}
	}
	return nil
}

// isStub tells a plain form that only says "your program cannot show this": it has under a fifth of the page's words.
func isStub(plain, page string) bool {
	words := Words(plain)
	return words == 0 || words < 30 && words*5 < Words(withoutTags(page))
}

func withoutTags(page string) string {
	b := &builder{}
	if walkHTML(context.Background(), page, newHTMLFlow(&outline{b: b})) != nil {
		return ""
	}
	return b.text.String()
}

func isAttachment(p *enmime.Part) bool {
	return p.Disposition == "attachment" || p.FileName != ""
}

func (m *mailParts) leaf(p *enmime.Part) {
	kind := p.ContentType
	switch {
	case (kind == "text/plain" || kind == "text/html" || kind == "" || kind == "text/enriched") && !isAttachment(p):
		m.body = append(m.body, p)
	case isTNEF(p.Content):
		m.openTNEF(p)
	case kind == "text/calendar" || kind == "application/ics" || hasEnding(p.FileName, ".ics"):
		m.b.warn("", "An invitation to a meeting came with the mail and was not read.")
	case kind == "text/vcard" || kind == "text/x-vcard" || kind == "text/directory" || hasEnding(p.FileName, ".vcf"):
		m.b.warn("", "A visiting card came with the mail and was not read.")
	case kind == "application/pgp-signature" || kind == "application/pkcs7-signature" || kind == "application/x-pkcs7-signature" || hasEnding(p.FileName, ".p7s"):
		// A digital signature has no words.
	case kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime" || hasEnding(p.FileName, ".p7m"):
		m.openSecured(p)
	case hasEnding(p.FileName, ".rpmsg"):
		m.seal()
		m.stub = true
	case strings.HasPrefix(kind, "image/") && m.isInline(p):
		m.b.doc.Facts.Pictures++
	case kind == "message/delivery-status" || kind == "message/disposition-notification" || kind == "text/rfc822-headers":
	case strings.HasPrefix(kind, "multipart/") && Words(string(p.Content)) == 0:
		m.hollow = true
	case strings.HasPrefix(kind, "multipart/"):
		m.b.warn("", "The mail does not say where its parts begin; it was read as one text, and lines between its parts may stand among the words.")
		m.body = append(m.body, p)
	default:
		m.attach(p)
	}
}

// isInline tells a picture of the body. Google names every attachment as if it were one, so that one counts which the page
// shows.
func (m *mailParts) isInline(p *enmime.Part) bool {
	if p.Disposition != "attachment" {
		return p.Disposition == "inline" || p.ContentID != ""
	}
	id := strings.ToLower(strings.Trim(p.ContentID, "<> "))
	return id != "" && strings.Contains(m.pages, "cid:"+id)
}

func (m *mailParts) attach(p *enmime.Part) {
	name := attachmentName(p.FileName)
	if name == "" {
		name = m.nameless(p)
	}
	switch {
	case len(p.Content) == 0:
		m.b.warn(name, "The attachment is empty.")
	case len(m.attached) >= MaxEntries:
	default:
		if m.labels == nil {
			m.labels = partLabels{}
		}
		m.attached = append(m.attached, Part{Name: m.labels.unique(name), Bytes: p.Content})
	}
}

// nameless makes a name for an attachment that came without one; a mail in the mail goes by its subject.
func (m *mailParts) nameless(p *enmime.Part) string {
	n := len(m.attached) + 1
	if p.ContentType != "message/rfc822" {
		return fmt.Sprintf("attachment %d", n)
	}
	if root, err := mailParser().ReadParts(strings.NewReader(headerOf(p.Content))); err == nil {
		if subject := attachmentName(strings.ReplaceAll(mailHeader(root.Header, "Subject"), "/", "-")); subject != "" {
			return subject + ".eml"
		}
	}
	return fmt.Sprintf("attached mail %d.eml", n)
}

func headerOf(mail []byte) string {
	text := unixLines(string(trimMailStart(mail)))
	head, _, _ := strings.Cut(text, "\n\n")
	return head + "\n\n"
}

// attachmentName makes a label of the name in a mail, which may be a path or hold anything at all.
func attachmentName(name string) string {
	name = strings.ReplaceAll(headerLine(name), `\`, "/")
	name = path.Base("/" + name)
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name), " ./")
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[:120], "") + strings.ToValidUTF8(name[len(name)-40:], "")
	}
	return name
}

func hasEnding(name, ending string) bool { return strings.HasSuffix(strings.ToLower(name), ending) }

// broken says what could not be decoded, once a mail for each kind of damage that costs words.
func (m *mailParts) broken(p *enmime.Part) {
	for _, e := range p.Errors {
		switch e.Name {
		case enmime.ErrorMalformedBase64, enmime.ErrorContentEncoding, enmime.ErrorMalformedChildPart:
			m.b.warn(attachmentName(p.FileName), "A part of the mail is damaged; words may be missing.")
			return
		}
	}
}

// nothing is why a mail without body and attachments could not be read.
func (m *mailParts) nothing() error {
	switch {
	case m.encrypted:
		return ErrEncrypted
	case m.hollow:
		return fmt.Errorf("%w: the mail's parts cannot be found", ErrDamaged)
	}
	return ErrNoText
}

// pieces gives the paragraphs of the body.
func (m *mailParts) pieces(ctx context.Context) ([]mailPiece, error) {
	var all []mailPiece
	for _, p := range m.body {
		_, params, _, _ := mediatype.Parse(p.Header.Get("Content-Type"))
		if p.ContentType == "text/html" {
			pieces, err := htmlMailPieces(ctx, m.b, decodeHTML(p.Content, params["charset"]))
			if err != nil {
				return nil, err
			}
			all = append(all, pieces...)
			continue
		}
		text := mailText(p.Content, params["charset"])
		if isGuessedAmiss(p.Content, params["charset"], text) {
			m.unsure()
		}
		if err := notText(text); err != nil {
			m.b.warn("", "A part of the mail calls itself text and is not; it was not read.")
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(text), "-----BEGIN PGP MESSAGE-----") {
			m.seal()
			continue
		}
		if strings.EqualFold(params["format"], "flowed") {
			text = unflow(text, strings.EqualFold(params["delsp"], "yes"))
		}
		all = append(all, plainMailPieces(text)...)
	}
	if wordsLeft(all) == 0 && m.outlook != nil {
		return m.outlookPieces(ctx)
	}
	return all, nil
}

// unsure says once a mail that its letters were guessed.
func (m *mailParts) unsure() {
	w := Warning{What: "The letters of this mail could not be told for certain; check it against the original."}
	if !slices.Contains(m.b.doc.Warnings, w) {
		m.b.warn(w.Where, w.What)
	}
}

// unflow joins the lines that format=flowed (RFC 3676) broke: a line that ends with a space goes on in the next one, if
// both are quoted equally deep. A signature's "-- " is no such line.
func unflow(text string, deleteSpace bool) string {
	var out strings.Builder
	flowing, depth := false, 0
	for i, line := range strings.Split(text, "\n") {
		words := strings.TrimLeft(line, ">")
		quoted := len(line) - len(words)
		words = strings.TrimPrefix(words, " ")
		switch {
		case flowing && quoted == depth && words != "-- ":
		case i > 0:
			out.WriteByte('\n')
			fallthrough
		default:
			if quoted > 0 {
				out.WriteString(line[:quoted] + " ")
			}
		}
		flowing, depth = strings.HasSuffix(words, " ") && words != "-- ", quoted
		if flowing && deleteSpace {
			words = words[:len(words)-1]
		}
		out.WriteString(words)
	}
	return out.String()
}
