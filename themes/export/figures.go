package export

import (
	"fmt"
	"strings"

	"collate/themes"
)

// writeFigures writes a row per evidence figure. Those of one thing that do not agree stand together at the top.
func writeFigures(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Evidence figures", table: "FiguresTable", frozen: 1, paper: a3,
		title: "Evidence figures: the numbers that members give, and where they are from",
		help: "Found by rules: read each before you use it. Filter Look at for figures without a source and for different figures for one thing; those stand together at the top." +
			notListed(b.r.Figures.Withheld),
		columns: []column{{"Figure", 24, s.strong}, {"What it measures", 46, s.text}, {"Of when", 18, s.text}, {"Look at", 26, s.text}, {"Other figures for it", 40, s.text},
			{"Source as given", 28, s.text}, {"Reference", 50, s.text}, {"Member", 28, s.strong}, {"Themes", 28, s.text}, {"Document", 28, s.text}, {"Place", 18, s.text}, {"Quote", 19, s.link}},
	})
	figures := b.r.Figures.SideBySide()
	for i := range figures {
		f := &figures[i]
		p.add(f.Said(), measured(f), f.When, lookAt(f), others(figures, f), f.Source, entry(f), f.Member, strings.Join(f.Themes, "; "), f.Document, f.Place, b.firstOf([]string{f.Ref}))
	}
	if len(figures) == 0 {
		p.add("none", "No figure was found.", nil, nil, nil, nil, nil, nil, nil, nil, nil, nil)
	}
	return p.close()
}

// measured is what a figure measures; of one in a table also what its column says.
func measured(f *themes.ListedFigure) string {
	if f.Column == "" {
		return f.What
	}
	return strings.TrimSpace(fmt.Sprintf("%s (column: %s)", f.What, f.Column))
}

// lookAt says what a person should look at.
func lookAt(f *themes.ListedFigure) string {
	var out []string
	if f.Disagrees > 0 {
		out = append(out, fmt.Sprintf("Different figures for one thing (%d).", f.Disagrees))
	}
	if f.Unsourced {
		out = append(out, "No source is given.")
	}
	return strings.Join(out, " ")
}

// others are the figures that measure the same thing, with their members and sources.
func others(figures []themes.ListedFigure, f *themes.ListedFigure) string {
	var out []string
	for i := range figures {
		if g := &figures[i]; f.Disagrees > 0 && g.Disagrees == f.Disagrees && g != f {
			text := g.Value + ", " + g.Member
			if g.Source != "" {
				text += " (" + g.Source + ")"
			}
			out = append(out, text)
		}
	}
	return strings.Join(out, "\n")
}

// entry is the submission's own entry for a source, with its place.
func entry(f *themes.ListedFigure) string {
	if f.Reference == nil {
		return ""
	}
	return strings.Join(strings.Fields(f.Reference.Words), " ") + " (" + f.Reference.Place + ")"
}
