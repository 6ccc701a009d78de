package index

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite" // the driver called "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as a collate record: "coll" in ASCII.
const applicationID = 0x636f6c6c

// What opening a record can fail with.
var (
	ErrNotRecord = errors.New("not a collate file")
	ErrNewer     = errors.New("made by a newer collate")
	ErrExists    = errors.New("there is a file already")
	ErrMissing   = errors.New("there is no such file")
	ErrNoRoom    = errors.New("the disk is full, or the folder of the collate file cannot be written")
	ErrDamaged   = errors.New("the collate file is damaged")
)

// migrations bring a record from schema i to i+1. A migration that a released version has run is never edited.
var migrations = []string{schema1, schema2, schema3, schema4, schema5}

// schema1 lays out the record. Originals are kept byte for byte under their digest; text and passages belong to the
// original, so that the same file under two names is read once. Decisions are only ever appended.
const schema1 = `
CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE member (
	name    TEXT PRIMARY KEY,
	short   TEXT NOT NULL,
	type    TEXT NOT NULL,
	aliases TEXT NOT NULL,  -- JSON
	domains TEXT NOT NULL,  -- JSON
	consent TEXT NOT NULL CHECK (consent IN ('attributable', 'anonymous', 'confidential')),
	listed  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE original (
	seq      INTEGER PRIMARY KEY AUTOINCREMENT,
	sha      TEXT NOT NULL UNIQUE,
	bytes    BLOB NOT NULL,
	format   TEXT NOT NULL,
	failure  TEXT NOT NULL,  -- '' when it was read; otherwise which of extract's errors
	reason   TEXT NOT NULL,  -- the error, for a person
	text     TEXT NOT NULL,
	text_sha TEXT NOT NULL,
	document TEXT NOT NULL   -- JSON of extract.Document without its text and parts
);

CREATE TABLE passage (
	id      TEXT PRIMARY KEY,
	sha     TEXT NOT NULL REFERENCES original (sha),
	ordinal INTEGER NOT NULL,
	start   INTEGER NOT NULL,
	body    INTEGER NOT NULL,
	stop    INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	place   TEXT NOT NULL,  -- JSON
	words   INTEGER NOT NULL,
	consent TEXT NOT NULL,  -- what the passage asks for itself, or ''; a decision outranks it
	asked   TEXT NOT NULL,  -- the words with which it asks
	UNIQUE (sha, ordinal),
	CHECK (start <= body AND body < stop)
) WITHOUT ROWID;

CREATE TABLE submission (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	name           TEXT NOT NULL,  -- path in the folder, or "mail.eml › attachment.docx"
	sha            TEXT NOT NULL REFERENCES original (sha),
	parent         TEXT NOT NULL,  -- the name of the mail it was attached to, or ''
	added          TEXT NOT NULL,
	member         TEXT NOT NULL,  -- guessed; a decision outranks it; '' when it could not be read
	member_reason  TEXT NOT NULL,
	consent        TEXT NOT NULL,  -- suggested by the text, or ''; a decision outranks it
	consent_reason TEXT NOT NULL,
	UNIQUE (name, sha)
);

CREATE TABLE decision (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	at      TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('person', 'rule', 'model')),
	coder   TEXT NOT NULL,
	act     TEXT NOT NULL CHECK (act IN ('theme', 'stance', 'position', 'member', 'consent', 'codebook')),
	subject TEXT NOT NULL,  -- a passage's id, a member's or a submission's name
	theme   TEXT NOT NULL,
	value   TEXT NOT NULL,
	because TEXT NOT NULL,
	hash    TEXT NOT NULL   -- of the hash before it and this row: a chain
);
CREATE INDEX decision_subject ON decision (act, subject, theme);

CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END;
CREATE TRIGGER decision_is_kept  BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END;
CREATE TRIGGER original_is_final BEFORE UPDATE OF sha, bytes ON original BEGIN SELECT RAISE(ABORT, 'originals are kept as they came'); END;
`

// schema2 lets later versions record acts that schema 1 does not list. SQLite cannot change a CHECK, so the table is laid out
// anew; the rows, their numbers and their chain of hashes stay as they are.
const schema2 = `
CREATE TABLE decision_2 (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	at      TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('person', 'rule', 'model')),
	coder   TEXT NOT NULL,
	act     TEXT NOT NULL CHECK (act <> ''),
	subject TEXT NOT NULL,  -- a passage's id, a member's or a submission's name
	theme   TEXT NOT NULL,
	value   TEXT NOT NULL,
	because TEXT NOT NULL,
	hash    TEXT NOT NULL   -- of the hash before it and this row: a chain
);
INSERT INTO decision_2 SELECT seq, at, kind, coder, act, subject, theme, value, because, hash FROM decision ORDER BY seq;
DROP TABLE decision;
ALTER TABLE decision_2 RENAME TO decision;
CREATE INDEX decision_subject ON decision (act, subject, theme);

CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END;
CREATE TRIGGER decision_is_kept  BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only appended'); END;
`

// schema3 lets a survey be read again with other columns: the organisations' parts of the reading before stay, for what people
// decided on their passages, and count no more.
const schema3 = `
ALTER TABLE submission ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
`

// schema4 says which files each version of a mail, package or survey holds: what only an earlier version held counts no more. For
// what was recorded before, every version is taken to hold all.
const schema4 = `
CREATE TABLE part (
	parent_sha TEXT NOT NULL,
	name       TEXT NOT NULL,  -- of the submission inside
	sha        TEXT NOT NULL,
	PRIMARY KEY (parent_sha, name, sha)
) WITHOUT ROWID;
INSERT OR IGNORE INTO part SELECT p.sha, s.name, s.sha FROM submission s JOIN submission p ON p.name = s.parent WHERE s.parent <> '';
`

// schema5 keeps where words stood, about which a person decided something, in readings of a survey that others took the place of.
const schema5 = `
CREATE TABLE replaced (
	id      TEXT NOT NULL,     -- of the passage as it was
	until   INTEGER NOT NULL,  -- the newest decision of a person that was made while it stood there
	sha     TEXT NOT NULL REFERENCES original (sha),
	survey  TEXT NOT NULL,     -- the submission's name; of the rows of an organisation, the whole survey's
	member  TEXT NOT NULL,
	ordinal INTEGER NOT NULL,
	place   TEXT NOT NULL,     -- JSON
	words   TEXT NOT NULL,
	PRIMARY KEY (id, until)
) WITHOUT ROWID;
`

// A record is the SQLite file: one connection that writes, a few that read.
type record struct {
	path  string
	write *sql.DB
	read  *sql.DB
}

// dsn: full sync because WAL with NORMAL lost acknowledged work in power cuts; immediate transactions because deferred ones
// fail with SQLITE_BUSY instead of waiting; deleted text is overwritten.
func dsn(path string, readOnly bool) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "secure_delete(ON)"}}
	if readOnly {
		q = url.Values{"_pragma": {"busy_timeout(10000)", "query_only(ON)"}}
	}
	// A path is escaped as a URL's, or a "?" or "%" in a folder's name would end it.
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: q.Encode()}
	return u.String()
}

func createRecord(ctx context.Context, path string) (*record, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("%w: %s", ErrExists, path)
	}
	if err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	return openRecord(ctx, path)
}

// openRecord opens a record and brings its schema up to date. An empty file becomes a new record: it is what a run leaves that was
// stopped in the instant after it made the file.
func openRecord(ctx context.Context, path string) (*record, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	write, err := sql.Open("sqlite", dsn(path, false))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	r := &record{path: path, write: write}
	if err := r.migrate(ctx); err != nil {
		write.Close()
		return nil, err
	}
	if r.read, err = sql.Open("sqlite", dsn(path, true)); err != nil {
		write.Close()
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	r.read.SetMaxOpenConns(4)
	return r, nil
}

// checkHeader refuses what is not a SQLite file before the driver touches it.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrMissing, path)
	}
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return fmt.Errorf("%w: %s", ErrNotRecord, path)
	}
	if info.Size() == 0 {
		return nil
	}
	head := make([]byte, 72)
	if n, _ := f.Read(head); n < len(head) || string(head[:16]) != "SQLite format 3\x00" {
		return fmt.Errorf("%w: %s", ErrNotRecord, path)
	}
	return nil
}

// openFault is why a record could not be read when it was opened. Only what SQLite calls damaged is that: a full disk, a folder that cannot
// be written and a file on a lost network drive are no reason to go back to a backup.
func openFault(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return fmt.Errorf("reading the record: %w", err)
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %v", ErrNoRoom, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("reading the record: %w", err)
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

func (r *record) migrate(ctx context.Context) error {
	var version, application, tables int
	err := r.write.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_master)`).Scan(&version, &application, &tables)
	switch {
	case err != nil:
		return openFault(err)
	case tables > 0 && application != applicationID:
		return fmt.Errorf("%w: %s", ErrNotRecord, r.path)
	case version > len(migrations):
		return fmt.Errorf("%w: schema %d, this one knows %d", ErrNewer, version, len(migrations))
	}
	for ; version < len(migrations); version++ {
		if err := r.migrateTo(ctx, version+1); err != nil {
			return fmt.Errorf("bringing %s to schema %d: %w", r.path, version+1, err)
		}
	}
	return nil
}

func (r *record) migrateTo(ctx context.Context, version int) error {
	return r.transact(ctx, func(tx *sql.Tx) error {
		var now int // another process may have been quicker
		if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&now); err != nil || now >= version {
			return err
		}
		if _, err := tx.ExecContext(ctx, migrations[version-1]); err != nil {
			return err
		}
		if version == 1 {
			if _, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES ('id', ?), ('generation', ?)`, rand.Text(), rand.Text()); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, version))
		return err
	})
}

// update runs f in a transaction that is durable once update returns nil, and counts it as a change of what a [Snapshot] shows.
func (r *record) update(ctx context.Context, f func(*sql.Tx) error) error {
	return r.transact(ctx, func(tx *sql.Tx) error { return counting(ctx, tx, f) })
}

// transact runs f in a transaction that is durable once transact returns nil.
func (r *record) transact(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := r.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// close closes the readers first: the last connection to go must be able to fold the -wal file into the record and remove it.
func (r *record) close() error {
	return errors.Join(r.read.Close(), r.write.Close())
}

func (r *record) setting(ctx context.Context, key string) (string, error) {
	var v string
	err := r.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, err
}

func (r *record) set(ctx context.Context, key, value string) error {
	return r.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
