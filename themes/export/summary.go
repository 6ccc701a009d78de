package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// counted are the stances of those who address a theme, in the order of the Summary's columns B to F.
func counted() []themes.Stance {
	return []themes.Stance{themes.Oppose, themes.Mixed, themes.Conditions, themes.Support, themes.NotStated}
}

// writeSummary writes a row per theme, and the charts of them below.
func writeSummary(b *book) error {
	s := b.styles
	columns := []column{{"Theme", 34, s.strong}}
	for _, st := range counted() {
		columns = append(columns, column{st.Label(), 14, s.number})
	}
	columns = append(columns, column{"Addressed", 13.5, s.total}, column{"Not addressed", 14, s.number}, column{b.confirmedHead(), 13.5, s.number}, column{"Passages", 12, s.number},
		column{"Outcome", 19, s.strong}, column{"Joint position", 62, s.text}, column{"Dissent", 56, s.text})
	high := 0
	if len(b.r.Themes) <= 20 { // the chart belongs on the page of its table, as long as that can be read
		high = 1
	}
	help := "Members are counted, not passages. The counts follow a stance changed in Stances; Confirmed are those that a person has set; passages, outcome, joint position and dissent are as exported."
	if b.r.View.Confirmed {
		help = "Members are counted, not passages, and only where a person confirmed the stance; Not confirmed are on no side. Silence is never agreement."
	}
	p := b.open(layout{
		sheet: "Summary", table: "SummaryTable", frozen: 1, high: high, paper: a3, columns: columns,
		title: "Summary: where the members stand",
		help:  help,
	})
	for i := range b.r.Themes {
		p.add(b.themeCounts(&b.r.Themes[i], p.row)...)
	}
	if len(b.r.Themes) > 0 {
		p.do(func() error { return b.charts(p.row-1, p.row+1) })
	}
	return p.close()
}

func (b *book) themeCounts(t *themes.ThemeReport, row int) []any {
	out := []any{t.Name}
	addressed, confirmed := 0, 0
	for i, st := range counted() {
		n := len(t.Joint.Names[st])
		addressed += n
		confirmed += t.Joint.Confirmed[st]
		out = append(out, excelize.Cell{Value: n, Formula: fmt.Sprintf("COUNTIFS(Stances!$D:$D,%s,Stances!$E:$E,%s$%d)%s", criterion(t.Name, row), columnName(i+2), headRow, plus(t.Unlisted.Stances[st]))})
	}
	silent, last := excelize.Cell{Value: b.r.Counts.Members - addressed, Formula: fmt.Sprintf("Lists!$C$2-G%d", row)},
		excelize.Cell{Value: confirmed, Formula: fmt.Sprintf(`COUNTIFS(Stances!$D:$D,%s,Stances!$F:$F,"<>%s")%s`, criterion(t.Name, row), suggested, plus(t.Unlisted.Confirmed))}
	if b.r.View.Confirmed { // those that nobody confirmed have no row in Stances
		n := len(t.Joint.Names[themes.Unconfirmed])
		silent, last = excelize.Cell{Value: b.r.Counts.Members - addressed - n, Formula: fmt.Sprintf("Lists!$C$2-G%d-I%[1]d", row)}, excelize.Cell{Value: n}
	}
	return append(out,
		excelize.Cell{Value: addressed, Formula: fmt.Sprintf("SUM(B%d:F%d)", row, row)},
		silent, last, t.Passages, string(t.Joint.Outcome), themes.Marked(t.Joint.Line, t.Joint.Flags), t.Joint.Dissent)
}

// plus adds to a formula the members that are counted and have no row in Stances.
func plus(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("+%d", n)
}

// confirmedHead heads the column of how many a person has confirmed, or has not where only confirmed stances are counted.
func (b *book) confirmedHead() string {
	if b.r.View.Confirmed {
		return themes.Unconfirmed.Label()
	}
	return "Confirmed"
}

// criterion is how COUNTIFS finds a theme: by the cell with its name, escaped when the name holds what COUNTIFS reads as a
// wildcard or an operator.
func criterion(name string, row int) string {
	cell := fmt.Sprintf("$A%d", row)
	if name != "" && !strings.ContainsAny(name, "~*?") && !strings.ContainsAny(name[:1], "=<>") {
		return cell
	}
	return fmt.Sprintf(`"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(%s,"~","~~"),"*","~*"),"?","~?")`, cell)
}

// charts draws the counts of those who take a side as bars on both sides of nought, and beside them, from a nought of their own, those who
// take none: neither mixed nor silent of a position is support.
func (b *book) charts(last, at int) error {
	sides := diagram{
		title: "Who takes a side (number of members; against to the left, in favour to the right)", stances: []themes.Stance{themes.Oppose, themes.Conditions, themes.Support}, width: 930,
		alt: "Bars, one for each theme: to the left how many members oppose; to the right how many support with conditions and, beyond them, without. The numbers are in the table above.",
	}
	neither := diagram{
		title: "Who takes none (number of members)", stances: []themes.Stance{themes.Mixed, themes.NotStated}, width: 690,
		alt: "Bars, one for each theme: how many members are mixed or unsure, and how many state no position. The numbers are in the table above.",
	}
	if err := b.draw(sides, cellName(1, at), last); err != nil {
		return err
	}
	return b.draw(neither, cellName(besideColumn, at), last)
}

// besideColumn is the first column of the Summary that lies beyond the chart of those who take a side.
const besideColumn = 9

// A diagram is one of the Summary's charts.
type diagram struct {
	title, alt string
	stances    []themes.Stance // outwards from nought
	width      uint            // pixels
}

// draw adds a chart. Fonts have colours of their own because Excel otherwise takes the theme's.
func (b *book) draw(d diagram, at string, last int) error {
	gap, overlap := uint(45), 100
	axis := *font(10, ink, false)
	return b.f.AddChart("Summary", at, &excelize.Chart{
		Type: excelize.BarStacked, Series: drawn(d.stances, last), GapWidth: &gap, Overlap: &overlap,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: d.title, Font: font(13, navy, true)}}},
		Legend:    excelize.ChartLegend{Position: "top", Font: font(10, ink, false)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0;0;;"}},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, TickLabelPosition: excelize.ChartTickLabelLow, Font: axis},
		YAxis:     excelize.ChartAxis{None: true, Font: axis},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		Dimension: excelize.ChartDimension{Width: d.width, Height: uint(120 + 34*len(b.r.Themes))},
		Format:    excelize.GraphicOptions{Positioning: "oneCell", AltText: d.alt},
	})
}

// drawn are a chart's series.
func drawn(stances []themes.Stance, last int) []excelize.ChartSeries {
	var out []excelize.ChartSeries
	for _, st := range stances {
		col, t := columnName(slices.Index(counted(), st)+2), tintOf(st)
		values := fmt.Sprintf("Summary!$%s$%d:$%[1]s$%[3]d", col, firstRow, last)
		if st == themes.Oppose {
			values = fmt.Sprintf("Lists!$D$2:$D$%d", last-firstRow+2)
		}
		out = append(out, excelize.ChartSeries{
			Name: fmt.Sprintf("Summary!$%s$%d", col, headRow), Categories: fmt.Sprintf("Summary!$A$%d:$A$%d", firstRow, last), Values: values,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{t.bar}}, DataLabel: excelize.ChartDataLabel{Font: *font(10, t.label, true)},
		})
	}
	return out
}
