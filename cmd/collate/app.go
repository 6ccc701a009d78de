package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// An app is one run of the program: where it prints, and the flags that every verb has.
type app struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	indexDir string
	coder    string
	now      func() time.Time
	readers  *readers
	status   int // 3 when some file could not be read
}

// Main runs the program and returns its exit status.
func Main(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	a := &app{in: in, out: out, err: errs, now: clock()}
	defer a.close()
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return a.status
	}
	said, status := explain.Error(err), 1
	var wrong *misuseError
	if errors.As(err, &wrong) {
		said, status = wrong.Error(), 2
	}
	fmt.Fprintln(errs, said)
	if a.json {
		json.NewEncoder(out).Encode(map[string]string{"error": said})
	}
	return status
}

// A misuseError is a command that was not written as it must be.
type misuseError struct{ what string }

// Error says what is wrong and where to look.
func (e *misuseError) Error() string { return e.what }

func misuse(format string, args ...any) error {
	return &misuseError{fmt.Sprintf(format, args...)}
}

func (a *app) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // on Windows a double click must start the program, not print a lecture
	root := &cobra.Command{
		Use:   "collate",
		Short: "What did a hundred organisations say? Read, tag, condense, export.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("There is no command %q. See them all with: collate --help", args[0])
			}
			return nil
		},
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if mousetrap.StartedByExplorer() {
				return a.serve(cmd.Context(), "", servePort, false)
			}
			return cmd.Help()
		},
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.DisableDefaultCmd = true
	flags := root.PersistentFlags()
	flags.BoolVar(&a.json, "json", false, "print JSON on standard output")
	flags.StringVar(&a.indexDir, "index", "", "where search indexes are kept (default: the user's cache folder)")
	flags.StringVar(&a.coder, "by", "", "the person who decides (default: the name you are logged in as)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if cmd.Name() == "search" {
			return misuse("%s. To leave a word out of a search that begins with it, write NOT: collate search NOT appeal", upper(err.Error()))
		}
		return misuse("%s. See: %s --help", upper(err.Error()), cmd.CommandPath())
	})
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	for _, c := range root.Commands() {
		checkArgs(c)
	}
	return root
}

// checkArgs makes cobra's complaints about arguments a misuse, with the usage line.
func checkArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return misuse("Write it as: collate %s", strings.TrimPrefix(cmd.UseLine(), "collate "))
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		checkArgs(sub)
	}
}

// clock is the machine's, or the one second that SOURCE_DATE_EPOCH names, so that a run can be repeated to the byte.
func clock() func() time.Time {
	if s, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return func() time.Time { return time.Unix(s, 0).UTC() }
	}
	return time.Now
}

// person is who decides.
func (a *app) person() string {
	for _, name := range []string{a.coder, os.Getenv("COLLATE_BY"), os.Getenv("USER"), os.Getenv("USERNAME")} {
		if name != "" {
			return name
		}
	}
	if u, err := user.Current(); err == nil {
		return cmp.Or(u.Name, u.Username)
	}
	return "unnamed person"
}

// options are what an analysis of this run needs. Files are read in child processes.
func (a *app) options() (themes.Options, error) {
	dir := a.indexDir
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		dir = filepath.Join(cache, "collate")
	}
	if a.readers == nil {
		self, err := os.Executable()
		if err != nil {
			return themes.Options{}, fmt.Errorf("finding this program: %w", err)
		}
		a.readers = newReaders(self, a.workers())
	}
	return themes.Options{Tool: "collate " + version, Explain: explain.Unread, Options: index.Options{Now: a.now, Read: a.readers.File, CacheDir: dir, Progress: a.progress()}}, nil
}

func (a *app) workers() int { return min(4, runtime.GOMAXPROCS(0)) }

func (a *app) close() {
	if a.readers != nil {
		a.readers.close()
	}
}

// open opens the consultation that the arguments name, or the only one in this folder, and returns the arguments left.
func (a *app) open(ctx context.Context, args []string) (*themes.Analysis, []string, error) {
	path, rest, err := recordPath(args)
	if err != nil {
		return nil, nil, err
	}
	opt, err := a.options()
	if err != nil {
		return nil, nil, err
	}
	an, err := themes.Open(ctx, path, opt)
	return an, rest, err
}

func recordPath(args []string) (path string, rest []string, err error) {
	if len(args) > 0 && strings.HasSuffix(strings.ToLower(args[0]), ".collate") {
		return args[0], args[1:], nil
	}
	found, err := filepath.Glob("*.collate")
	switch {
	case err != nil:
		return "", nil, err
	case len(found) == 0:
		return "", nil, misuse("There is no .collate file in this folder. Name one first, or make one with: collate new NAME.collate")
	case len(found) > 1:
		return "", nil, misuse("There are several .collate files here. Name the one you mean first: %s", strings.Join(found, ", "))
	}
	return found[0], args, nil
}

// withRecord is with for verbs that take the record's name and nothing else.
func (a *app) withRecord(ctx context.Context, args []string, f func(*themes.Analysis) error) error {
	if len(args) > 0 && !strings.HasSuffix(strings.ToLower(args[0]), ".collate") {
		return misuse("There is no consultation called %q: its file's name ends in .collate.", args[0])
	}
	return a.with(ctx, args, func(an *themes.Analysis, _ []string) error { return f(an) })
}

// withSnapshot is withRecord for verbs that only look at the consultation as it stands.
func (a *app) withSnapshot(ctx context.Context, args []string, f func(*index.Snapshot) error) error {
	return a.withRecord(ctx, args, func(an *themes.Analysis) error {
		s, err := an.Snapshot(ctx)
		if err != nil {
			return err
		}
		return f(s)
	})
}

// with opens the consultation, runs f and closes it, in that order whatever happens.
func (a *app) with(ctx context.Context, args []string, f func(*themes.Analysis, []string) error) error {
	an, rest, err := a.open(ctx, args)
	if err != nil {
		return err
	}
	return errors.Join(f(an, rest), an.Close())
}

// print writes v as JSON where that was asked for, and otherwise runs plain.
func (a *app) print(v any, plain func(io.Writer)) error {
	if !a.json {
		plain(plainWriter{a.out})
		return nil
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// A plainWriter drops control characters: what strangers call their files could hold a terminal's own commands.
type plainWriter struct{ w io.Writer }

// Write writes p without them and reports all of it as written.
func (p plainWriter) Write(b []byte) (int, error) {
	if _, err := io.WriteString(p.w, plainText(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// progress draws one line on a terminal, over and over; elsewhere it says once how much there is to do.
func (a *app) progress() func(done, of int, what string) {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		var once sync.Once
		return func(_, of int, what string) {
			if of > 1 && what != "reading for themes" && what != "making the search index" && what != "asking the language model" {
				once.Do(func() { fmt.Fprintf(a.err, "Reading %d files.\n", of) })
			}
		}
	}
	return func(done, of int, what string) {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil || width < 20 {
			width = 80
		}
		line := []rune(fmt.Sprintf("%s %d of %d  %s", bar(done, of), done, of, what))
		fmt.Fprintf(f, "\r\x1b[K%s", plainText(string(line[:min(len(line), width-1)])))
		if done == of {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
}

// bar shows how much is done in 24 signs that every terminal has.
func bar(done, of int) string {
	const width = 24
	full := width * min(max(done, 0), of) / max(of, 1)
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", width-full) + "]"
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// readers are child processes that read strangers' files, so that no file can take the program down or keep it for ever.
type readers struct {
	idle chan *extract.Isolated
	all  []*extract.Isolated
}

func newReaders(self string, n int) *readers {
	r := &readers{idle: make(chan *extract.Isolated, n)}
	for range n {
		x := extract.NewIsolated([]string{self, "read-child"}, extract.ReadDeadline, extract.ReadMemory)
		r.all = append(r.all, x)
		r.idle <- x
	}
	return r
}

// File reads one file in a child that is free.
func (r *readers) File(ctx context.Context, name string, data []byte) (*extract.Document, error) {
	select {
	case x := <-r.idle:
		defer func() { r.idle <- x }()
		return x.File(ctx, name, data)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (r *readers) close() {
	for _, x := range r.all {
		x.Close()
	}
}
