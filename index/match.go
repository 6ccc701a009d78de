package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
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
		if term, ok := n.words.term(); ok {
			return m.words.first[term] != 0
		}
		return len(n.words.reaches(m.words.reaches)) > 0
	case wildcard:
		return m.words.has(n.matches)
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
	case text:
		for _, r := range n.words.reaches(m.words.reaches) {
			m.spans = append(m.spans, m.words.span(r))
		}
	case wildcard:
		m.spans = m.words.appendSpans(m.spans, n.matches)
	}
}

// has reports whether any word, in any of its forms, satisfies wanted.
func (w *Words) has(wanted func(fold string) bool) bool {
	return slices.ContainsFunc(w.List, func(x Word) bool { return wanted(x.Fold) }) ||
		slices.ContainsFunc(w.forms, func(f form) bool { return wanted(f.fold) })
}

func (w *Words) appendSpans(spans []Span, wanted func(fold string) bool) []Span {
	for _, x := range w.List {
		if wanted(x.Fold) {
			spans = append(spans, Span{x.Start, x.End})
		}
	}
	for _, f := range w.forms {
		if wanted(f.fold) {
			spans = append(spans, w.span(reach{f.first, f.last}))
		}
	}
	return spans
}

// A reach is where something stands in a text: the positions from first to last.
type reach struct{ first, last int }

func (r reach) compare(s reach) int {
	return cmp.Or(cmp.Compare(r.first, s.first), cmp.Compare(r.last, s.last))
}

// A sequence is words that stand one directly after the other.
type sequence []step

// A step of a sequence can be written in one or two ways, each a run of stems: a compound as its parts or joined.
type step [][]string

// newSequence reads a phrase, or the one or more words that a single piece of a query holds ("and/or").
func newSequence(s string) sequence {
	w := Analyse(s)
	joined := make(map[int]form)
	for _, f := range w.forms {
		if f.last > f.first {
			joined[f.first] = f
		}
	}
	var out sequence
	for i := 0; i < len(w.List); i++ {
		f, ok := joined[i]
		if !ok {
			out = append(out, step{{w.List[i].Stem}})
			continue
		}
		var parts []string
		for _, x := range w.List[f.first : f.last+1] {
			parts = append(parts, x.Stem)
		}
		out = append(out, step{parts, {f.stem}})
		i = f.last
	}
	return out
}

// term is the stem of a sequence that is one plain word.
func (s sequence) term() (string, bool) {
	if len(s) == 1 && len(s[0]) == 1 && len(s[0][0]) == 1 {
		return s[0][0][0], true
	}
	return "", false
}

// reaches are the places of the sequence in a text of which at tells the places of each stem. All are sorted.
func (s sequence) reaches(at func(stem string) []reach) []reach {
	found := s[0].reaches(at)
	for _, next := range s[1:] {
		if len(found) == 0 {
			return nil
		}
		found = follow(found, next.reaches(at))
	}
	return found
}

func (s step) reaches(at func(stem string) []reach) []reach {
	var out []reach
	for _, stems := range s {
		found := at(stems[0])
		for _, stem := range stems[1:] {
			if len(found) == 0 {
				break
			}
			found = follow(found, at(stem))
		}
		out = append(out, found...)
	}
	if len(s) > 1 {
		slices.SortFunc(out, reach.compare)
		out = slices.Compact(out)
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

// matches reports whether the pattern stands for a folded word.
func (w wildcard) matches(fold string) bool {
	if !strings.HasPrefix(fold, w.prefix) {
		return false
	}
	return glob(w.pattern[len(w.prefix):], fold[len(w.prefix):])
}

// glob matches * with any letters and ? with one. It remembers only the last *: an earlier one never has to take more.
func glob(pattern, s string) bool {
	star, retry := -1, 0 // the pattern behind the last *, and where in s to try it next
	p, i := 0, 0
	for i < len(s) {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case p < len(pattern) && pattern[p] == '*':
			p++
			if p == len(pattern) {
				return true
			}
			star, retry = p, i
		case p < len(pattern) && pattern[p] == '?':
			p++
			i += n
		case p < len(pattern) && strings.HasPrefix(pattern[p:], s[i:i+n]):
			p += n
			i += n
		case star >= 0:
			_, n := utf8.DecodeRuneInString(s[retry:])
			retry += n
			p, i = star, retry
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
