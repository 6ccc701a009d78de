// Package word writes Word documents (.docx) that Word and LibreOffice open without repair: real styles, native numbering, footnotes,
// cross-references, comments and tables. It knows paper, paragraphs and tables, and nothing of consultations.
//
// Start at [New], add paragraphs and tables in the order in which they stand, and call [Document.Write]. Every text is taken as text: what XML
// cannot hold is dropped or replaced, and nothing in it becomes markup, a field or a link. The same calls give the same bytes; the package reads
// no clock.
//
//	d := word.New(word.Properties{Title: "Written evidence", Creator: "The consortium", Created: day})
//	d.Title("Written evidence submitted by the consortium")
//	d.Bullet(0, word.Text("Waits are too long (paragraph "), word.Ref("waits"), word.Text(")."))
//	d.Heading(1, word.Text("Waiting times"))
//	d.Numbered(0, word.Text("Children wait."), word.Note(word.Text("Ashdown Autism Trust, letter, page 2."))).Named("waits")
//	err := d.Write(w)
//
// The elements are those of ECMA-376 (ISO/IEC 29500), transitional, in the order of its schema.
package word

import (
	"errors"
	"time"
)

// ErrReference is the error of a document that refers to a paragraph that is not there, is there twice or has no number.
var ErrReference = errors.New("a reference leads nowhere")

// Properties are what a document says about itself. Empty ones are left out; nothing else about who made it is written.
type Properties struct {
	Title, Subject, Creator, Description string
	Created                              time.Time // the day it is of; zero leaves it out
}

// Numbering is how the numbered paragraphs of a document count.
type Numbering int

// The ways of counting. Paragraphs under a numbered one are (a), (b) and (i), (ii) in both.
const (
	Running   Numbering = iota // 1, 2, 3 through the whole document, whatever headings stand between
	BySection                  // headings of the first level are 1, 2, 3; the paragraphs under them 1.1, 1.2
)

// A Document is what is written, in order. Its zero value is not usable: see [New].
type Document struct {
	Properties Properties
	Header     string    // at the head of every page; "" for none
	Footer     string    // at the foot of every page, left of its number; "" for none
	Numbering  Numbering // set it before the first paragraph
	blocks     []block
	pages      []Page
	lists      []list // the numbering instances beside the fixed ones, in the order of their ids
	series     int    // the numbering instance that Numbered paragraphs count in
}

// A block is a *Paragraph, a *Table or the start of a section.
type block interface{ blockOf() }

// New is an empty document on upright A4.
func New(p Properties) *Document {
	return &Document{Properties: p, pages: []Page{A4()}, series: seriesNum}
}

// Add puts paragraphs at the end.
func (d *Document) Add(paragraphs ...*Paragraph) {
	for _, p := range paragraphs {
		d.blocks = append(d.blocks, p)
	}
}

func (d *Document) add(p *Paragraph) *Paragraph {
	d.blocks = append(d.blocks, p)
	return p
}

// Title adds the document's title.
func (d *Document) Title(text string) *Paragraph { return d.add(Para(Title, Text(text))) }

// Subtitle adds the line under the title.
func (d *Document) Subtitle(text string) *Paragraph { return d.add(Para(Subtitle, Text(text))) }

// Heading adds a heading of level 1 to 3; it stays with what follows it.
func (d *Document) Heading(level int, content ...Inline) *Paragraph {
	level = min(max(level, 1), 3)
	p := Para([]Style{Heading1, Heading2, Heading3}[level-1], content...)
	if level == 1 && d.Numbering == BySection {
		p.num, p.level = d.series, 0
	}
	return d.add(p)
}

// Paragraph adds a plain paragraph.
func (d *Document) Paragraph(content ...Inline) *Paragraph { return d.add(Para(Normal, content...)) }

// Styled adds a paragraph of a style.
func (d *Document) Styled(s Style, content ...Inline) *Paragraph { return d.add(Para(s, content...)) }

// Numbered adds a paragraph with the next number of the document's series; depth 1 and 2 are (a) and (i) below it.
func (d *Document) Numbered(depth int, content ...Inline) *Paragraph {
	p := Para(NumberedParagraph, content...)
	p.num, p.level = d.series, min(max(depth, 0), 2)
	if d.Numbering == BySection {
		p.level++
	}
	return d.add(p)
}

// Restart makes the next numbered paragraph, or the next numbered heading, begin at 1 again.
func (d *Document) Restart() { d.series = d.newNum(seriesAbstract) }

// Bullet adds a bulleted paragraph; depth 1 and 2 are indented further.
func (d *Document) Bullet(depth int, content ...Inline) *Paragraph {
	return d.add(BulletPara(depth, content...))
}

// NewList begins a numbered list of its own, as of recommendations, that counts from 1 beside the document's series.
func (d *Document) NewList() List { return List{d.newNum(listAbstract)} }

// Item adds a paragraph to a numbered list; depth 1 and 2 are (a) and (i) below it.
func (d *Document) Item(l List, depth int, content ...Inline) *Paragraph {
	p := Para(ListNumber, content...)
	p.num, p.level = l.num, min(max(depth, 0), 2)
	return d.add(p)
}

// Table adds a table.
func (d *Document) Table(t Table) { d.blocks = append(d.blocks, &t) }

// Section begins a new page of another paper. Before anything was added it sets the paper of the first page.
func (d *Document) Section(p Page) {
	if len(d.blocks) == 0 {
		d.pages[0] = p
		return
	}
	d.pages = append(d.pages, p)
	d.blocks = append(d.blocks, section{})
}

// A section is where the next of a document's pages begins.
type section struct{}

func (section) blockOf() {}
