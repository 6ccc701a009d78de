package claim

import (
	"regexp"
	"strings"
)

// imperative reads a sentence that only says what to do: under "Recommendations", or with a verb that asks for nothing else.
func (a *asking) imperative() {
	i := a.numbering()
	if a.at(i) == "if" && a.onCondition(i) || i >= len(a.words) {
		return
	}
	a.command(i)
	for j := i + 1; j < len(a.words)-1; j++ {
		if !a.orders(j + 1) {
			continue
		}
		switch n := len(a.found); {
		case n == 0 && (a.at(j) == ":" || a.at(j) == "!"): // "the short version is: hold the NHS to its part"
			a.command(j + 1)
		case n > 0 && a.at(j) == "and" && a.at(j-1) == ",": // "and tell us who is accountable"
			a.cut(j + 1)
			a.command(j + 1)
		}
	}
}

// numbering is the first word behind a bullet, a number or "Recommendation 3:".
func (a *asking) numbering() int {
	i := 0
	for i < len(a.words) && (a.mark(i) || isNumber(a.words[i].Word) || a.at(i) == "." || a.at(i) == "•" || a.at(i) == "*") {
		i++
	}
	for j := i; j < min(len(a.words), i+5); j++ {
		if a.at(j) == ":" && heading[a.at(i)] {
			i = j + 1
		}
	}
	return i
}

// onCondition reads "If it is slow, be honest about it".
func (a *asking) onCondition(i int) bool {
	for j := i + 1; j < len(a.words)-1; j++ {
		v := j + 1
		if a.at(j) != "," || notAsked.MatchString(a.text[a.words[v].Start:a.End]) {
			continue
		}
		if a.at(v) == "be" || commands[a.at(v)] && a.base(v) || a.at(v) == "do" && a.at(v+1) == "n't" {
			a.add(v, v, v, a.clauseEnd(v), a.at(v))
			return true
		}
	}
	return false
}

// orders reports whether word i is a verb that tells somebody to do what follows.
func (a *asking) orders(i int) bool {
	return commands[a.at(i)] && (a.base(i) || a.tagged(i, "NN")) && (a.tagged(i+1, "DT") || a.tagged(i+1, "PRP") || a.tagged(i+1, "NNP") || a.tagged(i+1, "NNS"))
}

// command reads what word i tells somebody to do, if it does.
func (a *asking) command(i int) {
	w := a.at(i)
	plain := commands[w] || w == "do" && (a.at(i+1) == "not" || a.at(i+1) == "n't") || w == "never" && a.base(i+1)
	if !plain && !a.orders(i) && !(a.advice && a.base(i)) || a.tagged(i+1, "VBZ") || a.tagged(i+1, "VBD") || a.tagged(i+1, "MD") || a.at(i+1) == "of" || a.at(i+1) == "," {
		return
	}
	if notAsked.MatchString(a.text[a.words[i].Start:a.End]) || idle.MatchString(a.text[a.words[i].Start:a.End]) {
		return
	}
	if !a.advice && a.aSubject(i) {
		return
	}
	end := a.clauseEnd(i)
	a.add(i, i, i, end, w)
}

// idle are verbs that in a denial only tell what the writer does not mind or know: "Don't mind when".
var idle = regexp.MustCompile(`(?i)^do(?:n['’]t| not) (?:mind|know|care|think|worry|see|understand|have|get|really|want)\b`)

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
		hold pay replace reduce increase limit define write add count collect measure treat use work move rule delay pause bring resource mandate legislate enforce hold ring-fence ringfence hire`)
)

func isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789.()") == "" || len(w) == 1 && w >= "a" && w <= "z"
}

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

// listed reports whether the sentence is an item of a list under "we recommend that:", and notes whether the next one may be.
func (a *asking) listed() bool {
	first := a.words[0].Word
	item := a.listing && (a.at(0) == "•" || a.at(0) == "-" || a.at(0) == "that" || !capital(first) || isNumber(first))
	a.listing = item || a.opens()
	return item
}
