package index

import (
	"context"
	"database/sql"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A NameError says that nothing, or more than one thing, goes by a name, and what comes near.
type NameError struct {
	Name string
	Near []string // at most five
	Many bool     // more than one submission goes by the name
}

// Error names what comes near.
func (e *NameError) Error() string {
	return fmt.Sprintf("%v: %q; near: %s", ErrNoSubmission, e.Name, strings.Join(e.Near, ", "))
}

// Unwrap makes a NameError an [ErrNoSubmission].
func (e *NameError) Unwrap() error { return ErrNoSubmission }

// SubmissionCalled finds the full name of a submission from what a person typed: the name itself, with ">" for the sign that
// stands before a file in a mail or package, or the last part of it where only one submission ends so. The error is a [*NameError].
func (c *Consultation) SubmissionCalled(ctx context.Context, typed string) (string, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT DISTINCT name FROM submission WHERE withdrawn = 0 ORDER BY name`)
	names, err := scanNames(rows, err)
	if err != nil {
		return "", err
	}
	return called(typed, names)
}

// scanNames reads a query of one column of text to its end.
func scanNames(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func called(typed string, names []string) (string, error) {
	wanted := plainName(typed)
	var exact, last, near []string
	for _, name := range names {
		full := plainName(name)
		step := full[strings.LastIndex(full, ">")+1:]
		switch {
		case name == typed:
			return name, nil
		case full == wanted:
			exact = append(exact, name)
		case step == wanted || path.Base(step) == wanted:
			last = append(last, name)
		case strings.Contains(full, wanted) && len(near) < 5:
			near = append(near, name)
		}
	}
	for _, found := range [][]string{exact, last} {
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return "", &NameError{Name: typed, Near: found[:min(len(found), 5)], Many: true}
		}
	}
	return "", &NameError{Name: typed, Near: slices.Clip(near)}
}

// plainName is a name as a person types it: lower case, ">" before a file in another, single spaces.
func plainName(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "›", ">")
	steps := strings.Split(name, ">")
	for i := range steps {
		steps[i] = strings.Join(strings.Fields(steps[i]), " ")
	}
	return strings.Join(steps, ">")
}
