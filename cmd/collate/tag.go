package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func tagCommand(a *app) *cobra.Command {
	var passage, theme, stance, because, aim string
	var no bool
	c := &cobra.Command{
		Use:   "tag [NAME.collate]",
		Short: "Suggest themes for every passage, or decide one passage yourself",
		Long: `Without flags: looks for every theme in every passage, by the themes' rules and by what is learnt from the codebook's words and from people's
decisions (collate review), and records what changed since the last time.
With --aim: how many suggestions you want of this consultation, from now on: "miss nothing", "balanced" or "few false alarms".
With --passage and --theme: records your decision, which no rule overrides: that the passage is on the theme, or with --no that it is not,
and with --stance where it stands (oppose, mixed, conditions, support, "not stated").`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				if aim != "" {
					err := an.SetAim(cmd.Context(), themes.Aim(strings.ReplaceAll(strings.ToLower(aim), "-", " ")), a.person())
					if errors.Is(err, themes.ErrNoAim) {
						return misuse("%s.", upper(err.Error()))
					}
					if err != nil {
						return err
					}
				}
				switch {
				case passage == "" && theme == "" && stance == "" && !no:
					return a.tag(cmd.Context(), an)
				case passage == "" || theme == "":
					return misuse("A decision needs both --passage and --theme.")
				}
				d := themes.PassageDecision{Passage: passageID(passage), Because: because, Theme: theme, Tagged: !no, Stance: themes.Stance(strings.ToLower(stance)), Coder: a.person()}
				if err := an.DecidePassage(cmd.Context(), d); err != nil {
					return misuse("%s.", upper(err.Error()))
				}
				fmt.Fprintf(a.err, "Recorded under the name %s.\n", d.Coder)
				return nil
			})
		},
	}
	c.Flags().StringVar(&aim, "aim", "", `"miss nothing", "balanced" or "few false alarms"`)
	c.Flags().StringVar(&passage, "passage", "", "the passage's id, as search and the workbook show it")
	c.Flags().StringVar(&theme, "theme", "", "the theme's id")
	c.Flags().StringVar(&stance, "stance", "", "where the passage stands on the theme")
	c.Flags().StringVar(&because, "because", "", "your reason")
	c.Flags().BoolVar(&no, "no", false, "the passage is not on the theme")
	return c
}

func (a *app) tag(ctx context.Context, an *themes.Analysis) error {
	t, err := an.Tag(ctx)
	if err != nil {
		return err
	}
	return a.print(t, func(w io.Writer) {
		fmt.Fprintf(w, "%d of %s on a theme, in %s; %s.\n", t.Tagged, plural(t.Passages, "passage"), plural(t.Codings, "coding"), whatChanged(t))
		printExpectations(w, t)
	})
}

// printExpectations says what each aim would reach, from what people decided.
func printExpectations(w io.Writer, t themes.Tagging) {
	if len(t.Expectations) == 0 {
		return
	}
	fmt.Fprintf(w, "From %s reviewed%s:\n", plural(t.Reviewed, "passage"), map[bool]string{false: ", which are few for it"}[t.Calibrated])
	for _, e := range t.Expectations {
		fmt.Fprintf(w, "%s %-17s %3.0f %% of suggestions right, %3.0f %% of what belongs suggested\n", map[bool]string{true: "  >", false: "   "}[e.Aim == t.Aim], e.Aim, 100*e.Precision, 100*e.Recall)
	}
}

// passageID takes a passage's id also as the workbook shows it, with the theme's number behind it.
func passageID(shown string) string {
	id, _, _ := strings.Cut(strings.TrimSpace(shown), ".")
	return id
}

// whatChanged says how many suggestions a run changed, and how many of these are of another answer and not only of another reason.
func whatChanged(t themes.Tagging) string {
	out := plural(t.Changed, "suggestion") + " changed"
	if t.Changed == 0 {
		return out
	}
	return fmt.Sprintf("%s (%d new, %d taken back, the rest are reasons, stances and confidence)", out, t.New, t.Gone)
}
