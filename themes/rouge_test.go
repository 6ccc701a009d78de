package themes

import (
	"math"
	"testing"

	"collate/index"
)

// rouge is how many words, pairs of words and words in order two texts share: ROUGE-1, -2 and -L after Lin (2004), "ROUGE: a package for
// automatic evaluation of summaries", each as F1 between 0 and 1. A word is a stem of [index.Analyse], none is left out as too common, and
// a text is one sequence, as for a summary of one sentence.
type rouge struct{ One, Two, Long float64 }

func newRouge(text, reference string) rouge {
	a, b := stemsOf(text), stemsOf(reference)
	return rouge{
		One:  overlap(grams(a, 1), grams(b, 1)),
		Two:  overlap(grams(a, 2), grams(b, 2)),
		Long: f1(commonOrder(a, b), len(a), len(b)),
	}
}

func stemsOf(text string) []string {
	var out []string
	for _, w := range index.Analyse(text).List {
		out = append(out, w.Stem)
	}
	return out
}

// grams counts the runs of n words.
func grams(words []string, n int) map[[2]string]int {
	out := map[[2]string]int{}
	for i := 0; i+n <= len(words); i++ {
		var g [2]string
		copy(g[:], words[i:i+n])
		out[g]++
	}
	return out
}

// overlap is the F1 of the runs that two texts share. A run counts as often as the text that has it less often has it.
func overlap(a, b map[[2]string]int) float64 {
	both, inA, inB := 0, 0, 0
	for g, n := range a {
		both += min(n, b[g])
		inA += n
	}
	for _, n := range b {
		inB += n
	}
	return f1(both, inA, inB)
}

func f1(both, inA, inB int) float64 {
	if both == 0 {
		return 0
	}
	return 2 * float64(both) / float64(inA+inB)
}

// commonOrder is the length of the longest sequence of words that both have in order, with gaps.
func commonOrder(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			before = above
		}
	}
	return row[len(b)]
}

func TestRouge(t *testing.T) {
	tests := []struct {
		name, text, reference string
		want                  rouge
	}{
		{"the same", "We support standards.", "we support standards", rouge{1, 1, 1}},
		{"nothing shared", "We support standards.", "They oppose it", rouge{}},
		{"nothing", "", "They oppose it", rouge{}},
		{"Lin's example", "police kill the gunman", "police killed the gunman", rouge{1, 1, 1}}, // stems
		{"in order with a gap", "police ended the gunman", "police killed the gunman", rouge{.75, 1. / 3, .75}},
		{"in another order", "the gunman kill police", "police killed the gunman", rouge{1, 1. / 3, .5}},
		{"a repeated word counts as often as both have it", "the the the cat", "the cat sat", rouge{2 * 2. / 7, 2 * 1. / 5, 2 * 2. / 7}},
		{"longer than the reference", "we support the standards and the plan", "support the plan", rouge{2 * 3. / 10, 2 * 2. / 8, 2 * 3. / 10}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := newRouge(tt.text, tt.reference)
			if math.Abs(got.One-tt.want.One)+math.Abs(got.Two-tt.want.Two)+math.Abs(got.Long-tt.want.Long) > 1e-9 {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
