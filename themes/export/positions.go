package export

import (
	"strings"

	"collate/themes"
)

// writePositions writes a row per theme: the joint position, and who stands where by name.
func writePositions(b *book) error {
	s := b.styles
	columns := []column{{"Theme", 26, s.strong}, {"Outcome", 18, s.strong}, {"Joint position", 40, s.text}, {"Dissent", 36, s.text}}
	order := []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated, themes.Silent}
	for _, st := range order {
		columns = append(columns, column{shown(st), 11, s.total}, column{st.Label() + ": who", 27, s.text})
	}
	p := b.open(layout{
		sheet: "Positions", table: "PositionsTable", frozen: 1, paper: a3, columns: columns,
		title: "Positions: the joint position on each theme, and who shares it",
		help:  "As exported: a stance changed in Stances is counted in Summary, not here. Not addressed is never agreement.",
	})
	for _, t := range b.r.Themes {
		row := []any{t.Name, string(t.Joint.Outcome), t.Joint.Line, t.Joint.Dissent}
		for _, st := range order {
			names := t.Joint.Names[st]
			row = append(row, len(names), strings.Join(names, "\n"))
		}
		p.add(row...)
	}
	return p.close()
}
