package check

import (
	"context"
	"slices"

	"collate/index/extract"
	"collate/themes/quotation"
)

// eachOwn goes through the paragraphs that a draft says in its own voice, page headers left out. Quoted reports whether a range of the
// paragraph lies in a quotation.
func eachOwn(ctx context.Context, d *Draft, f func(b *extract.Block, text string, quoted func(Span) bool)) error {
	spans := quotedSpans(d)
	for i := range d.Document.Blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := &d.Document.Blocks[i]
		if b.Kind == extract.Furniture {
			continue
		}
		f(b, d.Document.Text[b.Start:b.End], func(at Span) bool {
			return slices.ContainsFunc(spans, func(q Span) bool { return q.Start <= b.Start+at.Start && b.Start+at.End <= q.End })
		})
	}
	return nil
}

// quotedSpans are the quotations of a draft, marks and all.
func quotedSpans(d *Draft) []Span {
	var out []Span
	for _, q := range quotation.Find(draftBlocks(d)) {
		if q.Closed {
			out = append(out, Span{Start: d.Document.Blocks[q.Block].Start + q.Start, End: d.Document.Blocks[q.Last].Start + q.End})
		}
	}
	return out
}
