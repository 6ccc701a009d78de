package index

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// mailWith is a mail that one zip archive is attached to.
func mailWith(archive []byte) []byte {
	return []byte("From: Ann <ann@ashdown.example>\nSubject: Response\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" +
		"--b\nContent-Type: text/plain\n\nPlease find our response attached.\n" +
		"--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename=all.zip\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString(archive) + "\n--b--\n")
}

// became counts the files of an outcome by what became of them, and their bytes in the record.
func became(t *testing.T, c *Consultation, o Outcome) string {
	t.Helper()
	failures, files := map[string]int{}, 0
	var count func(o Outcome)
	count = func(o Outcome) {
		files++
		failures[o.Failure]++
		for _, p := range o.Parts {
			count(p)
		}
	}
	count(o)
	var bytes int64
	if err := c.record.read.QueryRowContext(t.Context(), `SELECT sum(length(bytes)) FROM original`).Scan(&bytes); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d files %v, %d MB", files, failures, bytes>>20)
}

func TestFilesInAFileAreBounded(t *testing.T) {
	var many, nested []string
	for i := range maxAttachedFiles + 50 {
		many = append(many, fmt.Sprintf("%04d.txt", i), fmt.Sprintf("We wait %d weeks.", i))
	}
	picture := strings.Repeat("\x00", 15<<20)
	for i := range 8 {
		nested = append(nested, fmt.Sprintf("%d.zip", i), string(zipped(t, fmt.Sprintf("%d.png", i), fmt.Sprintf("\x89PNG\r\n\x1a\n%d", i)+picture)))
	}
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"mail with many files", mailWith(zipped(t, many...)), "1052 files map[:1001 too large:51], 0 MB"},
		{"mail with zips that inflate", mailWith(zipped(t, nested...)), "15 files map[:7 too large:4 unknown format:4], 60 MB"},
		{"zips in a zip that inflate", zipped(t, nested...), "17 files map[:9 too large:4 unknown format:4], 60 MB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := realReader(t)
			o, err := c.Add(t.Context(), "in.eml", test.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, became(t, c, o)); diff != "" {
				t.Errorf("what became of the files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFilesPastTheDeadlineAreNotRead(t *testing.T) {
	c := realReader(t)
	late := &allowance{until: time.Now().Add(-time.Second), files: 10, bytes: 1000}
	r := reading{name: "a.zip › a.txt", data: []byte("We wait."), sha: digest([]byte("We wait.")), alone: true, allowed: late}
	c.read(t.Context(), &r, 1)
	if !errors.Is(r.err, extract.ErrTimeout) || len(r.data) > 0 || r.sha == digest([]byte("We wait.")) {
		t.Errorf("a file past the deadline: error %v, %d bytes kept; want a timeout and none", r.err, len(r.data))
	}
}

func TestSameBytesAreReadOnce(t *testing.T) {
	opt := testOptions(t)
	var read []string
	opt.Read = func(ctx context.Context, name string, data []byte) (*extract.Document, error) {
		read = append(read, name)
		return extract.File(ctx, name, data)
	}
	c, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var last Outcome
	for _, name := range []string{"Alpha Trust/a.txt", "Beta Union/b.txt"} {
		if last, err = c.Add(t.Context(), name, []byte("We wait for months.")); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"Alpha Trust/a.txt"}, read); diff != "" {
		t.Errorf("files read (-want +got):\n%s", diff)
	}
	if got := last.Member + "|" + last.Format + "|" + last.SameAs; got != "Beta Union|text|Alpha Trust/a.txt" {
		t.Errorf("the second file: %s", got)
	}
}
