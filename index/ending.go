package index

import "strings"

// An ending says how a word goes on where its stem ends: how many letters of the stem to drop, and which to add. It is
// kept in the index with each place of a stem, so that patterns and misspelt words have places too, at a fraction of what
// the places of every spelling would take. 0 is the stem itself.
type ending uint64

// An ending is a number of three bits and up to twelve letters of five bits each, the first lowest.
const (
	dropBits    = 3
	letterBits  = 5
	maxLetters  = 12
	apostropheN = 27
)

// newEnding is not ok for the ending of no English word.
func newEnding(stem, fold string) (e ending, ok bool) {
	same := 0
	for same < len(stem) && same < len(fold) && stem[same] == fold[same] {
		same++
	}
	drop, add := len(stem)-same, fold[same:]
	if drop >= 1<<dropBits || len(add) > maxLetters {
		return 0, false
	}
	e = ending(drop)
	for i, shift := 0, dropBits; i < len(add); i, shift = i+1, shift+letterBits {
		switch c := add[i]; {
		case c >= 'a' && c <= 'z':
			e |= ending(c-'a'+1) << shift
		case c == '\'':
			e |= apostropheN << shift
		default:
			return 0, false
		}
	}
	return e, true
}

// of is the word whose stem is given.
func (e ending) of(stem string) string {
	if e == 0 {
		return stem
	}
	var b strings.Builder
	b.WriteString(stem[:max(0, len(stem)-int(e&(1<<dropBits-1)))])
	for e >>= dropBits; e != 0; e >>= letterBits {
		if c := byte(e & (1<<letterBits - 1)); c == apostropheN {
			b.WriteByte('\'')
		} else {
			b.WriteByte('a' + c - 1)
		}
	}
	return b.String()
}
