package main

import (
	"cmp"
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing"

	"collate/index"
	"collate/samples"
	"collate/themes"
	"collate/themes/discover"
)

const (
	removedThemes = 3 // of the codebook
	firstShown    = 8 // proposals that a person looks at
)

// TestDiscoverRemovedThemes takes three of the example's themes out of the codebook and looks for them: twenty of the 120 ways there are, every
// sixth, and two seeds. The rules of the themes left say which passages are on a theme. A removed theme comes back when a proposal among the first eight has at least an F1 of .4 against the gold's passages of the theme, or when more than
// half of the proposal's passages, and three at least, are of it in the gold. At least two of the three are to come back. Beside it, how often that is so of groups as large, made by chance.
func TestDiscoverRemovedThemes(t *testing.T) {
	_, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gold := goldThemes(t)
	all := an.Codebook.Themes
	passages := make([]discover.Passage, len(s.Passages))
	proposed := make([]map[string]bool, len(s.Passages))
	for i, p := range s.Passages {
		passages[i] = discover.Passage{ID: p.ID, Member: s.Submission(p).Member, Text: s.Text(p), Private: s.Consent(p) != index.Attributable}
		proposed[i] = map[string]bool{}
		if p.Codable() {
			for _, x := range an.Codebook.Propose(s.Whole(p), p.Body-p.Start) {
				proposed[i][x.ThemeID] = true
			}
		}
	}
	names := append(slices.Clone(an.Codebook.Called), an.Codebook.Consultation)
	for _, m := range s.Members {
		names = append(append(names, m.Name, m.Short), m.Aliases...)
	}
	combination, tries := 0, 0
	byLuck := map[int]int{}
	left := map[string]int{} // passages of the theme that discovery can see, over all tries
	back, byTheme, triesOf := map[int]int{}, map[string]int{}, map[string]int{}
	for a := range all {
		for b := range a {
			for c := range b {
				if combination++; combination%6 != 0 {
					continue
				}
				removed := []string{all[c].ID, all[b].ID, all[a].ID}
				for i := range passages {
					passages[i].Tagged = slices.ContainsFunc(all, func(x themes.Theme) bool { return proposed[i][x.ID] && !slices.Contains(removed, x.ID) })
				}
				for _, seed := range []uint64{1, 2} {
					f, err := discover.Find(t.Context(), passages, discover.Options{Seed: seed, Names: names})
					if err != nil {
						t.Fatal(err)
					}
					n, lucky := 0, 0
					chance := byChance(f, passages, seed)
					for _, id := range removed {
						if slices.ContainsFunc(chance, func(of []string) bool { return comesBack(of, gold[id]) }) {
							lucky++
						}
						triesOf[id]++
						left[id] += onNoTheme(passages, gold[id])
						if slices.ContainsFunc(f.Proposals[:min(firstShown, len(f.Proposals))], func(p discover.Proposal) bool { return comesBack(p.Passages, gold[id]) }) {
							n++
							byTheme[id]++
						}
					}
					tries++
					back[n]++
					byLuck[lucky]++
				}
			}
		}
	}
	for n := range removedThemes + 1 {
		t.Logf("%d of %d themes come back: %d of %d times, by chance %d", n, removedThemes, back[n], tries, byLuck[n])
	}
	for _, x := range all {
		t.Logf("  %-22s %d of %d times, %d passages in the gold, of them %.0f on no theme left", x.ID, byTheme[x.ID], triesOf[x.ID], len(gold[x.ID]), float64(left[x.ID])/float64(triesOf[x.ID]))
	}
	if got := float64(back[2]+back[3]) / float64(tries); got < .8 {
		t.Errorf("at least two of three come back in %.2f of the tries, want .8", got)
	}
}

// byChance are groups as large as the first proposals, of any passages on no theme.
func byChance(f *discover.Finding, passages []discover.Passage, seed uint64) [][]string {
	var ids []string
	for _, p := range passages {
		if !p.Tagged {
			ids = append(ids, p.ID)
		}
	}
	r := rand.New(rand.NewPCG(seed, 2))
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	var out [][]string
	for _, p := range f.Proposals[:min(firstShown, len(f.Proposals))] {
		out = append(out, ids[:len(p.Passages)])
		ids = ids[len(p.Passages):]
	}
	return out
}

func onNoTheme(passages []discover.Passage, gold map[string]bool) int {
	n := 0
	for _, p := range passages {
		if !p.Tagged && gold[p.ID] {
			n++
		}
	}
	return n
}

func comesBack(passages []string, gold map[string]bool) bool {
	var score themes.Score
	for _, id := range passages {
		if gold[id] {
			score.Right++
		} else {
			score.Wrong++
		}
	}
	score.Missed = len(gold) - score.Right
	return score.F1() >= .4 || score.Right >= 3 && score.Precision() > .5
}

// goldThemes are the passages that the example's gold codes on each theme.
func goldThemes(t *testing.T) map[string]map[string]bool {
	t.Helper()
	text, err := fs.ReadFile(samples.SendAPPlan(), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := themes.ReadGold(text)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for _, g := range lines {
		for _, id := range g.Themes {
			if cmp.Or(g.Coder, "gold") != "gold" {
				continue
			}
			if out[id] == nil {
				out[id] = map[string]bool{}
			}
			out[id][g.ID] = true
		}
	}
	return out
}
