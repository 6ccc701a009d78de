package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"collate/themes"
	"collate/themes/agreement"
)

// liveMeasure are the flags of eval --live.
type liveMeasure struct {
	on       bool
	passages int
	seed     uint64
	coder    string
}

// measure draws the sample, and shows the figures once somebody has coded it.
func (a *app) measure(ctx context.Context, an *themes.Analysis, x liveMeasure) error {
	if x.passages < themes.LeastMeasured {
		return misuse("At least %d passages: with fewer the figures say nothing.", themes.LeastMeasured)
	}
	s, err := an.DrawMeasured(ctx, x.passages, x.seed, a.person())
	if errors.Is(err, themes.ErrSampleSeed) {
		s, err = an.DrawMeasured(ctx, x.passages, 0, a.person())
	}
	if err != nil {
		return sampleMisuse(err)
	}
	m, err := an.Measure(ctx, x.coder, x.seed)
	if errors.Is(err, themes.ErrNotCoded) {
		return a.print(map[string]any{"sample": s, "coded": 0}, func(w io.Writer) { printToCode(w, s) })
	}
	if err != nil {
		return err
	}
	return a.print(m, func(w io.Writer) { printMeasurement(w, m) })
}

func printToCode(w io.Writer, s themes.Sample) {
	fmt.Fprintf(w, `The sample has %s, drawn at random with seed %d. Nobody has coded it yet. Code it without sight of the suggestions, here:
  collate review --blind
or in Excel:
  collate agreement export --coder NAME FILE.xlsx
  collate agreement import FILE.xlsx
A second person who codes %d of them shows how far people agree. Then: collate eval --live NAME.collate
`, plural(s.Passages, "passage"), s.Seed, themes.LeastDouble)
}

func printMeasurement(w io.Writer, m *themes.Measurement) {
	fmt.Fprintf(w, "Suggestions (%s, learnt from %s reviewed) against %s, who coded %s of %s blind\n\n", m.Aim, plural(m.Reviewed, "passage"), m.Coder, plural(m.Passages, "passage"), plural(m.Members, "member"))
	fmt.Fprintf(w, "%-36s %5s  %-7s %-7s %-7s %s\n", "theme", "yes", "prec.", "recall", "F1", "kappa")
	for _, t := range m.Themes {
		fmt.Fprintf(w, "%-36s %5d  %s  %s\n", shortened(t.Name, 36), t.Yes, threeFigures(t.Score), figure(t.Kappa))
	}
	fmt.Fprintf(w, "%-36s %5s  %s\n\n", "all (micro)", "", threeFigures(m.Micro))
	fmt.Fprintf(w, "mean F1 of a member   %s\nmean F1 of a passage  %s\n", figure(m.MemberF1), figure(m.PassageF1))
	fmt.Fprintf(w, "i.AI's own bar, %.2f on at least %d checked answers: %s\n", themes.BarF1, themes.BarAnswers, map[bool]string{true: "reached", false: "not reached"}[m.Bar])
	if h := m.Human; h != nil {
		fmt.Fprintf(w, "two people (%s, %s): kappa %s, mean F1 of a passage %.2f\n", strings.Join(h.Between, " and "), plural(h.Passages, "passage"), figure(h.Kappa), h.PassageF1)
	}
	fmt.Fprintf(w, "\n%-12s %6s %6s %6s  %s\n", "probability", "pairs", "said", "right", "(95 %)")
	for _, r := range m.Reliable {
		fmt.Fprintf(w, "%.1f to %.1f   %6d %6.2f %6.2f  (%.2f to %.2f)\n", r.From, r.To, r.Pairs, r.Said, r.Right, r.Low, r.High)
	}
	fmt.Fprintf(w, "off by %.3f in the mean\n\n%-36s %8s  %-7s %-7s %s\n", m.CalibrationError(), "member", "passages", "prec.", "recall", "F1")
	for _, x := range m.Split {
		fmt.Fprintf(w, "%-36s %8d  %s\n", shortened(x.Member, 36), x.Passages, threeFigures(x.Score))
	}
	fmt.Fprintln(w)
	for _, n := range m.Notes {
		fmt.Fprintln(w, n)
	}
}

func threeFigures(s themes.MeasuredScore) string {
	return fmt.Sprintf("%-7.2f %-7.2f %-7.2f", s.Precision, s.Recall, s.F1)
}

// figure is a value with its interval, or why there is none.
func figure(f agreement.Figure) string {
	switch {
	case !f.Defined():
		return "not defined: " + f.Why
	case f.WhyInterval != "":
		return fmt.Sprintf("%.2f (no interval: %s)", f.Value, f.WhyInterval)
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f)", f.Value, f.Low, f.High)
}
