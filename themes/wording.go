package themes

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"collate/index"
)

// A wording is what counts of a text's words where two texts are compared word for word. Nothing of it is shown.
type wording struct {
	stems   []string // the words that say something, each once, in alphabetical order; those that mean the same are one
	first   string   // the first of them as the text has them: of an action its verb
	numbers []string // in figures or in words, in alphabetical order
	denials int      // words that deny: not, never, without
	pointer bool     // it points at what is not in it: "rule it out", "be set out in law" of "they"
}

// wordings reads texts so that words which mean the same, by the consultation's synonyms, are the same.
type wordings struct {
	same    map[string]string // stems of one way to say it, parted by spaces → those of the first way
	longest int               // words of the longest key
}

func newWordings(s *index.Synonyms) *wordings {
	out := &wordings{same: map[string]string{}}
	for _, g := range s.Groups() {
		first := wordStems(g.Words[0])
		for _, words := range g.Words[1:] {
			key := wordStems(words)
			out.same[strings.Join(key, " ")] = strings.Join(first, " ")
			out.longest = max(out.longest, len(key))
		}
	}
	return out
}

// wordings reads texts by the consultation's synonyms.
func (b *builder) wordings(ctx context.Context) (*wordings, error) {
	if b.wording == nil {
		synonyms, err := b.ReadSynonyms(ctx)
		if err != nil {
			return nil, err
		}
		b.wording = newWordings(synonyms)
	}
	return b.wording, nil
}

func wordStems(text string) []string {
	var out []string
	for _, w := range index.Analyse(text).List {
		out = append(out, w.Stem)
	}
	return out
}

// of reads a text.
func (w *wordings) of(text string) wording {
	var out wording
	list := index.Analyse(strings.ReplaceAll(text, "’", "'")).List
	stems := make([]string, len(list))
	for i := range list {
		stems[i] = list[i].Stem
	}
	for i := 0; i < len(list); {
		stem, n := w.merged(stems[i:])
		out.add(list[i].Fold, stem)
		i += n
	}
	slices.Sort(out.stems)
	out.stems = slices.Compact(out.stems)
	slices.Sort(out.numbers)
	return out
}

// merged is the word that stems begin with, and of how many it is.
func (w *wordings) merged(stems []string) (string, int) {
	for n := min(w.longest, len(stems)); n > 0; n-- {
		if first, ok := w.same[strings.Join(stems[:n], " ")]; ok {
			return first, n
		}
	}
	return stems[0], 1
}

func (x *wording) add(word, stem string) {
	switch {
	case denials[word] || strings.HasSuffix(word, "n't"):
		x.denials++
	case pointers[word]:
		x.pointer = true
	case strings.ContainsFunc(word, unicode.IsDigit) || numerals[word]:
		x.numbers = append(x.numbers, word)
	case !plainWordSet[word]:
		if x.first == "" {
			x.first = stem
		}
		x.stems = append(x.stems, stem)
	}
}

// common is how many words two wordings share.
func (x *wording) common(y *wording) int {
	n := 0
	for _, s := range x.stems {
		if _, ok := slices.BinarySearch(y.stems, s); ok {
			n++
		}
	}
	return n
}

// alike is the share of the words of both that both have (Jaccard), 0 to 1.
func (x *wording) alike(y *wording) float64 {
	n := x.common(y)
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(x.stems)+len(y.stems)-n)
}

// holds reports whether one of two wordings has all the words of the other.
func (x *wording) holds(y *wording) bool { return x.common(y) == min(len(x.stems), len(y.stems)) }

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	denials  = wordSet("not no never none nobody nothing neither nor without cannot")
	pointers = wordSet("it they them theirs this that these those he she him hers so there here former latter")
	numerals = wordSet(`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
		sixty seventy eighty ninety hundred thousand million billion bn half third quarter twice double first second annually monthly weekly daily`)
	// plainWordSet are words that say nothing of what is asked or measured.
	plainWordSet = wordSet(`a an the of to in on at for by with from as and or but if than then also any all each every both some other our its their his her such we us you your i my be been being is are was were
		am has have had do does did will would shall should must may might can could ought need needs who whom which what when where how while very just only now per into about
		over under up out more most s`)
)
