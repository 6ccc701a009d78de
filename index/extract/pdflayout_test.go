package extract

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// typeset sets text at a place as a file would paint it: each letter half its size wide, a gap at each tab, and a line's end after it.
func typeset(text string, left, base, size float64, bold bool) []glyph {
	var out []glyph
	x := left
	for _, r := range text {
		if r == '\t' {
			out = append(out, glyph{text: " ", left: x, right: x, bottom: base, top: base})
			x += 3 * size
			continue
		}
		g := glyph{text: string(r), left: x, right: x + 0.45*size, bottom: base, top: base + 0.7*size, size: size, bold: bold}
		if r == ' ' {
			g.top = base
		}
		out = append(out, g)
		x += 0.5 * size
	}
	return append(out, glyph{text: "\r", left: x, right: x, bottom: base, top: base}, glyph{text: "\n", left: x, right: x, bottom: base, top: base})
}

// typesetLines sets lines of 10 points, 12 apart, from base downwards.
func typesetLines(left, base float64, lines ...string) []glyph {
	var out []glyph
	for i, line := range lines {
		out = append(out, typeset(line, left, base-12*float64(i), 10, false)...)
	}
	return out
}

func layOutGlyphs(t *testing.T, pages ...[]glyph) *Document {
	t.Helper()
	b := &builder{}
	var made []pdfPage
	for i, glyphs := range pages {
		made = append(made, newPDFPage(i+1, glyphs, nil, nil))
	}
	if err := layOut(b, made); err != nil {
		t.Fatal(err)
	}
	return b.document()
}

func blockTexts(doc *Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		out = append(out, doc.Text[b.Start:b.End])
	}
	return out
}

func TestPDFParagraphs(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{
			"number in a wrapped line is not a label",
			[]string{"The duty is set out in full in the words of section", "3.2 of the Act and nobody has ever kept to it in the", "years since it became law in this country."},
			[]string{"The duty is set out in full in the words of section 3.2 of the Act and nobody has ever kept to it in the years since it became law in this country."},
		},
		{
			"numbers behind tabs",
			[]string{"3.1\tThe plan is welcome and so is its aim of help", "3.2\tThe plan has no dates"},
			[]string{"3.1 The plan is welcome and so is its aim of help", "3.2 The plan has no dates"},
		},
		{
			"short line ends a paragraph",
			[]string{"The plan is welcome and so is its aim of earlier help", "for families.", "Waits are another matter, and they grow every year."},
			[]string{"The plan is welcome and so is its aim of earlier help for families.", "Waits are another matter, and they grow every year."},
		},
		{
			"dash inside a sentence",
			[]string{"The plan is welcome and so is its aim of earlier help", "– which every one of us has asked for – in all places"},
			[]string{"The plan is welcome and so is its aim of earlier help – which every one of us has asked for – in all places"},
		},
		{
			"broken word",
			[]string{"The plan is welcome and so is its aim of earlier pro\x02", "vision for every family that asks for it in writing"},
			[]string{"The plan is welcome and so is its aim of earlier provision for every family that asks for it in writing"},
		},
		{
			"broken at its own hyphen",
			[]string{"Only long-term money will do, and we say it: long\x02", "term money for every family that asks for it in full"},
			[]string{"Only long-term money will do, and we say it: long-term money for every family that asks for it in full"},
		},
		{
			"broken behind an abbreviation",
			[]string{"What families call help is rarely what a plan of SEND\x02", "related spending counts as help in the yearly tables."},
			[]string{"What families call help is rarely what a plan of SEND-related spending counts as help in the yearly tables."},
		},
		{
			"broken behind a beginning that has a hyphen elsewhere",
			[]string{"Groups that are self-run say so, and those that are self\x02", "funded say so too, in each of the notes they sent to us"},
			[]string{"Groups that are self-run say so, and those that are self-funded say so too, in each of the notes they sent to us"},
		},
		{
			"hanging hyphen",
			[]string{"What we ask for in this plan is that it be parent\x02", "and carer-led in all the places that it speaks about"},
			[]string{"What we ask for in this plan is that it be parent- and carer-led in all the places that it speaks about"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := layOutGlyphs(t, typesetLines(50, 700, tt.lines...))
			if diff := cmp.Diff(blockTexts(doc), tt.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

func TestPDFTableCells(t *testing.T) {
	var page []glyph
	page = append(page, typesetLines(50, 700, "Do you agree with", "the standards?")...)
	page = append(page, typesetLines(250, 700, "Yes, and they should be law by", "the end of the year.")...)
	page = append(page, typesetLines(50, 650, "Do you agree with", "the tiers?")...)
	page = append(page, typesetLines(250, 650, "No. They would make of schools", "a last resort.")...)
	want := []string{"Do you agree with the standards?", "Yes, and they should be law by the end of the year.", "Do you agree with the tiers?", "No. They would make of schools a last resort."}
	if diff := cmp.Diff(blockTexts(layOutGlyphs(t, page)), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestPDFTurnedText(t *testing.T) {
	page := typesetLines(50, 700, "The page was printed sideways.", "Its text was not.")
	var sideways []glyph
	for _, g := range page { // a quarter turn to the left
		g.left, g.right, g.bottom, g.top = -g.top, -g.bottom, g.left, g.right
		g.turn = 1
		sideways = append(sideways, g)
	}
	sideways = append(sideways, typeset("DRAFT", 10, 10, 30, false)...)
	doc := layOutGlyphs(t, sideways)
	want := []string{"The page was printed sideways. Its text was not.", "DRAFT"}
	if diff := cmp.Diff(blockTexts(doc), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	if got := doc.Blocks[len(doc.Blocks)-1].Kind; got != Box {
		t.Errorf("got a %s for the stamp, want a %s", got, Box)
	}
}

// TestPDFDoubles paints a line twice, a little aside, as some programs do for bold type.
func TestPDFDoubles(t *testing.T) {
	page := append(typeset("Our reply", 50, 700, 10, false), typeset("Our reply", 50.4, 700, 10, false)...)
	doc := layOutGlyphs(t, append(page, typeset("Our reply", 50, 650, 10, false)...))
	if diff := cmp.Diff(blockTexts(doc), []string{"Our reply", "Our reply"}); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestPDFLetterSpacing(t *testing.T) {
	spaced := func(text string, step float64) []glyph {
		var out []glyph
		for i, r := range text {
			if r != ' ' {
				out = append(out, glyph{text: string(r), left: 50 + step*float64(i), right: 55 + step*float64(i), bottom: 700, top: 707, size: 10},
					glyph{text: " ", left: 55 + step*float64(i), right: 55 + step*float64(i), bottom: 700, top: 700})
			}
		}
		return out
	}
	tests := []struct {
		name, text string
		want       string
	}{
		{"words", "OUR REPLY TO THEM", "OUR REPLY TO THEM"},
		{"too few letters to tell", "A B C", "A B C"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(blockTexts(layOutGlyphs(t, spaced(tt.text, 8))), []string{tt.want}); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

// TestPDFHeadingLevels ranks headings by size, then by the depth of their numbers.
func TestPDFHeadingLevels(t *testing.T) {
	const body = "The plan is welcome and so is its aim of help for every family that asks for it."
	var page []glyph
	base := 780.0
	set := func(text string, size float64, bold bool) {
		page = append(page, typeset(text, 50, base, size, bold)...)
		base -= 3 * size
	}
	set("Our reply", 20, false)
	set("1. Aims", 14, true)
	set(body, 10, false)
	set("1.1 Early help", 14, true)
	set(body, 10, false)
	set("What families say", 10, true)
	set(body, 10, false)
	set("WORKFORCE AND PAY", 10, false)
	set(body+" "+body, 10, false)
	set("LONDON", 10, false)
	set("Contents .......... 3", 10, true)
	set("Yours sincerely,", 10, false)
	set("Robin Example", 10, true)
	type heading struct {
		text  string
		level int
	}
	doc := layOutGlyphs(t, page)
	var got []heading
	for _, b := range doc.Blocks {
		if b.Kind == Heading {
			got = append(got, heading{doc.Text[b.Start:b.End], b.Level})
		}
	}
	want := []heading{{"Our reply", 1}, {"1. Aims", 2}, {"1.1 Early help", 3}, {"What families say", 4}, {"WORKFORCE AND PAY", 4}}
	if diff := cmp.Diff(got, want, cmp.AllowUnexported(heading{})); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

// TestPDFOneOffFurniture tells what stands at an edge once: a running head of the second page, and a letter's imprint.
func TestPDFOneOffFurniture(t *testing.T) {
	first := append(typesetLines(50, 700, "The plan is welcome.", "Its aim is right."), typeset("Registered charity 123456", 50, 40, 8, false)...)
	second := append(typeset("Our reply", 50, 800, 8, false), typesetLines(50, 700, "Its dates are wrong.", "We say so.")...)
	doc := layOutGlyphs(t, first, append(second, typeset("Our second list", 50, 40, 8, false)...))
	want := []saidBlock{{Furniture, "Registered charity 123456", ""}, {Furniture, "Our reply", ""}}
	if diff := cmp.Diff(saidBlocks(doc, Furniture), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

// TestPDFNamedPage tells a footer that names its page in a file of one page, close under the text and as large.
func TestPDFNamedPage(t *testing.T) {
	for _, test := range []struct {
		text string
		want []saidBlock
	}{
		{"Registered charity 9999 | Page 1", []saidBlock{{Furniture, "Registered charity 9999 | Page 1", ""}}},
		{"Registered charity 9999 | Page 7", nil},
		{"as we say on page 1", nil},
	} {
		doc := layOutGlyphs(t, typesetLines(50, 700, "The plan is welcome.", "Its aim is right.", "It has a long list of dates.", "Some are near.", test.text))
		if diff := cmp.Diff(saidBlocks(doc, Furniture), test.want); diff != "" {
			t.Errorf("%s: -got +want\n%s", test.text, diff)
		}
	}
}

func TestPDFExponentStays(t *testing.T) {
	page := typesetLines(50, 700, "A room of 50 m")
	page = append(page, glyph{text: "2", left: 121, right: 124, bottom: 704, top: 708, size: 6}, glyph{text: " ", left: 124, right: 130, bottom: 700, top: 700})
	doc := layOutGlyphs(t, append(page, typesetLines(130, 700, "is enough.")...))
	if diff := cmp.Diff(blockTexts(doc), []string{"A room of 50 m2 is enough."}); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestPDFFurniture(t *testing.T) {
	bodies := []string{"The plan is welcome.", "Its aim is right.", "Its dates are wrong."}
	page := func(head, body, foot string) []glyph {
		g := typeset(head, 50, 800, 10, false)
		g = append(g, typesetLines(50, 700, body, body)...)
		return append(g, typeset(foot, 50, 30, 10, false)...)
	}
	tests := []struct {
		name       string
		head, foot [3]string
		want       []string // why, of the furniture
	}{
		{"running header and page number", [3]string{"Our reply", "Our reply", "Our reply"}, [3]string{"1", "2", "3"},
			[]string{"page header", "page number", "page header", "page number", "page header", "page number"}},
		{"numbers that start elsewhere", [3]string{"One", "Two", "Three"}, [3]string{"Page 7 of 9", "Page 8 of 9", "Page 9 of 9"},
			[]string{"page number", "page number", "page number"}},
		{"footer with a number", [3]string{"One", "Two", "Three"}, [3]string{"Reply 2026, p. 4", "Reply 2026, p. 5", "Reply 2026, p. 6"},
			[]string{"page footer", "page footer", "page footer"}},
		{"nothing repeated", [3]string{"One", "Two", "Three"}, [3]string{"Red", "Green", "Blue"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var pages [][]glyph
			for i, body := range bodies {
				pages = append(pages, page(tt.head[i], body, tt.foot[i]))
			}
			doc := layOutGlyphs(t, pages...)
			var got []string
			for _, b := range doc.Blocks {
				if b.Kind == Furniture {
					got = append(got, b.Why)
				}
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

func TestStartOf(t *testing.T) {
	tests := []struct {
		name, text string
		gap        int // where a tab was
		want       lineStart
	}{
		{"decimal", "3.2 The plan", 0, lineStart{label: "3.2"}},
		{"decimal with a stop", "3.2. The plan", 0, lineStart{label: "3.2"}},
		{"letter in brackets", "(b) standards", 3, lineStart{label: "(b)", tabbed: true}},
		{"number with a stop", "12. The plan", 0, lineStart{label: "12"}},
		{"bare number behind a tab", "12 The plan", 2, lineStart{label: "12", tabbed: true}},
		{"bare number", "12 children", 0, lineStart{}},
		{"year", "2025. The plan", 0, lineStart{}},
		{"initial", "A. Smith", 0, lineStart{}},
		{"bullet", "• the wait", 0, lineStart{bullet: "• ", tabbed: true}},
		{"hollow bullet", "o the wait", 1, lineStart{bullet: "o ", tabbed: true}},
		{"word", "The plan", 0, lineStart{}},
		{"number alone", "3.2", 0, lineStart{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := startOf(pdfLine{pdfRun: pdfRun{text: tt.text, gap: tt.gap}})
			if diff := cmp.Diff(got, tt.want, cmp.AllowUnexported(lineStart{})); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

// FuzzPDFLayout puts characters anywhere. No letter may get lost, whatever the layout makes of their places.
func FuzzPDFLayout(f *testing.F) {
	f.Add([]byte("The plan is welcome.\x00and so\x01is its aim"), uint16(10), false)
	f.Add([]byte("1 note\x01\x00\x023.2 of the Act \xff\xfe"), uint16(700), true)
	f.Add([]byte(strings.Repeat("ab \x01", 40)), uint16(0), false)
	f.Add([]byte("• ab\xf2c d\x01e fgh\xf1i\x01o kl"), uint16(200), true)
	f.Fuzz(func(t *testing.T, data []byte, step uint16, bold bool) {
		if len(data) > 4000 {
			return
		}
		var pages []pdfPage
		var glyphs []glyph
		want, letters := 0, 0
		turn := func() {
			if got := runLetters(pdfRuns(glyphs, nil)); got != letters {
				t.Errorf("got %d letters of %d in runs", got, letters)
			}
			var rules []pdfRule
			if bold {
				rules = ruled([]float64{0, 40, 120, 400}, []float64{815, 790, 760, 700})
			}
			page := newPDFPage(len(pages)+1, glyphs, nil, rules)
			want += runLetters(page.runs) + countLetters(page.turned)
			pages = append(pages, page)
			glyphs, letters = nil, 0
		}
		x, y, size := 0.0, 800.0, 10.0
		for i, c := range data {
			switch {
			case c == 0: // next page
				turn()
				x, y = 0, 800
				continue
			case c == 1: // next line
				x, y = 0, y-float64(step)/10
				continue
			case c >= 0xf0: // anywhere
				x, y, size = float64(c)*float64(i), float64(step)*float64(i)-float64(c), float64(c&0xf)
				if c == 0xff {
					x, size = math.MaxFloat64, math.MaxFloat64
				}
				continue
			}
			g := glyph{text: string(rune(c)), left: x, right: x + size/2, bottom: y, top: y + size*0.7, size: size, bold: bold}
			if c >= 0xe0 {
				g.turn = int(c&3) - 1
			}
			letters += countLetters(g.text)
			glyphs = append(glyphs, g)
			x += size / 2
		}
		turn()
		b := &builder{}
		if err := layOut(b, pages); err != nil && !errors.Is(err, ErrLimit) {
			t.Fatal(err)
		}
		doc := b.document()
		checkBlocks(t, doc)
		if got := countLetters(doc.Text); got != want {
			t.Errorf("got %d letters of %d: %q", got, want, doc.Text)
		}
	})
}

func runLetters(runs []pdfRun) int {
	n := 0
	for _, r := range runs {
		n += countLetters(r.text)
	}
	return n
}

// countLetters leaves out "o", which may be a bullet.
func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) && r != 'o' {
			n++
		}
	}
	return n
}
