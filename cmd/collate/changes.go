package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func changesCommand(a *app) *cobra.Command {
	var since string
	c := &cobra.Command{
		Use:   "changes [NAME.collate] --since DAY|VERSION",
		Short: "What changed: members, stances, joint positions that crossed a line, and who decided what",
		Long: `Compares the consultation with what it was before a day (2026-11-24, from midnight UTC; or "2026-11-24 15:00") or after the decision
of a number, which each run prints as the version. A joint position crosses a line when its outcome, its quantifier word or the larger
side is another. The list of members and the columns of surveys are those of now in both.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if since == "" {
				return misuse("It needs --since DAY or --since VERSION, such as --since 2026-11-24.")
			}
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				v, err := an.VersionSince(cmd.Context(), since)
				if err != nil {
					return misuse("%s.", upper(err.Error()))
				}
				found, err := an.Changes(cmd.Context(), v)
				if err != nil {
					return err
				}
				return a.print(found, func(w io.Writer) { printChanges(w, found) })
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "a day, or the number of a decision")
	return c
}

func printChanges(w io.Writer, c *themes.Changes) {
	fmt.Fprintf(w, "%s: changes since version %d, which ended %s; now version %d.\n", c.Title, c.Since.Decision, c.Since.At.Format("2 January 2006 15:04:05"), c.Now.Decision)
	if len(c.Members)+len(c.Stances)+len(c.Joint)+len(c.Themes)+len(c.Again)+len(c.Decisions) == 0 {
		fmt.Fprintln(w, "Nothing changed.")
		return
	}
	section(w, "Members", len(c.Members), func() {
		for _, m := range c.Members {
			what := "sent more"
			switch {
			case m.New:
				what = "is new"
			case m.Gone:
				what = "does not count any more"
			case len(m.Added) == 0:
				what = "has fewer submissions"
			}
			fmt.Fprintf(w, "  %s %s%s%s\n", m.Member, what, after("; counted now: ", strings.Join(m.Added, ", ")), after("; not any more: ", strings.Join(m.Dropped, ", ")))
		}
	})
	section(w, "Themes", len(c.Themes), func() {
		for _, t := range c.Themes {
			what := "is not worked with any more"
			if t.New {
				what = "is new"
			}
			fmt.Fprintf(w, "  %s %s\n", t.Theme, what)
		}
	})
	section(w, "Joint positions", len(c.Joint), func() { printJointChanges(w, c.Joint) })
	section(w, "Positions", len(c.Stances), func() {
		for _, s := range c.Stances {
			fmt.Fprintf(w, "  %s, %s: %s\n", s.Theme, s.Member, stanceChange(s))
		}
	})
	section(w, "To look at again", len(c.Again), func() {
		for _, x := range c.Again {
			who := x.Member
			if who == "" {
				who = "the joint line"
			}
			fmt.Fprintf(w, "  %s, %s\n", x.Theme, who)
			printFlags(w, "    ", x.Flags)
		}
	})
	section(w, "Decisions", len(c.Decisions), func() {
		for _, d := range c.Decisions {
			fmt.Fprintf(w, "  %s: %s\n", d.By, counted(d.Count, actNames(d.Act)[0], actNames(d.Act)[1]))
		}
	})
}

func section(w io.Writer, head string, n int, list func()) {
	if n > 0 {
		fmt.Fprintf(w, "\n%s (%d)\n", head, n)
		list()
	}
}

func printJointChanges(w io.Writer, changes []themes.JointChange) {
	for _, j := range changes {
		mark := " "
		if j.Crossed {
			mark = "!"
		}
		outcome := string(j.Now)
		if j.Was != j.Now {
			outcome = fmt.Sprintf("%s → %s", j.Was, j.Now)
		}
		fmt.Fprintf(w, "  %s %s: %s\n      was: %s\n      now: %s\n", mark, j.Theme, outcome, j.WasStatement, j.NowStatement)
	}
}

func stanceChange(s themes.StanceChange) string {
	by := ""
	if s.NowState != themes.Suggested {
		by = " by " + s.By
	}
	if s.Was == s.Now {
		return fmt.Sprintf("%s, was %s, is %s%s", s.Now.Label(), s.WasState, s.NowState, by)
	}
	return fmt.Sprintf("%s → %s (%s%s)", s.Was.Label(), s.Now.Label(), s.NowState, by)
}

// actNames are what an act is called, one and several.
func actNames(act string) [2]string {
	names, ok := map[string][2]string{
		index.ActTheme:     {"passage's theme", "passages' themes"},
		index.ActStance:    {"passage's stance", "passages' stances"},
		index.ActPosition:  {"position", "positions"},
		index.ActMember:    {"sender", "senders"},
		index.ActConsent:   {"consent", "consents"},
		index.ActCodebook:  {"change of the codebook", "changes of the codebook"},
		index.ActCarry:     {"merge or split of themes", "merges or splits of themes"},
		index.ActUse:       {"use of a submission", "uses of submissions"},
		index.ActQuestion:  {"passage's question", "passages' questions"},
		index.ActSearch:    {"saved search", "saved searches"},
		index.ActSample:    {"passage of the sample", "passages of the sample"},
		index.ActBlind:     {"blind coding", "blind codings"},
		index.ActNote:      {"note", "notes"},
		index.ActOutline:   {"change of the outline of a document", "changes of the outline of a document"},
		index.ActSynonyms:  {"change of the synonyms", "changes of the synonyms"},
		index.ActConsensus: {"change of the consensus rule", "changes of the consensus rule"},
		index.ActScale:     {"change of the scale", "changes of the scale"},
		index.ActTemplate:  {"template", "templates"},
		index.ActJoint:     {"joint line", "joint lines"},
		index.ActSignOff:   {"sign-off", "sign-offs"},
		index.ActRedLine:   {"red line", "red lines"},
	}[act]
	if !ok {
		return [2]string{act, act}
	}
	return names
}
