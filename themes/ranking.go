package themes

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// A Ranking is how well searches put first what was judged to answer them: the means of the measures of [RankedSearch]. A passage that
// was not judged counts as a wrong one.
type Ranking struct {
	Searches   int
	RecallAt5  float64
	RecallAt20 float64
	MRR        float64 // mean reciprocal rank
	NDCGAt10   float64
	Each       []RankedSearch
}

// rankingDepth is how many passages of an answer are looked at.
const rankingDepth = 100

// A RankedSearch is one search: where the passages that should come first did come.
type RankedSearch struct {
	Query string
	Found int   // passages in all
	Ranks []int // from 1, of each judged passage in the order of the judgement; 0 for one that is not among the first hundred
}

// RankSearch finds the ranks of the judged passages in an answer, best first, that has found passages in all.
func RankSearch(query string, judged, answer []string, found int) RankedSearch {
	r := RankedSearch{Query: query, Found: found}
	for _, id := range judged {
		r.Ranks = append(r.Ranks, slices.Index(answer[:min(len(answer), rankingDepth)], id)+1)
	}
	return r
}

// NewRanking takes the means of searches; every measure is 0 when there are none.
func NewRanking(searches []RankedSearch) Ranking {
	r := Ranking{Searches: len(searches), Each: searches}
	for _, s := range searches {
		r.RecallAt5 += s.Recall(5) / float64(len(searches))
		r.RecallAt20 += s.Recall(20) / float64(len(searches))
		r.MRR += s.ReciprocalRank() / float64(len(searches))
		r.NDCGAt10 += s.NDCG(10) / float64(len(searches))
	}
	return r
}

// Recall is the share of the judged passages that are among the first k; where more than k were judged, of k, so that 1 can be
// reached. That is the capped recall of Thakur et al., "BEIR", NeurIPS Datasets and Benchmarks 2021.
func (r RankedSearch) Recall(k int) float64 {
	return share(len(r.within(k)), min(k, len(r.Ranks)))
}

// ReciprocalRank is 1/rank of the first judged passage, 0 when none came. Its mean is the measure of Voorhees, "The TREC-8 Question
// Answering Track Report", 1999.
func (r RankedSearch) ReciprocalRank() float64 {
	if came := r.within(rankingDepth); len(came) > 0 {
		return 1 / float64(slices.Min(came))
	}
	return 0
}

// NDCG is the normalised discounted cumulated gain of the first k (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
// techniques", ACM TOIS 20(4), 2002): each judged passage gains 1/log2(rank+1), in proportion to the most that could be gained. All
// judged passages weigh the same, since the order of a judgement is rough.
func (r RankedSearch) NDCG(k int) float64 {
	best := 0.0
	for i := range min(k, len(r.Ranks)) {
		best += discount(i + 1)
	}
	if best == 0 {
		return 0
	}
	gain := 0.0
	for _, rank := range r.within(k) {
		gain += discount(rank)
	}
	return gain / best
}

func discount(rank int) float64 { return 1 / math.Log2(float64(rank)+1) }

// within are the ranks from 1 to k.
func (r RankedSearch) within(k int) []int {
	var out []int
	for _, rank := range r.Ranks {
		if rank > 0 && rank <= k {
			out = append(out, rank)
		}
	}
	return out
}

func (m *measure) searches(ctx context.Context, searches []Judged) error {
	var ranked []RankedSearch
	for _, j := range searches {
		for _, id := range j.Passages {
			if m.s.Passage(id) == nil {
				return fmt.Errorf("the search %q should find passage %s, which is not among the passages read", j.Query, id)
			}
		}
		found, err := m.a.Search(ctx, j.Query, rankingDepth)
		if err != nil {
			return fmt.Errorf("the search %q: %w", j.Query, err)
		}
		var answer []string
		for _, f := range found.Found {
			answer = append(answer, f.Passage.ID)
		}
		ranked = append(ranked, RankSearch(j.Query, j.Passages, answer, found.Passages))
	}
	m.e.Ranking = NewRanking(ranked)
	return nil
}
