package themes

import (
	"fmt"
	"strings"
)

// A ConsensusRule says when members agree. Silence is never agreement, and a member that addresses a theme without taking a
// position is not counted on either side.
type ConsensusRule struct {
	Share int // per cent of the members that took a position who must be on one side
	Least int // fewest members that must have taken a position
}

// DefaultConsensus is the rule unless the consultation sets another: at least 75 % on one side, at least 5 members.
func DefaultConsensus() ConsensusRule { return ConsensusRule{Share: 75, Least: 5} }

// joint works out where the consortium stands from where its members do. Labels are the members' names as they may be shown.
func joint(rule ConsensusRule, scale Scale, stances map[Stance][]string, confirmed map[Stance]int) JointPosition {
	j := JointPosition{Names: stances, Confirmed: confirmed}
	n := func(s Stance) int { return len(stances[s]) }
	in, against := n(Support)+n(Conditions), n(Oppose)
	took := in + against + n(Mixed)
	j.Addressed = took + n(NotStated)
	switch {
	case took < rule.Least:
		j.Outcome = ThinEvidence
	case in*100 >= rule.Share*took && 2*n(Conditions) >= in:
		j.Outcome = CommonGroundConditions
	case in*100 >= rule.Share*took, against*100 >= rule.Share*took:
		j.Outcome = CommonGround
	default:
		j.Outcome = Divided
	}
	j.Line = jointLine(scale, j, in, against, took)
	j.Dissent = dissent(j, in, against)
	return j
}

func jointLine(scale Scale, j JointPosition, in, against, took int) string {
	var b strings.Builder
	switch {
	case j.Addressed == 0:
		b.WriteString("No member addresses it.")
	case took == 0:
		fmt.Fprintf(&b, "%s it; none states a position plainly.", subject(j.Addressed, "addresses", "address"))
	default:
		count, verb := in, "support"
		if against > in {
			count, verb = against, "oppose"
		}
		if count == 0 {
			fmt.Fprintf(&b, "%s a position, and every one is mixed or unsure.", subject(took, "takes", "take"))
			break
		}
		if in == against {
			fmt.Fprintf(&b, "The members that take a position are evenly split: %d of %d support it%s, and %d oppose it", in, took, withConditions(j), against)
			if m := len(j.Names[Mixed]); m > 0 {
				fmt.Fprintf(&b, "; %d %s mixed or unsure", m, isAre(m))
			}
			b.WriteString(".")
			break
		}
		fmt.Fprintf(&b, "Of the members that take a position, %s (%d of %d) %s it", scale.Word(count, took), count, took, agree(verb, count))
		if verb == "support" {
			b.WriteString(withConditions(j))
		}
		var rest []string
		if other := in + against - count; other > 0 {
			rest = append(rest, fmt.Sprintf("%d %s", other, agree(map[string]string{"support": "oppose", "oppose": "support"}[verb], other)))
		}
		if m := len(j.Names[Mixed]); m > 0 {
			rest = append(rest, fmt.Sprintf("%d %s mixed or unsure", m, isAre(m)))
		}
		if len(rest) > 0 {
			b.WriteString("; " + strings.Join(rest, ", "))
		}
		b.WriteString(".")
	}
	if m := len(j.Names[NotStated]); m > 0 && took > 0 {
		fmt.Fprintf(&b, " %s it without a plain position.", subject(m, "more addresses", "more address"))
	}
	if took > 0 {
		b.WriteString(" " + confirmed(j, took))
	}
	return b.String()
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
