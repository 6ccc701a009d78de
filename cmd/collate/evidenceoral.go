package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/evidence"
	"collate/themes/export"
)

func evidenceOralCommand(a *app) *cobra.Command {
	var f evidenceFlags
	var from proposeFlags
	minutes := evidence.DefaultMinutes
	c := &cobra.Command{
		Use:   "oral [NAME.collate] [OUTLINE.yaml]",
		Short: "Write the pack for witnesses (.docx): one page for each theme, with speaking notes",
		Long: `Writes a Word document for who gives oral evidence, a page for each theme: our line, facts with their sources, quotes that may be said under a
name, likely questions, dissent, what the written evidence says and where, what nobody asked, and speaking notes for the time that --minutes gives.
It is from the same outline as the written evidence and counts as that does: confirmed positions only, unless --suggested is given. It names who
dissents: it is for your own witnesses.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if minutes < 1 || minutes > 10 {
				return misuse("--minutes is from 1 to 10, not %d.", minutes)
			}
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				beside := strings.TrimSuffix(an.Path(), ".collate")
				to := cmp.Or(f.to, beside+" oral evidence"+draftSuffix(f)+".docx")
				if !strings.HasSuffix(strings.ToLower(to), ".docx") {
					return misuse("The name after --to must end in .docx.")
				}
				m, o, outline, err := a.outlined(cmd.Context(), an, evidence.Evidence, rest, beside+" outline.yaml", f, from)
				if err != nil {
					return err
				}
				pack, err := evidence.MakeOral(m, o, evidence.OralOptions{Options: evidence.Options{Suggested: f.suggested}, Minutes: minutes})
				if err != nil {
					return err
				}
				if err := writeFile(to, func(w io.Writer) error { return export.OralPack(w, pack) }); err != nil {
					return err
				}
				return a.tellOral(pack, writtenOral{File: to, Outline: outline})
			})
		},
	}
	f.add(c, "the document to write, ending in .docx (default: beside the record)")
	from.add(c)
	c.Flags().IntVar(&minutes, "minutes", minutes, "how long the speaking notes of one theme take")
	return c
}

// writtenOral is what is told of a pack that was written.
type writtenOral struct {
	File     string             `json:"file"`
	Outline  string             `json:"outline"`
	Pages    []oralTime         `json:"pages"`
	Problems []evidence.Problem `json:"problems"`
}

type oralTime struct {
	Theme   string `json:"theme"`
	Words   int    `json:"words"`
	Seconds int    `json:"seconds"`
}

func (a *app) tellOral(o *evidence.Oral, x writtenOral) error {
	for i := range o.Pages {
		p := &o.Pages[i]
		x.Pages = append(x.Pages, oralTime{p.Theme, p.Words, p.Seconds()})
	}
	x.Problems = o.Problems
	if !a.json {
		w := plainWriter{a.err}
		for _, p := range x.Pages {
			fmt.Fprintf(w, "%3d:%02d %4d words  %s\n", p.Seconds/60, p.Seconds%60, p.Words, p.Theme)
		}
		for _, p := range x.Problems {
			fmt.Fprintf(w, "%s: %s: %s\n", upper(string(p.Level)), p.Paragraph, p.What)
		}
	}
	return a.print(x, func(w io.Writer) {
		fmt.Fprintln(w, "Outline", x.Outline)
		fmt.Fprintln(w, "Wrote  ", x.File)
	})
}
