package counted

import (
	"strconv"
	"strings"
)

var units = func() map[string]int {
	out := map[string]int{}
	for i, w := range strings.Fields("nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		out[w] = i
	}
	out["zero"] = 0
	return out
}()

var tens = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

// maxNumber bounds a number: no consortium has a million members, and sums stay far from overflow.
const maxNumber = 1_000_000

// number reads the whole number at i; next is the token behind it.
func number(ts []token, i int) (n, next int, ok bool) {
	if i >= len(ts) || !ts[i].word {
		return 0, i, false
	}
	if c := ts[i].lower[0]; c >= '0' && c <= '9' {
		n, err := strconv.Atoi(strings.ReplaceAll(ts[i].lower, ",", ""))
		return n, i + 1, err == nil && n <= maxNumber && !ts[i].glued
	}
	switch word := lower(ts, i); {
	case word == "dozen":
		return 12, i + 1, true
	case word == "a" && lower(ts, i+1) == "dozen":
		return 12, i + 2, true
	case word == "half" && lower(ts, i+1) == "a" && lower(ts, i+2) == "dozen":
		return 6, i + 3, true
	case word == "a" && lower(ts, i+1) == "hundred":
		return hundreds(ts, 1, i+1)
	}
	n, next, ok = belowHundred(ts, i)
	if ok && lower(ts, next) == "hundred" {
		return hundreds(ts, n, next)
	}
	if ok && lower(ts, next) == "dozen" {
		return n * 12, next + 1, true
	}
	return n, next, ok
}

func belowHundred(ts []token, i int) (n, next int, ok bool) {
	if t, is := tens[lower(ts, i)]; is {
		if u, is := units[lower(ts, i+1)]; is && u > 0 && u < 10 {
			return t + u, i + 2, true
		}
		return t, i + 1, true
	}
	u, is := units[lower(ts, i)]
	return u, i + 1, is
}

// hundreds reads on from "hundred" at i, of which there are n.
func hundreds(ts []token, n, i int) (int, int, bool) {
	next := i + 1
	if lower(ts, next) == "and" {
		if rest, end, ok := belowHundred(ts, next+1); ok {
			return n*100 + rest, end, true
		}
	}
	return n * 100, next, true
}

// lower is the word of token i, "" outside.
func lower(ts []token, i int) string {
	if i < 0 || i >= len(ts) {
		return ""
	}
	return ts[i].lower
}

// are reports whether the tokens from i on are these words.
func are(ts []token, i int, words ...string) bool {
	for j, w := range words {
		if lower(ts, i+j) != w {
			return false
		}
	}
	return true
}

// fractions are shares in words.
var fractions = map[string]float64{"half": 1. / 2, "halves": 1. / 2, "third": 1. / 3, "thirds": 1. / 3, "quarter": 1. / 4, "quarters": 1. / 4, "fifth": 1. / 5, "fifths": 1. / 5,
	"sixth": 1. / 6, "sixths": 1. / 6, "eighth": 1. / 8, "eighths": 1. / 8, "tenth": 1. / 10, "tenths": 1. / 10}

// fraction reads a share at i: "half", "a third of", "two thirds", "80 per cent", "four in five", "nine out of ten".
func fraction(ts []token, i int) (a Amount, next int, ok bool) {
	a = Amount{Kind: Share, Decimals: -1}
	switch word := lower(ts, i); {
	case word == "half" && !are(ts, i+1, "a", "dozen"):
		a.Fraction = .5
		return a, i + 1, true
	case (word == "a" || word == "one") && fractions[lower(ts, i+1)] > 0:
		a.Fraction = fractions[lower(ts, i+1)]
		return a, i + 2, true
	}
	if p, next, ok := perCent(ts, i); ok {
		return p, next, true
	}
	n, next, ok := number(ts, i)
	if !ok {
		return a, i, false
	}
	if f := fractions[lower(ts, next)]; f > 0 && n > 1 {
		a.Fraction = float64(n) * f
		return a, next + 1, a.Fraction <= 1
	}
	return odds(ts, a, n, next)
}

func perCent(ts []token, i int) (Amount, int, bool) {
	a := Amount{Kind: Share}
	if i >= len(ts) || !ts[i].word {
		return a, i, false
	}
	next := i + 1
	value, err := strconv.ParseFloat(ts[i].lower, 64)
	if err != nil || ts[i].lower[0] > '9' {
		n, end, ok := number(ts, i)
		if !ok {
			return a, i, false
		}
		value, next = float64(n), end
	} else if _, decimals, ok := strings.Cut(ts[i].lower, "."); ok {
		a.Decimals = len(decimals)
	}
	switch {
	case lower(ts, next) == "%" || lower(ts, next) == "percent":
		next++
	case are(ts, next, "per", "cent"):
		next += 2
	default:
		return a, i, false
	}
	a.Fraction = value / 100
	return a, next, value <= 100
}

// odds reads "in five" or "out of ten" behind a number: a way of saying a share, where the second number is one that shares are told in.
func odds(ts []token, a Amount, n, i int) (Amount, int, bool) {
	next := i + 1
	switch {
	case lower(ts, i) == "in":
	case are(ts, i, "out", "of"):
		next++
	default:
		return a, i, false
	}
	if lower(ts, next) == "every" {
		next++
	}
	m, end, ok := number(ts, next)
	if !ok || n > m || m == 0 || lower(ts, i) == "out" && m != 3 && m != 4 && m != 5 && m != 10 && m != 100 {
		return a, i, false
	}
	a.Fraction = float64(n) / float64(m)
	return a, end, true
}
