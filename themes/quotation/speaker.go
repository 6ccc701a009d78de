package quotation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Speakers are who may be named as having said something, made quick to find in a text. They never change and may be shared.
type Speakers struct {
	byFirst map[string][]spelling // first word → the names that begin with it, the longest first
}

// A spelling is one name of a speaker.
type spelling struct {
	speaker int
	folds   []string
	capital bool // an abbreviation: it is one in capitals only
	small   bool // it is written in small letters
}

// A Mention is where a text names a speaker.
type Mention struct {
	Start, End int
	Speakers   []int // more than one where a name is that of several
}

// NewSpeakers takes the names of each speaker.
func NewSpeakers(names [][]string) *Speakers {
	s := &Speakers{byFirst: map[string][]spelling{}}
	for i, list := range names {
		for _, name := range list {
			folds := nameFolds(words(name))
			if len(folds) > 1 && folds[0] == "the" {
				folds = folds[1:]
			}
			if len(folds) == 0 || len(folds) == 1 && len(folds[0]) < 2 {
				continue
			}
			s.byFirst[folds[0]] = append(s.byFirst[folds[0]], spelling{i, folds, len(folds) == 1 && strings.ToUpper(name) == name, strings.ToLower(name) == name})
		}
	}
	for _, list := range s.byFirst {
		slices.SortStableFunc(list, func(a, b spelling) int { return len(b.folds) - len(a.folds) })
	}
	return s
}

// nameFolds are words as names are compared: without apostrophes, "and" for the sign.
func nameFolds(list []word) []string {
	var out []string
	for _, w := range list {
		out = append(out, strings.ReplaceAll(w.fold, "'", ""))
	}
	return slices.DeleteFunc(out, func(w string) bool { return w == "and" })
}

// In are the mentions in a text, in order. A name begins with a capital letter, unless it is written in small ones.
func (s *Speakers) In(text string) []Mention {
	list := words(text)
	folds := make([]string, len(list))
	for i, w := range list {
		folds[i] = strings.ReplaceAll(w.fold, "'", "")
	}
	var out []Mention
	for i := 0; i < len(list); i++ {
		if m, n := s.at(text, list, folds, i); n > 0 {
			out = append(out, m)
			i += n - 1
		}
	}
	return out
}

// at is the longest name that begins with a word, and how many words it has.
func (s *Speakers) at(text string, list []word, folds []string, i int) (m Mention, n int) {
	for _, first := range []string{folds[i], withoutGenitive(list[i].fold)} {
		for _, x := range s.byFirst[first] {
			if n > 0 && len(x.folds) < len(s.byFirst[first][0].folds) && n > len(x.folds) {
				break
			}
			end := match(x.folds, list, folds, i)
			if end < 0 || n > end-i || !named(text, list[i], x) {
				continue
			}
			if end-i > n {
				m, n = Mention{Start: list[i].start, End: list[end-1].end}, end-i
			}
			if !slices.Contains(m.Speakers, x.speaker) {
				m.Speakers = append(m.Speakers, x.speaker)
			}
		}
		if n > 0 {
			break
		}
	}
	return m, n
}

// match is the number of the word behind a name that begins with a word; -1 where it is not the name.
func match(name []string, list []word, folds []string, i int) int {
	for at, part := range name {
		for at > 0 && i < len(folds) && folds[i] == "and" {
			i++
		}
		if i >= len(folds) || folds[i] != part && (at < len(name)-1 || withoutGenitive(list[i].fold) != part) {
			return -1
		}
		i++
	}
	return i
}

// withoutGenitive is a word without the ending of "Ashdown's".
func withoutGenitive(fold string) string {
	return strings.ReplaceAll(strings.TrimSuffix(fold, "'s"), "'", "")
}

func named(text string, w word, x spelling) bool {
	seen := text[w.start:w.end]
	r, _ := utf8.DecodeRuneInString(seen)
	if x.capital {
		seen = strings.TrimSuffix(strings.TrimSuffix(seen, "s"), "’")
		seen = strings.TrimSuffix(seen, "'")
		return strings.ToUpper(seen) == seen
	}
	return x.small && len(x.folds) > 1 || !unicode.IsLower(r)
}
