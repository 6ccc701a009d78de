package extract

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

// readPage reads a web page: as HTML, or packed with its pictures in the shape of a mail (.mht, "single file web page").
func readPage(ctx context.Context, name string, data []byte) (*Document, error) {
	if isWebArchive(data) {
		return readMHT(ctx, data)
	}
	return readHTML(ctx, name, data)
}

// isWebArchive tells a packed page from a mail: it has no sender and nobody to go to, and what it holds belongs together.
// Browsers name themselves as the sender.
func isWebArchive(data []byte) bool {
	if !isMail(headText(data)) {
		return false
	}
	header := headersOf(data)
	kind, _, _, _ := mediatype.Parse(header.Get("Content-Type"))
	if kind != "multipart/related" {
		return false
	}
	for _, key := range []string{"To", "Cc", "Received", "Return-Path", "Delivered-To"} {
		if header.Get(key) != "" {
			return false
		}
	}
	from := strings.ToLower(strings.Trim(mailHeader(header, "From"), ` "<>`))
	return from == "" || strings.HasPrefix(from, "saved by ") || header.Get("Snapshot-Content-Location") != ""
}

// readMHT reads a packed page: the page itself, not its pictures and styles.
func readMHT(ctx context.Context, data []byte) (*Document, error) {
	data = trimMailStart(data)
	if err := guardMail(data); err != nil {
		return nil, err
	}
	root, err := mailParser().ReadParts(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	pages := packedPages(root, nil, 0)
	if len(pages) == 0 {
		return nil, fmt.Errorf("%w: a packed web page without a page", ErrDamaged)
	}
	b := &builder{}
	out := &outline{b: b}
	frames := 0
	for i, p := range pages {
		switch {
		case isMargin(p):
			// Word keeps its running headers apart; they have the text of the page's fields at the time of saving.
			if err := readMargin(ctx, b, p); err != nil {
				return nil, err
			}
		case i == 0 || len(b.doc.Blocks) == 0: // a frame set has no words of its own
			if err := walkHTML(ctx, packedText(p), newHTMLFlow(out)); err != nil {
				return nil, err
			}
		default:
			frames++
		}
	}
	if frames > 0 {
		b.warn("", plural(frames, "page inside the page", "pages inside the page")+wasWere(frames)+"not read.")
	}
	if b.doc.Facts.Title == "" {
		b.doc.Facts.Title = mailHeader(root.Header, "Subject")
	}
	if b.doc.Facts.Date == "" {
		b.doc.Facts.Date = mailDate(mailHeader(root.Header, "Date"))
	}
	return b.document(), nil
}

// packedPages are the pages of the package in order. The first is the page itself, as every writer has it.
func packedPages(p *enmime.Part, pages []*enmime.Part, depth int) []*enmime.Part {
	if depth > MaxDepth {
		return pages
	}
	for ; p != nil; p = p.NextSibling {
		if p.ContentType == "text/html" || p.ContentType == "application/xhtml+xml" {
			pages = append(pages, p)
		}
		pages = packedPages(p.FirstChild, pages, depth+1)
	}
	return pages
}

func packedText(p *enmime.Part) string {
	_, params, _, _ := mediatype.Parse(p.Header.Get("Content-Type"))
	return decodeHTML(p.Content, params["charset"])
}

// isMargin tells the page in which Word keeps running headers and footers.
func isMargin(p *enmime.Part) bool {
	location := strings.ReplaceAll(p.Header.Get("Content-Location"), `\`, "/")
	base := strings.ToLower(path.Base(location))
	return base == "header.htm" || base == "header.html"
}

func readMargin(ctx context.Context, b *builder, p *enmime.Part) error {
	margin := &builder{}
	if err := walkHTML(ctx, packedText(p), newHTMLFlow(&outline{b: margin})); err != nil {
		return err
	}
	if block := b.add(Furniture, strings.TrimSpace(margin.text.String()), Place{}); block != nil {
		block.Why = "page header"
	}
	return nil
}
