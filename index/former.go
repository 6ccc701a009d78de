package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"collate/index/extract"
)

// A former is where words stood about which a person decided something: in a reading of a survey that another took the place of,
// or in a submission that does not count any more.
type former struct {
	id, reading    string // reading tells the passages apart that stood beside one another
	until          int64  // the newest decision that was made while it stood there
	survey, member string
	ordinal        int
	place          extract.Place
	words          string
}

// formers are the places at which words stood, and those at which the same words stand now.
type formers struct {
	decided  map[decidedAct]int64 // the newest decision of each act on each subject
	replaced map[string][]former  // by the passage's id, oldest first
	versions map[string]int       // of the files of a survey's name
	survey   map[string]string    // the first name of those that have the same bytes
	now      map[surveyWords][]*Passage
	said     map[memberWords][]*Passage
	beside   map[string][]former // by reading and words
}

type decidedAct struct{ act, subject string }

// surveyWords are words of a survey, whoever of its respondents is counted as who.
type surveyWords struct{ survey, words string }

// memberWords are words of a member, whatever version of its submission they stand in.
type memberWords struct{ member, words string }

// keepReading keeps the places of the passages of an original about whose words a person decided something, before another
// reading takes theirs. Where somebody decided how the whole of it may be used, all are kept.
func keepReading(ctx context.Context, tx *sql.Tx, sha string) error {
	var name, survey, parent, member string
	err := tx.QueryRowContext(ctx, `SELECT name, parent, coalesce((SELECT value FROM decision WHERE act = 'member' AND kind = 'person' AND subject = s.name ORDER BY seq DESC LIMIT 1), member)
		FROM submission s WHERE sha = ? ORDER BY withdrawn, name LIMIT 1`, sha).Scan(&name, &parent, &member)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	subjects, until, err := decidedSubjects(ctx, tx)
	if err != nil {
		return err
	}
	passages, err := formersIn(ctx, tx, sha)
	if err != nil || len(passages) == 0 {
		return err
	}
	if survey = name; name == parent+Inside+passages[0].place.Member {
		survey = parent
	}
	words := map[string]bool{}
	for _, p := range passages {
		if subjects[p.id] {
			words[p.words] = true
		}
	}
	all := subjects[name] || subjects[member] || subjects[survey]
	for _, p := range passages {
		if !all && !words[p.words] {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO replaced VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, p.id, until, sha, survey, member, p.ordinal, asJSON(p.place), p.words); err != nil {
			return err
		}
	}
	return nil
}

// decidedSubjects are what people decided about, and the number of the newest decision.
func decidedSubjects(ctx context.Context, tx *sql.Tx) (subjects map[string]bool, until int64, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT subject, max(seq) FROM decision WHERE kind = 'person' GROUP BY subject`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	subjects = map[string]bool{}
	for rows.Next() {
		var subject string
		var seq int64
		if err := rows.Scan(&subject, &seq); err != nil {
			return nil, 0, err
		}
		subjects[subject], until = true, max(until, seq)
	}
	return subjects, until, rows.Err()
}

func formersIn(ctx context.Context, tx *sql.Tx, sha string) ([]former, error) {
	rows, err := tx.QueryContext(ctx, `SELECT p.id, p.ordinal, p.place, CAST(substr(CAST(o.text AS BLOB), p.body + 1, p.stop - p.body) AS TEXT) FROM passage p JOIN original o USING (sha) WHERE p.sha = ? ORDER BY p.ordinal`, sha)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []former
	for rows.Next() {
		var f former
		var place string
		if err := rows.Scan(&f.id, &f.ordinal, &place, &f.words); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(place), &f.place); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// loadFormers loads the readings that were replaced, and when people decided.
func (s *Snapshot) loadFormers(ctx context.Context, tx *sql.Tx) error {
	f := &s.formers
	f.decided, f.replaced, f.survey = map[decidedAct]int64{}, map[string][]former{}, map[string]string{}
	f.now, f.said, f.beside = map[surveyWords][]*Passage{}, map[memberWords][]*Passage{}, map[string][]former{}
	f.versions = map[string]int{}
	first := map[string]string{}
	for _, sub := range s.Submissions {
		if first[sub.Sha] == "" {
			first[sub.Sha] = sub.Name
		}
		if f.survey[sub.Name] == "" {
			f.survey[sub.Name] = first[sub.Sha]
		}
	}
	of := map[surveyWords]bool{}
	for _, sub := range s.Submissions {
		if at := (surveyWords{f.surveyNamed(sub.Name), sub.Sha}); !of[at] {
			of[at] = true
			f.versions[at.survey]++
		}
	}
	decided, err := tx.QueryContext(ctx, `SELECT act, subject, max(seq) FROM decision WHERE kind = 'person' AND act IN ('consent', 'question') AND seq <= ? GROUP BY act, subject`, s.until.last())
	if err != nil {
		return err
	}
	defer decided.Close()
	for decided.Next() {
		var at decidedAct
		var seq int64
		if err := decided.Scan(&at.act, &at.subject, &seq); err != nil {
			return err
		}
		f.decided[at] = seq
	}
	if err := decided.Err(); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, until, sha, survey, member, ordinal, place, words FROM replaced ORDER BY until, sha, ordinal`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p former
		var sha, place string
		if err := rows.Scan(&p.id, &p.until, &sha, &p.survey, &p.member, &p.ordinal, &place, &p.words); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(place), &p.place); err != nil {
			return err
		}
		p.reading = sha + asJSON(p.until)
		f.replaced[p.id] = append(f.replaced[p.id], p)
		f.beside[p.reading+p.words] = append(f.beside[p.reading+p.words], p)
	}
	return rows.Err()
}

// surveyOf is the file that a submission's words stand in: of the rows of an organisation, the whole survey.
func (s *Snapshot) surveyOf(sub *Submission) string {
	name := sub.Name
	if sub.ofOrganisation() {
		name = sub.Parent
	}
	return s.formers.surveyNamed(name)
}

func (f *formers) surveyNamed(name string) string {
	if first := f.survey[name]; first != "" {
		return first
	}
	return name
}

// ofOrganisation reports whether a submission is the rows of a survey that one organisation answered.
func (s *Submission) ofOrganisation() bool { return isOrganisation(s.Name, s.Parent, s.Document) }

func isOrganisation(name, parent string, doc *extract.Document) bool {
	return parent != "" && doc != nil && len(doc.Blocks) > 0 && name == parent+Inside+doc.Blocks[0].Place.Member
}

// gatherFormers finds where the words stand now that may have to be found again.
func (s *Snapshot) gatherFormers() {
	f := &s.formers
	wanted := map[string]bool{}
	for _, p := range s.left {
		wanted[s.Text(p)] = true
		old := s.formerOf(p)
		f.beside[old.reading+old.words] = append(f.beside[old.reading+old.words], old)
	}
	for _, readings := range f.replaced {
		for _, old := range readings {
			wanted[old.words] = true
		}
	}
	for _, p := range s.Passages {
		if words := s.Text(p); wanted[words] {
			sub := s.Submission(p)
			in, of := surveyWords{s.surveyOf(sub), words}, memberWords{sub.Member, words}
			f.now[in], f.said[of] = append(f.now[in], p), append(f.said[of], p)
		}
	}
}

func (s *Snapshot) formerOf(p *Passage) former {
	sub := s.Submission(p)
	return former{id: p.ID, reading: p.Sha, survey: s.surveyOf(sub), member: sub.Member, ordinal: p.Ordinal, place: p.Place, words: s.Text(p)}
}

// replacedSince is where a passage stood when a decision was made, if its survey was read again since.
func (f *formers) replacedSince(id string, seq int64) (former, bool) {
	for _, old := range f.replaced[id] {
		if old.until >= seq {
			old.survey = f.surveyNamed(old.survey)
			return old, true
		}
	}
	return former{}, false
}

// Found is where the words stand now about which a person made the decision of a number under a passage's id; nil where they are not
// there or nobody can tell which of several they are.
func (s *Snapshot) Found(id string, seq int64) *Passage {
	p, _, _ := s.find(id, seq)
	return p
}

// find is [Snapshot.Found] with all that the words could be, and whether it is sure: of a file that has changed, the number of a row
// or of a paragraph is a good guess and no more.
func (s *Snapshot) find(id string, seq int64) (p *Passage, sure bool, alike []*Passage) {
	old, ok := s.formers.replacedSince(id, seq)
	if !ok {
		if p := s.byID[id]; p != nil {
			return p, true, []*Passage{p}
		}
		left := s.left[id]
		if left == nil {
			return nil, false, nil
		}
		old = s.formerOf(left)
	}
	counted := func(p *Passage) bool { return s.byID[p.ID] == p }
	in := only(s.formers.now[surveyWords{old.survey, old.words}], counted)
	of := only(s.formers.said[memberWords{old.member, old.words}], counted)
	among := in
	if len(among) == 0 {
		among = of
	}
	among = only(among, func(p *Passage) bool { return !s.ofAnother(&old, p) })
	p = old.among(among, s.formers.beside[old.reading+old.words])
	sure = p != nil && (s.surveyOf(s.Submission(p)) == old.survey && s.formers.unchanged(old.survey) || len(only(among, func(q *Passage) bool { return mayBe(&old.place, p, q) })) == 1)
	for _, q := range of {
		if !slices.Contains(in, q) {
			in = append(in, q)
		}
	}
	return p, sure, in
}

// mayBe reports whether q answers the question that p does, or that stood at the place before, and is of no other respondent.
func mayBe(old *extract.Place, p, q *Passage) bool {
	if q.Place.Question != p.Place.Question && q.Place.Question != old.Question {
		return false
	}
	return p.Place.Respondent != old.Respondent || countedRow(old.Respondent) || q.Place.Respondent == old.Respondent
}

// countedRow reports a respondent who is only known by the number of the row.
func countedRow(respondent string) bool {
	return respondent == "" || strings.HasPrefix(respondent, "row ")
}

// unchanged reports whether a survey came in one version only.
func (f *formers) unchanged(survey string) bool { return f.versions[survey] == 1 }

// ofAnother reports whether both are an organisation's and not of the same.
func (s *Snapshot) ofAnother(old *former, p *Passage) bool {
	return old.place.Member != "" && p.Place.Member != "" && foldName(old.place.Member) != foldName(p.Place.Member) && old.member != s.Submission(p).Member
}

func only(passages []*Passage, keep func(*Passage) bool) []*Passage {
	var out []*Passage
	for _, p := range passages {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// among tells which of the passages with its words a former one is: the one whose place is most like its own, unless the same
// words stood beside it in a place that is more like; where several are as like, and as many stood there, the one in its turn.
func (f *former) among(now []*Passage, beside []former) *Passage {
	best, most := now, -1
	for _, p := range now {
		switch like := alike(&f.place, &p.Place); {
		case like > most:
			best, most = []*Passage{p}, like
		case like == most:
			best = append(slices.Clone(best), p)
		}
	}
	var twins []former // those that are as like to the same
	for _, t := range beside {
		if len(best) == 0 || alike(&t.place, &best[0].Place) > most {
			return nil
		}
		if alike(&t.place, &best[0].Place) == most {
			twins = append(twins, t)
		}
	}
	slices.SortFunc(twins, func(a, b former) int { return a.ordinal - b.ordinal })
	turn := slices.IndexFunc(twins, func(t former) bool { return t.id == f.id })
	switch {
	case len(best) == 1 && len(twins) <= 1:
		return best[0]
	case len(best) == len(twins) && turn >= 0:
		return best[turn]
	}
	return nil
}

// alike is how much one place is like another: the question weighs more than the respondent, the respondent more than the row, the
// row more than the column, and paragraphs count where there are no rows.
func alike(a, b *extract.Place) int {
	n := 0
	for _, same := range []bool{
		a.Question == b.Question && slices.Equal(a.Headings, b.Headings),
		a.Respondent == b.Respondent,
		a.Row == b.Row && a.Sheet == b.Sheet && a.Table == b.Table,
		a.Column == b.Column && a.Label == b.Label && strings.EqualFold(a.Part, b.Part),
		a.Paragraph == b.Paragraph && a.Page == b.Page,
	} {
		n *= 2
		if same {
			n++
		}
	}
	return n
}
