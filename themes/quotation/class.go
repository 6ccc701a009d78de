package quotation

import (
	"strings"
	"unicode"
)

// setOf is a list of words as a set.
func setOf(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// The words that turn a sentence. What makes a change grave is a list of words, not a model: everything that is not on a list is a change
// all the same.
var (
	negations = setOf(`not no never nor neither none nothing nobody nowhere without cannot unable hardly barely scarcely seldom rarely refuse refuses refused
		fail fails failed failing lack lacks lacking lacked against reject rejects rejected oppose opposes opposed`)
	modals      = setOf(`must should shall will would may might can could ought need needs`)
	quantifiers = setOf(`all most many few some several every each both any majority minority half almost nearly only always often sometimes usually
		rarely never more less least fewer mostly largely mainly everyone everybody nobody none entire entirely whole wholly partly completely fully just
		much little numerous various both either overwhelming`)
	numerals = setOf(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
		thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens once
		twice thrice double triple treble first second third fourth fifth sixth seventh eighth ninth tenth quarter quarters thirds percent percentage`)
	dates = setOf(`january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
		monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday spring summer autumn winter`)
	monies     = setOf(`pound pounds pence penny euro euros dollar dollars gbp eur usd`)
	conditions = setOf(`if unless provided providing until except whether subject conditional`)
)

// negates reports a word that denies.
func negates(fold string) bool {
	return negations[fold] || strings.HasSuffix(fold, "n't")
}

// isYear reports a number that is read as a year, or as two: "2023", "2023/24" is two words.
func isYear(fold string) bool {
	return len(fold) == 4 && (strings.HasPrefix(fold, "19") || strings.HasPrefix(fold, "20")) && !strings.ContainsFunc(fold, func(r rune) bool { return !unicode.IsDigit(r) })
}

func hasDigit(fold string) bool { return strings.ContainsFunc(fold, unicode.IsDigit) }

// number reports a word that says how many.
func number(fold string) bool {
	if hasDigit(fold) || numerals[fold] {
		return true
	}
	for _, tens := range []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if rest, ok := strings.CutPrefix(fold, tens); ok && numerals[rest] {
			return true
		}
	}
	return false
}

// A kind is a class with its words.
type kind struct {
	class Class
	has   func(fold string) bool
}

// kinds are the classes of which a word can be, the gravest first.
var kinds = []kind{
	{Negation, negates},
	{Currency, func(f string) bool { return strings.ContainsAny(f, "£$€") || monies[f] }},
	{Date, func(f string) bool { return isYear(f) || dates[f] }},
	{Number, number},
	{Modal, func(f string) bool { return modals[f] }},
	{QuantityOf, func(f string) bool { return quantifiers[f] }},
}

// classOf says what a change from some words to others is; either may be empty.
func classOf(source, draft []word) Class {
	count := map[string]int{}
	for _, w := range source {
		count[w.fold]++
	}
	for _, w := range draft {
		count[w.fold]--
	}
	if denial(source, draft) {
		return Negation
	}
	for _, k := range kinds {
		for _, list := range [][]word{source, draft} {
			for _, w := range list {
				if count[w.fold] != 0 && k.has(w.fold) {
					return k.class
				}
			}
		}
	}
	switch {
	case len(source) == 0:
		return Added
	case len(draft) == 0:
		return Dropped
	case sameWords(count):
		return Moved
	}
	return Replaced
}

func sameWords(count map[string]int) bool {
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

// deniers are the syllables that turn a word into its contrary.
var (
	deniers    = []string{"un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "de"}
	denyingEnd = "less"
)

// denial reports that a word was made its contrary by a syllable: "insufficient", "sufficient".
func denial(source, draft []word) bool {
	for _, s := range source {
		for _, d := range draft {
			if contrary(s.fold, d.fold) || contrary(d.fold, s.fold) {
				return true
			}
		}
	}
	return false
}

func contrary(denied, plain string) bool {
	if len(plain) < 3 || denied == plain {
		return false
	}
	for _, p := range deniers {
		if denied == p+plain {
			return true
		}
	}
	stem, ok := strings.CutSuffix(denied, denyingEnd)
	return ok && (plain == stem || plain == stem+"ful")
}
