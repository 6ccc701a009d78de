package index

import (
	"fmt"
	"slices"
	"strings"
)

// A Query is a search, and just as well a rule of the codebook. Make one with [ParseQuery].
//
// The language:
//
//	waiting times             both words, anywhere; every form of a word (wait, waits, waiting) counts as the same
//	"should not"              these words, one directly after the other; curly quotation marks do as well
//	"inclusion plan*"         a word of a phrase may be a pattern
//	delay OR wait             either; AND binds tighter than OR, so brackets help: plan (delay OR wait)
//	plan NOT tribunal         without the word; -tribunal says the same
//	fund*  organi?ation       * stands for any letters, ? inside a word for one; the word is matched as it is spelt
//	£*  46%                   signs belong to their figure
//	tribunual~  tribunal~2    misspelt: one letter more, less, other or swapped with its neighbour; two in a word of more
//	                          than eight letters, or after ~2; the word is matched as it is spelt
//	funding NEAR/8 tariff     both, in any order, with at most 8 words in between; NEAR alone is NEAR/10
//	funding BEFORE/8 tariff   likewise, and in this order
//	member:Parentkind         a field; quotation marks hold a value of several words together
//	page:3..7  page:>3        a range: also 3.. and ..7, >=, < and <=; date:2023-04..2023-05 ends with the last day of May
//	="AP"  =AP                the words as they are, without their synonyms; see [Query.WithSynonyms]
//	\AND  \-5  "12\" ruler"   a backslash before a sign or an operator takes it as text
//
// AND, OR, NOT, NEAR and BEFORE are written in capitals. See [Words] for what is folded together.
//
// NEAR binds tighter than AND: young people NEAR/8 tariff is young (people NEAR/8 tariff). Between words, patterns,
// phrases and brackets with OR in them it asks for a place of each; no two of these places may share a word, so "young
// people" NEAR/8 people needs people twice. A chain a NEAR/5 b NEAR/5 c asks for all three in one run, in any order (with
// BEFORE in this one), with at most 5 words between each and the next. Brackets make a chain another's operand, which
// then reaches from its first to its last word: (a NEAR/5 b) NEAR/20 c. Each part of "co-production" is a word in between.
//
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
	return []string{"member", "type", "theme", "stance", "checked", "consent", "question", "format", "date", "page", "place", "words"}
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
	maxDepth     = 100    // of ANDs, ORs, NOTs and NEARs inside one another
	maxWildcards = 50     // and misspelt words; each may stand for thousands of words of the index
	maxPattern   = 100    // bytes of one wildcard
)

// A node is a part of a query: all, either, not, near, text, wildcard, fuzzy or Field.
type node any

type (
	all    struct{ of []node } // two or more, none of them an all
	either struct{ of []node } // two or more, none of them an either
	not    struct{ of node }
	text   struct {
		raw    string // with its backslashes
		quoted bool
		plain  bool // synonyms leave it alone
		words  sequence
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
	case near:
		writeList(b, n.of, " "+n.operator()+" ")
	case not:
		b.WriteString("NOT ")
		writeInner(b, n.of)
	case text:
		if n.plain {
			b.WriteByte('=')
		}
		if n.quoted {
			b.WriteString(`"` + n.raw + `"`)
		} else {
			b.WriteString(n.raw)
		}
	case wildcard:
		b.WriteString(n.pattern)
	case fuzzy:
		fmt.Fprintf(b, "%s~%d", n.word, n.edits)
	case Field:
		b.WriteString(n.String())
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
	case all, either, near:
		b.WriteByte('(')
		write(b, n)
		b.WriteByte(')')
	default:
		write(b, n)
	}
}
