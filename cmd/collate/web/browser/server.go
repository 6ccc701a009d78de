package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browsers are the programs that can show the pages, by their names.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"}

// findBrowser is the path of one of them; "" where there is none.
func findBrowser() string {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// build makes the program from the module around this one.
func build(dir string) (program string, err error) {
	program = filepath.Join(dir, "collate.exe") // which every system runs
	cmd := exec.Command("go", "build", "-o", program, "./cmd/collate")
	cmd.Dir = filepath.Join("..", "..", "..", "..")
	cmd.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building collate: %w\n%s", err, out)
	}
	return program, nil
}

// A server is collate serving a consultation of its own.
type server struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	program string
	dir     string
	base    string // "http://127.0.0.1:41234"
}

// demo makes the example consultation in dir.
func demo(program, dir string) error {
	cmd := exec.Command(program, "demo", "--no-open", "--out", dir, "--index", filepath.Join(dir, "index"))
	cmd.Env = append(os.Environ(), "COLLATE_BY=Ann Officer", "SOURCE_DATE_EPOCH=1700000000")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("making the example: %w\n%s", err, out)
	}
	return nil
}

// serve starts the pages of a consultation.
func serve(program, record string) (*server, error) {
	dir := filepath.Dir(record)
	s := &server{program: program, dir: dir, cmd: exec.Command(program, "serve", record, "--no-open", "--port", "0", "--index", filepath.Join(dir, "index"), "--by", "Ann Officer")}
	s.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir) // the list of those opened lately is the person's own
	var err error
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.out = bufio.NewScanner(out)
	address, err := s.read()
	if err != nil {
		return nil, err
	}
	s.base, _, _ = strings.Cut(address, "/c/")
	return s, nil
}

// read is the next address that the program prints.
func (s *server) read() (string, error) {
	for s.out.Scan() {
		if at := strings.Index(s.out.Text(), "http://"); at >= 0 {
			return s.out.Text()[at:], nil
		}
	}
	return "", errors.New("collate printed no address")
}

// address is a new one, which works once.
func (s *server) address() (string, error) {
	if _, err := io.WriteString(s.in, "\n"); err != nil {
		return "", err
	}
	return s.read()
}

func (s *server) stop() {
	s.cmd.Process.Signal(os.Interrupt)
	s.in.Close()
	s.cmd.Wait()
}

// A tab is a page of a browser.
type tab struct {
	ctx  context.Context
	stop func()
	s    *server
}

// browse opens a browser of its own and lets it in.
func (s *server) browse(browser string) (*tab, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1366, 768),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true))
	all, stopAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(all)
	ctx, stopTime := context.WithTimeout(ctx, 5*time.Minute)
	t := &tab{ctx: ctx, s: s, stop: func() { stopTime(); stopTab(); stopAll() }}
	address, err := s.address()
	if err == nil {
		err = chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(address))
	}
	if err != nil {
		t.stop()
		return nil, err
	}
	return t, nil
}

// do runs actions, within half a minute.
func (t *tab) do(actions ...chromedp.Action[chromedp.Void]) error {
	ctx, stop := context.WithTimeout(t.ctx, 30*time.Second)
	defer stop()
	return chromedp.Do(ctx, actions...)
}

// open shows a page of the example.
func (t *tab) open(path string) error {
	return t.do(chromedp.Navigate(t.s.base+"/c/send-ap-plan/"+path), chromedp.WaitReady("main"))
}

// ask evaluates an expression on the page.
func ask[T any](t *tab, expression string) (T, error) {
	ctx, stop := context.WithTimeout(t.ctx, 60*time.Second)
	defer stop()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// dark shows pages as a person sees them who asked for dark ones, or light again.
func (t *tab) dark(on bool) error {
	value := "light"
	if on {
		value = "dark"
	}
	return t.do(chromedp.Func(func(ctx context.Context, x *chromedp.Target) error {
		_, err := cdp.Call(ctx, x, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
		return err
	}))
}
