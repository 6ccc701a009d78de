package web

import (
	"context"
	"os"
	"sync"

	"collate/index"
)

// A job is files that are being read into a consultation. It goes on when nobody looks, and stops with the program: what was recorded until then
// is kept.
type job struct {
	mu       sync.Mutex
	stop     context.CancelFunc
	done, of int
	what     string // the file that is being read, or what else is done
	outcomes []index.Outcome
	err      error
	over     bool
}

// jobState is a job at one moment.
type jobState struct {
	Done, Of int
	What     string
	Outcomes []index.Outcome
	Err      error
	Over     bool
}

// progress takes what the consultation says of its work.
func (j *job) progress(done, of int, what string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done, j.of, j.what = done, of, what
}

func (j *job) state() jobState {
	j.mu.Lock()
	defer j.mu.Unlock()
	return jobState{j.done, j.of, j.what, j.outcomes, j.err, j.over}
}

// start reads every file of a folder, tags what is new and brings the search up to it. The folder is taken away at the end.
func (c *consultation) start(folder string, reference bool, person string) *job {
	ctx, stop := context.WithCancel(context.Background())
	j := &job{stop: stop, what: "beginning"}
	c.mu.Lock()
	c.job = j
	c.mu.Unlock()
	c.working.Add(1)
	go func() {
		defer c.working.Done()
		defer os.RemoveAll(folder)
		outcomes, err := c.readAll(ctx, folder, reference, person)
		j.mu.Lock()
		j.outcomes, j.err, j.over = outcomes, err, true
		j.mu.Unlock()
		stop()
	}()
	return j
}

func (c *consultation) readAll(ctx context.Context, folder string, reference bool, person string) ([]index.Outcome, error) {
	outcomes, err := c.AddFolder(ctx, os.DirFS(folder), readers)
	if err != nil {
		return outcomes, err
	}
	for i := range outcomes {
		if o := &outcomes[i]; reference {
			if err := c.SetUse(ctx, o.Name, index.UseReference, "", person); err != nil {
				return outcomes, err
			}
			o.Member, o.Reason = "", "a document that the members answer"
		}
	}
	c.book.RLock()
	_, err = c.Tag(ctx)
	c.book.RUnlock()
	if err != nil {
		return outcomes, err
	}
	return outcomes, c.Refresh(ctx)
}

// readers is how many files are read at once.
const readers = 2

// running is the job of a consultation, nil when none was begun.
func (c *consultation) running() *job {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.job
}
