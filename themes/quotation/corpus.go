package quotation

import (
	"slices"
	"strings"
)

// A Text is something that may be quoted.
type Text struct {
	Group int    // texts of one group that follow one another may be quoted in one piece
	Words string // as written
}

// A Corpus is all that may be quoted, made quick to look in. It never changes and may be shared.
//
// Every word has a number, and every number the places where the word stands, in order. A look-up goes through the places of the rarest word
// of what is looked for: no index of phrases is needed.
type Corpus struct {
	texts  []Text
	ids    []int32 // the words of all texts, in their order
	starts []int32 // text → its first word; one more than there are texts
	first  []int32 // word → where its places begin; one more than there are words
	places []int32 // of all words
	vocab  map[string]int32
}

// NewCorpus reads the texts.
func NewCorpus(texts []Text) *Corpus {
	c := &Corpus{texts: texts, vocab: map[string]int32{}, starts: make([]int32, 0, len(texts)+1)}
	var buffer []word
	for i := range texts {
		c.starts = append(c.starts, int32(len(c.ids)))
		buffer = appendWords(buffer[:0], texts[i].Words)
		for _, w := range buffer {
			id, ok := c.vocab[w.fold]
			if !ok {
				id = int32(len(c.vocab))
				c.vocab[strings.Clone(w.fold)] = id // not a part of a text that would be held by it
			}
			c.ids = append(c.ids, id)
		}
	}
	c.starts = append(c.starts, int32(len(c.ids)))
	c.first = make([]int32, len(c.vocab)+1)
	for _, id := range c.ids {
		c.first[id+1]++
	}
	for i := range c.first[1:] {
		c.first[i+1] += c.first[i]
	}
	c.places = make([]int32, len(c.ids))
	next := slices.Clone(c.first)
	for at, id := range c.ids {
		c.places[next[id]] = int32(at)
		next[id]++
	}
	return c
}

// of are the places of a word.
func (c *Corpus) of(id int32) []int32 { return c.places[c.first[id]:c.first[id+1]] }

// text is the number of the text that a place lies in.
func (c *Corpus) text(at int32) int {
	i, found := slices.BinarySearch(c.starts, at)
	if !found {
		return i - 1
	}
	for i+1 < len(c.starts) && c.starts[i+1] == at { // texts without a word
		i++
	}
	return i
}

// numbers are the ids of words; -1 for one that stands nowhere.
func (c *Corpus) numbers(list []word) []int32 {
	out := make([]int32, len(list))
	for i, w := range list {
		id, ok := c.vocab[w.fold]
		if !ok {
			id = -1
		}
		out[i] = id
	}
	return out
}

// maxOccurrences bounds how many places of the same words are returned: what stands in more is nobody's own words.
const maxOccurrences = 200

// exactly finds where words stand in their order and within one group.
func (c *Corpus) exactly(ids []int32) []int32 {
	if len(ids) == 0 || slices.Contains(ids, -1) {
		return nil
	}
	rare := 0
	for i, id := range ids {
		if len(c.of(id)) < len(c.of(ids[rare])) {
			rare = i
		}
	}
	var out []int32
	for _, at := range c.of(ids[rare]) {
		from := int(at) - rare
		if from < 0 || from+len(ids) > len(c.ids) || !slices.Equal(c.ids[from:from+len(ids)], ids) || !c.whole(int32(from), int32(from+len(ids)-1)) {
			continue
		}
		if out = append(out, int32(from)); len(out) == maxOccurrences {
			break
		}
	}
	return out
}

// whole reports whether two places lie in one group with no other between.
func (c *Corpus) whole(from, to int32) bool {
	a, b := c.text(from), c.text(to)
	return c.texts[a].Group == c.texts[b].Group
}

// A window is a stretch of the corpus with its text, to be compared with word by word.
type window struct {
	first, last int    // texts
	text        string // of all of them, parted by blank lines
	words       []word
}

const parting = "\n\n"

// window is some texts that follow one another.
func (c *Corpus) window(first, last int) *window {
	w := &window{first: first, last: last, text: c.texts[first].Words}
	for i := first + 1; i <= last; i++ {
		w.text += parting + c.texts[i].Words
	}
	w.words = words(w.text)
	return w
}

// place is the text that a byte of the window lies in, and its offset there.
func (c *Corpus) place(w *window, at int) (text, offset int) {
	for i := w.first; i < w.last; i++ {
		if at <= len(c.texts[i].Words) {
			return i, at
		}
		at -= len(c.texts[i].Words) + len(parting)
	}
	return w.last, at
}
