package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func discoverCommand(a *app) *cobra.Command {
	var adopt, limit int
	c := &cobra.Command{
		Use:   "discover [NAME.collate]",
		Short: "What the themes do not cover, as themes to adopt; and themes that overlap",
		Long: `Parts the passages that are on no theme into groups and proposes each as a theme, with a name and rules from their words and the most
telling passages; lists the phrases that are used there and hardly elsewhere; and warns of themes that cover the same, nothing or nearly
everything. --adopt N puts proposal N into the codebook under your name and tags again; --json shows each as an entry of a themes file.
Nothing is taken from anonymous or confidential passages; they are counted.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error {
				if cmd.Flags().Changed("adopt") {
					p, err := an.Adopt(cmd.Context(), adopt, a.person())
					if errors.Is(err, themes.ErrNoProposal) {
						return misuse("There is no proposal %d. See them with: collate discover", adopt)
					}
					if err != nil {
						return err
					}
					fmt.Fprintf(a.err, "%q is a theme now, under the name %s. Change it in the themes file: collate themes show\n", plainText(p.Name), a.person())
					return a.tag(cmd.Context(), an)
				}
				d, err := an.Discover(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(d, func(w io.Writer) { printDiscovery(w, d, limit) })
			})
		},
	}
	c.Flags().IntVar(&adopt, "adopt", 0, "make the proposal of this number a theme")
	c.Flags().IntVar(&limit, "limit", 8, "how many proposals are shown (-1 for all)")
	return c
}

// shownPhrases keeps the phrases on a few lines; --json has all.
const shownPhrases = 20

func printDiscovery(w io.Writer, d *themes.Discovery, limit int) {
	fmt.Fprintf(w, "%d of %s of %s on no theme.\n", d.Passages, plural(d.Of, "passage"), plural(d.Members, "member"))
	if len(d.Phrases) > 0 {
		var words []string
		for _, p := range d.Phrases[:min(shownPhrases, len(d.Phrases))] {
			words = append(words, fmt.Sprintf("%s (%d)", p.Words, p.Members))
		}
		fmt.Fprintf(w, "Phrases there, with the members that use them: %s\n", strings.Join(words, ", "))
	}
	shown := d.Proposals
	if limit >= 0 {
		shown = shown[:min(limit, len(shown))]
	}
	for i, p := range shown {
		fmt.Fprintf(w, "\n%d. %s: %s, %s\n", i+1, p.Name, plural(p.Members, "member"), plural(len(p.Passages), "passage"))
		var words []string
		for _, x := range p.Phrases {
			words = append(words, fmt.Sprintf("%s (%d, elsewhere %d)", x.Words, x.Passages, x.Elsewhere))
		}
		fmt.Fprintf(w, "   by its phrases: %s\n", strings.Join(words, ", "))
		for _, t := range p.Telling {
			fmt.Fprintf(w, "   “%s”\n      %s, %s  [%s]\n", oneLine(t.Words), t.Member, t.Place, t.Passage)
		}
	}
	if len(d.Proposals) > 0 {
		fmt.Fprintf(w, "\n%d of %s shown. To make the first a theme: collate discover --adopt 1\n", len(shown), plural(len(d.Proposals), "proposal"))
	}
	for _, x := range d.Warnings {
		fmt.Fprintf(w, "\nNote: %s\n", x.Says)
	}
}
