package extract

import (
	"path"
	"strconv"
	"strings"
)

// readObject says what an object of another program is. Its frame holds a picture of it too, which is not counted. The
// words of a formula stand in the line; it is the only object that is part of a sentence.
func (r *odtReader) readObject(n *node, line *odtLine) {
	target := path.Clean(n.attr("href"))
	kind := r.objects[target]
	if inside := n.kid("document"); inside != nil { // as flat files have it
		kind = inside.attr("mimetype")
	}
	formula := n.kid("math")
	if formula == nil && strings.HasSuffix(kind, ".formula") && r.archive != nil {
		root, err := r.archive.optional(target + "/content.xml")
		r.fail(err)
		formula = root
	}
	switch {
	case formula != nil:
		r.collapse(formulaText(formula), line, false)
	case strings.HasSuffix(kind, ".chart"):
		r.charts++
	default:
		r.embedded = append(r.embedded, objectName(n.name, kind))
	}
}

func objectName(element, kind string) string {
	for _, k := range []struct{ part, what string }{
		{"spreadsheet", "a spreadsheet"}, {"presentation", "slides"}, {"graphics", "a drawing"}, {"opendocument.text", "a text document"},
	} {
		if strings.Contains(kind, k.part) {
			return k.what
		}
	}
	if element == "object-ole" {
		return "an object of another program"
	}
	return "a file without a name"
}

// formulaText is the text of a formula in reading order: its signs with spaces between them, and what stands above or
// below a sign right after it.
func formulaText(n *node) string {
	var parts []string
	for k := range n.kids() {
		switch k.name {
		case "annotation", "annotation-xml":
		case "mi", "mo", "mn", "mtext":
			parts = append(parts, strings.TrimSpace(k.allText()))
		case "msup":
			parts = append(parts, withExponent(formulaText(k)))
		case "msub", "msubsup":
			parts = append(parts, strings.ReplaceAll(formulaText(k), " ", ""))
		default:
			parts = append(parts, formulaText(k))
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// withExponent writes a figure above a sign as one: "b²".
func withExponent(text string) string {
	base, above, found := strings.Cut(text, " ")
	if _, err := strconv.Atoi(above); found && err == nil {
		above = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻").Replace(above)
	}
	return base + strings.ReplaceAll(above, " ", "")
}
