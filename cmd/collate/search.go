package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/index"
	"collate/themes"
)

func searchCommand(a *app) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "search [NAME.collate] WORDS...",
		Short: "Find every passage that says something",
		Long: `Words must all be there, in any form (wait finds waiting); "an exact phrase"; OR, NOT or - in front of a word, ( ); wait* for any
ending. member:, type:, theme:, stance:, question:, format: and page: narrow it, as in theme:funding member:"Ashdown Autism Trust".
Put the whole search in single quotation marks where your command window takes " for its own.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, words []string) error {
				if len(words) == 0 {
					return misuse("Say what to search for: collate search NAME.collate WORDS")
				}
				found, err := an.Search(cmd.Context(), strings.Join(words, " "), limit)
				if err != nil {
					return err
				}
				return a.print(found, func(io.Writer) { printAnswer(a.out, found, a.colour()) })
			})
		},
	}
	c.Flags().IntVar(&limit, "limit", 20, "how many passages to show; -1 for all")
	return c
}

// colour reports whether output goes to a terminal that shows it.
func (a *app) colour() bool {
	f, ok := a.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == ""
}

func printAnswer(w io.Writer, found *index.Answer, colour bool) {
	for i, f := range found.Found {
		fmt.Fprintf(w, "%d. %s%s, %s, %s  [%s]\n", i+1, plainText(f.Member), caution(f.Consent), plainText(f.Name), f.Place, f.Passage.ID)
		fmt.Fprintf(w, "   %s\n\n", strings.ReplaceAll(marked(f, colour), "\n", "\n   "))
	}
	for i, f := range found.References {
		if i == 0 {
			fmt.Fprintf(w, "In the documents that the members answer, counted nowhere:\n\n")
		}
		fmt.Fprintf(w, "%s, %s  [%s]\n   %s\n\n", plainText(f.Name), f.Place, f.Passage.ID, strings.ReplaceAll(marked(f, colour), "\n", "\n   "))
	}
	fmt.Fprintf(w, "%s of %s", plural(found.Passages, "passage"), plural(found.Members, "member"))
	if found.Passages > len(found.Found) {
		fmt.Fprintf(w, "; the first %d are shown (--limit -1 shows all)", len(found.Found))
	}
	fmt.Fprintf(w, ".\n")
}

// caution stands behind the name of a member whose words are not free to use.
func caution(c index.Consent) string {
	switch c {
	case index.Attributable:
		return ""
	case index.Anonymous:
		return " (ANONYMOUS: not to be named)"
	}
	return " (CONFIDENTIAL: not to be quoted or named)"
}

// marked is a passage's words with those that answer the search set off. What a member wrote could hold a terminal's
// own commands: control characters are dropped.
func marked(f index.Found, colour bool) string {
	on, off := "", ""
	if colour {
		on, off = "\x1b[1;33m", "\x1b[0m"
	}
	var b strings.Builder
	at := 0
	for _, m := range f.Marks {
		b.WriteString(plainText(f.Words[at:m.Start]) + on + plainText(f.Words[m.Start:m.End]) + off)
		at = m.End
	}
	b.WriteString(plainText(f.Words[at:]))
	return b.String()
}

func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
