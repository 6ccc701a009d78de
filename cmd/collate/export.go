package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/export"
)

func exportCommand(a *app) *cobra.Command {
	var out string
	var noOpen bool
	c := &cobra.Command{
		Use:   "export [NAME.collate]",
		Short: "Write the theme workbook (.xlsx), or the quotes as .csv",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, _ []string) error {
				path := out
				if path == "" {
					path = strings.TrimSuffix(an.Path(), ".collate") + " themes.xlsx"
				}
				write := export.Workbook
				switch {
				case strings.HasSuffix(strings.ToLower(path), ".csv"):
					write = export.QuotesCSV
				case !strings.HasSuffix(strings.ToLower(path), ".xlsx"):
					return misuse("The name after --out must end in .xlsx (the workbook) or .csv (the quotes).")
				}
				r, err := an.Report(cmd.Context())
				if err != nil {
					return err
				}
				if err := writeFile(path, func(w io.Writer) error { return write(w, r) }); err != nil {
					return err
				}
				if err := a.print(map[string]string{"file": path}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", path) }); err != nil {
					return err
				}
				return openFile(path, noOpen || a.json, a.out)
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "the file to write, ending in .xlsx or .csv")
	c.Flags().BoolVar(&noOpen, "no-open", false, "do not open it at the end")
	return c
}
