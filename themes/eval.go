package themes

import (
	"context"
	"fmt"
	"slices"

	"collate/index"
	"collate/themes/agreement"
)

// Score is how well suggestions meet the gold.
type Score struct {
	Right  int // suggested and in the gold
	Wrong  int // suggested and not in the gold
	Missed int // in the gold and not suggested
}

// Precision is the share of suggestions that are right; 0 when there is none.
func (s Score) Precision() float64 { return share(s.Right, s.Right+s.Wrong) }

// Recall is the share of the gold that was suggested.
func (s Score) Recall() float64 { return share(s.Right, s.Right+s.Missed) }

// F1 is the harmonic mean of precision and recall.
func (s Score) F1() float64 { return share(2*s.Right, 2*s.Right+s.Wrong+s.Missed) }

func (s *Score) count(suggested, gold bool) {
	switch {
	case suggested && gold:
		s.Right++
	case suggested:
		s.Wrong++
	case gold:
		s.Missed++
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Evaluation is what [Analysis.Evaluate] measures.
type Evaluation struct {
	Passages, Members int
	Themes            []ThemeEvaluation
	Passage, Member   Score   // over all themes: micro
	PassageMacro      float64 // mean F1 over themes
	MemberMacro       float64
	Readers           []string // the two whose agreement is the ceiling; empty when the gold has not two
	ReadersF1         float64  // micro F1 of one reader against the other
	StancePairs       int      // passages times themes that both the gold and the tool code
	StanceRight       int      // the same stance, "not stated" being one
	StanceStated      int      // of them, where the tool states one
	StanceStatedRight int
	StanceReaders     float64      // share of pairs on which the readers give the same stance
	StanceCommon      float64      // share that always saying the gold's commonest stance gets right
	Learning          []Learning   // without a decision, and with 100 reviewed passages; none for a handful of passages
	Claims            []ClaimScore `json:",omitempty"` // of asks, figures, dates and mentions, where passages are marked for them
	Ranking                        // of the search
}

// ThemeEvaluation is one theme's part.
type ThemeEvaluation struct {
	Name            string
	Gold            int // passages that the gold codes
	Passage, Member Score
	Kappa           float64 // tool and gold, over passages
	ReadersKappa    float64 // reader and reader
}

// Evaluate measures the suggestions and the search against a gold standard. It returns an error for a passage that the gold
// names and the record does not have: then one of them is of another state of the files.
func (a *Analysis) Evaluate(ctx context.Context, gold []GoldCoding, searches []Judged) (*Evaluation, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	byCoder := map[string]map[string]GoldCoding{}
	for _, g := range gold {
		if s.Passage(g.ID) == nil {
			return nil, fmt.Errorf("the gold codes passage %s (%s: %q), which is not among the passages read", g.ID, g.File, g.Begins)
		}
		if byCoder[g.Coder] == nil {
			byCoder[g.Coder] = map[string]GoldCoding{}
		}
		byCoder[g.Coder][g.ID] = g
	}
	e := &Evaluation{}
	m := measure{a: a, s: s, state: state, e: e, gold: byCoder["gold"]}
	for _, coder := range slices.Sorted(keys(byCoder)) {
		if coder != "gold" {
			e.Readers = append(e.Readers, coder)
			m.readers = append(m.readers, byCoder[coder])
		}
	}
	m.themes()
	m.stances()
	if err := m.learning(ctx); err != nil {
		return nil, err
	}
	return e, m.searches(ctx, searches)
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

type measure struct {
	a       *Analysis
	s       *index.Snapshot
	state   *codings
	e       *Evaluation
	gold    map[string]GoldCoding
	readers []map[string]GoldCoding
}

// coded are the passages that the gold has read, in the snapshot's order.
func (m *measure) coded() []*index.Passage {
	return slices.DeleteFunc(slices.Clone(m.s.Passages), func(p *index.Passage) bool { _, ok := m.gold[p.ID]; return !ok })
}

func (m *measure) suggested(passage, theme string) bool {
	c := m.state.passages[codingKey{passage, theme}]
	return c != nil && c.Tagged
}

func (m *measure) themes() {
	passages := m.coded()
	members := map[string]bool{}
	var readers Score
	for _, t := range m.a.Codebook.Themes {
		x := ThemeEvaluation{Name: t.Name}
		var tool, gold, one, other []bool
		toolMembers, goldMembers := map[string]bool{}, map[string]bool{}
		for _, p := range passages {
			member := m.s.Submission(p).Member
			members[member] = true
			suggested, right := m.suggested(p.ID, t.ID), slices.Contains(m.gold[p.ID].Themes, t.ID)
			tool, gold = append(tool, suggested), append(gold, right)
			x.Passage.count(suggested, right)
			toolMembers[member] = toolMembers[member] || suggested
			goldMembers[member] = goldMembers[member] || right
			if right {
				x.Gold++
			}
			if len(m.readers) == 2 {
				y, z := slices.Contains(m.readers[0][p.ID].Themes, t.ID), slices.Contains(m.readers[1][p.ID].Themes, t.ID)
				one, other = append(one, y), append(other, z)
				readers.count(y, z)
			}
		}
		for member := range goldMembers {
			x.Member.count(toolMembers[member], goldMembers[member])
		}
		x.Kappa, x.ReadersKappa = agreement.Kappa(tool, gold), agreement.Kappa(one, other)
		m.e.add(x, len(m.a.Codebook.Themes))
	}
	m.e.Passages, m.e.Members, m.e.ReadersF1 = len(passages), len(members), readers.F1()
}

func (e *Evaluation) add(x ThemeEvaluation, themes int) {
	e.Themes = append(e.Themes, x)
	for _, s := range [][2]*Score{{&e.Passage, &x.Passage}, {&e.Member, &x.Member}} {
		s[0].Right += s[1].Right
		s[0].Wrong += s[1].Wrong
		s[0].Missed += s[1].Missed
	}
	e.PassageMacro += x.Passage.F1() / float64(themes)
	e.MemberMacro += x.Member.F1() / float64(themes)
}

// stances compares stance where both sides code the passage: a theme that one of them does not see has no stance to compare.
func (m *measure) stances() {
	e := m.e
	common := map[Stance]int{}
	same, both := 0, 0
	for _, p := range m.coded() {
		for _, t := range m.a.Codebook.Themes {
			if len(m.readers) == 2 && slices.Contains(m.readers[0][p.ID].Themes, t.ID) && slices.Contains(m.readers[1][p.ID].Themes, t.ID) {
				both++
				if stated(m.readers[0][p.ID], t.ID) == stated(m.readers[1][p.ID], t.ID) {
					same++
				}
			}
			if !m.suggested(p.ID, t.ID) || !slices.Contains(m.gold[p.ID].Themes, t.ID) {
				continue
			}
			want, got := stated(m.gold[p.ID], t.ID), m.state.passages[codingKey{p.ID, t.ID}].Stance
			common[want]++
			e.StancePairs++
			if got == want {
				e.StanceRight++
			}
			if got != NotStated {
				e.StanceStated++
				if got == want {
					e.StanceStatedRight++
				}
			}
		}
	}
	e.StanceReaders = share(same, both)
	for _, n := range common {
		e.StanceCommon = max(e.StanceCommon, share(n, e.StancePairs))
	}
}

func stated(g GoldCoding, theme string) Stance {
	if s, ok := g.Stance[theme]; ok && s != "" {
		return s
	}
	return NotStated
}
