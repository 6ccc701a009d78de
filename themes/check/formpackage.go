package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The bounds of what is read of a draft's package: a part, all parts, and the names in it.
const (
	maxPart    = 64 << 20
	maxParts   = 256 << 20
	maxEntries = 10_000
)

// A parcel is the package of a .docx or .odt file, for what is not in its text.
type parcel struct {
	files []*zip.File
	left  int64 // bytes that may still be read
}

// packaged looks into the file itself.
func (j *formJudge) packaged() {
	if format := j.d.Document.Format; format != "docx" && format != "odt" {
		return
	}
	z, err := zip.NewReader(bytes.NewReader(j.d.Data), int64(len(j.d.Data)))
	if err != nil || len(z.File) > maxEntries {
		j.say(LookAt, "", "The file's own parts could not be read: what stands in its properties, and whether it holds macros, was not checked.")
		return
	}
	p := &parcel{files: z.File, left: maxParts}
	j.contents(p)
	j.properties(p)
	j.hidden(p)
	j.linked(p)
}

// contents looks for what a document for a committee does not hold.
func (j *formJudge) contents(p *parcel) {
	macros, embedded := 0, []string{}
	for _, f := range p.files {
		name := strings.ToLower(f.Name)
		switch {
		case strings.HasSuffix(name, "/"):
		case strings.HasSuffix(name, "vbaproject.bin"), strings.HasPrefix(name, "basic/") && path.Base(name) != "script-lc.xml", strings.HasPrefix(name, "scripts/"):
			macros++
		case strings.Contains(name, "/embeddings/"), strings.Contains(name, "/activex/"), strings.HasPrefix(name, "object ") && path.Base(name) == "content.xml":
			embedded = append(embedded, path.Base(f.Name))
		}
	}
	if macros > 0 {
		j.say(Wrong, "macros", "The file holds macros: committees do not take such a file.")
	}
	if n := len(embedded); n > 0 {
		j.say(LookAt, fmt.Sprintf("%d embedded files", n), "Files are embedded in it (a workbook behind a chart, for one): whoever gets it can open them. "+shortened(strings.Join(embedded, ", ")))
	}
}

// tokens reads a part, one token at a time. A part that is missing, too large or no XML is read as far as it goes; ok is false where it was not
// read to its end.
func (p *parcel) tokens(name string, f func(xml.Token, *xml.Decoder)) (ok bool) {
	for _, file := range p.files {
		if file.Name != name {
			continue
		}
		if file.UncompressedSize64 > maxPart || p.left <= 0 {
			return false
		}
		r, err := file.Open()
		if err != nil {
			return false
		}
		defer r.Close()
		bounded := &io.LimitedReader{R: r, N: min(maxPart, p.left)}
		before := bounded.N
		defer func() { p.left -= before - bounded.N }()
		d := xml.NewDecoder(bounded)
		d.Strict = false
		for {
			t, err := d.RawToken()
			if err != nil {
				return err == io.EOF && bounded.N > 0
			}
			f(t, d)
		}
	}
	return true
}

// named are the properties that say who made a file, by the part they stand in.
var named = map[string]map[string]string{
	"docProps/core.xml": {"creator": "author", "lastModifiedBy": "last saved by", "keywords": "keywords", "description": "comments"},
	"docProps/app.xml":  {"Company": "company", "Manager": "manager", "Template": "template"},
	"meta.xml":          {"initial-creator": "author", "creator": "last saved by", "keyword": "keywords", "description": "comments", "user-defined": "a property", "template": "template", "printed-by": "printed by"},
}

// ordinary are templates that tell nothing.
var ordinary = regexp.MustCompile(`(?i)^normal(?:\.dotm?|\.dotx)?$`)

// properties lists what the file says of who made it.
func (j *formJudge) properties(p *parcel) {
	var found []string
	for _, part := range []string{"docProps/core.xml", "docProps/app.xml", "meta.xml"} {
		inside := ""
		p.tokens(part, func(t xml.Token, _ *xml.Decoder) {
			switch x := t.(type) {
			case xml.StartElement:
				inside = named[part][x.Name.Local]
				if inside == "template" {
					for _, a := range x.Attr {
						if a.Name.Local == "href" {
							found = add(found, inside, a.Value)
						}
					}
				}
			case xml.EndElement:
				inside = ""
			case xml.CharData:
				if inside != "" {
					found = add(found, inside, string(x))
				}
			}
		})
	}
	custom := 0
	p.tokens("docProps/custom.xml", func(t xml.Token, _ *xml.Decoder) {
		if x, ok := t.(xml.StartElement); ok && x.Name.Local == "property" {
			custom++
		}
	})
	if custom > 0 {
		found = append(found, fmt.Sprintf("%d properties of its own", custom))
	}
	if len(found) > 0 {
		j.say(LookAt, "properties", "The file says who made it: "+shortened(strings.Join(found, "; "))+". See that it may.")
	}
}

// add lists a property that tells something, once.
func add(found []string, name, value string) []string {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" || name == "template" && ordinary.MatchString(value) {
		return found
	}
	if entry := name + " " + value; !slices.Contains(found, entry) && len(found) < 20 {
		return append(found, entry)
	}
	return found
}

// hidden counts words that are set so that a reader does not see them.
func (j *formJudge) hidden(p *parcel) {
	n := 0
	whole := true
	if j.d.Document.Format == "docx" {
		for _, f := range p.files {
			if strings.HasPrefix(f.Name, "word/") && strings.HasSuffix(f.Name, ".xml") && !strings.Contains(f.Name[len("word/"):], "/") {
				m, ok := hiddenWord(p, f.Name)
				n, whole = n+m, whole && ok
			}
		}
	} else {
		n, whole = hiddenODF(p)
	}
	if n > 0 {
		j.say(Wrong, fmt.Sprintf("%d hidden characters", n), "The file holds hidden text: it is not seen on the page, and whoever gets the file can read it.")
	}
	if !whole {
		j.say(LookAt, "", "A part of the file could not be read to its end: whether it holds hidden text is not known.")
	}
}

// hiddenWord counts the characters of runs that are hidden where they stand. A run that its style hides is not counted.
func hiddenWord(p *parcel, name string) (n int, ok bool) {
	hidden, text, run := false, false, false
	ok = p.tokens(name, func(t xml.Token, _ *xml.Decoder) {
		switch x := t.(type) {
		case xml.StartElement:
			switch x.Name.Local {
			case "r":
				hidden, run = false, true
			case "vanish":
				hidden = run && !off(x)
			case "t":
				text = true
			}
		case xml.EndElement:
			switch x.Name.Local {
			case "r":
				hidden, run = false, false
			case "t":
				text = false
			}
		case xml.CharData:
			if hidden && text {
				n += len([]rune(string(x)))
			}
		}
	})
	return n, ok
}

// off reports a switch that is turned off: val="0" or "false".
func off(x xml.StartElement) bool {
	return slices.ContainsFunc(x.Attr, func(a xml.Attr) bool {
		return a.Name.Local == "val" && (a.Value == "0" || a.Value == "false" || a.Value == "off")
	})
}

// hiddenODF counts the characters under styles that are not displayed.
func hiddenODF(p *parcel) (n int, ok bool) {
	styles := map[string]bool{}
	style := ""
	var stack []bool
	visit := func(t xml.Token, _ *xml.Decoder) {
		switch x := t.(type) {
		case xml.StartElement:
			hide := len(stack) > 0 && stack[len(stack)-1]
			for _, a := range x.Attr {
				switch {
				case x.Name.Local == "style" && a.Name.Local == "name":
					style = a.Value
				case x.Name.Local == "text-properties" && a.Name.Local == "display" && a.Value == "none":
					styles[style] = true
				case a.Name.Space == "text" && a.Name.Local == "style-name" && styles[a.Value], x.Name.Local == "hidden-text", x.Name.Local == "hidden-paragraph":
					hide = true
				}
			}
			stack = append(stack, hide)
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			if len(stack) > 0 && stack[len(stack)-1] {
				n += len([]rune(string(x)))
			}
		}
	}
	first := p.tokens("styles.xml", visit)
	stack = nil
	return n, p.tokens("content.xml", visit) && first
}

// linked looks for files elsewhere that the document takes something from: a template on somebody's disk, pictures, data.
func (j *formJudge) linked(p *parcel) {
	var found []string
	for _, f := range p.files {
		if !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		p.tokens(f.Name, func(t xml.Token, _ *xml.Decoder) {
			x, ok := t.(xml.StartElement)
			if !ok || x.Name.Local != "Relationship" {
				return
			}
			at := map[string]string{}
			for _, a := range x.Attr {
				at[a.Name.Local] = a.Value
			}
			kind := path.Base(at["Type"])
			if at["TargetMode"] == "External" && kind != "hyperlink" {
				found = append(found, kind+" "+at["Target"])
			} else if kind == "hyperlink" && strings.HasPrefix(strings.ToLower(at["Target"]), "file:") {
				found = append(found, "link "+at["Target"])
			}
		})
	}
	if len(found) > 0 {
		j.say(LookAt, fmt.Sprintf("%d outside files", len(found)), "The document takes something from files elsewhere, or names them: "+shortened(strings.Join(found, "; ")))
	}
}
