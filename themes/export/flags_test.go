package export

import (
	"strings"
	"testing"

	"collate/themes"
)

// TestWorkbookMarksWhatRestsOnTheOld gives a position and a joint line flags: they stand beside the words wherever those are shown.
func TestWorkbookMarksWhatRestsOnTheOld(t *testing.T) {
	r := report()
	old := "rests on a superseded version: a.docx"
	r.Members[0].Positions[0].Flags = []themes.Flag{{Kind: themes.FlagSuperseded, Text: old}}
	r.Themes[0].Joint.Flags = []themes.Flag{{Kind: themes.FlagSuperseded, Text: "line " + old}}
	f := read(t, write(t, r))
	for sheet, want := range map[string]string{"Stances": "! " + old, "Summary": "! line " + old, "Matrix": "! line " + old, "Positions": "! line " + old} {
		found := 0
		for _, row := range rows(t, f, sheet) {
			for _, cell := range row {
				if strings.Contains(cell, want) {
					found++
				}
			}
		}
		if found != 1 {
			t.Errorf("%s has %q in %d cells, want one", sheet, want, found)
		}
	}
}
