package lean

import (
	"strings"

	"collate/index"
)

// A feature is something of a case that a model can give a weight.
type feature struct {
	name  string // a word, a pair of words, or what the rules say, told apart by the first letter
	value float64
	at    index.Span // of a word or a pair in the passage
}

const (
	// cueWeight is what all that the rules say may weigh beside all words.
	cueWeight = 0.25
	// farWeight is that of words in sentences that speak of other themes.
	farWeight = 0.3
	// deniedReach is how many words after a negation are marked as denied.
	deniedReach = 3
	enough      = 3.0 // leaning beyond which more says no more
)

// features are the words near the theme's, those under a negation marked, pairs of words, and what the rules say.
func (c *Case) features() []feature {
	out, l := c.wordFeatures(), c.Leaning()
	out = append(out, l.features("r")...)
	out = append(out, c.Elsewhere.features("e")...)
	for _, q := range l.Cues {
		sign := "+"
		if q.Lean < 0 {
			sign = "-"
		}
		out = append(out, feature{"c" + sign + q.Words, cueWeight / 2, q.Span})
	}
	if c.headed {
		out = append(out, feature{"p heading", cueWeight / 2, index.Span{}})
	}
	if len(c.near) > 0 && c.near[0] {
		out = append(out, feature{"p first", cueWeight / 2, index.Span{}})
	}
	return out
}

// features are what a leaning comes to, and its parts.
func (l *Leaning) features(prefix string) []feature {
	out := []feature{
		{prefix + " " + string(l.Stance()), cueWeight, index.Span{}},
		{prefix + " +", cueWeight * min(l.InFavour, enough) / enough, index.Span{}},
		{prefix + " -", cueWeight * min(l.Against, enough) / enough, index.Span{}},
	}
	for _, x := range []struct {
		name string
		is   bool
	}{{"concern", l.Concern}, {"condition", l.Condition}, {"doubt", l.Doubt}, {"silence", l.Silence}, {"turn", l.Turn}, {"must", l.Must}, {"ask", l.Ask}, {"own", l.Own}} {
		if x.is {
			out = append(out, feature{prefix + " " + x.name, cueWeight / 2, index.Span{}})
		}
	}
	return out
}

// wordFeatures has each word and pair once, with the weight of the sentence nearest the theme.
func (c *Case) wordFeatures() []feature {
	var out []feature
	at := map[string]int{}
	add := func(name string, weight float64, span index.Span) {
		i, ok := at[name]
		if !ok {
			at[name] = len(out)
			out = append(out, feature{name, weight, span})
		} else if out[i].value < weight {
			out[i].value, out[i].at = weight, span
		}
	}
	p := c.passage
	sentence, denied := 0, 0
	before, last := "", 0
	for _, w := range p.Words.List {
		if w.Start < p.Body {
			continue
		}
		for sentence < len(p.Sentences) && w.Start >= p.Sentences[sentence].End {
			sentence++
			before, denied = "", 0
		}
		weight := farWeight
		if sentence < len(c.near) && c.near[sentence] {
			weight = 1
		}
		if strings.ContainsAny(p.Text[min(last, w.Start):w.Start], ",;:.!?()–") {
			before, denied = "", 0
		}
		name := w.Stem
		if denied > 0 {
			name = "¬" + name
			denied--
		}
		span := index.Span{Start: w.Start, End: w.End}
		add("w"+name, weight, span)
		if before != "" {
			add("b"+before+" "+w.Stem, weight*pairWeight, index.Span{Start: last, End: w.End})
		}
		if denies(w.Fold) {
			denied = deniedReach
		}
		before, last = w.Stem, w.End
	}
	return out
}

// pairWeight is what a pair of words weighs beside a word.
const pairWeight = 0.3

func denies(word string) bool { return negations[word] || strings.HasSuffix(word, "n't") }
