package extract

import (
	"regexp"
	"strings"
)

// cellText is what a cell shows. Some programs write only the value.
func (r *odsReader) cellText(cell *node) string {
	var lines []string
	for k := range cell.kids() {
		switch k.name {
		case "p":
			var line strings.Builder
			r.readText(k, &line)
			lines = append(lines, line.String())
		case "annotation":
			r.words.comments.add(headerLine(k.kid("creator").allText()))
		}
	}
	r.countDrawings(cell)
	if lines == nil {
		return valueText(cell)
	}
	return strings.Join(lines, "\n")
}

// readText reads the text below a paragraph. Spaces stay as they are, though the format says that they collapse:
// LibreOffice writes those of a cell with several lines plainly, and shows them. Only the line ends that a program
// puts between the elements fold.
func (r *odsReader) readText(n *node, line *strings.Builder) {
	for k := range n.kids() {
		switch k.name {
		case "":
			text := lineFold.ReplaceAllString(k.text, " ")
			if line.Len() == 0 && text != k.text {
				text = strings.TrimLeft(text, " ")
			}
			line.WriteString(text)
		case "s":
			line.WriteString(strings.Repeat(" ", min(max(k.number("c", 1), 0), 1000)))
		case "tab":
			line.WriteByte('\t')
		case "line-break":
			line.WriteByte('\n')
		case "annotation":
			r.words.comments.add(headerLine(k.kid("creator").allText()))
		case "ruby-text", "annotation-end":
		default:
			if !isDrawing(k.name) {
				r.readText(k, line)
			}
		}
	}
	r.countDrawings(n)
}

var lineFold = regexp.MustCompile(`[ \t]*\r?\n\s*`)

// valueText is the value of a cell that says no more of itself.
func valueText(cell *node) string {
	switch cell.attr("value-type") {
	case "date":
		return cell.attr("date-value")
	case "time":
		return cell.attr("time-value")
	case "boolean":
		return strings.ToUpper(cell.attr("boolean-value"))
	case "string":
		return cell.attr("string-value")
	}
	return cell.attr("value")
}

// countDrawings counts the charts, pictures and text boxes on a sheet or in a cell.
func (r *odsReader) countDrawings(n *node) {
	for k := range n.kids() {
		switch {
		case !isDrawing(k.name):
		case k.kid("object") != nil:
			r.charts++
		default:
			var line odtLine
			r.words.readDrawing(k, &line)
			r.boxes += len(line.boxes)
		}
	}
}

func isDrawing(name string) bool {
	switch name {
	case "frame", "custom-shape", "g", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "connector", "caption":
		return true
	}
	return false
}
