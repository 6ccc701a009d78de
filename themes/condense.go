package themes

import (
	"cmp"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes/lean"
)

// A candidate is a sentence that could stand for a member's position, or a lead-in with the first item of its list.
type candidate struct {
	passage *index.Passage
	words   string
	score   float64
	order   int
	stems   []string // what it speaks of, each once
	side    Stance   // that the sentence takes by itself
	ask     bool
	hangs   float64 // how much it needs what stands around it, see [hanging]
	weighed bool    // hangs is known and in the score
}

// condense chooses up to n of a member's own sentences on a theme, the most telling first. It scores what a colleague would look for: what
// the theme and the member's other sentences on it speak of, a stance on the side that the member is on, an ask; and marks down what
// does not stand alone. Each next one is to add something: what was said already counts against it, an ask beside a stance for it. The
// words are the member's, to the byte. of is the stance of a passage on the theme.
func condense(b *Codebook, theme *Theme, readings map[string]*passageReading, passages []*index.Passage, of func(*index.Passage) Stance, stance Stance, n int) []candidate {
	var all []candidate
	for _, p := range passages {
		r := readings[p.ID]
		marks, _ := b.match(theme, r.Words)
		for i := range r.Sentences {
			c := newCandidate(p, r, i)
			c.order = len(all)
			c.score = telling(&c, r, i, marks, stance) + agreeing(of(p), stance)
			all = append(all, c)
		}
	}
	addCentral(all, theme)
	return choose(all, n)
}

// These weigh what makes a sentence tell a position. They are round numbers, settled on the dev half of the sample's summaries; what they reach
// on the other half is in its condense.golden.
const (
	markWeight    = 0.6 // for each of up to three words of the theme's rules
	themeWeight   = 3.0 // for being on what the theme's description speaks of, 0 to 1
	centralWeight = 2.0 // for being on what the member speaks of most, 0 to 1
	askWeight     = 2.0
	repeatWeight  = 4.0 // against saying again what a chosen sentence says, 0 to 1
	leastScore    = 2.0 // below which a second or third sentence is not shown
)

// newCandidate is the i-th sentence of a passage. One that leads into a list goes on to the end of the first item.
func newCandidate(p *index.Passage, r *passageReading, i int) candidate {
	at := r.Sentences[i]
	if strings.HasSuffix(r.Text[at.Start:at.End], ":") && i+1 < len(r.Sentences) {
		if next := r.Sentences[i+1]; extract.Words(r.Text[at.Start:next.End]) <= 45 {
			at.End = next.End
		}
	}
	l := &r.Leanings[i]
	c := candidate{passage: p, words: r.Text[at.Start:at.End], side: Stance(l.Stance()), ask: l.Ask}
	first, _ := slices.BinarySearchFunc(r.Words.List, at.Start, func(w index.Word, start int) int { return cmp.Compare(w.Start, start) })
	for _, w := range r.Words.List[first:] {
		if w.Start >= at.End {
			break
		}
		if len(w.Fold) > 3 && !empty[w.Stem] && !slices.Contains(c.stems, w.Stem) {
			c.stems = append(c.stems, w.Stem)
		}
	}
	return c
}

// empty are the stems of longer words that say nothing of the subject.
var empty = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range index.Analyse(`about above after again against also although always among another anything because been before being below
		between both cannot could does doing down during each either else enough even ever every from further give given goes gone hardly have
		having here himself however indeed into itself just keep least less like likely made make many might more most much must neither never
		next nobody none nothing often once only other others otherwise ours over perhaps please quite rather really said same says seem several
		shall should since some someone something sometimes soon still such sure take taken tell than that their them themselves then there
		therefore these they thing things think this those though through thus together toward under until upon used using very want ways well
		were what whatever when where whether which while whole whom whose will with within without would your they're we've we'd that's`).List {
		out[w.Stem] = true
	}
	return out
}()

// telling scores one sentence by itself.
func telling(c *candidate, r *passageReading, i int, marks []index.Span, stance Stance) float64 {
	l := &r.Leanings[i]
	score := markWeight*float64(min(marksWithin(marks, r.Sentences[i]), 3)) + siding(l, stance)
	if c.ask {
		score += askWeight
	}
	if l.Own {
		score += 0.4
	} else if c.side == NotStated && !c.ask {
		score -= 0.7 // it tells of the world, not of what the member thinks of it
	}
	if i == 0 {
		score += 0.3
	}
	return score + lasting(c)
}

// siding is what a sentence's own stance adds for a member's.
func siding(l *lean.Leaning, stance Stance) float64 {
	own := Stance(l.Stance())
	switch {
	case own == NotStated:
		return 0
	case own == stance:
		return 1.5
	case stance == Mixed, own != Oppose && stance == Conditions, own == Conditions && stance == Support:
		return 1
	case stance == Support && own == Oppose, stance == Oppose && own == Support:
		return -1.5
	}
	return 0
}

// agreeing is what the stance of its passage adds for a member's.
func agreeing(own, stance Stance) float64 {
	switch {
	case own == stance:
		return 1
	case stance == Support && own == Oppose, stance == Oppose && (own == Support || own == Conditions):
		return -1
	}
	return 0
}

// lasting is what the length of a sentence adds: 12 to 40 words fill a cell and are read. Few are enough to take a side.
func lasting(c *candidate) float64 {
	switch n := extract.Words(c.words); {
	case n < 5:
		return -3
	case n < 12 && c.side != NotStated:
		return 0
	case n < 8:
		return -1.5
	case n < 12:
		return -0.3
	case n > 60:
		return -1
	case n > 40:
		return 0
	}
	return 0.5
}

// addCentral scores how far each sentence speaks of what the member's sentences on the theme speak of most, and of what the theme's name
// and description name: the centroid of Radev et al. (2004), with a stem weighing as many sentences as have it.
func addCentral(all []candidate, theme *Theme) {
	in := map[string]int{}
	for i := range all {
		for _, s := range all[i].stems {
			in[s]++
		}
	}
	named := map[string]bool{}
	for _, w := range index.Analyse(theme.Name + ". " + theme.Description).List {
		if len(w.Fold) > 3 && !empty[w.Stem] {
			named[w.Stem] = true
		}
	}
	central := make([]float64, len(all))
	most := 0.0
	for i := range all {
		on := 0
		for _, s := range all[i].stems {
			if in[s] > 1 {
				central[i] += float64(in[s] - 1)
			}
			if named[s] {
				on++
			}
		}
		if n := len(all[i].stems); n > 0 {
			central[i] /= float64(n + 3) // short sentences would be the most central
			all[i].score += themeWeight * min(1, float64(on)/4)
		}
		most = max(most, central[i])
	}
	for i := range all {
		if most > 0 {
			all[i].score += centralWeight * central[i] / most
		}
	}
}

// choose takes the best sentence and then those that add most to the chosen ones. How far a sentence stands alone is only looked at when it
// would be taken: that costs more than all else.
func choose(all []candidate, n int) []candidate {
	var out []candidate
	said := make([]map[string]bool, 0, n)
	taken := make([]bool, len(all))
	for len(out) < n {
		best, most := -1, 0.0
		for i := range all {
			if taken[i] || len(out) > 0 && all[i].hangs >= tooMuch {
				continue
			}
			if all[i].score < most && best >= 0 && all[i].score+mostAdded < most {
				continue
			}
			if gain := all[i].score + adding(&all[i], out, said); best < 0 || gain > most {
				best, most = i, gain
			}
		}
		if best < 0 || len(out) > 0 && most < leastScore {
			break
		}
		c := &all[best]
		if !c.weighed {
			c.weighed, c.hangs = true, hanging(c.words)
			c.score -= c.hangs
			continue
		}
		taken[best] = true
		if len(out) == 0 || !inside(*c, out) {
			out, said = append(out, *c), append(said, setOf(c.stems))
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// rank puts what takes a side before what asks or explains.
func rank(c candidate) int {
	if c.side == NotStated || c.hangs >= 1 {
		return 1
	}
	return 0
}

// inside reports whether a sentence lies in a chosen one, as the first item of a list in its lead-in does.
func inside(c candidate, chosen []candidate) bool {
	return slices.ContainsFunc(chosen, func(x candidate) bool { return x.passage == c.passage && strings.Contains(x.words, c.words) })
}

// mostAdded is the most that [adding] can come to.
const mostAdded = 2

// adding is what a sentence is worth more or less beside those chosen. said is what those speak of.
func adding(c *candidate, chosen []candidate, said []map[string]bool) float64 {
	if len(chosen) == 0 {
		return 0
	}
	same, asked, sided := 0.0, false, false
	for i := range chosen {
		same = max(same, saidShare(c.stems, said[i]))
		asked = asked || chosen[i].ask
		sided = sided || chosen[i].side == c.side
	}
	score := -repeatWeight * same
	if c.ask && !asked {
		score++
	}
	if c.side != NotStated && !sided {
		score++
	}
	return score
}

// saidShare is how much of what a sentence speaks of was said, or of what was said if that is less.
func saidShare(stems []string, said map[string]bool) float64 {
	both := 0
	for _, s := range stems {
		if said[s] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return min(1, float64(both)/float64(min(len(stems), len(said))))
}

func setOf(stems []string) map[string]bool {
	out := make(map[string]bool, len(stems))
	for _, s := range stems {
		out[s] = true
	}
	return out
}
