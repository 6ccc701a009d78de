// Package alike finds text that several members share: passages that are the same or nearly so, in whole or in part, and passages
// made from a template that was circulated. It knows nothing of themes or of what is counted. Start at [Find].
//
// How it is done. A passage is its folded words (see [index.Analyse]) and the set of its shingles, three words in a row. MinHash
// signatures cut into bands (locality-sensitive hashing: Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
// chapter 3) say which pairs to look at; each of those is then compared exactly. Pairs are joined around a representative and never
// in a chain: every copy of a cluster shares with the representative the stretch that the others share with it.
package alike

import (
	"cmp"
	"context"
	"slices"

	"collate/index"
)

// A Passage is one text of one member.
type Passage struct {
	ID     string
	Member string
	Text   string
}

// A Template is a text that the consortium circulated itself. What is made from it is no agreement of independent members.
type Template struct {
	Name string
	Text string
}

// A Cluster is text that several members share, or that is made from a template.
type Cluster struct {
	Template string       // the name of the template; "" where the members share the text by themselves
	Text     string       // the text that the copies are compared with: the template's, or the representative copy's
	Common   []index.Span // of Text: what at least half of the copies have; of a template all of it
	Longest  string       // the longest stretch of Text in which at least half of the copies agree word for word
	Copies   []Copy       // in the order of the passages
	Members  int          // that have a copy
}

// A Copy is one passage of a cluster.
type Copy struct {
	Passage string
	Member  string
	Own     []index.Span // of the passage's text: what it adds to the common text or says in its place
	Shared  float64      // the share of its words that are common, 0 to 1
	Exact   bool         // word for word the text of the cluster, but for case, accents and punctuation
}

// minWords is the shortest passage that is looked at, and about the shortest stretch that makes two passages alike: below it are
// salutations and stock sentences, "Thank you for the opportunity to respond", which would join everything.
const minWords = 12

// Find finds the clusters, those with most members first. A passage that is made from a template is in the template's cluster and
// in no other. Else it is in one cluster, or, where it is put together from several shared texts, in the cluster of each. A cluster
// without a template has at least two members: what one member says twice is not shared. Passages of fewer than 12 words are in none.
//
// The same passages in the same order give the same clusters. It takes about three kilobytes a passage of 100 words. The only error is
// the context's.
func Find(ctx context.Context, passages []Passage, templates []Template) ([]Cluster, error) {
	f := finder{passages: passages, templates: templates, words: map[string]uint32{}}
	if err := f.read(ctx); err != nil {
		return nil, err
	}
	if err := f.useTemplates(ctx); err != nil {
		return nil, err
	}
	if err := f.leaveOutStock(ctx); err != nil {
		return nil, err
	}
	if err := f.link(ctx); err != nil {
		return nil, err
	}
	stars, err := f.gather(ctx)
	if err != nil {
		return nil, err
	}
	return f.clusters(ctx, stars)
}

// A finder holds what is known of the passages while clusters are looked for.
type finder struct {
	passages  []Passage
	templates []Template
	words     map[string]uint32 // folded word → number
	texts     []text            // distinct ones, in the order of their first passage
	made      [][]int           // template → passages made from it
	edges     [][]edge          // text → those that are alike
}

// An edge leads to a text that is alike.
type edge struct {
	to     int32
	weight float32 // Jaccard similarity of the shingles
}

// clusters are the stars and the templates with their copies, the most shared first.
func (f *finder) clusters(ctx context.Context, stars []star) ([]Cluster, error) {
	var groups []group
	for i, of := range f.made {
		if len(of) > 0 {
			groups = append(groups, group{template: &f.templates[i], text: f.templates[i].Text, passages: of})
		}
	}
	for _, s := range stars {
		if g := f.group(s); f.members(g.passages) > 1 {
			groups = append(groups, g)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(f.members(b.passages), f.members(a.passages)), cmp.Compare(len(b.passages), len(a.passages)), cmp.Compare(a.passages[0], b.passages[0]))
	})
	out := make([]Cluster, len(groups))
	err := parallel(ctx, len(groups), func(i int) { out[i] = f.compare(groups[i]) })
	return out, err
}

func (f *finder) members(passages []int) int {
	seen := map[string]bool{}
	for _, i := range passages {
		seen[f.passages[i].Member] = true
	}
	return len(seen)
}
