package themes

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"collate/index"
)

// A CodebookVersion is one state of the codebook, with what made it different from the one before.
type CodebookVersion struct {
	Seq     int64     `json:"decision"` // the decision's number
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Source  string    `json:"source"` // the file it came from
	Changes []string  `json:"changes"`
	Because string    `json:"because,omitempty"` // the person's reason
	Text    string    `json:"-"`                 // the themes file
}

// CodebookHistory lists who changed the codebook, when and how, oldest first.
func (a *Analysis) CodebookHistory(ctx context.Context) ([]CodebookVersion, error) {
	var out []CodebookVersion
	var before *Codebook
	var carried []string // what belongs to the next version
	err := a.Decisions(ctx, func(d *index.Decision) error {
		switch d.Act {
		case index.ActCarry:
			line, err := carryLine(d)
			carried = append(carried, line)
			return err
		case index.ActCodebook:
		default:
			return nil
		}
		v := CodebookVersion{Seq: d.Seq, At: d.At, By: d.Coder, Source: d.Subject, Because: d.Because, Text: d.Value}
		b, err := ParseCodebook([]byte(d.Value))
		if err != nil {
			return fmt.Errorf("decision %d: %w", d.Seq, err)
		}
		if before == nil && strings.HasPrefix(d.Subject, BuiltIn+changedHere) {
			if before, err = ParseCodebook(BuiltInCodebook()); err != nil {
				return err
			}
		}
		v.Changes = append(carried, before.differences(b)...)
		out, before, carried = append(out, v), b, nil
		return nil
	})
	return out, err
}

func carryLine(d *index.Decision) (string, error) {
	var x carry
	if err := json.Unmarshal([]byte(d.Value), &x); err != nil {
		return "", fmt.Errorf("decision %d: %w", d.Seq, err)
	}
	switch {
	case x.Undone && x.Split:
		return fmt.Sprintf("took back that passages were moved from %s to %s", d.Subject, d.Theme), nil
	case x.Undone:
		return fmt.Sprintf("took back that %s was merged into %s", d.Subject, d.Theme), nil
	case x.Split:
		return fmt.Sprintf("moved what is coded of %s from %s to %s", plural(len(x.Passages), "passage", "passages"), d.Subject, d.Theme), nil
	}
	return fmt.Sprintf("merged %s into %s", d.Subject, d.Theme), nil
}

// differences says what is different in a later codebook. Before the first one there is none.
func (b *Codebook) differences(later *Codebook) []string {
	if b == nil {
		return []string{fmt.Sprintf("began with %s", plural(len(later.Themes), "theme", "themes"))}
	}
	var out []string
	for i := range later.Themes {
		t := &later.Themes[i]
		if old := b.Theme(t.ID); old != nil {
			out = append(out, old.differences(t)...)
		} else {
			out = append(out, fmt.Sprintf("added %s (%q)", t.ID, t.Name))
		}
	}
	for _, t := range b.Themes {
		if later.Theme(t.ID) == nil {
			out = append(out, fmt.Sprintf("left out %s (%q)", t.ID, t.Name))
		}
	}
	if b.Consultation != later.Consultation || !slices.Equal(b.Called, later.Called) {
		out = append(out, "changed what the consultation is called")
	}
	if !slices.Equal(b.Questions, later.Questions) {
		out = append(out, "changed the questions")
	}
	return out
}

func (t *Theme) differences(later *Theme) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, t.ID+": "+fmt.Sprintf(format, args...)) }
	if t.Name != later.Name {
		say("renamed from %q to %q", t.Name, later.Name)
	}
	switch {
	case t.Parent == later.Parent:
	case later.Parent == "":
		say("moved to the top")
	default:
		say("moved under %s", later.Parent)
	}
	if t.Description != later.Description {
		say("described anew")
	}
	for _, l := range []struct {
		list List
		noun string
	}{{AnyRules, "rule"}, {NoneRules, "rule that keeps off"}, {Examples, "example"}, {NonExamples, "non-example"}} {
		old, now := *t.list(l.list), *later.list(l.list)
		for _, s := range now {
			if !slices.Contains(old, s) {
				say("added the %s %s", l.noun, shorten(s))
			}
		}
		for _, s := range old {
			if !slices.Contains(now, s) {
				say("removed the %s %s", l.noun, shorten(s))
			}
		}
	}
	if t.Colour != later.Colour {
		say("given the colour %q", later.Colour)
	}
	switch {
	case t.State == later.State:
	case later.State == ThemeRetired:
		say("retired")
	default:
		say("restored")
	}
	return out
}
