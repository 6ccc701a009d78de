package index

import (
	"context"
	"database/sql"
	"fmt"

	"collate/index/extract"
)

// Retry reads again, from their stored bytes, the files that an earlier collate had no reader for or whose reader stopped, and
// records those that can be read now. The others stay as they are and are not in the outcomes.
func (c *Consultation) Retry(ctx context.Context) ([]Outcome, error) {
	names, err := c.retries(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing what could not be read: %w", err)
	}
	var out []Outcome
	for i, name := range names {
		c.opt.Progress(i, len(names), name)
		r, err := c.stored(ctx, name)
		if err != nil {
			return out, fmt.Errorf("reading %q again: %w", name, err)
		}
		r.alone = r.parent == ""
		c.read(ctx, &r, 0)
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if r.err != nil {
			continue
		}
		o, err := c.recover(ctx, r)
		if err != nil {
			return out, err
		}
		out = append(out, o)
	}
	return out, nil
}

// retries are the newest files of their names that may be readable now.
func (c *Consultation) retries(ctx context.Context) ([]string, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT DISTINCT s.name FROM submission s JOIN original o USING (sha)
		WHERE o.failure IN (?, ?) AND length(o.bytes) > 0 AND s.withdrawn = 0 ORDER BY s.name`, FailureName(extract.ErrUnknownFormat), FailureName(extract.ErrCrashed))
	return scanNames(rows, err)
}

// recover records a file that could not be read when it was added and can be now.
func (c *Consultation) recover(ctx context.Context, r reading) (Outcome, error) {
	o := Outcome{Name: r.name, Format: r.doc.Format, Warnings: r.doc.Warnings, Survey: r.doc.Facts.Size()}
	err := c.record.update(ctx, func(tx *sql.Tx) error {
		if err := c.replace(ctx, tx, &r, &o); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT member, member_reason FROM submission WHERE name = ? AND sha = ?`, r.name, r.sha).Scan(&o.Member, &o.Reason)
	})
	if err != nil {
		return o, fmt.Errorf("recording %q: %w", r.name, err)
	}
	if len(r.inside) > 0 {
		o.Parts, err = c.addInside(ctx, r.inside, 1, 0)
	}
	return o, err
}
