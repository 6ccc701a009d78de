package discover

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/speech"
)

// A Phrase is a noun phrase of the passages, its forms taken together: "funding band" and "funding bands" are one.
type Phrase struct {
	Words     string  `json:"words"` // as it is most often written
	Passages  int     `json:"passages"`
	Members   int     `json:"members"`
	Elsewhere int     `json:"elsewhere"` // passages outside with it: of the proposal, or of what no theme covers
	Weight    float64 `json:"-"`
}

// maxPhrase is the longest phrase in words; longer ones do not recur.
const maxPhrase = 4

// An occurrence is a phrase in a passage, each once.
type occurrence struct {
	key  string // its stems
	form string // as written, a sentence's first word in small letters
}

// nounPhrases are the noun phrases of a text, with those that are part of longer ones: adjectives and nouns that end in a noun (the
// filter of Justeson and Katz 1995, without prepositions).
func nounPhrases(text string) []occurrence {
	var out []occurrence
	seen := map[string]bool{}
	for _, s := range index.Sentences(text) {
		sentence := text[s.Start:s.End]
		tokens := speech.Tokens(sentence)
		speech.Tag(tokens)
		stems := stemsOf(sentence, tokens)
		for i := range tokens {
			for n := 1; n <= maxPhrase && i+n <= len(tokens) && nounPart(tokens[i+n-1], stems[i+n-1]); n++ {
				if last := tokens[i+n-1]; !strings.HasPrefix(last.Tag, "NN") || n > 1 && !adjoining(sentence, tokens[i:i+n]) {
					continue
				}
				if key := strings.Join(stems[i:i+n], " "); !seen[key] {
					seen[key] = true
					out = append(out, occurrence{key, written(sentence, tokens[i:i+n])})
				}
			}
		}
	}
	return out
}

// stemsOf are the stems of each token, "" for one that says nothing of the subject.
func stemsOf(sentence string, tokens []speech.Token) []string {
	out := make([]string, len(tokens))
	list := index.Analyse(sentence).List
	at := 0
	for i, t := range tokens {
		var stems []string
		for ; at < len(list) && list[at].Start < t.End; at++ {
			if w := list[at]; w.Start >= t.Start && !functionWords[w.Stem] && len(w.Stem) > 1 && !strings.ContainsAny(w.Fold[:1], "0123456789£$€") {
				stems = append(stems, w.Stem)
			}
		}
		out[i] = strings.Join(stems, " ")
	}
	return out
}

func nounPart(t speech.Token, stem string) bool {
	return stem != "" && (strings.HasPrefix(t.Tag, "NN") || strings.HasPrefix(t.Tag, "JJ") || t.Tag == "VBN" || t.Tag == "VBG")
}

// adjoining reports words with nothing but a space between them, on one line.
func adjoining(sentence string, tokens []speech.Token) bool {
	for i := 1; i < len(tokens); i++ {
		if sentence[tokens[i-1].End:tokens[i].Start] != " " {
			return false
		}
	}
	return true
}

// written is a phrase as it stands, but for the capital of a sentence's first word.
func written(sentence string, tokens []speech.Token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		if words[i] = t.Word; t.Start == 0 && strings.ToUpper(t.Word) != t.Word {
			words[i] = strings.ToLower(t.Word)
		}
	}
	return strings.Join(words, " ")
}

// A lexicon is the noun phrases of some passages.
type lexicon struct {
	passages map[string][]int          // key → passages, in order
	forms    map[string]map[string]int // key → how often it is written how
	longer   map[string][]string       // key → the phrases of one word more that hold it
}

// newLexicon takes in the phrases of each passage. One that a single passage has is left out.
func newLexicon(of [][]occurrence) *lexicon {
	l := &lexicon{passages: map[string][]int{}, forms: map[string]map[string]int{}, longer: map[string][]string{}}
	for i, list := range of {
		for _, o := range list {
			l.passages[o.key] = append(l.passages[o.key], i)
		}
	}
	maps.DeleteFunc(l.passages, func(_ string, in []int) bool { return len(in) < 2 })
	for _, list := range of {
		for _, o := range list {
			if l.passages[o.key] == nil {
				continue
			}
			if l.forms[o.key] == nil {
				l.forms[o.key] = map[string]int{}
			}
			l.forms[o.key][o.form]++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.passages)) {
		stems := strings.Fields(key)
		if n := len(stems); n > 1 {
			for _, part := range []string{strings.Join(stems[1:], " "), strings.Join(stems[:n-1], " ")} {
				if l.passages[part] != nil {
					l.longer[part] = append(l.longer[part], key)
				}
			}
		}
	}
	return l
}

// form is how a phrase is most often written.
func (l *lexicon) form(key string) string {
	forms := l.forms[key]
	return slices.MinFunc(slices.Sorted(maps.Keys(forms)), func(a, b string) int { return cmp.Compare(forms[b], forms[a]) })
}

// cValue is how much of a term a phrase is: ln2(1+length) times the passages that have it and no longer one (C-value: Frantzi, Ananiadou and
// Mima 2000; with 1 added to the length, so that single words count: Barrón-Cedeño and others 2009). count says how many of the passages in question have a key.
func (l *lexicon) cValue(key string, count func(key string) int) float64 {
	f := float64(count(key))
	if longer := l.longer[key]; len(longer) > 0 {
		sum := 0
		for _, k := range longer {
			sum += count(k)
		}
		f -= float64(sum) / float64(len(longer))
	}
	return math.Log2(float64(2+strings.Count(key, " "))) * f
}
