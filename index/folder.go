package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"collate/index/extract"
)

// ControlFiles are the names that steer a consultation when they lie at the top of its folder. They are not submissions.
var ControlFiles = []string{"themes.yaml", "themes.yml", "members.csv", "gold.jsonl", "queries.txt", "texts.jsonl", "codebook.yaml", "eval.golden", "searches.golden"}

// Files lists the submissions in a folder and the folders in it, sorted by name. Where there is a folder called
// "submissions" at the top, only that is read, and the folder of reference documents beside it. Hidden files, Office's lock files (~$...), control files, a README and collate's own
// products are passed over.
//
// What cannot be listed, because the system refuses or its name is no text, comes back as unlisted and stops nothing, and so does
// what is not a regular file: a link, a pipe, a device.
func Files(folder fs.FS) (files, unlisted []string, err error) {
	roots := []string{"."}
	if info, err := fs.Stat(folder, "submissions"); err == nil && info.IsDir() {
		roots = []string{"submissions"}
		if info, err := fs.Stat(folder, ReferenceFolder); err == nil && info.IsDir() {
			roots = append(roots, ReferenceFolder)
		}
	}
	for _, root := range roots {
		if err = walk(folder, root, &files, &unlisted); err != nil {
			return nil, nil, fmt.Errorf("listing the folder: %w", err)
		}
	}
	slices.Sort(files)
	slices.Sort(unlisted)
	return files, unlisted, nil
}

func walk(folder fs.FS, root string, files, unlisted *[]string) error {
	return fs.WalkDir(folder, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == root:
			return err
		case err != nil || !fs.ValidPath(name):
			*unlisted = append(*unlisted, strings.ToValidUTF8(name, "\uFFFD"))
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
		case d.IsDir() || passedOver(name) || product(folder, name):
			return nil
		case !d.Type().IsRegular():
			*unlisted = append(*unlisted, name)
			return nil
		}
		*files = append(*files, name)
		return nil
	})
}

func passedOver(name string) bool {
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, ".collate") || strings.HasSuffix(lower, ".collate-wal") || strings.HasSuffix(lower, ".collate-shm") {
		return true
	}
	return path.Dir(name) == "." && (slices.Contains(ControlFiles, lower) || strings.HasPrefix(lower, "readme"))
}

// viewProduct is the end of the name of an export for others than staff, or of the folder with one for each member: see themes.View.
var viewProduct = regexp.MustCompile(`^(.*?) (?:(?:for publication|anonymised|only checked|only attributable|by theme)(?:, (?:anonymised|only checked|only attributable|by theme))*(?: quotes\.csv|\.xlsx)|for members/[^/]* - what we have from you\.xlsx)$`)

// product reports whether a file is what collate itself wrote beside a record.
func product(folder fs.FS, name string) bool {
	if m := viewProduct.FindStringSubmatch(name); m != nil {
		if _, err := fs.Stat(folder, m[1]+".collate"); err == nil {
			return true
		}
	}
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
	names, unlisted, err := Files(folder)
	if err != nil {
		return nil, err
	}
	var files []source
	for _, name := range unlisted {
		why := errUnlisted
		if info, err := fs.Lstat(folder, name); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
			why = ErrNotRegular
		}
		files = append(files, source{name: SubmissionName(name), load: func() ([]byte, error) { return nil, why }})
	}
	for _, name := range names {
		files = append(files, source{name: SubmissionName(name), load: func() ([]byte, error) { return load(folder, name) }})
	}
	return c.addAll(ctx, files, workers, 0)
}

// AddFile adds one file of a folder as [Consultation.Add] does, under its own name; where it cannot be opened, is too large or is
// no regular file, that is recorded.
func (c *Consultation) AddFile(ctx context.Context, folder fs.FS, file string) (Outcome, error) {
	one := source{name: path.Base(file), load: func() ([]byte, error) { return load(folder, file) }}
	out, err := c.addAll(ctx, []source{one}, 1, 0)
	if len(out) == 0 {
		return Outcome{Name: one.name}, err
	}
	return out[0], err
}

var errUnlisted = errors.New("the system would not open it, or its name holds signs that are no text; rename it and try again")

// load reads a file of a folder, unless it is too large to be one that a member sent.
func load(folder fs.FS, file string) ([]byte, error) {
	if info, err := fs.Stat(folder, file); err == nil && !info.Mode().IsRegular() { // opening a pipe waits for its writer
		return nil, ErrNotRegular
	}
	f, err := folder.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening it: %w", cmp.Or(errors.Unwrap(err), err))
	}
	defer f.Close()
	return ReadFile(f)
}

// ErrNotRegular is what a pipe, a device and a folder are, of which no bytes are read.
var ErrNotRegular = errors.New("not a regular file")

// ReadFile reads an open file, unless it is no regular one or larger than [extract.MaxBytes], whatever it becomes meanwhile.
func ReadFile(f fs.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("opening it: %w", cmp.Or(errors.Unwrap(err), err))
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
	}
	if info.Size() > extract.MaxBytes {
		return nil, fmt.Errorf("%w: %d MB", extract.ErrLimit, info.Size()>>20)
	}
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxBytes+1))
	if err == nil && len(data) > extract.MaxBytes {
		err = fmt.Errorf("%w: more than %d MB", extract.ErrLimit, extract.MaxBytes>>20)
	}
	return data, err
}
