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
	var flags viewFlags
	c := &cobra.Command{
		Use:   "export [NAME.collate]",
		Short: "Write the theme workbook (.xlsx) and the quotes (.csv), or a summary (.docx, .md), JSON or a REFI-QDA project (.qdpx)",
		Long: `Without --to both the workbook and the quotes are written beside the record. With --to FILE.docx or FILE.md the framework summary is
written, to read and to edit: for each theme the counts, the joint line, and the members with their words. With --to FILE.json everything the
workbook holds is written for programs; themes/export/JSON.md describes the fields. With --to FILE.qdpx a project is written that NVivo, MAXQDA,
ATLAS.ti and QualCoder open: the themes as codes, the members as cases, the texts with what is coded in them. "collate import" reads it back
with what was coded there. What --for and the options beside it leave out is said in the file; such a file is not read back.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			view, err := flags.view()
			if err != nil {
				return err
			}
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				beside := strings.TrimSuffix(an.Path(), ".collate")
				var paths []string
				if out != "" {
					paths = []string{out}
				}
				if isProject(out) {
					if view != (themes.View{}) {
						return misuse("A project for another program holds everything that staff may see: --for and the options beside it are for .xlsx and .csv.")
					}
					if err := a.exportProject(cmd.Context(), an, out); err != nil {
						return err
					}
					return a.print(map[string][]string{"files": paths}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", out) })
				}
				paths, err := a.writeView(cmd.Context(), an, view, beside, paths...)
				if err != nil {
					return err
				}
				if err := a.print(map[string][]string{"files": paths}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", strings.Join(paths, "\nand   ")) }); err != nil {
					return err
				}
				if len(paths) == 0 {
					return nil
				}
				return openFile(paths[0], noOpen || a.json || view.Audience == themes.ForMembers, a.out)
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "the one file to write, ending in .xlsx, .csv, .docx, .md, .json or .qdpx (default: workbook and quotes, beside the record)")
	c.Flags().StringVar(&out, "to", "", "the same as --out")
	c.Flags().BoolVar(&noOpen, "no-open", false, "do not open it at the end")
	flags.add(c)
	return c
}

// writeProduct writes the workbook, the quotes, the framework summary or the JSON, by the ending of the name.
func writeProduct(path string, r *themes.Report) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return writeFile(path, func(w io.Writer) error { return export.Workbook(w, r) })
	case ".csv":
		return writeFile(path, func(w io.Writer) error { return export.QuotesCSV(w, r) })
	case ".docx":
		return writeFile(path, func(w io.Writer) error { return export.FrameworkDocument(w, r) })
	case ".md":
		return writeFile(path, func(w io.Writer) error { return export.FrameworkMarkdown(w, r) })
	case ".json":
		return writeFile(path, func(w io.Writer) error { return export.ReportJSON(w, r) })
	}
	return misuse("The name after --to must end in .xlsx (the workbook), .csv (the quotes), .docx or .md (the framework summary), .json (all of it, for programs) or .qdpx (a project for NVivo, MAXQDA, ATLAS.ti and QualCoder).")
}
