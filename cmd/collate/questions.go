package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func questionsCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "questions [NAME.collate]",
		Short: "The consultation's questions, and how many passages answer each",
		Long: `The questions are those that the themes file lists; where it lists none, those that the document which the members answer puts
("Question 3: ..."): add that with: collate add --reference FILE. A passage is given to a question only on a plain sign, which is shown.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				rows, err := an.Questions(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(rows, func(w io.Writer) { printQuestions(w, rows) })
			})
		},
	}
	c.AddCommand(questionSetCommand(a))
	return c
}

func printQuestions(w io.Writer, rows []themes.AskedQuestion) {
	if len(rows) == 1 && len(rows[0].Closed) == 0 {
		fmt.Fprintln(w, "No questions are known. List them in the themes file, or add the document that the members answer: collate add --reference FILE")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "question\tmembers\tpassages\ttext\n")
	for _, r := range rows {
		if r.ID == "" {
			r.ID, r.Text = "unassigned", "no plain sign of a question"
		}
		if r.Source != "" {
			r.Text += " (from " + r.Source + ")"
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", r.ID, r.Members, r.Passages, r.Text)
		for _, why := range slices.Sorted(maps.Keys(r.Signs)) {
			fmt.Fprintf(t, "\t\t%d\t  by %s\n", r.Signs[why], why)
		}
		for _, c := range r.Closed {
			fmt.Fprintf(t, "\t\t\t  %s\n", oneLine(closedLine(&c)))
		}
	}
	t.Flush()
}

// closedLine is what was chosen in a survey's closed question.
func closedLine(c *themes.ClosedAnswers) string {
	if c.Withheld != "" {
		return fmt.Sprintf("closed, of %s: %s (%s)", c.Member, plural(c.Answered, "answer"), c.Withheld)
	}
	var chosen []string
	for _, o := range c.Options {
		chosen = append(chosen, fmt.Sprintf("%s %d", o.Value, o.Count))
	}
	return fmt.Sprintf("closed, in %s, %q: %s: %s", c.Document, c.Asked, plural(c.Answered, "answer"), strings.Join(chosen, ", "))
}

func questionSetCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "set [NAME.collate] PASSAGE QUESTION|none",
		Short: "Say which question a passage answers",
		Args:  cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 2 {
					return misuse("Write it as: collate questions set [NAME.collate] PASSAGE QUESTION|none")
				}
				s, err := an.Snapshot(cmd.Context())
				if err != nil {
					return err
				}
				question := rest[1]
				if question == "none" {
					question = ""
				} else if !slices.ContainsFunc(s.Questions, func(q index.Question) bool { return q.ID == question }) {
					return misuse("There is no question %q. See them with: collate questions", question)
				}
				if err := an.SetQuestion(cmd.Context(), rest[0], question, a.person()); err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s now answers %s.\n", rest[0], rest[1])
				return nil
			})
		},
	}
}
