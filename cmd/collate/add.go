package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
)

func addCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "add [NAME.collate] FILE-OR-FOLDER...",
		Short: "Add submissions",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, paths []string) error {
				if len(paths) == 0 {
					return misuse("Say which files or folders to add: collate add NAME.collate FOLDER")
				}
				var outcomes []index.Outcome
				for _, path := range paths {
					more, err := a.add(cmd.Context(), an, path)
					outcomes = append(outcomes, more...)
					if err != nil {
						return err
					}
				}
				if _, err := an.Tag(cmd.Context()); err != nil {
					return err
				}
				if err := an.Refresh(cmd.Context()); err != nil {
					return err
				}
				return a.print(outcomes, func(w io.Writer) { a.printOutcomes(w, outcomes) })
			})
		},
	}
}

func (a *app) add(ctx context.Context, an *themes.Analysis, path string) ([]index.Outcome, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return an.AddFolder(ctx, os.DirFS(path), a.workers())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	o, err := an.Add(ctx, filepath.Base(path), data)
	return []index.Outcome{o}, err
}

func (a *app) printOutcomes(w io.Writer, outcomes []index.Outcome) {
	read, warned, known, same, not := 0, 0, 0, 0, 0
	var each func(outcomes []index.Outcome)
	each = func(outcomes []index.Outcome) {
		for _, o := range outcomes {
			switch {
			case o.Known:
				known++
				continue
			case o.Err != nil:
				not++
				fmt.Fprintf(w, "not read   %s: %s\n", o.Name, explain.Unread(o.Failure, o.Err.Error()))
			case o.SameAs != "":
				same++
				fmt.Fprintf(w, "same file  %s: it is the same as %s\n", o.Name, o.SameAs)
			default:
				read++
				fmt.Fprintf(w, "read       %s: %s, %s (%s)\n", o.Name, o.Member, plural(o.Passages, "passage"), o.Reason)
			}
			if len(o.Warnings) > 0 && o.SameAs == "" {
				warned++
			}
			for _, warning := range o.Warnings {
				fmt.Fprintf(w, "           %s\n", sentenceWith(warning.Where, warning.What))
			}
			each(o.Parts)
		}
	}
	each(outcomes)
	fmt.Fprintf(w, "\n%d read, %d of them with warnings; %d not read; %d second copies; %d known already.\n", read, warned, not, same, known)
	if not > 0 {
		a.status = 3
	}
}

func sentenceWith(where, what string) string {
	if where == "" {
		return what
	}
	return upper(where) + ": " + what
}
