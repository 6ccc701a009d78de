package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// writeMatrix writes members by themes. The joint positions stand under the headings and stay in sight with them; the
// filter's arrows are in their row, so that neither sorting nor filtering takes them away. It is not an Excel table for
// that reason: a table's first row sorts with the rest.
func writeMatrix(b *book) error {
	s := b.styles
	columns := []column{{"Member", 26, s.strong}}
	for _, t := range b.r.Themes {
		columns = append(columns, column{t.Name, 27, s.cell})
	}
	p := b.open(layout{
		sheet: "Matrix", frozen: 1, frozenRows: 1, paper: a3, columns: columns, wide: (len(b.r.Themes) + 11) / 12, // a dozen themes a page can be read
		title: "Matrix: who says what",
		help:  "Choose a cell to go to the words behind it in Quotes. Sign and stance come first, then the member's own words; bold: a person has set or confirmed the stance; – not addressed.",
	})
	p.add(b.jointRow()...)
	for i, m := range b.r.Members {
		if m.Passages > 0 {
			p.add(b.memberRow(i)...)
		}
	}
	p.do(func() error { return b.filterMembers(p) })
	return p.close()
}

func (b *book) jointRow() []any {
	row := []any{styled(b.styles.joint, []excelize.RichTextRun{{Text: "Joint position", Font: font(11, ink, true)}, {Text: "\nas exported", Font: font(11, quiet, false)}})}
	for _, t := range b.r.Themes {
		row = append(row, styled(b.styles.joint, []excelize.RichTextRun{{Text: string(t.Joint.Outcome), Font: font(11, outcomeInk(t.Joint.Outcome), true)}, {Text: "\n" + themes.Marked(t.Joint.Line, t.Joint.Flags), Font: font(11, ink, false)}}))
	}
	return row
}

// outcomeInk is the colour of an outcome's words.
func outcomeInk(o themes.Outcome) string {
	switch o {
	case themes.Divided:
		return rust
	case themes.ThinEvidence:
		return quiet
	}
	return navy
}

func (b *book) memberRow(i int) []any {
	m := b.r.Members[i]
	row := []any{b.member(m)}
	for j := range b.r.Themes {
		if j >= len(m.Positions) || m.Positions[j].Stance == themes.Silent {
			row = append(row, styled(b.styles.silent, themes.Silent.Sign()))
			continue
		}
		if m.Positions[j].Stance == themes.Unconfirmed {
			row = append(row, styled(b.styles.silent, shown(themes.Unconfirmed)))
			continue
		}
		row = append(row, b.position(b.keys[[2]int{i, j}], m.Positions[j]))
	}
	return row
}

// member is the member's name and, below it, what kind of member it is.
func (b *book) member(m themes.MemberReport) any {
	if m.Type == "" {
		return m.Label
	}
	return []excelize.RichTextRun{{Text: m.Label, Font: font(11, ink, true)}, {Text: "\n" + m.Type, Font: font(11, quiet, false)}}
}

// position is a matrix cell: what the Stances sheet says, linked to the first quote. The text is looked up by its key and
// the quote by its ref, so that the cell follows an edit in Stances, and sorting breaks nothing.
func (b *book) position(key string, at themes.Position) excelize.Cell {
	formula := fmt.Sprintf("INDEX(Stances!$%s:$%[1]s,MATCH(%s,Stances!$A:$A,0))", columnName(shownColumn), pattern(key))
	if len(at.Refs) > 0 && b.quoted[at.Refs[0]] {
		formula = fmt.Sprintf("HYPERLINK(%s,%s)", toQuote(at.Refs[0]), formula)
	}
	style := b.styles.cell
	if at.Confirmed {
		style = b.styles.confirmed
	}
	return excelize.Cell{StyleID: style, Value: shownCell(at, 0).Value, Formula: formula}
}

// filterMembers sets the filter and the colours of the members' rows.
func (b *book) filterMembers(p *page) error {
	last := cellName(len(p.layout.columns), p.row-1)
	if err := b.f.AutoFilter("Matrix", cellName(1, firstRow)+":"+last, nil); err != nil {
		return err
	}
	if p.row-1 == firstRow || len(b.r.Themes) == 0 {
		return nil
	}
	first := cellName(2, firstRow+1)
	return b.colour("Matrix", first+":"+last, first, shown, b.styles.behind)
}
