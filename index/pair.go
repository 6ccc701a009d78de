package index

// A pair looks for a near of two operands that are each one word, or one of some, by reading a script once. These are most of what is asked
// for, and the commonest words stand in nearly every passage.
type pair struct {
	near
	kinds []uint8 // by word of the lexicon: the operands that it may be, a bit each
}

// The bits of the two operands.
const (
	firstOperand = 1 << iota
	secondOperand
)

// newPair is nil where the near is something other.
func newPair(n near, p *plan) *pair {
	if len(n.of) != 2 {
		return nil
	}
	bits := make([]uint8, p.things())
	for i, c := range n.of {
		things, ok := p.oneWord(nil, c)
		if !ok {
			return nil
		}
		for _, t := range things {
			bits[t] |= firstOperand << i
		}
	}
	kinds := make([]uint8, len(p.marks.kinds))
	for id, kind := range p.marks.kinds {
		for _, t := range p.marks.sets[kind] {
			kinds[id] |= bits[t]
		}
	}
	return &pair{near: n, kinds: kinds}
}

// oneWord appends the things that a node may be, if each of them is one word.
func (p *plan) oneWord(things []int, n node) (_ []int, ok bool) {
	switch n := n.(type) {
	case text:
		u, single := n.words.single()
		switch {
		case !single:
			return nil, false
		case u.wild():
			return append(things, p.spelt[u.pattern]), true
		}
		return append(things, p.stems[u.stem]), true
	case wildcard:
		return append(things, p.spelt[n]), true
	case fuzzy:
		return append(things, p.spelt[n]), true
	case either:
		for _, c := range n.of {
			if things, ok = p.oneWord(things, c); !ok {
				return nil, false
			}
		}
		return things, true
	}
	return nil, false
}

// holds reports whether the operands stand near one another in a script. It is not sure where a compound may be one of them, which stands in
// the place of several words.
func (p *pair) holds(s script) (holds, sure bool) {
	const never = -maxDistance - 2
	first, second := never, never // where each stood last
	for i, at := 0, 0; i < len(s); {
		id, size := uint32(s[i]), 1
		if id == 0 {
			id, size = s[i+2:].next()
			if p.kinds[id] != 0 {
				return false, false
			}
			i += 2 + size
			continue
		} else if id >= twoBytes {
			id, size = s[i:].next()
		}
		i += size
		if kind := p.kinds[id]; kind != 0 {
			if kind&secondOperand != 0 && at-first <= p.distance+1 || !p.ordered && kind&firstOperand != 0 && at-second <= p.distance+1 {
				return true, true
			}
			if kind&firstOperand != 0 {
				first = at
			}
			if kind&secondOperand != 0 {
				second = at
			}
		}
		at++
	}
	return false, true
}
