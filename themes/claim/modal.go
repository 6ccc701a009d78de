package claim

import (
	"regexp"
	"strings"
)

// modal reads the clause around a modal at word i, if it asks something.
func (a *asking) modal(i int) {
	if !modals[a.at(i)] || a.tagged(i, "NN") && a.at(i+1) != "to" || a.at(i-1) == "no" {
		return
	}
	verb, ok := a.verbBehind(i)
	switch joined := a.at(i-1) == "and" || a.at(i-1) == "or" || a.at(i-1) == "but"; {
	case !ok:
	case joined && len(a.found) > 0 && within(a.span(i, i+1), a.found[len(a.found)-1].Span):
		a.again(i, verb)
	case joined && len(a.found) == 0 && a.elided(i), // "need not be one, but ought to know"
		i == 0 && (a.at(0) == "should" || a.at(0) == "must"): // "Should be the normal thing to do."
		a.add(i, i, verb, a.clauseEnd(verb), a.at(i))
	default:
		a.clause(i, verb)
	}
}

// clause reads a subject, its modal at i and its verb.
func (a *asking) clause(i, verb int) {
	start := a.subject(i)
	if a.relative(start) || a.described(start, i) {
		return
	}
	if thought := a.thought(start, i); thought != start {
		if start = thought; a.at(start) == "n't" || a.at(start) == "not" {
			start, verb = a.negation(start), a.negation(start)
		}
	}
	if start == i || a.states(start, i) || a.someoneElse(start, i) || a.hardship(start, i, verb) {
		return
	}
	if n := len(a.found); n > 0 && a.words[start].Start < a.found[n-1].End {
		if !coordinating[a.at(start-1)] || a.words[start].Start <= a.found[n-1].Action.Start {
			return // inside what is asked already
		}
		a.cut(start)
	}
	a.add(start, i, verb, a.clauseEnd(verb), a.at(i))
}

// coordinating are words and marks behind which a clause of its own may begin.
var coordinating = set("and but or , ;")

// states reports a clause that does not stand by itself: no subject, a condition, a question inside, or what only describes a noun.
func (a *asking) states(start, i int) bool {
	return !a.named(start, i) || a.turned(start) || wh[a.at(start)] && !a.whatever(start, i) || wh[a.at(i-1)] || a.relative(start) || a.described(start, i)
}

// someoneElse reports a clause that is no wish of the writer's for others: its own plans, a view that it only shares, what others or the
// law say, and how the response is to be read.
func (a *asking) someoneElse(start, i int) bool {
	return a.ours(start, i) || a.agreed(start) || a.hearsay(start) || a.aboutThis(start, i) || a.lawful(i)
}

// hardship reports "families have to wait" and "children who need to move", which tell what people put up with. Of things, and of
// "someone", have to asks.
func (a *asking) hardship(start, i, verb int) bool {
	switch {
	case strings.HasPrefix(a.at(i), "ha"):
		return !a.passiveAt(verb) && len(a.found) == 0 && a.at(start) != "someone" && a.at(start) != "somebody"
	case strings.HasPrefix(a.at(i), "need"):
		return a.relative(i)
	}
	return false
}

// again adds an ask whose subject is that of the one before, which ends where it begins: "and should say each January".
func (a *asking) again(i, verb int) {
	n := len(a.found)
	actor := a.found[n-1].Actor
	a.cut(i)
	a.add(i, i, verb, a.clauseEnd(verb), a.at(i))
	if len(a.found) > n && empty(a.found[n].Actor) && !a.passive(verb) && a.at(verb) != "be" {
		a.found[n].Actor = actor
	}
}

// elided reports whether the modal at i has the subject of a modal before it in the same sentence.
func (a *asking) elided(i int) bool {
	for j := i - 2; j > 0; j-- {
		if a.at(j) == "need" && a.at(j+1) == "not" || a.tagged(j, "MD") && (a.at(j) == "can" || a.at(j) == "may" || a.at(j) == "will") {
			return !a.ours(a.subject(j), j) && !wh[a.at(a.subject(j))]
		}
		if a.at(j) == ";" || wh[a.at(j)] {
			return false
		}
	}
	return false
}

// begins are words behind which a clause begins with its subject.
var begins = set("because that and but so since as")

// negation is where "do n't" begins.
func (a *asking) negation(i int) int {
	if w := a.at(i - 1); w == "do" || w == "does" || w == "did" {
		return i - 1
	}
	return i
}

// whatever reports whether a clause with "what" or "whatever" is the subject itself: "what a child receives should not depend on".
func (a *asking) whatever(start, i int) bool {
	if w := a.at(start); w != "what" && w != "whatever" && w != "whoever" || start > 0 && !a.mark(start-1) && !begins[a.at(start-1)] {
		return false
	}
	return i-start > 2 // a subject of its own, and its verb
}

// thought is where a clause begins behind "I think that"; a denied thought ("I don't think anyone should") begins at its denial.
func (a *asking) thought(start, i int) int {
	if view := inOurView.FindStringIndex(a.text[a.words[start].Start:a.words[i].Start]); view != nil {
		return a.after(a.words[start].Start + view[1])
	}
	if !speaking[a.at(start)] {
		return start
	}
	for j := start + 1; j < i-1; j++ {
		if !thinking[a.at(j)] {
			continue
		}
		if k := start + 2; k < j && (a.at(k) == "n't" || a.at(k) == "not") {
			return k
		}
		if a.at(j+1) == "that" {
			j++
		}
		return j + 1
	}
	return start
}

var inOurView = regexp.MustCompile(`(?i)^in (?:our|my) (?:view|opinion|judgement|experience),?\s`)

var thinking = set("think believe feel say consider hope know")

// named reports whether words from start to i can be a subject.
func (a *asking) named(start, i int) bool {
	for j := start; j < i; j++ {
		if a.tagged(j, "NN") || a.tagged(j, "PRP") || a.tagged(j, "DT") || a.tagged(j, "JJ") || a.tagged(j, "CD") || a.tagged(j, "EX") {
			return true
		}
	}
	return false
}

// ours reports whether it is the writer, or the reader of the letter, that should: nobody else is asked.
func (a *asking) ours(start, i int) bool {
	first, last := a.at(start), a.at(i-1)
	for j := i - 1; j > start && a.tagged(j, "RB"); j-- {
		last = a.at(j - 1)
	}
	return first == "we" || first == "i" || last == "we" || last == "i" || last == "you"
}

// agreed reports whether a clause only says what the writer agrees with or not: a view, which asks for nothing.
func (a *asking) agreed(start int) bool {
	for a.at(start) == "and" || a.at(start) == "that" {
		start++
	}
	return a.at(start-1) == "that" && viewed.MatchString(a.text[a.Start:a.words[start].Start])
}

// viewed is what only gives a view of a "should" behind it: agreement, surprise, a judgement that does not call for it.
var viewed = regexp.MustCompile(`(?i)\b(?:agree|agreed|accept|accepted|argue|surprise|surprised|surprising|odd|unfortunate|tenable|reasonable|strange|wrong|shocking|astonishing|regrettable|sad|absurd|likely|possible|intended)\s+(?:[^,;]{0,60}\s|that [^;]{0,120}\band )?that $`)

// aboutThis reports a sentence on how the response itself is to be read.
func (a *asking) aboutThis(start, i int) bool {
	return handling.MatchString(a.text[a.words[start].Start:a.words[i].Start]) || noting.MatchString(a.text[a.words[i].Start:a.End])
}

var handling = regexp.MustCompile(`(?i)\b(?:this|our) (?:paper|response|submission|letter|evidence|note|form|reply)\b|\breaders?\b|what follows|\b(?:enquiries|questions) (?:should|must)?`)

// noting are sentences that only say how something is to be taken.
var noting = regexp.MustCompile(`(?i)^(?:should|must|ought to|needs? to)\s+(?:not\s+|also\s+|therefore\s+|always\s+)?(?:already\b|worry\b|surprise\b|concern\b|alarm\b|be (?:read|remembered|noted|said|stressed|added|understood|quoted|forgotten|taken to mean)\b)`)

// verbBehind is the verb that a modal governs, with its "not": "should not be", "needs to publish", "ought to". The past ("should have
// been") asks nothing.
func (a *asking) verbBehind(i int) (int, bool) {
	v := i + 1
	switch a.at(i) {
	case "ought", "need", "needs", "has", "have":
		denied := -1
		for a.tagged(v, "RB") {
			if a.denies(v, v+1) {
				denied = v
			}
			v++
		}
		if a.at(v) != "to" {
			return 0, false
		}
		if v++; denied >= 0 { // "ought not to legislate"
			return denied, true
		}
	}
	first := v
	if k := a.aside(v); k > v {
		if a.denies(v, k) { // "must under no circumstances be cut"
			return v, true
		}
		return k, true
	}
	for v < len(a.words) && (a.tagged(v, "RB") || a.at(v) == "," && a.tagged(v+1, "RB")) && !a.base(v) {
		v++
	}
	if v >= len(a.words) || a.at(v) == "have" && (a.tagged(v+1, "VBN") || a.tagged(v+1, "VBD") || a.at(v+1) == "been") {
		return 0, false
	}
	if a.denies(first, v) {
		return first, true
	}
	if a.tagged(v, "VB") || a.tagged(v, "NN") || a.tagged(v, "JJ") || a.base(v) {
		return v, true
	}
	return 0, false
}

// denies reports whether one of the words from i to before j says no.
func (a *asking) denies(i, j int) bool {
	for ; i < j; i++ {
		switch a.at(i) {
		case "not", "n't", "never", "no", "neither", "nor":
			return true
		}
	}
	return false
}

// aside is the verb behind a phrase put in between, "should in any event set up"; v where there is none.
func (a *asking) aside(v int) int {
	if !a.tagged(v, "IN") {
		return v
	}
	for k := v + 1; k < min(len(a.words), v+5) && !a.mark(k); k++ {
		if a.tagged(k, "VB") && len(a.words[k].Tag) == 2 || commands[a.at(k)] {
			return k
		}
	}
	return v
}

// base reports a verb in its base form.
func (s *sentence) base(i int) bool {
	return s.tagged(i, "VB") && !s.tagged(i, "VBZ") && !s.tagged(i, "VBD")
}

// passiveAt reports "be done" and "not be done".
func (a *asking) passiveAt(v int) bool {
	for a.at(v) == "not" || a.tagged(v, "RB") {
		v++
	}
	return a.at(v) == "be"
}

var recommending = set("recommendation recommendations view views ask asks request belief position")

// turned reports whether a clause stands under a condition or a question of its own: "if a council should".
func (a *asking) turned(start int) bool {
	switch a.at(start - 1) {
	case "if", "whether", "unless", "when", "than", "why", "how":
		return true
	}
	return false
}

// relative reports whether a clause only describes a noun: "the support that they should receive".
func (a *asking) relative(start int) bool {
	before := a.at(start - 1)
	if before == "," { // "where, for us, it ought to begin"
		for j := start - 2; j > 0 && j > start-8; j-- {
			if a.at(j) == "," {
				if wh[a.at(j-1)] {
					return true
				}
				break
			}
		}
	}
	return wh[before] || before == "that" && (a.tagged(start-2, "NN") || a.tagged(start-2, "JJS") || a.tagged(start-2, "DT")) && !recommending[a.at(start-2)] || a.at(start) == "that" && a.tagged(start-1, "NN")
}

// described reports whether a modal belongs to what is only said of a noun in its subject: "the support that they should receive".
func (a *asking) described(start, i int) bool {
	for j := i - 1; j > start; j-- {
		if (wh[a.at(j)] || a.at(j) == "that") && (a.tagged(j-1, "NN") || a.tagged(j-1, "PRP") || a.tagged(j-1, "DT")) {
			return true
		}
		if a.tagged(j, "V") || a.mark(j) {
			return false
		}
	}
	return false
}

// hearsay reports whether somebody else is said to say it.
func (a *asking) hearsay(start int) bool {
	before := a.text[a.Start:a.words[start].Start]
	if i := strings.LastIndexAny(before, ";—"); i >= 0 {
		before = before[i:]
	}
	m := attributed.FindAllStringIndex(before, -1)
	if m == nil || ofNoun.MatchString(before[:m[len(m)-1][0]]) {
		return false
	}
	rest := strings.ToLower(before[m[len(m)-1][1]:])
	return !strings.Contains(rest, " but ") && !strings.Contains(rest, ", and we ") && !strings.Contains(rest, " we ")
}

// lawful reports a must of the law as it is: "At present the authority must name it".
func (a *asking) lawful(i int) bool {
	return a.at(i) != "should" && a.at(i) != "ought" && asItIs.MatchString(a.text[a.Start:a.End])
}

var asItIs = regexp.MustCompile(`(?i)^\s*(?:at present|currently|already|under (?:the|section|regulation)|by law|in law|the law)\b`)

// ofNoun is a word that makes what the plan says only part of a noun: "what the plan sets out to do".
var ofNoun = regexp.MustCompile(`(?i)\b(?:what|which|that|as) $`)

var (
	modals     = set("should must ought need needs has have")
	wh         = set("who which what how where when whether why whom whose whatever whoever")
	speaking   = set("we i our my us")
	pronouns   = set("it they he she them this that these those")
	turns      = set("but so because if when while although whether where then unless though since until as than")
	askVerbs   = set("recommend recommends urge urges want wants ask asks propose proposes request requests suggest suggests invite invites encourage encourages seek")
	attributed = regexp.MustCompile(`(?i)\b(?:the\s+)?(?:plan|paper|government|department|dfe|ministers?|law|act|code|regulations?|guidance|framework|statute|it|critics|some|others|opponents)\s+(?:also\s+|now\s+|already\s+|itself\s+|rightly\s+)?(?:says?|said|argues?|argued|states?|stated|claims?|claimed|requires?|proposes?|proposed|promises?|promised|suggests?|suggested|believes?|insists?|expects?|sets? out|provides?|hopes?|wants?)\b`)
)
