package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/themes"
	"collate/themes/evidence"
)

// evidenceFlags are what the verbs that write a draft have in common.
type evidenceFlags struct {
	suggested bool
	to        string
}

func (f *evidenceFlags) add(c *cobra.Command, to string) {
	c.Flags().BoolVar(&f.suggested, "suggested", false, "count suggested positions too: a working draft, marked as one, that is not for outside")
	c.Flags().StringVar(&f.to, "to", "", to)
}

// proposeFlags say what a proposed outline is made from.
type proposeFlags struct{ call, submitter, date string }

func (f *proposeFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.call, "call", "", "the call for evidence, or the consultation's page, saved as .html, .docx or .pdf: its terms of reference are read")
	c.Flags().StringVar(&f.submitter, "from", "", "who submits, in full (default: the consortium that the members name most)")
	c.Flags().StringVar(&f.date, "date", "", "the date of the document (default: the day on which the call closes, else that of the record's last change)")
}

func evidenceOutlineCommand(a *app) *cobra.Command {
	var from proposeFlags
	var suggested, response bool
	c := &cobra.Command{
		Use:   "outline [NAME.collate] > outline.yaml",
		Short: "Propose an outline: terms of reference, themes, and the paragraphs that answer them",
		Long: `Prints a first outline for you to change: the terms of reference, the themes whose words stand in each, and for each theme the joint line, quotes,
an ask and a figure with its source, within the limit of words. A note above each says why it was chosen.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				kind := evidence.Evidence
				if response {
					kind = evidence.Response
				}
				_, p, err := a.propose(cmd.Context(), an, kind, from, suggested)
				if err != nil {
					return err
				}
				return a.print(p.Outline, func(w io.Writer) { w.Write(p.Text()) })
			})
		},
	}
	from.add(c)
	c.Flags().BoolVar(&suggested, "suggested", false, "make it for a working draft that counts suggested positions too")
	c.Flags().BoolVar(&response, "response", false, "make it for a consultation's questions, with a limit of words for each answer")
	return c
}

// propose gathers the record and proposes an outline.
func (a *app) propose(ctx context.Context, an *themes.Analysis, kind evidence.Kind, from proposeFlags, suggested bool) (*evidence.Material, *evidence.Proposal, error) {
	opt := evidence.ProposeOptions{Kind: kind, Submitter: from.submitter, Date: from.date, Suggested: suggested}
	if from.date != "" {
		if _, err := evidence.Day(from.date); err != nil {
			return nil, nil, misuse("%q is no date. Write it as 2023-06-09.", from.date)
		}
	}
	var err error
	if from.call != "" {
		if opt.Call, err = a.readCall(ctx, from.call); err != nil {
			return nil, nil, err
		}
	}
	m, err := evidence.Gather(ctx, an)
	if err != nil {
		return nil, nil, err
	}
	if opt.Submitter == "" {
		names, err := an.Mentions(ctx)
		if err != nil {
			return nil, nil, err
		}
		opt.Submitter = evidence.Consortium(m, names)
	}
	p, err := evidence.Propose(m, opt)
	return m, p, err
}

// readCall reads a call for evidence as submissions are read: in a process of its own.
func (a *app) readCall(ctx context.Context, name string) (*evidence.Call, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	opt, err := a.options()
	if err != nil {
		return nil, err
	}
	doc, err := opt.Read(ctx, filepath.Base(name), data)
	if failure := index.FailureName(err); err != nil && index.FailureError(failure) != nil {
		return nil, misuse("%s: %s", name, explain.Unread(failure, err.Error()))
	}
	if err != nil {
		return nil, err
	}
	call := evidence.ReadCall(doc)
	if len(call.Terms) == 0 {
		fmt.Fprintf(a.err, "No list of terms of reference was found in %s: write them into the outline.\n", name)
	}
	return call, nil
}

// readOutline reads an outline file.
func readOutline(name string) (*evidence.Outline, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, misuse("There is no outline %s. Make one with: collate evidence outline > outline.yaml", name)
	}
	if err != nil {
		return nil, err
	}
	return evidence.ParseOutline(data)
}

// outlineArg finds the outline among the arguments behind the record; "" where there is none.
func outlineArg(args []string) (string, error) {
	switch {
	case len(args) == 0:
		return "", nil
	case len(args) > 1 || !strings.HasPrefix(strings.ToLower(filepath.Ext(args[0])), ".y"):
		return "", misuse("Name one outline, a file that ends in .yaml: %s", strings.Join(args, " "))
	}
	return args[0], nil
}
