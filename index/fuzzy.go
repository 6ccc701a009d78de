package index

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A fuzzy stands for a word and its misspellings.
type fuzzy struct {
	word  string // folded
	edits int    // 1 or 2
}

const (
	manyEdits   = 2 // in a word of more than longWord letters
	longWord    = 8
	shortFuzzy  = 3 // letters of a word with one edit: AP~ would find every two letters
	shortFuzzy2 = 5 // with two
)

// cutFuzzy takes the ~ and the figures behind it off a piece; marks behind them are nothing.
func cutFuzzy(raw string) (word, edits string, ok bool) {
	raw = strings.TrimRight(raw, "?.,;:!'’‘")
	i := strings.LastIndexByte(raw, '~')
	if i <= 0 || !digits(raw[i+1:]) || findUnescaped(raw, func(r rune) bool { return r == '~' }) != i {
		return "", "", false
	}
	return raw[:i], raw[i+1:], true
}

// newFuzzy folds a word, or says what is wrong with it.
func newFuzzy(word, edits string) (fuzzy, string) {
	f := fuzzy{edits: 1}
	w := Analyse(barePattern(unescape(word)))
	if len(w.List) != 1 || hasWildcard(word) {
		return f, `A ~ stands behind one word without other signs, as in tribunual~. To find words that stand near one another, write NEAR between them.`
	}
	f.word = w.List[0].Fold
	length := utf8.RuneCountInString(f.word)
	switch {
	case edits == "" && length > longWord:
		f.edits = manyEdits
	case edits == "2":
		f.edits = manyEdits
	case edits != "" && edits != "1":
		return f, "A ~ allows one or two wrong letters: write ~1 or ~2. With more, nearly every word would do."
	}
	switch {
	case length > maxStemmed:
		return f, fmt.Sprintf("A word with ~ may have at most %d letters. Write a shorter one.", maxStemmed)
	case length < shortFuzzy:
		return f, "A word with ~ needs at least three letters. Write the word without the ~."
	case length < shortFuzzy2 && f.edits == manyEdits:
		return f, "A word with ~2 needs at least five letters. Write ~ alone."
	}
	return f, ""
}

// matches reports whether a folded word is the word with at most so many letters added, left out, taken for another or
// swapped with their neighbour (no letter twice).
func (f fuzzy) matches(fold string) bool {
	if len(fold) > 4*(len(f.word)+f.edits) {
		return false
	}
	mine, other := letterSet(f.word), letterSet(fold) // an edit takes one letter away and brings one at most
	if bits.OnesCount64(mine&^other) > f.edits || bits.OnesCount64(other&^mine) > f.edits {
		return false
	}
	return distance([]rune(f.word), []rune(fold), f.edits) <= f.edits
}

// letterSet is the letters of a word, a bit each; some share one.
func letterSet(word string) (set uint64) {
	for _, r := range word {
		set |= 1 << (r & 63)
	}
	return set
}

// distance is Damerau's and Levenshtein's, of which only the last three rows are kept; more than most is all that is
// said of what lies beyond it.
func distance(a, b []rune, most int) int {
	if len(b) > len(a)+most || len(a) > len(b)+most {
		return most + 1
	}
	var previous, older []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		older, previous, row = previous, row, make([]int, len(b)+1)
		row[0] = i + 1
		best := row[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(previous[j]+cost, previous[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
			best = min(best, row[j+1])
		}
		if best > most {
			return most + 1
		}
	}
	return row[len(b)]
}
