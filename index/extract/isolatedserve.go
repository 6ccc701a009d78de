package extract

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Codes with which a child ends itself.
const (
	exitMemory   = 86 // the memory bound is met
	exitDeadline = 87 // a file takes longer than its parent would have allowed: the parent is gone
	exitOrphan   = 88 // the parent is gone while a file is read
)

const (
	sampleEvery = 20 * time.Millisecond // between two looks at the memory: a sandbox grows by tens of megabytes meanwhile
	graceAfter  = 5 * time.Second       // that the child gives a parent to end it, and a reader to notice that it should stop
)

// Serve is the child's side of [Isolated]: it reads files from r and answers on w until r ends, which it does when the
// parent is gone. Call it on a process's standard input and output and return from main afterwards: it bounds the
// memory of the whole process, and ends the process when a file meets a bound. When w is standard output, everything
// else that is printed there goes to standard error.
func Serve(r io.Reader, w io.Writer) error {
	if w == io.Writer(os.Stdout) {
		os.Stdout = os.Stderr // a library that prints must not break the protocol
	}
	in := bufio.NewReader(r)
	var hello greeting
	if err := readJSON(in, &hello); err != nil {
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	requests := make(chan request)
	go receive(ctx, cancel, in, requests)
	// The collector works harder near the bound, before the sampling ends the process.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(hello.Memory / 8 * 7))
	for req := range requests {
		guard := newGuard(ctx, hello)
		doc, err := File(WithHints(ctx, req.hints), req.name, req.data)
		err = writeJSON(w, newReply(doc, err)) // the answer is several times the document: guarded too
		guard.stop()
		if err != nil {
			return err
		}
	}
	return nil
}

// receive passes requests on until the input ends, and then calls off what is being read.
func receive(ctx context.Context, cancel context.CancelFunc, in io.Reader, requests chan<- request) {
	defer close(requests)
	defer cancel()
	for {
		req, err := readRequest(in)
		if err != nil {
			return
		}
		select {
		case requests <- req:
		case <-ctx.Done():
			return
		}
	}
}

// A guard ends the process when the file that is being read meets a bound.
type guard struct{ done chan struct{} }

func newGuard(ctx context.Context, hello greeting) guard {
	g := guard{make(chan struct{})}
	go g.watch(ctx, hello)
	return g
}

func (g guard) stop() { close(g.done) }

func (g guard) watch(ctx context.Context, hello greeting) {
	samples := time.NewTicker(sampleEvery)
	defer samples.Stop()
	deadline := time.NewTimer(hello.Deadline + graceAfter)
	defer deadline.Stop()
	for {
		select {
		case <-g.done:
			return
		case <-samples.C:
			if memoryInUse() > uint64(hello.Memory) {
				os.Exit(exitMemory)
			}
		case <-deadline.C:
			os.Exit(exitDeadline)
		case <-ctx.Done():
			select {
			case <-g.done:
				return
			case <-time.After(graceAfter):
				os.Exit(exitOrphan)
			}
		}
	}
}

// memoryInUse returns the bytes that Go holds, without those it has given back to the system.
func memoryInUse() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
