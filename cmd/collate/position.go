package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func positionCommand(a *app) *cobra.Command {
	var member, theme, set, text, because string
	c := &cobra.Command{
		Use:   "position [NAME.collate]",
		Short: "Where each member stands on each theme, in its own words; or decide one",
		Long: `Prints the joint position and the members' positions, each with the words it rests on. --theme and --member narrow it.
With --set STANCE (oppose, mixed, conditions, support, "not stated") it records your decision for --member on --theme, and with
--text your own line for it.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				if set != "" || text != "" {
					if member == "" || theme == "" || set == "" {
						return misuse("A decision needs --member, --theme and --set STANCE; --text and --because are yours to add.")
					}
					if err := an.DecidePosition(cmd.Context(), member, theme, themes.PositionDecision{Stance: themes.Stance(strings.ToLower(set)), Text: text, Because: because, Coder: a.person()}); err != nil {
						return misuse("%s.", upper(err.Error()))
					}
				}
				r, err := an.Report(cmd.Context())
				if err != nil {
					return err
				}
				out, err := positions(r, member, theme)
				if err != nil {
					return err
				}
				return a.print(out, func(w io.Writer) { printPositions(w, out) })
			})
		},
	}
	c.Flags().StringVar(&member, "member", "", "only this member")
	c.Flags().StringVar(&theme, "theme", "", "only this theme, by its id")
	c.Flags().StringVar(&set, "set", "", "record this stance for --member on --theme")
	c.Flags().StringVar(&text, "text", "", "with --set: your own line for it")
	c.Flags().StringVar(&because, "because", "", "with --set: your reason")
	return c
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
		for _, p := range t.Positions {
			fmt.Fprintf(w, "\n  %s %s: %s (%s)\n", p.Stance.Sign(), p.Member, p.Stance.Label(), whose(p))
			for _, s := range p.Sentences {
				fmt.Fprintf(w, "    “%s”\n      %s, %s\n", s.Words, s.Ref, s.Place)
			}
		}
		fmt.Fprintln(w)
	}
}

func whose(p themes.Position) string {
	why := strings.TrimSuffix(p.By+"; "+p.Because, "; ")
	if p.Confirmed {
		return "set by " + why
	}
	return why
}
