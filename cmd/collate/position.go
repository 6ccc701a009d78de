package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func positionCommand(a *app) *cobra.Command {
	var x positionFlags
	c := &cobra.Command{
		Use:   "position [NAME.collate]",
		Short: "Where each member stands on each theme, in its own words; or decide one",
		Long: `Prints the joint position and the members' positions, each with the words it rests on. --theme and --member narrow it.
With --set STANCE (oppose, mixed, conditions, support, "not stated") it records your decision for --member on --theme, and with
--text your own line for it, with --condition the condition in your words. With --check it confirms the position as it stands. A position
that you decided is marked with ! when a later submission or coding touches what it rested on.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				if x.decides() {
					if err := a.decidePosition(cmd.Context(), an, &x); err != nil {
						return err
					}
				}
				r, err := an.Standings(cmd.Context())
				if err != nil {
					return err
				}
				if x.member, err = an.Label(cmd.Context(), x.member); err != nil {
					return err
				}
				out, err := positions(r, x.member, x.theme)
				if err != nil {
					return err
				}
				return a.print(out, func(w io.Writer) { printPositions(w, out) })
			})
		},
	}
	c.Flags().StringVar(&x.member, "member", "", "only this member")
	c.Flags().StringVar(&x.theme, "theme", "", "only this theme, by its id")
	c.Flags().StringVar(&x.set, "set", "", "record this stance for --member on --theme")
	c.Flags().StringVar(&x.text, "text", "", "with --set: your own line for it")
	c.Flags().StringVar(&x.condition, "condition", "", "with --set conditions: the condition in your words")
	c.Flags().BoolVar(&x.check, "check", false, "confirm the position of --member on --theme as it stands")
	c.Flags().StringVar(&x.because, "because", "", "with --set or --check: your reason")
	return c
}

// positionFlags are what is typed after collate position.
type positionFlags struct {
	member, theme, set, text, condition, because string
	check                                        bool
}

func (x *positionFlags) decides() bool {
	return x.set != "" || x.text != "" || x.condition != "" || x.check
}

func (a *app) decidePosition(ctx context.Context, an *themes.Analysis, x *positionFlags) error {
	switch {
	case x.check && (x.set != "" || x.text != "" || x.condition != ""):
		return misuse("--check confirms the position as it stands: leave out --set, --text and --condition.")
	case x.member == "" || x.theme == "" || x.set == "" && !x.check:
		return misuse("A decision needs --member, --theme and --set STANCE or --check; --text, --condition and --because are yours to add.")
	}
	theme := themeTyped(an, x.theme)
	var err error
	if x.check {
		err = an.CheckPosition(ctx, x.member, theme, themes.Who{Coder: a.person(), Because: x.because})
	} else {
		err = an.DecidePosition(ctx, x.member, theme, themes.PositionDecision{Stance: themes.Stance(strings.ToLower(x.set)), Text: x.text, Condition: x.condition, Because: x.because, Coder: a.person()})
	}
	if err != nil {
		return misuse("%s.", upper(err.Error()))
	}
	return nil
}

// themePositions are the positions on one theme.
type themePositions struct {
	Theme     string               `json:"theme"`
	Name      string               `json:"name"`
	Joint     themes.JointPosition `json:"joint_position"`
	Positions []themes.Position    `json:"positions"` // of the members that address it
}

func positions(r *themes.Report, member, theme string) ([]themePositions, error) {
	var out []themePositions
	seen := member == ""
	for i, t := range r.Themes {
		if theme != "" && !strings.EqualFold(theme, t.ID) && !strings.EqualFold(theme, t.Name) {
			continue
		}
		x := themePositions{Theme: t.ID, Name: t.Name, Joint: t.Joint}
		for _, m := range r.Members {
			if member != "" && !strings.EqualFold(member, m.Label) {
				continue
			}
			seen = true
			if p := m.Positions[i]; p.Stance != themes.Silent {
				x.Positions = append(x.Positions, p)
			}
		}
		out = append(out, x)
	}
	switch {
	case len(out) == 0:
		return nil, misuse("There is no theme %q. See them with: collate themes show NAME.collate", theme)
	case !seen:
		return nil, misuse("There is no member %q. See them with: collate members", member)
	}
	return out, nil
}

func printPositions(w io.Writer, all []themePositions) {
	for _, t := range all {
		fmt.Fprintf(w, "%s: %s\n  %s\n", t.Name, t.Joint.Outcome, t.Joint.Line)
		printFlags(w, "  ", t.Joint.Flags)
		for _, p := range t.Positions {
			fmt.Fprintf(w, "\n  %s %s: %s (%s)\n", p.Stance.Sign(), p.Member, p.Stance.Label(), whose(p))
			if p.Own != "" && p.Line != "" {
				fmt.Fprintf(w, "    %s (the words of %s)\n", p.Line, p.Own)
			}
			if p.Condition != "" {
				fmt.Fprintf(w, "    condition: %s\n", p.Condition)
			}
			printFlags(w, "    ", p.Flags)
			for _, s := range p.Sentences {
				fmt.Fprintf(w, "    “%s”\n      %s, %s\n", s.Words, s.Ref, s.Place)
			}
		}
		fmt.Fprintln(w)
	}
}

func whose(p themes.Position) string {
	why := strings.TrimSuffix(p.By+"; "+p.Because, "; ")
	switch {
	case p.State == themes.Edited && p.Confirmed: // where only the line is a person's, the stance is not
		return "set by " + why
	case p.State == themes.Checked:
		return "checked by " + why
	}
	return why
}
