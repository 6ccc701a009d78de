package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/themes"
)

func reviewCommand(a *app) *cobra.Command {
	var opt themes.ReviewOptions
	var sweep string
	var loop, random, blind bool
	c := &cobra.Command{
		Use:   "review [NAME.collate]",
		Short: "Go through what is suggested, passage by passage, and decide",
		Long: `On a terminal: shows one passage after the other with what is suggested for it and why, and takes your answer by single keys; ? lists them. Each
answer is recorded at once under your name and what is suggested learns from it. Of an answered passage every theme that was shown is decided:
what is ticked is a yes, all else a no. Elsewhere, or with --json, it lists what comes next.

Without --theme and --member the passages come at random: that is what the figures need, so begin with it. How many more it takes is said
each time. --theme shows what is suggested on one theme, --sweep all that nobody decided on one theme, the likeliest
first, suggested or not, until 20 in a row are refused.`,
		Example: `  collate review plan.collate
  collate review plan.collate --theme timelines
  collate review plan.collate --sweep timelines
  collate review plan.collate --member 'Ashdown Autism Trust' --json --next 5`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if sweep != "" {
				if opt.Theme != "" && opt.Theme != sweep {
					return misuse("--sweep is of one theme; leave --theme out.")
				}
				opt.Theme, opt.Sweep = sweep, true
			}
			if n := count(opt.Theme != "", opt.Member != "", random, blind); n > 1 {
				return misuse("Choose one order: --theme, --sweep, --member, --random or --blind.")
			}
			if blind {
				opt.Blind = a.person()
			}
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				if loop || !a.json && !cmd.Flags().Changed("next") && a.terminal() {
					return a.reviewLoop(cmd.Context(), an, opt)
				}
				r, err := an.Review(cmd.Context(), opt)
				if err != nil {
					return reviewMisuse(err)
				}
				return a.print(r, func(w io.Writer) { printReview(w, r) })
			})
		},
	}
	f := c.Flags()
	f.StringVar(&opt.Theme, "theme", "", "the passages suggested on this theme, by its id, the likeliest first")
	f.StringVar(&sweep, "sweep", "", "recall sweep of this theme: all that nobody decided, the likeliest first")
	f.StringVar(&opt.Member, "member", "", "the passages of this member")
	f.BoolVar(&random, "random", false, "at random, as without any order")
	f.Uint64Var(&opt.Seed, "seed", 1, "of the order at random")
	f.IntVar(&opt.Limit, "next", 10, "how many passages are listed (0: all)")
	f.Float64Var(&opt.Width, "width", 0.1, "how wide the interval of F1 may be")
	f.BoolVar(&blind, "blind", false, "code the sample of collate agreement sample, without suggestions; it changes no tag")
	f.BoolVar(&loop, "keys", false, "take keys also where there is no terminal, from standard input")
	return c
}

func count(set ...bool) int {
	n := 0
	for _, x := range set {
		if x {
			n++
		}
	}
	return n
}

// terminal reports whether somebody sits in front of it: keys come in and screens go out.
func (a *app) terminal() bool {
	for _, x := range []any{a.in, a.out} {
		f, ok := x.(*os.File)
		if !ok || !term.IsTerminal(int(f.Fd())) {
			return false
		}
	}
	return true
}

func reviewMisuse(err error) error {
	var edit *themes.EditError
	switch {
	case errors.Is(err, themes.ErrNoSample):
		return sampleMisuse(err)
	case errors.Is(err, themes.ErrNoMember):
		return misuse("%s. See them with: collate members", upper(err.Error()))
	case errors.As(err, &edit):
		return misuse("%s", edit.Message)
	}
	return err
}

func printReview(w io.Writer, r *themes.Review) {
	fmt.Fprintf(w, "Next %s, %d of %d:\n", r.Order, len(r.Passages), r.Left)
	for i := range r.Passages {
		printReviewPassage(w, &r.Passages[i], nil)
	}
	fmt.Fprintln(w)
	printProgress(w, r)
}

// printReviewPassage shows a passage, as a list does or, with an answer that is being given, with its keys.
func printReviewPassage(w io.Writer, p *themes.ReviewPassage, screen *answer) {
	fmt.Fprintf(w, "\n%s  %s, %s, %s%s\n", p.ID, p.Member, p.Document, p.Place, confidential(p.Consent))
	if p.Heading != "" {
		fmt.Fprintf(w, "  under: %s\n", oneLine(p.Heading))
	}
	if p.Question != "" {
		fmt.Fprintf(w, "  answers: %s\n", oneLine(p.Question))
	}
	fmt.Fprintf(w, "  “%s”\n", strings.TrimSpace(p.Words))
	for i := range p.Themes {
		if t := &p.Themes[i]; screen != nil || t.Tagged || t.Decided != "" {
			printReviewTheme(w, i, t, screen)
		}
	}
}

func confidential(consent string) string {
	if consent == "attributable" || consent == "" {
		return ""
	}
	return " (" + strings.ToUpper(consent) + ")"
}

func printReviewTheme(w io.Writer, i int, t *themes.ReviewTheme, screen *answer) {
	tagged, stance, by, key := t.Tagged, t.Stance, t.StanceBy, ""
	if screen != nil {
		tagged, key = screen.yes[t.Theme], fmt.Sprintf("%s%s ", map[bool]string{true: ">", false: " "}[screen.on == i], themeKey(i))
		if s := screen.stance[t.Theme]; s != "" {
			stance, by = s, "you"
		}
	}
	fmt.Fprintf(w, "  %s[%s] %-36s %s\n", key, map[bool]string{true: "x", false: " "}[tagged], shortened(t.Name, 36), howLikely(t))
	if t.Because != "" {
		fmt.Fprintf(w, "           %s\n", oneLine(t.Because))
	}
	if tagged && (stance != themes.NotStated || by != "") {
		whose := "suggested"
		if by != "" {
			whose = "by " + by
		}
		fmt.Fprintf(w, "           stance: %s %s, %s  %s\n", stance.Sign(), stance.Label(), whose, oneLine(t.StanceWhy))
	}
}

// howLikely is a probability in words and, where it means what it says, in hundredths; or who decided.
func howLikely(t *themes.ReviewTheme) string {
	switch {
	case t.Decided != "":
		return "decided by " + t.Decided
	case t.Probability == 0:
		return ""
	case !t.Tagged && t.Because == "" && t.Calibrated:
		return fmt.Sprintf("%.0f in 100", 100*t.Probability)
	case !t.Tagged && t.Because == "":
		return ""
	case t.Calibrated:
		return fmt.Sprintf("%s, %.0f in 100", t.Confidence, 100*t.Probability)
	}
	return string(t.Confidence)
}

func printProgress(w io.Writer, r *themes.Review) {
	p := r.Progress
	fmt.Fprintf(w, "%d of %s reviewed.", p.Reviewed, plural(p.Of, "passage"))
	for _, e := range p.Expectations {
		if e.Aim == p.Aim {
			fmt.Fprintf(w, " Suggesting for %q, expected: %.0f %% of suggestions right, %.0f %% of what belongs found.", e.Aim, 100*e.Precision, 100*e.Recall)
		}
	}
	fmt.Fprintf(w, "\n%s\n", p.Advice)
	if s := r.Sweep; s != nil {
		fmt.Fprintln(w, sweepLine(s))
	}
}

// sweepLine says how far a recall sweep is and what it supports.
func sweepLine(s *themes.Sweep) string {
	state := fmt.Sprintf("%d in a row refused, of %d", s.Refused, themes.SweepRun)
	if s.Done {
		state = fmt.Sprintf("done, %d in a row refused", s.Refused)
	}
	if s.Left == 0 {
		return fmt.Sprintf("Sweep of %s: done, every passage is decided; %d are on it.", s.Name, s.Found)
	}
	out := fmt.Sprintf("Sweep of %s: %s. %d on the theme; among the %d not decided, %.1f expected", s.Name, state, s.Found, s.Left, s.Expected)
	if s.Found > 0 {
		out += fmt.Sprintf(": recall about %.2f, and at least %.2f by the refusals alone", s.Recall, s.RecallLow)
	}
	return out + "."
}

// reviewLoop asks until there is nothing left or the person quits.
func (a *app) reviewLoop(ctx context.Context, an *themes.Analysis, opt themes.ReviewOptions) error {
	l := &reviewLoop{a: a, an: an, opt: opt, skipped: map[string]bool{}, w: plainWriter{a.out}}
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		before, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return err
		}
		defer term.Restore(int(f.Fd()), before)
		l.w = crlfWriter{a.out}
	}
	return l.run(ctx)
}

// A crlfWriter is a [plainWriter] for a terminal in raw mode, where a line feed alone does not go back to the left.
type crlfWriter struct{ w io.Writer }

// Write writes p with carriage returns and reports all of it as written.
func (c crlfWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(c.w, strings.ReplaceAll(plainText(string(p)), "\n", "\r\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}
