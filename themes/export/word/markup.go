package word

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names are the namespaces that the parts of a document use.
const names = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// A markup is XML as it is written. Names of elements and attributes are the package's own; only texts and values are escaped.
type markup struct{ strings.Builder }

// attr is an attribute with its value escaped.
func attr(name string, value any) string { return name + `="` + escaped(fmt.Sprint(value)) + `"` }

func (m *markup) open(name string, attrs ...string)  { m.tag(name, attrs, ">") }
func (m *markup) empty(name string, attrs ...string) { m.tag(name, attrs, "/>") }
func (m *markup) close(name string)                  { m.WriteString("</" + name + ">") }

func (m *markup) tag(name string, attrs []string, end string) {
	m.WriteString("<" + name)
	for _, a := range attrs {
		m.WriteString(" " + a)
	}
	m.WriteString(end)
}

// text writes an element with text in it.
func (m *markup) text(name, text string) {
	m.open(name)
	m.WriteString(escaped(text))
	m.close(name)
}

// escaped is text for XML. Control characters, which XML cannot hold, are dropped, and what is no UTF-8 or no character becomes U+FFFD.
func escaped(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		s = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
				return -1
			}
			return r
		}, s)
	}
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

var oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n")

// words writes text as the content of a run: a line break and a tab are elements of their own.
func (m *markup) words(text string) {
	for i, line := range strings.Split(oneBreak.Replace(text), "\n") {
		if i > 0 {
			m.empty("w:br")
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				m.empty("w:tab")
			}
			if piece != "" {
				m.open("w:t", `xml:space="preserve"`)
				m.WriteString(escaped(piece))
				m.close("w:t")
			}
		}
	}
}

// A look is how a run is set.
type look struct {
	style        string
	bold, italic bool
	colour, fill string
}

func (i Inline) look() look { return look{"", i.bold, i.italic, i.colour, i.fill} }

// set writes the properties of a run, in the order of the schema.
func (m *markup) set(l look) {
	if l == (look{}) {
		return
	}
	m.open("w:rPr")
	if l.style != "" {
		m.empty("w:rStyle", attr("w:val", l.style))
	}
	if l.bold {
		m.empty("w:b")
	}
	if l.italic {
		m.empty("w:i")
	}
	if l.colour != "" {
		m.empty("w:color", attr("w:val", l.colour))
	}
	if l.fill != "" {
		m.empty("w:shd", attr("w:val", "clear"), attr("w:color", "auto"), attr("w:fill", l.fill))
	}
	m.close("w:rPr")
}

// run writes text as one run; none where there is no text.
func (m *markup) run(text string, l look) {
	if text == "" {
		return
	}
	m.open("w:r")
	m.set(l)
	m.words(text)
	m.close("w:r")
}

// field writes a field with what it shows until it is worked out again.
func (m *markup) field(instruction, shown string, l look) {
	char := func(kind string) {
		m.open("w:r")
		m.set(l)
		m.empty("w:fldChar", attr("w:fldCharType", kind))
		m.close("w:r")
	}
	char("begin")
	m.open("w:r")
	m.set(l)
	m.open("w:instrText", `xml:space="preserve"`)
	m.WriteString(" " + instruction + " ")
	m.close("w:instrText")
	m.close("w:r")
	char("separate")
	m.run(shown, l)
	char("end")
}
