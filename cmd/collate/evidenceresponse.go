package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/evidence"
	"collate/themes/export"
)

func evidenceResponseCommand(a *app) *cobra.Command {
	var f evidenceFlags
	var from proposeFlags
	c := &cobra.Command{
		Use:   "response [NAME.collate] [OUTLINE.yaml]",
		Short: "Write the answers to a consultation's questions (.docx), and each as a text to copy into the form",
		Long: `Writes the answers as a Word document, the companion beside it (.xlsx), and a folder with a text file for each answer, to copy into the
form. Each answer has a limit of words: 250 unless the outline sets another. An answer over its limit is said to be; nothing is cut.

Without an outline the one beside the record ("NAME response outline.yaml") is used; where there is none, one is proposed and written there.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				beside := strings.TrimSuffix(an.Path(), ".collate")
				to := cmp.Or(f.to, beside+" response"+draftSuffix(f)+".docx")
				if !strings.HasSuffix(strings.ToLower(to), ".docx") {
					return misuse("The name after --to must end in .docx.")
				}
				d, outline, err := a.draft(cmd.Context(), an, evidence.Response, rest, beside+" response outline.yaml", f, from)
				if err != nil {
					return err
				}
				files, err := writeResponse(to, d)
				if err != nil {
					return err
				}
				return a.tell(d, writtenDraft{Files: files, Outline: outline})
			})
		},
	}
	f.add(c, "the document to write, ending in .docx (default: beside the record)")
	from.add(c)
	return c
}

// writeResponse writes the document, the companion and the texts.
func writeResponse(to string, d *evidence.Draft) ([]string, error) {
	beside := to[:len(to)-len(".docx")]
	folder := beside + " answers"
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder %s: %w", folder, err)
	}
	files := []string{to, beside + " companion.xlsx"}
	err := errors.Join(writeFile(to, func(w io.Writer) error { return export.Response(w, d) }), writeFile(files[1], func(w io.Writer) error { return export.Companion(w, d) }))
	for i := range d.Sections {
		s := &d.Sections[i]
		path := filepath.Join(folder, s.ID+".txt")
		files = append(files, path)
		err = errors.Join(err, writeFile(path, func(w io.Writer) error { _, err := io.WriteString(w, s.Plain()); return err }))
	}
	return files, err
}
