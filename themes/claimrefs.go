package themes

import (
	"regexp"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes/claim"
)

// A Reference is where a submission itself says what the source of a figure is: a footnote, an entry of its list of references, or the
// caption of a table.
type Reference struct {
	index.Span        // in the submission's text
	Place      string `json:"place"` // "note 3", "para 41", "page 4"
	Words      string `json:"words"` // the entry as it stands
}

// References resolves the sources of figures within one submission.
type references struct {
	doc     *extract.Document
	entries []*extract.Block // notes, and what stands under a heading such as "References", in the order of the document
}

// listHeading is the heading of a list of references.
var listHeading = regexp.MustCompile(`(?i)^[\d.\s]*(?:list of )?(?:references?|bibliography|sources|endnotes|footnotes|notes|works cited|literature)(?: and (?:notes|sources|references))?:?\s*$`)

func newReferences(doc *extract.Document) *references {
	r := &references{doc: doc}
	level, inside := 0, false
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		text := doc.Text[b.Start:b.End]
		switch {
		case listHeading.MatchString(text) && (b.Kind == extract.Heading || b.Kind == extract.Paragraph):
			level, inside = b.Level, true
		case b.Kind == extract.Heading && inside && b.Level <= max(level, 1):
			inside = false
		case b.Kind == extract.Note, inside && b.Kind != extract.Heading && b.Kind != extract.Furniture:
			r.entries = append(r.entries, b)
		}
	}
	return r
}

// of is the reference of a figure of a passage; nil where the submission gives none that can be found.
func (r *references) of(p *index.Passage, f claim.Figure) *Reference {
	figure := index.Span{Start: p.Body + f.Start, End: p.Body + f.End}
	if b := r.marked(figure); b != nil {
		return r.reference(b)
	}
	if f.Source.End > f.Source.Start {
		if b := r.cited(r.doc.Text[p.Body+f.Source.Start : p.Body+f.Source.End]); b != nil {
			return r.reference(b)
		}
	}
	if p.Kind == extract.Cell {
		if b := r.caption(p); b != nil {
			return r.reference(b)
		}
	}
	return nil
}

func (r *references) reference(b *extract.Block) *Reference {
	place := index.PlaceText(b.Place)
	if b.Place.Note != "" {
		place = "note " + b.Place.Note
	}
	return &Reference{Span: index.Span{Start: b.Start, End: b.End}, Place: place, Words: r.doc.Text[b.Start:b.End]}
}

// sentenceEnd is a full stop with a new sentence behind it.
var sentenceEnd = regexp.MustCompile(`[.!?]["'”’)]*\s`)

// marked is the note whose mark stands behind a figure, in its sentence or right at its end.
func (r *references) marked(figure index.Span) *extract.Block {
	i := slices.IndexFunc(r.doc.Blocks, func(b extract.Block) bool { return b.Start <= figure.Start && figure.End <= b.End })
	if i < 0 {
		return nil
	}
	b := &r.doc.Blocks[i]
	for _, ref := range b.Refs {
		at := b.Start + ref.At
		if at < figure.End || at > b.End || sentenceEnd.MatchString(r.doc.Text[figure.End:at]) {
			continue
		}
		for j := range r.doc.Blocks {
			if note := &r.doc.Blocks[j]; note.Kind == extract.Note && note.Place.Note == ref.Note && note.Place.Part == b.Place.Part {
				return note
			}
		}
	}
	return nil
}

var (
	citedNumber = regexp.MustCompile(`^\[(\d{1,3})\]$`)
	citedYear   = regexp.MustCompile(`\b((?:19|20)\d\d)[a-z]?\b`)
	citedAuthor = regexp.MustCompile(`\p{Lu}[\p{L}’'&-]+`)
	entryNumber = regexp.MustCompile(`^\s*\[?(\d{1,3})[\].)]`)
)

// cited is the entry that a source such as "(Adams et al, 2023)" or "[3]" names: the first with its year and its author, an
// organisation also by its full name or short form.
func (r *references) cited(source string) *extract.Block {
	if m := citedNumber.FindStringSubmatch(strings.TrimSpace(source)); m != nil {
		for _, e := range r.entries {
			words := r.doc.Text[e.Start:e.End]
			if n := entryNumber.FindStringSubmatch(words); n != nil && n[1] == m[1] || strings.Trim(e.Place.Label, "[]().") == m[1] || e.Place.Note == m[1] {
				return e
			}
		}
		return nil
	}
	year, author := citedYear.FindStringSubmatch(source), citedAuthor.FindString(source)
	if year == nil || author == "" {
		return nil
	}
	names := []string{author}
	if full := claim.FullName(author); full != "" {
		names = append(names, full)
	}
	for _, e := range r.entries {
		words := strings.ReplaceAll(r.doc.Text[e.Start:e.End], "’", "'")
		if strings.Contains(words, year[1]) && slices.ContainsFunc(names, func(n string) bool { return holdsName(words, strings.ReplaceAll(n, "’", "'")) }) {
			return e
		}
	}
	return nil
}

// holdsName reports whether a name stands in a text as words of its own.
func holdsName(text, name string) bool {
	i := strings.Index(text, name)
	return i >= 0 && (i == 0 || !letter(text[i-1])) && (i+len(name) == len(text) || !letter(text[i+len(name)]))
}

func letter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80 }

// captioned is a line that says what a table shows, or where its figures come from.
var captioned = regexp.MustCompile(`(?i)^(?:table|figure|source)\b|\b(?:survey|census|audit|poll|returns|statistics)\b.*\b(?:19|20)\d\d\b`)

// caption is the line beside a passage's table that says where it comes from: the one above it, else the one below.
func (r *references) caption(p *index.Passage) *extract.Block {
	first, last := -1, -1
	for i := range r.doc.Blocks {
		if b := &r.doc.Blocks[i]; b.Kind == extract.Cell && b.Place.Table == p.Place.Table && b.Place.Sheet == p.Place.Sheet && b.Place.Part == p.Place.Part {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for _, i := range []int{first - 1, last + 1} {
		if first < 0 || i < 0 || i >= len(r.doc.Blocks) {
			continue
		}
		if b := &r.doc.Blocks[i]; b.Kind != extract.Cell && b.End-b.Start < 300 && captioned.MatchString(r.doc.Text[b.Start:b.End]) {
			return b
		}
	}
	return nil
}
