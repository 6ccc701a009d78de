package index

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"collate/index/extract"
)

// The size of a passage, in words: long enough to be understood alone, short enough to be coded as one thing.
const (
	minWords = 30
	maxWords = 150
)

// A Passage is a stretch of one submission's text, the smallest thing that is coded and quoted.
//
// Start and End are byte offsets into the text of the original; text[Body:End] are the words, text[Start:Body] the
// headings above them, which are searched with the passage and not quoted from it.
type Passage struct {
	ID       string        `json:"id"`
	Sha      string        `json:"sha"`     // of the original it lies in
	Ordinal  int           `json:"ordinal"` // from 1 in that original
	Start    int           `json:"start"`
	Body     int           `json:"body"`
	End      int           `json:"end"`
	Kind     extract.Kind  `json:"kind"`
	Place    extract.Place `json:"place"`              // of its first block
	Consent  Consent       `json:"consent,omitempty"`  // what it asks for itself; "" when it asks for nothing
	Asked    string        `json:"asked,omitempty"`    // the words with which it asks
	Question string        `json:"question,omitempty"` // the consultation's question it answers, by id
	Why      string        `json:"why,omitempty"`      // why it was given that question
	Words    int           `json:"words"`
}

// Codable reports whether themes may be proposed for the passage: a note that only gives a source is searched, not coded.
func (p *Passage) Codable() bool { return p.Kind != extract.Note || p.Words >= minWords }

// Passages cuts a document into passages. Every word of it that is not page furniture lies in exactly one of them. A heading
// joins what follows; a list stays with its lead-in; a paragraph over 150 words is split at sentence ends; short paragraphs
// without a number of their own join their neighbours; rows of a table go together; an answer is always its own.
//
// The same original gives the same passages with the same ids, whatever else the consultation holds.
func Passages(sha string, doc *extract.Document) []Passage {
	c := cutter{doc: doc, heading: -1}
	for i := range doc.Blocks {
		c.block(&doc.Blocks[i])
	}
	c.close()
	identify(sha, doc.Text, c.out)
	return c.out
}

// A cutter gathers blocks into the passage that is open.
type cutter struct {
	doc     *extract.Document
	out     []Passage
	open    *Passage
	leadIn  bool // the open passage ends with a colon, or holds a list already
	short   bool // the open passage holds only short items
	heading int  // where headings that wait for what follows begin, or -1
}

func (c *cutter) block(b *extract.Block) {
	words := extract.Words(c.doc.Text[b.Start:b.End])
	switch {
	case b.Kind == extract.Furniture:
		c.flush()
	case b.Kind == extract.Heading:
		c.flush()
		if c.heading < 0 {
			c.heading = b.Start
		}
	case c.open != nil && c.joins(b, words):
		c.open.End = b.End
		c.open.Words += words
		c.short = c.short && words < minWords
		c.leadIn = c.leadIn || c.endsWithColon(b)
	case words > maxWords:
		c.flush()
		c.split(b, words)
	default:
		c.flush()
		c.begin(b, b.Start, b.End, words)
		c.leadIn = c.endsWithColon(b)
		c.short = b.Kind == extract.Item && words < minWords
	}
}

// joins reports whether b belongs to the open passage.
func (c *cutter) joins(b *extract.Block, words int) bool {
	p := c.open
	if p.Words+words > maxWords || p.Place.Part != b.Place.Part || p.Place.Question != b.Place.Question {
		return false
	}
	switch b.Kind {
	case extract.Cell:
		return p.Kind == extract.Cell && p.Place.Table == b.Place.Table && p.Place.Sheet == b.Place.Sheet
	case extract.Item:
		if words >= minWords { // a numbered paragraph, or a bullet that says enough by itself
			return c.leadIn && p.Words < minWords
		}
		return c.leadIn || c.short
	case extract.Paragraph:
		return p.Kind == extract.Paragraph && p.Words < minWords && !c.leadIn && !numbered(b.Place.Label) && !numbered(p.Place.Label)
	}
	return false
}

func (c *cutter) endsWithColon(b *extract.Block) bool {
	return strings.HasSuffix(strings.TrimSpace(c.doc.Text[b.Start:b.End]), ":")
}

// numbered reports a printed number or letter, as against a bullet.
func numbered(label string) bool {
	return strings.ContainsFunc(label, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func (c *cutter) begin(b *extract.Block, start, end, words int) {
	p := Passage{Start: start, Body: start, End: end, Kind: b.Kind, Place: b.Place, Words: words}
	if c.heading >= 0 {
		p.Start, c.heading = c.heading, -1
	}
	c.open = &p
}

func (c *cutter) flush() {
	if c.open == nil {
		return
	}
	p, leadIn := *c.open, c.leadIn
	c.open, c.leadIn = nil, false
	if n := len(c.out); n > 0 && !leadIn && c.tail(&c.out[n-1], &p) {
		c.out[n-1].End = p.End
		c.out[n-1].Words += p.Words
		return
	}
	c.out = append(c.out, p)
}

// tail reports whether p is a short last paragraph of a section that can go with the passage before it.
func (c *cutter) tail(last, p *Passage) bool {
	return p.Words < minWords && p.Kind == extract.Paragraph && last.Kind == extract.Paragraph && p.Start == p.Body &&
		!numbered(p.Place.Label) && last.Words+p.Words <= maxWords && last.Place.Part == p.Place.Part &&
		last.Place.Question == p.Place.Question && slices.Equal(last.Place.Headings, p.Place.Headings) &&
		last.End+len(extract.BlockSeparator) == p.Start
}

// split makes several passages of one long block, of about the same size, at sentence ends.
func (c *cutter) split(b *extract.Block, words int) {
	text := c.doc.Text[b.Start:b.End]
	pieces := (words + maxWords - 1) / maxWords
	target := (words + pieces - 1) / pieces
	start, size := -1, 0
	end := 0
	for _, s := range Sentences(text) {
		n := extract.Words(text[s.Start:s.End])
		if start >= 0 && (size >= target || size+n > maxWords && size >= minWords) {
			c.begin(b, b.Start+start, b.Start+end, size)
			c.emit()
			start, size = -1, 0
		}
		if start < 0 {
			start = s.Start
		}
		size, end = size+n, s.End
	}
	if start >= 0 {
		c.begin(b, b.Start+start, b.Start+end, size)
		c.emit()
	}
}

// emit closes the open passage without looking for a neighbour.
func (c *cutter) emit() {
	c.out = append(c.out, *c.open)
	c.open = nil
}

// close ends the document: headings that nothing follows are a passage of their own, so that no word is lost.
func (c *cutter) close() {
	c.flush()
	for i := range c.doc.Blocks {
		if b := &c.doc.Blocks[i]; c.heading >= 0 && b.Start == c.heading {
			c.heading = -1
			last := c.doc.Blocks[len(c.doc.Blocks)-1]
			for j := i; j < len(c.doc.Blocks) && c.doc.Blocks[j].Kind == extract.Heading; j++ {
				last = c.doc.Blocks[j]
			}
			c.begin(b, b.Start, last.End, extract.Words(c.doc.Text[b.Start:last.End]))
			c.emit()
		}
	}
}

// identify numbers the passages and gives each its id: a digest of the original, the words, and how many times the same words came before in it.
func identify(sha, text string, passages []Passage) {
	seen := map[string]int{}
	for i := range passages {
		p := &passages[i]
		p.Sha, p.Ordinal = sha, i+1
		words := text[p.Start:p.End]
		seen[words]++
		p.ID = passageID(sha, words, seen[words])
	}
}

// passageID begins with a letter so that no spreadsheet takes it for a number; 50 bits keep a million passages apart.
func passageID(sha, words string, nth int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%d\x00%s", sha, nth, words)
	return "P" + base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").EncodeToString(h.Sum(nil)[:7])[:10]
}

// PlaceText says a place in a reader's words: "page 2, para 3.4", "para no. 3" for the one with that number before it, "para 3" for the
// third, "Sheet1, row 14, column F".
func PlaceText(p extract.Place) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if p.Part != "" && p.Part != "body" {
		add("%s", p.Part)
	}
	if p.Page > 0 {
		add("page %d", p.Page)
	}
	switch {
	case p.Sheet != "" || p.Table == 0 && p.Row > 0:
		if p.Sheet != "" {
			add("%s", p.Sheet)
		}
		add("row %d", p.Row)
		if p.Column > 0 {
			add("column %s", columnName(p.Column))
		}
	case p.Table > 0:
		add("table %d, row %d", p.Table, p.Row)
	case numbered(p.Label) && strings.Contains(strings.Trim(p.Label, "."), "."):
		add("para %s", strings.Trim(p.Label, ".()"))
	case numbered(p.Label): // a counted paragraph could have the same number
		add("para no. %s", strings.Trim(p.Label, ".()"))
	case p.Paragraph > 0:
		add("para %d", p.Paragraph)
	}
	if p.Note != "" {
		add("note %s", p.Note)
	}
	return strings.Join(parts, ", ")
}

// columnName is a column as spreadsheets letter it: 1 is A, 27 is AA.
func columnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
