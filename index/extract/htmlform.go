package extract

import (
	"regexp"

	"golang.org/x/net/html"
)

// openField writes what a field of a form shows: its tick, or the words in it.
func (f *htmlFlow) openField(e *htmlElement, attrs []html.Attribute) {
	if e.tag != "input" {
		return
	}
	switch attribute(attrs, "type") {
	case "checkbox", "radio":
		sign := '☐'
		if hasAttribute(attrs, "checked") {
			sign = '☒'
		}
		f.space = f.space || f.line.Len() > 0
		f.word(sign)
		f.space = true
	case "", "text", "email", "tel", "url", "number", "date", "month", "week", "time", "datetime-local":
		f.space = f.space || f.line.Len() > 0
		for _, a := range attrs {
			if a.Key == "value" {
				f.text(a.Val)
			}
		}
		f.space = true
	}
}

// inShownList reports whether the innermost list of choices is shown itself.
func (f *htmlFlow) inShownList() bool {
	for i := len(f.stack) - 1; i > 0; i-- {
		if f.stack[i].tag == "select" {
			return !f.stack[i-1].hidden
		}
	}
	return false
}

var (
	cookieWord = regexp.MustCompile(`(?i)cookie`)
	bannerWord = regexp.MustCompile(`(?i)banner|consent|notice|dialog|popup|modal|overlay|message|(?:^|[-_ ])bar(?:$|[-_ ])`)
)

// isCookieBanner tells the question about cookies by its own name for itself.
func isCookieBanner(attrs []html.Attribute) bool {
	for _, a := range attrs {
		if (a.Key == "id" || a.Key == "class" || a.Key == "aria-label") && cookieWord.MatchString(a.Val) && bannerWord.MatchString(a.Val) {
			return true
		}
	}
	return false
}
