package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"collate/themes"
)

func themesListCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list [NAME.collate]",
		Short: "The themes as a tree, with what is coded on each and what is to be mended",
		Long:  `Counts of members first, then of passages. A theme counts what is on the themes under it as well.`,
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				counts, err := an.ThemeCounts(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(counts, func(w io.Writer) { printThemes(w, counts, an.Codebook) })
			})
		},
	}
}

func printThemes(w io.Writer, counts []themes.ThemeCount, book *themes.Codebook) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "theme\tid\tmembers\tpassages\tchecked\trules\texamples\t")
	for _, c := range counts {
		state := ""
		if c.State == themes.ThemeRetired {
			state = "retired"
			if c.Merged != "" {
				state = "merged into " + c.Merged
			}
		}
		fmt.Fprintf(t, "%s%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\n", strings.Repeat("  ", c.Depth), c.Name, c.Theme, c.Members, c.Passages, c.Checked, c.Rules, c.Examples, state)
	}
	t.Flush()
	for _, c := range counts {
		for _, warning := range c.Warnings {
			fmt.Fprintf(w, "! %s: %s\n", c.Theme, warning)
		}
	}
	printFewExamples(w, book)
}

// printFewExamples warns of the themes that have too few examples, in one line: at the beginning it is all of them.
func printFewExamples(w io.Writer, book *themes.Codebook) {
	if few := book.FewExamples(); len(few) > 0 {
		fmt.Fprintf(w, "! Ten examples a theme teach the suggestions most. Fewer have: %s. Find some with: collate themes harvest THEME\n", strings.Join(few, ", "))
	}
}

func themesTryCommand(a *app) *cobra.Command {
	var none, save, all bool
	c := &cobra.Command{
		Use:   "try [NAME.collate] THEME QUERY",
		Short: "See what a rule would add and lose, and how right it is, before it is saved",
		Args:  cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 2 {
					return misuse("Write it as: collate themes try [NAME.collate] THEME QUERY")
				}
				t, err := themeNamed(an, rest[0])
				if err != nil {
					return err
				}
				trial, err := an.Try(cmd.Context(), t.ID, rest[1], none)
				if err != nil {
					return refused(err)
				}
				if err := a.print(trial, func(w io.Writer) { printTrial(w, trial, all, save) }); err != nil || !save {
					return err
				}
				return a.saveRule(cmd.Context(), an, trial)
			})
		},
	}
	c.Flags().BoolVar(&none, "none", false, "the rule keeps passages off the theme")
	c.Flags().BoolVar(&save, "save", false, "save it")
	c.Flags().BoolVar(&all, "all", false, "list every passage, not the first ten")
	return c
}

func (a *app) saveRule(ctx context.Context, an *themes.Analysis, t *themes.Trial) error {
	list := themes.AnyRules
	if t.None {
		list = themes.NoneRules
	}
	if err := an.ChangeCodebook(ctx, a.person(), "", themes.AddTo(t.Theme, list, t.Query)); err != nil {
		return refused(err)
	}
	fmt.Fprintf(a.err, "Saved under the name %s.\n", a.person())
	if _, err := an.Tag(ctx); err != nil {
		return err
	}
	return nil
}

// shownInTrial is how many passages a trial lists of those it adds or loses.
const shownInTrial = 10

func printTrial(w io.Writer, t *themes.Trial, all, save bool) {
	kind, flag := "proposes", ""
	if t.None {
		kind, flag = "keeps off", " --none"
	}
	fmt.Fprintf(w, "A rule that %s %s: %s\n", kind, t.Name, t.Query)
	fmt.Fprintf(w, "It finds %s.\n", plural(t.Finds, "passage"))
	for _, part := range []struct {
		what     string
		passages []themes.TrialPassage
	}{{"Adds", t.Adds}, {"Loses", t.Loses}} {
		if len(part.passages) == 0 {
			continue
		}
		change := "had none on the theme"
		if t.None {
			change = "have none left"
		}
		fmt.Fprintf(w, "\n%s %s of %s, of which %d %s:\n", part.what, plural(len(part.passages), "passage"), plural(t.Members, "member"), t.NewMembers, change)
		for i, p := range part.passages {
			if i == shownInTrial && !all {
				fmt.Fprintf(w, "  and %d more: --all lists them\n", len(part.passages)-i)
				break
			}
			fmt.Fprintf(w, "  [%s] %s\n    %s\n", p.ID, p.Reference, cmp.Or(p.Around, p.Begins))
		}
	}
	if len(t.Adds)+len(t.Loses) == 0 {
		fmt.Fprintln(w, "It changes nothing.")
	}
	fmt.Fprintln(w)
	if t.Reviewed == 0 {
		fmt.Fprintln(w, "No person has decided yet on a passage that it finds, so nobody knows how right it is.")
	} else {
		fmt.Fprintf(w, "Of %s that people decided on, it is right on %d and wrong on %d: %.0f %% right, and with 95 %% certainty between %.0f and %.0f %%.\n", plural(t.Reviewed, "passage"), t.Right, t.Wrong,
			100*float64(t.Right)/float64(t.Reviewed), 100*t.Low, 100*t.High)
	}
	if !save {
		fmt.Fprintf(w, "To save it: collate themes try %s %s%s --save\n", t.Theme, shellQuoted(t.Query), flag)
	}
}

// shellQuoted is a text as a shell takes it for one word.
func shellQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func themesHarvestCommand(a *app) *cobra.Command {
	var most int
	var take string
	c := &cobra.Command{
		Use:   "harvest [NAME.collate] THEME",
		Short: "Find examples for a theme in the passages that people put on it",
		Long: `Lists the sentences that are most like everything that people put on the theme and stand alone. Words that are anonymous or
confidential are never among them, nor such as name a member, because a codebook travels. --take 1,3 makes examples of them.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate themes harvest [NAME.collate] THEME")
				}
				t, err := themeNamed(an, rest[0])
				if err != nil {
					return err
				}
				found, err := an.Harvest(cmd.Context(), t.ID, most)
				if err != nil {
					return refused(err)
				}
				if take != "" {
					return a.takeExamples(cmd.Context(), an, t.ID, found, take)
				}
				return a.print(found, func(w io.Writer) { printHarvest(w, t.ID, found) })
			})
		},
	}
	c.Flags().IntVarP(&most, "most", "n", 10, "how many at most")
	c.Flags().StringVar(&take, "take", "", `make examples of these, by their numbers: "1,3" or "all"`)
	return c
}

func printHarvest(w io.Writer, theme string, found []themes.Harvested) {
	if len(found) == 0 {
		fmt.Fprintf(w, "No sentence of a passage that a person put on %s can be an example. Confirm some first with: collate tag --passage ID --theme %s\n", theme, theme)
		return
	}
	for i, h := range found {
		fmt.Fprintf(w, "%d. “%s”\n   [%s] %s\n", i+1, h.Words, h.Passage, h.Reference)
	}
	fmt.Fprintf(w, "\nTo take some: collate themes harvest %s --take 1,2\n", theme)
}

func (a *app) takeExamples(ctx context.Context, an *themes.Analysis, theme string, found []themes.Harvested, take string) error {
	var changes []themes.Change
	for i, h := range found {
		if wanted := take == "all" || strings.Contains(","+strings.ReplaceAll(take, " ", "")+",", ","+strconv.Itoa(i+1)+","); wanted {
			changes = append(changes, themes.AddTo(theme, themes.Examples, h.Words))
		}
	}
	if take != "all" && len(changes) != len(strings.Split(take, ",")) {
		return misuse("--take wants numbers of the list, as in 1,3, or all. The list has %s.", plural(len(found), "sentence"))
	}
	if err := an.ChangeCodebook(ctx, a.person(), "", changes...); err != nil {
		return refused(err)
	}
	fmt.Fprintf(a.err, "%s more on %s. Recorded under the name %s.\n", plural(len(changes), "example"), theme, a.person())
	return a.tag(ctx, an)
}
