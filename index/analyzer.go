package index

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// Words are a text as the search sees it. The same analysis feeds the search index, [Query.Match] and the words of a
// query, so the three cannot disagree. A Words never changes and may be shared.
//
// What counts as one word, and what is folded together:
//
//   - Case, accents, ligatures, soft hyphens and the shape of an apostrophe make no difference; "SENCo’s" is "senco".
//   - A hyphenated compound is its parts, one after the other, and also the parts run together: "co-production" is found
//     by co-production, "co production" and coproduction. Numbers alone ("2023-24") are not run together, nor are
//     compounds of more than [maxParts] parts.
//   - A currency sign in front of a figure and a % behind it (also after one space) belong to the word: "£70m", "46%".
//     The bare figure finds them too: 46 finds "46%", but 46% does not find "46". "46 per cent" stays three words.
//   - Small figures are as good as others in "CO₂" and "m²". Raised behind another word they are a note's and no word; 10⁶ is 10 and ⁶.
//   - "1,000" is 1000, "3.4" stays one word, "U.K." is uk. Any other mark parts words, as in "and/or" or "plan.We".
//
// Nothing is left out as too common: "should not" has to be a phrase.
type Words struct {
	List  []Word // one a position, in reading order
	forms []form
	first map[string]int32 // stem → 1 + the index of its first entry; entries are List, then forms
	next  []int32          // entry → 1 + the index of the next entry with its stem; 0 for none
}

// A Word is one word of a text: text[Start:End] is how it stands there.
type Word struct {
	Fold  string // folded, unstemmed: what a wildcard is matched on
	Stem  string // what words and phrases are matched on
	Start int    // byte offsets
	End   int
}

// A form is another way to read the words from position first to last: a compound run together, or (where first is
// last) a figure without its sign.
type form struct {
	fold, stem  string
	first, last int
}

const (
	// maxParts keeps a line of dashes between letters from becoming one endless word.
	maxParts = 6
	// maxStemmed is longer than any English word; the stemmer is quadratic on some longer ones.
	maxStemmed = 64
	// maxMemo bounds the memory of one analyser to a few megabytes.
	maxMemo = 50_000
)

// Analyse reads the words of a text. It is safe for concurrent use. Text that is not valid UTF-8 is read as far as it goes.
func Analyse(text string) *Words {
	a := analysers.Get().(*analyser)
	list, forms := a.read(text)
	w := &Words{List: slices.Clone(list), forms: slices.Clone(forms)}
	analysers.Put(a)
	w.link()
	return w
}

// link makes the words findable by stem. It goes backwards so that each chain runs forwards.
func (w *Words) link() {
	n := len(w.List) + len(w.forms)
	w.first = make(map[string]int32, n)
	w.next = make([]int32, n)
	for i := n - 1; i >= 0; i-- {
		stem := w.stem(i)
		w.next[i] = w.first[stem]
		w.first[stem] = int32(i + 1)
	}
}

func (w *Words) stem(entry int) string {
	if entry < len(w.List) {
		return w.List[entry].Stem
	}
	return w.forms[entry-len(w.List)].stem
}

// reaches are the places of a stem, sorted by where they start.
func (w *Words) reaches(stem string) []reach {
	var out []reach
	for i := w.first[stem]; i != 0; i = w.next[i-1] {
		entry := int(i - 1)
		if entry < len(w.List) {
			out = append(out, reach{entry, entry})
			continue
		}
		f := w.forms[entry-len(w.List)]
		out = append(out, reach{f.first, f.last})
	}
	if len(w.forms) > 0 {
		slices.SortFunc(out, reach.compare)
	}
	return out
}

// span is the bytes that a reach covers.
func (w *Words) span(r reach) Span {
	return Span{w.List[r.first].Start, w.List[r.last].End}
}

// analysers keep the words that they have met. Which analyser reads a text has no influence on the result.
var analysers = sync.Pool{New: func() any { return &analyser{memo: make(map[string]folded, 4096)} }}

// An analyser reads one text at a time and remembers how words fold.
type analyser struct {
	memo  map[string]folded // as it stands in a text → folded
	text  string
	list  []Word
	forms []form
	buf   []byte
}

// folded is what one word of a text becomes. bare is the figure of a signed one, "" for other words.
type folded struct{ fold, stem, bare string }

// read splits a text. The slices are valid until the next call.
func (a *analyser) read(text string) ([]Word, []form) {
	a.text, a.list, a.forms = text, a.list[:0], a.forms[:0]
	for i := 0; i < len(text); {
		end, ascii := chunk(text, i)
		if ascii {
			a.split(i, end)
		} else {
			a.cut(i, end)
		}
		i = end + 1
	}
	a.compounds()
	a.text = ""
	return a.list, a.forms
}

// chunk finds the end of the run of bytes that are neither space nor control, and says whether the run is ASCII.
// Word boundaries always exist at both ends, so a chunk can be read by itself; in ASCII, boundaries stand only beside
// marks that split looks at anyway.
func chunk(text string, start int) (end int, ascii bool) {
	ascii = true
	for end = start; end < len(text) && text[end] > ' '; end++ {
		if text[end] >= utf8.RuneSelf {
			ascii = false
		}
	}
	return end, ascii
}

// cut adds the words of text[from:to], with the small figures that belong to them, which Unicode's rules cut off: the 2 of "CO₂" and "m²". A
// figure raised behind another word is a note's and no word; behind a figure it is a power, and stays a word of its own.
func (a *analyser) cut(from, to int) {
	start, end, note := from, from, false // of the piece before, and whether it ended with a note's figure
	for it := words.FromString(a.text[from:to]); it.Next(); {
		s, e := from+it.Start(), from+it.End()
		before, piece := a.text[start:end], a.text[s:e]
		switch _, figure := raised(piece); {
		case s == end && sticks(before, piece):
		case figure && (note || s == end && before != "" && noted(before)):
			note = true
			continue
		default:
			a.split(start, end)
			start = s
		}
		end, note = e, false
	}
	a.split(start, end)
}

// sticks reports whether piece goes on with the word before it.
func sticks(before, piece string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(piece)
	_, up := raised(piece)
	return lowered(first) && wordRune(last) || lowered(last) && wordRune(first) || up && isLength(before)
}

// noted reports whether a figure raised behind s is a note's.
func noted(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return last > ' ' && !unicode.IsNumber(last) && !unicode.IsSpace(last)
}

// isLength reports whether s ends in a unit of length by itself, which may be squared.
func isLength(s string) bool {
	switch strings.ToLower(strings.TrimLeft(s, "0123456789.,")) {
	case "m", "mm", "cm", "km":
		return true
	}
	return false
}

// lowered reports whether r is a figure that stands low, as in H₂O.
func lowered(r rune) bool { return r >= '₀' && r <= '₉' }

// raised is the figure that s is when it stands high.
func raised(s string) (figure byte, ok bool) {
	for i, r := range []rune("⁰¹²³⁴⁵⁶⁷⁸⁹") {
		if s == string(r) {
			return byte('0' + i), true
		}
	}
	return 0, false
}

// split adds the words of text[from:to], which no word boundary cuts except beside punctuation.
func (a *analyser) split(from, to int) {
	for p := from; p < to; {
		r, n := runeAt(a.text, p)
		if !wordRune(r) {
			p += n
			continue
		}
		end := a.end(p, to)
		a.add(p, end)
		p = end
	}
}

// end finds where the word that starts at start ends, at most at to.
func (a *analyser) end(start, to int) int {
	last, single := rune(0), 0 // the last letter or digit; how many stand since the start or the last full stop
	for p := start; p < to; {
		r, n := runeAt(a.text, p)
		switch {
		case wordRune(r):
			last = r
			single++
		case r >= utf8.RuneSelf && unicode.In(r, unicode.M, unicode.Cf):
		case joins(r, last, single, a.text[p+n:to]):
			if r == '.' {
				single = 0
			}
		default:
			return p
		}
		p += n
	}
	return to
}

// joins reports whether the mark r does not end the word that it stands in: after last, with rest behind it.
func joins(r, last rune, run int, rest string) bool {
	if len(rest) == 0 {
		return false
	}
	next, n := runeAt(rest, 0)
	switch {
	case apostrophe(r):
		return unicode.IsLetter(last) && unicode.IsLetter(next)
	case r == '.' && digit(last):
		return digit(next)
	case r == '.': // U.K, e.g, but not plan.We
		return run == 1 && unicode.IsLetter(last) && unicode.IsLetter(next) && !startsWord(rest[n:])
	case r == ',': // 1,000, but not 3,4
		return digit(last) && len(rest) >= 3 && digits(rest[:3]) && !startsWord(rest[3:])
	}
	return false
}

// add adds the word text[start:end], with the sign before or behind it.
func (a *analyser) add(start, end int) {
	if digit(rune(a.text[start])) {
		start -= signBefore(a.text[:start])
	}
	if digit(rune(a.text[end-1])) {
		end += percentAfter(a.text[end:])
	}
	f := a.fold(a.text[start:end])
	a.list = append(a.list, Word{Fold: f.fold, Stem: f.stem, Start: start, End: end})
	if f.bare != "" {
		i := len(a.list) - 1
		a.forms = append(a.forms, form{fold: f.bare, stem: f.bare, first: i, last: i})
	}
}

// compounds adds the joined form of words with nothing but a hyphen between them.
func (a *analyser) compounds() {
	for i := 0; i < len(a.list); {
		j := i + 1
		for j < len(a.list) && hyphen(a.text[a.list[j-1].End:a.list[j].Start]) {
			j++
		}
		if parts := j - i; parts > 1 && parts <= maxParts {
			if f := a.join(a.list[i:j]); f.fold != "" {
				a.forms = append(a.forms, form{fold: f.fold, stem: f.stem, first: i, last: j - 1})
			}
		}
		i = j
	}
}

// join runs parts together; nothing is returned for numbers alone.
func (a *analyser) join(parts []Word) folded {
	raw := a.text[parts[0].Start:parts[len(parts)-1].End]
	if f, ok := a.memo[raw]; ok {
		return f
	}
	var f folded
	if strings.ContainsFunc(raw, unicode.IsLetter) {
		for _, p := range parts {
			f.fold += p.Fold
		}
		f.stem = stem(f.fold)
	}
	a.remember(raw, f)
	return f
}

// fold folds and stems a word, sign included.
func (a *analyser) fold(raw string) folded {
	if f, ok := a.memo[raw]; ok {
		return f
	}
	a.buf = appendFold(a.buf[:0], raw)
	if len(a.buf) == 0 { // nothing that folds, such as a lone modifier
		a.buf = append(a.buf, raw...)
	}
	fold := string(a.buf)
	f := folded{fold: fold, stem: stem(fold), bare: bareFigure(fold)}
	a.remember(raw, f)
	return f
}

// remember clones the key: a slice of a text would keep the whole text alive.
func (a *analyser) remember(raw string, f folded) {
	if len(raw) > maxStemmed {
		return
	}
	if len(a.memo) >= maxMemo {
		clear(a.memo)
	}
	a.memo[strings.Clone(raw)] = f
}

// signs are the marks that belong to a figure.
const signs = "£$€%"

// appendFold appends the folded form of one word: small letters without accents, digits, straight apostrophes inside,
// the marks of a figure; no possessive ending.
func appendFold(buf []byte, raw string) []byte {
	start := len(buf)
	for _, r := range raw {
		switch {
		case r >= 'a' && r <= 'z' || digit(r):
			buf = append(buf, byte(r))
		case r >= 'A' && r <= 'Z':
			buf = append(buf, byte(r)+'a'-'A')
		case apostrophe(r):
			buf = append(buf, '\'')
		case r == '.': // between digits it matters
			if len(buf) > start && digit(rune(buf[len(buf)-1])) {
				buf = append(buf, '.')
			}
		case strings.ContainsRune(signs, r):
			buf = utf8.AppendRune(buf, r)
		case lowered(r):
			buf = append(buf, byte(r-'₀'+'0'))
		case r >= utf8.RuneSelf && unicode.IsNumber(r):
			if figure, ok := raised(string(r)); ok && len(buf) > start && buf[len(buf)-1] >= 'a' { // m²
				buf = append(buf, figure)
				continue
			}
			buf = utf8.AppendRune(buf, r)
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			buf = appendLetter(buf, r)
		}
	}
	if word, ok := strings.CutSuffix(string(buf[start:]), "'s"); ok && word != "" {
		buf = buf[:len(buf)-2]
	}
	return buf
}

// appendLetter takes a letter apart: é becomes e, the ligature ﬁ becomes fi.
func appendLetter(buf []byte, r rune) []byte {
	for _, d := range norm.NFKD.String(string(r)) {
		if wordRune(d) {
			buf = utf8.AppendRune(buf, unicode.ToLower(d))
		}
	}
	return buf
}

func runeAt(s string, i int) (rune, int) {
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || digit(r)
	}
	return unicode.IsLetter(r) && !apostrophe(r) || unicode.IsNumber(r)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !digit(r) })
}

func startsWord(s string) bool {
	if s == "" {
		return false
	}
	r, _ := runeAt(s, 0)
	return wordRune(r)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' }

// hyphen reports whether s is one hyphen: the keyboard's, Unicode's, or the one that does not break.
func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" }

// signBefore is the length of the currency sign that s ends with.
func signBefore(s string) int {
	for _, sign := range []string{"£", "$", "€"} {
		if strings.HasSuffix(s, sign) {
			return len(sign)
		}
	}
	return 0
}

// percentAfter is the length of the per cent sign that s starts with, one space before it included.
func percentAfter(s string) int {
	for _, space := range []string{"", " ", "\u00a0", "\u202f", "\u2009"} {
		if strings.HasPrefix(s, space+"%") {
			return len(space) + 1
		}
	}
	return 0
}
