package lean

import (
	"math"
	"strings"

	"collate/index"
	"collate/themes/speech"
)

var (
	negations   = set("not", "n't", "cannot", "never", "no", "none", "nothing", "nobody", "neither", "nor", "hardly", "unable", "difficult", "hard", "without")
	affirming   = set("only", "just", "merely", "simply", "least", "doubt", "surprisingly", "surprise")                   // after "not" or "no" they deny nothing
	supposing   = set("think", "believe", "consider", "feel", "see", "want", "wish", "suppose", "persuaded", "convinced") // "we do not think that it is right" denies what follows
	ownVoice    = set("we", "our", "us", "i", "my", "me")
	others      = set("government", "department", "dfe", "ministers", "minister", "paper", "plan", "it", "some", "others", "critics", "councils", "officials", "they", "people", "many", "treasury", "one", "several", "two", "three", "few", "half", "third")
	attributing = set("argue", "argues", "argued", "claim", "claims", "claimed", "say", "says", "said", "state", "states", "stated", "suggest", "suggests", "suggested", "believe", "believes", "assert", "asserts", "maintain", "maintains", "insist", "insists", "promise", "promises", "promised", "tell", "tells", "told", "contend", "contends", "hopes", "expects", "assumes", "describes")
	conceding   = set("while", "whilst", "although", "though", "despite", "granted", "admittedly", "notwithstanding")
	turning     = set("but", "however", "yet", "nevertheless", "nonetheless", "still")
	demanding   = set("should", "must", "ought", "recommend", "recommends", "urge", "urges")
	following   = map[string]string{"need": "to", "needs": "to", "call": "on", "calls": "on", "ask": "that", "like": "to"} // demand with what follows them
	proposals   = set("proposal", "proposals", "proposed", "propose", "reform", "reforms", "change", "changes", "idea", "measure", "measures", "approach", "mandatory", "compulsory", "intention", "suggestion", "this", "these", "would", "could", "will")
	persuaded   = set("persuaded", "convinced", "unconvinced", "sceptical")
	told        = set("told", "assured", "promised", "informed", "advised")
	saying      = set("say", "says", "said", "saying")                                                                     // "to be able to say no to it": a choice, no view
	indirect    = set("as", "even", "what", "ask", "asked", "see", "know", "wonder", "wondered", "check", "asks", "seems") // before "if": no condition
	pronouns    = set("that", "it", "they", "there", "these", "this", "their", "its")                                      // after "provided": a condition, not a service
)

const (
	// negationReach is how many words may stand between a negation and what it denies.
	negationReach = 3
	// supposingReach is that for "we do not think that ...".
	supposingReach = 9
	// maxCondition is how many words of a condition are named.
	maxCondition = 45
	// maxClause bounds how far a clause is followed, so that no text takes longer than its length.
	maxClause = 60
)

// Read reads the cues of one sentence. at is where the sentence begins in the text that spans shall count in.
func Read(sentence string, at int) Leaning {
	r := reading{text: sentence, start: at, tokens: speech.Tokens(sentence), attributed: index.Span{Start: -1, End: -1}, turned: -1, favoured: -1}
	r.sentence = index.Span{Start: at, End: at + len(sentence)}
	r.fold()
	r.outline()
	for i := 0; i < len(r.words); {
		i += max(1, r.cueAt(i))
	}
	r.supportIf()
	r.Turn = len(r.words) > 0 && (turning[r.words[0]] || r.trailing())
	return r.Leaning
}

// A reading is one sentence on its way to a leaning.
type reading struct {
	Leaning
	text       string
	start      int
	tokens     []speech.Token
	words      []string // the tokens, lower case, hyphenated ones in parts
	at         []int    // word → token
	tagged     bool
	attributed index.Span // the words that are somebody else's view
	conceded   index.Span // the words that are conceded
	turned     int        // the word at which the sentence turns ("but"), or -1
	favoured   int        // the first word in favour, or -1
	proposal   bool       // it speaks of what is proposed or would come
	waiting    bool       // it speaks of waiting
}

func (r *reading) fold() {
	r.words, r.at = make([]string, 0, len(r.tokens)+4), make([]int, 0, len(r.tokens)+4)
	for i, t := range r.tokens {
		word := strings.ToLower(t.Word)
		if strings.Contains(word, "’") {
			word = strings.ReplaceAll(word, "’", "'")
		}
		if len(word) < 2 || !strings.Contains(word, "-") {
			r.words, r.at = append(r.words, word), append(r.at, i)
			continue
		}
		for part := range strings.SplitSeq(word, "-") {
			if part != "" {
				r.words, r.at = append(r.words, part), append(r.at, i)
			}
		}
	}
}

// trailing reports a "though" or "however" between commas, or at the end: the sentence turns from what stands before it.
func (r *reading) trailing() bool {
	for i, w := range r.words {
		if i > 0 && (w == "though" || w == "however") && r.words[i-1] == "," && (i+1 == len(r.words) || r.words[i+1] == "," || r.words[i+1] == ".") {
			return true
		}
	}
	return false
}

// outline finds the parts of the sentence: what others say, what is conceded, where it turns.
func (r *reading) outline() {
	both := false
	for i, w := range r.words {
		r.Own = r.Own || ownVoice[w]
		r.Ask = r.Ask || demanding[w] || i+1 < len(r.words) && following[w] == r.words[i+1]
		r.Must = r.Must || w == "must"
		r.proposal = r.proposal || proposals[w]
		r.waiting = r.waiting || strings.HasPrefix(w, "wait")
		switch {
		case r.attributed.Start < 0 && r.othersAt(i):
			r.attributed = index.Span{Start: i, End: r.backToOwn(i + 1)}
		case conceding[w] && (i == 0 || r.words[i-1] == "," || r.words[i-1] == ";" || r.words[i-1] == "even" || r.words[i-1] == "and"):
			r.conceded = index.Span{Start: i, End: r.clauseEnd(i, i > 0)}
		case w == "only" && i > 0 && r.words[i-1] == "not":
			both = true // what follows its "but" adds, and turns from nothing
		case both && w == "but":
			both = false
		case r.turned < 0 && i > 0 && turning[w] && !r.conditionAt(i+1) && !(i+1 < len(r.words) && (r.words[i+1] == "if" || r.words[i+1] == "to")):
			r.turned = i
		}
	}
}

// othersAt reports whether somebody else's view begins at a word: "the government argues", "it is said", "according to ministers".
func (r *reading) othersAt(i int) bool {
	if r.words[i] == "according" {
		return i+1 < len(r.words) && r.words[i+1] == "to"
	}
	if told[r.words[i]] && i > 0 && (copulas[r.words[i-1]] || r.words[i-1] == "been") {
		return true // "we are told that", "we have been assured that"
	}
	if !others[r.words[i]] || r.Own {
		return false
	}
	for j := i + 1; j < min(len(r.words), i+5); j++ {
		if attributing[r.words[j]] {
			return true
		}
		if r.words[j] == "," || r.words[j] == ";" {
			return false
		}
	}
	return false
}

// backToOwn is where the sentence leaves somebody else's view: at a turn, a semicolon, or where the writer speaks again.
func (r *reading) backToOwn(i int) int {
	for ; i < len(r.words); i++ {
		w := r.words[i]
		if w == ";" || turning[w] || ownVoice[w] && (r.words[i-1] == "," || r.words[i-1] == "and") {
			return i
		}
	}
	return i
}

// clauseEnd is where the clause that begins at a word ends. One that begins inside the sentence may end with it.
func (r *reading) clauseEnd(i int, inside bool) int {
	for j := i + 1; j < min(len(r.words), i+maxClause); j++ {
		if r.words[j] == "," || r.words[j] == ";" {
			return j
		}
	}
	if inside {
		return min(len(r.words), i+maxClause)
	}
	return i // a concession that nothing closes concedes nothing that can be told
}

// conditionAt reports a condition at a word: "We support it, but only if" is a condition, not a change of mind.
func (r *reading) conditionAt(i int) bool {
	c, ok := r.find(i)
	return ok && c.kind == condition
}

// find is the longest cue at a word.
func (r *reading) find(i int) (cue, bool) {
	if i >= len(r.words) {
		return cue{}, false
	}
next:
	for _, c := range cues[r.words[i]] {
		if i+len(c.words) > len(r.words) {
			continue
		}
		for j, w := range c.words {
			if r.words[i+j] != w {
				continue next
			}
		}
		return c, true
	}
	return cue{}, false
}

// cueAt counts the cue at a word and says how many words it has; 0 when there is none.
func (r *reading) cueAt(i int) int {
	c, ok := r.find(i)
	if !ok {
		return 0
	}
	end := i + len(c.words)
	if within(r.attributed, i) || c.kind == verb && !r.verbAt(i, c) || c.kind == judged && !r.judgedAt(i, i+len(c.words)) || c.kind == feeling && !r.feltAt(i) || c.words[0] == "provided" && !r.providedAt(i) {
		return len(c.words)
	}
	switch c.kind {
	case condition:
		r.Condition = true
		r.note(i, end, 0, Limits)
		r.name(i, end)
	case doubt, feeling:
		if c.lean != 0 {
			r.leans(i, end, c)
			break
		}
		r.Doubt = true
		r.Firm = r.Firm || r.Own
		r.note(i, end, 0, Doubts)
	case silence:
		r.Silence = true
		r.note(i, end, 0, Refrains)
	case concern:
		r.worry(i, end, c.lean)
	default:
		r.leans(i, end, c)
	}
	return len(c.words)
}

// worry notes a concern. It speaks against a proposal only where the sentence speaks of what is proposed or would come: members are
// concerned about the problem as often as about the proposal.
func (r *reading) worry(i, end int, lean float64) {
	if r.negated(i) >= 0 {
		return
	}
	r.Concern = true
	if !r.proposal {
		return
	}
	r.Against -= lean
	r.note(i, end, lean, Worries)
}

// leans counts a cue that speaks for a side. Like worries, weak words against speak against a proposal only where one is spoken of, and
// waiting that is too long is the problem.
func (r *reading) leans(i, end int, c cue) {
	if c.lean < 0 && (c.lean >= -1 && !r.proposal || c.words[0] == "too" && r.waiting || c.kind != verb && r.deplored(end)) {
		r.Concern = true
		return
	}
	if i > 0 && saying[r.words[i-1]] || c.lean < 0 && r.doubtsHarm(end) {
		return
	}
	weight, from := c.lean*r.meant(end), i
	if weight == 0 {
		return
	}
	if n := r.negated(i); n >= 0 {
		from = n
		if weight > 0 {
			weight *= -0.75
		} else {
			weight *= -0.5 // "not opposed" is not yet in favour
		}
	}
	yields := within(r.conceded, i) || r.turned > i
	if yields {
		weight /= 2
	}
	if r.hedged(i) {
		weight *= 0.75
	}
	r.Firm = r.Firm || r.Own && math.Abs(weight) >= plainly
	if weight > 0 {
		r.InFavour += weight
		if r.favoured < 0 {
			r.favoured = i
		}
	} else {
		r.Against -= weight
	}
	r.note(from, end, weight, Leans)
	r.Cues[len(r.Cues)-1].yields = yields
}

// deplored reports that what follows a word against is a fact and no proposal: "it is unacceptable that", "what we cannot accept is that".
func (r *reading) deplored(end int) bool {
	return end < len(r.words) && r.words[end] == "that" || end+1 < len(r.words) && copulas[r.words[end]] && r.words[end+1] == "that"
}

// doubtsHarm reports that what the writer is not persuaded of is something against the proposal: "not persuaded that it is too slow".
func (r *reading) doubtsHarm(end int) bool {
	if end >= len(r.words) || r.words[end] != "that" || !persuaded[r.words[end-1]] {
		return false
	}
	for i := end + 1; i < min(len(r.words), end+1+supposingReach); i++ {
		if c, ok := r.find(i); ok && c.lean < 0 {
			return true
		}
	}
	return false
}

func (r *reading) note(i, end int, lean float64, does Effect) {
	at := index.Span{Start: r.tokens[r.at[i]].Start, End: r.tokens[r.at[end-1]].End}
	words := strings.ToLower(strings.Join(strings.Fields(r.text[at.Start:at.End]), " "))
	r.Cues = append(r.Cues, Cue{Span: index.Span{Start: at.Start + r.start, End: at.End + r.start}, Words: words, Lean: lean, Does: does})
}

// tag is a word's part of speech.
func (r *reading) tag(i int) string {
	if !r.tagged {
		speech.Tag(r.tokens)
		r.tagged = true
	}
	return r.tokens[r.at[i]].Tag
}

func within(s index.Span, i int) bool { return i >= s.Start && i < s.End }

// negated is the negation that a word stands under, or -1.
func (r *reading) negated(i int) int {
	for j := i - 1; j >= 0 && j >= i-1-supposingReach; j-- {
		switch w := r.words[j]; {
		case negations[w] && affirming[r.words[j+1]]:
			return -1
		case negations[w] && (j >= i-1-negationReach || supposing[r.words[j+1]]):
			return j
		case w == "," || w == ";" || w == ":" || w == "but" || w == "because" || w == "and" && j >= i-1-negationReach:
			return -1
		}
	}
	return -1
}

func (r *reading) hedged(i int) bool {
	for j := max(0, i-2); j < i; j++ {
		if hedges[r.words[j]] {
			return true
		}
	}
	return false
}

// providedAt tells a condition from a service that is provided.
func (r *reading) providedAt(i int) bool {
	before := i == 0 || r.words[i-1] == "," || r.words[i-1] == ";" || r.words[i-1] == "but" || r.words[i-1] == "and" || r.words[i-1] == "("
	return i+1 < len(r.words) && (pronouns[r.words[i+1]] || before && r.words[i+1] != "by" && r.words[i+1] != "in" && r.words[i+1] != "with")
}

// supportIf finds a condition that begins with a plain "if": "we would support it if", "if they were statutory, we would welcome them".
func (r *reading) supportIf() {
	if r.favoured < 0 || r.InFavour < 1 {
		return
	}
	for i, w := range r.words {
		if w != "if" || i > 0 && indirect[r.words[i-1]] || within(r.attributed, i) || r.conditionAt(i) {
			continue
		}
		if i > r.favoured || i == 0 {
			r.Condition = true
			if !r.named(i) {
				r.note(i, i+1, 0, Limits)
				r.name(i, i+1)
			}
			return
		}
	}
}

// named reports whether a word is inside a condition that was named already.
func (r *reading) named(i int) bool {
	at := r.tokens[r.at[i]].Start + r.start
	for _, c := range r.Conditions {
		if at >= c.Start && at < c.End {
			return true
		}
	}
	return false
}

// name keeps the words of a condition: from its turn of phrase to the end of what depends on it.
func (r *reading) name(i, end int) {
	to := end
	for to < len(r.words) && to-i < maxCondition && !r.closes(i, to) {
		to++
	}
	if to-end < 1 || r.words[end] == "." { // "with conditions", "in principle": none is named
		return
	}
	r.Conditions = append(r.Conditions, index.Span{Start: r.start + r.tokens[r.at[i]].Start, End: r.start + r.tokens[r.at[to-1]].End})
}

// closes reports whether a condition that began at word i has ended at word j.
func (r *reading) closes(i, j int) bool {
	switch w := r.words[j]; w {
	case ".", ";", "!", "?", "–", "—":
		return true
	case ",":
		next := ""
		if j+1 < len(r.words) {
			next = r.words[j+1]
		}
		first := i == 0 || r.words[i-1] == ","
		return turning[next] || ownVoice[next] || i == 0 && first || next == "and" && j+2 < len(r.words) && ownVoice[r.words[j+2]]
	}
	return false
}
