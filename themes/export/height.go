package export

import (
	"math"
	"strings"
)

const (
	lineHeight = 15.0 // points a line of Calibri 11 takes when Excel fits a row itself; LibreOffice takes 11.1, so rows look roomy there
	rowPadding = 4.0
	maxHeight  = 409.0 // Excel's tallest row
	// perWidth is how many of the font's units (2,048 to the em) one unit of column width holds: a column of w is 7w
	// pixels wide for its text, and Calibri 11 is 14.67 pixels to the em. Screens round letters up to whole pixels, hence .985.
	perWidth = 7 * 2048 / 14.67 * 0.985
	boldly   = 1.04 // how much wider Calibri Bold runs
	indent   = 1.4  // the column width that an indented cell loses
)

// advances are the widths of the printable ASCII characters in Calibri, from the space on.
var advances = [95]int{
	463, 667, 821, 1020, 1038, 1464, 1397, 452, 621, 621, 1020, 1020, 511, 627, 517, 791, 1038, 1038, 1038, 1038, 1038, 1038, 1038,
	1038, 1038, 1038, 548, 548, 1020, 1020, 1020, 949, 1831, 1185, 1114, 1092, 1260, 1000, 941, 1292, 1276, 516, 653, 1064, 861, 1751, 1322, 1356,
	1058, 1378, 1112, 941, 998, 1314, 1162, 1822, 1063, 998, 959, 628, 791, 628, 1020, 1020, 596, 981, 1076, 866, 1076, 1019, 625, 964, 1076, 470,
	490, 931, 470, 1636, 1076, 1080, 1076, 1076, 714, 801, 686, 1076, 925, 1464, 887, 927, 809, 644, 943, 644, 1020,
}

// advance is how wide a character is; one outside ASCII counts as a wide letter, and one of the full-width scripts as an em.
func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return advances[r-' ']
	case r == '‘' || r == '’':
		return 511
	case r >= 0x2E80:
		return 2048
	}
	return 1150
}

// widest is the most of the font's units that a byte of text takes, that of @: wider characters have more bytes.
const widest = 1831

// lines is how many lines text takes in a column of the given width, words kept whole where they fit.
func lines(text string, width float64) int {
	room := int(width * perWidth)
	if len(text)*widest <= room && strings.IndexByte(text, '\n') < 0 { // most cells: a word or two
		return 1
	}
	n := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		n += wrapped(paragraph, max(room, 1))
	}
	return n
}

// wrapped is how many lines a paragraph takes.
func wrapped(paragraph string, room int) int {
	n, at, word := 1, 0, 0
	place := func() {
		if at > 0 && at+word > room {
			n, at = n+1, 0
		}
		if word > room { // a long word is cut wherever the line ends
			n += (word - 1) / room
			word %= room
		}
		at, word = at+word, 0
	}
	for _, r := range paragraph {
		if r == ' ' || r == '\t' {
			place()
			at += advance(' ')
			continue
		}
		word += advance(r)
		if r == '-' || r == '–' || r == '/' {
			place()
		}
	}
	place()
	return n
}

// rowHeight is the height in points of a row whose tallest cell has n lines.
func rowHeight(n int) float64 {
	return min(math.Ceil((float64(n)*lineHeight+rowPadding)*4)/4, maxHeight)
}

// clearLines is how many lines a row shows for certain: Excel has none taller than maxHeight.
const clearLines = 26

// columnFor is the least width, within bounds, at which no text takes more than a few lines; if there is none, the least at which each
// takes no more than can be seen at a glance, or is shown in full, or the most.
func columnFor(texts []string, least, most float64) float64 {
	for _, limit := range []int{6, 12, 17, clearLines} {
		for width := least; width <= most; width += 4 {
			if tallest(texts, width-indent) <= limit {
				return width
			}
		}
	}
	return most
}

// tallest is the lines that the longest of the texts takes.
func tallest(texts []string, width float64) int {
	n := 0
	for _, t := range texts {
		n = max(n, lines(t, width))
	}
	return n
}
