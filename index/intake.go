package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"collate/index/extract"
)

// An Outcome says what became of one file.
type Outcome struct {
	Name     string            `json:"name"`
	Member   string            `json:"member,omitempty"`
	Reason   string            `json:"reason,omitempty"` // why this member
	Format   string            `json:"format,omitempty"`
	Passages int               `json:"passages"`
	Known    bool              `json:"known,omitempty"`    // the very file was read before; nothing was added
	SameAs   string            `json:"same_as,omitempty"`  // another name of the same bytes
	Replaces bool              `json:"replaces,omitempty"` // another file of this name was there, which does not count any more
	Err      error             `json:"-"`                  // why it could not be read; it is recorded all the same
	Failure  string            `json:"failure,omitempty"`
	Survey   *extract.Size     `json:"survey,omitempty"` // of a survey, what it holds
	Warnings []extract.Warning `json:"warnings,omitempty"`
	Parts    []Outcome         `json:"parts,omitempty"` // attachments
}

// Add reads one file and records it with its passages, in one transaction that is durable when Add returns. A file that
// cannot be read is recorded with the reason and its bytes: the outcome's Err says why and Add's error is nil. Adding what
// is there already changes nothing. The files of a package (.zip, .mbox) are recorded one by one, in its order.
func (c *Consultation) Add(ctx context.Context, name string, data []byte) (Outcome, error) {
	one := source{name: name, load: func() ([]byte, error) { return data, nil }}
	out, err := c.addAll(ctx, []source{one}, runtime.GOMAXPROCS(0), 0)
	if len(out) == 0 {
		return Outcome{Name: name}, err
	}
	return out[0], err
}

// A source is a file that is to be added.
type source struct {
	name, parent string
	parentSha    string
	load         func() ([]byte, error)
	allowed      *allowance // of the package that it lies in; nil for a file that was added by itself
}

// addAll adds files in their order, reading as many at once as workers says and recording one after the other, each durable
// before the next. Interrupted, it keeps what is recorded, and the next call goes on from there.
func (c *Consultation) addAll(ctx context.Context, files []source, workers, depth int) ([]Outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	var wait sync.WaitGroup
	defer wait.Wait() // the readers are gone before the caller can close what they read with
	defer cancel()
	type prepared struct {
		Outcome
		reading
	}
	ready := make([]chan prepared, len(files))
	slots := make(chan struct{}, max(1, workers)) // held from reading to recording: bounds memory too
	for i := range ready {
		ready[i] = make(chan prepared, 1)
	}
	wait.Go(func() {
		for i, file := range files {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			wait.Go(func() {
				o, r := c.prepare(ctx, file, depth)
				ready[i] <- prepared{o, r}
			})
		}
	})
	var out []Outcome
	for i, file := range files {
		c.opt.Progress(i, len(files), file.name)
		var p prepared
		select {
		case p = <-ready[i]:
		case <-ctx.Done():
			return out, ctx.Err()
		}
		if err := ctx.Err(); err != nil { // a reading cut short is no reading
			return out, err
		}
		o, err := c.commit(ctx, p.Outcome, p.reading)
		if err != nil {
			return out, err
		}
		<-slots
		if len(p.inside) > 0 {
			o.Parts, err = c.addInside(ctx, p.inside, workers, depth)
		}
		out = append(out, o)
		if err != nil {
			return out, err
		}
	}
	c.opt.Progress(len(files), len(files), "")
	return out, nil
}

// addInside adds the files of a package.
func (c *Consultation) addInside(ctx context.Context, files []source, workers, depth int) ([]Outcome, error) {
	if depth == 0 {
		files[0].allowed.begin(maxInsideTime)
	}
	for i, f := range files {
		data, err := f.load()
		if err == nil {
			err = f.allowed.spend(len(data))
		}
		if err != nil {
			files[i].load = func() ([]byte, error) { return nil, err }
		}
	}
	return c.addAll(ctx, files, workers, depth+1)
}

// reading is a file on its way into the record.
type reading struct {
	name, parent, sha string
	parentSha         string // of the package that it lies in
	data              []byte
	doc               *extract.Document
	parts             []reading // attachments
	alone             bool      // it is no attachment
	allowed           *allowance
	inside            []source // the files of a package that came alone, each to be recorded by itself
	err               error
	columns           extract.Hints // where corrected, how to read a survey; else what is set in the record counts
	corrected         bool
	asked             asking // nil before it is recorded
}

// known is what was found already in the texts of the document.
func (r *reading) known() asking {
	if r.asked == nil {
		r.asked = asking{}
	}
	return r.asked
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// prepare does what needs no transaction: it reads the file, and its attachments. A package that is known already is opened again,
// since an interrupt may have come before all its files were recorded.
func (c *Consultation) prepare(ctx context.Context, file source, depth int) (Outcome, reading) {
	o, r := Outcome{Name: file.name}, reading{name: file.name, parent: file.parent, parentSha: file.parentSha}
	data, err := file.load()
	if err != nil {
		r.err = err
		r.drop()
		return o, r
	}
	r.sha, r.data = digest(data), data
	format, known, err := c.known(ctx, file.name, r.sha)
	if o.Known = err == nil && known; o.Known && !isPackage(format) {
		return o, r
	}
	if r.doc, err = c.recorded(ctx, r.sha); err == nil && r.doc != nil {
		return o, r
	}
	r.alone, r.allowed = true, file.allowed
	c.read(ctx, &r, depth)
	return o, r
}

// recorded is what was read in the same bytes under another name, so that they need not be read again; nil where they may hold
// files or organisations, which are recorded with each name.
func (c *Consultation) recorded(ctx context.Context, sha string) (*extract.Document, error) {
	var format, text, document string
	err := c.record.read.QueryRowContext(ctx, `SELECT format, text, document FROM original WHERE sha = ? AND failure = ''`, sha).Scan(&format, &text, &document)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	doc := &extract.Document{Format: format}
	if err != nil || isPackage(format) || isTable(format) || format == "docx" || doc.IsMail() {
		return nil, err
	}
	if err := json.Unmarshal([]byte(document), doc); err != nil {
		return nil, err
	}
	doc.Text = text
	return doc, nil
}

// Inside stands between the name of a mail or a package and the name of a file in it.
const Inside = " › "

// maxAttached bounds mails within mails and packages within packages.
const maxAttached = 5

// read reads a file and what is attached to it. A package that is no attachment is only opened: its files come one by one.
func (c *Consultation) read(ctx context.Context, r *reading, depth int) {
	if r.allowed == nil {
		r.allowed = newAllowance(len(r.data))
	}
	ctx, cancel := r.allowed.within(ctx)
	defer cancel()
	if c.readWords(ctx, r); r.err != nil {
		return
	}
	parts := r.doc.Parts
	r.doc.Parts = nil
	if r.alone && isPackage(r.doc.Format) {
		r.unpack(parts, depth)
		return
	}
	for _, rows := range byOrganisation(r.doc) {
		data := []byte(rows.organisation + extract.BlockSeparator + rows.doc.Text)
		r.parts = append(r.parts, reading{name: r.name + Inside + rows.organisation, parent: r.name, sha: digest(data), data: data, doc: rows.doc})
	}
	c.readAttached(ctx, r, parts, depth)
}

// readAttached reads what is attached to a file. What is beyond the file's allowance is recorded without its bytes.
func (c *Consultation) readAttached(ctx context.Context, r *reading, parts []extract.Part, depth int) {
	allowed := r.allowed
	if allowed.outer == nil { // the outermost mail
		allowed = allowed.attached(len(r.data))
	}
	for _, p := range parts {
		part := reading{name: r.name + Inside + p.Name, parent: r.name, allowed: allowed}
		if part.err = allowed.spend(len(p.Bytes)); part.err != nil {
			part.drop()
		} else {
			part.sha, part.data = digest(p.Bytes), p.Bytes
			if depth >= maxAttached {
				part.err = errTooDeep
			} else {
				c.read(ctx, &part, depth+1)
			}
		}
		r.parts = append(r.parts, part)
	}
}

// drop lets go of a file's bytes, so that the same file can be read when it comes again.
func (r *reading) drop() { r.sha, r.data = digest([]byte(r.name)), []byte{} }

// readWords reads the file itself, a survey with the columns that a person set for it.
func (c *Consultation) readWords(ctx context.Context, r *reading) {
	defer func() {
		if r.err != nil && errors.Is(context.Cause(ctx), errTooLong) {
			r.err = errTooLong
			r.drop()
		}
	}()
	if r.err = ctx.Err(); r.err != nil {
		return
	}
	hints := c.hints(ctx, r)
	r.doc, r.err = c.opt.Read(extract.WithHints(ctx, hints), r.name, r.data)
	if r.err != nil && !hints.IsZero() && !r.corrected { // a newer file, which the columns of an older one do not fit
		if r.doc, r.err = c.opt.Read(ctx, r.name, r.data); r.err == nil {
			r.doc.Warnings = append(r.doc.Warnings, extract.Warning{What: "The columns that were set for this survey do not fit it any more; it was read without them."})
		}
	}
}

var errTooDeep = fmt.Errorf("%w: mails or packages within others, over and over", extract.ErrLimit)

// unpack makes the files of a package sources of their own.
func (r *reading) unpack(parts []extract.Part, depth int) {
	for _, p := range parts {
		inside := source{name: r.name + Inside + p.Name, parent: r.name, parentSha: r.sha, allowed: r.allowed, load: func() ([]byte, error) { return p.Bytes, nil }}
		if depth >= maxAttached {
			inside.load = func() ([]byte, error) { return nil, errTooDeep }
		}
		r.inside = append(r.inside, inside)
	}
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

// known reports whether this very file is recorded, and in which format it was read.
func (c *Consultation) known(ctx context.Context, name, sha string) (format string, known bool, err error) {
	err = c.record.read.QueryRowContext(ctx, `SELECT o.format FROM submission s JOIN original o USING (sha) WHERE s.name = ? AND s.sha = ?`, name, sha).Scan(&format)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return format, err == nil, err
}

func (c *Consultation) commit(ctx context.Context, o Outcome, r reading) (Outcome, error) {
	if o.Known {
		return o, errors.Join(c.revive(ctx, r.name, r.sha), c.record.update(ctx, func(tx *sql.Tx) error { return holds(ctx, tx, r.parentSha, &r) }))
	}
	err := c.record.update(ctx, func(tx *sql.Tx) error {
		members, err := membersIn(ctx, tx)
		if err != nil {
			return err
		}
		if o, err = c.insert(ctx, tx, r, members, nil); err != nil {
			return err
		}
		return holds(ctx, tx, r.parentSha, &r)
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
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM submission WHERE name = ? AND sha <> ?)`, r.name, r.sha).Scan(&o.Replaces); err != nil {
		return o, err
	}
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
		o.Format, o.Warnings, o.Survey = r.doc.Format, r.doc.Warnings, r.doc.Facts.Size()
		consent, why = guessConsent(r.name, r.doc, r.known())
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
	if other != "" && isOrganisation(r.name, r.parent, r.doc) {
		if err := c.renew(ctx, tx, &r, consent, why); err != nil {
			return o, err
		}
	}
	for _, part := range r.parts {
		po, err := c.insert(ctx, tx, part, members, sentBy(r.doc, &guess, sender))
		if err != nil {
			return o, err
		}
		if err := holds(ctx, tx, r.sha, &part); err != nil {
			return o, err
		}
		o.Parts = append(o.Parts, po)
	}
	return o, nil
}

func (c *Consultation) insertOriginal(ctx context.Context, tx *sql.Tx, r *reading) (passages int, err error) {
	failure, reason, text, format, document := "", "", "", "", "{}"
	if r.err != nil {
		failure, reason = FailureName(r.err), r.err.Error()
	} else {
		text, format, document = r.doc.Text, r.doc.Format, documentJSON(r.doc)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO original (sha, bytes, format, failure, reason, text, text_sha, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.sha, r.data, format, failure, reason, text, digest([]byte(text)), document)
	if err != nil || r.err != nil {
		return 0, err
	}
	return insertPassages(ctx, tx, r)
}

// documentJSON is a document without its text, which is kept beside it.
func documentJSON(doc *extract.Document) string {
	d := *doc
	d.Text = ""
	return asJSON(d)
}

func insertPassages(ctx context.Context, tx *sql.Tx, r *reading) (passages int, err error) {
	cut := Passages(r.sha, r.doc)
	askConsent(r.doc, cut, r.known())
	insert, err := tx.PrepareContext(ctx, `INSERT INTO passage (id, sha, ordinal, start, body, stop, kind, place, words, consent, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	alone := context.WithoutCancel(ctx) // or the driver starts a goroutine for each passage, to watch ctx
	for _, p := range cut {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if _, err := insert.ExecContext(alone, p.ID, p.Sha, p.Ordinal, p.Start, p.Body, p.End, p.Kind, asJSON(p.Place), p.Words, p.Consent, p.Asked); err != nil {
			return 0, err
		}
	}
	return len(cut), nil
}
