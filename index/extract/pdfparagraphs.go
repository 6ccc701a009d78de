package extract

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pdfParagraph is lines that belong together.
type pdfParagraph struct {
	lines []pdfLine
	start lineStart
	asks  bool // it is the question of a form's field
	level int  // of a heading, from 1
}

// paragraphs joins the lines of the document, over columns and pages where a sentence goes on.
func (l *pdfLayout) paragraphs() []pdfParagraph { return l.joinLines(l.lines) }

func (l *pdfLayout) joinLines(lines []pdfLine) []pdfParagraph {
	var out []pdfParagraph
	for _, line := range lines {
		if n := len(out); n > 0 {
			if starts, start := l.starts(&out[n-1], line); !starts {
				out[n-1].lines = append(out[n-1].lines, line)
				continue
			} else {
				out = append(out, pdfParagraph{lines: []pdfLine{line}, start: start})
				continue
			}
		}
		out = append(out, pdfParagraph{lines: []pdfLine{line}, start: startOf(line)})
	}
	return out
}

// starts reports whether line begins a new paragraph after p, and with what.
func (l *pdfLayout) starts(p *pdfParagraph, line pdfLine) (bool, lineStart) {
	prev := p.lines[len(p.lines)-1]
	start := startOf(line)
	if line.table != nil || prev.table != nil {
		return true, start
	}
	if line.column != prev.column || line.base > prev.base+0.5*prev.size {
		return !l.flowsOn(prev, line, start), start
	}
	if prev.hyphen {
		return false, start
	}
	gap := prev.base - line.base
	usual := l.pitch * max(prev.size, line.size) / max(l.body, 1)
	switch {
	case differentFont(prev, line),
		gap > 1.3*usual,
		l.labelled(p, line, start, gap, usual),
		indented(p, line),
		endedShort(prev, line):
		return true, start
	}
	return false, lineStart{}
}

// flowsOn reports whether a sentence goes on in the next column or page.
func (l *pdfLayout) flowsOn(prev, line pdfLine, start lineStart) bool {
	if prev.hyphen {
		return true
	}
	if start.bullet != "" || start.label != "" && start.tabbed {
		return false
	}
	return !endsSentence(prev.text) && startsLower(line.text) && sameSize(prev, line) && prev.bold == line.bold
}

func sameSize(a, b pdfLine) bool { return math.Abs(a.size-b.size) <= 0.12*max(a.size, b.size) }

// differentFont reports a change of size or boldness, unless a sentence runs through it: a quoted term may be bold, or
// set a little smaller, and fill most of a line.
func differentFont(prev, line pdfLine) bool {
	flows := full(prev, line) && !endsSentence(prev.text)
	if !sameSize(prev, line) {
		return !flows || math.Abs(prev.size-line.size) > 0.25*prev.size
	}
	return prev.bold != line.bold && !(flows && (startsLower(line.text) || strings.HasSuffix(prev.text, ",")))
}

// full reports whether the next line's first word had no place left on prev.
func full(prev, next pdfLine) bool {
	return prev.edges[1]-prev.right < next.first+0.3*prev.size
}

// labelled reports whether a line that begins with a number or bullet is a paragraph of its own. "section\n3.2 of the
// Act" is not: it takes a tab, a gap above, an end before it or a place left of the lines before.
func (l *pdfLayout) labelled(p *pdfParagraph, line pdfLine, start lineStart, gap, usual float64) bool {
	if start == (lineStart{}) {
		return false
	}
	prev := p.lines[len(p.lines)-1]
	outdented := len(p.lines) > 1 && line.left < prev.left-0.5*line.size
	return start.tabbed || gap > 1.12*usual || endsClause(prev.text) || outdented || !full(prev, line)
}

// indented reports whether a line is set in from the one before it, as the first line of a paragraph is, or stands out
// left of an indented block. The second line under a number or bullet hangs and is neither.
func indented(p *pdfParagraph, line pdfLine) bool {
	prev := p.lines[len(p.lines)-1]
	step := line.left - prev.left
	switch {
	case math.Abs(step) < 0.8*line.size || !endsSentence(prev.text):
		return false
	case len(p.lines) == 1:
		hanging := step > 0 && p.start != (lineStart{})
		return !hanging && step > 0
	}
	return true
}

// endedShort reports whether prev stops well before the edge although the next word had room: only a paragraph's last line does.
func endedShort(prev, line pdfLine) bool {
	room := prev.edges[1] - prev.right
	if endsSentence(prev.text) {
		return room > line.first+1.5*prev.size
	}
	r, _ := utf8.DecodeRuneInString(line.text)
	return unicode.IsUpper(r) && room > max(0.4*(prev.edges[1]-prev.edges[0]), line.first+2*prev.size)
}

// endsSentence reports whether s ends with a sentence's stop, quotation marks and brackets apart.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)]")
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?:") || strings.HasSuffix(s, "…")
}

// endsClause is endsSentence for the items of a list.
func endsClause(s string) bool {
	s = strings.TrimRight(s, " ")
	for _, end := range []string{";", ",", " and", " or"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return endsSentence(s)
}
