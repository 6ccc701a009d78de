package themes

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"collate/index"
	"collate/index/extract"
)

// standing is a member on a theme before anything is hidden: what Position is made from.
type standing struct {
	stance    Stance
	confirmed bool
	state     State
	because   string
	by        string
	at        time.Time        // of the decision
	text      string           // a person's own line, or ""
	author    string           // who wrote text
	named     string           // the condition in a person's words, or ""
	condition candidate        // the member's words that name its condition; no passage when there are none
	basis     []*index.Passage // that the position is counted by
	passages  []*index.Passage // that the theme is tagged on, strongest first
	sentences []candidate
}

// stand works out where a member stands on a theme: as a person set it, or else from the stances of the passages, those that
// people confirmed before those that are proposed.
func stand(b *Codebook, state *codings, theme *Theme, member string, passages []*index.Passage, readings map[string]*passageReading) standing {
	out := standing{stance: Silent, by: "suggested", state: Suggested}
	var confirmed, proposed []*Coding
	for _, p := range passages {
		c := state.passages[codingKey{p.ID, theme.ID}]
		if c == nil || !c.Tagged {
			continue
		}
		out.passages = append(out.passages, p)
		if c.StanceConfirmed {
			confirmed = append(confirmed, c)
		} else {
			proposed = append(proposed, c)
		}
	}
	if len(out.passages) > 0 {
		out.stance, out.because = combine(proposed)
		for _, c := range proposed {
			if isModel(c.StanceCoder) && c.Stance != NotStated {
				out.by = c.StanceCoder
			}
		}
		if len(confirmed) > 0 {
			out.stance, out.because = combine(confirmed)
			out.confirmed, out.by, out.at, out.state = true, confirmed[0].StanceCoder, confirmed[0].StanceAt, Edited
		} else if why := out.thin(b, state, theme, readings); why != "" {
			out.stance, out.because = NotStated, why
		}
	}
	if set, ok := state.positions[positionKey{member, theme.ID}]; ok {
		out.take(&set)
	}
	out.basis = basis(state, theme, out.stance, out.passages)
	out.rank(b, state, theme, readings)
	return out
}

// manyPassages is among how many on a theme one that only leans to a side makes no position.
const manyPassages = 4

// thin says why what is proposed of a member's passages makes no position: one of many leans to a side, by words that are only
// just enough and not plainly the writer's own, and the rest say nothing. "" where it does.
func (out *standing) thin(b *Codebook, state *codings, theme *Theme, readings map[string]*passageReading) string {
	var only *index.Passage
	for _, p := range out.passages {
		switch {
		case state.passages[codingKey{p.ID, theme.ID}].Stance == NotStated:
		case only != nil:
			return ""
		default:
			only = p
		}
	}
	if only == nil || len(out.passages) < manyPassages {
		return ""
	}
	coding, r := state.passages[codingKey{only.ID, theme.ID}], readings[only.ID]
	if isModel(coding.StanceCoder) || r == nil {
		return ""
	}
	c := r.On(b.place(theme.ID), b.marks(r.Words))
	if l := c.Leaning(); !l.Weak() || Stance(l.Stance()) != coding.Stance {
		return "" // or others than the rules say so
	}
	return fmt.Sprintf("%s; one of %d passages leans to %q, which is too little for a position", coding.StanceWhy, len(out.passages), strings.ToLower(coding.Stance.Label()))
}

// take lays a person's decision over what was worked out; where it is only a line, the stance stays what the passages say.
func (out *standing) take(set *PositionDecision) {
	if set.Stance != "" {
		out.stance, out.confirmed, out.by, out.at, out.because = set.Stance, true, set.Coder, set.At, set.Because
	}
	out.text, out.author, out.named = set.Text, "", set.Condition
	if set.Text != "" {
		out.author = cmp.Or(set.Author, set.Coder)
	}
	if out.state = Edited; set.Checked {
		out.state = Checked
	}
}

// minCondition is the fewest words that name a condition: "if they are not" names none.
const minCondition = 4

// name finds the words in which a member that sets a condition names it, in the passages that set one: in a sentence that speaks of the
// theme rather than in one that only states support with a condition, and in no other.
func (out *standing) name(b *Codebook, state *codings, theme *Theme, readings map[string]*passageReading) {
	for _, p := range out.passages {
		if state.passages[codingKey{p.ID, theme.ID}].Stance != Conditions {
			continue
		}
		r := readings[p.ID]
		marks, _ := b.match(theme, r.Words)
		for i, at := range r.Sentences {
			score := float64(2 * min(marksWithin(marks, at), 1))
			if Stance(r.Leanings[i].Stance()) == Conditions {
				score++
			}
			for _, c := range r.Leanings[i].Conditions {
				words := r.Text[c.Start:c.End]
				if score > out.condition.score && extract.Words(words) >= minCondition {
					out.condition = candidate{passage: p, words: words, score: score}
				}
			}
		}
	}
}

// condition is the condition of a member as it may be shown, and the Quote.Ref of its words where it is in the member's.
func (b *builder) condition(member string, t *Theme, st *standing) (words, at string) {
	c := st.condition
	switch {
	case st.stance != Conditions || b.strict[member].Strictness() == 2:
		return "", ""
	case st.named != "":
		return b.safe(st.named), ""
	case c.passage == nil || b.withheldPassage(c.passage) != "":
		return "", ""
	}
	return line(c.words), ref(c.passage, t)
}

// rank orders the passages by the sentences chosen from them, and the rest by place.
func (out *standing) rank(b *Codebook, state *codings, theme *Theme, readings map[string]*passageReading) {
	of := func(p *index.Passage) Stance { return state.passages[codingKey{p.ID, theme.ID}].Stance }
	out.sentences = condense(b, theme, readings, out.passages, of, out.stance, 3)
	at := map[string]int{}
	for i, c := range out.sentences {
		if _, ok := at[c.passage.ID]; !ok {
			at[c.passage.ID] = i - len(out.sentences)
		}
	}
	slices.SortStableFunc(out.passages, func(a, b *index.Passage) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	if out.stance == Conditions {
		out.name(b, state, theme, readings)
	}
}

// combine is one member's stance from several passages'. Plain words for and against are mixed, unless one side has three
// times the passages; any condition makes support conditional; passages that do not state a stance do not count.
func combine(codings []*Coding) (stance Stance, because string) {
	n := map[Stance]int{}
	why := map[Stance][]string{}
	for _, c := range codings {
		n[c.Stance]++
		if c.StanceWhy != "" {
			why[c.Stance] = append(why[c.Stance], strings.TrimPrefix(c.StanceWhy, "because: "))
		}
	}
	in, against := n[Support]+n[Conditions], n[Oppose]
	switch {
	case in+against+n[Mixed] == 0:
		return NotStated, ""
	case against >= 3*in && against > n[Mixed]:
		stance = Oppose
	case against > 0 && in < 3*against, n[Mixed] > in:
		stance = Mixed
	case n[Conditions] > 0 || against > 0 || n[Mixed] > 0:
		stance = Conditions
	default:
		stance = Support
	}
	reasons := why[stance]
	if len(reasons) == 0 || stance == Mixed {
		for _, s := range Stances {
			if s != stance {
				reasons = append(reasons, why[s]...)
			}
		}
	}
	if len(reasons) == 0 {
		return stance, ""
	}
	return stance, "because: " + strings.Join(unique(strings.Split(strings.Join(reasons, ", "), ", "), 6), ", ")
}

// Labelled is the name of the member that outputs call so ([MemberReport.Label]). It returns [ErrNoMember].
func (a *Analysis) Labelled(ctx context.Context, label string) (string, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	d := disclose(s)
	for _, m := range s.Members {
		if d.label(m.Name) == label {
			return m.Name, nil
		}
	}
	return "", fmt.Errorf("%w: %q", ErrNoMember, label)
}

// Label is how outputs call a member, which is what a report finds it by; what is no member's name comes back as it is.
func (a *Analysis) Label(ctx context.Context, member string) (string, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	for i := range s.Members {
		if strings.EqualFold(s.Members[i].Name, member) {
			return disclose(s).label(s.Members[i].Name), nil
		}
	}
	return member, nil
}
