package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/index/extract"
)

func inspectCommand(a *app) *cobra.Command {
	var text bool
	var fix correction
	c := &cobra.Command{
		Use:   "inspect FILE",
		Short: "Show what is read in one file, as it is read",
		Long: `Shows what is read in one file, as it is read, without adding it anywhere. Of a survey it shows what each column is taken to be;
--set, --header and --file try other columns, as "collate columns" does with a survey that has been added.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readFile(args[0])
			if err != nil {
				return err
			}
			opt, err := a.options()
			if err != nil {
				return err
			}
			doc, _, err := fix.apply(extract.Hints{}, func(h extract.Hints) (*extract.Document, error) {
				return opt.Read(extract.WithHints(cmd.Context(), h), filepath.Base(args[0]), data)
			})
			if name := index.FailureName(err); err != nil && index.FailureError(name) != nil {
				return misuse("%s: %s", args[0], explain.Unread(name, err.Error()))
			}
			if err != nil {
				return err
			}
			if text {
				out := a.out
				if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
					out = plainWriter{out}
				}
				_, err := fmt.Fprintln(out, doc.Text)
				return err
			}
			return a.print(doc, func(w io.Writer) { printDocument(w, args[0], doc) })
		},
	}
	fix.flags(c)
	c.Flags().BoolVar(&text, "text", false, "print only the text")
	return c
}

// readFile reads a file that is named, if it can be one that a member sent.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, misuse("%s is a folder: name one file in it.", name)
	case !info.Mode().IsRegular(): // opening a pipe waits for its writer
		return nil, misuse("%s: %s.", name, upper(index.ErrNotRegular.Error()))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := index.ReadFile(f)
	if failure := index.FailureName(err); err != nil && index.FailureError(failure) != nil {
		return nil, misuse("%s: %s", name, explain.Unread(failure, err.Error()))
	}
	return data, err
}

func printDocument(w io.Writer, name string, doc *extract.Document) {
	f := doc.Facts
	fmt.Fprintf(w, "format %s", doc.Format)
	for _, fact := range [][2]string{{"title", f.Title}, {"author", f.Author}, {"address", f.Address}, {"company", f.Company}, {"subject", f.Subject}, {"date", f.Date}} {
		if fact[1] != "" {
			fmt.Fprintf(w, "; %s %s", fact[0], fact[1])
		}
	}
	fmt.Fprintf(w, "; %d words\n\n", extract.Words(doc.Text))
	if len(f.Surveys) > 0 {
		r := surveyColumns{Submission: name, Surveys: f.Surveys, Columns: f.Columns, file: true}
		r.print(w)
		fmt.Fprintln(w)
	}
	for _, b := range doc.Blocks {
		what := string(b.Kind)
		if b.Why != "" {
			what += " (" + b.Why + ")"
		}
		if b.Place.Choice != "" {
			what += " (chose: " + b.Place.Choice + ")"
		}
		fmt.Fprintf(w, "%-10s %-28s %s %s\n", what, index.PlaceText(b.Place), printedLabel(b.Place.Label, doc.Text[b.Start:b.End]), strings.ReplaceAll(doc.Text[b.Start:b.End], "\n", " ⏎ "))
	}
	for _, p := range doc.Parts {
		fmt.Fprintf(w, "attachment %s, %d bytes\n", p.Name, len(p.Bytes))
	}
	for _, x := range doc.Warnings {
		fmt.Fprintf(w, "warning    %s\n", sentenceWith(x.Where, x.What))
	}
}

// printedLabel is a paragraph's number where it is not in the text itself.
func printedLabel(label, text string) string {
	if strings.HasPrefix(strings.TrimLeft(text, "("), strings.TrimLeft(label, "(")) {
		return ""
	}
	return label
}
