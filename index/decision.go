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
	ActTheme     = "theme"     // Subject a passage, Value "yes" or "no", by a machine also how likely, "yes .85"; by a person "" where it is taken back
	ActStance    = "stance"    // Subject a passage, Value a stance, or by a person "" where it is taken back
	ActPosition  = "position"  // Subject a member, Value JSON: the stance and the text a person wrote; "" takes them back
	ActMember    = "member"    // Subject a submission, Value the member's name
	ActConsent   = "consent"   // Subject a passage, submission or member, or "" for whoever nothing is said of; Value a consent, "" takes it back
	ActCodebook  = "codebook"  // Subject the file's name, Value the codebook's text
	ActCarry     = "carry"     // Subject a theme, Theme the one that its codings are carried over to, Value JSON: which, or that it is undone
	ActUse       = "use"       // Subject a submission, Value a [Use]
	ActQuestion  = "question"  // Subject a passage, Value a question's id, or "" for none
	ActSearch    = "search"    // Subject a saved search's name, Value JSON: the query and what it found; "" forgets it
	ActSample    = "sample"    // Subject a passage that is to be coded by two people, each without sight of the other; Value the seed it was drawn with
	ActBlind     = "blind"     // Subject a passage, Value "no", "yes" or "yes: " and a stance, given without sight of anybody else's; it never counts as a decision
	ActNote      = "note"      // Subject a passage or a member, Theme what it is about, Value the note of a person; "" takes it away
	ActAim       = "aim"       // Subject "", Value how many suggestions are wanted: "miss nothing", "balanced" or "few false alarms"
	ActConsensus = "consensus" // Value JSON: when members agree; "" brings the default back
	ActScale     = "scale"     // Value the scale of quantifier words; "" brings the default back
	ActTemplate  = "template"  // Subject the name of a text that was circulated, Value the text; "" takes it out
	ActJoint     = "joint"     // Value JSON: the line that a person wrote or checked for all members on Theme; "" brings the drafted one back
	ActSignOff   = "signoff"   // Subject a member, Value JSON: what it says of the line on Theme
	ActRedLine   = "redline"   // Subject a member, Value what it will not agree to on Theme; "" takes it back
	ActOutline   = "outline"   // Subject "evidence" or "response", Value the outline of that document as YAML; "" takes it away
	ActSynonyms  = "synonyms"  // Subject "", Value the text of the consultation's [Synonyms]; "" brings the built-in ones back
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

// ErrOvertaken is returned when somebody else decided on the same thing between the reading and the writing.
var ErrOvertaken = errors.New("it was changed by somebody else at the same time")

// Newest is the number of the newest decision of an act, or 0: see [Consultation.DecideAfter].
func (c *Consultation) Newest(ctx context.Context, act string) (int64, error) {
	var seq int64
	err := c.record.read.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM decision WHERE act = ?`, act).Scan(&seq)
	return seq, err
}

// mostOvertaken is how often what was overtaken is tried again.
const mostOvertaken = 100

// Again does what ends with [Consultation.DecideAfter] once more while others are quicker.
func Again(do func() error) error {
	var err error
	for range mostOvertaken {
		if err = do(); !errors.Is(err, ErrOvertaken) {
			return err
		}
	}
	return err
}

// DecideAfter is [Consultation.Decide] for what was made of the newest decision of the act, whose number is seq, 0 where there was none. It
// records nothing and returns [ErrOvertaken] when there is a newer one by now.
func (c *Consultation) DecideAfter(ctx context.Context, act string, seq int64, decisions []Decision) error {
	write := c.record.transact
	if slices.ContainsFunc(decisions, showsIn) {
		write = c.record.update
	}
	return write(ctx, func(tx *sql.Tx) error {
		var newest int64
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM decision WHERE act = ?`, act).Scan(&newest); err != nil {
			return err
		}
		if newest > seq {
			return ErrOvertaken
		}
		return c.appendDecisions(ctx, tx, decisions)
	})
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
