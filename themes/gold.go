package themes

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A GoldCoding is one coder's reading of one passage: a line of gold.jsonl.
type GoldCoding struct {
	ID     string            `json:"id"`    // of the passage
	Coder  string            `json:"coder"` // "gold" is the reading that is measured against
	Themes []string          `json:"themes"`
	Stance map[string]Stance `json:"stance,omitempty"` // per theme; one that is missing is not stated
	File   string            `json:"file,omitempty"`   // for a person: the submission, and how the passage begins
	Begins string            `json:"begins,omitempty"`
}

// ReadGold reads gold.jsonl.
func ReadGold(data []byte) ([]GoldCoding, error) {
	var out []GoldCoding
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var g GoldCoding
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil || g.ID == "" || g.Coder == "" {
			return nil, fmt.Errorf("gold.jsonl, line %d: not a JSON object with id and coder", n)
		}
		out = append(out, g)
	}
	return out, lines.Err()
}

// A Judged is a search with the passages that should come first: one of queries.txt.
type Judged struct {
	Query    string
	Passages []string
}

// ReadJudged reads queries.txt: a search on a line of its own and under it, indented, the ids of the passages that should come
// first. Lines that begin with # are notes; what follows two spaces behind an id is one too.
func ReadJudged(data []byte) ([]Judged, error) {
	var out []Judged
	for n, line := range strings.Split(string(data), "\n") {
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case indented && len(out) == 0:
			return nil, fmt.Errorf("queries.txt, line %d: a passage before any search", n+1)
		case indented:
			id, _, _ := strings.Cut(line, " ")
			out[len(out)-1].Passages = append(out[len(out)-1].Passages, id)
		default:
			out = append(out, Judged{Query: line})
		}
	}
	for _, j := range out {
		if len(j.Passages) == 0 {
			return nil, fmt.Errorf("queries.txt: %q has no passage", j.Query)
		}
	}
	return out, nil
}
