package extract

import (
	"maps"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Excel's own limits of the number formats of a workbook and of the length of one; what goes beyond is shown without.
const (
	maxNumberFormats = 4000
	maxFormatCode    = 255
)

// A numberFormatter writes numbers and dates as their cell format shows them. A scratch workbook does it, so that a
// sheet says the same whether it was saved as .xls or .xlsx. Its first row has one cell a format.
type numberFormatter struct {
	from1904 bool // days count from 1904, as on old Macs
	scratch  *excelize.File
	cells    map[numberFormat]string // the cell of a format; "" for one that cannot be used
}

// A numberFormat is the code of a cell format, or without one the number of a built-in one.
type numberFormat struct {
	code    string
	builtIn int
}

const scratchSheet = "Sheet1"

// close lets go of the scratch workbook.
func (n *numberFormatter) close() {
	if n.scratch != nil {
		n.scratch.Close()
	}
}

// show writes a number. A format that the scratch workbook cannot take gives the number as it is.
func (n *numberFormatter) show(value float64, format numberFormat) (text string) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return "#NUM!"
	}
	if strings.EqualFold(format.code, "General") || len(format.code) > maxFormatCode {
		format = numberFormat{}
	}
	plain := strconv.FormatFloat(value, 'f', -1, 64)
	defer func() {
		if recover() != nil { // a stranger's format code; the scratch workbook may be locked for good
			n.scratch, n.cells[format], text = nil, "", plain
		}
	}()
	cell := n.cell(format)
	if cell == "" || n.scratch.SetCellValue(scratchSheet, cell, value) != nil {
		return plain
	}
	shown, err := n.scratch.GetCellValue(scratchSheet, cell)
	if err != nil {
		return plain
	}
	return shown
}

// cell is the scratch cell that has this format.
func (n *numberFormatter) cell(format numberFormat) string {
	if n.cells == nil {
		n.cells = map[numberFormat]string{}
	}
	cell, known := n.cells[format]
	if n.scratch == nil && cell != "" {
		known = false // the workbook was thrown away
	}
	if !known {
		cell = n.newCell(format)
		n.cells[format] = cell
	}
	return cell
}

func (n *numberFormatter) newCell(format numberFormat) string {
	if len(n.cells) >= maxNumberFormats {
		return ""
	}
	if n.scratch == nil {
		maps.DeleteFunc(n.cells, func(_ numberFormat, cell string) bool { return cell != "" })
		n.scratch = excelize.NewFile()
		if n.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &n.from1904}) != nil {
			return ""
		}
	}
	cell := columnLetters(len(n.cells)) + "1"
	if format == (numberFormat{}) {
		return cell
	}
	style := &excelize.Style{NumFmt: format.builtIn}
	if format.code != "" {
		style.CustomNumFmt = &format.code
	}
	id, err := n.scratch.NewStyle(style)
	if err != nil {
		return ""
	}
	if n.scratch.SetCellStyle(scratchSheet, cell, cell, id) != nil {
		return ""
	}
	return cell
}
