package main

import (
	"github.com/spf13/cobra"

	"collate/index/extract"
)

func readChildCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    "read-child",
		Short:  "Read files for another collate (it starts this by itself)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return extract.Serve(a.in, a.out) },
	}
}
