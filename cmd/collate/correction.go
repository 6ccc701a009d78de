package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"collate/index/extract"
)

// A correction is what a person says of a survey's columns on the command line.
type correction struct {
	set    []string // "C=open"
	header int      // -1 when it is not said
	file   string
}

func (f *correction) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.set, "set", nil, `a column's role, by its letter or heading: "C=open"; again for each column`)
	c.Flags().IntVar(&f.header, "header", -1, "the row that names the columns; 0 leaves it to collate again")
	c.Flags().StringVar(&f.file, "file", "", "a CSV file of roles, with the columns column and role")
}

func (f *correction) given() bool { return len(f.set) > 0 || f.header >= 0 || f.file != "" }

// apply reads a survey as hints and the correction say together. Columns are named as they stand after the header is set.
func (f *correction) apply(hints extract.Hints, read func(extract.Hints) (*extract.Document, error)) (*extract.Document, extract.Hints, error) {
	if f.header >= 0 {
		hints.HeaderRow = f.header
	}
	doc, err := read(hints)
	if err != nil || len(f.set) == 0 && f.file == "" {
		return doc, hints, err
	}
	columns := doc.Facts.Columns
	if len(columns) == 0 {
		return doc, hints, misuse("It is not read as a survey, so it has no columns to set. Say in which row they are named: --header 3")
	}
	if f.file != "" {
		if hints, err = f.applyFile(hints, columns); err != nil {
			return doc, hints, err
		}
	}
	for _, s := range f.set {
		at := strings.LastIndex(s, "=")
		if at < 0 {
			return doc, hints, misuse("Write it as: --set \"C=open\"")
		}
		if hints, err = setRole(hints, columns, s[:at], s[at+1:]); err != nil {
			return doc, hints, err
		}
	}
	doc, err = read(hints)
	return doc, hints, err
}

func setRole(hints extract.Hints, columns []extract.Column, column, word string) (extract.Hints, error) {
	role, ok := roleOf(word)
	if !ok {
		return hints, misuse("There is no role %q. Take one of: %s, guess.", strings.TrimSpace(word), roleList())
	}
	hints, ok = hints.Set(columns, strings.TrimSpace(column), role)
	if !ok {
		return hints, misuse("There is no column %q. Name it by its letter or its whole heading.", strings.TrimSpace(column))
	}
	return hints, nil
}

// roleOf understands "multiple" as "multiple choice"; "guess" is no role.
func roleOf(word string) (role extract.ColumnRole, ok bool) {
	word = strings.ToLower(strings.TrimSpace(word))
	if word == "guess" {
		return "", true
	}
	for _, r := range extract.ColumnRoles() {
		first, _, _ := strings.Cut(string(r), " ")
		if word == string(r) || word == first {
			return r, true
		}
	}
	return "", false
}

func roleList() string {
	var out []string
	for _, r := range extract.ColumnRoles() {
		out = append(out, string(r))
	}
	return strings.Join(out, ", ")
}

// applyFile sets the roles of a file that differ from what the columns are taken to be.
func (f *correction) applyFile(hints extract.Hints, columns []extract.Column) (extract.Hints, error) {
	data, err := os.ReadFile(f.file)
	if err != nil {
		return hints, err
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	if head, _, _ := strings.Cut(text, "\n"); strings.Contains(head, ";") && !strings.Contains(head, ",") {
		r.Comma = ';' // as Excel writes it where commas are decimal signs
	}
	head, err := r.Read()
	column, role := slices.IndexFunc(head, isHead("column")), slices.IndexFunc(head, isHead("role"))
	if err != nil || column < 0 || role < 0 {
		return hints, misuse("%s needs a first line that names the columns: column,role", filepath.Base(f.file))
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return hints, nil
		}
		if err != nil {
			return hints, misuse("%s cannot be read as CSV: %s.", filepath.Base(f.file), err)
		}
		if column >= len(row) || role >= len(row) || strings.TrimSpace(row[role]) == "" || f.same(columns, row[column], row[role]) {
			continue
		}
		line, _ := r.FieldPos(0)
		if hints, err = setRole(hints, columns, row[column], row[role]); err != nil {
			return hints, misuse("%s, line %d: %s", filepath.Base(f.file), line, err)
		}
	}
}

func isHead(name string) func(string) bool {
	return func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) }
}

// same reports whether the column has the role already.
func (f *correction) same(columns []extract.Column, key, word string) bool {
	role, ok := roleOf(word)
	return ok && slices.ContainsFunc(columns, func(c extract.Column) bool {
		return c.Role == role && columnKey(columns, c) == strings.TrimSpace(key)
	})
}

// columnKey names a column in a file: by its letter, and its sheet where there are several.
func columnKey(columns []extract.Column, c extract.Column) string {
	if slices.ContainsFunc(columns, func(other extract.Column) bool { return other.Sheet != c.Sheet }) {
		return c.Sheet + "!" + c.Letter
	}
	return c.Letter
}

// writeCSV writes the columns for a spreadsheet: the first two are read back, the others are there to decide by.
func (r *surveyColumns) writeCSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	rows := [][]string{{"column", "role", "heading", "answers", "first answers", "why"}}
	for _, c := range r.Columns {
		rows = append(rows, []string{columnKey(r.Columns, c), string(c.Role), guarded(c.Name), fmt.Sprint(c.Filled), guarded(strings.Join(c.First, " | ")), guarded(c.Why)})
	}
	return w.WriteAll(rows)
}

// guarded is text that no spreadsheet takes for a formula.
func guarded(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}
