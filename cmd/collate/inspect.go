package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/index/extract"
)

func inspectCommand(a *app) *cobra.Command {
	var text bool
	c := &cobra.Command{
		Use:   "inspect FILE",
		Short: "Show what is read in one file, as it is read",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				return misuse("%s is a folder: name one file in it.", args[0])
			}
			data, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			opt, err := a.options()
			if err != nil {
				return err
			}
			doc, err := opt.Read(cmd.Context(), filepath.Base(args[0]), data)
			if name := index.FailureName(err); err != nil && index.FailureError(name) != nil {
				return misuse("%s: %s", args[0], explain.Unread(name, err.Error()))
			}
			if err != nil {
				return err
			}
			if text {
				_, err := fmt.Fprintln(a.out, doc.Text)
				return err
			}
			return a.print(doc, func(w io.Writer) { printDocument(w, doc) })
		},
	}
	c.Flags().BoolVar(&text, "text", false, "print only the text")
	return c
}

func printDocument(w io.Writer, doc *extract.Document) {
	f := doc.Facts
	fmt.Fprintf(w, "format %s", doc.Format)
	for _, fact := range [][2]string{{"title", f.Title}, {"author", f.Author}, {"address", f.Address}, {"company", f.Company}, {"subject", f.Subject}, {"date", f.Date}} {
		if fact[1] != "" {
			fmt.Fprintf(w, "; %s %s", fact[0], fact[1])
		}
	}
	fmt.Fprintf(w, "; %d words\n\n", extract.Words(doc.Text))
	for _, c := range f.Columns {
		fmt.Fprintf(w, "column  %s: %s (%s)\n", c.Name, c.Role, c.Why)
	}
	for _, b := range doc.Blocks {
		what := string(b.Kind)
		if b.Why != "" {
			what += " (" + b.Why + ")"
		}
		fmt.Fprintf(w, "%-10s %-28s %s %s\n", what, index.PlaceText(b.Place), b.Place.Label, strings.ReplaceAll(doc.Text[b.Start:b.End], "\n", " ⏎ "))
	}
	for _, p := range doc.Parts {
		fmt.Fprintf(w, "attachment %s, %d bytes\n", p.Name, len(p.Bytes))
	}
	for _, x := range doc.Warnings {
		fmt.Fprintf(w, "warning    %s\n", sentenceWith(x.Where, x.What))
	}
}
