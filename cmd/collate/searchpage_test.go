package main

import (
	"bytes"
	"strings"
	"testing"

	"collate/index"
)

func TestPagerAsksAfterEachScreen(t *testing.T) {
	for _, tt := range []struct {
		name, typed string
		want        int // passages printed of ten
		questions   int
	}{
		{"to the end", "\n\n\n\n", 10, 3},
		{"stopped", "\nq\n", 6, 2},
		{"nobody answers", "", 3, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			p := &pager{out: &out, in: strings.NewReader(tt.typed), width: 60, height: 10}
			printed := 0
			for range 10 {
				if !p.passage("1. ", &index.Found{Passage: &index.Passage{ID: "P1"}, Reference: "Alpha, a.docx", Words: "We wait."}) {
					break
				}
				printed++
			}
			if got := strings.Count(out.String(), "-- Enter for more"); printed != tt.want || got != tt.questions {
				t.Errorf("%d passages and %d questions, want %d and %d", printed, got, tt.want, tt.questions)
			}
		})
	}
}

func TestWrappedBreaksBetweenWords(t *testing.T) {
	in := "   We \x1b[1;33mwait\x1b[0m and wait for the plan.\nShort.\n"
	want := "   We \x1b[1;33mwait\x1b[0m and \n   wait for the \n   plan.\nShort.\n"
	if got := wrapped(in, 16); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestConcordanceIsAligned(t *testing.T) {
	found := []index.Found{
		{Passage: &index.Passage{ID: "P1"}, Member: "Alpha", Lines: []index.Line{{Left: "… for the very long and slow ", Mark: "wait", Right: " that we had to bear last year"}}},
		{Passage: &index.Passage{ID: "P2"}, Member: "Béta, a member with a name that is far too long", Consent: index.Confidential, Lines: []index.Line{{Left: "日本 ", Mark: "waiting", Right: "."}}},
	}
	for _, in := range []*strings.Reader{nil, strings.NewReader("")} {
		var out bytes.Buffer
		p := &pager{out: &out}
		if in != nil {
			p.in, p.width, p.height = in, 80, 40
		}
		p.concordance(found)
		at := -1
		for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
			before, _, _ := strings.Cut(line, "wait")
			if at >= 0 && columnsOf(before) != at {
				t.Errorf("the words found are not under one another: %q", out.String())
			}
			if at = columnsOf(before); in != nil && columnsOf(line) > 80 {
				t.Errorf("%q is wider than the terminal", line)
			}
		}
	}
}
