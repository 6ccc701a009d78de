package counted

import (
	"slices"
	"strings"
)

// A noun stands for members, or for a group of them.
type noun struct {
	words []string
	group string
	files bool // what members sent
	own   bool // the consultation's own word for its members, which needs no verb to be a count of them
}

// nouns are those of a vocabulary, the longest first.
type nouns struct {
	list  []noun
	names [][]string // what the consortium is called
}

// general are nouns for members of whatever type. "Organisations" and "groups" may be others as well, and need a verb.
var general = []string{"member organisations", "member organisation", "member bodies", "member groups", "member body", "member group", "members", "member", "respondents", "respondent", "consultees", "consultee"}

func newNouns(v Vocabulary) nouns {
	var out nouns
	add := func(text, group string, files, own bool) {
		out.list = append(out.list, noun{strings.Fields(text), group, files, own})
	}
	for _, n := range general {
		add(n, "", false, true)
	}
	for _, n := range []string{"organisations", "organisation", "organizations", "organization", "contributors", "contributor", "signatories"} {
		add(n, "", false, false)
	}
	for _, n := range []string{"submissions", "submission", "responses", "response", "replies", "reply", "respondent organisations"} {
		add(n, "", true, false)
	}
	for _, n := range []string{"membership", "consortium", "coalition"} {
		add(n, "", false, true)
	}
	for _, g := range v.Groups {
		for _, n := range g.Nouns {
			add(n, g.ID, false, false)
		}
	}
	slices.SortStableFunc(out.list, func(a, b noun) int { return len(b.words) - len(a.words) })
	for _, n := range v.Names {
		if words := plain(n); len(words) > 0 {
			out.names = append(out.names, words)
		}
	}
	out.names = append(out.names, []string{"consortium"}, []string{"coalition"}, []string{"alliance"})
	return out
}

// at is the noun that begins at token i, the longest one.
func (ns *nouns) at(ts []token, i int) (n *noun, next int) {
	for k := range ns.list {
		if n := &ns.list[k]; are(ts, i, n.words...) {
			return n, i + len(n.words)
		}
	}
	return nil, i
}

// A who is of whom a statement counts.
type who struct {
	*noun
	of    int  // a number beside the noun: "of our 27 members"
	base  Base // by a clause behind the noun: "that took a position"
	them  bool // a pronoun for those just counted
	first int  // the noun's token
}

// bar are words that end a search for the noun: it is not this amount's.
var bar = set(`and or but for to in on at by with from about as than is are was were be been has have had do does did will would should must can could may might not
	that which who whom when where if because so it they we i he she there this week weeks month months year years day days hour hours term terms
	reasons reason things thing per cent million billion thousand pounds point points`)

// modifiers is how many words may stand between an amount and its noun: "three national teaching unions".
const modifiers = 3

// foreign stand before "members" and make them others': "staff members", "family members".
var foreign = set("staff family team committee panel board council cabinet governing party household faculty public parliament house government community band crew jury commons lords trust")

// whose reads of whom an amount counts, from the token behind it.
func (ns *nouns) whose(ts []token, i int) (who, int, bool) {
	w := who{}
	of := lower(ts, i) == "of"
	if of {
		i++
	}
	switch lower(ts, i) {
	case "them", "these", "those", "us":
		if n, _ := ns.at(ts, i+1); n == nil && of && !(i+1 < len(ts) && ts[i+1].word && lower(ts, i) != "them" && lower(ts, i) != "us" && !clauseWord(lower(ts, i+1))) {
			w.them = lower(ts, i) != "us"
			base, next := ns.clause(ts, i+1)
			if lower(ts, i) == "those" && base != Unsaid { // "half of those who responded"
				w.base, w.them = base, false
				w.noun, w.first = &noun{own: true}, i
				return w, next, true
			}
			return w, i + 1, w.them
		}
	}
	if i = determiners(ts, i); lower(ts, i) == "a" {
		i++
	}
	i = ns.possessor(ts, i)
	if n, next, ok := number(ts, i); ok && !are(ts, next, "per", "cent") && lower(ts, next) != "%" {
		w.of, i = n, next
	}
	for k := 0; k <= modifiers && i < len(ts) && ts[i].word; k++ {
		if n, next := ns.at(ts, i); n != nil && !strings.Contains(n.words[len(n.words)-1], "'") {
			if ns.others(ts, i, next, n) {
				return w, i, false
			}
			w.noun, w.first = n, i
			w.base, next = ns.clause(ts, next)
			return w, next, true
		}
		if bar[lower(ts, i)] || determiner[lower(ts, i)] || isActWord(lower(ts, i)) {
			return w, i, false
		}
		i++
	}
	return w, i, false
}

// possessor passes over what the consortium is called: "SEC's 40 members", "the Consortium's members".
func (ns *nouns) possessor(ts []token, i int) int {
	for _, name := range ns.names {
		n := len(name)
		last := lower(ts, i+n-1)
		if are(ts, i, name[:n-1]...) && (last == name[n-1]+"'s" || last == name[n-1] && lower(ts, i+n) == "'") {
			i += n
			if lower(ts, i) == "'" {
				i++
			}
			return i
		}
	}
	return i
}

// others reports whether a noun stands for people who are no members of the consortium: "members of staff", "family members", "the
// union's 450,000 members", or is only the owner of something, "members' schools".
func (ns *nouns) others(ts []token, first, next int, n *noun) bool {
	if lower(ts, next) == "'" || lower(ts, next) == "’" {
		return true
	}
	if n.group != "" || n.files {
		return false
	}
	if last := n.words[len(n.words)-1]; last != "members" && last != "member" {
		return false
	}
	if foreign[lower(ts, first-1)] {
		return true
	}
	for i := first - 1; i >= max(0, first-4); i-- {
		if before := lower(ts, i); strings.HasSuffix(before, "'s") || strings.HasSuffix(before, "s'") || before == "'" || before == "’" {
			start := i
			if before == "'" || before == "’" {
				start--
			}
			return !ns.consortium(ts, start, strings.TrimSuffix(strings.TrimSuffix(lower(ts, start), "'s"), "'"))
		}
	}
	if lower(ts, next) == "of" {
		i := determiners(ts, next+1)
		return !ns.consortium(ts, i, lower(ts, i))
	}
	return false
}

// consortium reports whether the last word of one of its names ends or begins at token i.
func (ns *nouns) consortium(ts []token, i int, word string) bool {
	return slices.ContainsFunc(ns.names, func(name []string) bool { return name[len(name)-1] == word || are(ts, i, name...) })
}

// clauses are what may stand behind a noun and say which of them are meant.
var clauses = []struct {
	words string
	base  Base
}{
	{"took a position", Position}, {"take a position", Position}, {"takes a position", Position}, {"taking a position", Position}, {"took a view", Position}, {"take a view", Position}, {"took a clear position", Position}, {"take a clear position", Position},
	{"expressed a view", Position}, {"express a view", Position}, {"expressing a view", Position}, {"stated a position", Position}, {"state a position", Position}, {"gave a view", Position}, {"give a view", Position}, {"had a view", Position}, {"have a view", Position}, {"with a position", Position}, {"with a view", Position},
	{"addressed", Addressing}, {"address", Addressing}, {"addresses", Addressing}, {"addressing", Addressing}, {"commented", Addressing}, {"comment", Addressing}, {"commenting", Addressing}, {"mentioned", Addressing}, {"mention", Addressing}, {"mentioning", Addressing}, {"raised", Addressing}, {"raise", Addressing}, {"raising", Addressing}, {"discussed", Addressing}, {"wrote about", Addressing}, {"wrote on", Addressing}, {"covered", Addressing},
	{"in favour of", Favour}, {"in favour", Favour}, {"support", Favour}, {"supported", Favour}, {"supporting", Favour}, {"back", Favour}, {"backing", Favour}, {"are in favour of", Favour}, {"were in favour of", Favour},
	{"opposed to", Against}, {"opposed", Against}, {"oppose", Against}, {"opposing", Against}, {"against", Against}, {"are opposed to", Against}, {"were opposed to", Against},
	{"responded", Answered}, {"respond", Answered}, {"responding", Answered}, {"replied", Answered}, {"answered", Answered}, {"sent a submission", Answered}, {"sent submissions", Answered}, {"made a submission", Answered}, {"submitted evidence", Answered}, {"sent evidence", Answered}, {"submitted", Answered}, {"wrote to us", Answered}, {"took part", Answered}, {"contributed", Answered}, {"sent a response", Answered},
}

var relative = set("that which who")

func clauseWord(word string) bool {
	return relative[word] || word == "with" || strings.HasSuffix(word, "ing")
}

// clause reads a clause that says which members are meant, with what it is about, up to a comma or the verb.
func (ns *nouns) clause(ts []token, i int) (Base, int) {
	at := i
	switch {
	case relative[lower(ts, at)]:
		at++
		for lower(ts, at) == "have" || lower(ts, at) == "had" || lower(ts, at) == "has" {
			at++
		}
	case !clauseWord(lower(ts, at)) && lower(ts, at) != "in" && lower(ts, at) != "opposed" && lower(ts, at) != "against":
		return Unsaid, i
	}
	for _, c := range clauses {
		words := strings.Fields(c.words)
		if !are(ts, at, words...) {
			continue
		}
		end := aboutEnd(ts, at+len(words))
		if c.base == Favour || c.base == Against { // it is what they did, unless the sentence goes on with a verb of its own
			if _, _, ok := verbAt(ts, end); !ok && !auxiliary[lower(ts, end)] || end == at+len(words) {
				continue
			}
		}
		return c.base, end
	}
	return Unsaid, i
}

// aboutEnd passes over what a clause is about: "on national standards", "the question of timelines".
func aboutEnd(ts []token, i int) int {
	for at := i; at < len(ts) && at < i+12; at++ {
		if !ts[at].word {
			if lower(ts, at) == "," {
				return at + 1
			}
			return at
		}
		if _, _, ok := verbAt(ts, at); ok || auxiliary[lower(ts, at)] {
			return at
		}
	}
	return i
}
