package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
	"collate/themes/check"
)

func checkCommand(a *app) *cobra.Command {
	var annotate string
	var all bool
	c := &cobra.Command{
		Use:   "check [NAME.collate] DRAFT",
		Short: "Judge a draft: is every quotation what its member wrote?",
		Long: `Judges every quotation in a draft (.docx, .odt, .pdf, .txt and what else is read) against what members sent, word by word: whether it is verbatim,
differs in marks only, leaves words out honestly, is altered, spliced from two places, somebody else's, confidential, or nobody's. What is wrong
comes first; an altered quotation is shown with −[the words of the source] and +[those of the draft].

Exit status: 0 nothing is wrong, 1 something is, 2 misused. --annotate writes a copy of a .docx draft with a Word comment at each place; nothing
else in it changes.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Name the draft to check: collate check NAME.collate DRAFT.docx")
				}
				return a.check(cmd, an, rest[0], annotate, all)
			})
		},
	}
	c.Flags().StringVar(&annotate, "annotate", "", "write a copy of the .docx draft with Word comments to this file")
	c.Flags().BoolVar(&all, "all", false, "list also what is fine")
	return c
}

func (a *app) check(cmd *cobra.Command, an *themes.Analysis, name, annotate string, all bool) error {
	draft, err := a.readDraft(cmd, name)
	if err != nil {
		return err
	}
	record, err := check.Open(cmd.Context(), an)
	if err != nil {
		return err
	}
	report, err := record.Check(cmd.Context(), draft)
	if err != nil {
		return err
	}
	if annotate != "" {
		if err := a.annotate(draft, report, name, annotate); err != nil {
			return err
		}
	}
	if report.Wrong > 0 {
		a.status = 1
	}
	return a.print(report, func(w io.Writer) { printCheck(w, report, all) })
}

// readDraft reads a draft in a child process, as submissions are read.
func (a *app) readDraft(cmd *cobra.Command, name string) (*check.Draft, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	opt, err := a.options()
	if err != nil {
		return nil, err
	}
	doc, err := opt.Read(cmd.Context(), filepath.Base(name), data)
	if failure := index.FailureName(err); err != nil && index.FailureError(failure) != nil {
		return nil, misuse("%s: %s", name, explain.Unread(failure, err.Error()))
	}
	if err != nil {
		return nil, err
	}
	return check.NewDraft(filepath.Base(name), data, doc), nil
}

// annotate writes the copy with comments, never over the draft itself.
func (a *app) annotate(draft *check.Draft, report *check.Report, name, to string) error {
	if draft.Document.Format != "docx" {
		return misuse("Only a .docx draft can be annotated; %s is %s.", name, draft.Document.Format)
	}
	if same(name, to) {
		return misuse("The annotated copy would replace the draft. Give --annotate another name.")
	}
	data, err := check.Annotate(draft, report)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "Annotated: %s\n", to)
	return nil
}

// same reports two names of one file.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func printCheck(w io.Writer, r *check.Report, all bool) {
	fmt.Fprintf(w, "%s: %s, %s. Judged against %s, as of %s.\n", r.Draft, plural(r.Words, "word"), plural(r.Quotations, "quotation"), r.Consultation, r.Asof)
	for _, group := range []struct {
		severity check.Severity
		head     string
		n        int
	}{{check.Wrong, "Wrong", r.Wrong}, {check.LookAt, "Look at", r.LookAt}, {check.Fine, "Fine", r.Fine}} {
		if group.n == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s (%d)\n", strings.ToUpper(group.head), group.n)
		if group.severity == check.Fine && !all {
			printFine(w, r)
			continue
		}
		n := 0
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Severity == group.severity {
				n++
				printJudged(w, n, f)
			}
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "\nNote: %s\n", note)
	}
	fmt.Fprintln(w)
	if r.Wrong == 0 {
		fmt.Fprintf(w, "Nothing is wrong. %d to look at.\n", r.LookAt)
		return
	}
	fmt.Fprintf(w, "%d wrong, %d to look at.\n", r.Wrong, r.LookAt)
}

// printFine counts what is fine by its kind, in the order in which the kinds first come.
func printFine(w io.Writer, r *check.Report) {
	count := map[check.Kind]int{}
	var kinds []check.Kind
	for _, f := range r.Findings {
		if f.Severity == check.Fine {
			if count[f.Kind]++; count[f.Kind] == 1 {
				kinds = append(kinds, f.Kind)
			}
		}
	}
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		parts[i] = fmt.Sprintf("%d %s", count[k], k)
	}
	fmt.Fprintf(w, "  %s. List them with --all.\n", strings.Join(parts, ", "))
}

func printJudged(w io.Writer, n int, f *check.Finding) {
	where := f.Place
	if where == "" {
		where = "the whole draft"
	}
	fmt.Fprintf(w, "\n%3d. %s, %s\n", n, strings.ToUpper(string(f.Kind)), where)
	if f.Words != "" {
		printWrapped(w, "     ", f.Words)
	}
	printWrapped(w, "     → ", f.Why)
	for _, c := range f.Changes {
		printWrapped(w, "       ", check.ShowChange(&c))
	}
	if f.Right != "" {
		printWrapped(w, "     right: ", f.Right)
	}
	if n := len(f.Members); n > 0 && (f.Kind == check.WrongNumber || f.Kind == check.WrongWord) && f.Source == nil {
		printWrapped(w, "     who: ", strings.Join(f.Members, "; "))
	}
	if f.Source != nil && f.Kind == check.NotFound && f.Source.Words != "" {
		printWrapped(w, "     nearest: ", fmt.Sprintf("%s, %s, %s [%s]: %s", f.Source.Member, f.Source.Document, f.Source.Place, f.Source.Passage, shorten(f.Source.Words)))
	}
}

// shorten keeps as much of a passage as tells it.
func shorten(s string) string {
	const most = 300
	r := []rune(oneLine(s))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most]) + " …"
}

// printWrapped prints text under a head, with lines that fit a terminal.
func printWrapped(w io.Writer, head, text string) {
	const width = 96
	line, length := head, len([]rune(head))
	indent := strings.Repeat(" ", length)
	start := true
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if !start && length+1+n > width {
			fmt.Fprintln(w, line)
			line, length, start = indent, len([]rune(indent)), true
		}
		if !start {
			line += " "
			length++
		}
		line, length, start = line+word, length+n, false
	}
	fmt.Fprintln(w, line)
}
