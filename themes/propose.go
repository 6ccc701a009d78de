package themes

import (
	"slices"
	"strings"

	"collate/index"
	"collate/themes/lean"
)

// A Proposal is what the tool thinks of a passage under one theme, with its reason.
type Proposal struct {
	ThemeID   string
	Because   string       // "because: 20 weeks, waiting"
	Marks     []index.Span // in the passage with its headings, the words that it is proposed for
	Stance    Stance
	StanceWhy string     // "because: we support, only if"; "" when not stated
	Condition index.Span // in the passage with its headings: the words that name the condition; empty when there is none

	Probability float64 // in steps of .05; 0 when it is not known
	Calibrated  bool    // the probability means what it says
	Learnt      bool    // no rule found it
}

// Propose codes one passage by the codebook's rules: whole is the passage with the headings above it, body the offset at
// which its own words begin. A theme is proposed when any of its searches finds the passage and none of those it excludes
// does. Stance is read from the sentences that speak of the theme.
func (b *Codebook) Propose(whole string, body int) []Proposal {
	out := b.find(whole, body)
	b.takeStances(whole, body, out)
	return out
}

// find proposes the themes whose rules match, without a stance.
func (b *Codebook) find(whole string, body int) []Proposal {
	words := index.Analyse(whole)
	var out []Proposal
	for i := range b.Themes {
		t := &b.Themes[i]
		if t.State == ThemeRetired {
			continue
		}
		if marks, ok := b.match(t, words); ok {
			out = append(out, Proposal{ThemeID: t.ID, Marks: marks, Because: because(whole, body, marks)})
		}
	}
	return out
}

// takeStances reads the stance of every proposal of a passage. What a passage says of one theme is not said of another: a proposal whose
// theme the words do not name has no stance, unless it is the only one and they name none at all.
func (b *Codebook) takeStances(whole string, body int, out []Proposal) {
	if len(out) == 0 {
		return
	}
	r := read(whole, body)
	if !slices.ContainsFunc(r.Leanings, func(l lean.Leaning) bool { return len(l.Cues) > 0 }) {
		for i := range out {
			out[i].Stance = NotStated
		}
		return
	}
	marks := b.marks(r.Words)
	for i := range out {
		c := r.On(b.place(out[i].ThemeID), marks)
		l := c.Leaning()
		if len(out) > 1 && unnamed(marks) {
			l = lean.Leaning{}
		}
		out[i].take(l)
	}
}

// unnamed reports that no theme has a mark.
func unnamed(marks [][]index.Span) bool {
	return !slices.ContainsFunc(marks, func(m []index.Span) bool { return len(m) > 0 })
}

// take proposes what a leaning comes to.
func (p *Proposal) take(l lean.Leaning) {
	if p.Stance = Stance(l.Stance()); p.Stance == NotStated {
		return
	}
	p.StanceWhy = "because: " + strings.Join(unique(l.Because(), 6), ", ")
	if p.Stance == Conditions && len(l.Conditions) > 0 {
		p.Condition = l.Conditions[0]
	}
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
type passageReading = lean.Passage

func read(whole string, body int) *passageReading { return lean.ReadPassage(whole, body) }

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
