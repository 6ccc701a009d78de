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
		Long: `Lists what members want somebody to do or not to do, by who is asked and then by how many ask, with the members, the deadline and
the themes of the passage. The same ask of several members is one, with each one's own words: they must ask the same of the same body, with
the same verb, numbers and things, and no other day. It is read by rules: look at each before you count on it.`,
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
		fmt.Fprintf(w, "%s: %s of %s\n", upper(who), plural(len(g.Merged), "ask"), plural(g.Members, "member"))
		for _, m := range g.Merged {
			printMerged(w, &g, m)
		}
		n += len(g.Merged)
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s.", plural(n, "ask"))
	printWithheld(w, found.Withheld)
}

// printMerged shows an ask as the first of those who make it puts it, and each other wording under it.
func printMerged(w io.Writer, g *themes.AskActor, m themes.MergedAsk) {
	first, shown := &g.Asks[m.Asks[0]], themes.ListedAsk{}
	fmt.Fprintf(w, "   %s\n", first.Action)
	if m.Members > 1 {
		fmt.Fprintf(w, "      asked by %s\n", plural(m.Members, "member"))
	}
	for _, i := range m.Asks {
		x := &g.Asks[i]
		if x.Action != first.Action && x.Action != shown.Action {
			fmt.Fprintf(w, "      in other words: %s\n", x.Action)
		}
		if shown = *x; x.Deadline != "" {
			fmt.Fprintf(w, "      when: %s\n", x.Deadline)
		}
		printClaimPlace(w, x.ClaimPlace)
	}
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
