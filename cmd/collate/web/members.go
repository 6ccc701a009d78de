package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"

	"collate/index"
)

// A membersPage says who has answered, with what and how it may be used; and who has not.
type membersPage struct {
	page
	Members  []memberRow
	Answered int
	Missing  []string // asked or listed, and nothing of them can be read
	Unknown  []*index.Submission
	Names    []string
	Consents []index.Consent
}

// A memberRow is a member and what it sent.
type memberRow struct {
	index.Member
	Submissions []*index.Submission
	Passages    int
}

func (s *Server) members(r *request) error {
	base, x, err := s.plain(r, "Members", "Members")
	if err != nil {
		return err
	}
	p := membersPage{page: base, Consents: []index.Consent{index.Attributable, index.Anonymous, index.Confidential}}
	of := map[string][]*index.Submission{}
	for _, sub := range x.Submissions {
		if sub.Member == "" && sub.Excluded == "" {
			p.Unknown = append(p.Unknown, sub)
		}
		of[sub.Member] = append(of[sub.Member], sub)
	}
	for _, m := range x.Members {
		row := memberRow{Member: m, Submissions: of[m.Name]}
		for _, sub := range row.Submissions {
			if sub.Excluded == "" {
				row.Passages += len(sub.Passages)
			}
		}
		p.Names = append(p.Names, m.Name)
		if p.Members = append(p.Members, row); row.Passages > 0 {
			p.Answered++
		} else {
			p.Missing = append(p.Missing, m.Name)
		}
	}
	return s.show(r, "members", "layout", p)
}

// chase sends the members that have not answered as a list, to write to them.
func (s *Server) chase(r *request) error {
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	spoke := map[string]bool{}
	for _, p := range x.Passages {
		spoke[x.Submission(p).Member] = true
	}
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.Write([]string{"member", "type", "domains"})
	for _, m := range x.Members {
		if !spoke[m.Name] {
			w.Write([]string{guarded(m.Name), guarded(m.Type), guarded(strings.Join(m.Domains, " "))})
		}
	}
	w.Flush()
	return send(r, "not answered.csv", "text/csv; charset=utf-8", b)
}

// guarded is a text that no spreadsheet takes for a formula.
func guarded(text string) string {
	if strings.ContainsAny(strings.TrimSpace(text)[:min(1, len(strings.TrimSpace(text)))], "=+-@|%") {
		return "'" + text
	}
	return text
}

// setMember says whose a submission is.
func (s *Server) setMember(r *request) error {
	name, member := r.FormValue("submission"), strings.TrimSpace(r.FormValue("member"))
	if member == "" {
		return r.see("members", "Say which member it is from.")
	}
	newer, err := r.stale(func(d *index.Decision) bool { return d.Act == index.ActMember && d.Subject == name })
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		return r.see("members", newer[len(newer)-1].Coder+" said whose "+name+" is after you opened the page: look again.")
	}
	err = s.deciding(r, "whose "+name+" is", "members", func(ctx context.Context) error { return r.in.SetMember(ctx, name, member, s.person(r)) })
	if err != nil {
		return err
	}
	return r.see("members", name+" is now from "+member+".")
}

// setConsent says how words may be used: a submission's, a member's, or everybody's of whom nothing is said.
func (s *Server) setConsent(r *request) error {
	subject, consent := r.FormValue("subject"), index.Consent(r.FormValue("consent"))
	if !slices.Contains([]index.Consent{index.Attributable, index.Anonymous, index.Confidential}, consent) {
		return errNoPage
	}
	newer, err := r.stale(func(d *index.Decision) bool { return d.Act == index.ActConsent && d.Subject == subject })
	if err != nil {
		return err
	}
	if len(newer) > 0 {
		return r.see("members", newer[len(newer)-1].Coder+" decided how the words of "+subject+" may be used after you opened the page: look again.")
	}
	err = s.deciding(r, "how words may be used", "members", func(ctx context.Context) error { return r.in.SetConsent(ctx, subject, consent, s.person(r)) })
	if err != nil {
		return err
	}
	return r.see("members", "The words of "+subject+" are now "+string(consent)+".")
}
