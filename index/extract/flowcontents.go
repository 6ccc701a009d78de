package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A contentsList says whether the paragraph just before was a line of a table of contents.
type contentsList bool

var (
	contentsPage = regexp.MustCompile(`(?i)(?:\t|[ .…_]{2,})\s*(?:[a-z]{1,2}[-–.]?)?(?:\d{1,4}|[ivxlc]{1,7})\s*$`)
	caption      = regexp.MustCompile(`(?i)^(?:table|figure|chart|box|map)\s+\d`)
)

// next reports whether a paragraph is a line of contents. Its style alone does not say so, since some authors give the
// styles of contents to their headings: it stands in a field, ends with a page, or follows such a line.
func (l *contentsList) next(p *flowParagraph) bool {
	*l = contentsList(p.listing || p.listed == headOfContents || p.listed > 0 && (p.inField || bool(*l) || contentsPage.MatchString(p.text)))
	return bool(*l)
}

// isHeadingOfContents reports whether a paragraph in a style of contents, but outside one, reads as a heading.
func (p *flowParagraph) isHeadingOfContents() bool {
	text := strings.TrimSpace(p.text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return Words(text) > 0 && len(text) <= maxHeading && !strings.ContainsRune(".,;:!?", last) && !caption.MatchString(text)
}

// headOfContents stands for the style of the word that is printed above a table of contents.
const headOfContents = 10

// listedLevel is the level of a style of contents by its name: "toc 2".
func listedLevel(name string) int {
	if name == "toc heading" {
		return headOfContents
	}
	if v, err := strconv.Atoi(name[strings.LastIndexByte(name, ' ')+1:]); err == nil && v >= 1 && v <= 9 {
		return v
	}
	return 1
}

// inLongField reports whether the paragraph just read ends inside a field, other than one of a form.
func inLongField(fields []docxField) bool {
	for _, f := range fields {
		if !f.instruction && !f.form {
			return true
		}
	}
	return false
}
