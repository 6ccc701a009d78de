package themes

import (
	"encoding/json"
	"fmt"

	"collate/index"
)

// A carry takes codings of one theme over to another: all of them when themes are merged, those of listed passages when one is split.
// What people decided stays theirs, with their name and day. It changes no decision: it says how the older ones are read from here on,
// and one that is undone is read as if it had never been.
type carry struct {
	Split    bool     `json:"split,omitempty"`    // not all of it: what is coded of Passages
	Passages []string `json:"passages,omitempty"` // ids
	Query    string   `json:"query,omitempty"`    // the search by which it was split, or ""
	Undone   bool     `json:"undone,omitempty"`   // the newest carry between the two themes is taken back
	Added    *lists   `json:"added,omitempty"`    // what a merge put into the codebook's theme, to be taken out when it is undone
}

// carried are the carries of a record while it is read.
type carried struct {
	skip     map[int64]bool       // by number: those that are to be left out
	undone   map[int64]bool       // those that were found to be undone
	standing map[[2]string]int64  // by the themes from and to
	merged   map[string]merged    // by the theme that was merged into another
	split    map[[2]string]string // by the themes from and to: the search
}

type merged struct {
	into  string
	added *lists
}

func newCarried(skip map[int64]bool) carried {
	return carried{skip: skip, undone: map[int64]bool{}, standing: map[[2]string]int64{}, merged: map[string]merged{}, split: map[[2]string]string{}}
}

// carry applies one to what was decided before it.
func (s *codings) carry(d *index.Decision) error {
	var x carry
	if err := json.Unmarshal([]byte(d.Value), &x); err != nil {
		return fmt.Errorf("decision %d: %w", d.Seq, err)
	}
	c, between := &s.carried, [2]string{d.Subject, d.Theme}
	switch {
	case c.skip[d.Seq]:
	case x.Undone:
		if seq, ok := c.standing[between]; ok {
			c.undone[seq] = true
			delete(c.standing, between)
			if x.Split {
				delete(c.split, between)
			} else {
				delete(c.merged, d.Subject)
			}
		}
	case x.Split:
		c.standing[between] = d.Seq
		c.split[between] = x.Query
		for _, p := range x.Passages {
			s.split(d, p)
		}
	default:
		c.standing[between] = d.Seq
		c.merged[d.Subject] = merged{d.Theme, x.Added}
		s.merge(d)
	}
	return nil
}

// merge lets what people decided on one theme hold for another as well.
func (s *codings) merge(d *index.Decision) {
	var from []codingKey
	for key, c := range s.passages {
		if key.theme == d.Subject && (c.Confirmed || c.StanceConfirmed) {
			from = append(from, key)
		}
	}
	for _, key := range from {
		entry(s.passages, codingKey{key.passage, d.Theme}).take(s.passages[key], "merged from "+d.Subject)
	}
	for key, n := range s.notes {
		if _, ok := s.notes[codingKey{key.passage, d.Theme}]; key.theme == d.Subject && !ok {
			s.notes[codingKey{key.passage, d.Theme}] = n
		}
	}
	for key, p := range s.positions {
		to := positionKey{key.member, d.Theme}
		if _, ok := s.positions[to]; key.theme == d.Subject && !ok {
			p.Because = why("merged from "+d.Subject, p.Because)
			s.positions[to] = p
		}
	}
	s.together.merge(d.Subject, d.Theme)
}

// split moves what is coded of one passage. What only the tool had proposed is the decision of the person who split.
func (s *codings) split(d *index.Decision, passage string) {
	from, to := entry(s.passages, codingKey{passage, d.Subject}), entry(s.passages, codingKey{passage, d.Theme})
	if from.Confirmed || from.StanceConfirmed {
		to.take(from, "split from "+d.Subject)
	}
	if n, ok := s.notes[codingKey{passage, d.Subject}]; ok {
		s.notes[codingKey{passage, d.Theme}] = n
	}
	if from.Confirmed && !from.Tagged {
		return // it was not on the one, and this puts it on none
	}
	if !to.Confirmed {
		to.Tagged, to.Because, to.Coder, to.Confirmed, to.At = true, "split from "+d.Subject, d.Coder, true, d.At
		to.decided = max(to.decided, d.Seq)
	}
	proposed := s.proposed(codingKey{passage, d.Subject})
	*from = Coding{Because: "split off to " + d.Theme, Coder: d.Coder, Confirmed: true, At: d.At, Stance: proposed.Stance, StanceWhy: proposed.StanceWhy, StanceCoder: rules, decided: d.Seq}
}

// take takes over what people decided on another theme of the same passage. A passage that a person put on either theme is on both
// together; one that a person kept off the other is kept off only where nobody and nothing puts it here.
func (c *Coding) take(o *Coding, reason string) {
	if o.Confirmed && (o.Tagged && !(c.Confirmed && c.Tagged) || !o.Tagged && !c.Confirmed && !c.Tagged) {
		c.Tagged, c.Because, c.Coder, c.Confirmed, c.At = o.Tagged, why(reason, o.Because), o.Coder, true, o.At
		c.decided = max(c.decided, o.decided)
	}
	if o.StanceConfirmed && !c.StanceConfirmed {
		c.Stance, c.StanceWhy, c.StanceCoder, c.StanceConfirmed, c.StanceAt = o.Stance, why(reason, o.StanceWhy), o.StanceCoder, true, o.StanceAt
		c.decided = max(c.decided, o.decided)
	}
}

func why(reason, more string) string {
	if more == "" {
		return reason
	}
	return reason + ": " + more
}
