package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func asksCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "asks [NAME.collate]",
		Short: "What members ask for: of whom, what, and by when",
		Long: `Lists what members want somebody to do or not to do, by who is asked and then by what is asked, with the member, the deadline and
the themes of the passage. It is read by rules: look at each before you count on it.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				found, err := an.Asks(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(found, func(w io.Writer) { printAsks(w, found) })
			})
		},
	}
}

func printAsks(w io.Writer, found *themes.AskList) {
	n := 0
	for _, g := range found.Actors {
		who := g.Actor
		if who == "" {
			who = "Nobody is named"
		}
		fmt.Fprintf(w, "%s: %s of %s\n", upper(who), plural(len(g.Asks), "ask"), plural(g.Members, "member"))
		for _, x := range g.Asks {
			fmt.Fprintf(w, "   %s\n", x.Action)
			if x.Deadline != "" {
				fmt.Fprintf(w, "      when: %s\n", x.Deadline)
			}
			printClaimPlace(w, x.ClaimPlace)
		}
		n += len(g.Asks)
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s.", plural(n, "ask"))
	printWithheld(w, found.Withheld)
}

// printClaimPlace says who says it and where, and what themes the passage has.
func printClaimPlace(w io.Writer, at themes.ClaimPlace) {
	fmt.Fprintf(w, "      %s, %s  [%s]", at.Member, strings.TrimSuffix(at.Document+", "+at.Place, ", "), at.Passage)
	if len(at.Themes) > 0 {
		fmt.Fprintf(w, "  %s", strings.Join(at.Themes, "; "))
	}
	fmt.Fprintln(w)
}

// printWithheld ends a list with what is not in it.
func printWithheld(w io.Writer, n themes.ClaimsWithheld) {
	if n.Passages > 0 {
		fmt.Fprintf(w, " Not listed, because it may not be shown: what is in %s of %s.", plural(n.Passages, "passage"), plural(n.Members, "member"))
	}
	fmt.Fprintln(w)
}
