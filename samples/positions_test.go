package samples

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// summed is a line of positions.jsonl; send-ap-plan/README.md says what its fields mean.
type summed struct {
	Member   string   `json:"member"`
	Theme    string   `json:"theme"`
	Split    string   `json:"split"`
	Passages []string `json:"passages"`
	Summary  string   `json:"summary"`
	Chosen   []struct {
		ID    string `json:"id"`
		Words string `json:"words"`
	} `json:"chosen"`
}

// TestPositionsFollowTheirRules checks what can be checked without the passages; that the chosen sentences are in them is checked where the
// passages can be read, beside the condensing.
func TestPositionsFollowTheirRules(t *testing.T) {
	text, err := fs.ReadFile(SendAPPlan(), "positions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
		var p summed
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&p); err != nil || d.More() {
			t.Fatalf("line %d is not one object of the documented fields: %v", n+1, err)
		}
		pair := p.Member + " | " + p.Theme
		if seen[pair] {
			t.Errorf("%s is there twice", pair)
		}
		seen[pair] = true
		if got, want := p.Split, split(pair); got != want {
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
