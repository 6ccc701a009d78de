package themes

import (
	"cmp"
	"context"
	"slices"

	"collate/index"
	"collate/themes/alike"
)

// SharedCounts are the members that take a position on a theme, counted with and without shared text: as so many responses, as so many
// texts, and without a circulated template.
type SharedCounts struct {
	Rows         []SharedCount `json:"rows"`          // one a stance, in the order of Stances: oppose, mixed, conditions, support
	OutcomeApart Outcome       `json:"outcome_apart"` // by the rule, where a shared text counts once and a template not at all
}

// A SharedCount is the members of one stance. Own, Shared and Template add up to Responses.
type SharedCount struct {
	Stance    Stance `json:"stance"`
	Responses int    `json:"responses"` // members
	Own       int    `json:"own"`       // of them, with at least one passage in their own words
	Shared    int    `json:"shared"`    // with nothing but text that other members have too
	Template  int    `json:"template"`  // with nothing but text that was circulated as a template, or that and shared text
	Texts     int    `json:"texts"`     // Own, and each shared text once
	Copies    int    `json:"copies"`    // further members, not in Responses, that sent the very file of one of them and nothing else
}

func (c *SharedCounts) templates() map[Stance]int {
	out := map[Stance]int{}
	for _, r := range c.Rows {
		out[r.Stance] = r.Template
	}
	return out
}

// sides are the counts in which a shared text is one.
func (c *SharedCounts) sides() sides {
	n := map[Stance]int{}
	for _, r := range c.Rows {
		n[r.Stance] = r.Texts
	}
	return sides{n[Support], n[Conditions], n[Mixed], n[Oppose], n[NotStated]}
}

// tookStances are the stances that are positions.
var tookStances = []Stance{Oppose, Mixed, Conditions, Support}

// A sharing is the shared text that a passage is made of.
type sharing struct {
	cluster  int // its number
	template bool
}

// mostlyShared is the share of a passage's words that must be common for it to be no words of the member's own.
const mostlyShared = 0.5

// share finds the shared text among the passages that positions rest on.
func (b *builder) share(ctx context.Context) error {
	b.shares = map[string][]sharing{}
	wanted := map[string]bool{}
	for _, st := range b.standings {
		for _, p := range st.basis {
			wanted[p.ID] = true
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var passages []alike.Passage
	for _, p := range b.s.Passages {
		if wanted[p.ID] {
			sub := b.s.Submission(p)
			passages = append(passages, alike.Passage{ID: p.ID, Member: cmp.Or(sub.Member, "file "+sub.Name), Text: b.s.Text(p)})
		}
	}
	clusters, err := alike.Find(ctx, passages, b.state.settings.Templates)
	if err != nil {
		return err
	}
	for i := range clusters {
		for _, c := range clusters[i].Copies {
			if c.Exact || c.Shared >= mostlyShared {
				b.shares[c.Passage] = append(b.shares[c.Passage], sharing{i, clusters[i].Template != ""})
			}
		}
	}
	return nil
}

// basis are the passages that a position is counted by: those that state it, or all where none does.
func basis(state *codings, theme *Theme, stance Stance, passages []*index.Passage) []*index.Passage {
	if !slices.Contains(tookStances, stance) {
		return nil
	}
	of := func(p *index.Passage) Stance { return state.passages[codingKey{p.ID, theme.ID}].Stance }
	if own := slices.DeleteFunc(slices.Clone(passages), func(p *index.Passage) bool { return of(p) != stance }); len(own) > 0 {
		return own
	}
	if stated := slices.DeleteFunc(slices.Clone(passages), func(p *index.Passage) bool { return of(p) == NotStated }); len(stated) > 0 {
		return stated
	}
	return passages
}

// sharedCounts counts the members on a theme with and without shared text.
func (b *builder) sharedCounts(t *Theme, confirmed bool) SharedCounts {
	var out SharedCounts
	for _, stance := range tookStances {
		row := SharedCount{Stance: stance}
		joined := texts{}
		for _, m := range b.answered() {
			st := b.standings[positionKey{m.Name, t.ID}]
			if st.stance != stance || confirmed && !st.confirmed {
				continue
			}
			row.Responses++
			row.Copies += len(b.copiers[m.Name])
			clusters, template := b.sharedBy(st.basis)
			switch {
			case len(clusters) == 0:
				row.Own++
			case template:
				row.Template++
			default:
				row.Shared++
				joined.join(clusters)
			}
		}
		row.Texts = row.Own + joined.count()
		out.Rows = append(out.Rows, row)
	}
	return out
}

// sameFiles finds the members that have no passage that counts and sent the very file of another member, byte for byte: the record
// counts such a file once, as from one of them. They are listed by who it counts from.
func (b *builder) sameFiles() {
	b.copiers = map[string][]string{}
	from := map[string]string{}
	for _, sub := range b.s.Submissions {
		if sub.Excluded == "" {
			from[sub.Sha] = sub.Member
		}
	}
	seen := map[string]bool{}
	for _, sub := range b.s.Submissions {
		first := from[sub.Sha]
		if sub.Excluded == "" || sub.Member == "" || first == "" || first == sub.Member || len(b.byMember[sub.Member]) > 0 || seen[sub.Member] {
			continue
		}
		seen[sub.Member] = true
		b.copiers[first] = append(b.copiers[first], sub.Member)
	}
}

// sameAs says as whose the file of a member is counted that sent nothing else; "" where that is not so. Who is not to be named is not
// told by whose file it sent, nor by who sent its.
func (b *builder) sameAs(member string) string {
	for first, copiers := range b.copiers {
		if !slices.Contains(copiers, member) {
			continue
		}
		if b.named(member) && b.named(first) && !b.unnamed[b.label(first)] {
			return b.label(first)
		}
		return "another member"
	}
	return ""
}

// sharedBy are the clusters that passages are made of, and whether a template is among them; none where any passage is the member's own.
func (b *builder) sharedBy(passages []*index.Passage) (clusters []int, template bool) {
	for _, p := range passages {
		of := b.shares[p.ID]
		if len(of) == 0 {
			return nil, false
		}
		for _, s := range of {
			clusters = append(clusters, s.cluster)
			template = template || s.template
		}
	}
	return clusters, template
}

// texts joins shared texts that one member has both of: they are one.
type texts map[int]int // cluster → a cluster that it is one with

func (t texts) root(c int) int {
	for {
		up, ok := t[c]
		if !ok {
			t[c] = c
		}
		if !ok || up == c {
			return c
		}
		c = up
	}
}

func (t texts) join(clusters []int) {
	first := t.root(clusters[0])
	for _, c := range clusters[1:] {
		t[t.root(c)] = first
	}
}

func (t texts) count() int {
	n := 0
	for c, up := range t {
		if c == up {
			n++
		}
	}
	return n
}
