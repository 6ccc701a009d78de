package themes

import (
	"strings"

	"collate/themes/speech"
)

// The lexicon of stance: turns of phrase that say where their writer stands, with how far they lean, above 0 for the proposal
// and below 0 against it. Rules like these alone are near chance on real debates, so they only propose, with their
// reason, and say nothing when in doubt. Verbs count only where the tagger sees a verb or an adjective: "SEN support" is no support.
var cues = lexicon(
	verbs(2, "support", "supports", "supported", "supportive", "back", "backs", "backed", "endorse", "endorses", "endorsed", "favour", "favours", "favoured", "applaud", "applauds"),
	says(2, "in favour of", "strongly in favour", "in support of", "agree", "agrees"),
	verbs(1.5, "welcome", "welcomes", "welcomed"),
	says(1.5, "long overdue", "is overdue", "are overdue", "the right approach", "the right direction", "the right thing", "the right idea", "the right course", "the right answer"),
	says(1, "step forward", "pleased to see", "pleased that", "pleased by", "glad to see", "glad that", "good idea", "sensible", "makes sense", "cannot come soon enough", "encouraged by", "much needed", "warmly"),
	verbs(-2, "oppose", "opposes", "opposed", "reject", "rejects", "rejected", "object to", "objects to", "objected to", "disagree", "disagrees"),
	says(-2, "in opposition to", "are against", "is against", "stand against", "remain against", "unacceptable", "be withdrawn", "be dropped", "be abandoned", "be scrapped", "should be removed",
		"should not be introduced", "should not become", "should not proceed", "should not go ahead", "should not replace", "should not be used", "has no place", "have no place", "wrong headed", "dangerous", "step backwards"),
	says(-1.5, "not good enough", "too slow", "too late", "far too long", "unrealistic", "unworkable", "no justification", "cost cutting", "rationing"),
	says(-1, "undermine", "undermines", "undermined", "erode", "erodes", "eroded", "weaken", "weakens", "weakened", "restrict", "restricts", "restricted", "would narrow", "narrows", "narrowed", "hurdle", "barrier", "obstacle",
		"inadequate", "insufficient", "disappointed", "disappointing", "fails to", "failed to", "fail to", "wrong", "afterthought", "not persuaded", "not convinced", "unconvinced", "sceptical", "no answer to", "does nothing for", "worse"),
	says(-0.5, "concern", "concerns", "concerned", "worry", "worried", "worries", "fear", "fears", "risk", "risks", "regret", "regrets", "alarmed"),
	conditions("only if", "only where", "only when", "provided", "so long as", "as long as", "on condition", "on the condition", "conditional", "conditionally", "subject to", "unless", "in principle",
		"with one caveat", "with two caveats", "with caveats", "with conditions", "with one condition", "with two conditions", "with three conditions", "with some conditions", "with reservations", "with one stipulation",
		"if they are", "if it is", "if these are", "if this is", "if they were", "if it were", "if and only if", "must be accompanied by", "must be matched by", "must be backed by"),
	silences("no view", "no views", "no position", "no opinion", "take no line", "takes no line", "took no line", "no collective view", "not commented", "nothing to say", "nothing to add", "not on either side", "not our field", "outside our remit", "beyond our remit"),
	doubts("unsure", "not sure", "undecided", "neutral", "no settled view", "no firm view", "no single view", "no agreed view", "no settled position", "no agreed position", "no agreed line", "mixed views", "mixed feelings",
		"neither for nor against", "neither support nor oppose", "neither supports nor opposes", "members are divided", "members were divided", "we are divided", "we are split", "members are split", "members were split", "two minds", "either way", "reserve judgement", "cautious", "cautiously", "remains to be seen", "too early to say", "open mind"),
)

// A cue is one turn of phrase of the lexicon.
type cue struct {
	words     []string // lower case
	lean      float64
	verb      bool
	condition bool // hangs support on something
	doubt     bool // says that the writer, or its members, have not made up their mind
	silence   bool // says that the writer takes no position
}

func says(lean float64, phrases ...string) []cue {
	var out []cue
	for _, p := range phrases {
		out = append(out, cue{words: strings.Fields(p), lean: lean})
	}
	return out
}

func verbs(lean float64, phrases ...string) []cue {
	out := says(lean, phrases...)
	for i := range out {
		out[i].verb = true
	}
	return out
}

func conditions(phrases ...string) []cue {
	out := says(0, phrases...)
	for i := range out {
		out[i].condition = true
	}
	return out
}

func silences(phrases ...string) []cue {
	out := says(0, phrases...)
	for i := range out {
		out[i].silence = true
	}
	return out
}

func doubts(phrases ...string) []cue {
	out := says(0, phrases...)
	for i := range out {
		out[i].doubt = true
	}
	return out
}

// lexicon files cues under their first words, longer ones first.
func lexicon(lists ...[]cue) map[string][]cue {
	out := map[string][]cue{}
	for _, list := range lists {
		for _, c := range list {
			first := out[c.words[0]]
			at := 0
			for at < len(first) && len(first[at].words) >= len(c.words) {
				at++
			}
			out[c.words[0]] = append(first[:at:at], append([]cue{c}, first[at:]...)...)
		}
	}
	return out
}

func set(words ...string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

var (
	negations   = set("not", "n't", "cannot", "never", "no", "neither", "nor", "hardly", "unable", "difficult", "hard", "without")
	ownVoice    = set("we", "our", "us", "i", "my")
	others      = set("government", "department", "dfe", "ministers", "minister", "paper", "plan", "it", "some", "others", "critics", "councils", "officials")
	attributing = set("argue", "argues", "argued", "claim", "claims", "claimed", "say", "says", "said", "state", "states", "stated", "suggest", "suggests", "suggested", "believe", "believes", "assert", "asserts", "maintain", "maintains", "insist", "insists", "promise", "promises", "promised")
	conceding   = set("while", "whilst", "although", "though")
	turning     = set("but", "however", "yet", "nevertheless")
	wouldBe     = set("would", "could", "can", "we")
	backing     = set("support", "back", "welcome", "endorse", "accept")
	demanding   = set("should", "must", "ought", "need", "needs", "recommend", "recommends", "urge", "urges", "call", "calls")
)

// negationReach is how many words may stand between a negation and what it denies.
const negationReach = 3

// A leaning is what the cues of some sentences add up to.
type leaning struct {
	inFavour, against float64
	condition         bool
	doubt             bool
	silence           bool // it is said that no position is taken
	ask               bool // something is demanded: no stance by itself
	own               bool // the writer speaks of itself
	because           []string
}

// stance turns a leaning into a proposal: plain cues on one side, none to speak of on the other; otherwise not stated.
func (l *leaning) stance() Stance {
	const plain = 1.5
	switch {
	case l.silence && max(l.inFavour, l.against) <= plain:
		return NotStated
	case l.doubt:
		return Mixed
	case l.inFavour >= plain && l.against >= plain && !l.condition:
		return Mixed
	case l.inFavour >= plain && l.condition:
		return Conditions
	case l.inFavour >= plain && l.against <= l.inFavour/2:
		return Support
	case l.inFavour >= plain:
		return Conditions
	case l.against >= plain:
		return Oppose
	}
	return NotStated
}

// plus adds another sentence's cues.
func (l leaning) plus(m leaning) leaning {
	l.inFavour += m.inFavour
	l.against += m.against
	l.condition, l.doubt, l.silence = l.condition || m.condition, l.doubt || m.doubt, l.silence || m.silence
	l.ask, l.own = l.ask || m.ask, l.own || m.own
	l.because = append(l.because[:len(l.because):len(l.because)], m.because...)
	return l
}

// leanOf reads the cues of one sentence.
func leanOf(sentence string) leaning {
	r := sentenceReading{text: sentence, tokens: speech.Tokens(sentence), attributed: -1, turned: -1}
	r.fold()
	r.outline()
	for i := 0; i < len(r.words); {
		i += max(1, r.cueAt(i))
	}
	r.wouldIf()
	return r.leaning
}

// A sentenceReading is one sentence on its way to a leaning.
type sentenceReading struct {
	leaning
	text       string
	tokens     []speech.Token
	words      []string // the tokens, lower case, hyphenated ones in parts
	at         []int    // word → token
	tagged     bool
	attributed int // the word from which on the views are somebody else's, or -1
	turned     int // the word at which the sentence turns ("but"), or -1
	conceded   [2]int
}

func (r *sentenceReading) fold() {
	for i, t := range r.tokens {
		word := strings.ToLower(strings.ReplaceAll(t.Word, "’", "'"))
		for _, part := range strings.Split(word, "-") {
			if part != "" || word == "-" {
				r.words, r.at = append(r.words, part), append(r.at, i)
			}
		}
	}
}

// outline finds the parts of the sentence: what others say, what is conceded, where it turns.
func (r *sentenceReading) outline() {
	for i, w := range r.words {
		r.own = r.own || ownVoice[w]
		r.ask = r.ask || demanding[w]
		switch {
		case r.attributed < 0 && !r.own && others[w] && r.attributedAt(i):
			r.attributed = i
		case conceding[w] && (i == 0 || i > 0 && (r.words[i-1] == "," || r.words[i-1] == ";" || r.words[i-1] == "even")):
			r.conceded = [2]int{i, r.clauseEnd(i)}
		case r.turned < 0 && turning[w] && !r.conditionAt(i+1):
			r.turned = i
		}
	}
}

func (r *sentenceReading) attributedAt(i int) bool {
	for j := i + 1; j < min(len(r.words), i+4); j++ {
		if attributing[r.words[j]] {
			return true
		}
	}
	return false
}

func (r *sentenceReading) clauseEnd(i int) int {
	for j := i; j < len(r.words); j++ {
		if r.words[j] == "," || r.words[j] == ";" {
			return j
		}
	}
	return i // a concession that nothing closes concedes nothing that can be told
}

// conditionAt reports a condition at a word: "We support it, but only if" is a condition, not a change of mind.
func (r *sentenceReading) conditionAt(i int) bool {
	c, ok := r.find(i)
	return ok && c.condition
}

// find is the longest cue at a word.
func (r *sentenceReading) find(i int) (cue, bool) {
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
func (r *sentenceReading) cueAt(i int) int {
	c, ok := r.find(i)
	if !ok {
		return 0
	}
	if r.attributed >= 0 && i > r.attributed && (r.turned < 0 || i < r.turned) {
		return len(c.words) // somebody else's view
	}
	if c.verb && !r.verbAt(i) {
		return len(c.words)
	}
	said := r.said(i, i+len(c.words))
	if c.condition || c.doubt || c.silence {
		r.condition, r.doubt, r.silence = r.condition || c.condition, r.doubt || c.doubt, r.silence || c.silence
		r.because = append(r.because, said)
		return len(c.words)
	}
	weight := c.lean
	if n := r.negated(i); n >= 0 {
		weight, said = -0.75*weight, r.said(n, i+len(c.words))
	}
	if i >= r.conceded[0] && i < r.conceded[1] || r.turned > i {
		weight /= 2
	}
	if weight > 0 {
		r.inFavour += weight
	} else {
		r.against -= weight
	}
	r.because = append(r.because, said)
	return len(c.words)
}

// negated is the negation that a word stands under, or -1.
func (r *sentenceReading) negated(i int) int {
	for j := i - 1; j >= 0 && j >= i-1-negationReach; j-- {
		switch w := r.words[j]; {
		case negations[w]:
			return j
		case w == "," || w == ";" || w == ":" || w == "and" || w == "but" || w == "because":
			return -1
		}
	}
	return -1
}

// verbAt reports whether a word is used as a verb, or as an adjective ("is welcome").
func (r *sentenceReading) verbAt(i int) bool {
	if !r.tagged {
		speech.Tag(r.tokens)
		r.tagged = true
	}
	tag := r.tokens[r.at[i]].Tag
	// "We support" opens many paragraphs of one sentence that the tagger has no other hold on.
	return strings.HasPrefix(tag, "VB") || strings.HasPrefix(tag, "JJ") || i > 0 && r.words[i-1] == "we"
}

// wouldIf finds "we would support it if" and "we support it, if".
func (r *sentenceReading) wouldIf() {
	for i, w := range r.words {
		if !wouldBe[w] {
			continue
		}
		for j := i + 1; j < min(len(r.words), i+4); j++ {
			if !backing[r.words[j]] {
				continue
			}
			for k := j + 1; k < len(r.words); k++ {
				if r.words[k] == "if" {
					r.condition = true
					r.because = append(r.because, w+" "+r.words[j]+" if")
					return
				}
			}
		}
	}
}

// said is the words from i to j as they stand in the sentence, in lower case.
func (r *sentenceReading) said(i, j int) string {
	return strings.ToLower(strings.Join(strings.Fields(r.text[r.tokens[r.at[i]].Start:r.tokens[r.at[j-1]].End]), " "))
}
