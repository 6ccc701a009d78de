package main

import (
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"
)

// version is the tool's; it changes with CHANGELOG.md.
const version = "0.5.0"

func versionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which collate this is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.print(map[string]string{"version": version, "go": runtime.Version()}, func(w io.Writer) { fmt.Fprintln(w, "collate", version) })
		},
	}
}
