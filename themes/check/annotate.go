package check

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"collate/index/extract"
)

// Annotate is a copy of a .docx draft with a Word comment at each place that is wrong or to be looked at, and nothing else changed: every part of
// the package that comments do not touch is the same bytes, comments that are there stay. It returns [ErrNotAnnotated] for a file whose parts
// cannot be edited so.
func Annotate(d *Draft, r *Report) ([]byte, error) {
	w, err := readWordFile(d.Data)
	if err != nil {
		return nil, err
	}
	n := &annotator{w: w, d: d, changed: map[string][]byte{}}
	if err := n.comments(); err != nil {
		return nil, err
	}
	places := w.body.places(d.Document)
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Severity != Fine {
			n.comment(f, places)
		}
	}
	if err := n.finish(); err != nil {
		return nil, err
	}
	return n.write()
}

// An edit is text that is put in at a byte of the main part.
type edit struct {
	at, order int
	text      string
}

type annotator struct {
	w       *wordFile
	d       *Draft
	changed map[string][]byte // parts with their new text

	part   string // of the comments
	exists bool
	next   int // the id of the next comment
	list   strings.Builder
	edits  []edit
	spaced map[int]bool // texts whose white space is kept already
}

// commentsType is the type of the relationship to the comments, in a namespace.
func commentsType(space string) string {
	if strings.Contains(space, "purl.oclc.org") {
		return "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
	}
	return "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
}

// comments finds the part of the comments, and the number of the next.
func (n *annotator) comments() error {
	n.spaced = map[int]bool{}
	list, err := n.w.relations(n.w.mainRelations())
	if err != nil {
		return err
	}
	for _, r := range list {
		if strings.HasSuffix(r.Type, "/relationships/comments") {
			n.part, n.exists = n.w.target(r), true
		}
	}
	if !n.exists {
		n.part = path.Join(path.Dir(n.w.main), "comments.xml")
		for i := 1; n.w.find(n.part) != nil; i++ {
			n.part = path.Join(path.Dir(n.w.main), fmt.Sprintf("comments%d.xml", i))
		}
		return nil
	}
	text, err := n.w.read(n.part)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotAnnotated, err)
		}
		if x, ok := token.(xml.StartElement); ok && x.Name.Local == "comment" {
			if id, err := strconv.Atoi(attr(&x, "id")); err == nil {
				n.next = max(n.next, id+1)
			}
		}
	}
}

// comment puts one comment at its place; one that is about the whole draft, or about what is not in the main text, stands at the nearest paragraph.
func (n *annotator) comment(f *Finding, places []blockPlace) {
	id := n.next
	n.next++
	n.list.WriteString(commentXML(id, n.w.body.space, commentLines(f)))
	start := n.w.body.mark("commentRangeStart", id)
	end := n.w.body.mark("commentRangeEnd", id)
	reference := "<" + n.w.body.prefix + "r>" + n.w.body.mark("commentReference", id) + "</" + n.w.body.prefix + "r>"
	if from, to, ok := n.letters(f, places); ok {
		n.put(from.start, from.text, 1, start)
		n.put(to.end, to.text, 0, end+reference)
		return
	}
	if at := n.near(f, places); at >= 0 {
		n.edits = append(n.edits, edit{at, 2, start + end + reference})
	}
}

func (b *wordBody) mark(name string, id int) string {
	return fmt.Sprintf(`<%s%s %sid="%d"/>`, b.prefix, name, b.prefix, id)
}

// letters are the first and the last letter of a finding's words.
func (n *annotator) letters(f *Finding, places []blockPlace) (from, to wordLetter, ok bool) {
	if f.End <= f.Start {
		return from, to, false
	}
	text, blocks := n.d.Document.Text, n.d.Document.Blocks
	first, last := n.d.Block(f.Start), n.d.Block(f.End-1)
	if first < 0 || places[first].paragraph < 0 || places[last].paragraph < 0 {
		return from, to, false
	}
	p, q := n.w.body.paragraphs[places[first].paragraph], n.w.body.paragraphs[places[last].paragraph]
	a := places[first].from + len(letters(text[blocks[first].Start:f.Start]))
	b := places[last].from + len(letters(text[blocks[last].Start:min(f.End, blocks[last].End)]))
	if a >= len(p.at) || b <= 0 || b > len(q.at) {
		return from, to, false
	}
	return p.at[a], q.at[b-1], true
}

// near is a byte at which a mark may stand: before the paragraph that a note's mark is in, or that the finding is in, or before the first.
func (n *annotator) near(f *Finding, places []blockPlace) int {
	if i := n.d.Block(f.Start); f.End > f.Start && i >= 0 {
		if b := n.d.Document.Blocks[i]; b.Kind == extract.Note {
			for j, other := range n.d.Document.Blocks {
				if slices.ContainsFunc(other.Refs, func(r extract.Ref) bool { return r.Note == b.Place.Note }) && places[j].paragraph >= 0 {
					return n.w.body.paragraphs[places[j].paragraph].content
				}
			}
		}
		if places[i].paragraph >= 0 {
			return n.w.body.paragraphs[places[i].paragraph].content
		}
	}
	for _, p := range n.w.body.paragraphs {
		if p.content >= 0 {
			return p.content
		}
	}
	return -1
}

// put puts a mark at a byte of a text, between runs: the run is parted where the byte lies within it.
func (n *annotator) put(at, text, order int, mark string) {
	t, p := &n.w.body.texts[text], n.w.body.prefix
	again := "<" + p + "r>" + t.properties
	switch {
	case at == t.start && t.first:
		n.edits = append(n.edits, edit{t.run, order, mark})
	case at == t.start:
		n.edits = append(n.edits, edit{t.tag, order, "</" + p + "r>" + mark + again})
	case at == t.end && t.last:
		n.edits = append(n.edits, edit{t.runEnd, order, mark})
	case at == t.end:
		n.edits = append(n.edits, edit{t.after, order, "</" + p + "r>" + mark + again})
	default:
		n.edits = append(n.edits, edit{at, order, "</" + p + "t></" + p + "r>" + mark + again + "<" + p + `t xml:space="preserve">`})
		n.keepSpace(text)
	}
}

// keepSpace has the white space at the ends of a text kept, where that is not said already.
func (n *annotator) keepSpace(text int) {
	t := &n.w.body.texts[text]
	if !n.spaced[text] && !bytes.Contains(n.w.body.xml[t.tag:t.start], []byte("xml:space")) {
		n.edits = append(n.edits, edit{t.start - 1, 0, ` xml:space="preserve"`})
	}
	n.spaced[text] = true
}

// finish makes the new texts of the parts.
func (n *annotator) finish() error {
	slices.SortStableFunc(n.edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	var b bytes.Buffer
	from := 0
	for _, e := range n.edits {
		b.Write(n.w.body.xml[from:e.at])
		b.WriteString(e.text)
		from = e.at
	}
	b.Write(n.w.body.xml[from:])
	n.changed[n.w.main] = b.Bytes()
	if n.exists {
		return n.append(n.part, "comments", n.list.String())
	}
	n.changed[n.part] = []byte(xml.Header + `<w:comments xmlns:w="` + n.w.body.space + `">` + n.list.String() + `</w:comments>`)
	if n.w.find(n.w.mainRelations()) == nil {
		return fmt.Errorf("%w: it has no relationships", ErrNotAnnotated)
	}
	id := "collateComments"
	relationship := fmt.Sprintf(`<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="%s" Type="%s" Target="/%s"/>`, id, commentsType(n.w.body.space), n.part)
	if err := n.append(n.w.mainRelations(), "Relationships", relationship); err != nil {
		return err
	}
	override := fmt.Sprintf(`<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>`, n.part)
	return n.append("[Content_Types].xml", "Types", override)
}

// append puts text at the end of the root element of a part.
func (n *annotator) append(name, root, text string) error {
	old, err := n.w.read(name)
	if err != nil {
		return err
	}
	end := regexp.MustCompile(`</(?:[\w.-]+:)?` + root + `\s*>\s*$|/>\s*$`)
	at := end.FindIndex(old)
	if at == nil {
		return fmt.Errorf("%w: its part %q does not end as it should", ErrNotAnnotated, name)
	}
	tail := old[at[0]:]
	if tail[0] == '/' { // the root is empty
		open := regexp.MustCompile(`<((?:[\w.-]+:)?` + root + `)\b[^<>]*/>\s*$`).FindSubmatch(old)
		if open == nil {
			return fmt.Errorf("%w: its part %q does not end as it should", ErrNotAnnotated, name)
		}
		n.changed[name] = slices.Concat(old[:at[0]], []byte(">"+text+"</"+string(open[1])+">"))
		return nil
	}
	n.changed[name] = slices.Concat(old[:at[0]], []byte(text), tail)
	return nil
}

// write makes the package: entries that did not change are copied as they lie there, compressed.
func (n *annotator) write() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	written := map[string]bool{}
	for _, f := range n.w.zip.File {
		name := strings.TrimPrefix(f.Name, "/")
		text, ok := n.changed[n.key(name)]
		if !ok {
			if err := z.Copy(f); err != nil {
				return nil, fmt.Errorf("%w: %w", ErrNotAnnotated, err)
			}
			continue
		}
		written[n.key(name)] = true
		h := f.FileHeader
		h.Extra, h.Modified, h.Flags, h.Method = nil, time.Time{}, f.Flags&0x800, zip.Deflate
		if err := entry(z, &h, text); err != nil {
			return nil, err
		}
	}
	if !written[n.part] {
		if err := entry(z, &zip.FileHeader{Name: n.part, Method: zip.Deflate}, n.changed[n.part]); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// key is the name under which a part was changed: names of parts are the same in capitals.
func (n *annotator) key(name string) string {
	for changed := range n.changed {
		if strings.EqualFold(changed, name) {
			return changed
		}
	}
	return name
}

func entry(z *zip.Writer, h *zip.FileHeader, text []byte) error {
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// commentLines are the paragraphs of a comment.
func commentLines(f *Finding) []string {
	out := []string{strings.ToUpper(string(f.Severity)) + ": " + string(f.Kind) + ". " + f.Why}
	for i := range f.Changes {
		out = append(out, ShowChange(&f.Changes[i]))
	}
	if f.Right != "" {
		out = append(out, "Right: "+f.Right)
	}
	if f.Kind == NotFound && f.Source != nil && f.Source.Words != "" {
		out = append(out, fmt.Sprintf("Nearest: %s, %s, %s: %s", f.Source.Member, f.Source.Document, f.Source.Place, shortened(f.Source.Words)))
	}
	return out
}

// ShowChange is a change on one line, with −[what the source says] and +[what the draft says]: signs, since colours are not seen by all.
func ShowChange(c *Change) string {
	var parts []string
	if c.Before != "" {
		parts = append(parts, "… "+shortened(c.Before))
	}
	if c.Source != "" {
		parts = append(parts, "−["+shortened(c.Source)+"]")
	}
	if c.Draft != "" {
		parts = append(parts, "+["+shortened(c.Draft)+"]")
	}
	if c.After != "" {
		parts = append(parts, shortened(c.After)+" …")
	}
	return strings.Join(parts, " ") + "  (" + c.Class + ")"
}

// commentXML is a comment. It has no date: the same draft and record give the same bytes.
func commentXML(id int, space string, lines []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:comment xmlns:w="%s" w:id="%d" w:author="collate" w:initials="c">`, space, id)
	for _, line := range lines {
		b.WriteString(`<w:p><w:r><w:t xml:space="preserve">`)
		xml.EscapeText(&b, []byte(printable(line)))
		b.WriteString(`</w:t></w:r></w:p>`)
	}
	b.WriteString(`</w:comment>`)
	return b.String()
}

// printable is text without control characters, which XML has none of.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)
}
