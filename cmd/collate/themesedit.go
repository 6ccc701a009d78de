package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

// A themeEdit is a command that changes the themes: how it is written, and what it does with its arguments.
type themeEdit struct {
	use, short, long string
	least, most      int // arguments behind the record's name
	flags            func(*cobra.Command)
	run              func(ctx context.Context, an *themes.Analysis, args []string, who, because string) (said string, err error)
}

// themeEditCommand makes a command of an edit: it opens the consultation, makes the change, says what was done and tags again.
func (a *app) themeEditCommand(e themeEdit) *cobra.Command {
	var because string
	c := &cobra.Command{
		Use:   e.use,
		Short: e.short,
		Long:  e.long,
		Args:  cobra.RangeArgs(e.least, e.most+1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) < e.least || len(rest) > e.most {
					return misuse("Write it as: collate %s", strings.TrimPrefix(cmd.UseLine(), "collate "))
				}
				said, err := e.run(cmd.Context(), an, rest, a.person(), because)
				if err != nil {
					return refused(err)
				}
				fmt.Fprintf(a.err, "%s Recorded under the name %s.\n", plainText(said), a.person())
				return a.tag(cmd.Context(), an)
			})
		},
	}
	c.Flags().StringVar(&because, "because", "", "your reason, for the history")
	if e.flags != nil {
		e.flags(c)
	}
	return c
}

// refused makes a change that cannot be a misuse.
func refused(err error) error {
	var edit *themes.EditError
	if errors.As(err, &edit) {
		return misuse("%s", edit.Message)
	}
	return err
}

// themeNamed is the theme that a person means by its id or its name.
func themeNamed(an *themes.Analysis, typed string) (*themes.Theme, error) {
	typed = strings.TrimSpace(typed)
	if t := an.Codebook.Theme(strings.ToLower(typed)); t != nil {
		return t, nil
	}
	var list []string
	for i := range an.Codebook.Themes {
		t := &an.Codebook.Themes[i]
		if strings.EqualFold(t.Name, typed) {
			return t, nil
		}
		list = append(list, t.ID)
	}
	return nil, misuse("There is no theme %q. The themes are %s.", typed, strings.Join(list, ", "))
}

// onTheme is a run whose first argument is a theme.
func onTheme(f func(ctx context.Context, an *themes.Analysis, t themes.Theme, args []string, who, because string) (string, error)) func(context.Context, *themes.Analysis, []string, string, string) (string, error) {
	return func(ctx context.Context, an *themes.Analysis, args []string, who, because string) (string, error) {
		t, err := themeNamed(an, args[0])
		if err != nil {
			return "", err
		}
		return f(ctx, an, *t, args[1:], who, because)
	}
}

func themesAddCommand(a *app) *cobra.Command {
	var t themes.Theme
	return a.themeEditCommand(themeEdit{
		use: "add [NAME.collate] NAME", short: "Add a theme", least: 1, most: 1,
		flags: func(c *cobra.Command) {
			c.Flags().StringVar(&t.ID, "id", "", "its id, which never changes (default: made of the name)")
			c.Flags().StringVar(&t.Parent, "under", "", "the theme that it lies in")
			c.Flags().StringVar(&t.Description, "description", "", "what it covers")
			c.Flags().StringVar(&t.Colour, "colour", "", "as in #0072b2 (default: the next of the palette)")
			c.Flags().StringArrayVar(&t.Any, "rule", nil, "a search that proposes it; may be given several times")
			c.Flags().StringArrayVar(&t.None, "none", nil, "a search that keeps passages off it; may be given several times")
			c.Flags().StringArrayVar(&t.Examples, "example", nil, "words that belong to it; may be given several times")
		},
		run: func(ctx context.Context, an *themes.Analysis, args []string, who, because string) (string, error) {
			t.Name = args[0]
			if t.Parent != "" {
				up, err := themeNamed(an, t.Parent)
				if err != nil {
					return "", err
				}
				t.Parent = up.ID
			}
			if err := an.ChangeCodebook(ctx, who, because, themes.AddTheme(t)); err != nil {
				return "", err
			}
			return fmt.Sprintf("Added %s.", an.Codebook.Themes[len(an.Codebook.Themes)-1].ID), nil
		},
	})
}

func themesEditCommand(a *app) *cobra.Command {
	var name, description, colour string
	var c *cobra.Command
	c = a.themeEditCommand(themeEdit{
		use: "edit [NAME.collate] THEME", short: "Give a theme another name, description or colour; its id and its codings stay", least: 1, most: 1,
		flags: func(c *cobra.Command) {
			c.Flags().StringVar(&name, "name", "", "as outputs print it")
			c.Flags().StringVar(&description, "description", "", "what it covers")
			c.Flags().StringVar(&colour, "colour", "", `as in #0072b2; "" takes one from the palette`)
		},
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, _ []string, who, because string) (string, error) {
			var changes []themes.Change
			for _, x := range []struct {
				flag   string
				change themes.Change
			}{{"name", themes.Rename(t.ID, name)}, {"description", themes.Describe(t.ID, description)}, {"colour", themes.Recolour(t.ID, colour)}} {
				if c.Flags().Changed(x.flag) {
					changes = append(changes, x.change)
				}
			}
			if len(changes) == 0 {
				return "", misuse("Say what is to be changed: --name, --description or --colour. Rules and examples have commands of their own.")
			}
			return fmt.Sprintf("Changed %s.", t.ID), an.ChangeCodebook(ctx, who, because, changes...)
		}),
	})
	return c
}

// group is a command that only holds others.
func group(use, short string, of ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	c.AddCommand(of...)
	return c
}

func themesRuleCommand(a *app) *cobra.Command {
	list := func(none bool) themes.List {
		if none {
			return themes.NoneRules
		}
		return themes.AnyRules
	}
	return group("rule", "Add, remove and try a theme's rules",
		a.listCommand("add", "QUERY", "Add a rule: a search that proposes the theme", "none", "a rule that keeps passages off", list, themes.AddTo),
		a.listCommand("remove", "QUERY-OR-NUMBER", "Remove a rule, by its words or its number", "none", "a rule that keeps passages off", list, themes.RemoveFrom),
		themesTryCommand(a))
}

func themesExampleCommand(a *app) *cobra.Command {
	list := func(not bool) themes.List {
		if not {
			return themes.NonExamples
		}
		return themes.Examples
	}
	return group("example", "Add and remove a theme's examples",
		a.listCommand("add", "WORDS", "Add words that belong to the theme", "not", "words that look like the theme and are not", list, themes.AddTo),
		a.listCommand("remove", "WORDS-OR-NUMBER", "Remove an example, by its words or its number", "not", "words that look like the theme and are not", list, themes.RemoveFrom))
}

// listCommand is a command that puts an entry into a list of a theme or takes it out.
func (a *app) listCommand(verb, entry, short, flag, means string, list func(bool) themes.List, change func(string, themes.List, string) themes.Change) *cobra.Command {
	var other bool
	return a.themeEditCommand(themeEdit{
		use: verb + " [NAME.collate] THEME " + entry, short: short, least: 2, most: 2,
		flags: func(c *cobra.Command) { c.Flags().BoolVar(&other, flag, false, means) },
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, args []string, who, because string) (string, error) {
			return fmt.Sprintf("Changed %s.", t.ID), an.ChangeCodebook(ctx, who, because, change(t.ID, list(other), args[0]))
		}),
	})
}

func themesMoveCommand(a *app) *cobra.Command {
	var top bool
	return a.themeEditCommand(themeEdit{
		use: "move [NAME.collate] THEME [PARENT]", short: "Put a theme under another, or with --top under none", least: 1, most: 2,
		flags: func(c *cobra.Command) { c.Flags().BoolVar(&top, "top", false, "under no other theme") },
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, args []string, who, because string) (string, error) {
			switch {
			case top == (len(args) == 1):
				return "", misuse("Name the theme that %s is to lie in, or write --top.", t.ID)
			case top:
				return fmt.Sprintf("%s lies at the top now.", t.ID), an.ChangeCodebook(ctx, who, because, themes.Move(t.ID, ""))
			}
			up, err := themeNamed(an, args[0])
			if err != nil {
				return "", err
			}
			id := up.ID
			return fmt.Sprintf("%s lies in %s now and is counted for it.", t.ID, id), an.ChangeCodebook(ctx, who, because, themes.Move(t.ID, id))
		}),
	})
}

func themesMergeCommand(a *app) *cobra.Command {
	return a.themeEditCommand(themeEdit{
		use: "merge [NAME.collate] THEME INTO", short: "Merge a theme into another, with its rules, examples and what people decided", least: 2, most: 2,
		long: `What people decided on the first theme holds for the second as well, under their names, and the first is retired. Nothing is lost:
what is on it can still be seen, and "collate themes restore" undoes the merge.`,
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, args []string, who, because string) (string, error) {
			into, err := themeNamed(an, args[0])
			if err != nil {
				return "", err
			}
			id := into.ID
			return fmt.Sprintf("Merged %s into %s. To undo it: collate themes restore %s.", t.ID, id, t.ID), an.Merge(ctx, t.ID, id, who, because)
		}),
	})
}

func themesSplitCommand(a *app) *cobra.Command {
	var x themes.Split
	return a.themeEditCommand(themeEdit{
		use: "split [NAME.collate] THEME NEW-NAME", short: "Make a part of a theme a theme of its own, by a search or by passages", least: 2, most: 2,
		long: `With --find SEARCH: the new theme takes over the old one's rules, each narrowed by the search, which keeps passages off the old one; and what
people decided on the passages that it finds moves. With --passage ID, as often as needed: what is coded on these passages moves. The rest stays. NEW-NAME may also be
a theme that is there. To put it back: collate themes merge NEW-NAME THEME.`,
		flags: func(c *cobra.Command) {
			c.Flags().StringVar(&x.Query, "find", "", "the passages that this search finds")
			c.Flags().StringArrayVar(&x.Passages, "passage", nil, "this passage; may be given several times")
			c.Flags().StringVar(&x.To.ID, "id", "", "the new theme's id (default: made of the name)")
			c.Flags().StringVar(&x.To.Description, "description", "", "what the new theme covers")
		},
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, args []string, who, because string) (string, error) {
			x.From, x.Coder, x.Because = t.ID, who, because
			if there, err := themeNamed(an, args[0]); err == nil {
				x.To = *there
			} else {
				x.To.Name = args[0]
			}
			for i := range x.Passages {
				x.Passages[i] = passageID(x.Passages[i])
			}
			n, err := an.Split(ctx, x)
			return fmt.Sprintf("Split %s: what was coded on %s moved to %s.", t.ID, plural(n, "passage"), args[0]), err
		}),
	})
}

func themesRetireCommand(a *app) *cobra.Command {
	return a.themeEditCommand(themeEdit{
		use: "retire [NAME.collate] THEME", short: "Propose a theme no more and count it no more; what is coded on it is kept", least: 1, most: 1,
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, _ []string, who, because string) (string, error) {
			return fmt.Sprintf("%s is retired. To bring it back: collate themes restore %s.", t.ID, t.ID), an.ChangeCodebook(ctx, who, because, themes.Retire(t.ID))
		}),
	})
}

func themesRestoreCommand(a *app) *cobra.Command {
	return a.themeEditCommand(themeEdit{
		use: "restore [NAME.collate] THEME", short: "Bring a retired theme back, and undo its merge if it was merged", least: 1, most: 1,
		run: onTheme(func(ctx context.Context, an *themes.Analysis, t themes.Theme, _ []string, who, because string) (string, error) {
			return fmt.Sprintf("%s is back.", t.ID), an.Restore(ctx, t.ID, who, because)
		}),
	})
}

func themesHistoryCommand(a *app) *cobra.Command {
	var show int64
	c := &cobra.Command{
		Use:   "history [NAME.collate]",
		Short: "Who changed the themes, when and how",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				history, err := an.CodebookHistory(cmd.Context())
				if err != nil {
					return err
				}
				if show > 0 {
					return showVersion(a.out, history, show)
				}
				return a.print(history, func(w io.Writer) { printHistory(w, history) })
			})
		},
	}
	c.Flags().Int64Var(&show, "show", 0, "print the themes file of this version, by its number in the history")
	return c
}

func showVersion(w io.Writer, history []themes.CodebookVersion, number int64) error {
	for _, v := range history {
		if v.Seq == number {
			_, err := io.WriteString(w, v.Text)
			return err
		}
	}
	return misuse("There is no version %d. See the numbers with: collate themes history", number)
}

func printHistory(w io.Writer, history []themes.CodebookVersion) {
	if len(history) == 0 {
		fmt.Fprintln(w, "The built-in themes are used, and nobody has changed them.")
		return
	}
	for _, v := range history {
		fmt.Fprintf(w, "%d  %s  %s, %s\n", v.Seq, v.At.Format("2 January 2006 15:04"), v.By, v.Source)
		for _, change := range v.Changes {
			fmt.Fprintf(w, "     %s\n", change)
		}
		if len(v.Changes) == 0 {
			fmt.Fprintln(w, "     the same themes, written in another way")
		}
		if v.Because != "" {
			fmt.Fprintf(w, "     because: %s\n", v.Because)
		}
	}
}
