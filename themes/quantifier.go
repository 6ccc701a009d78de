package themes

import "fmt"

// A Scale turns a count into a quantifier word by integer bounds worked out for n. The words stand from the least share
// to the greatest; the first covers everything from one member up.
type Scale []Quantifier

// A Quantifier is one word of a scale and the least share from which it is used.
type Quantifier struct {
	Word  string
	From  int  // per cent of n
	Above bool // only above From, not at it
}

// DefaultScale is the only firm published scale found (Education Scotland's quantity terms): all; almost all over 90 %;
// most 75-90 %; majority 50-74 %; less than half 15-49 %; few under 15 %.
func DefaultScale() Scale {
	return Scale{
		{Word: "few", From: 0},
		{Word: "less than half", From: 15},
		{Word: "the majority", From: 50},
		{Word: "most", From: 75},
		{Word: "almost all", From: 90, Above: true},
		{Word: "all", From: 100},
	}
}

// A Bound is one word of a scale with the counts it stands for, both ends included.
type Bound struct {
	Word     string
	From, To int
}

// Bounds are the scale's words for a denominator of n, least first. Every count from 1 to n has exactly one word;
// a word that no whole number reaches at this n is left out.
func (s Scale) Bounds(n int) []Bound {
	var out []Bound
	end := n
	for i := len(s) - 1; i >= 0 && end >= 1; i-- {
		from := s[i].least(n)
		if i == 0 {
			from = 1
		}
		if from > end {
			continue
		}
		out = append([]Bound{{s[i].Word, from, end}}, out...)
		end = from - 1
	}
	return out
}

// least is the smallest count of n that reaches the word's share.
func (q Quantifier) least(n int) int {
	if q.Above {
		return max(1, q.From*n/100+1)
	}
	return max(1, (q.From*n+99)/100)
}

// Word is the scale's word for count of n; "none" for a count of nought. It panics on a count outside 0..n, which is a
// mistake of the caller's: no output may print such a number.
func (s Scale) Word(count, n int) string {
	if count < 0 || count > n {
		panic(fmt.Sprintf("themes: %d of %d is not a count", count, n))
	}
	for _, b := range s.Bounds(n) {
		if count >= b.From && count <= b.To {
			return b.Word
		}
	}
	return "none"
}
