package counted

import (
	"slices"
	"strings"

	"collate/index"
)

// A reader reads one text.
type reader struct {
	text  string
	nouns nouns
	words quantifiers
	out   []Statement

	sentence index.Span
	ts       []token
	opener   *who  // of the sentence: "Of the 23 members that took a position, ..."
	named    *noun // the last noun for members in the sentence, counted or not
	first    int   // the first statement of the sentence in out
	before   bool  // the sentence before had a statement
	waiting  []int // statements of the sentence whose verb is that of a later one: "five charities and three unions oppose it"
	without  int   // of the sentence: "with the exception of two charities,"
}

// read finds the statements of one sentence.
func (r *reader) read(s index.Span) {
	r.before = len(r.out) > r.first
	r.sentence, r.ts, r.opener, r.named, r.first = s, tokens(r.text, s.Start, s.End), nil, nil, len(r.out)
	r.waiting, r.without = nil, 0
	for i := 0; i < len(r.ts); {
		if next, ok := r.open(i); ok {
			i = next
			continue
		}
		if n, _ := r.nouns.at(r.ts, i); n != nil {
			r.named = n
		}
		if next, n := r.exception(i); n > 0 && next > i {
			r.without, i = n, next
			continue
		}
		if next, ok := r.state(i); ok {
			i = next
			continue
		}
		r.numberOf(i)
		i++
	}
	r.unanimous()
}

// open reads "Of the 27 members that responded," at the beginning of a clause: the counts behind it are shares of it.
func (r *reader) open(i int) (int, bool) {
	if w := lower(r.ts, i); w != "of" && w != "among" && w != "amongst" || i > 0 && r.ts[i-1].word {
		return i, false
	}
	w, next, ok := r.nouns.whose(r.ts, i+1)
	if lower(r.ts, i+1) == "these" || lower(r.ts, i+1) == "those" || lower(r.ts, i+1) == "them" {
		if w, next, ok = r.nouns.whose(r.ts, i); !ok {
			return i, false
		}
	}
	if !ok {
		return i, false
	}
	if lower(r.ts, next) == "," {
		next++
	} else if lower(r.ts, next-1) != "," {
		return i, false
	}
	r.opener = &w
	if w.noun != nil {
		r.named = w.noun
	}
	return next, true
}

// state reads a statement that begins at token i.
func (r *reader) state(i int) (int, bool) {
	if !r.ts[i].word || r.ts[i].glued && i > 0 {
		return i, false
	}
	a, next, ok := r.words.amount(r.ts, i)
	if !ok || r.foreignOwner(i) {
		return i, false
	}
	if supposed[lower(r.ts, i-1)] {
		return next, true
	}
	st := Statement{Sentence: r.sentence, Amount: a}
	w, end, found := r.nouns.whose(r.ts, next)
	if !found {
		if end, found = r.elliptic(&st, i, next); !found {
			return i, false
		}
		r.finish(&st, i, next)
		return end, true
	}
	if st.Kind == All && st.Of == 0 && st.Count == 0 {
		if next, n := r.exception(end); n > 0 {
			st.Count, end = n, next
		} else {
			st.Count, r.without = r.without, 0
		}
	}
	r.counts(&st, w)
	if r.joined(end) {
		r.finish(&st, i, end)
		r.waiting = append(r.waiting, len(r.out)-1)
		return end, true
	}
	if !r.act(&st, i, end) || w.them && r.last() == nil && (r.named == nil || !stance(st.Act)) {
		return end, true
	}
	if st.Act == NoAct && st.Files && st.Kind == Number && st.Bound == Exactly {
		st.Act = Responded
	}
	if w.noun != nil && !w.them && !r.certain(&st, w.own) {
		return end, true
	}
	r.finish(&st, i, end)
	return end, true
}

// supposed are words before an amount which only supposes it, or asks for it.
var supposed = set("where if whenever unless until how when")

// foreignOwner reports whether the amount is of what somebody else owns: "the union's 450 members".
func (r *reader) foreignOwner(i int) bool {
	word := lower(r.ts, i-1)
	if word == "has" || word == "have" || word == "represents" || word == "represent" {
		owner := lower(r.ts, i-2)
		return owner != "we" && owner != "which" && owner != "that" && !r.nouns.consortium(r.ts, i-2, owner)
	}
	if word == "'" || word == "’" {
		word = lower(r.ts, i-2) + "'"
		i--
	}
	bare := strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "'")
	return bare != word && !r.nouns.consortium(r.ts, i-1, bare)
}

// exception reads how many are left out at token i: "bar one", "with the exception of two charities", ", with one exception,".
func (r *reader) exception(i int) (next, n int) {
	at := i
	if lower(r.ts, at) == "," {
		at++
	}
	for _, words := range exceptions {
		if w := strings.Fields(words); are(r.ts, at, w...) {
			n, end, ok := number(r.ts, at+len(w))
			if !ok {
				return i, 0
			}
			if _, next, found := r.nouns.whose(r.ts, end); found {
				end = next
			}
			if w := lower(r.ts, end); w == "exception" || w == "exceptions" {
				end++
			} else if words == "with" {
				return i, 0
			}
			if lower(r.ts, end) == "," {
				end++
			}
			return end, n
		}
	}
	return i, 0
}

var exceptions = []string{"with the exception of", "with the sole exception of", "with only", "with just", "with", "apart from", "other than", "except for", "except", "bar", "but"}

// joined reports whether another count follows which shares the verb: "five charities and all three unions oppose it".
func (r *reader) joined(end int) bool {
	switch lower(r.ts, end) {
	case "and", "plus", ",":
	default:
		return false
	}
	at := end + 1
	if lower(r.ts, end) == "," && lower(r.ts, at) == "and" {
		at++
	}
	_, next, ok := r.words.amount(r.ts, at)
	if !ok {
		return false
	}
	_, _, found := r.nouns.whose(r.ts, next)
	return found
}

// numberOf reads "the number of members that support it is 20".
func (r *reader) numberOf(i int) {
	if !are(r.ts, i, "number", "of") || lower(r.ts, i-1) == "a" {
		return
	}
	w, next, ok := r.nouns.whose(r.ts, i+1)
	if !ok || w.noun == nil {
		return
	}
	if w.base == Favour || w.base == Against { // the clause is what is counted
		w.base, next = Unsaid, w.first+len(w.words)
	}
	act, end, not, ok := r.verb(r.skip(next))
	if !ok {
		return
	}
	for at := end; at < len(r.ts) && at < end+16; at++ {
		if w := lower(r.ts, at); w != "is" && w != "was" && w != "at" && w != "to" && w != ":" {
			continue
		}
		a, after, ok := r.words.amount(r.ts, at+1)
		if !ok || a.Kind != Number || !r.ends(after) {
			continue
		}
		st := Statement{Sentence: r.sentence, Amount: a, Act: act, Verb: index.Span{Start: r.ts[end-1].start, End: r.ts[end-1].end}}
		if not {
			st.Act = denied(act)
		}
		r.counts(&st, w)
		if at > end {
			st.Subject = index.Span{Start: r.ts[end].start, End: r.ts[at-1].end}
		}
		r.finish(&st, at+1, after)
		return
	}
}

// stance reports whether an act is where somebody stands.
func stance(a Act) bool {
	switch a {
	case Support, Unconditional, Conditions, Oppose, NotSupport, NotOppose, Mixed:
		return true
	}
	return false
}

// counts puts of whom a statement counts into it.
func (r *reader) counts(st *Statement, w who) {
	switch {
	case w.them:
		st.Inherited, st.Base = true, Them
		if last := r.last(); last != nil {
			st.Group = last.Group
		}
	case w.noun != nil:
		st.Group, st.Files, st.Base = w.group, w.files, w.base
		r.named = w.noun
	}
	if w.of > 0 && st.Of == 0 {
		st.Of = w.of
	}
	r.within(st)
}

// within applies the opener of the sentence: "Of the 27 members, 13 support".
func (r *reader) within(st *Statement) {
	o := r.opener
	if o == nil || st.Of > 0 && st.Base != Unsaid {
		return
	}
	if st.Of == 0 && o.of > 0 {
		st.Of = o.of
	}
	if st.Base == Unsaid {
		if st.Base = o.base; o.them {
			st.Base = Them
		}
	}
	if st.Group == "" && o.noun != nil {
		st.Group = o.group
	}
}

// last is the statement before, of this sentence or the one before it.
func (r *reader) last() *Statement {
	if n := len(r.out); n > 0 && (n > r.first || r.before) {
		return &r.out[n-1]
	}
	return nil
}

// elliptic reads an amount without a noun: "14 opposed, three unsure", "two oppose it", "(20 of 25)", "all three oppose it".
func (r *reader) elliptic(st *Statement, i, next int) (int, bool) {
	st.Inherited = true
	last := r.last()
	if last != nil {
		st.Group = last.Group
	}
	if r.named != nil {
		st.Group = r.named.group
	}
	r.within(st)
	if act, at, ok := r.passive(i); ok && r.ends(next) {
		st.Act, st.Verb = act, index.Span{Start: r.ts[at].start, End: r.ts[i-1].end}
		r.subjectBefore(st, at)
		return next, true
	}
	bare, at := lower(r.ts, next), next
	if bare == "(" {
		at = r.skip(next)
	}
	if act, end, not, ok := r.verb(at); ok && (st.Kind != Vague || last != nil) {
		st.Act = act
		if not {
			st.Act = denied(act)
		}
		if act == Other && (last == nil || st.Kind != Number) || act == Addressed && end == next+1 && st.Kind != Number && last == nil {
			return i, false
		}
		st.Verb = index.Span{Start: r.ts[at].start, End: r.ts[end-1].end}
		r.object(st, end)
		return next, true
	}
	if act, ok := r.short(next, last); ok {
		st.Act = act
		if last != nil {
			st.Subject = last.Subject
		}
		return next, true
	}
	inserted := lower(r.ts, i-1) == "(" || lower(r.ts, i-1) == "or"
	if (st.Kind == Number && st.Of > 0 && st.Bound == Exactly || st.Kind == Share && inserted) && len(r.out) > r.first && (bare == "" || bare == ")" || bare == "." || bare == "," || bare == ";") {
		own := &r.out[len(r.out)-1]
		st.Group, st.Act, st.Verb, st.Subject, st.Base = own.Group, own.Act, own.Verb, own.Subject, own.Base
		return next, true
	}
	return i, false
}

// short reads what needs the words before it: "six do not", "three for".
func (r *reader) short(i int, last *Statement) (Act, bool) {
	switch w := lower(r.ts, i); {
	case w == "for" && r.ends(i+1):
		return Support, true
	case last != nil && lower(r.ts, i+1) == "not" && auxiliary[w] && r.ends(i+2):
		return denied(last.Act), true
	case last != nil && (w == "do" || w == "did" || w == "does" || w == "are" || w == "is") && r.ends(i+1):
		return last.Act, true
	}
	return NoAct, false
}

// ends reports whether nothing follows at token i that an amount could count.
func (r *reader) ends(i int) bool {
	return i >= len(r.ts) || !r.ts[i].word || slices.Contains([]string{"and", "but", "while", "with"}, r.ts[i].lower)
}

// certain reports whether a statement is a count of members; where its noun may be others than members, own is false and what they do has to
// tell.
func (r *reader) certain(st *Statement, own bool) bool {
	if st.Act == Other && st.Kind == Number && st.Bound == Exactly && st.Count == 1 && st.Of == 0 {
		return false // "one charity said": somebody who is not named, and no count
	}
	if own {
		return true
	}
	switch st.Act {
	case NoAct, Belong:
		return st.Files && st.Act != NoAct
	case Other:
		return voiced[firstWord(r.text, st.Verb)]
	}
	return true
}

// voiced are verbs of saying: who says something in a draft about a consultation is a member.
var voiced = set("said say says told tell argued argue argues called call calls asked ask asks want wants wanted urged urge recommended recommend demanded stressed emphasised agreed agree warned suggested")

func firstWord(text string, s index.Span) string {
	for _, w := range plain(text[s.Start:s.End]) {
		return w
	}
	return ""
}

// finish sets where the statement stands and adds it.
func (r *reader) finish(st *Statement, i, end int) {
	for end > i+1 && lower(r.ts, end-1) == "," {
		end--
	}
	st.Span = index.Span{Start: r.ts[i].start, End: r.ts[end-1].end}
	r.out = append(r.out, *st)
	if st.Act == NoAct {
		return
	}
	for _, k := range r.waiting {
		own := &r.out[k]
		own.Act, own.Verb, own.Subject = st.Act, st.Verb, st.Subject
	}
	r.waiting = nil
}

// act finds what those counted from token i to end did: the verb behind them, or one before them as in "is supported by". It is false
// where a modal verb shows that nobody has done anything yet.
func (r *reader) act(st *Statement, i, end int) bool {
	if act, at, ok := r.passive(i); ok {
		st.Act = act
		st.Verb = index.Span{Start: r.ts[at].start, End: r.ts[max(at, i-1)].end}
		if act != Responded {
			r.subjectBefore(st, at)
		}
		return true
	}
	at := r.skip(end)
	if modal[lower(r.ts, at)] {
		return false
	}
	if act, next, not, ok := r.verb(at); ok {
		st.Act = act
		if not {
			st.Act = denied(act)
		}
		st.Verb = index.Span{Start: r.ts[at].start, End: r.ts[next-1].end}
		r.object(st, next)
		return true
	}
	r.otherwise(st, i, end, at)
	return true
}

// otherwise is what a count without a verb of the lexicon says.
func (r *reader) otherwise(st *Statement, i, end, at int) {
	switch {
	case r.counted(i):
		st.Act = Responded
	case lower(r.ts, i-1) == "including" || lower(r.ts, i-2) == "including":
		if len(r.out) > r.first {
			own := &r.out[len(r.out)-1]
			st.Act, st.Verb, st.Subject = own.Act, own.Verb, own.Subject
		}
	case at < len(r.ts) && r.ts[at].word && at == end && !clauseWord(lower(r.ts, at)) && !joining[lower(r.ts, at)]:
		for at+1 < len(r.ts) && auxiliary[lower(r.ts, at)] && r.ts[at+1].word {
			at++
		}
		st.Act = Other
		st.Verb = index.Span{Start: r.ts[at].start, End: r.ts[at].end}
		r.object(st, at+1)
	case r.belongs(i):
		st.Act = Belong
	}
}

// joining are words behind a count that are no verb.
var joining = set("and or but for to in on at by with from about as than of so because while whereas although")

// counted reports "we received" and "we heard from" before the amount.
func (r *reader) counted(i int) bool {
	w := lower(r.ts, i-1)
	return w == "received" || w == "receive" || w == "from" && lower(r.ts, i-2) == "heard" || w == "read" && lower(r.ts, i-2) == "we"
}

// belongs reports words before the amount that say how many the consortium has.
func (r *reader) belongs(i int) bool {
	switch lower(r.ts, i-1) {
	case "has", "have":
		w := lower(r.ts, i-2)
		return w == "we" || r.nouns.consortium(r.ts, i-2, w)
	case "our", "represents", "represent", "comprises", "comprising", "unites", "brings", "of", "its", "with", "asked", "invited", "consulted":
		return true
	}
	return lower(r.ts, i-1) == "together" || i == 0
}

// verb reads the verb at token i, over auxiliaries and adverbs; not reports that it is denied.
func (r *reader) verb(i int) (act Act, next int, not, ok bool) {
	for at := i; at < len(r.ts) && at < i+8; at++ {
		word := lower(r.ts, at)
		if act, next, ok := verbAt(r.ts, at); ok {
			if conditional(r.ts, next, next+2) && act == Support {
				act = Conditions
			}
			return act, next, not, true
		}
		switch {
		case word == "not" || word == "never" || word == "no" && lower(r.ts, at+1) == "longer":
			not = true
			if word == "no" {
				at++
			}
		case word == "to" && at == i+1 && (lower(r.ts, i) == "failed" || lower(r.ts, i) == "declined"):
			not = true
		case word == "failed" || word == "declined" || word == "chose" || word == "longer":
		case !auxiliary[word]:
			return NoAct, i, false, false
		case word == "be" || word == "is" || word == "are" || word == "was" || word == "were" || word == "been":
			// "are not opposed to": the form of to be belongs to the phrase behind the denial
			if act, next, ok := r.copula(at); ok {
				if denies := lower(r.ts, at+1) == "not"; denies {
					not = true
				}
				return act, next, not, true
			}
		}
	}
	return NoAct, i, false, false
}

// copula reads "is not in favour of", "are strongly opposed to": a form of to be with words between it and its phrase.
func (r *reader) copula(i int) (Act, int, bool) {
	at := i + 1
	for at < len(r.ts) && at < i+4 && (auxiliary[lower(r.ts, at)] || lower(r.ts, at) == "not" || strings.HasSuffix(lower(r.ts, at), "ly")) {
		at++
	}
	if at == i+1 {
		return NoAct, i, false
	}
	for _, v := range verbs()["are"] {
		if len(v.words) > 1 && are(r.ts, at, v.words[1:]...) && v.words[1] != "not" {
			return v.act, at + len(v.words) - 1, true
		}
	}
	return NoAct, i, false
}

// skip passes over what may stand between those counted and their verb: brackets, an insertion between commas, "that".
func (r *reader) skip(i int) int {
	for again := true; again; {
		again = false
		switch lower(r.ts, i) {
		case "(":
			if end := r.find(i, ")", 40); end > 0 {
				i, again = end+1, true
			}
		case ",", "–", "—":
			mark := lower(r.ts, i)
			for end := r.find(i+1, mark, 30); end > 0; end = r.find(end+1, mark, 30) {
				if _, _, _, ok := r.verb(end + 1); ok {
					return end + 1
				}
			}
			if _, _, _, ok := r.verb(i + 1); ok && lower(r.ts, i-1) != "," {
				return i + 1
			}
		case "that", "which", "who":
			i, again = i+1, true
		}
	}
	return i
}

// find is where a mark stands behind token i, not more than n tokens on; 0 where it does not.
func (r *reader) find(i int, mark string, n int) int {
	for at := i; at < len(r.ts) && at < i+n; at++ {
		if r.ts[at].lower == mark {
			return at
		}
		if r.ts[at].lower == ";" {
			return 0
		}
	}
	return 0
}

// passive reads "supported by", "opposition from" before the amount at token i; at is where the verb begins.
func (r *reader) passive(i int) (act Act, at int, ok bool) {
	by := i - 1
	for by > max(0, i-6) && (lower(r.ts, by) == "only" || lower(r.ts, by) == "just" || determiner[lower(r.ts, by)] || lower(r.ts, by) == "both") {
		by--
	}
	switch lower(r.ts, by) {
	case "by":
		for at := by - 1; at >= max(0, by-8); at-- {
			if act, end, ok := verbAt(r.ts, at); ok && participle(r.ts, end) {
				if act == Other { // "opposition to it was expressed by"
					if act, noun, ok := r.fromNoun(at-1, by); ok {
						return act, noun, true
					}
				}
				if at > 0 && lower(r.ts, at-1) == "not" || lower(r.ts, at-2) == "not" {
					act = denied(act)
				}
				if act == Support && conditional(r.ts, end, by) {
					act = Conditions
				}
				return act, at, true
			}
			if r.ts[at].lower == ";" || r.ts[at].lower == ":" {
				break
			}
		}
	case "from", "of", "among", "amongst":
		if act, at, ok := r.fromNoun(by-1, by); ok {
			return act, at, true
		}
	case "and", "but", ",": // "supported by nine and by one", "from 20 members and two": the verb is that of the count before
	}
	return NoAct, i, false
}

// fromNoun finds a noun of [from] at token i or before it; by is the preposition that stands before who it comes from.
func (r *reader) fromNoun(i, by int) (Act, int, bool) {
	for at := i; at >= max(0, by-12); at-- {
		for _, f := range from {
			if r.ts[at].lower == f.words && (lower(r.ts, by) != "of" || at == by-1 && f.act != Addressed && f.act != Responded) && (f.act != Responded || at >= by-2) {
				return f.act, at, true
			}
		}
		if r.ts[at].lower == ";" || r.ts[at].lower == ":" {
			break
		}
	}
	return NoAct, 0, false
}

// participle reports whether the word before token end is one that "by" may follow.
func participle(ts []token, end int) bool {
	for i := end - 1; i >= max(0, end-3); i-- {
		if w := lower(ts, i); strings.HasSuffix(w, "ed") || w == "said" || w == "spoken" || w == "written" || w == "sent" || w == "dealt" {
			return true
		}
	}
	return false
}

// conditional reports whether words between two tokens make support conditional.
func conditional(ts []token, from, to int) bool {
	for i := from; i < min(to, len(ts)); i++ {
		switch lower(ts, i) {
		case "conditions", "conditionally", "conditional", "reservations", "caveats", "qualifications":
			if before := lower(ts, i-1); before != "without" && before != "any" && before != "no" {
				return true
			}
		case "provided":
			return true
		case "if":
			if lower(ts, i-1) == "only" || lower(ts, i-1) == "but" {
				return true
			}
		case "long":
			if lower(ts, i+1) == "as" && (lower(ts, i-1) == "so" || lower(ts, i-1) == "as") {
				return true
			}
		case "subject":
			if lower(ts, i+1) == "to" {
				return true
			}
		}
	}
	return false
}

// object finds what the verb before token i is about: the words up to the end of the clause.
func (r *reader) object(st *Statement, i int) {
	if i < len(r.ts) && !r.ts[i].word && !strings.ContainsRune("“\"‘'(", []rune(r.ts[i].lower)[0]) && lower(r.ts, i) != "," {
		return
	}
	if lower(r.ts, i) == "," && !conditional(r.ts, i+1, i+5) {
		return
	}
	end := r.clauseEnd(i)
	if end > i {
		st.Subject = index.Span{Start: r.ts[i].start, End: r.ts[end-1].end}
	}
	if st.Act == Support {
		switch {
		case conditional(r.ts, i, end):
			st.Act = Conditions
		case unconditional(r.ts, i, end):
			st.Act = Unconditional
		}
	}
	if st.Act == Addressed && unstated(r.ts, i, end) {
		st.Act = NoPosition
	}
	if st.Act == Support && lower(r.ts, i) == "that" && !themeNoun[lower(r.ts, i+1)] { // "agree that the standards must be law" is no stance on the standards
		st.Act = Other
	}
}

// unstated reports words between two tokens that say that no position was taken.
func unstated(ts []token, from, to int) bool {
	for i := from; i < min(to, len(ts)); i++ {
		if lower(ts, i) != "without" {
			continue
		}
		for k := i + 1; k < min(i+6, len(ts)); k++ {
			if w := lower(ts, k); w == "position" || w == "view" || w == "opinion" || w == "stance" {
				return true
			}
		}
	}
	return false
}

// themeNoun are nouns behind "that" which make it point at something said before.
var themeNoun = set("proposal plan approach idea change reform measure aim standard framework position line view")

func unconditional(ts []token, from, to int) bool {
	for i := from; i < min(to, len(ts)); i++ {
		switch lower(ts, i) {
		case "unconditionally", "outright", "unreservedly":
			return true
		case "without":
			w := lower(ts, i+1)
			return w == "conditions" || w == "condition" || w == "reservation" || w == "reservations" || w == "any" || w == "setting" || w == "attaching"
		}
	}
	return false
}

// clauseEnd is the token before which the clause of token i ends: a mark, or the next count.
func (r *reader) clauseEnd(i int) int {
	for at := i; at < len(r.ts); at++ {
		switch lower(r.ts, at) {
		case ";", ":", ".", "(", "?", "!":
			return at
		case ",", "–", "—":
			if w := lower(r.ts, at+1); w == "and" || w == "but" || w == "while" || w == "whereas" || w == "although" || w == "with" || w == "though" {
				if !conditional(r.ts, at+1, at+5) {
					return at
				}
			}
			if r.countAt(at + 1) {
				return at
			}
		case "while", "whereas", "although", "but", "and":
			if r.countAt(at+1) || lower(r.ts, at) != "and" && !conditional(r.ts, at+1, at+5) {
				return at
			}
		}
	}
	return len(r.ts)
}

// countAt reports whether an amount begins at token i that could be counted on.
func (r *reader) countAt(i int) bool {
	if i >= len(r.ts) || !r.ts[i].word {
		return false
	}
	_, next, ok := r.words.amount(r.ts, i)
	if !ok {
		return false
	}
	if _, _, found := r.nouns.whose(r.ts, next); found {
		return true
	}
	if _, _, _, found := r.verb(next); found {
		return true
	}
	_, found := r.short(next, &Statement{})
	return found
}

// subjectBefore is what stands before a passive verb, or behind a noun: "the timetable was rejected by", "support for the plan from".
func (r *reader) subjectBefore(st *Statement, at int) {
	for _, f := range from {
		if lower(r.ts, at) != f.words {
			continue
		}
		end := at + 1
		for end < len(r.ts) && r.ts[end].start < st.Verb.End && !slices.Contains([]string{"from", "among", "amongst", "came", "comes", "was", "were", "is", "has", "by"}, r.ts[end].lower) {
			end++
		}
		if end > at+1 && lower(r.ts, at+1) != "of" {
			st.Subject = index.Span{Start: r.ts[at+1].start, End: r.ts[end-1].end}
			return
		}
	}
	start := at
	for start > 0 && !slices.Contains([]string{";", ":", "."}, r.ts[start-1].lower) {
		start--
	}
	if len(r.out) > r.first { // "supported by nine and opposed by two": of what the clause before is about
		if own := &r.out[len(r.out)-1]; own.Span.Start >= r.ts[start].start {
			st.Subject = own.Subject
			return
		}
	}
	if at > start {
		st.Subject = index.Span{Start: r.ts[start].start, End: r.ts[at-1].end}
	}
}

// unanimous reads "members unanimously support": a count without an amount.
func (r *reader) unanimous() {
	for i := range r.ts {
		n, next := r.nouns.at(r.ts, i)
		if n == nil || !n.own && n.group == "" || r.nouns.others(r.ts, i, next, n) {
			continue
		}
		word := lower(r.ts, next)
		if word != "unanimously" && !are(r.ts, next, "are", "unanimous") && !are(r.ts, next, "without", "exception") && !are(r.ts, next, "were", "unanimous") {
			continue
		}
		at := next + 1
		for at < len(r.ts) && at < next+4 {
			if _, _, ok := verbAt(r.ts, at); ok {
				break
			}
			at++
		}
		st := Statement{Sentence: r.sentence, Amount: Amount{Kind: All}, Group: n.group}
		if r.act(&st, i, at); st.Act != NoAct && !slices.ContainsFunc(r.out[r.first:], func(o Statement) bool { return o.Start <= r.ts[i].start && o.End > r.ts[i].start }) {
			r.finish(&st, i, next+1)
		}
	}
}
