package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"collate/cmd/collate/web"
	"collate/samples"
)

// servePort is tried first: what a browser remembers of a page goes by its port.
const servePort = 7447

func serveCommand(a *app) *cobra.Command {
	var noOpen bool
	var port int
	c := &cobra.Command{
		Use:   "serve [NAME.collate]",
		Short: "Open the pages in the browser",
		Long: `Opens the consultation as pages in your browser: the one named, or the only one in this folder, or the one opened last. They are answered on this machine only, for the browser that the printed address was
opened in; nothing leaves the machine. The address works once: press Enter for another. Ctrl+C ends it.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := ""
			if found, _ := filepath.Glob("*.collate"); len(args) > 0 || len(found) == 1 {
				var rest []string
				var err error
				if path, rest, err = recordPath(args); err != nil {
					return err
				}
				if len(rest) > 0 {
					return misuse("There is no consultation called %q: its file's name ends in .collate.", rest[0])
				}
			}
			return a.serve(cmd.Context(), path, port, noOpen)
		},
	}
	c.Flags().BoolVar(&noOpen, "no-open", false, "print the address and do not open the browser")
	c.Flags().IntVar(&port, "port", servePort, "the port to answer on; another one where it is taken, 0 for any")
	return c
}

func (a *app) serve(ctx context.Context, path string, port int, noOpen bool) (err error) {
	opt, err := a.options()
	if err != nil {
		return err
	}
	cfg := web.Config{Options: opt, Person: a.person(), Version: version}
	if cfg.Folder, cfg.Recent, err = servePlaces(); err != nil {
		return err
	}
	cfg.Example = func(ctx context.Context) (string, error) { return a.example(ctx, cfg.Folder) }
	s, err := web.New(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	page, err := firstPage(ctx, s, path)
	if err != nil {
		return err
	}
	listener, err := listen(port)
	if err != nil {
		return fmt.Errorf("opening a port on this machine: %w", err)
	}
	base := "http://" + listener.Addr().String()
	address := func() string { return s.Address(base, page) }
	first := address()
	fmt.Fprintf(a.out, "The pages are at %s\nThe address works once: press Enter for another. Ctrl+C ends it.\n", first)
	if err := openFile(first, noOpen, io.Discard); err != nil {
		return err
	}
	go func() {
		for lines := bufio.NewScanner(a.in); lines.Scan(); {
			fmt.Fprintln(a.out, address())
		}
	}()
	return serveUntil(ctx, listener, s.Handler())
}

// firstPage opens the consultation that is asked for, or the newest of those opened lately, and is the page to begin at: without one the list.
func firstPage(ctx context.Context, s *web.Server, path string) (string, error) {
	asked := path != ""
	if !asked {
		path = s.Newest()
	}
	if path == "" {
		return "/", nil
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	key, err := s.Open(ctx, path)
	if err != nil && !asked { // it may be damaged, or on a stick that is not there
		return "/", nil
	}
	return "/c/" + key + "/", err
}

// servePlaces are where pages make new consultations, and the list of those opened lately.
func servePlaces() (folder, recent string, err error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", "", fmt.Errorf("finding your folder: %w", err)
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", "", fmt.Errorf("finding your folder for settings: %w", err)
	}
	folder = filepath.Join(home, "collate")
	if documents := filepath.Join(home, "Documents"); isFolder(documents) {
		folder = filepath.Join(documents, "collate")
	}
	return folder, filepath.Join(config, "collate", "recent.json"), nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// example makes the example consultation in a folder, where it is not there yet.
func (a *app) example(ctx context.Context, folder string) (string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("making the folder %s: %w", folder, err)
	}
	beside := filepath.Join(folder, "send-ap-plan")
	if _, err := os.Stat(beside + ".collate"); err == nil {
		return beside + ".collate", nil
	}
	found, err := a.run(ctx, samples.SendAPPlan(), "the example submissions", beside)
	if err != nil {
		return "", err
	}
	return found.Record, nil
}

// listen takes the port on this machine, or any other where it is taken.
func listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil && port != 0 {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return l, err
}

// serveUntil serves until the context ends, and then lets what is being answered come to its end.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		last, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		return server.Shutdown(last)
	}
}
