package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func evalCommand(a *app) *cobra.Command {
	var searches bool
	var o evalOptions
	var live liveMeasure
	c := &cobra.Command{
		Use:   "eval FOLDER",
		Short: "Measure suggestions and search against a hand-coded gold standard",
		Long: `Reads FOLDER as run does, into a record that is thrown away, and compares the suggestions with FOLDER/gold.jsonl and the search with
FOLDER/queries.txt. Themes are compared per passage and per member; stance where both sides see the theme. Of a search, recall@k is the share
of the judged passages (at most k) that are among the first k; MRR the mean of 1/rank of the first of them; nDCG@10 weighs each among the
first ten by its rank. Where FOLDER/claims.jsonl marks what passages ask, count, date and name, what is found is compared with it: a claim
is found when it and the marked one share half of their words.

A FOLDER with a texts.jsonl holds texts by themselves: a JSON object a line with id, text, split (train or test) and, if there are any,
member, question, heading and submission (texts of one submission that follow one another are neighbours). gold.jsonl has id, coder and
themes, codebook.yaml the themes. The tool learns from the coded train texts, or from --labels of them, and is measured on the test texts.
--curve prints what 0, 50, 100, 400 and all of them reach, medians of five drawings; --by-member what is lost on a member of whom nothing
was coded. --csv writes the table, or without these two every answer.

With --live FOLDER is a consultation (NAME.collate) instead: its suggestions are compared with what a person coded of passages drawn at random,
without having seen them. The first time it draws at least 50 and says how to code them.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if live.on {
				live.seed = o.seed
				return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return a.measure(cmd.Context(), an, live) })
			}
			info, err := os.Stat(args[0])
			if err != nil || !info.IsDir() {
				return misuse("%s is not a folder with a gold standard. To measure a consultation: collate eval --live NAME.collate", args[0])
			}
			if folder := os.DirFS(args[0]); isSet(folder) {
				return a.evalTexts(cmd.Context(), folder, o)
			}
			e, err := a.eval(cmd.Context(), os.DirFS(args[0]))
			if err != nil {
				return err
			}
			return a.print(e, func(w io.Writer) {
				printEvaluation(w, e)
				if searches {
					fmt.Fprintln(w)
					printSearches(w, e.Ranking)
				}
			})
		},
	}
	c.Flags().BoolVar(&searches, "searches", false, "also show each search and where its judged passages came")
	c.Flags().IntVar(&o.labels, "labels", -1, "learn from this many coded texts, drawn by --seed (default: all)")
	c.Flags().Uint64Var(&o.seed, "seed", 1, "which coded texts are drawn; with --live, which passages, and of the intervals")
	c.Flags().StringVar(&o.csv, "csv", "", "also write the answers, or the table, to this file")
	c.Flags().BoolVar(&o.curve, "curve", false, "show what 0, 50, 100, 400 and all coded texts reach")
	c.Flags().BoolVar(&o.byMember, "by-member", false, "show what is lost on a member of whom nothing was coded")
	c.Flags().BoolVar(&live.on, "live", false, "measure a consultation against passages coded blind")
	c.Flags().IntVar(&live.passages, "passages", themes.LeastMeasured, "with --live: how many passages are drawn")
	c.Flags().StringVar(&live.coder, "coder", "", "with --live: whose codes are the measure (default: whoever coded most)")
	return c
}

func (a *app) eval(ctx context.Context, folder fs.FS) (e *themes.Evaluation, err error) {
	text, err := fs.ReadFile(folder, "gold.jsonl")
	if err != nil {
		return nil, err
	}
	gold, err := themes.ReadGold(text)
	if err != nil {
		return nil, err
	}
	var searches []themes.Judged
	if text, err := fs.ReadFile(folder, "queries.txt"); err == nil {
		if searches, err = themes.ReadJudged(text); err != nil {
			return nil, err
		}
	}
	dir, err := os.MkdirTemp("", "collate-eval-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a.indexDir = filepath.Join(dir, "index")
	opt, err := a.options()
	if err != nil {
		return nil, err
	}
	an, err := themes.Create(ctx, filepath.Join(dir, "eval.collate"), opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, an.Close()) }()
	if err := configure(ctx, an, folder, "eval", "eval", io.Discard); err != nil {
		return nil, err
	}
	if _, err := an.AddFolder(ctx, folder, a.workers()); err != nil {
		return nil, err
	}
	if _, err := an.Tag(ctx); err != nil {
		return nil, err
	}
	if e, err = an.Evaluate(ctx, gold, searches); err != nil {
		return nil, err
	}
	marked, err := goldClaims(folder)
	if err != nil {
		return nil, err
	}
	if len(marked) > 0 {
		e.Claims, err = an.EvaluateClaims(ctx, marked)
	}
	return e, err
}

// goldClaims reads the files of the folder that mark passages for asks, figures, dates and mentions; none is no error.
func goldClaims(folder fs.FS) ([]themes.GoldClaims, error) {
	var out []themes.GoldClaims
	for _, name := range []string{"claims.jsonl", "claims-more.jsonl"} {
		text, err := fs.ReadFile(folder, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		marked, err := themes.ReadGoldClaims(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, marked...)
	}
	return out, nil
}

func printEvaluation(w io.Writer, e *themes.Evaluation) {
	fmt.Fprintf(w, "%d passages of %d members, coded by people and by the tool\n\n", e.Passages, e.Members)
	fmt.Fprintf(w, "%-36s %5s  %-23s %-8s %s\n", "", "", "per passage", "member", "kappa")
	fmt.Fprintf(w, "%-36s %5s  %-7s %-7s %-7s %-8s %-7s %s\n", "theme", "gold", "prec.", "recall", "F1", "F1", "tool", "readers")
	for _, t := range e.Themes {
		fmt.Fprintf(w, "%-36s %5d  %-7.2f %-7.2f %-7.2f %-8.2f %-7.2f %.2f\n", t.Name, t.Gold, t.Passage.Precision(), t.Passage.Recall(), t.Passage.F1(), t.Member.F1(), t.Kappa, t.ReadersKappa)
	}
	fmt.Fprintf(w, "%-36s %5d  %-7.2f %-7.2f %-7.2f %.2f\n", "all (micro)", e.Passage.Right+e.Passage.Missed, e.Passage.Precision(), e.Passage.Recall(), e.Passage.F1(), e.Member.F1())
	fmt.Fprintf(w, "%-36s %5s  %-7s %-7s %-7.2f %.2f\n", "all (macro)", "", "", "", e.PassageMacro, e.MemberMacro)
	if len(e.Readers) == 2 {
		fmt.Fprintf(w, "\nceiling: %s against %s, micro F1 %.2f per passage\n", e.Readers[0], e.Readers[1], e.ReadersF1)
	}
	printLearning(w, e)
	if e.StancePairs > 0 {
		fmt.Fprintf(w, "\nstance, on the %d passages and themes that both code: %.2f right, \"not stated\" being one answer\n", e.StancePairs, float64(e.StanceRight)/float64(e.StancePairs))
		fmt.Fprintf(w, "  stated for %d, of which %.2f right; always the commonest stance: %.2f; the readers agree on %.2f\n", e.StanceStated, float64(e.StanceStatedRight)/float64(max(1, e.StanceStated)), e.StanceCommon, e.StanceReaders)
	}
	if e.Searches > 0 {
		fmt.Fprintf(w, "\nsearch, %d queries: recall@5 %.2f, recall@20 %.2f, MRR %.2f, nDCG@10 %.2f\n", e.Searches, e.RecallAt5, e.RecallAt20, e.MRR, e.NDCGAt10)
	}
	if len(e.Claims) > 0 {
		printClaims(w, e.Claims)
	}
}

// printClaims prints how well claims are found, and of those that are how often each part is as marked, in brackets where the marking
// states the part at all.
func printClaims(w io.Writer, scores []themes.ClaimScore) {
	fmt.Fprintf(w, "\n%-10s %-6s %6s  %-6s %-7s %-6s %s\n", "claims", "part", "marked", "prec.", "recall", "F1", "of those found, as marked (where the marking states it)")
	for _, c := range scores {
		fmt.Fprintf(w, "%-10s %-6s %6d  %-6.2f %-7.2f %-6.2f", c.Kind, c.Split, c.Right+c.Missed, c.Precision(), c.Recall(), c.F1())
		for i, p := range c.Parts {
			fmt.Fprintf(w, "%s %s %d of %d (%d of %d)", strings.Repeat(",", min(i, 1)), p.Name, p.Right, p.Of, p.StatedRight, p.Stated)
		}
		fmt.Fprintln(w)
	}
}

// printLearning shows what reviewing brings.
func printLearning(w io.Writer, e *themes.Evaluation) {
	if len(e.Learning) == 0 {
		return
	}
	fmt.Fprintf(w, "\nlearning: medians of five drawings; reviewed passages are of one half of the members, the figures of the other's (%d passages)\n", e.Learning[0].Tested)
	fmt.Fprintf(w, "%-9s %-33s kappa with\n%-9s %-8s %-7s %-8s %-7s", "", "F1", "reviewed", "passage", "member", "theme", "micro")
	for _, name := range e.Readers {
		fmt.Fprintf(w, " %-10s", name)
	}
	fmt.Fprintln(w, " (each other)")
	for _, x := range e.Learning {
		fmt.Fprintf(w, "%-9d %-8.2f %-7.2f %-8.2f %-7.2f", x.Reviewed, x.Passage, x.Member, x.Theme, x.Micro)
		for _, k := range x.Kappa {
			fmt.Fprintf(w, " %-10.2f", k)
		}
		fmt.Fprintf(w, " %.2f\n", x.ReadersIn)
	}
}

// printSearches lists the searches, the ranks of their judged passages in the order of the judgement, and - for one that did not come.
func printSearches(w io.Writer, r themes.Ranking) {
	fmt.Fprintf(w, "%-54s %5s  %8s %9s %6s %7s  %s\n", "search", "found", "recall@5", "recall@20", "1/rank", "nDCG@10", "ranks")
	for _, s := range r.Each {
		var ranks []string
		for _, rank := range s.Ranks {
			if rank == 0 {
				ranks = append(ranks, "-")
				continue
			}
			ranks = append(ranks, strconv.Itoa(rank))
		}
		fmt.Fprintf(w, "%-54s %5d  %8.2f %9.2f %6.2f %7.2f  %s\n", s.Query, s.Found, s.Recall(5), s.Recall(20), s.ReciprocalRank(), s.NDCG(10), strings.Join(ranks, " "))
	}
}
