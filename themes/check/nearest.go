package check

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
	"collate/themes/claim"
)

// maxNearest is how many passages are read for one claim of a draft. Reading all for what they claim would take minutes where there are a
// hundred thousand.
const maxNearest = 30

// keyLength cuts words so that most forms of one are alike: "milestones" and "milestone".
const keyLength = 6

// keysOf are the telling words of a text, cut.
func keysOf(text string) []string {
	seen := map[string]bool{}
	var out []string
	eachWord(text, func(key string) {
		if !seen[key] && !plainWords[key] && len(key) > 2 {
			seen[key] = true
			out = append(out, key)
		}
	})
	return out
}

// eachWord gives the words of a text in small letters, cut, without numbers.
func eachWord(text string, f func(key string)) {
	var key [keyLength]byte
	n := 0
	for i := range len(text) + 1 {
		c := byte(' ')
		if i < len(text) {
			c = text[i]
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case c >= 'a' && c <= 'z' || c >= 0x80:
			if n < keyLength {
				key[n] = c
			}
			n++
		case n > 0:
			f(string(key[:min(n, keyLength)]))
			n = 0
		}
	}
}

// nearest finds for each of several texts the passages that share most of its telling words, rare ones counting more, and that may be shown.
// The texts are looked for together in one pass.
func (r *Record) nearest(texts []string) [][]int {
	wanted := map[string][]int{} // key → the texts that have it
	for i, t := range texts {
		for _, k := range keysOf(t) {
			wanted[k] = append(wanted[k], i)
		}
	}
	if len(wanted) == 0 {
		return make([][]int, len(texts))
	}
	has := make([][]string, len(r.Sources.Passages))
	in := map[string]int{}
	for p := range r.Sources.Passages {
		x := &r.Sources.Passages[p]
		if x.Withheld != "" || x.Standing == themes.Superseded || !strings.ContainsAny(x.Compared[x.Body:], "0123456789") && !numberWord(x.Compared[x.Body:]) {
			continue
		}
		eachWord(x.Compared[x.Body:], func(key string) {
			if wanted[key] != nil && !slices.Contains(has[p], key) {
				has[p] = append(has[p], key)
				in[key]++
			}
		})
	}
	best := make([][]scored, len(texts))
	sum := make([]float64, len(texts))
	for p, keys := range has {
		clear(sum)
		for _, k := range keys {
			weight := math.Log(1 + float64(len(has))/float64(in[k]))
			for _, t := range wanted[k] {
				sum[t] += weight
			}
		}
		for t, s := range sum {
			if s == 0 {
				continue
			}
			if best[t] = append(best[t], scored{p, s}); len(best[t]) >= 8*maxNearest { // no need to keep a hundred thousand in order
				best[t] = first(best[t])
			}
		}
	}
	out := make([][]int, len(texts))
	for t := range best {
		for _, s := range first(best[t]) {
			out[t] = append(out[t], s.passage)
		}
	}
	return out
}

// first are the best of a list, in order; of equals, those that stand first in the record.
func first(all []scored) []scored {
	slices.SortFunc(all, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage)) })
	return all[:min(maxNearest, len(all))]
}

type scored struct {
	passage int
	score   float64
}

// numberWord reports a number in words that a figure may begin with.
func numberWord(text string) bool {
	for _, w := range []string{"half", "third", "quarter", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty", "hundred", "thousand"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// claimed reads passages for what they claim, each once.
type claimed struct {
	r    *Record
	read map[int]claim.Reading
}

func (c *claimed) reading(passage int) claim.Reading {
	x, ok := c.read[passage]
	if !ok {
		x = claim.Read(c.r.Sources.Passages[passage].Words(), claim.Context{})
		c.read[passage] = x
	}
	return x
}

// source is a passage as a finding shows it.
func (c *claimed) source(passage int) Source {
	p := &c.r.Sources.Passages[passage]
	return Source{Passage: p.Passage, Member: p.Member, Document: p.Document, Place: p.Place, Words: shortened(p.Words())}
}

// cut is words of a passage in one line.
func cut(text string, s index.Span) string {
	return strings.Join(strings.Fields(text[s.Start:s.End]), " ")
}
