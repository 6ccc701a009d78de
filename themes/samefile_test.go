package themes

import (
	"slices"
	"strings"
	"testing"
)

// A member that sends the very file of another counts once with it, whichever came first, and is not taken for one that sent nothing.
func TestSameFileOfTwoMembers(t *testing.T) {
	text := "We strongly oppose the timetable, which is far too slow for the children who are in school now."
	files := [][2]string{{"Alpha/a.txt", text}, {"Beta/b.txt", text}, {"Gamma/c.txt", "We support the timetable."}}
	for range 2 {
		r := testReport(t, testAnalysis(t, "Alpha,,,,\nBeta,,,,\nGamma,,,,\nDelta,,,,\n", files))
		of := map[string]MemberReport{}
		for _, m := range r.Members {
			of[m.Label] = m
		}
		if of["Beta"].SameAs != "Alpha" || of["Alpha"].SameAs != "" || of["Delta"].SameAs != "" {
			t.Errorf("the same as another's: Beta %q, Alpha %q, Delta %q", of["Beta"].SameAs, of["Alpha"].SameAs, of["Delta"].SameAs)
		}
		notes := strings.Join(r.Notes, "\n")
		if !strings.Contains(notes, "1 member sent the very file of another") || !strings.Contains(notes, "1 member was asked or listed without") {
			t.Errorf("notes: %s", notes)
		}
		slices.Reverse(files)
	}
}
