package extract

import (
	"fmt"
	"slices"
	"strings"
)

// A gridBuilder collects the cells of one sheet, in any order, within the limits of all sheets of the workbook.
type gridBuilder struct {
	name       string
	hidden     bool
	wide       bool // cells beyond the last column that is read
	rows       []sheetRow
	at         map[int]int  // where a row stands in rows, by its number
	hiddenRows map[int]bool // by number
	budget     *gridBudget
}

// A gridBudget is what the sheets of a workbook have taken so far.
type gridBudget struct{ cells, bytes int }

func newGridBuilder(name string, hidden bool, budget *gridBudget) *gridBuilder {
	return &gridBuilder{name: name, hidden: hidden, at: map[int]int{}, hiddenRows: map[int]bool{}, budget: budget}
}

// set puts words into a cell; row counts from 1, column from 0. Later words for the same cell replace earlier ones.
func (g *gridBuilder) set(row, column int, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if column >= maxSheetColumns {
		g.wide = true
		return nil
	}
	i, ok := g.at[row]
	if !ok {
		i = len(g.rows)
		g.at[row] = i
		g.rows = append(g.rows, sheetRow{number: row})
	}
	cells := g.rows[i].cells
	if more := column + 1 - len(cells); more > 0 {
		g.budget.cells += more
		cells = append(cells, make([]string, more)...)
	}
	// One shared string may stand in every cell, so the words are counted and not only the cells.
	if g.budget.bytes += len(text); g.budget.cells > maxSheetCells || g.budget.bytes > MaxExpanded {
		return fmt.Errorf("%w: more than %d cells in the sheets, or %d MB of words", ErrLimit, maxSheetCells, MaxExpanded>>20)
	}
	cells[column] = text
	g.rows[i].cells = cells
	return nil
}

// grid gives the sheet, its rows in order, and says what is special about it.
func (g *gridBuilder) grid(b *builder) sheetGrid {
	slices.SortFunc(g.rows, func(a, b sheetRow) int { return a.number - b.number })
	grid := sheetGrid{name: g.name, rows: g.rows}
	hidden := 0
	for _, row := range g.rows {
		if g.hiddenRows[row.number] {
			hidden++
		}
	}
	warnSheet(b, grid, g.hidden, g.wide, hidden)
	return grid
}

// appendFilled adds the sheet when there is a word in it.
func (g *gridBuilder) appendFilled(b *builder, sheets []sheetGrid) []sheetGrid {
	if len(g.rows) == 0 {
		return sheets
	}
	return append(sheets, g.grid(b))
}
