package evidence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// facts are sentences with a figure that has a source, of members that may be named. One figure is given once, however many members give it: in the
// sentence of whoever has an entry for the source among its references, and then in the shortest.
func (b *oralMaker) facts(t *themes.ThemeReport) []OralFact {
	var all []foundFact
	given := map[float64][]string{}
	for i := range b.Figures.Figures {
		f := &b.Figures.Figures[i]
		if !slices.Contains(f.Themes, t.Name) {
			continue
		}
		if n := share(f); !slices.Contains(given[n], f.Member) {
			given[n] = append(given[n], f.Member)
		}
		if x, ok := b.fact(t, f); ok {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y foundFact) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), trueFirst(x.ratio, y.ratio), cmp.Compare(len(given[y.number]), len(given[x.number])), cmp.Compare(Words(x.Words), Words(y.Words)), strings.Compare(x.Ref, y.Ref))
	})
	var out []OralFact
	taken, told := map[float64]bool{}, map[string]bool{}
	for _, x := range all {
		if len(out) < oralItems && !taken[x.number] && !told[x.Words] {
			taken[x.number], told[x.Words] = true, true
			x.Others = len(given[x.number]) - 1
			out = append(out, x.OralFact)
		}
	}
	return out
}

// A foundFact is a fact with what it is chosen by.
type foundFact struct {
	OralFact
	number float64 // parts of a hundred for a share, so that "four in ten" and "40 per cent" are one
	ratio  bool    // it is a share or a sum of money, which says more than a count
	rank   int     // 0 where the submission has an entry for the source, 1 where it names one with a year, 2 where it names one
}

func share(f *themes.ListedFigure) float64 {
	if f.Unit == "share" {
		return math.Round(f.Number*1000) / 10
	}
	return f.Number
}

// fact is a figure as one to give, in a sentence that can be read alone.
func (b *oralMaker) fact(t *themes.ThemeReport, f *themes.ListedFigure) (foundFact, bool) {
	q := b.quotes[fmt.Sprintf("%s.%d", f.Passage, t.Number)]
	if f.Unsourced || q == nil || q.Withheld || q.Consent != string(index.Attributable) || !b.attributable(f.Member) || b.speaker(q) == "" {
		return foundFact{}, false
	}
	x := foundFact{OralFact: OralFact{Value: f.Value, Source: oneLine(f.Source), Speaker: b.speaker(q), Where: b.where(q), Ref: q.Ref}, number: share(f), ratio: slices.Contains([]string{"%", "share", "£"}, f.Unit)}
	switch {
	case f.Reference != nil:
		x.Source = oneLine(f.Reference.Words)
	case strings.ContainsAny(f.Source, "0123456789"):
		x.rank = 1
	case Words(f.Source) >= 3: // "members", "it" and the like are no source
		x.rank = 2
	default:
		return foundFact{}, false
	}
	var at themes.Span
	x.Words, at = sentenceWith(q.Words, f.Value)
	p := &proposer{Material: b.Material}
	return x, x.Words != "" && x.Source != "" && alone(x.Words, mostFact) && (p.speaksOf(t, x.Words) || marked(q, at))
}

// where a quote stands, as staff look it up: place and the passage's id, and the document where the member sent several.
func (b *oralMaker) where(q *themes.Quote) string {
	var parts []string
	if name := documentName(q.Document); name != "" && len(b.members[q.Member].Submissions) > 1 {
		parts = append(parts, name)
	}
	if q.Place != "" {
		parts = append(parts, placeWords(q.Place))
	}
	return strings.TrimSpace(strings.Join(parts, ", ") + " [" + q.Passage + "]")
}

// oralQuotes are sentences short enough to be said, of different members: of a divided theme from both sides, else of who shares the line.
func (b *oralMaker) oralQuotes(t *themes.ThemeReport, v jointView) []OralQuote {
	all := b.spoken(t)
	taken := map[string]bool{}
	var out []OralQuote
	take := func(stances ...themes.Stance) bool {
		i := slices.IndexFunc(all, func(c candidate) bool {
			return !taken[c.named] && !taken[c.words] && slices.Contains(stances, c.stance)
		})
		if i < 0 || len(out) == oralItems {
			return false
		}
		c := all[i]
		taken[c.named], taken[c.words] = true, true
		out = append(out, OralQuote{c.words, b.speaker(c.q), c.stance, b.where(c.q), c.q.Ref})
		return true
	}
	for more := true; more; {
		switch {
		case v.side == themes.Oppose && v.outcome != themes.Divided:
			more = take(themes.Oppose)
		case v.outcome == themes.Divided:
			in := take(themes.Support, themes.Conditions)
			against := take(themes.Oppose)
			more = in || against
		default:
			more = take(themes.Support, themes.Conditions)
		}
	}
	for len(out) < oralItems && take(themes.NotStated, themes.Mixed) {
	}
	return out
}

// spoken are the candidates that can be said in a breath, those that a person has looked at first.
func (b *oralMaker) spoken(t *themes.ThemeReport) []candidate {
	p := &proposer{Material: b.Material}
	all := slices.DeleteFunc(p.candidates(t), func(c candidate) bool { return Words(c.words) > mostSpoken || b.speaker(c.q) == "" })
	slices.SortStableFunc(all, func(x, y candidate) int { return cmp.Or(trueFirst(x.checked, y.checked), cmp.Compare(x.rank, y.rank)) })
	return all
}

// free reports a position whose words may be said under the member's name.
func (b *oralMaker) free(p *themes.Position) (*themes.Sentence, bool) {
	if !b.attributable(p.Member) {
		return nil, false
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		q := b.quotes[s.Ref]
		if q == nil || q.Withheld || q.Consent != string(index.Attributable) || Words(s.Words) > mostSpoken {
			continue
		}
		if _, ok := find(s.Words, q.Words); ok && alone(s.Words, mostSpoken) {
			return s, true
		}
	}
	return nil, false
}
