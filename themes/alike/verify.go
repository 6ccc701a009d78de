package alike

// When two texts are alike. Chosen on copies that were edited in known ways, of another seed than the test's: three tenths of the shorter one's shingles alone miss a third of the copies with 30 % of their words changed, and half a
// copy with other words behind it; two tenths take the same sentence of a law for a copy.
const (
	minShared      = 10  // shingles: a stretch of twelve words
	minContainment = .25 // of the shorter one's shingles
	fewShared      = 4   // shingles: fewer are not looked at word by word
	minAligned     = .35 // of the shorter one's words stand in one stretch of both, in order, few others between them
)

// maxCells is how many pairs of words are aligned at most: a template with a passage, two long letters; not two books.
const maxCells = 4 << 20

// The scores of a local alignment. A match and a half make up for a word that was changed, added or left out, so that a stretch with
// two words of five changed still holds together.
const (
	matchScore = 3
	otherScore = -2
)

// alike compares two texts exactly: it is 0 where they are not alike and else the Jaccard similarity of their shingles.
func alike(a, b *text) float32 {
	shared := common(a.shingles, b.shingles)
	if shared < fewShared {
		return 0
	}
	similarity := float32(shared) / float32(len(a.shingles)+len(b.shingles)-shared)
	shorter := min(len(a.shingles), len(b.shingles))
	if shared >= minShared && float64(shared) >= minContainment*float64(shorter) {
		return similarity
	}
	if len(a.words)*len(b.words) > maxCells {
		return 0
	}
	words := min(len(a.words), len(b.words))
	if n := aligned(a.words, b.words); n >= minWords && float64(n) >= minAligned*float64(words) {
		return similarity
	}
	return 0
}

// aligned is how many words the best local alignment of two texts matches (Smith and Waterman 1981).
func aligned(a, b []uint32) int {
	type cell struct{ score, matched int32 }
	above, row := make([]cell, len(b)+1), make([]cell, len(b)+1)
	var best cell
	for _, w := range a {
		for j, v := range b {
			c := above[j]
			if w == v {
				c.score += matchScore
				c.matched++
			} else {
				c.score += otherScore
			}
			if x := above[j+1]; x.score+otherScore > c.score {
				c = cell{x.score + otherScore, x.matched}
			}
			if x := row[j]; x.score+otherScore > c.score {
				c = cell{x.score + otherScore, x.matched}
			}
			if c.score <= 0 {
				c = cell{}
			}
			if row[j+1] = c; c.score > best.score {
				best = c
			}
		}
		above, row = row, above
	}
	return int(best.matched)
}
