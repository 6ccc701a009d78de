package index

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"collate/index/extract"
)

func TestOnlyRegularFilesAreRead(t *testing.T) {
	folder := fstest.MapFS{
		"a.txt":  {Data: []byte("We wait.")},
		"pipe":   {Mode: fs.ModeNamedPipe},
		"device": {Mode: fs.ModeDevice},
	}
	files, unlisted, err := Files(folder)
	if err != nil || len(files) != 1 || len(unlisted) != 2 {
		t.Errorf("files %v, unlisted %v, %v; want the pipe and the device unlisted", files, unlisted, err)
	}
	if _, err := load(folder, "pipe"); !errors.Is(err, ErrNotRegular) {
		t.Errorf("reading a pipe: %v", err)
	}
	c := realReader(t)
	out, err := c.AddFolder(t.Context(), folder, 1)
	if err != nil || len(out) != 3 || !errors.Is(out[0].Err, ErrNotRegular) && !errors.Is(out[1].Err, ErrNotRegular) {
		t.Errorf("adding the folder: %v, %v", out, err)
	}
}

func TestLargeFileIsNotRead(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "large.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(extract.MaxBytes+1), f.Close()); err != nil {
		t.Fatal(err)
	}
	o, err := realReader(t).AddFile(t.Context(), os.DirFS(dir), "large.txt")
	if err != nil || !errors.Is(o.Err, extract.ErrLimit) {
		t.Errorf("adding it: %v, %v", o.Err, err)
	}
}
