package extract

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

// readDOCX reads a Word document. The body is read paragraph by paragraph; styles, numbering and notes are held.
func readDOCX(ctx context.Context, name string, data []byte) (*Document, error) {
	a, err := openArchive(ctx, data)
	if err != nil {
		return nil, err
	}
	r := docxReader{archive: a, notes: map[string]*docxNotes{}, embedded: embeddedFiles{targets: map[string]bool{}}}
	main, err := r.open()
	if err != nil {
		return nil, err
	}
	cut, err := r.readBody(main)
	if err != nil {
		return nil, err
	}
	r.flow.promote()
	if err := r.readMargins(); err != nil {
		return nil, err
	}
	if err := r.archive.readFacts(&r.flow.doc.Facts); err != nil {
		return nil, err
	}
	r.report(cut)
	if r.flow.err != nil {
		return nil, r.flow.err
	}
	if cut != nil && len(r.flow.doc.Blocks) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, cut)
	}
	return r.flow.document(), nil
}

// A docxReader reads one Word document.
type docxReader struct {
	archive    *archive
	flow       flow
	relations  []relation // of the main part
	targets    map[string]relation
	styles     *docxStyles
	numbering  *numbering
	notes      map[string]*docxNotes // "footnote", "endnote"
	fields     []docxField           // the fields that the text now read is inside, outermost first
	inNote     bool
	inMargin   bool   // a header or footer
	controls   int    // content controls to fill in that the text now read is inside
	inChange   int    // insertions that the text now read is inside
	lastChange string // the tracked change that was read last, when nothing has followed it

	revisions marginal
	comments  marginal
	pictures  int
	charts    int
	hidden    int      // words
	prompts   int      // fields that nobody filled in
	prompted  []string // what those that are content controls say
	activeX   int      // form controls whose values are a program's own bytes
	embedded  embeddedFiles
	err       error
}

// open finds the main part and reads the parts that its text depends on.
func (r *docxReader) open() (main string, err error) {
	top, err := r.archive.relations("")
	if err != nil {
		return "", err
	}
	main = "word/document.xml"
	for _, rel := range top {
		if rel.kind == "officeDocument" && r.archive.has(rel.target) {
			main = rel.target
			break
		}
	}
	if !r.archive.has(main) {
		return "", fmt.Errorf("%w: no main part", ErrDamaged)
	}
	if r.relations, err = r.archive.relations(main); err != nil {
		return "", err
	}
	r.target(r.relations)
	roots := map[string]*node{}
	for _, kind := range []string{"numbering", "styles", "settings", "footnotes", "endnotes", "comments"} {
		if roots[kind], err = r.part(kind); err != nil {
			return "", err
		}
	}
	r.numbering = readNumbering(roots["numbering"])
	r.styles = readDocxStyles(roots["styles"], r.numbering)
	r.numbering.link(func(style string) string { return r.styles.named(style).numID })
	r.notes["footnote"] = newDocxNotes(roots["footnotes"], "footnote", roots["settings"].kid("footnotePr"), "decimal")
	r.notes["endnote"] = newDocxNotes(roots["endnotes"], "endnote", roots["settings"].kid("endnotePr"), "lowerRoman")
	for k := range roots["comments"].kids() {
		if k.name == "comment" {
			r.comments.add(k.attr("author"))
		}
	}
	return main, nil
}

func (r *docxReader) target(relations []relation) {
	r.targets = make(map[string]relation, len(relations))
	for _, rel := range relations {
		r.targets[rel.id] = rel
	}
}

// part reads the main part's relation of this kind, or nil.
func (r *docxReader) part(kind string) (*node, error) {
	for _, rel := range r.relations {
		if rel.kind == kind && !rel.external && r.archive.has(rel.target) {
			return r.archive.optional(rel.target)
		}
	}
	return nil, nil
}

// readBody lays out the body as it is read. cut says that it breaks off.
func (r *docxReader) readBody(main string) (cut, err error) {
	var body docxContent
	err = r.archive.stream(main, inBody, func(path []string, k *node) error {
		if len(path) == 0 {
			return fmt.Errorf("%w: the main part is not a document", ErrDamaged)
		}
		if path[len(path)-1] != "body" {
			return nil
		}
		r.read(k, &body)
		r.flow.add(body.take())
		return errors.Join(r.err, r.flow.err)
	})
	if err != nil && !errors.Is(err, errCut) {
		return nil, err
	}
	r.flow.add(body.close())
	return err, nil
}

// inBody goes through the document and its body, whose children are then read one at a time.
func inBody(path []string) bool {
	return len(path) == 1 && path[0] == "document" || len(path) == 2 && path[1] == "body"
}

// promptOfForm is why the words are furniture that ask for an answer where none was given.
const promptOfForm = "prompt not filled in"

// readMargins adds the prompts that nobody answered, and the headers and footers, each text once: sections repeat them.
func (r *docxReader) readMargins() error {
	for _, text := range r.prompted {
		r.flow.addFurniture(promptOfForm, text)
	}
	seen := map[string]bool{}
	r.inMargin = true
	for _, kind := range []string{"header", "footer"} {
		for _, rel := range r.relations {
			if rel.kind != kind || rel.external || seen[rel.target] {
				continue
			}
			seen[rel.target] = true
			root, err := r.archive.optional(rel.target)
			if err != nil {
				return err
			}
			relations, err := r.archive.relations(rel.target)
			if err != nil {
				return err
			}
			r.target(relations)
			if text := plainText(r.content(root)); !seen[kind+"\x00"+text] {
				seen[kind+"\x00"+text] = true
				r.flow.addFurniture("page "+kind, text)
			}
		}
	}
	return r.err
}

// readFacts reads what the properties of an Office document say.
func (a *archive) readFacts(f *Facts) error {
	top, err := a.relations("")
	if err != nil {
		return err
	}
	parts := map[string]string{"core-properties": "docProps/core.xml", "extended-properties": "docProps/app.xml"}
	for _, rel := range top {
		// Strict files call them metadata/core-properties and extendedProperties.
		switch rel.kind {
		case "core-properties":
			parts["core-properties"] = rel.target
		case "extended-properties", "extendedProperties":
			parts["extended-properties"] = rel.target
		}
	}
	core, err := a.optional(parts["core-properties"])
	if err != nil {
		return err
	}
	app, err := a.optional(parts["extended-properties"])
	if err != nil {
		return err
	}
	f.Title = factText(core.kid("title"))
	f.Subject = factText(core.kid("subject"))
	f.Author = factText(core.kid("creator"))
	f.Date = factDate(core.kid("modified"), core.kid("created"))
	f.Company = factText(app.kid("Company"))
	f.Pages = factPages(factText(app.kid("Pages")))
	return nil
}

// report puts the counts into the facts and says what was left out.
func (r *docxReader) report(cut error) {
	for _, rel := range r.relations {
		if (rel.kind == "package" || rel.kind == "oleObject") && !rel.external && !r.embedded.targets[rel.target] {
			r.embedded.add(programName("", rel.target))
		}
	}
	r.flow.report(leftOut{
		cut: cut != nil, repaired: r.archive.repaired,
		revisions: r.revisions, comments: r.comments, pictures: r.pictures, charts: r.charts, hidden: r.hidden, prompts: r.prompts,
		controls: r.activeX, embedded: r.embedded.names,
	})
}

// addChunk keeps a document that is inserted into this one (w:altChunk) as a part: Word shows it in place.
func (r *docxReader) addChunk(rel relation) {
	if rel.external || !r.archive.has(rel.target) {
		r.flow.warn("", "A document inserted into this one could not be found.")
		return
	}
	data, err := r.archive.read(rel.target)
	if err != nil && !errors.Is(err, errCut) {
		r.fail(err)
		return
	}
	name := path.Base(rel.target)
	r.flow.doc.Parts = append(r.flow.doc.Parts, Part{Name: name, Bytes: data})
	r.flow.warn("", fmt.Sprintf("The document %s is inserted into this one; it is read on its own, after it.", name))
}

// fail keeps the first limit met below the body's walk. Damage to a lesser part does not stop the reading.
func (r *docxReader) fail(err error) {
	if r.err == nil && err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, errCut) {
		r.err = err
	}
}

// symbolText is the character that w:sym shows, in the fonts that forms and lists use.
func symbolText(font string, c rune) string {
	if c >= 0xF000 && c < 0xF100 {
		c -= 0xF000 // symbol fonts are mapped into the private use area
	}
	switch font = strings.ToLower(font); {
	case strings.HasPrefix(font, "wingdings"):
		switch c {
		case 0xA8, 0x6F, 0x71, 0xA3:
			return "☐"
		case 0xFE, 0x52, 0xFC:
			return "☑"
		case 0xFD, 0x54, 0xFB, 0x53:
			return "☒"
		case 0xE0, 0xE8:
			return "→"
		}
		return bulletLabel
	case font == "symbol":
		switch c {
		case 0xA3:
			return "≤"
		case 0xB3:
			return "≥"
		case 0xB1:
			return "±"
		case 0xB4:
			return "×"
		case 0xAE:
			return "→"
		}
		return bulletLabel
	}
	if !xmlRune(c) {
		return "\uFFFD"
	}
	return string(c)
}
