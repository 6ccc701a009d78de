package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// A mark is what stands before the words of a list item or numbered paragraph.
type mark struct {
	label  string // "•", "1", "3.2", "(b)"; "" when there is none
	bullet bool
	width  int // bytes of the mark, counted from the first character of the line that is not a space
	depth  int // from 1
}

var (
	bulletMark = regexp.MustCompile(`^([-*+•·▪◦‣–—]|o)[ \t\x{00A0}]+`)
	// A lone number needs its full stop or bracket, or "2025 is far off" would be paragraph 2025; a number of several
	// levels may do without, when a capital or a quotation mark follows ("3.2 We think", not "1.5 million").
	numberMark = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3}){0,5})([.)])[ \t\x{00A0}]+`)
	levelsMark = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3}){1,5})[ \t\x{00A0}]+["'“‘(]?\p{Lu}`)
	letterMark = regexp.MustCompile(`^(\((?:[a-z]|[ivx]{1,5}|\d{1,3})\)|[a-z]\)|[ivx]{1,5}\))[ \t\x{00A0}]+`)
	hashMark   = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$`)
	underline  = regexp.MustCompile(`^ {0,3}(={3,}|-{3,})[ \t]*$`)
)

// markOf finds the mark at the start of a line.
func markOf(line string) mark {
	words := strings.TrimLeft(line, " \t\u00a0")
	m := mark{depth: min(9, 1+indent(line)/2)}
	if bulletMark.MatchString(words) {
		m.label, m.bullet, m.width = "•", true, len(bulletMark.FindString(words))
	} else if at := numberMark.FindStringSubmatchIndex(words); at != nil {
		m.label, m.width = words[at[2]:at[3]], at[1]
	} else if at := levelsMark.FindStringSubmatchIndex(words); at != nil {
		m.label = words[at[2]:at[3]]
		m.width = at[3] + len(words[at[3]:]) - len(strings.TrimLeft(words[at[3]:], " \t\u00a0"))
	} else if at := letterMark.FindStringSubmatchIndex(words); at != nil {
		m.label, m.width = words[at[2]:at[3]], at[1]
	}
	return m
}

// after gives the words behind the mark.
func (m mark) after(text string) string {
	return strings.TrimSpace(strings.TrimLeft(text, " \t\u00a0")[m.width:])
}

func indent(line string) int {
	n := 0
	for _, r := range line {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// itemStarts tells which lines of a paragraph begin a list item. In hard-wrapped prose a line may begin with a dash or
// a number by chance, so a mark counts only at the start, after a colon or an item, or where the same mark comes twice.
func itemStarts(lines []string) []bool {
	marks := make([]mark, len(lines))
	count := map[string]int{}
	for i, line := range lines {
		marks[i] = markOf(line)
		count[markFamily(line, marks[i])]++
	}
	starts := make([]bool, len(lines))
	seen := false
	for i, m := range marks {
		if m.label == "" {
			continue
		}
		twice := count[markFamily(lines[i], m)] > 1
		switch {
		case i == 0:
			starts[i] = m.bullet || twice
		default:
			starts[i] = twice || seen && m.bullet || strings.HasSuffix(strings.TrimSpace(lines[i-1]), ":")
		}
		seen = seen || starts[i]
	}
	return starts
}

// markFamily names the kind of mark, so that "1." and "2." are one and "1." and "-" are not.
func markFamily(line string, m mark) string {
	words := strings.TrimLeft(line, " \t\u00a0")
	switch {
	case m.label == "":
		return ""
	case m.bullet:
		return words[:m.width]
	case unicode.IsDigit(rune(m.label[0])):
		return "number" + strings.Repeat(".", strings.Count(m.label, "."))
	}
	return "letter"
}

func isHashHeading(line string) bool { return hashMark.MatchString(line) }

// leadingHeading takes a heading off the start of a paragraph: "# X", a line underlined with = or -, or a short line in
// a paragraph of its own that is all capitals or numbered.
func leadingHeading(lines []string, marksOff bool) (piece textPiece, rest []string, ok bool) {
	if at := hashMark.FindStringSubmatch(lines[0]); at != nil && at[2] != "" {
		text := strings.TrimSpace(lines[0])
		if marksOff {
			text = at[2]
		}
		return textPiece{kind: Heading, text: text, level: len(at[1])}, lines[1:], true
	}
	if len(lines) >= 2 {
		if at := underline.FindStringSubmatch(lines[1]); at != nil && Words(lines[0]) > 0 && markOf(lines[0]).label == "" {
			level := 1
			if at[1][0] == '-' {
				level = 2
			}
			return textPiece{kind: Heading, text: strings.TrimSpace(lines[0]), level: level}, lines[2:], true
		}
	}
	if len(lines) != 1 {
		return textPiece{}, nil, false
	}
	piece, ok = shortHeading(lines[0])
	if ok && marksOff && piece.label != "" {
		piece.text = markOf(lines[0]).after(lines[0])
	}
	return piece, nil, ok
}

func shortHeading(line string) (textPiece, bool) {
	text := strings.TrimSpace(line)
	if Words(text) > 12 || Words(text) == 0 || strings.ContainsAny(text[len(text)-1:], ".,;:!") {
		return textPiece{}, false
	}
	if m := markOf(line); !m.bullet && m.label != "" && unicode.IsDigit(rune(m.label[0])) {
		words := m.after(line)
		first := []rune(words + " ")[0]
		if Words(words) == 0 || !unicode.IsUpper(first) || strings.HasSuffix(words, "?") {
			return textPiece{}, false
		}
		return textPiece{kind: Heading, text: text, label: m.label, level: 1 + strings.Count(m.label, ".")}, true
	}
	if allCapitals(text) {
		return textPiece{kind: Heading, text: text, level: 1}, true
	}
	return textPiece{}, false
}

var inBrackets = regexp.MustCompile(`\([^)]*\)`)

// allCapitals looks past what stands in brackets: "EXCLUSION (your Q3)" is a heading.
func allCapitals(text string) bool {
	letters := 0
	for _, r := range inBrackets.ReplaceAllString(text, "") {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsLower(r) || !unicode.IsUpper(r) {
				return false
			}
		}
	}
	return letters >= 4
}
