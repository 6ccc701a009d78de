package export

import (
	"strings"

	"collate/themes"
)

// writePositions writes a row per theme: the joint position, and who stands where by name.
func writePositions(b *book) error {
	var lines, dissent []string
	for _, t := range b.r.Themes {
		lines, dissent = append(lines, themes.Marked(t.Joint.Line, t.Joint.Flags)), append(dissent, t.Joint.Dissent)
	}
	order := []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated, themes.Silent}
	if b.r.View.Confirmed {
		order = append(order, themes.Unconfirmed)
	}
	who := b.who(order)
	columns := b.positionColumns(order, lines, dissent, who)
	title, help := "Positions: the joint position on each theme, and who shares it", "As exported: a stance changed in Stances is counted in Summary, not here. Not addressed is never agreement."
	if b.r.View.Outside {
		title, help = "Positions: the joint position on each theme", "Of the members whose position a person has confirmed. Not addressed is never agreement."
	}
	wide := 0.0
	for _, c := range columns {
		wide += c.width
	}
	p := b.open(layout{
		sheet: "Positions", table: "PositionsTable", frozen: 1, paper: a3, columns: columns, wide: int(wide/390) + 1, // beyond 390 a page's letters are too small
		title: title, help: help,
	})
	for j, t := range b.r.Themes {
		row := []any{t.Name, string(t.Joint.Outcome), lines[j], dissent[j]}
		for k, st := range order {
			row = append(row, len(t.Joint.Names[st]))
			if !b.r.View.Outside {
				row = append(row, who[k][j])
			}
		}
		if !b.r.View.Outside {
			row = append(row, sharedCounts(&b.r.Themes[j]))
		}
		p.add(row...)
	}
	return p.close()
}

// positionColumns are as wide as their texts need. A document for outside names nobody that dissents from a joint position.
func (b *book) positionColumns(order []themes.Stance, lines, dissent []string, who [][]string) []column {
	s := b.styles
	columns := []column{{"Theme", 26, s.strong}, {"Outcome", 18, s.strong}, {"Joint position", columnFor(lines, 42, 90), s.text}, {"Dissent", columnFor(dissent, 38, 90), s.text}}
	for k, st := range order {
		columns = append(columns, column{shown(st), 13, s.total})
		if !b.r.View.Outside {
			columns = append(columns, column{st.Label() + ": who", columnFor(who[k], 25, 125), s.text})
		}
	}
	if !b.r.View.Outside {
		columns = append(columns, column{"With and without shared text", 34, s.text})
	}
	return columns
}

// who are the names on each side of each theme: one a line while they are few, and running on when they are more than a
// row is tall.
func (b *book) who(order []themes.Stance) [][]string {
	most := 0
	for _, t := range b.r.Themes {
		for _, names := range t.Joint.Names {
			most = max(most, len(names))
		}
	}
	between := "\n"
	if most > 10 {
		between = "; "
	}
	out := make([][]string, len(order))
	for k, st := range order {
		for _, t := range b.r.Themes {
			out[k] = append(out[k], strings.Join(t.Joint.Names[st], between))
		}
	}
	return out
}
