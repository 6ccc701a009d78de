package extract

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// childMode is the environment variable that makes this test binary the child of an Isolated.
const childMode = "COLLATE_TEST_READ_CHILD"

// misdeeds are what the test's child does with a text file of this name, before it reads it.
var misdeeds = map[string]func(){
	"exit.txt":  func() { os.Exit(3) },
	"hang.txt":  func() { time.Sleep(time.Hour) },
	"panic.txt": func() { panic("broken table") },
	"fatal.txt": func() {
		go panic("broken elsewhere") // which no recover of the reader catches
		time.Sleep(time.Hour)
	},
	"greedy.txt": func() {
		var held [][]byte
		for {
			held = append(held, bytes.Repeat([]byte("x"), 8<<20))
			time.Sleep(time.Millisecond)
		}
	},
	"noisy.txt": func() { fmt.Println("a library's idea of a good place for its log") },
}

func TestMain(m *testing.M) {
	if os.Getenv(childMode) == "" {
		os.Exit(m.Run())
	}
	readers["text"] = func(ctx context.Context, name string, data []byte) (*Document, error) {
		if do := misdeeds[name]; do != nil {
			do()
		}
		return readText(ctx, name, data)
	}
	if err := Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const plain = "We welcome the plan.\n\nWe are concerned about its timetable.\n"

// newTestIsolated has the test binary itself as its child.
func newTestIsolated(t *testing.T, deadline time.Duration, memory int64) *Isolated {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(childMode, "1")
	i := NewIsolated([]string{self}, deadline, memory)
	t.Cleanup(func() { _ = i.Close() })
	return i
}

func TestIsolatedReadsAsFile(t *testing.T) {
	i := newTestIsolated(t, ReadDeadline, ReadMemory)
	tests := []struct {
		name, file string
		data       []byte
	}{
		{"text", "plain.txt", []byte(plain)},
		{"PDF", "pdf-one-column.pdf", testPDF(t, "pdf-one-column.pdf")},
		{"reader that prints", "noisy.txt", []byte(plain)},
		{"corrected survey", "a.csv", []byte("ID,Region,Views\n1,East,We wait for far too long.\n2,West,\n")},
	}
	ctx := WithHints(t.Context(), Hints{Columns: map[string]ColumnRole{"Region": Open}})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := i.File(ctx, tt.file, tt.data)
			if err != nil {
				t.Fatal(err)
			}
			want, err := File(ctx, tt.file, tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}

func TestIsolatedSurvives(t *testing.T) {
	tests := []struct {
		name, file string
		deadline   time.Duration
		memory     int64
		want       error
		words      string
	}{
		{"child that ends", "exit.txt", ReadDeadline, ReadMemory, ErrCrashed, "exit status 3"},
		{"child past its deadline", "hang.txt", 500 * time.Millisecond, ReadMemory, ErrTimeout, ""},
		{"panic of a reader", "panic.txt", ReadDeadline, ReadMemory, ErrCrashed, "broken table"},
		{"panic that nothing catches", "fatal.txt", ReadDeadline, ReadMemory, ErrCrashed, "broken elsewhere"},
		{"child that eats memory", "greedy.txt", ReadDeadline, 256 << 20, ErrLimit, "memory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := newTestIsolated(t, tt.deadline, tt.memory)
			_, err := i.File(t.Context(), tt.file, []byte(plain))
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.words) {
				t.Errorf("got %v, want %v with %q", err, tt.want, tt.words)
			}
			i.deadline = ReadDeadline // a slow machine is not what is tested here
			if _, err := i.File(t.Context(), "plain.txt", []byte(plain)); err != nil {
				t.Errorf("the next file: %v", err)
			}
		})
	}
}

func TestIsolatedKeepsItsChild(t *testing.T) {
	i := newTestIsolated(t, ReadDeadline, ReadMemory)
	var pids []int
	for _, file := range []string{"plain.txt", "panic.txt", "plain.txt"} {
		_, _ = i.File(t.Context(), file, []byte(plain))
		pids = append(pids, i.child.cmd.Process.Pid)
	}
	if pids[0] != pids[1] || pids[1] != pids[2] {
		t.Errorf("got children %v, want one", pids)
	}
}

func TestIsolatedReplacesAKilledChild(t *testing.T) {
	i := newTestIsolated(t, ReadDeadline, ReadMemory)
	if _, err := i.File(t.Context(), "plain.txt", []byte(plain)); err != nil {
		t.Fatal(err)
	}
	if err := i.child.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-i.child.ended
	if _, err := i.File(t.Context(), "plain.txt", []byte(plain)); err != nil {
		t.Errorf("after the child was killed between two files: %v", err)
	}
}

func TestIsolatedStopsWithContext(t *testing.T) {
	i := newTestIsolated(t, ReadDeadline, ReadMemory)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := i.File(ctx, "hang.txt", []byte(plain)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's own error", err)
	}
}

func TestIsolatedWithoutProgram(t *testing.T) {
	i := NewIsolated([]string{"no-such-program-of-ours"}, ReadDeadline, ReadMemory)
	if _, err := i.File(t.Context(), "plain.txt", []byte(plain)); !errors.Is(err, ErrCrashed) {
		t.Errorf("got %v, want ErrCrashed", err)
	}
}

func TestIsolatedErrorsKeepTheirMeaning(t *testing.T) {
	for _, s := range sentinelCodes {
		t.Run(s.code, func(t *testing.T) {
			sent := fmt.Errorf("page 3: %w", s.err)
			_, err := newReply(nil, sent).result()
			if !errors.Is(err, s.err) || err.Error() != sent.Error() {
				t.Errorf("got %v, want %v", err, sent)
			}
		})
	}
	_, err := newReply(nil, io.ErrClosedPipe).result()
	if err == nil || err.Error() != io.ErrClosedPipe.Error() {
		t.Errorf("got %v, want the words of %v", err, io.ErrClosedPipe)
	}
}

func TestServeEndsWithItsInput(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childMode+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := writeJSON(in, greeting{Memory: ReadMemory, Deadline: ReadDeadline}); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || out.Len() > 0 {
		t.Errorf("got %v and output %q, want neither", err, out.String())
	}
}

func TestReadFrame(t *testing.T) {
	long := binary.BigEndian.AppendUint32(nil, 1<<31)
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"end between frames", nil, io.EOF},
		{"end in a length", []byte{0, 0}, io.ErrUnexpectedEOF},
		{"length that is not true", append(long, "few"...), io.ErrUnexpectedEOF},
		{"empty frame", make([]byte, 4), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := readFrame(bytes.NewReader(tt.data)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}
