package extract

import (
	"fmt"
	"strings"
)

// slideText reads the paragraphs of a text body. styles give what a paragraph does not say itself, the nearest first.
func slideText(body *node, styles []*node) []flowElement {
	var out []flowElement
	var numbers slideNumbers
	for k := range body.kids() {
		if k.name != "p" {
			continue
		}
		own := k.kid("pPr")
		level := min(max(own.number("lvl", 0), 0), listLevels-1)
		levels := []*node{own}
		for _, s := range styles {
			levels = append(levels, s.kid(fmt.Sprintf("lvl%dpPr", level+1)))
		}
		line := slideLine(k)
		p := flowParagraph{text: line.text, bold: line.isBold(levels[1:])}
		if strings.TrimSpace(p.text) != "" { // an empty paragraph shows no bullet and takes no number
			if p.label = numbers.label(bulletOf(levels), level); p.label != "" {
				p.depth = level + 1
			}
		}
		out = append(out, flowElement{flowParagraph: p})
	}
	return out
}

// A slideRun is the text of one paragraph and how much of it says itself that it is bold.
type slideRun struct {
	text        string
	bold, plain bool // some of it says that it is, or is not
	silent      bool // some of it says nothing
}

// lineBreaks in the XML are spaces; those of the text are elements.
var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// slideLine reads the runs of a paragraph.
func slideLine(p *node) slideRun {
	var line slideRun
	var text strings.Builder
	var walk func(n *node)
	walk = func(n *node) {
		for k := range n.kids() {
			switch k.name {
			case "r", "fld":
				t := lineBreaks.Replace(k.kid("t").allText())
				text.WriteString(slideScript(k.kid("rPr")).set(t))
				if strings.TrimSpace(t) != "" {
					line.weigh(k.kid("rPr"))
				}
			case "br":
				text.WriteByte('\n')
			case "AlternateContent":
				walk(chosen(k))
			case "m", "oMath", "oMathPara":
				text.WriteString(mathText(k))
				line.plain = true
			}
		}
	}
	walk(p)
	line.text = text.String()
	return line
}

// slideScript is how a run stands to the line: by how much it is raised.
func slideScript(properties *node) script {
	return script(min(max(properties.number("baseline", 0), int(subscript)), int(superscript)))
}

func (l *slideRun) weigh(properties *node) {
	switch properties.attr("b") {
	case "1", "true":
		l.bold = true
	case "":
		l.silent = true
	default:
		l.plain = true
	}
}

// isBold reports whether all of the paragraph is bold, by itself or as its styles say.
func (l *slideRun) isBold(styles []*node) bool {
	if l.plain || !l.silent {
		return l.bold && !l.plain
	}
	for _, s := range styles {
		if b, ok := s.kid("defRPr").lookup("b"); ok {
			return b == "1" || b == "true"
		}
	}
	return false
}

// bulletOf is the element that says how the paragraph is marked: the first that any of its levels has, or nil.
func bulletOf(levels []*node) *node {
	for _, properties := range levels {
		for k := range properties.kids() {
			switch k.name {
			case "buNone", "buChar", "buAutoNum", "buBlip":
				return k
			}
		}
	}
	return nil
}

// slideNumbers counts the numbered paragraphs of one text body.
type slideNumbers struct {
	counts [listLevels]int
	kinds  [listLevels]string // the numbering that runs on each level, "" when none does
}

// label is the mark of the next paragraph. A numbering goes on past deeper levels; a paragraph of its own level or above
// that is marked otherwise ends it.
func (s *slideNumbers) label(bullet *node, level int) string {
	kind := ""
	if bullet != nil && bullet.name == "buAutoNum" {
		kind = bullet.attr("type") + " " + bullet.attr("startAt")
	}
	for i := level + 1; i < listLevels; i++ {
		s.kinds[i] = ""
	}
	if s.kinds[level] != kind {
		s.kinds[level] = kind
		s.counts[level] = min(max(bullet.number("startAt", 1), 1), 32767) - 1
	}
	switch {
	case kind != "":
		s.counts[level]++
		return autoNumber(s.counts[level], bullet.attr("type"))
	case bullet == nil || bullet.name == "buNone", bullet.name == "buChar" && strings.TrimSpace(bullet.attr("char")) == "":
		return ""
	}
	return bulletLabel
}

// autoNumber writes v in one of PowerPoint's schemes, such as alphaLcParenBoth, "(a)"; those of other scripts come out
// as digits.
func autoNumber(v int, scheme string) string {
	shape := strings.TrimLeft(scheme, "abcdefghijklmnopqrstuvwxyz") // LcParenBoth, ParenR, Period
	format := "decimal"
	switch {
	case strings.HasPrefix(scheme, "alphaLc"):
		format = "lowerLetter"
	case strings.HasPrefix(scheme, "alphaUc"):
		format = "upperLetter"
	case strings.HasPrefix(scheme, "romanLc"):
		format = "lowerRoman"
	case strings.HasPrefix(scheme, "romanUc"):
		format = "upperRoman"
	case strings.HasPrefix(scheme, "circle") && v <= 20:
		return string(rune('①' + v - 1))
	}
	number := formatNumber(v, format)
	switch {
	case strings.HasSuffix(shape, "ParenBoth"):
		return "(" + number + ")"
	case strings.HasSuffix(shape, "ParenR"):
		return number + ")"
	case strings.HasSuffix(shape, "Period"):
		return number + "."
	case strings.HasSuffix(shape, "Minus"):
		return number + "-"
	}
	return number
}
