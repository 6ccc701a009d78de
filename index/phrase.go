package index

import "slices"

// maxUnits is how many words all the ways to write a phrase may have together to be looked for in one go: a bit each.
const maxUnits = 64

// A phrase is looked for in scripts with a bit for each word of each way to write it: after each word of a script, the bits are set up to
// which a way to write the phrase has just been read (Baeza-Yates and Gonnet's shift-and).
type phrase struct {
	words       sequence
	plan        *plan
	masks       []uint64 // by kind of the plan's marks: the bits of the words that it may be
	first, last uint64
}

func (s *state) newPhrase(words sequence) *phrase {
	p := &phrase{words: words, plan: &plan{marks: s.newMarks(), stems: map[string]int{}, spelt: map[spelt]int{}, lexicon: s.lexicon}}
	p.plan.addSequence(words)
	ways := [][]unit{nil}
	for _, step := range words {
		var longer [][]unit
		for _, way := range ways {
			for _, units := range step {
				longer = append(longer, append(way[:len(way):len(way)], units...))
			}
		}
		if ways = longer; len(ways)*len(words) > maxUnits {
			return p
		}
	}
	p.lay(ways)
	return p
}

// lay gives each word of each way its bit, unless there are too many.
func (p *phrase) lay(ways [][]unit) {
	total := 0
	for _, way := range ways {
		total += len(way)
	}
	if total > maxUnits {
		return
	}
	things := make([]uint64, p.plan.things())
	bit := uint64(1)
	for _, way := range ways {
		p.first |= bit
		for i, u := range way {
			if i == len(way)-1 {
				p.last |= bit
			}
			if u.wild() {
				things[p.plan.spelt[u.pattern]] |= bit
			} else {
				things[p.plan.stems[u.stem]] |= bit
			}
			bit <<= 1
		}
	}
	p.masks = make([]uint64, len(p.plan.marks.sets))
	for kind, set := range p.plan.marks.sets {
		for _, thing := range set {
			p.masks[kind] |= things[thing]
		}
	}
}

// counter makes what counts the places of the phrase in a script.
func (p *phrase) counter() func(script) int {
	if p.masks == nil {
		h := &hit{plan: p.plan}
		return func(s script) int {
			h.read(s)
			return ends(p.words.reaches(h))
		}
	}
	return p.count
}

// ends counts the words with which places end.
func ends(places []reach) int {
	last := make([]int, len(places))
	for i, r := range places {
		last[i] = r.last
	}
	slices.Sort(last)
	return len(slices.Compact(last))
}

// count reads a script once, and counts the words with which the phrase ends. What a joined compound makes of the bits waits until its parts are read.
func (p *phrase) count(s script) (n int) {
	var read uint64
	var later [maxParts]uint64 // by how many words are still to come
	waiting := false
	for len(s) > 0 {
		b := s[0]
		id, size := uint32(b), 1
		if b == 0 {
			id, size = s[2:].next()
			if mask := p.masks[p.plan.marks.kinds[id]]; mask != 0 {
				later[s[1]-1] |= (read<<1 | p.first) & mask
				waiting = true
			}
			s = s[2+size:]
			continue
		} else if b >= twoBytes {
			id, size = s.next()
		}
		s = s[size:]
		read = (read<<1 | p.first) & p.masks[p.plan.marks.kinds[id]]
		if waiting {
			read |= later[0]
			copy(later[:], later[1:])
			later[maxParts-1] = 0
			waiting = later != [maxParts]uint64{}
		}
		if read&p.last != 0 {
			n++
		}
	}
	return n
}
