package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// What a stranger's file may cost by default. A real submission takes a second and a few megabytes.
const (
	ReadDeadline = 60 * time.Second
	ReadMemory   = 800 << 20
)

// Isolated reads files in a child process, so that one that hangs, eats memory or stops the reader costs that file only.
// The child is kept for the next file and replaced when it fails. An Isolated reads one file at a time; more of them
// read side by side.
type Isolated struct {
	command  []string
	deadline time.Duration
	memory   int64

	mu    sync.Mutex
	child *child
}

// NewIsolated returns a reader that starts command for its child, which must call [Serve] on its standard input and
// output. A file may take so long, and the child so many bytes of memory. The child is started at the first file.
func NewIsolated(command []string, deadline time.Duration, memory int64) *Isolated {
	return &Isolated{command: command, deadline: deadline, memory: memory}
}

// File is [File] in the child, the context's hints included. Besides the errors of the file itself it returns [ErrTimeout] when the deadline passes,
// [ErrLimit] when the memory does not do, [ErrCrashed] when the child ends for another reason, and ctx's own error.
func (i *Isolated) File(ctx context.Context, name string, data []byte) (*Document, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB", ErrLimit, len(data)>>20)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := i.ready(); err != nil {
		return nil, err
	}
	deadline, cancel := context.WithTimeoutCause(ctx, i.deadline, ErrTimeout)
	defer cancel()
	doc, alive, err := i.child.read(deadline, request{name, hintsIn(ctx), data})
	if !alive {
		i.child.stop()
		i.child = nil
	}
	return doc, err
}

// Close ends the child. The reader starts another one when it is used again.
func (i *Isolated) Close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.child != nil {
		i.child.stop()
		i.child = nil
	}
	return nil
}

// ready makes sure that there is a child. One that died since the last file is replaced: this file has no part in it.
func (i *Isolated) ready() error {
	if i.child != nil {
		select {
		case <-i.child.ended:
			i.child.stop()
			i.child = nil
		default:
			return nil
		}
	}
	c, err := startChild(i.command, greeting{Memory: i.memory, Deadline: i.deadline})
	if err != nil {
		return fmt.Errorf("%w: starting its process: %v", ErrCrashed, err)
	}
	i.child = c
	return nil
}

// A child is the process that reads.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *os.File
	last  *lastWords
	ended chan struct{} // closed when the process has ended
}

func startChild(command []string, hello greeting) (*child, error) {
	if len(command) == 0 {
		return nil, errors.New("no command given")
	}
	c := &child{cmd: exec.Command(command[0], command[1:]...), last: &lastWords{}, ended: make(chan struct{})}
	c.cmd.Stderr = c.last
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	// A pipe of our own, since exec's would be closed, with an answer still in it, once the process has ended.
	out, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	c.in, c.out, c.cmd.Stdout = in, out, theirs
	if err := c.cmd.Start(); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	go func() {
		_ = c.cmd.Wait() // how it ended is read from ProcessState
		close(c.ended)
	}()
	if err := writeJSON(c.in, hello); err != nil {
		c.stop()
		return nil, c.ending()
	}
	return c, nil
}

// read has the child read one file. alive says whether the child can be used again.
func (c *child) read(ctx context.Context, r request) (doc *Document, alive bool, err error) {
	type outcome struct {
		reply reply
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		if o.err = writeRequest(c.in, r); o.err == nil {
			o.err = readJSON(c.out, &o.reply)
		}
		done <- o
	}()
	select {
	case <-ctx.Done():
		_ = c.cmd.Process.Kill()
		<-done // the pipes break with the process
		return nil, false, context.Cause(ctx)
	case o := <-done:
		if o.err != nil {
			_ = c.cmd.Process.Kill() // if it is alive, it no longer speaks the protocol
			<-c.ended
			return nil, false, c.ending()
		}
		doc, err := o.reply.result()
		return doc, true, err
	}
}

// stop ends the process, whatever it is doing, and waits until it is gone.
func (c *child) stop() {
	_ = c.cmd.Process.Kill()
	<-c.ended
	_ = c.in.Close()
	_ = c.out.Close()
}

// ending says why a process that has ended did so.
func (c *child) ending() error {
	words := c.last.String()
	if c.cmd.ProcessState.ExitCode() == exitMemory || strings.Contains(words, "out of memory") {
		return fmt.Errorf("%w: reading it took too much memory", ErrLimit)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(words), "\n")
	if first == "" {
		first = c.cmd.ProcessState.String()
	}
	return fmt.Errorf("%w: %s", ErrCrashed, first)
}

// A lastWords keeps the beginning of what is written to it, where Go says why a process ends.
type lastWords struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

const lastWordsBytes = 4 << 10

func (t *lastWords) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p[:min(len(p), max(0, lastWordsBytes-t.buf.Len()))])
	return len(p), nil
}

func (t *lastWords) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}
