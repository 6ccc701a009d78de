package themes

import (
	"context"
	"slices"
	"sync"

	"collate/index"
)

// A Searcher answers searches on the consultation as it stood when the searcher was made, so that pages of one search stay put. It may be
// used by several goroutines.
type Searcher struct {
	*index.Snapshot
	a       *Analysis // with the codebook of then
	state   *codings
	title   string
	columns []*index.Column

	synonyms *index.Synonyms
}

// latest is the newest searcher of an analysis, and how far the record was before it was loaded.
type latest struct {
	mu       sync.Mutex
	at       index.Revision
	searcher *Searcher // nil before the first
}

// Searcher is the consultation as it stands now: the searcher of before while nothing has changed, whoever would have changed it, so that
// it can be asked for before each search. What did not change is not loaded again.
func (a *Analysis) Searcher(ctx context.Context) (*Searcher, error) {
	a.latest.mu.Lock()
	defer a.latest.mu.Unlock()
	now, err := a.Revision(ctx)
	if err != nil {
		return nil, err
	}
	old := a.latest.searcher
	if old != nil && now == a.latest.at {
		return old, nil
	}
	acts, err := a.ActsSince(ctx, a.latest.at)
	if err != nil {
		return nil, err
	}
	x, err := a.renew(ctx, old, now.Changes != a.latest.at.Changes, acts)
	if err != nil {
		return nil, err
	}
	a.latest.at, a.latest.searcher = now, x
	return x, nil
}

// renew is a searcher of now, with what of old still holds; old is nil for the first. sent says that submissions, members or the like
// changed, acts what was decided.
func (a *Analysis) renew(ctx context.Context, old *Searcher, sent bool, acts []string) (*Searcher, error) {
	decided := func(any ...string) bool {
		return slices.ContainsFunc(any, func(act string) bool { return slices.Contains(acts, act) })
	}
	own := &Analysis{Consultation: a.Consultation, opt: a.opt, latest: a.latest, suggester: a.suggester, memo: a.memo} // another process may have given the record another codebook
	x := &Searcher{}
	if old == nil {
		own.Codebook, own.Source = a.Codebook, a.Source
	} else {
		own.Codebook, own.Source = old.a.Codebook, old.a.Source
		*x = *old
	}
	x.a = own
	book := decided(index.ActCodebook)
	if book {
		if err := own.loadCodebook(ctx); err != nil {
			return nil, err
		}
	}
	var err error
	if old == nil || sent || book {
		if x.Snapshot, err = own.Snapshot(ctx); err != nil {
			return nil, err
		}
		source, err := a.Setting(ctx, "source")
		if err != nil {
			return nil, err
		}
		x.title = own.title(x.Snapshot, source)
	}
	if x.Snapshot != snapshotOf(old) || decided(index.ActTheme, index.ActStance, index.ActPosition, index.ActCarry) {
		state, err := own.codings(ctx, x.Snapshot)
		if err != nil {
			return nil, err
		}
		x.state = state.rolledUp(own.Codebook)
		x.columns = own.columns(x.Snapshot, x.state)
	}
	if old == nil || decided(index.ActSynonyms) {
		if x.synonyms, err = a.ReadSynonyms(ctx); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func snapshotOf(x *Searcher) *index.Snapshot {
	if x == nil {
		return nil
	}
	return x.Snapshot
}

// Title is what outputs call the consultation.
func (x *Searcher) Title() string { return x.title }

// Themes are the themes that are worked with, in the codebook's order.
func (x *Searcher) Themes() []Theme { return x.a.Codebook.Active().Themes }

// Standings is [Analysis.Standings] on the passages of this searcher, with what is decided now. While passages stay what they are, it is quicker:
// none is read twice.
func (x *Searcher) Standings(ctx context.Context) (*Report, error) {
	state, err := x.a.codings(ctx, x.Snapshot)
	if err != nil {
		return nil, err
	}
	b, err := x.a.reportingOn(ctx, x.Snapshot, state)
	if err != nil {
		return nil, err
	}
	b.all()
	return b.r, nil
}

// Marks are the words of a passage for which rules put it on its themes, as ranges of [index.Snapshot.Text].
func (x *Searcher) Marks(passage string) []Span {
	p := x.Passage(passage)
	if p == nil {
		return nil
	}
	words, own := index.Analyse(x.Whole(p)), p.Body-p.Start
	var all []index.Span
	for i := range x.a.Codebook.Themes {
		t := &x.a.Codebook.Themes[i]
		if c := x.state.passages[codingKey{passage, t.ID}]; c == nil || !c.Tagged {
			continue
		}
		marks, _ := x.a.Codebook.match(t, words)
		for _, m := range marks {
			if m.Start >= own {
				all = append(all, index.Span{Start: m.Start - own, End: m.End - own})
			}
		}
	}
	var out []Span
	for _, m := range index.MergeSpans(all) {
		out = append(out, Span(m))
	}
	return out
}

// A PassageTag is a theme that a passage is on.
type PassageTag struct {
	Theme, Name string
	Stance      Stance
	Confirmed   bool // a person said so, or set the stance
}

// Tags are the themes of a passage, in the codebook's order.
func (x *Searcher) Tags(passage string) []PassageTag {
	var out []PassageTag
	for i := range x.a.Codebook.Themes {
		t := &x.a.Codebook.Themes[i]
		if c := x.state.passages[codingKey{passage, t.ID}]; c != nil && c.Tagged {
			out = append(out, PassageTag{t.ID, t.Name, c.Stance, c.Confirmed || c.StanceConfirmed})
		}
	}
	return out
}

// Decided is what a person decided of a passage on a theme, as a decision's value: "yes", "no", or "" for nothing.
func (x *Searcher) Decided(passage, theme string) string {
	c := x.state.passages[codingKey{passage, theme}]
	switch {
	case c == nil || !c.Confirmed:
		return ""
	case c.Tagged:
		return "yes"
	}
	return "no"
}
