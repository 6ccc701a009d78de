package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"collate/samples"
)

func demoCommand(a *app) *cobra.Command {
	var out string
	var noOpen bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Do the whole job on the example consultation and open the workbook",
		Long: `Reads the example submissions (invented organisations on the real SEND and AP improvement plan), tags and condenses them,
and writes the record, the workbook and a call for evidence of an invented committee into the folder collate-demo, or where --out says.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := filepath.Abs(out)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("making the folder %s: %w", dir, err)
			}
			found, err := a.run(cmd.Context(), samples.SendAPPlan(), "the example submissions", filepath.Join(dir, "send-ap-plan"))
			if err != nil {
				return err
			}
			if err := writeCall(dir); err != nil {
				return err
			}
			// The example holds files that cannot be read, so that their report can be seen: that is not a failure here.
			return errors.Join(a.print(found, found.print), openFile(found.Workbook, noOpen || a.json, a.out))
		},
	}
	c.Flags().StringVar(&out, "out", "collate-demo", "the folder for the record and the workbook")
	c.Flags().BoolVar(&noOpen, "no-open", false, "do not open the workbook at the end")
	return c
}

// writeCall lays the call for evidence of the example beside its record, to draft evidence for.
func writeCall(dir string) error {
	const name = "call-for-evidence.html"
	page, err := fs.ReadFile(samples.SendAPPlan(), name)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, name), func(w io.Writer) error { _, err := w.Write(page); return err })
}
