package themes

import (
	"context"
	"slices"
	"strings"

	"collate/index"
)

// A Comparison is two consultations beside each other, the earlier one first: theme by theme and member by member. Themes are matched by
// their ids and else by their names, members by their names, aliases included.
//
// It tells only of members that are named in both: who is not to be named in one of the two is not linked to what it said in the other,
// and it is not told whether a member that has no partner is missing there or only not named.
type Comparison struct {
	A       Compared           `json:"a"`
	B       Compared           `json:"b"`
	Themes  []ThemeComparison  `json:"themes"`
	Members []MemberComparison `json:"members"` // by name
	Notes   []string           `json:"notes"`
}

// Compared is one of the two consultations.
type Compared struct {
	Title    string `json:"title"`
	Asof     string `json:"as_of"`
	Members  int    `json:"members"` // that answered
	Passages int    `json:"passages"`
	Rule     string `json:"rule"`
	Scale    string `json:"scale"`
}

// A ThemeComparison is one theme in both; A or B is nil where it has none.
type ThemeComparison struct {
	Name      string     `json:"name"`
	MatchedBy string     `json:"matched_by"` // "id", "name", or "" where it is in one of them only
	A         *ThemeSide `json:"a"`
	B         *ThemeSide `json:"b"`
	Crossed   bool       `json:"crossed"` // the outcome or the larger side is another
}

// A ThemeSide is a theme in one consultation.
type ThemeSide struct {
	ThemeID   string         `json:"theme"`
	Name      string         `json:"name"`
	Counts    map[Stance]int `json:"counts"` // members; silent ones included
	Confirmed int            `json:"confirmed"`
	Outcome   Outcome        `json:"outcome"`
	Side      Stance         `json:"side"`
	Quantity  Quantity       `json:"quantity"`
	Statement string         `json:"statement"`
}

// A MemberComparison is one member in both.
type MemberComparison struct {
	Member string       `json:"member"`
	InA    bool         `json:"in_a"` // it answered, and is named there
	InB    bool         `json:"in_b"`
	Themes []StancePair `json:"themes"` // that are in both, and that it addresses in one of them; of a member in one only, none
}

// A StancePair is where a member stands on one theme in both.
type StancePair struct {
	ThemeID string   `json:"theme"` // in B
	Theme   string   `json:"name"`
	A       Stance   `json:"a"`
	B       Stance   `json:"b"`
	AState  State    `json:"a_state"`
	BState  State    `json:"b_state"`
	Moved   Movement `json:"moved"`
}

// Movement is how a position of one consultation compares with that of the other.
type Movement string

// The movements. Stances rise from oppose over mixed and with conditions to support.
const (
	MovedNot     Movement = "as before"
	MovedTowards Movement = "more in favour"
	MovedAway    Movement = "more against"
	MovedSpeaks  Movement = "takes a position now"
	MovedStops   Movement = "takes none any more"
	MovedUnclear Movement = "no position in either"
)

// Compare puts two consultations beside each other, as it may be shown to staff of both.
func Compare(ctx context.Context, a, b *Analysis) (*Comparison, error) {
	x, err := a.reporting(ctx)
	if err != nil {
		return nil, err
	}
	y, err := b.reporting(ctx)
	if err != nil {
		return nil, err
	}
	x.all()
	y.all()
	c := comparing{a: x, b: y, out: &Comparison{A: x.compared(), B: y.compared(), Themes: []ThemeComparison{}, Members: []MemberComparison{}, Notes: []string{}}}
	c.themes()
	c.members()
	c.notes()
	return c.out, nil
}

func (b *builder) compared() Compared {
	return Compared{b.r.Title, b.r.Asof, b.r.Counts.Members, b.r.Counts.Passages, b.r.Rule.String(), b.r.Scale.String()}
}

// comparing makes a Comparison.
type comparing struct {
	a, b  *builder
	pairs []themePair
	out   *Comparison
}

// themePair is a theme in both, by its id there.
type themePair struct{ a, b, name string }

func (c *comparing) themes() {
	taken := map[string]bool{}
	match := map[string]string{} // id in B → id in A
	for _, by := range []string{"id", "name"} {
		for _, t := range c.b.r.Themes {
			for _, old := range c.a.r.Themes {
				same := by == "id" && old.ID == t.ID || by == "name" && foldedName(old.Name) == foldedName(t.Name)
				if _, ok := match[t.ID]; same && !ok && !taken[old.ID] {
					match[t.ID], taken[old.ID] = old.ID, true
				}
			}
		}
	}
	for i := range c.b.r.Themes {
		t := &c.b.r.Themes[i]
		x := ThemeComparison{Name: t.Name, B: side(t, c.a)}
		if id, ok := match[t.ID]; ok {
			if x.A, x.MatchedBy = side(c.a.r.theme(id), c.b), "id"; id != t.ID {
				x.MatchedBy = "name"
			}
			x.Crossed = x.A.Outcome != x.B.Outcome || x.A.Side != x.B.Side
			c.pairs = append(c.pairs, themePair{id, t.ID, t.Name})
		}
		c.out.Themes = append(c.out.Themes, x)
	}
	for i := range c.a.r.Themes {
		if t := &c.a.r.Themes[i]; !taken[t.ID] {
			c.out.Themes = append(c.out.Themes, ThemeComparison{Name: t.Name, A: side(t, c.b)})
		}
	}
}

// side is a theme as the other consultation's members may be named too: a line that a person wrote could name one of them.
func side(t *ThemeReport, other *builder) *ThemeSide {
	j := &t.Joint
	x := &ThemeSide{ThemeID: t.ID, Name: t.Name, Counts: map[Stance]int{}, Outcome: j.Outcome, Side: j.Side, Quantity: j.Quantity, Statement: other.safe(j.Statement)}
	for _, s := range Stances {
		x.Counts[s] = len(j.Names[s])
		x.Confirmed += j.Confirmed[s]
	}
	return x
}

// foldedName is a name without what people write differently: capitals, white space, "The".
func foldedName(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.Join(strings.Fields(bare(name)), " ")), "the ")
}

// tellable are the members that answered and may be told of, by name.
func (b *builder) tellable() []index.Member {
	return slices.DeleteFunc(b.answered(), func(m index.Member) bool { return b.label(m.Name) != m.Name })
}

func (c *comparing) members() {
	left := map[string]bool{}
	all := c.a.tellable()
	for _, m := range all {
		left[m.Name] = true
	}
	for _, m := range c.b.tellable() {
		x := MemberComparison{Member: m.Name, InB: true, Themes: []StancePair{}}
		if old := partner(m, all, left); old != "" {
			x.InA = true
			delete(left, old)
			x.Themes = c.stances(old, m.Name)
		}
		c.out.Members = append(c.out.Members, x)
	}
	for _, m := range all {
		if left[m.Name] {
			c.out.Members = append(c.out.Members, MemberComparison{Member: m.Name, InA: true, Themes: []StancePair{}})
		}
	}
	slices.SortStableFunc(c.out.Members, func(x, y MemberComparison) int { return strings.Compare(x.Member, y.Member) })
}

// partner is the member of the other consultation that is the same: of the same name, or with one of the names among its aliases; "" when
// there is none.
func partner(m index.Member, others []index.Member, left map[string]bool) string {
	for _, o := range others {
		if left[o.Name] && foldedName(o.Name) == foldedName(m.Name) {
			return o.Name
		}
	}
	names := func(m index.Member) []string { return append([]string{m.Name}, m.Aliases...) }
	for _, o := range others {
		if left[o.Name] && slices.ContainsFunc(names(o), func(n string) bool {
			return slices.ContainsFunc(names(m), func(own string) bool {
				return foldedName(n) == foldedName(own) && (n == o.Name || own == m.Name)
			})
		}) {
			return o.Name
		}
	}
	return ""
}

func (c *comparing) stances(a, b string) []StancePair {
	out := []StancePair{}
	for _, t := range c.pairs {
		was, is := c.a.standing(a, t.a), c.b.standing(b, t.b)
		if was.stance == Silent && is.stance == Silent {
			continue
		}
		out = append(out, StancePair{t.b, t.name, was.stance, is.stance, was.state, is.state, moved(was.stance, is.stance)})
	}
	return out
}

func moved(was, is Stance) Movement {
	x, y := slices.Index(tookStances, was), slices.Index(tookStances, is)
	switch {
	case x < 0 && y < 0:
		return MovedUnclear
	case x < 0:
		return MovedSpeaks
	case y < 0:
		return MovedStops
	case y > x:
		return MovedTowards
	case y < x:
		return MovedAway
	}
	return MovedNot
}

func (c *comparing) notes() {
	note := func(s string) { c.out.Notes = append(c.out.Notes, s) }
	if c.out.A.Rule != c.out.B.Rule {
		note("The two have different rules for common ground: their outcomes do not mean the same.")
	}
	if c.out.A.Scale != c.out.B.Scale {
		note("The two have different scales of quantifier words.")
	}
	hidden := 0
	for _, b := range []*builder{c.a, c.b} {
		hidden += len(b.answered()) - len(b.tellable())
	}
	if hidden > 0 {
		note(plural(hidden, "answer is", "answers are") + " of members that are not to be named: they are in the counts only. A member that is listed in one of the two may have answered the other without its name.")
	}
}
