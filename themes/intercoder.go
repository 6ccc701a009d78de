package themes

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/agreement"
)

// An Agreement is how far those who coded the sample, and the tool, code alike.
type Agreement struct {
	Title  string         `json:"title"`
	Day    string         `json:"day"` // of the newest blind coding, "24 November 2026"
	Tool   string         `json:"tool"`
	Sample Sample         `json:"sample"`
	Seed   uint64         `json:"seed"` // of the intervals
	Coders []BlindCount   `json:"coders"`
	Rows   []AgreementRow `json:"rows"` // by who is compared: all themes together first, then each theme
	Notes  []string       `json:"notes"`
}

// A BlindCount is how much of the sample one coder has coded.
type BlindCount struct {
	Coder    string `json:"coder"`
	Passages int    `json:"passages"` // with at least one theme decided
}

// Who is compared in a row.
const (
	TwoPeople = "two people"
	AllPeople = "all people"
	WithTool  = "a person and the tool"
)

// AllThemes is the theme of a row over all themes.
const AllThemes = "All themes"

// An AgreementRow is one comparison on one theme, or on all.
type AgreementRow struct {
	Who     string           `json:"who"`     // TwoPeople, AllPeople or WithTool
	Between []string         `json:"between"` // the names
	ThemeID string           `json:"theme_id,omitempty"`
	Theme   string           `json:"theme"`
	Items   int              `json:"passages"` // coded by both; of all themes, passages times themes
	Yes     agreement.Figure `json:"yes"`      // share of the codes that are yes
	Percent agreement.Figure `json:"percent"`  // share on which they say the same
	Kappa   agreement.Figure `json:"kappa"`    // Cohen's; among all people Fleiss'
	Alpha   agreement.Figure `json:"alpha"`    // Krippendorff's, nominal
	Both    agreement.Figure `json:"both_yes"` // F1 of one against the other; not among all
	Word    string           `json:"word"`     // what the kappa is customarily called; "" where it is not defined

	StanceItems int              `json:"stance_passages"` // both say yes and give a stance
	StanceSame  agreement.Figure `json:"stance_same"`
	StanceAlpha agreement.Figure `json:"stance_alpha"` // Krippendorff's, ordinal, over those that both state
}

// Agreement compares everybody who coded the sample blind with each other and with what the tool proposes, theme by theme. Seed is of the
// intervals. It returns [ErrNoSample] before a sample is drawn.
func (a *Analysis) Agreement(ctx context.Context, seed uint64) (*Agreement, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	if b.state, err = a.codings(ctx, b.s); err != nil {
		return nil, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return nil, err
	}
	if d.seed == 0 {
		return nil, ErrNoSample
	}
	c := comparison{b: b, d: d, seed: seed, asked: map[string]askedPassages{}, out: &Agreement{Title: b.r.Title, Tool: b.r.Tool, Seed: seed}}
	if c.out.Day, err = a.lastBlind(ctx); err != nil {
		return nil, err
	}
	for coder := range b.state.machine {
		if model, ok := strings.CutPrefix(coder, modelMark); ok {
			if c.asked[coder], err = a.asked(ctx, strings.TrimSuffix(model, ")")); err != nil {
				return nil, err
			}
		}
	}
	c.all()
	return c.out, nil
}

// lastBlind is the day of the newest blind coding, or "".
func (a *Analysis) lastBlind(ctx context.Context) (day string, err error) {
	err = a.Decisions(ctx, func(x *index.Decision) error {
		if x.Act == index.ActBlind || x.Act == index.ActSample {
			day = x.At.Format("2 January 2006")
		}
		return nil
	})
	return day, err
}

// A comparison makes an Agreement.
type comparison struct {
	b     *builder
	d     *doubleCoding
	seed  uint64
	asked map[string]askedPassages // by the coder's name of a language model: it says nothing of other passages
	out   *Agreement
}

// A codeReading gives what somebody says of a passage under a theme; ok is false where that is nothing.
type codeReading func(passage, theme string) (tagged bool, stance Stance, ok bool)

func (c *comparison) all() {
	members := map[string]bool{}
	for _, p := range c.d.sample {
		members[c.b.clusterOf(p)] = true
	}
	c.out.Sample = Sample{Seed: c.d.seed, Passages: len(c.d.sample), Members: len(members), LeftOut: c.d.leftOut, Lost: c.d.lost}
	people := map[string]codeReading{}
	for _, name := range c.d.coders {
		people[name] = c.person(name)
		c.out.Coders = append(c.out.Coders, BlindCount{name, c.coded(people[name])})
	}
	for i, one := range c.d.coders {
		for _, other := range c.d.coders[i+1:] {
			c.rows(TwoPeople, []string{one, other}, people[one], people[other])
		}
	}
	if len(c.d.coders) > 2 {
		var all []codeReading
		for _, name := range c.d.coders {
			all = append(all, people[name])
		}
		c.rows(AllPeople, c.d.coders, all...)
	}
	for _, name := range c.d.coders {
		for _, tool := range c.tools() {
			c.rows(WithTool, []string{name, tool.name}, people[name], tool.says)
		}
	}
	c.notes()
}

func (c *comparison) person(name string) codeReading {
	return func(passage, theme string) (bool, Stance, bool) {
		x, ok := c.d.codes[blindKey{name, passage, theme}]
		return x.tagged, x.stance, ok
	}
}

// coded counts the sample's passages of which somebody said something.
func (c *comparison) coded(says codeReading) int {
	n := 0
	for _, p := range c.d.sample {
		if slices.ContainsFunc(c.b.Codebook.Themes, func(t Theme) bool { _, _, ok := says(p.ID, t.ID); return ok }) {
			n++
		}
	}
	return n
}

// ownTool is what the tool suggests without a language model.
const ownTool = "rules"

type toolReading struct {
	name string
	says codeReading
}

// tools are the tool as a whole and, where more than one machine proposes, each of them. What people decided of the same passages is left
// out: the tool is measured and not who put it right.
func (c *comparison) tools() []toolReading {
	out := []toolReading{{"the tool", func(passage, theme string) (bool, Stance, bool) {
		m := c.b.state.proposed(codingKey{passage, theme})
		return m.Tagged, m.Stance, true
	}}}
	machines := slices.Sorted(maps.Keys(c.b.state.machine))
	if !slices.ContainsFunc(machines, isModel) { // rules and what is learnt work together and are one
		return out
	}
	out = append(out, toolReading{ownTool, func(passage, theme string) (bool, Stance, bool) {
		for _, name := range []string{ownModel, rules} {
			if m := c.b.state.machine[name][codingKey{passage, theme}]; m != nil && m.Tagged {
				return true, m.Stance, true
			}
		}
		return false, "", true
	}})
	for _, name := range machines {
		if !isModel(name) {
			continue
		}
		own := c.b.state.machine[name]
		out = append(out, toolReading{name, func(passage, theme string) (bool, Stance, bool) {
			asked, ok := c.asked[name]
			if ok && !asked.has(passage) {
				return false, "", false
			}
			m := own[codingKey{passage, theme}]
			if m == nil {
				return false, "", true
			}
			return m.Tagged, m.Stance, true
		}})
	}
	return out
}

// rows adds the rows of one comparison: all themes, then each.
func (c *comparison) rows(who string, between []string, says ...codeReading) {
	var items, stances []agreement.Item
	var each []AgreementRow
	for i := range c.b.Codebook.Themes {
		t := &c.b.Codebook.Themes[i]
		own, ownStances := c.items(t.ID, says)
		row := c.row(who, own, ownStances)
		row.ThemeID, row.Theme = t.ID, t.Name
		each = append(each, row)
		items, stances = append(items, own...), append(stances, ownStances...)
	}
	row := c.row(who, items, stances)
	row.Theme = AllThemes
	for _, row := range append([]AgreementRow{row}, each...) {
		row.Who, row.Between = who, between
		c.out.Rows = append(c.out.Rows, row)
	}
}

// items are the sample's passages under a theme as agreement measures them, and the stances of those to which everybody says yes.
func (c *comparison) items(theme string, says []codeReading) (items, stances []agreement.Item) {
	for _, p := range c.d.sample {
		x := agreement.Item{Theme: theme, Cluster: c.b.clusterOf(p)}
		y := agreement.Item{Cluster: x.Cluster} // a stance is the same thing under every theme: they are measured at once
		yes := 0
		for _, say := range says {
			tagged, stance, ok := say(p.ID, theme)
			code, step := agreement.Missing, agreement.Missing
			if ok {
				code = agreement.Code(tagged)
				yes += code
			}
			if tagged && stance != "" { // from 1 in the order of the stances: oppose, mixed, conditions, support, not stated
				step = slices.Index(Stances, stance) + 1
			}
			x.Codes, y.Codes = append(x.Codes, code), append(y.Codes, step)
		}
		items = append(items, x)
		if yes == len(says) {
			stances = append(stances, y)
		}
	}
	return items, stances
}

func (c *comparison) row(who string, items, stances []agreement.Item) AgreementRow {
	kappa := agreement.Cohen
	if who == AllPeople {
		kappa = agreement.Fleiss
	}
	r := AgreementRow{Items: agreement.Of(items, kappa).Items}
	r.Yes = agreement.Interval(items, c.seed, agreement.Prevalence, func([]*agreement.Tally) string { return agreement.NoOverlap })
	r.Percent = agreement.Percent(items, c.seed, kappa)
	r.Kappa = agreement.Coefficient(items, c.seed, kappa)
	r.Alpha = agreement.Coefficient(items, c.seed, agreement.Nominal)
	r.Both = agreement.Figure{Why: "of two only", WhyInterval: "there is no value"}
	if who != AllPeople {
		r.Both = agreement.Interval(items, c.seed, agreement.Both, func([]*agreement.Tally) string { return agreement.Nobody })
	}
	if r.Kappa.Defined() {
		r.Word = agreement.Word(r.Kappa.Value)
	}
	r.StanceItems = agreement.Of(stances, agreement.Nominal).Items
	r.StanceSame = agreement.Percent(stances, c.seed, agreement.Nominal)
	r.StanceAlpha = agreement.Coefficient(statedOnly(stances), c.seed, agreement.Ordinal)
	return r
}

// statedOnly takes "not stated" for no code: it has no place in the order of the stances.
func statedOnly(items []agreement.Item) []agreement.Item {
	unstated := slices.Index(Stances, NotStated) + 1
	out := make([]agreement.Item, len(items))
	for i, x := range items {
		x.Codes = slices.Clone(x.Codes)
		for j, code := range x.Codes {
			if code == unstated {
				x.Codes[j] = agreement.Missing
			}
		}
		out[i] = x
	}
	return out
}

func (c *comparison) notes() {
	note := func(format string, args ...any) {
		c.out.Notes = append(c.out.Notes, fmt.Sprintf(format, args...))
	}
	note("Kappa is agreement beyond what chance gives: Cohen's (1960) between two, Fleiss' (1971) among all; alpha is Krippendorff's (2011), which also takes passages that only some have coded. Over all themes each is pooled (De Vries and others 2008).")
	var bands []string
	for _, band := range slices.Backward(agreement.Bands()) {
		if band.From >= 0 {
			bands = append(bands, fmt.Sprintf("%.2f %s", band.From, band.Word))
		}
	}
	note("The words (Landis and Koch 1977; from %s; below 0 poor) are a convention and no test. Krippendorff asks for an alpha of .800, and of .667 where conclusions are tentative.", strings.Join(bands, ", "))
	note("A kappa is low where a theme is rare even when people agree on nearly every passage: read it beside the per cent and the share of yes.")
	note("Intervals are 95 %%, by drawing members %d times with seed %d; none is given with fewer than 5 members, or where a theme is too rare for it.", agreement.Draws, c.seed)
	if c.d.leftOut > 0 {
		note("%s of the sample may not be shown any more and %s left out.", plural(c.d.leftOut, "passage", "passages"), was(c.d.leftOut))
	}
	if c.d.lost > 0 {
		note("%s of the sample %s not there any more: a file was replaced or left out.", plural(c.d.lost, "passage", "passages"), is(c.d.lost))
	}
	if len(c.d.coders) < 2 {
		note("Agreement between people needs two who coded the sample; so far there %s %d.", is(len(c.d.coders)), len(c.d.coders))
	}
}

func was(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func is(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
