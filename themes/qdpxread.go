package themes

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	textunicode "golang.org/x/text/encoding/unicode"

	"collate/index/extract"
)

// What a project file may hold: far more than people code. The zip itself has the bounds of the readers of submissions.
const (
	maxProjectUsers      = 10_000
	maxProjectSources    = extract.MaxEntries
	maxProjectSelections = 500_000
	maxProjectCodings    = 1_000_000
	maxProjectNote       = 4_000 // bytes of what is read of a description
)

// ErrProjectFile is wrapped by what is wrong with a project file: the message says what, and what to do.
var ErrProjectFile = errors.New("the project cannot be read")

func badProject(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrProjectFile, fmt.Sprintf(format, args...))
}

// A projectFile is a REFI-QDA project as it was read.
type projectFile struct {
	origin  string            // the program that wrote it
	qde     []byte            // the whole project.qde: the codebook is read from it
	users   map[string]string // GUID → name
	sources []projectText
	notes   noteCounter // what was left out
}

// A projectText is a source with the selections in it.
type projectText struct {
	guid, name string
	path       string // where its text is: "internal://GUID.txt"
	text       string
	fault      string // why there is no text, a clause; or ""
	selections []projectSelection
}

// A projectSelection is what is selected of a text. The positions are as they stand in the file.
type projectSelection struct {
	start, end int
	name, note string
	user       string
	codings    []projectCoding
}

type projectCoding struct {
	code, user string
	at         time.Time // zero where it is not said
}

// readProject reads a project file.
func readProject(data []byte) (*projectFile, error) {
	files, err := openProject(data)
	if err != nil {
		return nil, err
	}
	f := &projectFile{users: map[string]string{}}
	if files.entries["project.qde"] == nil {
		return nil, badProject("there is no project.qde in it; export the project (.qdpx) again from the program it came from")
	}
	if f.qde, err = files.read("project.qde"); err != nil {
		return nil, err
	}
	if err := f.parse(); err != nil {
		return nil, err
	}
	for i := range f.sources {
		if err := f.sources[i].load(files); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// A projectZip is the zip of a project, bounded whatever its headers claim.
type projectZip struct {
	entries map[string]*zip.File // by name, in small letters, with slashes
	left    int64                // bytes that may still be inflated
}

func openProject(data []byte) (*projectZip, error) {
	if len(data) > extract.MaxBytes {
		return nil, badProject("it is larger than a project can be here (%d MB)", extract.MaxBytes>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only looked up, nothing is unpacked to them
		return nil, badProject("it is no whole zip file; export the project (.qdpx) again from the program it came from")
	}
	if len(z.File) > extract.MaxEntries {
		return nil, badProject("there are more than %d files in it", extract.MaxEntries)
	}
	out := &projectZip{entries: map[string]*zip.File{}, left: extract.MaxExpanded}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if out.entries[name] != nil {
			return nil, badProject("two files in it are called %q", oneLine(f.Name, 80))
		}
		out.entries[name] = f
	}
	return out, nil
}

// read inflates an entry, and checks that it is what was packed.
func (z *projectZip) read(name string) ([]byte, error) {
	f := z.entries[name]
	if f.Flags&1 != 0 {
		return nil, badProject("it is protected by a password")
	}
	r, err := f.Open()
	if err != nil {
		return nil, badProject("%q in it is packed in a way that cannot be read", oneLine(f.Name, 80))
	}
	defer r.Close()
	limit := min(extract.MaxPart, z.left)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if z.left -= int64(len(data)); int64(len(data)) > limit {
		return nil, badProject("%q in it is too large", oneLine(f.Name, 80))
	}
	if err != nil {
		return nil, badProject("%q in it is damaged; export the project again", oneLine(f.Name, 80))
	}
	return data, nil
}

// load reads the text of a source.
func (s *projectText) load(files *projectZip) error {
	name, internal := strings.CutPrefix(s.path, "internal://")
	switch {
	case s.text != "" || s.fault != "":
		return nil
	case s.path == "":
		s.fault = "it has no plain text in the file"
		return nil
	case !internal:
		s.fault = "its text is not in the file but beside it"
		return nil
	}
	name = strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
	for _, full := range []string{"sources/" + name, name} {
		if files.entries[full] == nil {
			continue
		}
		data, err := files.read(full)
		if err != nil {
			return err
		}
		s.decode(data)
		return nil
	}
	s.fault = "its text is missing from the file"
	return nil
}

// decode makes a text of a file's bytes: UTF-8, as the standard says, or UTF-16 with a byte order mark. The mark is no character of it.
func (s *projectText) decode(data []byte) {
	out, _, err := transform.Bytes(textunicode.BOMOverride(transform.Nop), data)
	if err != nil || !utf8.Valid(out) {
		s.fault = "its text is not in UTF-8"
		return
	}
	s.text = string(out)
}

// parse reads project.qde, but for the codebook.
func (f *projectFile) parse() error {
	in, marked := decodeXML(f.qde)
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if marked {
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	p := projectParser{f: f}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badProject("project.qde is no whole XML file (%v); export the project again from the program it came from", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := p.start(&token); err != nil {
				return err
			}
		case xml.CharData:
			if len(p.path) > 0 && (p.top() == "PlainTextContent" || p.text.Len()+len(token) <= maxProjectNote) {
				p.text.Write(token)
			}
		case xml.EndElement:
			p.end()
		}
	}
	if !p.root {
		return badProject("project.qde is no REFI-QDA project: there is no Project in it")
	}
	return nil
}

// A projectParser goes through project.qde.
type projectParser struct {
	f                   *projectFile
	path                []string
	text                strings.Builder
	root                bool
	pdf                 string // the name of the PDF source around
	source              *projectText
	selection           *projectSelection
	selections, codings int
}

func (p *projectParser) top() string { return p.path[len(p.path)-1] }

// within reports whether the element that was opened lies in one of this name.
func (p *projectParser) within(name string) bool {
	return len(p.path) > 1 && p.path[len(p.path)-2] == name
}

func (p *projectParser) start(e *xml.StartElement) error {
	if p.path = append(p.path, e.Name.Local); len(p.path) > maxCodeDepth {
		return badProject("its parts lie more than %d deep in one another", maxCodeDepth)
	}
	p.text.Reset()
	switch name := e.Name.Local; name {
	case "Project":
		p.root, p.f.origin = true, oneLine(attribute(e, "origin"), 100)
	case "User":
		if len(p.f.users) >= maxProjectUsers {
			return badProject("it has more than %d users", maxProjectUsers)
		}
		p.f.users[guidOf(attribute(e, "guid"))] = oneLine(attribute(e, "name"), 100)
	case "PDFSource":
		p.pdf = attribute(e, "name")
	case "TextSource", "Representation", "Note":
		return p.open(e)
	case "PlainTextSelection":
		return p.choose(e)
	case "Coding":
		return p.code(e)
	case "CodeRef":
		if p.within("Coding") && p.selection != nil && len(p.selection.codings) > 0 {
			p.selection.codings[len(p.selection.codings)-1].code = guidOf(attribute(e, "targetGUID"))
		}
	case "PictureSource", "AudioSource", "VideoSource":
		p.f.notes.add("A source that is no text was left out, with what is coded in it.")
	case "PDFSelection":
		p.f.notes.add("A selection of a place on a page was left out; those of words are read.")
	case "Link", "Graph", "Set":
		p.f.notes.add("A " + strings.ToLower(name) + " was left out.")
	}
	return nil
}

// open begins a text. A note is a text that nothing is taken from.
func (p *projectParser) open(e *xml.StartElement) error {
	if e.Name.Local == "Note" {
		if attribute(e, "name") != AboutProject {
			p.f.notes.add("A note was left out; the descriptions of selections are read.")
		}
		p.source = &projectText{}
		return nil
	}
	if e.Name.Local == "Representation" && !p.within("PDFSource") {
		p.source = nil
		return nil
	}
	if len(p.f.sources) >= maxProjectSources {
		return badProject("it has more than %d texts", maxProjectSources)
	}
	name := attribute(e, "name")
	if e.Name.Local == "Representation" {
		name = p.pdf
	}
	p.f.sources = append(p.f.sources, projectText{guid: guidOf(attribute(e, "guid")), name: oneLine(name, 400), path: strings.TrimSpace(attribute(e, "plainTextPath"))})
	p.source = &p.f.sources[len(p.f.sources)-1]
	return nil
}

func (p *projectParser) choose(e *xml.StartElement) error {
	if p.selection = nil; p.source == nil {
		return nil
	}
	if p.selections++; p.selections > maxProjectSelections {
		return badProject("it has more than %d selections", maxProjectSelections)
	}
	start, err := strconv.Atoi(strings.TrimSpace(attribute(e, "startPosition")))
	end, errEnd := strconv.Atoi(strings.TrimSpace(attribute(e, "endPosition")))
	if err != nil || errEnd != nil {
		start, end = -1, -1 // refused where it is looked for
	}
	p.source.selections = append(p.source.selections, projectSelection{start: start, end: end, name: oneLine(attribute(e, "name"), 400), user: guidOf(attribute(e, "creatingUser"))})
	p.selection = &p.source.selections[len(p.source.selections)-1]
	return nil
}

func (p *projectParser) code(e *xml.StartElement) error {
	if p.selection == nil || !p.within("PlainTextSelection") {
		if p.within("TextSource") {
			p.f.notes.add("A coding of a whole text was left out; themes are put on passages.")
		}
		return nil
	}
	if p.codings++; p.codings > maxProjectCodings {
		return badProject("it has more than %d codings", maxProjectCodings)
	}
	c := projectCoding{user: guidOf(attribute(e, "creatingUser"))}
	if c.user == "" {
		c.user = p.selection.user
	}
	c.at = moment(attribute(e, "creationDateTime"))
	p.selection.codings = append(p.selection.codings, c)
	return nil
}

func (p *projectParser) end() {
	switch name := p.top(); {
	case name == "Description" && p.within("PlainTextSelection") && p.selection != nil:
		p.selection.note = p.text.String()
	case name == "PlainTextContent" && p.source != nil && (p.within("TextSource") || p.within("Representation")):
		p.source.text = p.text.String()
	case name == "PlainTextSelection":
		p.selection = nil
	case name == "TextSource" || name == "Representation" || name == "Note":
		p.source, p.selection = nil, nil
	case name == "PDFSource":
		p.pdf = ""
	}
	p.path = p.path[:len(p.path)-1]
	p.text.Reset()
}

func attribute(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// guidOf is a mark as it is compared: some programs write braces around it, or capitals.
func guidOf(s string) string { return strings.ToLower(strings.Trim(strings.TrimSpace(s), "{}")) }

// moment is a time of XML Schema; zero for one that cannot be understood. Without a zone it is taken to be universal.
func moment(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t
		}
	}
	return time.Time{}
}
