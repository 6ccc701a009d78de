package themes

import (
	"sync"

	"collate/index"
)

// A memo keeps what follows from the passages of one snapshot alone, so that a report after a decision does not read all of them again.
type memo struct {
	mu   sync.Mutex
	s    *index.Snapshot
	kept *readPassages
}

// readPassages are what was found out of passages. They may be used by several goroutines.
type readPassages struct {
	readings sync.Map // *index.Passage → *passageReading
	withheld sync.Map // *index.Passage → why it is, or ""
}

// mostKept is how many passages a snapshot may have for its readings to be kept: a reading takes some twenty kilobytes.
const mostKept = 20_000

// of is what is kept of a snapshot: nothing yet where the last one was another. A nil memo keeps nothing.
func (m *memo) of(s *index.Snapshot) *readPassages {
	if m == nil || len(s.Passages) > mostKept {
		return &readPassages{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.s != s {
		m.s, m.kept = s, &readPassages{}
	}
	return m.kept
}

// reading is a passage of a snapshot, read for its stances and sentences. Where r is nil nothing is kept.
func (r *readPassages) reading(s *index.Snapshot, p *index.Passage) *passageReading {
	if r == nil {
		return read(s.Whole(p), p.Body-p.Start)
	}
	if x, ok := r.readings.Load(p); ok {
		return x.(*passageReading)
	}
	x := read(s.Whole(p), p.Body-p.Start)
	if len(s.Passages) <= mostKept {
		r.readings.Store(p, x)
	}
	return x
}
