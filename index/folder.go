package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"collate/index/extract"
)

// ControlFiles are the names that steer a consultation when they lie at the top of its folder. They are not submissions.
var ControlFiles = []string{"themes.yaml", "themes.yml", "members.csv", "gold.jsonl", "queries.txt", "texts.jsonl", "codebook.yaml", "eval.golden"}

// Files lists the submissions in a folder and the folders in it, sorted by name. Where there is a folder called
// "submissions" at the top, only that is read. Hidden files, Office's lock files (~$...), control files, a README and collate's own
// products are passed over.
//
// What cannot be listed, because the system refuses or its name is no text, comes back as unlisted and stops nothing.
func Files(folder fs.FS) (files, unlisted []string, err error) {
	root := "."
	if info, err := fs.Stat(folder, "submissions"); err == nil && info.IsDir() {
		root = "submissions"
	}
	err = fs.WalkDir(folder, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == root:
			return err
		case err != nil || !fs.ValidPath(name):
			unlisted = append(unlisted, strings.ToValidUTF8(name, "\uFFFD"))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case name == root:
			return nil
		case strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$"):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || passedOver(name) || product(folder, name):
			return nil
		}
		files = append(files, name)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("listing the folder: %w", err)
	}
	slices.Sort(files)
	slices.Sort(unlisted)
	return files, unlisted, nil
}

func passedOver(name string) bool {
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, ".collate") || strings.HasSuffix(lower, ".collate-wal") || strings.HasSuffix(lower, ".collate-shm") {
		return true
	}
	return path.Dir(name) == "." && (slices.Contains(ControlFiles, lower) || strings.HasPrefix(lower, "readme"))
}

// product reports whether a file is what collate itself wrote beside a record.
func product(folder fs.FS, name string) bool {
	for _, ending := range []string{" themes.xlsx", " quotes.csv"} {
		if stem, ok := strings.CutSuffix(name, ending); ok {
			if _, err := fs.Stat(folder, stem+".collate"); err == nil {
				return true
			}
		}
	}
	return false
}

// SubmissionName is a file's name in the record: its path in the folder without a leading "submissions/".
func SubmissionName(file string) string { return strings.TrimPrefix(file, "submissions/") }

// AddFolder adds every submission of a folder in the order of their names, reading as many at once as workers says and
// recording one after the other, each durable before the next. Interrupted, it keeps what is recorded, and the next
// call goes on from there. A file that cannot be read is in the outcomes and stops nothing.
func (c *Consultation) AddFolder(ctx context.Context, folder fs.FS, workers int) ([]Outcome, error) {
	files, unlisted, err := Files(folder)
	if err != nil {
		return nil, err
	}
	var out []Outcome
	for _, name := range unlisted {
		r := reading{name: SubmissionName(name), sha: digest([]byte(name)), data: []byte{}, err: errors.New("the system would not open it, or its name holds signs that are no text; rename it and try again")}
		o, err := c.commit(ctx, Outcome{Name: r.name}, r)
		if err != nil {
			return out, err
		}
		out = append(out, o)
	}
	ctx, cancel := context.WithCancel(ctx)
	var wait sync.WaitGroup
	defer wait.Wait() // the readers are gone before the caller can close what they read with
	defer cancel()
	type prepared struct {
		Outcome
		reading
	}
	ready := make([]chan prepared, len(files))
	slots := make(chan struct{}, max(1, workers)) // held from reading to recording: bounds memory too
	for i := range ready {
		ready[i] = make(chan prepared, 1)
	}
	wait.Go(func() {
		for i, file := range files {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			wait.Go(func() {
				o, r := c.prepareFile(ctx, folder, file)
				ready[i] <- prepared{o, r}
			})
		}
	})
	for i, file := range files {
		c.opt.Progress(i, len(files), SubmissionName(file))
		var p prepared
		select {
		case p = <-ready[i]:
		case <-ctx.Done():
			return out, ctx.Err()
		}
		if err := ctx.Err(); err != nil { // a reading cut short is no reading
			return out, err
		}
		o, err := c.commit(ctx, p.Outcome, p.reading)
		if err != nil {
			return out, err
		}
		<-slots
		out = append(out, o)
	}
	c.opt.Progress(len(files), len(files), "")
	return out, nil
}

func (c *Consultation) prepareFile(ctx context.Context, folder fs.FS, file string) (Outcome, reading) {
	name := SubmissionName(file)
	if info, err := fs.Stat(folder, file); err == nil && info.Size() > extract.MaxBytes {
		return Outcome{Name: name}, reading{name: name, sha: digest([]byte(name)), data: []byte{}, err: fmt.Errorf("%w: %d MB", extract.ErrLimit, info.Size()>>20)}
	}
	data, err := fs.ReadFile(folder, file)
	if err != nil {
		return Outcome{Name: name}, reading{name: name, sha: digest([]byte(name)), data: []byte{}, err: fmt.Errorf("opening it: %w", errors.Unwrap(err))}
	}
	return c.prepare(ctx, name, data)
}
