package index

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// scan cuts the query into tokens. Marks that no search can find, such as a lone &, are passed over.
func (p *parser) scan() error {
	for i := 0; i < len(p.query); {
		r, n := runeAt(p.query, i)
		next := ' '
		if i+n < len(p.query) {
			next, _ = runeAt(p.query, i+n)
		}
		var err error
		switch {
		case space(r):
			i += n
		case r == '(' || r == ')':
			p.push(kind(r), i, nil)
			i += n
		case strings.ContainsRune(quotes, r):
			i, err = p.quoted(i, i, n)
		case strings.ContainsRune(dashes, r):
			if space(next) || next == ')' {
				return p.fail(i, loneDash)
			}
			p.push(notOperator, i, nil)
			i += n
		case r == '=':
			i, err = p.plain(i, next)
		default:
			i, err = p.piece(i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) push(k kind, at int, n node) {
	p.tokens = append(p.tokens, token{kind: k, at: at, node: n})
}

// quotation finds the text between the quotation mark at i, n bytes long, and the next one.
func (p *parser) quotation(i, n int) (inside string, next int, err error) {
	length := findUnescaped(p.query[i+n:], func(r rune) bool { return strings.ContainsRune(quotes, r) })
	if length < 0 {
		return "", 0, p.fail(i, "This quotation mark is never closed. Add another one where the phrase ends.")
	}
	end := i + n + length
	_, n2 := runeAt(p.query, end)
	return p.query[i+n : end], end + n2, nil
}

// quoted reads the phrase whose quotation mark is at i, n bytes long, and returns where it ends. The token starts at start.
func (p *parser) quoted(start, i, n int) (int, error) {
	inside, next, err := p.quotation(i, n)
	if err != nil {
		return 0, err
	}
	words, err := p.phrase(i+n, inside)
	if err != nil {
		return 0, err
	}
	if len(words) == 0 {
		return 0, p.fail(i, "There is no word between these quotation marks. Write one, or delete them.")
	}
	p.push(atom, start, text{raw: inside, quoted: true, plain: start < i, words: words})
	return next, nil
}

// phrase reads the words and patterns inside quotation marks, which start at at.
func (p *parser) phrase(at int, inside string) (sequence, error) {
	var out sequence
	done := 0 // up to which out has the words
	for i := 0; i < len(inside); {
		end := findUnescaped(inside[i:], space)
		if end < 0 {
			end = len(inside) - i
		}
		piece := inside[i : i+end]
		switch {
		case piece == "*" || piece == "**":
			return nil, p.fail(at+i, `A * cannot stand for a whole word. Write BEFORE where words may stand in between: "waited * weeks" is waited BEFORE/1 weeks.`)
		case hasWildcard(piece):
			w, err := p.wildcard(at+i, piece)
			if err != nil {
				return nil, err
			}
			out = append(append(out, newSequence(inside[done:i])...), step{{unit{pattern: w}}})
			done = i + end
		}
		i += end
		if i < len(inside) {
			_, n := runeAt(inside, i)
			i += n
		}
	}
	return append(out, newSequence(inside[done:])...), nil
}

// wildcard reads a pattern that starts at at.
func (p *parser) wildcard(at int, raw string) (wildcard, error) {
	w, message := newWildcard(barePattern(raw))
	if message != "" {
		return w, p.fail(at, "%s", message)
	}
	return w, p.expanding(at)
}

// expanding counts what stands for any number of words.
func (p *parser) expanding(at int) error {
	if p.wildcards == maxWildcards {
		return p.fail(at, "There are more than %d words with *, ? or ~. Split the search into several.", maxWildcards)
	}
	p.wildcards++
	return nil
}

// plain reads the word or phrase behind the = at i.
func (p *parser) plain(i int, next rune) (int, error) {
	switch {
	case space(next) || next == ')':
		return i + 1, nil
	case strings.ContainsRune(quotes, next):
		_, n := runeAt(p.query, i+1)
		return p.quoted(i, i+1, n)
	case next == '(':
		return 0, p.fail(i, `A = stands before one word or phrase, as in ="AP", and leaves its synonyms out. Write it before each word inside the brackets.`)
	}
	raw, end := p.upTo(i + 1)
	if strings.HasSuffix(raw, "~") || hasWildcard(raw) {
		return 0, p.fail(i, "A word with *, ? or ~ has no synonyms. Delete the = before it.")
	}
	if words := newSequence(raw); len(words) > 0 {
		p.push(atom, i, text{raw: raw, plain: true, words: words})
	}
	return end, nil
}

// upTo is what stands from i to the next space, bracket or quotation mark. A lone backslash at its end is a mark.
func (p *parser) upTo(i int) (raw string, end int) {
	end = len(p.query)
	if n := findUnescaped(p.query[i:], endsPiece); n >= 0 {
		end = i + n
	}
	raw = p.query[i:end]
	if trail := len(raw) - len(strings.TrimRight(raw, `\`)); trail%2 == 1 {
		raw = raw[:len(raw)-1]
	}
	return raw, end
}

// piece reads what stands between spaces, brackets and quotation marks: an operator, a field, a wildcard, a misspelt
// word or a word.
func (p *parser) piece(i int) (int, error) {
	raw, end := p.upTo(i)
	switch kind(raw) {
	case "":
		return end, nil
	case andOperator, orOperator, notOperator:
		p.push(kind(raw), i, nil)
		return end, nil
	}
	if n, ok, message := newNear(raw); message != "" {
		return 0, p.fail(i, "%s", message)
	} else if ok {
		p.push(n.kind(), i, n)
		return end, nil
	}
	if name, value, ok := strings.Cut(raw, ":"); ok && letters(name) {
		return p.field(i, end, name, value)
	}
	if message := p.unwritable(i, raw); message != "" {
		return 0, p.fail(i, "%s", message)
	}
	if word, edits, ok := cutFuzzy(raw); ok {
		n, message := newFuzzy(word, edits)
		if message != "" {
			return 0, p.fail(i, "%s", message)
		}
		p.push(atom, i, n)
		return end, p.expanding(i)
	}
	if hasWildcard(raw) {
		w, err := p.wildcard(i, raw)
		if err != nil {
			return 0, err
		}
		p.push(atom, i, w)
		return end, nil
	}
	if words := newSequence(raw); len(words) > 0 {
		p.push(atom, i, text{raw: raw, words: words})
	}
	return end, nil
}

// field reads a field that starts at i, whose name and unquoted value end at end.
func (p *parser) field(i, end int, name, value string) (int, error) {
	f := Field{Name: strings.ToLower(name), Value: unescape(value)}
	if !slices.Contains(FieldNames(), f.Name) {
		return 0, p.fail(i, `There is no field called "%s". The fields are %s:. To search for the words themselves, put them in quotation marks.`,
			name, strings.Join(FieldNames(), ":, "))
	}
	if value == "" && end < len(p.query) {
		switch r, n := runeAt(p.query, end); {
		case strings.ContainsRune(quotes, r):
			inside, next, err := p.quotation(end, n)
			if err != nil {
				return 0, err
			}
			f.Value, end = strings.TrimSpace(unescape(inside)), next
		case r == '(':
			return 0, p.fail(i, "%[1]s: takes one value. Repeat it for each, as in (%[1]s:one OR %[1]s:two).", f.Name)
		}
	}
	if f.Value == "" {
		return 0, p.fail(i, `%[1]s: needs a value directly after the colon, as in %[1]s:%[2]s.`, f.Name, example(f.Name))
	}
	if message := f.fault(); message != "" {
		return 0, p.fail(i+len(name)+1, "%s", message)
	}
	p.fields = append(p.fields, f)
	p.push(atom, i, f)
	return end, nil
}

// foreignNear is how other search boxes write NEAR/5.
var foreignNear = regexp.MustCompile(`^(?:(?i:near|before|adj|pre|within|w)/|(?:NEAR|BEFORE|ADJ|PRE)[-:~]?)([0-9]+)$`)

// unwritable says what to write instead of a piece that people write in other search boxes, or nothing.
func (p *parser) unwritable(i int, raw string) string {
	behindPhrase := i > 0 && p.query[i-1] == '"' && raw[0] == '~'
	last := raw[len(raw)-1]
	switch {
	case raw == "or" || raw == "Or":
		return `Write OR in capitals between two words of which either will do; to search for the word itself, write "or" in quotation marks.`
	case raw == "|" || raw == "||":
		return "Write OR between two words of which either will do."
	case apostrophed.MatchString(p.query[i:]):
		return `A phrase stands in double quotation marks, as in "should not". Write them in the place of the single ones.`
	case behindPhrase:
		return "A phrase has no ~. To find words that stand near one another, write NEAR between them, as in funding NEAR/5 tariff."
	case raw[0] == '!' && startsWord(raw[1:]):
		return "A ! does not leave a word out. Write NOT or - before the word, as in -tribunal."
	case raw[0] == '/' && last == '/' && len(raw) > 2:
		return "A pattern is written with * and ?, as in fund* or organi?ation."
	case last == '%' && len(raw) > 1 && unicode.IsLetter(rune(raw[len(raw)-2])):
		return "A % stands for no letters. Write *, as in fund*."
	case powered.MatchString(raw):
		return "A ^ does not make a word count for more. Delete it and what follows it: the passages are ranked by themselves."
	}
	return ""
}

// apostrophed is a phrase in single quotation marks, in which no word has an apostrophe.
var apostrophed = regexp.MustCompile(`^['‘]\pL[^'‘’"“”()]*\s[^'‘’"“”()]*\pL['’](?:[\s).,;]|$)`)

// powered is how other search boxes make a word weigh more.
var powered = regexp.MustCompile(`^\pL+\^[0-9.]+$`)

// endsPiece reports whether r ends a word of a query.
func endsPiece(r rune) bool {
	return space(r) || r == '(' || r == ')' || strings.ContainsRune(quotes, r)
}

func space(r rune) bool { return r <= ' ' || unicode.IsSpace(r) }

func letters(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// findUnescaped is the first rune without a backslash before it that is wanted, or -1. A backslash before a space is a mark.
func findUnescaped(s string, wanted func(rune) bool) int {
	escaped := false
	for i, r := range s {
		switch {
		case escaped && !space(r):
			escaped = false
			continue
		case wanted(r):
			return i
		}
		escaped = r == '\\'
	}
	return -1
}

// unescape takes away the backslashes that make a sign text. Before a letter a backslash is a mark like any other, which
// words do not hold either.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if r, n := runeAt(s, i+1); !space(r) && !wordRune(r) {
				b.WriteString(s[i+1 : i+1+n])
				i += n
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// escape writes a value so that it can be read again.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\\' || strings.ContainsRune(quotes, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// number reads a whole number of up to four figures.
func number(s string) (int, bool) {
	if s == "" || len(s) > 4 || !digits(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
