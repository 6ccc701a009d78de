package themes

import (
	"slices"
	"strings"

	"collate/index"
)

// A Proposal is what the tool thinks of a passage under one theme, with its reason.
type Proposal struct {
	ThemeID   string
	Because   string       // "because: 20 weeks, waiting"
	Marks     []index.Span // in the passage with its headings, where the rules matched
	Stance    Stance
	StanceWhy string // "because: we support, only if"; "" when not stated
}

// Propose codes one passage by the codebook's rules: whole is the passage with the headings above it, body the offset at
// which its own words begin. A theme is proposed when any of its searches finds the passage and none of those it excludes
// does. Stance is read from the sentences that speak of the theme.
func (b *Codebook) Propose(whole string, body int) []Proposal {
	r := read(whole, body)
	var out []Proposal
	for i := range b.Themes {
		t := &b.Themes[i]
		if t.State == ThemeRetired {
			continue
		}
		if marks, ok := b.match(t, r.words); ok {
			out = append(out, Proposal{ThemeID: t.ID, Marks: marks, Because: because(whole, body, marks)})
		}
	}
	if len(out) == 0 {
		return nil
	}
	for i := range out {
		var l leaning
		if len(out) > 1 {
			l = r.lean(out[i].Marks)
		} else {
			l = r.lean(nil)
		}
		if out[i].Stance = l.stance(); out[i].Stance != NotStated {
			out[i].StanceWhy = "because: " + strings.Join(unique(l.because, 6), ", ")
		}
	}
	return out
}

// match looks for a theme and says where its words stand. The name of what is answered does not count: a passage that only
// says "the SEND and alternative provision improvement plan" says nothing of alternative provision.
func (b *Codebook) match(t *Theme, words *index.Words) (marks []index.Span, ok bool) {
	marks, ok = t.match(words)
	if !ok || len(marks) == 0 {
		return marks, ok
	}
	var names []index.Span
	for _, q := range b.names {
		spans, _ := q.Match(words)
		names = append(names, spans...)
	}
	marks = slices.DeleteFunc(marks, func(m index.Span) bool {
		return slices.ContainsFunc(names, func(n index.Span) bool { return m.Start >= n.Start && m.End <= n.End })
	})
	return marks, len(marks) > 0
}

func (t *Theme) match(words *index.Words) (marks []index.Span, ok bool) {
	for _, q := range t.none {
		if _, found := q.Match(words); found {
			return nil, false
		}
	}
	for _, q := range t.any {
		if spans, found := q.Match(words); found {
			marks, ok = append(marks, spans...), true
		}
	}
	return index.MergeSpans(marks), ok
}

// because names the words that matched, each once, in order; those of a heading are said to be.
func because(whole string, body int, marks []index.Span) string {
	var said, above []string
	for _, m := range marks {
		if words := strings.ToLower(whole[m.Start:m.End]); m.Start < body {
			above = append(above, words)
		} else {
			said = append(said, words)
		}
	}
	parts := unique(said, 6)
	if len(above) > 0 {
		parts = append(parts, "heading: "+strings.Join(unique(above, 3), ", "))
	}
	return "because: " + strings.Join(parts, ", ")
}

// A passageReading is a passage as the rules read it: its words, its own sentences and what each of them leans to. It is made
// once for all themes.
type passageReading struct {
	whole     string
	body      int
	words     *index.Words
	sentences []index.Span // in whole
	leanings  []leaning    // one a sentence
}

func read(whole string, body int) *passageReading {
	r := &passageReading{whole: whole, body: body, words: index.Analyse(whole), sentences: index.Sentences(whole[body:])}
	for i := range r.sentences {
		s := &r.sentences[i]
		s.Start += body
		s.End += body
		r.leanings = append(r.leanings, leanOf(whole[s.Start:s.End]))
	}
	return r
}

// lean adds up the sentences that hold a mark, and the one that follows each: "We are against it" needs the one before.
// When no sentence holds one, because only the headings do or because there are none, it is all of them.
func (r *passageReading) lean(marks []index.Span) leaning {
	var some, all leaning
	keep, any := false, false
	for i, s := range r.sentences {
		holds := marksWithin(marks, s) > 0
		if holds || keep {
			some = some.plus(r.leanings[i])
		}
		all = all.plus(r.leanings[i])
		keep, any = holds, any || holds
	}
	if any {
		return some
	}
	return all
}

// marksWithin counts the marks that touch a range.
func marksWithin(marks []index.Span, at index.Span) int {
	n := 0
	for _, m := range marks {
		if m.Start < at.End && m.End > at.Start {
			n++
		}
	}
	return n
}

// unique is the first n different strings.
func unique(in []string, n int) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] && len(out) < n {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
