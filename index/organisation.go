package index

import (
	"fmt"
	"strings"

	"collate/index/extract"
)

// organisationRows are the rows of a survey that one organisation answered, as a document of its own.
type organisationRows struct {
	organisation string
	doc          *extract.Document
}

// maxOrganisations is how many organisations a survey may name: more are people who gave their names.
const maxOrganisations = 20_000

// byOrganisation takes the rows that name an organisation out of a survey, one document each, in the order of their first rows:
// each is a member of its own and is counted as one. Rows that name none stay. A survey in which fewer than two organisations
// are named is somebody's own and stays whole, and so does one
// with more than [maxOrganisations], which is warned of.
func byOrganisation(doc *extract.Document) []organisationRows {
	var out []organisationRows
	at := map[string]int{}
	for _, b := range doc.Blocks {
		if org := b.Place.Member; org != "" {
			if _, ok := at[foldName(org)]; !ok {
				at[foldName(org)] = len(out)
				d := *doc
				d.Text, d.Blocks, d.Parts, d.Warnings = "", nil, nil, nil
				d.Facts.Surveys, d.Facts.Columns = nil, nil // they are the whole survey's
				out = append(out, organisationRows{org, &d})
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	if len(out) > maxOrganisations {
		doc.Warnings = append(doc.Warnings, extract.Warning{What: fmt.Sprintf("More than %d organisations are named; the survey was kept as one submission.", maxOrganisations)})
		return nil
	}
	rest := *doc
	rest.Blocks = nil
	texts := make([]strings.Builder, len(out)+1) // the last is what is left of the survey
	for _, b := range doc.Blocks {
		to, text := &rest, &texts[len(out)]
		if b.Place.Member != "" {
			i := at[foldName(b.Place.Member)]
			to, text = out[i].doc, &texts[i]
		}
		words := doc.Text[b.Start:b.End]
		if text.Len() > 0 {
			text.WriteString(extract.BlockSeparator)
		}
		b.Start = text.Len()
		text.WriteString(words)
		b.End = text.Len()
		to.Blocks = append(to.Blocks, b)
	}
	for i := range out {
		out[i].doc.Text = texts[i].String()
	}
	rest.Text = texts[len(out)].String()
	*doc = rest
	return out
}

// guessOrganisation finds the listed member that a survey's row names, or makes one of the name.
func guessOrganisation(org string, members []Member) Guess {
	if m, said := earliest(org, members); m != "" {
		return Guess{m, fmt.Sprintf("the survey's organisation says %q", said)}
	}
	return Guess{strings.Join(strings.Fields(org), " "), "the survey's organisation; " + unlisted}
}
