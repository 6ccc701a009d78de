package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/workbook"
)

func importCommand(a *app) *cobra.Command {
	var opt qdaImport
	var over bool
	c := &cobra.Command{
		Use:   "import [NAME.collate] FILE",
		Short: "Take in what was edited or coded elsewhere: a workbook (.xlsx), a coding sheet (.csv), a REFI-QDA project (.qdpx) or codebook (.qdc)",
		Long: `The ending of FILE says what it is. --dry-run only prints what would happen; a codebook (.qdc) has none.

A workbook (.xlsx) that "collate export" wrote is read after people have edited it. What they changed becomes your decisions (--by says whose):

  Quotes    Stance; Theme (another theme, several with ; between them, or none); Notes; a name in Checked by confirms the row
  Stances   Stance, Position in one line, Notes; a name in Set by confirms the row
  Matrix    a cell that was written over: "Support. Our own words"
  Themes    new rows are new themes; What it covers; another name

Rows may be sorted, filtered, copied or deleted, sheets renamed, columns moved or deleted: only what was changed counts, and an empty cell
changes nothing. A quote's words are never changed. Where somebody has decided otherwise in the record since the export, both are shown and the
record's stands, unless you say --take-conflicts.

A coding sheet from elsewhere (.xlsx, .csv) has a column Ref or Passage (a passage's id, or "Member, file, para 12") and a column for each theme
with yes, x, 1, no, 0 or a stance; or the columns Ref, Theme and Stance.

Of a project (.qdpx) of NVivo, MAXQDA, ATLAS.ti, QualCoder or collate the codes become themes, and each coding becomes a decision, under the
name of who coded, on the passages that it covers half of. What a person decided here later stands. Codings of the tool's own suggestions are
passed over. With --add-sources, texts that no submission has become submissions. Of a codebook (.qdc) the themes are taken.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate import [NAME.collate] FILE")
				}
				switch strings.ToLower(filepath.Ext(rest[0])) {
				case ".xlsx", ".xlsm", ".csv":
					if opt.addSources {
						return misuse("--add-sources is for a project (.qdpx).")
					}
					return a.importWorkbook(cmd.Context(), an, rest[0], themes.ReturnOption{By: a.person(), DryRun: opt.dryRun, Conflicts: over})
				case ".qdpx", ".qdc":
					if over {
						return misuse("--take-conflicts is for a workbook or a coding sheet (.xlsx, .csv).")
					}
					return a.importQDA(cmd.Context(), an, rest[0], opt)
				}
				return misuse("The name must end in .xlsx (a workbook), .csv (a coding sheet), .qdpx (a REFI-QDA project) or .qdc (a REFI-QDA codebook). Save it so from the program that it is open in.")
			})
		},
	}
	opt.flags(c)
	c.Flags().BoolVar(&over, "take-conflicts", false, "take the workbook's side where the record was decided otherwise since")
	return c
}

func (a *app) importWorkbook(ctx context.Context, an *themes.Analysis, path string, opt themes.ReturnOption) error {
	data, err := readBounded(path)
	if err != nil && !errors.Is(err, extract.ErrLimit) {
		return err
	}
	var r *themes.Return
	if err == nil {
		r, err = an.ImportWorkbook(ctx, data, opt)
	}
	if err != nil {
		return notTaken(path, err)
	}
	if err := a.print(r, func(w io.Writer) { printReturn(w, r) }); err != nil {
		return err
	}
	if opt.DryRun || !r.CodebookChanged() {
		return nil
	}
	t, err := an.Tag(ctx)
	if err == nil && !a.json {
		fmt.Fprintf(a.out, "The themes changed, so the passages were looked through again: %s.\n", whatChanged(t))
	}
	return err
}

// notTaken says why a file as a whole was not taken back, and that nothing of it was.
func notTaken(path string, err error) error {
	switch {
	case errors.Is(err, themes.ErrBlindSheet):
		return misuse("%s is a sheet for double coding. Read it with: collate agreement import %[1]s. Nothing was taken.", path)
	case errors.Is(err, themes.ErrPartial):
		return misuse("%s was made with --for or another option of collate export that leaves something out, so it is not read back: what it lacks could be taken for a change. Edit the workbook of collate export without options. Nothing was taken.", path)
	case errors.Is(err, themes.ErrNothingToRead):
		return misuse("%s has no sheet that can be read back: no row of headings has Ref and Theme, Member and Stance, or a reference and the names of themes. Nothing was taken.", path)
	case errors.Is(err, workbook.ErrTooLarge), errors.Is(err, extract.ErrLimit):
		return misuse("%s is too large to be read back (%s). Delete what was not changed, and leave the headings and the refs. Nothing was taken.", path, detail(err))
	case errors.Is(err, workbook.ErrNotTable):
		return misuse("%s cannot be read (%s). Open it in Excel or LibreOffice and save it as .xlsx. Nothing was taken.", path, detail(err))
	}
	return refused(err)
}

// detail is what an error says behind its sentinel.
func detail(err error) string {
	for _, sentinel := range []error{workbook.ErrTooLarge, workbook.ErrNotTable} {
		if _, rest, ok := strings.Cut(err.Error(), sentinel.Error()+": "); ok {
			return plainText(rest)
		}
	}
	return plainText(err.Error())
}

// maxListed is how many lines a report prints of each kind; --json has more.
const maxListed = 60

func printReturn(w io.Writer, r *themes.Return) {
	fmt.Fprintf(w, "%s\n", r.Compared)
	verb := "Taken"
	if r.DryRun {
		verb = "Dry run, nothing was recorded. Would be taken"
	}
	fmt.Fprintf(w, "%s under the name %s: %s of %s read; %d known already, %d in conflict, %d refused.\n", verb, r.By, plural(len(r.Taken), "change"), plural(r.Rows, "row"), r.Known, len(r.Conflict), len(r.Refused)+r.More)
	printEdits(w, r.Taken)
	if len(r.Conflict) > 0 {
		fmt.Fprintf(w, "\nIn conflict, decided otherwise in the record since. The record stands unless you say --take-conflicts:\n")
		fmt.Fprintf(w, "  %-22s %-40s %-18s %-28s %s\n", "where", "of", "as exported", "in the workbook", "in the record")
	}
	for _, e := range r.Conflict[:min(len(r.Conflict), maxListed)] {
		fmt.Fprintf(w, "  %-22s %-40s %-18s %-28s %s\n", shortened(e.Sheet+" "+e.Cell, 22), shortened(subjectOf(e), 40), shortened(e.Was, 18), shortened(e.To, 28), shortened(e.Now, 60))
	}
	if len(r.Refused) > 0 {
		fmt.Fprintf(w, "\nRefused:\n")
	}
	for _, x := range r.Refused[:min(len(r.Refused), maxListed)] {
		held := ""
		if x.Held != "" {
			held = fmt.Sprintf(" (%s)", shortened(x.Held, 40))
		}
		fmt.Fprintf(w, "  %s %s%s: %s\n", shortened(x.Sheet, 31), x.Cell, held, x.Why)
	}
	if n := len(r.Refused) + r.More - maxListed; n > 0 {
		fmt.Fprintf(w, "  and %d more\n", n)
	}
	if len(r.Notes)+r.Absent > 0 {
		fmt.Fprintln(w)
	}
	if r.Absent > 0 {
		fmt.Fprintf(w, "Rows that did not come back: %d. Nothing is changed on what they hold.\n", r.Absent)
	}
	for _, n := range r.Notes {
		fmt.Fprintln(w, n)
	}
}

func printEdits(w io.Writer, edits []themes.Edit) {
	for _, e := range edits[:min(len(edits), maxListed)] {
		change := e.To
		if e.Was != "" {
			change = shortened(e.Was, 40) + " → " + e.To
		}
		fmt.Fprintf(w, "  %-22s %-40s %-15s %s\n", shortened(e.Sheet+" "+e.Cell, 22), shortened(subjectOf(e), 40), e.What, shortened(change, 100))
	}
	if n := len(edits) - maxListed; n > 0 {
		fmt.Fprintf(w, "  and %d more; --json lists them all\n", n)
	}
}

// subjectOf is what an edit is about.
func subjectOf(e themes.Edit) string {
	if e.Theme == "" || strings.HasSuffix(e.Of, " "+e.Theme) {
		return e.Of
	}
	return strings.TrimSuffix(e.Of+", "+e.Theme, ", ")
}
