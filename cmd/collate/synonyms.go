package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func synonymsCommand(a *app) *cobra.Command {
	w := &wording{app: a}
	c := &cobra.Command{
		Use:   "synonyms [NAME.collate]",
		Short: "Which words are taken for the same thing by a search, and how to change that",
		Long: `A search for one of the words of a group finds the others as well, and says so. A group is a line:

  AP = alternative provision                    each finds the other, in small letters and capitals alike
  SEND => special educational needs = SEN       only SEND, in these capitals, finds the rest
  # a line of explanation

Where a consultation has no list of its own, the built-in one holds; the first change makes it the consultation's own. Every change is
kept under your name and can be taken back. Themes are not touched: their rules mean what they say.`,
		Example: `  collate synonyms add 'ESS = educational support staff'
  collate synonyms replace AP 'AP = alternative provision = alternative education'
  collate synonyms remove 'EP'
  collate synonyms export words.txt        to change it in a text editor, and then: collate synonyms import words.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return w.list(cmd.Context(), an) })
		},
	}
	c.AddCommand(w.addCommand(), w.replaceCommand(), w.removeCommand(), w.importCommand(), w.exportCommand(), w.undoCommand(), w.resetCommand(), w.historyCommand())
	return c
}

// A wording is one run of a command about synonyms.
type wording struct {
	*app
	because string
}

// verb makes a command of n arguments behind the consultation's name.
func (w *wording) verb(use, short string, n int, decides bool, f func(context.Context, *themes.Analysis, []string) error) *cobra.Command {
	name, arguments, _ := strings.Cut(use, " ")
	use = strings.TrimSpace(name + " [NAME.collate] " + arguments)
	c := &cobra.Command{Use: use, Short: short, Args: cobra.RangeArgs(n, n+1), RunE: func(cmd *cobra.Command, args []string) error {
		if n == 0 {
			return w.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return f(cmd.Context(), an, nil) })
		}
		return w.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
			if len(rest) != n {
				return misuse("Write it as: collate synonyms %s", use)
			}
			return f(cmd.Context(), an, rest)
		})
	}}
	if decides {
		c.Flags().StringVar(&w.because, "because", "", "why, to be kept with the change")
	}
	return c
}

func (w *wording) addCommand() *cobra.Command {
	return w.verb("add 'WORDS = OTHER WORDS'", "Add a group", 1, true, func(ctx context.Context, an *themes.Analysis, args []string) error {
		g, err := index.ParseSynonymGroup(args[0])
		if err != nil {
			return err
		}
		old, err := an.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		shared := old.Having(g.Words...)
		if slices.ContainsFunc(shared, func(x index.SynonymGroup) bool { return sameGroup(x, g) }) {
			fmt.Fprintf(w.err, "There already: %s\n", g)
			return nil
		}
		if err := w.write(ctx, an, func(now *index.Synonyms) (*index.Synonyms, error) { return now.Add(g) }); err != nil {
			return err
		}
		fmt.Fprintf(w.err, "Added: %s\n", plainText(g.String()))
		for _, x := range shared {
			fmt.Fprintf(w.err, "One of its words stands in another group as well, which stays a thing of its own: %s\n", plainText(x.String()))
		}
		if len(shared) > 0 {
			fmt.Fprintln(w.err, "To make one group of them: collate synonyms replace WORDS 'ALL OF THEM = ...'")
		}
		return nil
	})
}

func sameGroup(a, b index.SynonymGroup) bool {
	return a.OneWay == b.OneWay && slices.EqualFunc(a.Words, b.Words, strings.EqualFold)
}

func (w *wording) replaceCommand() *cobra.Command {
	return w.verb("replace WORDS 'WORDS = OTHER WORDS'", "Put another group in the place of the one that has these words", 2, true, func(ctx context.Context, an *themes.Analysis, args []string) error {
		g, err := index.ParseSynonymGroup(args[1])
		if err != nil {
			return err
		}
		var old index.SynonymGroup
		if err := w.write(ctx, an, func(s *index.Synonyms) (*index.Synonyms, error) {
			if old, err = one(s, args[0]); err != nil {
				return nil, err
			}
			return s.Replace(old, g)
		}); err != nil {
			return err
		}
		fmt.Fprintf(w.err, "Was: %s\nIs:  %s\n", plainText(old.String()), plainText(g.String()))
		return nil
	})
}

func (w *wording) removeCommand() *cobra.Command {
	return w.verb("remove WORDS", "Take out the group that has these words", 1, true, func(ctx context.Context, an *themes.Analysis, args []string) error {
		var old index.SynonymGroup
		if err := w.write(ctx, an, func(s *index.Synonyms) (_ *index.Synonyms, err error) {
			if old, err = one(s, args[0]); err != nil {
				return nil, err
			}
			return s.Remove(old)
		}); err != nil {
			return err
		}
		fmt.Fprintf(w.err, "Removed: %s\nTo bring it back: collate synonyms undo\n", plainText(old.String()))
		return nil
	})
}

// one is the only group that has these words, or that is this line.
func one(s *index.Synonyms, words string) (index.SynonymGroup, error) {
	found := s.Having(words)
	if g, err := index.ParseSynonymGroup(words); err == nil {
		found = slices.DeleteFunc(s.Groups(), func(x index.SynonymGroup) bool { return !sameGroup(x, g) })
	}
	switch len(found) {
	case 0:
		return index.SynonymGroup{}, misuse("No group has the words %q. See them all with: collate synonyms", words)
	case 1:
		return found[0], nil
	}
	var lines []string
	for _, g := range found {
		lines = append(lines, "\n  "+g.String())
	}
	return index.SynonymGroup{}, misuse("Several groups have the words %q. Write the whole line of the one you mean:%s", words, strings.Join(lines, ""))
}

// write keeps what change makes of the synonyms that there are.
func (w *wording) write(ctx context.Context, an *themes.Analysis, change func(*index.Synonyms) (*index.Synonyms, error)) error {
	return an.ChangeSynonyms(ctx, w.because, w.person(), change)
}

func (w *wording) importCommand() *cobra.Command {
	return w.verb("import FILE", "Take the groups of a plain text file in the place of all there are", 1, true, func(ctx context.Context, an *themes.Analysis, args []string) error {
		data, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
		s, err := index.ParseSynonyms(text)
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		if strings.TrimSpace(text) == "" {
			return misuse("%s is empty. For the built-in synonyms: collate synonyms reset. For none at all, write a line that starts with #.", args[0])
		}
		before, err := an.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		if err := an.WriteSynonyms(ctx, text, w.because, w.person()); err != nil {
			return err
		}
		more, less := difference(before, s)
		fmt.Fprintf(w.err, "%s from %s: %d new, %d gone. To go back: collate synonyms undo\n", plural(len(s.Groups()), "group"), args[0], len(more), len(less))
		return nil
	})
}

// difference is which lines are in the one list and not in the other.
func difference(before, after *index.Synonyms) (more, less []string) {
	lines := func(s *index.Synonyms) (out []string) {
		for _, g := range s.Groups() {
			out = append(out, g.String())
		}
		return out
	}
	old, is := lines(before), lines(after)
	more = slices.DeleteFunc(slices.Clone(is), func(l string) bool { return slices.Contains(old, l) })
	less = slices.DeleteFunc(slices.Clone(old), func(l string) bool { return slices.Contains(is, l) })
	return more, less
}

func (w *wording) exportCommand() *cobra.Command {
	return w.verb("export FILE", "Write the groups to a plain text file; to the screen with - for its name", 1, false, func(ctx context.Context, an *themes.Analysis, args []string) error {
		s, err := an.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		text := strings.TrimRight(s.String(), "\n") + "\n"
		if args[0] == "-" {
			_, err := io.WriteString(w.out, text)
			return err
		}
		if err := writeFile(args[0], func(out io.Writer) error { _, err := io.WriteString(out, text); return err }); err != nil {
			return err
		}
		fmt.Fprintf(w.err, "Wrote %s: %s.\n", args[0], plural(len(s.Groups()), "group"))
		return nil
	})
}

func (w *wording) undoCommand() *cobra.Command {
	return w.verb("undo", "Take the last change back; once more brings it back", 0, false, func(ctx context.Context, an *themes.Analysis, _ []string) error {
		before, err := an.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		if err := an.UndoSynonyms(ctx, w.person()); err != nil {
			return err
		}
		s, err := an.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		more, less := difference(before, s)
		fmt.Fprint(w.err, "The last change was taken back.\n"+plainText(changed(more, less)))
		return nil
	})
}

// changed lists lines that came and went.
func changed(more, less []string) string {
	var b strings.Builder
	for _, l := range more {
		fmt.Fprintf(&b, "  + %s\n", l)
	}
	for _, l := range less {
		fmt.Fprintf(&b, "  - %s\n", l)
	}
	return b.String()
}

func (w *wording) resetCommand() *cobra.Command {
	return w.verb("reset", "Go back to the built-in groups", 0, true, func(ctx context.Context, an *themes.Analysis, _ []string) error {
		if err := an.WriteSynonyms(ctx, "", w.because, w.person()); err != nil {
			return err
		}
		fmt.Fprintln(w.err, "The built-in synonyms hold. To go back: collate synonyms undo")
		return nil
	})
}

// synonymEvent is a change as history shows it.
type synonymEvent struct {
	By      string   `json:"by"`
	At      string   `json:"at"`
	Because string   `json:"because,omitempty"`
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
}

func (w *wording) historyCommand() *cobra.Command {
	return w.verb("history", "Who changed what, and when", 0, false, func(ctx context.Context, an *themes.Analysis, _ []string) error {
		changes, err := an.SynonymChanges(ctx)
		if err != nil {
			return err
		}
		events := []synonymEvent{}
		before := index.BuiltinSynonyms()
		for _, h := range changes {
			s := index.BuiltinSynonyms()
			if h.Text != "" {
				if s, err = index.ParseSynonyms(h.Text); err != nil {
					return fmt.Errorf("reading synonyms: %w", err)
				}
			}
			e := synonymEvent{By: h.By, At: h.At.Format("2006-01-02 15:04"), Because: h.Because}
			e.Added, e.Removed = difference(before, s)
			events, before = append(events, e), s
		}
		return w.print(events, func(out io.Writer) {
			if len(events) == 0 {
				fmt.Fprintln(out, "The built-in synonyms were never changed here.")
			}
			for _, e := range events {
				fmt.Fprintf(out, "%s, %s%s\n%s", e.By, e.At, ifAny(": ", e.Because), changed(e.Added, e.Removed))
			}
		})
	})
}

func ifAny(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// synonymList is what is shown of a consultation's synonyms.
type synonymList struct {
	Own    bool                 `json:"own"`          // false for the built-in ones
	By     string               `json:"by,omitempty"` // who made the last change
	At     string               `json:"at,omitempty"`
	Groups []index.SynonymGroup `json:"groups"`
}

func (w *wording) list(ctx context.Context, an *themes.Analysis) error {
	s, err := an.ReadSynonyms(ctx)
	if err != nil {
		return err
	}
	changes, err := an.SynonymChanges(ctx)
	if err != nil {
		return err
	}
	l := synonymList{Groups: s.Groups()}
	if n := len(changes); n > 0 {
		last := changes[n-1]
		l.Own, l.By, l.At = last.Text != "", last.By, last.At.Format("2 January 2006")
	}
	return w.print(l, func(out io.Writer) {
		head := "The built-in synonyms"
		if l.Own {
			head = "This consultation's own synonyms"
		}
		fmt.Fprintf(out, "%s: %s", head, plural(len(l.Groups), "group"))
		if l.By != "" {
			fmt.Fprintf(out, ", as %s last set them on %s", l.By, l.At)
		}
		fmt.Fprint(out, ".\n\n")
		for _, g := range l.Groups {
			fmt.Fprintf(out, "  %s\n", g)
		}
		fmt.Fprint(out, "\nWith = each finds the others; with => only the first does, in these capitals.\nTo add one: collate synonyms add 'AP = alternative provision'\n")
	})
}
