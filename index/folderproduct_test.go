package index

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Exports beside a record are no submissions; what a member calls in the same way is one.
func TestFilesPassesOverExports(t *testing.T) {
	folder := fstest.MapFS{}
	for _, name := range []string{"plan.collate", "plan themes.xlsx", "plan quotes.csv", "plan for publication.xlsx", "plan for publication, anonymised quotes.csv", "plan anonymised.xlsx",
		"plan only checked, by theme.xlsx", "plan for members/Alpha - what we have from you.xlsx", "plan response.xlsx", "other for publication.xlsx", "plan for publication.docx"} {
		folder[name] = &fstest.MapFile{Data: []byte("x")}
	}
	got, unlisted, err := Files(folder)
	if err != nil || len(unlisted) > 0 {
		t.Fatal(unlisted, err)
	}
	if d := cmp.Diff(got, []string{"other for publication.xlsx", "plan for publication.docx", "plan response.xlsx"}); d != "" {
		t.Errorf("(-got +want)\n%s", d)
	}
}
