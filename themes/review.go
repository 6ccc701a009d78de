package themes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"collate/index"
	"collate/themes/learn"
)

// ReviewOptions say which passages come next. Without a theme or a member they come at random, which is what figures about all passages
// need: the order by a theme shows more of what is likely, and the figures then look better than they are.
type ReviewOptions struct {
	Theme  string // the passages suggested on this theme, the likeliest first
	Member string // the passages of this member, as they stand
	Sweep  bool   // with Theme: all passages that nobody decided on it, the likeliest first, until [SweepRun] in a row are refused
	Blind  string // this person's passages of the sample for double coding, without suggestions
	Only   string // this passage alone, by its id, whatever was decided on it; with Blind without suggestions
	Seed   uint64 // of the order at random; 0 is 1
	Limit  int    // passages; 0 for all

	Width float64 // how wide the interval of F1 may be for the estimate to be called tight; 0 is .1
}

// A Review is the passages to review next and how far the reviewing is.
type Review struct {
	Order    string          `json:"order"` // in words
	Passages []ReviewPassage `json:"passages"`
	Left     int             `json:"left"` // that this order has still to show, those in Passages included
	Progress Progress        `json:"progress"`
	Sweep    *Sweep          `json:"sweep,omitempty"`
}

// A ReviewPassage is a passage with what is suggested for it. It is for the people who code: confidential ones are among them.
type ReviewPassage struct {
	ID       string        `json:"id"`
	Member   string        `json:"member"`
	Document string        `json:"document"`
	Place    string        `json:"place"`
	Heading  string        `json:"heading,omitempty"`
	Question string        `json:"question,omitempty"` // what it answers, in words
	Words    string        `json:"words"`
	Consent  string        `json:"consent"`
	Themes   []ReviewTheme `json:"themes"` // that are to be decided, in the codebook's order
}

// A ReviewTheme is a theme as it stands for a passage.
type ReviewTheme struct {
	Theme       string     `json:"theme"`
	Name        string     `json:"name"`
	Tagged      bool       `json:"tagged"`            // as decided, or else as suggested
	Decided     string     `json:"decided,omitempty"` // the person who did
	Probability float64    `json:"probability"`       // in steps of .05; 0 when it is not known
	Confidence  Confidence `json:"confidence"`        // the same in words
	Calibrated  bool       `json:"calibrated"`        // the probability means what it says
	Because     string     `json:"because,omitempty"` // of a suggestion
	Stance      Stance     `json:"stance"`            // suggested or decided
	StanceWhy   string     `json:"stance_why,omitempty"`
	StanceBy    string     `json:"stance_by,omitempty"` // the person who decided it
}

// MostReviewed is how many themes are decided of a passage at once; of a larger codebook, the likeliest.
const MostReviewed = 10

// ErrNoMember is returned for a member that is not there.
var ErrNoMember = errors.New("there is no such member")

// Review says what to review next. It returns [ErrNoMember], [ErrNoSample], [index.ErrNoPassage], and an error that lists the themes for one that is not there.
func (a *Analysis) Review(ctx context.Context, opt ReviewOptions) (*Review, error) {
	g, err := a.suggest(ctx)
	if err != nil {
		return nil, err
	}
	out := &Review{Progress: g.progress(opt.Width)}
	theme := -1
	if opt.Theme != "" {
		if theme = slices.IndexFunc(g.themes, func(t *Theme) bool { return t.ID == opt.Theme }); theme < 0 {
			return nil, g.book.noTheme(opt.Theme)
		}
	}
	var order []int
	switch {
	case opt.Only != "":
		i, ok := g.at[opt.Only]
		if !ok {
			return nil, fmt.Errorf("%w: %s", index.ErrNoPassage, opt.Only)
		}
		order, out.Order = []int{i}, "this passage"
	case opt.Blind != "":
		order, err = a.blindOrder(ctx, g, opt.Blind)
		out.Order = "the sample, coded blind by " + opt.Blind
	case theme >= 0 && opt.Sweep:
		order, out.Sweep = g.unswept(theme), g.sweep(theme)
		out.Order = "recall sweep of " + g.themes[theme].Name
	case theme >= 0:
		order = g.suggestedOn(theme)
		out.Order = "suggested on " + g.themes[theme].Name + ", the likeliest first"
	case opt.Member != "":
		order, err = g.of(opt.Member)
		out.Order = "of " + opt.Member
	default:
		seed := cmp.Or(opt.Seed, defaultSeed)
		order, out.Order = g.random(seed), fmt.Sprintf("at random, seed %d", seed)
	}
	if err != nil {
		return nil, err
	}
	out.Left = len(order)
	if opt.Limit > 0 {
		order = order[:min(len(order), opt.Limit)]
	}
	for _, i := range order {
		out.Passages = append(out.Passages, g.reviewPassage(i, theme, opt.Blind != ""))
	}
	return out, nil
}

// isReviewed reports whether a person decided anything on a passage's themes.
func (g *suggestions) isReviewed(passage int) bool {
	return slices.ContainsFunc(g.themes, func(t *Theme) bool { return g.confirmed(passage, t) != nil })
}

// confirmed is what a person decided of a passage on a theme, or nil.
func (g *suggestions) confirmed(passage int, t *Theme) *Coding {
	if c := g.state.passages[codingKey{g.passages[passage].ID, t.ID}]; c != nil && c.Confirmed {
		return c
	}
	return nil
}

// suggestedOn are the passages suggested on a theme and not decided, the likeliest first.
func (g *suggestions) suggestedOn(theme int) []int {
	return slices.DeleteFunc(g.unswept(theme), func(i int) bool { return !g.suggested(i, theme) })
}

// unswept are the passages that nobody decided on a theme, the likeliest first; of equals those that a rule finds.
func (g *suggestions) unswept(theme int) []int {
	var out []int
	hits := map[int]int{}
	for i := range g.passages {
		if g.confirmed(i, g.themes[theme]) == nil {
			out = append(out, i)
			if _, hit := g.hit(i, theme); hit {
				hits[i] = 1
			}
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		if g.few() {
			return cmp.Compare(hits[b], hits[a])
		}
		return cmp.Or(cmp.Compare(g.scores.Probability(b, theme), g.scores.Probability(a, theme)), cmp.Compare(hits[b], hits[a]))
	})
	return out
}

func (g *suggestions) of(member string) ([]int, error) {
	if g.s.Member(member) == nil {
		return nil, fmt.Errorf("%w: %q", ErrNoMember, member)
	}
	var out []int
	for i, p := range g.passages {
		if g.s.Submission(p).Member == member && !g.isReviewed(i) {
			out = append(out, i)
		}
	}
	return out, nil
}

// random are the passages that nobody reviewed in an order that the seed alone gives.
func (g *suggestions) random(seed uint64) []int {
	var out []int
	left := slices.DeleteFunc(slices.Clone(g.passages), func(p *index.Passage) bool { return g.isReviewed(g.at[p.ID]) })
	for _, p := range inDrawOrder(left, seed) {
		out = append(out, g.at[p.ID])
	}
	return out
}

// blindOrder are the passages of the sample of which a person has not coded all themes.
func (a *Analysis) blindOrder(ctx context.Context, g *suggestions, coder string) ([]int, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return nil, err
	}
	if d.seed == 0 {
		return nil, ErrNoSample
	}
	var out []int
	for _, p := range d.sample {
		i, ok := g.at[p.ID]
		if ok && slices.ContainsFunc(g.themes, func(t *Theme) bool { _, said := d.codes[blindKey{coder, p.ID, t.ID}]; return !said }) {
			out = append(out, i)
		}
	}
	return out, nil
}

func (g *suggestions) reviewPassage(passage, theme int, blind bool) ReviewPassage {
	p := g.passages[passage]
	sub := g.s.Submission(p)
	out := ReviewPassage{ID: p.ID, Member: sub.Member, Document: sub.Name, Place: index.PlaceText(p.Place), Heading: headings(p.Place.Headings), Words: g.s.Text(p), Consent: string(g.s.Consent(p))}
	for _, q := range g.s.Questions {
		if q.ID == p.Question {
			out.Question = q.Text
		}
	}
	proposed := g.proposals(passage)
	for _, j := range g.shown(passage, theme, blind) {
		t := g.themes[j]
		x := ReviewTheme{Theme: t.ID, Name: t.Name, Stance: NotStated}
		if !blind {
			g.fill(&x, passage, j, proposed)
		}
		out.Themes = append(out.Themes, x)
	}
	return out
}

// fill says what is suggested and decided.
func (g *suggestions) fill(x *ReviewTheme, passage, theme int, proposed []Proposal) {
	if !g.few() {
		x.Probability, x.Calibrated = twentieths(g.scores.Probability(passage, theme)), g.model.Calibrated()
		x.Confidence = ConfidenceOf(x.Probability)
	}
	if at := slices.IndexFunc(proposed, func(p Proposal) bool { return p.ThemeID == x.Theme }); at >= 0 {
		p := proposed[at]
		x.Tagged, x.Because, x.Stance, x.StanceWhy = true, p.Because, p.Stance, p.StanceWhy
		if !p.Learnt && !g.few() {
			if like := g.alike(theme, g.model.Because(passage, theme)); like != "" {
				x.Because += "; " + like
			}
		}
	}
	c := g.state.passages[codingKey{g.passages[passage].ID, x.Theme}]
	if c != nil && c.Confirmed {
		x.Tagged, x.Decided = c.Tagged, c.Coder
	}
	if c != nil && c.StanceConfirmed {
		x.Stance, x.StanceWhy, x.StanceBy = c.Stance, c.StanceWhy, c.StanceCoder
	}
}

// shown are the themes to decide of a passage: all, or of a large codebook the one that is asked about, those suggested and the likeliest.
// Blind it is the first ones, so that nothing is given away.
func (g *suggestions) shown(passage, theme int, blind bool) []int {
	all := make([]int, len(g.themes))
	for j := range all {
		all[j] = j
	}
	if len(all) <= MostReviewed || blind {
		return all
	}
	rank := func(j int) int {
		switch {
		case j == theme:
			return 0
		case g.suggested(passage, j) || g.confirmed(passage, g.themes[j]) != nil:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(g.scores.Probability(passage, b), g.scores.Probability(passage, a)))
	})
	all = all[:MostReviewed]
	slices.Sort(all)
	return all
}

// A ReviewAnswer is what a person says of a passage that was shown.
type ReviewAnswer struct {
	Passage string
	Shown   []string          // the themes that were to be decided: those without a yes are a no
	Yes     []string          // of them, those that the passage is on
	Stance  map[string]Stance // of those in Yes, where the person gave one
	Coder   string
	Sweep   bool // it was asked in a recall sweep
	Blind   bool // it was asked without suggestions, and counts for the sample for double coding alone
}

// Answer records what a person said of a passage, at once. It returns what would bring back what stood before, to be given to Decide, and an
// error for a passage, theme or stance that is not there.
func (a *Analysis) Answer(ctx context.Context, x ReviewAnswer) (undo []index.Decision, err error) {
	g, err := a.suggest(ctx)
	if err != nil {
		return nil, err
	}
	if g.s.Passage(x.Passage) == nil {
		return nil, fmt.Errorf("%w: %s", index.ErrNoPassage, x.Passage)
	}
	var out []index.Decision
	for _, theme := range x.Shown {
		if a.theme(theme) == nil {
			return nil, a.Codebook.noTheme(theme)
		}
		stance := x.Stance[theme]
		if stance != "" && (stance == Silent || !slices.Contains(Stances, stance)) {
			return nil, fmt.Errorf("%q is no stance", stance)
		}
		yes := slices.Contains(x.Yes, theme)
		if x.Blind {
			code := blindCode{tagged: yes, stance: stance}
			out = append(out, index.Decision{Kind: index.ByPerson, Coder: x.Coder, Act: index.ActBlind, Subject: x.Passage, Theme: theme, Value: code.value()})
			continue
		}
		old := g.state.passages[codingKey{x.Passage, theme}]
		out = append(out, x.decide(theme, yes, stance)...)
		undo = append(undo, x.back(theme, old, yes && stance != "")...)
	}
	return undo, a.Decide(ctx, out)
}

func (x *ReviewAnswer) decide(theme string, yes bool, stance Stance) []index.Decision {
	d := index.Decision{Kind: index.ByPerson, Coder: x.Coder, Act: index.ActTheme, Subject: x.Passage, Theme: theme, Value: "no"}
	if x.Sweep {
		d.Because = sweepReason
	}
	if !yes {
		return []index.Decision{d}
	}
	d.Value = "yes"
	out := []index.Decision{d}
	if stance != "" {
		d.Act, d.Value = index.ActStance, string(stance)
		out = append(out, d)
	}
	return out
}

// back is what brings a coding back: the same decision again, or that nothing is decided any more.
func (x *ReviewAnswer) back(theme string, old *Coding, stanced bool) []index.Decision {
	d := index.Decision{Kind: index.ByPerson, Coder: x.Coder, Act: index.ActTheme, Subject: x.Passage, Theme: theme, Because: "undone"}
	if old != nil && old.Confirmed {
		d.Value = map[bool]string{true: "yes", false: "no"}[old.Tagged]
	}
	out := []index.Decision{d}
	if stanced {
		d.Act, d.Value = index.ActStance, ""
		if old != nil && old.StanceConfirmed {
			d.Value = string(old.Stance)
		}
		out = append(out, d)
	}
	return out
}

// labelAt is a passage under a theme, as the model counts them.
func labelAt(passage, theme int) learn.Hit { return learn.Hit{Passage: passage, Theme: theme} }
