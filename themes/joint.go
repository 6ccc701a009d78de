package themes

import (
	"fmt"
	"strings"
)

// A tally is what a joint position is worked out from. Names are labels, as they may be shown.
type tally struct {
	names     map[Stance][]string
	confirmed map[Stance]int
	template  map[Stance]int // of the members, those whose words on the theme are only a circulated template's
	crossed   int            // members whose red line stands against the larger side
}

// sides are the members on each side; unless all, without those that only repeat a template.
func (t *tally) sides(all bool) sides {
	n := func(s Stance) int {
		if all {
			return len(t.names[s])
		}
		return len(t.names[s]) - t.template[s]
	}
	return sides{n(Support), n(Conditions), n(Mixed), n(Oppose), n(NotStated)}
}

// joint works out where the consortium stands from where its members do.
func joint(rule ConsensusRule, scale Scale, t tally) JointPosition {
	j := JointPosition{Names: t.names, Confirmed: t.confirmed, State: Suggested}
	s := t.sides(true)
	j.Took, j.Side = s.took(), s.side()
	j.Addressed = j.Took + len(t.names[NotStated])
	switch j.Side {
	case Support:
		j.Quantity = scale.Quantity(s.inFavour(), j.Took)
	case Oppose:
		j.Quantity = scale.Quantity(s.oppose, j.Took)
	}
	j.Outcome, j.Why = rule.outcome(t.sides(false), t.crossed)
	j.Statement = statement(j, s, t.templates())
	j.Drafted = j.Statement
	if j.Took > 0 {
		j.Drafted += " " + confirmed(j, j.Took)
	}
	j.Line, j.Dissent = j.Drafted, dissent(j, s.inFavour(), s.oppose)
	return j
}

// templates is how many members that took a position only repeat a template.
func (t *tally) templates() int {
	return t.template[Support] + t.template[Conditions] + t.template[Mixed] + t.template[Oppose]
}

// statement drafts the line. Beside who takes a position it says who does not, and who is silent.
func statement(j JointPosition, s sides, templates int) string {
	var b strings.Builder
	b.WriteString(positions(j, s))
	if m := len(j.Names[NotStated]); m > 0 && j.Took > 0 {
		fmt.Fprintf(&b, " %s it without a plain position.", subject(m, "more addresses", "more address"))
	}
	if templates > 0 {
		fmt.Fprintf(&b, " %d of the positions %s only the words of a template that was circulated.", templates, agree("repeat", templates))
	}
	if m := len(j.Names[Silent]); m > 0 && j.Addressed > 0 {
		fmt.Fprintf(&b, " %s not address it.", subject(m, "does", "do"))
	}
	return b.String()
}

// positions is the sentence about those that take a position.
func positions(j JointPosition, s sides) string {
	var rest []string
	mixed := func() {
		if m := len(j.Names[Mixed]); m > 0 {
			rest = append(rest, fmt.Sprintf("%d %s mixed or unsure", m, isAre(m)))
		}
	}
	switch {
	case j.Addressed == 0:
		return "No member addresses it."
	case j.Took == 0:
		return fmt.Sprintf("%s it; none states a position plainly.", subject(j.Addressed, "addresses", "address"))
	case s.inFavour()+s.oppose == 0:
		return fmt.Sprintf("%s a position, and %s mixed or unsure.", subject(j.Took, "takes", "take"), map[bool]string{true: "is", false: "all of them are"}[j.Took == 1])
	case j.Side == "":
		rest = append(rest, fmt.Sprintf("The members that take a position are evenly split: %d of %d %s it%s, and %d %s it", s.inFavour(), j.Took, agree("support", s.inFavour()), withConditions(j), s.oppose, agree("oppose", s.oppose)))
		mixed()
		return strings.Join(rest, "; ") + "."
	}
	verb, other, conditions := "support", "oppose", withConditions(j)
	if j.Side == Oppose {
		verb, other, conditions = "oppose", "support", ""
	}
	if n := s.inFavour() + s.oppose - j.Quantity.Count; n > 0 {
		rest = append(rest, fmt.Sprintf("%d %s", n, agree(other, n)))
	}
	mixed()
	out := fmt.Sprintf("Of the members that take a position, %s %s it%s", j.Quantity, agree(verb, j.Quantity.Count), conditions)
	if len(rest) > 0 {
		out += "; " + strings.Join(rest, ", ")
	}
	return out + "."
}

// confirmed says how many of the positions a person has confirmed: a suggestion is never passed off as a decision.
func confirmed(j JointPosition, took int) string {
	n := j.Confirmed[Support] + j.Confirmed[Conditions] + j.Confirmed[Mixed] + j.Confirmed[Oppose]
	switch {
	case n == 0:
		return "Suggested: none is confirmed yet."
	case n == took:
		return "All are confirmed."
	}
	return fmt.Sprintf("%d of %d are confirmed, the rest suggested.", n, took)
}

func subject(n int, one, many string) string {
	if n == 1 {
		return "1 " + strings.Replace("member "+one, "member more", "more member", 1)
	}
	return fmt.Sprintf("%d %s", n, strings.Replace("members "+many, "members more", "more members", 1))
}

// withConditions says how many of those in favour set conditions.
func withConditions(j JointPosition) string {
	switch c := len(j.Names[Conditions]); {
	case c == 0:
		return ""
	case len(j.Names[Support]) == 0 && c > 1:
		return ", all of them with conditions"
	case len(j.Names[Support]) == 0:
		return ", with conditions"
	default:
		return fmt.Sprintf(", %d of them with conditions", c)
	}
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func agree(verb string, n int) string {
	if n == 1 {
		return verb + "s"
	}
	return verb
}

// dissent names who is on the smaller side, and who is unsure.
func dissent(j JointPosition, in, against int) string {
	var parts []string
	add := func(what string, names []string) {
		if len(names) > 0 {
			parts = append(parts, what+": "+strings.Join(names, ", "))
		}
	}
	switch {
	case in >= against:
		add("Opposed", j.Names[Oppose])
	default:
		add("In favour", j.Names[Support])
		add("In favour with conditions", j.Names[Conditions])
	}
	add("Mixed or unsure", j.Names[Mixed])
	return strings.Join(parts, ". ")
}
