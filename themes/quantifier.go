package themes

import (
	"fmt"
	"strconv"
	"strings"
)

// A Scale turns a count into a quantifier word by integer bounds worked out for n. The words stand from the least share
// to the greatest; the first covers everything from one member up. A scale for which [Scale.Check] is nil has exactly one word for
// every count.
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

// maxQuantifiers and maxQuantifier bound a scale: more words, or longer ones, are no scale.
const (
	maxQuantifiers = 20
	maxQuantifier  = 40
)

// ParseScale reads a scale as [Scale.String] writes it: the words from the least share to the greatest with commas between, each with
// the per cent from which it is used, or ">" and the per cent above which it is.
func ParseScale(text string) (Scale, error) {
	var s Scale
	for part := range strings.SplitSeq(text, ",") {
		fields := strings.Fields(part)
		if len(fields) < 2 {
			return nil, fmt.Errorf("%q has no word and no per cent: write a scale as %q", strings.TrimSpace(part), DefaultScale())
		}
		number, above := strings.CutPrefix(strings.TrimSuffix(fields[len(fields)-1], "%"), ">")
		from, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("%q does not end in a per cent: write a scale as %q", strings.TrimSpace(part), DefaultScale())
		}
		s = append(s, Quantifier{Word: strings.Join(fields[:len(fields)-1], " "), From: from, Above: above})
	}
	return s, s.Check()
}

// Check says what is wrong with a scale, or nil: it begins at 0 %, rises, and ends at 100 % or below; no word stands twice.
func (s Scale) Check() error {
	if len(s) == 0 || len(s) > maxQuantifiers {
		return fmt.Errorf("a scale has 1 to %d words, not %d", maxQuantifiers, len(s))
	}
	if s[0].From != 0 || s[0].Above {
		return fmt.Errorf("the first word, %q, must be used from 0 %%, so that every count has a word", s[0].Word)
	}
	seen := map[string]bool{}
	for i, q := range s {
		switch {
		case q.Word == "" || len([]rune(q.Word)) > maxQuantifier || strings.ContainsAny(q.Word, ",>%\n\r\t"):
			return fmt.Errorf("%q is no word for a scale", q.Word)
		case seen[strings.ToLower(q.Word)]:
			return fmt.Errorf("the scale has %q twice", q.Word)
		case q.From < 0 || q.From > 100 || q.From == 100 && q.Above:
			return fmt.Errorf("%q is used from %d %%: it must be from 0 to 100", q.Word, q.From)
		case i > 0 && (q.From < s[i-1].From || q.From == s[i-1].From && (!q.Above || s[i-1].Above)):
			return fmt.Errorf("%q must be used from a greater share than %q", q.Word, s[i-1].Word)
		}
		seen[strings.ToLower(q.Word)] = true
	}
	return nil
}

// String is the scale as [ParseScale] reads it.
func (s Scale) String() string {
	parts := make([]string, len(s))
	for i, q := range s {
		above := ""
		if q.Above {
			above = ">"
		}
		parts[i] = fmt.Sprintf("%s %s%d", q.Word, above, q.From)
	}
	return strings.Join(parts, ", ")
}

// Describe is the scale for n as outputs print it, in whole members: "few 1-5, less than half 6-19, ...".
func (s Scale) Describe(n int) string {
	var parts []string
	for _, b := range s.Bounds(n) {
		counts := fmt.Sprintf("%d-%d", b.From, b.To)
		if b.From == b.To {
			counts = strconv.Itoa(b.From)
		}
		parts = append(parts, b.Word+" "+counts)
	}
	return strings.Join(parts, ", ")
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

// A Quantity is a count of members with the quantifier word for it.
type Quantity struct {
	Count int    `json:"count"`
	Of    int    `json:"of"`
	Word  string `json:"word"` // by the consultation's scale; "none" for a count of nought
}

// Quantity is the count with its word; it panics as [Scale.Word] does.
func (s Scale) Quantity(count, n int) Quantity { return Quantity{count, n, s.Word(count, n)} }

// String is the quantity as outputs print it: "most (13 of 15)".
func (q Quantity) String() string { return fmt.Sprintf("%s (%d of %d)", q.Word, q.Count, q.Of) }
