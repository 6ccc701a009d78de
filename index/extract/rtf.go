package extract

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
)

const (
	maxRTFStories  = 8         // notes, boxes and headers inside each other: each level copies the text once
	maxRTFTables   = 32        // tables inside tables; Word allows 64, but shows fewer
	maxRTFElements = 1_000_000 // paragraphs, cells, tables and notes: far above any real document
	maxRTFCapture  = 64 << 10  // bytes of a name, a property or a field's instruction
)

// readRTF reads rich text. RTF has no tree: words change a state that a group inherits and gives up at its end, so that
// the document is read in one pass. Rich text that wraps HTML is read as that.
func readRTF(ctx context.Context, name string, data []byte) (*Document, error) {
	start := startOfRTF(data)
	if start < 0 {
		return nil, fmt.Errorf("%w: no rich text", ErrDamaged)
	}
	if doc := readWrappedHTML(ctx, name, data); doc != nil {
		return doc, nil
	}
	r := newRTFReader(data[start:])
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	if r.cut && len(r.flow.doc.Blocks) == 0 {
		return nil, fmt.Errorf("%w: the rich text breaks off", ErrDamaged)
	}
	return r.flow.document(), nil
}

// readWrappedHTML gives nil when there is no page in data.
func readWrappedHTML(ctx context.Context, name string, data []byte) *Document {
	if !bytes.Contains(data, []byte(`\*\htmltag`)) {
		return nil
	}
	html, ok := rtfToHTML(data)
	if !ok || strings.TrimSpace(html) == "" {
		return nil
	}
	doc, err := readHTML(ctx, name, []byte(html))
	if err != nil || len(doc.Blocks) == 0 {
		return nil
	}
	return doc
}

// An rtfReader reads one rich text document.
type rtfReader struct {
	flow    flow
	scanner rtfScanner
	decoder rtfDecoder
	fonts   *rtfFonts
	now     rtfState
	groups  []rtfGroup // the open ones, outermost first
	opened  bool       // the last token opened a group
	starred bool       // the last tokens opened a group with \*: an unknown destination may be passed over
	body    *rtfStory
	last    rtfState // at the end of the outermost group
	stories int      // open ones inside each other

	styles      *rtfStyles
	lists       *rtfLists
	notes       rtfNotes
	margins     []rtfMargin
	seen        map[rtfMargin]bool
	info        rtfInfo
	authors     []string // of tracked changes
	commentator string   // of the comment that comes next
	shape       string   // the name of the shape's property that comes next

	elements  int
	hidden    strings.Builder
	revisions marginal
	comments  marginal
	pictures  int
	embedded  []string
	cut       bool
	err       error
}

// An rtfGroup is an open group: the state to go back to, and what is to be done with what the group held.
type rtfGroup struct {
	outer rtfState
	done  []func(inner *rtfState)
}

// An rtfMargin is a header or footer.
type rtfMargin struct{ why, text string }

func newRTFReader(data []byte) *rtfReader {
	r := &rtfReader{
		scanner: rtfScanner{data: data}, fonts: newRTFFonts(), styles: newRTFStyles(), lists: newRTFLists(),
		body: &rtfStory{}, seen: map[rtfMargin]bool{},
	}
	r.notes.endnotes.format = "decimal"
	r.notes.footnotes.format = "decimal"
	r.now = rtfState{story: r.body, standIns: 1, afont: -1, para: plainRTFParagraph()}
	return r
}

// contextEvery is how many tokens are read between two looks at the context.
const contextEvery = 1 << 16

func (r *rtfReader) read(ctx context.Context) error {
	for n := 1; r.step(); n++ {
		if n%contextEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if r.err == nil {
			r.err = r.flow.err
		}
		if r.err != nil {
			return r.err
		}
	}
	r.finish()
	if r.err != nil {
		return r.err
	}
	return r.flow.err
}

// step reads one token and reports whether the document goes on.
func (r *rtfReader) step() bool {
	t := r.scanner.next()
	opened, starred := r.opened, r.starred
	r.opened, r.starred = t.kind == rtfOpen, t.kind == rtfSymbol && t.word == "*" && opened
	switch t.kind {
	case rtfEnd:
		r.cut = len(r.groups) > 0
		return false
	case rtfOpen:
		r.flush()
		r.openGroup()
	case rtfClose:
		r.flush()
		r.closeGroup()
		return len(r.groups) > 0
	case rtfBytes:
		r.add(t.bytes)
	case rtfHex:
		r.add([]byte{byte(t.number)})
	case rtfSymbol:
		r.symbol(&t)
	case rtfWord:
		r.word(&t, starred)
	}
	return true
}

// add takes bytes of text. Those that nobody reads are mostly pictures.
func (r *rtfReader) add(data []byte) {
	if !r.now.dead {
		r.write(r.decoder.add(r.page(), data))
	}
}

// flush writes the characters held back. What stands in for a \u never reaches past its group.
func (r *rtfReader) flush() {
	r.write(r.decoder.flush())
	r.decoder.skip = 0
}

func (r *rtfReader) openGroup() {
	if len(r.groups) >= maxRTFGroups {
		r.err = fmt.Errorf("%w: more than %d groups inside each other", ErrLimit, maxRTFGroups)
		return
	}
	r.groups = append(r.groups, rtfGroup{outer: r.now})
	if r.now.twins {
		r.now.twins, r.now.dead = false, true
	}
	switch {
	case r.now.dead, r.now.capture != nil:
	case r.now.in == inStyles:
		r.openStyle()
	case r.now.in == inAuthors:
		r.capture(func(name string) {
			if len(r.authors) < MaxEntries {
				r.authors = append(r.authors, strings.TrimSuffix(name, ";"))
			}
		})
	}
}

func (r *rtfReader) closeGroup() {
	if len(r.groups) == 0 {
		return
	}
	last := r.groups[len(r.groups)-1]
	r.groups = r.groups[:len(r.groups)-1]
	inner := r.now
	r.now, r.last = last.outer, inner
	for _, done := range slices.Backward(last.done) {
		done(&inner)
	}
}

// maxRTFDone bounds what one group may begin: a note, a field and the like have groups of their own.
const maxRTFDone = 1000

// whenClosed adds to what is done at the end of the group that is open now, the last addition first.
func (r *rtfReader) whenClosed(done func(inner *rtfState)) {
	if len(r.groups) == 0 {
		return
	}
	g := &r.groups[len(r.groups)-1]
	if len(g.done) >= maxRTFDone {
		r.err = fmt.Errorf("%w: more than %d parts in one group", ErrLimit, maxRTFDone)
		return
	}
	g.done = append(g.done, done)
}

// capture collects the text of the group that is open now and gives it to use.
func (r *rtfReader) capture(use func(text string)) {
	text := &strings.Builder{}
	r.now.capture = text
	r.whenClosed(func(*rtfState) { use(strings.TrimSpace(text.String())) })
}

// openStory lets the text of the group that is open now be one of its own, which is given to use with the state around
// the group in force.
func (r *rtfReader) openStory(use func(elements []flowElement)) {
	r.now.mute = false
	if r.stories >= maxRTFStories || len(r.groups) == 0 {
		return // it is read as a part of the text around it
	}
	r.stories++
	story := &rtfStory{}
	r.now.story, r.now.capture, r.now.field = story, nil, nil
	r.now.hidden, r.now.para = false, plainRTFParagraph()
	r.whenClosed(func(inner *rtfState) {
		r.stories--
		r.endStory(story, inner)
		use(story.elements)
	})
}

// finish closes what is open, as at the end of a document that breaks off, and adds what stands outside the text.
func (r *rtfReader) finish() {
	r.flush()
	for len(r.groups) > 0 {
		r.closeGroup()
	}
	r.endStory(r.body, &r.last)
	for _, m := range r.margins {
		r.flow.addFurniture(m.why, m.text)
	}
	r.info.fill(&r.flow.doc.Facts)
	r.flow.report(leftOut{
		cut: r.cut, revisions: r.revisions, comments: r.comments, pictures: r.pictures,
		hidden: Words(r.hidden.String()), embedded: r.embedded,
	})
	if bytes.Contains(r.scanner.data[r.scanner.at:], []byte(`\par`)) {
		r.flow.warn("", "The file goes on after the end of its text; what stands there was not read.")
	}
}

// addMargin keeps a header or footer, each text once: sections repeat them.
func (r *rtfReader) addMargin(why string, elements []flowElement) {
	m := rtfMargin{why: why, text: plainText(elements)}
	if m.text != "" && !r.seen[m] {
		r.seen[m] = true
		r.margins = append(r.margins, m)
	}
}
