package themes

import (
	"slices"
	"strings"
	"sync"

	"collate/index"
	"collate/themes/lean"
)

// A StancePassage is a passage with the themes it is on.
type StancePassage struct {
	ID     string
	Member string
	Whole  string // with the headings above it
	Body   int    // where its own words begin
	Themes []string
}

// A StanceDecision is a stance that a person set for a passage on a theme.
type StanceDecision struct {
	Passage, Theme string
	Stance         Stance
}

// A StanceProposal is what a [StanceModel] makes of a passage on a theme.
type StanceProposal struct {
	Stance      Stance
	Likeliest   Stance     // what it would say if it had to; Stance where it is sure enough
	Probability float64    // that Likeliest is what a person would say
	Because     string     // "because: we support, only if"; "" when not stated
	Condition   index.Span // in the passage with its headings: the words that name the condition; empty when there is none
}

// A StanceModel proposes stances: by the rules alone until people decided some, by what they decided then. It never speaks of what a
// person decided: a decision stands. It is safe for concurrent use.
type StanceModel struct {
	*stanceReadings
	model *lean.Model
}

// stanceReadings are passages, each read when it is first needed.
type stanceReadings struct {
	book     *Codebook
	passages map[string]*stanceReading
	on       map[positionKey][]string // member and theme → passages
}

// A stanceReading is one of them.
type stanceReading struct {
	StancePassage
	once  sync.Once
	read  *lean.Passage
	marks [][]index.Span // of the codebook's themes
}

// NewStanceModel learns from decisions; those on other passages than the given, or on themes that a passage is not on, are passed over.
func NewStanceModel(b *Codebook, passages []StancePassage, decided []StanceDecision) *StanceModel {
	r := &stanceReadings{book: b, passages: make(map[string]*stanceReading, len(passages)), on: map[positionKey][]string{}}
	for i := range passages {
		p := &stanceReading{StancePassage: passages[i]}
		r.passages[p.ID] = p
		for _, t := range p.Themes {
			key := positionKey{p.Member, t}
			r.on[key] = append(r.on[key], p.ID)
		}
	}
	return (&StanceModel{stanceReadings: r}).Learn(decided)
}

// Learn is a model of the same passages that has learnt from other decisions. The same ones in the same order give the same model.
func (m *StanceModel) Learn(decided []StanceDecision) *StanceModel {
	var cases []lean.Decided
	for _, d := range decided {
		if c, ok := m.caseOf(d.Passage, d.Theme); ok {
			cases = append(cases, lean.Decided{Case: c, Stance: lean.Stance(d.Stance)})
		}
	}
	return &StanceModel{m.stanceReadings, lean.Train(cases)}
}

// Stance proposes where a passage stands on a theme; NotStated, with no probability, for a passage that is not on it.
func (m *StanceModel) Stance(passage, theme string) StanceProposal {
	c, ok := m.caseOf(passage, theme)
	if !ok {
		return StanceProposal{Stance: NotStated}
	}
	a := m.model.Stance(c)
	p := StanceProposal{Stance: Stance(a.Stance), Likeliest: Stance(a.Likeliest), Probability: a.Probability, Condition: a.Condition}
	if len(a.Because) > 0 {
		p.Because = "because: " + strings.Join(a.Because, ", ")
	}
	return p
}

// caseOf is a passage under a theme that it is on.
func (r *stanceReadings) caseOf(passage, theme string) (lean.Case, bool) {
	c, ok := r.bare(passage, theme)
	if !ok {
		return c, false
	}
	for _, other := range r.on[positionKey{c.Member, theme}] {
		if o, ok := r.bare(other, theme); ok && other != passage && c.Member != "" {
			l := o.Leaning()
			c.Elsewhere = c.Elsewhere.Plus(&l)
		}
	}
	return c, true
}

// bare is a passage under a theme without what its member says elsewhere.
func (r *stanceReadings) bare(passage, theme string) (lean.Case, bool) {
	p := r.passages[passage]
	if p == nil {
		return lean.Case{}, false
	}
	if !slices.Contains(p.Themes, theme) || r.book.place(theme) < 0 {
		return lean.Case{}, false
	}
	p.once.Do(func() { p.readThrough(r.book) })
	c := p.read.On(r.book.place(theme), p.marks)
	c.Theme, c.Member = theme, p.Member
	return c, true
}

// readThrough reads a passage and finds the words of all themes.
func (p *stanceReading) readThrough(b *Codebook) {
	p.read = lean.ReadPassage(p.Whole, p.Body)
	p.marks = b.marks(p.read.Words)
}
