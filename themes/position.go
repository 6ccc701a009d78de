package themes

import (
	"cmp"
	"slices"
	"strings"

	"collate/index"
)

// standing is a member on a theme before anything is hidden: what Position is made from.
type standing struct {
	stance    Stance
	confirmed bool
	because   string
	by        string
	text      string           // a person's own line, or ""
	passages  []*index.Passage // that the theme is tagged on, strongest first
	sentences []candidate
}

// stand works out where a member stands on a theme: as a person set it, or else from the stances of the passages, those that
// people confirmed before those that are proposed.
func stand(b *Codebook, state *codings, theme *Theme, member string, passages []*index.Passage, readings map[string]*passageReading) standing {
	out := standing{stance: Silent, by: "suggested"}
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
			out.confirmed, out.by = true, confirmed[0].StanceCoder
		}
	}
	if set, ok := state.positions[positionKey{member, theme.ID}]; ok {
		out.text = set.Text
		if set.Stance != "" { // only a line was written
			out.stance, out.confirmed, out.by, out.because = set.Stance, true, set.Coder, set.Because
		}
	}
	out.rank(b, state, theme, readings)
	return out
}

// rank orders the passages by the sentences chosen from them, and the rest by place.
func (out *standing) rank(b *Codebook, state *codings, theme *Theme, readings map[string]*passageReading) {
	own := slices.DeleteFunc(slices.Clone(out.passages), func(p *index.Passage) bool {
		return state.passages[codingKey{p.ID, theme.ID}].Stance != out.stance
	})
	if len(own) > 0 && out.stance != NotStated {
		out.sentences = condense(b, theme, readings, own, out.stance, 3)
	}
	if len(out.sentences) == 0 {
		out.sentences = condense(b, theme, readings, out.passages, out.stance, 3)
	}
	at := map[string]int{}
	for i, c := range out.sentences {
		if _, ok := at[c.passage.ID]; !ok {
			at[c.passage.ID] = i - len(out.sentences)
		}
	}
	slices.SortStableFunc(out.passages, func(a, b *index.Passage) int { return cmp.Compare(at[a.ID], at[b.ID]) })
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
