package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/agreement"
	"collate/themes/export"
)

func agreementCommand(a *app) *cobra.Command {
	var to string
	var seed uint64
	c := &cobra.Command{
		Use:   "agreement [NAME.collate]",
		Short: "How far people, and people and the tool, code the same passages alike",
		Long: `Compares what several people coded, each without sight of the others, and what the tool suggests for the same passages: per theme and
over all themes, per cent, Cohen's kappa (among more than two Fleiss'), Krippendorff's alpha, with 95 % intervals.

  collate agreement sample 50                        draws 50 passages at random, once for everybody
  collate agreement export --coder Ann ann.xlsx      the sheet that Ann fills in; and another for Bob
  collate agreement import ann.xlsx                  reads what came back
  collate agreement                                  the table; --to agreement.xlsx writes it

What is coded blind is kept apart: it changes no tag and no output. Confidential passages are never drawn.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return a.agreement(cmd.Context(), an, seed, to) })
		},
	}
	c.Flags().StringVar(&to, "to", "", "write the table as a workbook, ending in .xlsx")
	c.Flags().Uint64Var(&seed, "seed", 1, "of the intervals")
	c.AddCommand(agreementSampleCommand(a), agreementExportCommand(a), agreementImportCommand(a))
	return c
}

func (a *app) agreement(ctx context.Context, an *themes.Analysis, seed uint64, to string) error {
	found, err := an.Agreement(ctx, seed)
	if err != nil {
		return sampleMisuse(err)
	}
	if to != "" {
		if err := xlsxName(to); err != nil {
			return err
		}
		if err := writeFile(to, func(w io.Writer) error { return export.AgreementWorkbook(w, found) }); err != nil {
			return err
		}
		fmt.Fprintf(a.err, "Wrote %s\n", plainText(to))
	}
	return a.print(found, func(w io.Writer) { printAgreement(w, found) })
}

// xlsxName asks for a name that says what will be in the file.
func xlsxName(path string) error {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return misuse("The name of the workbook must end in .xlsx: %s does not.", path)
	}
	return nil
}

// sampleMisuse says what to do about a sample.
func sampleMisuse(err error) error {
	switch {
	case errors.Is(err, themes.ErrNoSample):
		return misuse("No sample has been drawn yet. Draw one with: collate agreement sample 50")
	case errors.Is(err, themes.ErrSampleSmaller):
		return misuse("%s. Ask for more.", upper(err.Error()))
	case errors.Is(err, themes.ErrSampleSeed):
		return misuse("%s. It grows with the same seed: leave --seed out.", upper(err.Error()))
	}
	return err
}

func agreementSampleCommand(a *app) *cobra.Command {
	var seed uint64
	c := &cobra.Command{
		Use:   "sample [NAME.collate] N",
		Short: "Draw N passages at random for double coding, the same for everybody",
		Long: `Makes the sample for double coding N passages in size and records which they are. Asked again for the same N it changes nothing; asked
for more it adds to those that are drawn.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate agreement sample [NAME.collate] N")
				}
				n, err := strconv.Atoi(rest[0])
				if err != nil || n < 1 {
					return misuse("%q is not a number of passages.", rest[0])
				}
				s, err := an.DrawSample(cmd.Context(), n, seed, a.person())
				if err != nil {
					return sampleMisuse(err)
				}
				return a.print(s, func(w io.Writer) { printSample(w, s, n) })
			})
		},
	}
	c.Flags().Uint64Var(&seed, "seed", 0, "of the drawing (default: 1, or the one that the sample was begun with)")
	return c
}

func printSample(w io.Writer, s themes.Sample, asked int) {
	fmt.Fprintf(w, "The sample has %s of %s, drawn at random with seed %d from %d; %d of them now.\n", plural(s.Passages, "passage"), plural(s.Members, "member"), s.Seed, s.From, s.Added)
	if s.Passages < asked {
		fmt.Fprintf(w, "There are no more to draw: %d were asked for.\n", asked)
	}
	if s.LeftOut > 0 {
		fmt.Fprintf(w, "%s left out, because they are confidential or name somebody who is not to be named.\n", plural(s.LeftOut, "passage"))
	}
	if s.Lost > 0 {
		fmt.Fprintf(w, "%s drawn before and not there any more.\n", plural(s.Lost, "passage"))
	}
	fmt.Fprintln(w, "Next, once for each person who codes: collate agreement export --coder NAME FILE.xlsx")
}

func agreementExportCommand(a *app) *cobra.Command {
	var coder string
	c := &cobra.Command{
		Use:   "export [NAME.collate] FILE.xlsx --coder NAME",
		Short: "Write the sheet on which one person codes the sample, without sight of anybody else's codings",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if coder = strings.TrimSpace(coder); len(rest) != 1 || coder == "" {
					return misuse("Write it as: collate agreement export [NAME.collate] FILE.xlsx --coder NAME")
				}
				if err := xlsxName(rest[0]); err != nil {
					return err
				}
				if _, err := os.Stat(rest[0]); err == nil {
					return misuse("There is a file %s already. It could hold somebody's codings: choose another name.", rest[0])
				}
				sheet, err := an.BlindSheet(cmd.Context(), coder)
				if err != nil {
					return sampleMisuse(err)
				}
				if err := writeFile(rest[0], func(w io.Writer) error { return export.BlindWorkbook(w, sheet) }); err != nil {
					return err
				}
				return a.print(map[string]any{"file": rest[0], "coder": coder, "passages": len(sheet.Rows), "left_out": sheet.LeftOut, "lost": sheet.Lost}, func(w io.Writer) {
					fmt.Fprintf(w, "Wrote %s: %s for %s to code. Confidential passages are not in it.\n", rest[0], plural(len(sheet.Rows), "passage"), coder)
					if n := sheet.LeftOut + sheet.Lost; n > 0 {
						fmt.Fprintf(w, "%s of the sample left out: not to be shown any more, or not there any more.\n", plural(n, "passage"))
					}
				})
			})
		},
	}
	c.Flags().StringVar(&coder, "coder", "", "the person who will code")
	return c
}

func agreementImportCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "import [NAME.collate] FILE.xlsx",
		Short: "Read a sheet that came back, as what that person coded blind",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate agreement import [NAME.collate] FILE.xlsx")
				}
				data, err := readBounded(rest[0])
				if err != nil {
					return err
				}
				r, err := an.ImportBlind(cmd.Context(), data, a.person())
				if errors.Is(err, themes.ErrNotBlindSheet) || errors.Is(err, extract.ErrDamaged) {
					return misuse("%s is not a sheet that collate agreement export wrote. Nothing was taken.", rest[0])
				}
				if err != nil {
					return err
				}
				return a.print(r, func(w io.Writer) { printBlindImport(w, r) })
			})
		},
	}
}

// readBounded reads a file that a person gave, if it is not larger than a submission may be.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxBytes+1))
	if err == nil && len(data) > extract.MaxBytes {
		err = extract.ErrLimit
	}
	return data, err
}

func printBlindImport(w io.Writer, r *themes.BlindImport) {
	fmt.Fprintf(w, "Taken as coded blind by %s: %s of %s; %d known already, %s empty.\n", r.Coder, plural(r.Taken, "coding"), plural(r.Passages, "passage"), r.Same, plural(r.Empty, "cell"))
	for _, x := range r.Refused {
		fmt.Fprintf(w, "  not taken: row %d, %s: %s\n", x.Row, x.Column, x.Why)
	}
	if r.More > 0 {
		fmt.Fprintf(w, "  not taken: %d more\n", r.More)
	}
}

func printAgreement(w io.Writer, a *themes.Agreement) {
	fmt.Fprintf(w, "A sample of %s of %s, coded blind", plural(a.Sample.Passages, "passage"), plural(a.Sample.Members, "member"))
	for i, c := range a.Coders {
		fmt.Fprintf(w, "%s %s %d", [2]string{":", ","}[min(i, 1)], c.Coder, c.Passages)
	}
	fmt.Fprintln(w)
	between := ""
	for _, r := range a.Rows {
		if names := strings.Join(r.Between, " and "); names != between {
			between = names
			kappa := "Cohen's kappa"
			if r.Who == themes.AllPeople {
				kappa = "Fleiss' kappa"
			}
			fmt.Fprintf(w, "\n%s\n", names)
			fmt.Fprintf(w, "  %-36s %5s %5s %5s  %-44s %-8s %-8s %s\n", "theme", "items", "yes", "same", kappa, "alpha", "F1", "stance: same, alpha")
		}
		fmt.Fprintf(w, "  %-36s %5d %5s %5s  %-44s %-8s %-8s %s\n", shortened(r.Theme, 36), r.Items, percent(r.Yes), percent(r.Percent), inWords(r), decimal(r.Alpha), decimal(r.Both), stanceWords(r))
	}
	fmt.Fprintln(w)
	for _, n := range a.Notes {
		fmt.Fprintln(w, n)
	}
}

func percent(f agreement.Figure) string {
	if !f.Defined() {
		return "-"
	}
	return fmt.Sprintf("%.0f %%", 100*f.Value)
}

func decimal(f agreement.Figure) string {
	if !f.Defined() {
		return "-"
	}
	return fmt.Sprintf("%.2f", f.Value)
}

// inWords is a kappa with its interval and its word, or why there is none.
func inWords(r themes.AgreementRow) string {
	switch {
	case !r.Kappa.Defined():
		return "not defined: " + r.Kappa.Why
	case r.Kappa.WhyInterval != "":
		return fmt.Sprintf("%.2f (no interval: %s) %s", r.Kappa.Value, r.Kappa.WhyInterval, r.Word)
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f) %s", r.Kappa.Value, r.Kappa.Low, r.Kappa.High, r.Word)
}

func stanceWords(r themes.AgreementRow) string {
	if r.StanceItems == 0 {
		return "-"
	}
	return fmt.Sprintf("%s, %s of %d", percent(r.StanceSame), decimal(r.StanceAlpha), r.StanceItems)
}
