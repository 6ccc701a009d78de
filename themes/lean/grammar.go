package lean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Closed classes of words that tell who does what to whom. They are general English.
var (
	copulas    = set("is", "are", "am", "was", "were", "'s", "'re", "'m", "be", "been", "being", "seem", "seems", "seemed", "look", "looks", "looked", "sound", "sounds", "sounded", "feel", "feels", "felt", "remain", "remains")
	auxiliary  = set("do", "does", "did", "can", "ca", "could", "would", "'d", "will", "'ll", "wo", "have", "has", "had", "'ve", "not", "n't", "never", "cannot", "also", "very", "much", "all", "therefore", "still", "in", "general", "principle", "may", "might", "both", "neither", "however", "should", "and", "be", "to", "oppose", "support", "welcome", "back")
	modal      = set("would", "will", "'d", "'ll", "can", "could", "do", "strongly", "fully", "warmly", "therefore")
	bodies     = set("members", "membership", "executive", "committee", "board", "trustees", "union", "association", "network", "charity", "alliance", "federation", "partnership", "organisation", "forum", "council", "guild", "trust", "group", "society", "respondents", "most", "majority", "all", "us", "response", "submission", "who")
	arranged   = set("to", "by", "through", "between", "at", "in", "among", "locally", "nationally")                                                                                                                          // "agreed at the meeting": no view of a proposal
	willing    = set("like", "happy", "pleased", "glad", "continue", "inclined", "prepared", "willing", "ready", "able", "unable", "want", "wish", "difficult", "hard", "delighted", "proud", "continues", "wishes", "wants") // before "to support"
	people     = set("children", "child", "families", "family", "pupils", "pupil", "students", "student", "young", "people", "parents", "parent", "learners", "learner", "adults", "members", "them", "him", "her", "those", "staff", "schools", "teachers", "carers", "needs", "each", "one", "someone", "patients", "clients")
	joining    = set("the", "a", "an", "our", "their", "these", "many", "all", "disabled", "other", "such", "more", "its", "any", "every", "vulnerable")
	evaluated  = set("to", "that", "and", "but", "as", "for", "in", "of", "on", "if", "when", "because", "so", "about", "with", "idea", "ideas", "step", "proposal", "proposals", "move", "way", "thing", "plan", "measure", "measures", "compromise", "change", "changes", "start", "principle", "principles", "aim", "ambition", "one", "approach", "reform", "news", "enough", "by", "from", "at", "it", "they", "we", "i", "where", "than", "whether", "how", "provided", "or", "yet", "then", "now", "though", "while", "which", "overall", "here")
	courtesies = set("opportunity", "chance", "invitation", "consultation", "extension", "publication", "questions", "conversation", "discussion", "engagement", "dialogue")
	answering  = set("respond", "reply", "answer", "contribute", "submit", "offer", "provide", "share", "send", "take", "discuss", "meet", "help", "assist", "comment", "give", "have", "be") // "glad to respond" is no view
	intentions = set("aim", "aims", "ambition", "ambitions", "intention", "intentions", "commitment", "recognition", "focus", "emphasis", "acknowledgement", "sentiment", "spirit", "rhetoric", "objective", "objectives", "goal", "goals", "vision")
	minorities = set("minority", "some", "few", "somebody", "someone", "others", "nobody", "everybody", "everyone")
)

// verbAt reports whether a word is done by the writer, or passive, and done to something that can be proposed: "we support the plan",
// "standards are welcomed", but not "schools support pupils", "supported internships" or "SEN support".
func (r *reading) verbAt(i int, c cue) bool {
	word := r.words[i]
	if word == "back" && i > 0 && (r.words[i-1] != "we" && r.words[i-1] != "i" && !strings.HasSuffix(r.words[i-1], "ly")) || r.doneToPeople(i) {
		return false
	}
	subject := r.subjectOf(i)
	if subject < 0 {
		return i <= 1 && !r.noun(i) // "Support this." "Agreed, with one caveat."
	}
	who := r.words[subject]
	switch {
	case minorities[who] || subject > 1 && r.words[subject-1] == "of" && minorities[r.words[subject-2]]:
		return false
	case who == "we" || who == "i" || bodies[who]:
		return !r.toDo(i)
	case strings.HasSuffix(word, "ed"):
		if copulas[who] {
			return subject == 0 || !people[r.words[subject-1]]
		}
		return copulas[r.words[i-1]] && !people[who]
	case strings.HasSuffix(word, "s") && len(c.words) == 1:
		return r.capitalised(subject) && !others[who]
	}
	return false
}

// subjectOf is the word that a verb's subject seems to end with: the nearest one before it that neither helps nor qualifies the verb; -1
// where the sentence or the clause begins with the verb.
func (r *reading) subjectOf(i int) int {
	for j := i - 1; j >= 0 && j >= i-7; j-- {
		w := r.words[j]
		switch {
		case w == "," || w == ";" || w == ":" || w == "." || w == "–" || w == "-" || w == "(" || w == "\"" || w == "“" || w == "but":
			if r.Own && w != "." && w != ":" {
				return r.own(j)
			}
			return -1
		case w == "and" && modal[r.words[j+1]] && r.Own: // "we like outreach and would support it"
			return r.own(j)
		case auxiliary[w] || strings.HasSuffix(w, "ly") || willing[w]:
		default:
			return j
		}
	}
	return -1
}

// own is the last word before j that stands for the writer, or j.
func (r *reading) own(j int) int {
	for k := j; k >= max(0, j-maxClause); k-- {
		if w := r.words[k]; w == "we" || w == "i" || bodies[w] {
			return k
		}
	}
	return j
}

// toDo reports an infinitive that is no statement: "we have to support", but not "we would like to support" or "we are unable to support".
func (r *reading) toDo(i int) bool {
	for j := i - 1; j >= max(0, i-2); j-- {
		if r.words[j] == "to" {
			return j == 0 || !willing[r.words[j-1]]
		}
	}
	return false
}

// meant is how much of a word in favour is meant of the proposal: none of a chance to speak, half of what it sets out to do.
func (r *reading) meant(end int) float64 {
	if end+1 < len(r.words) && r.words[end] == "to" && answering[r.words[end+1]] {
		return 0
	}
	for j := end; j < min(len(r.words), end+5); j++ {
		switch w := r.words[j]; {
		case courtesies[w]:
			return 0
		case intentions[w]:
			return 0.5
		case w == "," || w == ";" || w == "that":
			return 1
		}
	}
	return 1
}

// doneToPeople reports that what follows a verb are people: "we support families" is what a member does, not where it stands.
func (r *reading) doneToPeople(i int) bool {
	if r.words[i] == "agree" || r.words[i] == "agrees" || r.words[i] == "agreed" {
		return i+1 < len(r.words) && arranged[r.words[i+1]]
	}
	for j := i + 1; j < min(len(r.words), i+5); j++ {
		switch w := r.words[j]; {
		case people[w]:
			return j+1 >= len(r.words) || r.words[j+1] != "'s" && r.words[j+1] != "'"
		case !joining[w] && !(j == i+1 && r.words[i] == "object"):
			return false
		}
	}
	return false
}

// noun reports that a word is used as a noun or before one, by its tag.
func (r *reading) noun(i int) bool {
	tag := r.tag(i)
	if strings.HasPrefix(tag, "NN") {
		return true
	}
	return strings.HasSuffix(r.words[i], "ed") && i+1 < len(r.words) && strings.HasPrefix(r.tag(i+1), "NN")
}

func (r *reading) capitalised(i int) bool {
	first, _ := utf8.DecodeRuneInString(r.tokens[r.at[i]].Word)
	return unicode.IsUpper(first)
}

// judgedAt reports whether a word is said of something: "looks sensible", "is a very good idea", but not "is in a good school".
func (r *reading) judgedAt(i, end int) bool {
	if end < len(r.words) {
		next := r.words[end]
		if r.words[end-1] == "right" && next == "for" {
			return false // for somebody
		}
		if first, _ := utf8.DecodeRuneInString(next); unicode.IsLetter(first) && !evaluated[next] && !strings.HasSuffix(next, "ly") {
			return false
		}
	}
	for j := i - 1; j >= max(0, i-4); j-- {
		switch w := r.words[j]; {
		case copulas[w]:
			return j == 0 || r.words[j-1] != "what" // "establishing what is reasonable"
		case w == "," || w == ";" || w == "the" || w == "any" || w == "between" || w == "and" && j < i-1 || w == "a" && end == i+1 && r.words[i] == "right":
			return false
		}
	}
	return r.short(i)
}

// short reports a cue that stands nearly alone: "Sensible." "Very good idea!"
func (r *reading) short(i int) bool {
	return i == 0 || i == 1 && !unicode.IsLetter(rune(r.words[0][0])) || i <= 2 && len(r.words) <= 5
}

// feltAt reports whether the writer is said to be so: "we are broadly supportive", but not "the teacher is unsure".
func (r *reading) feltAt(i int) bool {
	for j := i - 1; j >= max(0, i-8); j-- {
		switch w := r.words[j]; {
		case w == "who" || w == "someone" || w == "somebody":
			return false
		case ownVoice[w] || bodies[w] || w == "position" || w == "view" || w == "parents" || w == "opinion":
			return true
		case w == ";":
			return false
		}
	}
	return r.short(i)
}
