package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"collate/cmd/collate/explain"
	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// findings are what a run found and where it put it.
type findings struct {
	Record   string          `json:"record"`
	Workbook string          `json:"workbook"`
	Quotes   string          `json:"quotes"`
	Others   []string        `json:"others,omitempty"` // what was written for others than staff
	Title    string          `json:"title"`
	Codebook string          `json:"codebook"`
	Listed   bool            `json:"listed"` // a list of members was given
	Counts   themes.Counts   `json:"counts"`
	Themes   []themeFinding  `json:"themes"`
	Surveys  []surveyFinding `json:"surveys,omitempty"`
	Unread   []unread        `json:"unread"`
	Left     []left          `json:"left_out"`
	Notes    []string        `json:"notes"`
}

type themeFinding struct {
	Name     string `json:"name"`
	Members  int    `json:"members"`
	Passages int    `json:"passages"`
	Outcome  string `json:"outcome"`
	Line     string `json:"joint_position"`
}

// surveyFinding is a survey that is counted, and what it holds.
type surveyFinding struct {
	Name string        `json:"name"`
	Size *extract.Size `json:"size"`
}

// unread is a file that could not be read and why, in words.
type unread struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// left is a submission that was read and is not counted.
type left struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

func (f *findings) fill(ctx context.Context, an *themes.Analysis, r *themes.Report) error {
	f.Title, f.Codebook, f.Counts, f.Notes = r.Title, r.Codebook, r.Counts, r.Notes
	for _, t := range r.Themes {
		f.Themes = append(f.Themes, themeFinding{Name: t.Name, Members: t.Members, Passages: t.Passages, Outcome: string(t.Joint.Outcome), Line: t.Joint.Line})
	}
	s, err := an.Snapshot(ctx)
	if err != nil {
		return err
	}
	f.Listed = slices.ContainsFunc(s.Members, func(m index.Member) bool { return m.Listed })
	for _, sub := range s.Submissions {
		switch {
		case sub.Failure != "":
			f.Unread = append(f.Unread, unread{sub.Name, explain.Unread(sub.Failure, sub.FailureReason)})
		case sub.Excluded != "":
			f.Left = append(f.Left, left{sub.Name, sub.Excluded})
		case len(sub.Document.Facts.Surveys) > 0:
			f.Surveys = append(f.Surveys, surveyFinding{sub.Name, sub.Document.Facts.Size()})
		}
	}
	return nil
}

func (f *findings) print(w io.Writer) {
	c := f.Counts
	fmt.Fprintf(w, "%s\n\n", f.Title)
	answered := fmt.Sprintf("%d of %s", c.Members, plural(c.Asked, "member"))
	if !f.Listed {
		answered = plural(c.Members, "member") // without a list nobody knows how many were asked
	}
	fmt.Fprintf(w, "  %s answered, in %s: %s, %d of them on a theme.\n", answered, plural(c.Submissions, "submission"), plural(c.Passages, "passage"), c.Tagged)
	fmt.Fprintf(w, "  Themes: %s.\n\n", f.Codebook)
	width := 0
	for _, t := range f.Themes {
		width = max(width, len([]rune(t.Name)))
	}
	fmt.Fprintf(w, "  %-*s  members  passages  outcome\n", width, "theme")
	for _, t := range f.Themes {
		fmt.Fprintf(w, "  %s%s  %7d  %8d  %s\n", t.Name, strings.Repeat(" ", width-len([]rune(t.Name))), t.Members, t.Passages, t.Outcome)
	}
	if len(f.Surveys) > 0 {
		fmt.Fprintf(w, "\nSurveys (%d):\n", len(f.Surveys))
		for _, s := range f.Surveys {
			fmt.Fprintf(w, "  %s\n", surveyLine(s.Name, s.Size))
		}
	}
	if len(f.Unread) > 0 {
		fmt.Fprintf(w, "\nNot read (%d):\n", len(f.Unread))
		for _, u := range f.Unread {
			fmt.Fprintf(w, "  %s: %s\n", u.Name, u.Why)
		}
	}
	if len(f.Left) > 0 {
		fmt.Fprintf(w, "\nRead and not counted (%d):\n", len(f.Left))
		for _, l := range f.Left {
			fmt.Fprintf(w, "  %s: %s\n", l.Name, l.Why)
		}
	}
	fmt.Fprintln(w)
	for _, n := range f.Notes {
		fmt.Fprintf(w, "Note: %s\n", n)
	}
	fmt.Fprintf(w, "\nWorkbook  %s\nQuotes    %s\nRecord    %s\n", f.Workbook, f.Quotes, f.Record)
	for _, path := range f.Others {
		fmt.Fprintf(w, "Also      %s\n", path)
	}
}
