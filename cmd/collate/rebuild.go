package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"collate/themes"
)

func rebuildCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild [NAME.collate]",
		Short: "Make the search index anew (it is also made by itself when it is missing or out of date)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				n, err := an.Rebuild(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(map[string]int{"passages": n}, func(w io.Writer) { fmt.Fprintf(w, "The search index was made anew: %s.\n", plural(n, "passage")) })
			})
		},
	}
}
