package export

import (
	"slices"
	"strings"

	"collate/themes"
)

// writeCodebook writes the themes and how they were applied. Where themes lie under one another, a column says under which.
func writeCodebook(b *book) error {
	s := b.styles
	names := map[string]string{}
	var about, rules, examples []string
	for _, t := range b.r.Themes {
		names[t.ID] = t.Name
		about, rules, examples = append(about, t.Description), append(rules, ruleCell(&t)), append(examples, exampleCell(&t))
	}
	l := layout{
		sheet: "Themes", table: "ThemesTable", frozen: 1, paper: a3,
		title: "Themes: the codebook, and how it was applied",
		help:  "A passage is suggested for a theme when one of its rules finds it, or when its words are like its examples and what people put on it; a person decides.",
		columns: []column{{"Theme", 28, s.strong}, {"What it covers", columnFor(about, 44, 96), s.text}, {"Rules", columnFor(rules, 44, 96), s.text}, {"Examples", columnFor(examples, 48, 140), s.text},
			{"Members", 11, s.number}, {"Passages", 11, s.number}},
	}
	if b.r.View.Outside { // the rules are how staff worked, and examples may be members' words
		l.help = "What each theme covers, and how many members and passages address it."
		l.columns = slices.Delete(l.columns, 2, 4)
	}
	tree := slices.ContainsFunc(b.r.Themes, func(t themes.ThemeReport) bool { return t.Parent != "" })
	if tree {
		l.columns = slices.Insert(l.columns, 1, column{"Under", 24, s.text})
	}
	p := b.open(l)
	for j, t := range b.r.Themes {
		row := []any{t.Name, t.Description, rules[j], examples[j], t.Members, t.Passages}
		if b.r.View.Outside {
			row = slices.Delete(row, 2, 4)
		}
		if tree {
			row = slices.Insert(row, 1, any(names[t.Parent]))
		}
		p.add(row...)
	}
	return p.close()
}

// ruleCell and exampleCell are a theme's rules and examples in one cell each.
func ruleCell(t *themes.ThemeReport) string { return strings.Join(t.Rules, "; ") }

func exampleCell(t *themes.ThemeReport) string { return strings.Join(t.Examples, "\n") }
