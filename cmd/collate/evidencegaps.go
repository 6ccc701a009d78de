package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/evidence"
)

func evidenceGapsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "gaps [NAME.collate] [OUTLINE.yaml]",
		Short: "What an outline leaves out: terms without evidence, members never cited, rich passages unused",
		Long: `Lists the terms of reference without evidence, the members that are never cited, the passages with sourced figures or several asks that are
not used, the themes where only one type of member is cited, and the themes that no paragraph is about.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				path, err := outlineArg(rest)
				if err != nil {
					return err
				}
				if path == "" {
					path = strings.TrimSuffix(an.Path(), ".collate") + " outline.yaml"
					if _, err := os.Stat(path); err != nil {
						return misuse("There is no outline yet. Make one with: collate evidence outline > outline.yaml")
					}
				}
				o, err := readOutline(path)
				if err != nil {
					return err
				}
				m, err := evidence.Gather(cmd.Context(), an)
				if err != nil {
					return err
				}
				g := evidence.FindGaps(m, o)
				return a.print(g, func(w io.Writer) { printGaps(w, g) })
			})
		},
	}
}

func printGaps(w io.Writer, g *evidence.Gaps) {
	fmt.Fprintf(w, "%d of the %s that may be named are cited.\n", g.Cited, plural(g.Of, "member"))
	if len(g.Members) > 0 {
		fmt.Fprintf(w, "Never cited: %s.\n", strings.Join(g.Members, ", "))
	}
	if len(g.Terms) > 0 {
		fmt.Fprintln(w, "\nTerms of reference without evidence:")
	}
	for _, t := range g.Terms {
		fmt.Fprintf(w, "  %s %s\n      %s\n", t.ID, shortText(t.Text, 110), t.What)
	}
	if len(g.Themes) > 0 {
		fmt.Fprintf(w, "\nThemes that no paragraph is about: %s.\n", strings.Join(g.Themes, ", "))
	}
	if len(g.OneType) > 0 {
		fmt.Fprintln(w, "\nThemes where only one type of member is cited:")
	}
	for _, t := range g.OneType {
		fmt.Fprintf(w, "  %s: only %s; it is addressed by %s too\n", t.Theme, t.Type, strings.Join(t.Others, ", "))
	}
	if len(g.Rich) > 0 {
		fmt.Fprintln(w, "\nPassages with much in them that are not used:")
	}
	for i := range g.Rich {
		r := &g.Rich[i]
		fmt.Fprintf(w, "  %s  %s, %s, %s: %s\n      %s\n", r.Ref, r.Member, r.Document, r.Place, r.Sentence(), r.Begins)
	}
}
