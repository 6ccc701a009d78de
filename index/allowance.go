package index

import (
	"context"
	"fmt"
	"sync"
	"time"

	"collate/index/extract"
)

// What the files in one file may come to, at any depth: of a package that was added, and of what is attached to one mail. A
// file that inflates to much more than it is, over and over, is a bomb and no submission.
const (
	maxInside        = extract.MaxEntries
	maxInsideBytes   = 8 * extract.MaxExpanded
	maxInsideTime    = 10 * time.Minute
	maxAttachedFiles = 1000
	maxAttachedBytes = extract.MaxExpanded
	maxAttachedTime  = 2 * time.Minute
	maxInsideRatio   = 200      // to the bytes of the outer file; no honest folder packs better
	minInsideBytes   = 64 << 20 // for which the ratio is not asked
)

var errTooLong = fmt.Errorf("%w: with the other files of the package or the e-mail", extract.ErrTimeout)

// An allowance is what one file, with everything in it, may still hold, and until when it is read. The files of a package are
// read side by side: which of them are beyond can differ where what is attached to its mails takes the rest.
type allowance struct {
	outer *allowance // of the package that the mail lies in
	until time.Time

	mu    sync.Mutex
	files int
	bytes int64
}

// newAllowance is what a file of that many bytes, with everything in it, may come to.
func newAllowance(size int) *allowance {
	a := &allowance{files: maxInside, bytes: allowedBytes(size, maxInsideBytes)}
	a.begin(maxInsideTime)
	return a
}

// begin starts the clock: for a package again once its files come to be read, since it may have waited for the one before.
func (a *allowance) begin(most time.Duration) { a.until = time.Now().Add(most) }

// attached is what is attached to a mail of that many bytes may come to.
func (a *allowance) attached(size int) *allowance {
	inner := &allowance{outer: a, files: maxAttachedFiles, bytes: allowedBytes(size, maxAttachedBytes)}
	inner.begin(maxAttachedTime)
	return inner
}

func allowedBytes(size int, most int64) int64 {
	return min(most, max(minInsideBytes, maxInsideRatio*int64(size)))
}

// spend takes a file from what is left; once it does not do, nothing more fits.
func (a *allowance) spend(bytes int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files--
	a.bytes -= int64(bytes)
	switch {
	case a.files < 0:
		return fmt.Errorf("%w: too many files within one file", extract.ErrLimit)
	case a.bytes < 0:
		return fmt.Errorf("%w: the files within one file hold too much", extract.ErrLimit)
	case a.outer != nil:
		return a.outer.spend(bytes)
	}
	return nil
}

// within is a context that ends when the allowance does, with [errTooLong] for its cause.
func (a *allowance) within(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithDeadlineCause(ctx, a.until, errTooLong)
}
