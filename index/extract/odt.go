package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
)

// readODT reads an OpenDocument text, as a package (.odt, .ott) or as one flat XML file (.fodt).
func readODT(ctx context.Context, name string, data []byte) (*Document, error) {
	r := newODTReader()
	r.child = r.addChild
	cut, err := r.readAny(ctx, data)
	if err != nil {
		return nil, err
	}
	r.flow.promote()
	r.readMargins()
	r.flow.report(leftOut{
		cut: cut != nil, repaired: r.repaired,
		revisions: r.revisions, comments: r.comments, pictures: r.pictures, charts: r.charts, hidden: r.hidden, prompts: r.prompts,
		embedded: r.embedded,
	})
	if r.flow.err != nil {
		return nil, r.flow.err
	}
	if cut != nil && len(r.flow.doc.Blocks) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, cut)
	}
	return r.flow.document(), nil
}

// An odtReader reads one OpenDocument text.
type odtReader struct {
	archive  *archive // nil for a flat file
	flow     flow
	child    func(*node) error // reads one child of the body
	styles   map[string]odtStyle
	lists    map[string]*odtListStyle
	outline  *odtListStyle // the numbers of headings
	headings odtNumbers
	chains   map[string]*odtNumbers // the counters of lists by xml:id, for text:continue-list
	latest   map[string]*odtNumbers // of the last list of a style, for text:continue-numbering
	forms    map[string]*node       // the controls of forms by id
	objects  map[string]string      // the kinds of the objects inside the package
	inField  int                    // fields of a form that the text now read is inside
	masters  []*node                // page styles, with the headers and footers
	listing  bool                   // inside a table of contents
	apart    bool                   // in a note, box, header or footer
	inMargin bool                   // in a header or footer
	hiding   bool                   // in a hidden section
	seen     bool                   // the body was there

	revisions marginal
	comments  marginal
	pictures  int
	charts    int
	embedded  []string
	hidden    int // words
	prompts   int // fields that nobody filled in
	repaired  bool
}

func newODTReader() *odtReader {
	return &odtReader{styles: map[string]odtStyle{}, lists: map[string]*odtListStyle{}, chains: map[string]*odtNumbers{}, latest: map[string]*odtNumbers{}, forms: map[string]*node{}, objects: map[string]string{}}
}

// readAny reads a package or a flat file. cut says that the body breaks off.
func (r *odtReader) readAny(ctx context.Context, data []byte) (cut, err error) {
	if bytes.HasPrefix(data, []byte("PK")) || isOLE(data) {
		return r.readPackage(ctx, data)
	}
	return r.readFlat(ctx, data)
}

func (r *odtReader) readPackage(ctx context.Context, data []byte) (cut, err error) {
	a, err := openArchive(ctx, data)
	if err != nil {
		return nil, err
	}
	r.archive = a
	defer func() { r.repaired = a.repaired }()
	manifest, err := a.optional("META-INF/manifest.xml")
	if err != nil {
		return nil, err
	}
	if manifest.find("encryption-data") != nil {
		return nil, ErrEncrypted
	}
	for k := range manifest.kids() {
		if name, isFolder := strings.CutSuffix(k.attr("full-path"), "/"); isFolder && k.attr("media-type") != "" {
			r.objects[name] = k.attr("media-type")
		}
	}
	if !a.has("content.xml") {
		return nil, fmt.Errorf("%w: no content.xml", ErrDamaged)
	}
	styles, err := a.optional("styles.xml")
	if err != nil {
		return nil, err
	}
	r.readStyles(styles.kid("styles"))
	r.masters = append(r.masters, styles.kid("master-styles"))
	meta, err := a.optional("meta.xml")
	if err != nil {
		return nil, err
	}
	r.readMeta(meta.kid("meta"))
	return r.body(a.stream("content.xml", inODTBody, r.visit))
}

func (r *odtReader) readFlat(ctx context.Context, data []byte) (cut, err error) {
	if len(data) > MaxPart {
		return nil, fmt.Errorf("%w: a flat file of %d MB", ErrLimit, len(data)>>20)
	}
	data, r.repaired = repairXML(data)
	nodes := 0
	return r.body(streamXML(ctx, data, &nodes, inODTBody, r.visit))
}

// body tells a text that breaks off from other errors, once the body has been read.
func (r *odtReader) body(err error) (cut, failed error) {
	switch {
	case err != nil && !errors.Is(err, errCut):
		return nil, err
	case !r.seen && err == nil:
		return nil, fmt.Errorf("%w: no body", ErrDamaged)
	}
	return err, nil
}

// inODTBody goes through the document, its body and the body's text, whose children are then read one at a time.
func inODTBody(path []string) bool {
	switch len(path) {
	case 1:
		return path[0] == "document-content" || path[0] == "document"
	case 2:
		return path[1] == "body"
	}
	return len(path) == 3
}

func (r *odtReader) visit(path []string, k *node) error {
	switch {
	case len(path) == 3:
		r.seen = true
		return r.child(k)
	case len(path) == 0:
		return fmt.Errorf("%w: not an OpenDocument", ErrDamaged)
	}
	switch k.name {
	case "styles", "automatic-styles":
		r.readStyles(k)
	case "master-styles":
		r.masters = append(r.masters, k)
	case "meta":
		r.readMeta(k)
	}
	return nil
}

// addChild adds one paragraph, list, table or section of the text.
func (r *odtReader) addChild(k *node) error {
	var out []flowElement
	r.read(k, odtList{}, &out)
	r.flow.add(out)
	return r.flow.err
}

func (r *odtReader) readMeta(meta *node) {
	f := &r.flow.doc.Facts
	f.Title = factText(meta.kid("title"))
	f.Subject = factText(meta.kid("subject"))
	f.Author = factText(meta.kid("initial-creator"))
	if f.Author == "" {
		f.Author = factText(meta.kid("creator"))
	}
	f.Date = factDate(meta.kid("date"), meta.kid("creation-date"))
	f.Pages = max(meta.kid("document-statistic").number("page-count", 0), 0)
	for k := range meta.kids() {
		if k.name == "user-defined" && k.attr("name") == "Company" {
			f.Company = factText(k)
		}
	}
}

// readMargins adds the headers and footers of the page styles, each text once.
func (r *odtReader) readMargins() {
	r.apart, r.inMargin = true, true
	seen := map[string]bool{}
	for _, kind := range []string{"header", "footer"} {
		for _, masters := range r.masters {
			for page := range masters.kids() {
				for k := range page.kids() {
					// header, header-left, header-first
					if name, _, _ := strings.Cut(k.name, "-"); name != kind {
						continue
					}
					if text := plainText(r.content(k)); !seen[kind+"\x00"+text] {
						seen[kind+"\x00"+text] = true
						r.flow.addFurniture("page "+kind, text)
					}
				}
			}
		}
	}
}

// content reads all below n.
func (r *odtReader) content(n *node) []flowElement {
	var out []flowElement
	r.readAll(n, odtList{}, &out)
	return out
}

// outside reads a note, which stands outside the numbering of the text.
func (r *odtReader) outside(n *node) []flowElement {
	was := r.apart
	r.apart = true
	defer func() { r.apart = was }()
	return r.content(n)
}

// fail keeps a limit met below the body's walk. Damage to a lesser part does not stop the reading.
func (r *odtReader) fail(err error) {
	if r.flow.err == nil {
		r.flow.err = err
	}
}

func (r *odtReader) readAll(n *node, in odtList, out *[]flowElement) {
	for k := range n.kids() {
		r.read(k, in, out)
	}
}

// read reads one child of the body, a section, a cell, a note or a box.
func (r *odtReader) read(k *node, in odtList, out *[]flowElement) {
	switch k.name {
	case "p", "h":
		*out = append(*out, flowElement{flowParagraph: r.readParagraph(k, in)})
	case "list":
		r.readList(k, in, out)
	case "table":
		*out = append(*out, flowElement{table: r.readTable(k)})
	case "forms":
		r.readForms(k)
	case "tracked-changes":
		r.readChanges(k)
	case "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index":
		was := r.listing
		r.listing = true
		r.readAll(k.kid("index-body"), in, out)
		r.listing = was
	case "bibliography":
		r.readAll(k.kid("index-body"), in, out)
	case "section":
		r.readSection(k, in, out)
	case "frame", "custom-shape", "text-box", "g", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "connector", "caption", "control":
		var line odtLine
		r.readDrawing(k, &line)
		*out = append(*out, flowElement{flowParagraph: flowParagraph{text: line.text.String(), boxes: line.boxes}})
	case "index-title", "numbered-paragraph", "text", "a":
		r.readAll(k, in, out)
	}
}

func (r *odtReader) readSection(k *node, in odtList, out *[]flowElement) {
	was := r.hiding
	r.hiding = was || k.attr("display") == "none"
	r.readAll(k, in, out)
	r.hiding = was
}

// readChanges counts the tracked changes. The body holds the accepted view; deleted text stands here.
func (r *odtReader) readChanges(k *node) {
	for region := range k.kids() {
		for _, kind := range []string{"insertion", "deletion"} {
			if change := region.kid(kind); change != nil {
				r.revisions.add(change.find("creator").allText())
			}
		}
	}
}

func (r *odtReader) readTable(n *node) *flowTable {
	t := &flowTable{}
	next := 1
	r.readRows(n, t, &next)
	return t
}

func (r *odtReader) readRows(n *node, t *flowTable, next *int) {
	for k := range n.kids() {
		switch k.name {
		case "table-row":
			t.rows = append(t.rows, r.readRow(k, *next))
			*next += max(1, clamp(k.number("number-rows-repeated", 1)))
		case "table-header-rows", "table-rows", "table-row-group":
			r.readRows(k, t, next)
		}
	}
}

// readRow reads the cells of a row. Covered cells lie under a merged one.
func (r *odtReader) readRow(n *node, number int) flowRow {
	line := flowRow{number: number}
	column := 1
	for k := range n.kids() {
		switch k.name {
		case "table-cell":
			line.cells = append(line.cells, flowCell{column: column, content: r.content(k)})
		case "covered-table-cell":
		default:
			continue
		}
		column += max(1, clamp(k.number("number-columns-repeated", 1)))
	}
	return line
}
