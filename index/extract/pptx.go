package extract

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// readPPTX reads PowerPoint slides in the order of the show. The page of a block is its slide; what the speaker wrote
// for the talk stands after the slide, in the part "notes".
func readPPTX(ctx context.Context, name string, data []byte) (*Document, error) {
	a, err := openArchive(ctx, data)
	if err != nil {
		return nil, err
	}
	r := pptxReader{archive: a, layouts: map[string]*pptxLayout{}, said: map[string]bool{}, embedded: embeddedFiles{targets: map[string]bool{}}}
	slides, err := r.open()
	if err != nil {
		return nil, err
	}
	for i, part := range slides {
		if err := errors.Join(r.readSlide(i+1, part), r.err, r.flow.err); err != nil {
			return nil, err
		}
	}
	r.addBackgrounds()
	if err := r.archive.readFacts(&r.flow.doc.Facts); err != nil {
		return nil, err
	}
	r.flow.doc.Facts.Pages = len(slides)
	r.report()
	if err := errors.Join(r.err, r.flow.err); err != nil {
		return nil, err
	}
	if len(r.flow.doc.Blocks) == 0 {
		return nil, r.nothing(len(slides))
	}
	return r.flow.document(), nil
}

// A pptxReader reads one set of slides.
type pptxReader struct {
	archive     *archive
	flow        flow
	layouts     map[string]*pptxLayout // by part
	backgrounds []string               // texts that layouts and masters put on every slide
	said        map[string]bool        // texts of footers and backgrounds that have been added
	styles      *node                  // of text outside placeholders
	people      map[string]string      // who comments, by id
	targets     map[string]relation    // of the part that is read

	comments marginal
	pictures int
	charts   int
	media    int
	embedded embeddedFiles
	hidden   []string // numbers of slides left out of the show
	damaged  []string // numbers of slides that break off or are not there
	err      error
}

// open finds the slides' parts in the order of the show.
func (r *pptxReader) open() (slides []string, err error) {
	main, err := r.mainPart()
	if err != nil {
		return nil, err
	}
	presentation, err := r.archive.optional(main)
	if err != nil {
		return nil, err
	}
	relations, err := r.target(main)
	if err != nil {
		return nil, err
	}
	r.styles = presentation.kid("defaultTextStyle")
	if err := r.readPeople(relations); err != nil {
		return nil, err
	}
	for k := range presentation.kid("sldIdLst").kids() {
		if rel, ok := r.relationOf(k); ok && !rel.external {
			slides = append(slides, rel.target)
		}
	}
	if len(slides) == 0 { // the list is lost
		for _, rel := range relations {
			if rel.kind == "slide" && !rel.external {
				slides = append(slides, rel.target)
			}
		}
	}
	if len(slides) > MaxPages {
		return nil, fmt.Errorf("%w: %d slides", ErrLimit, len(slides))
	}
	return slides, nil
}

func (r *pptxReader) mainPart() (string, error) {
	top, err := r.archive.relations("")
	if err != nil {
		return "", err
	}
	for _, rel := range top {
		if rel.kind == "officeDocument" && r.archive.has(rel.target) {
			return rel.target, nil
		}
	}
	const usual = "ppt/presentation.xml"
	if !r.archive.has(usual) {
		return "", fmt.Errorf("%w: no main part", ErrDamaged)
	}
	return usual, nil
}

// target reads the relations of the part that is read next.
func (r *pptxReader) target(part string) ([]relation, error) {
	relations, err := r.archive.relations(part)
	if err != nil {
		return nil, err
	}
	r.targets = make(map[string]relation, len(relations))
	for _, rel := range relations {
		r.targets[rel.id] = rel
	}
	return relations, nil
}

// relationOf is the relation that an element names. It has two attributes called id: a number of its own, and r:id.
func (r *pptxReader) relationOf(k *node) (relation, bool) {
	for _, a := range k.attrs {
		if rel, ok := r.targets[a.value]; ok && a.name == "id" {
			return rel, true
		}
	}
	return relation{}, false
}

// readPeople reads who comments: old comments and those of newer PowerPoints keep their authors in parts of their own.
func (r *pptxReader) readPeople(relations []relation) error {
	r.people = map[string]string{}
	for _, rel := range relations {
		if rel.kind != "commentAuthors" && rel.kind != "authors" || rel.external {
			continue
		}
		root, err := r.archive.optional(rel.target)
		if err != nil {
			return err
		}
		for k := range root.kids() {
			r.people[k.attr("id")] = k.attr("name")
		}
	}
	return nil
}

// readSlide adds one slide and its notes. A slide that cannot be read does not stop the others.
func (r *pptxReader) readSlide(number int, part string) error {
	slide, err := r.archive.tree(part)
	switch {
	case err == nil:
	case errors.Is(err, errCut), errors.Is(err, errNoPart), errors.Is(err, ErrDamaged):
		r.damaged = append(r.damaged, strconv.Itoa(number))
	default:
		return err
	}
	relations, err := r.target(part)
	if err != nil {
		return err
	}
	if on, ok := slide.lookup("show"); ok && (on == "0" || on == "false") {
		r.hidden = append(r.hidden, strconv.Itoa(number))
	}
	layout, err := r.layoutOf(relations)
	if err != nil {
		return err
	}
	content := slideContent{layout: layout}
	r.readShapes(slide.kid("cSld").kid("spTree"), &content)
	r.flow.addSlide(number, &content, r.said)
	for _, rel := range relations {
		if err := r.readAttached(number, rel); err != nil {
			return err
		}
	}
	return nil
}

// addSlide lays out a slide, its title first: whoever writes a title last still shows it at the top. said has the
// margins that have been added.
func (f *flow) addSlide(number int, c *slideContent, said map[string]bool) {
	f.headings, f.path, f.asked = nil, nil, askedQuestion{}
	first := len(f.doc.Blocks)
	f.add(c.title)
	f.add(c.body)
	for _, m := range c.margins {
		f.addMargin(m, said)
	}
	f.onPage(number, "", first)
}

func (f *flow) addMargin(m slideMargin, said map[string]bool) {
	if key := m.why + "\x00" + m.text; !said[key] {
		said[key] = true
		f.addFurniture(m.why, m.text)
	}
}

// onPage puts the blocks from the first on, which the flow does not know the page of, on their page.
func (f *flow) onPage(number int, part string, first int) {
	for i := first; i < len(f.doc.Blocks); i++ {
		f.doc.Blocks[i].Place.Page, f.doc.Blocks[i].Place.Part = number, part
	}
}

// readAttached reads what belongs to a slide in parts of its own: notes and comments.
func (r *pptxReader) readAttached(number int, rel relation) error {
	if rel.external {
		return nil
	}
	switch rel.kind {
	case "notesSlide":
		return r.readNotes(number, rel.target)
	case "comments":
		root, err := r.archive.optional(rel.target)
		r.countComments(root)
		return err
	case "package", "oleObject":
		if !r.embedded.targets[rel.target] {
			r.embedded.add(programName("", rel.target))
		}
	}
	return nil
}

func (r *pptxReader) countComments(n *node) {
	for k := range n.kids() {
		if k.name == "cm" || k.name == "reply" {
			r.comments.add(r.people[k.attr("authorId")])
		}
		if k.name == "cm" || k.name == "replyLst" {
			r.countComments(k)
		}
	}
}

func (r *pptxReader) readNotes(number int, part string) error {
	root, err := r.archive.optional(part)
	if err != nil {
		return err
	}
	if _, err := r.target(part); err != nil {
		return err
	}
	content := slideContent{}
	r.readShapes(root.kid("cSld").kid("spTree"), &content)
	first := len(r.flow.doc.Blocks)
	r.flow.add(content.body)
	r.flow.onPage(number, "notes", first)
	return nil
}

// addBackgrounds adds the words that stand behind every slide, each text once.
func (r *pptxReader) addBackgrounds() {
	for _, text := range r.backgrounds {
		r.flow.addFurniture("page header", text)
	}
}

func (r *pptxReader) report() {
	r.flow.report(leftOut{repaired: r.archive.repaired, comments: r.comments, pictures: r.pictures, charts: r.charts, embedded: r.embedded.names})
	if len(r.hidden) > 0 {
		r.flow.warn("", "Hidden in the show, but read: "+slidesNamed(r.hidden)+".")
	}
	if len(r.damaged) > 0 {
		r.flow.warn("", "Damaged, so that words are missing: "+slidesNamed(r.damaged)+".")
	}
	if r.media > 0 {
		r.flow.warn("", plural(r.media, "film or sound was", "films or sounds were")+" not read.")
	}
}

func slidesNamed(numbers []string) string {
	if len(numbers) == 1 {
		return "slide " + numbers[0]
	}
	return "slides " + listed(numbers)
}

// nothing is why slides have no text.
func (r *pptxReader) nothing(slides int) error {
	switch {
	case slides > 0 && len(r.damaged) == slides:
		return fmt.Errorf("%w: no slide can be read", ErrDamaged)
	case r.pictures > 0:
		return ErrScanned
	}
	return ErrNoText
}

// fail keeps the first limit met below a slide's walk. Damage to a lesser part does not stop the reading.
func (r *pptxReader) fail(err error) {
	if r.err == nil && err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, errCut) {
		r.err = err
	}
}

// diagramText is the text of a SmartArt diagram, a line for each point, from the outermost inwards as the diagram has them.
func (r *pptxReader) diagramText(id string) string {
	rel, ok := r.targets[id]
	if !ok || rel.external {
		return ""
	}
	root, err := r.archive.optional(rel.target)
	r.fail(err)
	d := readSlideDiagram(root)
	var lines []string
	for _, point := range d.points {
		d.write(point, &lines, 0)
	}
	return strings.Join(lines, "\n")
}
