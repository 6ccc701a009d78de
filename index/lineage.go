package index

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// A lineage is what lies in what: attachments in mails, files in packages, organisations in surveys.
type lineage struct {
	parent map[string]string // by a submission's name
	holds  map[held]bool     // which version of a mail, package or survey holds which file
	known  map[string]bool   // the versions of which that is known
}

type held struct{ parent, name, sha string }

// holds records that a version of a mail, package or survey holds a file.
func holds(ctx context.Context, tx *sql.Tx, parent string, r *reading) error {
	if parent == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO part VALUES (?, ?, ?)`, parent, r.name, r.sha)
	return err
}

func lineageIn(ctx context.Context, tx *sql.Tx, submissions []*Submission) (*lineage, error) {
	l := &lineage{parent: map[string]string{}, holds: map[held]bool{}, known: map[string]bool{}}
	for _, sub := range submissions {
		if sub.Parent != "" {
			l.parent[sub.Name] = sub.Parent
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT parent_sha, name, sha FROM part`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p held
		if err := rows.Scan(&p.parent, &p.name, &p.sha); err != nil {
			return nil, err
		}
		l.holds[p], l.known[p.parent] = true, true
	}
	return l, rows.Err()
}

// ancestors are the names of what a submission lies in, the nearest first.
func (l *lineage) ancestors(name string) []string {
	var out []string
	for up := l.parent[name]; up != "" && len(out) < 2*maxAttached; up = l.parent[up] {
		out = append(out, up)
	}
	return out
}

// outermostFirst sorts submissions so that what lies in another comes after it.
func (l *lineage) outermostFirst(submissions []*Submission) []*Submission {
	depth := map[string]int{}
	for _, sub := range submissions {
		depth[sub.Name] = len(l.ancestors(sub.Name))
	}
	return slices.SortedStableFunc(slices.Values(submissions), func(a, b *Submission) int { return cmp.Compare(depth[a.Name], depth[b.Name]) })
}

// inherit passes on how the words may be used: what is attached to a mail, lies in a package or is a row of a survey may not be used more
// freely than it, unless a person decided about the part itself. decided are people's decisions by name.
func (s *Snapshot) inherit(decided map[string]Consent) {
	strictest := map[string]Consent{} // of all versions of a name
	for _, sub := range s.lineage.outermostFirst(s.Submissions) {
		up := strictest[sub.Parent]
		if _, own := decided[sub.Name]; !own && sub.Parent != "" && up.Strictness() > sub.Consent.Strictness() {
			sub.Consent, sub.ConsentReason = up, "it came in "+sub.Parent+", which is "+string(up)
		}
		strictest[sub.Name] = Stricter(strictest[sub.Name], sub.Consent)
	}
}

// orphaned reports whether a part lies in no version of its mail, package or survey that counts. newest are those, by name.
func (s *Snapshot) orphaned(sub *Submission, newest map[string]*Submission) bool {
	parent := newest[sub.Parent]
	return parent != nil && s.lineage.known[parent.Sha] && !s.lineage.holds[held{parent.Sha, sub.Name, sub.Sha}]
}
