package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A lexicon numbers the words of a search index, as they are spelt when folded, so that a passage can be kept as a row of numbers. Words
// are only ever added: a number stays what it is for as long as the index is there. It is safe for concurrent use.
type lexicon struct {
	mu     sync.RWMutex
	folds  []string            // by number; 0 is no word
	stem   []string            // likewise
	ids    map[string]uint32   // fold → number
	stems  map[string][]uint32 // stem → the words that are found by it, among them figures with a sign by the bare figure
	signed map[uint32][]uint32 // bare figure → the figures with a sign before or behind it
	saved  int                 // so many are in the index for good
}

func newLexicon() *lexicon {
	return &lexicon{folds: []string{""}, stem: []string{""}, ids: map[string]uint32{}, stems: map[string][]uint32{}, signed: map[uint32][]uint32{}, saved: 1}
}

// number is a word's; a new word gets the next one.
func (l *lexicon) number(fold string) uint32 {
	if id, ok := l.ids[fold]; ok {
		return id
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.add(fold)
}

// add numbers a new word, and the bare figure of one with a sign. The lock is held; only one goroutine adds.
func (l *lexicon) add(fold string) uint32 {
	fold = strings.Clone(fold) // a slice of a text would keep the whole text alive
	id := uint32(len(l.folds))
	l.folds = append(l.folds, fold)
	l.ids[fold] = id
	s := stem(fold)
	l.stem = append(l.stem, s)
	l.stems[s] = append(l.stems[s], id)
	if bare := bareFigure(fold); bare != "" {
		b, ok := l.ids[bare]
		if !ok {
			b = l.add(bare)
		}
		l.signed[b] = append(l.signed[b], id)
		l.stems[bare] = append(l.stems[bare], id)
	}
	return id
}

// size is one more than the highest number.
func (l *lexicon) size() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.folds)
}

// found are the words that a stem finds.
func (l *lexicon) found(stem string) []uint32 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.stems[stem]
}

// words are the spellings by number.
func (l *lexicon) words() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.folds
}

// like are the words that are wanted, sorted, and with a bare figure those that have a sign too. whole are the stems of which every
// word is among them and found by no other, part the other stems of theirs; both sorted.
func (l *lexicon) like(wanted func(fold string) bool) (words []uint32, whole, part []string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	in, twice := map[uint32]bool{}, map[string]bool{}
	var stems []string
	for id, fold := range l.folds {
		if id == 0 || !wanted(fold) {
			continue
		}
		stems = append(stems, l.stem[id])
		in[uint32(id)] = true
		for _, s := range l.signed[uint32(id)] {
			in[s] = true
			if wanted(l.folds[s]) {
				twice[l.stem[s]], twice[l.stem[id]] = true, true
			}
		}
	}
	for id := range in {
		words = append(words, id)
	}
	slices.Sort(words)
	slices.Sort(stems)
	for _, s := range slices.Compact(stems) {
		if twice[s] || slices.ContainsFunc(l.stems[s], func(id uint32) bool { return !in[id] }) {
			part = append(part, s)
		} else {
			whole = append(whole, s)
		}
	}
	return words, whole, part
}

// bareFigure is a figure without its signs; "" for other words.
func bareFigure(fold string) string {
	if bare := strings.Trim(fold, signs); len(bare) < len(fold) {
		return bare
	}
	return ""
}

// unsaved are the words that the index has not got yet, for [lexicon.load], and the number of the first.
func (l *lexicon) unsaved() (first int, words []byte) {
	return l.saved, []byte(strings.Join(l.folds[l.saved:], "\n"))
}

var errLexicon = errors.New("words of the lexicon are missing")

// load takes in words that were saved, whose first has the number first.
func (l *lexicon) load(first int, words []byte) error {
	if first != len(l.folds) {
		return fmt.Errorf("%w: number %d comes after %d", errLexicon, first, len(l.folds)-1)
	}
	for fold := range strings.SplitSeq(string(words), "\n") {
		if _, ok := l.ids[fold]; !ok { // a bare figure comes with the first that has a sign
			l.add(fold)
		}
	}
	l.saved = len(l.folds)
	return nil
}

// A script is the words of a passage, in reading order, as the numbers of a [lexicon]: those of the commonest words take a byte. In front of
// the first part of a compound that can be run together stand a 0, the number of its parts and the word that they make.
type script []byte

// The first byte of a number says how many follow; the rest of the first byte are its highest digits.
const (
	twoBytes   = 208
	threeBytes = 248
	fiveBytes  = 255

	firstOfTwo   = twoBytes
	firstOfThree = firstOfTwo + (threeBytes-twoBytes)<<8
	firstOfFive  = firstOfThree + (fiveBytes-threeBytes)<<16
)

func appendNumber(s script, id uint32) script {
	switch {
	case id < firstOfTwo:
		return append(s, byte(id))
	case id < firstOfThree:
		n := id - firstOfTwo
		return append(s, byte(twoBytes+n>>8), byte(n))
	case id < firstOfFive:
		n := id - firstOfThree
		return append(s, byte(threeBytes+n>>16), byte(n>>8), byte(n))
	}
	return binary.BigEndian.AppendUint32(append(s, fiveBytes), id)
}

// next is the number at the start of s, and how many bytes it takes.
func (s script) next() (id uint32, n int) {
	switch b := s[0]; {
	case b < twoBytes:
		return uint32(b), 1
	case b < threeBytes:
		return firstOfTwo + uint32(b-twoBytes)<<8 + uint32(s[1]), 2
	case b < fiveBytes:
		return firstOfThree + uint32(b-threeBytes)<<16 + uint32(s[1])<<8 + uint32(s[2]), 3
	}
	return binary.BigEndian.Uint32(s[1:]), 5
}

// words counts the words of a script, without the compounds that they can be run together to.
func (s script) words() (n int) {
	for len(s) > 0 {
		id, size := s.next()
		s = s[size:]
		if id == 0 {
			_, size := s[1:].next()
			s = s[1+size:]
			continue
		}
		n++
	}
	return n
}
