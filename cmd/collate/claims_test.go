package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/samples"
)

// claimMarks is a line of the example's claims.jsonl. The fields of the marks are kept as they are: nearly all are copied words.
type claimMarks struct {
	ID       string              `json:"id"`
	Asks     []map[string]string `json:"asks"`
	Figures  []map[string]string `json:"figures"`
	Dates    []map[string]string `json:"dates"`
	Mentions []map[string]string `json:"mentions"`
}

func sampleClaims(t *testing.T, name string) []claimMarks {
	t.Helper()
	text, err := fs.ReadFile(samples.SendAPPlan(), name)
	if err != nil {
		t.Fatal(err)
	}
	var out []claimMarks
	for line := range bytes.Lines(text) {
		var m claimMarks
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, m)
	}
	return out
}

// TestClaimsAreInTheirPassages reads the example and looks up every marked span, byte for byte.
func TestClaimsAreInTheirPassages(t *testing.T) {
	_, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chosen, more := chosenForClaims(s)
	for name, rule := range map[string][]string{"claims.jsonl": chosen, "claims-more.jsonl": more} {
		t.Run(name, func(t *testing.T) { checkClaims(t, s, sampleClaims(t, name), rule) })
	}
}

func checkClaims(t *testing.T, s *index.Snapshot, claims []claimMarks, rule []string) {
	t.Helper()
	var ids []string
	for _, m := range claims {
		ids = append(ids, m.ID)
		p := s.Passage(m.ID)
		if p == nil {
			t.Errorf("%s is marked and is no passage", m.ID)
			continue
		}
		for _, mark := range slices.Concat(m.Asks, m.Figures, m.Dates, m.Mentions) {
			for field, words := range mark {
				if !written(field, words) && !strings.Contains(s.Text(p), words) {
					t.Errorf("%s: the %s %q is not in the passage", m.ID, field, words)
				}
			}
		}
	}
	if diff := cmp.Diff(rule, ids); diff != "" {
		t.Errorf("the marked passages are not those that the README's rule chooses (-rule +marked):\n%s", diff)
	}
}

// written reports whether a field is in the marker's words and not in the member's.
func written(field, words string) bool {
	switch field {
	case "normalised", "kind", "canonical":
		return true
	case "unit":
		return words == "%" || words == "£" || words == "share"
	}
	return false
}

// chosenForClaims are the ids of the passages to mark: three of each member, then others, up to 200, in the order of a seeded hash; and
// the 120 that follow.
func chosenForClaims(s *index.Snapshot) (chosen, more []string) {
	place := func(p *index.Passage) string {
		sum := sha256.Sum256([]byte("claims 1 " + p.ID))
		return string(sum[:])
	}
	codable := slices.DeleteFunc(slices.Clone(s.Passages), func(p *index.Passage) bool { return !p.Codable() })
	slices.SortFunc(codable, func(a, b *index.Passage) int { return strings.Compare(place(a), place(b)) })
	var first, rest []string
	taken := map[string]int{}
	for _, p := range codable {
		member := s.Submission(p).Member
		if taken[member]++; taken[member] <= 3 {
			first = append(first, p.ID)
			continue
		}
		rest = append(rest, p.ID)
	}
	n := 200 - len(first)
	chosen, more = append(first, rest[:n]...), slices.Clone(rest[n:n+120])
	slices.Sort(chosen)
	slices.Sort(more)
	return chosen, more
}

// TestFiguresFindTheirReferences checks, over the whole example, that what is given as a figure's reference is of the year that its
// source names, and that figures are said to have no source only where none is given.
func TestFiguresFindTheirReferences(t *testing.T) {
	_, an := runSamples(t)
	found, err := an.Figures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	year := regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	referenced := 0
	for _, f := range found.Figures {
		if got, want := f.Unsourced, f.Source == "" && f.Reference == nil; got != want {
			t.Errorf("%s in %s: unsourced is %v, want %v", f.Value, f.Passage, got, want)
		}
		if f.Reference == nil {
			continue
		}
		referenced++
		if y := year.FindString(f.Source); y != "" && !strings.Contains(f.Reference.Words, y) {
			t.Errorf("%s in %s: the reference %q is not of the year of %q", f.Value, f.Passage, f.Reference.Words, f.Source)
		}
	}
	if referenced < 20 { // 29 when this was written
		t.Errorf("%d figures have a reference, want at least 20", referenced)
	}
}
