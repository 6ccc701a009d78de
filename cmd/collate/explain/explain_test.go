package explain

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

func TestErrorSaysWhatHappenedAndWhatToDo(t *testing.T) {
	_, missing := os.Open("no such file.csv")
	_, query := index.ParseQuery(`"20 weeks`)
	_, book := themes.ParseCodebook([]byte("themes:\n  - id: A\n"))
	_, members := index.ReadMembers([]byte("short\n"))
	tests := []struct {
		err  error
		want []string
	}{
		{fmt.Errorf("reading %q: %w", "a.pdf", extract.ErrScanned), []string{"pictures", "OCR"}},
		{fmt.Errorf("%w: plan.collate", index.ErrExists), []string{"plan.collate: There is a file of that name already.", "Choose another name"}},
		{missing, []string{"no such file.csv: ", "Check the name."}},
		{fmt.Errorf("writing x.xlsx: %w", &fs.PathError{Op: "rename", Path: "x.xlsx", Err: fs.ErrPermission}), []string{"Close it in Word or Excel"}},
		{query, []string{"The search cannot be understood", "\n  \"20 weeks\n  ^"}},
		{book, []string{"line 2, column 9", "^"}},
		{members, []string{"The members file has a fault: line 1", "Mend that line"}},
		{fmt.Errorf("something odd"), []string{"Something odd."}},
	}
	for _, tt := range tests {
		got := Error(tt.err)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("Error(%v) = %q, want it to say %q", tt.err, got, want)
			}
		}
		if strings.Contains(got, "%!") || strings.Contains(got, "*") {
			t.Errorf("Error(%v) = %q shows the program's insides", tt.err, got)
		}
	}
}

func TestEveryReaderFailureHasWords(t *testing.T) {
	for _, err := range []error{extract.ErrUnknownFormat, extract.ErrEncrypted, extract.ErrNoText, extract.ErrScanned, extract.ErrDamaged, extract.ErrLimit, extract.ErrTimeout, extract.ErrCrashed} {
		got := Unread(index.FailureName(err), err.Error())
		if strings.Count(got, ".") < 2 {
			t.Errorf("Unread(%v) = %q, want what happened and what to do in a user's words", err, got)
		}
	}
	if got, want := Unread("unknown format", "not a format that can be read: a zip archive; take the files out"), "It is a zip archive, which cannot be read here. Take the files out."; got != want {
		t.Errorf("Unread of a zip = %q, want %q", got, want)
	}
	if got := Unread("scanned", "pictures of pages without text: no text in the file: pages 2-3"); !strings.Contains(got, "pages 2-3") {
		t.Errorf("Unread drops the pages: %q", got)
	}
}
