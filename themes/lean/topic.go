package lean

import (
	"slices"
	"strings"

	"collate/index"
	"collate/themes/speech"
)

// topics tell which of a passage's sentences and clauses speak of a theme.
type topics struct {
	text  string
	theme int
	marks [][]index.Span // theme → where its words stand
}

// A subject is what a sentence speaks of, so far as the theme goes.
type subject struct {
	speaks bool // of the theme, by its own words or what went before
	named  bool // by its own words
	others bool // of other themes, by its own words or what went before
}

// headed reports that headings name the theme, and the passage's own words do not.
func (t *topics) headed(body int) bool {
	own := slices.ContainsFunc(t.marks[t.theme], func(m index.Span) bool { return m.End > body })
	return len(t.marks[t.theme]) > 0 && !own
}

// above is what is spoken of before the first sentence: what the headings name, or all themes where nothing names any.
func (t *topics) above(body int) subject {
	any := false
	for i := range t.marks {
		any = any || len(t.marks[i]) > 0
	}
	return subject{speaks: t.headed(body) || !any}
}

// of is what a sentence speaks of, with what went before it.
func (t *topics) of(sentence index.Span, before subject) subject {
	own, others := t.count(sentence)
	if own+others == 0 || own == 0 && before.speaks && goesOn(t.text[sentence.Start:sentence.End]) {
		return subject{speaks: before.speaks, others: before.others}
	}
	return subject{speaks: own > 0, named: own > 0, others: others > 0}
}

// goesOn reports that a sentence's subject is what went before, whatever else it names: "They must bind the NHS".
func goesOn(sentence string) bool {
	words := strings.Fields(strings.ToLower(sentence[:min(len(sentence), 40)]))
	return len(words) > 1 && (words[0] == "they" || words[0] == "it" || pronouns[words[0]] && (auxiliary[words[1]] || copulas[words[1]] || words[1] == "must"))
}

// count is how many marks a stretch has of the theme, and the most that it has of any other. Those that stand beside each other are one:
// "SENCO training".
func (t *topics) count(at index.Span) (own, others int) {
	for i := range t.marks {
		n, last := 0, -1
		for _, m := range t.marks[i] {
			if m.Start >= at.End || m.End <= at.Start {
				continue
			}
			if last < 0 || strings.TrimSpace(t.text[last:max(last, m.Start)]) != "" {
				n++
			}
			last = m.End
		}
		if i == t.theme {
			own = n
		} else {
			others = max(others, n)
		}
	}
	return own, others
}

// outweighed is by how much another theme's marks in a clause have to outnumber the theme's for the clause to be the other's: "a national
// framework of bands and tariffs" speaks of bands and tariffs.
const outweighed = 2

// said is what a sentence that speaks of the theme says of it: the cues of the clauses that do. Where they all do, it is everything.
func (t *topics) said(sentence index.Span, l *Leaning, is, before subject) Leaning {
	if !is.named || len(l.Cues) == 0 || !is.others && (before.speaks || !before.others) {
		return *l
	}
	parts := clausesOf(t.text[sentence.Start:sentence.End], sentence.Start)
	return l.on(func(q Cue) bool { return t.meant(parts, q, before.speaks || !before.others) })
}

// meant reports whether a cue's clause speaks of the theme: by the marks of the clause or, where there are none in it, those of the nearest
// that has some. What is supposed is no subject; where nothing else is named it is what went before that tells.
func (t *topics) meant(parts []clause, q Cue, before bool) bool {
	at := slices.IndexFunc(parts, func(p clause) bool { return q.Start < p.End })
	for away := range parts {
		for _, i := range [...]int{at - away, at + away} {
			if i < 0 || i >= len(parts) || parts[i].supposed && (away > 0 || q.Does == Limits) {
				continue
			}
			if own, others := t.count(parts[i].Span); own+others > 0 {
				return own > 0 && own*outweighed > others
			}
		}
	}
	return before
}

// A clause is a part of a sentence with a verb of its own.
type clause struct {
	index.Span
	supposed bool // it begins with "if", "unless" and the like, or belongs to one that does
}

var (
	subordinating = set("but", "because", "if", "unless", "while", "whilst", "although", "though", "whereas", "provided", "which", "who", "until", "when", "where", "since", "that", "whether")
	hypothetical  = set("if", "unless", "provided", "whether", "until", "when", "where")
	stipulating   = set("understanding", "condition", "basis", "proviso")
	breaks        = set(";", ":", "–", "—")
	marksOff      = set(",", ";", ":", "–", "—", "(", ")", "-")
)

// clausesOf splits a sentence at marks, at words that begin a clause, and at an "and" with a verb behind it. What has no verb belongs to what
// stands before it ("bands, tariffs and lists") or, behind a semicolon, to what follows it.
func clausesOf(sentence string, at int) []clause {
	tokens := speech.Tokens(sentence)
	speech.Tag(tokens)
	var out []clause
	start, verb, supposed := 0, false, false
	cut := func(end int) {
		if end <= start {
			return
		}
		first := strings.ToLower(tokens[start].Word)
		supposed = hypothetical[first] || first == "that" && start > 0 && stipulating[strings.ToLower(tokens[start-1].Word)] || supposed && start > 0 && tokens[start-1].Word != ";" && !ownVoice[first] && !turning[first]
		c := clause{Span: index.Span{Start: at + tokens[start].Start, End: at + tokens[end-1].End}, supposed: supposed}
		switch n := len(out); {
		case !verb && !subordinating[first] && end < len(tokens) && start > 0 && breaks[tokens[start-1].Word]:
			return // "...; on the bands, we are": it belongs to what follows
		case n > 0 && !verb && !subordinating[first]:
			out[n-1].End = c.End
		case n == 1 && !hasVerb(tokens[:start]):
			out[0].End = c.End
			out[0].supposed = c.supposed
		default:
			out = append(out, c)
		}
		start, verb = end, false
	}
	for i := range tokens {
		switch word := strings.ToLower(tokens[i].Word); {
		case marksOff[word]:
			cut(i + 1)
		case subordinating[word] && (word != "that" || tokens[i].Tag != "DT") || (word == "and" || word == "or" || word == "nor") && verbBehind(tokens, i+1):
			cut(i)
		}
		verb = verb || isVerb(tokens[i].Tag)
	}
	cut(len(tokens))
	return out
}

// verbBehind reports a finite verb at a word or soon after it, with no noun before it but a pronoun.
func verbBehind(tokens []speech.Token, i int) bool {
	for j := i; j < min(len(tokens), i+4); j++ {
		switch tag := tokens[j].Tag; {
		case isVerb(tag):
			return true
		case tag != "PRP" && tag != "RB" && tag != "EX" && tag != "DT" && tag != "TO":
			return false
		}
	}
	return false
}

func isVerb(tag string) bool {
	return tag == "MD" || tag == "VB" || tag == "VBP" || tag == "VBZ" || tag == "VBD"
}

func hasVerb(tokens []speech.Token) bool {
	return slices.ContainsFunc(tokens, func(t speech.Token) bool { return isVerb(t.Tag) })
}
