package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	indexapi "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"
)

// CacheMapping identifies how this collate analyses and lays out a cache. It changes whenever the analysis of its sample
// changes, so that no one has to remember to count a version up.
func CacheMapping() string {
	sum := sha256.New()
	fmt.Fprint(sum, bleveLayout)
	for _, word := range slices.Sorted(maps.Keys(apart)) {
		fmt.Fprintf(sum, " %s %s", word, apart[word])
	}
	l := newLexicon()
	w := newPassageWords("The SENCo’s co-production of three-tier plans in post-16 should not cost £1,000 or £70m; 46 % (4.5%) waited, e.g. at Café ﬁrst/U.K. 2023-24 plan.We’ll ½ re\u00adform don't agencies 20 weeks.")
	w.read()
	for _, f := range w.indexed(l) {
		fmt.Fprintf(sum, "%s %v %q", f.name, f.Options(), f.value)
		for _, stem := range slices.Sorted(maps.Keys(f.stems)) {
			fmt.Fprintf(sum, " %q %d", stem, f.stems[stem].Frequency())
		}
	}
	_, fields := lexiconFields(l)
	fmt.Fprintf(sum, "%q %q", lexiconName, fields[1].value)
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}

// bleveLayout is counted up when a version of bleve writes its files differently, which nothing else shows.
const bleveLayout = 1

// newMapping leaves bleve nothing to do: [newDocument] says what a passage has.
func newMapping() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.ScoringModel = indexapi.BM25Scoring
	return m
}

// buildLocked builds aside and moves into place.
func buildLocked(ctx context.Context, dir string, lock *bolt.DB, stamp Stamp, docs iter.Seq2[string, string], progress func(int)) (*Cache, error) {
	aside := dir + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return nil, cannotWrite(dir, err)
	}
	if err := guarded(func() error { return build(ctx, aside, stamp, docs, progress) }); err != nil {
		return nil, errors.Join(err, os.RemoveAll(aside))
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, cannotWrite(dir, err)
	}
	if err := os.Rename(aside, dir); err != nil {
		return nil, cannotWrite(dir, err)
	}
	if err := syncPath(filepath.Dir(dir)); err != nil {
		return nil, cannotWrite(dir, err)
	}
	return openLocked(dir, lock)
}

// build makes a complete index in dir and closes it.
func build(ctx context.Context, dir string, stamp Stamp, docs iter.Seq2[string, string], progress func(int)) error {
	l := newLexicon()
	b, err := fill(ctx, dir, l, docs, progress)
	if err != nil {
		return err
	}
	err = put(ctx, b, l, stamp, nil, nil)
	if err = errors.Join(err, b.Close()); err != nil {
		return err
	}
	if err := syncTree(dir); err != nil {
		return err
	}
	return writeSeal(dir)
}

// fill makes an index of docs in one segment. bleve's builder does that in less time than batches and to a smaller index, but cannot
// make an empty one.
func fill(ctx context.Context, dir string, l *lexicon, docs iter.Seq2[string, string], progress func(int)) (bleve.Index, error) {
	var b bleve.Builder
	done := 0
	err := readAhead(ctx, docs, func(id string, words *passageWords) (err error) {
		if b == nil {
			if b, err = newBuilder(dir); err != nil {
				return cannotWrite(dir, err)
			}
		}
		fields := words.indexed(l)
		if err := b.Index(id, &fields); err != nil {
			return fmt.Errorf("indexing %q: %w", id, err)
		}
		if done++; done%buildDocuments == 0 && progress != nil {
			progress(done)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case b == nil:
		return newIndex(dir)
	}
	id, fields := lexiconFields(l)
	if err := cmp.Or(b.Index(id, &fields), b.Close()); err != nil {
		return nil, fmt.Errorf("writing the search index: %w", err)
	}
	l.saved = l.size()
	if progress != nil {
		progress(done)
	}
	return bleve.OpenUsing(dir, boltConfig())
}

func newIndex(dir string) (bleve.Index, error) {
	b, err := bleve.NewUsing(dir, newMapping(), scorch.Name, scorch.Name, boltConfig())
	if err != nil {
		return nil, cannotWrite(dir, err)
	}
	return b, nil
}

// buildDocuments is the size of the builder's batches. Twice as many are no quicker and take twice the memory; half as many are slower.
const buildDocuments = 2_500

// newBuilder works inside dir, so that nothing is left elsewhere, and merges all its batches once, at the end.
func newBuilder(dir string) (bleve.Builder, error) {
	return bleve.NewBuilder(dir, builderMapping{newMapping()}, map[string]any{"batchSize": buildDocuments, "mergeMax": math.MaxInt32, "buildPathPrefix": dir})
}

// A builderMapping hands the builder the fields of a document, since it takes no documents.
type builderMapping struct{ *mapping.IndexMappingImpl }

// MapDocument moves the fields into doc.
func (builderMapping) MapDocument(doc *document.Document, fields any) error {
	f, ok := fields.(*indexedFields)
	if !ok {
		return fmt.Errorf("a passage with %T for its fields", fields)
	}
	f.addTo(doc)
	return nil
}

// readAheadBatch is how many passages are read at a time: some milliseconds' work.
const readAheadBatch = 100

// readAhead reads the words of docs on all processors, while take takes them one after the other in their order. docs is not asked
// any more when readAhead returns.
func readAhead(ctx context.Context, docs iter.Seq2[string, string], take func(id string, words *passageWords) error) error {
	type batch struct {
		ids   []string
		words []*passageWords
		read  chan struct{}
	}
	inner, cancel := context.WithCancel(ctx)
	var wait sync.WaitGroup
	defer wait.Wait()
	defer cancel()
	batches := make(chan batch, runtime.GOMAXPROCS(0)) // bounds what is read ahead
	wait.Go(func() {
		defer close(batches)
		next := batch{read: make(chan struct{})}
		send := func() bool {
			b := next
			next = batch{read: make(chan struct{})}
			wait.Go(func() {
				defer close(b.read)
				for _, w := range b.words {
					w.read()
				}
			})
			select {
			case batches <- b:
				return true
			case <-inner.Done():
				return false
			}
		}
		for id, text := range docs {
			next.ids, next.words = append(next.ids, id), append(next.words, newPassageWords(text))
			if len(next.ids) == readAheadBatch && !send() {
				return
			}
		}
		send()
	})
	for b := range batches {
		<-b.read
		for i, id := range b.ids {
			if err := cmp.Or(ctx.Err(), take(id, b.words[i])); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}
