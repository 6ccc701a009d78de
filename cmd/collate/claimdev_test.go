package main

import (
	"fmt"
	"io/fs"
	"os"
	"testing"

	"collate/samples"
	"collate/themes"
)

func TestClaimDev(t *testing.T) {
	_, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, _ := fs.ReadFile(samples.SendAPPlan(), "claims.jsonl")
	more, _ := fs.ReadFile(samples.SendAPPlan(), "claims-more.jsonl")
	gold, err := themes.ReadGoldClaims(append(data, more...))
	if err != nil {
		t.Fatal(err)
	}
	scores, err := themes.MeasureClaims(s, gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range scores {
		if c.Split == "test" && os.Getenv("TEST") == "" {
			continue
		}
		fmt.Printf("%-9s %-5s P %.2f R %.2f F1 %.2f (%d right %d wrong %d missed)", c.Kind, c.Split, c.Precision(), c.Recall(), c.F1(), c.Right, c.Wrong, c.Missed)
		for _, p := range c.Parts {
			fmt.Printf("  %s %d/%d (%d/%d)", p.Name, p.Right, p.Of, p.StatedRight, p.Stated)
		}
		fmt.Println()
	}
	r := themes.NewClaimReader(s)
	for _, g := range gold {
		if g.Split != "dev" && g.Split != "dev2" || os.Getenv("V") == "2" && g.Split != "dev2" {
			continue
		}
		p := s.Passage(g.ID)
		text := s.Text(p)
		x := r.Read(p)
		if len(x.Asks)+len(x.Figures)+len(x.Dates)+len(x.Mentions)+len(g.Asks)+len(g.Figures)+len(g.Dates)+len(g.Mentions) == 0 || os.Getenv("V") == "" {
			continue
		}
		fmt.Printf("\n%s %v\n%s\n", g.ID, p.Place.Headings, text)
		c := func(a, b int) string { return text[a:b] }
		for _, a := range g.Asks {
			fmt.Printf("  A gold  %q | %q | %q | %q\n", a.Words, a.Actor, a.Action, a.Deadline)
		}
		for _, a := range x.Asks {
			fmt.Printf("  A found %q | %q | %q | %q\n", c(a.Start, a.End), c(a.Actor.Start, a.Actor.End), c(a.Action.Start, a.Action.End), c(a.Deadline.Start, a.Deadline.End))
		}
		for _, a := range g.Figures {
			fmt.Printf("  F gold  %q | %q | %q | %q | %q\n", a.Value, a.Unit, a.What, a.When, a.Source)
		}
		for _, a := range x.Figures {
			fmt.Printf("  F found %q | %q | %q | %q | %q\n", c(a.Start, a.End), a.Unit, c(a.What.Start, a.What.End), c(a.When.Start, a.When.End), c(a.Source.Start, a.Source.End))
		}
		for _, a := range g.Dates {
			fmt.Printf("  D gold  %q | %q | %q | %q | %q\n", a.Words, a.Normalised, a.Kind, a.Promised, a.By)
		}
		for _, a := range x.Dates {
			fmt.Printf("  D found %q | %q | %q | %q | %q\n", c(a.Start, a.End), a.Normalised, a.Kind, c(a.Promised.Start, a.Promised.End), c(a.By.Start, a.By.End))
		}
		for _, a := range g.Mentions {
			fmt.Printf("  M gold  %q | %q | %q\n", a.Words, a.Kind, a.Canonical)
		}
		for _, a := range x.Mentions {
			fmt.Printf("  M found %q | %q | %q\n", c(a.Start, a.End), a.Kind, a.Canonical)
		}
	}
}
