package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A headingRank orders headings: larger type first, then by the depth of the number, "2" before "2.1".
type headingRank struct {
	size  float64 // in half points
	depth int
}

// rankHeadings finds the headings among paragraphs and gives each its level.
func (l *pdfLayout) rankHeadings(paragraphs []pdfParagraph) {
	var ranks []headingRank
	found := map[int]headingRank{}
	for i, p := range paragraphs {
		if p.lines[0].table != nil || p.start.bullet != "" || !l.heading(paragraphs, i) || signs(paragraphs, i) {
			continue
		}
		rank := headingRank{max(halfPoints(p.lines[0].size), halfPoints(l.body)), labelDepth(p.start.label)}
		found[i] = rank
		if !slices.Contains(ranks, rank) {
			ranks = append(ranks, rank)
		}
	}
	slices.SortFunc(ranks, func(a, b headingRank) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.depth, b.depth))
	})
	for i, rank := range found {
		paragraphs[i].level = min(slices.Index(ranks, rank)+1, 9)
	}
}

// labelDepth is how deep a heading's number stands: "2" and no number 0, "2.1" and "(a)" 1, "2.1.3" 2.
func labelDepth(label string) int {
	if strings.HasPrefix(label, "(") {
		return 1
	}
	return strings.Count(strings.TrimRight(label, "."), ".")
}

// heading reports whether a paragraph is one: short, and larger than the body, bold or in capitals.
func (l *pdfLayout) heading(paragraphs []pdfParagraph, i int) bool {
	p := paragraphs[i]
	text, _ := l.text(p.lines)
	if len(p.lines) > 3 || utf8.RuneCountInString(text) > 200 || !strings.ContainsFunc(text, unicode.IsLetter) || listing(text) {
		return false
	}
	first := p.lines[0]
	if first.size >= 1.15*l.body {
		return !strings.HasSuffix(text, ".") || len(p.lines) == 1
	}
	if len(p.lines) > 2 || strings.ContainsAny(text[len(text)-1:], ".;,") {
		return false
	}
	return p.bold() && first.size >= 0.95*l.body || l.capitals(paragraphs, i, text)
}

// bold reports whether all lines are.
func (p *pdfParagraph) bold() bool {
	return !slices.ContainsFunc(p.lines, func(l pdfLine) bool { return !l.bold })
}

// capitals reports whether a line in capitals is a heading: it is a few words without a figure, as addresses have them,
// right above a paragraph of some length.
func (l *pdfLayout) capitals(paragraphs []pdfParagraph, i int, text string) bool {
	const fewest, longest, enough = 4, 80, 120 // letters of the heading, and of the paragraph
	if len(paragraphs[i].lines) > 1 || len(text) > longest || text != strings.ToUpper(text) || i+1 == len(paragraphs) {
		return false
	}
	letters := 0
	for _, r := range strings.TrimPrefix(text, paragraphs[i].start.label) {
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	next := paragraphs[i+1]
	below, _ := l.text(next.lines)
	return letters >= fewest && len(below) >= enough && below != strings.ToUpper(below) && next.lines[0].page == paragraphs[i].lines[0].page
}

var closing = regexp.MustCompile(`(?i)^(yours\b|(with |our )?(kind |best |warm |very )*(regards|wishes)\b|(in|with) (solidarity|thanks|gratitude)\b|sincerely\b|faithfully\b|signed\b|thank you[,.!]?$|many thanks\b)`)

// signs reports whether a paragraph stands beneath the end of a letter, within a few short lines of "Yours sincerely":
// a name in bold is no heading.
func signs(paragraphs []pdfParagraph, i int) bool {
	const reach, long = 5, 100 // lines of a signature, and what is too long for one
	for n := range reach {
		at := i - 1 - n
		if at < 0 || paragraphs[at].lines[0].table != nil {
			return false
		}
		text := paragraphs[at].lines[0].text
		if len(text) < long && closing.MatchString(text) {
			return true
		}
		if len(paragraphs[at].lines) > 1 && len(text) >= long/2 {
			return false
		}
	}
	return false
}

var leaders = regexp.MustCompile(`(\.{4,}|(\. ){4,}|…{2,}|_{4,}) *[0-9ivx]{1,5}$`)

// listing reports whether a paragraph is a line of a table of contents: "Timelines ........ 4".
func listing(text string) bool { return leaders.MatchString(text) }
