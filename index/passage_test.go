package index

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// laid lays blocks out in a document as the readers do.
func laid(blocks ...laidBlock) *extract.Document {
	doc := &extract.Document{Format: "text"}
	for i, b := range blocks {
		if i > 0 {
			doc.Text += extract.BlockSeparator
		}
		b.Start = len(doc.Text)
		doc.Text += b.text
		b.End = len(doc.Text)
		doc.Blocks = append(doc.Blocks, b.Block)
	}
	return doc
}

type laidBlock struct {
	extract.Block
	text string
}

func block(kind extract.Kind, text string) laidBlock {
	return laidBlock{extract.Block{Kind: kind}, text}
}

func (b laidBlock) label(label string) laidBlock {
	b.Place.Label = label
	return b
}

func (b laidBlock) question(q string) laidBlock {
	b.Place.Question = q
	return b
}

// waiting is n words that make sentences of ten.
func waiting(n int) string {
	var b strings.Builder
	for i := range n {
		switch {
		case i%10 == 0:
			b.WriteString("Members ")
		case i%10 == 9:
			b.WriteString("wait. ")
		default:
			b.WriteString("still ")
		}
	}
	return strings.TrimSpace(b.String())
}

func TestPassages(t *testing.T) {
	tests := []struct {
		name   string
		blocks []laidBlock
		want   []string // the beginning of each passage's own words, and its size
	}{
		{"a heading joins what follows", []laidBlock{block(extract.Heading, "Timelines"), block(extract.Paragraph, waiting(40))}, []string{"Timelines|Members 40"}},
		{"headings with nothing below are kept", []laidBlock{block(extract.Paragraph, waiting(40)), block(extract.Heading, "Annex"), block(extract.Heading, "Contacts")}, []string{"|Members 40", "|Annex 2"}},
		{"short paragraphs go together", []laidBlock{block(extract.Paragraph, waiting(10)), block(extract.Paragraph, waiting(10)), block(extract.Paragraph, waiting(40))}, []string{"|Members 60"}},
		{"a short last one goes with the one before", []laidBlock{block(extract.Paragraph, waiting(40)), block(extract.Paragraph, waiting(10))}, []string{"|Members 50"}},
		{"numbered paragraphs stay apart", []laidBlock{block(extract.Paragraph, waiting(10)).label("1."), block(extract.Paragraph, waiting(10)).label("2.")}, []string{"|Members 10", "|Members 10"}},
		{"a list stays with its lead-in", []laidBlock{block(extract.Paragraph, "We ask for:"), block(extract.Item, "money"), block(extract.Item, "time"), block(extract.Paragraph, waiting(40))}, []string{"|We 5", "|Members 40"}},
		{"a long paragraph is split at sentence ends", []laidBlock{block(extract.Paragraph, waiting(300))}, []string{"|Members 150", "|Members 150"}},
		{"answers stay apart", []laidBlock{block(extract.Answer, "No."), block(extract.Answer, "Yes.")}, []string{"|No. 1", "|Yes. 1"}},
		{"furniture is in none", []laidBlock{block(extract.Paragraph, waiting(40)), block(extract.Furniture, "Page 1"), block(extract.Paragraph, waiting(40))}, []string{"|Members 40", "|Members 40"}},
		{"questions part paragraphs", []laidBlock{block(extract.Paragraph, waiting(10)).question("Q1"), block(extract.Paragraph, waiting(10)).question("Q2")}, []string{"|Members 10", "|Members 10"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := laid(tt.blocks...)
			var got []string
			for _, p := range Passages("sha", doc) {
				first, _, _ := strings.Cut(strings.ReplaceAll(doc.Text[p.Body:p.End], "\n", " "), " ")
				got = append(got, strings.TrimSpace(doc.Text[p.Start:p.Body])+"|"+first+" "+strconv.Itoa(p.Words))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestPassagesHoldEveryWordOnce(t *testing.T) {
	doc := laid(block(extract.Heading, "One"), block(extract.Paragraph, waiting(400)), block(extract.Paragraph, "We ask:"), block(extract.Item, waiting(60)),
		block(extract.Item, waiting(60)), block(extract.Item, waiting(60)), block(extract.Note, "Adams et al."), block(extract.Cell, "A"), block(extract.Cell, "B"), block(extract.Box, waiting(20)))
	at := 0
	for _, p := range Passages("sha", doc) {
		if between := doc.Text[at:p.Start]; strings.TrimSpace(between) != "" {
			t.Errorf("%q is in no passage", between)
		}
		if p.Body < p.Start || p.End <= p.Body {
			t.Errorf("passage %+v is no range", p)
		}
		at = p.End
	}
	if rest := strings.TrimSpace(doc.Text[at:]); rest != "" {
		t.Errorf("%q is in no passage", rest)
	}
}

func TestPassageIDsAreStableAndTheirOwn(t *testing.T) {
	doc := laid(block(extract.Answer, "No."), block(extract.Answer, "No."), block(extract.Answer, "Yes."))
	first, again := Passages("sha", doc), Passages("sha", doc)
	if d := cmp.Diff(first, again); d != "" {
		t.Error(d)
	}
	other := Passages("other", doc)
	seen := map[string]bool{}
	for _, p := range append(first, other...) {
		if seen[p.ID] || len(p.ID) != 11 || p.ID[0] != 'P' {
			t.Errorf("id %q is not one of its own", p.ID)
		}
		seen[p.ID] = true
	}
}

func TestPlaceText(t *testing.T) {
	tests := []struct {
		place extract.Place
		want  string
	}{
		{extract.Place{Page: 2, Paragraph: 9, Label: "3.4."}, "page 2, para 3.4"},
		{extract.Place{Paragraph: 9, Label: "•"}, "para 9"},
		{extract.Place{Sheet: "Responses", Row: 14, Column: 28}, "Responses, row 14, column AB"},
		{extract.Place{Paragraph: 3, Note: "2"}, "para 3, note 2"},
		{extract.Place{Table: 1, Row: 3, Column: 2}, "table 1, row 3"},
		{extract.Place{Part: "body", Paragraph: 1}, "para 1"},
	}
	for _, tt := range tests {
		if got := PlaceText(tt.place); got != tt.want {
			t.Errorf("PlaceText(%+v) = %q, want %q", tt.place, got, tt.want)
		}
	}
}
