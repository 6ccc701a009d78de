package main

import (
	"github.com/spf13/cobra"
)

func evidenceCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "evidence",
		Short: "Written evidence for a select committee, from an outline",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(evidenceOutlineCommand(a))
	return c
}
