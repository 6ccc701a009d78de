package index

import (
	"regexp"
	"strconv"
	"strings"
)

// A Question is one that the consultation put to its members.
type Question struct {
	ID   string `json:"id" yaml:"id"`
	Text string `json:"text" yaml:"text"`
}

// questionNumber is a question named by its number: "Question 3", "Q3.", "Staff (part of Q5)".
var questionNumber = regexp.MustCompile(`(?i)\bq(?:uestion)?\s*(\d{1,2})\b`)

// AssignQuestions maps each passage to a consultation question by the question its place names: by number ("Question 3",
// "Q3.") or by the question's own words with small changes. A passage with no plain sign of either stays unassigned.
func AssignQuestions(passages []*Passage, questions []Question) {
	for _, p := range passages {
		p.Question, p.Why = "", ""
		for _, asked := range append([]string{p.Place.Question}, p.Place.Headings...) {
			if q, why := matchQuestion(asked, questions); q != "" {
				p.Question, p.Why = q, why
				break
			}
		}
	}
}

func matchQuestion(asked string, questions []Question) (id, why string) {
	if asked == "" {
		return "", ""
	}
	best, share := "", 0.0
	for _, q := range questions {
		if s := sharedWords(asked, q.Text); s > share {
			best, share = q.ID, s
		}
	}
	if share >= 0.7 {
		return best, "the question's own words"
	}
	m := questionNumber.FindStringSubmatch(asked)
	if m == nil {
		return "", ""
	}
	for _, q := range questions {
		if n, err := strconv.Atoi(strings.TrimLeft(strings.ToLower(q.ID), "q")); err == nil && strconv.Itoa(n) == m[1] {
			return q.ID, "the question's number"
		}
	}
	return "", ""
}

// sharedWords is the share of words that two sentences have in common, of all their words (Jaccard).
func sharedWords(a, b string) float64 {
	x, y := map[string]bool{}, map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(a), notWord) {
		x[w] = true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(b), notWord) {
		y[w] = true
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if all := len(x) + len(y) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

func notWord(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127) }
