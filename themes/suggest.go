package themes

import (
	"context"
	"sync"
	"time"

	"collate/index"
	"collate/themes/learn"
)

// ownModel is the coder's name of what is learnt from the codebook's texts and people's decisions on this machine.
const ownModel = "collate's model"

// ruleTrust is how many passages people decided of a theme before its rules' finds may be left out because the model thinks so. Until then
// a rule that somebody wrote is believed more than what few decisions say.
const ruleTrust = 50

// leastPassages is how many passages it takes for the words in them to tell anything: with fewer, rules alone suggest, and nothing is said
// of how likely they are to be right. So few are read by a person in an hour.
const leastPassages = 50

// leastReviewed is how many passages people must have reviewed before anything is learnt from it: until then the codebook's words alone know
// more, and one answer more or less would turn everything round.
const leastReviewed = 20

// suggester keeps what suggestions are made from, between calls: what did not change is not made again.
type suggester struct {
	mu  sync.Mutex
	at  index.Revision
	now *suggestions // nil before the first
}

// suggestions are what the tool thinks of every passage as the record stands. They never change and may be shared.
type suggestions struct {
	s        *index.Snapshot
	state    *codings
	book     *Codebook
	themes   []*Theme         // those in use, in the codebook's order
	passages []*index.Passage // those that can be coded
	at       map[string]int   // passage → its place in passages
	found    [][]Proposal     // passage → what the rules find, without stances
	corpus   *learn.Corpus
	hits     []learn.Hit
	model    *learn.Model
	scores   *learn.Scores
	aim      Aim
	cuts     []float64 // theme → the probability from which on it is suggested
	sent     time.Time // when the newest submission came
	reviewed int       // passages on which a person decided a theme
	decided  []int     // theme → passages that people decided on it
	coders   map[learn.Hit]string
	stances  func() *StanceModel // made when it is first asked for; nil until enough stances are decided
}

// suggest is what the tool thinks as the record stands now. After one decision one theme is learnt anew, and nothing is read again.
func (a *Analysis) suggest(ctx context.Context) (*suggestions, error) {
	a.suggester.mu.Lock()
	defer a.suggester.mu.Unlock()
	at, err := a.Revision(ctx)
	if err != nil {
		return nil, err
	}
	old := a.suggester.now
	same := old != nil && old.book == a.Codebook && at.Changes == a.suggester.at.Changes
	if same && at == a.suggester.at {
		return old, nil
	}
	var g *suggestions
	if same {
		g = &suggestions{s: old.s, book: old.book, themes: old.themes, passages: old.passages, at: old.at, found: old.found, corpus: old.corpus, hits: old.hits, model: old.model, sent: old.sent}
	} else if g, err = a.readSuggestions(ctx); err != nil {
		return nil, err
	}
	if g.state, err = a.codings(ctx, g.s); err != nil {
		return nil, err
	}
	g.aim = g.state.wanted()
	if err := g.learn(ctx, g.labels()); err != nil {
		return nil, err
	}
	g.stances = sync.OnceValue(g.learnStances)
	a.suggester.at, a.suggester.now = at, g
	return g, nil
}

// readSuggestions reads what does not depend on decisions.
func (a *Analysis) readSuggestions(ctx context.Context) (*suggestions, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	g := &suggestions{s: s, book: a.Codebook, at: map[string]int{}, sent: lastSent(s)}
	for i := range a.Codebook.Themes {
		if t := &a.Codebook.Themes[i]; t.State != ThemeRetired {
			g.themes = append(g.themes, t)
		}
	}
	for _, p := range s.Passages {
		if p.Codable() {
			g.at[p.ID] = len(g.passages)
			g.passages = append(g.passages, p)
		}
	}
	if err := a.findAll(ctx, g); err != nil {
		return nil, err
	}
	g.corpus, err = learn.NewCorpus(ctx, g.texts())
	return g, err
}

// texts are the passages as the model reads them.
func (g *suggestions) texts() []learn.Passage {
	questions := map[string]string{}
	for _, q := range g.s.Questions {
		questions[q.ID] = q.Text
	}
	out := make([]learn.Passage, len(g.passages))
	for i, p := range g.passages {
		sub := g.s.Submission(p)
		out[i] = learn.Passage{ID: p.ID, Text: g.s.Text(p), Headings: p.Place.Headings, Question: questions[p.Question], Member: sub.Member, Submission: sub.Sha}
	}
	return out
}

// findAll asks the rules about every passage.
func (a *Analysis) findAll(ctx context.Context, g *suggestions) error {
	g.found = make([][]Proposal, len(g.passages))
	err := a.spread(ctx, len(g.passages), "reading for themes", func(i int) {
		p := g.passages[i]
		g.found[i] = g.book.find(g.s.Whole(p), p.Body-p.Start)
	})
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, t := range g.themes {
		at[t.ID] = i
	}
	for i, found := range g.found {
		for _, x := range found {
			g.hits = append(g.hits, labelAt(i, at[x.ThemeID]))
		}
	}
	return nil
}

// labels are what people decided, in the order of passages and themes. What was coded blind is not among them.
func (g *suggestions) labels() []learn.Label {
	var out []learn.Label
	g.decided, g.coders = make([]int, len(g.themes)), map[learn.Hit]string{}
	for i, p := range g.passages {
		for j, t := range g.themes {
			if c := g.state.passages[codingKey{p.ID, t.ID}]; c != nil && c.Confirmed {
				out = append(out, learn.Label{Passage: i, Theme: j, Yes: c.Tagged})
				g.decided[j]++
				g.coders[labelAt(i, j)] = c.Coder
			}
		}
	}
	return out
}

// learn trains the model, starting from the one that is there, and rates all passages.
func (g *suggestions) learn(ctx context.Context, labels []learn.Label) (err error) {
	var described []learn.Theme
	for _, t := range g.themes {
		described = append(described, learn.Theme{ID: t.ID, Name: t.Name, Description: t.Description, Examples: t.Examples, NonExamples: t.NonExamples})
	}
	g.reviewed = passagesOf(labels)
	if g.reviewed < leastReviewed {
		labels = nil
	}
	if g.model, err = learn.Train(ctx, g.corpus, described, labels, g.hits, g.model); err != nil {
		return err
	}
	if g.scores, err = g.model.Score(ctx); err != nil {
		return err
	}
	g.cuts = g.aim.cuts(g.model, g.scores, len(g.themes))
	return nil
}

// passagesOf counts the passages that labels in the order of passages are about.
func passagesOf(labels []learn.Label) int {
	n := 0
	for i, l := range labels {
		if i == 0 || labels[i-1].Passage != l.Passage {
			n++
		}
	}
	return n
}

// hit is what a theme's rules found in a passage, if they did.
func (g *suggestions) hit(passage, theme int) (Proposal, bool) {
	for _, x := range g.found[passage] {
		if x.ThemeID == g.themes[theme].ID {
			return x, true
		}
	}
	return Proposal{}, false
}

// few reports that there is too little text for anything but the rules.
func (g *suggestions) few() bool { return len(g.passages) < leastPassages }

// suggested reports whether a theme is suggested for a passage.
func (g *suggestions) suggested(passage, theme int) bool {
	if !g.few() && g.scores.Probability(passage, theme) >= g.cuts[theme] {
		return true
	}
	if !g.few() && (g.aim == FewFalseAlarms || g.decided[theme] >= ruleTrust) {
		return false
	}
	_, hit := g.hit(passage, theme)
	return hit
}

// proposals are the themes suggested for a passage, with their reasons and stances.
func (g *suggestions) proposals(passage int) []Proposal {
	var out []Proposal
	for j := range g.themes {
		if g.suggested(passage, j) {
			out = append(out, g.proposal(passage, j))
		}
	}
	p := g.passages[passage]
	if m := g.stances(); m != nil {
		for i := range out {
			x := m.Stance(p.ID, out[i].ThemeID)
			out[i].Stance, out[i].StanceWhy, out[i].Condition = x.Stance, x.Because, x.Condition
		}
		return out
	}
	g.book.takeStances(g.s.Whole(p), p.Body-p.Start, out)
	return out
}

// leastStances is how many stances people decide before the model of stances speaks rather than the rules: from fewer it cannot tell how
// often it is right, and so not when to keep silent.
const leastStances = 20

// learnStances learns from the stances that people decided of passages on the themes that they are suggested for, or that people put
// them on; nil where there are too few.
func (g *suggestions) learnStances() *StanceModel {
	var passages []StancePassage
	var decided []StanceDecision
	for i, p := range g.passages {
		x := StancePassage{ID: p.ID, Member: g.s.Submission(p).Member, Whole: g.s.Whole(p), Body: p.Body - p.Start}
		for j, t := range g.themes {
			c := g.state.passages[codingKey{p.ID, t.ID}]
			if on := c != nil && c.Confirmed && c.Tagged; !on && !g.suggested(i, j) {
				continue
			}
			x.Themes = append(x.Themes, t.ID)
			if c != nil && c.StanceConfirmed {
				decided = append(decided, StanceDecision{p.ID, t.ID, c.Stance})
			}
		}
		passages = append(passages, x)
	}
	if len(decided) < leastStances {
		return nil
	}
	return NewStanceModel(g.book, passages, decided)
}

// proposal is a theme with the reason why it is suggested: the words that its rules found or, where they found none, those that weighed
// most.
func (g *suggestions) proposal(passage, theme int) Proposal {
	x, ok := g.hit(passage, theme)
	if !ok {
		x = g.learnt(passage, theme)
	}
	if !g.few() {
		x.Probability, x.Calibrated = twentieths(g.scores.Probability(passage, theme)), g.model.Calibrated()
	}
	return x
}
