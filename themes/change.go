package themes

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"collate/index"
)

// Changes are what became different in a consultation since an earlier version, as it may be shown to staff: names are those that may be
// shown now.
type Changes struct {
	Title     string          `json:"title"`
	Since     Version         `json:"since"`
	Now       Version         `json:"now"`
	Members   []MemberChange  `json:"members"`    // new, gone, or with other submissions; by name
	Stances   []StanceChange  `json:"stances"`    // by theme and member
	Joint     []JointChange   `json:"joint"`      // by theme
	Themes    []ThemeChange   `json:"themes"`     // new, or not worked with any more
	Again     []LookAgain     `json:"look_again"` // what people decided that rests on what changed, whenever it did
	Decisions []DecisionCount `json:"decisions"`  // by person and act
}

// LookAgain is a position, or a joint line, that a person decided and that rests on what is not so any more.
type LookAgain struct {
	Member  string `json:"member,omitempty"` // its label; "" for the joint line
	ThemeID string `json:"theme"`
	Theme   string `json:"name"`
	Flags   []Flag `json:"flags"`
}

// A MemberChange is a member that sent something since, or of which something does not count any more.
type MemberChange struct {
	Member  string   `json:"member"` // its label
	New     bool     `json:"new"`    // nothing of it counted before
	Gone    bool     `json:"gone"`   // nothing of it counts now
	Added   []string `json:"added"`  // documents that count now
	Dropped []string `json:"dropped"`
}

// A StanceChange is a position that is another now, or that a person has looked at since.
type StanceChange struct {
	Member   string `json:"member"` // its label
	ThemeID  string `json:"theme"`
	Theme    string `json:"name"`
	Was      Stance `json:"was"`
	Now      Stance `json:"now"`
	WasState State  `json:"was_state"`
	NowState State  `json:"now_state"`
	By       string `json:"by"` // who set it now: a person, or "suggested"
}

// A JointChange is a joint position that is another now. It crossed a line where the outcome, the quantifier word or the larger side did.
type JointChange struct {
	ThemeID      string   `json:"theme"`
	Theme        string   `json:"name"`
	Was          Outcome  `json:"was"`
	Now          Outcome  `json:"now"`
	WasQuantity  Quantity `json:"was_quantity"`
	NowQuantity  Quantity `json:"now_quantity"`
	WasSide      Stance   `json:"was_side"` // support, oppose or "": see JointPosition.Side
	NowSide      Stance   `json:"now_side"`
	WasStatement string   `json:"was_statement"`
	NowStatement string   `json:"now_statement"`
	Crossed      bool     `json:"crossed"`
}

// A ThemeChange is a theme that came or went.
type ThemeChange struct {
	ThemeID string `json:"theme"`
	Theme   string `json:"name"`
	New     bool   `json:"new"` // otherwise it is retired, merged or gone
}

// A DecisionCount is how often one person made one kind of decision.
type DecisionCount struct {
	By    string `json:"by"`
	Act   string `json:"act"` // of package index
	Count int    `json:"count"`
}

// Changes compares the consultation with what it was at a version.
func (a *Analysis) Changes(ctx context.Context, since Version) (*Changes, error) {
	past, err := a.at(ctx, since)
	if err != nil {
		return nil, err
	}
	then, err := past.reporting(ctx)
	if err != nil {
		return nil, err
	}
	now, err := a.reporting(ctx)
	if err != nil {
		return nil, err
	}
	then.themes()
	now.themes()
	c := changing{then: then, now: now, out: &Changes{Title: now.r.Title, Since: since, Members: []MemberChange{}, Stances: []StanceChange{}, Joint: []JointChange{}, Themes: []ThemeChange{}, Again: []LookAgain{}}}
	if c.out.Now, err = a.version(ctx); err != nil {
		return nil, err
	}
	c.members()
	c.stances()
	c.themes()
	c.again()
	c.out.Decisions, err = a.decisionCounts(ctx, since)
	return c.out, err
}

// changing makes Changes.
type changing struct {
	then, now *builder
	out       *Changes
}

// label is how a member may be called now. One that is gone is called what it could be called then.
func (c *changing) label(member string) string {
	if c.now.s.Member(member) != nil {
		return c.now.label(member)
	}
	return c.now.safe(c.then.label(member))
}

// names are the members of both, sorted.
func (c *changing) names() []string {
	names := map[string]bool{}
	for _, b := range []*builder{c.then, c.now} {
		for _, m := range b.s.Members {
			names[m.Name] = true
		}
	}
	return slices.SortedFunc(maps.Keys(names), func(x, y string) int { return cmp.Or(strings.Compare(c.label(x), c.label(y)), strings.Compare(x, y)) })
}

func (c *changing) members() {
	was, is := c.then.counted(), c.now.counted()
	for _, m := range c.names() {
		x := MemberChange{Member: c.label(m), New: len(was[m]) == 0, Gone: len(is[m]) == 0, Added: []string{}, Dropped: []string{}}
		for _, sha := range slices.Sorted(maps.Keys(is[m])) {
			if was[m][sha] == nil {
				x.Added = append(x.Added, c.now.document(is[m][sha]))
			}
		}
		for _, sha := range slices.Sorted(maps.Keys(was[m])) {
			if is[m][sha] == nil {
				x.Dropped = append(x.Dropped, c.dropped(was[m][sha]))
			}
		}
		slices.Sort(x.Added)
		slices.Sort(x.Dropped)
		if len(x.Added)+len(x.Dropped) > 0 {
			c.out.Members = append(c.out.Members, x)
		}
	}
}

// dropped is the name of a document that counted, as it may be shown now.
func (c *changing) dropped(sub *index.Submission) string {
	if c.now.s.Member(sub.Member) == nil {
		return c.now.safe(c.then.document(sub))
	}
	for _, x := range c.now.s.Submissions {
		if x.Sha == sub.Sha {
			return c.now.document(x)
		}
	}
	return c.now.document(sub)
}

// counted are the submissions that count, by member and digest.
func (b *builder) counted() map[string]map[string]*index.Submission {
	out := map[string]map[string]*index.Submission{}
	for _, sub := range b.s.Submissions {
		if sub.Excluded != "" || len(sub.Passages) == 0 {
			continue
		}
		if out[sub.Member] == nil {
			out[sub.Member] = map[string]*index.Submission{}
		}
		out[sub.Member][sub.Sha] = sub
	}
	return out
}

// standing is where a member stood, also where it or the theme was not there.
func (b *builder) standing(member, theme string) standing {
	if st, ok := b.standings[positionKey{member, theme}]; ok {
		return st
	}
	return standing{stance: Silent, state: Suggested}
}

func (c *changing) stances() {
	for i := range c.now.Codebook.Themes {
		t := &c.now.Codebook.Themes[i]
		for _, m := range c.names() {
			was, is := c.then.standing(m, t.ID), c.now.standing(m, t.ID)
			if was.stance == is.stance && was.state == is.state {
				continue
			}
			c.out.Stances = append(c.out.Stances, StanceChange{c.label(m), t.ID, t.Name, was.stance, is.stance, was.state, is.state, cmp.Or(is.by, "suggested")})
		}
	}
}

func (c *changing) themes() {
	for i := range c.now.r.Themes {
		t := &c.now.r.Themes[i]
		old := c.then.r.theme(t.ID)
		if old == nil {
			c.out.Themes = append(c.out.Themes, ThemeChange{t.ID, t.Name, true})
			continue
		}
		was, is := &old.Joint, &t.Joint
		x := JointChange{t.ID, t.Name, was.Outcome, is.Outcome, was.Quantity, is.Quantity, was.Side, is.Side, c.now.safe(was.Statement), is.Statement, false}
		x.Crossed = x.Was != x.Now || x.WasQuantity.Word != x.NowQuantity.Word || x.WasSide != x.NowSide
		if x.Crossed || x.WasStatement != x.NowStatement {
			c.out.Joint = append(c.out.Joint, x)
		}
	}
	for _, t := range c.then.r.Themes {
		if c.now.r.theme(t.ID) == nil {
			c.out.Themes = append(c.out.Themes, ThemeChange{t.ID, t.Name, false})
		}
	}
}

// again lists what is marked now.
func (c *changing) again() {
	for i := range c.now.Codebook.Themes {
		t := &c.now.Codebook.Themes[i]
		if flags := c.now.r.theme(t.ID).Joint.Flags; len(flags) > 0 {
			c.out.Again = append(c.out.Again, LookAgain{"", t.ID, t.Name, flags})
		}
		for _, m := range c.names() {
			set, ok := c.now.state.positions[positionKey{m, t.ID}]
			if !ok || set.Rests == nil || c.now.s.Member(m) == nil {
				continue
			}
			if flags := c.now.flags(set.Rests, m, t, set.seq); len(flags) > 0 {
				c.out.Again = append(c.out.Again, LookAgain{c.label(m), t.ID, t.Name, flags})
			}
		}
	}
}

// theme finds a theme by its id; nil when it is not in the report.
func (r *Report) theme(id string) *ThemeReport {
	for i := range r.Themes {
		if r.Themes[i].ID == id {
			return &r.Themes[i]
		}
	}
	return nil
}

// decisionCounts counts what people decided after a version.
func (a *Analysis) decisionCounts(ctx context.Context, since Version) ([]DecisionCount, error) {
	n := map[DecisionCount]int{}
	err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.Seq > since.Decision && d.Kind == index.ByPerson {
			n[DecisionCount{By: d.Coder, Act: d.Act}]++
		}
		return nil
	})
	out := []DecisionCount{}
	for x, count := range n {
		out = append(out, DecisionCount{x.By, x.Act, count})
	}
	slices.SortFunc(out, func(x, y DecisionCount) int {
		return cmp.Or(strings.Compare(x.By, y.By), strings.Compare(x.Act, y.Act))
	})
	return out, err
}
