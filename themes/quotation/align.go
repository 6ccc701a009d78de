package quotation

import "slices"

// A pairing sets a word of the source beside one of the quotation; -1 on one side where it has none there.
type pairing struct{ source, draft int }

// What a difference costs. A word left out where the quotation says that something is left out costs next to nothing, so that of two places
// the nearer is taken.
const (
	costDropped  = 1000
	costAdded    = 1000
	costReplaced = 1900
	costSameKind = 1500 // a number for a number, a modal for a modal
	costCut      = 1
)

// maxCells bounds the table of an alignment; a quotation and a passage that are both that long are compared at their beginnings.
const maxCells = 3_000_000

// align pairs the words of a quotation with those of a source, at the least cost: all words of the quotation, and of the source a stretch.
// Free says before which words of the quotation something may be left out. It returns the pairs from the first word of the quotation to the
// last, and the cost.
func align(source, draft []word, free map[int]bool) ([]pairing, int) {
	n, m := len(source), len(draft)
	if m == 0 || n == 0 {
		return nil, costAdded * (m + 1)
	}
	if n*m > maxCells {
		n = maxCells / m
	}
	const (
		stop = iota
		both
		drop
		add
	)
	known := map[string]numbered{}
	x, y := numbers(source[:n], known), numbers(draft, known)
	steps := make([]uint8, (n+1)*(m+1))
	above, row := make([]int, m+1), make([]int, m+1)
	for j := 1; j <= m; j++ {
		above[j] = j * costAdded
		steps[j] = add
	}
	bestAt, best := 0, above[m]
	for i := 1; i <= n; i++ {
		row[0] = 0
		for j := 1; j <= m; j++ {
			cost, step := above[j-1], uint8(both)
			if a, b := x[i-1], y[j-1]; a.id != b.id {
				cost += costReplaced
				if a.kind == b.kind && a.kind < len(kinds) {
					cost += costSameKind - costReplaced
				}
			}
			left := costDropped
			if free[j] {
				left = costCut
			}
			if c := above[j] + left; c < cost {
				cost, step = c, drop
			}
			if c := row[j-1] + costAdded; c < cost {
				cost, step = c, add
			}
			row[j] = cost
			steps[i*(m+1)+j] = step
		}
		if row[m] < best {
			best, bestAt = row[m], i
		}
		above, row = row, above
	}
	var pairs []pairing
	for i, j := bestAt, m; j > 0; {
		switch steps[i*(m+1)+j] {
		case both:
			i, j = i-1, j-1
			pairs = append(pairs, pairing{i, j})
		case drop:
			i--
			pairs = append(pairs, pairing{i, -1})
		default:
			j--
			pairs = append(pairs, pairing{-1, j})
		}
	}
	for i, j := 0, len(pairs)-1; i < j; i, j = i+1, j-1 {
		pairs[i], pairs[j] = pairs[j], pairs[i]
	}
	return pairs, best
}

// A numbered is a word as a number, and the first of kinds that it is of; len(kinds) where it is of none.
type numbered struct{ id, kind int }

func numbers(list []word, known map[string]numbered) []numbered {
	out := make([]numbered, len(list))
	for i, w := range list {
		x, ok := known[w.fold]
		if !ok {
			x = numbered{len(known), slices.IndexFunc(kinds, func(k kind) bool { return k.has(w.fold) })}
			if x.kind < 0 {
				x.kind = len(kinds)
			}
			known[w.fold] = x
		}
		out[i] = x
	}
	return out
}
