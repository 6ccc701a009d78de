package word

import "unicode/utf8"

// A Style is a paragraph style of the document, by the id that Word knows it by.
type Style string

// The styles. A person who edits the document finds them under their usual names, in the language of their Word.
const (
	Normal            Style = "Normal"
	Title             Style = "Title"
	Subtitle          Style = "Subtitle"
	Heading1          Style = "Heading1"
	Heading2          Style = "Heading2"
	Heading3          Style = "Heading3"
	ListBullet        Style = "ListBullet"
	ListNumber        Style = "ListNumber"
	NumberedParagraph Style = "NumberedParagraph"
	Quote             Style = "Quote"     // somebody's exact words, set in; stays with what follows it
	Reference         Style = "Reference" // where a quote stands, under it
	Notice            Style = "Notice"    // a framed paragraph that must not be overlooked, as DRAFT
	Caption           Style = "Caption"   // above a table; stays with it
	TableHead         Style = "TableHead"
	TableText         Style = "TableText"
	TableNote         Style = "TableNote" // what is said of the text of a cell, small
	Label             Style = "Label"     // a small heading within a page or a cell that is in no table of contents
	Spoken            Style = "Spoken"    // to be read aloud

	footnoteText Style = "FootnoteText"
	commentText  Style = "CommentText"
	header       Style = "Header"
	footer       Style = "Footer"
)

// spaced reports whether the style leaves room above itself.
func (s Style) spaced() bool {
	switch s {
	case Heading1, Heading2, Heading3, Quote, Notice, Caption:
		return true
	}
	return false
}

// A Paragraph is one paragraph. Change it through its methods, before the document is written.
type Paragraph struct {
	style      Style
	content    []Inline
	name       string // for references; "" for none
	num, level int    // the numbering instance, 0 for none, and the level in it
	keep       bool
	newPage    bool
	alignment  string
}

func (*Paragraph) blockOf() {}

// Para is a paragraph of a style, for [Document.Add] and the cells of a table.
func Para(s Style, content ...Inline) *Paragraph { return &Paragraph{style: s, content: content} }

// BulletPara is a bulleted paragraph, for [Document.Add] and the cells of a table.
func BulletPara(depth int, content ...Inline) *Paragraph {
	p := Para(ListBullet, content...)
	p.num, p.level = bulletNum, min(max(depth, 0), 2)
	return p
}

// Named gives the paragraph the name that [Ref] finds it by. Names are never shown; each is given once.
func (p *Paragraph) Named(name string) *Paragraph {
	p.name = name
	return p
}

// KeepNext keeps the paragraph on the page of the one after it.
func (p *Paragraph) KeepNext() *Paragraph {
	p.keep = true
	return p
}

// NewPage makes the paragraph begin a page.
func (p *Paragraph) NewPage() *Paragraph {
	p.newPage = true
	return p
}

// Centred puts the paragraph in the middle.
func (p *Paragraph) Centred() *Paragraph {
	p.alignment = "center"
	return p
}

// Right puts the paragraph at the right margin.
func (p *Paragraph) Right() *Paragraph {
	p.alignment = "right"
	return p
}

// Len is about how many characters the paragraph shows, for who has to fit it into a page: references and notes are not in it.
func (p *Paragraph) Len() int { return length(p.content) }

func length(content []Inline) int {
	n := 0
	for _, i := range content {
		n += utf8.RuneCountInString(i.text)
		if i.kind == commentKind {
			n += length(i.inner)
		}
	}
	return n
}
