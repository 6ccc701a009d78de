package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Coder kinds: who made a decision.
const (
	ByPerson = "person"
	ByRule   = "rule"
	ByModel  = "model"
)

// The acts a decision can be.
const (
	ActTheme    = "theme"    // Subject a passage, Value "yes" or "no"
	ActStance   = "stance"   // Subject a passage, Value a stance
	ActPosition = "position" // Subject a member, Value JSON: the stance and the text a person wrote
	ActMember   = "member"   // Subject a submission, Value the member's name
	ActConsent  = "consent"  // Subject a submission or member, Value a consent
	ActCodebook = "codebook" // Subject the file's name, Value the codebook's text
	ActCarry    = "carry"    // Subject a theme, Theme the one that its codings are carried over to, Value JSON: which, or that it is undone
	ActUse      = "use"      // Subject a submission, Value a [Use]
	ActQuestion = "question" // Subject a passage, Value a question's id, or "" for none
	ActSearch   = "search"   // Subject a saved search's name, Value JSON: the query and what it found; "" forgets it
	ActSample   = "sample"   // Subject a passage that is to be coded by two people, each without sight of the other; Value the seed it was drawn with
	ActBlind    = "blind"    // Subject a passage, Value "no", "yes" or "yes: " and a stance, given without sight of anybody else's; it never counts as a decision
	ActNote     = "note"     // Subject a passage or a member, Theme what it is about, Value the note of a person; "" takes it away
	ActSynonyms = "synonyms" // Subject "", Value the text of the consultation's [Synonyms]; "" brings the built-in ones back
)

// A Decision is one thing that a person decided or the tool proposed. Decisions are only appended: undoing is deciding
// again. The newest decision of a person outranks every machine's; among machines the newest counts.
type Decision struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`  // ByPerson, ByRule, ByModel
	Coder   string    `json:"coder"` // the person's name, or which rules or model
	Act     string    `json:"act"`
	Subject string    `json:"subject"`
	Theme   string    `json:"theme,omitempty"`
	Value   string    `json:"value"`
	Because string    `json:"because,omitempty"`
}

// ErrChain is returned when the chain of decisions does not hold: a row was changed outside collate.
var ErrChain = errors.New("the chain of decisions is broken")

// link is the hash of a row: of the hash before it and all its fields.
func (d *Decision) link(previous string) string {
	row, err := json.Marshal([]string{previous, d.At.UTC().Format(time.RFC3339), d.Kind, d.Coder, d.Act, d.Subject, d.Theme, d.Value, d.Because})
	if err != nil {
		panic(err) // strings always marshal
	}
	sum := sha256.Sum256(row)
	return hex.EncodeToString(sum[:])
}

// Decide appends decisions in one transaction: all or none. At is set to now where it is zero.
func (c *Consultation) Decide(ctx context.Context, decisions []Decision) error {
	if len(decisions) == 0 {
		return nil
	}
	write := c.record.transact
	if slices.ContainsFunc(decisions, showsIn) {
		write = c.record.update
	}
	err := write(ctx, func(tx *sql.Tx) error { return c.appendDecisions(ctx, tx, decisions) })
	if err != nil {
		return fmt.Errorf("recording %d decisions: %w", len(decisions), err)
	}
	return nil
}

func (c *Consultation) appendDecisions(ctx context.Context, tx *sql.Tx, decisions []Decision) error {
	var last string
	err := tx.QueryRowContext(ctx, `SELECT hash FROM decision ORDER BY seq DESC LIMIT 1`).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO decision (at, kind, coder, act, subject, theme, value, because, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range decisions {
		d := &decisions[i]
		if d.At.IsZero() {
			d.At = c.now()
		}
		last = d.link(last)
		if _, err := insert.ExecContext(ctx, d.At.UTC().Format(time.RFC3339), d.Kind, d.Coder, d.Act, d.Subject, d.Theme, d.Value, d.Because, last); err != nil {
			return err
		}
	}
	return nil
}

// Decisions calls f for each decision, oldest first, and checks the chain on the way: a break returns [ErrChain].
func (c *Consultation) Decisions(ctx context.Context, f func(*Decision) error) error {
	rows, err := c.record.read.QueryContext(ctx, `SELECT seq, at, kind, coder, act, subject, theme, value, because, hash FROM decision ORDER BY seq`)
	if err != nil {
		return fmt.Errorf("reading decisions: %w", err)
	}
	defer rows.Close()
	last := ""
	for rows.Next() {
		var d Decision
		var at, hash string
		if err := rows.Scan(&d.Seq, &at, &d.Kind, &d.Coder, &d.Act, &d.Subject, &d.Theme, &d.Value, &d.Because, &hash); err != nil {
			return err
		}
		if d.At, err = time.Parse(time.RFC3339, at); err != nil || d.link(last) != hash {
			return fmt.Errorf("%w: at decision %d", ErrChain, d.Seq)
		}
		last = hash
		if err := f(&d); err != nil {
			return err
		}
	}
	return rows.Err()
}
