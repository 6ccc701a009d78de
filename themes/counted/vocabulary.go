package counted

import (
	"slices"
	"strings"
)

// A Vocabulary is what words mean in one consultation.
type Vocabulary struct {
	Words  []string // the quantifier words of its scale, "few", "most"
	Groups []Group
	Names  []string // what the consortium is called, so that its members are told from those of a union: "SEC", "the Consortium"
}

// A Group is some of the members, with the nouns that stand for them.
type Group struct {
	ID    string
	Nouns []string // in lower case, singular and plural, words apart by one space
}

// NewGroup is the group of the members of a type, "Union" or "Parent-carer group", with the nouns that English makes of it.
func NewGroup(kind string) Group {
	words := plain(kind)
	if len(words) == 0 {
		return Group{ID: kind}
	}
	g := Group{ID: kind}
	add := func(noun string) {
		if !slices.Contains(g.Nouns, noun) {
			g.Nouns = append(g.Nouns, noun)
		}
	}
	one, many := inflect(words[len(words)-1])
	stem := strings.Join(words[:len(words)-1], " ")
	head := strings.TrimSpace(stem + " " + one)
	body := slices.Contains(strings.Fields(bodies), one)
	if !mass[words[len(words)-1]] {
		add(head)
		add(strings.TrimSpace(stem + " " + many))
	}
	for _, noun := range strings.Fields(bodies) {
		one, many := inflect(noun)
		before := []string{head, strings.Join(words, " ")}
		if body && stem != "" { // "parent-carer group": parent-carer organisations are meant as well
			before = []string{stem}
			if first, _, ok := strings.Cut(stem, " "); ok && first == "parent" {
				before = append(before, first)
			}
		}
		for _, b := range before {
			add(b + " " + one)
			add(b + " " + many)
		}
	}
	return g
}

// bodies are nouns for an organisation of any type.
const bodies = "organisation group body member respondent association network forum"

// mass are last words of a type that count nobody.
var mass = set("years advice health care education other")

// inflect is a noun in the singular and in the plural, whichever it is given in.
func inflect(noun string) (one, many string) {
	switch {
	case strings.HasSuffix(noun, "ies"):
		return noun[:len(noun)-3] + "y", noun
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss"):
		return noun[:len(noun)-1], noun
	case strings.HasSuffix(noun, "y") && len(noun) > 1 && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])):
		return noun, noun[:len(noun)-1] + "ies"
	}
	return noun, noun + "s"
}

// plain is the words of a text in lower case, hyphens taken for spaces.
func plain(text string) []string {
	var out []string
	for _, t := range tokens(text, 0, len(text)) {
		if t.word {
			out = append(out, t.lower)
		}
	}
	return out
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
