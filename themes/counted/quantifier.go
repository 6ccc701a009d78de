package counted

import (
	"slices"
	"strings"
)

// A phrase is words that stand for an amount.
type phrase struct {
	words  []string
	amount Amount
}

// quantifiers are the phrases for amounts without a number, the longest first.
type quantifiers []phrase

// sameWord are other ways of saying a word of a scale; they are its word where the scale has it.
var sameWord = map[string][]string{
	"almost all":     {"nearly all", "virtually all", "practically all", "all but a few", "almost every", "nearly every", "virtually every"},
	"the majority":   {"majority", "a majority", "the majority", "a simple majority"},
	"few":            {"a few", "very few", "only a few", "just a few", "a small minority"},
	"less than half": {"fewer than half", "under half", "a minority", "the minority"},
	"most":           {"most"},
}

// vague are words that no scale gives bounds.
var vague = []string{
	"many", "a good many", "a great many", "very many", "so many", "several", "some", "a number", "a large number", "a small number", "large numbers", "a significant number", "a good number", "numerous", "a handful", "a couple", "a range", "a variety",
	"the overwhelming majority", "an overwhelming majority", "the vast majority", "a vast majority", "the great majority", "a large majority", "a clear majority", "the large majority", "a strong majority",
	"a significant minority", "a sizeable minority", "a large minority", "a substantial minority", "a minority", "a significant proportion", "a large proportion", "a high proportion", "a small proportion", "a proportion", "the bulk", "a large share", "countless", "various", "quite a few", "more than a few", "not many", "plenty", "lots", "a lot", "dozens", "scores", "hardly any", "scarcely any", "a small minority",
}

func newQuantifiers(scale []string) quantifiers {
	var out quantifiers
	seen := map[string]bool{}
	add := func(text string, a Amount) {
		if words := plain(text); len(words) > 0 && !seen[strings.Join(words, " ")] {
			seen[strings.Join(words, " ")] = true
			out = append(out, phrase{words, a})
		}
	}
	for _, w := range []string{"all", "every", "each", "every single", "each and every", "every one", "each one", "the whole", "the entire", "the entirety", "the whole of"} {
		add(w, Amount{Kind: All})
	}
	for _, w := range []string{"no", "none", "not one", "not a single", "not a single one", "no single", "nobody", "no one"} {
		add(w, Amount{Kind: Number})
	}
	for _, w := range []string{"not all", "not every", "not every one"} {
		add(w, Amount{Kind: NotAll})
	}
	add("both", Amount{Kind: All, Of: 2})
	add("either", Amount{Kind: All, Of: 2})
	add("neither", Amount{Kind: Number, Of: 2})
	for _, w := range scale {
		add(w, Amount{Kind: Scaled, Word: w})
	}
	for _, w := range scale {
		for _, other := range sameWord[strings.ToLower(w)] {
			add(other, Amount{Kind: Scaled, Word: w})
		}
		if _, bare, ok := strings.Cut(w, " "); ok && (strings.HasPrefix(w, "the ") || strings.HasPrefix(w, "a ")) {
			add(bare, Amount{Kind: Scaled, Word: w})
		}
	}
	for _, w := range slices.Concat(vague, []string{"almost all", "nearly all", "most", "few", "a few"}) { // a scale of other words leaves these without bounds
		add(w, Amount{Kind: Vague, Word: w})
	}
	slices.SortStableFunc(out, func(a, b phrase) int { return len(b.words) - len(a.words) })
	return out
}

// at finds the phrase that begins at token i.
func (q quantifiers) at(ts []token, i int) (Amount, int, bool) {
	for _, p := range q {
		if are(ts, i, p.words...) {
			return p.amount, i + len(p.words), true
		}
	}
	return Amount{}, i, false
}

// hedges stand before a number or share and say on which side of it the count lies, the longest first.
var hedges = []struct {
	words string
	bound Bound
}{
	{"no fewer than", AtLeast}, {"no less than", AtLeast}, {"not fewer than", AtLeast}, {"not less than", AtLeast}, {"at least", AtLeast}, {"a minimum of", AtLeast}, {"upwards of", AtLeast},
	{"no more than", AtMost}, {"not more than", AtMost}, {"at most", AtMost}, {"a maximum of", AtMost}, {"up to", AtMost},
	{"well over", MoreThan}, {"just over", MoreThan}, {"slightly more than", MoreThan}, {"slightly over", MoreThan}, {"a little over", MoreThan}, {"little more than", MoreThan}, {"more than", MoreThan}, {"over", MoreThan}, {"in excess of", MoreThan}, {"above", MoreThan},
	{"just under", Nearly}, {"slightly under", Nearly}, {"a little under", Nearly}, {"slightly fewer than", Nearly}, {"nearly", Nearly}, {"almost", Nearly}, {"close to", Nearly}, {"approaching", Nearly},
	{"well under", FewerThan}, {"fewer than", FewerThan}, {"less than", FewerThan}, {"under", FewerThan}, {"below", FewerThan},
	{"approximately", About}, {"around", About}, {"about", About}, {"roughly", About}, {"some", About}, {"or so", About},
	{"as many as", Exactly}, {"as few as", Exactly}, {"a total of", Exactly}, {"a full", Exactly}, {"fully", Exactly}, {"exactly", Exactly}, {"precisely", Exactly}, {"only", Exactly}, {"just", Exactly}, {"a mere", Exactly}, {"a grand total of", Exactly}, {"all of", Exactly},
}

// maxHedges is how many may stand before one number: "no fewer than a further".
const maxHedges = 3

// further stand before a number of those not counted yet.
var further = []string{"the other", "the remaining", "a further", "another", "an additional", "other"}

// amount reads how many at token i.
func (q quantifiers) amount(ts []token, i int) (Amount, int, bool) {
	if a, next, ok := q.allBut(ts, i); ok {
		return a, next, true
	}
	if a, next, ok := q.at(ts, i); ok && !(lower(ts, i) == "some" || lower(ts, i) == "over" || are(ts, i, "no", "more") || are(ts, i, "no", "fewer") || are(ts, i, "no", "less") || are(ts, i, "no", "longer")) {
		if a.Kind == All && a.Of == 0 { // "all three", "each of the three"
			if n, end, ok := number(ts, next); ok && next < len(ts) {
				a.Of, next = n, end
			}
		}
		return a, next, !idiom(ts, i, next)
	}
	bound, at, rest := Exactly, i, false
	for again, n := true, 0; again && n < maxHedges; n++ {
		again = false
		for _, h := range hedges {
			if first, _, _ := strings.Cut(h.words, " "); first != lower(ts, at) {
				continue
			}
			if words := strings.Fields(h.words); are(ts, at, words...) {
				at, again = at+len(words), true
				if h.bound != Exactly {
					bound = h.bound
				}
				break
			}
		}
		for _, f := range further {
			if words := strings.Fields(f); are(ts, at, words...) {
				at, rest, again = at+len(words), true, true
				break
			}
		}
	}
	a, next, ok := counting(ts, at)
	if !ok {
		if a, next, ok := q.at(ts, at); ok { // "only a handful", "some"
			return a, next, !idiom(ts, i, next)
		}
		a, next, ok = q.at(ts, i) // "some" is no hedge here
		return a, next, ok && !idiom(ts, i, next)
	}
	a.Rest = rest
	if bound != Exactly {
		a.Bound = bound
	}
	if w := lower(ts, next); a.Kind == Number && (w == "more" || w == "further" || w == "other") && lower(ts, next+1) != "than" {
		a.Rest, next = true, next+1
	}
	if are(ts, next, "or", "so") {
		a.Bound, next = About, next+2
	} else if are(ts, next, "or", "more") {
		a.Bound, next = AtLeast, next+2
	} else if are(ts, next, "or", "fewer") || are(ts, next, "or", "less") {
		a.Bound, next = AtMost, next+2
	}
	return a, next, !idiom(ts, i, next)
}

// allBut reads "all but two", "all except one", "all bar two".
func (q quantifiers) allBut(ts []token, i int) (Amount, int, bool) {
	if lower(ts, i) != "all" && lower(ts, i) != "every" {
		return Amount{}, i, false
	}
	switch lower(ts, i+1) {
	case "but", "except", "bar":
		n, next, ok := number(ts, i+2)
		return Amount{Kind: All, Count: n}, next, ok
	}
	return Amount{}, i, false
}

// counting reads a number, with its denominator where one stands behind it, or a share.
func counting(ts []token, i int) (Amount, int, bool) {
	if lower(ts, i) == "between" {
		if from, next, ok := number(ts, i+1); ok && lower(ts, next) == "and" {
			if to, end, ok := number(ts, next+1); ok && to >= from {
				return Amount{Kind: Number, Bound: Between, Count: from, To: to}, end, true
			}
		}
	}
	if a, next, ok := fraction(ts, i); ok {
		return a, next, true
	}
	n, next, ok := number(ts, i)
	if !ok {
		return Amount{}, i, false
	}
	a := Amount{Kind: Number, Count: n}
	if lower(ts, next) == "to" || lower(ts, next) == "or" {
		if to, end, ok := number(ts, next+1); ok && to > n {
			return Amount{Kind: Number, Bound: Between, Count: n, To: to}, end, true
		}
	}
	if lower(ts, next) == "/" {
		if of, end, ok := number(ts, next+1); ok && of >= n && of > 0 {
			a.Of = of
			return a, end, true
		}
	}
	at := next
	if lower(ts, at) == "out" {
		at++
	}
	if lower(ts, at) == "of" {
		at = determiners(ts, at+1)
		if of, end, ok := number(ts, at); ok && of > 0 {
			a.Of = of
			return a, end, true
		}
	}
	return a, next, true
}

// determiner are words between "of" and a noun or its number.
var determiner = set("the our its these those their your all this that every")

// determiners passes over them; more than a few in a row are no English.
func determiners(ts []token, i int) int {
	for end := i + 4; i < end && determiner[lower(ts, i)]; {
		i++
	}
	return i
}

// idiom reports whether the words are no amount where they stand: "first of all", "at all", "all in all", "one of the reasons" is told
// by its noun.
func idiom(ts []token, i, next int) bool {
	before := lower(ts, i-1)
	switch lower(ts, i) {
	case "all":
		return before == "of" && lower(ts, i-2) != "support" && lower(ts, i-2) != "backing" && lower(ts, i-2) != "agreement" || before == "at" || before == "above" || before == "after" || before == "not" || are(ts, next, "the", "same") || are(ts, next, "in", "all")
	case "most":
		return before == "at" || before == "the" || before == "of" && lower(ts, i-2) == "all"
	case "no":
		return before == "with" && lower(ts, next) == "one"
	}
	return false
}
