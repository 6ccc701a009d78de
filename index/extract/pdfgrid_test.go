package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ruled draws a grid of these lines.
func ruled(xs, ys []float64) []pdfRule {
	var out []pdfRule
	for _, x := range xs {
		out = append(out, pdfRule{upright: true, at: x, from: ys[len(ys)-1], to: ys[0]})
	}
	for _, y := range ys {
		out = append(out, pdfRule{at: y, from: xs[0], to: xs[len(xs)-1]})
	}
	return out
}

func TestPDFGrids(t *testing.T) {
	xs, ys := []float64{50, 150, 250}, []float64{700, 680, 660}
	whole := ruled(xs, ys)
	tests := []struct {
		name  string
		rules []pdfRule
		want  int // cells, 0 without a table
	}{
		{"two by two", whole, 4},
		{"lines drawn cell by cell", append(ruled(xs[:2], ys), ruled(xs[1:], ys)...), 4},
		{"a cell over two columns", append(ruled(xs, ys[1:]), ruled([]float64{50, 250}, ys[:2])...), 3},
		{"one column", ruled([]float64{50, 250}, ys), 0},
		{"one row", ruled(xs, ys[:2]), 0},
		{"frames apart", append(ruled(xs[:2], ys[:2]), ruled([]float64{300, 400}, []float64{500, 480})...), 0},
		{"an L-shaped cell", append(ruled([]float64{50, 250}, []float64{700, 660}),
			pdfRule{upright: true, at: 150, from: 660, to: 680}, pdfRule{at: 680, from: 150, to: 250}), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := 0
			for _, g := range gridsOf(tt.rules, nil) {
				got += len(g.cells)
			}
			if got != tt.want {
				t.Errorf("got %d cells, want %d", got, tt.want)
			}
		})
	}
}

func TestPDFGridIsNoTable(t *testing.T) {
	xs, ys := []float64{50, 150, 250, 350}, []float64{700, 680, 660, 640, 620}
	tests := []struct {
		name  string
		words []glyph
	}{
		{"words over a line", append(typeset("A long title across it all", 100, 665, 10, false), typesetLines(60, 685, "a", "", "", "b")...)},
		{"a chart's lines with few words", append(typeset("10", 55, 685, 10, false), typeset("5", 55, 625, 10, false)...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{}
			if err := layOut(b, []pdfPage{newPDFPage(1, tt.words, nil, ruled(xs, ys))}); err != nil {
				t.Fatal(err)
			}
			if cells := saidBlocks(b.document(), Cell); cells != nil {
				t.Errorf("got cells %v", cells)
			}
		})
	}
}

// TestPDFTableOverPages continues a table's rows on the next page.
func TestPDFTableOverPages(t *testing.T) {
	xs := []float64{50, 150, 250}
	b := &builder{}
	pages := []pdfPage{
		newPDFPage(1, append(typesetLines(60, 85, "Town", "North"), typesetLines(160, 85, "Cost", "£4")...), nil, ruled(xs, []float64{100, 80, 60})),
		newPDFPage(2, append(typesetLines(60, 785, "South", "East"), typesetLines(160, 785, "£5", "£6")...), nil, ruled(xs, []float64{800, 780, 760})),
	}
	if err := layOut(b, pages); err != nil {
		t.Fatal(err)
	}
	doc := b.document()
	var got []Place
	for _, block := range doc.Blocks {
		got = append(got, block.Place)
	}
	want := []Place{
		{Page: 1, Table: 1, Row: 1, Column: 1}, {Page: 1, Table: 1, Row: 1, Column: 2},
		{Page: 1, Table: 1, Row: 2, Column: 1}, {Page: 1, Table: 1, Row: 2, Column: 2},
		{Page: 2, Table: 1, Row: 3, Column: 1}, {Page: 2, Table: 1, Row: 3, Column: 2},
		{Page: 2, Table: 1, Row: 4, Column: 1}, {Page: 2, Table: 1, Row: 4, Column: 2},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want\n%s\n%q", diff, doc.Text)
	}
}
