package learn

import (
	"context"
	"hash/fnv"
	"math"
	"slices"
	"strings"
)

// A Corpus is the passages of a consultation with their features. It never changes and may be shared; make a new one when passages
// come or go. It takes about ten bytes for each word of the passages, and as much again for the vocabulary.
type Corpus struct {
	passages []Passage
	words    *vocabulary
	idf      []float64 // feature → how telling it is
	rows     []row
	grams    *grams
	contexts []vector // the headings and question of passages, each pair once, weighed
	length   float64  // mean number of words of a passage
	fold     []uint8  // passage → the part of the labels that it is held out with
}

// A row is one passage.
type row struct {
	own     vector  // its words, of length 1
	tf      []uint8 // how often each feature of own stands in it
	words   int
	before  int32 // neighbours; -1 for none
	after   int32
	context int32   // its headings and question; -1 for none
	norm    float64 // of own words and context together
}

const (
	// neighbourWeight is what the words of a neighbour count beside a passage's own, headingWeight those of the headings above it,
	// questionWeight those of the question: all answers to it have them, so they tell little.
	neighbourWeight = 0.5
	headingWeight   = 0.5
	questionWeight  = 0.2
	blockPassages   = 512
)

// NewCorpus reads passages, which it keeps and which must not be changed. It returns ctx's error when that ends first, and no other.
func NewCorpus(ctx context.Context, passages []Passage) (*Corpus, error) {
	c := &Corpus{passages: passages, words: newVocabulary(), rows: make([]row, len(passages))}
	blocks := make([]*block, (len(passages)+blockPassages-1)/blockPassages)
	if err := each(ctx, len(blocks), func(i int) {
		blocks[i] = readBlock(passages[i*blockPassages : min(len(passages), (i+1)*blockPassages)])
	}); err != nil {
		return nil, err
	}
	c.merge(blocks)
	if err := each(ctx, len(blocks), func(i int) { c.weigh(i*blockPassages, blocks[i]); blocks[i] = nil }); err != nil {
		return nil, err
	}
	c.surround()
	c.divide()
	err := each(ctx, len(blocks), func(i int) {
		for p := i * blockPassages; p < min(len(c.rows), (i+1)*blockPassages); p++ {
			c.rows[p].norm = c.full(p).norm()
		}
	})
	return c, err
}

// A block is some passages read with a vocabulary of their own, so that blocks can be read at the same time.
type block struct {
	words  *vocabulary
	counts []counts
	length []int
	global []int32 // own feature → the corpus'
}

func readBlock(passages []Passage) *block {
	b := &block{words: newVocabulary()}
	var ids []int32
	for _, p := range passages {
		list := readWords(p.Text)
		ids = ids[:0]
		last := int32(-1)
		for _, w := range list {
			id := b.words.word(w.stem)
			ids = append(ids, b.words.feature[id])
			if w.joined {
				ids = append(ids, b.words.pair(last, id))
			}
			last = id
		}
		b.counts = append(b.counts, countFeatures(ids))
		b.length = append(b.length, len(list))
	}
	return b
}

// merge numbers the features of all blocks, in the order of the passages, and counts in how many passages each stands.
func (c *Corpus) merge(blocks []*block) {
	var df []int32
	words := 0
	for _, b := range blocks {
		word := make([]int32, len(b.words.stems))
		b.global = make([]int32, b.words.size())
		for f, parts := range b.words.parts {
			if parts[1] < 0 {
				word[parts[0]] = c.words.word(b.words.stems[parts[0]])
				b.global[f] = c.words.feature[word[parts[0]]]
				continue
			}
			b.global[f] = c.words.pair(word[parts[0]], word[parts[1]])
		}
		b.words = nil
		df = append(df, make([]int32, c.words.size()-len(df))...)
		for i, n := range b.counts {
			words += b.length[i]
			for _, f := range n.ids {
				df[b.global[f]]++
			}
		}
	}
	df = c.prune(blocks, df)
	c.length = float64(words) / float64(max(1, len(c.rows)))
	c.idf = make([]float64, len(df))
	for f, n := range df {
		c.idf[f] = inverse(len(c.rows), int(n))
	}
	c.grams = newGrams(c.words)
}

// prune forgets the pairs of words that stand in one passage only: they are most of the vocabulary and tell nothing of other passages.
func (c *Corpus) prune(blocks []*block, df []int32) []int32 {
	kept := newVocabulary()
	kept.stems, kept.words = c.words.stems, c.words.words
	kept.feature = make([]int32, len(kept.stems))
	to := make([]int32, len(df))
	var out []int32
	for f, parts := range c.words.parts {
		to[f] = -1
		if parts[1] >= 0 && df[f] < 2 {
			continue
		}
		to[f] = int32(len(kept.parts))
		if parts[1] < 0 {
			kept.feature[parts[0]] = to[f]
		} else {
			kept.pairs[pairKey(parts[0], parts[1])] = to[f]
		}
		kept.parts, out = append(kept.parts, parts), append(out, df[f])
	}
	for _, b := range blocks {
		for i, f := range b.global {
			b.global[i] = to[f]
		}
	}
	c.words = kept
	return out
}

// inverse is the smoothed inverse document frequency ln((1+n)/(1+df)) + 1.
func inverse(n, df int) float64 { return math.Log(float64(1+n)/float64(1+df)) + 1 }

// weigh makes the rows of a block that starts at passage first.
func (c *Corpus) weigh(first int, b *block) {
	for i, own := range b.counts {
		order := make([]uint64, 0, len(own.ids)) // feature and how often, sorted by feature
		for j, f := range own.ids {
			if g := b.global[f]; g >= 0 {
				order = append(order, uint64(g)<<16|uint64(own.n[j]))
			}
		}
		slices.Sort(order)
		r := row{words: b.length[i], before: -1, after: -1, context: -1, tf: make([]uint8, len(order))}
		ids, values := make([]int32, len(order)), make([]float32, len(order))
		for j, x := range order {
			ids[j], r.tf[j] = int32(x>>16), uint8(min(255, x&0xffff))
			values[j] = c.value(ids[j], int(r.tf[j]))
		}
		r.own = vector{ids, values}.unit()
		c.rows[first+i] = r
	}
}

// pairValue is what a pair of words counts beside a word.
const pairValue = 0.6

// value is the weight of a feature that stands n times in a text.
func (c *Corpus) value(f int32, n int) float32 {
	v := (1 + math.Log(float64(n))) * c.idf[f]
	if c.words.parts[f][1] >= 0 {
		v *= pairValue
	}
	return float32(v)
}

// surround finds the neighbours, headings and questions of all passages.
func (c *Corpus) surround() {
	seen := map[[2]string]int32{}
	for i, p := range c.passages {
		if i > 0 && p.Submission != "" && p.Submission == c.passages[i-1].Submission {
			c.rows[i].before, c.rows[i-1].after = int32(i-1), int32(i)
		}
		texts := [2]string{strings.Join(p.Headings, "\n"), p.Question}
		if texts == [2]string{} {
			continue
		}
		id, ok := seen[texts]
		if !ok {
			id = int32(len(c.contexts))
			seen[texts] = id
			headings := c.vector(readWords(texts[0])).scaled(headingWeight)
			c.contexts = append(c.contexts, headings.plus(c.vector(readWords(texts[1])), questionWeight))
		}
		c.rows[i].context = id
	}
}

// vector is a text that need not be a passage of the corpus, with length 1. Words that no passage has count for the length alone;
// pairs that are not known are left out, as they are of passages.
func (c *Corpus) vector(words []textWord) vector {
	var ids []int32
	unseen := 0
	last := int32(-1)
	for _, w := range words {
		id, ok := c.words.words[w.stem]
		if !ok {
			id = -1
			unseen++
		} else {
			ids = append(ids, c.words.feature[id])
		}
		if w.joined {
			if f, ok := c.words.pairs[pairKey(last, id)]; ok && last >= 0 && id >= 0 {
				ids = append(ids, f)
			}
		}
		last = id
	}
	n := countFeatures(ids)
	v := vector{ids: n.ids, values: make([]float32, len(n.ids))}
	for i, f := range n.ids {
		v.values[i] = c.value(f, int(n.n[i]))
	}
	missing := inverse(len(c.rows), 0)
	if norm := math.Sqrt(v.norm()*v.norm() + float64(unseen)*missing*missing); norm > 0 {
		return v.scaled(1 / norm)
	}
	return v
}

// full is a passage with its context, not yet of length 1.
func (c *Corpus) full(p int) vector {
	r := &c.rows[p]
	return c.around(r, r.own)
}

// around adds a row's context to a vector.
func (c *Corpus) around(r *row, own vector) vector {
	if r.before >= 0 {
		own = own.plus(c.rows[r.before].own, neighbourWeight)
	}
	if r.after >= 0 {
		own = own.plus(c.rows[r.after].own, neighbourWeight)
	}
	if r.context >= 0 {
		own = own.plus(c.contexts[r.context], 1)
	}
	return own
}

// folds is how many parts the labels are held out in.
const folds = 5

// divide puts passages into folds: those of a member together, so that what is said of confidence holds for members not seen before;
// with fewer than ten members those of a submission, and with fewer than ten of these each for itself.
func (c *Corpus) divide() {
	members, submissions := map[string]bool{}, map[string]bool{}
	for _, p := range c.passages {
		members[p.Member], submissions[p.Submission] = true, true
	}
	c.fold = make([]uint8, len(c.passages))
	for i, p := range c.passages {
		unit := p.ID
		switch {
		case len(members) >= 2*folds && p.Member != "":
			unit = p.Member
		case len(submissions) >= 2*folds && p.Submission != "":
			unit = p.Submission
		}
		h := fnv.New32a()
		h.Write([]byte(unit))
		c.fold[i] = uint8(h.Sum32() % folds)
	}
}
