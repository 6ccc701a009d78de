package themes

import (
	"cmp"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
)

// What stands in a text that leaves the consultation for what is cut out of it.
const (
	withheldMark = "[words withheld]"
	leftOutMark  = "[not part of the answer, left out]"
)

// A sourceText is a submission's text as a file for other programs has it, and where its passages stand in it.
type sourceText struct {
	text  strings.Builder
	spans []passageSpan // in the order of the text; they do not overlap
}

// A passageSpan is where a passage's words, without the headings above them, stand in a text: byte offsets.
type passageSpan struct {
	passage    *index.Passage
	start, end int
}

// recordText is a submission's text as the record has it.
func recordText(sub *index.Submission) *sourceText {
	t := &sourceText{}
	t.text.WriteString(sub.Document.Text)
	for _, p := range sub.Passages {
		t.spans = append(t.spans, passageSpan{p, p.Body, p.End})
	}
	t.sort()
	return t
}

func (t *sourceText) sort() {
	slices.SortFunc(t.spans, func(a, b passageSpan) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
}

// write adds words of the record. Line ends become one character, so that every program counts them as one; a byte order mark at the very
// beginning is left out, which some count and some do not.
func (t *sourceText) write(words string) {
	if t.text.Len() == 0 {
		words = strings.TrimPrefix(words, "\ufeff")
	}
	t.text.WriteString(lineFeeds.Replace(words))
}

// writePassage adds a passage's words, or what stands for them.
func (t *sourceText) writePassage(p *index.Passage, words string) {
	start := t.text.Len()
	t.write(words)
	t.spans = append(t.spans, passageSpan{p, start, t.text.Len()})
}

// A stretch is a part of a submission's text: a passage, or words that are read and not coded, such as the headings above it.
type stretch struct {
	start, end int
	passage    *index.Passage // nil for words that are not coded
	shown      bool
}

// outwardText is a submission's text as it may leave the consultation: exactly what the record has, but for what may not be shown. In place
// of a passage whose words are withheld stands a mark; so it does for words that are no answer and may be other people's, such as a
// signature or a quoted reply. Of a submission that is confidential as a whole nothing but the marks of its passages is there, so that
// they can be counted. What is not known to be fit to be shown is cut: the text is put together from what may be told.
func (b *builder) outwardText(sub *index.Submission) *sourceText {
	t := &sourceText{}
	if b.withheld(sub.Member, sub.Consent, "") != "" {
		for _, p := range sub.Passages {
			t.writeApart(b.s, p, true)
		}
		return t
	}
	text, at, cut := sub.Document.Text, 0, false
	for _, s := range b.stretches(sub) {
		if s.start < at { // never twice
			continue
		}
		between := text[at:s.start]
		at = s.end
		if strings.TrimSpace(between) != "" {
			t.cut(&cut, extract.BlockSeparator)
			between = extract.BlockSeparator
		}
		switch {
		case s.passage != nil:
			words := withheldMark
			if s.shown {
				words = text[s.start:s.end]
			}
			t.write(between)
			t.writePassage(s.passage, words)
		case s.shown:
			t.write(between)
			t.write(text[s.start:s.end])
		default:
			t.cut(&cut, between)
			continue
		}
		cut = false
	}
	if rest := text[at:]; strings.TrimSpace(rest) == "" {
		t.write(rest)
	} else {
		t.cut(&cut, extract.BlockSeparator)
	}
	return t
}

// cut puts a mark where words are left out, one for all that follow each other.
func (t *sourceText) cut(already *bool, between string) {
	if t.text.Len() == 0 {
		between = ""
	}
	if !*already {
		t.write(between + leftOutMark)
	}
	*already = true
}

// apart reports a passage that its member does not want to be known for: it is stricter than the submission that it lies in.
func (b *builder) apart(sub *index.Submission, p *index.Passage) bool {
	return b.s.Consent(p).Strictness() > index.Stricter(sub.Consent, b.strict[sub.Member]).Strictness()
}

// writeApart adds a passage under its id to a text of passages that are counted and not told from each other by their words.
func (t *sourceText) writeApart(s *index.Snapshot, p *index.Passage, withheld bool) {
	if t.text.Len() > 0 {
		t.write(extract.BlockSeparator)
	}
	if withheld {
		t.writePassage(p, strings.TrimSuffix(withheldMark, "]")+": "+p.ID+"]")
		return
	}
	t.writePassage(p, s.Text(p))
}

// stretches are the parts of a submission's text of which it is known what they are, in its order.
func (b *builder) stretches(sub *index.Submission) []stretch {
	named := b.named(sub.Member) && sub.Consent.Strictness() == 0
	var out, furniture []stretch
	for _, block := range sub.Document.Blocks {
		if block.Kind == extract.Furniture {
			shown := named && shownFurniture[block.Why] && b.withheld(sub.Member, sub.Consent, sub.Document.Text[block.Start:block.End]) == ""
			furniture = append(furniture, stretch{start: block.Start, end: block.End, shown: shown})
		}
	}
	for _, p := range sub.Repeats { // the questioner's words
		out = append(out, stretch{start: p.Start, end: p.End, shown: named && b.withheldPassage(p) == ""})
	}
	for _, p := range sub.Passages {
		if b.apart(sub, p) || b.withheldPassage(p) != "" {
			out = append(out, stretch{start: p.Start, end: p.End, passage: p})
			continue
		}
		out = append(out, headingsAbove(p, furniture)...)
		out = append(out, stretch{start: p.Body, end: p.End, passage: p, shown: true})
	}
	out = append(out, furniture...)
	slices.SortStableFunc(out, func(x, y stretch) int { return cmp.Compare(x.start, y.start) })
	return out
}

// headingsAbove are the words above a passage that belong to it, without the furniture between them, such as a page's header.
func headingsAbove(p *index.Passage, furniture []stretch) []stretch {
	var out []stretch
	at := p.Start
	first, _ := slices.BinarySearchFunc(furniture, p.Start, func(f stretch, at int) int { return cmp.Compare(f.start, at) })
	for _, f := range furniture[first:] {
		if f.start >= p.Body {
			break
		}
		out = append(out, stretch{start: at, end: f.start, shown: true})
		at = max(at, f.end)
	}
	return append(out, stretch{start: at, end: max(at, p.Body), shown: true})
}
