package word

// The colours and the font of a document, those of the workbook. For Calibri LibreOffice has Carlito of the same widths.
const (
	navy     = "17406D"
	quiet    = "595959"
	blue     = "8BB8E0"
	rule     = "BFC7D1"
	headFill = "DCE6F1"
	fontName = "Calibri"
	language = "en-GB"
)

// A definition is a style: its properties are XML in the order of the schema, sizes in half points, spaces in twentieths of a point.
type definition struct {
	id, name           string
	based, next        string // ids; "" for none
	paragraph, run     string
	character, builtIn bool // builtIn: one that people do not choose from the list
}

func (w *writer) stylesPart() string {
	var m markup
	m.open("w:styles", names)
	m.WriteString(`<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + fontName + `" w:hAnsi="` + fontName + `" w:eastAsia="` + fontName + `" w:cs="` + fontName + `"/><w:sz w:val="22"/><w:szCs w:val="22"/>` +
		`<w:lang w:val="` + language + `" w:eastAsia="` + language + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	m.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` + cellMargins(0, 108) + `</w:tblPr></w:style>` +
		`<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` + borders("top", "left", "bottom", "right", "insideH", "insideV") + `</w:tblBorders>` + cellMargins(40, 100) + `</w:tblPr></w:style>`)
	for _, d := range w.definitions() {
		d.write(&m)
	}
	m.close("w:styles")
	return m.String()
}

func (d definition) write(m *markup) {
	kind := "paragraph"
	if d.character {
		kind = "character"
	}
	m.open("w:style", attr("w:type", kind), attr("w:styleId", d.id))
	m.empty("w:name", attr("w:val", d.name))
	if d.based != "" {
		m.empty("w:basedOn", attr("w:val", d.based))
	}
	if d.next != "" {
		m.empty("w:next", attr("w:val", d.next))
	}
	if !d.builtIn {
		m.empty("w:qFormat")
	}
	if d.paragraph != "" {
		m.WriteString("<w:pPr>" + d.paragraph + "</w:pPr>")
	}
	if d.run != "" {
		m.WriteString("<w:rPr>" + d.run + "</w:rPr>")
	}
	m.close("w:style")
}

// definitions are the styles beside the defaults. Those of lists carry their numbering, so that a person who chooses one gets a number.
func (w *writer) definitions() []definition {
	series, heading := numPr(0, seriesNum), ""
	if w.Numbering == BySection {
		series, heading = numPr(1, seriesNum), numPr(0, seriesNum)
	}
	strong := func(size string) string {
		return `<w:b/><w:color w:val="` + navy + `"/><w:sz w:val="` + size + `"/><w:szCs w:val="` + size + `"/>`
	}
	small := func(size string) string {
		return `<w:color w:val="` + quiet + `"/><w:sz w:val="` + size + `"/><w:szCs w:val="` + size + `"/>`
	}
	const n = "Normal"
	return []definition{
		{id: "Title", name: "Title", based: n, next: n, paragraph: `<w:keepNext/><w:spacing w:after="60" w:line="240" w:lineRule="auto"/>`, run: strong("40")},
		{id: "Subtitle", name: "Subtitle", based: n, next: n, paragraph: `<w:spacing w:after="240"/>`, run: small("26")},
		{id: "Heading1", name: "heading 1", based: n, next: n, paragraph: `<w:keepNext/><w:keepLines/>` + heading + `<w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>`, run: strong("30")},
		{id: "Heading2", name: "heading 2", based: n, next: n, paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>`, run: strong("25")},
		{id: "Heading3", name: "heading 3", based: n, next: n, paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="2"/>`, run: strong("22")},
		{id: "ListBullet", name: "List Bullet", based: n, paragraph: numPr(0, bulletNum) + `<w:spacing w:after="80"/>`},
		{id: "ListNumber", name: "List Number", based: n, paragraph: numPr(0, listNum) + `<w:spacing w:after="80"/>`},
		{id: "NumberedParagraph", name: "Numbered Paragraph", based: n, next: "NumberedParagraph", paragraph: series},
		{id: "Quote", name: "Quote", based: n, next: n, paragraph: `<w:keepNext/><w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="` + blue + `"/></w:pBdr><w:spacing w:before="160" w:after="40"/><w:ind w:left="794" w:right="340"/>`},
		{id: "Reference", name: "Reference", based: n, next: n, paragraph: `<w:spacing w:after="200"/><w:ind w:left="794" w:right="340"/>`, run: small("20")},
		{id: "Notice", name: "Notice", based: n, next: n, paragraph: `<w:pBdr><w:top w:val="single" w:sz="12" w:space="5" w:color="9A3A06"/><w:left w:val="single" w:sz="12" w:space="7" w:color="9A3A06"/><w:bottom w:val="single" w:sz="12" w:space="5" w:color="9A3A06"/><w:right w:val="single" w:sz="12" w:space="7" w:color="9A3A06"/></w:pBdr><w:spacing w:before="120" w:after="200"/><w:ind w:left="170" w:right="170"/>`},
		{id: "Caption", name: "caption", based: n, next: n, paragraph: `<w:keepNext/><w:spacing w:before="160" w:after="80"/>`, run: `<w:b/>` + small("20")},
		{id: "TableText", name: "Table Text", based: n, paragraph: `<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>`, run: `<w:sz w:val="20"/><w:szCs w:val="20"/>`},
		{id: "TableNote", name: "Table Note", based: "TableText", run: small("17")},
		{id: "Label", name: "Label", based: "TableText", next: "TableText", paragraph: `<w:spacing w:before="60"/>`, run: strong("20")},
		{id: "Spoken", name: "Spoken", based: n, paragraph: `<w:spacing w:after="50" w:line="245" w:lineRule="auto"/>`, run: `<w:sz w:val="21"/><w:szCs w:val="21"/>`},
		{id: "TableHead", name: "Table Head", based: "TableText", paragraph: `<w:keepNext/>`, run: strong("18")},
		{id: "FootnoteText", name: "footnote text", based: n, paragraph: `<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>`, run: `<w:sz w:val="18"/><w:szCs w:val="18"/>`, builtIn: true},
		{id: "FootnoteReference", name: "footnote reference", based: "DefaultParagraphFont", run: `<w:vertAlign w:val="superscript"/>`, character: true, builtIn: true},
		{id: "Hyperlink", name: "Hyperlink", based: "DefaultParagraphFont", run: `<w:color w:val="1F5FA8"/><w:u w:val="single"/>`, character: true, builtIn: true},
		{id: "CommentText", name: "annotation text", based: n, paragraph: `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, run: `<w:sz w:val="20"/><w:szCs w:val="20"/>`, builtIn: true},
		{id: "CommentReference", name: "annotation reference", based: "DefaultParagraphFont", run: `<w:sz w:val="16"/><w:szCs w:val="16"/>`, character: true, builtIn: true},
		{id: "Header", name: "header", based: n, paragraph: `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>`, run: small("18"), builtIn: true},
		{id: "Footer", name: "footer", based: n, paragraph: `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, run: small("18"), builtIn: true},
	}
}

func numPr(level, num int) string {
	var m markup
	m.open("w:numPr")
	m.empty("w:ilvl", attr("w:val", level))
	m.empty("w:numId", attr("w:val", num))
	m.close("w:numPr")
	return m.String()
}

func borders(sides ...string) string {
	var m markup
	for _, s := range sides {
		m.empty("w:"+s, attr("w:val", "single"), attr("w:sz", 4), attr("w:space", 0), attr("w:color", rule))
	}
	return m.String()
}

// cellMargins are the spaces within cells, above and below and at the sides.
func cellMargins(high, wide int) string {
	var m markup
	m.open("w:tblCellMar")
	for i, side := range []string{"top", "left", "bottom", "right"} {
		m.empty("w:"+side, attr("w:w", []int{high, wide}[i%2]), attr("w:type", "dxa"))
	}
	m.close("w:tblCellMar")
	return m.String()
}
