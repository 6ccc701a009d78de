// Command browser looks at collate's pages in a browser: its tests walk through them as a person would, and run by itself it makes pictures
// of every page. It is a module of its own so that what drives the browser is no part of collate.
//
//	go run . DIR [WIDTHxHEIGHT]
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// pictures are the pages that pictures are made of, by the name of the file.
var pictures = [][2]string{
	{"overview", ""},
	{"matrix", "matrix"},
	{"matrix-colours", "matrix?view=colours"},
	{"quote-drawer", "matrix?member=ADHD+Families+Together&on=alternative-provision"},
	{"joint", "joint?theme=national-standards"},
	{"search", "search?q=standards"},
	{"search-lines", "search?q=standards&view=lines"},
	{"review", "review"},
	{"submission", "submission?name=Ashdown+response+REVISED+v2.docx&q=standards"},
	{"accept", "accept?theme=national-standards&least=50"},
	{"members", "members"},
	{"add", "add"},
	{"settings", "settings"},
	{"history", "audit"},
	{"help", "help"},
}

func main() {
	if err := shoot(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// shoot makes a picture of each page of the example.
func shoot(args []string) error {
	var width, height int64 = 1366, 768
	if len(args) == 2 {
		if _, err := fmt.Sscanf(args[1], "%dx%d", &width, &height); err != nil {
			return fmt.Errorf("the size is written as 1366x768: %w", err)
		}
	} else if len(args) != 1 {
		return fmt.Errorf("name the folder for the pictures: go run . DIR [WIDTHxHEIGHT]")
	}
	browser := findBrowser()
	if browser == "" {
		return fmt.Errorf("there is none of %s", strings.Join(browsers, ", "))
	}
	dir, err := os.MkdirTemp("", "collate-pages-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, err := build(dir)
	if err != nil {
		return err
	}
	if err := demo(program, dir); err != nil {
		return err
	}
	s, err := serve(program, filepath.Join(dir, "send-ap-plan.collate"))
	if err != nil {
		return err
	}
	defer s.stop()
	t, err := s.browse(browser)
	if err != nil {
		return err
	}
	defer t.stop()
	return t.shoot(args[0], width, height)
}

func (t *tab) shoot(into string, width, height int64) error {
	if err := t.do(chromedp.EmulateViewport(width, height)); err != nil {
		return err
	}
	for _, p := range pictures {
		for _, dark := range []bool{false, true} {
			name := p[0]
			if dark {
				name += "-dark"
			}
			if err := t.dark(dark); err != nil {
				return err
			}
			if err := t.open(p[1]); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			picture, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := os.WriteFile(filepath.Join(into, name+".png"), picture, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
