package index

import (
	"cmp"
	"slices"
)

// An Order is how an answer's passages are sorted. Equals stand as in their documents, and documents by name, so that a page stays what
// it is when it is asked for again.
type Order string

// The orders.
const (
	ByRelevance Order = "relevance" // the best first
	ByMember    Order = "member"    // by the member's name
	ByQuestion  Order = "question"  // in the order of the questions; what answers none comes last
	ByDocument  Order = "document"  // as they stand, document by document
)

// Orders are all of them, for those who choose.
func Orders() []Order { return []Order{ByRelevance, ByMember, ByQuestion, ByDocument} }

// page is the part of the hits that is asked for, in order.
func (l *lookup) page(hits []candidate) []candidate {
	want := len(hits)
	if l.opt.Limit >= 0 {
		want = min(want, max(0, l.opt.Offset)+l.opt.Limit)
	}
	before := l.before()
	if l.opt.Diverse {
		slices.SortFunc(hits, before)
		hits = l.rounds(hits)
	} else {
		hits = best(hits, want, before)
	}
	return hits[min(len(hits), max(0, l.opt.Offset)):want:want]
}

// before compares hits in the order asked for. The place of a passage in the snapshot is its document's and its own in it.
func (l *lookup) before() func(a, b candidate) int {
	d := l.s.derive()
	last := func(c *Column, at int32) int32 {
		if of := c.of(int(at)); len(of) > 0 {
			return of[0]
		}
		return int32(len(c.Values))
	}
	place := func(a, b candidate) int { return cmp.Compare(a.at, b.at) }
	switch l.opt.Order {
	case ByDocument:
		return place
	case ByMember:
		return func(a, b candidate) int {
			return cmp.Or(cmp.Compare(last(d.member, a.at), last(d.member, b.at)), place(a, b))
		}
	case ByQuestion:
		return func(a, b candidate) int {
			return cmp.Or(cmp.Compare(last(d.question, a.at), last(d.question, b.at)), place(a, b))
		}
	}
	return func(a, b candidate) int { return cmp.Or(cmp.Compare(b.score, a.score), place(a, b)) }
}

// best are the first n in order. It keeps twice as many at a time: of a million hits a page needs twenty.
func best(hits []candidate, n int, before func(a, b candidate) int) []candidate {
	if n*4 > len(hits) {
		slices.SortFunc(hits, before)
		return hits[:n]
	}
	var kept []candidate
	full := false // since when kept[n-1] is the worst that can still get in
	for _, h := range hits {
		if n == 0 || full && before(h, kept[n-1]) > 0 {
			continue
		}
		if kept = append(kept, h); len(kept) == 2*n {
			slices.SortFunc(kept, before)
			kept, full = kept[:n], true
		}
	}
	slices.SortFunc(kept, before)
	return kept[:min(n, len(kept))]
}

// rounds puts the sorted hits in rounds that hold each member once.
func (l *lookup) rounds(hits []candidate) []candidate {
	d := l.s.derive()
	taken := make([]int32, len(d.member.Values))
	round := make(map[int32]int32, len(hits))
	for _, h := range hits {
		if m := d.who[h.at]; m >= 0 {
			round[h.at] = taken[m]
			taken[m]++
		}
	}
	slices.SortStableFunc(hits, func(a, b candidate) int { return cmp.Compare(round[a.at], round[b.at]) })
	return hits
}
