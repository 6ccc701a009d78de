package word

// A Table is rows of cells under headings that are repeated on every page.
type Table struct {
	Widths      []int    // of the columns, as shares of the text's width: {2, 1, 5}; nil makes them equal
	Heads       []string // the headings; nil for none
	Rows        [][]Cell // a row with fewer cells than there are columns is filled up with empty ones
	Description string   // for who cannot see it, and for programs; "" for none
}

func (*Table) blockOf() {}

// A Cell is one cell.
type Cell struct {
	Paragraphs []*Paragraph
	Fill       string // the colour behind it, "RRGGBB"; "" for none
	Across     int    // how many columns it takes; 0 is 1
}

// TextCell is a cell of one paragraph in the style of tables.
func TextCell(content ...Inline) Cell {
	return Cell{Paragraphs: []*Paragraph{Para(TableText, content...)}}
}

// On is the cell on a colour, "RRGGBB".
func (c Cell) On(rgb string) Cell {
	c.Fill = colour(rgb)
	return c
}

// columns is how many columns the table has.
func (t *Table) columns() int {
	n := max(len(t.Widths), len(t.Heads))
	for _, row := range t.Rows {
		across := 0
		for _, c := range row {
			across += max(c.Across, 1)
		}
		n = max(n, across)
	}
	return max(n, 1)
}

// widths are the columns' widths in twentieths of a point, that of the text in all.
func (t *Table) widths(text int) []int {
	shares := make([]int, t.columns())
	all := 0
	for i := range shares {
		shares[i] = 1
		if i < len(t.Widths) && t.Widths[i] > 0 {
			shares[i] = t.Widths[i]
		}
		all += shares[i]
	}
	at := 0
	for i, share := range shares {
		before := text * at / all
		at += share
		shares[i] = text*at/all - before
	}
	return shares
}
