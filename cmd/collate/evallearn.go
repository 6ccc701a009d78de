package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"collate/themes/export"
	"collate/themes/learn"
)

// evalOptions are the flags of eval that texts by themselves need.
type evalOptions struct {
	labels   int // training passages; negative for all
	seed     uint64
	csv      string
	curve    bool
	byMember bool
}

// A setEvaluation is how well the tool codes the test texts of a set.
type setEvaluation struct {
	Labels     int     // coded passages that it learnt from
	Seed       uint64  // by which they were drawn
	Calibrated bool    // enough of them for probabilities to be believed
	Cut        float64 // the common one
	Themes     []string
	learn.Quality
}

// evalTexts evaluates a folder of coded texts as the flags say, and prints.
func (a *app) evalTexts(ctx context.Context, folder fs.FS, o evalOptions) error {
	s, err := readSet(folder)
	if err != nil {
		return err
	}
	if len(s.test) == 0 {
		return misuse(`No text of texts.jsonl has "split": "test": there is nothing to measure.`)
	}
	c, err := learn.NewCorpus(ctx, s.passages)
	if err != nil {
		return err
	}
	switch {
	case o.curve:
		points, err := s.curve(ctx, c)
		if err != nil {
			return err
		}
		return a.printTable(points, curveTable(points), o.csv)
	case o.byMember:
		rows, err := s.unseen(ctx, c, o)
		if err != nil {
			return err
		}
		return a.printTable(rows, unseenTable(rows), o.csv)
	}
	e, answers, err := s.evaluate(ctx, c, draw(s.train, o.labels, o.seed), s.test, o.seed)
	if err != nil {
		return err
	}
	if o.csv != "" {
		if err := writeTable(o.csv, s.answerTable(answers)); err != nil {
			return err
		}
	}
	return a.print(e, func(w io.Writer) { printSetEvaluation(w, e) })
}

// evaluate learns from some passages and rates others.
func (s *evalSet) evaluate(ctx context.Context, c *learn.Corpus, train, test []int, seed uint64) (*setEvaluation, [][]learn.Answer, error) {
	m, err := learn.Train(ctx, c, s.themes, s.labels(train), s.hits, nil)
	if err != nil {
		return nil, nil, err
	}
	scores, err := m.Score(ctx)
	if err != nil {
		return nil, nil, err
	}
	answers := make([][]learn.Answer, len(test))
	for i, p := range test {
		for t := range s.themes {
			answers[i] = append(answers[i], learn.Answer{Probability: scores.Probability(p, t), Suggested: scores.Suggested(p, t), Gold: s.gold[p][t]})
		}
	}
	e := &setEvaluation{Labels: len(train), Seed: seed, Calibrated: m.Calibrated(), Cut: m.Cut(), Quality: learn.Measure(answers, seed)}
	for _, t := range s.themes {
		e.Themes = append(e.Themes, t.ID)
	}
	return e, answers, nil
}

// sure is what became of the answers with a probability of .9 and more.
func (e *setEvaluation) sure() learn.Reliability {
	if len(e.Reliability) == 0 {
		return learn.Reliability{}
	}
	return e.Reliability[len(e.Reliability)-1]
}

// commonGold is how many test passages a theme must have to count as common: F1 of fewer says little.
const commonGold = 10

// common is the mean F1 of the themes that are common in the gold.
func (e *setEvaluation) common() float64 {
	sum, n := 0.0, 0
	for _, t := range e.Each {
		if t.Gold >= commonGold {
			sum, n = sum+t.F1, n+1
		}
	}
	return sum / float64(max(1, n))
}

// A curvePoint is what a number of coded passages reaches: medians over seeds.
type curvePoint struct {
	Labels, Seeds                             int
	Micro, Macro, Common, Sampled, MAP, Kappa float64
	ECE, Sure                                 float64
	SureCount                                 int
}

var curveLabels = []int{0, 50, 100, 400, -1}

const curveSeeds = 5

// curve is the learning curve. What draws nothing, no passage or all, is measured once.
func (s *evalSet) curve(ctx context.Context, c *learn.Corpus) ([]curvePoint, error) {
	var out []curvePoint
	for _, n := range curveLabels {
		if n >= len(s.train) {
			continue
		}
		p := curvePoint{Labels: n, Seeds: curveSeeds}
		if n <= 0 {
			p.Seeds = 1
		}
		var all []*setEvaluation
		for seed := range p.Seeds {
			e, _, err := s.evaluate(ctx, c, draw(s.train, n, uint64(seed+1)), s.test, uint64(seed+1))
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
		p.Labels = all[0].Labels
		median := func(f func(*setEvaluation) float64) float64 {
			var x []float64
			for _, e := range all {
				x = append(x, f(e))
			}
			slices.Sort(x)
			return x[len(x)/2]
		}
		p.Micro = median(func(e *setEvaluation) float64 { return e.Micro.F1 })
		p.Macro = median(func(e *setEvaluation) float64 { return e.Macro.F1 })
		p.Common = median((*setEvaluation).common)
		p.Sampled = median(func(e *setEvaluation) float64 { return e.Sampled.F1 })
		p.MAP = median(func(e *setEvaluation) float64 { return e.MAP })
		p.Kappa = median(func(e *setEvaluation) float64 { return e.Kappa })
		p.ECE = median(func(e *setEvaluation) float64 { return e.ECE })
		p.Sure = median(func(e *setEvaluation) float64 { return e.sure().Right })
		p.SureCount = int(median(func(e *setEvaluation) float64 { return float64(e.sure().Count) }))
		out = append(out, p)
	}
	return out, nil
}

func curveTable(points []curvePoint) [][]string {
	out := [][]string{{"labels", "seeds", "micro F1", "macro F1", fmt.Sprintf("macro, %d+", commonGold), "sample F1", "mAP", "kappa", "ECE", ".9 right", "of"}}
	for _, p := range points {
		row := []string{strconv.Itoa(p.Labels), strconv.Itoa(p.Seeds)}
		for _, x := range []float64{p.Micro, p.Macro, p.Common, p.Sampled, p.MAP, p.Kappa, p.ECE, p.Sure} {
			row = append(row, fmt.Sprintf("%.3f", x))
		}
		out = append(out, append(row, strconv.Itoa(p.SureCount)))
	}
	return out
}

// An unseenMember is how well one member's texts are coded when nobody coded any of them, beside the same number of coded passages drawn
// from all members.
type unseenMember struct {
	Member       string
	Test, Labels int
	Seen, Unseen float64 // micro F1
}

// leastUnseen is how many test passages a member must have to be measured alone.
const leastUnseen = 20

func (s *evalSet) unseen(ctx context.Context, c *learn.Corpus, o evalOptions) ([]unseenMember, error) {
	var members []string
	test := map[string][]int{}
	for _, p := range s.test {
		m := s.passages[p].Member
		if test[m] == nil {
			members = append(members, m)
		}
		test[m] = append(test[m], p)
	}
	var out []unseenMember
	for _, m := range members {
		if len(test[m]) < leastUnseen {
			continue
		}
		var others []int
		for _, p := range s.train {
			if s.passages[p].Member != m {
				others = append(others, p)
			}
		}
		others = draw(others, o.labels, o.seed)
		unseen, _, err := s.evaluate(ctx, c, others, test[m], o.seed)
		if err != nil {
			return nil, err
		}
		seen, _, err := s.evaluate(ctx, c, draw(s.train, len(others), o.seed), test[m], o.seed)
		if err != nil {
			return nil, err
		}
		out = append(out, unseenMember{m, len(test[m]), len(others), seen.Micro.F1, unseen.Micro.F1})
	}
	return out, nil
}

func unseenTable(rows []unseenMember) [][]string {
	out := [][]string{{"member", "texts", "labels", "seen", "unseen", "lost"}}
	lost := 0.0
	for _, r := range rows {
		lost += (r.Seen - r.Unseen) / float64(len(rows))
		out = append(out, []string{r.Member, strconv.Itoa(r.Test), strconv.Itoa(r.Labels), fmt.Sprintf("%.3f", r.Seen), fmt.Sprintf("%.3f", r.Unseen), fmt.Sprintf("%+.3f", r.Seen-r.Unseen)})
	}
	return append(out, []string{"mean", "", "", "", "", fmt.Sprintf("%+.3f", lost)})
}

// answerTable has a row for each test text and theme that somebody sees in it.
func (s *evalSet) answerTable(answers [][]learn.Answer) [][]string {
	out := [][]string{{"id", "theme", "probability", "suggested", "gold"}}
	for i, row := range answers {
		for t, x := range row {
			if x.Suggested || x.Gold || x.Probability >= 0.1 {
				out = append(out, []string{s.passages[s.test[i]].ID, s.themes[t].ID, fmt.Sprintf("%.3f", x.Probability), yesNo(x.Suggested), yesNo(x.Gold)})
			}
		}
	}
	return out
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// printTable prints v as JSON where that was asked for and the table otherwise, and writes the table where a file was named.
func (a *app) printTable(v any, table [][]string, csv string) error {
	if csv != "" {
		if err := writeTable(csv, table); err != nil {
			return err
		}
	}
	return a.print(v, func(w io.Writer) { printRows(w, table) })
}

// printRows prints a table with its columns under one another, the first to the left and the others to the right.
func printRows(w io.Writer, table [][]string) {
	width := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			width[i] = max(width[i], len([]rune(cell)))
		}
	}
	for _, row := range table {
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(w, "%-*s", width[i], cell)
			} else {
				fmt.Fprintf(w, "  %*s", width[i], cell)
			}
		}
		fmt.Fprintln(w)
	}
}

func writeTable(path string, table [][]string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := export.TableCSV(f, table); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func printSetEvaluation(w io.Writer, e *setEvaluation) {
	fmt.Fprintf(w, "%d test texts, learnt from %d coded ones (seed %d); probabilities %s\n\n", e.Passages, e.Labels, e.Seed, map[bool]string{true: "calibrated", false: "not calibrated: too few coded texts"}[e.Calibrated])
	fmt.Fprintf(w, "%-56s %5s %5s  %-6s %-6s %-6s %-6s %s\n", "theme", "gold", "said", "prec.", "recall", "F1", "AP", "kappa")
	for i, t := range e.Each {
		fmt.Fprintf(w, "%-56s %5d %5d  %-6.2f %-6.2f %-6.2f %-6.2f %.2f\n", e.Themes[i], t.Gold, t.Suggested, t.Precision, t.Recall, t.F1, t.AveragePrecision, t.Kappa)
	}
	line := func(name string, s learn.Share, r learn.Range) {
		fmt.Fprintf(w, "%-68s  %-6.3f %-6.3f %-6.3f (%.3f to %.3f)\n", name, s.Precision, s.Recall, s.F1, r.From, r.To)
	}
	fmt.Fprintln(w)
	line("all (micro)", e.Micro, e.MicroRange)
	line("mean of themes (macro)", e.Macro, e.MacroRange)
	line("mean of texts", e.Sampled, e.SampledRange)
	fmt.Fprintf(w, "mean average precision %.3f, mean kappa %.3f, calibration error %.3f\n", e.MAP, e.Kappa, e.ECE)
	fmt.Fprintf(w, "\n%-12s %7s  %-6s %s\n", "probability", "answers", "said", "right")
	for _, r := range e.Reliability {
		if r.Count > 0 {
			fmt.Fprintf(w, "%.1f to %.1f   %7d  %-6.2f %.2f\n", r.From, r.From+.1, r.Count, r.Said, r.Right)
		}
	}
}
