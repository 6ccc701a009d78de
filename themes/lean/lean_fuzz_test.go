package lean

import (
	"testing"

	"collate/index"
)

// FuzzPassage reads strangers' words: whatever they are, every span lies in them and the same words give the same answer.
func FuzzPassage(f *testing.F) {
	f.Add("We support the standards, but only if they are statutory; and while we welcome it, we don’t agree. Provided")
	f.Add("İf, and while “not” – not-yet if if only if")
	f.Add("\xff we \xf0support, however.")
	f.Fuzz(func(t *testing.T, text string) {
		p := ReadPassage(text, 0)
		c := p.Alone("theme", "member")
		l := c.Leaning()
		inside := func(s index.Span) {
			if s.Start < 0 || s.End > len(text) || s.Start > s.End {
				t.Fatalf("%v lies outside %q", s, text)
			}
		}
		for _, q := range l.Cues {
			inside(q.Span)
		}
		for _, s := range l.Conditions {
			inside(s)
		}
		half := len(text) / 2
		both := p.On(0, [][]index.Span{{{Start: 0, End: half}}, {{Start: half, End: len(text)}}})
		for _, q := range both.Leaning().Cues {
			inside(q.Span)
		}
		m := Train([]Decided{{c, Support}, {c, Oppose}})
		a, b := m.Stance(c), Train([]Decided{{c, Support}, {c, Oppose}}).Stance(c)
		if a.Probabilities != b.Probabilities {
			t.Errorf("%q: %v, then %v", text, a.Probabilities, b.Probabilities)
		}
	})
}
