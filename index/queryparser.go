package index

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

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
	node node // of an atom; of a NEAR or BEFORE, a near without its operands
}

type kind string

const (
	atom           kind = "word"
	opening        kind = "("
	closing        kind = ")"
	andOperator    kind = "AND"
	orOperator     kind = "OR"
	notOperator    kind = "NOT"
	nearOperator   kind = "NEAR"
	beforeOperator kind = "BEFORE"
	endOfQuery     kind = "end"
	quotes              = "\"“”„‟«»＂" // whichever opens, whichever closes: word processors mix them
	dashes              = "-−–"       // before a word they mean NOT; word processors turn one into the other
	loneDash            = `A dash stands alone. Write it directly before a word, as in -tribunal, to leave that word out; or delete it.`
	nothingThere        = `There is no word to search for. Write a word, or a "phrase" in quotation marks.`
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

// all reads: near { [AND] near }.
func (p *parser) all() (node, error) {
	var of []node
	for {
		n, err := p.near()
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

// near reads: one { NEAR one }, with one and the same NEAR.
func (p *parser) near() (node, error) {
	at := p.peek().at
	first, err := p.one()
	if err != nil || !p.peek().nears() {
		return first, err
	}
	if message := unplaceable(first); message != "" {
		return nil, p.fail(at, "%s", message)
	}
	n := p.peek().node.(near)
	n.of = []node{first}
	for p.peek().nears() {
		operator := p.peek()
		if o := operator.node.(near); o.distance != n.distance || o.ordered != n.ordered {
			return nil, p.fail(operator.at, "%[1]s stands beside %[2]s here. Put brackets around the words that belong together, as in (funding %[2]s tariff) %[1]s band.",
				o.operator(), n.operator())
		}
		p.at++
		at := p.peek().at
		next, err := p.one()
		if err != nil {
			return nil, err
		}
		if message := unplaceable(next); message != "" {
			return nil, p.fail(at, "%s", message)
		}
		if len(n.of) == maxNear {
			return nil, p.fail(operator.at, "%s joins at most %d words here. Split the search in two and join them with AND.", n.operator(), maxNear)
		}
		n.of = append(n.of, next)
	}
	return n, nil
}

func (t token) nears() bool { return t.kind == nearOperator || t.kind == beforeOperator }

// one reads: NOT near | ( either ) | atom.
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
		n, err := p.near()
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
	previous := token{kind: endOfQuery}
	if p.at > 0 {
		previous = p.tokens[p.at-1]
	}
	switch {
	case previous.operates():
		return p.fail(previous.at, "%[1]s has no word after it. Write one, or delete %[1]s; to search for the word itself, write \"%[2]s\" in quotation marks.",
			previous.kind, strings.ToLower(string(previous.kind)))
	case t.operates():
		return p.fail(t.at, "%[1]s has no word before it. Write one, or delete %[1]s; to search for the word itself, write \"%[2]s\" in quotation marks.",
			t.kind, strings.ToLower(string(t.kind)))
	case t.kind == closing && previous.kind == opening:
		return p.fail(previous.at, "There is nothing between these brackets. Write a word there, or delete them.")
	case t.kind == closing:
		return p.fail(t.at, "This bracket closes nothing. Delete it, or add ( before.")
	case previous.kind == opening:
		return p.fail(previous.at, "This bracket is never closed. Add ) where the group ends.")
	}
	return p.fail(t.at, nothingThere)
}

// operates reports whether a word has to follow.
func (t token) operates() bool {
	return t.kind == andOperator || t.kind == orOperator || t.kind == notOperator || t.nears()
}

// depth is how many lists, NOTs and NEARs are inside one another.
func depth(n node) int {
	var of []node
	switch n := n.(type) {
	case all:
		of = n.of
	case either:
		of = n.of
	case near:
		of = n.of
	case not:
		of = []node{n.of}
	default:
		return 0
	}
	deepest := 0
	for _, c := range of {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}
