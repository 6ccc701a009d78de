package check

import (
	"slices"

	"collate/themes"
)

// A tally is where members of a group stand on a theme, as the record counts them.
type tally struct {
	asked, answered int
	names           map[themes.Stance][]string // labels, in order; silent members are those that answered
	confirmed       map[themes.Stance]int
	sure            map[themes.Stance][]string // of names, those whose position a person confirmed, and the silent
	hidden          int                        // members whose type may not be told, and who could be of the group
}

// tallyOf counts the members of a group, all where it is "", on a theme; on none where theme is "".
func tallyOf(r *themes.Report, theme, group string) tally {
	t := tally{names: map[themes.Stance][]string{}, confirmed: map[themes.Stance]int{}, sure: map[themes.Stance][]string{}}
	for i := range r.Members {
		m := &r.Members[i]
		if group != "" && m.Type != group {
			if m.Type == "" && m.Passages > 0 {
				t.hidden++
			}
			continue
		}
		t.asked++
		if m.Passages == 0 {
			continue
		}
		t.answered++
		for k := range m.Positions {
			if p := &m.Positions[k]; p.ThemeID == theme {
				t.names[p.Stance] = append(t.names[p.Stance], m.Label)
				if p.Confirmed {
					t.confirmed[p.Stance]++
				}
				if p.Confirmed || p.Stance == themes.Silent {
					t.sure[p.Stance] = append(t.sure[p.Stance], m.Label)
				}
			}
		}
	}
	return t
}

// outside is the tally of confirmed positions alone, which is what a document for outside counts.
func (t *tally) outside() tally {
	out := *t
	out.names = t.sure
	return out
}

// all are the members of some stances, in order.
func (t *tally) all(stances ...themes.Stance) []string {
	var out []string
	for _, s := range stances {
		out = append(out, t.names[s]...)
	}
	slices.Sort(out)
	return out
}

func (t *tally) count(stances ...themes.Stance) int {
	n := 0
	for _, s := range stances {
		n += len(t.names[s])
	}
	return n
}

// unconfirmed is how many of the members of some stances nobody has confirmed. That a theme is not addressed needs no confirming.
func (t *tally) unconfirmed(stances ...themes.Stance) int {
	n := 0
	for _, s := range stances {
		if s != themes.Silent {
			n += len(t.names[s]) - t.confirmed[s]
		}
	}
	return n
}

// The sides of a theme.
var (
	inFavour  = []themes.Stance{themes.Support, themes.Conditions}
	position  = []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose}
	addressed = []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated}
)

func (t *tally) took() int      { return t.count(position...) }
func (t *tally) addressed() int { return t.count(addressed...) }

// grown is the tally with more members, some of them of one stance and the rest of another. Its names are not to be shown.
func (t *tally) grown(more, some int, stance, rest themes.Stance) tally {
	out := *t
	out.asked, out.answered = t.asked+more, t.answered+more
	out.names = map[themes.Stance][]string{}
	for s, names := range t.names {
		out.names[s] = slices.Clone(names)
	}
	out.names[stance] = append(out.names[stance], make([]string, some)...)
	out.names[rest] = append(out.names[rest], make([]string, more-some)...)
	return out
}
