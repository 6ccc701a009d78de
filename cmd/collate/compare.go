package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func compareCommand(a *app) *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "compare A.collate B.collate",
		Short: "Two consultations beside each other, theme by theme and member by member",
		Long: `Compares an earlier consultation with a later one: where the members stand together on each theme, and each member's stance in both.
Themes are matched by id and else by name, members by name or alias. Who is not to be named in one of them is in the counts only.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := a.compare(cmd.Context(), args[0], args[1])
			if err != nil {
				return err
			}
			return a.print(found, func(w io.Writer) { printComparison(w, found, all) })
		},
	}
	c.Flags().BoolVar(&all, "all", false, "list also the members that stand as before")
	return c
}

func (a *app) compare(ctx context.Context, first, second string) (*themes.Comparison, error) {
	var found *themes.Comparison
	err := a.withRecord(ctx, []string{first}, func(x *themes.Analysis) error {
		return a.withRecord(ctx, []string{second}, func(y *themes.Analysis) (err error) {
			if x.Path() == y.Path() {
				return misuse("They are the same consultation. What changed in one: collate changes --since DAY")
			}
			found, err = themes.Compare(ctx, x, y)
			return err
		})
	})
	return found, err
}

func printComparison(w io.Writer, c *themes.Comparison, all bool) {
	fmt.Fprintf(w, "A  %s, as of %s: %s, %s\nB  %s, as of %s: %s, %s\n", c.A.Title, c.A.Asof, plural(c.A.Members, "member"), plural(c.A.Passages, "passage"),
		c.B.Title, c.B.Asof, plural(c.B.Members, "member"), plural(c.B.Passages, "passage"))
	for _, t := range c.Themes {
		mark, matched := "", ""
		if t.Crossed {
			mark = " ! another outcome"
		}
		if t.MatchedBy == "name" {
			matched = " (matched by its name)"
		}
		fmt.Fprintf(w, "\n%s%s%s\n", t.Name, matched, mark)
		printSide(w, "A", t.A)
		printSide(w, "B", t.B)
		if t.A != nil && t.B != nil {
			printMoves(w, c, t.B.ThemeID, all)
		}
	}
	fmt.Fprintln(w)
	printOnly(w, "A", c.Members, func(m themes.MemberComparison) bool { return m.InA && !m.InB })
	printOnly(w, "B", c.Members, func(m themes.MemberComparison) bool { return m.InB && !m.InA })
	for _, n := range c.Notes {
		fmt.Fprintf(w, "Note: %s\n", n)
	}
}

func printSide(w io.Writer, which string, s *themes.ThemeSide) {
	if s == nil {
		fmt.Fprintf(w, "  %s  it has no such theme\n", which)
		return
	}
	fmt.Fprintf(w, "  %s  %s. %s %d of its positions are confirmed.\n", which, s.Outcome, s.Statement, s.Confirmed)
}

func printMoves(w io.Writer, c *themes.Comparison, theme string, all bool) {
	for _, m := range c.Members {
		for _, p := range m.Themes {
			if p.ThemeID == theme && (all || p.Moved != themes.MovedNot && p.Moved != themes.MovedUnclear) {
				fmt.Fprintf(w, "     %s: %s %s → %s %s, %s\n", m.Member, p.A.Sign(), p.A.Label(), p.B.Sign(), p.B.Label(), p.Moved)
			}
		}
	}
}

func printOnly(w io.Writer, which string, members []themes.MemberComparison, in func(themes.MemberComparison) bool) {
	var names []string
	for _, m := range members {
		if in(m) {
			names = append(names, m.Member)
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(w, "Named in %s only (%d): %s\n", which, len(names), strings.Join(names, ", "))
	}
}
