package lean

import (
	"math"
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

	yields bool // it counts half, for what follows turns from it
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
	case l.InFavour >= plainly && l.Against >= plainly && (!l.Condition || l.Against >= l.InFavour):
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

// Weak reports a side that one turn of phrase is only just enough for, and that the writer does not say to be its own.
func (l *Leaning) Weak() bool {
	is := l.Stance()
	return !l.Firm && (is == Support || is == Oppose) && max(l.InFavour, l.Against) <= plainly
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

// on is what is left of a sentence's leaning when some of its cues are meant of something else. A condition belongs to what it hangs on: it
// stays where a word in favour does, or where there is none.
func (l *Leaning) on(meant func(Cue) bool) Leaning {
	out := *l
	out.Cues, out.InFavour, out.Against, out.Condition, out.Doubt, out.Silence, out.Firm = nil, 0, 0, false, false, false, false
	favours, kept := false, false
	for _, q := range l.Cues {
		if q.Lean > 0 {
			favours, kept = true, kept || meant(q)
		}
	}
	for _, q := range l.Cues {
		if q.Does == Limits && (favours && !kept || !favours && !meant(q)) || q.Does != Limits && !meant(q) {
			continue
		}
		if q.yields && l.turnsElsewhere(q, meant) {
			q.Lean, q.yields = 2*q.Lean, false
		}
		out.Cues = append(out.Cues, q)
		out.InFavour += max(0, q.Lean)
		out.Against += max(0, -q.Lean)
		out.Condition = out.Condition || q.Does == Limits
		out.Doubt = out.Doubt || q.Does == Doubts
		out.Silence = out.Silence || q.Does == Refrains
		out.Firm = out.Firm || l.Firm && (q.Does == Doubts || math.Abs(q.Lean) >= plainly)
	}
	if !out.Condition {
		out.Conditions = nil
	}
	return out
}

// turnsElsewhere reports that what a cue gives way to is meant of something else: "we support outreach, but we oppose the bands".
func (l *Leaning) turnsElsewhere(q Cue, meant func(Cue) bool) bool {
	elsewhere := false
	for _, later := range l.Cues {
		if later.Start > q.Start && later.Does == Leans {
			if meant(later) {
				return false
			}
			elsewhere = true
		}
	}
	return elsewhere
}

// Because is the words of the cues, in order.
func (l *Leaning) Because() []string {
	var out []string
	for _, c := range l.Cues {
		out = append(out, c.Words)
	}
	return out
}
