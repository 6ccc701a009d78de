package themes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"collate/index"
	"collate/themes/learn"
)

// An Aim is how many suggestions are wanted: it decides how sure the tool must be to make one.
type Aim string

// The aims.
const (
	MissNothing    Aim = "miss nothing"     // nine of ten passages that belong are suggested, and many that do not
	Balanced       Aim = "balanced"         // as few wrong and missed as can be had together
	FewFalseAlarms Aim = "few false alarms" // of what is suggested, seventeen of twenty are right, and much is missed
)

// Aims are all of them, from the most suggestions to the fewest.
func Aims() []Aim { return []Aim{MissNothing, Balanced, FewFalseAlarms} }

// ErrNoAim is returned for what is no [Aim].
var ErrNoAim = errors.New("there is no such aim")

// The recall and precision that the outer two aims are after, and how far they move the cuts while nothing is known of what is reached.
const (
	wantedRecall    = 0.9
	wantedPrecision = 0.85
	lowerCuts       = 0.6
	higherCuts      = 2.0
	highestRough    = 0.7
)

// Aim is how many suggestions people want of this consultation: [Balanced] until somebody says otherwise.
func (a *Analysis) Aim(ctx context.Context) (Aim, error) {
	aim := Balanced
	err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.Act == index.ActAim && slices.Contains(Aims(), Aim(d.Value)) {
			aim = Aim(d.Value)
		}
		return nil
	})
	return aim, err
}

// SetAim records how many suggestions are wanted, under the coder's name; [Analysis.Tag] then makes them. It returns [ErrNoAim].
func (a *Analysis) SetAim(ctx context.Context, aim Aim, coder string) error {
	if !slices.Contains(Aims(), aim) {
		return fmt.Errorf("%w: %q; they are %q, %q and %q", ErrNoAim, aim, MissNothing, Balanced, FewFalseAlarms)
	}
	old, err := a.Aim(ctx)
	if err != nil || old == aim {
		return err
	}
	return a.Decide(ctx, []index.Decision{{Kind: index.ByPerson, Coder: coder, Act: index.ActAim, Value: string(aim)}})
}

// cuts are the probabilities from which on themes are suggested.
func (aim Aim) cuts(m *learn.Model, s *learn.Scores, themes int) []float64 {
	out := make([]float64, themes)
	for t := range out {
		switch cut := s.Cut(t); {
		case aim == MissNothing && m.Calibrated():
			out[t] = min(cut, aim.point(m))
		case aim == MissNothing:
			out[t] = cut * lowerCuts
		case aim == FewFalseAlarms && m.Calibrated():
			out[t] = max(cut, aim.point(m))
		case aim == FewFalseAlarms:
			out[t] = max(cut, min(cut*higherCuts, highestRough))
		default:
			out[t] = cut
		}
	}
	return out
}

// point is the probability that an aim is reached at, by what was held out.
func (aim Aim) point(m *learn.Model) float64 {
	cuts := m.Cuts()
	switch aim {
	case MissNothing:
		at := 0.05
		for _, c := range cuts {
			if c.Recall >= wantedRecall {
				at = c.At
			}
		}
		return at
	case FewFalseAlarms:
		for _, c := range cuts {
			if c.Precision >= wantedPrecision {
				return c.At
			}
		}
		return 0.95
	}
	return m.Cut()
}

// An Expectation is what an aim is expected to reach, by decisions that the model had not seen when it was asked about them.
type Expectation struct {
	Aim       Aim     `json:"aim"`
	At        float64 `json:"at"`        // the common probability from which on a theme is suggested; a theme's own may be a little off it
	Precision float64 `json:"precision"` // expected share of suggestions that are right
	Recall    float64 `json:"recall"`    // expected share of what belongs on a theme that is suggested
	Judged    int     `json:"judged"`    // decisions that this rests on: passages times themes
}

// fewReviewed is how many passages must be reviewed before it is said what to expect: of fewer, one passage more or less makes or mars it.
const fewReviewed = 30

// expectations are what each aim is expected to reach; none while too little is reviewed.
func (g *suggestions) expectations() []Expectation {
	cuts := g.model.Cuts()
	if len(cuts) == 0 || g.few() || g.reviewed < fewReviewed {
		return nil
	}
	var out []Expectation
	for _, aim := range Aims() {
		want := aim.point(g.model)
		near := slices.MinFunc(cuts, func(a, b learn.Cut) int { return cmp.Compare(math.Abs(a.At-want), math.Abs(b.At-want)) })
		out = append(out, Expectation{Aim: aim, At: near.At, Precision: near.Precision, Recall: near.Recall, Judged: near.Judged})
	}
	return out
}
