package index

import (
	"strings"
	"unicode"

	"github.com/blevesearch/go-porterstemmer"
)

// apart are families of words that Porter's stemmer joins with others of another meaning ("us" with "use", "authority" with "author"),
// and the stem that they have here instead.
var apart = families(map[string]string{
	"as":          "as",
	"authority":   "authority authorities",
	"business":    "business businesses",
	"community":   "community communities",
	"evening":     "evening evenings",
	"executive":   "executive executives",
	"experiment":  "experiment experiments experimental experimentally experimentation",
	"generous":    "generous generously generosity",
	"his":         "his",
	"important":   "important importantly importance",
	"informal":    "informal informally",
	"news":        "news",
	"one":         "one ones",
	"rational":    "rational rationally",
	"responsible": "responsible responsibly responsibility responsibilities",
	"several":     "several",
	"university":  "university universities",
	"use":         "use used uses using useful usefully usefulness",
	"willing":     "willing willingly willingness",
})

func families(of map[string]string) map[string]string {
	out := map[string]string{}
	for stem, words := range of {
		for _, w := range strings.Fields(words) {
			out[w] = stem
		}
	}
	return out
}

// stem is Porter's stem of a folded word, but for the words that are kept [apart]. Words with a figure have none.
func stem(fold string) string {
	if s, ok := apart[fold]; ok {
		return s
	}
	if len(fold) > maxStemmed || strings.ContainsFunc(fold, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		return fold
	}
	if s := string(porterstemmer.StemWithoutLowerCasing([]rune(fold))); s != "" {
		return s
	}
	return fold
}
