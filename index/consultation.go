// Package index keeps a consultation: members, their submissions with the original bytes, the text as it was read, and its
// passages, recorded for good in one SQLite file and made searchable by a bleve index that can always be rebuilt.
//
// It knows who said what and where. What the words mean (themes, stances, positions) is for package themes; here that is
// only a list of decisions. Start at [Create], [Open] and [Consultation.Add].
package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"collate/index/extract"
)

// A Consultation is an open record and its search index.
type Consultation struct {
	record *record
	opt    Options
	cache  *Cache
}

// Options are what a consultation needs from outside.
type Options struct {
	Now      func() time.Time                // the clock; required
	Read     Reader                          // reads a file; nil means [extract.File] in this process
	CacheDir string                          // where search indexes are kept; required for Search
	Progress func(done, of int, what string) // long work reports here; may be nil
}

// A Reader turns a file into a document, as [extract.File] does.
type Reader func(ctx context.Context, name string, data []byte) (*extract.Document, error)

// Create makes a new, empty consultation. It returns [ErrExists] rather than touch a file that is there.
func Create(ctx context.Context, path string, opt Options) (*Consultation, error) {
	return newConsultation(opt)(createRecord(ctx, path))
}

// Open opens a consultation. The errors wrap [ErrMissing], [ErrNotRecord], [ErrNewer] and [ErrDamaged].
func Open(ctx context.Context, path string, opt Options) (*Consultation, error) {
	return newConsultation(opt)(openRecord(ctx, path))
}

func newConsultation(opt Options) func(*record, error) (*Consultation, error) {
	return func(r *record, err error) (*Consultation, error) {
		if err != nil {
			return nil, err
		}
		if opt.Read == nil {
			opt.Read = extract.File
		}
		if opt.Progress == nil {
			opt.Progress = func(int, int, string) {}
		}
		return &Consultation{record: r, opt: opt}, nil
	}
}

// Close closes the index and the record; nothing but the record stays beside it.
func (c *Consultation) Close() error {
	var err error
	if c.cache != nil {
		err = c.cache.Close()
	}
	return errors.Join(err, c.record.close())
}

// Path is where the record is.
func (c *Consultation) Path() string { return c.record.path }

func (c *Consultation) now() time.Time { return c.opt.Now().UTC().Truncate(time.Second) }

// Setting is a value kept with the consultation ("title", "source", "codebook", ...); "" when it was never set.
func (c *Consultation) Setting(ctx context.Context, key string) (string, error) {
	return c.record.setting(ctx, key)
}

// Set keeps a value with the consultation.
func (c *Consultation) Set(ctx context.Context, key, value string) error {
	return c.record.set(ctx, key, value)
}

// SetMembers lists the members: the list that is given takes the place of an earlier one. Members with a submission stay. Who
// sent what is guessed again with the new names, but for what a person decided.
func (c *Consultation) SetMembers(ctx context.Context, members []Member) error {
	err := c.record.update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE member SET listed = 0`); err != nil {
			return err
		}
		for _, m := range members {
			if err := putMember(ctx, tx, m, true); err != nil {
				return err
			}
		}
		return guessAgain(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("recording members: %w", err)
	}
	return nil
}

// guessAgain brings the guesses up to the list of members.
func guessAgain(ctx context.Context, tx *sql.Tx) error {
	all, err := membersIn(ctx, tx)
	if err != nil {
		return err
	}
	listed := slices.DeleteFunc(all, func(m Member) bool { return !m.Listed })
	submissions, err := submissionsIn(ctx, tx)
	if err != nil {
		return err
	}
	guesses := map[string]Guess{} // by name: a mail comes before its attachments, whose names begin with its own
	for _, sub := range submissions {
		var sender *Guess
		if g, ok := guesses[sub.Parent]; ok && sub.Parent != "" {
			sender = &g
		}
		g := guess(sub.Name, sub.Document, listed, sender)
		guesses[sub.Name] = g
		if g.Name == sub.Member && g.Reason == sub.Reason {
			continue
		}
		if g.Name != "" {
			if err := putMember(ctx, tx, Member{Name: g.Name}, false); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE submission SET member = ?, member_reason = ? WHERE id = ?`, g.Name, g.Reason, sub.seq); err != nil {
			return err
		}
	}
	return nil
}

// guess is who sent a file: doc is nil when it could not be read, sender whoever sent the mail that it was attached to.
func guess(name string, doc *extract.Document, members []Member, sender *Guess) Guess {
	if doc == nil {
		return guessUnread(name, members)
	}
	if len(doc.Blocks) == 0 {
		return Guess{Reason: "its rows are from the organisations that they name"} // they are members, the file is nobody's
	}
	if org := doc.Blocks[0].Place.Member; sender != nil && org != "" {
		return guessOrganisation(org, members)
	}
	g := GuessMember(name, doc, members)
	if sender != nil && (strings.HasPrefix(g.Reason, "the file's name") || strings.Contains(g.Reason, unlisted)) {
		return Guess{sender.Name, "attached to an e-mail from this member"}
	}
	return g
}

func putMember(ctx context.Context, tx *sql.Tx, m Member, replace bool) error {
	on := `DO NOTHING`
	if replace {
		on = `DO UPDATE SET short = excluded.short, type = excluded.type, aliases = excluded.aliases, domains = excluded.domains, consent = excluded.consent, listed = excluded.listed`
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) `+on,
		m.Name, m.Short, m.Type, asJSON(m.Aliases), asJSON(m.Domains), Stricter(Attributable, m.Consent), m.Listed)
	return err
}

// asJSON is for values that always marshal.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// An Outcome says what became of one file.
type Outcome struct {
	Name     string            `json:"name"`
	Member   string            `json:"member,omitempty"`
	Reason   string            `json:"reason,omitempty"` // why this member
	Format   string            `json:"format,omitempty"`
	Passages int               `json:"passages"`
	Known    bool              `json:"known,omitempty"`   // the very file was read before; nothing was added
	SameAs   string            `json:"same_as,omitempty"` // another name of the same bytes
	Err      error             `json:"-"`                 // why it could not be read; it is recorded all the same
	Failure  string            `json:"failure,omitempty"`
	Warnings []extract.Warning `json:"warnings,omitempty"`
	Parts    []Outcome         `json:"parts,omitempty"` // attachments
}

// Add reads one file and records it with its passages, in one transaction that is durable when Add returns. A file that
// cannot be read is recorded with the reason and its bytes: the outcome's Err says why and Add's error is nil. Adding what
// is there already changes nothing.
func (c *Consultation) Add(ctx context.Context, name string, data []byte) (Outcome, error) {
	o, pending := c.prepare(ctx, name, data)
	if err := ctx.Err(); err != nil {
		return o, err
	}
	return c.commit(ctx, o, pending)
}

// reading is a file on its way into the record.
type reading struct {
	name, parent, sha string
	data              []byte
	doc               *extract.Document
	parts             []reading
	err               error
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// prepare does what needs no transaction: it reads the file, and its attachments.
func (c *Consultation) prepare(ctx context.Context, name string, data []byte) (Outcome, reading) {
	r := reading{name: name, sha: digest(data), data: data}
	o := Outcome{Name: name}
	if known, err := c.known(ctx, name, r.sha); err == nil && known {
		o.Known = true
		return o, r
	}
	c.read(ctx, &r, 0)
	return o, r
}

// maxAttached bounds mails within mails.
const maxAttached = 5

func (c *Consultation) read(ctx context.Context, r *reading, depth int) {
	r.doc, r.err = c.opt.Read(ctx, r.name, r.data)
	if r.err != nil {
		return
	}
	for _, rows := range byOrganisation(r.doc) {
		data := []byte(rows.organisation + extract.BlockSeparator + rows.doc.Text)
		r.parts = append(r.parts, reading{name: r.name + " › " + rows.organisation, parent: r.name, sha: digest(data), data: data, doc: rows.doc})
	}
	for _, p := range r.doc.Parts {
		part := reading{name: r.name + " › " + p.Name, parent: r.name, sha: digest(p.Bytes), data: p.Bytes}
		if depth >= maxAttached {
			part.err = fmt.Errorf("%w: mails within mails within mails", extract.ErrLimit)
		} else {
			c.read(ctx, &part, depth+1)
		}
		r.parts = append(r.parts, part)
	}
	r.doc.Parts = nil
}

// revive makes a file that was there before the newest of its name again: somebody put an earlier version back.
func (c *Consultation) revive(ctx context.Context, name, sha string) error {
	var newer int
	err := c.record.read.QueryRowContext(ctx, `SELECT count(*) FROM submission WHERE name = ?1 AND id > (SELECT id FROM submission WHERE name = ?1 AND sha = ?2)`, name, sha).Scan(&newer)
	if err != nil || newer == 0 {
		return err
	}
	return c.record.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE submission SET id = (SELECT max(id) + 1 FROM submission) WHERE name = ? AND sha = ?`, name, sha)
		return err
	})
}

func (c *Consultation) known(ctx context.Context, name, sha string) (bool, error) {
	var n int
	err := c.record.read.QueryRowContext(ctx, `SELECT count(*) FROM submission WHERE name = ? AND sha = ?`, name, sha).Scan(&n)
	return n > 0, err
}

func (c *Consultation) commit(ctx context.Context, o Outcome, r reading) (Outcome, error) {
	if o.Known {
		return o, c.revive(ctx, r.name, r.sha)
	}
	err := c.record.update(ctx, func(tx *sql.Tx) error {
		members, err := membersIn(ctx, tx)
		if err != nil {
			return err
		}
		o, err = c.insert(ctx, tx, r, members, nil)
		return err
	})
	if err != nil {
		return o, fmt.Errorf("recording %q: %w", r.name, err)
	}
	return o, nil
}

// insert records one file and then its attachments. An attachment that does not say itself who it is from is from whoever sent the mail.
func (c *Consultation) insert(ctx context.Context, tx *sql.Tx, r reading, members []Member, sender *Guess) (Outcome, error) {
	o := Outcome{Name: r.name, Err: r.err}
	var other string
	err := tx.QueryRowContext(ctx, `SELECT name FROM submission WHERE sha = ? ORDER BY name LIMIT 1`, r.sha).Scan(&other)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return o, err
	}
	o.SameAs = other
	if r.err != nil {
		o.Failure = FailureName(r.err)
	}
	if other == "" {
		if o.Passages, err = c.insertOriginal(ctx, tx, &r); err != nil {
			return o, err
		}
	}
	listed := slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return !m.Listed })
	guess := guess(r.name, r.doc, listed, sender)
	var consent Consent
	var why string
	if r.doc != nil {
		o.Format, o.Warnings = r.doc.Format, r.doc.Warnings
		consent, why = GuessConsent(r.name, r.doc)
	}
	if guess.Name != "" {
		if err := putMember(ctx, tx, Member{Name: guess.Name}, false); err != nil {
			return o, err
		}
	}
	o.Member, o.Reason = guess.Name, guess.Reason
	_, err = tx.ExecContext(ctx, `INSERT INTO submission (name, sha, parent, added, member, member_reason, consent, consent_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		r.name, r.sha, r.parent, c.now().Format(time.RFC3339), guess.Name, guess.Reason, consent, why)
	if err != nil {
		return o, err
	}
	for _, part := range r.parts {
		po, err := c.insert(ctx, tx, part, members, &guess)
		if err != nil {
			return o, err
		}
		o.Parts = append(o.Parts, po)
	}
	return o, nil
}

// guessUnread names the sender of a file that could not be read, where its folder or name is enough to tell.
func guessUnread(name string, members []Member) Guess {
	folder, file := filepath.Split(name)
	for _, clue := range []struct{ text, reason string }{{folder, "the folder's name"}, {fileTitle(file), "the file's name"}, {file, "the file's name"}} {
		if m, said := earliest(clue.text, members); m != "" {
			return Guess{m, fmt.Sprintf("%s says %q", clue.reason, said)}
		}
	}
	return Guess{}
}

func (c *Consultation) insertOriginal(ctx context.Context, tx *sql.Tx, r *reading) (passages int, err error) {
	failure, reason, text, format, document := "", "", "", "", "{}"
	var cut []Passage
	if r.err != nil {
		failure, reason = FailureName(r.err), r.err.Error()
	} else {
		text, format = r.doc.Text, r.doc.Format
		cut = Passages(r.sha, r.doc)
		askConsent(r.doc, cut)
		d := *r.doc
		d.Text = ""
		document = asJSON(d)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO original (sha, bytes, format, failure, reason, text, text_sha, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.sha, r.data, format, failure, reason, text, digest([]byte(text)), document)
	if err != nil {
		return 0, err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO passage (id, sha, ordinal, start, body, stop, kind, place, words, consent, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	for _, p := range cut {
		if _, err := insert.ExecContext(ctx, p.ID, p.Sha, p.Ordinal, p.Start, p.Body, p.End, p.Kind, asJSON(p.Place), p.Words, p.Consent, p.Asked); err != nil {
			return 0, err
		}
	}
	return len(cut), nil
}

// failures name extract's errors for the record.
var failures = []struct {
	name string
	err  error
}{
	{"encrypted", extract.ErrEncrypted},
	{"scanned", extract.ErrScanned},
	{"no text", extract.ErrNoText},
	{"damaged", extract.ErrDamaged},
	{"too large", extract.ErrLimit},
	{"too slow", extract.ErrTimeout},
	{"crashed", extract.ErrCrashed},
	{"unknown format", extract.ErrUnknownFormat},
}

// FailureName is the record's word for why a file could not be read.
func FailureName(err error) string {
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.name
		}
	}
	return "unreadable"
}

// FailureError is the error that [FailureName] named, or nil.
func FailureError(name string) error {
	for _, f := range failures {
		if f.name == name {
			return f.err
		}
	}
	return nil
}

// SetMember decides that a submission is a member's, under the coder's name. The member is made if there is none of that name.
func (c *Consultation) SetMember(ctx context.Context, submission, member, coder string) error {
	err := c.record.update(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM submission WHERE name = ?`, submission).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return ErrNoSubmission
		}
		if err := putMember(ctx, tx, Member{Name: member, Listed: true}, false); err != nil {
			return err
		}
		return c.appendDecisions(ctx, tx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActMember, Subject: submission, Value: member}})
	})
	if err != nil {
		return fmt.Errorf("giving %q to %q: %w", submission, member, err)
	}
	return nil
}

// SetConsent decides how a passage's, a submission's or a member's words may be used, under the coder's name.
func (c *Consultation) SetConsent(ctx context.Context, subject string, consent Consent, coder string) error {
	var n int
	err := c.record.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM submission WHERE name = ?1) + (SELECT count(*) FROM member WHERE name = ?1) + (SELECT count(*) FROM passage WHERE id = ?1)`, subject).Scan(&n)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("setting the consent of %q: %w", subject, ErrNoSubmission)
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActConsent, Subject: subject, Value: string(consent)}})
}

// ErrNoSubmission is returned for a name that nothing in the record has.
var ErrNoSubmission = errors.New("nothing of that name is in the record")
