package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"collate/index"
	"collate/themes"
)

func newCommand(a *app) *cobra.Command {
	var title, themesFile, membersFile string
	c := &cobra.Command{
		Use:   "new NAME.collate",
		Short: "Make a new consultation",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !strings.HasSuffix(strings.ToLower(args[0]), ".collate") {
				args[0] += ".collate"
			}
			opt, err := a.options()
			if err != nil {
				return err
			}
			// What could be wrong is read before the file is made: a refused command leaves nothing behind.
			text, members, err := readControls(themesFile, membersFile)
			if err != nil {
				return err
			}
			an, err := themes.Create(cmd.Context(), args[0], opt)
			if err != nil {
				return err
			}
			err = an.Set(cmd.Context(), "title", title)
			if text != nil {
				err = errors.Join(err, an.SetCodebook(cmd.Context(), themesFile, text, a.person()))
			}
			err = errors.Join(err, an.SetMembers(cmd.Context(), members), an.Close())
			if err != nil {
				return err
			}
			return a.print(map[string]string{"record": an.Path(), "codebook": an.Source}, func(w io.Writer) {
				fmt.Fprintf(w, "Made %s, with %s.\nAdd submissions with: collate add %s FOLDER\n", args[0], an.Source, args[0])
			})
		},
	}
	c.Flags().StringVar(&title, "title", "", "what the consultation is called")
	c.Flags().StringVar(&themesFile, "themes", "", "the themes file (default: the ten built-in SEND themes)")
	c.Flags().StringVar(&membersFile, "members", "", "the list of members, a .csv with a column called name")
	return c
}

func readControls(themesFile, membersFile string) (text []byte, members []index.Member, err error) {
	if themesFile != "" {
		if text, err = os.ReadFile(themesFile); err != nil {
			return nil, nil, err
		}
		if _, err := themes.ParseCodebook(text); err != nil {
			return nil, nil, err
		}
	}
	if membersFile != "" {
		data, err := os.ReadFile(membersFile)
		if err != nil {
			return nil, nil, err
		}
		if members, err = index.ReadMembers(data); err != nil {
			return nil, nil, err
		}
	}
	return text, members, nil
}
