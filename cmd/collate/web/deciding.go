package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"collate/index"
	"collate/themes"
)

// A subject is what decisions are about: the newest of a person on one stands.
type subject struct{ act, subject, theme string }

// nothing is the value of a decision that takes back all that was decided on a subject.
func nothing(act string) string {
	if act == index.ActSignOff {
		return fmt.Sprintf(`{"state":%q}`, themes.NotYet)
	}
	return ""
}

// deciding runs f, which decides under the person's name, and keeps how to take it back: by deciding again what people had decided before on
// the same subjects, or nothing. page is where it was done.
func (s *Server) deciding(r *request, what, page string, f func(context.Context) error) error {
	before, err := r.in.Revision(r.ctx())
	if err != nil {
		return err
	}
	if err := f(r.ctx()); err != nil {
		return err
	}
	do, undo, err := r.in.since(r.ctx(), before.Decisions, s.person(r))
	if err != nil || len(do) == 0 {
		return err
	}
	r.in.history.add(deed{what: what, page: page,
		undo: func(ctx context.Context) error { return r.in.Decide(ctx, undo) },
		redo: func(ctx context.Context) error { return r.in.Decide(ctx, do) }})
	return nil
}

// since are the decisions that a person made after number seen, and what brings back what stood then.
func (c *consultation) since(ctx context.Context, seen int64, person string) (do, undo []index.Decision, err error) {
	was := map[subject]string{}
	err = c.Decisions(ctx, func(d *index.Decision) error {
		key := subject{d.Act, d.Subject, d.Theme}
		switch {
		case d.Kind != index.ByPerson:
		case d.Seq <= seen:
			was[key] = d.Value
		case d.Coder == person:
			do = append(do, *d)
			old, ok := was[key]
			if !ok {
				old = nothing(d.Act)
			}
			back := *d
			back.Value, back.Because = old, "undone"
			undo = append(undo, back)
		}
		return nil
	})
	for _, list := range [][]index.Decision{do, undo} {
		for i := range list {
			list[i].Seq = 0
		}
	}
	slices.Reverse(undo)
	return do, undo, err
}

// stale are the decisions of people on some subjects that came after the form was shown: what it says is "seen".
func (r *request) stale(about func(*index.Decision) bool) ([]index.Decision, error) {
	seen, err := strconv.ParseInt(r.FormValue("seen"), 10, 64)
	if err != nil {
		return nil, errNoPage
	}
	return r.in.newer(r.ctx(), seen, about)
}

// who is the person who decides, with the reason given on the form.
func (s *Server) who(r *request) themes.Who {
	return themes.Who{Coder: s.person(r), Because: r.FormValue("because")}
}
