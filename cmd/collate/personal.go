package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/personal"
)

func personalCommand(a *app) *cobra.Command {
	var show bool
	c := &cobra.Command{
		Use:   "personal [NAME.collate]",
		Short: "What looks like personal data in what an export would show",
		Long: `Lists e-mail addresses, telephone numbers, postcodes, National Insurance and NHS numbers, dates of birth, and names of children and schools that
words beside them tell, in all that an export shows: the quotes, the notes, the lines that people wrote, and what is listed as left out. Only the
first and last letters are printed, so that the list can be passed on; --show prints all.

It is found by rules, and not all of it: a name that no word announces is not found. An export without findings is not anonymous.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				r, err := an.Report(cmd.Context())
				if err != nil {
					return err
				}
				found := r.PersonalData()
				if !show {
					found = themes.MaskPersonal(found)
				}
				return a.print(personalOut{found}, func(w io.Writer) { printPersonal(w, found) })
			})
		},
	}
	c.Flags().BoolVar(&show, "show", false, "print the words in full")
	return c
}

type personalOut struct {
	Findings []themes.PersonalFinding `json:"findings"`
}

// printPersonal lists findings kind by kind.
func printPersonal(w io.Writer, found []themes.PersonalFinding) {
	for _, kind := range personal.Kinds {
		n := 0
		for i := range found {
			if found[i].Kind == kind {
				n++
			}
		}
		if n == 0 {
			continue
		}
		fmt.Fprintf(w, "%s (%d)\n", upperFirst(string(kind)), n)
		for i := range found {
			if f := &found[i]; f.Kind == kind {
				fmt.Fprintf(w, "   %s (%s), in a %s%s\n", oneLine(f.Words), f.Certainty, f.In, whereFound(f))
			}
		}
	}
	if len(found) == 0 {
		fmt.Fprintln(w, "Nothing was found by rules. Names of people are found only where a word announces them: read what goes out.")
		return
	}
	fmt.Fprintf(w, "%s, by rules: there may be more, names above all.\n", plural(len(found), "finding"))
}

// whereFound is the place of a finding.
func whereFound(f *themes.PersonalFinding) string {
	var parts []string
	for _, p := range []string{f.Member, f.Document, f.Place} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	out := strings.Join(parts, ", ")
	if out != "" {
		out = ": " + out
	}
	if f.Ref != "" {
		out += " [" + f.Ref + "]"
	}
	return plainText(out)
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// warnPersonal says what looks like personal data in what was written. It stops nothing: staff may have to work with it.
func (a *app) warnPersonal(found []themes.PersonalFinding) {
	if n := themes.CountPersonal(found); n != "" {
		fmt.Fprintf(a.err, "What was written holds what looks like personal data: %s. See: collate personal\n", n)
	}
}
