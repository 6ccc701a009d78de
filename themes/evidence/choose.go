package evidence

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"collate/index"
	"collate/themes"
	"collate/themes/personal"
)

// How long a quote is that stands by itself in a document of 3,000 words.
const (
	leastQuote = 9
	mostQuote  = 48
)

var (
	// hanging begins a sentence that hangs on the one before it.
	hanging = regexp.MustCompile(`^(?i:this|that|these|those|it|its|they|them|he|she|and|but|so|or|nor|also|such|both|either|here|there|then|yet|instead|however|again|hence|similarly|likewise|for example|the (?:first|second|third|former|latter|same|other))\b`)
	// past tells of what the member said another time.
	past = regexp.MustCompile(`(?i)\b(?:earlier|previous|last|first|original) (?:response|submission|letter|draft|version)\b|\bwe (?:said|wrote) (?:then|before|that)\b`)
	// contact is what no document for outside holds.
	contact = regexp.MustCompile(`(?i)@|https?://|www\.|\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b`)
	// pointing words are empty without the text around them.
	pointing = regexp.MustCompile(`(?i)\b(?:it|its|they|them|their|this|that|these|those|he|she|his|her|him|such|above|below|same|we|us|our|you|your|i|my|me)\b`)
)

// alone reports words that can be read alone: a whole sentence, of a bearable length, without an address in it.
func alone(words string, most int) bool {
	n := Words(words)
	return n >= leastQuote && n <= most && !hanging.MatchString(words) && !contact.MatchString(words) && !past.MatchString(words) && sentenceEnd.MatchString(strings.TrimSpace(words)) &&
		!strings.HasSuffix(strings.TrimSpace(words), "?") && unicode.IsUpper([]rune(strings.TrimSpace(words))[0])
}

// A candidate is a sentence of a member on a theme.
type candidate struct {
	q       *themes.Quote
	words   string
	rank    int // its place among the member's own, which are in the order of how telling they are
	checked bool
	stance  themes.Stance
	named   string
	kind    string
}

// quotes are the two sentences to quote on a theme: of members whose name and words may go out, those first that a person has looked at, on the side
// of the joint position (of a divided one, one from each side), of different kinds of member.
func (p *proposer) quotes(t *themes.ThemeReport) []choice {
	all := p.candidates(t)
	sides := [2]func(themes.Stance) bool{p.shares(t), p.shares(t)}
	if t.Joint.Outcome == themes.Divided {
		sides[0] = func(s themes.Stance) bool { return s == themes.Support || s == themes.Conditions }
		sides[1] = func(s themes.Stance) bool { return s == themes.Oppose }
	}
	var out []choice
	var first *candidate
	for _, side := range sides {
		c := p.best(all, side, first)
		if c == nil {
			continue
		}
		first = c
		p.used[c.named]++
		p.cited[c.q.Passage], p.cited["words "+c.words] = true, true
		state := "suggested"
		if c.checked {
			state = "checked"
		}
		out = append(out, choice{paragraph: Paragraph{Quote: c.q.Ref, Words: c.words}, because: fmt.Sprintf("%s, %s, %s; stance: %s; %s.", c.named, c.q.Document, c.q.Place, strings.ToLower(c.stance.Label()), state)})
	}
	return out
}

// shares reports the stances of those that share the joint position; all where there is none.
func (p *proposer) shares(t *themes.ThemeReport) func(themes.Stance) bool {
	return func(s themes.Stance) bool {
		switch t.Joint.Side {
		case themes.Support:
			return s == themes.Support || s == themes.Conditions
		case themes.Oppose:
			return s == themes.Oppose
		}
		return true
	}
}

func (p *proposer) candidates(t *themes.ThemeReport) []candidate {
	var out []candidate
	for i := range p.Report.Members {
		m := &p.Report.Members[i]
		if !p.attributable(m.Label) {
			continue
		}
		for j := range m.Positions {
			pos := &m.Positions[j]
			if pos.ThemeID != t.ID {
				continue
			}
			for rank, s := range pos.Sentences {
				q := p.Material.quotes[s.Ref]
				if q == nil || q.Withheld || q.Consent != string(index.Attributable) {
					continue
				}
				if _, ok := find(s.Words, q.Words); !ok || !alone(s.Words, mostQuote) || !p.speaksOf(t, s.Words) || p.private(s.Words) {
					continue
				}
				out = append(out, candidate{q, oneLine(s.Words), rank, pos.Confirmed || q.Origin == "confirmed", pos.Stance, m.Label, m.Type})
			}
		}
	}
	return out
}

// private reports words that look as if they held personal data.
func (p *proposer) private(words string) bool { return len(personal.Find(words, p.known)) > 0 }

// speaksOf reports words that the rules of a theme find by themselves: a sentence is quoted for what it says, not for the passage that it stands in. A
// theme without rules is spoken of by all that is on it.
func (p *proposer) speaksOf(t *themes.ThemeReport, words string) bool {
	book := p.Codebook.Theme(t.ID)
	if book == nil || len(book.Any) == 0 {
		return true
	}
	return slices.ContainsFunc(p.Codebook.Found(words), func(f themes.FoundTheme) bool { return f.ID == t.ID })
}

// marked reports a stretch of a passage that holds words for which it is on its theme.
func marked(q *themes.Quote, at themes.Span) bool {
	return slices.ContainsFunc(q.Marks, func(m themes.Span) bool { return m.Start < at.End && at.Start < m.End })
}

// best is the candidate that comes first; nil where there is none. Each passage is quoted once, and so are words that several members share.
func (p *proposer) best(all []candidate, side func(themes.Stance) bool, first *candidate) *candidate {
	free := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
		return p.cited[c.q.Passage] || p.cited["words "+c.words] || first != nil && c.named == first.named || c.q.Passage == ""
	})
	if len(free) == 0 {
		return nil
	}
	slices.SortStableFunc(free, func(a, b candidate) int {
		return cmp.Or(trueFirst(a.checked, b.checked), trueFirst(side(a.stance), side(b.stance)), cmp.Compare(p.used[a.named], p.used[b.named]),
			trueFirst(first == nil || a.kind != first.kind, first == nil || b.kind != first.kind), cmp.Compare(a.rank, b.rank), strings.Compare(a.named, b.named))
	})
	return &free[0]
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// figureOn is the figure to give on a theme: one with a source, in a sentence that can be read alone.
func (p *proposer) figureOn(t *themes.ThemeReport) (choice, bool) {
	for _, entry := range []bool{true, false} { // one for which the submission gives an entry first
		for i := range p.Figures.Figures {
			f := &p.Figures.Figures[i]
			if f.Unsourced || (f.Reference != nil) != entry || !slices.Contains(f.Themes, t.Name) || p.cited["figure "+f.Value] || p.cited[f.Passage] || !p.attributable(f.Member) {
				continue
			}
			q := p.on(f.Passage, t)
			if q == nil || q.Withheld || q.Consent != string(index.Attributable) {
				continue
			}
			if f.Reference == nil && !strings.ContainsAny(f.Source, "0123456789") { // "members" is no source that a committee can look up
				continue
			}
			if words, at := sentenceWith(q.Words, f.Value); words != "" && alone(words, mostQuote) && !p.private(words) && (p.speaksOf(t, words) || marked(q, at)) {
				p.cited["figure "+f.Value], p.cited[f.Passage] = true, true
				return choice{paragraph: Paragraph{Figure: q.Ref, Words: words}, because: fmt.Sprintf("%s, %s; source: %s.", f.Member, f.Document, cmp.Or(f.Source, "its list of references"))}, true
			}
		}
	}
	return choice{}, false
}

// on is a passage under a theme; nil where it is not on it.
func (p *proposer) on(passage string, t *themes.ThemeReport) *themes.Quote {
	return p.Material.quotes[fmt.Sprintf("%s.%d", passage, t.Number)]
}

func sentenceWith(text, value string) (words string, at themes.Span) {
	for _, s := range index.Sentences(text) {
		if words := oneLine(text[s.Start:s.End]); strings.Contains(words, value) {
			return words, themes.Span{Start: s.Start, End: s.End}
		}
	}
	return "", themes.Span{}
}

// A wantedAsk is an ask that may be made, with the members that make it.
type wantedAsk struct {
	actor   string
	best    *themes.ListedAsk
	refs    []string
	members []string
}

// wantedOn are the asks that may be made on a theme: those that most members make first, with a date before without.
func (p *proposer) wantedOn(t *themes.ThemeReport) (all []wantedAsk) {
	for i := range p.Asks.Actors {
		actor := &p.Asks.Actors[i]
		if actor.Actor == "" || nobody[strings.ToLower(actor.Actor)] {
			continue
		}
		for _, m := range actor.Merged {
			if w := p.wanted(t, actor, m.Asks); w.best != nil {
				all = append(all, w)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b wantedAsk) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), trueFirst(a.best.Deadline != "", b.best.Deadline != ""), cmp.Compare(Words(a.best.Action), Words(b.best.Action)))
	})
	return all
}

// askOn is the ask to make on a theme.
func (p *proposer) askOn(t *themes.ThemeReport) (choice, bool) {
	all := p.wantedOn(t)
	if len(all) == 0 {
		return choice{}, false
	}
	w := all[0]
	p.cited["ask "+w.best.Action] = true
	x := Paragraph{Ask: w.refs, Actor: w.actor, Action: lowerFirst(w.best.Action)}
	if byWhen.MatchString(w.best.Deadline) {
		x.By = w.best.Deadline
	}
	return choice{paragraph: x, because: fmt.Sprintf("Asked for by %s: %s.", plural(len(w.members), "member", "members"), strings.Join(w.members, ", "))}, true
}

// wanted is one ask of the record, put together of those that ask the same, as far as it speaks of a theme and may be made under its members' names.
func (p *proposer) wanted(t *themes.ThemeReport, actor *themes.AskActor, same []int) wantedAsk {
	w := wantedAsk{actor: article(actor.Actor)}
	for _, i := range same {
		a := &actor.Asks[i]
		q := p.on(a.Passage, t)
		if q == nil || q.Withheld || q.Consent != string(index.Attributable) || !p.attributable(a.Member) || p.cited["ask "+a.Action] {
			continue
		}
		if at, ok := find(a.Action, q.Words); ok && clear(a.Action) && marked(q, at) && ends(q.Words, at) && (w.best == nil || w.best.Deadline == "" && a.Deadline != "") {
			w.best = a
		}
		if !slices.Contains(w.refs, q.Ref) {
			w.refs = append(w.refs, q.Ref)
		}
		if !slices.Contains(w.members, a.Member) {
			w.members = append(w.members, a.Member)
		}
	}
	return w
}

// clear reports an action that goes on behind "We recommend that the Government": a plain verb, nothing that only the text around it explains.
func clear(action string) bool {
	first, _, _ := strings.Cut(action, " ")
	n := Words(action)
	return n >= 4 && n <= 40 && !pointing.MatchString(action) && !contact.MatchString(action) && !strings.ContainsAny(action, ":;\n?“”\"") &&
		!plainStart[strings.ToLower(first)] && !strings.HasSuffix(strings.ToLower(first), "ing") && !strings.HasSuffix(strings.ToLower(first), "s")
}

// plainStart are words that begin an action which is no plain verb.
var plainStart = map[string]bool{"not": true, "to": true, "also": true, "the": true, "a": true, "an": true, "only": true, "now": true, "at": true, "in": true, "all": true, "first": true,
	"be": true, "have": true, "been": true, "do": true, "both": true, "and": true}

// ends reports a stretch behind which its sentence ends, or its clause: what goes on behind a colon is cut short without it.
func ends(in string, at themes.Span) bool {
	rest := strings.TrimLeft(in[at.End:], " )”\"’")
	return rest == "" || strings.ContainsAny(rest[:1], ".;!\n\r")
}

// nobody are words for who is asked that name nobody to a reader outside.
var nobody = map[string]bool{"you": true, "we": true, "they": true, "it": true, "he": true, "she": true, "us": true, "this": true, "that": true, "who": true, "everyone": true, "one": true}

// byWhen is a deadline that goes on behind an action.
var byWhen = regexp.MustCompile(`^(?:by|before|from|in|until|within|no later than|at the latest by) .*(?:\d|spring|summer|autumn|winter|term|year|month|January|February|March|April|May|June|July|August|September|October|November|December)`)

var needsThe = regexp.MustCompile(`^(?:Department|Secretary|Government|Minister|Treasury|Committee|Tribunal|First-tier|National Health|Care|Local Government|Competition|Church|Bank|Office|Ministry|Home Office|Law Commission)\b|\b(?:Agency|Authority|Commission|Office|Service|Council|Tribunal|Board)$`)

// article is an actor as it stands within a sentence.
func article(actor string) string {
	first, rest, several := strings.Cut(actor, " ")
	switch {
	case first == "The" || first == "the":
		return "the " + rest
	case needsThe.MatchString(actor):
		return "the " + actor
	case several && strings.ToLower(rest) == rest: // "Local authorities"
		return lowerFirst(actor)
	}
	return actor
}

func lowerFirst(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if r := []rune(s); len(first) > 1 && unicode.IsUpper(r[0]) && strings.ToLower(first[1:]) == first[1:] {
		r[0] = unicode.ToLower(r[0])
		return string(r)
	}
	return s
}
