// Package themes codes the passages of a consultation against themes and condenses them: what each member says on each
// theme, in its own words, and where the members agree.
//
// Everything here is proposed with its reason and decided by people; the decisions live in the record (package index) and are
// only appended. Start at [Create], [Open] and [Analysis.Tag]; [Analysis.Report] is what exports are made from.
package themes

import (
	"context"
	"errors"
	"fmt"

	"collate/index"
	"collate/samples"
)

// An Analysis is a consultation with its codebook.
type Analysis struct {
	*index.Consultation
	Codebook *Codebook
	Source   string // where the codebook came from: "themes.yaml", or BuiltIn
	opt      Options
	latest   *latest

	suggester *suggester
	memo      *memo
	until     index.Moment // what it shows; zero for now
}

// Options are what an analysis needs from outside, beyond what a consultation does.
type Options struct {
	index.Options
	Tool    string                              // name and version for outputs, "collate 0.1.0"
	Explain func(failure, reason string) string // says in a user's words why a file could not be read; nil leaves the reader's words
}

// BuiltIn is the Source of the themes that are used where a folder brings none.
const BuiltIn = "the ten built-in SEND themes"

// rules is the coder's name of the codebook's rules.
const rules = "rules"

// BuiltInCodebook is the text of the ten built-in themes.
func BuiltInCodebook() []byte { return samples.Themes() }

// Create makes a new consultation with the built-in codebook.
func Create(ctx context.Context, path string, opt Options) (*Analysis, error) {
	c, err := index.Create(ctx, path, opt.Options)
	return newAnalysis(ctx, c, opt, err)
}

// Open opens a consultation and the codebook in it.
func Open(ctx context.Context, path string, opt Options) (*Analysis, error) {
	c, err := index.Open(ctx, path, opt.Options)
	return newAnalysis(ctx, c, opt, err)
}

func newAnalysis(ctx context.Context, c *index.Consultation, opt Options, err error) (*Analysis, error) {
	if err != nil {
		return nil, err
	}
	a := &Analysis{Consultation: c, opt: opt, latest: &latest{}, suggester: &suggester{}, memo: &memo{}}
	if a.latest.at, err = a.Revision(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if err := a.loadCodebook(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return a, nil
}

func (a *Analysis) loadCodebook(ctx context.Context) error {
	text, source, _, err := a.recordedCodebook(ctx)
	if err != nil {
		return err
	}
	if a.Codebook, err = ParseCodebook([]byte(text)); err != nil {
		return fmt.Errorf("reading the codebook in the record: %w", err)
	}
	a.Source = source
	return nil
}

// recordedCodebook is the newest codebook of the record with the number of its decision, or the built-in one and 0.
func (a *Analysis) recordedCodebook(ctx context.Context) (text, source string, seq int64, err error) {
	text, source = string(BuiltInCodebook()), BuiltIn
	err = a.Decisions(ctx, func(d *index.Decision) error {
		if d.Act == index.ActCodebook {
			text, source, seq = d.Value, d.Subject, d.Seq
		}
		return nil
	})
	return text, source, seq, err
}

// CodebookText is the codebook as it was written.
func (a *Analysis) CodebookText(ctx context.Context) (string, error) {
	text, _, _, err := a.recordedCodebook(ctx)
	return text, err
}

// SetCodebook makes text the codebook, under the coder's name. The ones before it stay in the record; what people coded stays
// as it is. The same text again changes nothing. A fault comes back as a [*CodebookError].
func (a *Analysis) SetCodebook(ctx context.Context, source string, text []byte, coder string) error {
	return index.Again(func() error {
		seq, err := a.Newest(ctx, index.ActCodebook)
		if err != nil {
			return err
		}
		return a.setCodebook(ctx, seq, source, text, coder, "")
	})
}

// setCodebook is [Analysis.SetCodebook] of a text that was made from the codebook of number seq. It returns [index.ErrOvertaken] when that is
// not the newest any more.
func (a *Analysis) setCodebook(ctx context.Context, seq int64, source string, text []byte, coder, because string) error {
	b, err := ParseCodebook(text)
	if err != nil {
		return err
	}
	old, from, _, err := a.recordedCodebook(ctx)
	if err != nil {
		return err
	}
	if old != string(text) || from != source {
		d := index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActCodebook, Subject: source, Value: string(text), Because: because}
		if err := a.DecideAfter(ctx, index.ActCodebook, seq, []index.Decision{d}); err != nil {
			return err
		}
	}
	a.Codebook, a.Source = b, source
	return nil
}

// Snapshot loads the consultation with its passages assigned to the codebook's questions. Those of the built-in codebook belong to
// its own example and are left out: then the document that the members answer may put its own.
func (a *Analysis) Snapshot(ctx context.Context) (*index.Snapshot, error) {
	if a.Source == BuiltIn {
		return a.SnapshotAt(ctx, nil, a.until)
	}
	return a.SnapshotAt(ctx, a.Codebook.Questions, a.until)
}

// Reload takes the codebook of the record, which another process may have changed ([index.ActCodebook]). Nothing else may use the
// analysis meanwhile.
func (a *Analysis) Reload(ctx context.Context) error { return a.loadCodebook(ctx) }
