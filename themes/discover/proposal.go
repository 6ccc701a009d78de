package discover

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// propose names the groups and puts them in order: first those with phrases that many of their members use and others do not. A group
// without a phrase that may be shown is not proposed, and no two have the same name.
func (f *finder) propose(groups []group) []Proposal {
	phrases, weights := make([][]Phrase, len(groups)), make([]float64, len(groups))
	for i, g := range groups {
		phrases[i] = f.telling(g)
		for _, p := range phrases[i][:min(weighed, len(phrases[i]))] {
			weights[i] += p.Weight
		}
	}
	var out []Proposal
	named := map[string]bool{}
	for _, i := range longestFirst(weights) {
		at := slices.IndexFunc(phrases[i], func(p Phrase) bool { return !named[fold(p.Words)] })
		if at < 0 {
			continue
		}
		g, name := groups[i], phrases[i][at].Words
		named[fold(name)] = true
		p := Proposal{Name: capital(name), Phrases: phrases[i], Telling: f.tellingPassages(g, phrases[i]), Members: f.members(f.places(g.passages)), Likeness: max(0, g.likeness)}
		for _, at := range f.places(g.passages) {
			p.Passages = append(p.Passages, f.all[at].ID)
		}
		out = append(out, p)
	}
	return out
}

// weighed is how many phrases of a group decide where it stands.
const weighed = 4

// places are places in all of places among those on no theme.
func (f *finder) places(left []int) []int {
	out := make([]int, len(left))
	for i, at := range left {
		out[i] = f.left[at]
	}
	return out
}

// telling are the phrases that tell a group from all other passages.
func (f *finder) telling(g group) []Phrase {
	in := map[string][]int{}
	for _, at := range slices.Sorted(slices.Values(g.passages)) {
		if !f.all[f.left[at]].Private {
			for _, key := range f.in(f.all[f.left[at]].Text) {
				in[key] = append(in[key], at)
			}
		}
	}
	count := func(key string) int { return f.members(f.places(in[key])) }
	var out []Phrase
	for _, key := range sortedKeys(in) {
		n := len(in[key])
		if count(key) < 2 {
			continue
		}
		p := f.phrase(key, in[key])
		p.Weight = f.phrases.cValue(key, count) * max(0, logRatio(n, len(g.passages), f.counts[key]-n, len(f.all)-len(g.passages)))
		if p.Weight > 0 {
			out = append(out, p)
		}
	}
	return f.best(out, maxRules)
}

func sortedKeys(m map[string][]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// tellingPassages are those nearest to the centre that have a phrase of the group, each of another member while there are such.
func (f *finder) tellingPassages(g group, phrases []Phrase) []string {
	keys := map[string]bool{}
	for _, p := range phrases {
		keys[fold(p.Words)] = true
	}
	var out []string
	seen := map[string]bool{}
	for _, again := range []bool{false, true} {
		for _, at := range f.places(g.passages) {
			p := &f.all[at]
			if len(out) == maxTelling || p.Private || slices.Contains(out, p.ID) || seen[p.Member] && !again {
				continue
			}
			if slices.ContainsFunc(f.in(p.Text), func(key string) bool { return keys[key] }) {
				out = append(out, p.ID)
				seen[p.Member] = true
			}
		}
	}
	return out
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Rules are searches that find the proposal's phrases, each between quotation marks. A phrase that stands elsewhere more than twice as
// often as in the proposal is none, unless it is the only one.
func (p *Proposal) Rules() []string {
	var out []string
	for i, x := range p.Phrases {
		if i > 0 && x.Elsewhere > 2*x.Passages {
			continue
		}
		words := strings.Map(func(r rune) rune {
			if r == '"' || r == '*' || r == '~' || unicode.IsControl(r) {
				return ' '
			}
			return r
		}, x.Words)
		out = append(out, `"`+strings.Join(strings.Fields(words), " ")+`"`)
	}
	return out
}
