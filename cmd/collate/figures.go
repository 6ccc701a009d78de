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
given are marked; --unsourced lists only them.`,
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
	without := 0
	for _, f := range found.Figures {
		value := f.Value
		if f.Unit != "" && f.Unit != "%" && f.Unit != "£" && f.Unit != "share" {
			value += " " + f.Unit
		}
		what := f.What
		if f.Column != "" {
			what += " (" + f.Column + ")"
		}
		if f.When != "" {
			what += ", " + f.When
		}
		fmt.Fprintf(w, "%s: %s\n", value, strings.TrimPrefix(what, ", "))
		switch {
		case f.Unsourced:
			without++
			fmt.Fprintln(w, "      no source given")
		case f.Source != "":
			fmt.Fprintf(w, "      source: %s\n", f.Source)
		}
		if f.Reference != nil {
			fmt.Fprintf(w, "      reference: %s (%s)\n", oneLine(f.Reference.Words), f.Reference.Place)
		}
		printClaimPlace(w, f.ClaimPlace)
	}
	if len(found.Figures) > 0 {
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s, %d without a source.", plural(len(found.Figures), "figure"), without)
	printWithheld(w, found.Withheld)
}
