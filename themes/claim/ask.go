package claim

import (
	"regexp"
	"slices"
	"strings"

	"collate/index"
)

// An Ask is something that the writer wants somebody to do, or not to do.
type Ask struct {
	index.Span            // the clause that asks, without "we recommend that", reasons behind it and the full stop
	Actor      index.Span `json:"actor"`    // who is to do it; may stand before the clause, and is empty where nobody is named
	Action     index.Span `json:"action"`   // what is to be done: the clause from its verb on, without the modal
	Deadline   index.Span `json:"deadline"` // by when, with its preposition; empty where no time is given
	Because    string     `json:"because"`  // the word that asks: "should", "we recommend"
}

// asks finds the asks of one sentence: clauses with a modal, requests in the writer's own voice, and sentences that only say what to do.
//
// "Have to" asks only of things ("the plan has to be funded"): families who have to wait are asked nothing. Strict forms like
// these were right 19 times of 27 on real letters, loose ones 20 of 40.
func (r *reader) asks(s *sentence, dates []Date) {
	a := asking{reader: r, sentence: s, dates: dates}
	defer r.remember(s)
	if s.question() || len(s.words) < 2 {
		return
	}
	listed := r.listing && (s.at(0) == "•" || s.at(0) == "-" || s.at(0) == "that" || !capital(s.words[0].Word) || isNumber(s.words[0].Word))
	r.listing = a.opens() || listed
	if listed {
		a.item()
	}
	for i := 0; i < len(s.words) && !listed; i++ {
		if next := a.request(i); next > i {
			i = next - 1
			continue
		}
		a.modal(i)
	}
	if len(a.found) == 0 {
		a.imperative()
	}
	if len(a.found) == 0 {
		a.plea()
	}
	r.out.Asks = append(r.out.Asks, a.found...)
}

// An asking is one sentence on its way to its asks.
type asking struct {
	*reader
	*sentence
	dates []Date
	found []Ask
}

var (
	modals     = set("should must ought need needs has have")
	wh         = set("who which what how where when whether why whom whose whatever whoever")
	speaking   = set("we i our my us")
	pronouns   = set("it they he she them this that these those")
	turns      = set("but so because if when while although whether where then unless though since until as than")
	asking1    = set("recommend recommends urge urges want wants ask asks propose proposes request requests suggest suggests invite invites encourage encourages seek")
	attributed = regexp.MustCompile(`(?i)\b(?:the\s+)?(?:plan|paper|government|department|dfe|ministers?|law|act|code|regulations?|guidance|framework|statute|it|critics|some|others|opponents)\s+(?:also\s+|now\s+|already\s+|itself\s+|rightly\s+)?(?:says?|said|argues?|argued|states?|stated|claims?|claimed|requires?|proposes?|proposed|promises?|promised|suggests?|suggested|believes?|insists?|expects?|sets? out|provides?|hopes?|wants?)\b`)
)

// modal reads the clause around a modal at word i, if it asks something.
func (a *asking) modal(i int) {
	if !modals[a.at(i)] || a.tagged(i, "NN") && a.at(i+1) != "to" || a.at(i-1) == "no" {
		return
	}
	verb, ok := a.verbBehind(i)
	if !ok {
		return
	}
	if n := len(a.found); n > 0 && (a.at(i-1) == "and" || a.at(i-1) == "or" || a.at(i-1) == "but") && within(a.span(i, i+1), a.found[n-1].Span) {
		actor := a.found[n-1].Actor
		if a.again(i, verb) { // "and should say each January": the subject of the clause before
			if x := &a.found[len(a.found)-1]; empty(x.Actor) && !a.passive(verb) && a.at(verb) != "be" {
				x.Actor = actor
			}
		}
		return
	}
	start := a.subject(i)
	if a.relative(start) || a.described(start, i) {
		return
	}
	start = a.thought(start, i)
	if i == 0 && (a.at(0) == "should" || a.at(0) == "must") { // "Should be the normal thing to do."
		a.add(0, 0, verb, a.clauseEnd(verb), a.at(0))
		return
	}
	switch {
	case !a.named(start, i), a.turned(start), wh[a.at(start)] || wh[a.at(i-1)], a.relative(start), a.described(start, i):
		return
	case a.ours(start, i), a.agreed(start), a.hearsay(start), a.aboutThis(start, i):
		return
	case strings.HasPrefix(a.at(i), "ha") && !a.passiveAt(verb) && len(a.found) == 0 && a.at(start) != "someone" && a.at(start) != "somebody",
		strings.HasPrefix(a.at(i), "need") && a.relative(i):
		return
	}
	if n := len(a.found); n > 0 && a.words[start].Start < a.found[n-1].End {
		if before := a.at(start - 1); before != "and" && before != "but" && before != "or" && before != "," && before != ";" || a.words[start].Start <= a.found[n-1].Action.Start {
			return // inside what is asked already
		}
		a.cut(start)
	}
	a.add(start, i, verb, a.clauseEnd(verb), a.at(i))
}

// again adds an ask whose subject is that of the one before, which ends where it begins.
func (a *asking) again(i, verb int) bool {
	a.cut(i)
	n := len(a.found)
	a.add(i, i, verb, a.clauseEnd(verb), a.at(i))
	return len(a.found) > n
}

// cut ends the last ask before word start.
func (a *asking) cut(start int) {
	x := &a.found[len(a.found)-1]
	j := start
	for j > 0 && (a.mark(j-1) || a.at(j-1) == "and" || a.at(j-1) == "but" || a.at(j-1) == "or") {
		j--
	}
	if end := a.words[j-1].End; end > x.Action.Start {
		x.End, x.Action.End = end, min(x.Action.End, end)
		if x.Deadline.End > end {
			x.Deadline = index.Span{}
		}
	}
}

// thought is where a clause begins behind "I think that"; a denied thought ("I don't think anyone should") begins at its denial.
func (a *asking) thought(start, i int) int {
	if !speaking[a.at(start)] {
		return start
	}
	for j := start + 1; j < i-1; j++ {
		if !thinking[a.at(j)] {
			continue
		}
		if k := start + 1; k < j && (a.at(k+1) == "n't" || a.at(k+1) == "not") {
			return k
		}
		if a.at(j+1) == "that" {
			j++
		}
		return j + 1
	}
	return start
}

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
	return a.at(start-1) == "that" && viewed.MatchString(a.text[a.Start:a.words[start].Start])
}

// viewed is what only gives a view of a "should" behind it: agreement, surprise, a judgement that does not call for it.
var viewed = regexp.MustCompile(`(?i)\b(?:agree|agreed|accept|accepted|argue|surprise|surprised|surprising|odd|unfortunate|tenable|reasonable|strange|wrong|shocking|astonishing|regrettable|sad|absurd|likely|possible|intended)\s+(?:[^,;]{0,60}\s)?that $`)

// aboutThis reports a sentence on how the response itself is to be read.
func (a *asking) aboutThis(start, i int) bool {
	return handling.MatchString(a.text[a.words[start].Start:a.words[i].Start]) || noting.MatchString(a.text[a.words[i].Start:a.End])
}

var handling = regexp.MustCompile(`(?i)\b(?:this|our) (?:paper|response|submission|letter|evidence|note|form|reply)\b|\breaders?\b|what follows`)

// noting are sentences that only say how something is to be taken.
var noting = regexp.MustCompile(`(?i)^(?:should|must|ought to|needs? to)\s+(?:not\s+|also\s+|therefore\s+|always\s+)?(?:already\b|be (?:read|remembered|noted|said|stressed|added|understood|quoted|named|taken to mean)\b)`)

// verbBehind is the verb that a modal governs, with its "not": "should not be", "needs to publish", "ought to". The past ("should have
// been") asks nothing.
func (a *asking) verbBehind(i int) (int, bool) {
	v := i + 1
	switch a.at(i) {
	case "ought", "need", "needs", "has", "have":
		for a.tagged(v, "RB") {
			v++
		}
		if a.at(v) != "to" {
			return 0, false
		}
		v++
	}
	first := v
	for v < len(a.words) && (a.tagged(v, "RB") || a.at(v) == "," && a.tagged(v+1, "RB")) && !a.base(v) {
		v++
	}
	if v >= len(a.words) || a.at(v) == "have" && (a.tagged(v+1, "VBN") || a.tagged(v+1, "VBD") || a.at(v+1) == "been") {
		return 0, false
	}
	if a.at(first) == "not" || a.at(first) == "n't" || a.at(first) == "never" {
		return first, true
	}
	if a.tagged(v, "VB") || a.tagged(v, "NN") || a.tagged(v, "JJ") || a.base(v) {
		return v, true
	}
	return 0, false
}

// base reports a verb in its base form.
func (a *asking) base(i int) bool {
	return a.tagged(i, "VB") && !a.tagged(i, "VBZ") && !a.tagged(i, "VBD")
}

// passiveAt reports "be done" and "not be done".
func (a *asking) passiveAt(v int) bool {
	for a.at(v) == "not" || a.tagged(v, "RB") {
		v++
	}
	return a.at(v) == "be"
}

// subject is where the subject of the verb at i begins.
func (a *asking) subject(i int) int {
	end := i
	for end > 0 && a.tagged(end-1, "RB") {
		end--
	}
	if end > 0 && a.at(end-1) == "," { // "any band, which ..., should": the subject stands before what is put in
		for j := end - 2; j >= 0; j-- {
			if a.at(j) == "," {
				end = j
				break
			}
		}
	}
	start := end
	verb := false
	for j := end - 1; j >= 0; j-- {
		w := a.at(j)
		switch {
		case a.mark(j) || w == "." || w == "\"" || w == "”" || w == "“" || w == "•":
			return start
		case turns[w] && w != "as" && w != "than" && w != "since" && w != "where" || w == "that" && (j == 0 || a.tagged(j-1, "V") || a.tagged(j-1, "JJ") || a.at(j-1) == "us" || recommending[a.at(j-1)]):
			return start
		case wh[w] && j > 0 && !a.tagged(j-1, "NN") && !a.tagged(j-1, "DT"):
			return j
		case (w == "and" || w == "or") && (verb || a.closes(j)):
			return start
		}
		if (a.tagged(j, "VBZ") || a.tagged(j, "VBD") || a.tagged(j, "VBP")) && !wh[a.at(j-1)] {
			verb = true
		}
		start = j
	}
	return start
}

var recommending = set("recommendation recommendations view views ask asks request belief position")

// closes reports whether a clause with a verb of its own ends before the "and" at j.
func (a *asking) closes(j int) bool {
	for k := j - 1; k >= 0 && !a.mark(k) && !wh[a.at(k)] && a.at(k) != "that"; k-- {
		if a.tagged(k, "VBZ") || a.tagged(k, "VBD") || a.tagged(k, "VBP") || a.tagged(k, "MD") || a.base(k) {
			return true
		}
	}
	return false
}

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
	if m == nil {
		return false
	}
	rest := strings.ToLower(before[m[len(m)-1][1]:])
	return !strings.Contains(rest, " but ") && !strings.Contains(rest, ", and we ") && !strings.Contains(rest, " we ")
}

// clauseEnd is where what is asked ends: before a reason, another clause, or the end of the sentence.
func (a *asking) clauseEnd(verb int) int {
	denied := a.at(verb) == "not" || a.at(verb) == "n't"
	for j := verb + 1; j < len(a.words); j++ {
		w := a.at(j)
		switch {
		case w == ";" || w == "—" || w == "–" || w == "!" || w == ":", w == "." && (j == len(a.words)-1 || capital(a.words[j+1].Word)):
			return j
		case w == "because" && !denied, w == "since" && a.at(j-1) == ",", w == "so" && (a.at(j+1) == "that" || a.at(j-1) == ","), w == "as" && a.at(j-1) == ",", w == "but" && a.at(j-1) == ",":
			return trimComma(a.sentence, j)
		case (w == "and" || w == "but" || w == "or") && a.freshClause(j+1), w == "," && (a.at(j+1) == "which" || a.at(j+1) == "who"):
			return trimComma(a.sentence, j)
		case w == "," && !turns[a.at(j+1)] && a.at(j+1) != "provided" && a.freshClause(j+1):
			return j
		case w == "thank" && a.at(j+1) == "you", w == "please" && j > verb+1:
			return trimComma(a.sentence, j)
		}
	}
	return len(a.words)
}

func trimComma(s *sentence, j int) int {
	for j > 0 && s.at(j-1) == "," {
		j--
	}
	return j
}

// freshClause reports whether a subject with a verb or a modal of its own begins at j.
func (a *asking) freshClause(j int) bool {
	noun := false
	for k := j; k < min(len(a.words), j+14); k++ {
		w := a.at(k)
		switch {
		case a.mark(k) || w == "." || wh[w] || w == "that":
			return false
		case a.tagged(k, "MD") || modals[w] && (w == "must" || w == "should"):
			return k > j && noun
		case (a.tagged(k, "VBZ") || a.tagged(k, "VBD") || a.tagged(k, "VBP")) && noun:
			return true
		case a.tagged(k, "NN") || a.tagged(k, "PRP") || a.tagged(k, "DT"):
			noun = true
		}
	}
	return false
}

// requestForms are requests in the writer's own voice up to what is asked.
var requestForms = regexp.MustCompile(`^(?:(?i:we|i|our (?:members|trustees|committee|schools|parents|executive)|members|families|parents|leaders|colleagues|schools|colleges|teachers)|(?:The |the )?\p{Lu}[\p{L}’'-]*(?: (?:of |for |and |the )*\p{Lu}[\p{L}’'-]*){0,6})?\s*` +
	`(?i:(?:also|therefore|strongly|jointly|further|just|simply|do|accordingly|respectfully)\s+)*` +
	`(?P<verb>(?i:(?:would |should |might |must |['’]d )?(?:also |therefore |strongly |just |much )?(?:recommends?|urges?|calls? on|calls? upon|calls? for|asks? for|asks?|wants?|like|love|prefer|rather|propose|request|welcome|press for|want to see|suggest|invite|encourage|seek)|would not want|do not want|don['’]t want|please))\b(?P<that> that)?`)

// notAsked are openings of letters, and words on how the response itself is to be handled.
var notAsked = regexp.MustCompile(`(?i)^(?:find|see|note|contact|accept|excuse|forgive|do not name|don['’]t name|let me|let us|get in touch|do not hesitate|don['’]t hesitate|keep (?:us|me|this)|treat this|read this|bear with|quote|use this|feel free|return (?:this|it|to)|ring me|be read)\b|^(?:\w+ )?(?:things?|points?|questions?|changes?|matters?)\b`)

// request reads a request that begins at word i, "we urge the Department to publish", and returns where to go on.
func (a *asking) request(i int) int {
	w := a.at(i)
	wish := w == "would" && (a.at(i+1) == "like" || a.at(i+1) == "prefer" || a.at(i+1) == "just" || a.at(i+1) == "rather")
	if !(speaking[w] || w == "please" || i == 0 || wish) || i > 0 && (a.hearsay(i) || a.turned(i)) {
		return i
	}
	rest := a.text[a.words[i].Start:a.End]
	m := requestForms.FindStringSubmatchIndex(rest)
	if m == nil {
		return i
	}
	verb := strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(rest[m[2]:m[3]]), " "), "’", "'"))
	from := a.after(a.words[i].Start + m[1])
	switch {
	case i == 0 && !speaking[w] && !wish && w != "please" && !a.asserts(from-1) && !strings.HasPrefix(verb, "would"):
		return i
	case verb == "like" || verb == "love" || verb == "rather" || verb == "welcome" || verb == "prefer": // without "would" they say what is
		return i
	case from >= len(a.words), turns[a.at(from)], wh[a.at(from)], a.at(from) == "is", a.at(from) == "was", strings.HasSuffix(verb, "rather") && a.base(from), a.at(from) == ".", a.at(from) == ":", a.at(from) == ",", notAsked.MatchString(a.text[a.words[from].Start:a.End]):
		return i
	}
	because := strings.Join(strings.Fields(strings.ToLower(rest[:m[1]])), " ")
	return a.requested(i, from, verb, because)
}

// requested adds what follows a request.
func (a *asking) requested(i, from int, verb, because string) int {
	if verb == "please" {
		a.add(from, from, from, a.clauseEnd(from), verb)
		return a.clauseEnd(from)
	}
	denied := strings.Contains(verb, "not") || strings.Contains(verb, "n't")
	start, action := a.asked(from, verb)
	if start < 0 || denied && (a.at(from) != "to" || a.at(from+1) == "be") {
		return i
	}
	end := a.clauseEnd(action)
	if denied {
		for action > i && a.at(action) != "not" && a.at(action) != "n't" {
			action--
		}
		start = action
	}
	a.add(start, action, action, end, because)
	return end
}

// asserts reports whether the word before from is a verb of asking that the sentence's subject governs, "The Alliance recommends".
func (a *asking) asserts(last int) bool {
	for j := last; j > 0 && j > last-3; j-- {
		if a.tagged(j, "VB") || asking1[a.at(j)] {
			return !attributed.MatchString(a.text[a.Start:a.words[j].End])
		}
	}
	return last == 0
}

// asked splits what follows a request into who is asked and what is to be done; start is -1 when nothing is asked of anybody else.
func (a *asking) asked(from int, verb string) (start, action int) {
	if a.at(from) == "to" { // "we want to see", "we ask to be": what the writer wishes
		if w := a.at(from + 1); wishes[w] {
			return from + 1, from + 1
		}
		return -1, 0
	}
	for j := from; j < len(a.words) && a.at(j) != ";" && a.at(j) != ":"; j++ {
		switch w := a.at(j); {
		case w == "should" || w == "must":
			if v, ok := a.verbBehind(j); ok && j > from {
				return from, v
			}
		case w == "to" && j > from && (a.base(j+1) || a.at(j+1) == "not" || a.tagged(j+1, "NN")) && !a.tagged(j-1, "JJ"):
			return from, j + 1
		case w == "be" && j > from:
			return from, j
		case j > from && len(a.words[j].Tag) == 2 && a.tagged(j, "VB") && !strings.HasSuffix(verb, "for"), j > from && commands[w] && a.acts(from, j) && a.at(j-1) != "of":
			return from, j
		case j > from && strings.HasPrefix(verb, "recommend") && a.acts(from, j) && a.at(j-1) != "of" && (a.tagged(j, "NN") || a.tagged(j, "VBP")) && (a.tagged(j+1, "DT") || a.at(j+1) == "," || a.tagged(j+1, "PRP$")):
			return from, j
		}
	}
	return from, from
}

var wishes = set("see know be have keep hear")

// opens reports whether a sentence ends with a colon behind a request, so that what follows are its items.
func (a *asking) opens() bool {
	if n := len(a.lower); n < 2 || a.lower[n-1] != ":" {
		return false
	}
	return opening.MatchString(a.text[a.Start:a.End])
}

var opening = regexp.MustCompile(`(?i)\b(?:we|i|our members|the alliance|the association|the network)\s+(?:\w+\s+)?(?:recommend|ask|urge|want|call|propose|would like|request|seek)|\brecommendations?\b|\bshould\b[^.]*:$|\bmust\b[^.]*:$`)

// item reads an item of a list under "we recommend that:".
func (a *asking) item() {
	from := 0
	for from < len(a.words) && (a.mark(from) || isNumber(a.words[from].Word) || a.at(from) == "." || a.at(from) == "•" || a.at(from) == "that" || a.at(from) == "and") {
		from++
	}
	if from >= len(a.words)-1 {
		return
	}
	action := from
	if !commands[a.at(from)] && !(a.base(from) && len(a.words[from].Tag) == 2) {
		_, action = a.asked(from, "recommend")
		for j := from + 1; action == from && j < len(a.words); j++ {
			if commands[a.at(j)] && a.tagged(j-1, "NN") {
				action = j
			}
		}
	}
	a.add(from, action, action, a.clauseEnd(action), "a list of what is asked")
}

// plea reads "More money for that please".
func (a *asking) plea() {
	for j := len(a.words) - 1; j > 0 && j > len(a.words)-4; j-- {
		if a.at(j) == "please" && len(a.words) < 20 {
			a.add(0, 0, 0, trimComma(a.sentence, j), "please")
			return
		}
	}
}

// imperative reads a sentence that only says what to do: under "Recommendations", or with a verb that asks for nothing else.
func (a *asking) imperative() {
	i := 0
	for i < len(a.words) && (a.mark(i) || isNumber(a.words[i].Word) || a.at(i) == "." || a.at(i) == "•" || a.at(i) == "*") {
		i++
	}
	for j := i; j < min(len(a.words), i+5); j++ { // "Recommendation 3: Publish"
		if a.at(j) == ":" && heading[a.at(i)] {
			i = j + 1
		}
	}
	if a.at(i) == "if" { // "If it is slow, be honest about it"
		for j := i + 1; j < len(a.words); j++ {
			if a.at(j) == "," && (a.at(j+1) == "be" || commands[a.at(j+1)] && a.base(j+1) || a.at(j+1) == "do" && a.at(j+2) == "n't") {
				a.add(j+1, j+1, j+1, a.clauseEnd(j+1), a.at(j+1))
				return
			}
		}
	}
	if i >= len(a.words) {
		return
	}
	w := a.at(i)
	plain := commands[w] || w == "do" && (a.at(i+1) == "not" || a.at(i+1) == "n't") || w == "never" && a.base(i+1)
	if !plain && !(a.in.Advice && a.base(i)) || a.tagged(i+1, "VBZ") || a.tagged(i+1, "VBD") || a.tagged(i+1, "MD") || a.at(i+1) == "of" || a.at(i+1) == "," {
		return
	}
	if !a.in.Advice && a.aSubject(i) {
		return
	}
	end := a.clauseEnd(i)
	a.add(i, i, i, end, w)
}

// aSubject reports whether the sentence goes on as a statement, so that its first word is a noun: "Fund managers are".
func (a *asking) aSubject(i int) bool {
	for j := i + 1; j < min(len(a.words), i+5); j++ {
		if a.tagged(j, "VBZ") || a.tagged(j, "VBD") || a.tagged(j, "MD") || a.at(j) == "are" || a.at(j) == "have" {
			return true
		}
		if a.mark(j) || a.tagged(j, "TO") || a.tagged(j, "IN") || wh[a.at(j)] {
			return false
		}
	}
	return false
}

var (
	heading  = set("recommendation recommendations ask asks proposal priority action request")
	commands = set(`publish fund ensure make set introduce require give put keep extend remove drop protect provide commit consult bring create establish guarantee review amend let fix stop start build do produce direct
		abandon scrap withdraw retain restore reinstate strengthen clarify confirm include exclude invest train recruit appoint monitor report tell show listen ask test pilot evaluate allow enable end
		hold pay replace reduce increase limit define write add count collect measure treat use work move rule delay pause bring resource mandate legislate enforce ring-fence ringfence hire`)
)

func isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789.()") == "" || len(w) == 1 && w >= "a" && w <= "z"
}

// add records an ask from word start to before end, whose modal stands at modal and whose verb at verb.
func (a *asking) add(start, modal, verb, end int, because string) {
	for end > verb+1 && (a.mark(end-1) || a.at(end-1) == "." || a.at(end-1) == "and" || a.at(end-1) == "!" || a.at(end-1) == "\"" || a.at(end-1) == "”") {
		end--
	}
	for start < modal && (a.at(start) == "and" || a.at(start) == "but" || a.at(start) == "that" || a.at(start) == "so" || a.at(start) == "then") {
		start++
	}
	x := Ask{Span: a.span(start, end), Action: a.span(verb, end), Because: because}
	if empty(x.Span) || empty(x.Action) {
		return
	}
	x.Actor = a.who(start, modal, verb, end)
	x.Deadline = a.deadline(x.Span)
	a.found = append(a.found, x)
}

// who is the body that is to act: the subject of an active verb where it can act, or what follows "by" after a passive one.
func (a *asking) who(start, modal, verb, end int) index.Span {
	if a.passive(verb) || a.at(verb) == "be" || a.at(verb) == "not" && a.at(verb+1) == "be" {
		for j := verb; j < end; j++ {
			if a.at(j) == "by" && a.passive(verb) && a.at(j-1) != "without" && !slices.ContainsFunc(a.dates, func(d Date) bool { return overlap(d.Span, a.span(j, j+1)) }) {
				if k := a.nounEnd(j + 1); k > j+1 && a.acts(j+1, k) {
					return a.span(j+1, k)
				}
			}
		}
		return index.Span{}
	}
	for modal > start && a.tagged(modal-1, "RB") {
		modal--
	}
	if modal > start && modals[a.at(modal-1)] || modal > start && a.at(modal-1) == "to" {
		modal--
	}
	if start >= modal {
		return index.Span{}
	}
	if modal-start == 1 && a.at(start) == "you" {
		return a.span(start, modal)
	}
	if modal-start == 1 && pronouns[a.at(start)] {
		for j := start - 1; j >= 0; j-- { // "the Department knows this and it should"
			if a.acts(j, j+1) {
				k := j
				for k > 0 && (a.tagged(k-1, "DT") || a.tagged(k-1, "JJ")) {
					k--
				}
				if k == 0 {
					return a.span(k, j+1)
				}
			}
		}
		return a.actor
	}
	subject := a.nounEnd(start)
	if subject > modal {
		subject = modal
	}
	if a.acts(start, modal) && subject > start {
		return a.span(start, modal)
	}
	return index.Span{}
}

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
	for j < len(a.words) && (a.tagged(j, "DT") || a.tagged(j, "NN") || a.tagged(j, "JJ") || a.tagged(j, "PRP$") || a.tagged(j, "CD") || a.tagged(j, "POS") || a.at(j) == "and" && a.tagged(j+1, "NN") || a.at(j) == "of" || a.at(j) == "for" && capital(a.words[j+1].Word)) {
		j++
	}
	return j
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
	service mediators judges civil drafters authors team teams nobody somebody someone anyone areas area lawmakers mps peers`)

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

var atOnce = regexp.MustCompile(`(?i)\b(?:immediately|at once|now|without delay|straight away|urgently|as soon as possible|(?:by|before|from|in time for) the (?:start|end|beginning) of (?:the|this|next) (?:\w+ )?(?:term|year|parliament)|before the (?:summer|next election|election)|within (?:\w+ ){1,2}(?:months?|years?)(?: of (?:the plan|publication))?|this (?:year|term|parliament))\b`)

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
