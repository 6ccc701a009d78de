// Package discover finds what the themes do not cover: phrases that passages without a theme use more than the others, and groups of such
// passages, each proposed as a theme with a name, rules and examples from the text. It also finds themes that cover the same, nothing or
// nearly everything. It decides nothing and knows nothing of the record. Start at [Find] and [Check].
//
// How it is done. Passages are tf-idf vectors over stems and pairs of stems, taken into fifty dimensions by latent semantic analysis and parted by
// k-means, many times over, into about twice as many groups as there may be themes: two groups of one subject are put together more easily
// than one of two is taken apart. Phrases are nouns with the adjectives and nouns before them, weighed by C-value.
package discover

import (
	"cmp"
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Passage is one text of one member.
type Passage struct {
	ID      string
	Member  string
	Text    string
	Tagged  bool // it is on a theme
	Private bool // its words must not be shown or used; it is counted
}

// Options are how themes are looked for.
type Options struct {
	Seed   uint64   // of the first centres of the groups
	Names  []string // of members and of what they answer: no subject of their own
	Groups int      // how many groups the passages are parted into; 0 for as many as their number suggests
}

// A Finding is what the themes do not cover.
type Finding struct {
	Passages  int        // that are on no theme
	Members   int        // that have one of them
	Phrases   []Phrase   // the first fifty, those first that say most and stand least in passages on a theme
	Proposals []Proposal // the most widely shared first
}

// A Proposal is a group of passages that could be a theme.
type Proposal struct {
	Name     string   // a phrase of the text
	Phrases  []Phrase // that tell the group from all other passages, the best first
	Passages []string // ids, the most telling first
	Members  int      // that have one of them
	Telling  []string // ids of up to three passages whose words may be shown, of different members where there are such
	Likeness float64  // of the passages to their centre, 0 to 1, the mean
}

const (
	minGroup    = 3      // passages: fewer are no theme
	fewestWords = 5      // of a passage that can say what it is about
	maxPhrases  = 50     // of a finding
	maxRules    = 6      // phrases of a proposal
	maxTelling  = 3      // passages of a proposal
	maxClusters = 60     // groups
	maxPassages = 20_000 // on no theme that are looked at; of more, so many at even distances
)

// Find looks at the passages that are on no theme. The same passages in the same order give the same finding. The only error is the context's.
func Find(ctx context.Context, passages []Passage, opt Options) (*Finding, error) {
	f := finder{all: passages, names: newNames(opt.Names)}
	for i, p := range passages {
		if !p.Tagged {
			f.left = append(f.left, i)
		}
	}
	out := &Finding{Passages: len(f.left), Members: f.members(f.left)}
	f.left = evenly(slices.DeleteFunc(f.left, func(i int) bool { return !f.says(passages[i].Text) }), maxPassages)
	if len(f.left) < minGroup {
		return out, ctx.Err()
	}
	if err := f.readPhrases(ctx); err != nil {
		return nil, err
	}
	out.Phrases = f.keyPhrases()
	groups, err := f.group(ctx, opt)
	if err != nil {
		return nil, err
	}
	out.Proposals = f.propose(groups)
	return out, ctx.Err()
}

// says reports whether a text says enough to be grouped by: "No strong view." does not.
func (f *finder) says(text string) bool {
	n := 0
	for _, w := range f.names.content(text) {
		if w != "" {
			n++
		}
	}
	return n >= fewestWords
}

// evenly is at most n of the values, at even distances.
func evenly(values []int, n int) []int {
	if len(values) <= n {
		return values
	}
	out := make([]int, n)
	for i := range out {
		out[i] = values[i*len(values)/n]
	}
	return out
}

// A finder holds what is known of the passages.
type finder struct {
	all     []Passage
	left    []int // places in all of those on no theme
	names   names
	phrases *lexicon
	counts  map[string]int // phrase → passages of all that have it, private ones left out
}

func (f *finder) members(of []int) int {
	seen := map[string]bool{}
	for _, i := range of {
		seen[f.all[i].Member] = true
	}
	return len(seen)
}

// readPhrases finds the phrases of what is on no theme, without private passages, and how many of all passages that may be shown have each.
func (f *finder) readPhrases(ctx context.Context) error {
	of := make([][]occurrence, len(f.left))
	err := parallel(ctx, len(f.left), func(i int) {
		if p := &f.all[f.left[i]]; !p.Private {
			of[i] = nounPhrases(p.Text)
		}
	})
	if err != nil {
		return err
	}
	f.phrases = newLexicon(of)
	had := make([][]string, len(f.all))
	err = parallel(ctx, len(f.all), func(i int) {
		if !f.all[i].Private {
			had[i] = f.in(f.all[i].Text)
		}
	})
	f.counts = map[string]int{}
	for _, keys := range had {
		for _, k := range keys {
			f.counts[k]++
		}
	}
	return err
}

// in are the phrases that a text has, each once, whatever the parts of speech of their words in it.
func (f *finder) in(text string) []string {
	stems := f.names.content(text)
	seen := map[string]bool{}
	var out []string
	for i := range stems {
		for n := 1; n <= maxPhrase && i+n <= len(stems) && stems[i+n-1] != ""; n++ {
			if key := strings.Join(stems[i:i+n], " "); f.phrases.passages[key] != nil && !seen[key] {
				seen[key] = true
				out = append(out, key)
			}
		}
	}
	return out
}

// keyPhrases are the phrases of what is on no theme, weighed by C-value and by how much more often they are there than elsewhere.
func (f *finder) keyPhrases() []Phrase {
	count := func(key string) int { return len(f.phrases.passages[key]) }
	var out []Phrase
	for _, key := range slices.Sorted(maps.Keys(f.phrases.passages)) {
		n := count(key)
		p := f.phrase(key, f.phrases.passages[key])
		p.Weight = f.phrases.cValue(key, count) * max(0, logRatio(n, len(f.left), f.counts[key]-n, len(f.all)-len(f.left)))
		if p.Weight > 0 {
			out = append(out, p)
		}
	}
	return f.best(out, maxPhrases)
}

// phrase is a phrase with the passages of those on no theme that have it.
func (f *finder) phrase(key string, in []int) Phrase {
	of := make([]int, len(in))
	for i, at := range in {
		of[i] = f.left[at]
	}
	return Phrase{Words: f.phrases.form(key), Passages: len(in), Members: f.members(of), Elsewhere: max(0, f.counts[key]-len(in))}
}

// logRatio is the logarithm of how much more often something is in the one lot than in the other, half a time added to both.
func logRatio(n, of, n2, of2 int) float64 {
	return math.Log((float64(n) + .5) / (float64(of) + 1) * (float64(of2) + 1) / (float64(max(0, n2)) + .5))
}

// best are the weightiest phrases, without those that only say a part of one before them or the same with a word more.
func (f *finder) best(phrases []Phrase, n int) []Phrase {
	slices.SortStableFunc(phrases, func(a, b Phrase) int { return cmp.Compare(b.Weight, a.Weight) })
	var out []Phrase
	for _, p := range phrases {
		same := func(q Phrase) bool {
			return strings.Contains(" "+fold(q.Words)+" ", " "+fold(p.Words)+" ") || strings.Contains(" "+fold(p.Words)+" ", " "+fold(q.Words)+" ")
		}
		if !slices.ContainsFunc(out, same) {
			if out = append(out, p); len(out) == n {
				break
			}
		}
	}
	return out
}

func fold(s string) string { return strings.Join(content(s), " ") }

// A group is passages, by their places among those on no theme, the nearest to the centre first.
type group struct {
	passages []int
	likeness float64
}

func (f *finder) group(ctx context.Context, opt Options) ([]group, error) {
	r := rand.New(rand.NewPCG(opt.Seed, 0))
	rows := f.rows(r)
	k := opt.Groups
	if k <= 0 {
		k = suggested(len(f.left))
	}
	groups, err := parts(ctx, rows, min(k, len(f.left)), r)
	if err != nil {
		return nil, err
	}
	likeness := make([]float64, len(rows))
	for i, centres := 0, centresOf(rows, groups, k); i < len(rows); i++ {
		likeness[i] = dot(rows[i], centres[groups[i]])
	}
	out := make([]group, k)
	for i, g := range groups {
		out[g].passages = append(out[g].passages, i)
		out[g].likeness += likeness[i]
	}
	for i := range out {
		g := &out[i]
		g.likeness /= float64(max(1, len(g.passages)))
		slices.SortStableFunc(g.passages, func(a, b int) int { return cmp.Compare(likeness[b], likeness[a]) })
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(g.passages) < minGroup }), nil
}

// rows are the passages on no theme in fifty dimensions. Those on a theme help to find the dimensions: which words go together is seen in them too.
func (f *finder) rows(r *rand.Rand) dense {
	var tagged []int
	for i, p := range f.all {
		if p.Tagged {
			tagged = append(tagged, i)
		}
	}
	var texts, members []string
	for _, at := range slices.Concat(f.left, evenly(tagged, maxPassages)) {
		texts, members = append(texts, f.all[at].Text), append(members, f.all[at].Member)
	}
	rows, terms := f.names.vectors(texts, members)
	return lsa(rows, terms, r)[:len(f.left)]
}

// suggested is how many groups so many passages are parted into.
func suggested(n int) int {
	return max(1, min(maxClusters, n/minGroup, int(math.Round(1.5*math.Sqrt(float64(n))))))
}

// parallel calls f for 0 to n-1 on all processors. It stops early when the context ends, and returns its error.
func parallel(ctx context.Context, n int, f func(int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
