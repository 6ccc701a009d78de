package check

import (
	"slices"

	"collate/index"
	"collate/themes"
	"collate/themes/quotation"
)

// leastSecret is how many words of a confidential passage in a row are a quotation of it, with or without marks: fewer everybody writes.
const leastSecret = 8

// secrets finds what a draft tells of members who are not to be named and of what is confidential, where no quotation was found to do so.
func (r *Record) secrets(d *Draft, quoted []Finding) []Finding {
	var out []Finding
	for _, b := range d.Document.Blocks {
		text := d.Document.Text[b.Start:b.End]
		for _, at := range r.Sources.Hidden(text) {
			out = append(out, Finding{Span: Span{Start: b.Start + at.Start, End: b.Start + at.End}, Kind: Confidential, Severity: Wrong,
				Why: "This names a member who is not to be named."})
		}
		for _, run := range r.closed.Runs(text, leastSecret) {
			at := Span{Start: b.Start + run.Start, End: b.Start + run.End}
			if covered(at, quoted) || r.free(text[run.Start:run.End]) {
				continue
			}
			out = append(out, Finding{Span: at, Kind: Confidential, Severity: Wrong,
				Why: "These words stand in the record only in confidence: they are counted, and may not be repeated."})
		}
	}
	return out
}

// covered reports words within a quotation that is known to be confidential.
func covered(at index.Span, quoted []Finding) bool {
	return slices.ContainsFunc(quoted, func(f Finding) bool { return f.Kind == Confidential && f.Start <= at.Start && at.End <= f.End })
}

// free reports that words stand also where they may be quoted from.
func (r *Record) free(text string) bool {
	return slices.ContainsFunc(r.corpus.Match(text), func(m quotation.Match) bool {
		return m.Text >= 0 && (m.Verdict.Stands() || m.Changed() == 0) && r.Sources.Passages[m.Text].Closed != themes.InSecrecy && r.Sources.Passages[m.Last].Closed != themes.InSecrecy
	})
}
