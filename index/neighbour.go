package index

import (
	"fmt"
	"strings"
)

// Surroundings are a passage in its document.
type Surroundings struct {
	Document string  `json:"document"`
	Member   string  `json:"member,omitempty"`
	Excluded string  `json:"excluded,omitempty"` // why the document does not count, a sentence; "" when it does
	At       int     `json:"at"`                 // of Passages: the one that was asked for
	Before   int     `json:"before"`             // passages of the document before the first of Passages
	After    int     `json:"after"`
	Passages []Found `json:"passages"` // in reading order
}

// Around is a passage with n passages before and after it in its document, the whole document where n is negative. Passages that do
// not count, and those of reference documents, are found as well. The error wraps [ErrNoSubmission].
func (s *Snapshot) Around(id string, n int) (*Surroundings, error) {
	p := s.any(id)
	if p == nil {
		return nil, fmt.Errorf("looking for the passage %q: %w", id, ErrNoSubmission)
	}
	sub := s.Submission(p)
	of := sub.Passages
	at := 0
	for of[at] != p {
		at++
	}
	from, to := max(0, at-n), min(len(of), at+n+1)
	if n < 0 {
		from, to = 0, len(of)
	}
	out := &Surroundings{Document: sub.Name, Member: sub.Member, Excluded: sub.Excluded, At: at - from, Before: from, After: len(of) - to}
	for _, x := range of[from:to] {
		out.Passages = append(out.Passages, s.found(x))
	}
	return out, nil
}

// Before is the passage before one in its document, nil for the first.
func (s *Snapshot) Before(p *Passage) *Passage { return s.beside(p, -1) }

// After is the passage behind one in its document, nil for the last.
func (s *Snapshot) After(p *Passage) *Passage { return s.beside(p, 1) }

func (s *Snapshot) beside(p *Passage, by int) *Passage {
	of := s.Submission(p).Passages
	for i := range of {
		if of[i] == p && i+by >= 0 && i+by < len(of) {
			return of[i+by]
		}
	}
	return nil
}

// any finds a passage whether it counts or not; nil when it is not in the record.
func (s *Snapshot) any(id string) *Passage {
	for _, p := range []*Passage{s.Passage(id), s.Referred(id), s.Left(id)} {
		if p != nil {
			return p
		}
	}
	return nil
}

// Reference says where a passage's words stand, to copy with them: "Ashdown Autism Trust, response.docx, para 12". Behind the name of
// a member whose words are not free to use stands [Consent.Caution].
func (s *Snapshot) Reference(p *Passage) string {
	sub := s.Submission(p)
	var parts []string
	if sub.Member != "" {
		parts = append(parts, sub.Member)
	}
	name := sub.Name
	if folder, rest, ok := strings.Cut(name, "/"); ok && sub.Member != "" && strings.HasPrefix(foldName(folder), foldName(sub.Member)) { // it would be said twice
		name = rest
	}
	parts = append(parts, name)
	if caution := s.Consent(p).Caution(); caution != "" {
		parts[0] += " (" + caution + ")"
	}
	if place := PlaceText(p.Place); place != "" {
		parts = append(parts, place)
	}
	return strings.Join(parts, ", ")
}
