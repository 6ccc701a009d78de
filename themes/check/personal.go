package check

import (
	"context"
	"fmt"

	"collate/themes/personal"
)

// personalData finds what looks like personal data in a draft, quotations and notes included. It cannot find all, and never says that it did.
func personalData(_ context.Context, r *Record, d *Draft) ([]Finding, error) {
	var known []string
	for _, s := range r.Sources.Speakers {
		known = append(known, s.Names...)
	}
	var out []Finding
	for _, b := range d.Document.Blocks {
		for _, x := range personal.Find(d.Document.Text[b.Start:b.End], known) {
			out = append(out, Finding{Span: Span{Start: b.Start + x.Start, End: b.Start + x.End}, Kind: PersonalData, Severity: LookAt, Why: personalWhy(x)})
		}
	}
	return out, nil
}

// personalWhy says what a finding looks like and what the House asks.
func personalWhy(x personal.Finding) string {
	sure := "This looks like"
	if x.Certainty == personal.Sure {
		sure = "This has the form of"
	}
	switch x.Kind {
	case personal.Child, personal.School:
		return fmt.Sprintf("%s the %s: written evidence names no individual child, school or setting.", sure, x.Kind)
	case personal.Email, personal.Phone, personal.Postcode:
		return fmt.Sprintf("%s contact details (%s): they are given when evidence is submitted and do not stand in its text.", sure, x.Kind)
	}
	return fmt.Sprintf("%s personal data (%s).", sure, x.Kind)
}
