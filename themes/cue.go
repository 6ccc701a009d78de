package themes

import (
	"regexp"
	"strings"

	"collate/index"
)

// A cue is a turn of phrase that says where its writer stands. Rules like these alone are near chance on real debates
// (Stab and Gurevych's and later corpora), so they only propose, with their reason, and say nothing when in doubt.
type cue struct {
	words *regexp.Regexp
	lean  float64 // above 0 for the proposal, below 0 against it
	verb  bool    // counts only where the tagger sees a verb or an adjective: "SEN support" is no support
}

var cues = []cue{
	{lean: 2, verb: true, words: words(`support(?:s|ed|ive of)?|back(?:s|ed)?|endorse[sd]?|favour(?:s|ed)?|applaud(?:s|ed)?`)},
	{lean: 2, words: words(`in favour of|in support of|agree(?:s|d)?(?: with| that)?|strongly in favour`)},
	{lean: 1.5, verb: true, words: words(`welcome[sd]?`)},
	{lean: 1.5, words: words(`long overdue|is overdue|are overdue|the right (?:approach|direction|thing|idea|course|answer)|overdue and`)},
	{lean: 1, words: words(`step forward|pleased (?:to see|that|by)|glad (?:to see|that)|good idea|sensible|makes sense|would like to see it|cannot come soon enough|encouraged by|hope(?:s)? it (?:is|goes)|much needed|much-needed|warmly`)},
	{lean: -2, verb: true, words: words(`oppose[sd]?|reject(?:s|ed)?|object(?:s|ed)? to|disagree[sd]?`)},
	{lean: -2, words: words(`in opposition to|opposed to|(?:are|is|stand|stands|remain) against|unacceptable|should (?:simply )?be (?:withdrawn|dropped|abandoned|scrapped|removed)|should not (?:be )?(?:introduced|made|become|proceed|go ahead|replace|be used)|has no place|wrong-headed|dangerous|a step backwards`)},
	{lean: -1.5, words: words(`not good enough|too slow|too late|far too (?:slow|late|long)|unrealistic|unworkable|should not|must not|no justification|cost[- ]cutting|rationing`)},
	{lean: -1, words: words(`undermine[sd]?|erode[sd]?|weaken(?:s|ed)?|restrict(?:s|ed)?|narrow(?:s|ed)?|hurdle|barrier|obstacle|inadequate|insufficient|disappoint(?:ed|ing)|fail(?:s|ed)? to|wrong|afterthought|not persuaded|not convinced|unconvinced|sceptical|no answer to|does nothing for|worse`)},
	{lean: -0.5, words: words(`concern(?:s|ed)?|worr(?:y|ied|ies)|fear(?:s)?|risk(?:s)?|regret(?:s)?|alarmed`)},
}

// conditions hang support on something: the stance is then support with conditions.
var conditions = words(`only if|only where|only when|provided(?: that)?|so long as|as long as|on (?:the )?condition(?: that)?|conditional(?:ly)?|subject to|unless|in principle|with (?:one|two|some|several|important) (?:caveats?|conditions?|reservations?)|if (?:they|it|these|those|this|that|the standards|the plan) (?:are|is|were|was) (?:\w+ )?(?:funded|statutory|resourced|enforceable|matched|accompanied|backed|written|made)|if and only if|must be (?:accompanied|matched|backed) by`)

// doubts say that the writer has not made up its mind, or that its members have not.
var doubts = words(`unsure|not sure|undecided|neutral|no (?:settled|firm|single|agreed) (?:view|position|line)|mixed (?:views|feelings|response)|(?:members|we) (?:are|were) (?:divided|split)|two minds|either way|reserve judgement|cautious(?:ly)?|remains to be seen|too early to say|open mind`)

var (
	negation    = regexp.MustCompile(`(?i)(?:\bnot|n['’]t|\bcannot|\bnever|\bno|\bneither|\bnor|\bhardly|\bunable to|\bdifficult to|\bhard to|\bwithout)(?:\s+[\pL’'-]+){0,3}\s*$`)
	attribution = regexp.MustCompile(`(?i)\b(?:government|department|dfe|ministers?|minister|white paper|green paper|plan|it|some|others|critics|councils|officials)\s+(?:\w+\s+){0,2}?(?:argue|argues|argued|claim|claims|claimed|say|says|said|state|states|stated|suggest|suggests|suggested|believe|believes|assert|asserts|maintain|maintains|insist|insists|tells us|promise|promises|promised)\b`)
	ownVoice    = regexp.MustCompile(`(?i)\b(?:we|our|us|I|my)\b`)
	concession  = regexp.MustCompile(`(?i)(?:^|[,;]\s*)\b(?:while|whilst|although|though|even though|much as)\b([^,;]*)[,;]`)
	turn        = regexp.MustCompile(`(?i)[,;–—]?\s*\b(?:but|however|yet|nevertheless)\b`)
)

func words(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + alternatives + `)\b`)
}

// A leaning is what the cues of some sentences add up to.
type leaning struct {
	for_, against float64
	condition     bool
	doubt         bool
	because       []string
}

// stance turns a leaning into a proposal: plain cues on one side, none to speak of on the other; otherwise not stated.
func (l *leaning) stance() Stance {
	const plain = 1.5
	switch {
	case l.doubt:
		return Mixed
	case l.for_ >= plain && l.against >= plain && !l.condition:
		return Mixed
	case l.for_ >= plain && l.condition:
		return Conditions
	case l.for_ >= plain && l.against <= l.for_/2:
		return Support
	case l.for_ >= plain:
		return Conditions
	case l.against >= plain:
		return Oppose
	}
	return NotStated
}

// lean reads the cues of the sentences of text that lie within spans of interest.
func lean(text string, sentences []index.Span) leaning {
	var l leaning
	for _, s := range sentences {
		l.sentence(text[s.Start:s.End])
	}
	return l
}

func (l *leaning) sentence(s string) {
	attributed := attribution.FindStringIndex(s)
	if attributed != nil && ownVoice.MatchString(s[:attributed[0]]) {
		attributed = nil
	}
	conceded := concession.FindStringSubmatchIndex(s)
	turned := turn.FindStringIndex(s)
	if turned != nil {
		// "We support it, but only if": a condition, not a change of mind.
		if m := conditions.FindStringIndex(s[turned[1]:]); m != nil && m[0] <= 1 {
			turned = nil
		}
	}
	var tagged []token
	for _, c := range cues {
		for _, m := range c.words.FindAllStringIndex(s, -1) {
			if attributed != nil && m[0] > attributed[0] && (turned == nil || m[0] < turned[0]) {
				continue // somebody else's view
			}
			if c.verb {
				if tagged == nil {
					tagged = tokens(s)
					partsOfSpeech().tag(tagged)
				}
				if !verbAt(tagged, m[0]) {
					continue
				}
			}
			weight := c.lean
			before := s[:m[0]]
			if negation.MatchString(before) {
				weight = -0.75 * weight
			}
			if conceded != nil && m[0] >= conceded[2] && m[1] <= conceded[3] || turned != nil && m[0] < turned[0] {
				weight /= 2
			}
			l.add(weight, s[m[0]:m[1]], before)
		}
	}
	if m := conditions.FindString(s); m != "" && attributed == nil {
		l.condition = true
		l.because = append(l.because, strings.ToLower(m))
	}
	if m := doubts.FindString(s); m != "" && attributed == nil {
		l.doubt = true
		l.because = append(l.because, strings.ToLower(m))
	}
}

func (l *leaning) add(weight float64, said, before string) {
	if weight > 0 {
		l.for_ += weight
	} else {
		l.against -= weight
	}
	if m := negation.FindString(before); m != "" {
		said = strings.TrimSpace(m) + " " + said
	}
	l.because = append(l.because, strings.ToLower(said))
}

// verbAt reports whether the word at a place is used as a verb, or as an adjective ("is welcome").
func verbAt(words []token, at int) bool {
	for i, w := range words {
		if w.Start <= at && at < w.End {
			if strings.HasPrefix(w.Tag, "VB") || strings.HasPrefix(w.Tag, "JJ") {
				return true
			}
			// "We support" opens many paragraphs of one sentence that the tagger has no other hold on.
			return i > 0 && strings.EqualFold(words[i-1].Word, "we")
		}
	}
	return false
}

// asks are the strict forms of a demand; looser ones ("have to") were wrong half of the time.
var asks = words(`should|must|ought to|needs? to be|would like to see|recommends?|urges?|calls? (?:on|for)`)
