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
	takeStances(whole, body, out)
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

// takeStances reads the stance of every proposal of a passage.
func takeStances(whole string, body int, out []Proposal) {
	if len(out) == 0 {
		return
	}
	r := read(whole, body)
	for i := range out {
		out[i].take(r.lean(i, out))
	}
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
type passageReading struct {
	whole     string
	body      int
	words     *index.Words
	sentences []index.Span   // in whole
	leanings  []lean.Leaning // one a sentence
}

func read(whole string, body int) *passageReading {
	r := &passageReading{whole: whole, body: body, words: index.Analyse(whole), sentences: index.Sentences(whole[body:])}
	r.leanings = make([]lean.Leaning, len(r.sentences))
	for i := range r.sentences {
		s := &r.sentences[i]
		s.Start += body
		s.End += body
		r.leanings[i] = lean.Read(whole[s.Start:s.End], s.Start)
	}
	return r
}

// lean adds up the sentences that speak of one of the themes proposed.
func (r *passageReading) lean(theme int, proposed []Proposal) lean.Leaning {
	of := make([][]index.Span, len(proposed))
	for i, p := range proposed {
		of[i] = p.Marks
	}
	var l lean.Leaning
	for i, near := range near(r.sentences, theme, of) {
		if near {
			l = l.Plus(&r.leanings[i])
		}
	}
	return l
}

// near tells the sentences that speak of a theme: those that hold one of its marks, and those that follow until one speaks of other
// themes alone ("We are against it" needs the one before). marks are those of every theme that the passage is on. When no sentence
// holds a mark, because only the headings do or because there are none, it is all of them.
func near(sentences []index.Span, theme int, marks [][]index.Span) []bool {
	out := make([]bool, len(sentences))
	on, any := false, false
	for i, s := range sentences {
		holds, other := marksWithin(marks[theme], s) > 0, false
		for t := range marks {
			other = other || t != theme && marksWithin(marks[t], s) > 0
		}
		on = holds || on && !other
		out[i], any = on, any || holds
	}
	if !any {
		for i := range out {
			out[i] = true
		}
	}
	return out
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
