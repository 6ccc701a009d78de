package index

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// A near asks for a place of each of its operands in one run: no two share a word, and between each and the next stand
// at most so many words.
type near struct {
	of       []node // two or more: text, wildcard, fuzzy, near, or an either of these
	distance int    // in words
	ordered  bool   // in the order of the operands
}

const (
	usualDistance = 10
	maxDistance   = 100 // a passage has about 150 words
	maxNear       = 6   // operands, since every set of them is looked at
)

// newNear reads NEAR, NEAR/5, BEFORE and BEFORE/5. The message says what is wrong with something that was meant to be one.
func newNear(raw string) (n near, ok bool, message string) {
	name, distance, given := strings.Cut(raw, "/")
	n = near{distance: usualDistance, ordered: kind(name) == beforeOperator}
	if kind(name) != nearOperator && !n.ordered {
		if m := foreignNear.FindStringSubmatch(raw); m != nil {
			return n, false, fmt.Sprintf("Write NEAR/%[1]s between two words with at most %[1]s others in between, or BEFORE/%[1]s where the first has to come first.", m[1])
		}
		return n, false, ""
	}
	if !given {
		return n, true, ""
	}
	if n.distance, ok = number(distance); !ok || n.distance > maxDistance {
		return n, false, fmt.Sprintf("%[1]s/ needs a number up to %[2]d directly after it: how many words may stand in between, as in funding %[1]s/5 tariff.", name, maxDistance)
	}
	return n, true, ""
}

func (n near) kind() kind {
	if n.ordered {
		return beforeOperator
	}
	return nearOperator
}

func (n near) operator() string { return fmt.Sprintf("%s/%d", n.kind(), n.distance) }

// unplaceable says why a node has no place in a text of which others could be near, or nothing.
func unplaceable(n node) string {
	switch n := n.(type) {
	case either:
		for _, c := range n.of {
			if message := unplaceable(c); message != "" {
				return message
			}
		}
		return ""
	case all:
		return "NEAR and BEFORE cannot join several words in brackets. Write OR between these words, put them in quotation marks, or write NEAR between them too."
	case not:
		return "NEAR and BEFORE cannot join a word that must not be there. Write the NOT around it all, as in funding NOT (funding NEAR/5 tariff)."
	case Field:
		return fmt.Sprintf("NEAR and BEFORE join words, and %s: is a field. Write AND instead.", n.Name)
	}
	return ""
}

// placesOf are the places of a node of a near, sorted, each once.
func placesOf(n node, in places) []reach {
	switch n := n.(type) {
	case text:
		return n.words.reaches(in)
	case wildcard:
		return in.like(n)
	case fuzzy:
		return in.like(n)
	case near:
		return n.windows(in)
	case either:
		var out []reach
		for _, c := range n.of {
			out = append(out, placesOf(c, in)...)
		}
		return sorted(out)
	}
	return nil
}

func sorted(reaches []reach) []reach {
	slices.SortFunc(reaches, reach.compare)
	return slices.Compact(reaches)
}

// An operand is a place of one of a near's operands.
type operand struct {
	reach
	of int // which
}

// A run is the places of all operands, sorted, of one near in one text.
type run struct {
	near
	at []operand
}

// run gathers the places; it has none when one of the operands has none.
func (n near) run(in places) run {
	r := run{near: n}
	for i, c := range n.of {
		found := placesOf(c, in)
		if len(found) == 0 {
			return run{near: n}
		}
		for _, f := range found {
			r.at = append(r.at, operand{f, i})
		}
	}
	slices.SortFunc(r.at, func(a, b operand) int { return cmp.Or(a.compare(b.reach), cmp.Compare(a.of, b.of)) })
	return r
}

// holds reports whether the operands stand near one another anywhere.
func (n near) holds(in places) bool {
	if len(n.of) == 2 {
		return n.joins(placesOf(n.of[0], in), placesOf(n.of[1], in))
	}
	r := n.run(in)
	full := r.full()
	return slices.ContainsFunc(r.forwards(anywhere), func(s sets) bool { return s.has(full) })
}

// joins reports whether a place of one operand stands near one of the other. Both are sorted.
func (n near) joins(a, b []reach) bool {
	close := func(before, after []reach) bool {
		return slices.ContainsFunc(before, func(r reach) bool {
			i, _ := slices.BinarySearchFunc(after, r.last+1, func(s reach, first int) int { return cmp.Compare(s.first, first) })
			return i < len(after) && after[i].first <= r.last+1+n.distance
		})
	}
	return close(a, b) || !n.ordered && close(b, a)
}

// windows are the reaches from the first to the last word of the operands.
func (n near) windows(in places) []reach {
	r := n.run(in)
	var out []reach
	for i, start := range r.at {
		if i > 0 && r.at[i-1].first == start.first {
			continue
		}
		for j, s := range r.forwards(func(o operand) bool { return o.first == start.first }) {
			if s.has(r.full()) {
				out = append(out, reach{start.first, r.at[j].last})
			}
		}
	}
	return sorted(out)
}

// used are the places that take part in some way to have all operands near one another, by operand; with a window only
// in the ways that reach from its first to its last word.
func (n near) used(in places, window *reach) [][]reach {
	r := n.run(in)
	first, last := anywhere, anywhere
	if window != nil {
		first = func(o operand) bool { return o.first == window.first }
		last = func(o operand) bool { return o.last == window.last }
	}
	from, to := r.forwards(first), r.backwards(last)
	out := make([][]reach, len(n.of))
	for i, o := range r.at {
		if from[i]&to[i] != 0 {
			out[o.of] = append(out[o.of], o.reach)
		}
	}
	return out
}

// sets are sets of operands, one a bit: bit m stands for the operands whose bits are set in m.
type sets uint64

func (s sets) has(m int) bool { return s>>m&1 == 1 }

func (r run) full() int { return 1<<len(r.of) - 1 }

func anywhere(operand) bool { return true }

// forwards tells, for each place, which operands can have been placed when it is the last of them so far.
func (r run) forwards(starts func(operand) bool) []sets {
	out := make([]sets, len(r.at))
	for i, o := range r.at {
		if starts(o) && (!r.ordered || o.of == 0) {
			out[i] |= 1 << (1 << o.of)
		}
		if out[i] == 0 {
			continue
		}
		r.following(o, func(j int) {
			for rest := uint64(out[i]); rest != 0; rest &= rest - 1 {
				if m := bits.TrailingZeros64(rest); r.takes(m, r.at[j].of) {
					out[j] |= 1 << (m | 1<<r.at[j].of)
				}
			}
		})
	}
	return out
}

// backwards tells, for each place, which operands can have been placed with it as the last of them so far so that the
// others can still follow.
func (r run) backwards(ends func(operand) bool) []sets {
	out := make([]sets, len(r.at))
	for i, o := range slices.Backward(r.at) {
		if ends(o) {
			out[i] |= 1 << r.full()
		}
		r.following(o, func(j int) {
			bit := 1 << r.at[j].of
			for rest := uint64(out[j]); rest != 0; rest &= rest - 1 {
				m := bits.TrailingZeros64(rest)
				if before := m &^ bit; m&bit != 0 && before>>o.of&1 == 1 && r.takes(before, r.at[j].of) {
					out[i] |= 1 << before
				}
			}
		})
	}
	return out
}

// following visits the places that may come directly after o.
func (r run) following(o operand, visit func(j int)) {
	j, _ := slices.BinarySearchFunc(r.at, o.last+1, func(x operand, first int) int { return cmp.Compare(x.first, first) })
	for ; j < len(r.at) && r.at[j].first <= o.last+1+r.distance; j++ {
		visit(j)
	}
}

// takes reports whether operand i may be placed after the operands in m.
func (r run) takes(m, i int) bool {
	if r.ordered {
		return m == 1<<i-1
	}
	return m>>i&1 == 0
}
