package extract

import (
	"cmp"
	"slices"
	"strings"
)

// A slideDiagram is the data of a SmartArt diagram: points, and which hangs below which.
type slideDiagram struct {
	points []string // ids, in the order of the file: the one that is the diagram itself comes first
	texts  map[string]string
	below  map[string][]string
	done   map[string]bool
}

func readSlideDiagram(root *node) *slideDiagram {
	d := &slideDiagram{texts: map[string]string{}, below: map[string][]string{}, done: map[string]bool{}}
	for k := range root.kid("ptLst").kids() {
		switch k.attr("type") {
		case "", "node", "asst", "doc":
			id := k.attr("modelId")
			d.points = append(d.points, id)
			d.texts[id] = pointText(k.kid("t"))
		}
	}
	type connection struct {
		from, to string
		order    int
	}
	var connections []connection
	for k := range root.kid("cxnLst").kids() {
		if kind := k.attr("type"); kind == "" || kind == "parOf" {
			connections = append(connections, connection{k.attr("srcId"), k.attr("destId"), k.number("srcOrd", 0)})
		}
	}
	slices.SortStableFunc(connections, func(a, b connection) int { return cmp.Compare(a.order, b.order) })
	for _, c := range connections {
		d.below[c.from] = append(d.below[c.from], c.to)
	}
	return d
}

// pointText is a point's text, a line for each paragraph. Points that only lay out the diagram have none.
func pointText(t *node) string {
	var lines []string
	for p := range t.kids() {
		if p.name == "p" {
			if text := strings.TrimSpace(slideLine(p).text); text != "" {
				lines = append(lines, text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// write adds the lines of a point and of all below it, each once.
func (d *slideDiagram) write(point string, lines *[]string, depth int) {
	if d.done[point] || depth > MaxDepth {
		return
	}
	d.done[point] = true
	if text := d.texts[point]; text != "" {
		*lines = append(*lines, text)
	}
	for _, next := range d.below[point] {
		d.write(next, lines, depth+1)
	}
}
