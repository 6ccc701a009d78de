package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/evidence"
	"collate/themes/export"
)

func evidenceCommand(a *app) *cobra.Command {
	var f evidenceFlags
	var from proposeFlags
	c := &cobra.Command{
		Use:   "evidence [NAME.collate] [OUTLINE.yaml]",
		Short: "Write evidence for a select committee (.docx) from an outline, and the companion that traces it (.xlsx)",
		Long: `Writes the Word document for the committee, and beside it the companion: each paragraph with the passages, members and places that it rests
on, where the members stand, and the dissent a witness may be asked about. Every quote is cut from the record again; one that does not stand
there, or may not be shown, stops it. Only confirmed positions are counted: --suggested writes a working draft, marked as one.

Without an outline the one beside the record ("NAME outline.yaml") is used; where there is none, one is proposed and written there.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				return a.writeEvidence(cmd.Context(), an, rest, f, from)
			})
		},
	}
	f.add(c, "the document to write, ending in .docx (default: beside the record)")
	from.add(c)
	c.AddCommand(evidenceOutlineCommand(a), evidenceResponseCommand(a), evidenceGapsCommand(a), evidenceOralCommand(a))
	return c
}

// writtenDraft is what is told of a draft that was written.
type writtenDraft struct {
	Files    []string           `json:"files"`
	Outline  string             `json:"outline"`
	Ready    bool               `json:"ready"`
	Words    evidence.WordCount `json:"words"`
	Problems []evidence.Problem `json:"problems"`
}

func (a *app) writeEvidence(ctx context.Context, an *themes.Analysis, args []string, f evidenceFlags, from proposeFlags) error {
	beside := strings.TrimSuffix(an.Path(), ".collate")
	to := cmp.Or(f.to, beside+" evidence"+draftSuffix(f)+".docx")
	if !strings.HasSuffix(strings.ToLower(to), ".docx") {
		return misuse("The name after --to must end in .docx: committees do not take PDF.")
	}
	d, outline, err := a.draft(ctx, an, evidence.Evidence, args, beside+" outline.yaml", f, from)
	if err != nil {
		return err
	}
	companion := to[:len(to)-len(".docx")] + " companion.xlsx"
	if err := errors.Join(writeFile(to, func(w io.Writer) error { return export.Evidence(w, d) }), writeFile(companion, func(w io.Writer) error { return export.Companion(w, d) })); err != nil {
		return err
	}
	return a.tell(d, writtenDraft{Files: []string{to, companion}, Outline: outline})
}

func draftSuffix(f evidenceFlags) string {
	if f.suggested {
		return " DRAFT"
	}
	return ""
}

// draft makes a draft of the outline that the arguments name, or that lies beside the record, or that is proposed.
func (a *app) draft(ctx context.Context, an *themes.Analysis, kind evidence.Kind, args []string, beside string, f evidenceFlags, from proposeFlags) (*evidence.Draft, string, error) {
	m, o, path, err := a.outlined(ctx, an, kind, args, beside, f, from)
	if err != nil {
		return nil, "", err
	}
	d, err := evidence.Make(m, o, evidence.Options{Suggested: f.suggested})
	return d, path, err
}

// outlined gathers the record and reads the outline that a draft is made of; where there is none, one is proposed and written first.
func (a *app) outlined(ctx context.Context, an *themes.Analysis, kind evidence.Kind, args []string, beside string, f evidenceFlags, from proposeFlags) (*evidence.Material, *evidence.Outline, string, error) {
	path, err := outlineArg(args)
	if err != nil {
		return nil, nil, "", err
	}
	if _, err := os.Stat(beside); path == "" && err == nil {
		path = beside
		if from != (proposeFlags{}) {
			return nil, nil, "", misuse("There is an outline already, %s: --call, --from and --date are for a new one. Change it, or move it away.", path)
		}
	}
	var m *evidence.Material
	if path == "" {
		path = beside
		var p *evidence.Proposal
		if m, p, err = a.propose(ctx, an, kind, from, f.suggested); err != nil {
			return nil, nil, "", err
		}
		if err := writeFile(path, func(w io.Writer) error { _, err := w.Write(p.Text()); return err }); err != nil {
			return nil, nil, "", err
		}
	}
	o, err := readOutline(path)
	if err != nil {
		return nil, nil, "", err
	}
	if o.Kind != kind {
		return nil, nil, "", misuse("%s is an outline of kind %s. Write it with: collate evidence%s", path, o.Kind, map[evidence.Kind]string{evidence.Response: " response"}[o.Kind])
	}
	if m == nil {
		m, err = evidence.Gather(ctx, an)
	}
	return m, o, path, err
}

// tell says what was written, how long it is and what keeps it from being ready. What a person should know goes to standard error, so that it is
// seen where the output goes to a program.
func (a *app) tell(d *evidence.Draft, x writtenDraft) error {
	x.Ready, x.Words, x.Problems = d.Ready(), d.Count, d.Problems
	if !a.json {
		printDraft(plainWriter{a.err}, d)
	}
	return a.print(x, func(w io.Writer) {
		fmt.Fprintln(w, "Outline", x.Outline)
		fmt.Fprintln(w, "Wrote  ", strings.Join(x.Files, "\nand     "))
	})
}

// printDraft prints the words of each part and the problems, those that matter most last.
func printDraft(w io.Writer, d *evidence.Draft) {
	for _, p := range d.Count.Parts {
		budget := ""
		if p.Budget > 0 {
			budget = fmt.Sprintf(" of %d", p.Budget)
		}
		fmt.Fprintf(w, "%6d%-9s %s\n", p.Words, budget, shortText(p.Heading, 90))
	}
	if d.Kind == evidence.Evidence {
		fmt.Fprintf(w, "%6d of %d words in all, footnotes and annex included\n", d.Count.Total, d.Count.Limit)
	}
	for _, level := range []evidence.Level{evidence.LookAt, evidence.LeftOut, evidence.Blocks} {
		for _, p := range d.Problems {
			if p.Level == level {
				fmt.Fprintf(w, "%s: %s%s\n", upper(string(level)), after2(p.Paragraph, ": "), p.What)
			}
		}
	}
	if d.Ready() {
		fmt.Fprintln(w, "Ready, as far as can be told here. Read it, and have it checked: collate check")
	}
}

// after2 puts a separator behind text, where there is text.
func after2(text, separator string) string {
	if text == "" {
		return ""
	}
	return text + separator
}

func shortText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
