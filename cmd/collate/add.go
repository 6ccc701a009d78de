package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
)

func addCommand(a *app) *cobra.Command {
	var reference bool
	c := &cobra.Command{
		Use:   "add [NAME.collate] FILE-OR-FOLDER...",
		Short: "Add submissions",
		Long: `Adds files, folders, zip archives and mailboxes. What cannot be read is listed with the reason, is kept, and stops nothing; stopped, the
same command goes on where it was. With --reference the files are documents that the members answer, such as the government's plan:
they can be searched and quoted, and are never counted as a member's.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, paths []string) error {
				if len(paths) == 0 {
					return misuse("Say which files or folders to add: collate add NAME.collate FOLDER")
				}
				outcomes, err := an.Retry(cmd.Context())
				if err != nil {
					return err
				}
				again := len(outcomes)
				for _, path := range paths {
					more, err := a.add(cmd.Context(), an, path)
					outcomes = append(outcomes, more...)
					if err != nil {
						return err
					}
				}
				if reference {
					if err := a.refer(cmd.Context(), an, outcomes[again:]); err != nil {
						return err
					}
				}
				if _, err := an.Tag(cmd.Context()); err != nil {
					return err
				}
				if err := an.Refresh(cmd.Context()); err != nil && !errors.Is(err, index.ErrCacheBusy) { // whoever has it open brings it up to date
					return err
				}
				note, err := referenceNote(cmd.Context(), an, reference)
				if err != nil {
					return err
				}
				return a.print(outcomes, func(w io.Writer) { a.printOutcomes(w, outcomes); fmt.Fprint(w, note) })
			})
		},
	}
	c.Flags().BoolVar(&reference, "reference", false, "they are documents that the members answer, not submissions")
	return c
}

// refer makes files documents that the members answer.
func (a *app) refer(ctx context.Context, an *themes.Analysis, outcomes []index.Outcome) error {
	for i := range outcomes {
		o := &outcomes[i]
		if err := an.SetUse(ctx, o.Name, index.UseReference, "", a.person()); err != nil {
			return err
		}
		o.Member, o.Reason = "", "a document that the members answer"
	}
	return nil
}

func (a *app) add(ctx context.Context, an *themes.Analysis, path string) ([]index.Outcome, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return an.AddFolder(ctx, os.DirFS(path), a.workers())
	}
	o, err := an.AddFile(ctx, os.DirFS(filepath.Dir(path)), filepath.Base(path))
	return []index.Outcome{o}, err
}

// referenceNote says which questions hold after a reference was added.
func referenceNote(ctx context.Context, an *themes.Analysis, reference bool) (string, error) {
	if !reference {
		return "", nil
	}
	s, err := an.Snapshot(ctx)
	switch {
	case err != nil:
		return "", err
	case len(s.Questions) == 0:
		return "\nNo numbered questions were found in it; list them in the themes file if there are any.\n", nil
	case s.Questions[0].Source == "":
		return "\nThe questions are those of the themes file. Leave them out there to use the document's own; see: collate questions\n", nil
	}
	return fmt.Sprintf("\n%s found in it; see: collate questions\n", plural(len(s.Questions), "question")), nil
}

// A tally is the closing table of what became of the files.
type tally struct {
	read, warned, same, known, packages, replaced int
	unread                                        map[string]int // by the record's word for why
}

func (a *app) printOutcomes(w io.Writer, outcomes []index.Outcome) {
	t := tally{unread: map[string]int{}}
	t.list(w, outcomes)
	t.print(w)
	if len(t.unread) > 0 {
		a.status = 3
	}
}

// list prints a line a file, and counts. What was known before is not listed again.
func (t *tally) list(w io.Writer, outcomes []index.Outcome) {
	for _, o := range outcomes {
		switch {
		case o.Known:
			t.known++
		case o.Err != nil:
			t.unread[o.Failure]++
			fmt.Fprintf(w, "not read   %s: %s\n", o.Name, explain.Unread(o.Failure, o.Err.Error()))
		case o.SameAs != "":
			t.same++
			fmt.Fprintf(w, "same file  %s: it is the same as %s\n", o.Name, o.SameAs)
		case o.Passages == 0 && len(o.Parts) > 0:
			t.packages++
			fmt.Fprintf(w, "opened     %s: %s in it\n", o.Name, plural(len(o.Parts), "file"))
		default:
			t.read++
			fmt.Fprintf(w, "read       %s: %s%s (%s)\n", o.Name, ahead(o.Member), plural(o.Passages, "passage"), o.Reason)
			if o.Survey != nil {
				fmt.Fprintf(w, "           %s\n", surveyLine(o.Name, o.Survey))
			}
		}
		if !o.Known && o.SameAs == "" {
			t.warnings(w, o)
		}
		if o.Replaces && !o.Known {
			t.replaced++
			fmt.Fprintf(w, "           It takes the place of another file of this name, which is not counted any more. If that was another member's, add it under another name, or add the folder above both.\n")
		}
		t.list(w, o.Parts)
	}
}

func ahead(member string) string {
	if member == "" {
		return ""
	}
	return member + ", "
}

func (t *tally) warnings(w io.Writer, o index.Outcome) {
	if len(o.Warnings) > 0 && o.Err == nil {
		t.warned++
	}
	for _, warning := range o.Warnings {
		fmt.Fprintf(w, "           %s\n", sentenceWith(warning.Where, warning.What))
	}
}

func (t *tally) print(w io.Writer) {
	fmt.Fprintf(w, "\n%5d  read\n", t.read-min(t.warned, t.read))
	row := func(n int, what string) {
		if n > 0 {
			fmt.Fprintf(w, "%5d  %s\n", n, what)
		}
	}
	row(t.warned, "read, with warnings")
	row(t.packages, "opened for the files in them")
	row(t.same, "second copies of a file that is there")
	row(t.known, "known already")
	row(t.replaced, "in the place of an earlier file of the same name")
	for _, failure := range slices.Sorted(maps.Keys(t.unread)) {
		row(t.unread[failure], "not read: "+failure)
	}
}

func sentenceWith(where, what string) string {
	if where == "" {
		return what
	}
	return upper(where) + ": " + what
}
