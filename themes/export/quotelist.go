package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"collate/themes"
)

// SearchDocument writes what a search found as a Word document (.docx): a heading with the search, then each passage as a quotation
// with its reference under it. The same results give the same bytes.
func SearchDocument(w io.Writer, r *themes.Results) error {
	z := &sortedZip{w: w}
	for _, p := range []struct{ name, text string }{
		{types, docxTypes}, {"_rels/.rels", docxRels}, {"word/_rels/document.xml.rels", docxDocumentRels}, {"word/styles.xml", docxStyles},
		{"word/footer1.xml", docxFooter}, {"docProps/core.xml", docxCore(r)}, {"word/document.xml", docxBody(r)},
	} {
		part, err := z.Create(p.name)
		if err != nil {
			return fmt.Errorf("writing the quotes: %w", err)
		}
		if _, err := io.WriteString(part, xml.Header+p.text); err != nil {
			return fmt.Errorf("writing the quotes: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing the quotes: %w", err)
	}
	return nil
}

const (
	docxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	docxRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	docxDocumentRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`
	wordNames  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	docxFooter = `<w:ftr ` + wordNames + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>` +
		`<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr="NUMPAGES"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`
)

// docxStyles: a quotation keeps to its reference across pages; sizes are half points, spaces twentieths of a point.
var docxStyles = `<w:styles ` + wordNames + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	docxStyle("Normal", "Normal", ` w:default="1"`, "", "") +
	docxStyle("Title", "Title", "", `<w:keepNext/><w:spacing w:after="60"/>`, `<w:b/><w:color w:val="`+navy+`"/><w:sz w:val="36"/>`) +
	docxStyle("Heading1", "heading 1", "", `<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:color w:val="`+navy+`"/><w:sz w:val="28"/>`) +
	docxStyle("Quote", "Quote", "", `<w:keepNext/><w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="8BB8E0"/></w:pBdr><w:spacing w:before="200" w:after="40"/><w:ind w:left="454"/>`, "") +
	docxStyle("Reference", "Reference", "", `<w:spacing w:after="200"/><w:ind w:left="454"/>`, `<w:color w:val="`+quiet+`"/><w:sz w:val="20"/>`) +
	docxStyle("Footer", "footer", "", "", `<w:color w:val="`+quiet+`"/><w:sz w:val="18"/>`) + `</w:styles>`

func docxStyle(id, name, more, paragraph, run string) string {
	return `<w:style w:type="paragraph"` + more + ` w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:qFormat/><w:pPr>` + paragraph + `</w:pPr><w:rPr>` + run + `</w:rPr></w:style>`
}

func docxCore(r *themes.Results) string {
	created := ""
	if day, err := time.Parse("2 January 2006", r.Day); err == nil {
		created = `<dcterms:created xsi:type="dcterms:W3CDTF">` + day.Format(time.RFC3339) + `</dcterms:created>`
	}
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(r.Title) + `</dc:title><dc:creator>` + escaped(r.Tool) + `</dc:creator>` + created + `</cp:coreProperties>`
}

func docxBody(r *themes.Results) string {
	var b strings.Builder
	b.WriteString(`<w:document ` + wordNames + `><w:body>`)
	docxParagraph(&b, "Title", docxRun(r.Title, false))
	docxParagraph(&b, "", docxRun("Searched for: ", true)+docxRun(r.Query, false))
	line := foundLine(r) + " " + r.Day + "."
	if r.Withheld > 0 {
		line += fmt.Sprintf(" %s counted and not quoted.", were(r.Withheld))
	}
	docxParagraph(&b, "", docxRun(line, false))
	for _, n := range r.Notes {
		docxParagraph(&b, "", docxRun(n, false))
	}
	docxParagraph(&b, "Heading1", docxRun("What members said", false))
	docxQuotes(&b, r.Quotes)
	if len(r.References) > 0 {
		docxParagraph(&b, "Heading1", docxRun("In the documents that the members answer", false))
		docxQuotes(&b, r.References)
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304" w:header="624" w:footer="624" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

func were(n int) string {
	if n == 1 {
		return "1 passage is"
	}
	return fmt.Sprintf("%d passages are", n)
}

func docxQuotes(b *strings.Builder, quotes []themes.Quote) {
	if len(quotes) == 0 {
		docxParagraph(b, "", docxRun("Nothing.", false))
	}
	for i := range quotes {
		q := &quotes[i]
		words := docxRun(withheldWords(q), false)
		if !q.Withheld {
			words = docxWords(q)
		}
		docxParagraph(b, "Quote", words)
		docxParagraph(b, "Reference", docxRun(reference(q)+" ["+q.Ref+"]", false))
	}
}

// docxWords are a quote's words in quotation marks, those that answer the search in bold.
func docxWords(q *themes.Quote) string {
	var b strings.Builder
	b.WriteString(docxRun("“", false))
	at := 0
	for _, m := range usable(q.Words, q.Marks) {
		b.WriteString(docxRun(q.Words[at:m.Start], false) + docxRun(q.Words[m.Start:m.End], true))
		at = m.End
	}
	return b.String() + docxRun(q.Words[at:], false) + docxRun("”", false)
}

func docxParagraph(b *strings.Builder, style, runs string) {
	b.WriteString(`<w:p>`)
	if style != "" {
		b.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	}
	b.WriteString(runs + `</w:p>`)
}

// docxRun is text in one weight. A line break and a tab are elements of their own.
func docxRun(text string, bold bool) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<w:r>`)
	if bold {
		b.WriteString(`<w:rPr><w:b/></w:rPr>`)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n").Replace(text)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escaped(piece) + `</w:t>`)
			}
		}
	}
	return b.String() + `</w:r>`
}

// escaped is text for XML; characters that XML cannot hold become U+FFFD.
func escaped(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil { // a buffer takes everything
		panic(err)
	}
	return b.String()
}
