package extract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// maxOpenElements is where html.Parse gives up; deeper documents are read token by token, up to maxOpenTokens.
const (
	maxOpenElements = 512
	maxOpenTokens   = 100_000
)

// readHTML reads a web page as a browser shows it, without its scripts, styles and pictures.
func readHTML(ctx context.Context, name string, data []byte) (*Document, error) {
	b := &builder{}
	if err := walkHTML(ctx, decodeHTML(data, ""), newHTMLFlow(&outline{b: b, asks: true})); err != nil {
		return nil, err
	}
	if len(b.doc.Blocks) == 0 {
		return nil, ErrNoText
	}
	return b.document(), nil
}

// decodeHTML decodes a page. Valid UTF-8 is UTF-8 whatever the page declares; declared is the charset of a mail part.
func decodeHTML(data []byte, declared string) string {
	head := data[:min(len(data), 2048)]
	_, wide := utf16Parity(head)
	if wide || utf8.Valid(data) || bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		if text := decodeText(data); !isStateful(declared) {
			return text
		}
	}
	contentType := ""
	if declared != "" {
		contentType = mime.FormatMediaType("text/html", map[string]string{"charset": declared})
	}
	enc, label, certain := charset.DetermineEncoding(head, contentType)
	if !certain && label == "windows-1252" { // it knows nothing, or not enough
		if enc, label = lateCharset(data); enc == nil {
			return decodeText(data)
		}
	}
	// A page that is not in the UTF-8 which it declares is mostly in Windows-1252; one that is UTF-8 but for a few bytes stays so.
	if label == "utf-8" && !mostlyUTF8(data) {
		return unixLines(decodeWindows1252(data))
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return decodeText(data)
	}
	return unixLines(string(text))
}

var metaCharset = regexp.MustCompile(`(?i)<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w:.-]+)`)

// lateCharset is the encoding that a page declares after its first kilobyte, where browsers still look; nil when it does not.
func lateCharset(data []byte) (enc encoding.Encoding, label string) {
	m := metaCharset.FindSubmatch(data[:min(len(data), 256<<10)])
	if m == nil {
		return nil, ""
	}
	return charset.Lookup(string(m[1]))
}

// mostlyUTF8 reports whether data holds more good characters beyond ASCII than bad bytes.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good >= bad
}

// walkHTML drives a flow through a page: over the parsed tree, or over the tokens where the tree is too deep.
func walkHTML(ctx context.Context, page string, flow *htmlFlow) error {
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(true))
	if err != nil {
		flow.out.b.warn("", "The page nests its elements deeper than can be followed; tables and lists in it may be told wrongly.")
		err = walkTokens(ctx, page, flow)
	} else {
		err = walkTree(ctx, root, flow)
	}
	flow.flush()
	return err
}

func walkTree(ctx context.Context, n *html.Node, flow *htmlFlow) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch n.Type {
	case html.TextNode:
		flow.text(n.Data)
		return nil
	case html.ElementNode:
		if target, mark := noteReference(n); mark != "" {
			flow.refer(target, mark)
			return nil
		}
		flow.open(n.Data, n.Attr, n.Data == "table" && isLayout(n))
		defer flow.close(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := walkTree(ctx, c, flow); err != nil {
			return err
		}
	}
	return nil
}

// walkTokens follows the tags as they come. An end tag closes the nearest element of its name, if one is open. Tables
// are read as paragraphs, since the end tags of cells may be left out and only the parser knows where.
func walkTokens(ctx context.Context, page string, flow *htmlFlow) error {
	tokens := html.NewTokenizer(strings.NewReader(page))
	tokens.SetMaxBuf(MaxPart)
	for n := 0; ; n++ {
		if n&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); err != io.EOF {
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			return nil
		case html.TextToken:
			flow.text(tokens.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			if htmlBlocks[token.Data] {
				flow.closeNearest("head")
			}
			flow.open(token.Data, token.Attr, true)
			if voidElements[token.Data] || len(flow.stack) > maxOpenTokens {
				flow.close(token.Data)
			}
		case html.EndTagToken:
			tag, _ := tokens.TagName()
			flow.closeNearest(string(tag))
		}
	}
}

var voidElements = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// isLayout tells a table that only lays out the page, as those of many mails do: it holds another table or a heading, or
// no row has two cells, or it says so.
func isLayout(table *html.Node) bool {
	if role := attribute(table.Attr, "role"); role == "presentation" || role == "none" {
		return true
	}
	widest := 0
	for n := range table.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "table", "h1", "h2", "h3", "h4", "h5", "h6":
			return true
		case "tr":
			widest = max(widest, cellsOf(n))
		}
	}
	return widest < 2
}

func cellsOf(row *html.Node) int {
	n := 0
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			n++
		}
	}
	return n
}

func attribute(attrs []html.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key {
			return strings.ToLower(strings.TrimSpace(a.Val))
		}
	}
	return ""
}

func hasAttribute(attrs []html.Attribute, key string) bool {
	for _, a := range attrs {
		if a.Key == key {
			return true
		}
	}
	return false
}

// readMeta takes the facts a page states in its head.
func readMeta(facts *Facts, attrs []html.Attribute) {
	name := attribute(attrs, "name")
	if name == "" {
		name = attribute(attrs, "property")
	}
	content := ""
	for _, a := range attrs {
		if a.Key == "content" {
			content = strings.Join(strings.Fields(a.Val), " ")
		}
	}
	switch name {
	case "author", "article:author", "dc.creator", "dcterms.creator":
		if facts.Author == "" && !strings.Contains(content, "://") {
			facts.Author = content
		}
	case "date", "dc.date", "dcterms.date", "dcterms.modified", "article:published_time", "article:modified_time", "last-modified":
		if facts.Date == "" {
			facts.Date = statedDate(content)
		}
	}
}

var dayAtStart = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)

// statedDate is a date as Facts want it, or "" when it cannot be told.
func statedDate(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Format(time.RFC3339)
	}
	if day := dayAtStart.FindString(s); day != "" {
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			return day
		}
	}
	return mailDate(s)
}
