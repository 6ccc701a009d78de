package export

import "strings"

// writeCodebook writes the themes and how they were applied.
func writeCodebook(b *book) error {
	s := b.styles
	var rules, examples []string
	for _, t := range b.r.Themes {
		rules = append(rules, strings.Join(t.Rules, "; "))
		examples = append(examples, strings.Join(t.Examples, "\n"))
	}
	p := b.open(layout{
		sheet: "Themes", table: "ThemesTable", frozen: 1, paper: a4,
		title: "Themes: the codebook, and how it was applied",
		help:  "A passage is put under a theme when it matches one of the theme's rules; a person may add to that or take from it.",
		columns: []column{{"Theme", 28, s.strong}, {"What it covers", 44, s.text}, {"Rules", columnFor(rules, 44, 96), s.text}, {"Examples", columnFor(examples, 48, 96), s.text},
			{"Members", 11, s.number}, {"Passages", 11, s.number}},
	})
	for j, t := range b.r.Themes {
		p.add(t.Name, t.Description, rules[j], examples[j], t.Members, t.Passages)
	}
	return p.close()
}
