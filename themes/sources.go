package themes

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"collate/index"
)

// Sources are what a draft may quote from, and whom it may name: the consultation as drafts are checked against it.
type Sources struct {
	Passages []Source  // document by document, each in its order
	Speakers []Speaker // the members, and what the members answer
	names    *regexp.Regexp
}

// A Source is a passage that somebody may quote, whether it may be quoted or not.
type Source struct {
	Passage  string
	Text     int    // the number of the text that it lies in: what follows one another in it may be quoted in one piece
	Speaker  int    // in Sources.Speakers; -1 where nobody is known
	Member   string // label
	Document string // as it may be shown
	Place    string
	Closed   Closing
	Withheld string // why its words are not shown, or ""
	Standing Standing

	// Compared are the words with the headings above them, which may be withheld: they are for comparing and must not be shown.
	// Body is where the words begin.
	Compared string
	Body     int
}

// Words are the source's, as they may be shown.
func (s *Source) Words() string {
	if s.Withheld != "" {
		return ""
	}
	return s.Compared[s.Body:]
}

// Closing says whether words may be quoted.
type Closing int

// The closings, from the freest.
const (
	Free      Closing = iota
	NamesHid          // it names a member who is not to be named: what does not may be quoted
	InSecrecy         // confidential
)

// Standing says whether a text counts.
type Standing string

// The standings.
const (
	Counted    Standing = ""
	Superseded Standing = "superseded" // a version, or a file, that is left out
	Asked      Standing = "asked"      // the words of the document that members answer, or of one of its questions
)

// A Speaker is who may be said to have said something.
type Speaker struct {
	Label string   // how it is called in outputs
	Type  string   // of a member that may be named
	Named bool     // it may be named
	Names []string // what a draft may call it, hidden names too: they are for finding and must not be shown
}

// Sources reads what drafts are checked against.
func (a *Analysis) Sources(ctx context.Context) (*Sources, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	b := &builder{Analysis: a, s: s, disclosure: disclose(s)}
	out := &Sources{names: b.names}
	speaker := map[string]int{}
	for _, m := range s.Members {
		speaker[m.Name] = len(out.Speakers)
		x := Speaker{Label: b.label(m.Name), Named: b.named(m.Name), Names: memberNames(m)}
		if x.Named {
			x.Type = m.Type
		}
		out.Speakers = append(out.Speakers, x)
	}
	for i, sub := range slices.Concat(s.References, s.Submissions) {
		who, ok := speaker[sub.Member]
		if !ok || i < len(s.References) {
			who = -1
		}
		for _, p := range everyPassage(sub) {
			x := b.source(p, sub, i < len(s.References))
			x.Text, x.Speaker = i, who
			out.Passages = append(out.Passages, x)
		}
	}
	return out, nil
}

// everyPassage are a submission's passages, those too that only repeat what was asked.
func everyPassage(sub *index.Submission) []*index.Passage {
	out := slices.Concat(sub.Passages, sub.Repeats)
	slices.SortFunc(out, func(x, y *index.Passage) int { return x.Ordinal - y.Ordinal })
	return out
}

func (b *builder) source(p *index.Passage, sub *index.Submission, reference bool) Source {
	x := Source{Passage: p.ID, Member: b.label(sub.Member), Document: b.document(sub), Compared: b.s.Whole(p), Body: p.Body - p.Start}
	switch {
	case reference:
		x.Standing, x.Member, x.Document = Asked, "the document that the members answer", b.safe(sub.Name)
		x.Withheld = b.withheld("", index.Attributable, x.Compared)
	case sub.Excluded != "":
		x.Standing = Superseded
		x.Withheld = b.withheldPassage(p)
	default:
		x.Withheld = b.withheldPassage(p)
	}
	if slices.Contains(sub.Repeats, p) {
		x.Standing = Asked
	}
	if x.Withheld == "" {
		x.Place = b.safe(index.PlaceText(p.Place))
		return x
	}
	x.Closed = NamesHid
	if !reference && index.Stricter(b.s.Consent(p), b.strict[sub.Member]).Strictness() == 2 {
		x.Closed = InSecrecy
		if b.inConfidence(p) {
			x.Member, x.Document = confidentialPassage, "(document withheld)"
		}
	}
	return x
}

// memberNames are what a draft may call a member.
func memberNames(m index.Member) []string {
	var out []string
	for _, n := range append([]string{m.Name, m.Short}, m.Aliases...) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Hidden finds where a text names a member who is not to be named, as byte ranges of it, in order. Where the name is written in a way that
// only shows when the text is stripped of accents and of signs that are not seen, the range is the whole text.
func (s *Sources) Hidden(text string) []index.Span {
	if s.names == nil {
		return nil
	}
	var out []index.Span
	for _, m := range s.names.FindAllStringIndex(text, -1) {
		words := strings.Trim(text[m[0]:m[1]], " \t\n\r.,;:()[]\"'")
		at := m[0] + strings.Index(text[m[0]:m[1]], words)
		out = append(out, index.Span{Start: at, End: at + len(words)})
	}
	if len(out) == 0 && s.names.MatchString(bare(text)) {
		out = append(out, index.Span{End: len(text)})
	}
	return out
}
