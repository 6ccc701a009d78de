package extract

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestPDFCacheCutShort(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles PDFium twice")
	}
	folder := filepath.Join(t.TempDir(), "pdfium")
	openPDFPool(t, folder)
	file, size := cachedFile(t, folder)
	if err := os.Truncate(file, 50_000); err != nil {
		t.Fatal(err)
	}
	openPDFPool(t, folder)
	if _, got := cachedFile(t, folder); got < size/2 {
		t.Errorf("got %d bytes in the cache, want about %d again", got, size)
	}
}

func openPDFPool(t *testing.T, folder string) {
	t.Helper()
	pool, err := cachedPDFPool(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Error(err)
	}
}

// cachedFile returns the one file in a cache, and its size.
func cachedFile(t *testing.T, folder string) (name string, size int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			name, size = path, info.Size()
		}
		return err
	})
	if err != nil || name == "" {
		t.Fatalf("no file in the cache: %v", err)
	}
	return name, size
}
