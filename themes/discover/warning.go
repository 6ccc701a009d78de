package discover

import (
	"fmt"
	"math"
)

// A Theme is what a codebook says of a theme, and the passages that are on it.
type Theme struct {
	ID, Name, Description string
	Passages              []string // ids
}

// A Warning is something about the codebook that a person should look at.
type Warning struct {
	Kind   string   `json:"kind"`   // one of the kinds below
	Themes []string `json:"themes"` // ids
	Says   string   `json:"says"`   // a sentence
}

// The kinds of warnings.
const (
	Overlap  = "overlap"  // two themes with much the same passages
	Wording  = "wording"  // two themes described in much the same words
	Empty    = "empty"    // no passage is on it
	CatchAll = "catchall" // more than half of all passages are on it
)

const (
	maxJaccard  = .7 // of the passages of two themes
	maxLikeness = .7 // cosine of the words of two themes' names and descriptions
	maxShare    = .5 // of all passages, on one theme
	fewPassages = 20 // fewer in all say nothing of a catch-all
)

// Check looks for themes that cover the same, nothing or nearly everything; passages is how many there are in all.
func Check(themes []Theme, passages int) []Warning {
	out := []Warning{}
	for _, t := range themes {
		switch n := len(t.Passages); {
		case n == 0:
			out = append(out, Warning{Empty, []string{t.ID}, fmt.Sprintf("No passage is on %q: its rules find nothing, or the members are silent on it.", t.Name)})
		case passages >= fewPassages && float64(n) > maxShare*float64(passages):
			out = append(out, Warning{CatchAll, []string{t.ID}, fmt.Sprintf("%d of %d passages are on %q: it tells nothing apart. Divide it, or make its rules narrower.", n, passages, t.Name)})
		}
	}
	descriptions := make([]map[string]float64, len(themes))
	for i, t := range themes {
		descriptions[i] = wordCounts(t.Name + " " + t.Description)
	}
	for i, a := range themes {
		for j, b := range themes[:i] {
			if n := jaccard(a.Passages, b.Passages); n > maxJaccard {
				out = append(out, Warning{Overlap, []string{b.ID, a.ID}, fmt.Sprintf("%q and %q share %.0f %% of their passages: are they one theme?", b.Name, a.Name, 100*n)})
			}
			if cosine(descriptions[i], descriptions[j]) > maxLikeness {
				out = append(out, Warning{Wording, []string{b.ID, a.ID}, fmt.Sprintf("%q and %q are described in much the same words: say what parts them.", b.Name, a.Name)})
			}
		}
	}
	return out
}

// jaccard is the share of what two sets have together that both have; 0 for two empty ones.
func jaccard(a, b []string) float64 {
	in := map[string]bool{}
	for _, x := range a {
		in[x] = true
	}
	both := 0
	for _, x := range b {
		if in[x] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(a)+len(b)-both))
}

func wordCounts(text string) map[string]float64 {
	out := map[string]float64{}
	for _, w := range content(text) {
		if w != "" {
			out[w]++
		}
	}
	return out
}

func cosine(a, b map[string]float64) float64 {
	length := func(m map[string]float64) float64 {
		sum := 0.0
		for _, n := range m { // whole numbers: the order makes no difference
			sum += n * n
		}
		return math.Sqrt(sum)
	}
	sum := 0.0
	for w, n := range a {
		sum += n * b[w]
	}
	if sum == 0 {
		return 0
	}
	return sum / (length(a) * length(b))
}
