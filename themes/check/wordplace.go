package check

import (
	"encoding/xml"
	"regexp"
	"strings"

	"collate/index/extract"
)

// A blockPlace is the paragraph that a block of a draft was read from, and the byte of its letters at which the block begins.
type blockPlace struct{ paragraph, from int }

// lookAhead is how many paragraphs are looked through for the next block before all are.
const lookAhead = 400

// places finds the paragraph of each block, in order; -1 for one that is in no paragraph of the main part, such as a note.
func (b *wordBody) places(doc *extract.Document) []blockPlace {
	first := map[string]int{}
	for i := len(b.paragraphs) - 1; i >= 0; i-- {
		first[b.paragraphs[i].letters] = i
	}
	out := make([]blockPlace, len(doc.Blocks))
	at, used := 0, 0
	for i, block := range doc.Blocks {
		out[i] = blockPlace{paragraph: -1}
		text := letters(doc.Text[block.Start:block.End])
		if text == "" || block.Kind == extract.Note {
			continue
		}
		for p := at; p < len(b.paragraphs) && p < at+lookAhead; p++ {
			from := 0
			if p == at {
				from = min(used, len(b.paragraphs[p].letters))
			}
			if n := strings.Index(b.paragraphs[p].letters[from:], text); n >= 0 {
				out[i] = blockPlace{p, from + n}
				at, used = p, from+n+len(text)
				break
			}
		}
		if p, ok := first[text]; ok && out[i].paragraph < 0 {
			out[i] = blockPlace{p, 0}
		}
	}
	return out
}

var quoting = regexp.MustCompile(`(?i)quot|block ?text|citat|extract`)

// The indents from which a paragraph that is no list stands apart, in twentieths of a point: a centimetre, and half of one on the right.
const (
	apartLeft  = 560
	apartRight = 280
)

// styles says which blocks are set as block quotations: by a style of that name, or by indents on both sides.
func (w *wordFile) styles(d *Draft) {
	known := w.namedStyles()
	for i, at := range w.body.places(d.Document) {
		if at.paragraph < 0 || d.Document.Blocks[i].Kind != extract.Paragraph {
			continue
		}
		p := w.body.paragraphs[at.paragraph]
		s := known[p.style]
		left, right := p.left, p.right
		if left < 0 {
			left = s.left
		}
		if right < 0 {
			right = s.right
		}
		d.Styles[i].Quote = s.quote || !p.list && left >= apartLeft && right >= apartRight
	}
}

// A wordStyle is what matters here of a paragraph's style.
type wordStyle struct {
	quote       bool
	left, right int
}

// namedStyles are the paragraph styles of the file by their ids. A file without them has none.
func (w *wordFile) namedStyles() map[string]wordStyle {
	out := map[string]wordStyle{}
	list, err := w.relations(w.mainRelations())
	if err != nil {
		return out
	}
	for _, r := range list {
		if !strings.HasSuffix(r.Type, "/styles") {
			continue
		}
		text, err := w.read(w.target(r))
		if err != nil {
			return out
		}
		type value struct {
			Val string `xml:"val,attr"`
		}
		var styles struct {
			Style []struct {
				ID   string `xml:"styleId,attr"`
				Type string `xml:"type,attr"`
				Name value  `xml:"name"`
				PPr  struct {
					Ind *struct {
						Attr []xml.Attr `xml:",any,attr"`
					} `xml:"ind"`
				} `xml:"pPr"`
			} `xml:"style"`
		}
		if xml.Unmarshal(text, &styles) != nil {
			return out
		}
		for _, s := range styles.Style {
			x := wordStyle{quote: s.Type != "character" && (quoting.MatchString(s.Name.Val) || quoting.MatchString(s.ID))}
			if s.PPr.Ind != nil {
				x.left, x.right = indents(&xml.StartElement{Attr: s.PPr.Ind.Attr})
			}
			out[s.ID] = x
		}
	}
	return out
}
