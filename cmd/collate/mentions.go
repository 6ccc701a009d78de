package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/claim"
)

func mentionsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "mentions [NAME.collate]",
		Short: "The organisations and laws that members name, and how many do",
		Long: `Lists the organisations and the laws, sections and official papers that are named, with how many members name them and in how many
passages. Short forms count under the full name: DfE and "the Department" are the Department for Education.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				found, err := an.Mentions(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(found, func(w io.Writer) { printMentions(w, found) })
			})
		},
	}
}

func printMentions(w io.Writer, found *themes.MentionList) {
	for _, kind := range []struct {
		kind claim.MentionKind
		head string
	}{{claim.Organisation, "Organisations"}, {claim.Law, "Laws and official papers"}} {
		fmt.Fprintf(w, "%-62s %7s  %8s\n", kind.head, "members", "passages")
		for _, n := range found.Names {
			if n.Kind != kind.kind {
				continue
			}
			fmt.Fprintf(w, "   %-59s %7d  %8d\n", n.Name, n.Members, n.Passages)
			if len(n.Forms) > 1 || n.Forms[0] != n.Name {
				fmt.Fprintf(w, "      as: %s\n", strings.Join(n.Forms, "; "))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s.", plural(len(found.Names), "name"))
	printWithheld(w, found.Withheld)
}
