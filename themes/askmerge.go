package themes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/claim"
)

// A MergedAsk is one ask, made once or by several members.
type MergedAsk struct {
	Asks    []int    `json:"asks"`    // places in [AskActor.Asks]: the first is shown, the others ask the same
	Members int      `json:"members"` // that ask it
	Themes  []string `json:"themes"`  // of all its passages, in the order of the codebook
}

// When two asks of one actor are the same. Members word what they agree on in their own way, and words that look alike ask for
// opposite things: so every word that tells one thing from another has to be the same, and only words that add nothing may differ.
const (
	minAskWords   = 3   // an ask of fewer words says too little by itself: "be withdrawn"
	minAskAlike   = .75 // the least share of words in common where one ask has all the words of the other
	minAskHeld    = 4   // and the fewest words of the shorter one then
	minAroundWord = 8   // of the sentence and the one before it, where an ask cannot stand alone
	minAround     = .6
)

// An askReading is an ask as it is compared.
type askReading struct {
	ListedAsk
	actor, name string
	said        wording // of the action; where nobody is named of the whole clause, which says what it is about
	around      wording // of its sentence and the one before
	deadline    wording
	dated       bool
}

func (c *passageClaims) askReading(w *wordings, ask claim.Ask) askReading {
	name, key := c.actor(ask)
	said := ask.Action
	if name == "" {
		said = ask.Span
	}
	words := c.text[said.Start:said.End]
	if d := ask.Deadline; d.Start >= said.Start && d.End <= said.End && d.End > d.Start {
		words = c.text[said.Start:d.Start] + " " + c.text[d.End:said.End]
	}
	out := askReading{ListedAsk: ListedAsk{c.cut(ask.Span), c.cut(ask.Action), c.cut(ask.Deadline), ask.Because, c.at}, actor: key, name: name,
		said: w.of(words), around: w.of(c.around(ask.Span)), deadline: w.of(c.cut(ask.Deadline)), dated: ask.Deadline.End > ask.Deadline.Start}
	out.said.first = w.of(c.text[ask.Action.Start:ask.Action.End]).first
	out.said.denials = w.of(c.text[min(ask.Start, ask.Action.Start):max(ask.End, ask.Action.End)]).denials // "should not" stands before the action
	return out
}

// around is the sentence of a clause and the one before it.
func (c *passageClaims) around(at index.Span) string {
	before, from, to := 0, at.Start, at.End
	for _, s := range index.Sentences(c.text) {
		if s.Start < at.End && at.Start < s.End {
			from, to = min(from, before), max(to, s.End)
		}
		before = s.Start
	}
	return c.text[from:to]
}

// key is what the same asks have in common in any case: what is to be done, whether it is denied, and the numbers.
func (x *askReading) key() string {
	return fmt.Sprint(x.said.first, " ", x.said.denials, " ", x.said.numbers)
}

// same reports whether two asks of one actor and one key are the same.
func (x *askReading) same(y *askReading) bool {
	a, b := &x.said, &y.said
	switch {
	case x.dated && y.dated && !(slices.Equal(x.deadline.stems, y.deadline.stems) && slices.Equal(x.deadline.numbers, y.deadline.numbers)):
		return false
	case !a.holds(b):
		return false
	case a.pointer || b.pointer || min(len(a.stems), len(b.stems)) < minAskWords:
		return x.around.common(&y.around) >= minAroundWord && x.around.alike(&y.around) >= minAround
	case len(a.stems) == len(b.stems):
		return true
	}
	return min(len(a.stems), len(b.stems)) >= minAskHeld && a.alike(b) >= minAskAlike
}

// mergeAsks puts the asks of one actor that are the same together: each with all the others of its group, so that nothing is joined
// over a third. Those that most members make come first, then by their words.
func mergeAsks(asks []askReading, order map[string]int) []MergedAsk {
	var out []MergedAsk
	near := map[string][]int{} // by what must be the same: not every ask is compared with every other
	for i := range asks {
		key := asks[i].key()
		at := slices.IndexFunc(near[key], func(m int) bool {
			return !slices.ContainsFunc(out[m].Asks, func(j int) bool { return !asks[i].same(&asks[j]) })
		})
		if at < 0 {
			at = len(near[key])
			near[key] = append(near[key], len(out))
			out = append(out, MergedAsk{})
		}
		m := &out[near[key][at]]
		m.Asks = append(m.Asks, i)
	}
	for i := range out {
		members, themes := map[string]bool{}, map[string]bool{}
		for _, j := range out[i].Asks {
			members[asks[j].Member] = true
			for _, t := range asks[j].Themes {
				themes[t] = true
			}
		}
		out[i].Members, out[i].Themes = len(members), inOrder(themes, order)
	}
	slices.SortStableFunc(out, func(a, b MergedAsk) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), strings.Compare(strings.ToLower(asks[a.Asks[0]].Action), strings.ToLower(asks[b.Asks[0]].Action)))
	})
	return out
}

// inOrder are names in the order of the codebook.
func inOrder(names map[string]bool, order map[string]int) []string {
	out := make([]string, 0, len(names))
	for n := range names {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(order[a], order[b]), strings.Compare(a, b)) })
	return out
}
