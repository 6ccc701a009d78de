package index

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math/bits"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"collate/index/extract"
	"collate/samples"
	"collate/samples/invent"
)

// A difference is a set of ways in which Sphinx is known to read or match otherwise than collate does.
type difference uint8

const (
	compounds   difference = 1 << iota // "co-production" is its parts, never coproduction
	figures                            // "£70m" and "46%" are 70m and 46
	punctuation                        // apostrophes, full stops and commas part words: "SENCo’s" is senco s, "1,000" is 1 000
	stems                              // Porter's later stemmer: weekly is week, use is not us
	sharing                            // what NEAR joins may share words, what BEFORE joins too if one starts before the other ends
	missing                            // going once from left to right, NEAR and BEFORE pass over places that share words with one another

	everyDifference = 1<<iota - 1
	ofReading       = compounds | figures | punctuation | stems // what is read otherwise, whatever the query
)

func (d difference) String() string {
	names := []string{"compounds are their parts only", "signs are no part of a figure", "marks part words", "the later stemmer", "NEAR shares words", "NEAR passes over shared words"}
	var out []string
	for i, name := range names {
		if d>>i&1 == 1 {
			out = append(out, name)
		}
	}
	return strings.Join(out, " + ")
}

const (
	sphinxPassageCount = 1_000
	sphinxQueryCount   = 1_000
	// sphinxWords of a passage are kept, so that Sphinx's << and BEFORE/100 are the same.
	sphinxWords = 80
)

// TestAgreesWithSphinx asks another engine the same. What the two answer otherwise must be explained: by a documented difference, or several,
// with which the text and the query, read by the plainest code, give Sphinx's answer. The seed is fixed.
func TestAgreesWithSphinx(t *testing.T) {
	texts := shortPassages(t, sphinxPassageCount)
	s := startSphinx(t, texts)
	docs := make(map[string]string)
	for i, text := range texts {
		docs[strconv.Itoa(i+1)] = text
	}
	c := buildCache(t, filepath.Join(t.TempDir(), "cache"), docs)
	second := newSecondReader(t, s, texts)
	r := rand.New(rand.NewPCG(31, 32))
	explained := make(map[difference]int)
	hits, found, kinds := 0, 0, make(map[string]int)
	for range sphinxQueryCount {
		q := mustParse(t, second.query(r, 2))
		for kind := range kindsIn(q.root, map[string]bool{}) {
			kinds[kind]++
		}
		ours, theirs := make(map[string]bool), second.ask(t, q)
		for _, id := range ids(mustSearch(t, c, q.String(), -1)) {
			ours[id] = true
		}
		hits += len(ours)
		if len(ours) > 0 {
			found++
		}
		for i := range texts {
			id := strconv.Itoa(i + 1)
			if ours[id] == theirs[id] {
				continue
			}
			d, ok := second.explain(q, i, ours[id], theirs[id])
			if !ok {
				t.Errorf("query %s, for Sphinx %s, text %q: %v, Sphinx says %v", q, sphinxMatch(q.root), texts[i], ours[id], theirs[id])
			}
			explained[d]++
		}
		if !nears(q.root) {
			second.compare(t, q, theirs)
		}
	}
	t.Logf("%d queries, %d of them with hits, %d hits; queries with %v", sphinxQueryCount, found, hits, kinds)
	for _, d := range slices.Sorted(maps.Keys(explained)) {
		t.Logf("%6d differences: %s", explained[d], d)
	}
	if found < sphinxQueryCount/2 || hits < 10*sphinxQueryCount {
		t.Errorf("%d queries found %d passages: too few to mean anything", found, hits)
	}
	for _, kind := range []string{"all", "either", "not", "near", "text", "phrase", "phrase with a pattern", "wildcard"} {
		if kinds[kind] < sphinxQueryCount/50 {
			t.Errorf("%d queries with %s: too few to mean anything", kinds[kind], kind)
		}
	}
}

// shortPassages are invented in the manner of the example, and the first words of them.
func shortPassages(t *testing.T, n int) []string {
	t.Helper()
	files, err := fs.Glob(samples.SendAPPlan(), "submissions/*SEND*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal("no example to learn from", err)
	}
	var learned []string
	for _, name := range files {
		data, err := fs.ReadFile(samples.SendAPPlan(), name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := extract.File(t.Context(), path.Base(name), data)
		if err != nil {
			t.Fatal(err)
		}
		learned = append(learned, doc.Text)
	}
	v := invent.New(learned)
	var out []string
	for i := range n {
		words := strings.Fields(v.Passage(i))
		out = append(out, strings.Join(words[:min(len(words), sphinxWords)], " "))
	}
	return out
}

// A secondReader reads texts and queries as collate does or, difference by difference, as Sphinx does.
type secondReader struct {
	sphinx *sphinx
	texts  []string
	stems  map[string]string // Sphinx's, of every word that the texts have in any reading
	theirs []*Words          // the texts as Sphinx reads them

	phrases map[string][]step // those that were read before
}

func newSecondReader(t *testing.T, s *sphinx, texts []string) *secondReader {
	t.Helper()
	out := &secondReader{sphinx: s, texts: texts, stems: make(map[string]string), phrases: make(map[string][]step)}
	for _, text := range texts {
		for _, d := range []difference{0, everyDifference &^ stems} {
			for _, w := range out.read(text, d).List {
				out.stems[w.Fold] = w.Fold
			}
		}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(out.stems)), 500) {
		rows, err := s.ask("CALL KEYWORDS(" + sphinxQuoted(strings.Join(some, " ")) + ", 'passages')")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			out.stems[row[1]] = row[2]
		}
	}
	for _, text := range texts {
		out.theirs = append(out.theirs, out.read(text, ofReading))
	}
	return out
}

// read reads a text with differences.
func (s *secondReader) read(text string, d difference) *Words {
	ours := Analyse(text)
	out := &Words{}
	at := make([]int, len(ours.List)+1) // position → the same in out
	for i, w := range ours.List {
		at[i] = len(out.List)
		for _, part := range parted(text, w, d) {
			part.Stem = s.stem(part, d)
			out.List = append(out.List, part)
		}
	}
	at[len(ours.List)] = len(out.List)
	for _, f := range ours.forms {
		drop := compounds
		if f.first == f.last {
			drop = figures
		}
		if d&drop == 0 {
			f.stem = s.stem(Word{Fold: f.fold, Stem: f.stem}, d)
			f.first, f.last = at[f.first], at[f.last+1]-1
			out.forms = append(out.forms, f)
		}
	}
	out.link()
	return out
}

// parted is one word, or with the differences several.
func parted(text string, w Word, d difference) []Word {
	cut := func(r rune) bool {
		return d&figures != 0 && strings.ContainsRune(signs, r) || d&punctuation != 0 && !wordRune(r) && !strings.ContainsRune(signs, r)
	}
	raw := text[w.Start:w.End]
	if !strings.ContainsFunc(raw, cut) {
		return []Word{w}
	}
	var out []Word
	for _, part := range strings.FieldsFunc(raw, cut) {
		fold := string(appendFold(nil, part))
		out = append(out, Word{Fold: fold, Stem: stem(fold)})
	}
	return out
}

func (s *secondReader) stem(w Word, d difference) string {
	if theirs, ok := s.stems[w.Fold]; ok && d&stems != 0 {
		return theirs
	}
	return w.Stem
}

// nears reports a NEAR or BEFORE anywhere in a query.
func nears(n node) bool { return kindsIn(n, map[string]bool{})["near"] }

// compare checks that a text that is read as Sphinx does gives Sphinx's answer, every text.
func (s *secondReader) compare(t *testing.T, q *Query, theirs map[string]bool) {
	t.Helper()
	for i, text := range s.texts {
		m := secondMatch{secondReader: s, d: ofReading, words: s.theirs[i]}
		if got, want := m.matches(q.root), theirs[strconv.Itoa(i+1)]; got != want {
			t.Errorf("query %s, text %q: read as Sphinx does %v, Sphinx says %v", q, text, got, want)
		}
	}
}

// explain is the smallest set of differences that turns ours into theirs.
func (s *secondReader) explain(q *Query, text int, ours, theirs bool) (difference, bool) {
	if s.matches(q, text, 0) != ours {
		return 0, false
	}
	sets := make([]difference, 0, everyDifference)
	for d := difference(1); d <= everyDifference; d++ {
		sets = append(sets, d)
	}
	slices.SortStableFunc(sets, func(a, b difference) int { return cmp.Compare(bits.OnesCount8(uint8(a)), bits.OnesCount8(uint8(b))) })
	for _, d := range sets {
		if s.matches(q, text, d) == theirs {
			return d, true
		}
	}
	return 0, false
}

func (s *secondReader) matches(q *Query, text int, d difference) bool {
	m := secondMatch{secondReader: s, d: d, words: s.read(s.texts[text], d)}
	return m.matches(q.root)
}

// A secondMatch matches one text by trying everything.
type secondMatch struct {
	*secondReader
	d     difference
	words *Words
}

func (m *secondMatch) matches(n node) bool {
	switch n := n.(type) {
	case all:
		return !slices.ContainsFunc(n.of, func(c node) bool { return !m.matches(c) })
	case either:
		return slices.ContainsFunc(n.of, m.matches)
	case not:
		return !m.matches(n.of)
	}
	return len(m.places(n)) > 0
}

func (m *secondMatch) places(n node) (out []reach) {
	switch n := n.(type) {
	case text:
		steps := m.steps(n, m.d)
		for _, units := range steps[0] {
			for _, r := range units[0].reaches(m.words) {
				out = append(out, m.from(r.first, steps)...)
			}
		}
	case wildcard:
		return m.words.like(n)
	case either:
		for _, c := range n.of {
			out = append(out, m.places(c)...)
		}
		if m.d&missing != 0 {
			return slices.CompactFunc(sorted(out), func(a, b reach) bool { return a.first == b.first })
		}
	case near:
		return m.near(n)
	}
	return sorted(out)
}

// steps are the words of a phrase with the differences, each with the ways to write it.
func (s *secondReader) steps(n text, d difference) (out []step) {
	key := fmt.Sprint(n.raw, n.quoted, d)
	if known, ok := s.phrases[key]; ok {
		return known
	}
	var plain []string // words up to the next pattern, which are read together: "46 %" is one
	for _, piece := range strings.Fields(unescape(n.raw)) {
		if !n.quoted || !hasWildcard(piece) {
			plain = append(plain, piece)
			continue
		}
		w, _ := newWildcard(barePattern(piece))
		out = append(append(out, s.plain(strings.Join(plain, " "), d)...), step{{unit{pattern: w}}})
		plain = nil
	}
	out = append(out, s.plain(strings.Join(plain, " "), d)...)
	s.phrases[key] = out
	return out
}

func (s *secondReader) plain(words string, d difference) (out []step) {
	w := s.read(words, d)
	for i := 0; i < len(w.List); i++ {
		one := step{{unit{stem: w.List[i].Stem}}}
		for _, f := range w.forms {
			if f.first == i && f.last > i {
				for _, x := range w.List[i+1 : f.last+1] {
					one[0] = append(one[0], unit{stem: x.Stem})
				}
				one, i = append(one, []unit{{stem: f.stem}}), f.last
			}
		}
		out = append(out, one)
	}
	return out
}

// from are the places of steps that start at first.
func (m *secondMatch) from(first int, steps []step) (out []reach) {
	ends := []int{first} // where the next step may start
	for _, s := range steps {
		var next []int
		for _, e := range ends {
			for _, units := range s {
				next = append(next, m.follow(e, units)...)
			}
		}
		ends = next
	}
	for _, e := range ends {
		out = append(out, reach{first, e - 1})
	}
	return out
}

// follow is where units that start at first may end, one behind the last word.
func (m *secondMatch) follow(first int, units []unit) []int {
	ends := []int{first}
	for _, u := range units {
		var next []int
		for _, r := range u.reaches(m.words) {
			if slices.Contains(ends, r.first) {
				next = append(next, r.last+1)
			}
		}
		ends = next
	}
	return ends
}

// near are the places of the operands, of which only BEFORE has more than two, near one another.
func (m *secondMatch) near(n near) []reach {
	found := m.places(n.of[0])
	for _, next := range n.of[1:] {
		var both []reach
		for _, a := range found {
			for _, b := range m.places(next) {
				shared := a.first <= b.last && b.first <= a.last
				gap := max(a.first, b.first) - min(a.last, b.last) - 1
				switch {
				case shared && m.d&missing != 0:
					return nil
				case shared && m.d&sharing == 0, !shared && gap > n.distance, n.ordered && a.first > b.last:
				default:
					both = append(both, reach{min(a.first, b.first), max(a.last, b.last)})
				}
			}
		}
		found = sorted(both)
	}
	return found
}

// ask is what Sphinx finds.
func (s *secondReader) ask(t *testing.T, q *Query) map[string]bool {
	t.Helper()
	match := sphinxMatch(q.root)
	rows, err := s.sphinx.ask(fmt.Sprintf("SELECT id FROM passages WHERE MATCH(%s) LIMIT %[2]d OPTION max_matches=%[2]d, ranker=none", sphinxQuoted(match), sphinxPassageCount))
	if err != nil {
		t.Fatalf("%s: %v", match, err)
	}
	out := make(map[string]bool)
	for _, row := range rows {
		out[row[0]] = true
	}
	return out
}

// sphinxMatch writes a query in Sphinx's language. Its NEAR/6 is our NEAR/5: it counts the second word too.
func sphinxMatch(n node) string {
	list := func(of []node, between string) string {
		var out []string
		for _, c := range of {
			out = append(out, sphinxMatch(c))
		}
		return "(" + strings.Join(out, between) + ")"
	}
	switch n := n.(type) {
	case all:
		return list(n.of, " ")
	case either:
		return list(n.of, " | ")
	case not:
		return "-" + list([]node{n.of}, "")
	case near:
		if n.ordered {
			return list(n.of, " << ")
		}
		return list(n.of, fmt.Sprintf(" NEAR/%d ", n.distance+1))
	case wildcard:
		return n.pattern
	case text:
		words := strings.FieldsFunc(unescape(n.raw), func(r rune) bool { return !wordRune(r) && r != '*' })
		if len(words) == 1 {
			return words[0]
		}
		return `"` + strings.Join(words, " ") + `"`
	}
	return fmt.Sprintf("@%T", n) // which it has no word for
}

// query writes a query that both languages have. NOT stands beside something that must be there. A NEAR joins two and is in no other NEAR:
// what Sphinx then finds depends on the way in which it goes through a text ([TestNearAgainstPlaces] tries every way).
func (s *secondReader) query(r *rand.Rand, depth int) string {
	words := strings.Fields(s.texts[r.IntN(len(s.texts))]) // most of a query is of one passage, so that it finds something
	return s.part(r, words, depth)
}

func (s *secondReader) part(r *rand.Rand, words []string, depth int) string {
	sub := func() string { return s.part(r, words, depth-1) }
	if depth == 0 {
		return s.operand(r, words)
	}
	switch r.IntN(8) {
	case 0:
		return "(" + sub() + " OR " + sub() + ")"
	case 1:
		return "(" + sub() + " " + sub() + ")"
	case 2:
		return "(" + sub() + " NOT " + s.query(r, depth-1) + ")"
	case 3:
		return "(" + sub() + " " + sub() + " NOT " + s.query(r, 0) + ")"
	}
	return s.place(r, words)
}

// place writes what has a place in a text.
func (s *secondReader) place(r *rand.Rand, words []string) string {
	at := r.IntN(len(words))
	close := words[max(0, at-8):min(at+8, len(words))]
	switch r.IntN(8) {
	case 0, 1:
		return fmt.Sprintf("(%s NEAR/%d %s)", s.operand(r, close), r.IntN(9), s.operand(r, close))
	case 2:
		before := s.operand(r, close) + " BEFORE/100 " + s.operand(r, close)
		if r.IntN(2) == 0 {
			before += " BEFORE/100 " + s.operand(r, words)
		}
		return "(" + before + ")"
	}
	return s.operand(r, words)
}

// operand writes what may stand beside a NEAR.
func (s *secondReader) operand(r *rand.Rand, words []string) string {
	at := r.IntN(len(words))
	switch r.IntN(7) {
	case 0:
		return "(" + s.operand(r, words) + " OR " + s.operand(r, words) + ")"
	case 1, 2:
		phrase := writable(strings.Join(words[at:min(at+2+r.IntN(3), len(words))], " "))
		if r.IntN(3) == 0 {
			last := strings.LastIndexByte(phrase, ' ') + 1
			phrase = phrase[:last] + prefix(r, phrase[last:])
		}
		return `"` + phrase + `"`
	case 3:
		return prefix(r, words[at])
	case 4:
		return `"` + writable(strings.NewReplacer("-", "", "£", "", "%", "").Replace(words[at])) + `"`
	}
	return `"` + writable(words[at]) + `"`
}

// writable is words without the marks that mean something in a query; a placeholder where nothing is left.
func writable(words string) string {
	words = strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotes+`\*?()`, r) {
			return ' '
		}
		return r
	}, words)
	if !strings.ContainsFunc(words, wordRune) {
		return "provision"
	}
	return strings.Join(strings.Fields(words), " ")
}

// prefix makes a pattern of a word of plain letters.
func prefix(r *rand.Rand, word string) string {
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
	if len(word) < 4 || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return "provis*"
	}
	return word[:3+r.IntN(len(word)-3)] + "*"
}
