package themes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"collate/index"
)

// A CodebookEdit is what somebody did to the codebook, with the codings that were carried over by it, so that it can be taken back.
type CodebookEdit struct {
	before, after recordedText
	carried       []index.Decision // each as it is recorded again
	reversed      []index.Decision // each as it is taken back
}

// A recordedText is a codebook as the record has it.
type recordedText struct{ source, text string }

// EditCodebook runs f, which changes the codebook, and says what [Analysis.TakeBackCodebook] can take back; nil where f changed nothing.
func (a *Analysis) EditCodebook(ctx context.Context, f func(context.Context) error) (*CodebookEdit, error) {
	seen, err := a.Newest(ctx, index.ActCodebook)
	if err != nil {
		return nil, err
	}
	if err := f(ctx); err != nil {
		return nil, err
	}
	newest, err := a.Newest(ctx, index.ActCodebook)
	if err != nil || newest == seen {
		return nil, err
	}
	return a.codebookEdit(ctx, newest)
}

// codebookEdit is the edit that ends with the codebook of a number: the one before it, and the carries between the two.
func (a *Analysis) codebookEdit(ctx context.Context, newest int64) (*CodebookEdit, error) {
	e := &CodebookEdit{before: recordedText{BuiltIn, string(BuiltInCodebook())}}
	standing := map[[2]string]string{} // the newest carry between two themes that was not taken back
	return e, a.Decisions(ctx, func(d *index.Decision) error {
		switch {
		case d.Seq > newest:
		case d.Act == index.ActCodebook && d.Seq == newest:
			e.after = recordedText{d.Subject, d.Value}
		case d.Act == index.ActCodebook:
			e.before, e.carried, e.reversed = recordedText{d.Subject, d.Value}, nil, nil
		case d.Act == index.ActCarry:
			between := [2]string{d.Subject, d.Theme}
			back, err := reversed(d, standing[between])
			if err != nil {
				return err
			}
			if standing[between] = d.Value; back.Value == "" { // it took back what is not there
				return nil
			}
			e.carried, e.reversed = append(e.carried, *d), append([]index.Decision{back}, e.reversed...)
		}
		return nil
	})
}

// reversed is the carry that takes another back: of one that took back itself, the one that it took back, whose value is given.
func reversed(d *index.Decision, standing string) (index.Decision, error) {
	back := *d
	var x carry
	if err := json.Unmarshal([]byte(d.Value), &x); err != nil {
		return back, fmt.Errorf("decision %d: %w", d.Seq, err)
	}
	if x.Undone {
		back.Value = standing
		return back, nil
	}
	value, err := json.Marshal(carry{Split: x.Split, Undone: true})
	back.Value = string(value)
	return back, err
}

// TakeBackCodebook brings back the codebook and the codings that an edit found, under the coder's name, and returns what it did itself: taking
// that back does the edit again. What people decided meanwhile stays. The error is an [*EditError] where the codebook was changed since, or where
// people have coded on a theme that would go.
func (a *Analysis) TakeBackCodebook(ctx context.Context, e *CodebookEdit, coder string) (*CodebookEdit, error) {
	book, err := ParseCodebook([]byte(e.before.text))
	if err != nil {
		return nil, err
	}
	text, source, seq, err := a.recordedCodebook(ctx)
	if err != nil {
		return nil, err
	}
	if (recordedText{source, text}) != e.after {
		return nil, cannot("The themes were changed since, and this would take that back as well. Change them by hand: their history says what was done.")
	}
	if err := a.mayGo(ctx, e, book); err != nil {
		return nil, err
	}
	var decisions []index.Decision
	for _, d := range append(e.reversed, index.Decision{Act: index.ActCodebook, Subject: e.before.source, Value: e.before.text}) {
		d.Seq, d.Kind, d.Coder, d.Because = 0, index.ByPerson, coder, "taken back"
		decisions = append(decisions, d)
	}
	err = a.DecideAfter(ctx, index.ActCodebook, seq, decisions)
	if errors.Is(err, index.ErrOvertaken) {
		return nil, cannot("Somebody else changed the themes at the same moment. Nothing was taken back.")
	}
	if err != nil {
		return nil, err
	}
	a.Codebook, a.Source = book, e.before.source
	return &CodebookEdit{before: e.after, after: e.before, carried: e.reversed, reversed: e.carried}, nil
}

// mayGo reports as an error that people have coded on a theme that the codebook before an edit does not have.
func (a *Analysis) mayGo(ctx context.Context, e *CodebookEdit, before *Codebook) error {
	state, err := a.fold(ctx, nil)
	if err != nil {
		return err
	}
	skip := state.carried.undone
	for _, d := range e.carried {
		if seq, ok := state.carried.standing[[2]string{d.Subject, d.Theme}]; ok {
			skip[seq] = true
		}
	}
	if state, err = a.fold(ctx, skip); err != nil {
		return err
	}
	coded := state.byPeople()
	for _, t := range a.Codebook.Themes {
		if n := coded[t.ID]; n > 0 && before.Theme(t.ID) == nil {
			return cannot("People have made %s on %s since, which would have no theme any more. Retire %s instead: it goes out of every count, and they stay.", plural(n, "decision", "decisions"), t.ID, t.ID)
		}
	}
	return nil
}

// byPeople counts what people decided on passages and positions, by theme.
func (s *codings) byPeople() map[string]int {
	coded := map[string]int{}
	for key, c := range s.passages {
		if c.Confirmed || c.StanceConfirmed {
			coded[key.theme]++
		}
	}
	for key := range s.positions {
		coded[key.theme]++
	}
	return coded
}

// CodebookSince says what was changed after the codebook's decision of number seq, by whom: the versions since, oldest first.
func (a *Analysis) CodebookSince(ctx context.Context, seq int64) ([]CodebookVersion, error) {
	all, err := a.CodebookHistory(ctx)
	var out []CodebookVersion
	for _, v := range all {
		if v.Seq > seq {
			out = append(out, v)
		}
	}
	return out, err
}

// About reports whether a version changed something about a theme.
func (v *CodebookVersion) About(id string) bool {
	for _, change := range v.Changes {
		if strings.Contains(" "+strings.ReplaceAll(change, ":", " ")+" ", " "+id+" ") {
			return true
		}
	}
	return false
}
