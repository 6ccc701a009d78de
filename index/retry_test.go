package index

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// TestRetryReadsWhatCanBeReadNow adds files with a collate that lacks a reader, and goes on with one that has it.
func TestRetryReadsWhatCanBeReadNow(t *testing.T) {
	c := realReader(t)
	c.opt.Read = func(ctx context.Context, name string, data []byte) (*extract.Document, error) {
		if doc, err := extract.File(ctx, name, data); err == nil && doc.Format == "eml" {
			return doc, nil
		}
		return nil, extract.ErrUnknownFormat
	}
	mail := "From: Ann <ann@alpha.example>\nSubject: Views\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee attached.\n--x\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\nWe wait.\n--x--\n"
	for name, data := range map[string][]byte{"mail.eml": []byte(mail), "all.zip": zipped(t, "b.txt", "We hope."), "picture.png": []byte("\x89PNG\r\n\x1a\n0000")} {
		if _, err := c.Add(t.Context(), name, data); err != nil {
			t.Fatal(err)
		}
	}
	c.opt.Read = extract.File
	outcomes, err := c.Retry(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(outcomes) != 2 {
		t.Errorf("%d files were read now, want 2", len(outcomes))
	}
	want := []string{"all.zip|||", "all.zip › b.txt|b||", "mail.eml|Ann (alpha.example)||", "mail.eml › a.txt|Ann (alpha.example)||", "picture.png||unknown format|It could not be read."}
	if diff := cmp.Diff(want, sentIn(t, c)); diff != "" {
		t.Errorf("submissions (-want +got):\n%s", diff)
	}
	found, err := c.Search(t.Context(), mustSnapshot(t, c), mustQuery(t, "wait OR hope"), SearchOptions{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	if found.Passages != 2 {
		t.Errorf("the search finds %d passages of what was read now, want 2", found.Passages)
	}
}

func mustQuery(t *testing.T, words string) *Query {
	t.Helper()
	q, err := ParseQuery(words)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
