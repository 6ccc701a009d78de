package quotation

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

const (
	maxCandidates = 16     // windows that are compared word by word
	maxLooked     = 60_000 // places of the rarer word of a pair: a pair of words that are commoner says nothing
	maxAlone      = 1_000  // places of a word that says something by itself
	maxPairs      = 400    // pairs that are looked for: a longer quotation is known by fewer
)

// candidates are the texts that have most of the pairs and the rare words of a quotation, the best first. Ids of -1 are words that stand
// nowhere; parted are the numbers of the words before which something is left out.
func (c *Corpus) candidates(ids []int32, parted map[int]bool) []int {
	score := map[int]float64{}
	seen := map[int]bool{}
	vote := func(places []int32) {
		clear(seen)
		weight := math.Log(1 + float64(len(c.texts))/float64(len(places)))
		for _, at := range places {
			if t := c.text(at); !seen[t] {
				seen[t] = true
				score[t] += weight
			}
		}
	}
	step := 1 + len(ids)/maxPairs
	for i := 0; i < len(ids); i += step {
		if ids[i] < 0 {
			continue
		}
		if alone := c.of(ids[i]); len(alone) <= maxAlone {
			vote(alone)
		}
		if i+1 < len(ids) && ids[i+1] >= 0 && !parted[i+1] {
			if pair := c.pair(ids[i], ids[i+1]); len(pair) > 0 {
				vote(pair)
			}
		}
	}
	best := slices.SortedFunc(maps.Keys(score), func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	return best[:min(len(best), maxCandidates)]
}

// pair is where a word stands right before another.
func (c *Corpus) pair(a, b int32) []int32 {
	rarer, shift := c.of(a), int32(0)
	if other := c.of(b); len(other) < len(rarer) {
		rarer, shift = other, 1
	}
	if len(rarer) > maxLooked {
		return nil
	}
	var out []int32
	for _, at := range rarer {
		if from := at - shift; from >= 0 && int(from)+1 < len(c.ids) && c.ids[from] == a && c.ids[from+1] == b {
			out = append(out, from)
		}
	}
	return out
}

// windows are the stretches that are compared with a quotation: each candidate alone, and with the one that follows it.
func (c *Corpus) windows(candidates []int) []*window {
	var out []*window
	for _, t := range candidates {
		out = append(out, c.window(t, t))
		for _, from := range []int{t - 1, t} {
			if from >= 0 && from+1 < len(c.texts) && c.texts[from].Group == c.texts[from+1].Group && slices.Contains(candidates, from+1) && slices.Contains(candidates, from) {
				out = append(out, c.window(from, from+1))
			}
		}
	}
	return out
}
