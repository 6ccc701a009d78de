package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func themesCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "themes",
		Short: "The themes: list them, change them, try a rule, read and write the codebook",
		Long: `The themes of a consultation, with their rules, examples and what is coded on them. Each change is recorded under your name (--by),
with your reason (--because), and none loses what people decided. A theme is named by its id or its name, in quotation marks where it has blanks.
"collate themes show" prints the themes file; "collate themes show > themes.yaml" starts one of your own.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(themesListCommand(a), themesShowCommand(a), themesCheckCommand(a), themesSetCommand(a),
		themesAddCommand(a), themesEditCommand(a), themesRuleCommand(a), themesExampleCommand(a), themesTryCommand(a), themesHarvestCommand(a),
		themesMoveCommand(a), themesMergeCommand(a), themesSplitCommand(a), themesRetireCommand(a), themesRestoreCommand(a), themesHistoryCommand(a), themesExportCommand(a), themesImportCommand(a))
	return c
}

func themesCheckCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Find the faults in a themes file (.yaml, .xlsx or .qdc), and what its themes lack",
		Long: `A themes file has the settings consultation, called, questions and themes, and a theme these:

  themes:
    - id: funding                 # small letters, digits and hyphens; never changes
      name: Funding               # as outputs print it
      parent: money               # the id of the theme that it lies under
      description: What it covers
      any: ['fund*', '"per pupil"']     # searches: what one of them finds is proposed
      none: ['"fund manager"']          # searches: what one of them finds is not
      examples: [Bands must follow the child.]
      non_examples: [The school fund raised 200 pounds.]
      colour: "#0072b2"
      state: retired              # proposed and counted no more

A workbook (.xlsx) has the same as columns, a theme a row; start one with: collate themes export themes.xlsx`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			book, notes, err := themes.ReadCodebook(args[0], text, themes.Known{})
			if err != nil {
				return err
			}
			return a.print(book, func(w io.Writer) {
				fmt.Fprintf(w, "%s is right: %s, %s.\n", args[0], plural(len(book.Themes), "theme"), plural(len(book.Questions), "question"))
				for _, t := range book.Tree() {
					fmt.Fprintf(w, "  %s%s (%s): %s, %s\n", strings.Repeat("  ", t.Depth), t.Title(), t.ID, plural(len(t.Any)+len(t.None), "rule"), plural(len(t.Examples), "example"))
				}
				for _, note := range notes {
					fmt.Fprintln(w, note)
				}
				for _, t := range book.Themes {
					for _, lack := range book.Lacks(t.ID) {
						fmt.Fprintf(w, "! %s: %s\n", t.ID, lack)
					}
				}
				printFewExamples(w, book)
			})
		},
	}
}

func themesShowCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "show [NAME.collate]",
		Short: "Print the themes file of a consultation, or the built-in one, to start your own from",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := a.out.Write(themes.BuiltInCodebook())
				return err
			}
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				text, err := an.CodebookText(cmd.Context())
				if err != nil {
					return err
				}
				_, err = io.WriteString(a.out, text)
				return err
			})
		},
	}
}

func themesSetCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "set [NAME.collate] FILE.yaml",
		Short: "Give a consultation these themes and tag it again; what people decided stays",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate themes set [NAME.collate] FILE.yaml")
				}
				text, err := os.ReadFile(rest[0])
				if err != nil {
					return err
				}
				if err := an.SetCodebook(cmd.Context(), rest[0], text, a.person()); err != nil {
					return err
				}
				return a.tag(cmd.Context(), an)
			})
		},
	}
}
