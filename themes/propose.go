package themes

import (
	"strings"

	"collate/index"
)

// A Proposal is what the tool thinks of a passage under one theme, with its reason.
type Proposal struct {
	ThemeID   string
	Because   string       // "because: 20 weeks, waiting"
	Marks     []index.Span // in the passage with its headings, where the rules matched
	Stance    Stance
	StanceWhy string // "because: we support, only if"; "" when not stated
}

// Propose codes one passage by the codebook's rules: whole is the passage with the headings above it, body the offset at
// which its own words begin. A theme is proposed when any of its searches finds the passage and none of those it excludes
// does. Stance is read from the sentences that speak of the theme.
func (b *Codebook) Propose(whole string, body int) []Proposal {
	analysed := index.Analyse(whole)
	var out []Proposal
	for i := range b.Themes {
		t := &b.Themes[i]
		if marks, ok := t.match(analysed); ok {
			out = append(out, Proposal{ThemeID: t.ID, Marks: marks, Because: because(whole, body, marks)})
		}
	}
	if len(out) == 0 {
		return nil
	}
	sentences := sentencesFrom(whole, body)
	for i := range out {
		own := sentences
		if len(out) > 1 {
			own = about(sentences, out[i].Marks)
		}
		l := lean(whole, own)
		if out[i].Stance = l.stance(); out[i].Stance != NotStated {
			out[i].StanceWhy = "because: " + strings.Join(unique(l.because, 6), ", ")
		}
	}
	return out
}

func (t *Theme) match(words *index.Words) (marks []index.Span, ok bool) {
	for _, q := range t.none {
		if _, found := q.Match(words); found {
			return nil, false
		}
	}
	for _, q := range t.any {
		if spans, found := q.Match(words); found {
			marks, ok = append(marks, spans...), true
		}
	}
	return index.MergeSpans(marks), ok
}

// because names the words that matched, each once, in order; those of a heading are said to be.
func because(whole string, body int, marks []index.Span) string {
	var said, above []string
	for _, m := range marks {
		if words := strings.ToLower(whole[m.Start:m.End]); m.Start < body {
			above = append(above, words)
		} else {
			said = append(said, words)
		}
	}
	parts := unique(said, 6)
	if len(above) > 0 {
		parts = append(parts, "heading: "+strings.Join(unique(above, 3), ", "))
	}
	return "because: " + strings.Join(parts, ", ")
}

func sentencesFrom(whole string, body int) []index.Span {
	own := index.Sentences(whole[body:])
	for i := range own {
		own[i].Start += body
		own[i].End += body
	}
	return own
}

// about are the sentences that hold a mark, and the one that follows each: "We are against it" needs the one before.
// When only the headings hold one, it is all of them.
func about(sentences, marks []index.Span) []index.Span {
	var out []index.Span
	keep := false
	for _, s := range sentences {
		holds := false
		for _, m := range marks {
			holds = holds || m.Start < s.End && m.End > s.Start
		}
		if holds || keep {
			out = append(out, s)
		}
		keep = holds
	}
	if len(out) == 0 {
		return sentences
	}
	return out
}

// unique is the first n different strings.
func unique(in []string, n int) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] && len(out) < n {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
