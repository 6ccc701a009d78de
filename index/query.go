package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Query is a search, and just as well a rule of the codebook. Make one with [ParseQuery].
//
// The language:
//
//	waiting times            both words, anywhere; every form of a word (wait, waits, waiting) counts as the same
//	"should not"             these words, one directly after the other; curly quotation marks do as well
//	delay OR wait            either; AND binds tighter than OR, so brackets help: plan (delay OR wait)
//	plan NOT tribunal        without the word; -tribunal says the same
//	fund*  organi?ation      * stands for any letters, ? inside a word for one; the word is matched as it is spelt
//	£*  46%                  signs belong to their figure
//	member:Parentkind        a field; quotation marks hold a value of several words together
//
// AND, OR and NOT are written in capitals. See [Words] for what is folded together.
// A Query never changes and may be shared.
type Query struct {
	root   node
	fields []Field
}

// A Field asks for something about a passage that is not in its words: member:Parentkind.
type Field struct {
	Name  string // one of [FieldNames]
	Value string // as written, without quotation marks; never empty
}

// FieldNames are the fields that a query may name, without the colon.
func FieldNames() []string {
	return []string{"member", "type", "theme", "stance", "question", "format", "date", "page"}
}

// A QueryError says what is wrong with a query and what to write instead.
type QueryError struct {
	Query   string
	At      int    // byte offset into Query of what is wrong
	Message string // for the person who wrote the query: sentences with a capital and a full stop
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("query %q, byte %d: %s", e.Query, e.At, e.Message)
}

// The limits of a query are far above what a person writes and keep the work that one can cause within bounds.
const (
	maxQuery     = 10_000 // bytes
	maxDepth     = 100    // of ANDs, ORs and NOTs inside one another
	maxWildcards = 50     // each may stand for thousands of words of the index
	maxPattern   = 100    // bytes of one wildcard
)

// A node is a part of a query: all, either, not, text, wildcard or Field.
type node any

type (
	all    struct{ of []node } // two or more, none of them an all
	either struct{ of []node } // two or more, none of them an either
	not    struct{ of node }
	text   struct {
		raw    string
		quoted bool
		words  sequence
	}
	wildcard struct {
		pattern string // folded
		prefix  string // of pattern, before the first * or ?
	}
)

// ParseQuery reads a query. The error is a [*QueryError].
func ParseQuery(s string) (*Query, error) {
	p := &parser{query: s}
	root, err := p.parse()
	if err != nil {
		return nil, err
	}
	return &Query{root: root, fields: p.fields}, nil
}

// Fields are the fields that the query names, in the order of the query.
func (q *Query) Fields() []Field { return slices.Clone(q.fields) }

// String is the query in one fixed spelling, with the brackets that show how it was understood. It parses to the same
// query, unless it is longer than a query may be.
func (q *Query) String() string {
	var b strings.Builder
	write(&b, q.root)
	return b.String()
}

func write(b *strings.Builder, n node) {
	switch n := n.(type) {
	case all:
		writeList(b, n.of, " ")
	case either:
		writeList(b, n.of, " OR ")
	case not:
		b.WriteString("NOT ")
		writeInner(b, n.of)
	case text:
		if n.quoted {
			b.WriteString(`"` + n.raw + `"`)
		} else {
			b.WriteString(n.raw)
		}
	case wildcard:
		b.WriteString(n.pattern)
	case Field:
		b.WriteString(n.Name + ":")
		if strings.ContainsFunc(n.Value, endsPiece) {
			b.WriteString(`"` + n.Value + `"`)
		} else {
			b.WriteString(n.Value)
		}
	}
}

func writeList(b *strings.Builder, of []node, between string) {
	for i, n := range of {
		if i > 0 {
			b.WriteString(between)
		}
		writeInner(b, n)
	}
}

// writeInner puts brackets around lists.
func writeInner(b *strings.Builder, n node) {
	switch n.(type) {
	case all, either:
		b.WriteByte('(')
		write(b, n)
		b.WriteByte(')')
	default:
		write(b, n)
	}
}

// A parser goes through the query once, by recursive descent.
type parser struct {
	query     string
	tokens    []token
	at        int // of tokens
	depth     int // of brackets and NOTs that are open
	wildcards int
	fields    []Field
}

type token struct {
	kind kind
	at   int
	node node // of an atom
}

type kind string

const (
	atom         kind = "word"
	opening      kind = "("
	closing      kind = ")"
	andOperator  kind = "AND"
	orOperator   kind = "OR"
	notOperator  kind = "NOT"
	endOfQuery   kind = "end"
	quotes            = "\"“”„‟«»＂" // whichever opens, whichever closes: word processors mix them
	dashes            = "-−–"       // before a word they mean NOT; word processors turn one into the other
	loneDash          = `A dash stands alone. Write it directly before a word, as in -tribunal, to leave that word out; or delete it.`
	nothingThere      = `There is no word to search for. Write a word, or a "phrase" in quotation marks.`
)

func (p *parser) fail(at int, message string, args ...any) error {
	return &QueryError{Query: p.query, At: at, Message: fmt.Sprintf(message, args...)}
}

func (p *parser) parse() (node, error) {
	if len(p.query) > maxQuery {
		return nil, p.fail(maxQuery, "The search is longer than %d characters. Write a shorter one, or several.", maxQuery)
	}
	for i, r := range p.query {
		if r == utf8.RuneError && !strings.HasPrefix(p.query[i:], "\uFFFD") {
			return nil, p.fail(i, "The search has a character that cannot be read. Type the word again.")
		}
	}
	if err := p.scan(); err != nil {
		return nil, err
	}
	if len(p.tokens) == 0 {
		return nil, p.fail(0, nothingThere)
	}
	root, err := p.either()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind == closing {
		return nil, p.fail(t.at, "This bracket closes nothing. Delete it, or add ( before.")
	}
	if depth(root) > maxDepth {
		return nil, p.tooDeep(0)
	}
	return root, nil
}

func (p *parser) tooDeep(at int) error {
	return p.fail(at, "There are too many brackets inside one another. Split the search into several.")
}

func (p *parser) peek() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return token{kind: endOfQuery, at: len(p.query)}
}

// either reads: all { OR all }.
func (p *parser) either() (node, error) {
	var of []node
	for {
		n, err := p.all()
		if err != nil {
			return nil, err
		}
		if inner, ok := n.(either); ok {
			of = append(of, inner.of...)
		} else {
			of = append(of, n)
		}
		if p.peek().kind != orOperator {
			break
		}
		p.at++
	}
	if len(of) == 1 {
		return of[0], nil
	}
	return either{of}, nil
}

// all reads: one { [AND] one }.
func (p *parser) all() (node, error) {
	var of []node
	for {
		n, err := p.one()
		if err != nil {
			return nil, err
		}
		if inner, ok := n.(all); ok {
			of = append(of, inner.of...)
		} else {
			of = append(of, n)
		}
		switch p.peek().kind {
		case andOperator:
			p.at++
			continue
		case orOperator, closing, endOfQuery:
		default:
			continue
		}
		break
	}
	if len(of) == 1 {
		return of[0], nil
	}
	return all{of}, nil
}

// one reads: NOT one | ( either ) | atom.
func (p *parser) one() (node, error) {
	t := p.peek()
	switch t.kind {
	case atom:
		p.at++
		return t.node, nil
	case notOperator, opening:
		p.at++
		if p.depth++; p.depth > 2*maxDepth { // a level of the tree opens at most a NOT and a bracket
			return nil, p.tooDeep(t.at)
		}
		defer func() { p.depth-- }()
	default:
		return nil, p.missing(t)
	}
	if t.kind == notOperator {
		n, err := p.one()
		return not{n}, err
	}
	n, err := p.either()
	if err != nil {
		return nil, err
	}
	if p.peek().kind != closing {
		return nil, p.fail(t.at, "This bracket is never closed. Add ) where the group ends.")
	}
	p.at++
	return n, nil
}

// missing says what should have stood where t stands.
func (p *parser) missing(t token) error {
	before := token{kind: endOfQuery}
	if p.at > 0 {
		before = p.tokens[p.at-1]
	}
	switch {
	case before.kind == andOperator || before.kind == orOperator || before.kind == notOperator:
		return p.fail(before.at, "%[1]s has no word after it. Write one, or delete %[1]s; to search for the word itself, write \"%[2]s\" in quotation marks.",
			before.kind, strings.ToLower(string(before.kind)))
	case t.kind == andOperator || t.kind == orOperator:
		return p.fail(t.at, "%[1]s has no word before it. Write one, or delete %[1]s; to search for the word itself, write \"%[2]s\" in quotation marks.",
			t.kind, strings.ToLower(string(t.kind)))
	case t.kind == closing && before.kind == opening:
		return p.fail(before.at, "There is nothing between these brackets. Write a word there, or delete them.")
	case t.kind == closing:
		return p.fail(t.at, "This bracket closes nothing. Delete it, or add ( before.")
	case before.kind == opening:
		return p.fail(before.at, "This bracket is never closed. Add ) where the group ends.")
	}
	return p.fail(t.at, nothingThere)
}

// depth is how many lists and NOTs are inside one another.
func depth(n node) int {
	deepest := 0
	switch n := n.(type) {
	case all:
		for _, c := range n.of {
			deepest = max(deepest, depth(c))
		}
	case either:
		for _, c := range n.of {
			deepest = max(deepest, depth(c))
		}
	case not:
		deepest = depth(n.of)
	default:
		return 0
	}
	return deepest + 1
}

// scan cuts the query into tokens. Marks that no search can find, such as a lone &, are passed over.
func (p *parser) scan() error {
	for i := 0; i < len(p.query); {
		r, n := runeAt(p.query, i)
		next := byte(' ')
		if i+n < len(p.query) {
			next = p.query[i+n]
		}
		var err error
		switch {
		case space(r):
			i += n
		case r == '(' || r == ')':
			p.push(kind(r), i, nil)
			i += n
		case strings.ContainsRune(quotes, r):
			i, err = p.quoted(i, n)
		case strings.ContainsRune(dashes, r):
			if next <= ' ' || next == ')' {
				return p.fail(i, loneDash)
			}
			p.push(notOperator, i, nil)
			i += n
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
	length := strings.IndexAny(p.query[i+n:], quotes)
	if length < 0 {
		return "", 0, p.fail(i, "This quotation mark is never closed. Add another one where the phrase ends.")
	}
	end := i + n + length
	_, n2 := runeAt(p.query, end)
	return p.query[i+n : end], end + n2, nil
}

// quoted reads a phrase and returns where it ends.
func (p *parser) quoted(i, n int) (int, error) {
	inside, next, err := p.quotation(i, n)
	if err != nil {
		return 0, err
	}
	if star := strings.IndexByte(inside, '*'); star >= 0 {
		return 0, p.fail(i+n+star, `A * cannot stand inside quotation marks. Leave it out: a phrase finds every form of its words, so "20 week" finds "20 weeks" too.`)
	}
	words := newSequence(inside)
	if len(words) == 0 {
		return 0, p.fail(i, "There is no word between these quotation marks. Write one, or delete them.")
	}
	p.push(atom, i, text{raw: inside, quoted: true, words: words})
	return next, nil
}

// piece reads what stands between spaces, brackets and quotation marks: an operator, a field, a wildcard or a word.
func (p *parser) piece(i int) (int, error) {
	end := len(p.query)
	if n := strings.IndexFunc(p.query[i:], endsPiece); n >= 0 {
		end = i + n
	}
	raw := p.query[i:end]
	switch kind(raw) {
	case andOperator, orOperator, notOperator:
		p.push(kind(raw), i, nil)
		return end, nil
	}
	if name, value, ok := strings.Cut(raw, ":"); ok && letters(name) {
		return p.field(i, end, name, value)
	}
	if message := unwritable(raw); message != "" {
		return 0, p.fail(i, "%s", message)
	}
	if pattern := barePattern(raw); strings.ContainsAny(pattern, "*?") {
		n, message := newWildcard(pattern)
		if message == "" && p.wildcards == maxWildcards {
			message = fmt.Sprintf("There are more than %d words with * or ?. Split the search into several.", maxWildcards)
		}
		if message != "" {
			return 0, p.fail(i, "%s", message)
		}
		p.wildcards++
		p.push(atom, i, n)
		return end, nil
	}
	if words := newSequence(raw); len(words) > 0 {
		p.push(atom, i, text{raw: raw, words: words})
	}
	return end, nil
}

// field reads a field that starts at i, whose name and unquoted value end at end.
func (p *parser) field(i, end int, name, value string) (int, error) {
	f := Field{Name: strings.ToLower(name), Value: value}
	if !slices.Contains(FieldNames(), f.Name) {
		return 0, p.fail(i, `There is no field called "%s". The fields are %s:. To search for the words themselves, put them in quotation marks.`,
			name, strings.Join(FieldNames(), ":, "))
	}
	if value == "" && end < len(p.query) {
		if r, n := runeAt(p.query, end); strings.ContainsRune(quotes, r) {
			inside, next, err := p.quotation(end, n)
			if err != nil {
				return 0, err
			}
			f.Value, end = strings.TrimSpace(inside), next
		}
	}
	if f.Value == "" {
		return 0, p.fail(i, `%[1]s: needs a value directly after the colon, as in %[1]s:"two words".`, f.Name)
	}
	p.fields = append(p.fields, f)
	p.push(atom, i, f)
	return end, nil
}

// unwritable says what to write instead of a piece that people write in other search boxes, or nothing.
func unwritable(raw string) string {
	near, ok := strings.CutPrefix(raw, "NEAR")
	switch {
	case raw == "or" || raw == "Or":
		return `Write OR in capitals between two words of which either will do; to search for the word itself, write "or" in quotation marks.`
	case raw == "|" || raw == "||":
		return "Write OR between two words of which either will do."
	case ok && (near == "" || near[0] == '/'):
		return "NEAR is not part of this search language. Put words that stand together in quotation marks, or join them with AND."
	case len(raw) > 1 && raw[len(raw)-1] == '~':
		return "A ~ is not part of this search language. Write the beginning of the word and a *, as in fund*."
	}
	return ""
}

// barePattern is a piece without what a pattern cannot hold: hyphens, since the index has "co-production" joined; commas
// and accents; marks around it, a closing ? among them.
func barePattern(raw string) string {
	raw = strings.Map(func(r rune) rune {
		if hyphen(string(r)) || r == ',' || unicode.In(r, unicode.M, unicode.Cf) {
			return -1
		}
		return r
	}, raw)
	return strings.TrimRight(strings.TrimLeft(raw, ".;:!'’‘"), "?.;:!'’‘")
}

// newWildcard folds a pattern, or says what is wrong with it.
func newWildcard(pattern string) (wildcard, string) {
	if len(pattern) > maxPattern {
		return wildcard{}, fmt.Sprintf("A word with * or ? may have at most %d characters. Write a shorter one.", maxPattern)
	}
	var folded []byte
	for _, r := range pattern {
		before := len(folded)
		switch {
		case r == '*' && strings.HasSuffix(string(folded), "*"):
			continue
		case r == '*' || r == '?':
			folded = append(folded, byte(r))
		case r == '.' && (before == 0 || !digit(rune(folded[before-1]))):
			continue
		case r == '.':
			folded = append(folded, '.')
		default:
			folded = appendFold(folded, string(r))
		}
		if len(folded) == before {
			return wildcard{}, fmt.Sprintf("A word with * or ? cannot hold %q. Put a space there, or search for the words without the * or ?.", string(r))
		}
	}
	w := wildcard{pattern: string(folded)}
	w.prefix = w.pattern[:max(0, strings.IndexAny(w.pattern, "*?"))]
	return w, w.tooWide()
}

// tooWide says that a pattern would find nearly everything, or nothing when it would not.
func (w wildcard) tooWide() string {
	known := 0
	for _, r := range w.pattern {
		if wordRune(r) {
			known++
		}
	}
	switch {
	case strings.ContainsAny(w.pattern, signs):
		return "" // £* and *% are few
	case w.prefix == "" && known < 3:
		return "A word that starts with * or ? needs at least three letters after it, as in *school."
	case known < 2:
		return "A word with * or ? needs at least two letters, as in fu*."
	}
	return ""
}

// endsPiece reports whether r ends a word of a query.
func endsPiece(r rune) bool {
	return space(r) || r == '(' || r == ')' || strings.ContainsRune(quotes, r)
}

func space(r rune) bool { return r <= ' ' || unicode.IsSpace(r) }

func letters(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}
