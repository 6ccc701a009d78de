package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
	"collate/themes/alike"
)

func sharedCommand(a *app) *cobra.Command {
	var files []string
	c := &cobra.Command{
		Use:   "shared [NAME.collate]",
		Short: "What several members say in the same words, and what each copy adds",
		Long: `Lists text that several members share, word for word or edited, whole or in part, with the copies and each copy's own words. With
--template, once for each text that you circulated yourself, the copies made from it are listed under it: they are no independent agreement.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			templates, err := a.readTemplates(cmd.Context(), files)
			if err != nil {
				return err
			}
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				found, err := an.Shared(cmd.Context(), templates)
				if err != nil {
					return err
				}
				return a.print(found, func(w io.Writer) { printShared(w, found) })
			})
		},
	}
	c.Flags().StringArrayVar(&files, "template", nil, "a file with a text that was circulated; may be given again")
	return c
}

// readTemplates reads the texts that were circulated as any other file is read.
func (a *app) readTemplates(ctx context.Context, files []string) ([]alike.Template, error) {
	var out []alike.Template
	for _, name := range files {
		data, err := readFile(name)
		if err != nil {
			return nil, err
		}
		opt, err := a.options()
		if err != nil {
			return nil, err
		}
		doc, err := opt.Read(ctx, filepath.Base(name), data)
		if failure := index.FailureName(err); err != nil && index.FailureError(failure) != nil {
			return nil, misuse("%s: %s", name, explain.Unread(failure, err.Error()))
		}
		if err != nil {
			return nil, fmt.Errorf("reading %q: %w", name, err)
		}
		if strings.TrimSpace(doc.Text) == "" {
			return nil, errors.New("there is no text in " + name)
		}
		out = append(out, alike.Template{Name: filepath.Base(name), Text: doc.Text})
	}
	return out, nil
}

func printShared(w io.Writer, found []themes.SharedText) {
	if len(found) == 0 {
		fmt.Fprintln(w, "No text is shared between members.")
		return
	}
	for i, s := range found {
		fmt.Fprintf(w, "%d. %s, %s", i+1, plural(s.Members, "member"), counted(len(s.Copies), "copy", "copies"))
		if s.Template != "" {
			fmt.Fprintf(w, ", made from %s", s.Template)
		}
		fmt.Fprintln(w)
		if s.Text != "" {
			fmt.Fprintf(w, "   “%s”\n", oneLine(s.Text))
		}
		for _, c := range s.Copies {
			printCopy(w, c)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s. Copies count as one text as well as so many responses.\n", counted(len(found), "shared text", "shared texts"))
}

func printCopy(w io.Writer, c themes.SharedCopy) {
	fmt.Fprintf(w, "   %s, %s  [%s]  ", c.Member, strings.TrimSuffix(c.Document+", "+c.Place, ", "), c.Passage)
	switch {
	case c.Withheld != "":
		fmt.Fprintf(w, "(%s)\n", c.Withheld)
	case c.Exact:
		fmt.Fprintln(w, "word for word")
	default:
		fmt.Fprintf(w, "%.0f %% common\n", 100*c.Common)
		for _, o := range c.Own {
			fmt.Fprintf(w, "      own: %s\n", oneLine(o.Words))
		}
	}
}

// counted is a count with the noun that goes with it.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
