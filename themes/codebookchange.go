package themes

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"collate/index"
)

// changedHere stands behind the name of the file that a codebook came from when it was changed since.
const changedHere = ", changed in collate"

// ChangeCodebook makes changes to the codebook, all or none, and records the new one under the coder's name; the ones before it stay
// in the record. Because is the person's reason, or "". What is wrong comes back as an [*EditError], or as an [*index.QueryError] for a
// rule. The passages are not tagged again: see [Analysis.Tag].
func (a *Analysis) ChangeCodebook(ctx context.Context, coder, because string, changes ...Change) error {
	return a.change(ctx, coder, because, nil, changes...)
}

// change records the changed codebook, with the carry that belongs to it where there is one.
func (a *Analysis) change(ctx context.Context, coder, because string, with *index.Decision, changes ...Change) error {
	return index.Again(func() error { return a.changeOnce(ctx, coder, because, with, changes) })
}

// changeOnce is change, but for [index.ErrOvertaken] where another collate changed the codebook between the reading and the writing.
func (a *Analysis) changeOnce(ctx context.Context, coder, because string, with *index.Decision, changes []Change) error {
	c, err := a.changedCodebook(ctx, changes...)
	if err != nil || c.same && with == nil {
		return err
	}
	var decisions []index.Decision
	if with != nil {
		decisions = append(decisions, *with)
	}
	return a.recordChanged(ctx, c, append(decisions, c.by(coder, because)))
}

// A changedCodebook is what changes make of the recorded codebook.
type changedCodebook struct {
	book         *Codebook
	source, text string
	seq          int64 // of the decision with the codebook that was changed, 0 where it is the built-in one
	same         bool  // nothing changes
}

// by is the decision that records a changed codebook.
func (c *changedCodebook) by(coder, because string) index.Decision {
	return index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActCodebook, Subject: c.source, Value: c.text, Because: because}
}

// changedCodebook makes changes to the recorded codebook, and records nothing.
func (a *Analysis) changedCodebook(ctx context.Context, changes ...Change) (*changedCodebook, error) {
	text, source, seq, err := a.recordedCodebook(ctx)
	if err != nil {
		return nil, err
	}
	b, err := ParseCodebook([]byte(text)) // and not the one that was opened: another collate may have changed it
	if err != nil {
		return nil, err
	}
	b.leaveExample(source)
	for _, change := range changes {
		if err := change(b); err != nil {
			return nil, err
		}
	}
	changed := b.Text([]byte(text))
	if b, err = ParseCodebook(changed); err != nil {
		return nil, editFault(err)
	}
	return &changedCodebook{b, strings.TrimSuffix(source, changedHere) + changedHere, string(changed), seq, string(changed) == text}, nil
}

// recordChanged records decisions, the one for a changed codebook among them, unless another collate has changed the codebook since.
func (a *Analysis) recordChanged(ctx context.Context, c *changedCodebook, decisions []index.Decision) error {
	if err := a.DecideAfter(ctx, index.ActCodebook, c.seq, decisions); err != nil {
		return err
	}
	a.Codebook, a.Source = c.book, c.source
	return nil
}

// decideAll records changes of the codebook and decisions together, all or none.
func (a *Analysis) decideAll(ctx context.Context, coder, because string, changes []Change, decisions []index.Decision) error {
	if len(changes) == 0 {
		return a.Decide(ctx, decisions)
	}
	return index.Again(func() error {
		c, err := a.changedCodebook(ctx, changes...)
		switch {
		case err != nil:
			return err
		case c.same:
			return a.DecideAfter(ctx, index.ActCodebook, c.seq, decisions)
		}
		return a.recordChanged(ctx, c, append([]index.Decision{c.by(coder, because)}, decisions...))
	})
}

// leaveExample takes out of the built-in codebook what belongs to its own example: the questions and the title. What its plan is called
// is kept, as these words still do not count for a theme.
func (b *Codebook) leaveExample(source string) {
	if source == BuiltIn {
		b.Called, b.Consultation, b.Questions = append([]string{b.Consultation}, b.Called...), "", nil
	}
}

// TakeCodebook is [Analysis.SetCodebook] for a file that lies beside the submissions and is read at every run. A text that was taken from
// it before changes nothing, so that it does not undo what was changed here since. Of the themes that a new text lacks, those that were
// added here stay, and the others that people coded on are retired; the notes say so.
func (a *Analysis) TakeCodebook(ctx context.Context, source string, text []byte, coder string) ([]string, error) {
	var notes []string
	err := index.Again(func() (err error) {
		notes, err = a.takeCodebook(ctx, source, text, coder)
		return err
	})
	return notes, err
}

func (a *Analysis) takeCodebook(ctx context.Context, source string, text []byte, coder string) ([]string, error) {
	newest, file := "", string(BuiltInCodebook()) // the newest text of this source, and of any file
	var seq int64
	err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.Act == index.ActCodebook {
			if seq = d.Seq; d.Subject == source {
				newest = d.Value
			}
			if !strings.HasSuffix(d.Subject, changedHere) {
				file = d.Value
			}
		}
		return nil
	})
	if err != nil || newest == string(text) && newest != "" {
		return nil, err
	}
	b, err := ParseCodebook(text)
	if err != nil {
		return nil, err
	}
	if err := a.loadCodebook(ctx); err != nil {
		return nil, err
	}
	before, err := ParseCodebook([]byte(file))
	if err != nil {
		return nil, err
	}
	ids := b.ids()
	notes, err := a.keep(ctx, b, func(t *Theme) bool { return before.Theme(t.ID) == nil })
	if err != nil {
		return nil, err
	}
	take := []index.Decision{{Kind: index.ByPerson, Coder: coder, Act: index.ActCodebook, Subject: source, Value: string(text)}}
	if len(b.Themes) > len(ids) { // the file's own text as well: by it the file is known the next time
		slices.SortStableFunc(b.Themes, func(x, y Theme) int { // the file's first, so that their numbers stay
			return cmp.Compare(uint(slices.Index(ids, x.ID)), uint(slices.Index(ids, y.ID)))
		})
		source, text = source+changedHere, b.Text(text)
		if b, err = ParseCodebook(text); err != nil {
			return nil, editFault(err)
		}
		take = append(take, index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActCodebook, Subject: source, Value: string(text), Because: "what the file lacks and people worked with is kept"})
	}
	if err := a.DecideAfter(ctx, index.ActCodebook, seq, take); err != nil {
		return nil, err
	}
	a.Codebook, a.Source = b, source
	return notes, nil
}

// Merge carries what people decided on one theme over to another and retires the first; its rules and examples go over as well. What
// is on the first stays there to be seen, and [Analysis.Restore] undoes it all.
func (a *Analysis) Merge(ctx context.Context, from, into, coder, because string) error {
	if err := a.loadCodebook(ctx); err != nil {
		return err
	}
	one, other := a.theme(from), a.theme(into)
	switch {
	case one == nil:
		return a.Codebook.noTheme(from)
	case other == nil:
		return a.Codebook.noTheme(into)
	case from == into:
		return cannot("A theme cannot be merged into itself.")
	case other.State == ThemeRetired:
		return cannot("%s is retired. Bring it back first with: collate themes restore %s", into, into)
	case one.State == ThemeRetired:
		return cannot("%s is retired. To merge it, bring it back first with: collate themes restore %s", from, from)
	}
	b := a.Codebook.clone()
	state, err := a.fold(ctx, nil)
	if err != nil {
		return err
	}
	split := state.carried.split[[2]string{into, from}]
	added := one.mergeInto(b.Theme(into), split)
	changes := []Change{
		onTheme(into, func(t *Theme) error { one.mergeInto(t, split); return nil }),
		Retire(from),
		lift(from, into),
	}
	return a.change(ctx, coder, because, carryDecision(from, into, coder, because, carry{Added: added}), changes...)
}

// lift moves the themes under one to under the other that takes its place.
func lift(from, into string) Change {
	return func(b *Codebook) error {
		up := b.Theme(from).Parent
		for i := range b.Themes {
			t := &b.Themes[i]
			switch {
			case t.Parent != from:
			case t.ID == into || slices.Contains(b.Above(into), t.ID):
				t.Parent = up
			default:
				t.Parent = into
			}
		}
		return nil
	}
}

func carryDecision(from, to, coder, because string, x carry) *index.Decision {
	value, err := json.Marshal(x)
	if err != nil {
		panic(err) // strings always marshal
	}
	return &index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActCarry, Subject: from, Theme: to, Value: string(value), Because: because}
}

// Restore brings a retired theme back. If it had been merged into another, what was carried over is taken back, and so are the rules and
// examples that the other has from it; what people decided on the other since stays there.
func (a *Analysis) Restore(ctx context.Context, id, coder, because string) error {
	if err := a.loadCodebook(ctx); err != nil {
		return err
	}
	state, err := a.fold(ctx, nil)
	if err != nil {
		return err
	}
	changes := []Change{restore(id)}
	merged, ok := state.carried.merged[id]
	if !ok || a.theme(id) == nil || a.theme(id).State != ThemeRetired {
		return a.change(ctx, coder, because, nil, changes...)
	}
	changes = append(changes, func(b *Codebook) error {
		if t := b.Theme(merged.into); t != nil {
			t.takeOut(merged.added)
		}
		return nil
	})
	return a.change(ctx, coder, because, carryDecision(id, merged.into, coder, because, carry{Undone: true}), changes...)
}

// A Split says which part of a theme is to be a theme of its own.
type Split struct {
	From     string   // the theme's id
	To       Theme    // the new one; or only the id of one that is there
	Query    string   // what this finds goes: it narrows the rules that the new theme has from the old one, which leaves it out; or ""
	Passages []string // these passages, by id
	Coder    string
	Because  string
}

// Split moves what is coded of a part of a theme to another. By a query: what people decided on the passages that it finds moves, and
// what the rules propose follows from the rules. By passages: what is coded on them moves, as the decision of whoever splits where only
// the tool had proposed it. The rest stays. It returns how many passages' codings were moved.
func (a *Analysis) Split(ctx context.Context, x Split) (int, error) {
	if err := a.loadCodebook(ctx); err != nil {
		return 0, err
	}
	from := a.theme(x.From)
	switch {
	case from == nil:
		return 0, a.Codebook.noTheme(x.From)
	case from.State == ThemeRetired:
		return 0, cannot("%s is retired. Bring it back first with: collate themes restore %s", x.From, x.From)
	case x.Query == "" && len(x.Passages) == 0:
		return 0, cannot("Splitting %s needs a search or passages that tell what goes.", x.From)
	}
	passages, err := a.splitOff(ctx, &x)
	if err != nil {
		return 0, err
	}
	changes, to := a.splitChanges(&x, from)
	var with *index.Decision
	if len(passages) > 0 || x.Query != "" {
		with = carryDecision(x.From, to, x.Coder, x.Because, carry{Split: true, Passages: passages, Query: x.Query})
	}
	return len(passages), a.change(ctx, x.Coder, x.Because, with, changes...)
}

// splitChanges are the changes to the codebook, and the id of the theme that the codings go to.
func (a *Analysis) splitChanges(x *Split, from *Theme) ([]Change, string) {
	var changes []Change
	to := x.To
	if there := a.theme(to.ID); there == nil {
		if to.ID == "" {
			to.ID = a.Codebook.freshID(to.Name)
		}
		if to.Parent == "" {
			to.Parent = from.Parent
		}
		changes = append(changes, AddTheme(to))
	}
	if x.Query == "" {
		return changes, to.ID
	}
	add := func(id string, l List, entries []string) {
		changes = append(changes, onTheme(id, func(t *Theme) error {
			list := t.list(l)
			*list = slices.Concat(*list, without(entries, *list))
			return nil
		}))
	}
	add(to.ID, AnyRules, narrowed(from.Any, x.Query))
	add(to.ID, NoneRules, from.None)
	add(from.ID, NoneRules, []string{x.Query})
	return changes, to.ID
}

// splitOff are the passages whose codings move.
func (a *Analysis) splitOff(ctx context.Context, x *Split) ([]string, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, id := range x.Passages {
		if s.Passage(id) == nil {
			return nil, cannot("There is no passage %q. Its id stands in brackets behind each passage that collate search shows.", id)
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if x.Query == "" {
		return out, nil
	}
	q, err := index.ParseQuery(x.Query)
	if err != nil {
		return nil, err
	}
	state, err := a.codings(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, p := range s.Passages {
		c := state.passages[codingKey{p.ID, x.From}]
		if c == nil || !c.Confirmed && !c.StanceConfirmed || slices.Contains(out, p.ID) {
			continue
		}
		if _, found := q.Match(index.Analyse(s.Whole(p))); found {
			out = append(out, p.ID)
		}
	}
	return out, nil
}
