package claim

import (
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
	a := asking{reader: r, sentence: s, dates: dates, advice: r.in.Advice}
	if c := r.cellAt(trimSpan(r.text, s.Span)); c != nil {
		a.advice = asksHead.MatchString(c.Head) // in a table its head says which cells ask
	}
	defer r.remember(s)
	if s.question() || len(s.words) < 2 {
		return
	}
	if a.listed() {
		a.item()
	} else {
		a.clauses()
	}
	for _, read := range []func(){a.cleft, a.imperative, a.lack, a.noun, a.plea} { // weaker and weaker signs: each only where the ones before it saw nothing
		if len(a.found) == 0 {
			read()
		}
	}
	for i := range a.found {
		r.fromRow(&a.found[i], dates)
	}
	r.out.Asks = append(r.out.Asks, a.found...)
}

// clauses reads each request, "we urge ministers to think again", and each modal, "it should be dropped", of the sentence.
func (a *asking) clauses() {
	for i := 0; i < len(a.words); i++ {
		if next := a.request(i); next > i {
			i = next - 1
			continue
		}
		a.modal(i)
	}
}

// An asking is one sentence on its way to its asks.
type asking struct {
	*reader
	*sentence
	dates  []Date
	advice bool // the sentence stands where what it says is to be done
	found  []Ask
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
