package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// checkWorkbook inflates every entry once before excelize sees it, which takes a wrong checksum or size for genuine and
// spends gigabytes on a bomb. Sizes are counted, not believed.
func checkWorkbook(ctx context.Context, data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if len(z.File) > MaxEntries {
		return fmt.Errorf("%w: %d files in the workbook", ErrLimit, len(z.File))
	}
	seen := map[string]bool{}
	total := workbookTotal{left: MaxExpanded, tags: 2 * MaxNodes}
	for _, f := range z.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if seen[key] {
			return fmt.Errorf("%w: two files named %q in the workbook", ErrDamaged, f.Name)
		}
		seen[key] = true
		if err := total.add(f); err != nil {
			return err
		}
	}
	return nil
}

// workbookTotal is what may still be inflated.
type workbookTotal struct {
	left int64
	tags int
}

func (t *workbookTotal) add(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %v", ErrDamaged, f.Name, err)
	}
	defer r.Close()
	limit := min(int64(MaxPart), t.left)
	counter := &tagCounter{}
	n, err := io.Copy(counter, io.LimitReader(r, limit+1))
	switch t.left -= n; {
	case n > limit:
		return fmt.Errorf("%w: %s inflates to more than %d MB", ErrLimit, f.Name, limit>>20)
	case err != nil: // among others zip.ErrChecksum
		return fmt.Errorf("%w: %s: %v", ErrDamaged, f.Name, err)
	case n != int64(f.UncompressedSize64):
		return fmt.Errorf("%w: %s is not of the size it states", ErrDamaged, f.Name)
	}
	if hasEnding(f.Name, ".xml") || hasEnding(f.Name, ".rels") {
		if t.tags -= counter.tags; t.tags < 0 {
			return fmt.Errorf("%w: more than %d elements in the workbook", ErrLimit, MaxNodes)
		}
	}
	return nil
}

// A tagCounter counts the tags of what is written to it.
type tagCounter struct{ tags int }

func (c *tagCounter) Write(p []byte) (int, error) {
	c.tags += bytes.Count(p, []byte("<"))
	return len(p), nil
}
