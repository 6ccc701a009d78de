package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestBenchSearch measures two sizes, twice at once in one folder.
func TestBenchSearch(t *testing.T) {
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			var out, errs bytes.Buffer
			if status := Main(t.Context(), []string{"bench", "search", "--passages", "900,400", "--searches", "2", "--dir", dir, "--json"}, nil, &out, &errs); status != 0 {
				t.Errorf("status %d: %s", status, errs.String())
				return
			}
			var benches []searchBench
			if err := json.Unmarshal(out.Bytes(), &benches); err != nil {
				t.Error(err)
				return
			}
			checkBenches(t, benches)
			if steps := errs.String(); strings.Count(steps, "Making the search index") != 2 || strings.Count(steps, "\n") > 50 {
				t.Errorf("the steps said are\n%s", steps)
			}
		})
	}
	wait.Wait()
	leaves(t, dir)
}

func checkBenches(t *testing.T, benches []searchBench) {
	t.Helper()
	if len(benches) != 2 || benches[0].Passages != 400 || benches[1].Passages != 900 {
		t.Errorf("measured %+v, want 400 and 900 passages", benches)
		return
	}
	rows := map[string]int{}
	for _, b := range benches {
		for _, x := range b.Answers {
			rows[x.Engine]++
			others := x.Kind == "fuzzy" || x.Kind == "wildcard" || x.Kind == "prefix" || x.Kind == "NEAR, any words"
			if !others && x.Same != x.Searches {
				t.Errorf("%d passages, %s: %s finds as many as collate in %d searches of %d", b.Passages, x.Kind, x.Engine, x.Same, x.Searches)
			}
		}
	}
	for engine, least := range map[string]int{"collate": 24, "without facets": 24, "bare bleve": 20, "bleve, 3 facets": 20, "SQLite FTS5": 20, "FTS5, 3 facets": 20, "scan": 20} {
		if rows[engine] < least {
			t.Errorf("%d rows of %s, want %d", rows[engine], engine, least)
		}
	}
}

func TestBenchSearchStopped(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	var out bytes.Buffer
	said := &stopper{stop: stop, at: "Bleve: builder"}
	if status := Main(ctx, []string{"bench", "search", "--passages", "900", "--dir", dir}, nil, &out, said); status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	if !strings.Contains(said.String(), "has been removed") || out.Len() > 0 {
		t.Errorf("it says %q and prints %q", said.String(), out.String())
	}
	leaves(t, dir)
}

// A stopper is what a program says until it says one thing, which stops it.
type stopper struct {
	bytes.Buffer
	stop context.CancelFunc
	at   string
}

func (s *stopper) Write(b []byte) (int, error) {
	if strings.Contains(string(b), s.at) {
		s.stop()
	}
	return s.Buffer.Write(b)
}

// leaves checks that nothing is left in a folder.
func leaves(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
