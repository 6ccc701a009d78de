package themes

import (
	"strings"
	"unicode/utf8"
)

// maxLine is how many characters of a sentence a matrix cell shows.
const maxLine = 180

// elided marks words that a line leaves out, at its end or inside it.
const elided = "…"

// line shows a sentence in one line of at most [maxLine] characters. White space runs become a space. What is too long is cut where a clause
// ends, or at a word, and marked. What turns or limits what stands before it, a "but", an "only if", a "not", is never cut
// away unseen: the line then shows the beginning, the mark, and that clause.
func line(words string) string {
	l := shortened{words: strings.Fields(words)}
	whole := strings.Join(l.words, " ")
	if utf8.RuneCountInString(whole) <= maxLine {
		return whole
	}
	l.measure()
	if cut := l.cutWithin(maxLine - 1); l.firstTurn(cut) == len(l.words) {
		return cutAt(l.ended(0, max(1, cut)))
	}
	return l.withTurn()
}

// A shortened is a sentence on its way to a line.
type shortened struct {
	words []string
	ends  []int // characters up to the end of each word, the spaces counted
}

func (l *shortened) measure() {
	n := -1
	for _, w := range l.words {
		n += 1 + utf8.RuneCountInString(w)
		l.ends = append(l.ends, n)
	}
}

// length is the characters of the words from one to before another.
func (l *shortened) length(from, to int) int {
	switch {
	case to <= from:
		return 0
	case from == 0:
		return l.ends[to-1]
	}
	return l.ends[to-1] - l.ends[from-1] - 1
}

// cutWithin is the number of words to show in so many characters: to the end of a clause if that is past the half, else to a word that does
// not lean on the next.
func (l *shortened) cutWithin(most int) int {
	n := 0
	for n < len(l.words) && l.ends[n] <= most {
		n++
	}
	for i := n; i > 0 && l.ends[i-1] > most/2; i-- {
		if l.closes(i-1) || i < len(l.words) && joins[plainWord(l.words[i])] {
			n = i
			break
		}
	}
	for n > 1 && leans[plainWord(l.words[n-1])] {
		n--
	}
	return n
}

// closes reports whether a clause ends with a word.
func (l *shortened) closes(i int) bool {
	return strings.HasSuffix(l.words[i], ",") || strings.HasSuffix(l.words[i], ";") || strings.HasSuffix(l.words[i], ".") || strings.HasSuffix(l.words[i], ")") || l.dash(i)
}

func (l *shortened) dash(i int) bool {
	return l.words[i] == "–" || l.words[i] == "—" || l.words[i] == "-"
}

// turnReach is how many words must be shown from one that turns on, for the reader to see what it turns to.
const turnReach = 4

// firstTurn is the first word that turns or limits what stands before it and that would not be shown, with what it says, if the words from cut
// on were left out. A clause with a subject of its own is one where there is no plainer turn. The number of words means none.
func (l *shortened) firstTurn(cut int) int {
	subject := len(l.words)
	for i := max(0, cut-turnReach+1); i < len(l.words); i++ {
		switch w := plainWord(l.words[i]); {
		case turning[w], strings.HasSuffix(w, "n't"), w == "long" && i > 0 && (plainWord(l.words[i-1]) == "as" || plainWord(l.words[i-1]) == "so"):
			return i
		case i >= cut && subject == len(l.words) && l.begins(i):
			subject = i
		}
	}
	return subject
}

// begins reports whether a clause with a subject of its own begins with a word.
func (l *shortened) begins(i int) bool {
	if i == 0 || !l.closes(i-1) && !strings.HasSuffix(l.words[i-1], ":") && plainWord(l.words[i-1]) != "and" {
		return false
	}
	w := plainWord(l.words[i])
	return subjects[w] || w == "that" && i+1 < len(l.words) && says[plainWord(l.words[i+1])] // "and that is untrue", not "and that they"
}

// withTurn is the beginning, the mark, and the first clause that turns and does not stand in the beginning. The more room that takes, the
// shorter is the beginning, until nothing turns between the two.
func (l *shortened) withTurn() string {
	turn := l.firstTurn(l.cutWithin(maxLine - 1))
	for {
		from := l.clauseStart(turn)
		to := max(l.fit(from, maxLine/2), min(len(l.words), turn+turnReach))
		head := l.cutWithin(maxLine - l.length(from, to) - 4)
		if head >= from {
			return cutAt(l.ended(0, max(to, l.fit(0, maxLine-1))))
		}
		if next := l.firstTurn(head); next < turn {
			turn = next
			continue
		}
		if head == 0 {
			return cutAt(l.ended(from, to))
		}
		return cutAt(strings.TrimSuffix(l.ended(0, head), elided) + " " + elided + " " + l.ended(from, to))
	}
}

// clauseStart is where the clause of a word that turns begins, if that is near: "and we do not" rather than "not".
// Else it is two words before, for a "not" to have its verb.
func (l *shortened) clauseStart(turn int) int {
	for i := turn; i > max(0, turn-6); i-- {
		if l.closes(i-1) || joins[plainWord(l.words[i])] {
			return i
		}
	}
	return max(0, turn-2)
}

// fit is the end of the words that so many characters hold, from one on.
func (l *shortened) fit(from, most int) int {
	to := from
	for to < len(l.words) && l.length(from, to+1) <= most {
		to++
	}
	return to
}

// ended are the words from one to before another, with the mark if more follow.
func (l *shortened) ended(from, to int) string {
	s := strings.Join(l.words[from:to], " ")
	if to == len(l.words) {
		return s
	}
	s = strings.TrimRight(s, " ,;:–—-")
	return s + elided
}

// cutAt is the last resort for words that are longer than a line.
func cutAt(s string) string {
	if r := []rune(s); len(r) > maxLine {
		return string(r[:maxLine-1]) + elided
	}
	return s
}

// plainWord is a word without marks and in small letters.
func plainWord(word string) string {
	return strings.ReplaceAll(strings.ToLower(strings.Trim(word, `.,;:!?()[]"'“”‘’`)), "’", "'")
}

// What is not to be cut away unseen, and where a line may be cut.
var (
	turning = wordList(`but unless except excepting however though although yet only provided providing if until without not no never nor neither
		none nobody nothing cannot hardly scarcely barely against oppose opposes opposed opposing reject rejects rejected instead rather whereas while
		whilst despite otherwise false untrue wrong mistaken subject condition conditions conditional once say says said argue argues argued claim claims
		claimed according doubt doubts doubtful unable unlikely unconvinced unpersuaded disagree disagrees withdraw withdrawn scrap scrapped fail
		fails refuse refuses far least`)
	subjects = wordList(`we i our my this it they these`)
	says     = wordList(`is was would will seems`)
	joins    = wordList(`because so which who where and or since`)
	leans    = wordList(`a an the of to in on at by for from with and or as than that which who is are be been was were will would should must can could
		may might has have had not no do does did we i it they our its their this these very more most such`)
)

func wordList(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
