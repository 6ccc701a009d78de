package themes

import (
	"bytes"
	"crypto/sha1"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	textunicode "golang.org/x/text/encoding/unicode"
)

// maxCodeDepth is how deep elements of a codebook file may lie in one another.
const maxCodeDepth = 64

// CodeGUID is the mark by which a theme is known in REFI-QDA files: made of the consultation's id and the theme's, so that every export
// has the same. It is a UUID of version 5 (RFC 9562, section 5.5) in the name space of URLs.
func CodeGUID(consultation, theme string) string {
	return nameGUID("urn:collate:codebook:" + consultation + ":" + theme)
}

// nameGUID is the mark of a name, a UUID of version 5 in the name space of URLs.
func nameGUID(name string) string {
	const urls = "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"
	sum := sha1.Sum([]byte(urls + name))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// A code is one of a REFI-QDA codebook, as it stands in the file.
type code struct {
	guid, name, colour, description string
	parent                          int // its number among the codes, or -1
}

// readCodebookQDC reads a REFI-QDA codebook. What it has beyond codes (sets, notes) is left out with a note; names become ids, and
// names that stand twice are told apart by the code above them.
func readCodebookQDC(data []byte, known Known) (*Codebook, []string, error) {
	r := newQDCReader(known)
	if err := r.read(data); err != nil {
		return nil, nil, err
	}
	return r.codebook()
}

func newQDCReader(known Known) *qdcReader {
	return &qdcReader{known: known, book: &Codebook{}, ours: map[string]string{}, marks: map[string]string{}, has: map[string]bool{}, ids: takenIDs(known.Book), names: takenIDs(&Codebook{})}
}

// codebook makes a codebook of the codes that were read, one theme a code, in their order.
func (r *qdcReader) codebook() (*Codebook, []string, error) {
	if len(r.codes) == 0 {
		return nil, nil, badCodebook("there is no code in it; export the codebook (.qdc) again from the program it came from")
	}
	r.themes()
	check := codebookCheck{say: func(_ string, _ int, message string) error { return badCodebook("%s", message) }}
	return r.book, r.notes.sentences(), check.all(r.book)
}

type qdcReader struct {
	known Known
	codes []code
	ours  map[string]string // guid → id, of the themes that are known
	marks map[string]string // id → guid, of them those that are in the file
	has   map[string]bool   // the ids that are taken in the file
	ids   *taken
	names *taken
	book  *Codebook
	notes noteCounter
}

// decodeXML is an XML text in UTF-8, whatever its byte order mark says; the encoding that it declares is only believed without one.
func decodeXML(data []byte) (io.Reader, bool) {
	for _, bom := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(bom)) {
			return transform.NewReader(bytes.NewReader(data), textunicode.BOMOverride(textunicode.UTF8.NewDecoder())), true
		}
	}
	return bytes.NewReader(data), false
}

func (r *qdcReader) read(data []byte) error {
	in, marked := decodeXML(data)
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if marked {
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	var path []string
	open := []int{-1} // the codes around
	var text strings.Builder
	root := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badCodebook("it is no whole XML file (%v); export it again from the program it came from", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if path = append(path, token.Name.Local); len(path) > maxCodeDepth {
				return badCodebook("its codes lie more than %d deep in one another", maxCodeDepth)
			}
			root = root || token.Name.Local == "CodeBook"
			if root && token.Name.Local == "Code" {
				if len(r.codes) >= maxThemes {
					return badCodebook("it has more than %d codes", maxThemes)
				}
				r.codes = append(r.codes, newCode(token, open[len(open)-1]))
				open = append(open, len(r.codes)-1)
			}
			r.leave(token.Name.Local, root)
			text.Reset()
		case xml.CharData:
			if text.Len()+len(token) > maxDescription {
				r.notes.add("A description was too long and was cut.")
				continue
			}
			text.Write(token)
		case xml.EndElement:
			at := open[len(open)-1]
			switch {
			case token.Name.Local == "Code" && len(open) > 1:
				open = open[:len(open)-1]
			case token.Name.Local == "Description" && at >= 0 && path[len(path)-2] == "Code" && r.codes[at].description == "":
				r.codes[at].description = text.String()
			}
			if path = path[:len(path)-1]; token.Name.Local == "CodeBook" && len(path) > 0 { // of a project: what follows is none of it
				return nil
			}
		}
	}
	if !root {
		return badCodebook("it is no REFI-QDA codebook: there is no CodeBook in it")
	}
	return nil
}

// leave notes an element that is not taken over.
func (r *qdcReader) leave(name string, within bool) {
	switch {
	case !within || slices.Contains([]string{"CodeBook", "Codes", "Code", "Description", "Sets", "MemberCode", "MemberSource", "MemberNote"}, name):
	case name == "Set":
		r.notes.add("A set of codes was left out: themes lie under one another instead.")
	case name == "NoteRef":
		r.notes.add("A note on a code was left out; only its description is read.")
	default:
		r.notes.add(fmt.Sprintf("What stands in %q was left out.", oneLine(name, 40)))
	}
}

func newCode(e xml.StartElement, parent int) code {
	c := code{parent: parent}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "guid":
			c.guid = strings.ToLower(strings.Trim(a.Value, "{}"))
		case "name":
			c.name = oneLine(a.Value, maxThemeName)
		case "color", "colour":
			c.colour = codeColour(a.Value)
		}
	}
	return c
}

// codeColour is a colour as themes have it; "" for one that is written otherwise. Some programs put how opaque it is before it.
func codeColour(s string) string {
	if len(s) == 9 && strings.HasPrefix(s, "#") {
		s = "#" + s[3:]
	}
	if !themeColour.MatchString(s) {
		return ""
	}
	return strings.ToLower(s)
}

// oneLine is a stranger's name on one line, without signs that are not seen, and not too long.
func oneLine(s string, most int) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// themes makes themes of the codes.
func (r *qdcReader) themes() {
	for _, t := range r.known.Book.Themes {
		r.ours[CodeGUID(r.known.Consultation, t.ID)] = t.ID
	}
	for _, c := range r.codes {
		if id := r.ours[c.guid]; id != "" {
			r.marks[id] = c.guid
		}
	}
	parents := make([]string, len(r.codes))
	ids := make([]string, len(r.codes))
	depth := make([]int, len(r.codes))
	for i, c := range r.codes {
		t := Theme{Name: c.name, Colour: c.colour, State: ThemeActive}
		for _, rule := range t.readMemo(c.description) {
			r.notes.add(fmt.Sprintf("A rule of %q cannot be understood and was left out: %s", c.name, oneLine(rule, 80)))
		}
		marked := t.ID != ""
		t.ID = r.id(&c, &t)
		if old := r.known.Book.Theme(t.ID); old != nil && !marked && len(t.Any)+len(t.None)+len(t.Examples)+len(t.NonExamples) == 0 {
			t.Any, t.None, t.Examples, t.NonExamples = old.Any, old.None, old.Examples, old.NonExamples
			if len(t.Rules())+len(t.Examples)+len(t.NonExamples) > 0 {
				r.notes.add(fmt.Sprintf("The rules and examples of %q stay as they are: the file has none.", c.name))
			}
		}
		if t.Name == "" {
			t.Name = t.ID
			r.notes.add(fmt.Sprintf("A code without a name is called %q.", t.ID))
		}
		if c.parent >= 0 {
			t.Parent, depth[i] = ids[c.parent], depth[c.parent]+1
			if depth[i] >= maxThemeDepth { // beside the one above
				t.Parent, depth[i] = parents[c.parent], depth[c.parent]
				r.notes.add(fmt.Sprintf("%q lies too deep and was moved up.", t.Name))
			}
		}
		r.tellApart(&t)
		r.book.Themes = append(r.book.Themes, t)
		ids[i], parents[i] = t.ID, t.Parent
	}
}

// id is the theme's that the code is, if it is known: by its mark, by the id in its description, or by its name. Else it is a new one.
func (r *qdcReader) id(c *code, t *Theme) string {
	for _, id := range []string{r.ours[c.guid], t.ID, r.known.named(c.name)} {
		copied := r.marks[id] != "" && r.marks[id] != c.guid
		if id != "" && !r.has[id] && !copied {
			r.has[id], r.ids.has[id] = true, true
			return id
		}
	}
	id := r.ids.fresh(slug(c.name), "%s-%d")
	r.has[id] = true
	return id
}

// tellApart gives a theme a name that no other has.
func (r *qdcReader) tellApart(t *Theme) {
	name := t.Name
	if !r.names.has[strings.ToLower(name)] {
		r.names.has[strings.ToLower(name)] = true
		return
	}
	if i := slices.IndexFunc(r.book.Themes, func(o Theme) bool { return o.ID == t.Parent }); i >= 0 {
		name = fmt.Sprintf("%s (%s)", name, r.book.Themes[i].Name)
	}
	was := t.Name
	t.Name = r.names.fresh(oneLine(name, maxThemeName), "%s (%d)")
	r.notes.add(fmt.Sprintf("Two codes are called %q; one is called %q now.", was, t.Name))
}
