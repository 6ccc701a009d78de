// Package invent makes up passages in the manner of given texts, any number of them and always the same ones, and searches to
// go with them: something to measure with where there is no consultation of that size. Start at [New].
package invent

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// An Inventor makes up passages. It never changes and may be shared.
//
// A word is followed by one that follows it somewhere in the texts, so that common words stay common (the texts' own Zipfian
// distribution) and stems and phrases recur. Of thirty words one is new: names and rare words, as many as a vocabulary that grows with
// the texts has.
type Inventor struct {
	words     []string  // as they stand in the texts, marks and all
	followers [][]int32 // word → those that follow it, as often as they do
	common    []string  // words of five plain letters or more, the commonest first
	phrases   []string  // of two and three plain words that follow one another in the texts
}

const (
	meanBytes = 630 // of a passage, as in real submissions
	mostWords = 130 // of a passage; index takes one of 150 apart, and counts a compound's parts
	rareOneIn = 30
	rareWords = 1 << 20
)

// FromFolder learns from the Markdown files of a folder, such as the sources of the example's submissions.
func FromFolder(folder fs.FS) (*Inventor, error) {
	files, err := fs.Glob(folder, "*.md")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no Markdown file to learn from: %w", fs.ErrNotExist)
	}
	var texts []string
	for _, name := range files {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(data))
	}
	return New(texts), nil
}

// New learns from texts, which must have a phrase and a word of five letters at least.
func New(texts []string) *Inventor {
	v := &Inventor{}
	ids := map[string]int32{}
	counts := map[string]int{}
	for _, text := range texts {
		words := strings.Fields(text)
		for i, w := range words {
			if _, ok := ids[w]; !ok {
				ids[w] = int32(len(v.words))
				v.words, v.followers = append(v.words, w), append(v.followers, nil)
			}
			if i > 0 {
				before := ids[words[i-1]]
				v.followers[before] = append(v.followers[before], ids[w])
			}
			if w = strings.ToLower(w); plain(w) && len(w) >= 5 {
				counts[w]++
			}
		}
		v.phrases = appendPhrases(v.phrases, words)
	}
	v.common = slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	return v
}

// plain reports a word of small English letters alone.
func plain(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
}

func appendPhrases(phrases, words []string) []string {
	for i := range words {
		for _, n := range []int{2, 3} {
			if i+n <= len(words) && !slices.ContainsFunc(words[i:i+n], func(w string) bool { return !plain(w) }) {
				phrases = append(phrases, strings.Join(words[i:i+n], " "))
			}
		}
	}
	return phrases
}

// Passage is the n-th passage, of about 100 words.
func (v *Inventor) Passage(n int) string {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	rare := rand.NewZipf(r, 1.2, 8, rareWords)
	length := meanBytes/2 + r.IntN(meanBytes)
	var b strings.Builder
	b.Grow(length + 32)
	at := int32(r.IntN(len(v.words)))
	for n := 0; n < mostWords && b.Len() < length; n++ {
		if r.IntN(rareOneIn) == 0 {
			b.WriteString(rareWord(rare.Uint64()))
		} else {
			b.WriteString(v.words[at])
		}
		b.WriteByte(' ')
		if next := v.followers[at]; len(next) > 0 {
			at = next[r.IntN(len(next))]
		} else {
			at = int32(r.IntN(len(v.words)))
		}
	}
	return strings.TrimSuffix(b.String(), " ") + "."
}

// syllables make words that can be said and that stem like any others.
var syllables = strings.Fields("ba cor del fen gar hol im jun kel lor mar nev or pel quin ros sal tor un ver wil yar zen ash bry dun eth fal gre hax")

// rareWord spells a number in syllables, two at least.
func rareWord(n uint64) string {
	var b strings.Builder
	for i := 0; i < 2 || n > 0; i++ {
		b.WriteString(syllables[n%uint64(len(syllables))])
		n /= uint64(len(syllables))
	}
	return b.String()
}
