package word

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"
)

const (
	typesPart     = "[Content_Types].xml"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordType      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	coreType      = "application/vnd.openxmlformats-package.core-properties+xml"

	headerID, footerID = "rIdHeader", "rIdFooter"
)

// A part is one file of the document's archive.
type part struct {
	name, text  string
	contentType string // "" where the ending of the name says it
	id, kind    string // by which word/document.xml refers to it; "" where it does not
}

// links are the addresses that a part leads to, each once, in order.
type links struct{ addresses []string }

// to is the id of an address's relationship.
func (l *links) to(address string) string {
	i := slices.Index(l.addresses, address)
	if i < 0 {
		i = len(l.addresses)
		l.addresses = append(l.addresses, address)
	}
	return fmt.Sprintf("rIdLink%d", i+1)
}

// Write writes the document. An error is [ErrReference] or one of out's.
func (d *Document) Write(out io.Writer) error {
	w := &writer{Document: d}
	w.number()
	parts := w.parts()
	if w.problem != nil {
		return w.problem
	}
	slices.SortFunc(parts, func(a, b part) int {
		switch typesPart { // it comes first, where readers that look at a file's beginning for its type expect it
		case a.name:
			return -1
		case b.name:
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	z := zip.NewWriter(out)
	for _, p := range parts {
		f, err := z.Create(p.name) // without a date
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// parts are all parts; the document's own comes first, because writing it collects the notes and the links.
func (w *writer) parts() []part {
	parts := []part{{name: "word/document.xml", text: w.documentPart(), contentType: wordType + "document.main+xml"}}
	add := func(name, kind, text string) {
		parts = append(parts, part{"word/" + name + ".xml", text, wordType + kind + "+xml", "rId" + fmt.Sprint(len(parts)), kind})
	}
	add("styles", "styles", w.stylesPart())
	add("settings", "settings", w.settingsPart())
	add("numbering", "numbering", w.numberingPart())
	add("footnotes", "footnotes", w.footnotesPart())
	if w.commented > 0 {
		add("comments", "comments", "<w:comments "+names+">"+w.comments.String()+"</w:comments>")
	}
	add("footer1", "footer", w.footerPart())
	parts[len(parts)-1].id = footerID
	if w.Header != "" {
		add("header1", "header", w.headerPart())
		parts[len(parts)-1].id = headerID
	}
	documentRels := relate(parts, w.body)
	parts = append(parts, part{name: "docProps/core.xml", text: w.corePart(), contentType: coreType})
	types := contentTypes(parts)
	if len(w.foot.addresses) > 0 {
		parts = append(parts, part{name: "word/_rels/footnotes.xml.rels", text: relate(nil, w.foot)})
	}
	return append(parts, part{name: typesPart, text: types}, part{name: "word/_rels/document.xml.rels", text: documentRels}, part{name: "_rels/.rels", text: packageRels()})
}

func contentTypes(parts []part) string {
	var m markup
	m.open("Types", `xmlns="http://schemas.openxmlformats.org/package/2006/content-types"`)
	m.empty("Default", attr("Extension", "rels"), attr("ContentType", "application/vnd.openxmlformats-package.relationships+xml"))
	m.empty("Default", attr("Extension", "xml"), attr("ContentType", "application/xml"))
	for _, p := range parts {
		m.empty("Override", attr("PartName", "/"+p.name), attr("ContentType", p.contentType))
	}
	m.close("Types")
	return m.String()
}

// relate is a part that says how another leads to parts and addresses.
func relate(parts []part, l links) string {
	var m markup
	m.open("Relationships", `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`)
	for _, p := range parts {
		if p.id != "" {
			m.empty("Relationship", attr("Id", p.id), attr("Type", relationships+p.kind), attr("Target", p.name[len("word/"):]))
		}
	}
	for _, a := range l.addresses {
		m.empty("Relationship", attr("Id", l.to(a)), attr("Type", relationships+"hyperlink"), attr("Target", a), attr("TargetMode", "External"))
	}
	m.close("Relationships")
	return m.String()
}

func packageRels() string {
	var m markup
	m.open("Relationships", `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`)
	m.empty("Relationship", attr("Id", "rId1"), attr("Type", relationships+"officeDocument"), attr("Target", "word/document.xml"))
	m.empty("Relationship", attr("Id", "rId2"), attr("Type", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"), attr("Target", "docProps/core.xml"))
	m.close("Relationships")
	return m.String()
}

func (w *writer) corePart() string {
	var m markup
	m.open("cp:coreProperties", `xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`)
	p := w.Properties
	for _, x := range [][2]string{{"dc:title", p.Title}, {"dc:subject", p.Subject}, {"dc:creator", p.Creator}, {"dc:description", p.Description}} {
		if x[1] != "" {
			m.text(x[0], x[1])
		}
	}
	if !p.Created.IsZero() {
		m.open("dcterms:created", attr("xsi:type", "dcterms:W3CDTF"))
		m.WriteString(p.Created.UTC().Format(time.RFC3339))
		m.close("dcterms:created")
	}
	m.text("dc:language", language)
	m.close("cp:coreProperties")
	return m.String()
}

func (w *writer) settingsPart() string {
	var m markup
	m.open("w:settings", names)
	m.empty("w:zoom", attr("w:percent", 100))
	m.empty("w:defaultTabStop", attr("w:val", 567))
	m.open("w:footnotePr")
	m.empty("w:footnote", attr("w:id", -1))
	m.empty("w:footnote", attr("w:id", 0))
	m.close("w:footnotePr")
	m.open("w:compat") // without it Word opens the document as one of 2007, with a notice
	m.empty("w:compatSetting", attr("w:name", "compatibilityMode"), attr("w:uri", "http://schemas.microsoft.com/office/word"), attr("w:val", 15))
	m.close("w:compat")
	m.empty("w:themeFontLang", attr("w:val", language))
	m.close("w:settings")
	return m.String()
}

// footnotesPart has two notes of its own: the lines that part notes from the text.
func (w *writer) footnotesPart() string {
	var m markup
	m.open("w:footnotes", names)
	for id, kind := range []string{"separator", "continuationSeparator"} {
		m.open("w:footnote", attr("w:type", kind), attr("w:id", id-1))
		m.WriteString(`<w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:` + kind + `/></w:r></w:p>`)
		m.close("w:footnote")
	}
	m.WriteString(w.notes.String())
	m.close("w:footnotes")
	return m.String()
}

func (w *writer) headerPart() string {
	var m markup
	m.open("w:hdr", names)
	w.paragraph(story{markup: &m}, Para(header, Text(w.Header)), nil, false)
	m.close("w:hdr")
	return m.String()
}

// footerPart has the footer's text at the left and "Page 1 of 9" at the right, by a tab that follows the page's width.
func (w *writer) footerPart() string {
	var m markup
	m.open("w:ftr", names)
	m.open("w:p")
	w.paragraphProperties(&m, Para(footer).Right(), nil, false)
	if w.Footer != "" {
		m.run(w.Footer+"    ", look{})
	}
	m.run("Page ", look{})
	m.field("PAGE", "1", look{})
	m.run(" of ", look{})
	m.field("NUMPAGES", "1", look{})
	m.close("w:p")
	m.close("w:ftr")
	return m.String()
}
