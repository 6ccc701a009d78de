package themes

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"collate/index"
)

// withheldEntry stands where words of a theme are that may not be shown.
const withheldEntry = "(withheld)"

// leastBetraying is how many words of an entry must stand in a passage before it counts as taken from there.
const leastBetraying = 6

// A themeGuard finds what in a codebook may not leave: words that name a member who is not to be named, and words of passages that are not
// free to use. A passage was free when somebody made an example of it and may not be any more.
type themeGuard struct {
	b      *builder
	closed []string         // the words of passages that are not free to use, see plainWords
	free   []*index.Passage // the others
	read   bool
}

// plainWords is text as entries and passages are compared.
func plainWords(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(bare(text))), " ")
}

func (g *themeGuard) load() {
	if g.read {
		return
	}
	g.read = true
	for _, p := range g.b.s.Passages {
		if g.b.quotable(p) {
			g.free = append(g.free, p)
		} else {
			g.closed = append(g.closed, plainWords(g.b.s.Text(p)))
		}
	}
}

// betrays reports whether an entry names a member who is not to be named, or repeats a passage that is not free to use and no other one.
func (g *themeGuard) betrays(entry string) bool {
	if g.b.names != nil && g.b.names.MatchString(bare(entry)) {
		return true
	}
	words := plainWords(entry)
	if strings.Count(words, " ") < leastBetraying-1 {
		return false
	}
	g.load()
	return slices.ContainsFunc(g.closed, func(text string) bool { return strings.Contains(text, words) }) &&
		!slices.ContainsFunc(g.free, func(p *index.Passage) bool { return strings.Contains(plainWords(g.b.s.Text(p)), words) })
}

// shown is a theme as outputs show it. Its name stays: the sheets that are read back find it by that.
func (g *themeGuard) shown(t Theme) Theme {
	if t.Description = g.b.safe(t.Description); g.betrays(t.Description) {
		t.Description = withheldEntry
	}
	for _, list := range []*[]string{&t.Any, &t.None, &t.Examples, &t.NonExamples} {
		*list = slices.Clone(*list)
		for i, entry := range *list {
			if g.betrays(entry) {
				(*list)[i] = withheldEntry
			}
		}
	}
	return t
}

// PrivateEntries are the entries of the codebook that must be changed before it may leave, each as a sentence that says where it stands.
func (a *Analysis) PrivateEntries(ctx context.Context) ([]string, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	g := themeGuard{b: &builder{Analysis: a, s: s, disclosure: disclose(s)}}
	var out []string
	for i := range a.Codebook.Themes {
		t := &a.Codebook.Themes[i]
		say := func(what, entry string) {
			if g.betrays(entry) {
				out = append(out, fmt.Sprintf("%s of %s holds words that are anonymous or confidential, or names somebody who is.", what, t.ID))
			}
		}
		say("The name", t.Name)
		say("The description", t.Description)
		for _, list := range []struct {
			what string
			of   []string
		}{{"Rule", t.Any}, {"Rule against", t.None}, {"Example", t.Examples}, {"Non-example", t.NonExamples}} {
			for n, entry := range list.of {
				say(fmt.Sprintf("%s %d", list.what, n+1), entry)
			}
		}
	}
	return out, nil
}

var memberAsked = regexp.MustCompile(`member:(?:"[^"]*"|[^\s()]+)`)

// plainMembers blots what member: asks for in a query, unless it is in full the name of a member that may be named: "member:sun" finds the
// Sunrise Trust as well.
func (b *builder) plainMembers(query string) string {
	if b.names == nil {
		return b.safe(query)
	}
	return b.safe(memberAsked.ReplaceAllStringFunc(query, func(asked string) string {
		value := strings.Trim(asked[len("member:"):], `"`)
		if slices.ContainsFunc(b.s.Members, func(m index.Member) bool {
			return b.label(m.Name) == m.Name && (strings.EqualFold(m.Name, value) || strings.EqualFold(m.Short, value))
		}) {
			return asked
		}
		return "member:" + withheldEntry
	}))
}

// likeness is the part of a suggestion's reason that names a reviewed passage, see [suggestions.reason].
var likeness = regexp.MustCompile(`(?:; )?` + likeMark + `(P[0-9A-Z]+), which .* put on it$`)

// reason is why a passage is on a theme, as it may be shown: it does not say that one of the passages that may not be shown is like it.
func (b *builder) reason(because string) string {
	if m := likeness.FindStringSubmatchIndex(because); m != nil && strings.HasPrefix(because, becauseMark) {
		if p := b.s.Passage(because[m[2]:m[3]]); p == nil || b.withheldPassage(p) != "" {
			if because = because[:m[0]]; because == becauseMark {
				because += "like a passage that is withheld"
			}
		}
	}
	return b.safe(because)
}
