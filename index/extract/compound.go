package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"
)

// A storage is a folder of a compound file (OLE, [MS-CFB]): the container of .doc, .xls and .msg.
type storage struct {
	name     string
	streams  map[string][]byte
	children []*storage // in the file's order
}

// openCompound reads every stream of a compound file. The streams may together hold no more bytes than the file: one
// whose chains of sectors run in circles or cross each other is refused.
func openCompound(data []byte) (*storage, error) {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	root := &storage{streams: map[string][]byte{}}
	entries, left := 0, int64(len(data))
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if entries++; entries > MaxEntries || len(e.Path) > MaxDepth {
			return nil, fmt.Errorf("%w: a compound file of more than %d entries", ErrLimit, MaxEntries)
		}
		at := root
		for _, name := range e.Path {
			at = at.child(name)
		}
		if e.FileInfo().IsDir() {
			at.child(e.Name)
			continue
		}
		stream, err := io.ReadAll(io.LimitReader(e, left+1))
		if left -= int64(len(stream)); left < 0 {
			return nil, fmt.Errorf("%w: the parts of the compound file overlap", ErrDamaged)
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, fmt.Errorf("%w: %q: %v", ErrDamaged, e.Name, err)
		}
		at.streams[e.Name] = stream
	}
}

// child is the folder of this name, made when there is none.
func (s *storage) child(name string) *storage {
	for _, c := range s.children {
		if c.name == name {
			return c
		}
	}
	c := &storage{name: name, streams: map[string][]byte{}}
	s.children = append(s.children, c)
	return c
}

// stream is the stream of this name whatever its case; nil when there is none.
func (s *storage) stream(name string) []byte {
	for _, n := range slices.Sorted(maps.Keys(s.streams)) {
		if strings.EqualFold(n, name) {
			return s.streams[n]
		}
	}
	return nil
}
