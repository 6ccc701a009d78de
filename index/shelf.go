package index

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A shelf is the scripts of the passages of one of bleve's files, by its own numbers. bleve would hand them out one by one, each unpacked
// anew, which takes longer than to look at one. It never changes: bleve's files do not either.
type shelf struct {
	from    []uint32 // where each script starts in scripts, and where the last ends
	scripts []byte
	words   []uint32 // how many each has
	total   int      // how many all have
}

func (h *shelf) script(doc uint32) script { return h.scripts[h.from[doc]:h.from[doc+1]] }

// readShelf reads all scripts of a file.
func readShelf(s segment.Segment) (*shelf, error) {
	n := int(s.Count())
	parts := make([]shelf, min(runtime.GOMAXPROCS(0), n/1000+1))
	errs := make([]error, len(parts))
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() {
			errs[i] = guarded(func() error { return parts[i].read(s, i*n/len(parts), (i+1)*n/len(parts)) })
		})
	}
	wait.Wait()
	whole := &shelf{from: make([]uint32, 1, n+1)}
	for i, p := range parts {
		if errs[i] != nil {
			return nil, errs[i]
		}
		for _, f := range p.from {
			whole.from = append(whole.from, f+uint32(len(whole.scripts)))
		}
		whole.scripts, whole.words = append(whole.scripts, p.scripts...), append(whole.words, p.words...)
		whole.total += p.total
	}
	return whole, nil
}

// read adds the scripts of the documents from one to another, with where each ends.
func (h *shelf) read(s segment.Segment, from, to int) error {
	for doc := from; doc < to; doc++ {
		count := 0
		err := s.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field != scriptField {
				return true
			}
			if !bytes.HasPrefix(value, lexiconSign()) {
				h.scripts = append(h.scripts, value...)
				count = script(value).words()
			}
			return false
		})
		if err != nil {
			return err
		}
		h.from, h.words = append(h.from, uint32(len(h.scripts))), append(h.words, uint32(count))
		h.total += count
	}
	return nil
}

// A state is one state of a search index, unmoved by later updates. It must be closed.
type state struct {
	snapshot *scorch.IndexSnapshot
	volumes  []volume
	passages int
	words    int // of all passages
	lexicon  *lexicon
}

// A volume is what one of bleve's files has of a state.
type volume struct {
	*shelf
	id      uint64 // the file's
	file    segment.Segment
	stems   segment.TermDictionary
	deleted *roaring.Bitmap // nil for none
	live    *roaring.Bitmap // the passages that there are
}

// snapshotOf is one state of an index. It must be closed.
func snapshotOf(b bleve.Index) (*scorch.IndexSnapshot, error) {
	reader, err := readerOf(b)
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("an index with states of the kind %T", reader)
	}
	return snapshot, nil
}

// A shelving keeps the shelves of the files that there are.
type shelving struct {
	mu      sync.Mutex
	shelves map[uint64]*shelf
}

// state opens the state of an index.
func (k *shelving) state(b bleve.Index, l *lexicon) (*state, error) {
	snapshot, err := snapshotOf(b)
	if err != nil {
		return nil, err
	}
	s := &state{snapshot: snapshot, lexicon: l}
	if err := k.fill(s); err != nil {
		return nil, errors.Join(err, snapshot.Close())
	}
	return s, nil
}

func (k *shelving) fill(s *state) error {
	for _, seg := range s.snapshot.Segments() {
		p := volume{id: seg.Id(), file: seg.Segment(), deleted: seg.Deleted()}
		var err error
		if p.shelf, err = k.shelf(seg.Id(), p.file); err != nil {
			return err
		}
		if p.stems, err = p.file.Dictionary(stemField); err != nil {
			return err
		}
		words, err := p.having(lexiconStem)
		if err != nil {
			return err
		}
		p.live = seg.DocNumbersLive()
		p.live.AndNot(words)
		s.passages += int(p.live.GetCardinality())
		s.words += p.shelf.total
		if p.deleted != nil {
			for docs := p.deleted.Iterator(); docs.HasNext(); {
				s.words -= int(p.shelf.words[docs.Next()])
			}
		}
		s.volumes = append(s.volumes, p)
	}
	k.keep(s)
	return nil
}

// shelf reads a file's scripts once. Two searches that both do so read the same.
func (k *shelving) shelf(id uint64, file segment.Segment) (*shelf, error) {
	k.mu.Lock()
	h := k.shelves[id]
	k.mu.Unlock()
	if h != nil {
		return h, nil
	}
	return readShelf(file)
}

// keep forgets the shelves of files that a state has not.
func (k *shelving) keep(s *state) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.shelves = make(map[uint64]*shelf, len(s.volumes))
	for _, p := range s.volumes {
		k.shelves[p.id] = p.shelf
	}
}

func (s *state) Close() error { return s.snapshot.Close() }

// length is how many words a passage has in the mean.
func (s *state) length() float64 { return float64(s.words) / float64(max(1, s.passages)) }

// having are the passages of a part with a stem. They must not be changed and are there only while the state is open.
func (p *volume) having(stem string) (*roaring.Bitmap, error) {
	list, err := p.stems.PostingsList([]byte(stem), p.deleted, nil)
	if err != nil {
		return nil, err
	}
	docs, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("the stem %q has no set of passages", stem)
	}
	if one, ok := docs.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(one)), nil
	}
	if set := docs.ActualBitmap(); set != nil {
		return set, nil
	}
	return roaring.New(), nil
}

// times are how often each passage of a part has a stem.
func (p *volume) times(stem string) (t tallied, err error) {
	list, err := p.stems.PostingsList([]byte(stem), p.deleted, nil)
	if err != nil {
		return t, err
	}
	t.docs, t.times = make([]uint32, 0, list.Count()), make([]uint16, 0, list.Count())
	docs := list.Iterator(true, false, false, nil)
	for {
		doc, err := docs.Next()
		if err != nil || doc == nil {
			return t, err
		}
		t.docs = append(t.docs, uint32(doc.Number()))
		t.times = append(t.times, uint16(min(doc.Frequency()-moreTimes, math.MaxUint16)))
	}
}

// readLexicon reads the words of an index.
func readLexicon(b bleve.Index) (l *lexicon, err error) {
	snapshot, err := snapshotOf(b)
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, snapshot.Close()) }()
	pieces := map[int][]byte{}
	for _, seg := range snapshot.Segments() {
		p := volume{file: seg.Segment(), deleted: seg.Deleted()}
		if p.stems, err = p.file.Dictionary(stemField); err != nil {
			return nil, err
		}
		docs, err := p.having(lexiconStem)
		if err != nil {
			return nil, err
		}
		for _, doc := range docs.ToArray() {
			if err := readPiece(p.file, uint64(doc), pieces); err != nil {
				return nil, err
			}
		}
	}
	l = newLexicon()
	for _, first := range slices.Sorted(maps.Keys(pieces)) {
		if err := l.load(first, pieces[first]); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// readPiece reads one document of the lexicon.
func readPiece(file segment.Segment, doc uint64, pieces map[int][]byte) error {
	id, err := file.DocID(doc)
	if err != nil {
		return err
	}
	first, err := lexiconFirst(string(id))
	if err != nil {
		return err
	}
	return file.VisitStoredFields(doc, func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == scriptField {
			pieces[first] = bytes.Clone(bytes.TrimPrefix(value, lexiconSign()))
		}
		return true
	})
}

// frequencies are how many passages have each word, by its number below size.
func (s *state) frequencies(size int) []int {
	count, last := make([]int, size), make([]int, size)
	n := 0
	for _, p := range s.volumes {
		for docs := p.live.Iterator(); docs.HasNext(); {
			n++
			for s := p.script(docs.Next()); len(s) > 0; {
				id, length := s.next()
				s = s[length:]
				if id == 0 {
					s = s[1:]
				} else if last[id] != n {
					last[id] = n
					count[id]++
				}
			}
		}
	}
	return count
}
