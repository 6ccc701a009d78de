// Package evidence makes written evidence for a select committee, and answers to a consultation, out of positions: an outline says which
// lines, quotes, figures and asks go where, and a draft is the outline resolved against the record as it stands.
//
// It holds values and writes no file; package export does. No word of a member is ever typed here: a quote is cut from the record by its
// place, a count comes from the joint position, and what may not be shown stops the draft. Start at [Gather], then [Propose] or
// [ParseOutline], then [Make].
package evidence

import (
	"context"
	"fmt"
	"strings"

	"collate/themes"
)

// A Material is what a draft is made of, as it may be shown, at one state of the record.
type Material struct {
	Report   *themes.Report
	Codebook *themes.Codebook
	Asks     *themes.AskList
	Figures  *themes.FigureList
	Outward  *themes.Outward

	members map[string]*themes.MemberReport // by label
	themes  map[string]*themes.ThemeReport  // by id
	quotes  map[string]*themes.Quote        // by ref, and by passage the first
	dates   map[[2]string]string            // of a submission, by member's label and document
	abouts  map[string]string               // a theme's name within a sentence, by id
	figures map[string][]*themes.ListedFigure
	asks    map[string][]foundAsk // by passage
}

// A foundAsk is an ask of the record with who is asked.
type foundAsk struct {
	actor string
	*themes.ListedAsk
}

// Gather reads the record as it stands.
func Gather(ctx context.Context, an *themes.Analysis) (*Material, error) {
	m := &Material{Codebook: an.Codebook}
	var err error
	if m.Report, err = an.Report(ctx); err != nil {
		return nil, err
	}
	m.Asks, m.Figures = &m.Report.Asks, &m.Report.Figures
	if m.Outward, err = an.Outward(ctx); err != nil {
		return nil, fmt.Errorf("reading what may not be shown: %w", err)
	}
	m.order()
	return m, nil
}

// order makes what is gathered findable.
func (m *Material) order() {
	m.members, m.themes, m.quotes = map[string]*themes.MemberReport{}, map[string]*themes.ThemeReport{}, map[string]*themes.Quote{}
	m.dates, m.figures, m.asks = map[[2]string]string{}, map[string][]*themes.ListedFigure{}, map[string][]foundAsk{}
	for i := range m.Report.Themes {
		m.themes[m.Report.Themes[i].ID] = &m.Report.Themes[i]
	}
	for i := range m.Report.Members {
		x := &m.Report.Members[i]
		m.members[x.Label] = x
		for _, s := range x.Submissions {
			m.dates[[2]string{x.Label, s.Name}] = s.Date
		}
	}
	for i := range m.Report.Quotes {
		q := &m.Report.Quotes[i]
		m.quotes[q.Ref] = q
		if m.quotes[q.Passage] == nil {
			m.quotes[q.Passage] = q
		}
	}
	m.abouts = map[string]string{}
	for i := range m.Report.Themes {
		m.abouts[m.Report.Themes[i].ID] = m.about(&m.Report.Themes[i])
	}
	for i := range m.Figures.Figures {
		f := &m.Figures.Figures[i]
		m.figures[f.Passage] = append(m.figures[f.Passage], f)
	}
	for i := range m.Asks.Actors {
		for j := range m.Asks.Actors[i].Asks {
			a := &m.Asks.Actors[i].Asks[j]
			m.asks[a.Passage] = append(m.asks[a.Passage], foundAsk{m.Asks.Actors[i].Actor, a})
		}
	}
}

// passage is the id of the passage that a ref names: the ref without the place of a theme.
func passage(ref string) string {
	id, _, _ := strings.Cut(ref, ".")
	return id
}

// attributable reports a member that is named and whose words may stand under its name.
func (m *Material) attributable(member string) bool {
	x := m.members[member]
	return x != nil && x.Named && x.Consent == "attributable"
}
