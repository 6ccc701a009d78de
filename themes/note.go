package themes

import (
	"cmp"
	"maps"
	"slices"

	"collate/index"
)

// A note is what a person wrote beside a quote, or beside a member's position on a theme. It decides nothing.
type note struct {
	text, coder string
	seq         int64
}

// maxNote is how many bytes a note may have.
const maxNote = 5000

func (s *codings) note(d *index.Decision) {
	s.coders[d.Coder] = true
	s.notes[codingKey{d.Subject, d.Theme}] = note{d.Value, d.Coder, d.Seq}
}

// anchorNotes carries the notes on passages to where their words stand now, as [Analysis.anchor] does what was decided on them.
func (a *Analysis) anchorNotes(c *codings, s *index.Snapshot) {
	order := slices.SortedFunc(maps.Keys(c.notes), func(x, y codingKey) int {
		return cmp.Or(cmp.Compare(c.notes[x].seq, c.notes[y].seq), cmp.Compare(x.passage, y.passage), cmp.Compare(x.theme, y.theme))
	})
	type move struct {
		to   codingKey
		note note
	}
	var moves []move
	for _, key := range order {
		n := c.notes[key]
		if n.text == "" || s.Member(key.passage) != nil && a.theme(key.theme) != nil {
			continue
		}
		p := s.Found(key.passage, n.seq)
		if p == nil || a.theme(key.theme) == nil {
			c.loose = append(c.loose, key)
			delete(c.notes, key)
		} else if p.ID != key.passage {
			delete(c.notes, key)
			moves = append(moves, move{codingKey{p.ID, key.theme}, n})
		}
	}
	for _, m := range moves {
		if c.notes[m.to].seq < m.note.seq {
			c.notes[m.to] = m.note
		}
	}
}
