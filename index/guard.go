package index

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"
)

// guarded runs do and turns a panic, or a fault on a file that shrank while it was mapped, into [ErrCacheDamaged].
func guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrCacheDamaged, r)
		}
	}()
	return do()
}

// errLimit is what within gives up with.
var errLimit = errors.New("no answer within the limit")

// within runs do, guarded, and gives up after limit. What it gives up on goes on in the background.
func within(limit time.Duration, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- guarded(do) }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return fmt.Errorf("%w: %w of %v", ErrCacheDamaged, errLimit, limit)
	}
}

// checkFiles checks what bleve does not: the checksum of every segment file, that root.bolt is as long as it says, and
// the seal if there is one.
func checkFiles(dir string) error {
	if err := cmp.Or(checkStore(filepath.Join(dir, "store")), checkSeal(dir)); err != nil {
		return fmt.Errorf("%w: %w", ErrCacheDamaged, err)
	}
	return nil
}

func checkStore(store string) error {
	entries, err := os.ReadDir(store)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".zap" {
			continue
		}
		if err := checkSegment(filepath.Join(store, e.Name())); err != nil {
			return err
		}
	}
	return checkBolt(filepath.Join(store, "root.bolt"))
}

// sealFile holds the checksum of the files that have none that can be relied on. It exists only while the cache is
// closed: a wrong one means damage, and none that a process was killed. A cache without one is opened on the strength of
// the other checks, since kills are common; they do not notice every flipped bit in root.bolt.
const sealFile = "seal"

// metaFile is bleve's own; without it an index does not open.
const metaFile = "index_meta.json"

func seal(dir string) (string, error) {
	sum := sha256.New()
	for _, name := range []string{metaFile, filepath.Join("store", "root.bolt")} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%d\n", len(b))
		sum.Write(b)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func writeSeal(dir string) error {
	s, err := seal(dir)
	if err != nil {
		return fmt.Errorf("sealing the search index: %w", err)
	}
	path := filepath.Join(dir, sealFile)
	if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
		return cannotWrite(dir, err)
	}
	return errors.Join(syncPath(path), syncPath(dir))
}

func checkSeal(dir string) error {
	want, err := os.ReadFile(filepath.Join(dir, sealFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	got, err := seal(dir)
	if err == nil && got != string(want) {
		err = errors.New("it is not as it was closed")
	}
	return err
}

func breakSeal(dir string) error {
	err := os.Remove(filepath.Join(dir, sealFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncPath(dir))
}

// checkSegment compares a segment's checksum, its last four bytes, with its content.
func checkSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return fmt.Errorf("reading %s: %w", info.Name(), err)
	}
	var want [crc32.Size]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return fmt.Errorf("reading %s: %w", info.Name(), err)
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("%s does not have its checksum", info.Name())
	}
	return nil
}

// The start of a bbolt file: two pages, each with a header and the meta that says where the rest lies.
const (
	boltHeader   = 16
	boltMeta     = 64 // its last eight bytes are the FNV-1a sum of the others
	boltPageSize = 8  // offset of a uint32
	boltPages    = 40 // offset of a uint64: how many pages the file has
	boltTx       = 48 // offset of a uint64: the meta with the larger one counts
	boltSum      = 56
)

// checkBolt checks that a bbolt file has not been cut short. Reading beyond the end of a mapped file is not a panic but
// a signal, and bleve reads this one on goroutines that cannot be guarded.
func checkBolt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	meta, err := readBoltMeta(f, 0)
	if err != nil {
		return err
	}
	pageSize := int64(binary.NativeEndian.Uint32(meta[boltPageSize:]))
	if second, err := readBoltMeta(f, pageSize); err == nil && boltUint(second, boltTx) > boltUint(meta, boltTx) {
		meta = second
	}
	if pages := boltUint(meta, boltPages); pageSize == 0 || uint64(info.Size()/pageSize) < pages {
		return fmt.Errorf("root.bolt has %d bytes instead of %d pages", info.Size(), pages)
	}
	return nil
}

func readBoltMeta(f *os.File, page int64) ([]byte, error) {
	meta := make([]byte, boltMeta)
	if _, err := f.ReadAt(meta, page+boltHeader); err != nil {
		return nil, fmt.Errorf("reading root.bolt: %w", err)
	}
	sum := fnv.New64a()
	sum.Write(meta[:boltSum])
	if sum.Sum64() != boltUint(meta, boltSum) {
		return nil, errors.New("root.bolt does not have its checksum")
	}
	return meta, nil
}

func boltUint(meta []byte, offset int) uint64 { return binary.NativeEndian.Uint64(meta[offset:]) }
