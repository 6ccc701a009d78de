package quotation

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Block is a paragraph of a draft.
type Block struct {
	Text  string
	Quote bool   // it is set as a block quotation, by its style or its indent
	Apart bool   // a note or a page's furniture: no quotation goes from it into the next block
	Notes []Note // whose marks stand in it, in order
}

// A Note is a note and where its mark stands.
type Note struct {
	At   int // byte of the block's text
	Text string
}

// A Quotation is a stretch of a draft that stands as somebody's words.
type Quotation struct {
	Block, Last int    // of the draft, in which it begins and ends
	Start, End  int    // byte offsets into the texts of these blocks, marks and all
	Text        string // the words, without the marks around them; paragraphs are parted by a blank line
	Closed      bool   // the mark that closes it is there; without one it is taken to go on to its paragraph's end
	Set         bool   // it is a block quotation
	Readings    []Reading
}

// A Reading is another end that a quotation in single marks may have: an apostrophe looks like the mark that closes.
type Reading struct {
	End  int
	Text string
}

// maxParagraphs bounds a quotation that goes on from paragraph to paragraph.
const maxParagraphs = 40

// Find finds the quotations of a draft, in order. A quotation within a quotation is part of its words.
func Find(blocks []Block) []Quotation {
	var out []Quotation
	from := 0 // byte of the first block that is not read yet
	for i := 0; i < len(blocks); {
		if blocks[i].Quote && from == 0 {
			out = append(out, set(blocks, i)...)
			i++
			continue
		}
		q, ok := next(blocks, i, from)
		if !ok {
			i, from = i+1, 0
			continue
		}
		out = append(out, q)
		i, from = q.Last, q.End
	}
	return out
}

// next is the first quotation of a block from a byte on.
func next(blocks []Block, i, from int) (Quotation, bool) {
	text := blocks[i].Text
	unclosed := false // no single mark closes anything up to the block's end: looking from each would take for ever
	for at := from; at < len(text); {
		_, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case opensDouble(text, at):
			return double(blocks, i, at), true
		case !unclosed && opensSingle(text, at):
			q, ok := single(blocks, i, at)
			if ok {
				return q, true
			}
			unclosed = true
		}
		at += size
	}
	return Quotation{}, false
}

// around are the runes before and after the one at a byte of a text; 0 at its ends.
func around(text string, at int) (before, r, after rune, size int) {
	r, size = utf8.DecodeRuneInString(text[at:])
	if at > 0 {
		before, _ = utf8.DecodeLastRuneInString(text[:at])
	}
	if at+size < len(text) {
		after, _ = utf8.DecodeRuneInString(text[at+size:])
	}
	return before, r, after, size
}

// free reports a rune after which a mark opens rather than closes.
func free(before rune) bool {
	return before == 0 || unicode.IsSpace(before) || unseen(before) || strings.ContainsRune("([{/—–-‑“‘\"'«:;,=", before)
}

func opensDouble(text string, at int) bool {
	before, r, after, _ := around(text, at)
	switch r {
	case '“', '„', '«', '‟':
		return true
	case '"':
		return free(before) && after != 0 && !unicode.IsSpace(after)
	}
	return false
}

func closesDouble(text string, at int) bool {
	before, r, after, _ := around(text, at)
	switch r {
	case '”', '»':
		return true
	case '"':
		return !unicode.IsSpace(before) || after == 0 || !inWord(after)
	}
	return false
}

// double is the quotation that a double mark opens.
func double(blocks []Block, i, at int) Quotation {
	q := Quotation{Block: i, Last: i, Start: at}
	_, size := utf8.DecodeRuneInString(blocks[i].Text[at:])
	var b strings.Builder
	from := at + size
	for n := 0; ; n++ {
		text := blocks[q.Last].Text
		end, closed := closing(text, from)
		b.WriteString(text[from:end])
		if closed {
			_, size := utf8.DecodeRuneInString(text[end:])
			q.End, q.Closed, q.Text = end+size, true, b.String()
			return q
		}
		goesOn := continued(blocks, q.Last, opensDouble)
		if goesOn < 0 || n == maxParagraphs {
			q.End, q.Text = len(text), b.String()
			return q
		}
		b.WriteString(parting)
		q.Last, from = q.Last+1, goesOn
	}
}

// closing is the byte of the mark that closes what was opened before a byte.
func closing(text string, from int) (at int, closed bool) {
	depth := 0
	for at = from; at < len(text); {
		_, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case closesDouble(text, at) && (text[at] != '"' || depth == 0 || !opensDouble(text, at)):
			if depth == 0 {
				return at, true
			}
			depth--
		case opensDouble(text, at):
			depth++
		}
		at += size
	}
	if depth > 0 { // an opening mark too many: the last closing one closes
		for at = len(text); at > from; {
			_, size := utf8.DecodeLastRuneInString(text[:at])
			if at -= size; closesDouble(text, at) {
				return at, true
			}
		}
	}
	return len(text), false
}

// continued is where the words of the next block begin when it goes on with a quotation, by beginning with a mark that opens; -1 when not.
func continued(blocks []Block, i int, opens func(string, int) bool) int {
	if i+1 >= len(blocks) || blocks[i+1].Quote || blocks[i].Apart != blocks[i+1].Apart {
		return -1
	}
	text := blocks[i+1].Text
	at := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if at >= len(text) || !opens(text, at) {
		return -1
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return at + size
}

// notOpening are words that begin with an apostrophe.
var notOpening = regexp.MustCompile(`^['’‘](?:\d0s\b|\d\d\b|(?i:tis|twas|til|em|cause|bout|n)\b)`)

func opensSingle(text string, at int) bool {
	before, r, after, _ := around(text, at)
	switch {
	case r != '‘' && r != '‚' && r != '‹' && r != '\'':
		return false
	case r == '\'' && (!free(before) || before == '\'' || after == 0 || unicode.IsSpace(after)):
		return false
	case inWord(before):
		return false
	}
	return !notOpening.MatchString(text[at:])
}

func closesSingle(text string, at int) bool {
	before, r, after, _ := around(text, at)
	return (r == '’' || r == '\'' || r == '›') && before != 0 && !unicode.IsSpace(before) && !inWord(after)
}

// leastUnclosed is how many words stand behind a single mark that nothing closes before it is taken for one that was forgotten.
const leastUnclosed = 4

// single is the quotation that a single mark opens; false when nothing closes it, for then it is an apostrophe.
func single(blocks []Block, i, at int) (Quotation, bool) {
	q := Quotation{Block: i, Last: i, Start: at}
	opening, size := utf8.DecodeRuneInString(blocks[i].Text[at:])
	from := at + size
	prefix := ""
	for n := 0; ; n++ {
		text := blocks[q.Last].Text
		if ends := singleEnds(text, from); len(ends) > 0 {
			q.Closed = true
			for _, end := range ends {
				_, size := utf8.DecodeRuneInString(text[end:])
				q.Readings = append(q.Readings, Reading{end + size, prefix + text[from:end]})
			}
			chosen := likelyEnd(text, ends)
			q.End, q.Text = q.Readings[chosen].End, q.Readings[chosen].Text
			if q.Readings = append(q.Readings[:chosen:chosen], q.Readings[chosen+1:]...); len(q.Readings) == 0 {
				q.Readings = nil
			}
			return q, true
		}
		goesOn := continued(blocks, q.Last, opensSingle)
		if goesOn < 0 || n == maxParagraphs {
			q.End, q.Text = len(text), prefix+text[from:]
			return q, opening == '‘' && (n > 0 || len(words(q.Text)) >= leastUnclosed)
		}
		prefix += text[from:] + parting
		q.Last, from = q.Last+1, goesOn
	}
}

// maxEnds bounds the ends that are thought of.
const maxEnds = 12

// singleEnds are the bytes at which a quotation in single marks may end: up to the next mark that opens one. A mark that opens before any closed
// opens a quotation within.
func singleEnds(text string, from int) []int {
	var out []int
	depth := 0
	for at := from; at < len(text) && len(out) < maxEnds; {
		_, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case closesSingle(text, at) && depth > 0:
			depth--
		case closesSingle(text, at):
			out = append(out, at)
		case at > from && opensSingle(text, at):
			if len(out) > 0 {
				return out
			}
			depth++
		}
		at += size
	}
	if len(out) == 0 && depth == 0 {
		for at := from; at < len(text); { // as many within as there are marks: the last closes
			_, size := utf8.DecodeRuneInString(text[at:])
			if closesSingle(text, at) {
				out = []int{at}
			}
			at += size
		}
	}
	return out
}

// likelyEnd is the number of the end that is most likely. A mark behind another letter than s closes; behind an s it may be a possessive, "the
// members' views", and is taken for one where a small letter follows.
func likelyEnd(text string, ends []int) int {
	soft := -1
	for i, at := range ends {
		if last, _ := utf8.DecodeLastRuneInString(text[:at]); last != 's' && last != 'S' {
			return i
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		rest := strings.TrimLeft(text[at+size:], " \u00a0")
		next, _ := utf8.DecodeRuneInString(rest)
		if soft < 0 && (len(rest) == len(text)-at-size || !unicode.IsLower(next)) {
			soft = i
		}
	}
	return max(soft, 0)
}

// signature is a line below a block quotation that says whose it is.
var signature = regexp.MustCompile(`(?:\n\s*|[.!?…”’"']\s*)[—–―-]+\s*\p{Lu}[^\n]{2,120}$`)

// set is what a block that is set as a quotation quotes: all of it, or what stands in marks where it begins with one.
func set(blocks []Block, i int) []Quotation {
	text := blocks[i].Text
	start := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if start == len(text) {
		return nil
	}
	end := len(strings.TrimRightFunc(text, unicode.IsSpace))
	if m := signature.FindStringIndex(text[:end]); m != nil {
		_, size := utf8.DecodeRuneInString(text[m[0]:])
		end = len(strings.TrimRightFunc(text[:m[0]+size], unicode.IsSpace))
	}
	words := text[start:end]
	if opensDouble(text, start) {
		_, size := utf8.DecodeRuneInString(text[start:])
		if at, closed := closing(text[:end], start+size); closed && strings.TrimSpace(strings.Trim(text[at:end], "”\"».")) == "" {
			words = text[start+size : at]
		} else if !closed {
			words = text[start+size : end]
		}
	}
	return []Quotation{{Block: i, Last: i, Start: start, End: end, Text: words, Closed: true, Set: true}}
}
