package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// An htmlFlow turns opened and closed elements and the text between them into blocks. White space is collapsed as a
// browser shows it.
type htmlFlow struct {
	out   *outline
	stack []htmlElement

	line    strings.Builder // the block being gathered
	space   bool            // white space is due before the next character
	newline bool            // a line break is due before the next character

	lists  []htmlList
	tables []htmlTable
	count  int                // tables with cells so far
	refs   []Ref              // of the block being gathered
	notes  map[string]noteRef // what the text refers to, by id
	title  strings.Builder
}

// An htmlElement is an open element and what holds for everything inside it.
type htmlElement struct {
	tag    string
	hidden bool
	pre    bool
	script script
	furn   string // why everything inside is furniture
	scoped bool   // inside an article or the like, where a header is not the page's
	kind   Kind   // of the blocks inside
	level  int
	item   bool // it begins an item, with this label
	first  bool // the label is still to be given
	label  string
	marks  bool    // what is inside is the label of a list by Word
	note   noteRef // the note that everything inside is
}

type htmlList struct {
	ordered bool
	style   string
	next    int
	step    int
}

// An htmlTable follows the cells of a table; busy[i] is how many more rows column i+1 is taken by a cell from above.
type htmlTable struct {
	layout      bool
	number      int
	first       int // its first block
	row, column int
	span        int
	busy        []int
}

func newHTMLFlow(out *outline) *htmlFlow {
	return &htmlFlow{out: out, stack: []htmlElement{{kind: Paragraph}}, notes: map[string]noteRef{}}
}

func (f *htmlFlow) top() *htmlElement { return &f.stack[len(f.stack)-1] }

var (
	htmlHidden = map[string]bool{
		"script": true, "style": true, "template": true, "noscript": true, "head": true, "svg": true, "iframe": true,
		"object": true, "embed": true, "audio": true, "video": true, "canvas": true, "select": true, "datalist": true,
		"noframes": true, "noembed": true, "title": true, "meter": true, "progress": true, "dialog": true, "applet": true,
	}
	htmlBlocks = map[string]bool{
		"address": true, "article": true, "aside": true, "blockquote": true, "body": true, "caption": true, "center": true,
		"dd": true, "details": true, "dir": true, "div": true, "dl": true, "dt": true, "fieldset": true, "figcaption": true,
		"figure": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
		"header": true, "hgroup": true, "hr": true, "legend": true, "li": true, "main": true, "menu": true, "nav": true,
		"ol": true, "p": true, "pre": true, "search": true, "section": true, "summary": true, "table": true, "tbody": true,
		"td": true, "textarea": true, "tfoot": true, "th": true, "thead": true, "tr": true, "ul": true, "xmp": true,
	}
	hiddenStyle = regexp.MustCompile(`(?i)(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)`)
)

// open begins an element. layout says of a table that it only lays out the page.
func (f *htmlFlow) open(tag string, attrs []html.Attribute, layout bool) {
	if htmlBlocks[tag] && !f.top().hidden {
		f.block()
	}
	e := *f.top()
	e.tag = tag
	e.hidden = e.hidden || htmlHidden[tag] || isHidden(tag, attrs)
	e.item, e.first, e.label = false, false, ""
	switch tag {
	case "meta":
		readMeta(&f.out.b.doc.Facts, attrs)
	case "br":
		f.lineBreak()
	case "img":
		// A picture that came with a mail ("cid:") is counted there.
		if !e.hidden && attribute(attrs, "width") != "1" && !strings.HasPrefix(attribute(attrs, "src"), "cid:") {
			f.out.b.doc.Facts.Pictures++
		}
	case "pre", "textarea", "xmp", "listing":
		e.pre = true
	case "sup":
		e.script = superscript
	case "sub":
		e.script = subscript
	case "article", "main", "section", "aside":
		e.scoped = true
	case "blockquote":
		if attribute(attrs, "type") == "cite" || strings.Contains(attribute(attrs, "class"), "gmail_quote") {
			e.furn = quotedReply
		}
	case "option":
		// A list shows what is chosen in it.
		if chosen := hasAttribute(attrs, "selected"); chosen && f.inShownList() {
			e.hidden = false
		}
	}
	f.openFurniture(&e, attrs)
	if !e.hidden {
		f.openStructure(&e, attrs, layout)
		f.openField(&e, attrs)
		f.openNote(&e, attrs)
	}
	f.stack = append(f.stack, e)
}

// openFurniture marks what belongs to the site and not to the page. A header inside an article is the article's own.
func (f *htmlFlow) openFurniture(e *htmlElement, attrs []html.Attribute) {
	role := attribute(attrs, "role")
	switch {
	case e.furn == quotedReply:
	case e.tag == "nav" || role == "navigation":
		e.furn = "navigation"
	case e.furn != "":
	case e.tag == "header" && !e.scoped && role == "" || role == "banner":
		e.furn = "page header"
	case role == "search" || e.tag == "search":
		e.furn = "search"
	case isCookieBanner(attrs):
		e.furn = "cookie banner"
	case e.tag == "footer" && !e.scoped && role == "" || role == "contentinfo":
		e.furn = "page footer"
	}
}

func isHidden(tag string, attrs []html.Attribute) bool {
	return hasAttribute(attrs, "hidden") || hiddenStyle.MatchString(attribute(attrs, "style")) ||
		tag == "input" && attribute(attrs, "type") == "hidden"
}

func (f *htmlFlow) openStructure(e *htmlElement, attrs []html.Attribute, layout bool) {
	switch e.tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if e.kind != Cell {
			e.kind, e.level = Heading, int(e.tag[1]-'0')
		}
		f.openWordItem(e, attrs)
	case "p":
		f.openWordItem(e, attrs)
	case "span":
		e.marks = e.marks || wordMark.MatchString(attribute(attrs, "style"))
	case "ul", "ol", "menu", "dir":
		f.lists = append(f.lists, newHTMLList(e.tag, attrs))
	case "li":
		if e.kind != Cell {
			e.kind, e.level, e.first = Item, min(9, max(1, len(f.lists))), true
		}
		e.item, e.label = true, f.itemLabel(attrs)
	case "table":
		f.tables = append(f.tables, htmlTable{layout: layout || len(f.tables) >= MaxDepth})
		if t := f.table(); !t.layout {
			f.count++
			t.number, t.first = f.count, len(f.out.b.doc.Blocks)
		}
	case "tr":
		if t := f.table(); t != nil {
			t.nextRow()
		}
	case "td", "th":
		if t := f.table(); t != nil && !t.layout {
			t.nextCell(number(attribute(attrs, "colspan"), 1, 1000), number(attribute(attrs, "rowspan"), 1, 65534))
			e.kind = Cell
		}
	}
}

var (
	wordItem = regexp.MustCompile(`mso-list:\s*\S+\s+level([1-9])\b`)
	wordMark = regexp.MustCompile(`mso-list:\s*ignore`)
)

// openWordItem tells a list item as Word and Outlook write it: an ordinary paragraph or heading that carries the number
// or bullet as text.
func (f *htmlFlow) openWordItem(e *htmlElement, attrs []html.Attribute) {
	at := wordItem.FindStringSubmatch(attribute(attrs, "style"))
	if at == nil || e.kind == Cell {
		return
	}
	if e.kind != Heading {
		e.kind, e.level = Item, int(at[1][0]-'0')
	}
	e.item, e.first = true, true
}

// mark adds text to the label of the innermost item by Word, if one is open.
func (f *htmlFlow) mark(s string) bool {
	for i := range slices.Backward(f.stack) {
		if e := &f.stack[i]; e.item {
			if e.first && e.tag != "li" && len(e.label) < 100 {
				e.label = strings.TrimSpace(e.label + strings.TrimSpace(s))
				return true
			}
			return false
		}
	}
	return false
}

// wordLabel is a label as printed: symbol fonts have letters and signs of their own for bullets.
func wordLabel(label string) string {
	if label == "o" || !strings.ContainsFunc(label, wordRune) {
		return bulletLabel
	}
	return label
}

// close ends the innermost element, which must be of this tag.
func (f *htmlFlow) close(tag string) {
	e := f.top()
	if e.hidden {
		f.stack = f.stack[:len(f.stack)-1]
		return
	}
	if htmlBlocks[tag] {
		f.block()
	}
	switch tag {
	case "td", "th":
		f.flush()
	case "ul", "ol", "menu", "dir":
		f.lists = f.lists[:max(0, len(f.lists)-1)]
	case "table":
		if t := f.table(); t != nil && !t.layout && f.out.asks {
			f.out.answer(t.first, t.number)
		}
		f.tables = f.tables[:max(0, len(f.tables)-1)]
	}
	f.stack = f.stack[:len(f.stack)-1]
}

// closeNearest ends the nearest open element of this tag with everything inside it; without one it does nothing.
func (f *htmlFlow) closeNearest(tag string) {
	lowest := max(1, len(f.stack)-maxOpenElements)
	for i := len(f.stack) - 1; i >= lowest; i-- {
		if f.stack[i].tag != tag {
			continue
		}
		for len(f.stack) > i {
			f.close(f.top().tag)
		}
		return
	}
}

// block ends a block; inside a table cell, where one cell is one block, it begins a new line instead.
func (f *htmlFlow) block() {
	if f.top().kind == Cell {
		f.newline = f.newline || f.line.Len() > 0
		f.space = false
		return
	}
	f.flush()
}

// lineBreak begins a new line. An empty line ends the paragraph, as a reader sees it.
func (f *htmlFlow) lineBreak() {
	e := f.top()
	if e.hidden {
		return
	}
	f.space = false
	line := f.line.String()
	empty := f.newline || strings.TrimSpace(line[strings.LastIndexByte(line, '\n')+1:]) == ""
	if empty && f.line.Len() > 0 && e.kind != Heading {
		if e.kind != Cell {
			f.flush()
			return
		}
		f.line.WriteByte('\n')
	}
	f.newline = true
}

// text adds characters. White space is one space wherever it is more, and none at the ends of a line.
func (f *htmlFlow) text(s string) {
	e := f.top()
	if e.tag == "title" && len(f.stack) < 8 && f.title.Len() < 1000 {
		f.title.WriteString(s)
		f.out.b.doc.Facts.Title = strings.Join(strings.Fields(f.title.String()), " ")
	}
	if e.hidden || e.marks && f.mark(s) {
		return
	}
	for _, r := range e.script.set(s) {
		switch {
		case e.pre && r == '\n':
			f.lineBreak()
		case r == ' ' && e.pre:
			f.word(r)
		case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f':
			f.space = true
		case r == 0 || r == '\u00ad' || r == '\u200b': // not shown: soft hyphens and break points
		default:
			f.word(r)
		}
	}
}

func (f *htmlFlow) word(r rune) {
	switch {
	case f.line.Len() == 0:
	case f.newline:
		f.line.WriteByte('\n')
	case f.space:
		f.line.WriteByte(' ')
	}
	f.space, f.newline = false, false
	f.line.WriteRune(r)
}

// flush makes a block of what was gathered.
func (f *htmlFlow) flush() {
	text := strings.TrimSpace(f.line.String())
	f.line.Reset()
	f.space, f.newline = false, false
	refs := f.refs
	f.refs = nil
	if text == "" {
		return
	}
	e := f.top()
	if e.furn != "" {
		f.out.furniture(text, e.furn)
		return
	}
	place := Place{}
	switch e.kind {
	case Item:
		place.Label = f.takeLabel()
	case Heading:
		if e.item {
			place.Label = f.takeLabel()
		}
	case Cell:
		if t := f.table(); t != nil {
			place.Table, place.Row, place.Column = t.number, t.row, t.column
		}
	}
	if e.note.mark != "" {
		place = Place{Note: e.note.mark, Paragraph: e.note.paragraph}
		f.out.add(Note, text, 0, place)
		return
	}
	if b := f.out.add(e.kind, text, e.level, place); b != nil {
		b.Refs = refs
		f.placeNotes(b)
	}
}

// takeLabel gives the label of the innermost item to the first block in it.
func (f *htmlFlow) takeLabel() string {
	for i := range slices.Backward(f.stack) {
		if e := &f.stack[i]; e.item {
			if !e.first {
				return ""
			}
			e.first = false
			if e.tag != "li" && e.label != "" {
				return wordLabel(e.label)
			}
			return e.label
		}
	}
	return ""
}

func newHTMLList(tag string, attrs []html.Attribute) htmlList {
	l := htmlList{ordered: tag == "ol", style: "1", next: number(attribute(attrs, "start"), 1, 1_000_000), step: 1}
	for _, a := range attrs {
		if a.Key == "type" && len(a.Val) == 1 {
			l.style = a.Val
		}
		if a.Key == "reversed" {
			l.step = -1
		}
	}
	return l
}

func (f *htmlFlow) itemLabel(attrs []html.Attribute) string {
	if len(f.lists) == 0 || !f.lists[len(f.lists)-1].ordered {
		return "•"
	}
	l := &f.lists[len(f.lists)-1]
	l.next = number(attribute(attrs, "value"), l.next, 1_000_000)
	n := l.next
	l.next += l.step
	switch {
	case l.style == "a" && n >= 1 && n <= 26:
		return string(rune('a' + n - 1))
	case l.style == "A" && n >= 1 && n <= 26:
		return string(rune('A' + n - 1))
	case l.style == "i" && n >= 1 && n <= 3999:
		return strings.ToLower(romanNumber(n))
	case l.style == "I" && n >= 1 && n <= 3999:
		return romanNumber(n)
	}
	return strconv.Itoa(n)
}

func romanNumber(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var out strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			out.WriteString(signs[i])
		}
	}
	return out.String()
}

func (f *htmlFlow) table() *htmlTable {
	if len(f.tables) == 0 {
		return nil
	}
	return &f.tables[len(f.tables)-1]
}

func (t *htmlTable) nextRow() {
	t.row++
	t.column, t.span = 0, 1
	for i := range t.busy {
		t.busy[i] = max(0, t.busy[i]-1)
	}
}

// nextCell moves to the next column that no cell from above or to the left takes.
func (t *htmlTable) nextCell(colspan, rowspan int) {
	if t.row == 0 {
		t.nextRow()
	}
	t.column += t.span
	for t.column <= len(t.busy) && t.busy[t.column-1] > 0 {
		t.column++
	}
	t.span = colspan
	if rowspan == 1 || t.column > 10_000 {
		return
	}
	for len(t.busy) < t.column+colspan-1 {
		t.busy = append(t.busy, 0)
	}
	for i := t.column - 1; i < t.column+colspan-1; i++ {
		t.busy[i] = rowspan
	}
}

// number reads a whole number from 1 to limit, or gives otherwise.
func number(s string, otherwise, limit int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > limit {
		return otherwise
	}
	return n
}
