package lean

import (
	"slices"

	"collate/index"
)

// A Passage is a passage as rules and model read it. It is made once for all themes and never changes.
type Passage struct {
	Text      string // with the headings above it
	Body      int    // where its own words begin
	Words     *index.Words
	Sentences []index.Span // of its own words
	Leanings  []Leaning    // one a sentence
}

// ReadPassage reads a passage.
func ReadPassage(text string, body int) *Passage {
	p := &Passage{Text: text, Body: body, Words: index.Analyse(text), Sentences: index.Sentences(text[body:])}
	p.Leanings = make([]Leaning, len(p.Sentences))
	for i := range p.Sentences {
		s := &p.Sentences[i]
		s.Start += body
		s.End += body
		p.Leanings[i] = Read(text[s.Start:s.End], s.Start)
	}
	return p
}

// A Case is a passage under one theme.
type Case struct {
	Theme     string
	Member    string  // who wrote it; "" for unknown, which counts as a member of its own
	Elsewhere Leaning // what the rules make of the member's other passages on the theme; the zero value when that is not known

	passage *Passage
	near    []bool // sentences that speak of the theme
	holds   []bool // sentences that name it
	headed  bool   // only the headings name it
}

// On is the passage under one of its themes. marks are where each theme's words stand in it, those of headings too; nil for none.
//
// The sentences that speak of the theme are those that hold one of its marks, and those that follow until one speaks of other themes
// alone ("We are against it" needs the one before). When no sentence holds a mark it is all of them.
func (p *Passage) On(theme int, marks [][]index.Span) Case {
	c := Case{passage: p, near: make([]bool, len(p.Sentences)), holds: make([]bool, len(p.Sentences))}
	on, any := false, false
	for i, s := range p.Sentences {
		holds, other := touches(marks[theme], s), false
		for t := range marks {
			other = other || t != theme && touches(marks[t], s)
		}
		on = holds || on && !other
		c.near[i], c.holds[i], any = on, holds, any || holds
	}
	if !any {
		c.headed = len(marks[theme]) > 0
		for i := range c.near {
			c.near[i] = true
		}
	}
	return c
}

// Alone is a passage that is only on one theme, of which no words are known.
func (p *Passage) Alone(theme, member string) Case {
	c := p.On(0, make([][]index.Span, 1))
	c.Theme, c.Member = theme, member
	return c
}

func touches(marks []index.Span, at index.Span) bool {
	return slices.ContainsFunc(marks, func(m index.Span) bool { return m.Start < at.End && m.End > at.Start })
}

// Leaning adds up what the rules make of the sentences that speak of the theme. It is firm where a sentence that names the theme is, or
// one under a heading that does.
func (c *Case) Leaning() Leaning {
	var l Leaning
	for i, near := range c.near {
		if near {
			firm := l.Firm || c.passage.Leanings[i].Firm && (c.holds[i] || c.headed)
			l = l.Plus(&c.passage.Leanings[i])
			l.Firm = firm
		}
	}
	return l
}
