package quotation

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// conditional are the words with which a sentence sets a condition or turns round.
var (
	conditional = regexp.MustCompile(`(?i)\b(?:(?:but |and )?only(?: if| when| where| once| after)?|if|unless|until|except|provided|providing|(?:as|so) long as|on (?:the )?condition|conditional (?:on|upon)|subject to)\b`)
	contrast    = regexp.MustCompile(`(?i)\b(?:but|however|although|though|yet|whereas|while|rather than|instead of)\b`)
)

// maxReplaced is how many words a bracket may stand for: one that stands for more leaves out as an elision does.
const maxReplaced = 8

// cut judges what an elision or a bracket stands for.
func (k *comparison) cut(before, after pairing, left []word, from int, m mark) {
	if before.draft < 0 {
		return
	}
	x := Cut{Words: spread(k.w.text, left), Bracket: m.bracket}
	if len(left) > 0 {
		x.Why, x.Grave = k.cutSense(left, from)
		_, gone := k.border(before, left)
		if x.Why == "" && gone {
			x.Why = "it joins words of two passages"
		}
	}
	if why, grave := bracketSense(m.bracket, left); why != "" {
		x.Why, x.Grave = why, grave
	}
	if m.bracket != "" && !m.elision && x.Why == "" && len(left) > maxReplaced {
		x.Why = fmt.Sprintf("it stands for %d words", len(left))
	}
	k.m.Cuts = append(k.m.Cuts, x)
}

// border says whether a cut goes from one passage into another.
func (k *comparison) border(before pairing, left []word) (text int, crossed bool) {
	a, _ := k.c.place(k.w, k.w.words[before.source].start)
	b, _ := k.c.place(k.w, min(len(k.w.text), left[len(left)-1].end+1))
	return a, a != b
}

// cutSense says how leaving words out turns the sense of what is quoted. Words of sentences of which nothing is quoted turn nothing: only what
// is cut out of a sentence that is quoted in part is looked at.
func (k *comparison) cutSense(left []word, from int) (why string, grave bool) {
	to := from + len(left)
	head, tail := left, []word(nil)
	for i := from; i <= to && i < len(k.w.words); i++ {
		if i > 0 && k.parts(i) {
			head = left[:i-from]
			break
		}
	}
	if len(head) < len(left) {
		for i := to; i > from; i-- {
			if i < len(k.w.words) && k.parts(i) {
				tail = left[i-from:]
				break
			}
		}
	}
	for _, part := range [][]word{head, tail} {
		if i := slices.IndexFunc(part, func(w word) bool { return negates(w.fold) }); i >= 0 {
			return fmt.Sprintf("it cuts %q", k.w.text[part[i].start:part[i].end]), true
		}
		text := spread(k.w.text, part)
		if said := conditional.FindString(text); said != "" {
			return fmt.Sprintf("it cuts the condition %q", strings.ToLower(said)), true
		}
	}
	for _, part := range [][]word{head, tail} {
		if said := contrast.FindString(spread(k.w.text, part)); said != "" {
			return fmt.Sprintf("it cuts %q and what follows it", strings.ToLower(said)), false
		}
	}
	return "", false
}

// parts reports that a sentence, or a line of a list, ends before a word.
func (k *comparison) parts(i int) bool {
	return sentenceEnds(k.w.text, k.w.words[i-1:i+1]) > 0 || strings.Contains(k.w.text[k.w.words[i-1].end:k.w.words[i].start], "\n")
}

// bracketSense says how a bracket turns the sense: it may name what is meant, and must not deny, count or oblige.
func bracketSense(bracket string, left []word) (why string, grave bool) {
	if bracket == "" || strings.EqualFold(bracket, "sic") {
		return "", false
	}
	has := map[string]bool{}
	for _, w := range left {
		has[w.fold] = true
	}
	for _, w := range words(bracket) {
		for _, kind := range kinds {
			if kind.has(w.fold) && !has[w.fold] {
				return fmt.Sprintf("the bracket adds %q, a %s", w.fold, kind.class), kind.class == Negation || kind.class == Modal
			}
		}
	}
	return "", false
}
