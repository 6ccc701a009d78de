package themes

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/samples"
)

var updateCondense = flag.Bool("update", false, "write the golden file of condensing anew")

// goldPosition is what a member says on a theme, summed up by hand: a line of positions.jsonl.
type goldPosition struct {
	Member, Theme, Split, Summary string
	Passages                      []string
	Chosen                        []struct{ ID, Words string }
}

// goldPositions reads positions.jsonl and refuses a line with a field that the example's README does not name.
func goldPositions(t *testing.T) []goldPosition {
	t.Helper()
	var out []goldPosition
	for line := range bytes.Lines(sample(t, "positions.jsonl")) {
		var p goldPosition
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&p); err != nil || d.More() {
			t.Fatalf("%s is not one object of the documented fields: %v", line, err)
		}
		out = append(out, p)
	}
	return out
}

// TestPositionsFollowTheirRules checks what can be checked without the passages; that the chosen sentences are in them is checked with them.
func TestPositionsFollowTheirRules(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range goldPositions(t) {
		pair := p.Member + " | " + p.Theme
		if seen[pair] {
			t.Errorf("%s is there twice", pair)
		}
		seen[pair] = true
		if got, want := p.Split, half(pair); got != want {
			t.Errorf("%s is in %q, want %q", pair, got, want)
		}
		if len(p.Passages) < 2 || len(p.Chosen) < 1 || len(p.Chosen) > 3 {
			t.Errorf("%s has %d passages and %d chosen sentences, want two or more and one to three", pair, len(p.Passages), len(p.Chosen))
		}
		if words := len(strings.Fields(p.Summary)); words < 10 || words > 60 || !strings.HasSuffix(p.Summary, ".") {
			t.Errorf("%s has a summary of %d words: %q", pair, words, p.Summary)
		}
		for _, c := range p.Chosen {
			if c.Words == "" || !slices.Contains(p.Passages, c.ID) {
				t.Errorf("%s: %q is empty or in none of its passages", pair, c.Words)
			}
		}
	}
	if got, want := len(seen), 60; got != want {
		t.Errorf("%d pairs are summed up, want %d", got, want)
	}
}

// said is a piece of a passage.
type said struct{ passage, words string }

// A pairing is a member on a theme as the gold codes it, so that nothing is measured of what finds themes.
type pairing struct {
	gold     goldPosition
	passages []*index.Passage
	lead     []said // every sentence, in order
	standing standing
}

// pairings reads the example and where each member stands on its theme, with the gold as what people decided.
func pairings(t *testing.T) ([]pairing, *index.Snapshot) {
	t.Helper()
	ctx := t.Context()
	a, err := Create(ctx, filepath.Join(t.TempDir(), "plan.collate"), Options{Tool: "collate test", Options: index.Options{
		Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir(),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	members, err := index.ReadMembers(sample(t, "members.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(ctx, members); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddFolder(ctx, samples.SendAPPlan(), 2); err != nil {
		t.Fatal(err)
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	state := goldState(t)
	var out []pairing
	for _, gold := range goldPositions(t) {
		p := pairing{gold: gold}
		readings := map[string]*passageReading{}
		for _, id := range p.gold.Passages {
			x := s.Passage(id)
			if x == nil {
				t.Fatalf("positions.jsonl names passage %s, which is not among those read", id)
			}
			p.passages = append(p.passages, x)
			r := read(s.Whole(x), x.Body-x.Start)
			readings[id] = r
			for _, at := range r.Sentences {
				p.lead = append(p.lead, said{id, r.Text[at.Start:at.End]})
			}
		}
		p.standing = stand(a.Codebook, state, a.Codebook.Theme(p.gold.Theme), p.gold.Member, p.passages, readings)
		out = append(out, p)
	}
	return out, s
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(samples.SendAPPlan(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func goldState(t *testing.T) *codings {
	t.Helper()
	gold, err := ReadGold(sample(t, "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	out := &codings{passages: map[codingKey]*Coding{}}
	for _, g := range gold {
		for _, theme := range g.Themes {
			if g.Coder != "gold" {
				continue
			}
			c := &Coding{Tagged: true, Confirmed: true, Stance: NotStated, StanceConfirmed: true}
			if stance, ok := g.Stance[theme]; ok {
				c.Stance = stance
			}
			out.passages[codingKey{g.ID, theme}] = c
		}
	}
	return out
}

// A chooser picks up to n sentences for a pair.
type chooser func(p *pairing, n int) []said

// condensed are the sentences that outputs show.
func condensed(p *pairing, n int) []said {
	var out []said
	for _, c := range p.standing.sentences[:min(n, len(p.standing.sentences))] {
		out = append(out, said{c.passage.ID, c.words})
	}
	return out
}

func lead(p *pairing, n int) []said { return p.lead[:min(n, len(p.lead))] }

func byHand(p *pairing, n int) []said {
	var out []said
	for _, c := range p.gold.Chosen[:min(n, len(p.gold.Chosen))] {
		out = append(out, said{c.ID, c.Words})
	}
	return out
}

// atRandom draws sentences; a seed gives each pair a drawing of its own.
func atRandom(seed uint64) chooser {
	return func(p *pairing, n int) []said {
		h := fnv.New64a()
		fmt.Fprint(h, p.gold.Member, " | ", p.gold.Theme)
		r := rand.New(rand.NewPCG(seed, h.Sum64()))
		var out []said
		for _, i := range r.Perm(len(p.lead))[:min(n, len(p.lead))] {
			out = append(out, p.lead[i])
		}
		return out
	}
}

// nearness is a chooser's mean over pairs: how near its words come to the summary, and how many of its sentences are those chosen by hand.
type nearness struct {
	rouge
	precision, recall, words float64
}

func measureChooser(pairs []pairing, choose chooser, n int) nearness {
	var m nearness
	for i := range pairs {
		p := &pairs[i]
		chosen := choose(p, n)
		var text []string
		for _, c := range chosen {
			text = append(text, c.words)
		}
		all := strings.Join(text, " ")
		r := newRouge(all, p.gold.Summary)
		m.One, m.Two, m.Long = m.One+r.One, m.Two+r.Two, m.Long+r.Long
		m.precision += among(chosen, byHand(p, 3))
		m.recall += among(byHand(p, 3), chosen)
		m.words += float64(len(strings.Fields(all)))
	}
	k := float64(len(pairs))
	return nearness{rouge{m.One / k, m.Two / k, m.Long / k}, m.precision / k, m.recall / k, m.words / k}
}

// among is how many of the pieces are also in others: a piece of the same passage that holds the other, as a lead-in with its first item does,
// counts while the shorter is a third of the longer.
func among(of, others []said) float64 {
	n := 0
	for _, x := range of {
		if slices.ContainsFunc(others, func(y said) bool {
			same := strings.Contains(x.words, y.words) || strings.Contains(y.words, x.words)
			return x.passage == y.passage && same && 3*min(len(x.words), len(y.words)) >= max(len(x.words), len(y.words))
		}) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(of)))
}

// middle is the median of each figure over five drawings.
func middle(pairs []pairing, n int) nearness {
	var all []nearness
	for seed := range uint64(5) {
		all = append(all, measureChooser(pairs, atRandom(seed+1), n))
	}
	of := func(figure func(nearness) float64) float64 {
		var out []float64
		for _, m := range all {
			out = append(out, figure(m))
		}
		slices.Sort(out)
		return out[len(out)/2]
	}
	return nearness{
		rouge{of(func(m nearness) float64 { return m.One }), of(func(m nearness) float64 { return m.Two }), of(func(m nearness) float64 { return m.Long })},
		of(func(m nearness) float64 { return m.precision }), of(func(m nearness) float64 { return m.recall }), of(func(m nearness) float64 { return m.words }),
	}
}

// TestCondensingIsTheGolden holds how near the chosen sentences come to summaries written by hand, so that a change of quality is seen where
// the change is made.
func TestCondensingIsTheGolden(t *testing.T) {
	pairs, _ := pairings(t)
	var out bytes.Buffer
	printCondensing(&out, pairs)
	path := "../samples/send-ap-plan/condense.golden"
	if *updateCondense {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), out.String()); d != "" {
		t.Errorf("condense.golden changed (go test ./themes -run CondensingIsTheGolden -update writes it anew):\n%s", d)
	}
}

func printCondensing(w io.Writer, pairs []pairing) {
	fmt.Fprintf(w, "%d members on a theme, coded by hand: their own sentences against summaries written by hand (F1 of ROUGE) and against\n", len(pairs))
	fmt.Fprintf(w, "the sentences chosen by hand; random is the median of five drawings\n")
	for _, split := range []string{"dev", "test"} {
		of := slices.DeleteFunc(slices.Clone(pairs), func(p pairing) bool { return p.gold.Split != split })
		for n := 1; n <= 3; n++ {
			fmt.Fprintf(w, "\n%-24s %-8s %-8s %-8s %-6s %-7s %s\n", fmt.Sprintf("%s, %d pairs, up to %d", split, len(of), n), "ROUGE-1", "ROUGE-2", "ROUGE-L", "prec.", "recall", "words")
			row := func(name string, m nearness) {
				fmt.Fprintf(w, "%-24s %-8.3f %-8.3f %-8.3f %-6.2f %-7.2f %.0f\n", "  "+name, m.One, m.Two, m.Long, m.precision, m.recall, m.words)
			}
			row("random", middle(of, n))
			row("lead", measureChooser(of, lead, n))
			row("collate", measureChooser(of, condensed, n))
			row("chosen by hand", measureChooser(of, byHand, n))
		}
	}
}

// TestCondensedWordsAreTheMembers holds that every chosen sentence, and every one chosen by hand, stands in its passage to the byte.
func TestCondensedWordsAreTheMembers(t *testing.T) {
	pairs, s := pairings(t)
	n := 0
	for i := range pairs {
		for _, c := range slices.Concat(condensed(&pairs[i], 3), byHand(&pairs[i], 3)) {
			n++
			if p := s.Passage(c.passage); p == nil || !strings.Contains(s.Text(p), c.words) {
				t.Errorf("%s on %s: %q is not in passage %s", pairs[i].gold.Member, pairs[i].gold.Theme, c.words, c.passage)
			}
		}
	}
	if n < 2*len(pairs) {
		t.Errorf("%d sentences of %d pairs were looked for", n, len(pairs))
	}
}
