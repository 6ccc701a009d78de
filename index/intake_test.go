package index

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// zipped packs pairs of a name and its words.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// realReader opens a consultation that reads real files.
func realReader(t *testing.T) *Consultation {
	t.Helper()
	opt := testOptions(t)
	opt.Read = extract.File
	c, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func sentIn(t *testing.T, c *Consultation) []string {
	t.Helper()
	s, err := c.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, sub := range s.Submissions {
		out = append(out, strings.Join([]string{sub.Name, sub.Member, sub.Failure, sub.Excluded}, "|"))
	}
	return out
}

func TestPackageIsReadFileByFile(t *testing.T) {
	c := realReader(t)
	if err := c.SetMembers(t.Context(), []Member{{Name: "Alpha Trust", Listed: true}, {Name: "Beta Union", Listed: true}, {Name: "Gamma Forum", Listed: true}}); err != nil {
		t.Fatal(err)
	}
	inner := zipped(t, "letter.txt", "Gamma Forum\n\nWe wait as well.")
	data := zipped(t, "Alpha Trust/answer.txt", "We wait.", "beta.txt", "Beta Union\n\nWe do not.", "more.zip", string(inner), "picture.png", "\x89PNG\r\n\x1a\n0000")
	o, err := c.Add(t.Context(), "all.zip", data)
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Parts) != 4 {
		t.Errorf("%d files in the package, want 4", len(o.Parts))
	}
	want := []string{
		"all.zip|||",
		"all.zip › Alpha Trust/answer.txt|Alpha Trust||",
		"all.zip › beta.txt|Beta Union||",
		"all.zip › more.zip|||",
		"all.zip › more.zip › letter.txt|Gamma Forum||",
		"all.zip › picture.png||unknown format|It could not be read.",
	}
	if diff := cmp.Diff(want, sentIn(t, c)); diff != "" {
		t.Errorf("submissions (-want +got):\n%s", diff)
	}
}

func TestPackageGoesOnWhereItStopped(t *testing.T) {
	data := zipped(t, "a.txt", "Alpha waits.", "b.txt", "Beta waits.", "c.txt", "Gamma waits.", "d.txt", "Delta waits.")
	whole := realReader(t)
	if _, err := whole.Add(t.Context(), "all.zip", data); err != nil {
		t.Fatal(err)
	}
	c := realReader(t)
	ctx, stop := context.WithCancel(t.Context())
	c.opt.Progress = func(done, of int, what string) {
		if of == 4 && done == 2 {
			stop()
		}
	}
	if _, err := c.Add(ctx, "all.zip", data); !errors.Is(err, context.Canceled) {
		t.Fatalf("Add stopped with %v, want %v", err, context.Canceled)
	}
	if got := len(sentIn(t, c)); got < 2 || got > 4 {
		t.Errorf("%d recorded before the stop, want 2 to 4", got)
	}
	o, err := c.Add(t.Context(), "all.zip", data)
	if err != nil {
		t.Fatal(err)
	}
	if !o.Known {
		t.Error("the package is new again")
	}
	if diff := cmp.Diff(sentIn(t, whole), sentIn(t, c)); diff != "" {
		t.Errorf("after going on (-undisturbed +got):\n%s", diff)
	}
}

func TestPackagesInPackagesEnd(t *testing.T) {
	data := []byte("We wait.")
	for range 12 {
		data = zipped(t, "in.zip", string(data))
	}
	c := realReader(t)
	if _, err := c.Add(t.Context(), "in.zip", data); err != nil {
		t.Fatal(err)
	}
	got := sentIn(t, c)
	if last := got[len(got)-1]; !strings.Contains(last, "|too large|") {
		t.Errorf("the innermost is %q, want it refused as too large", last)
	}
	if len(got) > maxAttached+2 {
		t.Errorf("%d levels were opened, want at most %d", len(got), maxAttached+2)
	}
}
