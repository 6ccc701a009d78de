package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"collate/themes"
)

func datesCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "dates [NAME.collate]",
		Short: "A timeline: what is promised by when, what members ask for by when, and what happened",
		Long: `Lists the dates that members name, in the order of the calendar: what the government or others have promised or planned for them, the
deadlines of what members ask for, and what happened at them. A date without its year is taken to be of the year in which it was written.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				found, err := an.Dates(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(found, func(w io.Writer) { printDates(w, found) })
			})
		},
	}
}

func printDates(w io.Writer, found *themes.DateList) {
	n := 0
	for _, day := range found.Dates {
		fmt.Fprintf(w, "%s: %s\n", day.Date, plural(day.Members, "member"))
		for _, d := range day.Said {
			switch {
			case d.Kind == "asked":
				fmt.Fprintf(w, "   asked: %s\n", d.Asked)
			case d.Kind == "commitment" && d.Promised != "" && d.By != "":
				fmt.Fprintf(w, "   promised by %s: %s\n", d.By, d.Promised)
			case d.Kind == "commitment" && d.Promised != "":
				fmt.Fprintf(w, "   promised: %s\n", d.Promised)
			case d.Kind == "commitment":
				fmt.Fprintf(w, "   promised; %s\n", d.Sentence)
			default:
				fmt.Fprintf(w, "   %s: %s\n", d.Kind, d.Sentence)
			}
			printClaimPlace(w, d.ClaimPlace)
		}
		n += len(day.Said)
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s, named %s.", plural(len(found.Dates), "date"), plural(n, "time"))
	printWithheld(w, found.Withheld)
}
