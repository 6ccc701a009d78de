package lean

import "strings"

// The lexicon of stance: turns of phrase that say where their writer stands, with how far they lean, above 0 for the proposal
// and below 0 against it. It is general English and what the method calls cues, not the words of any consultation. Verbs count
// only where the writer does them to a proposal: neither "SEN support" nor "we support children" is a stance.
var cues = lexicon(
	of(verb, 2, "support", "supports", "supported", "back", "backs", "backed", "endorse", "endorses", "endorsed", "favour", "favours", "favoured", "applaud", "applauds", "applauded", "agree", "agrees", "agreed"),
	of(plain, 2, "in support of", "agree in full", "agree entirely", "all for it", "am for it", "are for it", "'m for it", "'re for it"),
	of(verb, 1.5, "welcome", "welcomes", "welcomed", "commend", "commends", "commended"),
	of(plain, 1.5, "yes to", "is overdue", "are overdue", "long overdue", "right approach", "right direction", "right thing", "right idea", "right course", "right answer", "right way", "right shape", "right ones", "right model",
		"would benefit from", "would like to see it", "happy with", "happy for", "content with", "content for", "satisfied with"),
	of(plain, 1.5, "like the idea", "likes the idea", "liked the idea", "about right"),
	of(plain, 1, "agree that", "agrees that", "agreed that", "step forward", "steps forward", "pleased", "glad", "good idea", "great idea", "good ideas", "good thing", "excellent thing", "good news", "good start", "makes sense", "make sense", "common sense",
		"cannot come soon enough", "much needed", "needed change", "would help", "will help", "would be a help", "would be a relief", "would be great", "would be good", "helpful", "we like", "i like",
		"in the right", "warmly", "highly recommend", "about time", "should be adopted", "should be the norm"),
	of(plain, 1, "no objection", "no objections", "no complaint", "no complaints", "no quarrel"), // a courtesy as often as a view
	of(feeling, 1, "encouraged by"),
	of(plain, 2, "down as for", "down as in favour", "down as supporting"),
	of(plain, -2, "down as against", "down as opposed", "down as opposing"),
	of(feeling, 2, "in favour", "supportive", "in agreement", "enthusiastic"),
	of(feeling, 1.5, "comfortable", "optimistic", "relaxed"),
	of(judged, 1.5, "excellent", "amazing", "brilliant", "fantastic", "marvellous", "wonderful", "superb", "right", "good news", "good thing", "good idea", "great idea", "acceptable", "favourable"),
	of(judged, 1, "good", "great", "sensible", "fair", "reasonable", "welcome", "realistic", "useful", "valuable", "positive", "promising", "fine", "ok", "okay", "sound", "lovely", "wise", "proportionate", "encouraging", "overdue", "needed"),
	of(verb, -2, "oppose", "opposes", "opposed", "reject", "rejects", "rejected", "object", "objects", "objected", "disagree", "disagrees", "disagreed"),
	of(plain, -2, "in opposition to", "opposed to", "opposition to", "are against", "is against", "am against", "'m against", "'re against", "stand against", "remain against", "against the proposal", "against the idea",
		"our objection", "our objections", "our opposition", "strong objections", "be withdrawn", "be dropped", "be abandoned", "be scrapped", "be removed from", "be taken out", "should not be introduced", "should not become", "should not proceed", "should not go ahead", "should not replace", "should not be used",
		"should not happen", "should not be forced", "has no place", "have no place", "we resist", "will resist", "step backwards", "backward step", "step too far"),
	of(plain, -1.5, "not good enough", "too slow", "too slowly", "too late", "too long", "too far away", "too far off", "unrealistic", "unworkable", "unacceptable", "indefensible", "no justification", "cannot accept", "ca n't accept", "can not accept",
		"wrong approach", "wrong direction", "wrong thing", "wrong idea", "wrong answer", "wrong way", "bad idea", "terrible idea", "leave it alone", "no thanks", "no to", "do not like", "do n't like", "dislike", "no thank you", "do n't trust", "do not trust", "deeply flawed"),
	of(plain, -1, "undermine", "undermines", "undermined", "erode", "erodes", "eroded", "weaken", "weakens", "weakened", "restrict", "restricts", "restricted", "narrow", "narrows", "narrowed", "hurdle", "barrier", "barriers", "obstacle", "obstacles", "take away", "takes away", "taking away", "strip", "strips",
		"disappointed", "disappointing", "disappointment", "fails to", "failed to", "fail to", "afterthought", "not persuaded", "not convinced", "unconvinced", "sceptical", "no answer to", "does nothing for", "do nothing for", "does nothing to", "cost cutting", "rationing", "reluctant", "step back", "harm", "harmful", "backfire", "pointless", "meaningless", "waste of"),
	of(judged, -1, "wrong", "bad", "terrible", "awful", "dangerous", "worse", "insulting", "disgusting", "disgraceful", "ridiculous", "unfair", "unjust", "inadequate", "insufficient", "premature", "misguided", "wrong headed", "a mistake", "nonsense", "shameful", "discriminatory", "unlawful"),
	of(concern, -0.5, "concern", "concerns", "concerned", "worry", "worried", "worries", "worrying", "fear", "fears", "afraid", "anxious", "risk", "risks", "regret", "regrets", "alarmed", "troubled", "cannot wait", "can not wait", "ca n't wait", "will not wait", "misgivings", "doubt", "doubts"),
	of(condition, 0, "only if", "only where", "only when", "provided", "providing that", "so long as", "as long as", "on condition", "on the condition", "on the understanding", "on the basis that", "conditional", "conditionally", "subject to", "unless", "in principle",
		"with one caveat", "with two caveats", "with caveats", "with conditions", "with one condition", "with two conditions", "with three conditions", "with some conditions", "with reservations", "with one stipulation", "with one proviso", "with one reservation", "with some reservations",
		"if they are", "if it is", "if these are", "if this is", "if they were", "if it were", "if it was", "if and only if", "must be accompanied by", "must be matched by", "must be backed by", "only works if", "only work if", "works only if", "will only work", "would only work", "depends on whether", "not at the expense of", "not at any price"),
	of(silence, 0, "no view", "no views", "no position", "no opinion", "no comment", "no comments", "take no line", "takes no line", "took no line", "no collective view", "not commented", "nothing to say", "nothing to add", "not on either side", "not our field", "outside our remit", "beyond our remit", "outside our experience", "not for us to say", "leave others to", "leave that to others", "leave it to others", "n/a"),
	of(feeling, 0, "unsure", "not sure", "undecided", "neutral"),
	of(doubt, 0, "no settled view", "no settled opinion", "no firm opinion", "not formed a view", "not formed a settled view", "not reached a view", "not yet reached a view", "not yet decided", "not made up our minds", "no firm view", "no single view", "no agreed view", "no settled position", "no agreed position", "no agreed line", "no conclusion", "no consensus", "mixed views", "mixed feelings", "mixed response", "mixed reaction", "a mixed picture",
		"neither for nor against", "for or against", "we were split", "neither support nor oppose", "neither supports nor opposes", "neither oppose nor support", "members are divided", "members were divided", "we are divided", "we are split", "members are split", "members were split", "opinion is divided", "opinion was divided", "opinions differ", "views differ", "two minds", "both ways", "reserve judgement", "reserve our judgement", "remains to be seen", "too early to say",
		"too early to tell", "too soon to say", "open mind", "open minded", "agnostic", "on the fence", "pros and cons", "not yet in favour", "not opposed to it and", "yes and no", "do not know what to think", "do n't know what to think", "see both sides", "jury is out"),
)

// hedges before a cue make it say less.
var hedges = set("perhaps", "maybe", "might", "may", "broadly", "generally", "cautiously", "cautious", "somewhat", "partly", "partially", "largely", "mostly", "fairly", "possibly", "some", "qualified", "tentatively", "guarded")

// A kind is what a turn of phrase does.
type kind int

const (
	plain     kind = iota
	verb           // leans where it is a verb whose subject is the writer, or passive
	judged         // leans where something "is", "looks" or "sounds" so
	feeling        // leans where the writer "is" so; without a lean it doubts
	concern        // worries: of the problem that a proposal is for as often as of the proposal
	condition      // hangs support on something
	doubt          // says that the writer, or its members, have not made up their mind
	silence        // says that the writer takes no position
)

// A cue is one turn of phrase of the lexicon.
type cue struct {
	words []string // lower case
	lean  float64
	kind  kind
}

func of(k kind, lean float64, phrases ...string) []cue {
	var out []cue
	for _, p := range phrases {
		out = append(out, cue{words: strings.Fields(p), lean: lean, kind: k})
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
