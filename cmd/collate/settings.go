package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func settingsCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "settings [NAME.collate]",
		Short: "What changes the numbers and words of the whole consultation, and who set it",
		Long: `Lists the scale of quantifier words, the rule for common ground, the default consent and the texts that were circulated, with who
set them and when. Each is changed by a decision that another undoes.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return a.settings(cmd, an) })
		},
	}
	c.AddCommand(scaleCommand(a), consensusCommand(a), defaultConsentCommand(a), templateCommand(a))
	return c
}

// settingsShown are the settings for programs.
type settingsShown struct {
	Scale     string                 `json:"scale"`
	Bounds    []themes.Bound         `json:"bounds"` // of the scale, for the members that answered
	Members   int                    `json:"members"`
	Consensus themes.ConsensusRule   `json:"consensus"`
	Rule      string                 `json:"rule"`
	Consent   index.Consent          `json:"consent"`
	Templates []templateShown        `json:"templates"`
	Set       []themes.SettingChange `json:"set"` // what is no default
}

type templateShown struct {
	Name  string `json:"name"`
	Words int    `json:"words"`
}

func (a *app) settings(cmd *cobra.Command, an *themes.Analysis) error {
	s, err := an.Settings(cmd.Context())
	if err != nil {
		return err
	}
	snapshot, err := an.Snapshot(cmd.Context())
	if err != nil {
		return err
	}
	answered := map[string]bool{}
	for _, p := range snapshot.Passages {
		answered[snapshot.Submission(p).Member] = true
	}
	out := settingsShown{Scale: s.Scale.String(), Members: len(answered), Bounds: s.Scale.Bounds(len(answered)), Consensus: s.Consensus, Rule: s.Consensus.String(), Consent: s.Consent, Templates: []templateShown{}, Set: s.Set}
	for _, t := range s.Templates {
		out.Templates = append(out.Templates, templateShown{t.Name, len(strings.Fields(t.Text))})
	}
	return a.print(out, func(w io.Writer) { printSettings(w, &out, s.Scale) })
}

func printSettings(w io.Writer, x *settingsShown, scale themes.Scale) {
	fmt.Fprintf(w, "Scale      %s\n", x.Scale)
	if x.Members > 0 {
		fmt.Fprintf(w, "           for %s: %s\n", plural(x.Members, "member"), scale.Describe(x.Members))
	}
	red := "a red line opposed stops it"
	if !x.Consensus.RedLines {
		red = "red lines do not stop it"
	}
	fmt.Fprintf(w, "Consensus  share %d %%, least %s, conditions %d %%; %s\n           %s\n", x.Consensus.Share, plural(x.Consensus.Least, "member"), x.Consensus.Conditions, red, x.Rule)
	fmt.Fprintf(w, "Consent    %s, where nothing stricter is said\n", x.Consent)
	for _, t := range x.Templates {
		fmt.Fprintf(w, "Template   %s, %s\n", t.Name, plural(t.Words, "word"))
	}
	for _, c := range x.Set {
		fmt.Fprintf(w, "Set        %s by %s on %s%s\n", strings.TrimSpace(c.Act+" "+c.Name), c.By, c.At.Format("2 January 2006"), after(": ", c.Because))
	}
	if len(x.Set) == 0 {
		fmt.Fprintln(w, "All are the defaults.")
	}
}

// set runs a change and shows the settings after it. want are how many arguments it has beside the record.
func (a *app) set(cmd *cobra.Command, args []string, want int, change func(an *themes.Analysis, rest []string) error) error {
	return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
		if len(rest) != want {
			return misuse("Write it as: %s", cmd.UseLine())
		}
		if err := change(an, rest); err != nil {
			return misuse("%s.", upper(err.Error()))
		}
		return a.settings(cmd, an)
	})
}

func scaleCommand(a *app) *cobra.Command {
	var because string
	c := &cobra.Command{
		Use:   "scale [NAME.collate] 'few 0, less than half 15, ...'|default",
		Short: "Set the scale of quantifier words",
		Long: `The words stand from the least share to the greatest, each with the per cent from which it is used, or ">" and the per cent above
which it is. The default: ` + themes.DefaultScale().String(),
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.set(cmd, args, 1, func(an *themes.Analysis, rest []string) error {
				return an.SetScale(cmd.Context(), unlessDefault(rest[0]), themes.Who{Coder: a.person(), Because: because})
			})
		},
	}
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}

func unlessDefault(typed string) string {
	if strings.EqualFold(typed, "default") {
		return ""
	}
	return typed
}

func consensusCommand(a *app) *cobra.Command {
	var because string
	var share, least, stated, conditions int
	var red, byDefault bool
	c := &cobra.Command{
		Use:   "consensus [NAME.collate] --share N --least N --stated N --conditions N --red-lines=false|--default",
		Short: "Set the rule for common ground; what you do not name stays",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.set(cmd, args, 0, func(an *themes.Analysis, _ []string) error {
				s, err := an.Settings(cmd.Context())
				if err != nil {
					return err
				}
				rule := &s.Consensus
				changed := cmd.Flags().Changed
				if changed("share") {
					rule.Share = share
				}
				if changed("least") {
					rule.Least = least
				}
				if changed("stated") {
					rule.Stated = stated
				}
				if changed("conditions") {
					rule.Conditions = conditions
				}
				if changed("red-lines") {
					rule.RedLines = red
				}
				if byDefault {
					rule = nil
				}
				return an.SetConsensus(cmd.Context(), rule, themes.Who{Coder: a.person(), Because: because})
			})
		},
	}
	d := themes.DefaultConsensus()
	c.Flags().IntVar(&share, "share", d.Share, "per cent of the members that take a position who must be on one side")
	c.Flags().IntVar(&least, "least", d.Least, "fewest members that must take a position")
	c.Flags().IntVar(&stated, "stated", d.Stated, "per cent of the members that address the theme who must take a position; 0 asks for none")
	c.Flags().IntVar(&conditions, "conditions", d.Conditions, "per cent of those in favour that set conditions, from which it is common ground with conditions")
	c.Flags().BoolVar(&red, "red-lines", d.RedLines, "a member with a red line that stands against it stops common ground")
	c.Flags().BoolVar(&byDefault, "default", false, "bring the default back")
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}

func defaultConsentCommand(a *app) *cobra.Command {
	var because string
	c := &cobra.Command{
		Use:   "consent [NAME.collate] attributable|anonymous|confidential",
		Short: "Set how words may be used of whom nothing stricter is said",
		Long: `It holds for each member of whom no person has said how its words may be used (collate members consent), and never loosens what
members.csv or a text asks for.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.set(cmd, args, 1, func(an *themes.Analysis, rest []string) error {
				return an.SetDefaultConsent(cmd.Context(), index.Consent(strings.ToLower(rest[0])), themes.Who{Coder: a.person(), Because: because})
			})
		},
	}
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}

func templateCommand(a *app) *cobra.Command {
	var because string
	var remove bool
	c := &cobra.Command{
		Use:   "template [NAME.collate] FILE",
		Short: "Name a text that you circulated: what is made from it is no independent agreement",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.set(cmd, args, 1, func(an *themes.Analysis, rest []string) error {
				by := themes.Who{Coder: a.person(), Because: because}
				if remove {
					return an.RemoveTemplate(cmd.Context(), rest[0], by)
				}
				found, err := a.readTemplates(cmd.Context(), rest)
				if err != nil {
					return err
				}
				return an.AddTemplate(cmd.Context(), found[0], by)
			})
		},
	}
	c.Flags().BoolVar(&remove, "remove", false, "it was not circulated after all: FILE is the name that is listed")
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}
