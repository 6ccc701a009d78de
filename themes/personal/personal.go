// Package personal finds personal data in a text by rules: e-mail addresses, telephone numbers, postcodes, National Insurance and NHS
// numbers, dates of birth, and the names of children and schools where a word beside them says that they are such.
//
// It finds some and not all: names that nothing announces are not found, and no text without findings is anonymous. Whoever shows its
// findings says so. Start at [Find].
package personal

import (
	"cmp"
	"slices"
	"strings"
)

// A Kind is a kind of personal data, in the words that a reader sees.
type Kind string

// The kinds.
const (
	Email    Kind = "e-mail address"
	Phone    Kind = "telephone number"
	Postcode Kind = "postcode"
	NI       Kind = "National Insurance number"
	NHS      Kind = "NHS number"
	Birth    Kind = "date of birth"
	Child    Kind = "name of a child"
	School   Kind = "name of a school"
)

// Kinds are all kinds, in the order in which outputs list them.
var Kinds = []Kind{Child, Birth, NHS, NI, School, Postcode, Phone, Email}

// A Certainty is how sure a finding is.
type Certainty string

// The certainties.
const (
	Sure   Certainty = "sure"   // the form itself tells: a check digit, an @
	Likely Certainty = "likely" // words beside it tell, or a form that few other things have
)

// A Finding is a stretch of the text that looks like personal data.
type Finding struct {
	Start, End int // byte offsets
	Kind       Kind
	Certainty  Certainty
}

// maxText bounds what is read, in bytes.
const maxText = 16 << 20

// Find lists what looks like personal data, in the order of the text; findings do not overlap. Known are names of organisations that are
// no schools although they look it, the members' for one. What lies beyond 16 MB is not read.
func Find(text string, known []string) []Finding {
	if len(text) > maxText {
		text = text[:maxText]
	}
	var all []Finding
	for _, find := range []func(string) []Finding{emails, nationalInsurance, nhsNumbers, births, postcodes, phones, children} {
		all = append(all, find(text)...)
	}
	all = append(all, schools(text, known)...)
	return apart(all)
}

// apart drops what overlaps a finding that begins before it, or a longer one that begins where it does.
func apart(all []Finding) []Finding {
	slices.SortStableFunc(all, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var out []Finding
	for _, f := range all {
		if n := len(out); n == 0 || f.Start >= out[n-1].End {
			out = append(out, f)
		}
	}
	return out
}

// Masked is a finding's words with all but the first and last letter of each word hidden, so that a list of findings does not spread them.
func Masked(words string) string {
	fields := strings.Fields(words)
	for i, w := range fields {
		r := []rune(w)
		for k := 1; k < len(r)-1; k++ {
			if r[k] != '@' && r[k] != '.' {
				r[k] = '·'
			}
		}
		if len(r) == 2 {
			r[1] = '·'
		}
		fields[i] = string(r)
	}
	return strings.Join(fields, " ")
}
