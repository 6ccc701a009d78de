package extract

import "strings"

// A script is how characters stand to the line: on it, raised above it or lowered below it.
type script int

const (
	subscript script = iota - 1
	onLine
	superscript
)

var (
	superscripts = strings.NewReplacer(
		"0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "−", "⁻", "–", "⁻", "\u2011", "⁻", "(", "⁽", ")", "⁾", "n", "ⁿ")
	subscripts = strings.NewReplacer(
		"0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉",
		"+", "₊", "-", "₋", "−", "₋", "–", "₋", "\u2011", "₋", "(", "₍", ")", "₎", "n", "ₙ")
)

// scriptSigns are the characters that have a raised and a lowered form of their own; scriptGaps may stand between them.
const (
	scriptFigures = "0123456789+-−–\u2011n"
	scriptSigns   = scriptFigures + "()"
	scriptGaps    = ",.; \u00a0"
)

// set is a run of text set this way. Raised figures without a mark of it change a number in silence, "10⁶" to "106", so
// they become the characters that say it. Text with letters, "19th", stays as it is, and so do brackets without
// any, in which the mark of a note may have stood.
func (s script) set(text string) string {
	if s == onLine || !strings.ContainsAny(text, scriptFigures) || strings.ContainsFunc(text, isOtherThanScript) {
		return text
	}
	if s == superscript {
		return superscripts.Replace(text)
	}
	return subscripts.Replace(text)
}

func isOtherThanScript(c rune) bool { return !strings.ContainsRune(scriptSigns+scriptGaps, c) }

// scriptOf is the script that Office's files name: "superscript" and "subscript".
func scriptOf(name string) script {
	switch name {
	case "superscript":
		return superscript
	case "subscript":
		return subscript
	}
	return onLine
}
