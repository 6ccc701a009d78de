package index

import (
	"cmp"
	"slices"
)

// Match reports whether a text answers the query, and which of its words made it so: the byte ranges, sorted and not
// overlapping, of every word and phrase asked for that the text has. What stands under a NOT gives no span, so a query
// of NOTs alone can match with none. A [Field] never matches here; see [Query.MatchFields].
func (q *Query) Match(w *Words) ([]Span, bool) { return q.MatchFields(w, nil) }

// MatchFields is [Query.Match] with the fields answered by holds. Without one, no field holds.
func (q *Query) MatchFields(w *Words, holds func(Field) bool) ([]Span, bool) {
	m := match{words: w, holds: holds}
	if !m.matches(q.root) {
		return nil, false
	}
	m.collect(q.root)
	return MergeSpans(m.spans), true
}

// A match is one query on one text.
type match struct {
	words *Words
	holds func(Field) bool
	spans []Span
}

func (m *match) matches(n node) bool {
	switch n := n.(type) {
	case all:
		return !slices.ContainsFunc(n.of, func(c node) bool { return !m.matches(c) })
	case either:
		return slices.ContainsFunc(n.of, m.matches)
	case not:
		return !m.matches(n.of)
	case text:
		if u, ok := n.words.single(); ok && !u.wild() {
			return m.words.first[u.stem] != 0
		}
		return len(n.words.reaches(m.words)) > 0
	case wildcard:
		return m.words.has(n.matches)
	case fuzzy:
		return m.words.has(n.matches)
	case near:
		return n.holds(m.words)
	case Field:
		return m.holds != nil && m.holds(n)
	}
	return false
}

// collect adds the spans of a node that matches.
func (m *match) collect(n node) {
	switch n := n.(type) {
	case all:
		for _, c := range n.of {
			m.collect(c)
		}
	case either:
		for _, c := range n.of {
			if m.matches(c) {
				m.collect(c)
			}
		}
	case text, wildcard, fuzzy, near:
		m.mark(n, nil)
	}
}

// mark adds the spans of the places of a node: all of them, or those among wanted.
func (m *match) mark(n node, wanted []reach) {
	switch n := n.(type) {
	case either:
		for _, c := range n.of {
			m.mark(c, wanted)
		}
	case near:
		if wanted == nil {
			m.operands(n, nil)
		}
		for _, w := range wanted {
			m.operands(n, &w)
		}
	default:
		for _, r := range placesOf(n, m.words) {
			if _, ok := slices.BinarySearchFunc(wanted, r, reach.compare); ok || wanted == nil {
				m.spans = append(m.spans, m.words.span(r))
			}
		}
	}
}

// operands adds the spans of what makes a near true.
func (m *match) operands(n near, window *reach) {
	for i, used := range n.used(m.words, window) {
		if len(used) > 0 {
			m.mark(n.of[i], sorted(used))
		}
	}
}

// has reports whether any word, in any of its forms, satisfies wanted.
func (w *Words) has(wanted func(fold string) bool) bool {
	return slices.ContainsFunc(w.List, func(x Word) bool { return wanted(x.Fold) }) ||
		slices.ContainsFunc(w.forms, func(f form) bool { return wanted(f.fold) })
}

// like are the places of the words that are like a spelt one in any of their forms, sorted.
func (w *Words) like(like spelt) []reach {
	var out []reach
	for i, x := range w.List {
		if like.matches(x.Fold) {
			out = append(out, reach{i, i})
		}
	}
	for _, f := range w.forms {
		if like.matches(f.fold) {
			out = append(out, reach{f.first, f.last})
		}
	}
	return sorted(out)
}

// places are where words stand in a text: in one that is at hand ([Words]) or in one of the index (hit).
type places interface {
	reaches(stem string) []reach // sorted, each once
	like(like spelt) []reach     // likewise, of all words that are like it
}

// A reach is where something stands in a text: the positions from first to last.
type reach struct{ first, last int }

func (r reach) compare(s reach) int {
	return cmp.Or(cmp.Compare(r.first, s.first), cmp.Compare(r.last, s.last))
}

// A sequence is words that stand one directly after the other.
type sequence []step

// A step of a sequence can be written in one or two ways, each a run of units: a compound as its parts or joined.
type step [][]unit

// A unit is one word: a stem, or where the pattern is not empty every word that it fits.
type unit struct {
	stem    string
	pattern wildcard
}

// newSequence reads a phrase, or the one or more words that a single piece of a query holds ("and/or").
func newSequence(s string) sequence {
	out, _ := readSequence(unescape(s))
	return out
}

// readSequence also tells where each step stands in s.
func readSequence(s string) (out sequence, at []Span) {
	w := Analyse(s)
	joined := make(map[int]form)
	for _, f := range w.forms {
		if f.last > f.first {
			joined[f.first] = f
		}
	}
	for i := 0; i < len(w.List); i++ {
		f, ok := joined[i]
		if !ok {
			out, at = append(out, step{{unit{stem: w.List[i].Stem}}}), append(at, Span{w.List[i].Start, w.List[i].End})
			continue
		}
		var parts []unit
		for _, x := range w.List[f.first : f.last+1] {
			parts = append(parts, unit{stem: x.Stem})
		}
		out, at = append(out, step{parts, {unit{stem: f.stem}}}), append(at, w.span(reach{f.first, f.last}))
		i = f.last
	}
	return out, at
}

// single is the one plain word or pattern that a sequence may be.
func (s sequence) single() (unit, bool) {
	if len(s) == 1 && len(s[0]) == 1 && len(s[0][0]) == 1 {
		return s[0][0][0], true
	}
	return unit{}, false
}

func (u unit) wild() bool { return u.pattern.pattern != "" }

func (u unit) reaches(in places) []reach {
	if u.wild() {
		return in.like(u.pattern)
	}
	return in.reaches(u.stem)
}

// reaches are the places of the sequence in a text. All are sorted.
func (s sequence) reaches(in places) []reach {
	found := s[0].reaches(in)
	for _, next := range s[1:] {
		if len(found) == 0 {
			return nil
		}
		found = follow(found, next.reaches(in))
	}
	return sorted(found)
}

func (s step) reaches(in places) []reach {
	var out []reach
	for _, units := range s {
		found := units[0].reaches(in)
		for _, u := range units[1:] {
			if len(found) == 0 {
				break
			}
			found = follow(found, u.reaches(in))
		}
		out = append(out, found...)
	}
	if len(s) > 1 {
		out = sorted(out)
	}
	return out
}

// follow joins the reaches that end directly before one of next to it.
func follow(found, next []reach) []reach {
	var out []reach
	for _, r := range found {
		i, _ := slices.BinarySearchFunc(next, r.last+1, func(s reach, first int) int { return cmp.Compare(s.first, first) })
		for ; i < len(next) && next[i].first == r.last+1; i++ {
			out = append(out, reach{r.first, next[i].last})
		}
	}
	return out
}
