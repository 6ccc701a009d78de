package index

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	indexapi "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// What opening, building and searching a cache can fail with. Missing, stale and damaged all mean: build it again.
var (
	ErrCacheMissing  = errors.New("there is no search index yet")
	ErrCacheStale    = errors.New("the search index is not of this state of the record")
	ErrCacheDamaged  = errors.New("the search index is damaged")
	ErrCacheBusy     = errors.New("the search index is in use by another collate")
	ErrCacheNotMade  = errors.New("the search index cannot be made where it is kept")
	ErrCacheReadOnly = errors.New("the folder of the search index cannot be written")
	ErrCacheClosed   = errors.New("the search index is closed")
)

// A Cache is the search index on disk. Everything in it comes from the record, so it can be thrown away at any time;
// nothing in it is trusted before it has been checked. A Cache is safe for concurrent use. While it is open, no other
// process can open or build it.
//
// It holds ids and, folded, the words of each passage in their order, not the text.
type Cache struct {
	lock  *bolt.DB
	mu    sync.RWMutex // held for writing to close
	write sync.Mutex   // one update at a time
	bleve bleve.Index  // nil when closed
	stamp Stamp

	lexicon   *lexicon
	shelving  shelving
	directory atomic.Pointer[directory]
}

// A Stamp says which state of which record a cache was built from, and how.
type Stamp struct {
	Consultation string // the consultation's id
	Generation   string // changes when the record was restored or rebuilt, so that Seq starts afresh
	Seq          int64  // the record's last change that the cache has
	Mapping      string // [CacheMapping] of the collate that built it
}

const (
	batchDocuments = 5_000   // smaller batches are several times slower
	batchWords     = 3 << 20 // since a batch is held in memory

	lockWait  = 2 * time.Second  // for another process to finish
	openLimit = 10 * time.Second // a sound index opens in milliseconds; a damaged one may never

	closeLimit = 10 * time.Second // likewise

	lockSuffix = ".lock"
)

// stampKey and countKey are where the index keeps its stamp and its number of documents, under names that bleve does
// not use.
var (
	stampKey = []byte("collate stamp")
	countKey = []byte("collate count")
)

// OpenCache opens the cache in dir and checks that it is what want says. A negative want.Seq accepts any; [Cache.Stamp]
// then tells from where on to [Cache.Update] it. The error wraps one of this file's sentinels, or is the system's.
func OpenCache(dir string, want Stamp) (*Cache, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrCacheMissing
	}
	lock, err := lockCache(dir)
	if err != nil {
		return nil, err
	}
	c, err := openLocked(dir, lock)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	if want.Seq < 0 {
		want.Seq = c.stamp.Seq
	}
	if c.stamp != want {
		err := fmt.Errorf("%w: it has %+v, the record is at %+v", ErrCacheStale, c.stamp, want)
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// BuildCache builds the cache in dir from the id and text of every passage, aside, and puts it in the place of any
// earlier one only when it is complete. The folder above dir is made when it is missing; progress may be nil.
func BuildCache(ctx context.Context, dir string, stamp Stamp, docs iter.Seq2[string, string], progress func(done int)) (*Cache, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, cannotWrite(dir, err)
	}
	lock, err := lockCache(dir)
	if err != nil {
		return nil, err
	}
	c, err := buildLocked(ctx, dir, lock, stamp, docs, progress)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return c, nil
}

// Stamp is the state that the cache has.
func (c *Cache) Stamp() Stamp {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.stamp
}

// Search finds the passages that answer q. keep makes the test of a field on passages' ids, and is asked once for every
// field of q; without it no field holds. At most limit hits are returned, all of them when limit is negative; the total
// counts them all.
func (c *Cache) Search(ctx context.Context, q *Query, keep func(Field) (func(id string) bool, error), limit int) (Result, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return Result{}, ErrCacheClosed
	}
	var result Result
	err := guarded(func() error {
		state, err := c.shelving.state(c.bleve, c.lexicon)
		if err != nil {
			return err
		}
		result, err = q.search(ctx, state, byID(state, keep), limit)
		return cmp.Or(err, state.Close())
	})
	return result, err
}

// byID makes the test of a field on passages' ids one on passages of a state.
func byID(s *state, keep func(Field) (func(id string) bool, error)) fieldFilter {
	if keep == nil {
		return nil
	}
	return func(f Field) (func(part int, doc uint32) (bool, error), error) {
		holds, err := keep(f)
		return func(part int, doc uint32) (bool, error) {
			id, err := s.volumes[part].file.DocID(uint64(doc))
			return holds(string(id)), err
		}, err
	}
}

// Update removes passages, adds others (an id that is there already is replaced) and moves the cache to stamp. It can
// be repeated after any failure: until the last batch, which carries the stamp, the old stamp stands.
func (c *Cache) Update(ctx context.Context, stamp Stamp, add iter.Seq2[string, string], remove []string) error {
	c.write.Lock()
	defer c.write.Unlock()
	if err := c.put(ctx, stamp, add, remove); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stamp = stamp
	return nil
}

func (c *Cache) put(ctx context.Context, stamp Stamp, add iter.Seq2[string, string], remove []string) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.bleve == nil {
		return ErrCacheClosed
	}
	return guarded(func() error { return put(ctx, c.bleve, c.lexicon, stamp, add, remove) })
}

// Close closes the cache. It waits for searches that are under way. Closing twice does nothing.
func (c *Cache) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bleve == nil {
		return nil
	}
	err := errors.Join(closeWithin(closeLimit, c.bleve, strings.TrimSuffix(c.lock.Path(), lockSuffix)), c.lock.Close())
	c.bleve = nil
	return err
}

// closeWithin closes and seals an index. A damaged one that slipped through the checks may block for ever on a lock that
// a failed goroutine of bleve holds; it is then left behind, unfit to be opened again, since nothing in it is needed.
func closeWithin(limit time.Duration, b bleve.Index, dir string) error {
	err := within(limit, b.Close)
	switch {
	case errors.Is(err, errLimit):
		return os.Remove(filepath.Join(dir, metaFile))
	case err != nil:
		return err
	}
	return writeSeal(dir)
}

// readerOf is one state of an index, unmoved by later updates. It must be closed.
func readerOf(b bleve.Index) (indexapi.IndexReader, error) {
	inner, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	return inner.Reader()
}

// put writes in batches, the last of which carries the stamp.
func put(ctx context.Context, b bleve.Index, l *lexicon, stamp Stamp, add iter.Seq2[string, string], remove []string) error {
	w := &writer{index: b, lexicon: l, batch: b.NewBatch(), touched: make(map[string]bool)}
	for _, id := range remove {
		if err := w.room(ctx); err != nil {
			return err
		}
		w.batch.Delete(id)
		w.touched[id] = false
	}
	if add != nil {
		err := readAhead(ctx, add, func(id string, words *passageWords) error {
			fields := words.indexed(l)
			w.words += len(words.folds)
			return cmp.Or(w.room(ctx), w.add(id, &fields))
		})
		if err != nil {
			return err
		}
	}
	return w.finish(stamp)
}

// A writer fills one batch after the other.
type writer struct {
	index   bleve.Index
	lexicon *lexicon
	batch   *bleve.Batch
	touched map[string]bool // the ids in the batch; whether each is there afterwards
	words   int             // in the batch
}

// add puts a document into the batch.
func (w *writer) add(id string, fields *indexedFields) error {
	if err := w.batch.IndexAdvanced(fields.addTo(document.NewDocument(id))); err != nil {
		return fmt.Errorf("indexing %q: %w", id, err)
	}
	w.touched[id] = true
	return nil
}

// room sends the batch off when it is full, or gives up when ctx is done.
func (w *writer) room(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(w.touched) < batchDocuments && w.words < batchWords {
		return nil
	}
	if err := cmp.Or(w.addLexicon(), w.send()); err != nil {
		return err
	}
	w.batch, w.words = w.index.NewBatch(), 0
	clear(w.touched)
	return nil
}

func (w *writer) send() error {
	if err := w.index.Batch(w.batch); err != nil {
		return fmt.Errorf("writing to the search index: %w", err)
	}
	w.lexicon.saved = w.lexicon.size()
	return nil
}

// addLexicon puts the words that are new into the batch. Those of a batch that failed go with the next: they have their numbers already.
func (w *writer) addLexicon() error {
	if w.lexicon.saved == w.lexicon.size() {
		return nil
	}
	id, fields := lexiconFields(w.lexicon)
	return w.add(id, &fields)
}

// finish sends the last batch, with the stamp and the number of documents that there will be.
func (w *writer) finish(stamp Stamp) error {
	s, err := json.Marshal(stamp)
	if err != nil {
		return err
	}
	if err := w.addLexicon(); err != nil {
		return err
	}
	count, err := w.count()
	if err != nil {
		return err
	}
	w.batch.SetInternal(stampKey, s)
	w.batch.SetInternal(countKey, fmt.Append(nil, count))
	return w.send()
}

// count is how many documents there will be after the batch.
func (w *writer) count() (count uint64, err error) {
	reader, err := readerOf(w.index)
	if err != nil {
		return 0, err
	}
	defer func() { err = cmp.Or(err, reader.Close()) }()
	if count, err = reader.DocCount(); err != nil {
		return 0, err
	}
	ids, err := reader.DocIDReaderOnly(slices.Collect(maps.Keys(w.touched)))
	if err != nil {
		return 0, err
	}
	defer func() { err = cmp.Or(err, ids.Close()) }()
	for {
		id, err := ids.Next()
		if err != nil {
			return 0, err
		}
		if id == nil {
			break
		}
		count--
	}
	for _, there := range w.touched {
		if there {
			count++
		}
	}
	return count, nil
}

// lockCache takes the lock of a cache for this process. A bbolt file serves as the lock because bbolt locks files on
// every system, waits no longer than it is told, and the lock goes when the process dies. It lies beside the cache, so
// that it stays while the cache is replaced.
func lockCache(dir string) (*bolt.DB, error) {
	open := func() (*bolt.DB, error) {
		return bolt.Open(dir+lockSuffix, 0o600, &bolt.Options{Timeout: lockWait, NoSync: true})
	}
	lock, err := open()
	if errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch) {
		if err = os.Remove(dir + lockSuffix); err == nil { // it holds nothing
			lock, err = open()
		}
	}
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, ErrCacheBusy
	}
	if err != nil {
		return nil, cannotWrite(dir, err)
	}
	return lock, nil
}

// cannotWrite says that a cache cannot be written, telling apart a folder that one may only read.
func cannotWrite(dir string, err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: %w", ErrCacheReadOnly, err)
	}
	return fmt.Errorf("writing the search index %q: %w", dir, err)
}

func boltConfig() map[string]any { return map[string]any{"bolt_timeout": lockWait.String()} }

// syncTree makes a folder last through a power cut: bleve leaves index_meta.json and the folders to chance.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) error {
	flag := os.O_RDWR // Windows syncs only what was opened for writing
	if info, err := os.Stat(path); err != nil {
		return err
	} else if info.IsDir() {
		if runtime.GOOS == "windows" { // which has no such thing for folders
			return nil
		}
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// openLocked checks and opens a cache whose lock is held. The lock passes to the cache.
func openLocked(dir string, lock *bolt.DB) (*Cache, error) {
	if err := checkFiles(dir); err != nil {
		return nil, err
	}
	if err := breakSeal(dir); err != nil {
		return nil, cannotWrite(dir, err)
	}
	c, err := openWithin(openLimit, dir)
	if err != nil {
		return nil, err
	}
	c.lock = lock
	return c, nil
}

// openWithin opens an index and reads its stamp. A damaged one may block for ever; it is then left behind, and closed
// should it ever open.
func openWithin(limit time.Duration, dir string) (*Cache, error) {
	opened := make(chan *Cache, 1)
	err := within(limit, func() error {
		c, err := openIndex(dir)
		if err == nil {
			opened <- c
		}
		return err
	})
	if err == nil {
		return <-opened, nil
	}
	if errors.Is(err, errLimit) {
		go func() { _ = (<-opened).bleve.Close() }()
	}
	return nil, err
}

func openIndex(dir string) (*Cache, error) {
	b, err := bleve.OpenUsing(dir, boltConfig())
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, ErrCacheBusy
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCacheDamaged, err)
	}
	c := &Cache{bleve: b}
	if err = c.readStamp(); err == nil {
		c.lexicon, err = readLexicon(b)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrCacheDamaged, err), b.Close())
	}
	return c, nil
}

// readStamp reads the stamp, and the number of documents that came with it: without one of its files, bleve silently
// opens an older state.
func (c *Cache) readStamp() error {
	stamp, err := c.bleve.GetInternal(stampKey)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(stamp, &c.stamp); err != nil {
		return fmt.Errorf("reading its stamp: %w", err)
	}
	count, err := c.bleve.GetInternal(countKey)
	if err != nil {
		return err
	}
	have, err := c.bleve.DocCount()
	if err != nil {
		return err
	}
	if string(count) != fmt.Sprint(have) {
		return fmt.Errorf("it has %d documents instead of %s", have, count)
	}
	return nil
}
