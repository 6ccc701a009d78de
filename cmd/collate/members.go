package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func membersCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "members [NAME.collate]",
		Short: "Who sent what, and why it is taken to be theirs",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSnapshot(cmd.Context(), args, func(s *index.Snapshot) error {
				return a.print(map[string]any{"members": s.Members, "submissions": rows(s)}, func(w io.Writer) { printMembers(w, s) })
			})
		},
	}
	c.AddCommand(memberSetCommand(a), consentCommand(a))
	return c
}

// submissionRow is a submission without its text.
type submissionRow struct {
	Member  string        `json:"member"`
	Name    string        `json:"submission"`
	Reason  string        `json:"reason"`
	Consent index.Consent `json:"consent"`
	Why     string        `json:"consent_reason,omitempty"`
	Left    string        `json:"left_out,omitempty"`
}

func rows(s *index.Snapshot) []submissionRow {
	var out []submissionRow
	for _, sub := range s.Submissions {
		out = append(out, submissionRow{sub.Member, sub.Name, sub.Reason, sub.Consent, sub.ConsentReason, sub.Excluded})
	}
	return out
}

func printMembers(w io.Writer, s *index.Snapshot) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	all := rows(s)
	for _, m := range s.Members {
		i := slices.IndexFunc(all, func(r submissionRow) bool { return r.Member == m.Name })
		if i < 0 {
			fmt.Fprintf(t, "%s\t%s\tno submission yet\t\n", m.Name, m.Type)
			continue
		}
		for _, r := range all {
			if r.Member == m.Name {
				fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", m.Name, m.Type, r.Name, because(r))
			}
		}
	}
	for _, r := range all {
		if r.Member == "" {
			fmt.Fprintf(t, "(not known)\t\t%s\t%s\n", r.Name, because(r))
		}
	}
	t.Flush()
	fmt.Fprintf(w, "\nTo change one: collate members set SUBMISSION MEMBER\n")
}

func because(r submissionRow) string {
	out := cmp.Or(r.Reason, "nothing tells who sent it")
	if r.Consent != index.Attributable {
		out += "; " + string(r.Consent)
		if r.Why != "" {
			out += ": " + r.Why
		}
	}
	if r.Left != "" {
		out += "; not counted: " + r.Left
	}
	return out
}

func memberSetCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "set [NAME.collate] SUBMISSION MEMBER",
		Short: "Say whose a submission is",
		Args:  cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 2 {
					return misuse("Write it as: collate members set [NAME.collate] SUBMISSION MEMBER")
				}
				s, err := an.Snapshot(cmd.Context())
				if err != nil {
					return err
				}
				fresh := ""
				if s.Member(rest[1]) == nil {
					fresh = " (a new member: check the spelling if it should be one of those listed)"
				}
				if err := an.SetMember(cmd.Context(), rest[0], rest[1], a.person()); err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s is now from %s%s.\n", rest[0], rest[1], fresh)
				return nil
			})
		},
	}
}

func consentCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "consent [NAME.collate] SUBMISSION-OR-MEMBER attributable|anonymous|confidential",
		Short: "Say how a submission's or a member's words may be used",
		Args:  cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 2 || !slices.Contains([]string{"attributable", "anonymous", "confidential"}, rest[1]) {
					return misuse("Write it as: collate members consent [NAME.collate] SUBMISSION-OR-MEMBER attributable|anonymous|confidential")
				}
				if err := an.SetConsent(cmd.Context(), rest[0], index.Consent(rest[1]), a.person()); err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s is now %s.\n", rest[0], rest[1])
				return nil
			})
		},
	}
}
