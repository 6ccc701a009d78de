package lean

import "collate/index"

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
	headed  bool   // only the headings name it
	leaning Leaning
}

// On is the passage under one theme. marks are where each theme's words stand in it, those of headings too; nil for none. The more themes
// are given, also such as the passage is not coded on, the less is taken for said of this one.
//
// The sentences that speak of the theme are those that hold one of its marks, and those that follow until one speaks of other themes
// alone ("We are against it" needs the one before). Where only the headings name it, they go before the first sentence. When no theme has
// a mark it is all of them, and when only others have it is none.
func (p *Passage) On(theme int, marks [][]index.Span) Case {
	c := Case{passage: p, near: make([]bool, len(p.Sentences))}
	t := &topics{text: p.Text, theme: theme, marks: marks}
	c.headed = t.headed(p.Body)
	before := t.above(p.Body)
	for i, at := range p.Sentences {
		is := t.of(at, before)
		if c.near[i] = is.speaks; is.speaks {
			said := t.said(at, &p.Leanings[i], is, before)
			firm := c.leaning.Firm || said.Firm && (is.named || c.headed)
			c.leaning = c.leaning.Plus(&said)
			c.leaning.Firm = firm
		}
		before = is
	}
	return c
}

// Alone is a passage that is only on one theme, of which no words are known.
func (p *Passage) Alone(theme, member string) Case {
	c := p.On(0, make([][]index.Span, 1))
	c.Theme, c.Member = theme, member
	return c
}

// Leaning adds up what the rules make of the clauses that speak of the theme. It is firm where a sentence that names the theme is, or
// one under a heading that does.
func (c *Case) Leaning() Leaning { return c.leaning }
