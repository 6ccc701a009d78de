package quotation

import (
	"cmp"
	"slices"
)

// rank orders verdicts, the best first.
func (v Verdict) rank() int {
	return slices.Index([]Verdict{Verbatim, Typographic, Elided, Bracketed, Altered, Spliced, NotFound}, v)
}

// maxMatches is how many nearest places are returned of words that stand nowhere.
const maxMatches = 8

// mostCells bounds the tables of all alignments of one quotation: the candidates that are best by their words come first.
const mostCells = 12_000_000

// leastNear is the part of a quotation's words, one in so many, that a text must have to be called the nearest.
const leastNear = 3

// longest is the longest quotation that is compared with what is near it, in words; a longer one is found only as it stands.
const longest = 4000

// Match says where the words of a quotation stand, the best place first: every place where they may stand as they are, or else the nearest. It
// returns nothing for a quotation without a word.
func (c *Corpus) Match(text string) []Match {
	s := read(text, true)
	plain := read(text, false)
	if len(plain.words) == 0 {
		return nil
	}
	out := c.literal(s)
	if len(out) > 0 && (out[0].Verdict.Stands() || len(plain.cuts) == 0 && len(plain.loose) == 1) {
		return out
	}
	if len(plain.words) <= longest {
		out = slices.Concat(out, c.near(plain))
	}
	slices.SortStableFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Verdict.rank()/4, b.Verdict.rank()/4), cmp.Compare(a.gravity(), b.gravity()), cmp.Compare(a.cost, b.cost), cmp.Compare(a.Verdict.rank(), b.Verdict.rank()), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Start, b.Start))
	})
	if len(out) == 0 {
		return []Match{{Verdict: NotFound, Text: -1, Last: -1}}
	}
	if out[0].Verdict.Stands() {
		return slices.DeleteFunc(out, func(m Match) bool { return !m.Verdict.Stands() })
	}
	out = out[:min(len(out), maxMatches)]
	if spliced, ok := c.splice(plain, &out[0]); ok {
		return []Match{spliced}
	}
	for i := range out {
		if !resembles(kept(plain, &out[i]), len(plain.words)) {
			out[i].Verdict = NotFound
		}
	}
	if out[0].Verdict == NotFound && leastNear*kept(plain, &out[0]) < len(plain.words) {
		return []Match{{Verdict: NotFound, Text: -1, Last: -1}}
	}
	return out
}

// gravity orders matches that stand: those of which a cut turns the sense come last.
func (m *Match) gravity() int {
	n := 0
	for _, c := range m.Cuts {
		if c.Grave {
			return 2
		}
		if c.Why != "" {
			n = 1
		}
	}
	return n
}

// literal are the places where the words stand as they are.
func (c *Corpus) literal(s *spoken) []Match {
	var out []Match
	for _, at := range c.exactly(c.numbers(s.words)) {
		first, last := c.text(at), c.text(at+int32(len(s.words))-1)
		w := c.window(first, last)
		pairs := make([]pairing, len(s.words))
		for i := range pairs {
			pairs[i] = pairing{int(at-c.starts[first]) + i, i}
		}
		out = append(out, c.compare(w, s, pairs, 0))
	}
	slices.SortStableFunc(out, func(a, b Match) int { return cmp.Compare(a.Verdict.rank(), b.Verdict.rank()) })
	return out
}

// near compares the quotation with the texts that have most of it.
func (c *Corpus) near(s *spoken) []Match {
	free := s.free()
	var out []Match
	cells := 0
	for _, w := range c.windows(c.candidates(c.numbers(s.words), free)) {
		if len(w.words) == 0 {
			continue
		}
		if cells += len(w.words) * len(s.words); cells > mostCells && len(out) > 0 {
			break
		}
		pairs, cost := align(w.words, s.words, free)
		m := c.compare(w, s, pairs, cost)
		if !slices.ContainsFunc(out, func(o Match) bool {
			return o.Text == m.Text && o.Last == m.Last && o.Start == m.Start && o.End == m.End
		}) {
			out = append(out, m)
		}
	}
	return out
}

// resembles reports whether so much of a quotation is in a text that it is one of that text, with changes; else it is of none. It is a matter
// of what it is called: neither may stand.
func resembles(kept, of int) bool {
	if of <= 6 {
		return kept >= 2 && 2*kept >= of
	}
	return 3*kept >= 2*of
}

// kept is how many words of a quotation a text has, in its order.
func kept(s *spoken, m *Match) int {
	n := len(s.words)
	for i := range m.Changes {
		if c := &m.Changes[i]; !c.Soft() {
			n -= len(words(c.Draft))
		}
	}
	return n
}
