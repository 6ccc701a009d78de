package themes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"collate/index"
)

// nearlySame is the share of a text's runs of three words that a submission of the same name must have to be taken for it.
const nearlySame = 0.8

// maxSearched is how many bytes are looked through at most for selections of texts that changed: 4 GB, some seconds.
const maxSearched = 4 << 30

// A projectMatch is a submission, or a text of passages that stand apart, as a project could have it.
type projectMatch struct {
	name    string // of the submission
	guid    string // as our own projects have it
	aliases []string
	texts   []*sourceText // as the record has it, and as it leaves; or only the latter
	wholes  []squeezed    // of the texts; made when they are asked for
	runs    map[string]bool
}

// A matcher finds the submissions that a project's texts are.
type matcher struct {
	candidates []*projectMatch
	excluded   map[string]string // the text of a submission that does not count → why
	exact      map[string][]*projectMatch
	squeezed   map[string][]*projectMatch // nil until it is needed
	searched   int64
}

func newMatcher(p *projector) *matcher {
	m := &matcher{excluded: map[string]string{}, exact: map[string][]*projectMatch{}}
	number := map[string]int{}
	for _, sub := range p.s.Submissions {
		switch {
		case sub.Document == nil || len(sub.Document.Text) == 0:
		case sub.Excluded != "":
			m.excluded[sub.Document.Text] = fmt.Sprintf("%s does not count: %s", sub.Name, sub.Excluded)
		case len(sub.Passages) > 0:
			number[sub.Member]++
			m.add(&projectMatch{name: sub.Name, guid: p.guid("source", sub.Name+"\x00"+sub.Sha), aliases: []string{stem(sub.Name), stem(p.sourceName(sub, number[sub.Member]))},
				texts: []*sourceText{recordText(sub), p.outwardText(sub)}})
			p.hides = append(p.hides, apartOf(p.builder, sub)...)
		}
	}
	slices.SortFunc(p.hides, func(x, y *index.Passage) int { return cmp.Compare(x.ID, y.ID) })
	for _, x := range p.apartTexts(p.hides) {
		m.add(&projectMatch{name: x.name, guid: p.guid("source", x.name), aliases: []string{stem(x.name)}, texts: []*sourceText{x.text}})
	}
	return m
}

// apartOf are the passages of a submission that stand apart from it.
func apartOf(b *builder, sub *index.Submission) []*index.Passage {
	var out []*index.Passage
	for _, x := range sub.Passages {
		if b.apart(sub, x) {
			out = append(out, x)
		}
	}
	return out
}

func (m *matcher) add(c *projectMatch) {
	m.candidates = append(m.candidates, c)
	for i, t := range c.texts {
		if text := t.text.String(); i == 0 || text != c.texts[0].text.String() {
			m.exact[text] = append(m.exact[text], c)
		}
	}
}

// match finds the submission that a text is: the one with the same text to the letter, or but for white space; else the one of the same
// name or mark that nearly all of its words are in. It says how it is known, or why there is none.
func (m *matcher) match(s *projectText) (*projectMatch, string) {
	found, how := m.exact[s.text], "the same text"
	if len(found) == 0 {
		if why := m.excluded[s.text]; why != "" {
			return nil, why
		}
		found, how = m.butForSpace(s.text), "the same text but for white space"
	}
	if len(found) > 0 {
		if c := named(found, s); c != nil {
			return c, how
		}
		if len(found) == 1 {
			return found[0], how
		}
		return nil, fmt.Sprintf("its text is that of %d submissions, and none of them has its name", len(found))
	}
	c := named(m.candidates, s)
	switch {
	case c == nil:
		return nil, "no submission has its text or its name"
	case c.share(s.text) < nearlySame:
		return nil, fmt.Sprintf("its text is another than that of %s", c.name)
	}
	return c, "the same name and nearly the same text"
}

// named is the one of the candidates that has the text's mark, or else is alone to have its name.
func named(of []*projectMatch, s *projectText) *projectMatch {
	for _, c := range of {
		if c.guid == s.guid {
			return c
		}
	}
	var found *projectMatch
	name := stem(s.name)
	for _, c := range of {
		if !slices.ContainsFunc(c.aliases, func(a string) bool { return a == name || strings.HasSuffix(a, strings.ToLower(index.Inside)+name) }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

func (m *matcher) butForSpace(text string) []*projectMatch {
	if m.squeezed == nil {
		m.squeezed = map[string][]*projectMatch{}
		for _, c := range m.candidates {
			for i, t := range c.texts {
				key := squeeze(t.text.String()).text
				if i == 0 || !slices.Contains(m.squeezed[key], c) {
					m.squeezed[key] = append(m.squeezed[key], c)
				}
			}
		}
	}
	return m.squeezed[squeeze(text).text]
}

// share is the share of the runs of three words of a text that a submission has.
func (c *projectMatch) share(text string) float64 {
	if c.runs == nil {
		c.runs = map[string]bool{}
		for _, t := range c.texts {
			for _, run := range runsOfThree(t.text.String()) {
				c.runs[run] = true
			}
		}
	}
	runs := runsOfThree(text)
	n := 0
	for _, run := range runs {
		n += b2i(c.runs[run])
	}
	return float64(n) / float64(max(1, len(runs)))
}

func runsOfThree(text string) []string {
	words := strings.Fields(strings.ToLower(text))
	var out []string
	for i := 0; i+3 <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+3], " "))
	}
	return out
}

// A placer finds where the selections of one text lie in the submission that it is.
type placer struct {
	m    *matcher
	in   *projectMatch
	text string
	same *sourceText // the submission's text that is this one to the letter, or nil
	own  squeezed    // of the text, where none is
}

func (m *matcher) placer(in *projectMatch, text string) *placer {
	p := &placer{m: m, in: in, text: text}
	for _, t := range in.texts {
		if p.same == nil && t.text.String() == text {
			p.same = t
		}
	}
	if p.same == nil {
		p.own = squeeze(text)
	}
	return p
}

// place is where a selection lies, and in which of the submission's texts: at the same place of the same text, or where its words stand
// nearest to their place. It is nil where they do not stand there.
func (p *placer) place(at byteRange) (*sourceText, byteRange) {
	if p.same != nil {
		return p.same, at
	}
	words := p.own.text[p.own.from(at.start):p.own.from(at.end)]
	if words == "" {
		return nil, at
	}
	if p.in.wholes == nil {
		for _, t := range p.in.texts {
			p.in.wholes = append(p.in.wholes, squeeze(t.text.String()))
		}
	}
	for i, t := range p.in.texts {
		whole := &p.in.wholes[i]
		if start := p.m.nearest(whole.text, words, p.own.from(at.start), len(p.own.text)); start >= 0 {
			return t, byteRange{int(whole.at[start]), whole.end(t.text.String(), start+len(words))}
		}
	}
	return nil, at
}

// maxRepeats is how often words are looked for in one text: what stands there more often says too little.
const maxRepeats = 1000

// nearest is where words stand in a text next to where they stand in another one of this length; -1 when they do not.
func (m *matcher) nearest(text, words string, at, length int) int {
	if at+len(words) <= len(text) && text[at:at+len(words)] == words {
		return at
	}
	if m.searched += int64(len(text)); m.searched > maxSearched {
		return -1
	}
	expected := int(int64(at) * int64(len(text)) / int64(max(1, length)))
	best, from := -1, 0
	for range maxRepeats {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		if i += from; best >= 0 && apartBy(i, expected) >= apartBy(best, expected) {
			break // they only get farther away
		}
		best, from = i, i+1
	}
	return best
}

func apartBy(a, b int) int { return max(a-b, b-a) }
