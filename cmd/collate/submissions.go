package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

func submissionsCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "submissions [NAME.collate]",
		Short: "What was sent: who, when, which version, how long, and what is not counted",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSnapshot(cmd.Context(), args, func(s *index.Snapshot) error {
				sent := sheets(s)
				return a.print(sent, func(w io.Writer) { printSubmissions(w, sent) })
			})
		},
	}
	c.AddCommand(useCommand(a))
	return c
}

// factSheet is what is known of one submission.
type factSheet struct {
	Name     string            `json:"submission"`
	Member   string            `json:"member,omitempty"`
	Use      string            `json:"use"` // "counted", "not counted", "not read", "reference"
	Why      string            `json:"why,omitempty"`
	Format   string            `json:"format,omitempty"`
	Date     string            `json:"date,omitempty"`
	Dated    string            `json:"dated_by,omitempty"` // what says so
	Version  string            `json:"version,omitempty"`
	Title    string            `json:"title,omitempty"`
	Author   string            `json:"author,omitempty"`
	Words    int               `json:"words"`
	Passages int               `json:"passages"`
	Consent  index.Consent     `json:"consent,omitempty"`
	Asked    string            `json:"consent_reason,omitempty"`
	Warnings []extract.Warning `json:"warnings,omitempty"`
}

func sheets(s *index.Snapshot) []factSheet {
	var out []factSheet
	for _, sub := range s.Submissions {
		f := newFactSheet(sub)
		f.Use = "counted"
		switch {
		case sub.Failure != "":
			f.Use, f.Why = "not read", sub.Failure
		case sub.Excluded != "":
			f.Use, f.Why = "not counted", sub.Excluded
		case len(sub.Passages) == 0:
			f.Use = "opened for what is in it"
		}
		out = append(out, f)
	}
	for _, ref := range s.References {
		f := newFactSheet(ref)
		f.Use, f.Consent, f.Asked = "reference", "", ""
		out = append(out, f)
	}
	return out
}

func newFactSheet(sub *index.Submission) factSheet {
	f := factSheet{Name: sub.Name, Member: sub.Member, Version: sub.Version(), Passages: len(sub.Passages), Consent: sub.Consent, Asked: sub.ConsentReason}
	if d := sub.Document; d != nil {
		f.Format, f.Title, f.Author, f.Words, f.Warnings = d.Format, d.Facts.Title, d.Facts.Author, extract.Words(d.Text), d.Warnings
		f.Date, f.Dated = sub.Dated()
	}
	return f
}

func printSubmissions(w io.Writer, sent []factSheet) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "submission\tmember\tdate\tversion\tauthor\tformat\twords\tpassages\tuse\n")
	for _, f := range sent {
		use := f.Use
		if f.Consent != "" && f.Consent != index.Attributable {
			use += ", " + string(f.Consent)
		}
		if f.Why != "" {
			use += ": " + f.Why
		}
		date := f.Date
		if f.Dated == index.SavedDate {
			date += " (saved)"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%s\n", f.Name, f.Member, date, f.Version, f.Author, f.Format, f.Words, f.Passages, use)
	}
	t.Flush()
	fmt.Fprintf(w, "\nTo change what one is for: collate submissions use SUBMISSION count|leave-out|reference|auto\n")
}

func useCommand(a *app) *cobra.Command {
	var because string
	c := &cobra.Command{
		Use:   "use [NAME.collate] SUBMISSION count|leave-out|reference|auto",
		Short: "Say whether a submission is counted, left out, or a document that the members answer",
		Long: `count      counted, even where it looks like an earlier version of another submission
leave-out  kept and not counted: withdrawn, or sent by mistake
reference  a document that the members answer, such as the government's plan: it can be searched and quoted, and is never counted
auto       as collate judges: counted, unless a later version or the same file takes its place`,
		Args: cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 2 || !slices.Contains(index.Uses, index.Use(rest[1])) {
					return misuse("Write it as: collate submissions use [NAME.collate] SUBMISSION count|leave-out|reference|auto")
				}
				if err := an.SetUse(cmd.Context(), rest[0], index.Use(rest[1]), because, a.person()); err != nil {
					return err
				}
				if _, err := an.Tag(cmd.Context()); err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s: %s.\n", rest[0], cmp.Or(map[string]string{
					"count": "it is counted now", "leave-out": "it is left out now", "reference": "it is a document that the members answer now",
				}[rest[1]], "collate judges by itself now"))
				return nil
			})
		},
	}
	c.Flags().StringVar(&because, "because", "", "why, to be shown where it is listed as not counted")
	return c
}
