package word

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A content is what may stand in an element, transcribed from the transitional schema of ECMA-376, wml.xsd: children in the order of a
// sequence, or in any order where the schema has a choice. Those that the package never writes are there where they show the order.
type content struct {
	sequence string // names without w:, in order
	choice   string // names in any order, behind the sequence
	once     bool   // each child of the sequence once at most
}

// schema is the content of every element that the package writes; an element that is missing here may have no children.
func schema() map[string]content {
	const (
		runProperties = "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
		paragraph     = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
		inParagraph   = "r hyperlink fldSimple bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd"
		blocks        = "p tbl bookmarkStart bookmarkEnd"
	)
	return map[string]content{
		"document": {sequence: "background body", once: true},
		"body":     {choice: blocks + " sectPr"},
		"hdr":      {choice: blocks}, "ftr": {choice: blocks}, "footnote": {choice: blocks}, "comment": {choice: blocks},
		"footnotes": {sequence: "footnote"}, "comments": {sequence: "comment"},
		"p":         {sequence: "pPr", choice: inParagraph},
		"hyperlink": {choice: inParagraph},
		"r":         {sequence: "rPr", choice: "t tab br fldChar instrText footnoteReference footnoteRef separator continuationSeparator commentReference annotationRef"},
		"pPr":       {sequence: paragraph, once: true},
		"rPr":       {sequence: runProperties, once: true},
		"numPr":     {sequence: "ilvl numId numberingChange ins", once: true},
		"pBdr":      {sequence: "top left bottom right between bar", once: true},
		"sectPr":    {sequence: "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"},
		"tbl":       {sequence: "tblPr tblGrid tr"},
		"tblPr":     {sequence: "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange", once: true},
		"tblGrid":   {sequence: "gridCol"},
		"tr":        {sequence: "tblPrEx trPr tc"},
		"trPr":      {choice: "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"},
		"tc":        {sequence: "tcPr", choice: blocks},
		"tcPr":      {sequence: "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark", once: true},

		"tblBorders": {sequence: "top left start bottom right end insideH insideV", once: true},
		"tblCellMar": {sequence: "top left start bottom right end", once: true},

		"numbering":   {sequence: "numPicBullet abstractNum num numIdMacAtCleanup"},
		"abstractNum": {sequence: "nsid multiLevelType tmpl name styleLink numStyleLink lvl"},
		"lvl":         {sequence: "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr", once: true},
		"num":         {sequence: "abstractNumId lvlOverride"},
		"lvlOverride": {sequence: "startOverride lvl", once: true},

		"styles":      {sequence: "docDefaults latentStyles style"},
		"docDefaults": {sequence: "rPrDefault pPrDefault", once: true},
		"rPrDefault":  {sequence: "rPr", once: true},
		"pPrDefault":  {sequence: "pPr", once: true},
		"style":       {sequence: "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"},

		"settings":   {sequence: "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins documentType trackRevisions documentProtection defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl updateFields footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator", once: true},
		"footnotePr": {sequence: "pos numFmt numStart numRestart footnote"},
		"compat":     {choice: "compatSetting"},
	}
}

// A node is an element as it was written.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
}

func parsed(t testing.TB, name, text string) *node {
	t.Helper()
	root := &node{}
	path := []*node{root}
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return root.children[0]
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			n := &node{name: full(x.Name), attrs: map[string]string{}}
			for _, a := range x.Attr {
				n.attrs[full(a.Name)] = a.Value
			}
			path[len(path)-1].children = append(path[len(path)-1].children, n)
			path = append(path, n)
		case xml.EndElement:
			if open := path[len(path)-1].name; open != full(x.Name) {
				t.Fatalf("%s: %s ends with %s", name, open, full(x.Name))
			}
			path = path[:len(path)-1]
		}
	}
}

func full(n xml.Name) string { return strings.TrimPrefix(n.Space+":"+n.Local, ":") }

func (n *node) walk(do func(*node)) {
	do(n)
	for _, c := range n.children {
		c.walk(do)
	}
}

// misplaced is the first child that stands where the schema has none of its name, or "".
func (n *node) misplaced(may content) string {
	sequence, choice := strings.Fields(may.sequence), strings.Fields(may.choice)
	at := 0
	for i, c := range n.children {
		name := strings.TrimPrefix(c.name, "w:")
		place := slices.Index(sequence, name)
		switch {
		case place >= 0 && (place < at || may.once && i > 0 && n.children[i-1].name == c.name):
			return c.name
		case place >= 0:
			at = place
		case !slices.Contains(choice, name):
			return c.name
		default:
			at = len(sequence)
		}
	}
	return ""
}

func TestElementsStandInTheOrderOfTheSchema(t *testing.T) {
	allowed := schema()
	for _, n := range []Numbering{Running, BySection} {
		for name, text := range contents(t, write(t, everything(n))) {
			if path.Dir(name) != "word" {
				continue
			}
			parsed(t, name, text).walk(func(n *node) {
				if child := n.misplaced(allowed[strings.TrimPrefix(n.name, "w:")]); child != "" {
					t.Errorf("%s: %s is out of place in %s", name, child, n.name)
				}
			})
		}
	}
}

// TestMisplaced holds the test above to what it must find.
func TestMisplaced(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"in order", `<w:pPr><w:pStyle/><w:keepNext/><w:jc/></w:pPr>`, ""},
		{"out of order", `<w:pPr><w:jc/><w:keepNext/></w:pPr>`, "w:keepNext"},
		{"twice", `<w:rPr><w:b/><w:b/></w:rPr>`, "w:b"},
		{"unknown", `<w:rPr><w:bold/></w:rPr>`, "w:bold"},
		{"properties behind the text", `<w:p><w:r/><w:pPr/></w:p>`, "w:pPr"},
		{"child of a leaf", `<w:t><w:r/></w:t>`, "w:r"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := parsed(t, c.name, c.text)
			if got := n.misplaced(schema()[strings.TrimPrefix(n.name, "w:")]); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBodyEndsWithItsSection(t *testing.T) {
	body := parsed(t, "document", contents(t, write(t, everything(Running)))["word/document.xml"]).children[0]
	if got := body.children[len(body.children)-1].name; got != "w:sectPr" {
		t.Errorf("the body ends with %s", got)
	}
	body.walk(func(n *node) {
		if n.name == "w:tc" && n.children[len(n.children)-1].name != "w:p" {
			t.Error("a cell does not end with a paragraph")
		}
	})
	for i, n := range body.children {
		if n.name == "w:tbl" && body.children[i+1].name != "w:p" {
			t.Errorf("a table is followed by %s", body.children[i+1].name)
		}
	}
}

func TestRowsFillTheGrid(t *testing.T) {
	parsed(t, "document", contents(t, write(t, everything(Running)))["word/document.xml"]).walk(func(table *node) {
		if table.name != "w:tbl" {
			return
		}
		columns := len(table.children[1].children)
		for _, row := range table.children[2:] {
			n := len(row.children) - 1
			for _, cell := range row.children[1:] {
				for _, p := range cell.children[0].children {
					if p.name == "w:gridSpan" {
						n += int(p.attrs["w:val"][0]-'0') - 1
					}
				}
			}
			if n != columns {
				t.Errorf("a row of %d in a grid of %d", n, columns)
			}
		}
	})
}

func TestRelationshipsAndTypesResolve(t *testing.T) {
	parts := contents(t, write(t, everything(Running)))
	ids := map[string][]string{} // of a part's relationships
	for name, text := range parts {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		of := path.Join(path.Dir(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".rels"))
		parsed(t, name, text).walk(func(n *node) {
			if n.name != "Relationship" {
				return
			}
			if slices.Contains(ids[of], n.attrs["Id"]) {
				t.Errorf("%s has %s twice", name, n.attrs["Id"])
			}
			ids[of] = append(ids[of], n.attrs["Id"])
			if target := path.Join(path.Dir(of), n.attrs["Target"]); n.attrs["TargetMode"] != "External" && parts[target] == "" {
				t.Errorf("%s leads to %s, which is not there", name, target)
			}
		})
	}
	for name, text := range parts {
		parsed(t, name, text).walk(func(n *node) {
			if id := n.attrs["r:id"]; id != "" && !slices.Contains(ids[name], id) {
				t.Errorf("%s refers to %s, which is no relationship of it", name, id)
			}
		})
	}
	typed := map[string]bool{}
	parsed(t, typesPart, parts[typesPart]).walk(func(n *node) {
		if n.name == "Override" {
			typed[strings.TrimPrefix(n.attrs["PartName"], "/")] = true
		}
	})
	for name := range parts {
		if name != typesPart && !strings.HasSuffix(name, ".rels") && !typed[name] {
			t.Errorf("%s has no content type", name)
		}
		delete(typed, name)
	}
	for name := range typed {
		t.Errorf("%s has a content type and is not there", name)
	}
}

// TestIDsAreUnique checks that what is numbered is numbered once, and that what refers to a number finds it.
func TestIDsAreUnique(t *testing.T) {
	parts := contents(t, write(t, everything(Running)))
	defined, used := map[string]bool{}, map[string]bool{}
	define := func(what, id string) {
		if defined[what+id] {
			t.Errorf("%s %s is there twice", what, id)
		}
		defined[what+id] = true
	}
	field := regexp.MustCompile(`REF (\S+)`)
	for name, text := range parts {
		parsed(t, name, text).walk(func(n *node) {
			id, value := n.attrs["w:id"], n.attrs["w:val"]
			switch n.name {
			case "w:bookmarkStart":
				define("bookmark", id)
				define("name", n.attrs["w:name"])
			case "w:footnote":
				if name == "word/footnotes.xml" {
					define("footnote", id)
				}
			case "w:comment":
				define("comment", id)
			case "w:style":
				define("style", n.attrs["w:styleId"])
			case "w:abstractNum":
				define("abstract", n.attrs["w:abstractNumId"])
			case "w:num":
				define("num", n.attrs["w:numId"])
			case "w:bookmarkEnd":
				used["bookmark"+id] = true
			case "w:footnoteReference":
				used["footnote"+id] = true
			case "w:commentReference", "w:commentRangeStart", "w:commentRangeEnd":
				used["comment"+id] = true
			case "w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next":
				used["style"+value] = true
			case "w:abstractNumId":
				used["abstract"+value] = true
			case "w:numId":
				used["num"+value] = true
			}
		})
		for _, m := range field.FindAllStringSubmatch(text, -1) {
			used["name"+m[1]] = true
		}
	}
	for u := range used {
		if !defined[u] {
			t.Errorf("%s is used and not there", u)
		}
	}
	if len(used) < 20 {
		t.Errorf("only %d references were looked at", len(used))
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Most members agree.", "<w:t>&amp;", "a\x00\xff\n\t\r\v]]>", "https://example.org", "\ufffe𝒜"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := New(Properties{Title: s, Subject: s, Creator: s, Description: s})
		d.Header, d.Footer = s, s
		d.Heading(1, Text(s))
		d.Numbered(0, Text(s), Note(Text(s), Link(s, s)), Commented(Comment{Author: s, Initials: s, Text: s}, Text(s))).Named(s)
		d.Paragraph(Ref(s), Link(s, "https://example.org/"+s), Text(s).Colour(s).Shade(s))
		d.Table(Table{Heads: []string{s}, Description: s, Rows: [][]Cell{{TextCell(Text(s)).On(s)}}})
		if len(s) == 0 {
			if err := d.Write(io.Discard); !errors.Is(err, ErrReference) {
				t.Fatalf("a reference without a name: %v", err)
			}
			return
		}
		allowed := schema()
		for name, text := range contents(t, write(t, d)) {
			parsed(t, name, text).walk(func(n *node) {
				if path.Dir(name) == "word" {
					if child := n.misplaced(allowed[strings.TrimPrefix(n.name, "w:")]); child != "" {
						t.Errorf("%s: %s is out of place in %s", name, child, n.name)
					}
				}
			})
		}
	})
}
