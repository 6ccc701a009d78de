package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"collate/index/extract"
	"collate/themes"
)

func columnsCommand(a *app) *cobra.Command {
	var fix correction
	var asCSV bool
	c := &cobra.Command{
		Use:   "columns [NAME.collate] SUBMISSION",
		Short: "What the columns of a survey are taken to be, and why; or set it",
		Long: `Without flags: shows every column of a survey with its role, why it was given it, and what stands in it.
With --set, --header or --file: records your correction and reads the survey again, from the bytes in the record. What people decided
stays with its words. A newer file of the same name is read in the same way.

The roles: ` + roleList() + `. "guess" leaves a column to collate again.
The words of open and hybrid columns become passages; closed, multiple choice and scale columns are counted.`,
		Example: `  collate columns survey.xlsx --set "C=open" --set "F=identity" --header 3
  collate columns survey.xlsx --csv > columns.csv    then change the roles in it, and:
  collate columns survey.xlsx --file columns.csv`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate columns [NAME.collate] SUBMISSION")
				}
				r, err := a.columns(cmd.Context(), an, rest[0], fix)
				switch {
				case err != nil:
					return err
				case asCSV:
					return r.writeCSV(a.out)
				}
				return a.print(r, r.print)
			})
		},
	}
	fix.flags(c)
	c.Flags().BoolVar(&asCSV, "csv", false, "print the columns as CSV, to edit and give back with --file")
	return c
}

// surveyColumns is how a survey is read.
type surveyColumns struct {
	Submission string           `json:"submission"`
	Surveys    []extract.Survey `json:"surveys"`
	Columns    []extract.Column `json:"columns"`
	Set        extract.Hints    `json:"set"` // what a person set of it
	file       bool             // it is a file that is in no record
}

// columns shows the columns of a submission after setting what the correction says.
func (a *app) columns(ctx context.Context, an *themes.Analysis, submission string, fix correction) (*surveyColumns, error) {
	submission, err := an.SubmissionCalled(ctx, submission)
	if err != nil {
		return nil, err
	}
	hints, err := an.Columns(ctx, submission)
	if err != nil {
		return nil, err
	}
	read := func(h extract.Hints) (*extract.Document, error) { return an.Reread(ctx, submission, h) }
	doc, hints, err := fix.apply(hints, read)
	if errors.Is(err, extract.ErrNoText) && fix.given() {
		return nil, misuse("With these columns no answers in words would be left in %s. Nothing was changed.", submission)
	}
	if err != nil {
		return nil, err
	}
	if len(doc.Facts.Surveys) == 0 {
		return nil, misuse("%s is not read as a survey, one row a respondent. If it is one, say in which row its columns are named: --header 3", submission)
	}
	if fix.given() {
		hints.By = a.person()
		if err := a.setColumns(ctx, an, submission, hints); err != nil {
			return nil, err
		}
	}
	return &surveyColumns{Submission: submission, Surveys: doc.Facts.Surveys, Columns: doc.Facts.Columns, Set: hints}, nil
}

// setColumns records a correction and brings the suggestions and the search index up to it.
func (a *app) setColumns(ctx context.Context, an *themes.Analysis, submission string, hints extract.Hints) error {
	if _, err := an.SetColumns(ctx, submission, hints); err != nil {
		return err
	}
	if _, err := an.Tag(ctx); err != nil {
		return err
	}
	if err := an.Refresh(ctx); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s was read again under the name %s.\n", submission, hints.By)
	return nil
}

func (r *surveyColumns) print(w io.Writer) {
	for _, s := range r.Surveys {
		fmt.Fprintf(w, "%s: %s, columns named in row %d, %s\n\n", strings.TrimSuffix(r.Submission+", sheet "+s.Sheet, ", sheet "), layoutName(s.Layout), s.Header, plural(s.Rows, "respondent"))
		fmt.Fprintf(w, "%-3s %-15s %s  %s\n", "", "role", "answers", "heading")
		for _, c := range r.Columns {
			if c.Sheet == s.Sheet {
				printColumn(w, c, s.Rows)
			}
		}
		fmt.Fprintln(w)
	}
	verb := "columns"
	if r.file {
		verb = "inspect"
	}
	fmt.Fprintf(w, "To change one: collate %s %s --set \"C=open\", or --header 3 where the columns are named in another row.\n", verb, quoted(r.Submission))
}

func layoutName(layout string) string {
	if layout == "table" {
		return "a table"
	}
	return "from " + layout
}

// What of a heading and of a column's answers is shown on one line.
const (
	maxHeading = 90
	maxAnswers = 160
)

func printColumn(w io.Writer, c extract.Column, rows int) {
	heading := c.Name
	if c.Role.InWords() && !strings.HasPrefix(c.Name, c.Question) {
		heading = c.Question
	}
	fmt.Fprintf(w, "%-3s %-15s %7d  %s\n", c.Letter, c.Role, c.Filled, shortened(heading, maxHeading))
	fmt.Fprintf(w, "%29s%s\n", "", shortened(strings.TrimSpace(columnAnswers(c, rows)+"  ["+strings.TrimSuffix(c.Why, ".")+"]"), maxAnswers))
}

// columnAnswers are the counts of a closed question, or the first answers.
func columnAnswers(c extract.Column, rows int) string {
	var out []string
	for _, o := range c.Options {
		out = append(out, fmt.Sprintf("%s %d", shortened(o.Value, 40), o.Count))
	}
	if len(out) == 0 {
		for _, v := range c.First {
			out = append(out, "“"+shortened(v, 40)+"”")
		}
		return strings.Join(out, " ")
	}
	if left := rows - c.Filled; left > 0 && (c.Role != extract.Multiple || len(c.Options) > 1) {
		out = append(out, fmt.Sprintf("not answered %d", left))
	}
	return shortened(strings.Join(out, ", "), maxAnswers-40)
}

func shortened(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes-1]) + "…"
}

// quoted is a name as it is typed in a command.
func quoted(name string) string {
	if strings.ContainsAny(name, " '()&;$!*?›") {
		return `"` + name + `"`
	}
	return name
}

// surveyLine says in one line what was read of a survey, and where to look.
func surveyLine(name string, s *extract.Size) string {
	return fmt.Sprintf("%s: %s, %s, %d closed; see: collate columns %s", name, plural(s.Rows, "row"), plural(s.Open, "open question"), s.Closed, quoted(name))
}
