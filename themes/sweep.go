package themes

import (
	"math"
	"slices"
	"time"

	"collate/index"
)

// SweepRun is how many passages in a row must be refused for a recall sweep to be done.
const SweepRun = 20

// sweepReason marks what was decided in a recall sweep.
const sweepReason = "recall sweep"

// A Sweep is how far a theme's recall sweep is: the passages that nobody decided on it are shown, the likeliest first, until [SweepRun] in a row
// are refused. What is refused before anybody's last submission came counts no more.
type Sweep struct {
	Theme   string `json:"theme"`
	Name    string `json:"name"`
	Done    bool   `json:"done"`
	Asked   int    `json:"asked"`   // passages decided in the sweep
	Refused int    `json:"refused"` // in a row, up to the last one
	Found   int    `json:"found"`   // passages that people put on the theme, in the sweep or before
	Left    int    `json:"left"`    // passages that nobody decided

	Expected  float64 `json:"expected"`   // of those left, how many belong, by their probabilities
	Recall    float64 `json:"recall"`     // Found of Found and Expected
	RecallLow float64 `json:"recall_low"` // what the refusals alone support at 95 %, if those left are no likelier; 0 for nothing
}

// A sweepAnswer is one decision made in a recall sweep.
type sweepAnswer struct {
	passage string
	yes     bool
	at      time.Time
}

// swept notes a decision that a recall sweep asked for, or that one was undone.
func (s *codings) swept(d *index.Decision) {
	if d.Act != index.ActTheme || d.Kind != index.ByPerson {
		return
	}
	list := s.sweeps[d.Theme]
	if d.Value == "" {
		s.sweeps[d.Theme] = slices.DeleteFunc(list, func(x sweepAnswer) bool { return x.passage == d.Subject })
	}
	if d.Because == sweepReason {
		s.sweeps[d.Theme] = append(list, sweepAnswer{d.Subject, d.Value == "yes", d.At})
	}
}

// refusedInRow counts the refusals at the end of a theme's sweep since the last submission came.
func (s *codings) refusedInRow(theme string, since time.Time) int {
	n := 0
	for _, x := range slices.Backward(s.sweeps[theme]) {
		if x.yes || x.at.Before(since) {
			break
		}
		n++
	}
	return n
}

// lastSent is when the newest submission that counts came.
func lastSent(s *index.Snapshot) time.Time {
	var last time.Time
	for _, sub := range s.Submissions {
		if sub.Excluded == "" && sub.Added.After(last) {
			last = sub.Added.Truncate(time.Second) // as exact as decisions are
		}
	}
	return last
}

func (g *suggestions) sweep(theme int) *Sweep {
	t := g.themes[theme]
	out := &Sweep{Theme: t.ID, Name: t.Name, Asked: len(g.state.sweeps[t.ID]), Refused: g.state.refusedInRow(t.ID, g.sent)}
	for i := range g.passages {
		switch c := g.confirmed(i, t); {
		case c == nil:
			out.Left++
			out.Expected += g.scores.Probability(i, theme)
		case c.Tagged:
			out.Found++
		}
	}
	out.Done = out.Refused >= SweepRun || out.Left == 0
	out.Expected = math.Round(10*out.Expected) / 10
	if found := float64(out.Found); out.Found > 0 {
		out.Recall = found / (found + out.Expected)
		out.RecallLow = found / (found + mostAmong(out.Refused)*float64(out.Left))
	}
	return out
}

// mostAmong is the largest share that n refusals in a row and no other answer leave possible at 95 %: 1 - .05^(1/n), the exact binomial bound.
func mostAmong(n int) float64 {
	if n == 0 {
		return 1
	}
	return 1 - math.Pow(0.05, 1/float64(n))
}
