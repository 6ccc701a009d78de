package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestOpenFaults: only what is damaged is called so, since a person then goes back to a backup.
func TestOpenFaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.collate")
	r, err := createRecord(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.close(); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := openRecord(stopped, path); errors.Is(err, ErrDamaged) || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	wal := path + "-wal" // a folder in its place: the file cannot be made
	if err := os.MkdirAll(filepath.Join(wal, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := openRecord(t.Context(), path); !errors.Is(err, ErrNoRoom) {
		t.Errorf("nothing can be written beside it: %v, want %v", err, ErrNoRoom)
	}
	if err := os.RemoveAll(wal); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 100; i < 4096; i++ {
		data[i] = 0xff
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openRecord(t.Context(), path); !errors.Is(err, ErrDamaged) {
		t.Errorf("overwritten: %v, want %v", err, ErrDamaged)
	}
}

// TestSearchWithoutRoomForItsIndex: the record is searched instead, and that is said.
func TestSearchWithoutRoomForItsIndex(t *testing.T) {
	err := fmt.Errorf("making the search index: %w: %w", ErrCacheNotMade, errors.New("no space left on device"))
	if insteadOfIndex(err) == "" {
		t.Error("a search fails where the disk is full")
	}
	if why := insteadOfIndex(fmt.Errorf("reading: %w", ErrDamaged)); why != "" {
		t.Errorf("a damaged record is searched: %s", why)
	}
}
