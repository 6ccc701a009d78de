package extract

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

const (
	maxLive = 2_000_000 // nodes and attributes of one subtree held at a time: about 160 MB
	maxTag  = 1 << 20   // bytes of one tag; encoding/xml would hold all its attributes before we see one
)

// A node is an XML element, or with an empty name a piece of text. Names are local: prefixes differ between writers and
// namespaces between strict and transitional files, while the local names are unambiguous where we read them.
// All methods allow a nil receiver, so that a missing element reads as an empty one.
type node struct {
	name              string
	text              string
	attrs             []attr
	first, last, next *node
}

type attr struct{ name, value string }

func (n *node) kids() iter.Seq[*node] {
	return func(yield func(*node) bool) {
		if n == nil {
			return
		}
		for k := n.first; k != nil; k = k.next {
			if !yield(k) {
				return
			}
		}
	}
}

func (n *node) attr(name string) string {
	v, _ := n.lookup(name)
	return v
}

func (n *node) lookup(name string) (string, bool) {
	if n != nil {
		for _, a := range n.attrs {
			if a.name == name {
				return a.value, true
			}
		}
	}
	return "", false
}

// number is an attribute's value as an integer, or otherwise.
func (n *node) number(name string, otherwise int) int {
	if v, err := strconv.Atoi(strings.TrimSpace(n.attr(name))); err == nil {
		return v
	}
	return otherwise
}

// kid is the first child of this name, or nil.
func (n *node) kid(name string) *node {
	for k := range n.kids() {
		if k.name == name {
			return k
		}
	}
	return nil
}

// find is the first element of this name at any depth below n, or nil.
func (n *node) find(name string) *node {
	for k := range n.kids() {
		if k.name == name {
			return k
		}
		if found := k.find(name); found != nil {
			return found
		}
	}
	return nil
}

// allText is the text below n.
func (n *node) allText() string {
	if n == nil {
		return ""
	}
	if n.first == nil {
		return n.text
	}
	if n.first.next == nil {
		return n.first.allText()
	}
	var s strings.Builder
	n.writeText(&s)
	return s.String()
}

func (n *node) writeText(s *strings.Builder) {
	s.WriteString(n.text)
	for k := range n.kids() {
		k.writeText(s)
	}
}

// streamXML reads data, which must have gone through [repairXML]. An element for which opened(its path) is true is
// gone through; every other element is built as a tree and given to visit with the path of its parents, so that only
// one subtree is in memory at a time. nodes counts the elements against MaxNodes over all parts of a file.
//
// When the XML breaks off, the subtree read so far is still visited, and the error wraps errCut.
func streamXML(ctx context.Context, data []byte, nodes *int, opened func(path []string) bool, visit func(path []string, n *node) error) error {
	if opened == nil {
		return streamElements(ctx, data, nodes, nil, visit)
	}
	return streamElements(ctx, data, nodes, func(path []string, _ *node) bool { return opened(path) }, visit)
}

// streamElements is streamXML where opened is given the element too, without what is in it.
func streamElements(ctx context.Context, data []byte, nodes *int, opened func(path []string, n *node) bool, visit func(path []string, n *node) error) error {
	in := &tagReader{r: bytes.NewReader(data)}
	d := xml.NewDecoder(in)
	d.Strict = false // unclosed tags and unknown entities are read as far as they make sense; entities are never expanded
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	t := treeBuilder{opened: opened, visit: visit, nodes: nodes, names: map[string]string{}}
	for i := 1; ; i++ {
		if i%4096 == 0 {
			if err := stopped(ctx); err != nil {
				return err
			}
		}
		token, err := d.Token()
		if err != nil {
			return t.end(err)
		}
		_, text := token.(xml.CharData)
		in.next(text)
		if err := t.take(token); err != nil {
			return err
		}
	}
}

// stopped is the error of a context that is over.
func stopped(ctx context.Context) error {
	err := ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

// A treeBuilder turns tokens into subtrees.
type treeBuilder struct {
	opened func(path []string, n *node) bool
	visit  func(path []string, n *node) error
	nodes  *int
	names  map[string]string // one copy of every name
	path   []string          // elements gone through
	open   []*node           // the subtree being built, outermost first
	live   int
	slab   []node
}

func (t *treeBuilder) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return t.start(token)
	case xml.CharData:
		if len(t.open) > 0 && t.open[len(t.open)-1].name != "binary-data" { // flat ODF holds its pictures as text
			t.append(&node{text: string(token)})
		}
	case xml.EndElement:
		if len(t.open) == 0 {
			t.path = t.path[:max(len(t.path)-1, 0)]
			return nil
		}
		done := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		if len(t.open) == 0 {
			return t.give(done)
		}
	}
	return nil
}

func (t *treeBuilder) start(e xml.StartElement) error {
	*t.nodes++
	t.live += 1 + len(e.Attr)
	switch {
	case *t.nodes > MaxNodes || t.live > maxLive:
		return fmt.Errorf("%w: too many XML elements", ErrLimit)
	case len(t.path)+len(t.open) >= MaxDepth:
		return fmt.Errorf("%w: XML nested deeper than %d", ErrLimit, MaxDepth)
	}
	name := t.intern(e.Name.Local)
	n := &node{name: name}
	for _, a := range e.Attr {
		// Word's rsid marks (which editing session) are half of all attributes and nothing to a reader.
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || strings.HasPrefix(a.Name.Local, "rsid") {
			continue
		}
		n.attrs = append(n.attrs, attr{t.intern(a.Name.Local), a.Value})
	}
	n.attrs = slices.Clip(n.attrs)
	if len(t.open) == 0 && t.opened != nil {
		t.path = append(t.path, name)
		if t.opened(t.path, n) {
			t.live = 0
			return nil
		}
		t.path = t.path[:len(t.path)-1]
	}
	t.open = append(t.open, t.append(n))
	return nil
}

// append hangs n below the innermost open element and returns its place in the slab: nodes are kept in slabs because
// millions of small allocations cost more than the text.
func (t *treeBuilder) append(n *node) *node {
	if len(t.slab) == cap(t.slab) {
		t.slab = make([]node, 0, 64)
	}
	t.slab = append(t.slab, *n)
	n = &t.slab[len(t.slab)-1]
	if len(t.open) > 0 {
		parent := t.open[len(t.open)-1]
		if parent.last == nil {
			parent.first = n
		} else {
			parent.last.next = n
		}
		parent.last = n
	}
	return n
}

func (t *treeBuilder) give(n *node) error {
	t.live = 0
	return t.visit(t.path, n)
}

// end closes what is open when the tokens end with err.
func (t *treeBuilder) end(err error) error {
	if errors.Is(err, ErrLimit) {
		return err
	}
	if len(t.open) > 0 {
		if err := t.give(t.open[0]); err != nil {
			return err
		}
	}
	if err == io.EOF {
		return nil
	}
	return fmt.Errorf("the XML %w: %w", errCut, err)
}

func (t *treeBuilder) intern(s string) string {
	if known, ok := t.names[s]; ok {
		return known
	}
	if len(t.names) < 4096 {
		t.names[s] = s
	}
	return s
}

// A tagReader refuses a tag longer than maxTag. The decoder reads it byte by byte, and has read the < of a tag when
// it returns the text before it: so the bytes between two tokens are one tag or one text.
type tagReader struct {
	r     *bytes.Reader
	inTag bool
	n     int // bytes since the last token
}

func (t *tagReader) next(afterText bool) { t.inTag, t.n = afterText, 0 }

// ReadByte implements io.ByteReader.
func (t *tagReader) ReadByte() (byte, error) {
	c, err := t.r.ReadByte()
	if t.n == 0 && c == '<' {
		t.inTag = true
	} else if t.n <= 1 && c == '!' {
		t.inTag = false // a comment or CDATA has no attributes
	}
	t.n++
	if t.inTag && t.n > maxTag {
		return 0, fmt.Errorf("%w: an XML tag of more than %d MB", ErrLimit, maxTag>>20)
	}
	return c, err
}

// Read implements io.Reader; the decoder does not use it.
func (t *tagReader) Read(p []byte) (int, error) { return t.r.Read(p) }

// repairXML returns data as UTF-8 without what encoding/xml refuses a whole file for: bytes that are not UTF-8, control
// characters, and references to them become U+FFFD. repaired says whether there were any. Other encodings are told by
// a byte order mark or the declaration.
func repairXML(data []byte) (out []byte, repaired bool) {
	data = decodeXML(data)
	if !needsRepair(data) {
		return data, false
	}
	var b bytes.Buffer
	b.Grow(len(data))
	for i := 0; i < len(data); {
		if n := badReference(data[i:]); n > 0 {
			b.WriteString("\uFFFD")
			i += n
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if xmlRune(r) {
			b.WriteRune(r)
		} else {
			b.WriteString("\uFFFD")
		}
		i += n
	}
	return b.Bytes(), true
}

func decodeXML(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00?\x00")):
		return xmlUTF16(data, unicode.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<\x00?")):
		return xmlUTF16(data, unicode.BigEndian)
	}
	label := declaredEncoding(data)
	if label == "" || strings.HasPrefix(strings.ToLower(label), "utf") {
		return data
	}
	if e, _ := charset.Lookup(label); e != nil {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			return out
		}
	}
	return data
}

func xmlUTF16(data []byte, order unicode.Endianness) []byte {
	out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil {
		out, _ = unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	}
	return bytes.TrimPrefix(out, []byte("\xef\xbb\xbf"))
}

// declaredEncoding is the encoding of an XML declaration, or "".
func declaredEncoding(data []byte) string {
	head := data[:min(len(data), 200)]
	end := bytes.Index(head, []byte("?>"))
	if end < 0 || !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	_, rest, found := bytes.Cut(head[:end], []byte("encoding"))
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if !found || len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	label, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(label)
}

func needsRepair(data []byte) bool {
	if !utf8.Valid(data) || bytes.Contains(data, []byte("\uFFFE")) || bytes.Contains(data, []byte("\uFFFF")) {
		return true
	}
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return true
		}
	}
	for rest := data; ; {
		i := bytes.Index(rest, []byte("&#"))
		if i < 0 {
			return false
		}
		if badReference(rest[i:]) > 0 {
			return true
		}
		rest = rest[i+2:]
	}
}

// badReference is the length of a character reference at the start of s that no XML may hold, such as &#0; or 0.
func badReference(s []byte) int {
	if len(s) < 4 || s[0] != '&' || s[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(s[:min(len(s), 16)], ';')
	if end < 0 {
		return 0
	}
	digits, base := string(s[2:end]), 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	if v, err := strconv.ParseUint(digits, base, 64); err == nil && (v > utf8.MaxRune || !xmlRune(rune(v))) {
		return end + 1
	}
	return 0
}

// xmlRune reports whether XML 1.0 allows r.
func xmlRune(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
