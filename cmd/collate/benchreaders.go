package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/index/extract"
)

func benchReadersCommand(a *app) *cobra.Command {
	var worst float64
	c := &cobra.Command{
		Use:   "readers FOLDER",
		Short: "Measure the readers on a folder of files with reference texts",
		Long: `Reads every file in FOLDER and compares it with the reference text beside it (FILE.ref.txt), where there is one of 20 words or more, as
bags of words: F1 is the harmonic mean of precision and recall, "missing" the share of the reference's words that were not read. Speed is
wall time in this run; pandoc and pdftotext are timed on the same files, with their start, where they are installed.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := a.options()
			if err != nil {
				return err
			}
			trials, err := tryReaders(cmd.Context(), opt.Options, args[0])
			if err != nil {
				return err
			}
			rows := benchRows(trials)
			return a.print(map[string]any{"formats": rows, "files": trials}, func(w io.Writer) { printBench(w, rows, trials, worst) })
		},
	}
	c.Flags().Float64Var(&worst, "worst", 0, "also list the files whose F1 is below this, as in --worst 0.95")
	return c
}

// A trial is one file that was read.
type trial struct {
	File    string        `json:"file"`
	Format  string        `json:"format"`
	Bytes   int           `json:"bytes"`
	Pages   int           `json:"pages,omitempty"`
	Took    time.Duration `json:"ns"`
	Failure string        `json:"failure,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Score   extract.Score `json:"score"`
	F1      float64       `json:"f1,omitempty"`
	Scored  bool          `json:"scored"`
	Other   time.Duration `json:"other_ns,omitempty"` // by the other program
}

// minReference is how many words a reference must have to say something.
const minReference = 20

func tryReaders(ctx context.Context, opt index.Options, folder string) ([]trial, error) {
	var files []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasSuffix(name, ".ref.txt") && filepath.Dir(name) != filepath.Clean(folder) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, misuse("There are no files in the folders of %s.", folder)
	}
	// The readers are started, and PDFium compiled, before the clock runs.
	for _, file := range files[:1] {
		if data, err := os.ReadFile(file); err == nil {
			opt.Read(ctx, file, data)
		}
	}
	var trials []trial
	for i, file := range files {
		opt.Progress(i, len(files), filepath.Base(file))
		t, err := try(ctx, opt.Read, file)
		if err != nil {
			return nil, err
		}
		trials = append(trials, t)
	}
	opt.Progress(len(files), len(files), "")
	return trials, nil
}

func try(ctx context.Context, read index.Reader, file string) (trial, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return trial{}, err
	}
	t := trial{File: filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file), Format: strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")), Bytes: len(data)}
	start := time.Now()
	doc, err := read(ctx, filepath.Base(file), data)
	t.Took = time.Since(start)
	if err := ctx.Err(); err != nil {
		return t, err
	}
	if err != nil {
		t.Failure, t.Reason = index.FailureName(err), err.Error()
		return t, nil
	}
	t.Format, t.Pages = doc.Format, doc.Facts.Pages
	t.Other = otherProgram(ctx, doc.Format, file)
	if reference, err := os.ReadFile(file + ".ref.txt"); err == nil {
		t.Score = extract.Compare(extract.Printed(doc), string(reference))
		t.F1, t.Scored = t.Score.F1(), t.Score.Reference >= minReference
	}
	return t, nil
}

// others are the programs that the readers are timed beside, by format.
var others = map[string][]string{
	"docx": {"pandoc", "-f", "docx", "-t", "plain"}, "odt": {"pandoc", "-f", "odt", "-t", "plain"}, "rtf": {"pandoc", "-f", "rtf", "-t", "plain"},
	"html": {"pandoc", "-f", "html", "-t", "plain"}, "pdf": {"pdftotext"}, "doc": {"antiword"},
}

// otherProgram times another program on a file; 0 when it is not installed, fails, or takes more than a minute.
func otherProgram(ctx context.Context, format, file string) time.Duration {
	command, ok := others[format]
	if !ok {
		return 0
	}
	if _, err := exec.LookPath(command[0]); err != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	args := append(slices.Clone(command[1:]), file)
	if command[0] == "pdftotext" {
		args = append(args, "-")
	}
	start := time.Now()
	if exec.CommandContext(ctx, command[0], args...).Run() != nil {
		return 0
	}
	return time.Since(start)
}

// A benchRow is what was measured of one format.
type benchRow struct {
	Format   string         `json:"format"`
	Files    int            `json:"files"`
	Read     int            `json:"read"`
	Failures map[string]int `json:"failures,omitempty"` // clean errors, by the record's word for why
	Panics   int            `json:"panics"`
	Hangs    int            `json:"hangs"`
	Scored   int            `json:"scored"` // with a reference of 20 words or more
	Median   float64        `json:"median_f1"`
	Mean     float64        `json:"mean_f1"`
	Missing  float64        `json:"missing"` // of all the references' words
	Speed    float64        `json:"mb_per_s"`
	Pages    float64        `json:"pages_per_s,omitempty"`
	Other    string         `json:"other,omitempty"`
	Ratio    float64        `json:"times_as_fast,omitempty"` // the other's time by ours, on the files that both read
}

func benchRows(trials []trial) []benchRow {
	of := map[string][]trial{}
	for _, t := range trials {
		of[t.Format] = append(of[t.Format], t)
	}
	var rows []benchRow
	for _, format := range slices.Sorted(maps.Keys(of)) {
		rows = append(rows, newBenchRow(format, of[format]))
	}
	return rows
}

func newBenchRow(format string, trials []trial) benchRow {
	r := benchRow{Format: format, Files: len(trials), Failures: map[string]int{}}
	var scores []float64
	var sum extract.Score
	var took, ours, theirs time.Duration
	bytes, pages := 0, 0
	for _, t := range trials {
		switch t.Failure {
		case "":
			r.Read++
		case index.FailureName(extract.ErrCrashed):
			r.Panics++
		case index.FailureName(extract.ErrTimeout):
			r.Hangs++
		default:
			r.Failures[t.Failure]++
		}
		took += t.Took
		bytes += t.Bytes
		pages += t.Pages
		if t.Other > 0 {
			ours, theirs = ours+t.Took, theirs+t.Other
		}
		if t.Scored {
			scores = append(scores, t.F1)
			sum.Reference, sum.Both = sum.Reference+t.Score.Reference, sum.Both+t.Score.Both
		}
	}
	r.Scored, r.Missing = len(scores), sum.Missing()
	r.Median, r.Mean = middle(scores)
	r.Speed = float64(bytes) / 1e6 / took.Seconds()
	r.Pages = float64(pages) / took.Seconds()
	if theirs > 0 {
		r.Other, r.Ratio = others[format][0], theirs.Seconds()/ours.Seconds()
	}
	return r
}

// middle is the median and the mean.
func middle(scores []float64) (median, mean float64) {
	n := len(scores)
	if n == 0 {
		return 0, 0
	}
	slices.Sort(scores)
	for _, s := range scores {
		mean += s
	}
	return (scores[n/2] + scores[(n-1)/2]) / 2, mean / float64(n)
}

func printBench(w io.Writer, rows []benchRow, trials []trial, worst float64) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "format\tfiles\tread\tpanics\thangs\tscored\tF1 median\tmean\tmissing\tMB/s\tpages/s\tbeside\t  not read\t\n")
	for _, r := range rows {
		score, pages, beside := "\t\t\t", "", ""
		if r.Scored > 0 {
			score = fmt.Sprintf("%.3f\t%.3f\t%.1f %%\t", r.Median, r.Mean, 100*r.Missing)
		}
		if r.Pages > 0 {
			pages = fmt.Sprintf("%.0f", r.Pages)
		}
		if r.Other != "" {
			beside = fmt.Sprintf("%.1f x %s", r.Ratio, r.Other)
		}
		var why []string
		for _, f := range slices.Sorted(maps.Keys(r.Failures)) {
			why = append(why, fmt.Sprintf("%d %s", r.Failures[f], f))
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%s%.1f\t%s\t%s\t  %s\t\n", r.Format, r.Files, r.Read, r.Panics, r.Hangs, r.Scored, score, r.Speed, pages, beside, strings.Join(why, ", "))
	}
	t.Flush()
	for _, x := range trials {
		if x.Scored && x.F1 < worst {
			fmt.Fprintf(w, "%.3f  %.1f %% missing  %s\n", x.F1, 100*x.Score.Missing(), x.File)
		}
	}
	if worst > 0 {
		for _, x := range trials {
			if x.Failure != "" {
				fmt.Fprintf(w, "not read  %s: %s\n", x.File, x.Reason)
			}
		}
	}
}
