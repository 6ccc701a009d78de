package claim

import (
	"regexp"
	"slices"
)

// clefts are "What we ask is notice", "our one request is to ...", "we have one request, which is to ...", up to what is asked.
var clefts = regexp.MustCompile(`(?i)(?:^|[.;:,] |\band |we )(?:what (?:we|i|our members|families|parents|schools)\b[^,;.]{0,30}?\b(?:ask|asks|want|wants|need|needs|would like|(?P<not>should not like|would not like|do not want|don['’]t want))(?: for)?(?: to see)? is|(?:our|my|have|has|the)(?: \w+){0,3} (?:request|ask|plea|recommendation|demand)s?(?:, which)? (?:is|are))(?: simple:| this:)?(?: that| to)? `)

// cleft reads a request in a noun, or one turned round: "What we want is more of it".
func (a *asking) cleft() {
	m := clefts.FindStringSubmatchIndex(a.text[a.Start:a.End])
	if m == nil {
		return
	}
	from := a.after(a.Start + m[1])
	if from >= len(a.words) || wh[a.at(from)] || turns[a.at(from)] {
		return
	}
	start, action := from, from
	if m[2] >= 0 {
		start = a.after(a.Start+m[2]) + 1
		action = start
	} else if _, verb := a.asked(from, "ask"); verb > from {
		action = verb
		if a.at(verb-1) == "not" {
			action--
		}
	}
	a.add(start, action, action, a.clauseEnd(max(action, from)), "a request")
}

// lacking is "teachers need proper training": a need with what it wants of the thing.
var lacking = regexp.MustCompile(`(?i)\bneeds? (?:much |far )?(?:more|better|proper|equal|equivalent|stronger|adequate|sufficient|dedicated|mandatory|extra|additional|ring-fenced|guaranteed)\b`)

// needed is "a workforce strategy is needed".
var needed = regexp.MustCompile(`(?i)\b(?:is|are) (?:also |now |badly |urgently |desperately )*needed\b`)

// lack reads a need that stands for an ask.
func (a *asking) lack() {
	text := a.text[a.Start:a.End]
	if m := lacking.FindStringIndex(text); m != nil {
		i := a.after(a.Start + m[0])
		start := a.subject(i)
		for k := start + 1; k < i; k++ { // "I wanted to say teachers"
			if said[a.at(k)] {
				start = k + 1
			}
		}
		if start < i && a.named(start, i) && !a.relative(start) && !a.described(start, i) && !a.turned(start) && !a.ours(start, i) && !wh[a.at(start)] && !a.hearsay(start) {
			a.add(start, i, i+1, a.clauseEnd(i+1), "need")
		}
		return
	}
	if m := needed.FindStringIndex(text); m != nil {
		i := a.after(a.Start + m[0])
		start := a.subject(i)
		if start < i && a.named(start, i) && !slices.Contains(a.lower[start:i], "no") && !slices.Contains(a.lower[start:i], "not") && !a.tagged(start, "CD") && !a.relative(start) && !a.described(start, i) && !a.turned(start) && !pronouns[a.at(start)] && !wh[a.at(start)] && !a.hearsay(start) {
			a.add(start, i, i, a.clauseEnd(i), "needed")
		}
	}
}

// noun reads what stands without a verb under a heading that asks: "Three-year budgets for the whole service."
func (a *asking) noun() {
	if !a.advice || a.at(len(a.words)-1) == ":" || len(a.words) < 4 {
		return
	}
	for i := range a.words {
		if wh[a.at(i)] || a.at(i) == "that" {
			break // what follows only describes the noun
		}
		if a.tagged(i, "VBZ") || a.tagged(i, "VBP") || a.tagged(i, "VBD") && a.at(i-1) != "," || a.tagged(i, "MD") {
			return
		}
	}
	if !(a.tagged(0, "DT") || a.tagged(0, "NN") || a.tagged(0, "JJ") && !a.tagged(1, "TO") || a.tagged(0, "CD")) {
		return
	}
	a.add(0, 0, 0, a.clauseEnd(1), "a heading that asks")
}

// plea reads "More money for that please".
func (a *asking) plea() {
	for j := len(a.words) - 1; j > 0 && j > len(a.words)-4; j-- {
		if a.at(j) == "please" && a.at(j-1) != "yes" && len(a.words) < 20 {
			a.add(0, 0, 0, trimComma(a.sentence, j), "please")
			return
		}
	}
}
