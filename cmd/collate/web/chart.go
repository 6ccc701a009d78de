package web

import "collate/themes"

// A chart is the diverging bars of the overview: against to the left of the line, in favour to the right; who takes no side stands apart, at the
// far right, so that nobody is counted for a side. Lengths are units of the drawing.
type chart struct {
	Width, Height   int
	Zero            int // x of the line
	Apart           int // x where the bars of those without a side begin
	Top             int
	Label           int // x where the themes' names end
	Rows            []chartRow
	Against, Favour int // x of the words over the sides
}

// A chartRow is one theme.
type chartRow struct {
	Name        string
	Y, Text     int // of the bars and of the baseline of the words
	Bars, Under int // height of the bars, and where the line beneath them is
	Cells       []chartBar
}

// A chartBar is the members of one stance, with the part of it that people confirmed.
type chartBar struct {
	Stance           themes.Stance
	X, Width         int
	Middle           int
	Sure             int // width of the confirmed part
	Count, Confirmed int
}

// The drawing's measures.
const (
	chartLabels = 250
	chartRowGap = 40
	chartBars   = 24
	chartWide   = 820
	chartTop    = 34
)

// newChart draws the counts; the widest side sets the scale, so that nothing is cut.
func newChart(all []overviewTheme) *chart {
	left, right, apart := 1, 1, 1
	for _, t := range all {
		left = max(left, t.Count(themes.Oppose))
		right = max(right, t.Count(themes.Conditions)+t.Count(themes.Support))
		apart = max(apart, t.Count(themes.Mixed)+t.Count(themes.NotStated))
	}
	unit := min(24, float64(chartWide-chartLabels-60)/float64(left+right+apart))
	at := func(n int) int { return int(unit * float64(n)) }
	c := &chart{Width: chartWide, Top: chartTop, Label: chartLabels - 12, Zero: chartLabels + at(left) + 6, Height: chartTop + chartRowGap*len(all) + 6}
	c.Apart = c.Zero + at(right) + 40
	c.Against, c.Favour = c.Zero-8, c.Zero+8
	for i, t := range all {
		row := chartRow{Name: t.Name, Y: chartTop + i*chartRowGap + 6, Bars: chartBars}
		row.Text, row.Under = row.Y+17, row.Y+chartBars+1
		put := func(st themes.Stance, x int) int {
			n, sure := t.Count(st), t.Joint.Confirmed[st]
			if n > 0 {
				row.Cells = append(row.Cells, chartBar{Stance: st, X: x, Width: max(2, at(n)-2), Middle: x + (at(n)-2)/2, Sure: at(sure), Count: n, Confirmed: sure})
			}
			return x + at(n)
		}
		put(themes.Oppose, c.Zero-2-at(t.Count(themes.Oppose)))
		put(themes.Support, put(themes.Conditions, c.Zero+2))
		put(themes.NotStated, put(themes.Mixed, c.Apart))
		c.Rows = append(c.Rows, row)
	}
	return c
}
