package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// writeStances writes a row per member and theme addressed. Its columns D, E and I are what Summary and Matrix look up.
func writeStances(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Stances", table: "StancesTable", frozen: 2, paper: a3,
		title: "Stances: where each member stands on each theme",
		help:  "This is the place to change a stance: choose another in column E, and Summary and Matrix follow. Leave column A as it is.",
		columns: []column{{"Key", 24, s.silent}, {"Member", 26, s.strong}, {"Type", 17, s.text}, {"Theme", 26, s.text}, {"Stance", 18, s.text}, {"Set by", 14, s.text},
			{"Why", 30, s.text}, {"Passages", 10.5, s.number}, {"Position in one line", 52, s.text}, {"First quote", 17, s.link}, {"Notes", 26, s.text}},
	})
	for i, m := range b.r.Members {
		for j, at := range m.Positions {
			if at.Stance == themes.Silent {
				continue
			}
			p.add(b.keys[[2]int{i, j}], at.Member, at.Type, at.Theme, at.Stance.Label(), setBy(at), at.Because, at.Passages, at.Line, b.firstQuote(at), nil)
		}
	}
	p.do(func() error { return b.dropDown(p, 5) })
	p.do(func() error {
		return b.colour("Stances", p.body(5), "$E"+fmt.Sprint(firstRow), themes.Stance.Label, b.styles.stance)
	})
	return p.close()
}

// suggested stands in Set by where no person has set or confirmed the stance; the Summary counts the rest.
const suggested = "suggested"

func setBy(at themes.Position) string {
	if !at.Confirmed {
		return suggested
	}
	return at.By
}

// stanceKeys are the keys of the Stances rows, by member and theme number: "member | theme", short enough for a formula's
// text, and unique whatever the case, which Excel's MATCH does not see.
func stanceKeys(r *themes.Report) map[[2]int]string {
	keys, taken := map[[2]int]string{}, map[string]bool{}
	for i, m := range r.Members {
		for j, at := range m.Positions {
			key := short(at.Member, 110) + " | " + short(at.Theme, 110)
			for n := 2; taken[strings.ToLower(key)]; n++ {
				key = fmt.Sprintf("%s | %s (%d)", short(at.Member, 110), short(at.Theme, 110), n)
			}
			taken[strings.ToLower(key)] = true
			keys[[2]int{i, j}] = key
		}
	}
	return keys
}

// short is text of at most n characters.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// firstQuote links to the strongest passage behind a position, or is empty when there is none to show.
func (b *book) firstQuote(at themes.Position) any {
	if len(at.Refs) == 0 || !b.quoted[at.Refs[0]] {
		return nil
	}
	return excelize.Cell{Value: at.Refs[0], Formula: fmt.Sprintf("HYPERLINK(%s,%s)", toQuote(at.Refs[0]), literal(at.Refs[0]))}
}

// toQuote is a formula for the place of a quote's words. It looks the ref up, so that it survives sorting.
func toQuote(ref string) string {
	return fmt.Sprintf(`"#Quotes!%s"&MATCH(%s,Quotes!$A:$A,0)`, columnName(wordsColumn), pattern(ref))
}

// literal is text in a formula.
func literal(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

var wildcards = strings.NewReplacer("~", "~~", "*", "~*", "?", "~?")

// pattern is text that a formula's MATCH finds as it stands: ~, * and ? are wildcards to it.
func pattern(s string) string {
	return literal(wildcards.Replace(s))
}

// dropDown lets a column hold only a stance from the hidden list.
func (b *book) dropDown(p *page, col int) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(p.body(col))
	v.SetSqrefDropList(fmt.Sprintf("Lists!$A$2:$A$%d", len(themes.Stances)+1))
	v.SetInput("Stance", "Choose where the member stands on this theme. Summary and Matrix follow.")
	v.SetError(excelize.DataValidationErrorStyleStop, "Choose from the list", "Choose one of the stances in the list, so that the counts stay right.")
	return b.f.AddDataValidation(p.layout.sheet, v)
}

// colour tints a range by the stance that the cell at first holds, as words tell it: its label, or its sign and label.
func (b *book) colour(sheet, area, first string, words func(themes.Stance) string, styles map[themes.Stance]int) error {
	var rules []excelize.ConditionalFormatOptions
	for _, s := range themes.Stances {
		if s == themes.NotStated || s == themes.Silent {
			continue
		}
		id, w := styles[s], words(s)
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Format: &id, Criteria: fmt.Sprintf("LEFT(%s,%d)=%s", first, len([]rune(w)), literal(w))})
	}
	return b.f.SetConditionalFormat(sheet, area, rules)
}
