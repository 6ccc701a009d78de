package learn

import (
	"slices"
	"strings"

	"collate/index"
)

// A vocabulary numbers the words and pairs of words of a corpus in the order in which they are met.
type vocabulary struct {
	stems   []string         // word → stem
	words   map[string]int32 // stem → word
	pairs   map[uint64]int32 // two words → feature; words and pairs share one numbering
	feature []int32          // word → feature
	parts   [][2]int32       // feature → its word and -1, or its two words
}

func newVocabulary() *vocabulary {
	return &vocabulary{words: map[string]int32{}, pairs: map[uint64]int32{}}
}

// size is the number of features.
func (v *vocabulary) size() int { return len(v.parts) }

func (v *vocabulary) word(stem string) int32 {
	id, ok := v.words[stem]
	if !ok {
		id = int32(len(v.stems))
		v.words[stem] = id
		v.stems = append(v.stems, stem)
		v.feature = append(v.feature, int32(len(v.parts)))
		v.parts = append(v.parts, [2]int32{id, -1})
	}
	return id
}

func pairKey(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

func (v *vocabulary) pair(a, b int32) int32 {
	id, ok := v.pairs[pairKey(a, b)]
	if !ok {
		id = int32(len(v.parts))
		v.pairs[pairKey(a, b)] = id
		v.parts = append(v.parts, [2]int32{a, b})
	}
	return id
}

// A textWord is a word of a text as features see it.
type textWord struct {
	stem       string
	start, end int
	joined     bool // nothing that ends a clause stands between it and the word before
}

// readWords reads a text as the search does. A pair of words never reaches over the end of a sentence or a list's item.
func readWords(text string) []textWord {
	list := index.Analyse(text).List
	out := make([]textWord, len(list))
	for i, w := range list {
		out[i] = textWord{stem: w.Stem, start: w.Start, end: w.End}
		out[i].joined = i > 0 && !strings.ContainsAny(text[list[i-1].End:w.Start], ".;:!?()\n•")
	}
	return out
}

// counts are how often each feature stands in a text, sorted by feature.
type counts struct {
	ids []int32
	n   []uint16
}

// countFeatures sorts and counts; it reuses ids.
func countFeatures(ids []int32) counts {
	slices.Sort(ids)
	var c counts
	distinct := 0
	for i := range ids {
		if i == 0 || ids[i] != ids[i-1] {
			distinct++
		}
	}
	c.ids, c.n = make([]int32, 0, distinct), make([]uint16, 0, distinct)
	for i := range ids {
		if i == 0 || ids[i] != ids[i-1] {
			c.ids, c.n = append(c.ids, ids[i]), append(c.n, 0)
		}
		if last := len(c.n) - 1; c.n[last] < 1<<16-1 {
			c.n[last]++
		}
	}
	return c
}
