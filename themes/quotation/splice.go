package quotation

// A run is some words of a quotation that stand somewhere as they are.
type run struct {
	from, to int // words of the quotation
	at       int32
}

const (
	leastRun = 4 // words of a part of a spliced quotation: fewer stand everywhere
	mostRuns = 6
)

// splice looks whether a quotation that stands nowhere as a whole is made of parts that do, in different places. Best is what one place makes
// of it: where that explains it with hardly more words changed, it is that place's, altered.
func (c *Corpus) splice(s *spoken, best *Match) (Match, bool) {
	if best.Verdict == Spliced {
		return Match{}, false
	}
	runs, missing := c.runs(c.numbers(s.words), s.free())
	if len(runs) < 2 || len(runs) > mostRuns || missing > 2+len(s.words)/12 {
		return Match{}, false
	}
	foreign := 0
	for i := range best.Changes {
		foreign += len(words(best.Changes[i].Draft))
	}
	if foreign < leastRun || foreign <= 2*missing {
		return Match{}, false
	}
	out := Match{Verdict: Spliced, cost: best.cost}
	for _, r := range runs {
		first, last := c.text(r.at), c.text(r.at+int32(r.to-r.from)-1)
		w := c.window(first, last)
		from := int(r.at - c.starts[first])
		start, end := w.words[from].start, w.words[from+r.to-r.from-1].end
		text, offset := c.place(w, start)
		out.Places = append(out.Places, Place{Text: text, Start: offset, End: offset + end - start, Words: w.text[start:end]})
	}
	out.Text, out.Last, out.Start, out.End = out.Places[0].Text, out.Places[0].Text, out.Places[0].Start, out.Places[0].End
	return out, true
}

// runs are the longest parts of a quotation that stand somewhere as they are, from its beginning on, and the number of its words that are in
// none. No part goes over a place where something is left out.
func (c *Corpus) runs(ids []int32, parted map[int]bool) (runs []run, missing int) {
	for i := 0; i < len(ids); {
		to, at := c.longestRun(ids, i, parted)
		if to-i < leastRun {
			missing++
			i++
			continue
		}
		runs = append(runs, run{i, to, at})
		i = to
	}
	return runs, missing
}

// longestRun is how far the words from one on stand somewhere in their order, and where.
func (c *Corpus) longestRun(ids []int32, from int, parted map[int]bool) (to int, at int32) {
	limit := from + 1
	for limit < len(ids) && !parted[limit] {
		limit++
	}
	if limit-from < leastRun || c.commonest(ids[from:from+leastRun]) {
		return from, 0
	}
	places := c.exactly(ids[from : from+leastRun])
	if len(places) == 0 {
		return from, 0
	}
	to, at = from+leastRun, places[0]
	for _, p := range places {
		n := from + leastRun
		for n < limit {
			next := p + int32(n-from)
			if int(next) >= len(c.ids) || c.ids[next] != ids[n] || !c.whole(p, next) {
				break
			}
			n++
		}
		if n > to {
			to, at = n, p
		}
	}
	return to, at
}

// commonest reports words that all stand in so many places that they are no trace of anything.
func (c *Corpus) commonest(ids []int32) bool {
	for _, id := range ids {
		if id < 0 || len(c.of(id)) <= maxLooked {
			return false
		}
	}
	return true
}
