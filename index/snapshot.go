package index

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"collate/index/extract"
)

// A Snapshot is a consultation as it stands, in memory, in an order that does not depend on when anything was added:
// members by name, submissions by name, passages by submission and place.
type Snapshot struct {
	Title       string
	Members     []Member // those with a submission, and those listed
	Submissions []*Submission
	References  []*Submission // the documents that the members answer: searched, never counted
	Passages    []*Passage    // of the submissions that count
	Questions   []Question    // to which passages are assigned

	bySha          map[string]*Submission
	consents       map[string]Consent // people's decisions, by passage, submission or member
	loose          []string           // subjects of such decisions that are not there any more
	lineage        *lineage
	uses           map[string]decidedUse
	asked          map[string]string // people's decisions about the questions that passages answer
	looseQuestions []string
	byID           map[string]*Passage
	formers        formers
	left           map[string]*Passage // of submissions that do not count
	referred       map[string]*Passage // of the reference documents
	byMember       map[string]*Member
	until          Moment

	derived derived
}

// A Moment is a point in a record's history: the decisions up to a number and what was added up to a time, that second included. The
// zero Moment is now.
type Moment struct {
	Decision int64
	Added    time.Time
}

// IsZero reports whether m is now.
func (m Moment) IsZero() bool { return m == Moment{} }

// last is the number of the newest decision that counts.
func (m Moment) last() int64 {
	if m.IsZero() {
		return math.MaxInt64
	}
	return m.Decision
}

// A Submission is one file that a member sent, or an attachment of it.
type Submission struct {
	Name          string            `json:"name"`
	Sha           string            `json:"sha"`
	Parent        string            `json:"parent,omitempty"`
	Added         time.Time         `json:"added"`
	Member        string            `json:"member"`
	Reason        string            `json:"reason"`  // why it is taken to be this member's
	Decided       bool              `json:"decided"` // a person said so
	Consent       Consent           `json:"consent"` // the stricter of the member's and the text's, unless a person decided
	ConsentReason string            `json:"consent_reason,omitempty"`
	Document      *extract.Document `json:"document,omitempty"` // nil when it could not be read
	Failure       string            `json:"failure,omitempty"`  // FailureName of why it could not be read
	FailureReason string            `json:"failure_reason,omitempty"`
	Excluded      string            `json:"excluded,omitempty"` // why it is not counted, a sentence; "" when it is
	Passages      []*Passage        `json:"-"`
	Repeats       []*Passage        `json:"-"` // passages that only repeat what was asked; they do not count

	seq       int64 // order of adding: only to tell the newer of two files of one name
	orphan    bool  // only another version of what it lies in has it
	withdrawn bool  // it is a part of a survey as it was read before a person corrected the columns
}

// Text is a passage's words, without the headings above them.
func (s *Snapshot) Text(p *Passage) string { return s.bySha[p.Sha].Document.Text[p.Body:p.End] }

// Whole is a passage with the headings above it, as it is searched.
func (s *Snapshot) Whole(p *Passage) string { return s.bySha[p.Sha].Document.Text[p.Start:p.End] }

// Submission is the submission that a passage lies in.
func (s *Snapshot) Submission(p *Passage) *Submission { return s.bySha[p.Sha] }

// Passage finds a passage by its id; nil when it is not there or does not count.
func (s *Snapshot) Passage(id string) *Passage { return s.byID[id] }

// Left finds a passage of a submission that does not count: superseded, or replaced by a newer file. Its text can be read; nil
// when there is none.
func (s *Snapshot) Left(id string) *Passage { return s.left[id] }

// Referred finds a passage of a document that the members answer; nil when there is none.
func (s *Snapshot) Referred(id string) *Passage { return s.referred[id] }

// Member finds a member by its name; nil when there is none.
func (s *Snapshot) Member(name string) *Member { return s.byMember[name] }

// Consent is how a passage may be used: the stricter of what holds for its submission and what it asks for itself.
func (s *Snapshot) Consent(p *Passage) Consent { return Stricter(s.bySha[p.Sha].Consent, p.Consent) }

// Snapshot loads the consultation. Questions are those to which passages are assigned; where there are none, those that the
// documents which the members answer put to them.
func (c *Consultation) Snapshot(ctx context.Context, questions []Question) (*Snapshot, error) {
	return c.SnapshotAt(ctx, questions, Moment{})
}

// SnapshotAt is [Consultation.Snapshot] of an earlier moment: what was added later is not there, and what was decided later not decided.
// The list of members and the columns of a survey are those of now, for the record does not keep what they were.
func (c *Consultation) SnapshotAt(ctx context.Context, questions []Question, until Moment) (*Snapshot, error) {
	s := &Snapshot{until: until, bySha: map[string]*Submission{}, uses: map[string]decidedUse{}, asked: map[string]string{}, byID: map[string]*Passage{}, left: map[string]*Passage{}, referred: map[string]*Passage{}, byMember: map[string]*Member{}}
	var err error
	if s.Title, err = c.Setting(ctx, "title"); err != nil {
		return nil, fmt.Errorf("loading the consultation: %w", err)
	}
	tx, err := c.record.read.BeginTx(ctx, nil) // one view of the record, whatever is added meanwhile
	if err != nil {
		return nil, fmt.Errorf("loading the consultation: %w", err)
	}
	defer tx.Rollback()
	if s.Members, err = membersIn(ctx, tx); err != nil {
		return nil, fmt.Errorf("loading members: %w", err)
	}
	if s.Submissions, err = submissionsIn(ctx, tx); err != nil {
		return nil, fmt.Errorf("loading submissions: %w", err)
	}
	if !until.IsZero() {
		s.Submissions = slices.DeleteFunc(s.Submissions, func(sub *Submission) bool { return sub.Added.After(until.Added) })
	}
	if s.lineage, err = lineageIn(ctx, tx, s.Submissions); err != nil {
		return nil, fmt.Errorf("loading what lies in what: %w", err)
	}
	if err := s.decide(ctx, tx); err != nil {
		return nil, fmt.Errorf("loading decisions: %w", err)
	}
	if err := s.loadFormers(ctx, tx); err != nil {
		return nil, fmt.Errorf("loading readings: %w", err)
	}
	s.refer()
	s.exclude()
	if err := s.passages(ctx, tx); err != nil {
		return nil, fmt.Errorf("loading passages: %w", err)
	}
	s.Submissions = slices.DeleteFunc(s.Submissions, func(sub *Submission) bool { return sub.withdrawn })
	s.drop()
	s.carry()
	s.question(questions)
	s.disown()
	return s, nil
}

func membersIn(ctx context.Context, tx *sql.Tx) ([]Member, error) {
	rows, err := tx.QueryContext(ctx, `SELECT name, short, type, aliases, domains, consent, listed FROM member ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Member
	for rows.Next() {
		var m Member
		var aliases, domains string
		if err := rows.Scan(&m.Name, &m.Short, &m.Type, &aliases, &domains, &m.Consent, &m.Listed); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(aliases), &m.Aliases); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(domains), &m.Domains); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

func submissionsIn(ctx context.Context, tx *sql.Tx) ([]*Submission, error) {
	rows, err := tx.QueryContext(ctx, `SELECT s.id, s.name, s.sha, s.parent, s.added, s.member, s.member_reason, s.consent, s.consent_reason, s.withdrawn, o.failure, o.reason, o.text, o.text_sha, o.document
		FROM submission s JOIN original o USING (sha) ORDER BY s.name, s.sha`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Submission
	for rows.Next() {
		var s Submission
		var added, text, sum, document string
		if err := rows.Scan(&s.seq, &s.Name, &s.Sha, &s.Parent, &added, &s.Member, &s.Reason, &s.Consent, &s.ConsentReason, &s.withdrawn, &s.Failure, &s.FailureReason, &text, &sum, &document); err != nil {
			return nil, err
		}
		if digest([]byte(text)) != sum {
			return nil, fmt.Errorf("%w: the text of %q is not what was read", ErrDamaged, s.Name)
		}
		if s.Added, err = time.Parse(time.RFC3339, added); err != nil {
			return nil, err
		}
		if s.Failure == "" {
			s.Document = &extract.Document{}
			if err := json.Unmarshal([]byte(document), s.Document); err != nil {
				return nil, err
			}
			s.Document.Text = text
		}
		out = append(out, &s)
	}
	return out, rows.Err()
}

// DefaultConsent is how the words of members may be used of whom neither a person nor members.csv says anything stricter.
func (s *Snapshot) DefaultConsent() Consent { return Stricter(Attributable, s.consents[""]) }

// decide lays people's decisions about members and consent over what was guessed. A guess may tighten consent by itself;
// only a person may loosen it.
func (s *Snapshot) decide(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT act, subject, value, coder, because FROM decision WHERE act IN ('member', 'consent', 'use', 'question') AND kind = 'person' AND seq <= ? ORDER BY seq`, s.until.last())
	if err != nil {
		return err
	}
	defer rows.Close()
	consent, by := map[string]Consent{}, map[string]string{}
	s.consents = consent
	members := map[string]memberDecision{}
	for rows.Next() {
		var act, subject, value, coder, because string
		if err := rows.Scan(&act, &subject, &value, &coder, &because); err != nil {
			return err
		}
		switch act {
		case ActConsent:
			if consent[subject], by[subject] = Consent(value), coder; value == "" { // taken back: what the text says counts again
				delete(consent, subject)
				delete(by, subject)
			}
			continue
		case ActUse:
			s.uses[subject] = decidedUse{Use(value), coder, because}
			continue
		case ActQuestion:
			s.asked[subject] = value
			continue
		}
		members[subject] = memberDecision{value, coder}
	}
	for _, sub := range s.Submissions {
		s.decideMember(sub, members)
	}
	for i := range s.Members {
		m, said := &s.Members[i], false
		for _, name := range append(slices.Clone(m.Aliases), m.Name) { // a member that was renamed keeps what was decided of it
			if c, ok := consent[name]; ok {
				m.Consent, said = c, true
			}
		}
		if !said {
			m.Consent = Stricter(consent[""], m.Consent)
		}
		s.byMember[m.Name] = m
	}
	for _, sub := range s.Submissions {
		if c, ok := consent[sub.Name]; ok {
			sub.Consent, sub.ConsentReason = c, "set by "+by[sub.Name]
		} else if m := s.byMember[sub.Member]; m != nil {
			if m.Consent.Strictness() > sub.Consent.Strictness() {
				sub.ConsentReason = "the member's consent"
			}
			sub.Consent = Stricter(sub.Consent, m.Consent)
		} else if c := consent[""]; c.Strictness() > sub.Consent.Strictness() {
			sub.Consent, sub.ConsentReason = c, "the consultation's default"
		}
		sub.Consent = Stricter(Attributable, sub.Consent)
	}
	s.inherit(consent)
	return rows.Err()
}

// A memberDecision is who a person says sent a submission.
type memberDecision struct{ member, coder string }

// decideMember gives a submission to whom a person said. What is attached to a mail or lies in a package goes with it, unless it was
// decided about itself; an organisation that a survey's row names stays a member of its own.
func (s *Snapshot) decideMember(sub *Submission, decided map[string]memberDecision) {
	if d, ok := decided[sub.Name]; ok {
		sub.Member, sub.Reason, sub.Decided = d.member, "set by "+d.coder, true
		return
	}
	if sub.Document != nil && len(sub.Document.Blocks) > 0 && sub.Document.Blocks[0].Place.Member != "" {
		return
	}
	for _, up := range s.lineage.ancestors(sub.Name) {
		if d, ok := decided[up]; ok {
			sub.Member, sub.Reason, sub.Decided = d.member, fmt.Sprintf("%s was set by %s", up, d.coder), true
			return
		}
	}
}

// exclude says which submissions do not count: unreadable ones, second copies of the same bytes, older files of the same
// name, and versions that a later one of the same member supersedes.
func (s *Snapshot) exclude() {
	newest := map[string]*Submission{}
	for _, sub := range s.lineage.outermostFirst(s.Submissions) {
		if sub.orphan = s.orphaned(sub, newest); sub.orphan || sub.withdrawn {
			continue
		}
		// A file that cannot be read takes no readable one's place.
		if n := newest[sub.Name]; n == nil || n.Failure != "" && sub.Failure == "" || (n.Failure == "") == (sub.Failure == "") && sub.seq > n.seq {
			newest[sub.Name] = sub
		}
	}
	first := map[string]*Submission{}
	for _, ref := range s.References {
		if ref.Failure == "" {
			first[ref.Sha] = ref
		}
	}
	s.leaveOut()
	for _, sub := range surestFirst(s.Submissions) {
		switch {
		case sub.Excluded != "":
		case sub.withdrawn:
			sub.Excluded = "Its survey was read again with other columns."
		case sub.Failure != "":
			sub.Excluded = "It could not be read."
		case sub.orphan:
			sub.Excluded = fmt.Sprintf("The version of %q that counts does not have it.", sub.Parent)
		case newest[sub.Name] != sub:
			sub.Excluded = "A newer file of the same name replaces it."
		case first[sub.Sha] != nil:
			sub.Excluded = fmt.Sprintf("It is the same file as %q.", first[sub.Sha].Name)
			if m := first[sub.Sha].Member; m != sub.Member && m != "" && sub.Member != "" {
				sub.Excluded = fmt.Sprintf("It is the same file as %q, which counts as from %s.", first[sub.Sha].Name, m)
			}
			if one := first[sub.Sha]; sub.Consent.Strictness() > one.Consent.Strictness() { // the same words, so the stricter of the two
				one.Consent, one.ConsentReason = sub.Consent, "a second copy of it is "+string(sub.Consent)
			}
		default:
			first[sub.Sha] = sub
		}
	}
	s.supersede()
}

// surestFirst sorts submissions so that of two copies of one file the one counts whose sender is surer: what a person decided, then what
// came by itself, then what somebody attached or packed, and of equals the first by name.
func surestFirst(submissions []*Submission) []*Submission {
	return slices.SortedStableFunc(slices.Values(submissions), func(a, b *Submission) int {
		return cmp.Or(cmpTrue(a.Decided, b.Decided), cmpTrue(a.Parent == "", b.Parent == ""), cmp.Compare(a.Name, b.Name))
	})
}

// cmpTrue puts what is true first.
func cmpTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// supersede excludes the earlier of two submissions of one member that share most of their text.
func (s *Snapshot) supersede() {
	of := map[string][]*Submission{}
	for _, sub := range s.Submissions {
		if sub.Excluded == "" && !isTable(sub.Document.Format) {
			of[sub.Member] = append(of[sub.Member], sub)
		}
	}
	for _, subs := range of {
		if len(subs) < 2 {
			continue
		}
		slices.SortFunc(subs, func(a, b *Submission) int {
			from, _ := a.Dated()
			to, _ := b.Dated()
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(from, to), cmp.Compare(a.Document.Facts.Date, b.Document.Facts.Date), cmp.Compare(a.Name, b.Name))
		})
		shared := sharedShingles(subs)
		for i, old := range subs {
			if s.use(old).use == UseCount {
				continue
			}
			for j := len(subs) - 1; j > i; j-- {
				if shared(i, j) >= 0.4 {
					old.Excluded = fmt.Sprintf("A later version replaces it: %q.", subs[j].Name)
					break
				}
			}
		}
	}
}

// isTable names the formats whose rows say who answers; two surveys share their questions and are not versions of one another.
func isTable(format string) bool {
	return format == "xlsx" || format == "csv" || format == "xls" || format == "ods"
}

// Version is what a submission says of its version in its name or first lines, such as "v3" or "revised"; "" when it says nothing.
func (s *Submission) Version() string {
	if s.Document == nil {
		return ""
	}
	mark, number := s.version()
	switch {
	case mark != "" && number > 0:
		return fmt.Sprintf("%s, v%d", mark, number)
	case number > 0:
		return fmt.Sprintf("v%d", number)
	}
	return mark
}

var (
	versionNumber = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:v|version|ver|draft)[ ._-]?(\d{1,2})(?:[^\d]|$)`)
	versionMark   = regexp.MustCompile(`(?i)\b(revised|replaces|supersedes|updated version|amended)\b`)
)

// version is the word with which a file says that it takes another's place, and the number of its version in its name.
func (s *Submission) version() (mark string, number int) {
	name := s.Name[strings.LastIndex(s.Name, "/")+1:]
	if m := versionNumber.FindStringSubmatch(name); m != nil {
		number, _ = strconv.Atoi(m[1])
	}
	head := strings.ReplaceAll(name, "_", " ") + "\n" + s.Document.Text[:min(len(s.Document.Text), 600)]
	return strings.ToLower(versionMark.FindString(head)), number
}

// rank orders versions of one submission: a file that says it replaces another comes after those that do not.
func (s *Submission) rank() int {
	mark, number := s.version()
	if mark != "" {
		number += 100
	}
	return number
}

// sharedShingles compares texts by their runs of three words: shared(i, j) is the share of i's runs that j has too. It
// looks at each run once, however many texts there are.
func sharedShingles(subs []*Submission) (shared func(i, j int) float64) {
	holders := map[string][]int{}
	size := make([]int, len(subs))
	for i, sub := range subs {
		words := strings.FieldsFunc(strings.ToLower(sub.Document.Text[:min(len(sub.Document.Text), maxCompared)]), notWord)
		for w := 0; w+3 <= len(words); w++ {
			run := strings.Join(words[w:w+3], " ")
			if h := holders[run]; len(h) == 0 || h[len(h)-1] != i {
				holders[run] = append(h, i)
				size[i]++
			}
		}
	}
	type pair struct{ i, j int }
	both := map[pair]int{}
	for _, h := range holders {
		if len(h) > maxVersions {
			continue
		}
		for a := range h {
			for _, j := range h[a+1:] {
				both[pair{h[a], j}]++
			}
		}
	}
	return func(i, j int) float64 {
		if size[i] == 0 {
			return 0
		}
		return float64(both[pair{i, j}]) / float64(size[i])
	}
}

// maxCompared is how many bytes of a text are compared with others: far more than tells two versions of one submission.
const maxCompared = 1 << 20

// maxVersions is more versions of one text than a member sends; words that more of its texts share are its boilerplate.
const maxVersions = 12

func (s *Snapshot) passages(ctx context.Context, tx *sql.Tx) error {
	for _, sub := range slices.Concat(s.References, s.Submissions) {
		if sub.Failure == "" && (s.bySha[sub.Sha] == nil || sub.Excluded == "") {
			s.bySha[sub.Sha] = sub
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, sha, ordinal, start, body, stop, kind, place, words, consent, asked FROM passage ORDER BY sha, ordinal`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p Passage
		var place string
		if err := rows.Scan(&p.ID, &p.Sha, &p.Ordinal, &p.Start, &p.Body, &p.End, &p.Kind, &place, &p.Words, &p.Consent, &p.Asked); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(place), &p.Place); err != nil {
			return err
		}
		sub := s.bySha[p.Sha]
		if sub == nil && !s.until.IsZero() { // it was added later
			continue
		}
		if sub == nil || p.End > len(sub.Document.Text) {
			return fmt.Errorf("%w: passage %s lies outside its text", ErrDamaged, p.ID)
		}
		s.decideConsent(&p)
		sub.Passages = append(sub.Passages, &p)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, ref := range s.References {
		for _, p := range ref.Passages {
			s.referred[p.ID] = p
		}
	}
	for _, sub := range s.Submissions {
		for _, p := range sub.Passages {
			if sub.Excluded != "" {
				s.left[p.ID] = p
				continue
			}
			s.Passages = append(s.Passages, p)
			s.byID[p.ID] = p
		}
	}
	return nil
}

// LooseConsents are the passages, submissions and members of which a person decided how they may be used and that are not there any
// more: a file or a name changed. Somebody has to look.
func (s *Snapshot) LooseConsents() []string { return s.loose }

// drop forgets members that were guessed once and that no submission is from any more.
func (s *Snapshot) drop() {
	sent := map[string]bool{}
	for _, sub := range s.Submissions {
		sent[sub.Member] = true
	}
	s.Members = slices.DeleteFunc(s.Members, func(m Member) bool { return !m.Listed && !sent[m.Name] })
	clear(s.byMember)
	for i := range s.Members {
		s.byMember[s.Members[i].Name] = &s.Members[i]
	}
}
