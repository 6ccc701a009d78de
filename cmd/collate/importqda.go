package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// A qdaImport is what a person says of a REFI-QDA file that is taken in.
type qdaImport struct {
	dryRun, addSources bool
}

func (o *qdaImport) flags(c *cobra.Command) {
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "only say what would be taken, refused and why, and record nothing")
	c.Flags().BoolVar(&o.addSources, "add-sources", false, "of a project: make submissions of the texts that are of none")
}

// maxShownRefusals is how many refusals are printed; JSON has them all.
const maxShownRefusals = 30

// importQDA takes in a REFI-QDA project, or a codebook, by the ending of the name. The themes that are there stay.
func (a *app) importQDA(ctx context.Context, an *themes.Analysis, path string, opt qdaImport) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() > extract.MaxBytes {
		return misuse("%s is larger than a project can be here (%d MB).", path, extract.MaxBytes>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !isProject(path) {
		return a.importQDC(ctx, an, path, data, opt)
	}
	r, err := an.ImportProject(ctx, data, themes.ProjectImport{Name: filepath.Base(path), Person: a.person(), AddSources: opt.addSources, DryRun: opt.dryRun})
	if err != nil {
		return refused(err)
	}
	if !opt.dryRun {
		if _, err := an.Tag(ctx); err != nil {
			return err
		}
		if err := an.Refresh(ctx); err != nil && !errors.Is(err, index.ErrCacheBusy) { // whoever has it open brings it up to date
			return err
		}
	}
	return a.print(r, func(w io.Writer) { printProject(w, r, opt.dryRun) })
}

// importQDC takes the themes of a codebook beside those that are there.
func (a *app) importQDC(ctx context.Context, an *themes.Analysis, path string, data []byte, opt qdaImport) error {
	if opt.dryRun || opt.addSources {
		return misuse("--dry-run and --add-sources are for a project (.qdpx); a codebook has themes only.")
	}
	notes, err := an.ImportCodebook(ctx, path, data, true, a.person(), "")
	if err != nil {
		return refused(err)
	}
	for _, note := range notes {
		fmt.Fprintln(a.err, plainText(note))
	}
	fmt.Fprintf(a.err, "Took the themes of %s under the name %s; there are %d now.\n", path, a.person(), len(an.Codebook.Themes))
	return a.tag(ctx, an)
}

func printProject(w io.Writer, r *themes.ProjectReport, dryRun bool) {
	for _, s := range r.Sources {
		if s.Submission == "" {
			fmt.Fprintf(w, "no submission  %s (%s): %s\n", s.Name, plural(s.Codings, "coding"), s.How)
			continue
		}
		fmt.Fprintf(w, "text           %s (%s): %s, %s\n", s.Name, plural(s.Codings, "coding"), s.Submission, s.How)
	}
	for _, o := range r.Added {
		fmt.Fprintf(w, "added          %s: %s\n", o.Name, plural(o.Passages, "passage"))
	}
	for _, name := range r.NewThemes {
		fmt.Fprintf(w, "new theme      %s\n", name)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "note           %s\n", note)
	}
	for i, x := range r.Refused {
		if i == maxShownRefusals {
			fmt.Fprintf(w, "refused        %s more; --json lists them\n", plural(len(r.Refused)-i, "coding"))
			break
		}
		fmt.Fprintf(w, "refused        %s, %d-%d, %s on %q by %s: %s\n", x.Source, x.Start, x.End, ahead(fmt.Sprintf("%q", x.Words))+"coded", x.Code, x.Coder, x.Why)
	}
	for _, coder := range r.Coders() {
		fmt.Fprintf(w, "%-14s %s\n", "decided", fmt.Sprintf("%s: %s", coder, plural(r.Taken[coder], "decision")))
	}
	said := upper(r.String()) + "."
	if dryRun {
		said += " Nothing was recorded."
	}
	fmt.Fprintf(w, "\n%s\n", said)
}
