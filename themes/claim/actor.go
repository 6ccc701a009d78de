package claim

import (
	"regexp"
	"slices"

	"collate/index"
)

// who is the body that is to act: the subject of an active verb where it can act, or what follows "by" after a passive one.
func (a *asking) who(start, modal, verb, end int) index.Span {
	if a.passive(verb) {
		return a.byWhom(verb, end)
	}
	if a.passiveAt(verb) { // "should be at the table": a state
		return index.Span{}
	}
	for modal > start && a.tagged(modal-1, "RB") {
		modal--
	}
	if modal > start && (modals[a.at(modal-1)] || a.at(modal-1) == "to") {
		modal--
	}
	switch {
	case start >= modal:
		return index.Span{}
	case modal-start == 1 && a.at(start) == "you":
		return a.span(start, modal)
	case modal-start == 1 && pronouns[a.at(start)]:
		return a.antecedent(start)
	case a.acts(start, modal) && a.nounEnd(start) > start && !gains[a.at(verb)]:
		return a.span(start, modal)
	}
	return index.Span{}
}

// byWhom is the body behind "by", which may also stand before a date.
func (a *asking) byWhom(verb, end int) index.Span {
	for j := verb; j < end; j++ {
		if a.at(j) != "by" || a.at(j-1) == "without" || slices.ContainsFunc(a.dates, func(d Date) bool { return overlap(d.Span, a.span(j, j+1)) }) {
			continue
		}
		if k := a.nounEnd(j + 1); k > j+1 && a.acts(j+1, k) {
			return a.span(j+1, k)
		}
	}
	return index.Span{}
}

// antecedent is the body that a pronoun at i stands for: the one that the sentence begins with, "the Department knows this and it
// should", else the one that the sentence before began with.
func (a *asking) antecedent(i int) index.Span {
	for j := i - 1; j >= 0; j-- {
		if !a.acts(j, j+1) {
			continue
		}
		k := j
		for k > 0 && (a.tagged(k-1, "DT") || a.tagged(k-1, "JJ")) {
			k--
		}
		if k == 0 {
			return a.span(k, j+1)
		}
	}
	return a.actor
}

// gains are verbs whose subject only comes to have something: it is not the one who acts.
var gains = set("be know have get receive see hear")

// passive reports whether a verb is "be" with a participle behind it.
func (a *asking) passive(v int) bool {
	for a.at(v) == "not" || a.at(v) == "never" || a.tagged(v, "RB") {
		v++
	}
	if a.at(v) != "be" {
		return false
	}
	v++
	for a.tagged(v, "RB") || a.at(v) == "more" {
		v++
	}
	return a.tagged(v, "VBN") || a.tagged(v, "VBD") || a.tagged(v, "JJ")
}

// nounEnd is where the noun phrase at j ends.
func (a *asking) nounEnd(j int) int {
	for j < len(a.words) && a.inNoun(j) {
		j++
	}
	return j
}

// inNoun reports whether word j can stand in a noun phrase.
func (a *asking) inNoun(j int) bool {
	switch a.at(j) {
	case "of":
		return true
	case "and":
		return a.tagged(j+1, "NN")
	case "for":
		return j+1 < len(a.words) && capital(a.words[j+1].Word)
	}
	return slices.ContainsFunc([]string{"DT", "NN", "JJ", "PRP$", "CD", "POS"}, func(tag string) bool { return a.tagged(j, tag) })
}

// acts reports whether a body or a person that can act stands at the head of the words.
func (a *asking) acts(from, to int) bool {
	for j := from; j < to; j++ {
		if a.at(j) == "of" || a.at(j) == "for" || a.at(j) == "in" || a.at(j) == "with" || wh[a.at(j)] {
			return false
		}
		if actors[a.at(j)] && !(j+1 < to && a.tagged(j+1, "NN") && !actors[a.at(j+1)]) {
			return true
		}
		at := a.span(j, j+1)
		for _, m := range a.out.Mentions {
			if m.Kind == Organisation && overlap(m.Span, at) {
				return true
			}
		}
	}
	return false
}

var actors = set(`government department departments minister ministers secretary council councils authority authorities school schools dfe dhsc ofsted inspectorate inspectors inspector trust trusts committee parliament
	nhs board boards icb icbs provider providers college colleges treasury tribunal commissioners commissioner partners governors headteachers heads head teachers teacher sencos senco officials
	universities employers agencies agency panel panels partnership partnerships ombudsman regulator regulators leaders staff professionals practitioners therapists psychologists services caseworkers caseworker
	service mediators judges civil drafters authors consortium coalition team teams nobody somebody someone anyone areas area lawmakers mps peers`)

// remember keeps the body that a sentence begins with, for "it" and "they" in the next one.
func (r *reader) remember(s *sentence) {
	a := asking{reader: r, sentence: s}
	i := 0
	for i < len(s.words) && (s.tagged(i, "RB") || s.tagged(i, "IN") || s.tagged(i, "CC") || s.mark(i)) {
		i++
	}
	j := a.nounEnd(i)
	if pronouns[s.at(i)] && j == i+1 {
		return
	}
	r.actor = index.Span{}
	if j > i && a.acts(i, j) {
		r.actor = s.span(i, j)
	}
}

var atOnce = regexp.MustCompile(`(?i)\b(?:immediately|at once|now|without delay|straight away|urgently|as soon as possible|(?:by|before|from|in time for) the (?:start|end|beginning) of (?:the|this|next) (?:\w+ )?(?:term|year|parliament)|before the (?:summer|next election|election)|(?:by|before|at|in|from) the (?:next|preceding|following|coming) (?:fiscal event|budget|spending review|easter|christmas|summer|term|session|year|election|parliament)|within (?:the next )?\w+ (?:weeks?|months?|terms?|years?)(?: of (?:the plan|publication|royal assent))?|this (?:year|term|parliament))\b`)

// deadline is by when it is to be done.
func (a *asking) deadline(at index.Span) index.Span {
	for _, d := range a.dates {
		if within(d.Span, at) && d.Start != d.bare.Start {
			return d.Span
		}
	}
	if m := atOnce.FindStringIndex(a.text[at.Start:at.End]); m != nil {
		return index.Span{Start: at.Start + m[0], End: at.Start + m[1]}
	}
	return index.Span{}
}
