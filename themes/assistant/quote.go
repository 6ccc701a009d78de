package assistant

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of a passage a quote must be: less than that says nothing, since it stands in every text.
const (
	leastWords   = 2
	leastLetters = 8
	maxQuote     = 1000 // bytes
)

// Why a quote does not hold.
const (
	notThere = "the quote is not in the passage"
	tooShort = "the quote is too short to say anything"
	tooLong  = "the quote is too long"
	cutShort = "the quote leaves out the word before it that turns it round"
)

// quoted finds a quote in a passage's words and gives them as they stand there. Only what a typewriter would not know may differ: the shape of
// quotation marks and dashes, kinds and runs of white space, soft hyphens and a hyphen at a line's end. It must begin and end with
// whole words, so that "sufficient" is not found in "insufficient", and not just behind a "not". why says what is wrong, or is "".
func quoted(words, quote string) (exact, why string) {
	if len(quote) > maxQuote {
		return "", tooLong
	}
	text, wanted := typed(words), typed(quote)
	wanted.text = strings.Trim(wanted.text, ` "'`)
	letters := 0
	for _, r := range wanted.text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	if letters < leastLetters || len(strings.Fields(wanted.text)) < leastWords {
		return "", tooShort
	}
	why = notThere
	for from := 0; from < len(text.text); {
		at := strings.Index(text.text[from:], wanted.text)
		if at < 0 {
			break
		}
		at += from
		end := at + len(wanted.text)
		if wholeWords(text.text, at, end) {
			if !turned(text.text[:at]) {
				return words[text.at[at]:text.at[end]], ""
			}
			why = cutShort
		}
		_, size := utf8.DecodeRuneInString(text.text[at:])
		from = at + size
	}
	return "", why
}

// A typing is a text as a typewriter would have it. Byte i of it comes from byte at[i] of the text; at has one more, for the end.
type typing struct {
	text string
	at   []int
}

func typed(s string) typing {
	var b strings.Builder
	var at []int
	put := func(out string, from int) {
		for range len(out) {
			at = append(at, from)
		}
		b.WriteString(out)
	}
	space := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF':
			i += size
			continue
		case unicode.IsSpace(r):
			if !space {
				put(" ", i)
			}
			space = true
			i += size
			continue
		case r == '-' && lineEnds(s[i+size:]) && b.Len() > 0:
			i += size
			for i < len(s) && (s[i] == '\n' || s[i] == '\r' || s[i] == ' ') {
				i++
			}
			continue
		case strings.ContainsRune("‘’‚‛′", r):
			put("'", i)
		case strings.ContainsRune("“”„‟″«»", r):
			put(`"`, i)
		case strings.ContainsRune("‐‑‒–—―−", r):
			put("-", i)
		default:
			put(s[i:i+size], i)
		}
		space = false
		i += size
	}
	return typing{b.String(), append(at, len(s))}
}

// lineEnds reports a line's end with a small letter behind it: then the hyphen before it parts a word.
func lineEnds(s string) bool {
	rest := strings.TrimLeft(s, "\r\n ")
	if !strings.HasPrefix(strings.TrimLeft(s, "\r"), "\n") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(r)
}

// wholeWords reports whether no word is cut at either end of a range.
func wholeWords(s string, start, end int) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	first, _ := utf8.DecodeRuneInString(s[start:])
	last, _ := utf8.DecodeLastRuneInString(s[:end])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return !(word(before) && word(first)) && !(word(last) && word(after))
}

// turned reports whether a text ends in a word that turns round what follows, in the same sentence.
func turned(before string) bool {
	before = strings.TrimRight(before, " ")
	at := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	last := strings.ToLower(before[at+1:])
	if strings.HasSuffix(last, "n't") {
		return true
	}
	switch last {
	case "not", "no", "never", "nor", "neither", "cannot", "without", "hardly", "non", "un":
		return true
	}
	return false
}
