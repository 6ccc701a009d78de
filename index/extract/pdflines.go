package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// A pdfLine is a line of one column.
type pdfLine struct {
	pdfRun
	page   int
	runs   []pdfRun   // what it was made of
	column int        // the columns of a document are numbered in reading order
	edges  [2]float64 // left and right of its column
	first  float64    // the width of its first word, about
}

// rows groups runs by baseline, top to bottom, each row left to right.
func rows(runs []pdfRun) [][]pdfRun {
	sorted := slices.Clone(runs)
	slices.SortStableFunc(sorted, func(a, b pdfRun) int {
		return cmp.Or(cmp.Compare(b.base, a.base), cmp.Compare(a.left, b.left))
	})
	var out [][]pdfRun
	for _, r := range sorted {
		if n := len(out); n > 0 && onRow(out[n-1], r) {
			out[n-1] = append(out[n-1], r)
		} else {
			out = append(out, []pdfRun{r})
		}
	}
	for _, row := range out {
		slices.SortStableFunc(row, func(a, b pdfRun) int { return cmp.Compare(a.left, b.left) })
	}
	return out
}

// onRow reports whether r, which is not above the row's last run, stands on the row: their letters share half a height.
func onRow(row []pdfRun, r pdfRun) bool {
	last := row[len(row)-1]
	small := min(row[0].size, r.size)
	return last.base-r.base < 0.35*small || row[0].base-r.base < 0.35*small
}

// joinRow makes one line of the runs of a row.
func joinRow(row []pdfRun) pdfLine {
	line := pdfLine{pdfRun: row[0], runs: row}
	widest := 0
	for _, r := range row {
		if n := len(r.text); n > widest {
			widest, line.size, line.base, line.bold = n, r.size, r.base, r.bold
		}
	}
	line.text, line.marks = "", nil
	for i, r := range row {
		line.hyphen = r.hyphen
		line.right = max(line.right, r.right)
		if small := r.size <= 0.8*line.size && r.base >= line.base+0.15*line.size; small && noteSign(r.text) {
			line.marks = append(line.marks, pdfMark{len(line.text), r.text})
			continue
		}
		if line.text != "" {
			glued := i > 0 && r.order == row[i-1].order+1 && !r.spaced && r.left-row[i-1].right < 0.2*r.size
			if !glued {
				line.text += " "
			}
			if line.gap == 0 && !glued {
				line.gap = len(line.text) - 1
			}
		}
		for _, m := range r.marks {
			line.marks = append(line.marks, pdfMark{m.at + len(line.text), m.text})
		}
		line.text += r.text
	}
	line.first = firstWidth(line)
	return line
}

// firstWidth estimates the width of the line's first word from the line's own average.
func firstWidth(line pdfLine) float64 {
	letters := strings.Count(line.text, "") - 1
	if letters == 0 {
		return 0
	}
	word, _, _ := strings.Cut(line.text, " ")
	return (line.right - line.left) * float64(strings.Count(word, "")-1) / float64(letters)
}

// startsLower reports whether s begins with a small letter.
func startsLower(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}

// markedText returns a line's text with its raised figures back in their places.
func markedText(line pdfLine) string {
	var b strings.Builder
	at := 0
	for _, m := range line.marks {
		b.WriteString(line.text[at:m.at])
		b.WriteString(m.text)
		at = m.at
	}
	b.WriteString(line.text[at:])
	return b.String()
}
