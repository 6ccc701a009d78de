package export

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// shownColumn is the hidden Stances column with what the Matrix shows of a row.
const shownColumn = 12

// writeStances writes a row per member and theme addressed. Summary counts its columns D, E and F; Matrix looks up the
// hidden last one.
func writeStances(b *book) error {
	s := b.styles
	help, why, last := "This is the one place to change a stance: choose another in Stance, put your name in Set by, and Summary and Matrix follow. Leave Key as it is.", column{"Why", 30, s.text}, column{"Notes", 28, s.text}
	if b.r.View.Outside {
		help, why, last = "Where each member stands, as a person confirmed it, in its own words. Summary and Matrix look into this sheet.", column{"Condition", 40, s.text}, column{"In its own words", 72, s.text}
	}
	p := b.open(layout{
		sheet: "Stances", table: "StancesTable", frozen: 2, paper: a3,
		title: "Stances: where each member stands on each theme",
		help:  help,
		tab:   rust, hidden: shownColumn,
		columns: []column{{"Key", 18, s.key}, {"Member", 28, s.strong}, {"Type", 17, s.text}, {"Theme", 28, s.text}, {"Stance", 18, s.text}, {"Set by", 14, s.text},
			why, {"Passages", 11.5, s.number}, {"Position in one line", 58, s.text}, {"First quote", 19, s.link}, last,
			{"Shown in Matrix", 30, s.cell}},
	})
	for i, m := range b.r.Members {
		for j, at := range m.Positions {
			if !at.Stance.Told() {
				continue
			}
			why, last := themes.Marked(at.Because, at.Flags), noted(at.Note)
			if b.r.View.Outside {
				why, last = at.Condition, noted(sentences(at))
			}
			p.add(b.keys[[2]int{i, j}], at.Member, at.Type, at.Theme, at.Stance.Label(), setBy(at), why, at.Passages, at.Line, b.firstQuote(at), last, shownCell(at, p.row))
		}
	}
	p.do(func() error { return b.dropDown(p, 5) })
	p.do(func() error {
		return b.colour("Stances", p.body(5), "$E"+fmt.Sprint(firstRow), themes.Stance.Label, b.styles.stance)
	})
	return p.close()
}

// sentences are the member's own words behind a position, with their places, one a line.
func sentences(at themes.Position) string {
	var out []string
	for _, x := range at.Sentences {
		text := "“" + x.Words + "”"
		if x.Place != "" {
			text += " (" + x.Place + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

// noted is the cell of a note: an empty one, and not one with no words in it, where there is none.
func noted(note string) any {
	if note == "" {
		return nil
	}
	return note
}

// suggested stands in Set by where no person has set or confirmed the stance; the Summary counts the rest.
const suggested = "suggested"

func setBy(at themes.Position) string {
	if !at.Confirmed {
		return suggested
	}
	return at.By
}

// shownCell is what the Matrix shows of a row: sign, stance and line. It is a formula over the row's stance and line, so
// that the Matrix follows an edit of either.
func shownCell(at themes.Position, row int) excelize.Cell {
	text := shown(at.Stance)
	if at.Line != "" {
		text += ". " + themes.ShortLine(at.Line)
	}
	return excelize.Cell{Value: text, Formula: fmt.Sprintf(`INDEX(Lists!$B$2:$B$%d,MATCH(E%d,Lists!$A$2:$A$%[1]d,0))&IF(I%[2]d="","",". "&IF(LEN(I%[2]d)>%[3]d,LEFT(LEFT(I%[2]d,FIND(" ",I%[2]d&" ",%[4]d)-1),%[3]d)&"…",I%[2]d))`,
		len(themes.Stances)+1, row, themes.LineWhole, themes.LineFrom)}
}

// stanceKeys are the keys of the Stances rows, by member and theme number: "member | theme", short enough for a formula's
// text, and unique whatever the case, which Excel's MATCH does not see.
func stanceKeys(r *themes.Report) map[[2]int]string {
	keys, taken := map[[2]int]string{}, map[string]bool{}
	for i, m := range r.Members {
		for j, at := range m.Positions {
			member, theme := keyPart(at.Member), keyPart(at.Theme)
			key := member + " | " + theme
			for n := 2; taken[strings.ToLower(key)]; n++ {
				key = fmt.Sprintf("%s | %s (%d)", member, theme, n)
			}
			taken[strings.ToLower(key)] = true
			keys[[2]int{i, j}] = key
		}
	}
	return keys
}

// keyPart is as much of a name as half a key may hold: Excel allows a text in a formula 255 UTF-16 units, the escapes of
// wildcards and quotation marks among them.
func keyPart(s string) string {
	const most = 115
	units := 0
	for i, r := range s {
		units += len(utf16.Encode([]rune(pattern(string(r))))) - len(`""`)
		if units >= most {
			return s[:i] + "…"
		}
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
