package extract

import (
	"bytes"
	"path"
	"strings"
)

// readDrawing finds the text boxes, diagrams, charts and pictures of a drawing.
func (r *docxReader) readDrawing(n *node, line *docxLine) {
	for k := range n.kids() {
		switch k.name {
		case "txbxContent":
			line.box(r.apart(k))
		case "AlternateContent":
			r.readDrawing(chosen(k), line)
		case "relIds":
			line.box(r.diagram(k.attr("dm")))
		case "textpath": // WordArt of the older kind
			line.box([]flowElement{{flowParagraph: flowParagraph{text: wordText(k.attr("string"))}}})
		case "blip", "imagedata":
			if !r.inMargin {
				r.pictures++
			}
		case "chart":
			if !r.inMargin {
				r.charts++
			}
		default:
			r.readDrawing(k, line)
		}
	}
}

func (l *docxLine) box(content []flowElement) {
	if len(content) > 0 {
		l.boxes = append(l.boxes, content)
	}
}

// diagram is the text of a SmartArt diagram, a line for each paragraph.
func (r *docxReader) diagram(id string) flowBox {
	rel, ok := r.targets[id]
	if !ok || rel.external {
		return nil
	}
	root, err := r.archive.optional(rel.target)
	r.fail(err)
	var lines flowBox
	var walk func(*node)
	walk = func(n *node) {
		if n.name == "p" {
			lines = append(lines, flowElement{flowParagraph: flowParagraph{text: mathText(n)}})
			return
		}
		for k := range n.kids() {
			walk(k)
		}
	}
	if root != nil {
		walk(root)
	}
	return lines
}

// readObject says what an object of another program is. Its drawing shows only its picture or icon, so it is not counted
// among the pictures; a formula is nothing but its picture.
func (r *docxReader) readObject(n *node, line *docxLine) {
	object := n.find("OLEObject")
	switch {
	case n.find("control") != nil:
		r.activeX++
	case object == nil, strings.HasPrefix(object.attr("ProgID"), "Equation."):
		r.readDrawing(n, line)
	default:
		r.embed(object)
	}
}

func (r *docxReader) embed(object *node) {
	program := object.attr("ProgID")
	rel, ok := r.targets[object.attr("id")]
	r.embedded.targets[rel.target] = ok
	if ok && strings.HasPrefix(strings.ToLower(program), "package") && !rel.external {
		if name := r.packageName(rel.target); name != "" {
			r.embedded.add(name)
			return
		}
	}
	r.embedded.add(programName(program, rel.target))
}

// embeddedFiles are the files inside a document that were not read, each in a reader's words.
type embeddedFiles struct {
	names   []string
	targets map[string]bool // the parts that were named
}

func (e *embeddedFiles) add(what string) { e.names = append(e.names, what) }

// packageName is the name of a file that somebody attached to a document. Windows wraps it in a compound file.
func (r *docxReader) packageName(target string) string {
	data, err := r.archive.read(target)
	r.fail(err)
	root, err := openCompound(data)
	if err != nil {
		return ""
	}
	return packagedName(root.streams["Ole10Native"]) // the stream's name begins with a sign that the library takes off
}

// packagedName finds the name in the stream that holds a packaged file: after six bytes, before the file's own.
func packagedName(stream []byte) string {
	label, _, found := bytes.Cut(stream[min(6, len(stream)):], []byte{0})
	if !found || len(label) == 0 {
		return ""
	}
	name := path.Base(strings.ReplaceAll(decodeWindows1252(label), `\`, "/"))
	return "“" + oneLine(name, 100) + "”"
}

// programName says what kind of file a program's object is.
func programName(program, target string) string {
	key := strings.ToLower(program + " " + path.Ext(target))
	for _, p := range []struct{ part, what string }{
		{"excel", "an Excel workbook"}, {".xls", "an Excel workbook"}, {"powerpoint", "PowerPoint slides"}, {".ppt", "PowerPoint slides"},
		{"acroexch", "a PDF document"}, {"pdf", "a PDF document"}, {"word", "a Word document"}, {".doc", "a Word document"},
		{"visio", "a Visio drawing"}, {"outlook", "an e-mail"}, {"opendocument", "an OpenDocument file"},
	} {
		if strings.Contains(key, p.part) {
			return p.what
		}
	}
	if program = oneLine(program, 60); program != "" && !strings.EqualFold(program, "package") {
		return "an object of " + program
	}
	return "a file without a name"
}
