package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func figuresCommand(a *app) *cobra.Command {
	var unsourced bool
	c := &cobra.Command{
		Use:   "figures [NAME.collate]",
		Short: "The figures that members give, and where they are from",
		Long: `Lists the numbers by which members report something, with what they measure, of when, and who says so. A source such as "(Adams et
al., 2023)", a note's mark or a table's caption is looked up in the submission's own notes and references. Figures for which no source is
given are marked; --unsourced lists only them. Figures of two submissions for the same thing, of the same time and in the same unit, that do
not agree are put side by side first.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				found, err := an.Figures(cmd.Context())
				if err != nil {
					return err
				}
				if unsourced {
					found.Figures = onlyUnsourced(found.Figures)
				}
				return a.print(found, func(w io.Writer) { printFigures(w, found) })
			})
		},
	}
	c.Flags().BoolVar(&unsourced, "unsourced", false, "only figures for which no source is given")
	return c
}

func onlyUnsourced(figures []themes.ListedFigure) []themes.ListedFigure {
	out := []themes.ListedFigure{}
	for _, f := range figures {
		if f.Unsourced {
			out = append(out, f)
		}
	}
	return out
}

func printFigures(w io.Writer, found *themes.FigureList) {
	without, last := 0, 0
	for _, f := range found.Figures {
		if f.Unsourced {
			without++
		}
	}
	for _, f := range found.SideBySide() {
		if f.Disagrees != last {
			if last = f.Disagrees; last > 0 {
				fmt.Fprintf(w, "Different figures for one thing (%d):\n", last)
			} else {
				fmt.Fprintln(w)
			}
		}
		printFigure(w, &f)
	}
	if len(found.Figures) > 0 {
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s, %d without a source.", plural(len(found.Figures), "figure"), without)
	printWithheld(w, found.Withheld)
}

func printFigure(w io.Writer, f *themes.ListedFigure) {
	what := f.What
	if f.Column != "" {
		what += " (" + f.Column + ")"
	}
	if f.When != "" {
		what += ", " + f.When
	}
	fmt.Fprintf(w, "%s: %s\n", f.Said(), strings.TrimPrefix(what, ", "))
	switch {
	case f.Unsourced:
		fmt.Fprintln(w, "      no source given")
	case f.Source != "":
		fmt.Fprintf(w, "      source: %s\n", f.Source)
	}
	if f.Reference != nil {
		fmt.Fprintf(w, "      reference: %s (%s)\n", oneLine(f.Reference.Words), f.Reference.Place)
	}
	printClaimPlace(w, f.ClaimPlace)
}
