package word

import (
	"fmt"
	"strings"
)

// The numbering instances that every document has, and the definitions that they and the others are of. An instance 0 is Word's for none.
const (
	seriesNum = 1 // the document's paragraphs
	bulletNum = 2
	listNum   = 3 // of the style List Number, for who chooses it in Word
	firstNum  = 4 // of the lists that a document begins

	seriesAbstract = 0
	bulletAbstract = 1
	listAbstract   = 2
)

// A List is a numbered list of a document, see [Document.NewList].
type List struct{ num int }

// A list is a numbering instance beside the fixed ones: it counts from 1.
type list struct{ abstract int }

func (d *Document) newNum(abstract int) int {
	d.lists = append(d.lists, list{abstract})
	return firstNum + len(d.lists) - 1
}

// A level is how one depth of a list is numbered. Text is as Word writes it: %1 is the number of the first level, %2 of the second.
type level struct {
	format, text  string
	left, hanging int    // twentieths of a point
	style         string // the paragraph style that has this level, "" for none
}

// levels are those of a definition.
func (d *Document) levels(abstract int) []level {
	letters := []level{{"lowerLetter", "(%2)", 1134, 567, ""}, {"lowerRoman", "(%3)", 1701, 567, ""}}
	switch {
	case abstract == bulletAbstract:
		return []level{{"bullet", "•", 397, 284, string(ListBullet)}, {"bullet", "–", 794, 284, ""}, {"bullet", "•", 1191, 284, ""}}
	case abstract == listAbstract:
		return append([]level{{"decimal", "%1.", 567, 567, string(ListNumber)}}, letters...)
	case d.Numbering == BySection:
		return []level{{"decimal", "%1", 567, 567, string(Heading1)}, {"decimal", "%1.%2", 567, 567, string(NumberedParagraph)},
			{"lowerLetter", "(%3)", 1134, 567, ""}, {"lowerRoman", "(%4)", 1701, 567, ""}}
	}
	return append([]level{{"decimal", "%1.", 567, 567, string(NumberedParagraph)}}, letters...)
}

// abstractOf is the definition of an instance.
func (d *Document) abstractOf(num int) int {
	switch num {
	case seriesNum:
		return seriesAbstract
	case bulletNum:
		return bulletAbstract
	case listNum:
		return listAbstract
	}
	return d.lists[num-firstNum].abstract
}

// counters count the paragraphs of every instance as Word does: a number at one level begins those below it again.
type counters map[int][]int

// next counts a paragraph and is its number in full, "12", "1.2" or "12.(a)", without a full stop at the end, as Word's references have it.
func (c counters) next(p *Paragraph, levels []level) string {
	n := c[p.num]
	if n == nil {
		n = make([]int, len(levels))
		c[p.num] = n
	}
	n[p.level]++
	for i := range n {
		if i < p.level && n[i] == 0 { // Word counts a level that was passed over as begun
			n[i] = 1
		}
		if i > p.level {
			n[i] = 0
		}
	}
	return strings.TrimSuffix(label(levels, n, p.level), ".")
}

// label is a level's text with the numbers in it, behind that of the level above where it does not name that itself.
func label(levels []level, n []int, at int) string {
	text := levels[at].text
	for i := range n {
		text = strings.ReplaceAll(text, fmt.Sprintf("%%%d", i+1), numeral(levels[i].format, n[i]))
	}
	if strings.HasPrefix(text, "(") && at > 0 {
		text = label(levels, n, at-1) + text
	}
	return text
}

func numeral(format string, n int) string {
	switch {
	case format == "lowerLetter" && n > 0: // a, b ... z, aa, bb
		return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
	case format == "lowerRoman" && n > 0:
		return roman(n)
	}
	return fmt.Sprint(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, x := range []struct {
		of   int
		sign string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= x.of {
			b.WriteString(x.sign)
			n -= x.of
		}
	}
	return b.String()
}

// numberingPart is word/numbering.xml.
func (d *Document) numberingPart() string {
	var m markup
	m.open("w:numbering", names)
	for abstract := range listAbstract + 1 {
		m.open("w:abstractNum", attr("w:abstractNumId", abstract))
		m.empty("w:multiLevelType", attr("w:val", "multilevel"))
		for i, l := range d.levels(abstract) {
			m.open("w:lvl", attr("w:ilvl", i))
			m.empty("w:start", attr("w:val", 1))
			m.empty("w:numFmt", attr("w:val", l.format))
			if l.style != "" {
				m.empty("w:pStyle", attr("w:val", l.style))
			}
			m.empty("w:lvlText", attr("w:val", l.text))
			m.empty("w:lvlJc", attr("w:val", "left"))
			m.open("w:pPr")
			m.empty("w:ind", attr("w:left", l.left), attr("w:hanging", l.hanging))
			m.close("w:pPr")
			m.close("w:lvl")
		}
		m.close("w:abstractNum")
	}
	for num := seriesNum; num < firstNum+len(d.lists); num++ {
		abstract := d.abstractOf(num)
		m.open("w:num", attr("w:numId", num))
		m.empty("w:abstractNumId", attr("w:val", abstract))
		if num >= firstNum { // or Word goes on where the last instance of the definition ended
			for i := range d.levels(abstract) {
				m.open("w:lvlOverride", attr("w:ilvl", i))
				m.empty("w:startOverride", attr("w:val", 1))
				m.close("w:lvlOverride")
			}
		}
		m.close("w:num")
	}
	m.close("w:numbering")
	return m.String()
}
