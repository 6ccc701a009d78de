package extract

import (
	"strconv"
	"strings"
)

// isBold reports whether the run is bold: by itself, by its character style, or as its paragraph is.
func (r *docxReader) isBold(properties *node, line *docxLine) bool {
	if b := properties.kid("b"); b != nil {
		return b.isOn()
	}
	if id := properties.kid("rStyle").attr("val"); id != "" && r.styles.named(id).bold {
		return true
	}
	return line.style.bold
}

func (r *docxReader) isHidden(properties *node, line *docxLine) bool {
	if v := properties.kid("vanish"); v != nil {
		return v.isOn()
	}
	if id := properties.kid("rStyle").attr("val"); id != "" && r.styles.named(id).hidden {
		return true
	}
	return line.style.hidden
}

// scriptOf is how the run stands to the line: by itself, by its character style, or as its paragraph does.
func (r *docxReader) scriptOf(properties *node, line *docxLine) script {
	if v := properties.kid("vertAlign"); v != nil {
		return scriptOf(v.attr("val"))
	}
	if id := properties.kid("rStyle").attr("val"); id != "" {
		if s := r.styles.named(id).script; s != onLine {
			return s
		}
	}
	return line.style.script
}

// readRun reads one run. The marks of fields count in hidden runs too: index entries are hidden as a whole.
func (r *docxReader) readRun(n *node, line *docxLine) {
	if r.inChange == 0 {
		r.lastChange = ""
	}
	properties := n.kid("rPr")
	bold, hidden := r.isBold(properties, line), r.isHidden(properties, line)
	script := r.scriptOf(properties, line)
	custom := "" // a note mark of the author's own, in the text after the reference
	for k := range n.kids() {
		switch {
		case k.name == "fldChar":
			r.readFieldMark(k, line, bold)
		case hidden:
			if k.name == "t" && !r.inInstruction() {
				r.hidden += Words(k.allText())
			}
		case k.name == "footnoteReference", k.name == "endnoteReference":
			if !r.inInstruction() {
				custom = r.readReference(k, n, line)
			}
		case custom != "" && (k.name == "t" || k.name == "sym"):
			custom = "" // it is the mark, not text
		case k.name == "object":
			r.readObject(k, line)
		case k.name == "drawing", k.name == "pict":
			r.readDrawing(k, line)
		case k.name == "AlternateContent":
			r.readAlternate(chosen(k), line, bold)
		case k.name == "ruby":
			r.readRuns(k.kid("rubyBase"), line)
		case k.name == "p", k.name == "tbl":
			line.inside = append(line.inside, k)
		default:
			r.write(script.set(runText(k)), line, bold)
		}
	}
}

// readAlternate reads the chosen branch inside a run: drawings mostly, or a symbol with a fallback.
func (r *docxReader) readAlternate(n *node, line *docxLine, bold bool) {
	for k := range n.kids() {
		switch k.name {
		case "object":
			r.readObject(k, line)
		case "drawing", "pict":
			r.readDrawing(k, line)
		default:
			r.write(runText(k), line, bold)
		}
	}
}

// runText is the text of a run's child: "" when it has none.
func runText(k *node) string {
	switch k.name {
	case "t":
		return wordText(k.allText())
	case "tab", "ptab":
		return "\t"
	case "br", "cr":
		return "\n"
	case "noBreakHyphen":
		return "\u2011"
	case "softHyphen":
		return "\u00AD"
	case "symEx": // written with its character
		return k.attr("char")
	case "sym":
		if c, err := strconv.ParseUint(k.attr("char"), 16, 21); err == nil {
			return symbolText(k.attr("font"), rune(c))
		}
	}
	return ""
}

// wordText is the text as Word shows it: a line break in the XML is a space.
func wordText(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' {
			return ' '
		}
		return c
	}, s)
}
