package agreement

// A Tally counts the codes of the items of one theme. Every measure is worked out from it, and tallies of parts add up to that of the
// whole: an interval adds those of the clusters that it draws and never looks at an item again.
type Tally struct {
	codes int // from 0 to codes-1

	pairs []float64 // what the first two coders gave the items that both coded: the first's code in rows, the second's in columns
	both  int       // of these items

	given    []float64 // codes of the items that every coder coded
	agreeing float64   // of each of these items, the share of its pairs of codes that are the same
	complete int       // of these items
	coders   int       // of each of these items

	coincidences []float64 // pairs of codes of the items that at least two coded, each weighed by one less than the item's codes
	units        int       // of these items

	all []float64 // codes of all items
}

func newTally(codes int) *Tally {
	return &Tally{codes: codes, pairs: make([]float64, codes*codes), given: make([]float64, codes), coincidences: make([]float64, codes*codes), all: make([]float64, codes)}
}

// count adds an item.
func (t *Tally) count(x Item) {
	m := 0
	for _, c := range x.Codes {
		if c != Missing {
			t.all[c]++
			m++
		}
	}
	if len(x.Codes) > 1 && x.Codes[0] != Missing && x.Codes[1] != Missing {
		t.pairs[x.Codes[0]*t.codes+x.Codes[1]]++
		t.both++
	}
	if m < 2 {
		return
	}
	t.units++
	same := 0
	for i, a := range x.Codes {
		for j, b := range x.Codes {
			if i == j || a == Missing || b == Missing {
				continue
			}
			t.coincidences[a*t.codes+b] += 1 / float64(m-1)
			if a == b {
				same++
			}
		}
	}
	if m == len(x.Codes) {
		t.complete, t.coders = t.complete+1, m
		t.agreeing += float64(same) / float64(m*(m-1))
		for _, c := range x.Codes {
			t.given[c]++
		}
	}
}

// add adds another tally.
func (t *Tally) add(o *Tally) {
	for i, n := range o.pairs {
		t.pairs[i] += n
		t.coincidences[i] += o.coincidences[i]
	}
	for i, n := range o.given {
		t.given[i] += n
		t.all[i] += o.all[i]
	}
	t.both += o.both
	t.agreeing += o.agreeing
	t.complete += o.complete
	t.coders = max(t.coders, o.coders)
	t.units += o.units
}

// clear empties a tally.
func (t *Tally) clear() {
	clear(t.pairs)
	clear(t.given)
	clear(t.coincidences)
	clear(t.all)
	t.both, t.agreeing, t.complete, t.coders, t.units = 0, 0, 0, 0, 0
}

// usedOnly reports whether no code but the first was given.
func usedOnly(counts []float64) bool {
	for _, n := range counts[min(1, len(counts)):] {
		if n > 0 {
			return false
		}
	}
	return true
}

// Tallies counts items theme by theme, in the order in which the themes come first.
func Tallies(items []Item) []*Tally {
	at := themesOf(items)
	out, codes := make([]*Tally, len(at)), codesOf(items)
	for i := range out {
		out[i] = newTally(codes)
	}
	for _, x := range items {
		out[at[x.Theme]].count(x)
	}
	return out
}

// themesOf numbers themes in the order in which they come first.
func themesOf(items []Item) map[string]int {
	at := map[string]int{}
	for _, x := range items {
		if _, ok := at[x.Theme]; !ok {
			at[x.Theme] = len(at)
		}
	}
	return at
}

// codesOf is one more than the highest code.
func codesOf(items []Item) int {
	n := 0
	for _, x := range items {
		for _, c := range x.Codes {
			n = max(n, c+1)
		}
	}
	return n
}
