package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/net/html"

	"collate/index/extract"
)

// NewDraft is a file that was read, with what its format says beside the words. What cannot be told is left out: the words were read.
func NewDraft(name string, data []byte, doc *extract.Document) *Draft {
	d := &Draft{Name: name, Data: data, Document: doc, Styles: make([]Style, len(doc.Blocks))}
	switch doc.Format {
	case "docx":
		if w, err := readWordFile(data); err == nil {
			w.styles(d)
		}
	case "odt":
		d.quoted(odtQuotations(data))
	case "html":
		d.quoted(htmlQuotations(data))
	case "text":
		for i, b := range doc.Blocks {
			d.Styles[i].Quote = strings.HasPrefix(strings.TrimSpace(doc.Text[b.Start:b.End]), "> ")
		}
	}
	return d
}

// quoted marks the blocks that lie in one of the texts, which are given by their letters.
func (d *Draft) quoted(texts []string) {
	for i, b := range d.Document.Blocks {
		words := letters(d.Document.Text[b.Start:b.End])
		if words == "" || b.Kind == extract.Heading {
			continue
		}
		for _, text := range texts {
			if strings.Contains(text, words) {
				d.Styles[i].Quote = true
				break
			}
		}
	}
}

// maxDepth bounds the elements that lie in one another.
const maxDepth = 512

// htmlQuotations are the letters of each block quotation of a page.
func htmlQuotations(data []byte) []string {
	var out []string
	var b strings.Builder
	depth := 0
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(maxWordPart)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.EndTagToken:
			if name, _ := z.TagName(); string(name) != "blockquote" {
				continue
			}
			if kind == html.StartTagToken && depth < maxDepth {
				depth++
			} else if kind == html.EndTagToken && depth > 0 {
				if depth--; depth == 0 && b.Len() > 0 {
					out = append(out, b.String())
					b.Reset()
				}
			}
		case html.TextToken:
			if depth > 0 {
				b.WriteString(letters(string(z.Text())))
			}
		}
	}
}

// odtQuotations are the letters of each paragraph of a text document that has a style for quotations.
func odtQuotations(data []byte) []string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxWordFiles {
		return nil
	}
	f, err := z.Open("content.xml")
	if err != nil {
		return nil
	}
	defer f.Close()
	var out []string
	var b strings.Builder
	styles := map[string]bool{} // those of the document itself that are made from one for quotations
	within := 0
	x := xml.NewDecoder(io.LimitReader(f, maxWordPart))
	for {
		token, err := x.RawToken()
		if err != nil {
			return out
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "style" && quoting.MatchString(attr(&e, "parent-style-name")):
				styles[attr(&e, "name")] = true
			case e.Name.Local == "p" && within == 0:
				if s := attr(&e, "style-name"); styles[s] || quoting.MatchString(s) {
					within = 1
				}
			case within > 0:
				within++
			}
		case xml.EndElement:
			if within > 0 {
				if within--; within == 0 {
					out = append(out, b.String())
					b.Reset()
				}
			}
		case xml.CharData:
			if within > 0 {
				b.WriteString(letters(string(e)))
			}
		}
	}
}
