package themes

import (
	"cmp"
	"maps"
	"strings"
)

// rolledUp is the codings as reports count them: a passage on a theme is on those above it as well, with the coding it has below. What
// it is coded itself comes first; a person who took it off the upper theme is only outvoted by one who put it on the lower.
func (s *codings) rolledUp(b *Codebook) *codings {
	above := map[string][]string{}
	rank := map[string]int{}
	for i, t := range b.Tree() {
		rank[t.ID] = i
		if t.State == ThemeRetired {
			continue
		}
		for _, up := range b.Above(t.ID) {
			if b.Theme(up).State != ThemeRetired {
				above[t.ID] = append(above[t.ID], up)
			}
		}
	}
	if len(above) == 0 {
		return s
	}
	type lower struct {
		coding *Coding
		theme  string
	}
	best := map[codingKey]lower{}
	for key, c := range s.passages {
		if !c.Tagged {
			continue
		}
		for _, up := range above[key.theme] {
			to := codingKey{key.passage, up}
			if own := s.passages[to]; own != nil && (own.Tagged || own.Confirmed && !c.Confirmed) {
				continue
			}
			old, ok := best[to]
			if !ok || cmp.Or(cmp.Compare(c.weight(), old.coding.weight()), cmp.Compare(rank[old.theme], rank[key.theme])) > 0 {
				best[to] = lower{c, key.theme}
			}
		}
	}
	out := *s
	out.passages = maps.Clone(s.passages)
	for key, l := range best {
		c := *l.coding
		c.Because = strings.TrimSuffix("on "+b.Theme(l.theme).Name+", "+c.Because, ", ")
		out.passages[key] = &c
	}
	return &out
}

// weight is how much a coding tells: a person's word before the tool's, a stance that is stated before none.
func (c *Coding) weight() int {
	n := 0
	for i, tells := range []bool{c.Stance != NotStated, c.StanceConfirmed, c.Confirmed} {
		if tells {
			n += 1 << i
		}
	}
	return n
}
