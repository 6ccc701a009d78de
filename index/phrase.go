package index

import "slices"

// maxUnits is how many words all the ways to write a phrase may have together to be looked for in one go: a bit each.
const maxUnits = 64

// A phrase is looked for in scripts with a bit for each word of each way to write it: after each word of a script, the bits are set up to
// which a way to write the phrase has just been read (Baeza-Yates and Gonnet's shift-and).
type phrase struct {
	words       sequence
	plan        *plan
	masks       []uint64 // by word of the lexicon: the bits of the words that it may be
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
	p.masks = make([]uint64, len(p.plan.marks.kinds))
	for id, kind := range p.plan.marks.kinds {
		for _, thing := range p.plan.marks.sets[kind] {
			p.masks[id] |= things[thing]
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

// count reads a script once, and counts the words with which the phrase ends. What a joined compound makes of the bits waits until its parts
// are read.
func (p *phrase) count(s script) (n int) {
	masks, first, last := p.masks, p.first, p.last
	var read uint64
	var later [maxParts]uint64 // by how many words are still to come
	waiting := false
	for i := 0; i < len(s); {
		id, size := uint32(s[i]), 1
		if id == 0 {
			parts := s[i+1]
			id, size = s[i+2:].next()
			if mask := masks[id]; mask != 0 {
				later[parts-1] |= (read<<1 | first) & mask
				waiting = true
			}
			i += 2 + size
			continue
		} else if id >= twoBytes {
			id, size = s[i:].next()
		}
		i += size
		read = (read<<1 | first) & masks[id]
		if waiting {
			read |= later[0]
			copy(later[:], later[1:])
			later[maxParts-1] = 0
			waiting = later != [maxParts]uint64{}
		}
		if read&last != 0 {
			n++
		}
	}
	return n
}
