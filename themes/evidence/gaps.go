package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// Gaps is what an outline leaves out of what the record has.
type Gaps struct {
	Terms   []TermGap      `json:"terms"`   // terms of reference without a passage behind them
	Members []string       `json:"members"` // that may be named and are never cited, by name
	Rich    []RichPassage  `json:"rich"`    // passages with much in them that are not used, the richest first
	OneType []OneTypeTheme `json:"one_type"`
	Themes  []string       `json:"themes"` // names of themes that members address and no paragraph is about
	Cited   int            `json:"cited"`  // members cited
	Of      int            `json:"of"`     // members that may be cited
}

// A TermGap is a term of reference that lacks evidence.
type TermGap struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	What string `json:"what"` // what it lacks, a sentence
}

// A RichPassage is a passage that may be quoted, with what is in it.
type RichPassage struct {
	Ref      string   `json:"ref"`
	Member   string   `json:"member"`
	Document string   `json:"document"`
	Place    string   `json:"place,omitempty"`
	Themes   []string `json:"themes"`
	Figures  int      `json:"figures"` // with a source
	Asks     int      `json:"asks"`
	Begins   string   `json:"begins"`
}

// A OneTypeTheme is a theme on which only one type of member is cited though others speak of it.
type OneTypeTheme struct {
	Theme  string   `json:"theme"`
	Type   string   `json:"type"`
	Others []string `json:"others"` // types whose members address it and may be named
}

// maxRich is how many unused passages are listed.
const maxRich = 20

// FindGaps compares an outline with the record. Only members that may be named are told of.
func FindGaps(m *Material, o *Outline) *Gaps {
	g := &gapFinder{Material: m, cited: map[string]bool{}, passages: map[string]bool{}, types: map[string][]string{}, lines: map[string]bool{}, out: &Gaps{}}
	for i := range o.Terms {
		g.term(&o.Terms[i])
	}
	g.members()
	g.rich()
	g.oneType()
	for i := range m.Report.Themes {
		if t := &m.Report.Themes[i]; t.Members > 0 && len(g.types[t.ID]) == 0 && !g.lines[t.ID] {
			g.out.Themes = append(g.out.Themes, t.Name)
		}
	}
	return g.out
}

type gapFinder struct {
	*Material
	cited    map[string]bool     // members
	passages map[string]bool     // by id
	types    map[string][]string // of the members cited, by theme
	lines    map[string]bool     // themes with a line
	out      *Gaps
}

func (g *gapFinder) term(t *Term) {
	passages, lines := 0, 0
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if p.Line != "" {
			lines++
			g.lines[p.Line] = true
		}
		for _, ref := range slices.Concat([]string{p.Quote, p.Figure}, p.Ask) {
			if q := g.find(ref); q != nil {
				passages++
				g.cite(q)
			}
		}
	}
	what := ""
	switch {
	case len(t.Paragraphs) == 0:
		what = "Nothing answers it."
	case passages == 0 && lines == 0:
		what = "It has only text of your own: no member stands behind it."
	case passages == 0:
		what = "It has a joint line and no member's words, figure or ask."
	case lines == 0 && len(t.Themes) > 0:
		what = "It has members' words and no joint line."
	default:
		return
	}
	g.out.Terms = append(g.out.Terms, TermGap{t.ID, oneLine(t.Text), what})
}

// find is the passage of a ref on its theme, or on any.
func (g *gapFinder) find(ref string) *themes.Quote {
	if ref == "" {
		return nil
	}
	return cmp.Or(g.quotes[ref], g.quotes[passage(ref)])
}

func (g *gapFinder) cite(q *themes.Quote) {
	g.passages[q.Passage] = true
	g.cited[q.Member] = true
	if m := g.Material.members[q.Member]; m != nil && !slices.Contains(g.types[q.ThemeID], m.Type) {
		g.types[q.ThemeID] = append(g.types[q.ThemeID], m.Type)
	}
}

func (g *gapFinder) members() {
	for i := range g.Report.Members {
		m := &g.Report.Members[i]
		if m.Passages == 0 || !g.attributable(m.Label) {
			continue
		}
		g.out.Of++
		if g.cited[m.Label] {
			g.out.Cited++
		} else {
			g.out.Members = append(g.out.Members, m.Label)
		}
	}
}

// rich finds the passages with a figure that has a source, or two asks, which the outline does not use.
func (g *gapFinder) rich() {
	seen := map[string]bool{}
	for i := range g.Report.Quotes {
		q := &g.Report.Quotes[i]
		if seen[q.Passage] || g.passages[q.Passage] || q.Withheld || q.Consent != string(index.Attributable) || !g.attributable(q.Member) {
			continue
		}
		seen[q.Passage] = true
		x := RichPassage{Ref: q.Ref, Member: q.Member, Document: q.Document, Place: q.Place, Asks: len(g.asks[q.Passage]), Begins: begins(q.Words)}
		for _, f := range g.figures[q.Passage] {
			x.Themes = f.Themes
			if !f.Unsourced {
				x.Figures++
			}
		}
		for _, a := range g.asks[q.Passage] {
			x.Themes = a.Themes
		}
		if x.Figures > 0 || x.Asks > 1 {
			g.out.Rich = append(g.out.Rich, x)
		}
	}
	slices.SortStableFunc(g.out.Rich, func(a, b RichPassage) int {
		return cmp.Or(cmp.Compare(b.Figures+b.Asks, a.Figures+a.Asks), strings.Compare(a.Member, b.Member), strings.Compare(a.Ref, b.Ref))
	})
	g.out.Rich = g.out.Rich[:min(len(g.out.Rich), maxRich)]
}

func begins(words string) string {
	fields := strings.Fields(words)
	if len(fields) <= 12 {
		return strings.Join(fields, " ")
	}
	return strings.Join(fields[:12], " ") + " …"
}

func (g *gapFinder) oneType() {
	for i := range g.Report.Themes {
		t := &g.Report.Themes[i]
		if len(g.types[t.ID]) != 1 {
			continue
		}
		x := OneTypeTheme{Theme: t.Name, Type: cmp.Or(g.types[t.ID][0], "no type given")}
		for j := range g.Report.Members {
			m := &g.Report.Members[j]
			for _, p := range m.Positions {
				if p.ThemeID == t.ID && p.Stance != themes.Silent && g.attributable(m.Label) && m.Type != "" && m.Type != x.Type && !slices.Contains(x.Others, m.Type) {
					x.Others = append(x.Others, m.Type)
				}
			}
		}
		if slices.Sort(x.Others); len(x.Others) > 0 {
			g.out.OneType = append(g.out.OneType, x)
		}
	}
}

// Sentence is the passage's contents in words: "2 figures with a source, 1 ask".
func (r *RichPassage) Sentence() string {
	var parts []string
	if r.Figures > 0 {
		parts = append(parts, fmt.Sprintf("%s with a source", plural(r.Figures, "figure", "figures")))
	}
	if r.Asks > 0 {
		parts = append(parts, plural(r.Asks, "ask", "asks"))
	}
	return strings.Join(parts, ", ")
}
