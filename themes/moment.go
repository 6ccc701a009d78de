package themes

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"collate/index"
)

// A Version is a point in the history of a consultation: its newest decision, and the time.
type Version struct {
	Decision int64     `json:"decision"` // the number of the newest decision; 0 before the first
	At       time.Time `json:"at"`       // the last second that belongs to it
}

// ErrNoVersion is returned for a date or version that is none.
var ErrNoVersion = errors.New("it is neither a day (2026-11-24) nor the number of a decision")

// VersionSince reads what a person types to say since when: a day, which begins at midnight UTC, a day and a time, or the number of a
// decision, which is the last that belongs to the version. It returns [ErrNoVersion].
func (a *Analysis) VersionSince(ctx context.Context, typed string) (Version, error) {
	typed = strings.TrimSpace(typed)
	if n, err := strconv.ParseInt(strings.TrimPrefix(typed, "#"), 10, 64); err == nil && n >= 0 {
		return a.versionOf(ctx, n)
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
		if at, err := time.Parse(layout, typed); err == nil {
			return a.versionBefore(ctx, at.UTC())
		}
	}
	return Version{}, fmt.Errorf("%q: %w", typed, ErrNoVersion)
}

// versionOf is the version that ends with a decision.
func (a *Analysis) versionOf(ctx context.Context, n int64) (Version, error) {
	v, found := Version{Decision: n}, false
	err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.Seq == n {
			v.At, found = d.At, true
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("there is no decision %d: %w", n, ErrNoVersion)
	}
	return v, err
}

// versionBefore is the version of the second before a time.
func (a *Analysis) versionBefore(ctx context.Context, at time.Time) (Version, error) {
	v := Version{At: at.Add(-time.Second)}
	err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.At.Before(at) {
			v.Decision = d.Seq
		}
		return nil
	})
	return v, err
}

// version is that of now.
func (a *Analysis) version(ctx context.Context) (Version, error) {
	var v Version
	err := a.Decisions(ctx, func(d *index.Decision) error {
		v = Version{d.Seq, d.At}
		return nil
	})
	return v, err
}

// at is the analysis as it stood at a version: what came later is not there. It is for reading only.
func (a *Analysis) at(ctx context.Context, v Version) (*Analysis, error) {
	past := &Analysis{Consultation: a.Consultation, opt: a.opt, latest: &latest{}, until: index.Moment{Decision: v.Decision, Added: v.At}}
	return past, past.loadCodebook(ctx)
}

// Decisions calls f for each decision, oldest first, up to the moment that the analysis is of. See [index.Consultation.Decisions].
func (a *Analysis) Decisions(ctx context.Context, f func(*index.Decision) error) error {
	if a.until.IsZero() {
		return a.Consultation.Decisions(ctx, f)
	}
	return a.Consultation.Decisions(ctx, func(d *index.Decision) error {
		if d.Seq > a.until.Decision {
			return nil
		}
		return f(d)
	})
}
