package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// firmLabel is a paragraph's number that is one by its form; looseLabel is one only where a gap follows it.
var (
	firmLabel  = regexp.MustCompile(`^(\([0-9]{1,3}\)|\([a-z]{1,2}\)|\([ivxl]{1,6}\)|[0-9]{1,3}[.)]|[a-z][)]|[ivx]{1,5}[.)]|[A-Z]?[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}[.)]?) +\S`)
	looseLabel = regexp.MustCompile(`^([0-9]{1,3}|[A-Za-z]\.|[A-Z][0-9]{1,3}\.?|[IVX]{1,5}\.) +\S`)
)

const bullets = "•▪◦‣●○■□➢✓\uf0b7\uf0a7\uf0d8\uf076\uf0fc·"

// A lineStart is what a line begins with.
type lineStart struct {
	label  string // "3.2", "(b)", "12": without the full stop behind it
	bullet string // with the space behind it
	tabbed bool   // a gap follows, as after a tab
}

// startOf reads a line's number or bullet.
func startOf(line pdfLine) lineStart {
	head, rest, found := strings.Cut(line.text, " ")
	if !found || strings.TrimSpace(rest) == "" {
		return lineStart{}
	}
	tabbed := line.gap == len(head)
	if r, n := utf8.DecodeRuneInString(head); n == len(head) {
		sign := strings.ContainsRune(bullets, r) || tabbed && strings.ContainsRune("-–—*o", r)
		if sign || strings.ContainsRune("-–—", r) {
			return lineStart{bullet: head + " ", tabbed: tabbed || strings.ContainsRune(bullets, r)}
		}
	}
	m := firmLabel.FindStringSubmatch(line.text)
	if m == nil && tabbed {
		m = looseLabel.FindStringSubmatch(line.text)
	}
	if m == nil || !strings.ContainsFunc(line.text[len(m[1]):], unicode.IsLetter) { // a row of figures
		return lineStart{}
	}
	return lineStart{label: strings.TrimSuffix(m[1], "."), tabbed: tabbed}
}
