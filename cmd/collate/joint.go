package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func jointCommand(a *app) *cobra.Command {
	var theme string
	var outside bool
	c := &cobra.Command{
		Use:   "joint [NAME.collate]",
		Short: "Where the members stand together on each theme: line, counts, names, dissent, sign-offs",
		Long: `Prints for each theme the joint line, by which rule it comes out so, who stands where by name, the conditions that members set, red
lines, dissent, the counts with and without shared text, and what each member says of the line. --outside prints what a document for
outside may say: confirmed positions only, and nobody that dissents is named.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				return a.joints(cmd.Context(), an, theme, outside)
			})
		},
	}
	c.Flags().StringVar(&theme, "theme", "", "only this theme, by its id or name")
	c.Flags().BoolVar(&outside, "outside", false, "what may be said outside")
	c.AddCommand(jointSignCommand(a), jointEditCommand(a), jointCheckCommand(a), jointResetCommand(a), jointRedLineCommand(a))
	return c
}

// jointRow is a theme with its joint position.
type jointRow struct {
	Theme    string               `json:"theme"`
	Name     string               `json:"name"`
	Members  int                  `json:"members"` // that address it
	Passages int                  `json:"passages"`
	Joint    themes.JointPosition `json:"joint_position"`
}

// outsideRow is a theme with what may be said of it outside.
type outsideRow struct {
	Theme string `json:"theme"`
	Name  string `json:"name"`
	themes.OutsideLine
}

func (a *app) joints(ctx context.Context, an *themes.Analysis, theme string, outside bool) error {
	r, err := an.Standings(ctx)
	if err != nil {
		return err
	}
	var rows []jointRow
	var out []outsideRow
	for _, t := range r.Themes {
		if theme == "" || strings.EqualFold(theme, t.ID) || strings.EqualFold(theme, t.Name) {
			rows = append(rows, jointRow{t.ID, t.Name, t.Members, t.Passages, t.Joint})
			out = append(out, outsideRow{t.ID, t.Name, t.Joint.Outside})
		}
	}
	if len(rows) == 0 {
		return misuse("There is no theme %q. See them with: collate themes show NAME.collate", theme)
	}
	if outside {
		return a.print(out, func(w io.Writer) { printOutside(w, out) })
	}
	return a.print(rows, func(w io.Writer) {
		for _, x := range rows {
			printJoint(w, x)
		}
		fmt.Fprintf(w, "%s\n", r.Rule)
		if n := r.Counts.Asked - r.Counts.Members; n > 0 {
			fmt.Fprintf(w, "%s sent nothing that could be counted: silence is no agreement.\n", plural(n, "member"))
		}
		if n := r.Counts.Members; n > 0 {
			fmt.Fprintf(w, "Words for counts of %s: %s.\n", plural(n, "member"), r.Scale.Describe(n))
		}
	})
}

func printJoint(w io.Writer, x jointRow) {
	j := x.Joint
	fmt.Fprintf(w, "%s: %s (%s, %s)\n  %s (%s)\n  %s\n", x.Name, j.Outcome, plural(x.Members, "member"), plural(x.Passages, "passage"), j.Line, whoseLine(j), j.Why)
	if j.Line != j.Drafted {
		fmt.Fprintf(w, "  drafted: %s\n", j.Drafted)
	}
	printFlags(w, "  ", j.Flags)
	for _, s := range []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated, themes.Silent} {
		if names := j.Names[s]; len(names) > 0 {
			fmt.Fprintf(w, "  %s %s %d%s: %s\n", s.Sign(), s.Label(), len(names), confirmedOf(j, s), strings.Join(names, ", "))
		}
	}
	for _, c := range j.Conditions {
		if c.Words != "" {
			fmt.Fprintf(w, "  condition of %s: “%s”%s\n", c.Member, c.Words, after(", ", c.Ref))
		}
	}
	for _, l := range j.RedLines {
		stands := "not crossed"
		if l.Opposed {
			stands = "it stands against the line"
		}
		fmt.Fprintf(w, "  red line of %s: %s (%s; recorded by %s on %s)\n", l.Member, cmpWords(l.Words), stands, l.By, l.On)
	}
	if j.Dissent != "" {
		fmt.Fprintf(w, "  dissent: %s\n", j.Dissent)
	}
	printSharedCounts(w, j)
	printSignOffs(w, j)
	fmt.Fprintln(w)
}

// after puts text behind a separator, where there is text.
func after(separator, text string) string {
	if text == "" {
		return ""
	}
	return separator + text
}

func cmpWords(words string) string {
	if words == "" {
		return "(withheld)"
	}
	return "“" + words + "”"
}

func confirmedOf(j themes.JointPosition, s themes.Stance) string {
	if s == themes.Silent {
		return ""
	}
	return fmt.Sprintf(" (%d confirmed)", j.Confirmed[s])
}

func whoseLine(j themes.JointPosition) string {
	switch j.State {
	case themes.Edited:
		return "written by " + j.By + " on " + j.On
	case themes.Checked:
		return "checked by " + j.By + " on " + j.On
	}
	return "drafted"
}

func printFlags(w io.Writer, indent string, flags []themes.Flag) {
	for _, f := range flags {
		fmt.Fprintf(w, "%s! %s\n", indent, f.Text)
	}
}

// printSharedCounts prints the table of counts with and without shared text where they differ.
func printSharedCounts(w io.Writer, j themes.JointPosition) {
	if !slices.ContainsFunc(j.Shared.Rows, func(r themes.SharedCount) bool { return r.Own != r.Responses || r.Copies > 0 }) {
		return
	}
	fmt.Fprintf(w, "  with and without shared text   responses  texts  own words  shared  template  same file\n")
	for _, r := range j.Shared.Rows {
		if r.Responses > 0 {
			fmt.Fprintf(w, "    %-28s %9d  %5d  %9d  %6d  %8d  %9d\n", r.Stance.Label(), r.Responses, r.Texts, r.Own, r.Shared, r.Template, r.Copies)
		}
	}
	fmt.Fprintf(w, "    with a shared text counted once and a template not at all: %s\n", j.Shared.OutcomeApart)
}

func printSignOffs(w io.Writer, j themes.JointPosition) {
	n := j.Signed
	if n.Agreed+n.AgreedWithNote+n.Dissents == 0 {
		fmt.Fprintf(w, "  signed off: nobody yet (of %s)\n", plural(len(j.SignOffs), "member"))
		return
	}
	fmt.Fprintf(w, "  signed off: %d agreed, %d agreed with note, %d not yet, %d dissent\n", n.Agreed, n.AgreedWithNote, n.NotYet, n.Dissents)
	for _, s := range j.SignOffs {
		if s.State == themes.NotYet {
			continue
		}
		stale := ""
		if s.Stale {
			stale = "; the line read otherwise then"
		}
		fmt.Fprintf(w, "    %s: %s on %s (recorded by %s%s)%s\n", s.Member, s.State, s.On, s.By, stale, after(": ", s.Note))
	}
}

func printOutside(w io.Writer, rows []outsideRow) {
	for _, x := range rows {
		fmt.Fprintf(w, "%s\n  %s\n", x.Name, x.Line)
		if x.Dissent != "" {
			fmt.Fprintf(w, "  %s\n", x.Dissent)
		}
		if x.Problem != "" {
			fmt.Fprintf(w, "  ! %s\n", x.Problem)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "Only positions that a person confirmed are counted here, and nobody that dissents is named.")
}

// themeTyped finds a theme's id by what is typed.
func themeTyped(an *themes.Analysis, typed string) string {
	for _, t := range an.Codebook.Themes {
		if strings.EqualFold(typed, t.ID) || strings.EqualFold(typed, t.Name) {
			return t.ID
		}
	}
	return typed
}

// decided runs a decision on a theme and shows the joint position after it.
func (a *app) decided(ctx context.Context, args []string, theme string, decide func(an *themes.Analysis, theme string, by themes.Who) error, because string) error {
	if theme == "" {
		return misuse("It needs --theme THEME.")
	}
	return a.withRecord(ctx, args, func(an *themes.Analysis) error {
		id := themeTyped(an, theme)
		if err := decide(an, id, themes.Who{Coder: a.person(), Because: because}); err != nil {
			return misuse("%s.", upper(err.Error()))
		}
		return a.joints(ctx, an, id, false)
	})
}

func jointSignCommand(a *app) *cobra.Command {
	var member, theme, note string
	var agreed, dissents, notYet bool
	c := &cobra.Command{
		Use:   "sign [NAME.collate] --member MEMBER --theme THEME --agreed|--note TEXT|--dissents|--not-yet",
		Short: "Record what a member says of the joint line as it reads now",
		Long: `Records that the member agrees with the line, agrees with a note, or dissents (a note is then its reason). When the line is
written anew, the sign-off is shown as one of an earlier wording. --not-yet takes it back.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			state, err := signOffState(agreed, dissents, notYet, note)
			if err != nil {
				return err
			}
			if member == "" {
				return misuse("It needs --member MEMBER.")
			}
			return a.decided(cmd.Context(), args, theme, func(an *themes.Analysis, id string, by themes.Who) error {
				return an.SignOff(cmd.Context(), member, id, state, note, by)
			}, "")
		},
	}
	c.Flags().StringVar(&member, "member", "", "the member")
	c.Flags().StringVar(&theme, "theme", "", "the theme, by its id or name")
	c.Flags().StringVar(&note, "note", "", "the member agrees with this note; with --dissents its reason")
	c.Flags().BoolVar(&agreed, "agreed", false, "the member agrees")
	c.Flags().BoolVar(&dissents, "dissents", false, "the member dissents")
	c.Flags().BoolVar(&notYet, "not-yet", false, "take back what was recorded")
	return c
}

func signOffState(agreed, dissents, notYet bool, note string) (themes.SignOffState, error) {
	said := 0
	for _, x := range []bool{agreed, dissents, notYet} {
		if x {
			said++
		}
	}
	switch {
	case said > 1:
		return "", misuse("Say one of --agreed, --dissents and --not-yet.")
	case dissents:
		return themes.Dissents, nil
	case notYet:
		return themes.NotYet, nil
	case note != "":
		return themes.AgreedWithNote, nil
	case agreed:
		return themes.Agreed, nil
	}
	return "", misuse("Say one of --agreed, --note TEXT, --dissents and --not-yet.")
}

func jointEditCommand(a *app) *cobra.Command {
	var theme, line, because string
	c := &cobra.Command{
		Use:   "edit [NAME.collate] --theme THEME --line TEXT",
		Short: "Write the joint line yourself; it is marked when what it rests on changes",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.decided(cmd.Context(), args, theme, func(an *themes.Analysis, id string, by themes.Who) error {
				return an.EditJoint(cmd.Context(), id, line, by)
			}, because)
		},
	}
	c.Flags().StringVar(&theme, "theme", "", "the theme, by its id or name")
	c.Flags().StringVar(&line, "line", "", "the line")
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}

func jointCheckCommand(a *app) *cobra.Command {
	return jointThemeCommand(a, "check [NAME.collate] --theme THEME", "Confirm the joint line as it reads now", (*themes.Analysis).CheckJoint)
}

func jointResetCommand(a *app) *cobra.Command {
	return jointThemeCommand(a, "reset [NAME.collate] --theme THEME", "Bring the drafted line back", (*themes.Analysis).ResetJoint)
}

// jointThemeCommand is a decision that needs a theme and nothing else.
func jointThemeCommand(a *app, use, short string, decide func(an *themes.Analysis, ctx context.Context, theme string, by themes.Who) error) *cobra.Command {
	var theme, because string
	c := &cobra.Command{
		Use:   use,
		Short: short,
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.decided(cmd.Context(), args, theme, func(an *themes.Analysis, id string, by themes.Who) error {
				return decide(an, cmd.Context(), id, by)
			}, because)
		},
	}
	c.Flags().StringVar(&theme, "theme", "", "the theme, by its id or name")
	c.Flags().StringVar(&because, "because", "", "your reason")
	return c
}

func jointRedLineCommand(a *app) *cobra.Command {
	var theme, member, words string
	var none bool
	c := &cobra.Command{
		Use:   "redline [NAME.collate] --member MEMBER --theme THEME --words TEXT|--none",
		Short: "Record what a member will not agree to on a theme",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if member == "" || (strings.TrimSpace(words) == "") != none {
				return misuse("It needs --member MEMBER, and --words TEXT or --none.")
			}
			return a.decided(cmd.Context(), args, theme, func(an *themes.Analysis, id string, by themes.Who) error {
				return an.SetRedLine(cmd.Context(), member, id, words, by)
			}, "")
		},
	}
	c.Flags().StringVar(&member, "member", "", "the member")
	c.Flags().StringVar(&theme, "theme", "", "the theme, by its id or name")
	c.Flags().StringVar(&words, "words", "", "what it will not agree to")
	c.Flags().BoolVar(&none, "none", false, "take its red line back")
	return c
}
