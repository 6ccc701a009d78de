package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func runCommand(a *app) *cobra.Command {
	var noOpen bool
	var flags viewFlags
	c := &cobra.Command{
		Use:   "run FOLDER",
		Short: "Read a folder of submissions, tag them, condense positions and write the workbook",
		Long: `Reads every submission in FOLDER (or in FOLDER/submissions), tags it against FOLDER/themes.yaml (or the ten built-in SEND
themes), and writes beside the folder FOLDER.collate, the record of everything, FOLDER themes.xlsx, the workbook, and
FOLDER quotes.csv. --for publication and the options beside it write one more, for others. FOLDER/members.csv lists the members. Running it again adds only what is new; stopped, it goes on from there.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			view, err := flags.view()
			if err != nil {
				return err
			}
			folder, err := filepath.Abs(args[0])
			if err != nil {
				return err
			}
			if info, err := os.Stat(folder); err != nil || !info.IsDir() {
				return misuse("%s is not a folder. Name the folder that the submissions are in; to bring a record up to date: collate tag, collate export", args[0])
			}
			found, err := a.run(cmd.Context(), os.DirFS(folder), filepath.Base(folder), folder)
			if err != nil {
				return err
			}
			if len(found.Unread) > 0 {
				a.status = 3
			}
			if view != (themes.View{}) {
				err := a.with(cmd.Context(), []string{found.Record}, func(an *themes.Analysis, _ []string) error {
					found.Others, err = a.writeView(cmd.Context(), an, view, folder)
					return err
				})
				if err != nil {
					return err
				}
			}
			return errors.Join(a.print(found, found.print), openFile(found.Workbook, noOpen || a.json, a.out))
		},
	}
	c.Flags().BoolVar(&noOpen, "no-open", false, "do not open the workbook at the end")
	flags.add(c)
	return c
}

// run does the main job: folder is what to read, name what the consultation is called, and beside where the products go,
// their names without their endings.
func (a *app) run(ctx context.Context, folder fs.FS, name, beside string) (*findings, error) {
	opt, err := a.options()
	if err != nil {
		return nil, err
	}
	path := beside + ".collate"
	an, err := themes.Open(ctx, path, opt)
	if errors.Is(err, index.ErrMissing) {
		an, err = themes.Create(ctx, path, opt)
	}
	if err != nil {
		return nil, err
	}
	found, err := a.runOn(ctx, an, folder, name, beside)
	return found, errors.Join(err, an.Close())
}

func (a *app) runOn(ctx context.Context, an *themes.Analysis, folder fs.FS, name, beside string) (*findings, error) {
	if err := configure(ctx, an, folder, name, a.person(), a.err); err != nil {
		return nil, err
	}
	if _, err := an.Retry(ctx); err != nil {
		return nil, err
	}
	if outcomes, err := an.AddFolder(ctx, folder, a.workers()); err != nil {
		return nil, err
	} else if len(outcomes) == 0 {
		return nil, misuse("There are no submissions in %s.", name)
	}
	if _, err := an.Tag(ctx); err != nil {
		return nil, err
	}
	if err := an.Refresh(ctx); err != nil {
		return nil, err
	}
	report, err := an.Report(ctx)
	if err != nil {
		return nil, err
	}
	found := &findings{Record: an.Path(), Workbook: beside + " themes.xlsx", Quotes: beside + " quotes.csv"}
	if err := errors.Join(writeProduct(found.Workbook, report), writeProduct(found.Quotes, report)); err != nil {
		return nil, err
	}
	return found, found.fill(ctx, an, report)
}

// configure takes the themes and members that lie in the folder and tells w what was kept beside them. What is no longer there stays as it was.
func configure(ctx context.Context, an *themes.Analysis, folder fs.FS, name, coder string, w io.Writer) error {
	if err := an.Set(ctx, "source", name); err != nil {
		return err
	}
	for _, file := range []string{"themes.yaml", "themes.yml"} {
		text, err := fs.ReadFile(folder, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		notes, err := an.TakeCodebook(ctx, file, text, coder)
		if err != nil {
			return err
		}
		for _, note := range notes {
			fmt.Fprintln(w, plainText(note))
		}
		break
	}
	list, err := fs.ReadFile(folder, "members.csv")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	members, err := index.ReadMembers(list)
	if err != nil {
		return err
	}
	return an.SetMembers(ctx, members)
}

// writeFile writes a product whole or not at all: a workbook that is open in Excel or a full disk leaves the old one.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return misuse("There is no folder %s to write into.", filepath.Dir(path))
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".collate-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = fmt.Errorf("writing %s: %w", path, err)
		}
	}()
	if err := errors.Join(write(f), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
