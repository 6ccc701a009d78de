package themes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"collate/index"
)

const keyPoints = "../../shared/data/argkp/"

// An argument is one of a public judged set: people said which key points of its topic it makes.
type argument struct {
	ID    string         `json:"arg_id"`
	Text  string         `json:"text"`
	Pairs map[string]int `json:"pairs"` // key point → 1 when it is made, 0 when not
}

type keyPoint struct {
	ID   string `json:"kp_id"`
	Text string `json:"text"`
}

// TestRankingOfKeyPoints searches all the arguments for each key point: the arguments that make it should come first. With OR
// between the key point's words it measures the ranking, without it also how much stems alone find.
func TestRankingOfKeyPoints(t *testing.T) {
	if _, err := os.Stat(keyPoints); err != nil {
		t.Skip("the judged set is not here")
	}
	texts, judged := map[string]string{}, map[string][]string{}
	for _, a := range append(readLines[argument](t, "train_arguments.jsonl"), readLines[argument](t, "dev_arguments.jsonl")...) {
		texts[a.ID] = a.Text
		for point, made := range a.Pairs {
			if made == 1 {
				judged[point] = append(judged[point], a.ID)
			}
		}
	}
	points := append(readLines[keyPoint](t, "train_keypoints.jsonl"), readLines[keyPoint](t, "dev_keypoints.jsonl")...)
	cache, err := index.BuildCache(t.Context(), filepath.Join(t.TempDir(), "cache"), index.Stamp{}, func(yield func(string, string) bool) {
		for _, id := range slices.Sorted(maps.Keys(texts)) {
			if !yield(id, texts[id]) {
				return
			}
		}
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer cache.Close()
	tests := []struct {
		name, between                string
		recall5, recall20, mrr, ndcg float64 // floors
	}{
		{"any word", " OR ", .405, .365, .625, .400},
		{"all words", " ", .035, .015, .080, .030},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var ranked []RankedSearch
			for _, p := range points {
				if len(judged[p.ID]) > 0 {
					ranked = append(ranked, rankKeyPoint(t, cache, p, tt.between, judged[p.ID]))
				}
			}
			r := NewRanking(ranked)
			t.Logf("%d key points, %d arguments: recall@5 %.3f, recall@20 %.3f, MRR %.3f, nDCG@10 %.3f", r.Searches, len(texts), r.RecallAt5, r.RecallAt20, r.MRR, r.NDCGAt10)
			if r.RecallAt5 < tt.recall5 || r.RecallAt20 < tt.recall20 || r.MRR < tt.mrr || r.NDCGAt10 < tt.ndcg {
				t.Errorf("below the floor of recall@5 %.3f, recall@20 %.3f, MRR %.3f, nDCG@10 %.3f", tt.recall5, tt.recall20, tt.mrr, tt.ndcg)
			}
		})
	}
}

func rankKeyPoint(t *testing.T, cache *index.Cache, p keyPoint, between string, judged []string) RankedSearch {
	t.Helper()
	var words []string
	for _, w := range index.Analyse(p.Text).List {
		words = append(words, `"`+p.Text[w.Start:w.End]+`"`) // so that "and" and "or" are words
	}
	q, err := index.ParseQuery(strings.Join(words, between))
	if err != nil {
		t.Fatal(err)
	}
	found, err := cache.Search(t.Context(), q, nil, rankingDepth)
	if err != nil {
		t.Fatal(err)
	}
	var answer []string
	for _, h := range found.Hits {
		answer = append(answer, h.ID)
	}
	return RankSearch(p.Text, judged, answer, found.Total)
}

func readLines[T any](t *testing.T, name string) []T {
	t.Helper()
	data, err := os.ReadFile(keyPoints + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []T
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}
