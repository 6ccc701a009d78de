package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"collate/cmd/collate/web"
)

// servePort is tried first: what a browser remembers of a page goes by its port.
const servePort = 7447

func serveCommand(a *app) *cobra.Command {
	var noOpen bool
	var port int
	c := &cobra.Command{
		Use:   "serve [NAME.collate]",
		Short: "Open the pages in the browser",
		Long: `Opens the consultation as pages in your browser. They are answered on this machine only, for the browser that the printed address was
opened in; nothing leaves the machine. The address works once: press Enter for another. Ctrl+C ends it.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, rest, err := recordPath(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return misuse("There is no consultation called %q: its file's name ends in .collate.", rest[0])
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
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	s, err := web.New(web.Config{Options: opt, Person: a.person(), Version: version})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	key, err := s.Open(ctx, path)
	if err != nil {
		return err
	}
	listener, err := listen(port)
	if err != nil {
		return fmt.Errorf("opening a port on this machine: %w", err)
	}
	base := "http://" + listener.Addr().String()
	address := func() string { return s.Address(base, "/c/"+key+"/") }
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
