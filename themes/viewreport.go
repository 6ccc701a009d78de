package themes

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"collate/index"
)

// ReportFor gathers what a view may show. What the view leaves out is not in the report at all; Left says what that is. A view for members
// is refused: see [Analysis.MemberReports].
func (a *Analysis) ReportFor(ctx context.Context, view View) (*Report, error) {
	if view.Audience == ForMembers || view.Member != "" {
		return nil, fmt.Errorf("a report for members is made for each of them")
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	b, err := a.reportingFor(ctx, s, state, view.closed())
	if err != nil {
		return nil, err
	}
	b.all()
	if b.view.Whole() {
		return b.r, b.registers(ctx)
	}
	b.left(disclose(s), state.rolledUp(a.Codebook))
	if b.view.Outside {
		b.r = outward(b.r)
	}
	return b.r, nil
}

// confirmed is the codings that a person stands behind. A stance that nobody confirmed is not stated.
func (s *codings) confirmed() *codings {
	out := *s
	out.passages = map[codingKey]*Coding{}
	for key, c := range s.passages {
		if !c.Confirmed && !c.StanceConfirmed {
			continue
		}
		if !c.StanceConfirmed {
			x := *c
			x.Stance, x.StanceWhy, x.StanceCoder = NotStated, "", ""
			c = &x
		}
		out.passages[key] = c
	}
	return &out
}

// confirmedAlone leaves of where members stand only what a person confirmed. Of a position that was checked as it stood, the words that it
// was checked with stay, as long as nothing changed under them.
func (b *builder) confirmedAlone(raw *codings) {
	full, all := b.standings, b.state
	b.standings, b.state = map[positionKey]standing{}, raw.confirmed().rolledUp(b.whole)
	b.stands()
	for key, st := range b.standings {
		was := full[key]
		set, decided := b.state.positions[key]
		switch {
		case was.stance == Silent:
			b.standings[key] = was
		case !st.confirmed:
			b.standings[key] = standing{stance: Unconfirmed, by: st.by, state: Suggested}
		case decided && set.Checked && set.Rests != nil && b.unchanged(key, &set, all):
			st.sentences, st.condition, st.basis = was.sentences, was.condition, was.basis
			b.standings[key] = st
		}
	}
}

// unchanged reports whether a position rests on what it rested on when it was checked.
func (b *builder) unchanged(key positionKey, set *PositionDecision, all *codings) bool {
	now := *b
	now.state = all
	return len(now.flags(set.Rests, key.member, b.Codebook.Theme(key.theme), set.seq)) == 0
}

// listed reports whether a view lists a member beside its positions. Outside, one that is confidential is only counted.
func (v View) listed(d *disclosure, member string) bool {
	switch {
	case v.Attributable:
		return d.named(member) && !d.unnamed[d.label(member)]
	case v.Outside:
		return d.strict[member].Strictness() < 2
	}
	return true
}

// unnamedMember is what a member is called that is counted and not listed.
const unnamedMember = "a member that is not listed"

// left takes out the members and quotes that the view does not list, and says how much that is. true is who may be named in truth, and all
// the codings of the record.
func (b *builder) left(truth *disclosure, all *codings) {
	hidden := map[string]bool{}
	for _, m := range b.s.Members {
		if !b.view.listed(truth, m.Name) {
			hidden[b.label(m.Name)] = true
		}
	}
	r, note := b.r, func(format string, args ...any) { b.r.Left = append(b.r.Left, fmt.Sprintf(format, args...)) }
	answered := 0
	for i := range r.Members {
		if hidden[r.Members[i].Label] && r.Members[i].Passages > 0 {
			answered++
		}
	}
	positions := 0
	for i := range r.Themes {
		positions += len(r.Themes[i].Joint.Names[Unconfirmed])
		r.Themes[i].unlist(r.Members, i, hidden)
	}
	r.Members = slices.DeleteFunc(r.Members, func(m MemberReport) bool { return hidden[m.Label] || b.view.Outside && m.Passages == 0 })
	shown := len(r.Quotes)
	r.Quotes = slices.DeleteFunc(r.Quotes, func(q Quote) bool {
		return hidden[q.Member] || (b.view.Attributable || b.view.Outside) && (q.Withheld || q.Member == confidentialPassage)
	})
	if answered > 0 {
		note("%s listed: counted, and neither named nor quoted.", plural(answered, "member is not", "members are not"))
	}
	if n := shown - len(r.Quotes); n > 0 {
		note("%s of a passage on a theme not shown: of members that are not listed, said in confidence, or naming somebody who is not to be named.", plural(n, "row is", "rows are"))
	}
	if b.view.Confirmed {
		note("%s of a member on a theme that nobody has confirmed: on no side, and in no joint position here.", plural(positions, "position", "positions"))
		note("%s of a passage on a theme that nobody has confirmed.", plural(b.suggestedRows(all), "suggestion", "suggestions"))
	}
}

// suggestedRows is how many passages on a theme are only suggested.
func (b *builder) suggestedRows(all *codings) int {
	n := 0
	for _, p := range b.s.Passages {
		for _, t := range b.Codebook.Themes {
			if c := all.passages[codingKey{p.ID, t.ID}]; c != nil && c.Tagged && !c.Confirmed && !c.StanceConfirmed {
				n++
			}
		}
	}
	return n
}

// unlist counts the members on a theme that are not listed, and takes their labels out.
func (t *ThemeReport) unlist(members []MemberReport, theme int, hidden map[string]bool) {
	t.Unlisted.Stances = map[Stance]int{}
	for i := range members {
		if m := &members[i]; hidden[m.Label] && m.Passages > 0 {
			t.Unlisted.Stances[m.Positions[theme].Stance]++
			if m.Positions[theme].Confirmed {
				t.Unlisted.Confirmed++
			}
		}
	}
	names := map[Stance][]string{}
	for s, labels := range t.Joint.Names {
		names[s] = slices.Clone(labels)
		for i, label := range labels {
			if hidden[label] {
				names[s][i] = unnamedMember
			}
		}
		slices.Sort(names[s])
	}
	j := &t.Joint
	j.Names = names
	j.Conditions = slices.DeleteFunc(slices.Clone(j.Conditions), func(c Condition) bool { return hidden[c.Member] })
	j.RedLines = slices.DeleteFunc(slices.Clone(j.RedLines), func(l RedLine) bool { return hidden[l.Member] })
	j.SignOffs = slices.DeleteFunc(slices.Clone(j.SignOffs), func(x SignOff) bool { return hidden[x.Member] })
	if len(hidden) > 0 {
		j.Dissent = dissent(*j, len(names[Support])+len(names[Conditions]), len(names[Oppose]))
		j.signedDissent()
	}
}

// outward is a report with what may leave the house, and nothing else: it is copied field by field, so that what a report holds besides
// does not leave unless it is added here.
func outward(r *Report) *Report {
	out := &Report{Title: r.Title, Asof: r.Asof, Tool: r.Tool, Scale: r.Scale, Rule: r.Rule, View: r.View, Left: r.Left}
	c := r.Counts
	out.Counts = Counts{Asked: c.Asked, Members: c.Members, Submissions: c.Submissions, Unread: c.Unread, Passages: c.Passages, Tagged: c.Tagged, Checked: c.Checked, Words: c.Words}
	out.Notes = []string{r.Rule.String()}
	for i := range r.Themes {
		out.Themes = append(out.Themes, outwardTheme(&r.Themes[i]))
	}
	for i := range r.Members {
		out.Members = append(out.Members, outwardMember(&r.Members[i], r.View))
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		x := Quote{Ref: q.Ref, Passage: q.Passage, Member: q.Member, Type: q.Type, Question: q.Question, ThemeID: q.ThemeID, Theme: q.Theme, Stance: q.Stance, Line: q.Line,
			Words: q.Words, Origin: outwardOrigin(q.Origin), Consent: q.Consent, Withheld: q.Withheld}
		if !r.View.Anonymous { // a place and a heading tell whose document it is
			x.Document, x.Place, x.Heading = q.Document, q.Place, q.Heading
		}
		out.Quotes = append(out.Quotes, x)
	}
	return out
}

// outwardOrigin says of what a machine suggested no more than that.
func outwardOrigin(origin string) string {
	if origin == "confirmed" {
		return origin
	}
	return string(Suggested)
}

func outwardTheme(t *ThemeReport) ThemeReport {
	x := ThemeReport{ID: t.ID, Name: t.Name, Number: t.Number, Parent: t.Parent, Description: t.Description, Colour: t.Colour, Members: t.Members, Passages: t.Passages, Unlisted: t.Unlisted}
	j := &t.Joint
	x.Joint = JointPosition{Names: maps.Clone(j.Names), Confirmed: maps.Clone(j.Confirmed), Addressed: j.Addressed, Took: j.Took, Side: j.Side, Quantity: j.Quantity, Outcome: j.Outcome, Why: j.Why,
		Line: j.Outside.Line, Statement: j.Outside.Line, Dissent: j.Outside.Dissent, Outside: OutsideLine{Line: j.Outside.Line, Dissent: j.Outside.Dissent, Counted: j.Outside.Counted}}
	return x
}

func outwardMember(m *MemberReport, view View) MemberReport {
	x := MemberReport{Label: m.Label, Type: m.Type, Consent: m.Consent, Passages: m.Passages}
	if !view.Anonymous { // how many words somebody sent tells who it is, where they are published elsewhere
		x.Words = m.Words
		for _, s := range m.Submissions {
			x.Submissions = append(x.Submissions, SubmissionReport{Name: s.Name, Format: s.Format, Date: s.Date, Passages: s.Passages, Words: s.Words})
		}
	}
	for i := range m.Positions {
		p := &m.Positions[i]
		y := Position{Member: p.Member, Type: p.Type, ThemeID: p.ThemeID, Theme: p.Theme, Stance: p.Stance, Confirmed: p.Confirmed, State: p.State, Condition: p.Condition, Line: p.Line,
			By: string(Suggested), Refs: p.Refs, Passages: p.Passages}
		if p.Confirmed {
			y.By = "confirmed"
		}
		for _, s := range p.Sentences {
			if view.Anonymous {
				s.Place = ""
			}
			y.Sentences = append(y.Sentences, s)
		}
		x.Positions = append(x.Positions, y)
	}
	return x
}

// A MemberSkipped is a member that gets no report of its own.
type MemberSkipped struct {
	Label string `json:"member"`
	Why   string `json:"why"`
}

// MemberReports is a report for each member that sent something that counts: its own words and positions, and of the others nothing but
// the line that may be said outside, with its counts. A member that spoke in confidence gets none, since its words are repeated nowhere.
func (a *Analysis) MemberReports(ctx context.Context) ([]*Report, []MemberSkipped, error) {
	view, err := ViewFor(ForMembers, View{})
	if err != nil {
		return nil, nil, err
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	b, err := a.reportingOn(ctx, s, state)
	if err != nil {
		return nil, nil, err
	}
	var out []*Report
	var skipped []MemberSkipped
	for _, m := range b.answered() {
		if b.strict[m.Name].Strictness() == 2 {
			skipped = append(skipped, MemberSkipped{b.label(m.Name), "it spoke in confidence: its words are not repeated in a file that could go astray"})
			continue
		}
		out = append(out, b.forMember(m, view))
	}
	return out, skipped, nil
}

// forMember is the report for one member.
func (b *builder) forMember(m index.Member, view View) *Report {
	view.Member = m.Name
	own := *b
	own.view, own.disclosure = view, discloseTo(b.s, view)
	own.r = &Report{Title: b.r.Title, Tool: b.r.Tool, Scale: b.r.Scale, Rule: b.r.Rule, View: view}
	own.all()
	r := own.r
	label := own.label(m.Name)
	r.Members = slices.DeleteFunc(r.Members, func(x MemberReport) bool { return x.Label != label })
	shown := 0
	r.Quotes = slices.DeleteFunc(r.Quotes, func(q Quote) bool {
		if q.Member != label || q.Withheld {
			return true
		}
		shown++
		return false
	})
	if n := own.ownRows(m.Name) - shown; n > 0 {
		r.Left = append(r.Left, fmt.Sprintf("%s of your passages on a theme not repeated here: said in confidence, or naming somebody who is not to be named.", plural(n, "row is", "rows are")))
	}
	signed := make([]SignOff, len(r.Themes))
	for i := range r.Themes {
		for _, x := range r.Themes[i].Joint.SignOffs {
			if x.Member == label {
				signed[i] = SignOff{Member: label, State: x.State, On: x.On, Stale: x.Stale}
			}
		}
	}
	r = outward(r)
	r.Counts = Counts{Submissions: len(r.Members[0].Submissions), Passages: r.Members[0].Passages, Words: r.Members[0].Words}
	for i := range r.Themes {
		j := &r.Themes[i].Joint
		*j = JointPosition{Line: j.Outside.Line, Statement: j.Outside.Line, Dissent: j.Outside.Dissent, Outside: j.Outside, SignOffs: []SignOff{signed[i]}}
		r.Themes[i].Members, r.Themes[i].Passages, r.Themes[i].Unlisted = 0, 0, Unlisted{}
	}
	return r
}

// ownRows is how many rows of passages on themes a member has.
func (b *builder) ownRows(member string) int {
	n := 0
	for _, t := range b.Codebook.Themes {
		n += len(b.standings[positionKey{member, t.ID}].passages)
	}
	return n
}
