package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/export"
)

func themesExportCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "export [NAME.collate] FILE",
		Short: "Write the themes as a themes file (.yaml), a workbook (.xlsx) or a REFI-QDA codebook (.qdc)",
		Long: `The ending of FILE says which. A .qdc is read by NVivo, MAXQDA, ATLAS.ti and QualCoder, and written by Taguette too; rules and examples
stand in the codes' descriptions. "collate themes import" reads each back.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate themes export [NAME.collate] FILE")
				}
				if err := writeCodebook(cmd.Context(), an, rest[0]); err != nil {
					return err
				}
				return a.print(map[string]string{"file": rest[0]}, func(w io.Writer) { fmt.Fprintln(w, "Wrote", rest[0]) })
			})
		},
	}
}

func writeCodebook(ctx context.Context, an *themes.Analysis, path string) error {
	private, err := an.PrivateEntries(ctx)
	if err != nil {
		return err
	}
	if len(private) > 0 {
		return misuse("The codebook is not written, since it would show what must stay here.\n%s\nChange that first: collate themes example remove, rule remove or edit.", plainText(strings.Join(private, "\n")))
	}
	c, err := an.CodebookCopy(ctx)
	if err != nil {
		return err
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		text, err := an.CodebookText(ctx)
		if err != nil {
			return err
		}
		return writeFile(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	case ".xlsx":
		return writeFile(path, func(w io.Writer) error { return export.CodebookWorkbook(w, c) })
	case ".qdc":
		return writeFile(path, func(w io.Writer) error { return export.CodebookQDC(w, c) })
	}
	return misuse("The name must end in .yaml (a themes file), .xlsx (a workbook) or .qdc (a REFI-QDA codebook).")
}

func themesImportCommand(a *app) *cobra.Command {
	var add bool
	var because string
	c := &cobra.Command{
		Use:   "import [NAME.collate] FILE",
		Short: "Take the themes from a themes file (.yaml), a workbook (.xlsx) or a REFI-QDA codebook (.qdc)",
		Long: `A theme keeps its codings where the file has its id or its name. One that the file does not have is left out, or retired where people
coded on it; with --add all stay and the file's come to them. Every earlier themes file stays in the history.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate themes import [NAME.collate] FILE")
				}
				data, err := os.ReadFile(rest[0])
				if err != nil {
					return err
				}
				notes, err := an.ImportCodebook(cmd.Context(), rest[0], data, add, a.person(), because)
				if err != nil {
					return refused(err)
				}
				for _, note := range notes {
					fmt.Fprintln(a.err, plainText(note))
				}
				fmt.Fprintf(a.err, "Took %s from %s under the name %s.\n", plural(len(an.Codebook.Themes), "theme"), rest[0], a.person())
				return a.tag(cmd.Context(), an)
			})
		},
	}
	c.Flags().BoolVar(&add, "add", false, "keep the themes that are there")
	c.Flags().StringVar(&because, "because", "", "your reason, for the history")
	return c
}
