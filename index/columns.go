package index

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"collate/index/extract"
)

// columnsSetting is the key under which the columns of a survey are kept that a person set. It names the submission and not its
// bytes, so that a newer export of the same survey is read in the same way.
func columnsSetting(submission string) string { return "columns:" + submission }

// Columns is what a person set of how a survey is read; the zero value when nobody did.
func (c *Consultation) Columns(ctx context.Context, submission string) (extract.Hints, error) {
	var h extract.Hints
	value, err := c.record.setting(ctx, columnsSetting(submission))
	if err != nil || value == "" {
		return h, err
	}
	if err := json.Unmarshal([]byte(value), &h); err != nil {
		return h, fmt.Errorf("%w: the columns set for %q: %v", ErrDamaged, submission, err)
	}
	return h, nil
}

// hints are what is set for a file that is being read: for its name, or for another name of the same bytes.
func (c *Consultation) hints(ctx context.Context, r *reading) extract.Hints {
	if r.corrected {
		return r.columns
	}
	names := []string{r.name}
	rows, err := c.record.read.QueryContext(ctx, `SELECT name FROM submission WHERE sha = ? AND withdrawn = 0 ORDER BY id`, r.sha)
	if err != nil {
		return extract.Hints{} // the record is out of reach: recording what is read will say so
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if h, err := c.Columns(ctx, name); err == nil && !h.IsZero() {
			return h
		}
	}
	return extract.Hints{}
}

// Reread reads a submission's stored bytes as the hints say, and records nothing.
func (c *Consultation) Reread(ctx context.Context, submission string, h extract.Hints) (*extract.Document, error) {
	r, err := c.stored(ctx, submission)
	if err != nil {
		return nil, fmt.Errorf("reading %q again: %w", submission, err)
	}
	return c.opt.Read(extract.WithHints(ctx, h), r.name, r.data)
}

// stored is the newest file of a name.
func (c *Consultation) stored(ctx context.Context, submission string) (reading, error) {
	r := reading{name: submission}
	err := c.record.read.QueryRowContext(ctx, `SELECT s.parent, s.sha, o.bytes FROM submission s JOIN original o USING (sha) WHERE s.name = ? AND s.withdrawn = 0 ORDER BY s.id DESC LIMIT 1`, submission).Scan(&r.parent, &r.sha, &r.data)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNoSubmission
	}
	return r, err
}

// Original is a submission's file as it came, by the SHA-256 of its bytes ([Submission.Sha]). The error wraps [ErrNoSubmission].
func (c *Consultation) Original(ctx context.Context, sha string) ([]byte, error) {
	var data []byte
	err := c.record.read.QueryRowContext(ctx, `SELECT bytes FROM original WHERE sha = ?`, sha).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("looking for an original: %w", ErrNoSubmission)
	}
	return data, err
}

// SetColumns keeps how a survey is to be read and reads it again from its stored bytes. The passages of the reading before
// make room for the new ones in one transaction; where the words are the same, so are their ids. When it cannot be read so, the error
// wraps extract's and nothing changes.
func (c *Consultation) SetColumns(ctx context.Context, submission string, h extract.Hints) (Outcome, error) {
	o, err := c.setColumns(ctx, submission, h)
	if err != nil {
		return o, fmt.Errorf("setting the columns of %q: %w", submission, err)
	}
	return o, nil
}

func (c *Consultation) setColumns(ctx context.Context, submission string, h extract.Hints) (Outcome, error) {
	r, err := c.stored(ctx, submission)
	if err != nil {
		return Outcome{}, err
	}
	r.columns, r.corrected = h, true
	c.read(ctx, &r, 0)
	if err := errors.Join(ctx.Err(), r.err); err != nil {
		return Outcome{}, err
	}
	o := Outcome{Name: submission, Format: r.doc.Format, Warnings: r.doc.Warnings, Survey: r.doc.Facts.Size()}
	err = c.record.update(ctx, func(tx *sql.Tx) error {
		value := ""
		if !h.IsZero() {
			value = asJSON(h)
		}
		names, err := namesOf(ctx, tx, r.sha)
		if err != nil {
			return err
		}
		for _, name := range names {
			if _, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, columnsSetting(name), value); err != nil {
				return err
			}
		}
		return c.replace(ctx, tx, &r, &o)
	})
	return o, err
}

// namesOf are the submissions of the same bytes: a reading is that of all of them.
func namesOf(ctx context.Context, tx *sql.Tx, sha string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT name FROM submission WHERE sha = ? ORDER BY id`, sha)
	return scanNames(rows, err)
}

// replace puts a new reading in the place of the one that is recorded. The search index is made anew, since it only ever adds.
func (c *Consultation) replace(ctx context.Context, tx *sql.Tx, r *reading, o *Outcome) error {
	if _, err := tx.ExecContext(ctx, `UPDATE setting SET value = ? WHERE key = 'generation'`, rand.Text()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM part WHERE parent_sha = ?`, r.sha); err != nil {
		return err
	}
	names, err := namesOf(ctx, tx, r.sha)
	if err != nil {
		return err
	}
	if o.Passages, err = reread(ctx, tx, r); err != nil {
		return err
	}
	members, err := membersIn(ctx, tx)
	if err != nil {
		return err
	}
	for _, name := range names {
		consent, why := guessConsent(name, r.doc, r.known())
		if _, err := tx.ExecContext(ctx, `UPDATE submission SET consent = ?, consent_reason = ? WHERE name = ? AND sha = ?`, consent, why, name, r.sha); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE submission SET withdrawn = 1 WHERE parent = ?`, name); err != nil {
			return err
		}
	}
	for _, name := range names {
		for _, part := range r.parts {
			part.name, part.parent = name+strings.TrimPrefix(part.name, r.name), name
			po, err := c.insert(ctx, tx, part, members, &Guess{})
			if err != nil {
				return err
			}
			if err := holds(ctx, tx, r.sha, &part); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE submission SET withdrawn = 0 WHERE name = ? AND sha = ?`, part.name, part.sha); err != nil {
				return err
			}
			if name == r.name {
				o.Parts = append(o.Parts, po)
			}
		}
	}
	return guessAgain(ctx, tx)
}

// reread records a new reading of an original that is there.
func reread(ctx context.Context, tx *sql.Tx, r *reading) (passages int, err error) {
	if err := keepReading(ctx, tx, r.sha); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM passage WHERE sha = ?`, r.sha); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE original SET format = ?, failure = '', reason = '', text = ?, text_sha = ?, document = ? WHERE sha = ?`,
		r.doc.Format, r.doc.Text, digest([]byte(r.doc.Text)), documentJSON(r.doc), r.sha)
	if err != nil {
		return 0, err
	}
	return insertPassages(ctx, tx, r)
}

// renew brings the rows of an organisation that are recorded already up to a new reading. Their digest is that of their words alone,
// so that passages keep their ids; the questions, the choices and what the rows ask for may be others.
func (c *Consultation) renew(ctx context.Context, tx *sql.Tx, r *reading, consent Consent, why string) error {
	var document string
	var elsewhere int // another survey in which an organisation of that name says the same, and whose rows are counted
	err := tx.QueryRowContext(ctx, `SELECT document, (SELECT count(*) FROM submission s WHERE s.sha = ?1 AND s.withdrawn = 0 AND s.name < ?2
		AND s.parent IN (SELECT name FROM submission WHERE sha NOT IN (SELECT sha FROM submission WHERE name = ?3))) FROM original WHERE sha = ?1`, r.sha, r.name, r.parent).Scan(&document, &elsewhere)
	if err != nil {
		return err
	}
	if elsewhere == 0 && document != documentJSON(r.doc) {
		if _, err := reread(ctx, tx, r); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE setting SET value = ? WHERE key = 'generation'`, rand.Text()); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE submission SET id = (SELECT max(id) + 1 FROM submission), withdrawn = 0, consent = ?, consent_reason = ? WHERE name = ? AND sha = ?`, consent, why, r.name, r.sha)
	return err
}
