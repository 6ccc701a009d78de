package themes

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestRanking(t *testing.T) {
	tests := []struct {
		name           string
		judged, answer []string
		recall5        float64
		recall20       float64
		reciprocal     float64
		ndcg10         float64
	}{
		{"all first", []string{"a", "b"}, []string{"b", "a", "c"}, 1, 1, 1, 1},
		{"none found", []string{"a"}, nil, 0, 0, 0, 0},
		{"second", []string{"a"}, []string{"x", "a"}, 1, 1, .5, 1 / math.Log2(3)},
		{"sixth", []string{"a"}, []string{"1", "2", "3", "4", "5", "a"}, 0, 1, 1. / 6, 1 / math.Log2(7)},
		{"one of two", []string{"a", "b"}, []string{"a"}, .5, .5, 1, 1 / (1 + 1/math.Log2(3))},
		{"more judged than five", []string{"a", "b", "c", "d", "e", "f"}, []string{"a", "b", "c", "d", "e"}, 1, 5. / 6, 1,
			1 - (1/math.Log2(7))/(1+1/math.Log2(3)+.5+1/math.Log2(5)+1/math.Log2(6)+1/math.Log2(7))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewRanking([]RankedSearch{RankSearch("q", tt.judged, tt.answer, len(tt.answer))})
			got := []float64{r.RecallAt5, r.RecallAt20, r.MRR, r.NDCGAt10}
			want := []float64{tt.recall5, tt.recall20, tt.reciprocal, tt.ndcg10}
			if d := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); d != "" {
				t.Errorf("recall@5, recall@20, reciprocal rank, nDCG@10 (-want +got):\n%s", d)
			}
		})
	}
}

func TestRankingOfNoSearches(t *testing.T) {
	if d := cmp.Diff(Ranking{}, NewRanking(nil)); d != "" {
		t.Errorf("measures of nothing (-want +got):\n%s", d)
	}
}
