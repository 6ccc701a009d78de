package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Suggestion says why a search found nothing, and what may have been meant.
type Suggestion struct {
	Part    string   `json:"part"`              // of the query, as it was understood
	Message string   `json:"message"`           // a sentence
	Nearest []Near   `json:"nearest,omitempty"` // words that the consultation has, the likeliest first
	Instead []string `json:"instead,omitempty"` // whole queries that find something
}

// Near is a word that is spelt almost like one that stands nowhere.
type Near struct {
	Word     string `json:"word"`
	Passages int    `json:"passages"`
}

const (
	maxNearest   = 3
	maxSuggested = 8 // parts of a query that are looked at
	wildcardHelp = "Write fewer letters before the *."
)

// suggest says which parts of a query that finds nothing find nothing by themselves, or that all of them do and never together.
func (c *Consultation) suggest(ctx context.Context, l *lookup) ([]Suggestion, error) {
	g := &guesser{c: c, ctx: ctx, s: l.s, query: cmp.Or(l.opt.Written, l.query), opt: l.opt, instead: l.instead}
	parts := []node{g.query.root}
	if a, ok := g.query.root.(all); ok {
		parts = a.of
	}
	parts = slices.DeleteFunc(slices.Clone(parts), func(n node) bool { _, negated := n.(not); return negated })
	if len(parts) > maxSuggested {
		return nil, nil
	}
	counts := make([]int, len(parts))
	for i, n := range parts {
		counts[i] = g.count(n)
		if counts[i] == 0 {
			g.nothing(n)
		}
	}
	if len(g.out) == 0 && len(parts) > 0 {
		g.together(parts, counts)
	}
	return g.out, g.err
}

// A guesser looks for what was meant. The first error stops it.
type guesser struct {
	c       *Consultation
	ctx     context.Context
	s       *Snapshot
	query   *Query
	opt     SearchOptions
	instead bool // of the index, read the record
	out     []Suggestion
	err     error
}

// count is how many passages a node finds.
func (g *guesser) count(n node) int {
	if g.err != nil {
		return 0
	}
	q := &Query{root: n, fields: g.query.fields}
	if g.opt.Synonyms != nil {
		q, _ = q.WithSynonyms(g.opt.Synonyms)
	}
	l, err := g.s.look(q, SearchOptions{Columns: g.opt.Columns, Patience: g.opt.Patience})
	if err == nil {
		l.instead = g.instead
		err = g.c.find(g.ctx, l)
	}
	if err != nil {
		g.err = err
		return 0
	}
	return l.answer().Passages
}

// nothing says of a part that finds nothing by itself why.
func (g *guesser) nothing(n node) {
	switch n := n.(type) {
	case either:
		for _, part := range n.of {
			g.nothing(part)
		}
	case all:
		found := len(g.out)
		for _, part := range n.of {
			if _, negated := part.(not); !negated && g.count(part) == 0 {
				g.nothing(part)
			}
		}
		if len(g.out) == found {
			g.say(n, "%s: its parts occur, never together in one passage.", written(n))
		}
	case near:
		g.near(n)
	case text:
		g.text(n)
	case wildcard:
		g.say(n, "No word that is spelt like %s stands anywhere. %s", n.pattern, wildcardHelp)
	case Field:
		g.field(n)
	default:
		g.say(n, "%s stands nowhere.", written(n))
	}
}

func (g *guesser) say(n node, message string, args ...any) {
	g.out = append(g.out, Suggestion{Part: written(n), Message: fmt.Sprintf(message, args...)})
}

func written(n node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

// near says which operands stand nowhere, or that they all do and never so near.
func (g *guesser) near(n near) {
	found := len(g.out)
	for _, part := range n.of {
		if g.count(part) == 0 {
			g.nothing(part)
		}
	}
	if len(g.out) == found {
		g.say(n, "%s: its parts occur, never so near one another.", written(n))
	}
}

// text looks for words of a phrase that stand nowhere.
func (g *guesser) text(n text) {
	if hasWildcard(n.raw) {
		g.say(n, "%s stands nowhere.", written(n))
		return
	}
	words := Analyse(n.raw).List
	missing := 0
	for _, w := range words {
		if g.count(text{raw: w.Fold, words: sequence{step{{unit{stem: w.Stem}}}}}) > 0 {
			continue
		}
		missing++
		nearest := g.nearest(w)
		if g.err != nil {
			return
		}
		as := n.raw[w.Start:w.End]
		x := Suggestion{Part: as, Message: fmt.Sprintf("“%s” stands nowhere.", as), Nearest: nearest}
		if len(nearest) > 0 {
			x.Message = fmt.Sprintf("“%s” stands nowhere; did you mean %s?", as, sayNearest(nearest))
			swapped := text{raw: n.raw[:w.Start] + nearest[0].Word + n.raw[w.End:], quoted: n.quoted}
			swapped.words = newSequence(swapped.raw)
			instead := &Query{root: swap(g.query.root, n, swapped), fields: g.query.fields}
			if g.count(instead.root) > 0 {
				x.Instead = []string{instead.String()}
			}
		}
		g.out = append(g.out, x)
	}
	if missing == 0 {
		g.say(n, "The words of “%s” all occur, never directly after one another in this order.", n.raw)
		g.apart(n, words)
	}
}

// apart adds the query with the words of a phrase in any place of a passage, where that finds something.
func (g *guesser) apart(n text, words []Word) {
	var each all
	for _, w := range words {
		raw := n.raw[w.Start:w.End]
		each.of = append(each.of, text{raw: raw, quoted: !bareWord(raw), words: newSequence(raw)})
	}
	instead := &Query{root: swap(g.query.root, n, each), fields: g.query.fields}
	if g.count(instead.root) > 0 {
		g.out[len(g.out)-1].Instead = []string{instead.String()}
	}
}

func sayNearest(nearest []Near) string {
	var parts []string
	for _, n := range nearest {
		parts = append(parts, fmt.Sprintf("%s (%s)", n.Word, passages(n.Passages)))
	}
	return strings.Join(parts, " or ")
}

func passages(n int) string {
	if n == 1 {
		return "1 passage"
	}
	return fmt.Sprintf("%d passages", n)
}

// swap puts something in the place of a text.
func swap(n node, from text, to node) node {
	list := func(of []node) []node {
		out := slices.Clone(of)
		for i := range out {
			out[i] = swap(out[i], from, to)
		}
		return out
	}
	switch n := n.(type) {
	case all:
		return all{list(n.of)}
	case either:
		return either{list(n.of)}
	case near:
		if _, ok := to.(text); ok { // what stands near something has one place
			n.of = list(n.of)
		}
		return n
	case text:
		if n.raw == from.raw && n.quoted == from.quoted {
			return to
		}
	}
	return n
}

// field says that nothing has the value, and which values are near it.
func (g *guesser) field(f Field) {
	x := Suggestion{Part: written(f), Message: fmt.Sprintf("No passage has %s.", written(f))}
	l, err := g.s.look(g.query, g.opt)
	if err != nil {
		g.err = err
		return
	}
	var near []string
	if c := l.column(f.Name); c != nil {
		for _, v := range c.Values {
			if Alike(v, f.Value) && len(near) < maxNearest {
				near = append(near, written(Field{f.Name, v}))
			}
		}
	}
	if len(near) > 0 {
		x.Message = fmt.Sprintf("No passage has %s; did you mean %s?", written(f), strings.Join(near, " or "))
	}
	g.out = append(g.out, x)
}

// Alike reports whether any word of a value is spelt almost like a word that was written.
func Alike(value, written string) bool {
	for _, a := range strings.Fields(foldName(value)) {
		for _, b := range strings.Fields(foldName(written)) {
			if n := tolerance(b); n > 0 && spelling(a, b, n) <= n {
				return true
			}
		}
	}
	return false
}

// together says that every part finds something and all of them nothing, and which of them stands in the way.
func (g *guesser) together(parts []node, counts []int) {
	var each []string
	for i, n := range parts {
		each = append(each, fmt.Sprintf("%s (%s)", written(n), passages(counts[i])))
	}
	if len(parts) == 1 {
		g.say(parts[0], "%s is found, and the rest of the search leaves all of it out.", each[0])
		return
	}
	x := Suggestion{Part: g.query.String(), Message: fmt.Sprintf("All of these occur, never together in one passage: %s.", strings.Join(each, ", "))}
	if len(parts) == 2 {
		x.Message = fmt.Sprintf("Both occur, never together in one passage: %s.", strings.Join(each, ", "))
	}
	if root, ok := g.query.root.(all); ok && len(parts) > 2 {
		for i := range root.of {
			rest := &Query{root: all{slices.Delete(slices.Clone(root.of), i, i+1)}, fields: g.query.fields}
			if g.count(rest.root) > 0 {
				x.Instead = append(x.Instead, rest.String())
			}
		}
	}
	g.out = append(g.out, x)
}

// nearest are words of the index that are spelt almost like w: the fewest changes first, then those in the most passages.
func (g *guesser) nearest(w Word) []Near {
	most := tolerance(w.Fold)
	if most == 0 {
		return nil
	}
	type neighbour struct {
		word            string
		changes, counts int
	}
	var found []neighbour
	g.err = cmp.Or(g.err, g.c.dictionary(g.ctx, g.s, func(word string, count int) {
		if n := spelling(word, w.Fold, most); n <= most && n > 0 {
			found = append(found, neighbour{word, n, count})
		}
	}))
	slices.SortFunc(found, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.changes, b.changes), cmp.Compare(b.counts, a.counts), cmp.Compare(a.word, b.word))
	})
	var out []Near
	stems := map[string]bool{}
	for _, x := range found {
		words := Analyse(x.word).List
		if len(out) == maxNearest || len(words) != 1 || stems[words[0].Stem] {
			continue
		}
		stems[words[0].Stem] = true
		// The index counts what does not count too, and one form of the word.
		if n := g.count(text{raw: x.word, words: newSequence(x.word)}); n > 0 {
			out = append(out, Near{x.word, n})
		}
	}
	return out
}

// dictionary calls visit for every word, as it is spelt, with how many passages have it: of the index, or of the snapshot where there
// is none.
func (c *Consultation) dictionary(ctx context.Context, s *Snapshot, visit func(word string, passages int)) error {
	if cache := c.open(); cache != nil {
		if err := cache.dictionary(visit); !errors.Is(err, ErrCacheClosed) {
			return err
		}
	}
	count := map[string]int{}
	for at := range s.size() {
		seen := map[string]bool{}
		for _, w := range Analyse(s.Whole(s.at(at))).List {
			if !seen[w.Fold] {
				seen[w.Fold] = true
				count[w.Fold]++
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for word, n := range count {
		visit(word, n)
	}
	return nil
}

func (c *Cache) dictionary(visit func(word string, passages int)) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return ErrCacheClosed
	}
	return guarded(func() (err error) {
		state, err := c.shelving.state(c.bleve, c.lexicon)
		if err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, state.Close()) }()
		words := c.lexicon.words()
		for id, passages := range state.frequencies(len(words)) {
			if passages > 0 {
				visit(words[id], passages)
			}
		}
		return nil
	})
}

// tolerance is how many changes of spelling a word may be away from what was meant: none for a short one or a figure, where everything
// is near.
func tolerance(word string) int {
	n := utf8.RuneCountInString(word)
	switch {
	case n < 4 || strings.ContainsAny(word, "0123456789"):
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// spelling is how many letters have to be changed, left out, put in or swapped with their neighbour to make a of b (the optimal string
// alignment distance), or most+1 when it is more.
func spelling(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	row := func() []int { return make([]int, len(y)+1) }
	two, one, now := row(), row(), row() // the rows of the letters before the last, of the last, and of this one
	for j := range now {
		now[j] = j
	}
	for i := 1; i <= len(x); i++ {
		two, one, now = one, now, two
		now[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
	}
	return now[len(y)]
}
