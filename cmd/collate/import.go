package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"collate/themes"
)

func importCommand(a *app) *cobra.Command {
	var opt qdaImport
	c := &cobra.Command{
		Use:   "import [NAME.collate] FILE",
		Short: "Take in what was coded in another program: a REFI-QDA project (.qdpx) or codebook (.qdc)",
		Long: `The ending of FILE says what it is. Of a project (.qdpx) of NVivo, MAXQDA, ATLAS.ti, QualCoder or collate the codes become themes, and each
coding becomes a decision, under the name of who coded, on the passages that it covers half of. What a person decided here later stands.
Codings of the tool's own suggestions are passed over. With --add-sources, texts that no submission has become submissions.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args, func(an *themes.Analysis, rest []string) error {
				if len(rest) != 1 {
					return misuse("Write it as: collate import [NAME.collate] FILE")
				}
				switch strings.ToLower(filepath.Ext(rest[0])) {
				case ".qdpx", ".qdc":
					return a.importQDA(cmd.Context(), an, rest[0], opt)
				}
				return misuse("The name must end in .qdpx (a REFI-QDA project) or .qdc (a REFI-QDA codebook).")
			})
		},
	}
	opt.flags(c)
	return c
}
