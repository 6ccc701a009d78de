package claim

import (
	"regexp"
	"slices"
	"strings"
)

// askers are those who ask in the writer's own voice; behind them the name of a body, which is told from other names later.
const askers = `(?i:we|i|our (?:members|trustees|committee|schools|parents|executive|group)|the group|(?:all|most|many) of us|members|families|parents|leaders|colleagues|schools|colleges|teachers)` +
	`|(?:The |the )?\p{Lu}[\p{L}’'-]*(?: (?:of |for |and |the )*\p{Lu}[\p{L}’'-]*){0,6}`

// requestForms are requests in the writer's own voice up to what is asked.
var requestForms = regexp.MustCompile(`^(?:` + askers + `)?\s*` +
	`(?i:(?:also|therefore|strongly|jointly|further|just|simply|do|accordingly|respectfully)\s+)*` +
	`(?P<verb>(?i:(?:would |should |might |must |['’]d )?(?:go so far as to )?(?:also |therefore |strongly |just |much |particularly )?(?:recommends?|urges?|calls? on|calls? upon|calls? for|asks? (?:only |just )?for|asks?|asked for|wants?|like|love|prefer|rather|propose|request|welcome|press for|want to see|suggest|invite|encourage|seek|expect|look to)|(?:would|should) not (?:want|like)|do not want|don['’]t want|please))\b(?P<that> that)?`)

// notAsked are openings of letters, and words on how the response itself is to be handled.
var notAsked = regexp.MustCompile(`(?i)^(?:find|see|note|contact|accept|excuse|forgive|do not\s+(?:name|quote|attribute)|don['’]t name|let me|let us|get in touch|do not hesitate|don['’]t hesitate|keep (?:us|me|this)|treat this|read this|bear with|quote|use this|feel free|return (?:this|it|to)|ring me|ask us|be read)\b|^(?:\w+ )?(?:things?|points?|questions?|changes?|matters?)\b|^[^,;]{0,40}\bto (?:know that|(?:read|take|see|understand) (?:this|that|it|us)(?: \w+){0,2} as)\b|^(?:this|that|it) to be (?:read|taken|seen|understood) as\b`)

// request reads a request that begins at word i, "we urge the Department to publish", and returns where to go on; i where there is none.
func (a *asking) request(i int) int {
	if !a.mayRequest(i) {
		return i
	}
	rest := a.text[a.words[i].Start:a.End]
	if a.at(i) == "would" { // with a capital it would pass for a name
		rest = a.at(i) + rest[len("would"):]
	}
	m := requestForms.FindStringSubmatchIndex(rest)
	if m == nil {
		return i
	}
	verb := strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(rest[m[2]:m[3]]), " "), "’", "'"))
	from, that := a.after(a.words[i].Start+m[1]), m[4] >= 0
	if that && (a.at(from) == "to" || a.tagged(from, "IN")) { // "we should not like that to be lost"
		from, that = from-1, false
	}
	if from >= len(a.words) || !a.writer(i, from, verb) || a.unasked(from, verb, that) {
		return i
	}
	if notAsked.MatchString(a.text[a.words[from].Start:a.End]) {
		return max(i, a.series(from))
	}
	if verb == "asked for" { // tells of the past, unless what was asked for is listed
		return i
	}
	because := strings.Join(strings.Fields(strings.ToLower(rest[:m[1]])), " ")
	if that {
		if next := a.wishes(from, because); next > from {
			return next
		}
	}
	return a.requested(i, from, verb, because)
}

// mayRequest reports whether a request may begin at word i: with its subject, with "please", or with a wish whose subject stands before.
func (a *asking) mayRequest(i int) bool {
	w := a.at(i)
	joined := i > 1 && a.at(i-1) == "and" && askVerbs[w] && !a.tagged(i, "NN") && a.ownVoice(i)
	switch {
	case !speaking[w] && w != "please" && i > 0 && !a.wish(i) && !joined && !a.is(i, "the", "group"):
		return false
	case w == "please" && said[a.at(i-1)]:
		return false
	}
	return i == 0 || !a.hearsay(i) && !a.turned(i)
}

// wish reports "would like" and the like at word i.
func (a *asking) wish(i int) bool {
	return a.at(i) == "would" && wishing[a.at(i+1)]
}

var wishing = set("like prefer just rather want")

// writer reports whether the one who asks is the writer. At the head of a sentence a capital makes any word look like a name.
func (a *asking) writer(i, from int, verb string) bool {
	w := a.at(i)
	return i > 0 || speaking[w] || group[w] || w == "please" || a.wish(i) || a.asserts(from-1) || strings.HasPrefix(verb, "would")
}

// unasked reports whether what stands at from behind a verb of asking cannot be what is asked.
func (a *asking) unasked(from int, verb string, that bool) bool {
	w := a.at(from)
	switch verb {
	case "like", "love", "rather", "welcome", "prefer": // without "would" they say what is
		return true
	}
	return turns[w] && (that || w != "that") || wh[w] || strings.HasSuffix(verb, "rather") && a.base(from) || w == "is" || w == "was" || w == "." || w == ":" || w == ","
}

var (
	said  = set("said say says saying")
	group = set("the overall most many all our")
)

// ownVoice reports whether the writer is the subject of the clauses before i.
func (a *asking) ownVoice(i int) bool {
	if len(a.found) > 0 {
		return true
	}
	for j := 0; j < i; j++ {
		if w := a.at(j); (w == "we" || w == "i") && (j == 0 || a.mark(j-1) || turns[a.at(j-1)] || a.at(j-1) == "and") {
			return true
		}
	}
	return false
}

// series reads "three things: paid time; a supplement; and someone to ring", apart by semicolons, and returns where to go on.
func (a *asking) series(from int) int {
	colon := slices.Index(a.lower[from:], ":") + from
	if colon < from || !slices.Contains(a.lower[colon:], ";") {
		return from
	}
	for start := colon + 1; start < len(a.words); {
		end := start
		for end < len(a.words) && a.at(end) != ";" {
			end++
		}
		for start < end && (a.at(start) == "and" || a.at(start) == "that") {
			start++
		}
		if end > start {
			a.add(start, start, start, end, "a list of what is asked")
		}
		start = end + 1
	}
	return len(a.words)
}

// wishes reads "that each partnership names an officer, that both answer to ministers, and that ...": what is wished in the present.
func (a *asking) wishes(from int, because string) int {
	for start := from; ; {
		end := start
		for end < len(a.words) && !(end > start && a.at(end) == "that" && (a.at(end-1) == "," || a.at(end-1) == "and")) && a.at(end) != ";" {
			end++
		}
		verb := a.present(start, end)
		if verb < 0 {
			return max(from, start-1)
		}
		stop := min(end, a.clauseEnd(verb))
		if end < len(a.words) && a.at(end) == "that" {
			stop = end
		}
		for stop > verb+1 && (a.at(stop-1) == "and" || a.mark(stop-1)) {
			stop--
		}
		a.add(start, verb, verb, stop, because)
		if end >= len(a.words) || a.at(end) != "that" {
			return stop
		}
		start = end + 1
	}
}

// present is the first verb behind a subject that stands in the present: "names", "both answer"; -1 where another form comes first.
// The tagger takes some for plurals.
func (a *asking) present(start, end int) int {
	for j := start + 1; j < end; j++ {
		plural := a.tagged(j, "NNS")
		switch {
		case !plural && alone[a.at(j-1)]:
			return j
		case a.tagged(j, "MD") || a.at(j) == "be" || wh[a.at(j)] || modals[a.at(j)] || a.mark(j) || a.tagged(j, "TO"):
			return -1
		case a.tagged(j, "VBZ"), a.tagged(j, "VBP"), a.tagged(j, "VB") && a.tagged(j-1, "NNS"),
			plural && a.tagged(j-1, "NN") && (a.tagged(j+1, "DT") || a.tagged(j+1, "CD") || a.tagged(j+1, "PRP$")):
			return j
		}
	}
	return -1
}

// alone are words that can be a subject by themselves.
var alone = set("both they all")

// requested adds what follows a request.
func (a *asking) requested(i, from int, verb, because string) int {
	if verb == "please" {
		a.add(from, from, from, a.clauseEnd(from), verb)
		return a.clauseEnd(from)
	}
	denied := strings.Contains(verb, "not") || strings.Contains(verb, "n't")
	start, action := a.asked(from, verb)
	if start < 0 || denied && (a.at(from) == "to" && a.at(from+1) == "be" || a.at(from) != "to" && action == from) {
		return i
	}
	end := a.clauseEnd(action)
	if denied {
		for action > i && a.at(action) != "not" && a.at(action) != "n't" {
			action--
		}
		action = a.negation(action)
		start = action
	}
	a.add(start, action, action, end, because)
	return end
}

// asserts reports whether the word before from is a verb of asking that the sentence's subject governs, "The Alliance recommends".
func (a *asking) asserts(last int) bool {
	for j := last; j > 0 && j > last-3; j-- {
		if a.tagged(j, "VB") || askVerbs[a.at(j)] {
			return !attributed.MatchString(a.text[a.Start:a.words[j].End])
		}
	}
	return last == 0
}

// asked splits what follows a request into who is asked and what is to be done; start is -1 when nothing is asked of anybody else.
func (a *asking) asked(from int, verb string) (start, action int) {
	if a.at(from) == "to" { // "we want to see", "we ask to be": what the writer wishes
		if w := a.at(from + 1); wishVerbs[w] {
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
		case w == "be" && j > from && !a.tagged(j-1, "MD"):
			return from, j
		case j > from && len(a.words[j].Tag) == 2 && a.tagged(j, "VB") && !strings.HasSuffix(verb, "for"), j > from && commands[w] && a.acts(from, j) && a.at(j-1) != "of":
			return from, j
		case j > from && strings.HasPrefix(verb, "recommend") && a.acts(from, j) && a.at(j-1) != "of" && (a.tagged(j, "NN") || a.tagged(j, "VBP")) && (a.tagged(j+1, "DT") || a.at(j+1) == "," || a.tagged(j+1, "PRP$")):
			return from, j
		}
	}
	return from, from
}

var wishVerbs = set("see know be have keep hear")
