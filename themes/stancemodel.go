package themes

import (
	"context"
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
	passages map[string]*StancePassage
	on       map[positionKey][]string // member and theme → passages

	guard sync.Mutex
	read  map[string]*lean.Passage
	marks map[string][][]index.Span // of a passage's themes
}

// NewStanceModel learns from decisions; those on other passages than the given, or on themes that a passage is not on, are passed over.
func NewStanceModel(b *Codebook, passages []StancePassage, decided []StanceDecision) *StanceModel {
	r := &stanceReadings{book: b, passages: map[string]*StancePassage{}, on: map[positionKey][]string{}, read: map[string]*lean.Passage{}, marks: map[string][][]index.Span{}}
	for i := range passages {
		p := &passages[i]
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
	r.guard.Lock()
	defer r.guard.Unlock()
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
	at := slices.Index(p.Themes, theme)
	if at < 0 {
		return lean.Case{}, false
	}
	if r.read[passage] == nil {
		read := lean.ReadPassage(p.Whole, p.Body)
		marks := make([][]index.Span, len(p.Themes))
		for i, id := range p.Themes {
			if t := slices.IndexFunc(r.book.Themes, func(t Theme) bool { return t.ID == id }); t >= 0 {
				marks[i], _ = r.book.match(&r.book.Themes[t], read.Words)
			}
		}
		r.read[passage], r.marks[passage] = read, marks
	}
	c := r.read[passage].On(at, r.marks[passage])
	c.Theme, c.Member = theme, p.Member
	return c, true
}

// StanceModel learns from what people decided in the record.
func (a *Analysis) StanceModel(ctx context.Context) (*StanceModel, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	state, err := a.codings(ctx, s)
	if err != nil {
		return nil, err
	}
	var passages []StancePassage
	var decided []StanceDecision
	for _, p := range s.Passages {
		x := StancePassage{ID: p.ID, Member: s.Submission(p).Member, Whole: s.Whole(p), Body: p.Body - p.Start}
		for _, t := range a.Codebook.Themes {
			c := state.passages[codingKey{p.ID, t.ID}]
			if c == nil || !c.Tagged {
				continue
			}
			x.Themes = append(x.Themes, t.ID)
			if c.StanceConfirmed {
				decided = append(decided, StanceDecision{p.ID, t.ID, c.Stance})
			}
		}
		if len(x.Themes) > 0 {
			passages = append(passages, x)
		}
	}
	return NewStanceModel(a.Codebook, passages, decided), nil
}
