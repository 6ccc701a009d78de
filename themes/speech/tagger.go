// Package speech tells the parts of speech of English words: noun, verb, adjective and so on, by what prose's perceptron
// learnt, over tokens of our own that lose nothing. It knows nothing of consultations. Start at [Tokens] and [Tag].
package speech

import (
	"bytes"
	"encoding/gob"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// A tagger gives each word its part of speech (Penn Treebank tags) by the averaged perceptron that prose was trained with.
// Only prose's weights are used, over words of our own: its tokeniser drops words, negations first, and its loop breaks
// ties by the order of a map, so that two runs can differ.
type tagger struct {
	classes []string // sorted: a tie goes to the first
	known   map[string]string
	weights map[string][]weight
}

type weight struct {
	class int
	value float64
}

// partsOfSpeech is the tagger, read once from the data that prose carries; it is not changed after that.
var partsOfSpeech = sync.OnceValue(func() *tagger {
	t := &tagger{weights: map[string][]weight{}}
	var byName map[string]map[string]float64
	load("classes.gob", &t.classes)
	load("tags.gob", &t.known)
	load("weights.gob", &byName)
	slices.Sort(t.classes)
	for feature, weights := range byName {
		for i, class := range t.classes {
			if v := weights[class]; v != 0 {
				t.weights[feature] = append(t.weights[feature], weight{i, v})
			}
		}
	}
	return t
})

func load(name string, v any) {
	data, err := prose.Asset("model/AveragedPerceptron/" + name)
	if err == nil {
		err = gob.NewDecoder(bytes.NewReader(data)).Decode(v)
	}
	if err != nil { // the data is compiled in: it cannot fail on a user's machine
		panic(err)
	}
}

// A Token is a word or a mark of a sentence, with its place in it.
type Token struct {
	Start, End int    // byte offsets
	Word       string // as it stands there
	Tag        string // Penn Treebank, such as NN, VBZ; "" before [Tag]
}

// Tokens splits a sentence as the treebank does, losing nothing but white space: "don't" is "do" and "n't".
func Tokens(sentence string) []Token {
	var out []Token
	add := func(start, end int) {
		if start < end {
			out = append(out, Token{Start: start, End: end, Word: sentence[start:end]})
		}
	}
	start := -1
	for i, size := 0, 0; i < len(sentence); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(sentence[i:])
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || start >= 0 && strings.ContainsRune("'’-%.,/", r) && followed(sentence, i+size)
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			if start >= 0 {
				contraction(sentence, start, i, add)
				start = -1
			}
			if !unicode.IsSpace(r) {
				add(i, i+size)
			}
		}
	}
	if start >= 0 {
		contraction(sentence, start, len(sentence), add)
	}
	return out
}

// followed reports whether a letter or digit comes next, so that a mark is inside a word.
func followed(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return i < len(s) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func contraction(s string, start, end int, add func(start, end int)) {
	word := strings.ToLower(s[start:end]) // "İ" is longer in lower case, and then no suffix is looked for
	at := end - start
	for _, suffix := range []string{"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"} {
		if strings.HasSuffix(word, suffix) && len(word) > len(suffix) && len(word) == end-start {
			at = len(word) - len(suffix)
			break
		}
	}
	add(start, start+at)
	add(start+at, end)
}

// Tag sets the tokens' tags, left to right. It is safe for concurrent use on different tokens; the first call reads the weights, which
// takes a moment.
func Tag(words []Token) { partsOfSpeech().tag(words) }

func (t *tagger) tag(words []Token) {
	context := []string{"-START-", "-START2-"}
	for _, w := range words {
		context = append(context, normal(w.Word))
	}
	context = append(context, "-END-", "-END2-")
	scores := make([]float64, len(t.classes))
	before, before2 := "-START-", "-START2-"
	for i := range words {
		w := strings.ReplaceAll(words[i].Word, "’", "'")
		tag, ok := t.known[w]
		if !ok {
			tag = t.predict(context[i:i+5], w, before, before2, scores)
		}
		words[i].Tag = tag
		before, before2 = tag, before
	}
}

// predict scores the classes by the features that prose was trained on; around is the word with two on either side.
func (t *tagger) predict(around []string, w, before, before2 string, scores []float64) string {
	clear(scores)
	for _, feature := range [...]string{
		"bias", "i suffix " + ending(w), "i pref1 " + w[:1], "i-1 tag " + before, "i-2 tag " + before2,
		"i tag+i-2 tag " + before + " " + before2, "i word " + around[2], "i-1 tag+i word " + before + " " + around[2],
		"i-1 word " + around[1], "i-1 suffix " + ending(around[1]), "i-2 word " + around[0],
		"i+1 word " + around[3], "i+1 suffix " + ending(around[3]), "i+2 word " + around[4],
	} {
		for _, x := range t.weights[feature] {
			scores[x.class] += x.value
		}
	}
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return t.classes[best]
}

func ending(w string) string { return w[max(0, len(w)-3):] }

// normal is a word as the weights know it.
func normal(word string) string {
	if strings.Contains(word, "-") && word[0] != '-' {
		return "!HYPHEN"
	}
	if _, err := strconv.Atoi(word); err == nil && len(word) == 4 {
		return "!YEAR"
	}
	if word[0] >= '0' && word[0] <= '9' {
		return "!DIGITS"
	}
	return strings.ToLower(strings.ReplaceAll(word, "’", "'"))
}
