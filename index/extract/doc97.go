package extract

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
)

// readDOC reads a document of Word 97 to 2003, and of Word 6 and 95 as far as they are alike.
func readDOC(ctx context.Context, name string, data []byte) (*Document, error) {
	root, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	return readDoc97(ctx, root)
}

func readDoc97(ctx context.Context, root *storage) (*Document, error) {
	file, err := openDoc97(root)
	if err != nil {
		return nil, err
	}
	r, err := newDoc97Reader(ctx, file)
	if err != nil {
		return nil, err
	}
	r.readBody()
	r.readMargins()
	if r.flow.err != nil {
		return nil, r.flow.err
	}
	for _, c := range root.children {
		if c.name == "ObjectPool" {
			for range c.children {
				r.left.embedded = append(r.left.embedded, "an object of another program")
			}
		}
	}
	r.flow.doc.Facts = summaryFacts(root)
	r.flow.report(r.left)
	if r.text.cut && len(r.flow.doc.Blocks) == 0 {
		return nil, fmt.Errorf("%w: its text is not where it should be", ErrDamaged)
	}
	return r.flow.document(), nil
}

// A doc97Reader reads one document.
type doc97Reader struct {
	ctx        context.Context
	file       *doc97File
	text       *doc97Text
	characters []doc97Span // properties
	paragraphs []doc97Span
	sections   map[int]bool // the characters that end a section
	styles     *doc97Styles
	numbering  *numbering
	fonts      []doc97FontName
	authors    []string // of tracked changes
	notes      map[int]*doc97Note
	boxes      map[int][]doc97Range // the text boxes by the character that anchors them
	pictures   map[int]bool         // the characters that anchor drawings with a picture
	flow       flow
	fields     []docxField // the fields that the text now read is inside, outermost first
	fieldMarks map[int]bool
	inNote     bool
	inMargin   bool
	left       leftOut
}

func newDoc97Reader(ctx context.Context, f *doc97File) (*doc97Reader, error) {
	text, err := readDoc97Text(f)
	if err != nil {
		return nil, err
	}
	r := &doc97Reader{ctx: ctx, file: f, text: text, numbering: readDoc97Numbering(f)}
	r.characters = readDoc97Spans(f, doc97CharacterPages)
	r.paragraphs = readDoc97Spans(f, doc97ParagraphPages)
	r.styles = readDoc97Styles(f, r.numbering)
	r.fonts = readDoc97Fonts(f)
	r.authors = readDoc97Names(f.part(doc97ChangeAuthors))
	r.sections = map[int]bool{}
	sections := newDoc97PLC(f.part(doc97Sections), 12)
	for i := range sections.n {
		r.sections[sections.position(i+1)-1] = true
	}
	r.readNotes(sections)
	r.readDrawings()
	r.countComments()
	r.left.cut = text.cut
	return r, nil
}

// readBody lays out the body, and at its end the text boxes whose place is not known.
func (r *doc97Reader) readBody() {
	r.readStory(r.file.story(doc97Body), r.flow.add)
	r.flow.addParagraph(&flowParagraph{boxes: r.boxTexts(doc97LostInBody)})
}

// readMargins adds the headers and footers, each text once: sections repeat them.
func (r *doc97Reader) readMargins() {
	r.inMargin = true
	story := r.file.story(doc97Headers)
	ranges := newDoc97PLC(r.file.part(doc97HeaderTexts), 0).ranges(story)
	if n := len(ranges); n > 0 {
		ranges = ranges[:n-1] // the last is no text
	}
	parts := r.marginParts(len(ranges))
	seen := map[string]bool{}
	for _, kind := range []string{"header", "footer"} {
		for i, s := range ranges {
			if parts[i] != kind {
				continue
			}
			if text := r.plainStory(s); !seen[kind+"\x00"+text] {
				seen[kind+"\x00"+text] = true
				r.flow.addFurniture("page "+kind, text)
			}
		}
	}
	for _, box := range r.boxTexts(doc97LostInMargins) {
		r.flow.addFurniture("page header", plainText(box))
	}
}

// marginParts says for each of n texts whether it is a header or a footer; "" for the separators of notes, which come
// first. Each section has six: headers of even and odd pages, footers of even and odd pages, header and footer of the
// first page. Word 6 and 95 leave out those that are not there, and say which in the section's properties.
func (r *doc97Reader) marginParts(n int) []string {
	six := []string{"header", "header", "footer", "footer", "header", "footer"}
	var parts []string
	if !r.file.old {
		parts = make([]string, len(six))
		for len(parts) < n {
			parts = append(parts, six...)
		}
		return parts
	}
	parts = make([]string, bits.OnesCount8(uint8(r.file.part(doc97Properties).byteAt(1))))
	sections := newDoc97PLC(r.file.part(doc97Sections), 12)
	for i := range sections.n {
		at := sections.item(i).u32(2)
		doc97Changes(r.file.main.cut(at+2, r.file.main.u16(at)), true, func(change int, value doc97Bytes) {
			for j, part := range six {
				if change == doc97OldMargins && value.byteAt(0)>>j&1 != 0 {
					parts = append(parts, part)
				}
			}
		})
	}
	return append(parts, make([]string, n)...)
}

// plainStory is the text of a note, box, header or footer: the fields around it do not apply.
func (r *doc97Reader) plainStory(s doc97Range) string {
	fields, marks := r.fields, r.fieldMarks
	defer func() { r.fields, r.fieldMarks = fields, marks }()
	var text strings.Builder
	r.readStory(s, func(e []flowElement) { writePlain(&text, e) })
	return strings.TrimSpace(text.String())
}

// countComments counts the comments in the margin, with their authors.
func (r *doc97Reader) countComments() {
	const size, authorAt, oldSize = 30, 20, 20
	if r.file.old {
		r.left.comments.n = newDoc97PLC(r.file.part(doc97CommentRefs), oldSize).n
		return
	}
	var authors []string
	for list := r.file.part(doc97CommentAuthors); len(list) > 2; {
		n := list.u16(0)
		authors = append(authors, list.utf16(2, n))
		list = list.cut(2+2*n, len(list))
	}
	comments := newDoc97PLC(r.file.part(doc97CommentRefs), size)
	for i := range comments.n {
		author := ""
		if a := comments.item(i).u16(authorAt); a < len(authors) {
			author = authors[a]
		}
		r.left.comments.add(author)
	}
}
