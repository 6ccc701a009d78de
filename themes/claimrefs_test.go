package themes

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/index/extract"
	"collate/themes/claim"
)

// A piece is a block to be, with its text.
type piece struct {
	extract.Block
	text string
}

func documentOf(pieces ...piece) *extract.Document {
	doc := &extract.Document{}
	for i, p := range pieces {
		if i > 0 {
			doc.Text += extract.BlockSeparator
		}
		p.Start, p.End = len(doc.Text), len(doc.Text)+len(p.text)
		doc.Text += p.text
		doc.Blocks = append(doc.Blocks, p.Block)
	}
	return doc
}

func kind(k extract.Kind, text string) piece { return piece{extract.Block{Kind: k}, text} }

func noteAt(mark, text string) piece {
	return piece{extract.Block{Kind: extract.Note, Place: extract.Place{Note: mark}}, text}
}

func cellOf(text string) piece {
	return piece{extract.Block{Kind: extract.Cell, Place: extract.Place{Table: 1}}, text}
}

func TestReferences(t *testing.T) {
	const body = "Only 46% feel prepared. Most do not."
	marked := func(at int) piece {
		return piece{extract.Block{Kind: extract.Paragraph, Refs: []extract.Ref{{At: at, Note: "2"}}}, body}
	}
	adams := "Adams, L. (2023) Early career teachers."
	tests := []struct {
		name   string
		doc    *extract.Document
		figure string
		source string
		want   string
	}{
		{"a note's mark", documentOf(marked(len("Only 46% feel prepared.")), noteAt("1", "Another."), noteAt("2", adams)), "46%", "", adams},
		{"a mark in another sentence", documentOf(marked(len(body)), noteAt("2", adams)), "46%", "", ""},
		{"author and year", documentOf(kind(extract.Paragraph, body), kind(extract.Heading, "References"), kind(extract.Paragraph, "Baker (2023) Another."), kind(extract.Paragraph, adams)), "46%", "(Adams et al., 2023)", adams},
		{"another year", documentOf(kind(extract.Paragraph, body), kind(extract.Heading, "References"), kind(extract.Paragraph, adams)), "46%", "(Adams et al., 2022)", ""},
		{"outside the list", documentOf(kind(extract.Paragraph, body), kind(extract.Paragraph, adams)), "46%", "(Adams et al., 2023)", ""},
		{"a short form", documentOf(kind(extract.Paragraph, body), kind(extract.Heading, "Sources"), kind(extract.Paragraph, "Department for Education, 2022, SEN statistics")), "46%", "DfE, 2022", "Department for Education, 2022, SEN statistics"},
		{"a number", documentOf(kind(extract.Paragraph, body), kind(extract.Heading, "Notes"), kind(extract.Paragraph, "[1] Another."), kind(extract.Paragraph, "[3] "+adams)), "46%", "[3]", "[3] " + adams},
		{"a part of a name", documentOf(kind(extract.Paragraph, body), kind(extract.Heading, "References"), kind(extract.Paragraph, "Adamson (2023) Another.")), "46%", "Adams, 2023", ""},
		{"a table's caption", documentOf(kind(extract.Paragraph, "Table 1. Member survey, March 2023"), cellOf("Prepared"), cellOf("46%")), "46%", "", "Table 1. Member survey, March 2023"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := strings.Index(tt.doc.Text, tt.figure)
			text := tt.doc.Text
			f := claim.Figure{Span: index.Span{Start: at, End: at + len(tt.figure)}}
			if tt.source != "" { // stands behind everything else, as a span of the same text
				tt.doc.Text += tt.source
				f.Source = index.Span{Start: len(text), End: len(tt.doc.Text)}
			}
			p := &index.Passage{Place: tt.doc.Blocks[len(tt.doc.Blocks)-1].Place, Kind: tt.doc.Blocks[len(tt.doc.Blocks)-1].Kind}
			got := ""
			if ref := newReferences(tt.doc).of(p, f); ref != nil {
				got = ref.Words
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}
