package themes

import (
	"fmt"
	"math"
	"strings"

	"collate/themes/learn"
)

// Progress is how far the reviewing is, and what it tells of the suggestions.
type Progress struct {
	Reviewed int             `json:"reviewed"` // passages on which a person decided a theme
	Of       int             `json:"of"`
	Themes   []ThemeProgress `json:"themes"`

	Aim          Aim           `json:"aim"`
	Calibrated   bool          `json:"calibrated"`
	Expectations []Expectation `json:"expected,omitempty"`

	F1     float64 `json:"f1"` // expected of the suggestions; 0 when nothing was decided yet
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Width  float64 `json:"width"` // how wide the interval may be
	More   int     `json:"more"`  // passages still to review, at random, until it is no wider; 0 when it is not
	Advice string  `json:"advice"`
}

// ThemeProgress is one theme's part.
type ThemeProgress struct {
	Theme     string `json:"theme"`
	Name      string `json:"name"`
	Decided   int    `json:"decided"`   // passages
	Yes       int    `json:"yes"`       // of them, those on the theme
	Suggested int    `json:"suggested"` // passages suggested and not decided
	Sweep     Sweep  `json:"sweep"`
}

const (
	usualWidth = 0.1
	// Before anything is decided: the F1 and the themes a passage to reckon with. They only say how much work lies ahead.
	guessedF1     = 0.7
	guessedThemes = 1.0
	// fewYes is how many passages a theme needs for the model to know it from the others.
	fewYes = 10
)

// progress counts what is reviewed and works out what it supports.
func (g *suggestions) progress(width float64) Progress {
	if width <= 0 {
		width = usualWidth
	}
	out := Progress{Of: len(g.passages), Width: width, Aim: g.aim, Calibrated: g.model.Calibrated(), Expectations: g.expectations(), Reviewed: g.reviewed}
	yes := 0
	for j, t := range g.themes {
		x := ThemeProgress{Theme: t.ID, Name: t.Name, Decided: g.decided[j], Sweep: *g.sweep(j)}
		for i := range g.passages {
			switch c := g.confirmed(i, t); {
			case c == nil:
				if g.suggested(i, j) {
					x.Suggested++
				}
			case c.Tagged:
				x.Yes++
			}
		}
		yes += x.Yes
		out.Themes = append(out.Themes, x)
	}
	out.estimate(yes)
	out.Advice = out.advice()
	return out
}

// estimate works out F1 and how sure it is from what models said of decisions that they had not seen.
//
// F1 is 2J/(1+J) of J, the share of right ones among all that is suggested or belongs. J is a plain share, so its interval is Wilson's; that of F1
// follows, and how many passages it takes for a narrower one. Passages count as drawn at random and each by itself: members who write much
// alike make the truth a little wider.
func (p *Progress) estimate(yes int) {
	right, all := 0.0, 0.0
	for _, e := range p.Expectations {
		if e.Aim == p.Aim && e.Precision > 0 {
			right = e.Recall * float64(yes)
			all = right/e.Precision + float64(yes) - right
		}
	}
	if all < 1 {
		j := guessedF1 / (2 - guessedF1)
		a := guessedThemes * (2/guessedF1 - 1) // suggested or belonging, a passage
		p.More = p.until(j, a)
		return
	}
	j := right / all
	low, high := Wilson(int(math.Round(right)), int(math.Round(all)))
	p.F1, p.Low, p.High = fromJaccard(j), fromJaccard(low), fromJaccard(high)
	if p.High-p.Low > p.Width {
		p.More = p.until(j, all/float64(max(1, p.Reviewed)))
	}
	if !p.Calibrated {
		p.More = max(p.More, learn.CalibratedFrom-p.Reviewed)
	}
	p.More = min(p.More, p.Of-p.Reviewed)
}

// until is how many more passages make the interval narrow enough when each adds so many pairs.
func (p *Progress) until(j, each float64) int {
	for n := max(1, p.Reviewed); ; n += max(1, n/50) {
		pairs := each * float64(n)
		low, high := Wilson(int(math.Round(j*pairs)), int(math.Round(pairs)))
		if fromJaccard(high)-fromJaccard(low) <= p.Width || n >= p.Of {
			return max(0, min(n, p.Of)-p.Reviewed)
		}
	}
}

func fromJaccard(j float64) float64 { return 2 * j / (1 + j) }

// advice says whether to go on, and with what.
func (p *Progress) advice() string {
	switch {
	case p.Reviewed >= p.Of:
		return "All passages are reviewed."
	case p.Reviewed < learn.CalibratedFrom && p.Of > learn.CalibratedFrom:
		return fmt.Sprintf("Go on at random: %d more until a probability means what it says, about %d more until F1 is known to within %.2f.", learn.CalibratedFrom-p.Reviewed, p.More, p.Width/2)
	case p.F1 == 0:
		return fmt.Sprintf("Go on at random: with %d reviewed nothing can be said of the rest.", p.Reviewed)
	case p.More > 0:
		return fmt.Sprintf("Go on at random: about %d more passages until F1 (now %.2f, from %.2f to %.2f) is known to within %.2f.", p.More, p.F1, p.Low, p.High, p.Width/2)
	}
	out := fmt.Sprintf("You can stop: F1 is %.2f (from %.2f to %.2f), and more passages at random will change it little.", p.F1, p.Low, p.High)
	var thin, unswept []string
	for _, t := range p.Themes {
		if t.Yes < fewYes && t.Suggested > 0 {
			thin = append(thin, t.Name)
		}
		if !t.Sweep.Done {
			unswept = append(unswept, t.Name)
		}
	}
	if len(thin) > 0 {
		out += fmt.Sprintf(" Review by theme where people have put fewer than %d passages on it: %s.", fewYes, strings.Join(thin, ", "))
	}
	if len(unswept) > 0 {
		out += fmt.Sprintf(" Before you export, sweep for what is missed: %s.", strings.Join(unswept, ", "))
	}
	return out
}
