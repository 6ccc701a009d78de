package main

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/samples"
	"collate/themes"
)

// sides are the sides that the gold is on.
type sides map[themes.Stance]bool

// side is what a stance comes to when it is only asked which way.
func side(s themes.Stance) themes.Stance {
	if s == themes.Conditions {
		return themes.Support
	}
	return s
}

// has reports that the gold is on the side of a stance. One that is both for and against is mixed.
func (g sides) has(s themes.Stance) bool {
	return g[side(s)] || s == themes.Mixed && g[themes.Support] && g[themes.Oppose]
}

// A sideTally counts stances that are stated, and how many of them are on a side that the gold is on.
type sideTally struct {
	gold, met            int // on which the gold takes a side, and of those where one is stated
	stated, right, other int // other: the gold takes another
}

func (c *sideTally) add(s themes.Stance, gold sides) {
	says := s != themes.NotStated && s != themes.Silent
	if len(gold) > 0 {
		c.gold++
		if says {
			c.met++
		}
	}
	switch {
	case !says:
		return
	case gold.has(s):
		c.right++
	case len(gold) > 0:
		c.other++
	}
	c.stated++
}

func (c *sideTally) String() string {
	share := func(a, b int) float64 { return float64(a) / float64(max(1, b)) }
	return fmt.Sprintf("%6d  %5d  %.2f  %7d  %4d  %11d  %.2f", c.stated, c.right, share(c.right, c.stated), c.other, c.stated-c.right-c.other, c.gold, share(c.met, c.gold))
}

type memberTheme struct{ member, theme string }

type passageTheme struct{ passage, theme string }

// goldSides are the sides that the gold is on, of passages and of members.
type goldSides struct {
	passage map[passageTheme]sides
	member  map[memberTheme]sides
}

func readGoldSides(t *testing.T, s *index.Snapshot) *goldSides {
	t.Helper()
	data, err := fs.ReadFile(samples.SendAPPlan(), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := themes.ReadGold(data)
	if err != nil {
		t.Fatal(err)
	}
	g := &goldSides{map[passageTheme]sides{}, map[memberTheme]sides{}}
	for _, l := range lines {
		for theme, is := range l.Stance {
			if l.Coder != "gold" || is == "" || is == themes.NotStated {
				continue
			}
			p, m := passageTheme{l.ID, theme}, memberTheme{s.Submission(s.Passage(l.ID)).Member, theme}
			if g.passage[p] == nil {
				g.passage[p] = sides{}
			}
			if g.member[m] == nil {
				g.member[m] = sides{}
			}
			g.passage[p][side(is)], g.member[m][side(is)] = true, true
		}
	}
	return g
}

// namesOf are the members by what a report calls them.
func namesOf(t *testing.T, an *themes.Analysis, s *index.Snapshot) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range s.Members {
		label, err := an.Label(t.Context(), m.Name)
		if err != nil {
			t.Fatal(err)
		}
		out[label] = m.Name
	}
	return out
}

// TestStanceSidesGolden measures what a reader of a first report meets: of what is stated, how much is on a side that some passage of the
// member is on by the gold, whether or not the tool put the right passages on the theme.
func TestStanceSidesGolden(t *testing.T) {
	_, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := an.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g, names := readGoldSides(t, s), namesOf(t, an, s)
	var b strings.Builder
	b.WriteString("stances that are suggested before anybody decides, against the gold: support (with conditions or not), oppose, mixed\n\n" +
		"                                                      stated  right        of other  none  gold states  met\n")
	for _, half := range []bool{true, false} {
		var members, passages sideTally
		for _, m := range r.Members {
			for _, p := range m.Positions {
				if name := names[m.Label]; developedWith(name) == half {
					members.add(p.Stance, g.member[memberTheme{name, p.ThemeID}])
				}
			}
		}
		for _, q := range r.Quotes {
			if developedWith(names[q.Member]) == half {
				passages.add(q.Stance, g.passage[passageTheme{q.Passage, q.ThemeID}])
			}
		}
		which := "that nothing was tried on"
		if half {
			which = "that the rules were made with"
		}
		fmt.Fprintf(&b, "members on themes, half %-30s %s\npassages on themes, half %-29s %s\n", which, &members, which, &passages)
	}
	b.WriteString("\nof other: the gold is on another side; none: it is on no side; met: share of what the gold states on which a stance is stated\n")
	const golden = "testdata/stancesides.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("%s changed (go test ./cmd/collate -run Golden -update writes it anew):\n%s", golden, d)
	}
}
