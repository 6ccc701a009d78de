package extract

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
)

// A glyph is one character on a page. Lengths are in points (1/72 inch); y grows upwards.
type glyph struct {
	text                     string
	left, right, bottom, top float64
	size                     float64
	bold                     bool
	turn                     int // quarter turns of the writing, anticlockwise; slanted when at no quarter
}

// slanted is the turn of writing that runs along neither edge of the page, a watermark.
const slanted = -1

// newGlyph takes over what PDFium says of a character.
func newGlyph(c *responses.GetPageTextStructuredChar) glyph {
	p := c.PointPosition
	g := glyph{
		text: c.Text,
		left: min(p.Left, p.Right), right: max(p.Left, p.Right),
		bottom: min(p.Bottom, p.Top), top: max(p.Bottom, p.Top),
		turn: slanted,
	}
	if quarters := c.Angle / (math.Pi / 2); math.Abs(quarters-math.Round(quarters)) < 0.06 {
		g.turn = (4 - int(math.Round(quarters))%4) % 4 // PDFium counts clockwise
	}
	if f := c.FontInformation; f != nil {
		g.size = f.RenderedSize
		g.bold = boldFont(f)
	}
	return g
}

// boldFont tells a bold font by its name, since the weight that PDFium works out is the same for most fonts.
func boldFont(f *responses.FontInformation) bool {
	const forceBold = 1 << 18 // PDF 1.7, table 123
	name := strings.ToLower(f.Name)
	for _, word := range []string{"bold", "black", "heavy", "demi"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return f.Flags&forceBold != 0 || f.Weight >= 700
}

// A pdfPage is a page's text as runs, in the order in which the file paints them.
type pdfPage struct {
	number      int
	runs        []pdfRun
	turned      string // text written in another direction than the rest: a stamp or watermark
	scan        bool   // a picture with hardly any text
	fields      []pdfField
	grids       []*pdfGrid
	bottom, top float64
}

// A pdfRun is text on one baseline without a gap: a line, or the part of it up to a tab or the next column.
type pdfRun struct {
	text        string
	left, right float64
	base        float64 // the baseline's y
	size        float64 // the font size of most of its letters
	bold        bool    // most of its letters are
	spaced      bool    // white space stood before it
	hyphen      bool    // its last word was broken: the hyphen is not in text
	gap         int     // the byte of the text at which its first wide space is, as a tab leaves it; 0 without one
	marks       []pdfMark
	order       int       // its place in the file
	table       *pdfTable // stands in the reading order for a table
}

// A pdfMark is a small raised figure that was taken out of a run: a note's mark, or an exponent to be put back.
type pdfMark struct {
	at   int
	text string
}

// newPDFPage makes runs of a page's characters. The page is turned so that most of its text reads left to right.
func newPDFPage(number int, glyphs []glyph, fields []pdfField, rules []pdfRule) pdfPage {
	page := pdfPage{number: number}
	turn := commonTurn(glyphs)
	var turned strings.Builder
	upright := make([]glyph, 0, len(glyphs))
	aside := false // the white space that PDFium makes up has no direction of its own
	for _, g := range glyphs {
		if !blank(g.text) {
			aside = g.turn != turn
		}
		if aside {
			turned.WriteString(g.text)
		} else {
			upright = append(upright, g.turned(turn))
		}
	}
	page.turned = strings.Join(strings.Fields(turned.String()), " ")
	for _, f := range fields {
		page.fields = append(page.fields, f.turned(turn))
	}
	sortFields(page.fields)
	for i, r := range rules {
		rules[i] = r.turned(turn)
	}
	page.grids = gridsOf(rules, page.fields)
	page.runs = withoutDoubles(pdfRuns(upright, page.grids))
	for i, r := range page.runs {
		if i == 0 {
			page.bottom, page.top = r.base, r.base
		}
		page.bottom, page.top = min(page.bottom, r.base), max(page.top, r.base)
	}
	return page
}

func commonTurn(glyphs []glyph) int {
	var count [4]int
	for _, g := range glyphs {
		if g.turn != slanted && !blank(g.text) {
			count[g.turn]++
		}
	}
	turn := 0
	for t, n := range count {
		if n > count[turn] {
			turn = t
		}
	}
	return turn
}

// turned moves a glyph as if the page were turned back by so many quarters.
func (g glyph) turned(quarters int) glyph {
	for range quarters {
		g.left, g.right, g.bottom, g.top = g.bottom, g.top, -g.right, -g.left
	}
	return g
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// lineHyphen reports whether s is what PDFium gives for a hyphen at the end of a line.
func lineHyphen(s string) bool { return s == "\x02" || s == "\ufffe" || s == "\u00ad" }

// pdfRuns cuts characters into runs, in their order.
func pdfRuns(glyphs []glyph, grids []*pdfGrid) []pdfRun {
	var runs []pdfRun
	open := runBuilder{grids: grids}
	spaced := false
	shut := func() {
		if len(open.glyphs) > 0 {
			run := open.run()
			run.order = len(runs)
			runs = append(runs, run)
		}
		open = runBuilder{grids: grids}
	}
	for _, g := range glyphs {
		switch {
		case lineHyphen(g.text):
			open.hyphen = len(open.glyphs) > 0
		case blank(g.text):
			spaced = true
		case g.text < " ": // control characters of a broken font
		default:
			if !open.continues(g) {
				shut()
			}
			open.add(g, spaced)
			spaced = false
		}
	}
	shut()
	return runs
}

// withoutDoubles leaves out runs that were painted a second time in their place, to look bold or to throw a shadow.
func withoutDoubles(runs []pdfRun) []pdfRun {
	seen := map[string][]pdfRun{}
	return slices.DeleteFunc(runs, func(r pdfRun) bool {
		for _, s := range seen[r.text] {
			if near := min(0.15*r.size, 3); math.Abs(s.left-r.left) < near && math.Abs(s.base-r.base) < near && math.Abs(s.right-r.right) < near {
				return true
			}
		}
		seen[r.text] = append(seen[r.text], r)
		return false
	})
}

// A runBuilder is a run that is still growing.
type runBuilder struct {
	glyphs      []glyph
	spaces      []bool // whether white space stood before each
	bottom, top float64
	size        float64
	hyphen      bool
	grids       []*pdfGrid // a run ends at a line between their columns
}

// continues reports whether g stands on the run's line, right behind it. Right-to-left writing steps back a little with each letter.
func (b *runBuilder) continues(g glyph) bool {
	if len(b.glyphs) == 0 {
		return true
	}
	last := b.glyphs[len(b.glyphs)-1]
	size := max(b.size, g.size, 1)
	if g.left < last.left-3*size || g.left > last.right+1.5*size {
		return false
	}
	for _, grid := range b.grids {
		if grid.parts(last, g) {
			return false
		}
	}
	height, own := g.top-g.bottom, b.top-b.bottom
	if height < 0.4*size || own < 0.4*size { // a full stop, dash or quotation mark: it has hardly a height to compare
		return max(g.top, b.top)-min(g.bottom, b.bottom) < 1.3*size
	}
	return min(b.top, g.top)-max(b.bottom, g.bottom) > 0.3*min(height, own)
}

func (b *runBuilder) add(g glyph, spaced bool) {
	if len(b.glyphs) == 0 {
		b.bottom, b.top = g.bottom, g.top
	}
	b.glyphs = append(b.glyphs, g)
	b.spaces = append(b.spaces, spaced)
	b.bottom, b.top = min(b.bottom, g.bottom), max(b.top, g.top)
	b.size = max(b.size, g.size)
	b.hyphen = false // it was a hyphen inside the line
}

// run closes the run and takes raised figures out of its text.
func (b *runBuilder) run() pdfRun {
	first := b.glyphs[0]
	run := pdfRun{left: first.left, right: first.right, spaced: b.spaces[0], hyphen: b.hyphen}
	run.size, run.bold = commonFont(b.glyphs)
	run.base = baseline(b.glyphs, run.size)
	b.closeUp(run.size)
	var text strings.Builder
	for i, g := range b.glyphs {
		run.left, run.right = min(run.left, g.left), max(run.right, g.right)
		if raised(g, run) {
			if n := len(run.marks); n > 0 && run.marks[n-1].at == text.Len() && !b.spaces[i] {
				run.marks[n-1].text += g.text
			} else {
				run.marks = append(run.marks, pdfMark{text.Len(), g.text})
			}
			continue
		}
		if b.spaces[i] && text.Len() > 0 {
			if run.gap == 0 && g.left-b.glyphs[i-1].right > 0.7*run.size {
				run.gap = text.Len()
			}
			text.WriteByte(' ')
		}
		text.WriteString(g.text)
	}
	run.text = text.String()
	return run
}

// closeUp takes the white space out of letter-spaced words, "R E P L Y", which PDFium gives between some or all of
// their letters.
func (b *runBuilder) closeUp(size float64) {
	const fewest = 8 // letters: less may be a row of marks or initials
	words, letters := 1, 0
	var gaps []float64
	for i, g := range b.glyphs {
		if strings.ContainsFunc(g.text, unicode.IsLetter) {
			letters++
		}
		if i > 0 {
			gaps = append(gaps, g.left-b.glyphs[i-1].right)
			if b.spaces[i] {
				words++
			}
		}
	}
	if letters < fewest || 10*letters > 22*words {
		return
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)/2]
	if usual < 0.12*size {
		return
	}
	for i := 1; i < len(b.glyphs); i++ {
		b.spaces[i] = b.glyphs[i].left-b.glyphs[i-1].right > 1.5*usual+0.15*size
	}
}

// commonFont returns the size and boldness of most letters.
func commonFont(glyphs []glyph) (size float64, bold bool) {
	count := map[float64]int{}
	bolds, letters := 0, 0
	for _, g := range glyphs {
		s := math.Round(g.size*10) / 10
		count[s]++
		if n := count[s]; n > count[size] || n == count[size] && s > size {
			size = s
		}
		if strings.ContainsFunc(g.text, wordRune) {
			letters++
			if g.bold {
				bolds++
			}
		}
	}
	if size <= 0 { // fonts of size 0, scaled by the page: take the height of the letters
		for _, g := range glyphs {
			size = max(size, g.top-g.bottom)
		}
	}
	return max(size, 1), bolds*20 > letters*17 // a name in bold at a line's head makes no bold line
}

// baseline is the middle of the bottoms of the letters that stand on it.
func baseline(glyphs []glyph, size float64) float64 {
	var bottoms []float64
	for _, g := range glyphs {
		if g.size > 0.8*size && !strings.ContainsAny(g.text, "gjpqyQ,;()[]/|'\"’‘“”*-–—_") {
			bottoms = append(bottoms, g.bottom)
		}
	}
	if len(bottoms) == 0 {
		for _, g := range glyphs {
			bottoms = append(bottoms, g.bottom)
		}
	}
	slices.Sort(bottoms)
	return bottoms[len(bottoms)/2]
}

// raised reports whether a glyph is a small figure or sign above the run's baseline.
func raised(g glyph, run pdfRun) bool {
	if g.size > 0.8*run.size || g.bottom < run.base+0.15*run.size {
		return false
	}
	return noteSign(g.text)
}

// noteSign reports whether s is made of what notes are marked with.
func noteSign(s string) bool {
	return s != "" && strings.Trim(s, "0123456789*†‡§") == ""
}
