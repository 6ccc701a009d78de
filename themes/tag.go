package themes

import (
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"collate/index"
)

// Tagging is what a run of the suggestions found.
type Tagging struct {
	Passages int `json:"passages"` // looked at
	Tagged   int `json:"tagged"`   // with at least one theme, people's codings counted
	Codings  int `json:"codings"`  // passages times themes
	Changed  int `json:"changed"`  // proposals that are new, or no longer made, or differ in reason, stance or likelihood
	New      int `json:"new"`      // passages times themes that were on none before the run
	Gone     int `json:"gone"`     // that are not on it any more

	Aim          Aim           `json:"aim"`
	Reviewed     int           `json:"reviewed"`   // passages on which a person decided a theme
	Calibrated   bool          `json:"calibrated"` // enough of them for a probability to mean what it says
	Expectations []Expectation `json:"expected,omitempty"`
}

// Tag proposes themes and stances for every passage, by the codebook's rules and by what is learnt from its texts and from people's
// decisions, and records what differs from what was last proposed. Running it again without a change records nothing. People's decisions are
// never touched.
func (a *Analysis) Tag(ctx context.Context) (Tagging, error) {
	g, err := a.suggest(ctx)
	if err != nil {
		return Tagging{}, err
	}
	changes, err := a.changes(ctx, g)
	if err != nil {
		return Tagging{}, err
	}
	t := Tagging{Passages: len(g.s.Passages), Changed: len(changes), Aim: g.aim, Reviewed: g.reviewed, Calibrated: g.model.Calibrated(), Expectations: g.expectations()}
	state := g.state
	if len(changes) > 0 {
		if err := a.Decide(ctx, changes); err != nil {
			return Tagging{}, err
		}
		if state, err = a.codings(ctx, g.s); err != nil {
			return Tagging{}, err
		}
	}
	t.count(g, g.state, state)
	return t, nil
}

// count compares the codings before the run with those after it.
func (t *Tagging) count(g *suggestions, before, after *codings) {
	for _, p := range g.s.Passages {
		n := 0
		for _, theme := range g.book.Themes {
			key := codingKey{p.ID, theme.ID}
			was, is := before.tagged(key), after.tagged(key)
			switch {
			case is && !was:
				t.New++
			case was && !is:
				t.Gone++
			}
			if is {
				n++
			}
		}
		t.Codings += n
		t.Tagged += min(n, 1)
	}
}

// tagged reports whether a passage is on a theme.
func (s *codings) tagged(key codingKey) bool {
	c := s.passages[key]
	return c != nil && c.Tagged
}

// changes are the decisions that bring the machine's proposals up to date, in the order of passages and themes.
func (a *Analysis) changes(ctx context.Context, g *suggestions) ([]index.Decision, error) {
	of := make([][]index.Decision, len(g.s.Passages))
	err := a.spread(ctx, len(g.s.Passages), "reading for themes", func(i int) { of[i] = g.changesOf(g.s.Passages[i]) })
	return slices.Concat(of...), err
}

// spread is [spread] that reports how far it is.
func (a *Analysis) spread(ctx context.Context, n int, what string, f func(i int)) (err error) {
	var done atomic.Int64
	var worker sync.WaitGroup
	worker.Go(func() {
		err = spread(ctx, n, func(i int) { f(i); done.Add(1) })
	})
	finished := make(chan struct{})
	go func() { worker.Wait(); close(finished) }()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-finished:
			return err
		case <-tick.C:
			if a.opt.Progress != nil {
				a.opt.Progress(int(done.Load()), n, what)
			}
		}
	}
}

func (g *suggestions) changesOf(p *index.Passage) []index.Decision {
	proposed := map[string]Proposal{}
	if i, ok := g.at[p.ID]; ok {
		for _, x := range g.proposals(i) {
			proposed[x.ThemeID] = x
		}
	}
	var out []index.Decision
	for _, t := range g.themes { // what was proposed on a retired one stays as it is
		key := codingKey{p.ID, t.ID}
		x, found := proposed[t.ID]
		out = append(out, ruleKind(difference(p.ID, t.ID, g.state.machine[rules][key], x, found && !x.Learnt))...)
		out = append(out, modelKind(difference(p.ID, t.ID, g.state.machine[ownModel][key], x, found && x.Learnt))...)
	}
	return out
}

func ruleKind(changes []index.Decision) []index.Decision {
	return by(changes, index.ByRule, rules, "no rule of the theme finds it any more, or people's decisions say otherwise")
}

func modelKind(changes []index.Decision) []index.Decision {
	return by(changes, index.ByModel, ownModel, "not likely any more, or a rule finds it")
}

// by signs proposals, and gives those that are taken back a reason.
func by(changes []index.Decision, kind, coder, back string) []index.Decision {
	for i := range changes {
		d := &changes[i]
		if d.Kind, d.Coder = kind, coder; d.Act == index.ActTheme && d.Value == "no" {
			d.Because = back
		}
	}
	return changes
}

// leastMove is how far a probability must move to be recorded when nothing else changed: with each decision all of them move a little.
const leastMove = 0.1

// difference is what a proposal changes about the machine's last one of the passage and theme.
func difference(passage, theme string, old *Coding, x Proposal, found bool) []index.Decision {
	if old == nil {
		old = &Coding{Stance: NotStated}
	}
	d := index.Decision{Subject: passage, Theme: theme}
	var out []index.Decision
	if found != old.Tagged || found && (x.Because != old.Because || shifted(&x, old)) {
		d.Act, d.Value = index.ActTheme, "no"
		if found {
			d.Value, d.Because = themeValue(x.Probability, x.Calibrated), x.Because
		}
		out = append(out, d)
	}
	if found && (x.Stance != old.Stance || x.StanceWhy != old.StanceWhy) {
		d.Act, d.Value, d.Because = index.ActStance, string(x.Stance), x.StanceWhy
		out = append(out, d)
	}
	return out
}

// shifted reports whether a probability says something else than before.
func shifted(x *Proposal, old *Coding) bool {
	return x.Calibrated != old.Calibrated || ConfidenceOf(x.Probability) != ConfidenceOf(old.Probability) || math.Abs(x.Probability-old.Probability) > leastMove-1e-9
}
