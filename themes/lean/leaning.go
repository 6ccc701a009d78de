package lean

import (
	"slices"

	"collate/index"
)

// A Leaning is what the cues of some sentences add up to. The zero value leans nowhere.
type Leaning struct {
	InFavour, Against float64
	Concern           bool // worries are told: tone, no stance
	Condition         bool
	Doubt             bool
	Silence           bool // it is said that no position is taken
	Turn              bool // what came before is turned from: "But ...", "..., though, ..."
	Must              bool // it is said what must be
	Ask               bool // something is demanded: no stance by itself
	Own               bool // the writer speaks of itself
	Firm              bool // the writer says so itself, in plain terms
	Cues              []Cue
	Conditions        []index.Span // the words that name a condition, where there are such

	sentence index.Span // the last that was read
}

// A Cue is a turn of phrase that counted, in the text that was read.
type Cue struct {
	index.Span
	Words string  // in lower case, with the negation that it stands under
	Lean  float64 // what it added: above 0 in favour, below against
	Does  Effect
}

// An Effect is what a cue does beyond leaning.
type Effect string

// The effects.
const (
	Leans    Effect = "leans"
	Worries  Effect = "worries"
	Limits   Effect = "conditions"
	Doubts   Effect = "doubts"
	Refrains Effect = "takes no position"
)

// plainly is how much a side needs before it is said to be taken: one plain turn of phrase, or two weak ones.
const plainly = 1.5

// strongly is how much outweighs a demand or a worry beside it, on which support may hang.
const strongly = 2.5

// weakly is how much is enough where a condition is named with it: "would be good if", "fine by us as long as".
const weakly = 0.75

// Stance is what a leaning comes to: plain cues on one side and none to speak of on the other; otherwise NotStated.
func (l *Leaning) Stance() Stance {
	switch {
	case l.Silence && max(l.InFavour, l.Against) <= plainly:
		return NotStated
	case l.Doubt:
		return Mixed
	case l.InFavour >= plainly && l.Against >= plainly && !l.Condition:
		return Mixed
	case l.Condition && l.InFavour >= weakly && l.Against < l.InFavour:
		return Conditions
	case l.InFavour >= plainly && (l.Turn || (l.Ask || l.Concern) && l.InFavour < strongly):
		return NotStated // support with conditions, or mixed: it takes a reader to tell
	case l.InFavour >= plainly && l.Against <= l.InFavour/2:
		return Support
	case l.InFavour >= plainly:
		return Conditions
	case l.Against >= plainly:
		return Oppose
	}
	return NotStated
}

// Plus adds another sentence's cues.
func (l Leaning) Plus(m *Leaning) Leaning {
	if m.Must && !l.Condition && l.InFavour >= plainly { // "We support standards. They must be set out in law."
		l.Condition = true
		l.Conditions = append(slices.Clip(l.Conditions), m.sentence)
	}
	l.Firm = l.Firm || m.Firm
	l.Turn = l.Turn || m.Turn && l.InFavour > 0
	l.Must = l.Must || m.Must
	l.InFavour += m.InFavour
	l.Against += m.Against
	l.Concern, l.Condition, l.Doubt, l.Silence = l.Concern || m.Concern, l.Condition || m.Condition, l.Doubt || m.Doubt, l.Silence || m.Silence
	l.Ask, l.Own = l.Ask || m.Ask, l.Own || m.Own
	l.Cues = append(slices.Clip(l.Cues), m.Cues...)
	l.Conditions = append(slices.Clip(l.Conditions), m.Conditions...)
	return l
}

// Because is the words of the cues, in order.
func (l *Leaning) Because() []string {
	var out []string
	for _, c := range l.Cues {
		out = append(out, c.Words)
	}
	return out
}
