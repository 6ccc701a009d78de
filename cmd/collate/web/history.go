package web

import (
	"context"
	"sync"
)

// A history is what was done on the pages of a consultation since they were opened, so that each thing can be taken back and done again.
// Everything is a decision in the record: taking back is deciding again, and both stay there.
type history struct {
	mu   sync.Mutex
	done []deed // the last at the end
	back []deed // taken back, the last at the end
}

// A deed is one thing that somebody did.
type deed struct {
	what       string // "reviewed a passage of Ashdown Autism Trust"
	page       string // where it was done, from the consultation's base
	undo, redo func(context.Context) error
}

// mostDeeds is how many can be taken back.
const mostDeeds = 500

// add keeps a deed. What was taken back before it cannot be done again.
func (h *history) add(d deed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done[max(0, len(h.done)+1-mostDeeds):], d)
	h.back = nil
}

// last names what can be taken back and what can be done again; "" where nothing can.
func (h *history) last() (undo, redo string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return lastOf(h.done), lastOf(h.back)
}

func lastOf(all []deed) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].what
}

// step takes the last deed back, or does the last one again.
func (h *history) step(ctx context.Context, again bool) (deed, bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	from, to := &h.done, &h.back
	if again {
		from, to = to, from
	}
	if len(*from) == 0 {
		return deed{}, false, nil
	}
	d := (*from)[len(*from)-1]
	act := d.undo
	if again {
		act = d.redo
	}
	if err := act(ctx); err != nil {
		return d, false, err
	}
	*from, *to = (*from)[:len(*from)-1], append(*to, d)
	return d, true, nil
}

// undo takes the last deed back and shows where it was done.
func (s *Server) undo(r *request) error { return s.step(r, false, "Taken back: ") }

// redo does again what was taken back last.
func (s *Server) redo(r *request) error { return s.step(r, true, "Done again: ") }

func (s *Server) step(r *request, again bool, said string) error {
	d, ok, err := r.in.history.step(r.ctx(), again)
	if err != nil {
		return err
	}
	if !ok {
		return r.see("", "There is nothing to take back or do again since the pages were opened.")
	}
	return r.see(d.page, said+d.what+".")
}
