package themes

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes/personal"
)

// A PersonalFinding is what looks like personal data in what an output shows.
type PersonalFinding struct {
	Kind      personal.Kind      `json:"kind"`
	Certainty personal.Certainty `json:"certainty"`
	Words     string             `json:"words"`
	In        string             `json:"in"`                // "quote", "note", "position", "joint line", "passage that is left out"
	Ref       string             `json:"passage,omitempty"` // the passage's id, where it is in one
	Member    string             `json:"member,omitempty"`  // its label
	Document  string             `json:"document,omitempty"`
	Place     string             `json:"place,omitempty"`
}

// PersonalData lists what looks like personal data in a report, and so in every output that is made of it: by rules, and not all of it. A
// passage under several themes is looked at once. What is withheld is not in the report.
func (r *Report) PersonalData() []PersonalFinding {
	l := personalList{known: r.labels()}
	l.quotes(r.Quotes)
	for i := range r.Members {
		m := &r.Members[i]
		for k := range m.Positions {
			p := &m.Positions[k]
			l.look(p.Note, PersonalFinding{In: "note", Member: m.Label})
			if p.Own != "" || p.Condition != "" { // else it is words of a quote
				l.look(p.Line, PersonalFinding{In: "position", Member: m.Label})
				l.look(p.Condition, PersonalFinding{In: "position", Member: m.Label})
			}
		}
	}
	for i := range r.Themes {
		j := &r.Themes[i].Joint
		l.look(j.Line, PersonalFinding{In: "joint line"})
		if j.Outside.Line != j.Line {
			l.look(j.Outside.Line, PersonalFinding{In: "joint line"})
		}
	}
	for _, x := range r.Excluded {
		l.look(x.Words, PersonalFinding{In: "passage that is left out", Member: x.Member, Document: x.Name, Place: x.Place})
	}
	return l.found
}

// PersonalData lists what looks like personal data in what a search found, likewise.
func (r *Results) PersonalData() []PersonalFinding {
	var l personalList
	for i := range r.Quotes {
		l.known = append(l.known, r.Quotes[i].Member)
	}
	l.quotes(r.Quotes)
	return l.found
}

// labels are what the members are called.
func (r *Report) labels() []string {
	var out []string
	for i := range r.Members {
		out = append(out, r.Members[i].Label)
	}
	return out
}

// A personalList gathers findings, each once.
type personalList struct {
	known []string
	found []PersonalFinding
	seen  map[string]bool
}

func (l *personalList) quotes(quotes []Quote) {
	for i := range quotes {
		q := &quotes[i]
		at := PersonalFinding{In: "quote", Ref: q.Passage, Member: q.Member, Document: q.Document, Place: q.Place}
		l.look(q.Words, at)
		at.In = "note"
		l.look(q.Note, at)
	}
}

// look finds personal data in a text.
func (l *personalList) look(text string, at PersonalFinding) {
	if text == "" {
		return
	}
	key := strings.Join([]string{at.In, at.Ref, at.Member, text}, "\x00")
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	if l.seen[key] {
		return
	}
	l.seen[key] = true
	for _, x := range personal.Find(text, l.known) {
		at.Kind, at.Certainty, at.Words = x.Kind, x.Certainty, text[x.Start:x.End]
		l.found = append(l.found, at)
	}
}

// CountPersonal says in a few words how much was found of each kind, "2 of e-mail address, 1 of postcode"; "" for nothing.
func CountPersonal(found []PersonalFinding) string {
	n := map[personal.Kind]int{}
	for _, f := range found {
		n[f.Kind]++
	}
	var parts []string
	for _, k := range personal.Kinds {
		switch {
		case n[k] == 1:
			parts = append(parts, "1 "+string(k))
		case n[k] > 1:
			parts = append(parts, fmt.Sprintf("%d × %s", n[k], k))
		}
	}
	return strings.Join(parts, ", ")
}

// MaskPersonal hides the words of findings but for the first and last letters, so that a list of them does not spread what it warns of.
func MaskPersonal(found []PersonalFinding) []PersonalFinding {
	out := slices.Clone(found)
	for i := range out {
		out[i].Words = personal.Masked(out[i].Words)
	}
	return out
}
