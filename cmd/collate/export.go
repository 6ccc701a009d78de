package main

import (
	"fmt"
	"io"
	"path/filepath"
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
		Short: "Write the theme workbook (.xlsx) and the quotes (.csv), or a REFI-QDA project (.qdpx)",
		Long: `Without --to both the workbook and the quotes are written beside the record. With --to FILE.qdpx a project is written that NVivo, MAXQDA,
ATLAS.ti and QualCoder open: the themes as codes, the members as cases, the texts with what is coded in them. "collate import" reads it back
with what was coded there.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				beside := strings.TrimSuffix(an.Path(), ".collate")
				paths := []string{beside + " themes.xlsx", beside + " quotes.csv"} // both: an old one beside a new one misleads
				if out != "" {
					paths = []string{out}
				}
				if isProject(out) {
					if err := a.exportProject(cmd.Context(), an, out); err != nil {
						return err
					}
					return a.print(map[string][]string{"files": paths}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", out) })
				}
				r, err := an.Report(cmd.Context())
				if err != nil {
					return err
				}
				for _, path := range paths {
					if err := writeProduct(path, r); err != nil {
						return err
					}
				}
				if err := a.print(map[string][]string{"files": paths}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", strings.Join(paths, "\nand   ")) }); err != nil {
					return err
				}
				return openFile(paths[0], noOpen || a.json, a.out)
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "the one file to write, ending in .xlsx, .csv or .qdpx (default: workbook and quotes, beside the record)")
	c.Flags().StringVar(&out, "to", "", "the same as --out")
	c.Flags().BoolVar(&noOpen, "no-open", false, "do not open it at the end")
	return c
}

// writeProduct writes the workbook or the quotes, by the ending of the name.
func writeProduct(path string, r *themes.Report) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return writeFile(path, func(w io.Writer) error { return export.Workbook(w, r) })
	case ".csv":
		return writeFile(path, func(w io.Writer) error { return export.QuotesCSV(w, r) })
	}
	return misuse("The name after --out must end in .xlsx (the workbook), .csv (the quotes) or .qdpx (a project for NVivo, MAXQDA, ATLAS.ti and QualCoder).")
}
