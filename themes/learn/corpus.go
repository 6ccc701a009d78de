package learn

import (
	"context"
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
	contexts []vector // the texts of headings, each once
	length   float64  // mean number of words of a passage
}

// A row is one passage.
type row struct {
	own     vector  // its words, of length 1
	tf      []uint8 // how often each feature of own stands in it
	words   int
	before  int32 // neighbours; -1 for none
	after   int32
	heading int32   // its context; -1 for none
	norm    float64 // of own words and context together
}

const (
	// neighbourWeight is what the words of a neighbour count beside a passage's own, headingWeight those of the headings above it.
	neighbourWeight = 0.5
	headingWeight   = 0.5
	blockPassages   = 512
)

// NewCorpus reads passages. It returns ctx's error when that ends first, and no other.
func NewCorpus(ctx context.Context, passages []Passage) (*Corpus, error) {
	c := &Corpus{passages: passages, words: newVocabulary(), rows: make([]row, len(passages))}
	blocks := make([]*block, (len(passages)+blockPassages-1)/blockPassages)
	if err := each(ctx, len(blocks), func(i int) {
		blocks[i] = readBlock(passages[i*blockPassages : min(len(passages), (i+1)*blockPassages)])
	}); err != nil {
		return nil, err
	}
	df := c.merge(blocks)
	if err := each(ctx, len(blocks), func(i int) { c.weigh(i*blockPassages, blocks[i], df); blocks[i] = nil }); err != nil {
		return nil, err
	}
	c.surround()
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
func (c *Corpus) merge(blocks []*block) []int32 {
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
	c.length = float64(words) / float64(max(1, len(c.rows)))
	c.idf = make([]float64, len(df))
	for f, n := range df {
		c.idf[f] = inverse(len(c.rows), int(n))
	}
	return df
}

// inverse is the smoothed inverse document frequency ln((1+n)/(1+df)) + 1.
func inverse(n, df int) float64 { return math.Log(float64(1+n)/float64(1+df)) + 1 }

// weigh makes the rows of a block that starts at passage first.
func (c *Corpus) weigh(first int, b *block, df []int32) {
	for i, own := range b.counts {
		order := make([]uint64, len(own.ids)) // feature and how often, sorted by feature
		for j, f := range own.ids {
			order[j] = uint64(b.global[f])<<16 | uint64(own.n[j])
		}
		slices.Sort(order)
		r := row{words: b.length[i], before: -1, after: -1, heading: -1, tf: make([]uint8, len(order))}
		ids, values := make([]int32, len(order)), make([]float32, len(order))
		for j, x := range order {
			ids[j], r.tf[j] = int32(x>>16), uint8(min(255, x&0xffff))
			values[j] = float32((1 + math.Log(float64(r.tf[j]))) * c.idf[ids[j]])
		}
		r.own = vector{ids, values}.unit()
		c.rows[first+i] = r
	}
}

// surround finds the neighbours and headings of all passages.
func (c *Corpus) surround() {
	headings := map[string]int32{}
	for i, p := range c.passages {
		if i > 0 && p.Submission != "" && p.Submission == c.passages[i-1].Submission {
			c.rows[i].before, c.rows[i-1].after = int32(i-1), int32(i)
		}
		if text := strings.Join(p.Headings, "\n"); strings.TrimSpace(text) != "" {
			id, ok := headings[text]
			if !ok {
				id = int32(len(c.contexts))
				headings[text] = id
				c.contexts = append(c.contexts, c.vector(readWords(text)))
			}
			c.rows[i].heading = id
		}
	}
}

// vector is a text that need not be a passage of the corpus, with length 1. Words that no passage has count for the length alone.
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
			} else {
				unseen++
			}
		}
		last = id
	}
	n := countFeatures(ids)
	v := vector{ids: n.ids, values: make([]float32, len(n.ids))}
	for i, f := range n.ids {
		v.values[i] = float32((1 + math.Log(float64(n.n[i]))) * c.idf[f])
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
	if r.heading >= 0 {
		own = own.plus(c.contexts[r.heading], headingWeight)
	}
	return own
}
