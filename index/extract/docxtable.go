package extract

// readTable reads a table in the accepted view of its tracked changes.
func (r *docxReader) readTable(n *node) *flowTable {
	t := &flowTable{}
	r.readRows(n, t)
	return t
}

func (r *docxReader) readRows(n *node, t *flowTable) {
	for k := range n.kids() {
		switch k.name {
		case "tr":
			r.readRow(k, t)
		case "sdt":
			r.control(k, func(content *node) { r.readRows(content, t) })
		case "ins", "moveTo", "customXml":
			r.readRows(k, t)
		}
	}
}

func (r *docxReader) readRow(n *node, t *flowTable) {
	properties := n.kid("trPr")
	if k := properties.kid("ins"); k != nil {
		r.change(k)
	}
	if k := properties.kid("del"); k != nil {
		r.change(k)
		return
	}
	line := flowRow{number: len(t.rows) + 1}
	column := 1 + clamp(properties.kid("gridBefore").number("val", 0))
	r.readCells(n, &line, &column)
	t.rows = append(t.rows, line)
}

func (r *docxReader) readCells(n *node, line *flowRow, column *int) {
	for k := range n.kids() {
		switch k.name {
		case "tc":
			properties := k.kid("tcPr")
			if deleted := properties.kid("cellDel"); deleted != nil {
				r.change(deleted)
			} else {
				line.cells = append(line.cells, flowCell{column: *column, content: r.content(k)})
			}
			*column += max(1, clamp(properties.kid("gridSpan").number("val", 1)))
		case "sdt":
			r.readCellControl(k, line, column)
		case "ins", "moveTo", "customXml":
			r.readCells(k, line, column)
		}
	}
}

// readCellControl reads cells inside a content control. When it shows its prompt the cells are there, empty.
func (r *docxReader) readCellControl(k *node, line *flowRow, column *int) {
	read := false
	r.control(k, func(content *node) {
		read = true
		r.readCells(content, line, column)
	})
	if read {
		return
	}
	for c := range k.kid("sdtContent").kids() {
		if c.name == "tc" {
			line.cells = append(line.cells, flowCell{column: *column})
			*column += max(1, clamp(c.kid("tcPr").kid("gridSpan").number("val", 1)))
		}
	}
}

// clamp bounds a number of columns: Word has 63, and a stranger's number may be anything.
func clamp(n int) int { return min(max(n, 0), 1000) }
