package index

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// A Revision says how far a record has come, whichever process changed it. While two are equal the record is the same.
type Revision struct {
	Changes   int64 // counts changes of what a [Snapshot] shows
	Decisions int64 // the newest decision
}

// changesSetting is the key under which a record counts the changes of what a [Snapshot] shows.
const changesSetting = "changes"

// Revision is how far the record has come. It takes some microseconds, so that it can be asked for before each search.
func (c *Consultation) Revision(ctx context.Context) (Revision, error) {
	var r Revision
	err := c.record.read.QueryRowContext(ctx, `SELECT coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?), 0), coalesce((SELECT max(seq) FROM decision), 0)`, changesSetting).Scan(&r.Changes, &r.Decisions)
	if err != nil {
		return r, fmt.Errorf("reading how far the record is: %w", err)
	}
	return r, nil
}

// ActsSince are the acts that were decided since a revision, each once, sorted.
func (c *Consultation) ActsSince(ctx context.Context, r Revision) ([]string, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT DISTINCT act FROM decision WHERE seq > ? ORDER BY act`, r.Decisions)
	return scanNames(rows, err)
}

// counting runs f and counts a change where f made one: what is known already changes nothing, and costs no writing.
func counting(ctx context.Context, tx *sql.Tx, f func(*sql.Tx) error) error {
	var before, after int64
	const total = `SELECT total_changes()`
	if err := tx.QueryRowContext(ctx, total).Scan(&before); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, total).Scan(&after); err != nil || after == before {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`, changesSetting)
	return err
}

// showsIn reports whether a [Snapshot] shows what was decided. Codings and searches are read beside it.
func showsIn(d Decision) bool {
	return !slices.Contains([]string{ActTheme, ActStance, ActPosition, ActCarry, ActNote, ActCodebook, ActSearch, ActSynonyms, ActSample, ActBlind, ActAim, ActConsensus, ActScale, ActTemplate, ActJoint, ActSignOff, ActRedLine, ActOutline}, d.Act)
}
