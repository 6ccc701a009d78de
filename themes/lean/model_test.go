package lean

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"collate/index"
)

// opinions are decisions on one theme: the words that tell the sides are no cues of the lexicon.
func opinions(n int) []Decided {
	sides := []struct {
		stance Stance
		text   string
	}{
		{Support, "A ramp at the door lets visitors in, number %d."},
		{Oppose, "The ramp blocks the pavement for buggies, number %d."},
	}
	var out []Decided
	for i := range n {
		s := sides[i%2]
		out = append(out, Decided{Case: ReadPassage(fmt.Sprintf(s.text, i), 0).Alone("ramp", fmt.Sprint("member ", i)), Stance: s.stance})
	}
	return out
}

func TestLearntStance(t *testing.T) {
	m := Train(opinions(60))
	tests := []struct {
		name, text string
		want       Stance
	}{
		{"learnt words in favour", "We have a door that now lets visitors in.", Support},
		{"learnt words against", "Whoever has a buggy finds that it blocks the pavement.", Oppose},
		{"nothing that was learnt", "Colleges teach adults.", NotStated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := m.Stance(ReadPassage(tt.text, 0).Alone("ramp", "")); a.Stance != tt.want {
				t.Errorf("%s (%.2f), want %s; cut %.3f, probabilities %.3f", a.Stance, a.Probability, tt.want, m.cut, a.Probabilities)
			}
		})
	}
}

// TestBecauseNamesWhatWeighs takes each word that a reason names out of the passage: it must stand there, and the stance be less likely
// without all of them.
// onRamp is a passage under a heading that names its theme.
func onRamp(text string) Case {
	const heading = "The ramp\n"
	c := ReadPassage(heading+text, len(heading)).On(0, [][]index.Span{{{Start: 4, End: 8}}})
	c.Theme = "ramp"
	return c
}

func TestBecauseNamesWhatWeighs(t *testing.T) {
	learnt := Train(opinions(60))
	tests := []struct {
		name, text string
		model      *Model
	}{
		{"learnt", "The door lets visitors in at last.", learnt},
		{"rules alone", "We strongly oppose the ramp.", &Model{}},
		{"rules alone, against", "We do not agree with the ramp and it should be scrapped.", &Model{}},
		{"rules alone, with a condition", "We would support a ramp if it is paid for.", &Model{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := tt.model.Stance(onRamp(tt.text))
			if a.Stance == NotStated || len(a.Because) == 0 {
				t.Fatalf("%s because %v, want a stance with a reason", a.Stance, a.Because)
			}
			left := strings.ToLower(tt.text)
			for _, w := range a.Because {
				if !strings.Contains(strings.ToLower(tt.text), w) {
					t.Errorf("%q is not in %q", w, tt.text)
				}
				left = strings.ReplaceAll(left, w, "")
			}
			if k := slices.Index(Stances[:], a.Stance); tt.model.Stance(onRamp(left)).Probabilities[k] >= a.Probability {
				t.Errorf("%s is as likely without %v", a.Stance, a.Because)
			}
		})
	}
}

func TestConditionIsNamed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"only if", "We support the standards, but only if they are statutory and funded.", "only if they are statutory and funded"},
		{"provided", "We back the bands, provided that they follow the child, and we would say so again.", "provided that they follow the child"},
		{"would support if", "We would support the proposed standards if they include dyslexia.", "if they include dyslexia"},
		{"if first", "If the money follows the child, we would welcome the bands.", "If the money follows the child"},
		{"must", "We support the standards. They must be set out in law.", "They must be set out in law."},
		{"none named", "We support the standards, with reservations.", ""},
		{"no condition", "We support the standards.", ""},
		{"a service", "We support the training provided by councils.", ""},
		{"a question", "We support the list and asked if it would grow.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got string
			l := leanOf(tt.text)
			if len(l.Conditions) > 0 {
				got = tt.text[l.Conditions[0].Start:l.Conditions[0].End]
			}
			if want := tt.want; got != want || (want != "") != (l.Stance() == Conditions) && tt.name != "none named" {
				t.Errorf("%s on condition %q, want %q", l.Stance(), got, want)
			}
		})
	}
}

// TestSentencesOfATheme: what is said of one theme is not said of another.
func TestSentencesOfATheme(t *testing.T) {
	const text = "We support outreach. It works. We oppose the tariff. It is unworkable."
	p := ReadPassage(text, 0)
	at := func(word string) []index.Span {
		i := strings.Index(text, word)
		return []index.Span{{Start: i, End: i + len(word)}}
	}
	marks := [][]index.Span{at("outreach"), at("tariff")}
	for theme, want := range []Stance{Support, Oppose} {
		c := p.On(theme, marks)
		if l := c.Leaning(); l.Stance() != want {
			t.Errorf("theme %d: %s, want %s", theme, l.Stance(), want)
		}
	}
}

// TestClausesOfATheme: in a sentence on several themes each has what its clause says.
func TestClausesOfATheme(t *testing.T) {
	tests := []struct {
		name, text      string
		outreach, bands Stance
	}{
		{"two clauses", "We support outreach, but we oppose the bands.", Support, Oppose},
		{"a list", "We support outreach and the bands.", Support, Support},
		{"in passing, behind an if", "We would support outreach if the bands are withdrawn.", Conditions, NotStated},
		{"another sentence", "We oppose the bands. Outreach is what our members do.", NotStated, Oppose},
		{"goes on", "We support outreach. It must be in the bands.", Conditions, NotStated},
		{"no clause of its own", "On outreach, we are in favour; on the bands, we have no view.", Support, NotStated},
		{"neither is named", "We are in favour.", NotStated, NotStated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const heading = "The plan\n"
			text := heading + tt.text
			at := func(word string) []index.Span {
				if i := strings.Index(strings.ToLower(text), word); i >= 0 {
					return []index.Span{{Start: i, End: i + len(word)}}
				}
				return nil
			}
			marks := [][]index.Span{at("outreach"), at("bands"), at("plan")}
			p := ReadPassage(text, len(heading))
			for theme, want := range []Stance{tt.outreach, tt.bands} {
				c := p.On(theme, marks)
				if l := c.Leaning(); l.Stance() != want {
					t.Errorf("theme %d: %s because %v, want %s", theme, l.Stance(), l.Because(), want)
				}
			}
		})
	}
}

func TestTrainingIsRepeatable(t *testing.T) {
	c := ReadPassage("The ramp lets everybody in.", 0).Alone("ramp", "")
	a, b := Train(opinions(40)).Stance(c), Train(opinions(40)).Stance(c)
	if a.Probabilities != b.Probabilities {
		t.Errorf("%v, then %v", a.Probabilities, b.Probabilities)
	}
}

func BenchmarkTrain(b *testing.B) {
	text := "Most of what it promises will not arrive until the end of 2025. The law says that a plan must be issued within 20 weeks, and families wait for a year. " +
		"Schools should not be asked to find the staff for this from budgets that are already in deficit, and psychologists cannot be recruited overnight. Paragraph %d of %s%s."
	var decided []Decided
	for i := range 2000 {
		words := fmt.Sprintf(text, i, strings.Repeat(string(rune('a'+i%26)), 3), strings.Repeat(string(rune('a'+i%7)), 4))
		decided = append(decided, Decided{Case: ReadPassage(words, 0).Alone(fmt.Sprint("theme ", i%10), fmt.Sprint("member ", i%40)), Stance: Stances[i*7%len(Stances)]})
	}
	b.ResetTimer()
	for range b.N {
		Train(decided)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/2000decisions")
}
