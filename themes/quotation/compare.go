package quotation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A comparison looks at a quotation and the stretch of the source that it was aligned with.
type comparison struct {
	c      *Corpus
	w      *window
	s      *spoken
	free   map[int]bool
	m      Match
	types  map[string]bool // what differs in marks only
	joined bool            // a sentence's end of the source is missing in the quotation
}

// compare judges an alignment. Pairs begin and end with words of the quotation.
func (c *Corpus) compare(w *window, s *spoken, pairs []pairing, cost int) Match {
	k := &comparison{c: c, w: w, s: s, free: s.free(), types: map[string]bool{}}
	k.m.cost = cost
	k.run(pairs)
	k.move()
	for _, at := range []int{0, len(s.words)} { // brackets before and behind all of it
		if said := s.cuts[at].bracket; said != "" {
			x := Cut{Bracket: said}
			x.Why, x.Grave = bracketSense(said, nil)
			k.m.Cuts = append(k.m.Cuts, x)
		}
	}
	first, last := -1, -1
	for _, p := range pairs {
		if p.source >= 0 {
			if first < 0 {
				first = p.source
			}
			last = p.source
		}
	}
	if first >= 0 {
		k.m.OddStart, k.m.OddEnd = !k.agree(pairs[0]), !k.agree(pairs[len(pairs)-1])
		from, to := w.words[first].start, w.words[last].end
		k.m.Text, k.m.Start = c.place(w, from)
		k.m.Last, k.m.End = c.place(w, to)
		k.m.Lead, k.m.Tail = k.cutAway(first, last)
	}
	for _, name := range []string{"quotation marks", "dashes", "white space", "line-end hyphen", "capital at the start", "dots"} {
		if k.types[name] {
			k.m.Typography = append(k.m.Typography, name)
		}
	}
	k.m.Verdict = k.verdict()
	return k.m
}

func (k *comparison) verdict() Verdict {
	switch {
	case k.joined:
		return Spliced
	case len(k.m.Changes) > 0:
		return Altered
	case slices.ContainsFunc(k.m.Cuts, func(c Cut) bool { return c.Bracket == "" }):
		return Elided
	case len(k.m.Cuts) > 0:
		return Bracketed
	case len(k.m.Typography) > 0:
		return Typographic
	}
	return Verbatim
}

// run goes through the pairs: words that agree are looked at closely, the stretches between them are changes or cuts.
func (k *comparison) run(pairs []pairing) {
	before := pairing{-1, -1}
	var odd []pairing
	for _, p := range pairs {
		if !k.agree(p) {
			odd = append(odd, p)
			continue
		}
		k.between(before, p, odd)
		k.face(p)
		before, odd = p, nil
	}
	if len(odd) > 0 {
		k.between(before, pairing{-1, -1}, odd)
	}
}

// agree reports a pair of the same word.
func (k *comparison) agree(p pairing) bool {
	return p.source >= 0 && p.draft >= 0 && k.w.words[p.source].fold == k.s.words[p.draft].fold
}

// face compares two words that are the same as they are seen.
func (k *comparison) face(p pairing) {
	a, b := &k.w.words[p.source], &k.s.words[p.draft]
	source, draft := k.w.text[a.start:a.end], k.s.text[b.start:b.end]
	if source == draft {
		return
	}
	x, y := face(source), face(draft)
	switch {
	case x == y:
		k.types["quotation marks"] = true // of an apostrophe, or of how a letter is made up
	case a.broken || b.broken:
		if strings.ReplaceAll(x, "-", "") == strings.ReplaceAll(y, "-", "") || strings.EqualFold(x, y) {
			k.types["line-end hyphen"] = true
			return
		}
		k.caseOf(p, source, draft, x, y)
	default:
		k.caseOf(p, source, draft, x, y)
	}
}

// caseOf says of two words with the same letters how they differ.
func (k *comparison) caseOf(p pairing, source, draft, x, y string) {
	switch {
	case !strings.EqualFold(x, y):
		k.change(Spacing, source, draft, p.source, p.source+1)
	case k.mayBegin(p.draft) && sameAtStart(x, y):
		k.types["capital at the start"] = true
	default:
		k.change(Case, source, draft, p.source, p.source+1)
	}
}

// mayBegin reports a word of the quotation that begins something, so that its first letter may be of either size.
func (k *comparison) mayBegin(draft int) bool { return k.s.loose[draft] }

// between judges what stands between two words that agree: before and after, of which one may be missing at the ends.
func (k *comparison) between(before, after pairing, odd []pairing) {
	from, to := len(k.w.words), -1 // words of the source that have no fellow
	var source, draft []word
	var cut []word
	consumed := before.draft + 1
	cutFrom := -1
	for _, p := range odd {
		if p.draft < 0 && k.free[consumed] {
			cut = append(cut, k.w.words[p.source])
			if cutFrom < 0 {
				cutFrom = p.source
			}
			continue
		}
		if p.source >= 0 {
			source = append(source, k.w.words[p.source])
			from, to = min(from, p.source), max(to, p.source)
		}
		if p.draft >= 0 {
			draft = append(draft, k.s.words[p.draft])
			consumed = p.draft + 1
		}
	}
	if mark, ok := k.s.cuts[after.draft]; ok && after.draft > 0 || len(cut) > 0 {
		k.cut(before, after, cut, cutFrom, mark)
		if len(source)+len(draft) == 0 {
			return
		}
	}
	if len(odd) == 0 {
		if before.draft >= 0 {
			k.gap(before, after)
		}
		return
	}
	if len(source)+len(draft) == 0 {
		return
	}
	if len(cut) == 0 && before.draft >= 0 && after.draft >= 0 && k.ends(before, after) {
		k.joined = true
	}
	if to < 0 {
		from, to = before.source+1, before.source
	}
	k.differ(source, draft, from, to)
}

// differ notes that words of the source stand as others, or are not there.
func (k *comparison) differ(source, draft []word, from, to int) {
	x, y := spread(k.w.text, source), spread(k.s.text, draft)
	class := classOf(source, draft)
	if glued(source) == glued(draft) {
		if onlyDashes(k.w.text, source) && onlyDashes(k.s.text, draft) {
			k.types["dashes"] = true
			return
		}
		class = Spacing
	}
	k.change(class, x, y, from, to+1)
}

// spread is the text from the first word to the last.
func spread(text string, list []word) string {
	if len(list) == 0 {
		return ""
	}
	if list[len(list)-1].end < list[0].start {
		return ""
	}
	return text[list[0].start:list[len(list)-1].end]
}

func glued(list []word) string {
	var b strings.Builder
	for _, w := range list {
		b.WriteString(w.fold)
	}
	return b.String()
}

// onlyDashes reports that words are parted by dashes, or by a hyphen before white space, and by nothing else.
func onlyDashes(text string, list []word) bool {
	for i := 1; i < len(list); i++ {
		if marks(text[list[i-1].end:list[i].start]) != "-" {
			return false
		}
	}
	return true
}

// contextWords is how many common words a change shows on each side.
const contextWords = 4

// change notes a difference; from and to are the words of the source that it takes the place of.
func (k *comparison) change(class Class, source, draft string, from, to int) {
	x := Change{Class: class, Source: source, Draft: draft}
	if from > 0 && from <= len(k.w.words) {
		first := max(0, from-contextWords)
		x.Before = k.w.text[k.w.words[first].start:k.w.words[from-1].end]
	}
	if to >= 0 && to < len(k.w.words) {
		last := min(len(k.w.words), to+contextWords)
		x.After = k.w.text[k.w.words[to].start:k.w.words[last-1].end]
	}
	k.m.Changes = append(k.m.Changes, x)
}

// gap compares what stands between two pairs of words that follow one another on both sides.
func (k *comparison) gap(before, after pairing) {
	source := k.w.text[k.w.words[before.source].end:k.w.words[after.source].start]
	draft := k.s.text[k.s.words[before.draft].end:k.s.words[after.draft].start]
	if source == draft {
		return
	}
	x, y := marks(source), marks(draft)
	if x == y {
		k.typography(source, draft)
		if strings.Contains(source, "\n\n") && !strings.Contains(draft, "\n") && !strings.ContainsAny(x, ".?!:;,-") {
			k.joined = true // a heading, or a line of a list, and what follows it as one sentence
		}
		return
	}
	if k.ends(before, after) {
		k.joined = true
	}
	k.change(Punctuation, shown(source), shown(draft), before.source+1, after.source)
}

// shown is what stands between two words as a change shows it.
func shown(between string) string {
	if s := strings.Join(strings.Fields(between), " "); s != "" {
		return s
	}
	return "no mark"
}

func (k *comparison) typography(source, draft string) {
	x, y := strings.Join(strings.Fields(source), " "), strings.Join(strings.Fields(draft), " ")
	switch {
	case x == y:
		k.types["white space"] = true
	case strings.ContainsFunc(x+y, isQuote):
		k.types["quotation marks"] = true
	case strings.ContainsFunc(x+y, func(r rune) bool { return isDash(r) || isHyphen(r) }):
		k.types["dashes"] = true
	case strings.ContainsAny(x+y, ".…"):
		k.types["dots"] = true
	default:
		k.types["white space"] = true
	}
}

// ends reports that more sentences of the source end between two pairs than of the quotation.
func (k *comparison) ends(before, after pairing) bool {
	return sentenceEnds(k.w.text, k.w.words[before.source:after.source+1]) > sentenceEnds(k.s.text, k.s.words[before.draft:after.draft+1])
}

func sentenceEnds(text string, list []word) int {
	n := 0
	for i := 1; i < len(list); i++ {
		next, _ := utf8.DecodeRuneInString(text[list[i].start:])
		if endsSentence(text[list[i-1].end:list[i].start]) && !unicode.IsLower(next) {
			n++
		}
	}
	return n
}

// move finds words that were dropped in one place and added in another.
func (k *comparison) move() {
	for i := range k.m.Changes {
		for j := range k.m.Changes {
			a, b := &k.m.Changes[i], &k.m.Changes[j]
			if a.Draft == "" && b.Source == "" && a.Source != "" && glued(words(a.Source)) == glued(words(b.Draft)) {
				a.Class, b.Class = Moved, Moved
			}
		}
	}
}

// cutAway are the parts of the sentences that a quotation begins and ends in that it leaves out.
func (k *comparison) cutAway(first, last int) (lead, tail string) {
	list := k.w.words
	from := first
	for from > 0 && sentenceEnds(k.w.text, list[from-1:from+1]) == 0 && !strings.Contains(k.w.text[list[from-1].end:list[from].start], "\n\n") {
		from--
	}
	to := last
	for to+1 < len(list) && sentenceEnds(k.w.text, list[to:to+2]) == 0 && !strings.Contains(k.w.text[list[to].end:list[to+1].start], "\n\n") {
		to++
	}
	if from < first {
		lead = k.w.text[list[from].start:list[first].start]
	}
	if to > last {
		tail = k.w.text[list[last].end:list[to].end]
	}
	return lead, tail
}
