// Package index keeps a consultation: members, their submissions with the original bytes, the text as it was read, and its
// passages, recorded for good in one SQLite file and made searchable by a bleve index that can always be rebuilt.
//
// It knows who said what and where. What the words mean (themes, stances, positions) is for package themes; here that is
// only a list of decisions. Start at [Create], [Open] and [Consultation.Add].
package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"collate/index/extract"
)

// A Consultation is an open record and its search index.
type Consultation struct {
	record *record
	opt    Options

	refreshing sync.Mutex // held while the search index is brought up to the record
	mu         sync.Mutex // guards cache
	cache      *Cache
	held       atomic.Bool // another process has the search index open
	background background
}

// A background is work that a search does not wait for. It ends when the consultation is closed.
type background struct {
	ctx  context.Context
	stop context.CancelFunc
	wait sync.WaitGroup
}

// Options are what a consultation needs from outside.
type Options struct {
	Now      func() time.Time                // the clock; required
	Read     Reader                          // reads a file; nil means [extract.File] in this process
	CacheDir string                          // where search indexes are kept; required for Search
	Progress func(done, of int, what string) // long work reports here, perhaps from another goroutine; may be nil
}

// A Reader turns a file into a document, as [extract.File] does.
type Reader func(ctx context.Context, name string, data []byte) (*extract.Document, error)

// Create makes a new, empty consultation. It returns [ErrExists] rather than touch a file that is there.
func Create(ctx context.Context, path string, opt Options) (*Consultation, error) {
	return newConsultation(opt)(createRecord(ctx, path))
}

// Open opens a consultation. The errors wrap [ErrMissing], [ErrNotRecord], [ErrNewer], [ErrNoRoom] and [ErrDamaged].
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
		c := &Consultation{record: r, opt: opt}
		c.background.ctx, c.background.stop = context.WithCancel(context.Background())
		return c, nil
	}
}

// Close closes the index and the record; nothing but the record stays beside it.
func (c *Consultation) Close() error {
	c.background.stop()
	c.background.wait.Wait()
	var err error
	if cache := c.open(); cache != nil {
		err = cache.Close()
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
	senders := map[string]*Guess{} // by name: a mail comes before its attachments, whose names begin with its own
	for _, sub := range submissions {
		sender := senders[sub.Parent]
		g := guess(sub.Name, sub.Document, listed, sender)
		senders[sub.Name] = sentBy(sub.Document, &g, sender)
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
	switch {
	case doc == nil:
		return guessUnread(name, members)
	case isPackage(doc.Format):
		return Guess{Reason: "it is a package; the files in it are submissions of their own"}
	case isTable(doc.Format) && len(doc.Blocks) == 0:
		return Guess{Reason: "its rows are from the organisations that they name"} // they are members, the file is nobody's
	}
	if len(doc.Blocks) > 0 && sender != nil {
		if org := doc.Blocks[0].Place.Member; org != "" {
			return guessOrganisation(org, members)
		}
	}
	g := GuessMember(name, doc, members)
	if sender != nil && sender.Name != "" && (strings.HasPrefix(g.Reason, "the file's name") || strings.Contains(g.Reason, unlisted)) {
		return Guess{sender.Name, "attached to an e-mail from this member"}
	}
	return g
}

// isPackage names the formats that hold files and no words of their own.
func isPackage(format string) bool { return format == "zip" || format == "mbox" }

// sentBy is who sent what is inside a file: its own sender, or whoever sent the package that it is.
func sentBy(doc *extract.Document, own, sender *Guess) *Guess {
	if doc != nil && isPackage(doc.Format) {
		return sender
	}
	return own
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

// guessUnread names the sender of a file that could not be read, where its folder or name is enough to tell.
func guessUnread(name string, members []Member) Guess {
	folder, packages, file := splitName(name)
	for _, clue := range []struct{ text, reason string }{{folder, "the folder's name"}, {packages, "the package's name"}, {fileTitle(file), "the file's name"}, {file, "the file's name"}} {
		if m, said := earliest(clue.text, members); m != "" {
			return Guess{m, fmt.Sprintf("%s says %q", clue.reason, said)}
		}
	}
	return Guess{}
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
// What a person types for the submission's name is found as [Consultation.SubmissionCalled] says; what is attached to it, or lies in
// it, goes with it.
func (c *Consultation) SetMember(ctx context.Context, typed, member, coder string) error {
	submission, err := c.SubmissionCalled(ctx, typed)
	if err != nil {
		return err
	}
	err = c.record.update(ctx, func(tx *sql.Tx) error {
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
		if subject, err = c.SubmissionCalled(ctx, subject); err != nil {
			return err
		}
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActConsent, Subject: subject, Value: string(consent)}})
}

// What is returned for a name or an id that nothing in the record has.
var (
	ErrNoSubmission = errors.New("nothing of that name is in the record")
	ErrNoPassage    = errors.New("there is no such passage")
)
