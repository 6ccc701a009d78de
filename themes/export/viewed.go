package export

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// outsideSheets are the sheets that may leave the house. What is not in this list does not, so that a sheet which is added to the workbook
// stays inside until somebody has looked at what it tells.
var outsideSheets = []string{"Read me", "Summary", "Matrix", "Stances", "Quotes", "Positions", "Members", "Themes", "Lists", "Origin"}

// registerSheets hold what rules found in all passages: nobody confirms it, and it is not told apart by who may be named. Only staff get them.
var registerSheets = []string{"Asks", "Evidence figures", "Questions", "Shared text"}

// sheetsOf are the sheets of a report's workbook, in order, as its view has them.
func sheetsOf(r *themes.Report) []sheet {
	v := r.View
	if v.Member != "" {
		return memberSheets()
	}
	all := slices.DeleteFunc(sheets(), func(s sheet) bool {
		return v.Outside && !slices.Contains(outsideSheets, s.name) || v.Anonymous && s.name == "Members" || !v.Whole() && slices.Contains(registerSheets, s.name)
	})
	if !v.ByTheme {
		return all
	}
	at := slices.IndexFunc(all, func(s sheet) bool { return s.name == "Lists" })
	return slices.Insert(all, at, themeSheets(r, all)...)
}

// themeSheets are a sheet for each theme.
func themeSheets(r *themes.Report, others []sheet) []sheet {
	taken := map[string]bool{"history": true} // Excel keeps that name for itself
	for _, s := range others {
		taken[strings.ToLower(s.name)] = true
	}
	var out []sheet
	for i := range r.Themes {
		name := sheetName(r.Themes[i].Name, i+1, taken)
		out = append(out, sheet{name, func(b *book) error { return writeTheme(b, name, i) }})
	}
	return out
}

// sheetName is a theme's name as a sheet may be called: at most 31 UTF-16 units, without the signs that Excel refuses, and unlike any taken.
func sheetName(theme string, number int, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]'`, r), r < ' ', r > 0xFFFF:
			return ' '
		case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // not seen, and they turn what is
			return -1
		}
		return r
	}, theme)
	const most = 26
	name = fmt.Sprintf("%d %s", number, strings.Join(strings.Fields(name), " "))
	if r := []rune(name); len(r) > most {
		name = strings.TrimSpace(string(r[:most]))
	}
	name = strings.TrimSpace(name)
	for base, n := name, 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s (%d)", base, n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// writeTheme writes who says what on one theme, with the words. Its headings are none by which a sheet is read back: what is to be changed
// is changed in Stances and Quotes.
func writeTheme(b *book, name string, theme int) error {
	s, t := b.styles, &b.r.Themes[theme]
	p := b.open(layout{
		sheet: name, table: fmt.Sprintf("Theme%dTable", theme+1), frozen: 1, paper: a3,
		title: fmt.Sprintf("%s: %s", t.Name, t.Joint.Outcome), help: "As exported; a stance is changed in Stances. " + t.Joint.Line,
		columns: []column{{"Said by", 26, s.strong}, {"Kind of member", 18, s.text}, {"Where it stands", 19, s.text}, {"Stands there by", 13, s.text}, {"In one line", 44, s.text},
			{"Words", 80, s.text}, {"From", 26, s.text}, {"Where in it", 20, s.text}, {"In Quotes", 19, s.link}},
	})
	of := map[string][]*themes.Quote{}
	for i := range b.r.Quotes {
		if q := &b.r.Quotes[i]; q.ThemeID == t.ID {
			of[q.Member] = append(of[q.Member], q)
		}
	}
	for _, st := range []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated} {
		for i := range b.r.Members {
			if m := &b.r.Members[i]; m.Positions[theme].Stance == st {
				b.themeRows(p, &m.Positions[theme], of[m.Label])
				delete(of, m.Label)
			}
		}
	}
	for i := range b.r.Quotes { // what no member is named for
		if q := &b.r.Quotes[i]; q.ThemeID == t.ID && of[q.Member] != nil {
			p.add(q.Member, q.Type, nil, nil, nil, quoteWords(q), q.Document, q.Place, b.linkTo(q.Ref))
		}
	}
	p.do(func() error {
		return b.colour(name, p.body(3), fmt.Sprintf("$C%d", firstRow), shown, b.styles.stance)
	})
	return p.close()
}

// themeRows writes a member's rows on a theme: one a passage, or one without words where none may be shown.
func (b *book) themeRows(p *page, at *themes.Position, quotes []*themes.Quote) {
	if len(quotes) == 0 {
		p.add(at.Member, at.Type, shown(at.Stance), setBy(*at), at.Line, nil, nil, nil, nil)
	}
	for i, q := range quotes {
		line := at.Line
		if i > 0 {
			line = ""
		}
		p.add(at.Member, at.Type, shown(at.Stance), setBy(*at), line, quoteWords(q), q.Document, q.Place, b.linkTo(q.Ref))
	}
}

// linkTo leads to a quote in Quotes.
func (b *book) linkTo(ref string) any {
	return b.firstQuote(themes.Position{Refs: []string{ref}})
}
