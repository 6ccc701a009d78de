package extract

import (
	"strconv"
	"strings"
)

const (
	bulletLabel = "•" // whatever the glyph: fonts of symbols give characters that mean nothing elsewhere
	listLevels  = 9
)

// numbering computes the labels of a .docx's lists as Word prints them: from word/numbering.xml and the order in which
// the paragraphs come.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*wordList // by numId
}

// An abstractList is a w:abstractNum: the definition that several lists may share, and with it their counters.
type abstractList struct {
	levels    [listLevels]*wordLevel
	styleLink string // the levels are those of the list that this style uses
	counts    [listLevels]int
	counting  [listLevels]bool
}

// A wordList is a w:num: a use of an abstract list with changes of its own.
type wordList struct {
	abstract *abstractList
	levels   [listLevels]*wordLevel
	starts   [listLevels]*int
	started  [listLevels]bool
}

type wordLevel struct {
	start   int
	format  string // "decimal", "lowerLetter", "bullet", ...
	text    string // "%1.%2"
	restart int    // the level whose step restarts this one, from 1; 0 never, -1 any level above
	legal   bool   // all numbers decimal
	style   string // the paragraph style bound to the level
}

func readNumbering(root *node) *numbering {
	n := &numbering{abstracts: map[string]*abstractList{}, lists: map[string]*wordList{}}
	for k := range root.kids() {
		if k.name == "abstractNum" {
			a := &abstractList{styleLink: k.kid("numStyleLink").attr("val")}
			for l := range k.kids() {
				if i := l.number("ilvl", -1); l.name == "lvl" && i >= 0 && i < listLevels {
					a.levels[i] = readListLevel(l)
				}
			}
			n.abstracts[k.attr("abstractNumId")] = a
		}
	}
	for k := range root.kids() {
		if k.name == "num" {
			if a := n.abstracts[k.kid("abstractNumId").attr("val")]; a != nil {
				n.lists[k.attr("numId")] = readList(k, a)
			}
		}
	}
	return n
}

func readList(k *node, a *abstractList) *wordList {
	l := &wordList{abstract: a}
	for o := range k.kids() {
		i := o.number("ilvl", -1)
		if o.name != "lvlOverride" || i < 0 || i >= listLevels {
			continue
		}
		if lvl := o.kid("lvl"); lvl != nil {
			l.levels[i] = readListLevel(lvl)
		}
		if s := o.kid("startOverride"); s != nil {
			v := s.number("val", 0)
			l.starts[i] = &v
		}
	}
	return l
}

func readListLevel(k *node) *wordLevel {
	l := &wordLevel{format: "decimal", restart: -1}
	for c := range k.kids() {
		switch c.name {
		case "start":
			l.start = c.number("val", 0)
		case "numFmt":
			l.format = c.attr("val")
		case "lvlText":
			l.text = c.attr("val")
		case "lvlRestart":
			l.restart = c.number("val", -1)
		case "isLgl":
			l.legal = c.isOn()
		case "pStyle":
			l.style = c.attr("val")
		case "AlternateContent": // a format newer than the standard, with an older one to fall back on
			if f := c.kid("Fallback").find("numFmt"); f != nil {
				l.format = f.attr("val")
			}
		}
	}
	return l
}

// isOn is the value of a Word toggle: present means on unless it says otherwise.
func (n *node) isOn() bool {
	switch n.attr("val") {
	case "0", "false", "off":
		return false
	}
	return n != nil
}

// link gives lists defined through a list style the levels of the list which that style uses.
func (n *numbering) link(styleList func(style string) (numID string)) {
	for _, a := range n.abstracts {
		if a.styleLink == "" {
			continue
		}
		if l := n.lists[styleList(a.styleLink)]; l != nil && l.abstract != a && l.abstract.styleLink == "" {
			a.levels = l.abstract.levels
		}
	}
}

// boundLevel is the level of a list that a paragraph style is bound to.
func (n *numbering) boundLevel(numID, style string) (int, bool) {
	if l := n.lists[numID]; l != nil {
		for i := range listLevels {
			if lvl := l.level(i); lvl != nil && lvl.style == style {
				return i, true
			}
		}
	}
	return 0, false
}

func (l *wordList) level(i int) *wordLevel {
	if l.levels[i] != nil {
		return l.levels[i]
	}
	return l.abstract.levels[i]
}

func (l *wordList) start(i int) int {
	if l.starts[i] != nil {
		return *l.starts[i]
	}
	if lvl := l.level(i); lvl != nil {
		return lvl.start
	}
	return 1
}

// next steps a list and returns the label of its next paragraph at this level (from 0); "" when it prints none.
func (n *numbering) next(numID string, level int) string {
	l := n.lists[numID]
	if l == nil || level < 0 || level >= listLevels || l.level(level) == nil {
		return ""
	}
	a := l.abstract
	switch {
	case !a.counting[level], l.starts[level] != nil && !l.started[level]:
		a.counts[level] = l.start(level)
	default:
		a.counts[level]++
	}
	for i := range level {
		if !a.counting[i] && l.level(i) != nil { // Word counts a level that is left out as if it had been there
			a.counts[i], a.counting[i] = l.start(i), true
		}
	}
	a.counting[level], l.started[level] = true, true
	for i := level + 1; i < listLevels; i++ {
		if deeper := l.level(i); deeper != nil && (deeper.restart < 0 || level < deeper.restart) {
			a.counting[i] = false
		}
	}
	return l.label(level)
}

func (l *wordList) label(level int) string {
	lvl := l.level(level)
	if lvl.format == "bullet" {
		if strings.TrimSpace(lvl.text) == "" {
			return ""
		}
		return bulletLabel
	}
	var s strings.Builder
	for i := 0; i < len(lvl.text); i++ {
		if c := lvl.text[i]; c != '%' || i+1 == len(lvl.text) || lvl.text[i+1] < '1' || lvl.text[i+1] > '9' {
			s.WriteByte(c)
			continue
		}
		i++
		s.WriteString(l.count(int(lvl.text[i]-'1'), lvl.legal))
	}
	return strings.TrimSpace(s.String())
}

func (l *wordList) count(level int, legal bool) string {
	v := l.abstract.counts[level]
	if !l.abstract.counting[level] {
		v = l.start(level)
	}
	format := "decimal"
	if lvl := l.level(level); lvl != nil && !legal {
		format = lvl.format
	}
	return formatNumber(v, format)
}

// formatNumber writes v in one of Word's number formats; the rare ones (words, other scripts) come out as digits.
func formatNumber(v int, format string) string {
	switch format {
	case "lowerLetter":
		return letters(v, 'a')
	case "upperLetter":
		return letters(v, 'A')
	case "lowerRoman":
		return strings.ToLower(roman(v))
	case "upperRoman":
		return roman(v)
	case "decimalZero":
		if v >= 0 && v < 10 {
			return "0" + strconv.Itoa(v)
		}
	case "ordinal":
		return strconv.Itoa(v) + ordinalSuffix(v)
	case "none":
		return ""
	}
	return strconv.Itoa(v)
}

// letters counts a, b, ... z, aa, bb, as word processors do.
func letters(v int, first rune) string {
	if v < 1 || v > 26*50 {
		return strconv.Itoa(v)
	}
	return strings.Repeat(string(first+rune((v-1)%26)), (v-1)/26+1)
}

func ordinalSuffix(v int) string {
	if v%100 >= 11 && v%100 <= 13 {
		return "th"
	}
	switch v % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

func roman(v int) string {
	if v < 1 || v > 3999 {
		return strconv.Itoa(v)
	}
	var s strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for v >= d.value {
			s.WriteString(d.sign)
			v -= d.value
		}
	}
	return s.String()
}

// nfcFormat names a number format of .doc and .rtf as .docx does ([MS-OSHARED] 2.2.1.3).
func nfcFormat(code int) string {
	switch code {
	case 1:
		return "upperRoman"
	case 2:
		return "lowerRoman"
	case 3:
		return "upperLetter"
	case 4:
		return "lowerLetter"
	case 5:
		return "ordinal"
	case 22:
		return "decimalZero"
	case 23:
		return "bullet"
	case 255:
		return "none"
	}
	return "decimal"
}
