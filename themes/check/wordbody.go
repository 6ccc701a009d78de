package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The namespaces of Word's text: that of all programs and the strict one.
var wordSpaces = map[string]bool{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": true,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":             true,
}

// A wordBody is the text of a main part with the bytes that each letter stands at, so that marks can be put between letters and every other byte
// stays.
type wordBody struct {
	xml        []byte
	prefix     string // of Word's elements, "w:"
	space      string // its namespace
	paragraphs []*wordParagraph
	texts      []wordText
}

// A wordParagraph is one w:p. Letters are its letters and digits in small: what two readers of one file agree on.
type wordParagraph struct {
	letters string
	at      []wordLetter // one a byte of letters
	content int          // the byte at which a mark may stand before all of it; -1 where it is closed at once
	style   string
	left    int // indents in twentieths of a point; -1 where the paragraph says nothing
	right   int
	list    bool
	notes   []string // "footnote 2"
}

// A wordLetter is where a letter stands in the XML, and in which text.
type wordLetter struct{ start, end, text int }

// A wordText is one w:t of a run.
type wordText struct {
	tag, start, end, after int // its tag, its content, and behind its end tag
	run, runEnd            int // the run's start and behind its end
	properties             string
	first, last            bool // nothing of the run stands before or behind it
	whole                  bool // it must not be split
}

// A bodyReader goes through the tokens.
type bodyReader struct {
	b        *wordBody
	d        *xml.Decoder
	stack    []*wordParagraph
	runs     []wordRun
	skip     int // depth within what is not read
	depth    int
	inText   bool
	properly int // depth of a paragraph's own properties
}

type wordRun struct {
	start, from int // its tag, and behind its tag or its properties
	properties  string
	texts       []int
}

const maxWordDepth = 2000

// readWordBody reads a main part.
func readWordBody(text []byte) (*wordBody, error) {
	b := &wordBody{xml: text}
	r := &bodyReader{b: b, d: xml.NewDecoder(bytes.NewReader(text))}
	r.d.Strict = false
	r.d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, ErrNotAnnotated }
	for {
		from := int(r.d.InputOffset())
		token, err := r.d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotAnnotated, err)
		}
		to := int(r.d.InputOffset())
		switch x := token.(type) {
		case xml.StartElement:
			if r.depth++; r.depth > maxWordDepth {
				return nil, fmt.Errorf("%w: its elements are nested too deep", ErrNotAnnotated)
			}
			if b.prefix == "" {
				if err := b.root(&x); err != nil {
					return nil, err
				}
			}
			r.open(&x, from, to)
		case xml.EndElement:
			r.close(x.Name, from, to)
			r.depth--
		}
	}
	if len(b.paragraphs) == 0 {
		return nil, fmt.Errorf("%w: it has no paragraph", ErrNotAnnotated)
	}
	return b, nil
}

// root learns the prefix of Word's elements.
func (b *wordBody) root(x *xml.StartElement) error {
	for _, a := range x.Attr {
		if wordSpaces[a.Value] && a.Name.Space == "xmlns" {
			b.prefix, b.space = a.Name.Local+":", a.Value
			return nil
		}
	}
	return fmt.Errorf("%w: its main part is not Word's", ErrNotAnnotated)
}

// word is the name of one of Word's elements; "" for another's.
func (r *bodyReader) word(n xml.Name) string {
	if n.Space+":" == r.b.prefix {
		return n.Local
	}
	if n.Local == "Fallback" {
		return n.Local
	}
	return ""
}

// unread are elements whose text is not the document's as it reads.
var unread = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "rPrChange": true, "pPrChange": true, "sectPrChange": true}

func (r *bodyReader) open(x *xml.StartElement, from, to int) {
	name := r.word(x.Name)
	if r.skip > 0 {
		return
	}
	if unread[name] {
		r.skip = r.depth
		return
	}
	closed := bytes.HasSuffix(r.b.xml[from:to], []byte("/>"))
	switch name {
	case "p":
		p := &wordParagraph{content: to, left: -1, right: -1}
		if closed {
			p.content = -1
		}
		r.b.paragraphs = append(r.b.paragraphs, p)
		r.stack = append(r.stack, p)
	case "r":
		r.runs = append(r.runs, wordRun{start: from, from: to})
	case "t":
		if n := len(r.runs); n > 0 && len(r.stack) > 0 && !closed {
			run := &r.runs[n-1]
			r.inText = true
			run.texts = append(run.texts, len(r.b.texts))
			r.b.texts = append(r.b.texts, wordText{tag: from, start: to, run: run.start, properties: run.properties, first: run.from == from})
		}
	case "pPr", "rPr":
		if name == "pPr" && r.properly == 0 {
			r.properly = r.depth
		}
		if n := len(r.runs); name == "rPr" && n > 0 && r.runs[n-1].from == from {
			r.runs[n-1].properties = "open"
			r.runs[n-1].from = from
		}
	case "footnoteReference", "endnoteReference":
		if n := len(r.stack); n > 0 {
			r.stack[n-1].notes = append(r.stack[n-1].notes, strings.TrimSuffix(name, "Reference")+" "+attr(x, "id"))
		}
	default:
		r.property(name, x)
	}
}

// property notes what a paragraph says of itself.
func (r *bodyReader) property(name string, x *xml.StartElement) {
	if r.properly == 0 || len(r.stack) == 0 {
		return
	}
	p := r.stack[len(r.stack)-1]
	switch name {
	case "pStyle":
		p.style = attr(x, "val")
	case "numPr":
		p.list = true
	case "ind":
		p.left, p.right = indents(x)
	}
}

func indents(x *xml.StartElement) (left, right int) {
	number := func(names ...string) int {
		for _, name := range names {
			if v := attr(x, name); v != "" {
				n, _ := strconv.Atoi(v)
				return n
			}
		}
		return -1
	}
	return number("left", "start"), number("right", "end")
}

func attr(x *xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (r *bodyReader) close(n xml.Name, from, to int) {
	if r.skip > 0 {
		if r.depth == r.skip {
			r.skip = 0
		}
		return
	}
	if r.properly == r.depth {
		r.properly = 0
		if len(r.stack) > 0 {
			r.stack[len(r.stack)-1].content = to
		}
	}
	switch r.word(n) {
	case "p":
		if len(r.stack) > 0 {
			r.stack = r.stack[:len(r.stack)-1]
		}
	case "rPr":
		if n := len(r.runs); n > 0 && r.runs[n-1].properties == "open" {
			run := &r.runs[n-1]
			run.properties, run.from = string(r.b.xml[run.from:to]), to
		}
	case "t":
		if r.inText {
			r.inText = false
			t := &r.b.texts[len(r.b.texts)-1]
			t.end, t.after = from, to
			r.text(len(r.b.texts) - 1)
		}
	case "r":
		if len(r.runs) == 0 {
			return
		}
		run := r.runs[len(r.runs)-1]
		r.runs = r.runs[:len(r.runs)-1]
		for _, i := range run.texts {
			t := &r.b.texts[i]
			t.runEnd, t.last = to, t.after == from
		}
	}
}

// text takes the letters of a w:t.
func (r *bodyReader) text(i int) {
	t := &r.b.texts[i]
	p := r.stack[len(r.stack)-1]
	raw := r.b.xml[t.start:t.end]
	if t.whole = bytes.IndexByte(raw, '<') >= 0; t.whole { // a CDATA section
		return
	}
	var b strings.Builder
	b.WriteString(p.letters)
	for at := 0; at < len(raw); {
		size := 1
		var seen string
		if raw[at] == '&' {
			if end := bytes.IndexByte(raw[at:], ';'); end > 0 {
				size = end + 1
			}
			seen = html.UnescapeString(string(raw[at : at+size]))
		} else {
			_, size = utf8.DecodeRune(raw[at:])
			seen = string(raw[at : at+size])
		}
		for _, l := range letters(seen) {
			n := b.Len()
			b.WriteRune(l)
			for range b.Len() - n {
				p.at = append(p.at, wordLetter{t.start + at, t.start + at + size, i})
			}
		}
		at += size
	}
	p.letters = b.String()
}

// letters is a text without what two readers may see differently: its letters and digits, in small.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
